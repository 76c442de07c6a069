"""The sample feeds are served as a web server would serve them, the bad ones included."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import aiohttp
import feedparser
import pytest

from bot.demo import SampleFeeds
from bot.demo.server import BROKEN, MISSING, OUTLETS, SLOW, filled_in
from bot.domain.feeds import FeedKind, FullText

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HEALTHY = [name for name in OUTLETS if name not in {BROKEN, MISSING}]


@pytest.fixture
async def samples():
    async with SampleFeeds(now=NOW, slow_by=0.05, copies_after=0.0) as served:
        yield served


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


async def body_of(http, samples, name):
    async with http.get(f"{samples.url}/{name}") as response:
        assert response.status == 200
        return await response.read()


def entries_of(name, body):
    """Return (id, title, published) of a document's entries."""
    if name.endswith(".json"):
        return [
            (item["id"], item["title"], datetime.fromisoformat(item["date_published"]))
            for item in json.loads(body)["items"]
        ]
    parsed = feedparser.parse(BytesIO(body))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [(e.id, e.title, datetime(*e.published_parsed[:6], tzinfo=UTC)) for e in parsed.entries]


@pytest.mark.parametrize("name", HEALTHY)
async def test_every_healthy_feed_is_well_formed_and_its_items_are_of_the_last_day_newest_first(http, samples, name):
    entries = entries_of(name, await body_of(http, samples, name))
    assert entries
    ages = [NOW - published for _, _, published in entries]
    assert all(timedelta(0) < age < timedelta(hours=23) for age in ages)
    assert all(newer < older for newer, older in pairwise(ages))


async def test_there_are_about_forty_items_and_no_two_share_an_id(http, samples):
    ids = [entry[0] for name in HEALTHY for entry in entries_of(name, await body_of(http, samples, name))]
    assert 30 <= len(ids) <= 45
    assert len(set(ids)) == len(ids)


async def test_no_blank_is_left_unfilled(http, samples):
    samples.advance()
    for name in OUTLETS.keys() - {MISSING}:
        assert b"{{" not in await body_of(http, samples, name), name


async def test_nothing_can_be_saved_from_the_broken_feed(http, samples):
    parsed = feedparser.parse(BytesIO(await body_of(http, samples, BROKEN)))
    assert parsed.bozo
    assert not parsed.entries
    assert not parsed.version


async def test_the_missing_feed_answers_404(http, samples):
    async with http.get(f"{samples.url}/{MISSING}") as response:
        assert response.status == 404


async def test_the_slow_feed_does_not_keep_the_others_waiting(http):
    async with SampleFeeds(now=NOW, slow_by=600) as samples:
        slow = http.get(f"{samples.url}/{SLOW}", timeout=aiohttp.ClientTimeout(total=0.2))
        assert await body_of(http, samples, "ararat-wire.xml")
        with pytest.raises(TimeoutError):
            await slow


async def test_those_who_copy_answer_after_those_they_copy_from(http):
    answered = []

    async def ask(name):
        await body_of(http, samples, name)
        answered.append(name)

    async with SampleFeeds(now=NOW, copies_after=0.1) as samples:
        await asyncio.gather(ask("tbilisi-lantern.xml"), ask("hudson-dispatch.xml"), ask("ararat-wire.xml"))
    assert answered[0] == "ararat-wire.xml"
    assert len(answered) == 3


async def test_an_unchanged_feed_answers_304_and_a_changed_one_its_new_document(http, samples):
    url = f"{samples.url}/ararat-wire.xml"
    async with http.get(url) as first:
        validators = {"If-None-Match": first.headers["ETag"]}
    async with http.get(url, headers=validators) as second:
        assert second.status == 304
        assert await second.read() == b""
    samples.advance()
    async with http.get(url, headers=validators) as third:
        assert third.status == 200
        assert third.headers["ETag"] != validators["If-None-Match"]


async def test_after_advance_some_feeds_bring_new_items_beside_old_ones_that_did_not_change(http, samples):
    before = {name: set(entries_of(name, await body_of(http, samples, name))) for name in HEALTHY}
    samples.advance()
    after = {name: set(entries_of(name, await body_of(http, samples, name))) for name in HEALTHY}
    changed = [name for name in HEALTHY if before[name] != after[name]]
    assert changed == ["ararat-wire.xml", "le-quotidien-du-rhone.atom", "tbilisi-lantern.xml"]
    for name in changed:
        assert before[name] & after[name]
        newest_before = max(published for _, _, published in before[name])
        assert all(published > newest_before for _, _, published in after[name] - before[name])


async def test_the_page_behind_a_bare_headline_is_served(http, samples):
    document = (await body_of(http, samples, "syunik-gazette.xml")).decode()
    (link,) = re.findall(r"<link>(\S+\.html)</link>", document)
    assert link.startswith(samples.url)
    async with http.get(link) as response:
        assert response.content_type == "text/html"
        assert "Cyprus condemned" in await response.text()


def test_ages_count_back_from_the_start_in_every_form():
    filled = filled_in("{{rss 1h05m ago}}|{{atom 30m ago}}|{{day 13h ago}}|{{here}}/a", now=NOW, here="http://h")
    assert filled == "Sun, 01 Mar 2026 10:55:00 GMT|2026-03-01T11:30:00+00:00|Saturday|http://h/a"


async def test_feeds_name_their_outlet_and_its_kind_and_live_on_loopback(samples):
    named = {feed.url.rpartition("/")[2]: (feed.title, feed.kind) for feed in samples.feeds}
    assert named == OUTLETS
    assert named["caspian-courier.xml"] == ("Caspian Courier", FeedKind.STATE)
    assert all(feed.url.startswith("http://127.0.0.1:") for feed in samples.feeds)


@pytest.mark.parametrize("name", HEALTHY)
async def test_a_feed_is_named_as_it_names_itself(http, samples, name):
    body = await body_of(http, samples, name)
    title = json.loads(body)["title"] if name.endswith(".json") else feedparser.parse(BytesIO(body)).feed.title
    assert title == OUTLETS[name][0]


async def test_only_pages_that_exist_are_to_be_read(samples):
    assert [feed.url for feed in samples.feeds if feed.full_text is not FullText.OFF] == [
        f"{samples.url}/syunik-gazette.xml"
    ]


def test_outside_the_context_there_is_no_address():
    with pytest.raises(RuntimeError, match="only inside"):
        _ = SampleFeeds(now=NOW).feeds
