"""What a server has chosen for itself, and who changed what there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.places import PlaceNames


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How a server is spoken to. `language` is None where everybody is answered in the language of his own Discord."""

    guild_id: str
    language: str | None = None
    place_names: PlaceNames = PlaceNames.BOTH


class Act(StrEnum):
    """What can be changed."""

    FEED_ADDED = "feed_added"
    FEED_PAUSED = "feed_paused"
    FEED_RESUMED = "feed_resumed"
    FEED_REMOVED = "feed_removed"
    FEEDS_IMPORTED = "feeds_imported"
    SUBSCRIBED = "subscribed"
    SUBSCRIPTION_CHANGED = "subscription_changed"
    SUBSCRIPTION_PAUSED = "subscription_paused"
    SUBSCRIPTION_RESUMED = "subscription_resumed"
    SUBSCRIPTION_REMOVED = "subscription_removed"
    LANGUAGE_CHOSEN = "language_chosen"
    PLACE_NAMES_CHOSEN = "place_names_chosen"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line of a server's log: who did what to what, and when.

    `author` is a Discord id, "" for the bot itself. `subject` is what it was done to: a channel's id for subscriptions, a
    name for everything else; `detail` is whatever else is worth a word.
    """

    id: str
    guild_id: str
    author: str
    act: Act
    subject: str = ""
    detail: str = ""
    at: datetime
