"""Rounds: what one feed's poll recalls and writes, in one transaction that no other round overlaps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, bindparam, case, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Alert
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.items import Item, Revision
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.triage import Known, Lookups, Triage, Verdict
from bot.store.database import Database
from bot.store.matching import Matching
from bot.store.recall import Recall
from bot.store.rows import columns_of, field_names, inserting, rows_of, upserting, values_of
from bot.store.tables import (
    alert_reactions,
    feeds,
    fingerprint_keys,
    fingerprints,
    items,
    reaction_targets,
    reports,
)

# Of an alert that is stored already, delivery owns the rest (ports.Outbox.save_alert).
TRIAGE_OWNS = frozenset({"reactions", "edit_due_at"})


class Statements:
    """What a round writes with, written once for one kind of database."""

    def __init__(self, matching: Matching) -> None:
        sqlite = matching.sqlite
        self.matching = matching
        self.recall = Recall(matching)
        # Stories before items, items before what tells of them: rows come before those that point to them.
        self.upserts: tuple[tuple[type, Insert], ...] = tuple(
            (kind, upserting(kind, sqlite_=sqlite))
            for kind in (Story, Item, Revision, Fingerprint, Reaction, Report, Verdict)
        )
        self.alert = upserting(Alert, sqlite_=sqlite, only=TRIAGE_OWNS, key=("id",))
        self.alert_reaction = inserting(alert_reactions, sqlite_=sqlite).on_conflict_do_nothing()
        self.target = inserting(reaction_targets, sqlite_=sqlite).on_conflict_do_nothing()
        self.key = inserting(fingerprint_keys, sqlite_=sqlite).on_conflict_do_nothing()
        self.old_keys = select(fingerprints.c.item_id, fingerprints.c.published, fingerprints.c["keys"]).where(
            matching.one_of(fingerprints.c.item_id, "ids")
        )
        self.forget_key = delete(fingerprint_keys).where(
            fingerprint_keys.c.key == bindparam("key"),
            fingerprint_keys.c.published == bindparam("published"),
            fingerprint_keys.c.item_id == bindparam("item_id"),
        )
        self.seen_again = update(items).where(matching.one_of(items.c.id, "ids")).values(last_seen_at=bindparam("now"))
        self.withdraw = delete(reports).where(matching.one_of(reports.c.id, "ids"))
        self.save_feed = (
            update(feeds)
            .where(feeds.c.id == bindparam("feed_id"))
            .values(
                {name: bindparam(name) for name in (*field_names(Feed), "lease_owner", "lease_until") if name != "id"}
            )
            .values(
                # Somebody may have stopped it while it was being asked.
                status=case((feeds.c.status == FeedStatus.ACTIVE, bindparam("status")), else_=feeds.c.status)
            )
        )


class StoredRound:
    """One round in its transaction (ports.Round)."""

    def __init__(self, connection: AsyncConnection, statements: Statements) -> None:
        self._connection = connection
        self._statements = statements

    async def recall(self, wanted: Lookups) -> Known:
        """Return all that bears on a batch."""
        return await self._statements.recall(self._connection, wanted)

    async def record(self, decided: Triage, now: datetime) -> None:
        """Write what was decided."""
        with_kind: dict[type, Sequence[Any]] = {
            Story: decided.stories,
            Item: decided.items,
            Revision: decided.revisions,
            Fingerprint: decided.fingerprints,
            Reaction: decided.reactions,
            Report: decided.reports,
            Verdict: decided.verdicts,
        }
        await self._replace_keys(decided.fingerprints)
        for kind, statement in self._statements.upserts:
            await self._write(statement, rows_of(with_kind[kind], kind))
        await self._write(self._statements.target, _targets(decided.reactions))
        await self._write(self._statements.alert, rows_of(decided.alerts, Alert))
        await self._write(self._statements.alert_reaction, _alert_reactions(decided.alerts))
        listed = self._statements.matching.listed
        if decided.withdrawn_reports:
            await self._connection.execute(self._statements.withdraw, {"ids": listed(decided.withdrawn_reports)})
        if decided.seen_again:
            await self._connection.execute(self._statements.seen_again, {"ids": listed(decided.seen_again), "now": now})

    async def save_feed(self, feed: Feed) -> None:
        """Replace the feed and let go of its lease; a feed that was paused or retired meanwhile stays so."""
        row = {**rows_of([feed], Feed)[0], "lease_owner": None, "lease_until": None}
        row["feed_id"] = row.pop("id")
        await self._connection.execute(self._statements.save_feed, row)

    async def _write(self, statement: Insert, rows: list[dict[str, Any]]) -> None:
        if rows:
            await self._connection.execute(statement, rows)

    async def _replace_keys(self, prints: Sequence[Fingerprint]) -> None:
        """Index the fingerprints by their keys, and no longer by those they had before."""
        if not prints:
            return
        ids = self._statements.matching.listed(each.item_id for each in prints)
        old = (await self._connection.execute(self._statements.old_keys, {"ids": ids})).all()
        gone = {(key, published, item_id) for item_id, published, keys in old for key in keys}
        new = {(key, each.published, each.item_id) for each in prints for key in each.keys}
        for statement, keys in ((self._statements.forget_key, gone - new), (self._statements.key, new - gone)):
            rows = [
                {"key": key, "published": published, "item_id": item_id} for key, published, item_id in sorted(keys)
            ]
            if rows:
                await self._connection.execute(statement, rows)


class RoundStore:
    """What `poll` needs of the store (ports.Rounds)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)
        self._statements = Statements(self._matching)

    @asynccontextmanager
    async def round(self) -> AsyncIterator[StoredRound]:
        """Open a round: one at a time over all processes; commits when left in peace, else leaves no trace."""
        async with self._database.alone() as connection:
            yield StoredRound(connection, self._statements)

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
        due = select(feeds.c.id).where(
            feeds.c.status == FeedStatus.ACTIVE, or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now)
        )
        if not force:
            due = due.where(feeds.c.next_poll_at <= now)
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
        async with self._database.writing() as connection:
            claimed = values_of((await connection.execute(claim, parameters)).all(), Feed)
        return tuple(sorted(claimed, key=lambda feed: (feed.next_poll_at, feed.id)))

    async def release_feeds(self, feed_ids: Sequence[str], *, owner: str) -> None:
        """Let go of leased feeds that were not polled after all."""
        release = (
            update(feeds)
            .where(self._matching.one_of(feeds.c.id, "ids"), feeds.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )
        async with self._database.writing() as connection:
            await connection.execute(release, {"ids": self._matching.listed(feed_ids)})

    async def known_items(self, *, feed_id: str, guids: frozenset[str], urls: frozenset[str]) -> tuple[Item, ...]:
        """Return the stored items of this feed with one of the guids or canonical URLs; a read outside any round."""
        async with self._database.reading() as connection:
            return await self._statements.recall.items_of_feed(connection, feed_id, guids, urls)


def _targets(values: Iterable[Reaction]) -> list[dict[str, Any]]:
    return [
        {"target": target, "first_reported_at": each.first_reported_at, "reaction_id": each.id}
        for each in values
        for target in each.targets
    ]


def _alert_reactions(values: Iterable[Alert]) -> list[dict[str, Any]]:
    return [{"reaction_id": reaction, "alert_id": each.id} for each in values for reaction in each.reactions]
