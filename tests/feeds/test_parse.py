"""A document's entries: every kind of feed, each quirk once. The golden pairs hold the shapes, here are the rules."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faultserver import NOW, write_rss

from bot.domain.entries import Entry, FeedDocument
from bot.feeds.packing import pack, unpack
from bot.feeds.parse import MAX_LINK, read_document, web_link
from bot.feeds.reading import NotAFeed

GOLDEN = Path(__file__).parent / "golden"
URL = "https://example.org/news/feed.xml"


def read(body: bytes | str, **changes: object) -> FeedDocument:
    options = {"url": URL, "content_type": "", "now": NOW} | changes
    return read_document(body.encode() if isinstance(body, str) else body, **options)  # type: ignore[arg-type]


def only(body: bytes | str) -> Entry:
    (entry,) = read(body).entries
    return entry


def rss_item(inside: str, channel: str = "") -> str:
    return f"<rss version='2.0'><channel><title>T</title>{channel}<item><title>A</title>{inside}</item></channel></rss>"


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("*.xml")) + sorted(GOLDEN.glob("*.feed.json")), ids=lambda path: path.name
)
def test_golden_document_reads_as_its_pair_says(path: Path) -> None:
    wanted = json.loads(
        path.with_name(path.name.removesuffix(".xml").removesuffix(".feed.json") + ".expected.json").read_text("utf-8")
    )
    document = json.loads(json.dumps(asdict(read(path.read_bytes())), default=datetime.isoformat))
    for key, value in wanted.items():
        if key == "entries":
            assert [
                {name: entry[name] for name in told} for entry, told in zip(document["entries"], value, strict=True)
            ] == value
        else:
            assert document[key] == value


def test_texts_arrive_clean() -> None:
    entry = only(
        rss_item(
            "<description>&lt;p&gt;One&amp;nbsp;&lt;b&gt;two&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;</description>"
        )
    )
    assert entry.summary == "One two\n\nThree"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("https://example.org/1", "https://example.org/1"),
        ("  https://example.org/1\n", "https://example.org/1"),
        ("/1", "https://example.org/1"),
        ("1?a=b", "https://example.org/news/1?a=b"),
        ("//cdn.example.org/1", "https://cdn.example.org/1"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/é", "https://example.org/é"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@example.org", None),
        ("tag:example.org,2023:1", None),
        ("file:///etc/passwd", None),
        ("https://example.org/\u202e1", None),
        ("http://[broken", None),
        ("https://example.org:99999/1", None),
        ("https://example.org:0/1", None),
        ("https://example.org:8443/1", "https://example.org:8443/1"),
        ("https://example.org/" + "x" * MAX_LINK, None),
        ("", None),
        (None, None),
    ],
)
def test_links_are_web_addresses_or_none(written: str | None, read_as: str | None) -> None:
    assert web_link(URL, written) == read_as


def test_guid_is_verbatim_whatever_address_the_feed_has() -> None:
    """A relative permalink resolved against the feed's address would change when the feed moves."""
    item = rss_item("<guid>/news/1</guid>")
    assert only(item).guid == "/news/1"
    assert read(item, url="https://moved.example/feed").entries[0].guid == "/news/1"


def test_permalink_guid_is_the_link_where_there_is_none() -> None:
    assert only(rss_item("<guid>https://example.org/1</guid>")).link == "https://example.org/1"
    assert only(rss_item("<guid isPermaLink='false'>abc</guid>")).link is None


def test_atom_link_to_the_article_is_preferred_to_enclosures() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><link rel='enclosure' href='/a.mp3'/>"
        "<link rel='replies' href='/c'/><link rel='alternate' href='/a'/></entry></feed>"
    )
    assert only(atom).link == "https://example.org/a"


def test_base_of_the_document_resolves_its_links() -> None:
    atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://other.example/x/'><entry><title>A</title><link href='a'/></entry></feed>"
    assert only(atom).link == "https://other.example/x/a"


def test_dates_are_utc_and_possible() -> None:
    dated = "<pubDate>Tue, 19 Sep 2023 16:30:00 +0400</pubDate>"
    assert only(rss_item(dated)).published == datetime(2023, 9, 19, 12, 30, tzinfo=UTC)
    assert only(rss_item("<pubDate>Tue, 19 Sep 2099 16:30:00 GMT</pubDate>")).published == NOW
    assert only(rss_item("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>")).published is None
    assert only(rss_item("<pubDate>yesterday</pubDate>")).published is None


