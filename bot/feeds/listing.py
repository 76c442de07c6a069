"""A feed as a list names it: OPML, or the starter list."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.feeds import FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """One line of a list of feeds, before anybody asked its server."""

    url: str
    title: str = ""
    homepage: str | None = None
    language: str | None = None
    kind: FeedKind = FeedKind.UNKNOWN
