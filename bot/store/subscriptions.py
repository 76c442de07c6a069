"""Standing orders (ports.Subscriptions)."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from bot.domain.errors import NotFound
from bot.domain.subscriptions import Subscription, SubscriptionStatus
from bot.store.database import Database
from bot.store.rows import columns_of, rows_of, value_of, values_of
from bot.store.tables import subscriptions


class SubscriptionStore:
    """What commands need of the store about subscriptions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_subscription(self, subscription: Subscription) -> None:
        """Insert a subscription."""
        async with self._database.writing() as connection:
            await connection.execute(insert(subscriptions), rows_of([subscription], Subscription))

    async def save_subscription(self, subscription: Subscription) -> None:
        """Replace a subscription."""
        row = rows_of([subscription], Subscription)[0]
        async with self._database.writing() as connection:
            await connection.execute(update(subscriptions).where(subscriptions.c.id == subscription.id).values(row))

    async def subscription(self, subscription_id: str) -> Subscription:
        """Return one. Raises NotFound."""
        wanted = select(*columns_of(Subscription)).where(subscriptions.c.id == subscription_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).first()
        if row is None:
            raise NotFound(f"There is no subscription “{subscription_id}”; `communique subscriptions list` shows all.")
        return value_of(row, Subscription)

    async def subscriptions(
        self,
        *,
        guild_id: str | None = None,
        channel_id: str | None = None,
        created_by: str | None = None,
        include_removed: bool = False,
    ) -> tuple[Subscription, ...]:
        """Return those of a guild, a channel, a maker, or all, oldest first."""
        wanted = select(*columns_of(Subscription)).order_by(subscriptions.c.created_at, subscriptions.c.id)
        if guild_id is not None:
            wanted = wanted.where(subscriptions.c.guild_id == guild_id)
        if channel_id is not None:
            wanted = wanted.where(subscriptions.c.channel_id == channel_id)
        if created_by is not None:
            wanted = wanted.where(subscriptions.c.created_by == created_by)
        if not include_removed:
            wanted = wanted.where(subscriptions.c.status != SubscriptionStatus.REMOVED)
        async with self._database.reading() as connection:
            return values_of((await connection.execute(wanted)).all(), Subscription)
