"""What the cogs need of the rest of the bot: the use-cases, put together by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actors import ActorNames
from bot.domain.feeds import Feed
from bot.usecases.curate import Curator
from bot.usecases.ports import Archive, Feeds, Subscriptions
from bot.usecases.subscribe import Subscriber

OpmlReader = Callable[[bytes], tuple[Feed, ...]]
OpmlWriter = Callable[[tuple[Feed, ...]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use-cases and the reading side of the store, as Discord uses them."""

    names: ActorNames
    clock: Callable[[], datetime]
    archive: Archive
    subscriptions: Subscriptions
    feeds: Feeds
    subscriber: Subscriber
    curator: Curator
