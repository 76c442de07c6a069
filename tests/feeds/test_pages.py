"""Articles behind summaries, and feeds behind pages."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from faultserver import NOW, Client, FaultServer, Route, fault_server, settings_for_tests, write_rss

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.feeds.articles import extract
from bot.feeds.source import HttpFeedSource
from bot.usecases.ports import FoundFeed

pytestmark = pytest.mark.asyncio(loop_scope="module")

PARAGRAPHS = [
    "The foreign minister said on Tuesday that the corridor had to be opened at once, and that his government would wait no longer.",
    "“We have heard promises since the winter,” he told reporters in the capital, “and we have seen no bread and no medicine.”",
    "His counterpart denied that the road was closed. The mediators, who met both sides last week, did not comment.",
]
MARKS = '<meta property="article:published_time" content="2023-09-19T16:30:00+04:00">'


def a_page(head: str = MARKS, paragraphs: list[str] = PARAGRAPHS) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Corridor</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/world'>World</a></nav><article><h1>Minister demands corridor</h1>{text}</article>"
        "<aside><h2>Most read</h2><ul><li><a href='/1'>Cats</a></li></ul></aside><footer>© Example Times</footer></body></html>"
    ).encode()


def serving(body: bytes, *, status: str = "200 OK", content_type: str = "text/html") -> Route:
    async def route(client: Client) -> None:
        await client.answer(body, status=status, Content_Type=content_type)

    return route


def redirecting(location: str) -> Route:
    async def route(client: Client) -> None:
        await client.answer(status="302 X", Location=location)

    return route


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[FaultServer]:
    """A site of the test's own: robots.txt counts for a whole host."""
    async with fault_server() as faults:
        yield faults


async def test_article_is_its_paragraphs_and_what_the_page_says_of_itself(
    site: FaultServer, source: HttpFeedSource
) -> None:
    page = await source.page(site.at("/news/1", serving(a_page())))
    assert page is not None
    assert page.text == "\n\n".join(PARAGRAPHS)
    assert page.published == datetime(2023, 9, 19, 12, 30, tzinfo=UTC)
    assert page.url == site.url + "/news/1"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-09-19T12:30:00Z","author":[{"name":"A. One"},{"name":"B. Two"}]}</script>', "A. One, B. Two"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["ReportageNewsArticle"],"datePublished":"2023-09-19T12:30:00Z","author":{"name":"A. One"}}]}</script>', "A. One"),
        ('<script type="application/ld+json">{"@type":"NewsArticle", broken</script><meta itemprop="datePublished" content="2023-09-19 16:30 AMT">', None),
        ('<script type="application/ld+json">[[[[1]]]]</script><meta name="pubdate" content="19 Sep 2023 12:30 GMT">', None),
    ],
)  # fmt: skip
async def test_marks_of_the_page_tell_time_and_author(head: str, author: str | None) -> None:
    page = extract(a_page(head), "https://example.org/1", now=NOW)
    assert page is not None
    assert page.published == datetime(2023, 9, 19, 12, 30, tzinfo=UTC)
    assert page.author == author


async def test_time_in_the_future_is_now() -> None:
    page = extract(
        a_page('<meta property="article:published_time" content="2099-01-01T10:00:00Z">'),
        "https://example.org/1",
        now=NOW,
    )
    assert page is not None
    assert page.published == NOW


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", b"<html><body><p>Accept our cookies.</p></body></html>", b"\xff\xfe\x00", b"<" * 10_000],
)
async def test_page_without_an_article_gives_none(body: bytes) -> None:
    assert extract(body, "https://example.org/1", now=NOW) is None


async def test_page_is_visited_once(site: FaultServer, source: HttpFeedSource) -> None:
    url = site.at("/once", serving(a_page()))
    pages = await asyncio.gather(*(source.page(url) for _ in range(5)))
    assert all(page == pages[0] for page in pages)
    assert len(site.asked("/once")) == 1
    assert len(site.asked("/robots.txt")) == 1


async def test_robots_txt_is_asked_first_and_obeyed(site: FaultServer, source: HttpFeedSource) -> None:
    site.at("/robots.txt", serving(b"User-agent: *\nDisallow: /private", content_type="text/plain"))
    site.at("/open", serving(a_page()))
    url = site.at("/private/1", serving(a_page()))
    assert await source.page(url) is None
    assert site.asked("/private/1") == []
    assert await source.page(site.url + "/open") is not None
    assert len(site.asked("/robots.txt")) == 1


async def test_redirect_into_a_forbidden_part_is_not_read(site: FaultServer, source: HttpFeedSource) -> None:
    site.at("/robots.txt", serving(b"User-agent: *\nDisallow: /private", content_type="text/plain"))
    site.at("/private/1", serving(a_page()))
    assert await source.page(site.at("/open", redirecting("/private/1"))) is None


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (serving(b"", status="404 Not Found"), True),
        (serving(b"", status="403 Forbidden"), True),
        (serving(b"<html><p>not found, but 200</p></html>"), True),
        (serving(b"\xff\xfe\x00 nonsense"), True),
        (serving(b"", status="500 Internal Server Error"), False),
        (serving(b"", status="503 Service Unavailable"), False),
    ],
)
async def test_missing_rules_allow_and_a_broken_server_forbids(
    robots: Route, *, allowed: bool, site: FaultServer, source: HttpFeedSource
) -> None:
    site.at("/robots.txt", robots)
    page = await source.page(site.at("/1", serving(a_page())))
    assert (page is not None) is allowed


