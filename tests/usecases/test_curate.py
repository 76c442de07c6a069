"""The list of feeds: added once, kept apart by guild, found by what people call them."""

from __future__ import annotations

import pytest

from bot.domain.errors import FeedRefused, Invalid, NotFound
from bot.domain.feeds import FeedStatus
from bot.usecases.ports import FoundFeed

FEED = "https://outlet.example/rss"


async def test_a_home_page_is_enough_and_its_other_feeds_are_named(newsroom) -> None:
    async def discover(url: str) -> tuple[FoundFeed, ...]:
        return (FoundFeed(url=FEED, title="The Outlet"), FoundFeed(url=f"{FEED}/sport", title="Sport"))

    newsroom.feeds.discover = discover
    added = await newsroom.curator.add("outlet.example", by="admin")
    # What a page calls its feeds ("RSS") is not what an outlet is called: the feed itself says that.
    assert (added.is_new, added.feed.url, added.feed.title) == (True, FEED, "")
    assert added.feed.homepage == "https://outlet.example"
    assert [other.title for other in added.others] == ["Sport"]


async def test_a_feed_that_two_guilds_add_is_one_feed_on_two_lists(newsroom) -> None:
    newsroom.feeds.answers[FEED] = ()
    first = await newsroom.curator.add(FEED, by="a", guild_id="g1")
    second = await newsroom.curator.add(FEED, by="b", guild_id="g2")
    assert (first.is_new, second.is_new) == (True, False)
    assert len(await newsroom.store.feeds()) == 1
    await newsroom.curator.remove(first.feed, guild_id="g1")
    assert await newsroom.store.feeds(guild_id="g1") == ()
    assert [feed.status for feed in await newsroom.store.feeds(guild_id="g2")] == [FeedStatus.ACTIVE]


async def test_a_feed_that_nobody_lists_is_polled_no_more_until_somebody_does(newsroom) -> None:
    newsroom.feeds.answers[FEED] = ()
    added = await newsroom.curator.add(FEED, by="a")
    await newsroom.curator.remove(added.feed)
    assert await newsroom.poll() == ()
    await newsroom.curator.add(FEED, by="a")
    assert len(await newsroom.poll()) == 1


async def test_an_address_without_a_feed_is_refused(newsroom) -> None:
    with pytest.raises(FeedRefused, match="no feed"):
        await newsroom.curator.add("https://nowhere.example/", by="a")


@pytest.mark.parametrize("address", ["", "outlet", "ftp://outlet.example/rss", "https://a b", "https://" + "x" * 3000])
async def test_what_is_no_web_address_is_said_to_be_none(newsroom, address: str) -> None:
    with pytest.raises(Invalid, match="no web address"):
        await newsroom.curator.add(address, by="a")


async def test_a_feed_is_found_by_address_title_or_what_it_begins_with(newsroom) -> None:
    await newsroom.curator.add(FEED, by="a", title="The Outlet", look=False)
    await newsroom.curator.add("https://other.example/rss", by="a", title="The Other", look=False)
    curator = newsroom.curator
    for text in (FEED, "the outlet", "The Out"):
        assert (await curator.find(text)).url == FEED
    with pytest.raises(Invalid, match="2 feeds"):
        await curator.find("the o")
    with pytest.raises(NotFound, match="feeds list"):
        await curator.find("unheard of")


async def test_a_paused_feed_rests_until_it_is_resumed(newsroom) -> None:
    await newsroom.publish(FEED)
    (feed,) = await newsroom.store.feeds()
    await newsroom.curator.pause(feed)
    assert await newsroom.poll() == ()
    (paused,) = await newsroom.store.feeds()
    await newsroom.curator.resume(paused)
    assert len(await newsroom.poll()) == 1
