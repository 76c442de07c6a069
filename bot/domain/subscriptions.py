"""A subscription: which reactions a channel wants, how, and when it is left in peace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.identity import content_id
from bot.domain.reactions import Family, Reaction, ReactionType, Tier

CONSOLE = "console"
"""The channel id of the terminal: an implicit subscription to everything the operator has."""


class Mode(StrEnum):
    """When a subscription hears of what it is owed."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"


class SubscriptionStatus(StrEnum):
    """Whether a subscription is served."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


class ChannelKind(StrEnum):
    """Where a subscription posts: it decides how a message is sent and looked for."""

    TEXT = "text"
    THREAD = "thread"
    FORUM = "forum"
    DIRECT = "direct"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a subscription lets through; an empty set lets all through.

    Quiet types (`report`, `announce_action`) pass only when `types` or `families` name them. `min_outlets` waits until
    that many distinct outlets report a reaction. `include` and `exclude` are words looked for in the item's text, with no
    regard to case. `tier` `alert` keeps what texts say indirectly out of digests too; out of alerts it always is.
    """

    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    types: frozenset[ReactionType] = frozenset()
    families: frozenset[Family] = frozenset()
    languages: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_outlets: int = 1
    tier: Tier = Tier.DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When digests come and when nothing does, in the subscriber's own time zone (IANA name).

    `weekday` is 0 for Monday. Between `quiet_from` and `quiet_until` nothing is posted; it comes afterwards. A digest with
    nothing in it is posted only where `tells_empty`.
    """

    timezone: str = "UTC"
    at: time = time(8, 0)
    weekday: int = 0
    quiet_from: time | None = None
    quiet_until: time | None = None
    tells_empty: bool = False

    def is_quiet(self, now: datetime) -> bool:
        """Return whether `now` falls into the quiet hours, which may span midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        local = now.astimezone(ZoneInfo(self.timezone)).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= local < self.quiet_until
        return local >= self.quiet_from or local < self.quiet_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One channel's standing order. `guild_id` is "" for direct messages and the console."""

    id: str
    channel_id: str
    channel_kind: ChannelKind = ChannelKind.TEXT
    guild_id: str = ""
    filters: Filters = field(default_factory=Filters)
    mode: Mode = Mode.INSTANT
    schedule: Schedule = field(default_factory=Schedule)
    ping_role_id: str | None = None
    ping_types: frozenset[ReactionType] = frozenset()
    language: str = "en"
    status: SubscriptionStatus = SubscriptionStatus.ACTIVE
    paused_reason: str | None = None
    created_by: str
    created_at: datetime

    def sees(self, listed_in: frozenset[str]) -> bool:
        """Return whether a feed listed in these guilds ("" is the operator) is this subscription's to see."""
        return self.channel_kind is ChannelKind.CONSOLE or "" in listed_in or self.guild_id in listed_in


def subscription_id(channel_id: str, created_by: str, created_at: datetime, mode: Mode, filters: Filters) -> str:
    """Return the id of a subscription made now; two made in one moment differ in what they ask for."""
    asked = [f"{each.name}={_in_order(getattr(filters, each.name))}" for each in fields(filters)]
    return content_id("subscription", channel_id, created_by, created_at.isoformat(), mode, *asked)


def _in_order(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset | tuple) else str(value)


def console_subscription(now: datetime) -> Subscription:
    """Return the implicit subscription to everything, on the terminal."""
    return Subscription(
        id=content_id("subscription", CONSOLE),
        channel_id=CONSOLE,
        channel_kind=ChannelKind.CONSOLE,
        created_by="operator",
        created_at=now,
    )


def objection(filters: Filters, reaction: Reaction, *, text: str, digest: bool = False) -> str | None:
    """Return why these filters keep the reaction back, in words for `why`, or None when they let it through.

    `text` is the item's text. A digest takes what the text says indirectly as well.
    """
    if reaction.background:
        return "it tells of an earlier act"
    if reaction.tier is not Tier.ALERT and not (digest and filters.tier is Tier.DIGEST):
        return "the text says it indirectly (digest tier)"
    asked = reaction.type in filters.types or reaction.type.family in filters.families
    if (filters.types or filters.families) and not asked:
        return f"the subscription does not ask for {reaction.type}"
    if reaction.type.is_quiet and not asked:
        return f"{reaction.type} is alerted only where a subscription asks for it"
    if filters.actors and reaction.actor not in filters.actors:
        return f"the subscription does not ask for {reaction.actor}"
    if filters.targets and filters.targets.isdisjoint(reaction.targets):
        return "it is aimed at nobody the subscription asks for"
    if filters.languages and filters.languages.isdisjoint(reaction.languages):
        return "it is reported in other languages"
    if filters.outlets and filters.outlets.isdisjoint(reaction.outlets):
        return "it is reported by other outlets"
    if reaction.independent_outlets < filters.min_outlets:
        return f"fewer than {filters.min_outlets} outlets tell it in words of their own so far"
    return _words_object(filters, text)


def _words_object(filters: Filters, text: str) -> str | None:
    folded = text.casefold()
    if filters.include and not _any_in(filters.include, folded):
        return "none of the subscription's words is in it"
    if filters.exclude and (word := _any_in(filters.exclude, folded)):
        return f"the subscription excludes “{word}”"
    return None


def _any_in(words: Iterable[str], folded: str) -> str | None:
    return next((word for word in words if word.casefold() in folded), None)