async def test_rules_are_asked_again_when_they_are_old() -> None:
    moments = [NOW]
    settings = settings_for_tests(robots_kept_for=timedelta(hours=1), pages_kept=1)
    async with fault_server() as site, HttpFeedSource(settings, lambda: moments[-1]) as source:
        site.at("/1", serving(a_page()))
        site.at("/2", serving(a_page()))
        await source.page(site.url + "/1")
        moments.append(NOW + timedelta(hours=2))
        await source.page(site.url + "/2")
        assert len(site.asked("/robots.txt")) == 2
        await source.page(site.url + "/1")
        assert len(site.asked("/1")) == 2, "only one page is kept here"


@pytest.mark.parametrize(
    ("route", "error"),
    [
        (serving(b"", status="404 Not Found"), FeedRefused),
        (serving(b"", status="500 X"), FeedUnavailable),
        (serving(b"", status="403 X"), FeedRefused),
    ],
)
async def test_page_that_fails_says_why(
    route: Route, error: type[Exception], site: FaultServer, source: HttpFeedSource
) -> None:
    with pytest.raises(error):
        await source.page(site.at("/fails", route))


@pytest.mark.parametrize(
    "body", [b"%PDF-1.4", write_rss(), b'{"a":1}', b"<html><title>Just a moment...</title>g-recaptcha</html>"]
)
async def test_answer_that_is_no_page_is_no_article(body: bytes, site: FaultServer, source: HttpFeedSource) -> None:
    assert await source.page(site.at("/other", serving(body))) is None


async def test_page_too_deep_to_read_costs_itself_alone(site: FaultServer, source: HttpFeedSource) -> None:
    url = site.at("/deep", serving(b"<html><body>" + b"<div>" * 200_000 + b"</body></html>"))
    async with asyncio.timeout(45):
        try:
            page = await source.page(url)
        except FeedRefused:
            page = None
    assert page is None
    assert await source.page(site.at("/fine", serving(a_page()))) is not None


async def test_address_of_a_feed_is_found_to_be_one(site: FaultServer, source: HttpFeedSource) -> None:
    url = site.at("/feed", serving(write_rss()))
    assert await source.discover(url) == (FoundFeed(url=url, title="Example Times", is_read=True),)


async def test_feeds_that_a_page_declares_come_best_first(site: FaultServer, source: HttpFeedSource) -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
        '<link rel="stylesheet" href="/rss.css"><link rel="alternate" hreflang="fr" href="/fr/">'
        '<link rel="alternate" type="application/rss+xml; charset=utf-8" title="News &amp; views" href="/feed/">'
        '<link REL="Alternate" TYPE="application/atom+xml" href="https://other.example/atom.xml">'
        '<link rel="alternate" type="application/feed+json" href="feed.json">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    )
    home = site.at(
        "/",
        serving(
            a_page(head)
            + b"<a href='/rss/politics'>Politics <b>RSS</b></a><a href='/about'>About</a><a href='feed:http://f.example/f.rss'>old</a>"
        ),
    )
    site.at("/feed/", serving(write_rss()))
    found = await source.discover(home)
    assert [feed.url for feed in found] == [
        f"{site.url}/feed/",
        "https://other.example/atom.xml",
        f"{site.url}/feed.json",
        f"{site.url}/rss/politics",
        "http://f.example/f.rss",
        f"{site.url}/comments/feed/",
    ]
    assert (found[0].title, found[0].is_read) == ("Example Times", True)
    assert (found[1].title, found[1].is_read) == ("", False)
    assert found[3].title == "Politics RSS"


async def test_base_of_the_page_counts(site: FaultServer, source: HttpFeedSource) -> None:
    head = f'<base href="{site.url}/x/"><link rel="alternate" type="application/rss+xml" href="feed">'
    site.at("/x/feed", serving(write_rss()))
    assert (await source.discover(site.at("/based", serving(a_page(head)))))[0].url == f"{site.url}/x/feed"


async def test_offer_that_is_dead_is_left_out_and_one_that_is_silent_comes_behind(
    site: FaultServer, source: HttpFeedSource
) -> None:
    """Pages go on offering feeds that were taken away."""

    async def away(client: Client) -> None:
        await client.answer(status="503 X")

    names = ("dead", "silent", "page", "well", "other")
    site.at("/silent", away)
    site.at("/page", serving(a_page()))
    site.at("/well", serving(write_rss()))
    head = "".join(f'<link rel="alternate" type="application/rss+xml" title="{n}" href="/{n}">' for n in names)
    found = await source.discover(site.at("/offers", serving(a_page(head))))
    assert [(feed.url.removeprefix(site.url), feed.is_read) for feed in found] == [
        ("/well", True),
        ("/silent", False),
        ("/other", False),
    ]


async def test_page_that_declares_none_has_the_usual_places_tried(site: FaultServer, source: HttpFeedSource) -> None:
    site.at("/rss.xml", serving(write_rss()))
    found = await source.discover(site.at("/en/home.html", serving(a_page())))
    assert found == (FoundFeed(url=site.url + "/rss.xml", title="Example Times", is_read=True),)


async def test_page_without_any_feed_says_so(site: FaultServer, source: HttpFeedSource) -> None:
    with pytest.raises(FeedRefused, match="offers no feed"):
        await source.discover(site.at("/", serving(a_page())))


async def test_what_is_neither_feed_nor_page_says_so(site: FaultServer, source: HttpFeedSource) -> None:
    with pytest.raises(FeedRefused, match="not a feed"):
        await source.discover(site.at("/x", serving(b"words")))
    with pytest.raises(FeedRefused, match="404"):
        await source.discover(site.url + "/missing")


async def test_moved_feed_is_found_at_its_new_address(site: FaultServer, source: HttpFeedSource) -> None:
    async def moved(client: Client) -> None:
        await client.answer(status="301 X", Location="/new")

    target = site.at("/new", serving(write_rss()))
    assert (await source.discover(site.at("/old", moved)))[0].url == target
