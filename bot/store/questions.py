"""Questions as SQL: the conditions of a query, and how the newest that it asks for are read off an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, func, literal_column, or_, select

from bot.domain.queries import ReactionQuery
from bot.store.matching import Matching
from bot.store.tables import items, reaction_targets, reactions, reports
from bot.store.visibility import asked_types

Also = Callable[[FromClause], ColumnElement[bool]]
"""Makes a further condition of an alias of the reactions."""


class Asked(NamedTuple):
    """A query as SQL on one alias of the reactions: its conditions and their parameters."""

    conditions: list[ColumnElement[bool]]
    parameters: dict[str, Any]


class Chosen(NamedTuple):
    """A SELECT of the ids of reactions, and its parameters."""

    ids: Select[tuple[str]]
    parameters: dict[str, Any]


class Questions:
    """How one kind of database is asked for reactions."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching

    def asked(self, query: ReactionQuery, table: Any, *, but: str | None = None) -> Asked:
        """Return a query's conditions on (an alias of) the reactions; what nobody reports any more is never asked for.

        That is written as the partial indexes have it, with the number in the text. `but` names a part whose condition is
        left out, though its parameter is not.
        """
        column, matching = table.c, self._matching
        conditions: list[ColumnElement[bool]] = [column.reports > literal_column("0")]
        parameters: dict[str, Any] = {}
        for name, words, condition in (
            ("actors", query.actors, matching.one_of(column.actor, "actors")),
            ("types", frozenset(map(str, asked_types(query))), matching.one_of(column.type, "types")),
            ("targets", query.targets, matching.has_any(column.targets, "targets")),
            ("languages", query.languages, matching.has_any(column.languages, "languages")),
            ("outlets", query.outlets, matching.has_any(column.outlets, "outlets")),
        ):
            if words:
                conditions += [condition] if name != but else []
                parameters[name] = matching.listed(words)
        if query.tier is not None:
            conditions.append(column.tier == query.tier)
        if query.background is not None:
            conditions.append(column.background.is_(query.background))
        if query.story_id is not None:
            conditions.append(column.story_id == query.story_id)
        if query.text is not None:
            conditions.append(self.says(column, query.text))
        conditions += between(column.first_reported_at, query)
        if query.met_since is not None:
            conditions.append(_first_met(column.id) >= query.met_since)
        if query.met_until is not None:
            # Nothing is met before it is published, which an index knows.
            conditions.append(column.first_reported_at < query.met_until)
            conditions.append(_first_met(column.id) < query.met_until)
        return Asked(conditions, parameters)

    def says(self, column: Any, words: str) -> ColumnElement[bool]:
        """Return the condition that the quote or the evidence of a reaction or report holds these words."""
        return or_(self._matching.says(column.quote, words), self._matching.says(column.evidence, words))

    def newest(self, query: ReactionQuery, limit: int, *also: Also) -> Chosen:
        """Return the newest reactions a query asks for, up to `limit` of each actor, target or type that it names.

        An index holds each actor's (target's, type's) reactions in order of time: the newest of each are read off it,
        where one list for all would have to be sorted first.
        """
        keyed, by = reactions.alias(), _sorted_by(query)
        # Said twice, PostgreSQL takes it for twice as rare, and sorts what it takes for few.
        asked = self.asked(query, keyed, but=by)
        newest = select(keyed.c.id).where(*asked.conditions, *(make(keyed) for make in also))
        ordered = newest.order_by(keyed.c.first_reported_at.desc(), keyed.c.id.desc()).limit(limit)
        if by == "targets":
            return Chosen(self._newest_at(newest, keyed, query, limit), asked.parameters)
        if by is not None:
            column = keyed.c.actor if by == "actors" else keyed.c.type
            of_each = self._matching.newest_of_each(ordered, of=column, owner=reactions.c.id, parameter=by)
            return Chosen(of_each, asked.parameters)
        return Chosen(ordered, asked.parameters)

    def further_than(self, query: ReactionQuery, most: int) -> tuple[Select[Any], ...]:
        """Return SELECTs of the time of the newest reaction that is one too many, for each list that `newest` reads.

        Each reads nothing but an index.
        """
        by = _sorted_by(query)
        if by == "targets":
            times = reaction_targets.c.first_reported_at
            lists = [select(times).where(reaction_targets.c.target == target) for target in sorted(query.targets)]
        else:
            times = reactions.c.first_reported_at
            reported = select(times).where(reactions.c.reports > literal_column("0"))
            lists = {
                "actors": [reported.where(reactions.c.actor == actor) for actor in sorted(query.actors)],
                "types": [reported.where(reactions.c.type == kind) for kind in sorted(asked_types(query))],
            }.get(by or "", [reported])
        return tuple(
            each.where(*between(times, query)).order_by(times.desc()).offset(most // len(lists)).limit(1)
            for each in lists
        )

    def _newest_at(self, newest: Select[Any], keyed: FromClause, query: ReactionQuery, limit: int) -> Select[Any]:
        """Return a SELECT of the newest reactions aimed at each target that is asked for."""
        aimed = reaction_targets.alias()
        # An earlier time than the reaction's own is from before an older report was found. OFFSET 0 keeps PostgreSQL
        # from making a join of it, for which it would read every reaction rather than the first few of the target.
        fits = (
            newest.where(keyed.c.id == aimed.c.reaction_id, keyed.c.first_reported_at == aimed.c.first_reported_at)
            .offset(0)
            .correlate(aimed)
            .exists()
        )
        at_target = (
            select(aimed.c.reaction_id)
            .where(fits, *between(aimed.c.first_reported_at, query))
            .order_by(aimed.c.first_reported_at.desc(), aimed.c.reaction_id.desc())
            .limit(limit)
        )
        return self._matching.newest_of_each(at_target, of=aimed.c.target, owner=reactions.c.id, parameter="targets")


def between(time: ColumnElement[datetime], query: ReactionQuery) -> list[ColumnElement[bool]]:
    """Return the conditions that a time is within a query's bounds."""
    conditions = []
    if query.since is not None:
        conditions.append(time >= query.since)
    if query.until is not None:
        conditions.append(time < query.until)
    return conditions


def _sorted_by(query: ReactionQuery) -> str | None:
    """Return by which of its parts a query's reactions are found in order of time; None when by none."""
    if query.story_id is not None:
        return None
    if query.actors:
        return "actors"
    if query.targets:
        return "targets"
    return "types" if asked_types(query) else None


def _first_met(reaction: ColumnElement[str]) -> ColumnElement[datetime]:
    """Return when the first item that reports a reaction was first seen."""
    met = select(func.min(items.c.first_seen_at)).join_from(reports, items, reports.c.item_id == items.c.id)
    return met.where(reports.c.reaction_id == reaction).scalar_subquery()
