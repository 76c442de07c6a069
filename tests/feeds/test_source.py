"""A feed is asked politely, moved where its server says, and parsed once."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psutil
import pytest
import pytest_asyncio
from faultserver import NOW, Client, FaultServer, Route, a_feed, fault_server, settings_for_tests, write_rss

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.feeds import Feed
from bot.feeds.source import HttpFeedSource, hash_of
from bot.usecases.ports import FeedSource, Fetched

pytestmark = pytest.mark.asyncio(loop_scope="module")


def remembered(feed: Feed, fetched: Fetched) -> Feed:
    return replace(
        feed,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=fetched.body_hash,
        url=fetched.moved_to or feed.url,
    )


def serving(body: bytes, **headers: str) -> Route:
    async def route(client: Client) -> None:
        await client.answer(body, **headers)

    return route


def redirecting(code: int, location: str, **headers: str) -> Route:
    async def route(client: Client) -> None:
        await client.answer(status=f"{code} X", Location=location, **headers)

    return route


def with_etag(body: bytes, etag: str) -> Route:
    async def route(client: Client) -> None:
        if client.request.headers.get("if-none-match") == etag:
            await client.answer(status="304 Not Modified", Content_Length="-")
        else:
            await client.answer(body, ETag=etag)

    return route


async def test_source_is_a_feed_source(source: HttpFeedSource) -> None:
    port: FeedSource = source
    assert port is source


async def test_document_and_what_the_server_said_of_it(server: FaultServer, source: HttpFeedSource) -> None:
    body = write_rss(2, channel="<language>en-GB</language><ttl>30</ttl>")
    url = server.at(
        "/full",
        serving(body, ETag='W/"a"', Last_Modified="yesterday, they said", Cache_Control="max-age=600", Age="60"),
    )
    fetched = await source.fetch(a_feed(url))
    assert fetched.document is not None
    assert (fetched.etag, fetched.last_modified, fetched.body_hash) == ('W/"a"', "yesterday, they said", hash_of(body))
    assert fetched.fresh_for == timedelta(minutes=9)
    assert fetched.latency > 0
    document = fetched.document
    assert (document.title, document.homepage, document.language, document.ttl_minutes) == (
        "Example Times",
        "https://example.org/",
        "en-gb",
        30,
    )
    first = document.entries[0]
    assert (first.guid, first.link, first.title, first.summary, first.language) == (
        "id-0",
        "https://example.org/0",
        "Item 0",
        "Text 0.",
        "en-gb",
    )
    assert first.published == datetime(2023, 9, 19, 10, 30, tzinfo=UTC)


async def test_request_says_who_asks_and_what_for(server: FaultServer, source: HttpFeedSource) -> None:
    await source.fetch(a_feed(server.at("/who", serving(write_rss()))))
    headers = server.asked("/who")[0].headers
    assert "+https://example.org/contact" in headers["user-agent"]
    assert "application/rss+xml" in headers["accept"]
    assert {"gzip", "br", "zstd"} <= set(headers["accept-encoding"].replace(",", " ").split())
    assert not {"cookie", "referer", "if-none-match", "if-modified-since"} & headers.keys()


async def test_validators_go_back_as_they_came(server: FaultServer, source: HttpFeedSource) -> None:
    url = server.at("/verbatim", serving(write_rss()))
    await source.fetch(a_feed(url, etag='W/"odd\'; value"', last_modified="Tue,19 sep 2023 (odd)"))
    headers = server.asked("/verbatim")[0].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"odd\'; value"', "Tue,19 sep 2023 (odd)")


@pytest.mark.parametrize(
    "etag", ['"a\x01b\x7f"', '"' + "x" * 40_000 + '"', '"\udce9"'], ids=["controls", "very long", "no utf-8"]
)
async def test_a_validator_that_no_request_may_hold_is_not_sent(
    etag: str, server: FaultServer, source: HttpFeedSource
) -> None:
    """Else the feed would be read once, and refused for ever after."""
    head = b"HTTP/1.1 200 OK\r\nETag: " + etag.encode("utf-8", "surrogateescape") + b"\r\nContent-Length: %d\r\n\r\n"

    async def route(client: Client) -> None:
        await client.send(head % len(write_rss()) + write_rss())

    url = server.at("/odd-etag", route)
    assert (await source.fetch(a_feed(url))).etag is None
    assert (await source.fetch(a_feed(url, etag=etag, last_modified="a\x00b"))).document is not None
    assert not {"if-none-match", "if-modified-since"} & server.asked("/odd-etag")[-1].headers.keys()


@pytest.mark.parametrize("code", [400, 412, 431])
async def test_a_server_that_dislikes_conditions_is_asked_without(
    code: int, server: FaultServer, source: HttpFeedSource
) -> None:
    async def route(client: Client) -> None:
        if "if-none-match" in client.request.headers:
            await client.answer(b"no", status=f"{code} X")
        else:
            await client.answer(write_rss())

    feed = a_feed(server.at(f"/conditions/{code}", route), etag='"1"')
    document = (await source.fetch(feed)).document
    assert document is not None
    assert len(document.entries) == 2
    with pytest.raises((FeedRefused, FeedUnavailable), match=str(code)):
        await source.fetch(a_feed(server.at(f"/broken/{code}", _failing(code)), etag='"1"'))


def _failing(code: int) -> Route:
    async def route(client: Client) -> None:
        await client.answer(b"no", status=f"{code} X")

    return route


async def test_a_304_with_a_body_behind_it_is_made_up_for(server: FaultServer, source: HttpFeedSource) -> None:
    """It is no HTTP, and reads like an answer to a question that nobody asked."""
    body = write_rss()

    async def route(client: Client) -> None:
        if "if-none-match" in client.request.headers:
            await client.send(b"HTTP/1.1 304 Not Modified\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        else:
            await client.answer(body)

    feed = a_feed(server.at("/304-and-more", route), etag='"1"')
    document = (await source.fetch(feed)).document
    assert document is not None
    assert len(document.entries) == 2


async def test_unchanged_by_etag_brings_no_document_and_keeps_the_memory(
    server: FaultServer, source: HttpFeedSource
) -> None:
    feed = a_feed(server.at("/etag", with_etag(write_rss(), '"1"')))
    feed = remembered(feed, await source.fetch(feed))
    again = await source.fetch(feed)
    assert again.document is None
    assert (again.etag, again.body_hash) == ('"1"', feed.body_hash)


async def test_same_body_without_validators_is_not_parsed_again(
    server: FaultServer, source: HttpFeedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = a_feed(server.at("/hash", serving(write_rss())))
    feed = remembered(feed, await source.fetch(feed))

    async def parsed(*_: object, **__: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(source._readers, "read", parsed)
    assert (await source.fetch(feed)).document is None


async def test_same_body_in_another_coding_is_the_same(server: FaultServer, source: HttpFeedSource) -> None:
    plain = a_feed(server.at("/coding", serving(write_rss())))
    plain = remembered(plain, await source.fetch(plain))
    server.at("/coding", serving(gzip.compress(write_rss()), Content_Encoding="gzip"))
    assert (await source.fetch(plain)).document is None


async def test_body_that_broke_off_is_asked_for_again_in_full(server: FaultServer, source: HttpFeedSource) -> None:
    """What came is taken, and nothing is remembered that could make the rest look unchanged."""
    body = write_rss(3)

    async def cut(client: Client) -> None:
        await client.answer(body[:-150], length=len(body), ETag='"1"', Last_Modified="today")
        client.writer.close()

    feed = a_feed(server.at("/cut", cut))
    fetched = await source.fetch(feed)
    assert fetched.document is not None
    assert len(fetched.document.entries) == 2
    assert (fetched.etag, fetched.last_modified, fetched.body_hash) == (None, None, None)


@pytest.mark.parametrize(("code", "moved"), [(301, True), (308, True), (302, False), (303, False), (307, False)])
async def test_permanent_redirect_to_a_feed_moves_the_feed(
    code: int, *, moved: bool, server: FaultServer, source: HttpFeedSource
) -> None:
    target = server.at(f"/new/{code}", serving(write_rss()))
    fetched = await source.fetch(a_feed(server.at(f"/old/{code}", redirecting(code, f"/new/{code}"))))
    assert fetched.document is not None
    assert fetched.moved_to == (target if moved else None)


async def test_one_temporary_step_makes_the_whole_way_temporary(server: FaultServer, source: HttpFeedSource) -> None:
    server.at("/way/3", serving(write_rss()))
    server.at("/way/2", redirecting(302, "/way/3"))
    fetched = await source.fetch(a_feed(server.at("/way/1", redirecting(301, "/way/2"))))
    assert fetched.moved_to is None


async def test_permanent_redirect_to_a_page_moves_nothing(server: FaultServer, source: HttpFeedSource) -> None:
    """Captive portals and parked domains redirect permanently, too."""
    server.at("/portal", serving(b"<html><p>Log in</p></html>"))
    with pytest.raises(FeedRefused, match="web page"):
        await source.fetch(a_feed(server.at("/lost", redirecting(301, "/portal"))))


async def test_gone_behind_a_temporary_redirect_does_not_retire(server: FaultServer, source: HttpFeedSource) -> None:
    async def gone(client: Client) -> None:
        await client.answer(status="410 Gone")

    server.at("/gone", gone)
    with pytest.raises(FeedRefused) as by_detour:
        await source.fetch(a_feed(server.at("/detour", redirecting(302, "/gone"))))
    assert not by_detour.value.gone


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("circle", "in a circle"),
        ("two", "in a circle"),
        ("long", "more than 8 times"),
        ("nowhere", "without an address"),
    ],
)
async def test_redirects_that_lead_nowhere_end(
    name: str, words: str, server: FaultServer, source: HttpFeedSource
) -> None:
    server.at("/circle", redirecting(302, "/circle"))
    server.at("/two", redirecting(302, "/two/b"))
    server.at("/two/b", redirecting(302, "/two"))
    server.at("/long", redirecting(302, "/long/0"))
    for number in range(30):
        server.at(f"/long/{number}", redirecting(302, f"/long/{number + 1}"))

    async def nowhere(client: Client) -> None:
        await client.answer(status="302 Found")

    server.at("/nowhere", nowhere)
    with pytest.raises(FeedUnavailable, match=words):
        await source.fetch(a_feed(server.url + f"/{name}"))


async def test_site_that_wants_its_cookie_back_gets_it(server: FaultServer, source: HttpFeedSource) -> None:
    async def gate(client: Client) -> None:
        if "seen=1" in client.request.headers.get("cookie", ""):
            await client.answer(write_rss(1))
        else:
            await client.answer(status="302 X", Location="/gate", Set_Cookie="seen=1; Path=/")

    fetched = await source.fetch(a_feed(server.at("/gate", gate)))
    assert fetched.document is not None
    await source.fetch(a_feed(server.url + "/gate"))
    assert "cookie" not in server.asked("/gate")[2].headers


@pytest.mark.parametrize(
    "location", ["/söme/päth", "/some path", "?q=1", "relative", "//{host}/abs", "/a%2Fb?x=%20&y=%C3%A9"]
)
async def test_location_is_followed_however_it_is_written(
    location: str, server: FaultServer, source: HttpFeedSource
) -> None:
    paths: list[str] = []

    async def anything(client: Client) -> None:
        paths.append(client.request.path)
        await client.answer(write_rss(1))

    host = server.url.removeprefix("http://")
    start = server.at("/start/here", redirecting(302, location.format(host=host).encode("utf-8").decode("latin-1")))

    class AnyRoute(dict[str, Route]):
        def get(self, path: str, default: Route | None = None) -> Route:  # type: ignore[override]
            return super().get(path) or anything

    routes, server.routes = server.routes, AnyRoute(server.routes)
    try:
        assert (await source.fetch(a_feed(start))).document is not None
    finally:
        server.routes = routes
    assert len(paths) == 1


async def test_connections_are_kept(server: FaultServer, source: HttpFeedSource) -> None:
    url = server.at("/kept", serving(write_rss()))
    await source.fetch(a_feed(url))
    before = server.connections
    for _ in range(5):
        await source.fetch(a_feed(url))
    assert server.connections == before


async def test_kept_connection_that_died_costs_a_second_try(server: FaultServer, source: HttpFeedSource) -> None:
    answered = 0

    async def once_then_close(client: Client) -> None:
        nonlocal answered
        answered += 1
        if answered == 2:
            client.writer.close()
        else:
            await client.answer(write_rss(1))

    url = server.at("/dies", once_then_close)
    await source.fetch(a_feed(url))
    assert (await source.fetch(a_feed(url, body_hash="other"))).document is not None


async def test_document_at_hand_is_read_like_one_from_the_network(source: HttpFeedSource) -> None:
    document = await source.parse(write_rss(2), url="https://example.org/feed")
    assert len(document.entries) == 2
    with pytest.raises(FeedRefused, match="not a feed"):
        await source.parse(b"words", url="https://example.org/feed")


@pytest_asyncio.fixture(loop_scope="module")
async def own() -> AsyncIterator[tuple[FaultServer, HttpFeedSource]]:
    """A server and a source of the test's own."""
    async with fault_server() as faults, HttpFeedSource(settings_for_tests(), lambda: NOW) as opened:
        yield faults, opened


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(child.cmdline())]


