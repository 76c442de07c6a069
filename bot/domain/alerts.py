"""An alert: what one subscription is owed for one item; a row before it is a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.feeds import FeedKind
from bot.domain.identity import content_id
from bot.domain.items import Item
from bot.domain.reactions import Reaction
from bot.domain.subscriptions import Subscription


class AlertStatus(StrEnum):
    """How far an alert has come."""

    OWED = "owed"
    # Claimed: a send may be under way. Found so after a crash, it is as good as uncertain.
    SENDING = "sending"
    # A send whose answer was lost: looked for before it is sent again.
    UNCERTAIN = "uncertain"
    POSTED = "posted"
    # Kept, never posted: replayed, or folded into a summary after an outage.
    SUPPRESSED = "suppressed"
    # The message was deleted by people, or the channel is gone: it is not made again.
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The reactions of one item that are new to one subscription.

    `id` is Discord's nonce too (24 characters). `first_attempt_at` starts the nonce window. `edit_due_at` is set while
    the posted message says less than is known; `told_outlets` is what it said last.
    """

    id: str
    subscription_id: str
    channel_id: str
    item_id: str
    story_id: str
    reactions: tuple[str, ...]
    status: AlertStatus = AlertStatus.OWED
    reason: str = ""
    created_at: datetime
    next_attempt_at: datetime
    attempts: int = 0
    first_attempt_at: datetime | None = None
    message_id: str | None = None
    posted_at: datetime | None = None
    edit_due_at: datetime | None = None
    edited_at: datetime | None = None
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One item that reports a reaction, as a reader is shown it."""

    item_id: str
    outlet: str
    kind: FeedKind
    title: str
    link: str | None
    language: str
    published: datetime
    quote: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedReaction:
    """A reaction with the items that report it, first report first."""

    reaction: Reaction
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """All that the message of an alert shows."""

    alert: Alert
    subscription: Subscription
    item: Item
    kind: FeedKind
    reactions: tuple[SourcedReaction, ...]


def alert_id(subscription_id: str, item_id: str, reactions: tuple[str, ...]) -> str:
    """Return the id of the alert that owes these reactions of this item to this subscription."""
    return content_id("alert", subscription_id, item_id, *sorted(reactions))
