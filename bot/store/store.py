"""The store: all that is remembered, behind the ports of the use-cases."""

from __future__ import annotations

from typing import Self

from bot.store import schema
from bot.store.amendments import AmendmentStore
from bot.store.database import Database
from bot.store.exports import ExportStore
from bot.store.feeds import FeedStore
from bot.store.guilds import GuildStore
from bot.store.leases import LeaseStore
from bot.store.lives import LifeStore
from bot.store.outbox import OutboxStore
from bot.store.rounds import RoundStore
from bot.store.subscriptions import SubscriptionStore
from bot.store.upkeep import UpkeepStore


class Store(
    RoundStore,
    OutboxStore,
    SubscriptionStore,
    FeedStore,
    ExportStore,
    LifeStore,
    LeaseStore,
    UpkeepStore,
    AmendmentStore,
    GuildStore,
):
    """Everything remembered (the ports of the use-cases: Rounds, Outbox, Archive and the others), in one database.

    All of it raises StoreUnavailable when the database is away, locked or out of disk, and StoreCorrupt when it is
    damaged.
    """

    def __init__(self, database: Database) -> None:
        RoundStore.__init__(self, database)

    @classmethod
    async def open(cls, url: str, *, upgrade: bool = True) -> Self:
        """Open the database at this URL, made and brought to this release's schema where needed.

        With `upgrade` false a database of another revision is refused instead. Raises ConfigurationInvalid for a URL that
        cannot be used, SchemaTooNew when a later release wrote the database.
        """
        database = Database(url)
        try:
            if upgrade:
                await schema.upgrade(database)
            else:
                await schema.require_head(database)
        except BaseException:
            await database.aclose()
            raise
        return cls(database)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._database.aclose()
