"""What `subscribe`, `curate` and `administer` need of the store: what servers and operators choose."""

from __future__ import annotations

from typing import Protocol

from bot.domain.feeds import Feed, Listing
from bot.domain.guilds import Change, Preferences
from bot.domain.subscriptions import Subscription


class Subscriptions(Protocol):
    """Standing orders, as commands see them."""

    async def add_subscription(self, subscription: Subscription) -> None:
        """Insert a subscription."""
        ...

    async def save_subscription(self, subscription: Subscription) -> None:
        """Replace a subscription."""
        ...

    async def subscription(self, subscription_id: str) -> Subscription:
        """Return one. Raises NotFound."""
        ...

    async def subscriptions(
        self,
        *,
        guild_id: str | None = None,
        channel_id: str | None = None,
        created_by: str | None = None,
        include_removed: bool = False,
    ) -> tuple[Subscription, ...]:
        """Return those of a guild, a channel, a maker, or all, oldest first."""
        ...


class Feeds(Protocol):
    """The list of feeds, as commands see it."""

    async def add_feed(self, feed: Feed, listing: Listing) -> bool:
        """Insert the feed unless it is there, and list it; returns whether the feed is new to the bot."""
        ...

    async def feed(self, feed_id: str) -> Feed:
        """Return one by its id. Raises NotFound."""
        ...

    async def feeds(self, *, guild_id: str | None = None) -> tuple[Feed, ...]:
        """Return the feeds a guild sees (its own and the operator's), or all; by name."""
        ...

    async def listings(self, *, feed_id: str | None = None, guild_id: str | None = None) -> tuple[Listing, ...]:
        """Return who lists which feed."""
        ...

    async def save_feed(self, feed: Feed) -> None:
        """Replace a feed."""
        ...

    async def unlist_feed(self, feed_id: str, *, guild_id: str) -> bool:
        """Take the feed off a guild's list; a feed nobody lists any more is retired. Returns whether it was listed."""
        ...


class Guilds(Protocol):
    """What servers chose for themselves, and who changed what there."""

    async def preferences(self, guild_id: str) -> Preferences:
        """Return what a server has chosen; the defaults where it has chosen nothing."""
        ...

    async def save_preferences(self, chosen: Preferences) -> None:
        """Insert or replace what a server has chosen."""
        ...

    async def add_change(self, change: Change) -> None:
        """Insert a line of a server's log, unless it is there."""
        ...

    async def changes(self, guild_id: str, *, limit: int, offset: int = 0) -> tuple[Change, ...]:
        """Return the lines of a server's log, the latest first."""
        ...

    async def count_changes(self, guild_id: str) -> int:
        """Return how many lines a server's log has."""
        ...
