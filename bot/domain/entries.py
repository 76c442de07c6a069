"""An entry: one thing a feed document lists, as the feed had it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, before cleaning.

    `title`, `summary` and `content` may hold HTML (what the feeds room reads is clean already). `guid` and `link` are
    verbatim, except that a relative link was resolved against the document and one that is not http(s), or longer than
    2,048 characters, is None. `published` and `updated` are aware UTC datetimes, clamped to what is possible.
    """

    guid: str | None = None
    link: str | None = None
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str | None = None
    language: str | None = None
    published: datetime | None = None
    updated: datetime | None = None

    def dated(self, now: datetime) -> datetime:
        """Return when the entry was published, by what it says itself; nothing comes from the future."""
        return min(self.published or self.updated or now, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A parsed feed: what it says of itself, and its entries in document order.

    `ttl_minutes` is the feed's own wish for the distance between polls, from `ttl`, `sy:updatePeriod` or `skipHours`.
    """

    title: str = ""
    homepage: str | None = None
    language: str | None = None
    ttl_minutes: float | None = None
    entries: tuple[Entry, ...] = ()
