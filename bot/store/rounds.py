"""Rounds: what one feed's poll recalls and writes, in one transaction that no other round overlaps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, bindparam, case, delete, or_, select, update

from bot.domain.alerts import Alert
from bot.domain.amendments import Amendment
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.items import Item, Revision
from bot.domain.placements import Placement
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.triage import Known, Lookups, Triage, Verdict
from bot.store.asked import Asked
from bot.store.bulk import Bulk
from bot.store.database import Database, Run
from bot.store.leases import LONGEST_LEASE, is_free
from bot.store.matching import Matching
from bot.store.recall import Recall
from bot.store.rows import columns_of, field_names, inserting, parts_of, stored_names, upserting, values_of
from bot.store.tables import (
    alert_reactions,
    feeds,
    fingerprint_keys,
    fingerprints,
    items,
    reaction_targets,
    reports,
)
from bot.usecases.ports import Case, Ruling

# Of an alert that is stored already, delivery owns the rest (ports.Outbox.save_alert).
TRIAGE_OWNS = frozenset({"reactions", "edit_due_at"})


FORGET_KEY = delete(fingerprint_keys).where(*(column == bindparam(column.name) for column in fingerprint_keys.c))
"""Takes one key of one fingerprint out of the index."""


class Statements:
    """What a round writes with, written once for one kind of database."""

    def __init__(self, matching: Matching, dialect: Dialect) -> None:
        sqlite = matching.sqlite
        self.matching = matching
        self.recall = Recall(matching, dialect)
        # Stories before items, items before what tells of them: rows come before those that point to them.
        self._upserts = tuple(
            (kind, Bulk(upserting(kind, sqlite_=sqlite), stored_names(kind), dialect))
            for kind in (Story, Item, Revision, Fingerprint, Reaction, Report, Verdict, Amendment, Placement)
        )
        self._alert = Bulk(
            upserting(Alert, sqlite_=sqlite, only=TRIAGE_OWNS, key=("id",)), stored_names(Alert), dialect
        )
        self._links = tuple(
            Bulk(inserting(table, sqlite_=sqlite).on_conflict_do_nothing(), table.columns.keys(), dialect)
            for table in (reaction_targets, alert_reactions, fingerprint_keys)
        )
        self._old_prints = Asked(
            select(*columns_of(Fingerprint)).where(matching.one_of(fingerprints.c.item_id, "ids")), Fingerprint, dialect
        )
        self._forget_key = Bulk(FORGET_KEY, fingerprint_keys.columns.keys(), dialect)
        self.seen_again = update(items).where(matching.one_of(items.c.id, "ids")).values(last_seen_at=bindparam("now"))
        self.withdraw = delete(reports).where(matching.one_of(reports.c.id, "ids"))
        told: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in field_names(Feed) if name != "id"}
        # Somebody may have stopped it while it was being asked.
        told["status"] = case((feeds.c.status == FeedStatus.ACTIVE, told["status"]), else_=feeds.c.status)
        save_feed = update(feeds).where(feeds.c.id == bindparam("feed_id"))
        parts = ["feed_id" if name == "id" else name for name in field_names(Feed)]
        self._save_feed = Bulk(save_feed.values(**told, lease_owner=None, lease_until=None), parts, dialect)

    def settle(self, connection: Connection, cases: Sequence[Case]) -> tuple[Ruling | None, ...]:
        """Recall, decide and record, one case after the other."""
        rulings = []
        for each in cases:
            if ruling := each.decide(self.recall(connection, each.wanted)):
                self.record(connection, ruling.triage, ruling.at)
            rulings.append(ruling)
        self.save_feeds(connection, _feeds_of(rulings))
        return tuple(rulings)

    def save_feeds(self, connection: Connection, values: Sequence[Feed]) -> None:
        """Replace the feeds and let go of their leases."""
        self._save_feed(connection, parts_of(values, Feed))
        self.recall.watch.leave(connection)

    def record(self, connection: Connection, decided: Triage, now: datetime) -> None:
        """Write what was decided."""
        with_kind: dict[type, Sequence[Any]] = {
            Story: decided.stories,
            Item: decided.items,
            Revision: decided.revisions,
            Fingerprint: decided.fingerprints,
            Reaction: decided.reactions,
            Report: decided.reports,
            Verdict: decided.verdicts,
            Amendment: decided.amendments,
            Placement: decided.placements,
        }
        self._replace_keys(connection, decided.fingerprints)
        for kind, upsert in self._upserts:
            values = with_kind[kind]
            self.recall.remember(kind, values, upsert(connection, parts_of(values, kind)))
        self._alert(connection, parts_of(decided.alerts, Alert))
        add_target, add_alert_reaction, _ = self._links
        add_target(connection, _targets(decided.reactions))
        add_alert_reaction(connection, _alert_reactions(decided.alerts))
        listed = self.matching.listed
        if decided.withdrawn_reports:
            connection.execute(self.withdraw, {"ids": listed(decided.withdrawn_reports)})
        if decided.seen_again:
            connection.execute(self.seen_again, {"ids": listed(decided.seen_again), "now": now})
        self.recall.watch.leave(connection)

    def _replace_keys(self, connection: Connection, prints: Sequence[Fingerprint]) -> None:
        """Index the fingerprints by their keys, and no longer by those they had before."""
        if not prints:
            return
        ids = self.matching.listed(each.item_id for each in prints)
        gone = _marks_in_index(self._old_prints(connection, {"ids": ids}))
        new = _marks_in_index(prints)
        # In order: neighbours in the index are written together.
        for write, keys in ((self._forget_key, gone - new), (self._links[-1], new - gone)):
            write(connection, sorted(keys))


class StoredRound:
    """One round in its transaction (ports.Round)."""

    def __init__(self, run: Run, statements: Statements, *, in_thread: bool) -> None:
        """Begin; `in_thread` tells that `run` calls what it is given outside of the event loop's thread."""
        self._run = run
        self._statements = statements
        self._in_thread = in_thread

    async def recall(self, wanted: Lookups) -> Known:
        """Return all that bears on a batch."""
        known: Known = await self._run(self._statements.recall, wanted)
        return known

    async def record(self, decided: Triage, now: datetime) -> None:
        """Write what was decided."""
        await self._run(self._statements.record, decided, now)

    async def settle(self, cases: Sequence[Case]) -> tuple[Ruling | None, ...]:
        """Recall, decide and record, one case after the other, without holding up the event loop; return the rulings."""
        if self._in_thread:
            # Each way to a thread and back takes as long as one item does to be decided.
            settled: tuple[Ruling | None, ...] = await self._run(self._statements.settle, cases)
            return settled
        rulings = []
        for each in cases:
            if ruling := await asyncio.to_thread(each.decide, await self.recall(each.wanted)):
                await self.record(ruling.triage, ruling.at)
            rulings.append(ruling)
        await self.save_feeds(_feeds_of(rulings))
        return tuple(rulings)

    async def save_feeds(self, feeds: Sequence[Feed]) -> None:
        """Replace the feeds and let go of their leases; one that was paused or retired meanwhile stays so."""
        await self._run(self._statements.save_feeds, feeds)