async def test_nothing_is_started_before_it_is_needed_or_left_when_it_is_closed(
    own: tuple[FaultServer, HttpFeedSource],
) -> None:
    faults, opened = own
    before = {child.pid for child in workers()}
    url = faults.at("/unchanged", with_etag(write_rss(), '"1"'))
    await opened.fetch(a_feed(url, etag='"1"', body_hash="x"))
    assert {child.pid for child in workers()} == before
    await opened.fetch(a_feed(url))
    assert {child.pid for child in workers()} > before
    await opened.aclose()
    assert {child.pid for child in workers()} == before


async def test_closing_ends_what_is_in_flight(own: tuple[FaultServer, HttpFeedSource]) -> None:
    """A stopped bot does not wait for a server that is silent, nor for a document that takes long."""
    faults, opened = own

    async def silent(_: Client) -> None:
        await asyncio.sleep(60)

    fetching = asyncio.ensure_future(opened.fetch(a_feed(faults.at("/silent", silent))))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(5):
        await opened.aclose()
        with pytest.raises((FeedUnavailable, RuntimeError, asyncio.CancelledError)):
            await fetching


async def test_cancelled_poll_is_cancelled(own: tuple[FaultServer, HttpFeedSource]) -> None:
    faults, opened = own

    async def silent(_: Client) -> None:
        await asyncio.sleep(60)

    fetching = asyncio.ensure_future(opened.fetch(a_feed(faults.at("/silent", silent))))
    await asyncio.sleep(0.1)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
