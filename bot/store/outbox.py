"""The outbox: what is owed to channels, who is posting there, and how far each alert and digest has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.digests import Digest
from bot.domain.subscriptions import Subscription, SubscriptionStatus
from bot.store.database import Database
from bot.store.leases import is_free
from bot.store.matching import Matching
from bot.store.rows import columns_of, inserting, rows_of, values_of
from bot.store.tables import alerts, channels, digests, subscriptions, waiting

DELIVERY_OWNS = (
    "status",
    "reason",
    "next_attempt_at",
    "attempts",
    "first_attempt_at",
    "message_id",
    "posted_at",
    "edited_at",
    "last_error",
)
_OF_DIGEST = tuple(name for name in DELIVERY_OWNS if name in digests.c)
# Another process may take a channel between our look and our lease: then the next one is tried.
_CANDIDATES = 20


class OutboxStore:
    """What `deliver` needs of the store (ports.Outbox)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    async def claim_channel(
        self, *, now: datetime, lease: timedelta, owner: str, only: frozenset[str] = frozenset()
    ) -> str | None:
        """Lease the channel with the longest-waiting due alert, digest or edit, and return its id; None when none is due."""
        due = self._due_channels(now, limited=bool(only))
        parameters = {"only": self._matching.listed(only)} if only else {}
        async with self._database.reading() as connection:
            candidates = (await connection.execute(due, parameters)).scalars().all()
        if not candidates:
            return None
        async with self._database.leasing() as connection:
            for channel_id in candidates:
                if await self._lease(connection, channel_id, now=now, until=now + lease, owner=owner):
                    return str(channel_id)
        return None

    async def renew_channel(self, channel_id: str, *, now: datetime, lease: timedelta, owner: str) -> bool:
        """Extend a lease; False when it is no longer ours, and then nothing more may be sent for it."""
        renew = (
            update(channels)
            .where(channels.c.id == channel_id, channels.c.lease_owner == owner)
            .values(lease_until=now + lease)
        )
        async with self._database.leasing() as connection:
            return (await connection.execute(renew)).rowcount == 1

    async def release_channel(self, channel_id: str, *, owner: str) -> None:
        """Let go of a leased channel."""
        release = (
            update(channels)
            .where(channels.c.id == channel_id, channels.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )
        async with self._database.leasing() as connection:
            await connection.execute(release)

    async def due_alerts(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return the alerts to be posted here (owed, sending or uncertain, whose time has come), oldest first."""
        due = (
            select(*columns_of(Alert))
            .where(alerts.c.channel_id == channel_id, *_waits(alerts, now), served(alerts))
            .order_by(alerts.c.position)
            .limit(limit)
        )
        return values_of(await self._read(due), Alert)

    async def due_edits(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return posted alerts whose edit is due, oldest first."""
        due = (
            select(*columns_of(Alert))
            .where(alerts.c.channel_id == channel_id, *_wants_edit(now), served(alerts))
            .order_by(alerts.c.edit_due_at, alerts.c.position)
            .limit(limit)
        )
        return values_of(await self._read(due), Alert)

    async def due_digests(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Digest, ...]:
        """Return the digests to be posted here, oldest first."""
        due = (
            select(*columns_of(Digest))
            .where(digests.c.channel_id == channel_id, *_waits(digests, now), served(digests))
            .order_by(digests.c.until, digests.c.id)
            .limit(limit)
        )
        return values_of(await self._read(due), Digest)

    async def save_alert(self, alert: Alert, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come; with `expected`, only if the stored status is still that one."""
        return await self._save(alerts, alert, DELIVERY_OWNS, expected)

    async def edit_done(self, alert: Alert) -> None:
        """Write `edited_at`, and clear `edit_due_at` if it is still the alert's: a later wish for an edit stays."""
        mine = update(alerts).where(alerts.c.id == alert.id)
        async with self._database.writing() as connection:
            await connection.execute(mine.values(edited_at=alert.edited_at))
            await connection.execute(mine.where(alerts.c.edit_due_at == alert.edit_due_at).values(edit_due_at=None))

    async def owe_digest(self, digest: Digest) -> bool:
        """Insert the digest unless its slot has one already, whoever made it; return whether it was inserted."""
        owe = inserting(digests, sqlite_=self._matching.sqlite).on_conflict_do_nothing().returning(digests.c.id)
        async with self._database.writing() as connection:
            return (await connection.execute(owe, rows_of([digest], Digest))).first() is not None

    async def save_digest(self, digest: Digest, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come, as `save_alert` does."""
        return await self._save(digests, digest, _OF_DIGEST, expected)

    async def pause_channel(self, channel_id: str, *, reason: str, now: datetime) -> tuple[Subscription, ...]:  # noqa: ARG002 - the port's
        """Pause the active subscriptions of the channel; return those paused now, so that admins are told once."""
        pause = (
            update(subscriptions)
            .where(subscriptions.c.channel_id == channel_id, subscriptions.c.status == SubscriptionStatus.ACTIVE)
            .values(status=SubscriptionStatus.PAUSED, paused_reason=reason)
            .returning(*columns_of(Subscription))
        )
        async with self._database.writing() as connection:
            paused = values_of((await connection.execute(pause)).all(), Subscription)
        return tuple(sorted(paused, key=lambda each: (each.created_at, each.id)))

    async def _read(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        async with self._database.reading() as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(statement)).all()
        return rows

    async def _save(
        self, table: Table, value: Alert | Digest, names: Sequence[str], expected: AlertStatus | None
    ) -> bool:
        save = update(table).where(table.c.id == value.id).values({name: getattr(value, name) for name in names})
        if expected is not None:
            save = save.where(table.c.status == expected)
        async with self._database.writing() as connection:
            return (await connection.execute(save)).rowcount == 1

    async def _lease(
        self, connection: AsyncConnection, channel_id: str, *, now: datetime, until: datetime, owner: str
    ) -> bool:
        """Lease a channel unless a lease on it is running; one statement, so that of two processes one gets it."""
        insert = inserting(channels, sqlite_=self._matching.sqlite)
        lease = insert.values(id=channel_id, lease_owner=owner, lease_until=until).on_conflict_do_update(
            index_elements=["id"],
            set_={"lease_owner": insert.excluded.lease_owner, "lease_until": insert.excluded.lease_until},
            where=is_free(channels, now),
        )
        return (await connection.execute(lease.returning(channels.c.id))).first() is not None

    def _due_channels(self, now: datetime, *, limited: bool) -> Select[Any]:
        """Return a SELECT of the channels in which something is due and nobody is at work, longest waiting first."""
        parts = [
            select(table.c.channel_id.label("id"), since.label("since")).where(*conditions, served(table))
            for table, since, conditions in (
                (alerts, alerts.c.next_attempt_at, _waits(alerts, now)),
                (alerts, alerts.c.edit_due_at, _wants_edit(now)),
                (digests, digests.c.next_attempt_at, _waits(digests, now)),
            )
        ]
        due = union_all(*parts).subquery()
        leased = select(channels.c.id).where(channels.c.id == due.c.id, ~is_free(channels, now))
        chosen = select(due.c.id).where(~leased.exists())
        if limited:
            chosen = chosen.where(self._matching.one_of(due.c.id, "only"))
        return chosen.group_by(due.c.id).order_by(func.min(due.c.since), due.c.id).limit(_CANDIDATES)


def _waits(table: Table, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what makes an alert or digest due for posting: its time, or that it was made in what is now the future."""
    return (waiting(table), or_(table.c.next_attempt_at <= now, table.c.created_at > now))


def _wants_edit(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (alerts.c.edit_due_at <= now, alerts.c.status == AlertStatus.POSTED)


def served(table: Table) -> ColumnElement[bool]:
    """Return the condition that the subscription is served."""
    return (
        select(subscriptions.c.id)
        .where(and_(subscriptions.c.id == table.c.subscription_id, subscriptions.c.status == SubscriptionStatus.ACTIVE))
        .exists()
    )
