"""A digest: what a subscription's slot of time brought, told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alerts import AlertStatus, SourcedReaction
from bot.domain.identity import content_id
from bot.domain.subscriptions import Mode, Schedule, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One slot of one subscription, owed and then posted like an alert. The slot is [`since`, `until`)."""

    id: str
    subscription_id: str
    channel_id: str
    since: datetime
    until: datetime
    status: AlertStatus = AlertStatus.OWED
    created_at: datetime
    next_attempt_at: datetime
    attempts: int = 0
    first_attempt_at: datetime | None = None
    message_id: str | None = None
    posted_at: datetime | None = None
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """An actor whose mean tone moved against its own last 30 days. Tones are -4 to 3."""

    actor: str
    before: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that the message of a digest shows: reactions by actor (most reported first), who moved, and the numbers."""

    digest: Digest
    subscription: Subscription
    reactions: tuple[SourcedReaction, ...]
    movers: tuple[Mover, ...] = ()
    items: int = 0
    stories: int = 0
    outlets: int = 0


def digest_id(subscription_id: str, until: datetime) -> str:
    """Return the id of the digest of the slot that ends then: one per slot, whoever makes it and when."""
    return content_id("digest", subscription_id, until.isoformat())


def last_slot_end(mode: Mode, schedule: Schedule, now: datetime) -> datetime:
    """Return the latest end of a slot that is not after `now`, in UTC.

    Days and weeks end at the subscriber's local time. Where clocks go forward over it, the slot ends an hour later that
    day; where they go back, at the first of the two; so every day has exactly one end.
    """
    if mode is Mode.HOURLY:
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    zone = ZoneInfo(schedule.timezone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    if mode is Mode.WEEKLY:
        day += timedelta(days=(schedule.weekday - day.weekday()) % 7)
    step = timedelta(days=7 if mode is Mode.WEEKLY else 1)
    while (end := datetime.combine(day, schedule.at, tzinfo=zone).astimezone(UTC)) > now:
        day -= step
    return end


def next_slot_end(mode: Mode, schedule: Schedule, now: datetime) -> datetime:
    """Return the earliest end of a slot that is after `now`, in UTC."""
    ahead = now
    while (end := last_slot_end(mode, schedule, ahead)) <= now:
        ahead += timedelta(hours=1)
    return end


def due_digest(subscription: Subscription, last: Digest | None, now: datetime) -> Digest | None:
    """Return the digest that a subscription is owed now, or None.

    After days offline there is one, of all that time, not one for each slot that was missed.
    """
    if subscription.mode is Mode.INSTANT:
        return None
    until = last_slot_end(subscription.mode, subscription.schedule, now)
    since = last.until if last else subscription.created_at
    if until <= since:
        return None
    return Digest(
        id=digest_id(subscription.id, until),
        subscription_id=subscription.id,
        channel_id=subscription.channel_id,
        since=since,
        until=until,
        created_at=now,
        next_attempt_at=now,
    )


def prominence(sourced: SourcedReaction) -> tuple[int, datetime, str, str, tuple[str, ...], str]:
    """Return what a digest sorts its reactions by: most outlets first, then the oldest, then by what they are.

    Two that were reported at the same moment stand in the same order whenever the digest is made.
    """
    reaction = sourced.reaction
    told = (reaction.actor, reaction.type.value, reaction.targets)
    return -len(reaction.outlets), reaction.first_reported_at, *told, reaction.id


def movers(now: dict[str, tuple[float, int]], before: dict[str, tuple[float, int]]) -> tuple[Mover, ...]:
    """Return the actors whose mean tone moved by a point or more, greatest first; both sides need three reactions.

    Each side is actor → (mean tone, number of reactions).
    """
    moved = [
        Mover(actor=actor, before=before[actor][0], now=tone)
        for actor, (tone, count) in now.items()
        if count >= FEWEST and before.get(actor, (0.0, 0))[1] >= FEWEST and abs(tone - before[actor][0]) >= 1
    ]
    return tuple(sorted(moved, key=lambda mover: (-abs(mover.now - mover.before), mover.actor)))


# Two reactions are a mood, three a line.
FEWEST = 3
