"""What the use-cases need of the world, as Protocols; each adapter room answers one or more of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.usecases.ports.archive import AmendedItem, Amendments, Archive, ItemRow, Life, ReactionRow, Tally
from bot.usecases.ports.delivery import Leases, Messenger, Outbox
from bot.usecases.ports.keeping import Feeds, Guilds, Subscriptions
from bot.usecases.ports.network import Coder, FeedSource, Fetched, FoundFeed, Page
from bot.usecases.ports.rounds import Case, Round, Rounds, Ruling

Clock = Callable[[], datetime]
"""Returns the current time, aware, in UTC."""

__all__ = [
    "AmendedItem",
    "Amendments",
    "Archive",
    "Case",
    "Clock",
    "Coder",
    "FeedSource",
    "Feeds",
    "Fetched",
    "FoundFeed",
    "Guilds",
    "ItemRow",
    "Leases",
    "Life",
    "Messenger",
    "Outbox",
    "Page",
    "ReactionRow",
    "Round",
    "Rounds",
    "Ruling",
    "Subscriptions",
    "Tally",
]
