"""Two readers, one reading: what the quick one takes, feedparser would have read the same."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from faultserver import NOW, write_rss
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entries import FeedDocument
from bot.feeds import parse
from bot.feeds.plain_rss import NotPlain, read_plain_rss
from bot.feeds.reading import NotAFeed

GOLDEN = Path(__file__).parent / "golden"

_WORDS = st.sampled_from(["Baku denies it.", "", "  ", "<![CDATA[<p>A &amp; b</p>]]>", "&lt;b&gt;x&lt;/b&gt;", "é", "\u0093q\u0094", "Ã©", "A\nB", "&#8212;", "<b>x</b>", "&eacute;"])  # fmt: skip
_IN_ITEM = st.sampled_from(
    [
        "<title>{}</title>", "<title type='html'>{}</title>", "<link>https://example.org/{}</link>", "<link/>", "<link href='https://example.org/x'/>",
        "<guid>{}</guid>", "<guid isPermaLink='false'>{}</guid>", "<guid isPermaLink='TRUE'>{}</guid>", "<guid>https://example.org/1</guid>",
        "<description>{}</description>", "<description/>", "<content:encoded>{}</content:encoded>", "<pubDate>Tue, 19 Sep 2023 12:30:00 GMT</pubDate>",
        "<pubDate>{}</pubDate>", "<dc:date>2023-09-19T12:30:00Z</dc:date>", "<dc:creator>{}</dc:creator>", "<author>{}</author>", "<dc:title>{}</dc:title>",
        "<category>{}</category>", "<enclosure url='https://example.org/a.mp3' type='audio/mpeg'/>", "<source url='https://example.org/'>{}</source>",
        "<comments>https://example.org/c</comments>", "<media:group><media:content url='x'/><media:title>{}</media:title></media:group>",
        "<media:description>{}</media:description>", "<media:thumbnail url='x'/>", "<slash:comments>5</slash:comments>", "<odd:thing a='1'>{}</odd:thing>",
        "<odd:thing><title>{}</title></odd:thing>", "<atom:link rel='self' href='https://example.org/s'/>", "<atom:link href='https://example.org/alt'/>",
        "<itunes:summary>{}</itunes:summary>", "<summary>{}</summary>", "<updated>2023-09-19T12:30:00Z</updated>", "<Title>{}</Title>", "<dc:language>hy</dc:language>",
    ]
)  # fmt: skip
_IN_CHANNEL = st.sampled_from(
    [
        "<title>{}</title>", "<link>https://example.org/</link>", "<language>en_US</language>", "<ttl>15</ttl>", "<description>{}</description>",
        "<image><title>{}</title><link>https://example.org/i</link><url>https://example.org/i.png</url></image>", "<generator>WordPress</generator>",
        "<sy:updatePeriod>hourly</sy:updatePeriod>", "<atom:link rel='hub' href='https://example.org/h'/>", "<atom:link rel='alternate' href='https://example.org/alt'/>",
        "<skipHours><hour>3</hour></skipHours>", "<lastBuildDate>Tue, 19 Sep 2023 12:30:00 GMT</lastBuildDate>", "<dc:language>fr</dc:language>",
        "<textInput><title>{}</title><name>q</name></textInput>", "<copyright>{}</copyright>", "<itunes:author>{}</itunes:author>", "<item xml:lang='fr'><title>{}</title></item>",
    ]
)  # fmt: skip
_NAMESPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:slash='http://purl.org/rss/1.0/modules/slash/' xmlns:atom='http://www.w3.org/2005/Atom' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' "
    "xmlns:itunes='http://www.itunes.com/DTDs/Podcast-1.0.dtd' xmlns:odd='https://odd.example/ns'"
)


def _filled(patterns: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(patterns, _WORDS).map(lambda pair: pair[0].replace("{}", pair[1])), max_size=most).map(
        "".join
    )


_ITEMS = st.lists(_filled(_IN_ITEM, 7).map("<item>{}</item>".format), max_size=3).map("".join)
_DOCUMENTS = st.tuples(_filled(_IN_CHANNEL, 5), _ITEMS, _filled(_IN_CHANNEL, 2)).map(
    lambda parts: f"<rss version='2.0' {_NAMESPACES}><channel>{''.join(parts)}</channel></rss>".encode()
)


@contextmanager
def only_feedparser() -> Iterator[None]:
    with mock.patch.object(parse, "read_plain_rss", side_effect=NotPlain):
        yield


def outcome(document: bytes) -> FeedDocument | str:
    try:
        return parse.read_document(document, url="https://example.org/feed", content_type="", now=NOW)
    except NotAFeed as error:
        return str(error)


def is_plain(document: bytes) -> bool:
    try:
        read_plain_rss(document)
    except NotPlain:
        return False
    return True


@given(_DOCUMENTS)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_both_readers_read_the_same(document: bytes) -> None:
    quick = outcome(document)
    with only_feedparser():
        assert quick == outcome(document)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda path: path.name)
def test_golden_documents_read_the_same_by_both(path: Path) -> None:
    quick = outcome(path.read_bytes())
    with only_feedparser():
        assert quick == outcome(path.read_bytes())


def test_ordinary_document_is_taken_by_the_quick_reader() -> None:
    """Else the property above would hold of nothing."""
    extras = (
        "<category>x</category><enclosure url='x'/><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Me</dc:creator>"
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='x'><media:credit>y</media:credit></media:content>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>z</content:encoded>"
    )
    assert is_plain(
        write_rss(3, inside=extras, channel="<ttl>5</ttl><language>hy</language><image><title>i</title></image>")
    )


@pytest.mark.parametrize(
    "document",
    [
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b"<rss><channel><item><title>a</title><title>b</title></item></channel></rss>",
        b"<rss><channel><item><title>a <b>b</b></title></item></channel></rss>",
        b"<rss><channel><item xml:base='https://x.example/'><title>a</title></item></channel></rss>",
        b"<rss xml:lang='fr'><channel/></rss>",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>",
        b"<rss xmlns='http://backend.userland.com/rss2'><channel/></rss>",
        b"<rss><channel><item><title>cut",
        b"<RSS><channel/></RSS>",
        b"",
    ],
)
def test_document_with_a_quirk_is_left_to_feedparser(document: bytes) -> None:
    assert not is_plain(document)
