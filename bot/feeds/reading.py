"""What workers are asked to do. Libraries are imported in the worker: the bot's own process stays small."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.feeds import Feed
from bot.feeds.packing import Packed, PackedArticle, PackedLook, PackedReading

if TYPE_CHECKING:
    from bot.analysis.analyst import LexiconAnalyst

Knows = tuple[Path | None, str | None]
"""By what is read: a folder of lexicons beside the shipped ones, and a topic."""

# As many characters are read with the document that has them; what a back catalogue has beyond that is read in portions.
SOON_READ = 60_000

PackedPage = tuple[str, str, str | None, datetime | None]
"""Title, text, author and time of publication."""


class NotAFeed(Exception):
    """The document is no feed; the text says what it seems to be."""


def read_feed(body: bytes, url: str, content_type: str, now: datetime, max_items: int) -> Packed:
    """Return a feed document, packed. Raises NotAFeed."""
    from bot.feeds.packing import pack  # noqa: PLC0415 - see above
    from bot.feeds.parse import read_document  # noqa: PLC0415 - see above

    return pack(read_document(body, url=url, content_type=content_type, now=now, max_items=max_items))


def look_at_feed(
    body: bytes, url: str, content_type: str, feed: Feed, now: datetime, max_items: int, knows: Knows
) -> PackedLook:
    """Return what is new in a feed's document, read as far as that takes no long time. Raises NotAFeed, LexiconInvalid."""
    from bot.domain.analyst import read_if_relevant  # noqa: PLC0415 - see above
    from bot.domain.changes import look  # noqa: PLC0415 - see above
    from bot.domain.drafting import read  # noqa: PLC0415 - see above
    from bot.feeds.packing import pack_look  # noqa: PLC0415 - see above
    from bot.feeds.parse import read_document  # noqa: PLC0415 - see above

    document = read_document(body, url=url, content_type=content_type, now=now, max_items=max_items)
    seen, analyst, length, made = look(document, feed, now), _analyst(*knows), 0, []
    for draft in seen.drafts:
        length += len(draft.item.article.text)
        is_soon = length <= SOON_READ
        made.append(read(draft, read_if_relevant(analyst, draft.item.article)) if is_soon else draft)
    return pack_look(document, replace(seen, drafts=tuple(made)))


def get_ready(knows: Knows) -> None:
    """Load what reading takes before anybody waits for it; what is wrong with lexicons is told to who asks for a reading."""
    from bot.domain.errors import LexiconInvalid  # noqa: PLC0415 - see above

    with suppress(LexiconInvalid):
        _analyst(*knows)


def read_article(body: bytes, url: str, content_type: str, now: datetime) -> PackedPage | None:
    """Return the article on a web page: title, text, author and time, or None."""
    from bot.feeds.articles import read_page  # noqa: PLC0415 - see above

    return read_page(body, url, content_type, now)


def read_links(body: bytes, url: str, content_type: str) -> list[tuple[str, str]]:
    """Return address and title of the feeds that a web page offers, best first."""
    from bot.feeds.discovery import read_offers  # noqa: PLC0415 - see above

    return read_offers(body, url, content_type)


def read_articles(
    lexicons: Path | None, topic: str | None, articles: tuple[PackedArticle, ...]
) -> tuple[PackedReading, ...]:
    """Return the readings of articles, all packed; one that is not relevant is not coded. Raises LexiconInvalid."""
    from bot.domain.analyst import read_if_relevant  # noqa: PLC0415 - see above
    from bot.feeds.packing import pack_reading, unpack_article  # noqa: PLC0415 - see above

    analyst = _analyst(lexicons, topic)
    return tuple(pack_reading(read_if_relevant(analyst, unpack_article(article))) for article in articles)


@lru_cache(maxsize=1)
def _analyst(lexicons: Path | None, topic: str | None) -> LexiconAnalyst:
    from bot.analysis.analyst import LexiconAnalyst  # noqa: PLC0415 - see above
    from bot.lexicons import load  # noqa: PLC0415 - see above

    return LexiconAnalyst(load(lexicons, topic=topic))
