"""Leases seen as a whole: who holds any, and letting go of those of the dead (ports.Leases)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, or_, select, union, update

from bot.store.database import Database
from bot.store.matching import Matching
from bot.store.tables import channels, feeds

# No lease is this long: one that ends later was taken before the clock was set back.
LONGEST_LEASE = timedelta(hours=1, minutes=5)


def is_free(table: Table, now: datetime) -> ColumnElement[bool]:
    """Return the condition that no lease is running; it is never NULL."""
    until = table.c.lease_until
    return or_(until.is_(None), until <= now, until > now + LONGEST_LEASE)


class LeaseStore:
    """What taking over needs of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    async def lease_owners(self) -> frozenset[str]:
        """Return everybody who holds a lease on a feed or a channel, ended or not."""
        holders = union(
            *(select(table.c.lease_owner).where(table.c.lease_owner.is_not(None)) for table in (feeds, channels))
        )
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(holders)).scalars())

    async def end_leases(self, owners: Iterable[str]) -> int:
        """End every lease of these owners; return how many there were."""
        parameters = {"owners": self._matching.listed(owners)}
        ended = 0
        async with self._database.leasing() as connection:
            for table in (feeds, channels):
                end = (
                    update(table)
                    .where(self._matching.one_of(table.c.lease_owner, "owners"))
                    .values(lease_owner=None, lease_until=None)
                )
                ended += (await connection.execute(end, parameters)).rowcount
        return ended
