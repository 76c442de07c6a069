"""A poll's document is looked at and read where it is parsed, and comes to the same as when that is done one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from faultserver import NOW, Client, FaultServer, Route, a_feed, settings_for_tests, write_rss

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.analyst import read_if_relevant
from bot.domain.changes import look
from bot.domain.drafting import read
from bot.domain.entries import FeedDocument
from bot.domain.errors import FeedRefused, LexiconInvalid
from bot.feeds.reading import SOON_READ
from bot.feeds.source import HttpFeedSource
from bot.lexicons import load

pytestmark = pytest.mark.asyncio(loop_scope="module")

RELEVANT = (
    b"<item><title>France condemns Azerbaijan's strikes in Nagorno-Karabakh</title><guid>one</guid>"
    b"<link>https://example.org/fr</link><description>It asked for 3 million in aid.</description></item>"
)


def with_relevant(body: bytes) -> bytes:
    return body.replace(b"<item>", RELEVANT + b"<item>", 1)


def serving(body: bytes) -> Route:
    async def route(client: Client) -> None:
        await client.answer(body)

    return route


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def looking() -> AsyncIterator[HttpFeedSource]:
    async with HttpFeedSource(settings_for_tests(parse_workers=1), lambda: NOW, knows=(None, None)) as opened:
        yield opened


async def test_what_is_new_comes_read(server: FaultServer, looking: HttpFeedSource) -> None:
    feed = a_feed(server.at("/look", serving(with_relevant(write_rss(2, channel="<language>en</language>")))))
    whole, looked = await looking.fetch(feed), await looking.look(feed)

    assert whole.document is not None
    seen, analyst = look(whole.document, feed, NOW), LexiconAnalyst(load())
    drafts = tuple(read(draft, read_if_relevant(analyst, draft.item.article)) for draft in seen.drafts)
    assert looked.seen == replace(seen, drafts=drafts)
    assert looked.document == replace(whole.document, entries=())
    assert [bool(draft.traits) for draft in drafts] == [True, False, False]
    assert replace(looked, seen=None, document=None, latency=0) == replace(whole, document=None, latency=0)


async def test_what_the_feed_listed_before_is_passed_over(server: FaultServer, looking: HttpFeedSource) -> None:
    before, after = write_rss(3), with_relevant(write_rss(3))
    feed = a_feed(server.at("/grown", serving(after)))
    old = await looking.parse(before, url=feed.url)
    marks = look(old, feed, NOW).marks

    looked = await looking.look(replace(feed, entry_marks=marks))

    assert looked.seen is not None
    assert [draft.item.guid for draft in looked.seen.drafts] == ["one"]
    assert looked.seen.marks[1:] == marks


async def test_of_a_back_catalogue_the_rest_is_left_to_be_read(server: FaultServer, looking: HttpFeedSource) -> None:
    long = (
        f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{'word ' * 5000}</content:encoded>"
    )
    feed = a_feed(server.at("/catalogue", serving(write_rss(4, inside=long))))
    looked = await looking.look(feed)

    assert looked.seen is not None
    lengths = [len(draft.item.article.text) for draft in looked.seen.drafts]
    within = [sum(lengths[: number + 1]) <= SOON_READ for number in range(4)]
    assert [draft.reading is not None for draft in looked.seen.drafts] == within == [True, True, False, False]


async def test_what_takes_long_is_parsed_alone(server: FaultServer, looking: HttpFeedSource) -> None:
    """A suspect has its document parsed with patience; its articles are read one by one, each at its own risk."""
    feed = a_feed(server.at("/suspect", serving(write_rss(2))))
    looking._readers._remember(feed.url)
    looked = await looking.look(feed)

    assert looked.seen is None
    assert looked.document is not None
    assert len(looked.document.entries) == 2


async def test_what_is_no_feed_is_refused(server: FaultServer, looking: HttpFeedSource) -> None:
    for path, body in (("/page", b"<html><body>News</body></html>"), ("/xml", b"<?xml version='1.0'?><a><b/></a>")):
        with pytest.raises(FeedRefused):
            await looking.look(a_feed(server.at(path, serving(body))))


async def test_without_lexicons_nothing_is_read(server: FaultServer, source: HttpFeedSource) -> None:
    looked = await source.look(a_feed(server.at("/unread", serving(write_rss(2)))))

    assert looked.seen is None
    assert isinstance(looked.document, FeedDocument)
    assert len(looked.document.entries) == 2


async def test_a_lexicon_that_cannot_be_read_is_told_by_the_poll(server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("this is no table", encoding="utf-8")
    feed = a_feed(server.at("/lexicon", serving(with_relevant(write_rss(2)))), language="en")
    async with HttpFeedSource(settings_for_tests(parse_workers=1), lambda: NOW, knows=(tmp_path, None)) as opened:
        with pytest.raises(LexiconInvalid):
            await opened.look(feed)
