"""One visit to a web address: guarded on every hop, capped, timed, and polite. Knows HTTP, no feeds."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import ClientResponse, ClientSession, ClientTimeout, TCPConnector, hdrs
from yarl import URL

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.urls import without_credentials
from bot.feeds.encodings import ACCEPTED, TooLarge, Undecodable, decompressed
from bot.feeds.guard import AddressPolicy, NamingResolver
from bot.feeds.settings import MIB, FeedSettings
from bot.feeds.spacing import Arrivals, HostSpacing
from bot.feeds.translation import in_words

MAX_URL = 4096
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
# Feeds behind sessions put much into their headers; aiohttp's own limits lose them.
_MAX_HEADER = 64 * 1024
# Bodies that large wait for one of a few places: a hundred at once would not fit into memory.
_LARGE = MIB
_LARGE_AT_ONCE = 4
_ARRIVALS_APART = timedelta(milliseconds=3)
_QUICKLY_UNFOLDED = 32 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """An answer with its body unfolded. `url` is where it was found, `latency` seconds from first byte out to last in.

    `moved_to` is set when every redirect on the way was a permanent one. `whole` is false where the body broke off.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = True
    moved_to: str | None = None
    redirected: bool = False
    latency: float = 0.0

    @property
    def content_type(self) -> str:
        """Return the Content-Type header, or the empty string."""
        return self.headers.get(hdrs.CONTENT_TYPE, "")


@dataclass(slots=True)
class _Journey:
    """Where a visit has come to."""

    url: URL
    headers: dict[str, str]
    authorization: str | None
    origin: URL
    cookies: dict[str, str] = field(default_factory=dict)
    hops: int = 0
    permanent: bool = True
    seen: set[tuple[str, bool]] = field(default_factory=set)

    def request_headers(self) -> dict[str, str]:
        """Return what is sent on this hop: credentials go to the origin they were given for, and nowhere else."""
        headers = dict(self.headers)
        if self.authorization and self.url.origin() == self.origin:
            headers[hdrs.AUTHORIZATION] = self.authorization
        if self.cookies:
            headers[hdrs.COOKIE] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers


