"""The network as the use-cases see it: feeds fetched and parsed, pages read, feeds discovered."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from bot.domain.decisions import Look
from bot.domain.entries import FeedDocument
from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.feeds import Feed
from bot.domain.urls import without_credentials
from bot.feeds.answers import check, not_a_feed
from bot.feeds.coding import WorkerCoder
from bot.feeds.discovery import common_addresses
from bot.feeds.fetch import Visited, Visitor
from bot.feeds.headers import fresh_for, validator
from bot.feeds.packing import unpack, unpack_look
from bot.feeds.pages import Pages
from bot.feeds.reading import Knows, NotAFeed, get_ready, look_at_feed, read_feed, read_links
from bot.feeds.recognise import Kind, kind_of, wall_of
from bot.feeds.settings import MIB, FeedSettings
from bot.feeds.translation import is_garbled
from bot.feeds.workers import Readers, TooExpensive
from bot.usecases.ports import Fetched, FoundFeed, Page

log = structlog.get_logger(__name__)

Reader = Callable[[Visited, Feed], Awaitable[tuple[FeedDocument, Look | None]]]

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
NOT_MODIFIED = 304
# Bad request, precondition failed, header fields too large: what a request with validators may be to blame for.
_DISLIKES_CONDITIONS = frozenset({400, 412, 431})
_HASH_BYTES = 16
# Documents that are known to take long, before they have.
_LARGE_DOCUMENT = 2 * MIB
# A page's offers are tried in their order; one that lists dozens of dead ones is not followed to their end.
MOST_OFFERS_TRIED = 5
_KINDS_THAT_ARE_NO_FEED = frozenset({Kind.PAGE, Kind.OPML, Kind.SITEMAP, Kind.BINARY, Kind.EMPTY})


class HttpFeedSource:
    """Answers `usecases.ports.FeedSource` from the network.

    Nothing is opened or started before the first call; `aclose` closes the connections and stops the workers.
    """

    def __init__(self, settings: FeedSettings, clock: Callable[[], datetime], knows: Knows | None = None) -> None:
        """Open nothing yet; what polls find new is read by what it `knows`, or left to be read where it knows nothing."""
        self._settings = settings
        self._knows = knows
        self._clock = clock
        self._visitor = Visitor(settings)
        self._readers = Readers(
            workers=settings.parse_workers,
            quick=settings.quick_parse,
            deadline=settings.parse_deadline,
            memory=settings.parse_memory,
            tasks_per_worker=settings.tasks_per_worker,
            get_ready=partial(get_ready, knows) if knows else None,
        )
        self._pages = Pages(self._visitor, self._readers, settings, clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections and stop the workers, within seconds."""
        await asyncio.gather(self._visitor.aclose(), self._readers.aclose())

    async def fetch(self, feed: Feed) -> Fetched:
        """Ask for the feed, conditionally; parse what is new.

        A body that is the same as last time is not parsed. What broke off on its way is parsed as far as it came, and
        asked for again in full next time.
        """
        return await self._fetched(feed, self._unseen)

    async def look(self, feed: Feed) -> Fetched:
        """Do the same; what is new in the document is read where it is parsed, unless that takes long."""
        return await self._fetched(feed, self._unseen if self._knows is None else self._seen)

    async def _fetched(self, feed: Feed, read: Reader) -> Fetched:
        visited = await self._asked(feed)
        check(visited, now=self._clock())
        if visited.status == NOT_MODIFIED:
            return self._unchanged(feed, visited, feed.body_hash)
        body_hash = hash_of(visited.body)
        if visited.whole and body_hash == feed.body_hash:
            return self._unchanged(feed, visited, body_hash)
        document, seen = await read(visited, feed)
        if not visited.whole:
            entries = len(seen.marks if seen else document.entries)
            log.info("feed broke off", feed=without_credentials(feed.url), entries=entries)
        return Fetched(
            document=document,
            seen=seen,
            etag=validator(visited.headers.get("ETag")) if visited.whole else None,
            last_modified=validator(visited.headers.get("Last-Modified")) if visited.whole else None,
            body_hash=body_hash if visited.whole else None,
            moved_to=visited.moved_to,
            fresh_for=fresh_for(visited.headers, self._clock()),
            latency=visited.latency,
        )

    async def _asked(self, feed: Feed) -> Visited:
        """Return the answer to the feed's request; without its conditions where the server cannot deal with these."""
        headers = _conditional(feed)
        plain = {"Accept": ACCEPT_FEED}
        try:
            visited = await self._visitor.get(feed.url, headers)
        except FeedUnavailable as error:
            # "304" with a body behind it is no HTTP, and yet what some servers send.
            if headers == plain or not is_garbled(error):
                raise
            log.info("feed is asked without conditions", feed=without_credentials(feed.url), error=str(error))
        else:
            if headers == plain or visited.status not in _DISLIKES_CONDITIONS:
                return visited
        return await self._visitor.get(feed.url, plain)

    def coder(self, lexicons: Path | None = None, topic: str | None = None) -> WorkerCoder:
        """Return who codes articles in the same workers, by the shipped lexicons and those of a folder."""
        return WorkerCoder(self._readers, lexicons, topic)

    async def parse(self, body: bytes, *, url: str, content_type: str = "") -> FeedDocument:
        """Return the document in a body that is already here, read as safely as one from the network.

        Raises FeedRefused where it is none.
        """
        return await self._document(Visited(url=url, status=200, headers={"Content-Type": content_type}, body=body))

    async def page(self, url: str) -> Page | None:
        """Return the article at this address, or None where there is none we may read."""
        return await self._pages.page(url)

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the feeds at an address: itself when it is one, else those that the page offers, best first.

        A page that offers none has the usual places tried. Raises FeedRefused where there is nothing to be found.
        """
        url = url if "://" in url else f"https://{url}"
        visited = await self._visitor.get(url, {"Accept": f"{ACCEPT_FEED}, text/html"})
        check(visited, now=self._clock())
        try:
            document = await self._document(visited)
        except (FeedRefused, FeedUnavailable) as error:
            if kind_of(visited.body) is not Kind.PAGE or wall_of(visited.headers, visited.body):
                raise
            found = await self._that_answer(await self._offered(visited)) or await self._in_usual_places(visited.url)
            if not found:
                where = without_credentials(visited.url)
                raise FeedRefused(
                    f"{where} is a web page that offers no feed, nor is one in the usual places"
                ) from error
            return found
        return (FoundFeed(url=visited.moved_to or url.partition("#")[0], title=document.title, is_read=True),)

    async def _offered(self, page: Visited) -> tuple[FoundFeed, ...]:
        """Return the feeds that a page links to."""
        try:
            offers = await self._readers.read_slowly(read_links, page.body, page.url, page.content_type)
        except TooExpensive:
            return ()
        return tuple(FoundFeed(url=url, title=title) for url, title in offers)

    async def _that_answer(self, offers: tuple[FoundFeed, ...]) -> tuple[FoundFeed, ...]:
        """Return the offers with the first that can be read in front; those that are no feed (any more) are left out.

        One that may answer later stays behind what answers now.
        """
        silent: list[FoundFeed] = []
        for number, offer in enumerate(offers[:MOST_OFFERS_TRIED], start=1):
            try:
                title = (await self._found_at(offer.url))[1].title
            except FeedUnavailable:
                silent.append(offer)
            except FeedRefused:
                continue
            else:
                return (replace(offer, title=title or offer.title, is_read=True), *silent, *offers[number:])
        return (*silent, *offers[MOST_OFFERS_TRIED:])

    async def _in_usual_places(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the first feed that answers where feeds usually are."""
        for address in common_addresses(url):
            try:
                visited, document = await self._found_at(address)
            except FeedUnavailable as error:
                if error.retry_after is not None:
                    break
            except FeedRefused:
                continue
            else:
                return (FoundFeed(url=visited.url, title=document.title, is_read=True),)
        return ()

    async def _found_at(self, address: str) -> tuple[Visited, FeedDocument]:
        """Return the answer at an address, and the feed in it."""
        visited = await self._visitor.get(address, {"Accept": ACCEPT_FEED})
        check(visited, now=self._clock())
        return visited, await self._document(visited)

    def _unchanged(self, feed: Feed, visited: Visited, body_hash: str | None) -> Fetched:
        """Return that nothing changed; validators that the server sent anew replace the old ones."""
        if visited.status == NOT_MODIFIED and not (feed.etag or feed.last_modified):
            raise FeedUnavailable(
                f"{without_credentials(feed.url)} answered 304 although we have nothing of it; we try again later"
            )
        return Fetched(
            document=None,
            etag=validator(visited.headers.get("ETag")) or (feed.etag if visited.status == NOT_MODIFIED else None),
            last_modified=validator(visited.headers.get("Last-Modified"))
            or (feed.last_modified if visited.status == NOT_MODIFIED else None),
            body_hash=body_hash,
            moved_to=visited.moved_to,
            fresh_for=fresh_for(visited.headers, self._clock()),
            latency=visited.latency,
        )

    async def _unseen(self, visited: Visited, _feed: Feed) -> tuple[FeedDocument, None]:
        return await self._document(visited), None

    async def _seen(self, visited: Visited, feed: Feed) -> tuple[FeedDocument, Look | None]:
        """Return the document in an answer without its entries, and what is new in it; or all of it, where it takes long."""
        if len(visited.body) > _LARGE_DOCUMENT or kind_of(visited.body) in _KINDS_THAT_ARE_NO_FEED:
            return await self._document(visited), None
        about = (visited.body, visited.url, visited.content_type, feed, self._clock(), self._settings.items)
        try:
            packed = await self._readers.read_quickly(visited.url, look_at_feed, *about, self._knows)
        except NotAFeed as error:
            raise not_a_feed(visited, str(error)) from None
        return (await self._document(visited), None) if packed is None else unpack_look(packed)

    async def _document(self, visited: Visited) -> FeedDocument:
        """Return the document in an answer; raises FeedRefused and FeedUnavailable where there is none."""
        if kind_of(visited.body) in _KINDS_THAT_ARE_NO_FEED:
            raise not_a_feed(visited, "")
        arguments = (visited.body, visited.url, visited.content_type, self._clock(), self._settings.items)
        try:
            packed = await self._readers.read(
                visited.url, read_feed, *arguments, suspect=len(visited.body) > _LARGE_DOCUMENT
            )
        except NotAFeed as error:
            raise not_a_feed(visited, str(error)) from None
        except TooExpensive as error:
            raise FeedRefused(
                f"{without_credentials(visited.url)} is not read: {error}; its owners should know"
            ) from None
        return unpack(packed)


def hash_of(body: bytes) -> str:
    """Return the hash by which a body is known again."""
    return hashlib.blake2b(body, digest_size=_HASH_BYTES).hexdigest()


def _conditional(feed: Feed) -> dict[str, str]:
    """Return the request headers for a feed: its validators verbatim, as the server gave them."""
    headers = {"Accept": ACCEPT_FEED}
    if etag := validator(feed.etag):
        headers["If-None-Match"] = etag
    if last_modified := validator(feed.last_modified):
        headers["If-Modified-Since"] = last_modified
    return headers
