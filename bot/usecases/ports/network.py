"""What `poll` and `curate` need of the network, and of whoever reads what came from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.analyst import Reading
from bot.domain.decisions import Look
from bot.domain.entries import FeedDocument
from bot.domain.feeds import Feed
from bot.domain.items import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A feed's answer. `document` is None when nothing changed (304, or the same body as last time).

    `seen` is what a look at it found, with readings as far as they were made; then the document has no entries of its own.
    `etag`, `last_modified` and `body_hash` replace the feed's; `moved_to` is a permanent address that was confirmed;
    `fresh_for` and `latency` (seconds) are what the headers and the stopwatch said.
    """

    document: FeedDocument | None
    seen: Look | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    latency: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article on a web page: its text as paragraphs joined by blank lines, and what the page says of itself."""

    url: str
    title: str = ""
    text: str = ""
    author: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page offers; `is_read` tells that it was read, and that the title is its own."""

    url: str
    title: str = ""
    is_read: bool = False


class FeedSource(Protocol):
    """Asks the network for feeds and pages.

    Raises FeedUnavailable where trying later may help, FeedRefused where it will not, both with a text for an admin.
    """

    async def fetch(self, feed: Feed) -> Fetched:
        """Ask for the feed, conditionally; parse what is new."""
        ...

    async def look(self, feed: Feed) -> Fetched:
        """Do the same for a poll: what is new may be seen and read in the same go, which is for the source to choose."""
        ...

    async def page(self, url: str) -> Page | None:
        """Return the article at this address, or None where there is none we may read."""
        ...

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the feeds at an address: itself when it is one, else those that the page offers, best first."""
        ...


class Coder(Protocol):
    """Reads articles beside the event loop."""

    async def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return a reading of each article, in their order; one that is not relevant is not coded."""
        ...