class RoundStore:
    """What `poll` needs of the store (ports.Rounds)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)
        self._statements = Statements(self._matching, database.dialect)

    @asynccontextmanager
    async def round(self) -> AsyncIterator[StoredRound]:
        """Open a round: one at a time over all processes; commits when left in peace, else leaves no trace."""
        try:
            async with self._database.alone() as run:
                yield StoredRound(run, self._statements, in_thread=self._database.is_sqlite)
        except BaseException:
            self._statements.recall.watch.doubt()
            raise

    async def claim_feeds(
        self,
        *,
        now: datetime,
        lease: timedelta,
        owner: str,
        limit: int,
        only: frozenset[str] = frozenset(),
        force: bool = False,
    ) -> tuple[Feed, ...]:
        """Lease and return due feeds, longest overdue first; nobody else gets them until the lease ends."""
        due = select(feeds.c.id).where(feeds.c.status == FeedStatus.ACTIVE, is_free(feeds, now))
        if not force:
            # A feed that was polled in the future is due as well: the clock was set back since. Not one that was polled a
            # moment after `now`: whoever polls until nothing is due asks with the time at which he began.
            due = due.where(or_(feeds.c.next_poll_at <= now, feeds.c.last_polled_at > now + LONGEST_LEASE))
        parameters: dict[str, Any] = {}
        if only:
            due = due.where(self._matching.one_of(feeds.c.id, "only"))
            parameters["only"] = self._matching.listed(only)
        due = due.order_by(feeds.c.next_poll_at, feeds.c.id).limit(limit)
        if not self._matching.sqlite:
            due = due.with_for_update(skip_locked=True)
        claim = (
            update(feeds)
            .where(feeds.c.id.in_(due))
            .values(lease_owner=owner, lease_until=now + lease)
            .returning(*columns_of(Feed))
        )
        async with self._database.leasing() as connection:
            claimed = values_of((await connection.execute(claim, parameters)).all(), Feed)
        return tuple(sorted(claimed, key=lambda feed: (feed.next_poll_at, feed.id)))

    async def release_feeds(self, feed_ids: Sequence[str], *, owner: str) -> None:
        """Let go of leased feeds that were not polled after all."""
        release = (
            update(feeds)
            .where(self._matching.one_of(feeds.c.id, "ids"), feeds.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )
        async with self._database.leasing() as connection:
            await connection.execute(release, {"ids": self._matching.listed(feed_ids)})

    async def known_items(self, *, feed_id: str, guids: frozenset[str], urls: frozenset[str]) -> tuple[Item, ...]:
        """Return the stored items of this feed with one of the guids or canonical URLs; a read outside any round."""
        async with self._database.reading() as connection:
            return await connection.run_sync(self._statements.recall.items_of_feed, feed_id, guids, urls)


def _marks_in_index(prints: Iterable[Fingerprint]) -> set[tuple[int, datetime, str]]:
    return {(key, each.published, each.item_id) for each in prints for key in each.keys}


def _feeds_of(rulings: Iterable[Ruling | None]) -> list[Feed]:
    return [ruling.feed for ruling in rulings if ruling is not None and ruling.feed is not None]


def _targets(values: Iterable[Reaction]) -> list[tuple[Any, ...]]:
    return [(target, each.first_reported_at, each.id) for each in values for target in each.targets]


def _alert_reactions(values: Iterable[Alert]) -> list[tuple[Any, ...]]:
    return [(reaction, each.id) for each in values for reaction in each.reactions]
