"""Errands: one thing to be posted each, and the times that decide how: nonce, landing, quiet hours, patience."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.digests import Digest
from bot.domain.subscriptions import ChannelKind, Schedule, Subscription

# Both are rows before they are messages, and are posted by the same rules.
Owed = TypeVar("Owed", Alert, Digest)

# Discord remembers nonces for "the past few minutes": within this time the same nonce cannot make a second message.
NONCE_WINDOW = timedelta(minutes=2)
# Shorter than the nonce window, so that whoever takes over a frozen owner's channel still finds its nonce remembered.
LEASE = timedelta(seconds=60)
# A message may carry a time a little before ours: search from earlier.
CLOCK_SKEW = timedelta(minutes=5)
# A forum's threads take no nonce: one in doubt is looked for when whatever was under way must have arrived.
LANDING = timedelta(seconds=60)
# How far back a message is looked for when nothing better is known.
LONGEST_OUTAGE = timedelta(days=1)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(Generic[Owed]):
    """One thing to be posted: its row, whom it is for, and how its kind is sent and written down."""

    row: Owed
    subscription: Subscription
    send: Callable[[Owed], Awaitable[str]]
    save: Callable[..., Awaitable[bool]]

    def at(self, row: Owed) -> Errand[Owed]:
        """Return the errand with its row as it is now."""
        return replace(self, row=row)


def nonce_is_remembered(errand: Errand[Owed], now: datetime) -> bool:
    """Return whether a send now cannot make a second message, for Discord knows its nonce."""
    first = errand.row.first_attempt_at
    if errand.subscription.channel_kind is ChannelKind.FORUM or first is None:
        return False
    return timedelta(0) <= now - first < NONCE_WINDOW


def still_landing(errand: Errand[Owed], now: datetime) -> timedelta | None:
    """Return how long a send without a nonce may still be on its way, unseen: a search now would tell nothing."""
    first = errand.row.first_attempt_at
    if errand.subscription.channel_kind is not ChannelKind.FORUM or first is None:
        return None
    if errand.row.status is AlertStatus.OWED or not timedelta(0) <= now - first < LANDING:
        return None
    return LANDING - (now - first)


def quiet_until(schedule: Schedule, now: datetime) -> datetime | None:
    """Return when the quiet hours end that `now` falls into, or None outside of them."""
    if not schedule.is_quiet(now) or schedule.quiet_until is None:
        return None
    zone = ZoneInfo(schedule.timezone)
    local = now.astimezone(zone)
    ends = datetime.combine(local.date(), schedule.quiet_until, tzinfo=zone)
    if ends <= local:
        ends = datetime.combine(local.date() + timedelta(days=1), schedule.quiet_until, tzinfo=zone)
    return ends.astimezone(now.tzinfo)


def backoff(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts."""
    doubled: int = 1 << min(max(attempts - 1, 0), 12)
    return min(FIRST_RETRY * doubled, LONGEST_RETRY)
