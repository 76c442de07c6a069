"""Lists of feeds: OPML in and out, and the starter list."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

from collections import Counter

import pytest
from faultserver import NOW, a_feed
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Invalid
from bot.domain.feeds import FeedKind
from bot.domain.urls import canonical_url, host_of
from bot.feeds.defaults import Checked, default_feeds
from bot.feeds.listing import ListedFeed
from bot.feeds.opml import read_opml, write_opml

OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Caucasus"><outline type="rss" text="One &amp; only" xmlUrl="https://one.example/feed" htmlUrl="https://one.example/" language="EN"/>
<outline text="Deeper"><outline title="Two" xmlurl="http://two.example/rss"/></outline></outline>
<outline text="A link" type="link" url="https://three.example/"/><outline text="One again" xmlUrl="https://one.example/feed"/>
<outline text="Odd" xmlUrl="feed:https://four.example/rss"/><outline text="No" xmlUrl="javascript:x"/></body></opml>"""


def test_folders_are_flattened_and_each_address_comes_once() -> None:
    assert read_opml(OPML.encode()) == (
        ListedFeed(url="https://one.example/feed", title="One & only", homepage="https://one.example/", language="en"),
        ListedFeed(url="http://two.example/rss", title="Two"),
        ListedFeed(url="https://four.example/rss", title="Odd"),
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("&amp;", "&"),
        lambda text: text[: text.rindex("<outline text='No'") if "<outline text='No'" in text else -30],
        lambda text: "\n\n" + text,
        lambda text: text.replace("</body>", ""),
        lambda text: text.replace("UTF-8", "klingon"),
        lambda text: "\ufeff" + text,
    ],
)
def test_list_that_is_not_well_formed_is_read_all_the_same(damage: object) -> None:
    assert len(read_opml(damage(OPML).encode())) == 3  # type: ignore[operator]


@pytest.mark.parametrize(
    "none", [b"", b"words", b"<opml><body/></opml>", b"<html></html>", b"\xff\xfe", b"<opml>" * 100_000]
)
def test_list_without_feeds_says_what_one_looks_like(none: bytes) -> None:
    with pytest.raises(Invalid, match="xmlUrl"):
        read_opml(none)


def test_list_of_gigabytes_is_not_read() -> None:
    with pytest.raises(Invalid, match="bytes"):
        read_opml(b" " * 9_000_000)


def test_entities_of_a_list_are_not_unfolded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + OPML.partition("?>")[2].replace("Two", "&b;")
    titles = [feed.title for feed in read_opml(bomb.encode())]
    assert "haha" not in titles
    assert len(titles) == 3


def test_written_list_is_read_back() -> None:
    feeds = [
        a_feed(
            "https://one.example/feed?a=1&b=2",
            title='"One" & <only>',
            homepage="https://one.example/",
            language="hy",
            kind=FeedKind.WIRE,
        ),
        a_feed("https://two.example/feed"),
    ]
    listed = read_opml(write_opml(feeds, title="communiqué", created=NOW).encode())
    assert listed == (
        ListedFeed(
            url=feeds[0].url, title=feeds[0].title, homepage=feeds[0].homepage, language="hy", kind=FeedKind.WIRE
        ),
        ListedFeed(url=feeds[1].url, title="two.example"),
    )


@given(st.text(max_size=60))
def test_no_title_breaks_the_written_list(title: str) -> None:
    written = (
        write_opml([a_feed("https://one.example/feed", title=title)], title=title.replace("\x00", ""), created=NOW)
        if title.isprintable()
        else write_opml([a_feed("https://one.example/feed", title=title)], title="x", created=NOW)
    )
    assert read_opml(written.encode("utf-8", "replace"))[0].url == "https://one.example/feed"


def test_starter_list_has_no_address_twice() -> None:
    addresses = Counter(canonical_url(feed.url) for feed in default_feeds())
    assert [address for address, count in addresses.items() if count > 1] == []


def test_starter_list_tells_everything_of_every_feed() -> None:
    for feed in default_feeds():
        assert feed.url.startswith(("https://", "http://")), feed
        assert feed.title, feed
        assert host_of(feed.homepage or ""), feed
        assert feed.kind is not FeedKind.UNKNOWN, feed
        assert feed.language, feed


def test_starter_list_covers_the_region_and_every_kind_of_voice() -> None:
    feeds = default_feeds()
    assert {"AM", "AZ", "GE", "RU", "TR", "IR", "FR", "GB", "US", "EU", "UN", "OSCE"} <= {
        feed.country for feed in feeds
    }
    assert {feed.kind for feed in feeds} == set(FeedKind) - {FeedKind.UNKNOWN}
    assert {feed.checked for feed in feeds} == set(Checked)
    assert {"en", "fr", "ru", "tr"} <= {feed.language for feed in feeds}