class Visitor:
    """Visits web addresses. Opens its connections with the first visit; close it with `aclose`."""

    def __init__(self, settings: FeedSettings) -> None:
        self._settings = settings
        self._policy = AddressPolicy(allow_networks=settings.allow_networks, ports=settings.ports)
        self._spacing = HostSpacing(per_host=settings.per_host, spacing=settings.host_spacing)
        self._arrivals = Arrivals(gap=_ARRIVALS_APART, count=settings.concurrency)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._large_places = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get(self, url: str, headers: Mapping[str, str], *, body_bytes: int | None = None) -> Visited:
        """Return the answer at an address, redirects followed; also an answer that is an error.

        Raises FeedUnavailable and FeedRefused with the reason in words. Waiting for our turn counts towards no timeout.
        """
        journey = _begin(url, headers)
        limit = body_bytes or self._settings.body_bytes
        while True:
            visited = await self._hop(journey, limit)
            if visited is not None:
                return visited

    async def _hop(self, journey: _Journey, limit: int) -> Visited | None:
        """Return the answer at the journey's address, or None after having moved it on."""
        host = journey.url.host or ""
        async with AsyncExitStack() as stack:
            if self._policy.is_exempt(host):
                await self._arrivals.arrive(host)
            else:
                await stack.enter_async_context(self._spacing.visit(host))
            # Only now: who waits for one host's turn holds no place that another host could use.
            await stack.enter_async_context(self._places)
            started = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(self._settings.total_timeout.total_seconds()):
                    return await self._ask(journey, limit, started)
            except (FeedUnavailable, FeedRefused):
                raise
            except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
                raise in_words(error, str(journey.url), self._settings) from error

    async def _ask(self, journey: _Journey, limit: int, started: float) -> Visited | None:
        try:
            async with asyncio.timeout(self._settings.headers_timeout.total_seconds()):
                response = await self._request(journey)
        except aiohttp.ClientError:
            raise
        except TimeoutError as error:
            patience = self._settings.headers_timeout.total_seconds()
            raise FeedUnavailable(
                f"{_shown(journey.url)} did not begin to answer within {patience:g} s; we try again later"
            ) from error
        async with response:
            if response.status in _REDIRECTS:
                self._move_on(journey, response)
                return None
            body, whole = b"", True
            if response.status != HTTPStatus.NOT_MODIFIED:
                body, whole = await self._body(response, limit)
            return Visited(
                url=str(journey.url),
                status=response.status,
                headers=response.headers,
                body=body,
                whole=whole,
                moved_to=str(journey.url) if journey.hops and journey.permanent else None,
                redirected=journey.hops > 0,
                latency=asyncio.get_running_loop().time() - started,
            )

    async def _request(self, journey: _Journey) -> ClientResponse:
        """Return the response's beginning. A kept connection that the server closed meanwhile is worth one more try."""
        session = self._session = self._session or self._opened()
        for attempt in (1, 2):
            try:
                return await session.get(journey.url, headers=journey.request_headers(), allow_redirects=False)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientConnectionResetError, ConnectionResetError):
                if attempt == 2:  # noqa: PLR2004 - the last of two
                    raise
        raise AssertionError("unreachable")

    async def _body(self, response: ClientResponse, limit: int) -> tuple[bytes, bool]:
        """Return the unfolded body and whether it came whole."""
        declared = response.content_length
        if declared is not None and declared > limit:
            raise _too_large(response, limit)
        async with AsyncExitStack() as stack:
            received, whole = bytearray(), True
            try:
                async for chunk in response.content.iter_any():
                    if len(received) < _LARGE <= len(received) + len(chunk):
                        await stack.enter_async_context(self._large_places)
                    received += chunk
                    if len(received) > limit:
                        raise _too_large(response, limit)
            except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, ConnectionError):
                # Cut short. What came may hold whole items; the caller knows that it is not all.
                if not received:
                    raise
                whole = False
            codings = response.headers.get(hdrs.CONTENT_ENCODING, "")
            if not codings and not received.startswith(b"\x1f\x8b"):
                return bytes(received), whole
            try:
                # In a thread: megabytes take as long as dozens of other feeds' answers, which meanwhile go on.
                unfold = partial(decompressed, bytes(received), codings, limit=self._settings.decompressed_bytes)
                decoded = await asyncio.to_thread(unfold) if len(received) > _QUICKLY_UNFOLDED else unfold()
            except TooLarge:
                raise _too_large(response, self._settings.decompressed_bytes, "unfolded") from None
            except Undecodable as error:
                raise FeedUnavailable(f"{_shown(response.url)}: {error}; we try again later") from None
            return decoded.body, whole and decoded.whole

    def _move_on(self, journey: _Journey, response: ClientResponse) -> None:
        """Send the journey where a redirect points."""
        here = _shown(journey.url)
        location = response.headers.get(hdrs.LOCATION, "").strip()
        if not location:
            raise FeedUnavailable(f"{here} answered {response.status}, a redirect without an address to go to")
        target = _resolved(journey.url, location)
        if target is None:
            raise FeedRefused(
                f"{here} redirects to {without_credentials(location)[:200]!r}, which is no web address that we visit"
            )
        new_cookies = {name: morsel.coded_value for name, morsel in response.cookies.items()}
        journey.cookies = (journey.cookies | new_cookies) if _is_same_site(journey.url, target) else {}
        journey.hops += 1
        journey.permanent = journey.permanent and response.status in _PERMANENT
        step = (str(target), bool(journey.cookies))
        if step in journey.seen:
            raise FeedUnavailable(f"{here} redirects in a circle; if the feed has a new address, add that one")
        if journey.hops > self._settings.redirects:
            raise FeedUnavailable(
                f"{here} redirects more than {self._settings.redirects} times; add the feed's final address instead"
            )
        journey.seen.add(step)
        journey.url = target

    def _opened(self) -> ClientSession:
        seconds = self._settings.connect_timeout.total_seconds()
        connector = TCPConnector(
            limit=0,
            keepalive_timeout=30,
            ttl_dns_cache=60,
            resolver=NamingResolver(self._policy),
            socket_factory=self._policy.open_socket,
        )
        return ClientSession(
            connector=connector,
            timeout=ClientTimeout(total=None, sock_connect=seconds),
            headers={hdrs.USER_AGENT: self._settings.user_agent, hdrs.ACCEPT_ENCODING: ACCEPTED},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
            max_headers=512,
        )


def _begin(url: str, headers: Mapping[str, str]) -> _Journey:
    target = _resolved(None, url)
    if target is None:
        raise FeedRefused(
            f"{without_credentials(url)[:200]!r} is not an address that we visit: give one that begins with http:// or https://"
        )
    authorization = None
    if target.user or target.password:
        authorization = "Basic " + base64.b64encode(f"{target.user or ''}:{target.password or ''}".encode()).decode(
            "ascii"
        )
    target = target.with_user(None)
    return _Journey(
        url=target,
        headers=dict(headers),
        authorization=authorization,
        origin=target.origin(),
        seen={(str(target), False)},
    )


def _is_same_site(one: URL, other: URL) -> bool:
    """Return whether what one address set may be told to the other: the same host, by http or https."""
    return one.host == other.host and (one.port == other.port or {one.port, other.port} <= {80, 443})


def _resolved(base: URL | None, written: str) -> URL | None:
    """Return an address to visit, or None where it is no web address; a redirect's own credentials are dropped."""
    if len(written) > MAX_URL:
        return None
    try:
        # What is ASCII is taken to the letter: signed addresses break when they are escaped anew.
        target = URL(written, encoded=written.isascii() and " " not in written)
        if base is not None:
            target = base.join(target).with_user(None)
        target = target.with_fragment(None)
        usable = target.scheme in {"http", "https"} and target.host and target.port
    except (ValueError, TypeError, UnicodeError):
        return None
    return target if usable else None


def _too_large(response: ClientResponse, limit: int, how: str = "") -> FeedRefused:
    size = f"{limit / MIB:g} MiB {how}".strip()
    return FeedRefused(
        f"{_shown(response.url)} sends more than {size}, which no feed needs; is it the address of a feed?"
    )


def _shown(url: URL) -> str:
    return without_credentials(str(url))
