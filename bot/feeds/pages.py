"""Pages behind items: read where robots.txt lets us, once, through the same guards as feeds."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.urls import without_credentials
from bot.feeds.answers import check
from bot.feeds.encodings import text_of
from bot.feeds.fetch import Visitor
from bot.feeds.reading import read_article
from bot.feeds.recognise import Kind, kind_of, wall_of
from bot.feeds.robots import EVERYTHING, MAX_BYTES, NOTHING, Robots, read_robots
from bot.feeds.settings import FeedSettings
from bot.feeds.workers import Readers, TooExpensive
from bot.usecases.ports import Page

ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
# A site whose robots.txt fails is left alone for a while, not for the day.
_UNREACHABLE_FOR = timedelta(minutes=30)
_MAX_SITES = 2_000

Kept = TypeVar("Kept")


class Pages:
    """Reads articles. What a page gave is kept for a while, also that it gave nothing; concurrent askers share one visit."""

    def __init__(
        self, visitor: Visitor, readers: Readers, settings: FeedSettings, clock: Callable[[], datetime]
    ) -> None:
        self._visitor = visitor
        self._readers = readers
        self._settings = settings
        self._clock = clock
        self._robots: OrderedDict[str, tuple[datetime, Robots]] = OrderedDict()
        self._kept: OrderedDict[str, Page | None] = OrderedDict()
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def page(self, url: str) -> Page | None:
        """Return the article at this address; None where robots.txt forbids us, or the page holds none.

        Raises FeedUnavailable and FeedRefused as `fetch` does.
        """
        async with self._turn(url):
            if url in self._kept:
                self._kept.move_to_end(url)
                return self._kept[url]
            page = await self._read(url) if await self._may_read(url) else None
            _keep(self._kept, url, page, self._settings.pages_kept)
            return page

    async def _read(self, url: str) -> Page | None:
        visited = await self._visitor.get(url, {"Accept": ACCEPT_PAGE}, body_bytes=self._settings.page_bytes)
        check(visited, now=self._clock(), asked_for="page")
        # A redirect may have led to a site, or a part of it, that does not want us.
        if visited.redirected and not await self._may_read(visited.url):
            return None
        if kind_of(visited.body) is not Kind.PAGE or wall_of(visited.headers, visited.body):
            return None
        try:
            read = await self._readers.read_slowly(
                read_article, visited.body, visited.url, visited.content_type, self._clock()
            )
        except TooExpensive as error:
            raise FeedRefused(f"{without_credentials(url)} is not read: {error}") from None
        if read is None:
            return None
        title, text, author, published = read
        return Page(url=visited.url, title=title, text=text, author=author, published=published)

    async def _may_read(self, url: str) -> bool:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        async with self._turn(site):
            known = self._robots.get(site)
            if known is None or known[0] <= self._clock():
                known = await self._ask_robots(site)
                _keep(self._robots, site, known, _MAX_SITES)
        return known[1].allows(url)

    async def _ask_robots(self, site: str) -> tuple[datetime, Robots]:
        """Return a site's rules and until when they are good; no file allows everything, a broken server nothing."""
        now = self._clock()
        try:
            visited = await self._visitor.get(
                f"{site}/robots.txt", {"Accept": "text/plain, */*;q=0.5"}, body_bytes=MAX_BYTES * 2
            )
        except (FeedUnavailable, FeedRefused):
            return now + _UNREACHABLE_FOR, NOTHING
        if visited.status >= 500 or visited.status == 429:  # noqa: PLR2004 - RFC 9309 §2.3.1.4
            return now + _UNREACHABLE_FOR, NOTHING
        if visited.status != 200 or kind_of(visited.body) is Kind.PAGE:  # noqa: PLR2004 - some sites answer with a page
            return now + self._settings.robots_kept_for, EVERYTHING
        text = text_of(visited.body[:MAX_BYTES], visited.content_type, markup=False)
        return now + self._settings.robots_kept_for, read_robots(text)

    @asynccontextmanager
    async def _turn(self, key: str) -> AsyncIterator[None]:
        """Wait until nobody else asks for the same; forgotten when nobody wants it."""
        lock, wanted = self._turns.get(key, (asyncio.Lock(), 0))
        self._turns[key] = (lock, wanted + 1)
        try:
            async with lock:
                yield
        finally:
            wanted = self._turns[key][1] - 1
            self._turns[key] = (lock, wanted)
            if not wanted:
                del self._turns[key]


def _keep(kept: OrderedDict[str, Kept], key: str, value: Kept, limit: int) -> None:
    """Keep a value, and let the oldest go beyond the limit."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > limit:
        kept.popitem(last=False)
