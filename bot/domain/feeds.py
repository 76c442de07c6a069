"""A feed: an address that is asked again and again for entries, and how it has been doing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.identity import content_id


class FeedKind(StrEnum):
    """Who speaks through the outlet: shown to the reader beside its name."""

    STATE = "state"
    WIRE = "wire"
    INDEPENDENT = "independent"
    INSTITUTION = "institution"
    UNKNOWN = "unknown"


class FeedStatus(StrEnum):
    """Whether the feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    # The server said 410 Gone, or an admin removed the feed: its items stay.
    RETIRED = "retired"


class FullText(StrEnum):
    """When the linked page is fetched for the text that the feed leaves out."""

    OFF = "off"
    AUTO = "auto"
    ON = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One address, its HTTP memory and its health.

    `interval` is the current distance between polls; `latency` the last answer's duration in seconds. `body_hash` is the
    hash of the last body that was parsed, so that an unchanged one is not parsed again.
    `entry_marks` tell which entries it listed, so that those that stay as they are are passed over (see `changes.py`).
    """

    id: str
    url: str
    title: str = ""
    homepage: str | None = None
    language: str | None = None
    kind: FeedKind = FeedKind.UNKNOWN
    status: FeedStatus = FeedStatus.ACTIVE
    full_text: FullText = FullText.AUTO
    added_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    entry_marks: tuple[int, ...] = ()
    interval: timedelta = timedelta(minutes=15)
    next_poll_at: datetime
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_item_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    admins_told_at: datetime | None = None
    latency: float | None = None
    items_seen: int = 0

    @property
    def name(self) -> str:
        """Return what a reader knows the outlet by."""
        return self.title or outlet_of(self.url)

    def is_due(self, now: datetime) -> bool:
        """Return whether the feed should be asked now."""
        return self.status is FeedStatus.ACTIVE and self.next_poll_at <= now

    def paused(self) -> Feed:
        """Return the feed as it is when an admin stops it."""
        return replace(self, status=FeedStatus.PAUSED)

    def resumed(self, now: datetime) -> Feed:
        """Return the feed active again, due at once and with its failures forgotten."""
        return replace(
            self,
            status=FeedStatus.ACTIVE,
            next_poll_at=now,
            failures=0,
            failing_since=None,
            last_error=None,
            admins_told_at=None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """That a guild (or the operator: `guild_id` "") has a feed.

    A feed is polled once however many list it; what comes from it alone is shown only where it is listed.
    """

    feed_id: str
    guild_id: str = ""
    added_by: str
    added_at: datetime


def feed_id(url: str) -> str:
    """Return the id of the feed at this address."""
    return content_id("feed", url)


def outlet_of(url: str) -> str:
    """Return the host that stands for an outlet when nothing better is known, without `www.`."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").casefold() or url
