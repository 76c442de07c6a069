"""What every poll works with, and what comes of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.errors import Stop
from bot.domain.feeds import Feed
from bot.domain.polling import PollingRules
from bot.domain.triage import Rules
from bot.usecases.ports import Clock, Coder, FeedSource, Rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What polling one feed came to: counts of what was written, or the error in words."""

    feed: Feed
    new_items: int = 0
    relevant_items: int = 0
    reactions: int = 0
    alerts: int = 0
    unchanged: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every poll works with."""

    rounds: Rounds
    source: FeedSource
    coder: Coder
    clock: Clock
    rules: Rules
    polling: PollingRules
    owner: str
    # 0 to 1: spreads polls apart.
    chance: Callable[[], float]
    concurrency: int = 32
    # Told of every outcome: for metrics.
    tell: Callable[[Outcome], None] = lambda _: None
    # Told of what this process cannot go on with.
    give_up: Callable[[Stop], None] = lambda _: None
