"""What workers are asked to do. Libraries are imported in the worker: the bot's own process stays small."""

from __future__ import annotations

from datetime import datetime

from bot.feeds.packing import Packed

PackedPage = tuple[str, str, str | None, datetime | None]
"""Title, text, author and time of publication."""


class NotAFeed(Exception):
    """The document is no feed; the text says what it seems to be."""


def read_feed(body: bytes, url: str, content_type: str, now: datetime, max_items: int) -> Packed:
    """Return a feed document, packed. Raises NotAFeed."""
    from bot.feeds.packing import pack  # noqa: PLC0415 - see above
    from bot.feeds.parse import read_document  # noqa: PLC0415 - see above

    return pack(read_document(body, url=url, content_type=content_type, now=now, max_items=max_items))


def read_article(body: bytes, url: str, content_type: str, now: datetime) -> PackedPage | None:
    """Return the article on a web page: title, text, author and time, or None."""
    from bot.feeds.articles import read_page  # noqa: PLC0415 - see above

    return read_page(body, url, content_type, now)


def read_links(body: bytes, url: str, content_type: str) -> list[tuple[str, str]]:
    """Return address and title of the feeds that a web page offers, best first."""
    from bot.feeds.discovery import read_offers  # noqa: PLC0415 - see above

    return read_offers(body, url, content_type)
