"""A digest: what a subscription's slot of time brought, told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.alerts import AlertStatus, SourcedReaction
from bot.domain.identity import content_id
from bot.domain.subscriptions import Subscription


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