def test_updated_is_not_taken_for_published() -> None:
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><updated>2023-09-19T10:00:00Z</updated></entry></feed>"
    entry = only(atom)
    assert (entry.published, entry.updated) == (None, datetime(2023, 9, 19, 10, tzinfo=UTC))


def test_fullest_text_element_is_the_content() -> None:
    item = (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>A</title>"
        "<description>Short.</description><content:encoded>&lt;p&gt;Long and whole.&lt;/p&gt;</content:encoded></item></channel></rss>"
    )
    entry = only(item)
    assert (entry.summary, entry.content) == ("Short.", "Long and whole.")


@pytest.mark.parametrize(
    ("declared", "language"),
    [("en-US", "en-us"), ("ru_RU", "ru-ru"), ("  fr ", "fr"), ("English!", None), ("und", None)],
)
def test_declared_language_is_a_tag_or_none(declared: str, language: str | None) -> None:
    document = read(rss_item("", f"<language>{declared}</language>"))
    assert document.language == language
    assert document.entries[0].language == language


def test_entry_may_be_in_another_language_than_its_feed() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='hy'><title>A</title></entry></feed>"
    )
    assert only(atom).language == "hy"


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("<author>press@example.org (Press Office)</author>", "press@example.org (Press Office)"),
        ("<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>A. Writer</dc:creator>", "A. Writer"),
        ("", None),
    ],
)
def test_author_is_a_name(element: str, name: str | None) -> None:
    assert only(rss_item(element)).author == name


def test_long_author_costs_no_more_than_a_short_one() -> None:
    """Feedparser's own pattern needs a minute for this; a worker's deadline would lose the whole feed."""
    item = only(rss_item("<author>" + "a." * 200_000 + "</author>"))
    assert len(item.author or "") <= 200


def test_entries_are_capped_in_document_order() -> None:
    document = read(write_rss(50), max_items=10)
    assert [entry.guid for entry in document.entries] == [f"id-{number}" for number in range(10)]


def test_entry_that_says_nothing_is_none() -> None:
    assert read("<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>").entries == ()


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>45</ttl>", 45),
        ("<ttl>0</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<ttl>999999</ttl>", 7 * 24 * 60),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 360),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("<generator>https://wordpress.org/?v=6.3</generator><sy:updatePeriod>hourly</sy:updatePeriod>", None),
        ("<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", 120),
        ("<skipHours><hour>3</hour></skipHours>", None),
        ("<skipDays><day>Wednesday</day></skipDays>", 12 * 60),
        ("<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>", None),
    ],
)
def test_wish_for_distance_between_polls(channel: str, minutes: float | None) -> None:
    """Noon on a Wednesday is the moment of all these documents."""
    namespace = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    document = read(f"<rss version='2.0' {namespace}><channel><title>T</title>{channel}</channel></rss>")
    assert document.ttl_minutes == minutes


def test_entity_made_of_entities_is_not_unfolded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>" + rss_item("<description>&b; tail</description>")
    assert "tail" in only(bomb).summary


def test_file_named_by_an_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    item = f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{secret}'>]>" + rss_item("<description>&e;</description>")
    assert "hunter2" not in repr(read(item))


def test_item_cut_off_before_it_says_what_it_is_is_left_out() -> None:
    whole = write_rss(3).decode()
    cut = whole[: whole.rindex("<title>") + 9]
    assert [entry.title for entry in read(cut).entries] == ["Item 0", "Item 1"]


@pytest.mark.parametrize("body", ["<html><p>x</p></html>", "words", "", '{"a": 1}', "<opml/>", "<rss", "\x00\x01\x02"])
def test_what_is_no_feed_says_so(body: str) -> None:
    with pytest.raises(NotAFeed):
        read(body)


def test_packed_document_comes_back_equal() -> None:
    document = read(write_rss(5, channel="<ttl>5</ttl><language>hy</language>"))
    assert unpack(pack(document)) == document


def test_future_dates_are_those_after_the_moment_of_reading() -> None:
    item = rss_item(f"<pubDate>{(NOW + timedelta(minutes=5)).isoformat()}</pubDate>")
    assert only(item).published == NOW + timedelta(minutes=5)
