"""Questions to the archive: reactions as their asker may see them, stories, single items and the numbers of it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import SourcedReaction
from bot.domain.digests import Digest
from bot.domain.errors import NotFound
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction
from bot.domain.stories import Story
from bot.store.database import Database
from bot.store.matching import Matching
from bot.store.rows import columns_of, value_of, values_of
from bot.store.tables import digests, items, reaction_targets, reactions, reports, stories
from bot.store.visibility import Eyes, asked_types, asks_for, sourced


class Asked(NamedTuple):
    """A query as SQL on one alias of the reactions: its conditions and their parameters."""

    conditions: list[ColumnElement[bool]]
    parameters: dict[str, Any]


class ArchiveStore:
    """What questions, digests and commands need of the store (ports.Archive)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    async def reactions(self, query: ReactionQuery) -> tuple[SourcedReaction, ...]:
        """Return the reactions a query asks for, newest first, with their sources."""
        eyes = Eyes(guild_id=query.guild_id)
        async with self._database.reading() as connection:
            if await eyes.see_all(connection):
                found = await self._newest(connection, query, query.offset + query.limit)
                return await sourced(connection, self._matching, found[query.offset :], eyes)
            return await self._newest_seen(connection, query, eyes)

    async def count_reactions(self, query: ReactionQuery) -> int:
        """Return how many there are, whatever the query's limit."""
        eyes = Eyes(guild_id=query.guild_id)
        asked = self.asked(query, reactions)
        async with self._database.reading() as connection:
            count = select(func.count()).select_from(reactions).where(*asked.conditions)
            if await eyes.see_all(connection):
                return (await connection.execute(count, asked.parameters)).scalar_one()
            whole = await connection.execute(count.where(~eyes.told_by_hidden(reactions.c.id)), asked.parameters)
            return whole.scalar_one() + len(await self._mixed(connection, query, eyes))

    async def tones(self, *, since: datetime, until: datetime, guild_id: str | None) -> dict[str, tuple[float, int]]:
        """Return actor → (mean tone, number) of the reactions first reported in the time."""
        eyes = Eyes(guild_id=guild_id)
        query = ReactionQuery(since=since, until=until, guild_id=guild_id)
        asked = self.asked(query, reactions)
        counted = (
            select(reactions.c.actor, reactions.c.type, func.count())
            .where(*asked.conditions)
            .group_by(reactions.c.actor, reactions.c.type)
        )
        async with self._database.reading() as connection:
            if await eyes.see_all(connection):
                return _means((await connection.execute(counted)).all())
            whole = await connection.execute(counted.where(~eyes.told_by_hidden(reactions.c.id)))
            mixed = await self._mixed(connection, query, eyes)
        retold = [(each.reaction.actor, each.reaction.type, 1) for each in mixed]
        return _means([*whole.all(), *retold])

    async def story(self, story_id: str) -> Story:
        """Return one story. Raises NotFound."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*columns_of(Story)).where(stories.c.id == story_id))).first()
        if row is None:
            raise NotFound(f"There is no story “{story_id}”.")
        return value_of(row, Story)

    async def last_digest(self, subscription_id: str) -> Digest | None:
        """Return the digest with the latest slot."""
        wanted = (
            select(*columns_of(Digest))
            .where(digests.c.subscription_id == subscription_id)
            .order_by(digests.c.until.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).first()
        return None if row is None else value_of(row, Digest)

    def asked(self, query: ReactionQuery, table: Any) -> Asked:
        """Return a query's conditions on (an alias of) the reactions; what nobody reports any more is never asked for.

        That is written as the partial indexes have it, with the number in the text.
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
                conditions.append(condition)
                parameters[name] = matching.listed(words)
        if query.tier is not None:
            conditions.append(column.tier == query.tier)
        if query.background is not None:
            conditions.append(column.background.is_(query.background))
        if query.story_id is not None:
            conditions.append(column.story_id == query.story_id)
        if query.text is not None:
            conditions.append(or_(matching.says(column.quote, query.text), matching.says(column.evidence, query.text)))
        if query.since is not None:
            conditions.append(column.first_reported_at >= query.since)
        if query.until is not None:
            conditions.append(column.first_reported_at < query.until)
        if query.met_since is not None:
            conditions.append(_first_met(column.id) >= query.met_since)
        if query.met_until is not None:
            conditions.append(_first_met(column.id) < query.met_until)
        return Asked(conditions, parameters)

    async def _newest(
        self, connection: AsyncConnection, query: ReactionQuery, limit: int, *also: Any
    ) -> tuple[Reaction, ...]:
        """Return the newest reactions a query asks for; `also` makes further conditions of an alias of the table."""
        keyed = reactions.alias()
        asked = self.asked(query, keyed)
        conditions = [*asked.conditions, *(make(keyed) for make in also)]
        newest = select(keyed.c.id).where(*conditions)
        order = (keyed.c.first_reported_at.desc(), keyed.c.id.desc())
        wanted = select(*columns_of(Reaction)).order_by(reactions.c.first_reported_at.desc(), reactions.c.id.desc())
        # An index holds each actor's (target's, type's) reactions in order of time: the newest of each are read off it,
        # where one list for all would have to be sorted first.
        if query.actors and query.story_id is None:
            chosen = self._matching.newest_of_each(
                newest.order_by(*order).limit(limit), of=keyed.c.actor, owner=reactions.c.id, parameter="actors"
            )
        elif query.targets and query.story_id is None:
            chosen = self._newest_at(newest, keyed, limit)
        elif asked_types(query) and query.story_id is None:
            chosen = self._matching.newest_of_each(
                newest.order_by(*order).limit(limit), of=keyed.c.type, owner=reactions.c.id, parameter="types"
            )
        else:
            chosen = newest.order_by(*order).limit(limit)
        found = await connection.execute(wanted.where(reactions.c.id.in_(chosen)).limit(limit), asked.parameters)
        return values_of(found.all(), Reaction)

    def _newest_at(self, newest: Select[Any], keyed: FromClause, limit: int) -> Select[Any]:
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
            .where(fits)
            .order_by(aimed.c.first_reported_at.desc(), aimed.c.reaction_id.desc())
            .limit(limit)
        )
        return self._matching.newest_of_each(at_target, of=aimed.c.target, owner=reactions.c.id, parameter="targets")

    async def _newest_seen(
        self, connection: AsyncConnection, query: ReactionQuery, eyes: Eyes
    ) -> tuple[SourcedReaction, ...]:
        """Return what eyes see that may not see all: what no hidden feed tells, and the rest as it is seen."""
        limit = query.offset + query.limit
        whole = await self._newest(connection, query, limit, lambda table: ~eyes.told_by_hidden(table.c.id))
        # A full page bounds how far back the others can matter.
        oldest = whole[-1].first_reported_at if len(whole) == limit and whole else None
        seen = await sourced(connection, self._matching, whole, eyes)
        both = [*seen, *await self._mixed(connection, query, eyes, reported_from=oldest)]
        both.sort(key=lambda each: (each.reaction.first_reported_at, each.reaction.id), reverse=True)
        return tuple(both[query.offset : limit])

    async def _mixed(
        self, connection: AsyncConnection, query: ReactionQuery, eyes: Eyes, *, reported_from: datetime | None = None
    ) -> list[SourcedReaction]:
        """Return the reactions that both hidden and visible feeds report, as these eyes see them, if still asked for.

        Only what no report can change is asked of the database; the rest is judged on what is seen.
        """
        fixed = ReactionQuery(
            actors=query.actors,
            types=query.types,
            families=query.families,
            story_id=query.story_id,
            met_since=query.met_since,
            met_until=query.met_until,
        )
        asked = self.asked(fixed, reactions)
        wanted = select(*columns_of(Reaction)).where(*asked.conditions, eyes.told_by_visible(reactions.c.id))
        since = max((each for each in (query.since, reported_from) if each is not None), default=None)
        if since is not None:
            # Found by their last report, which is not before the first that is seen.
            wanted = wanted.where(reactions.c.last_reported_at >= since, eyes.told_by_hidden(reactions.c.id))
        else:
            hidden = select(reports.c.reaction_id).where(reports.c.feed_id.in_(eyes.hidden_feeds))
            wanted = wanted.where(reactions.c.id.in_(hidden))
        if query.until is not None:
            wanted = wanted.where(reactions.c.first_reported_at < query.until)
        candidates = values_of((await connection.execute(wanted, asked.parameters)).all(), Reaction)
        seen = await sourced(connection, self._matching, candidates, eyes)
        return [each for each in seen if asks_for(query, each.reaction)]


def _first_met(reaction: ColumnElement[str]) -> ColumnElement[datetime]:
    """Return when the first item that reports a reaction was first seen."""
    met = select(func.min(items.c.first_seen_at)).join_from(reports, items, reports.c.item_id == items.c.id)
    return met.where(reports.c.reaction_id == reaction).scalar_subquery()


def _means(counted: Iterable[tuple[str, Any, int]]) -> dict[str, tuple[float, int]]:
    """Return actor → (mean tone, number) of counts by actor and type."""
    sums: dict[str, int] = defaultdict(int)
    numbers: dict[str, int] = defaultdict(int)
    for actor, kind, number in counted:
        sums[actor] += kind.tone * number
        numbers[actor] += number
    return {actor: (sums[actor] / numbers[actor], numbers[actor]) for actor in sorted(numbers)}
