"""Questions to the archive: reactions as their asker may see them, stories, single items and the numbers of it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import SourcedReaction
from bot.domain.digests import Digest
from bot.domain.errors import NotFound
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, ReactionType
from bot.domain.stories import Story
from bot.store.database import Database
from bot.store.matching import Matching
from bot.store.questions import Also, Questions
from bot.store.rows import columns_of, value_of, values_of
from bot.store.tables import digests, reactions, reports, stories
from bot.store.visibility import Eyes, asked_types, asks_for, sourced


class ArchiveStore:
    """What questions, digests and commands need of the store (ports.Archive)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    @property
    def _questions(self) -> Questions:
        return Questions(self._matching)

    async def reactions(self, query: ReactionQuery) -> tuple[SourcedReaction, ...]:
        """Return the reactions a query asks for, newest first, with their sources."""
        eyes = Eyes(guild_id=query.guild_id)
        async with self._database.reading() as connection:
            if await eyes.see_all(connection):
                found = await self._newest(connection, query, query.offset + query.limit)
                return await sourced(connection, self._matching, found[query.offset :], eyes)
            return await self._newest_seen(connection, query, eyes)

    async def count_reactions(self, query: ReactionQuery, *, most: int) -> int:
        """Return how many there are, whatever the query's limit; `most` when there are more."""
        eyes = Eyes(guild_id=query.guild_id)
        async with self._database.reading() as connection:
            if await eyes.see_all(connection):
                return await self._counted(connection, query, most)
            whole = await self._counted(connection, query, most, lambda table: ~eyes.told_by_hidden(table.c.id))
            if whole == most:
                return most
            return min(most, whole + len(await self._mixed(connection, query, eyes)))

    async def reach(self, query: ReactionQuery, *, most: int) -> datetime | None:
        """Return from when on there are about `most` reactions to be looked through; None when there are no more at all.

        Counted are those of the query's actors, else at its targets, else of its types, else all, within its bounds; in
        equal shares, where it names several.
        """
        if query.story_id is not None:
            return None
        reached: list[datetime] = []
        async with self._database.reading() as connection:
            for too_many in self._questions.further_than(query, most):
                reached += (await connection.execute(too_many)).scalars().all()
        return max(reached, default=None)

    async def tones(self, *, since: datetime, until: datetime, guild_id: str | None) -> dict[str, tuple[float, int]]:
        """Return actor → (mean tone, number) of the reactions first reported in the time, as far as the guild sees.

        What texts only recall is no reaction of that time.
        """
        eyes = Eyes(guild_id=guild_id)
        query = ReactionQuery(since=since, until=until, background=False)
        asked = self._questions.asked(query, reactions).conditions
        counted = select(reactions.c.actor, reactions.c.type, func.count()).group_by(
            reactions.c.actor, reactions.c.type
        )
        async with self._database.reading() as connection:
            if await eyes.see_all(connection):
                return _means((await connection.execute(counted.where(*asked))).all())
            whole = await connection.execute(counted.where(*asked, ~eyes.told_by_hidden(reactions.c.id)))
            seen_first = eyes.first_told(reactions.c.id)
            # Not counted there: SQLite would read all reactions in the order of the groups.
            mixed = await connection.execute(
                select(reactions.c.actor, reactions.c.type, literal_column("1"))
                .where(*_may_be_mixed(query, since), eyes.told_by_hidden(reactions.c.id))
                .where(seen_first >= since, seen_first < until, reactions.c.background.is_(False))
            )
            return _means([*whole.all(), *mixed.all()])

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

    async def _newest(
        self, connection: AsyncConnection, query: ReactionQuery, limit: int, *also: Also
    ) -> tuple[Reaction, ...]:
        """Return the newest reactions a query asks for."""
        chosen = self._questions.newest(query, limit, *also)
        wanted = (
            select(*columns_of(Reaction))
            .where(reactions.c.id.in_(chosen.ids))
            .order_by(reactions.c.first_reported_at.desc(), reactions.c.id.desc())
            .limit(limit)
        )
        return values_of((await connection.execute(wanted, chosen.parameters)).all(), Reaction)

    async def _counted(self, connection: AsyncConnection, query: ReactionQuery, most: int, *also: Also) -> int:
        chosen = self._questions.newest(query, most, *also)
        # One that is aimed at two of the targets is in the lists of both.
        each_once = select(chosen.ids.subquery().c[0]).distinct().subquery()
        counted = await connection.execute(select(func.count()).select_from(each_once), chosen.parameters)
        return min(most, counted.scalar_one())

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

        The database is asked for what may be seen so: what no report can change, what the reports together have, and what
        one of the visible ones says. The rest is judged on what is seen.
        """
        fixed = ReactionQuery(
            actors=query.actors,
            # An index holds each actor's acts by type and last report.
            types=asked_types(query) or (frozenset(ReactionType) if query.actors else frozenset()),
            languages=query.languages,
            outlets=query.outlets,
            story_id=query.story_id,
            met_since=query.met_since,
            met_until=query.met_until,
        )
        asked = self._questions.asked(fixed, reactions)
        parameters = asked.parameters
        telling: list[ColumnElement[bool]] = []
        if query.text is not None:
            telling.append(self._questions.says(reports.c, query.text))
        if query.targets:
            telling.append(self._matching.has_any(reports.c.targets, "targets"))
            parameters["targets"] = self._matching.listed(query.targets)
        since = max((each for each in (query.since, reported_from) if each is not None), default=None)
        wanted = select(*columns_of(Reaction)).where(
            *asked.conditions,
            *_may_be_mixed(query, since),
            eyes.told_by_hidden(reactions.c.id),
            eyes.told_by_visible(reactions.c.id, *telling),
        )
        candidates = values_of((await connection.execute(wanted, parameters)).all(), Reaction)
        seen = await sourced(connection, self._matching, candidates, eyes)
        return [each for each in seen if asks_for(query, each.reaction)]


def _may_be_mixed(query: ReactionQuery, since: datetime | None) -> list[ColumnElement[bool]]:
    """Return the conditions that two feeds may tell a reaction, so that one of them was the first from `since` on.

    They are found by their last report, which is not before the first that is seen; as the partial index has it, with the
    number in the text.
    """
    conditions: list[ColumnElement[bool]] = [reactions.c.reports > literal_column("1")]
    if since is not None:
        conditions.append(reactions.c.last_reported_at >= since)
    conditions += [
        reactions.c.first_reported_at < until for until in (query.until, query.met_until) if until is not None
    ]
    return conditions


def _means(counted: Iterable[tuple[str, Any, int]]) -> dict[str, tuple[float, int]]:
    """Return actor → (mean tone, number) of counts by actor and type."""
    sums: dict[str, int] = defaultdict(int)
    numbers: dict[str, int] = defaultdict(int)
    for actor, kind, number in counted:
        sums[actor] += kind.tone * number
        numbers[actor] += number
    return {actor: (sums[actor] / numbers[actor], numbers[actor]) for actor in sorted(numbers)}
