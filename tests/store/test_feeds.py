from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.feeds import FeedStatus


async def test_a_feed_is_read_as_it_was_added(desk, make) -> None:
    feed = await desk.feed("aravot", language="hy", interval=timedelta(minutes=7, microseconds=3), latency=0.25)
    assert await desk.store.feed("aravot") == feed


async def test_an_unknown_feed_is_not_found(desk) -> None:
    with pytest.raises(NotFound):
        await desk.store.feed("nobody")


async def test_a_feed_is_new_to_the_bot_once(desk, make) -> None:
    assert await desk.store.add_feed(make.feed(), make.listing())
    assert not await desk.store.add_feed(make.feed(title="another title"), make.listing(guild="7"))
    assert (await desk.store.feed("feed")).title == ""
    assert {each.guild_id for each in await desk.store.listings(feed_id="feed")} == {"", "7"}


async def test_listing_a_feed_twice_changes_nothing(desk, make) -> None:
    await desk.store.add_feed(make.feed(), make.listing(added_by="first"))
    await desk.store.add_feed(make.feed(), make.listing(added_by="second"))
    assert [each.added_by for each in await desk.store.listings()] == ["first"]


async def test_a_guild_sees_its_own_feeds_and_the_operators(desk) -> None:
    await desk.feed("operators")
    await desk.feed("ours", "7")
    await desk.feed("theirs", "8")
    assert [feed.id for feed in await desk.store.feeds(guild_id="7")] == ["operators", "ours"]
    assert [feed.id for feed in await desk.store.feeds(guild_id="")] == ["operators"]
    assert len(await desk.store.feeds()) == 3


async def test_feeds_come_by_name_whatever_its_case(desk) -> None:
    await desk.feed("1", title="b")
    await desk.feed("2", title="A")
    await desk.feed("3", title="C")
    assert [feed.title for feed in await desk.store.feeds()] == ["A", "b", "C"]


async def test_listings_are_told_by_guild(desk) -> None:
    await desk.feed("one", "7", "8")
    await desk.feed("two", "8")
    assert [each.feed_id for each in await desk.store.listings(guild_id="8")] == ["one", "two"]
    assert [each.guild_id for each in await desk.store.listings(feed_id="one", guild_id="7")] == ["7"]


async def test_a_saved_feed_replaces_the_stored_one(desk, make) -> None:
    feed = await desk.feed()
    await desk.store.save_feed(replace(feed, title="New", failures=3, failing_since=make.at(hours=1)))
    assert await desk.store.feed("feed") == replace(feed, title="New", failures=3, failing_since=make.at(hours=1))


async def test_saving_a_feed_leaves_its_lease_to_whoever_polls_it(desk, make) -> None:
    feed = await desk.feed()
    await desk.store.claim_feeds(now=make.NOW, lease=timedelta(minutes=5), owner="a", limit=1)
    await desk.store.save_feed(feed)
    assert await desk.store.claim_feeds(now=make.NOW, lease=timedelta(minutes=5), owner="b", limit=1) == ()


async def test_a_feed_that_nobody_lists_any_more_is_retired(desk) -> None:
    await desk.feed("feed", "7", "8")
    assert await desk.store.unlist_feed("feed", guild_id="7")
    assert (await desk.store.feed("feed")).status is FeedStatus.ACTIVE
    assert await desk.store.unlist_feed("feed", guild_id="8")
    assert (await desk.store.feed("feed")).status is FeedStatus.RETIRED


async def test_unlisting_what_is_not_listed_says_so(desk) -> None:
    await desk.feed("feed", "7")
    assert not await desk.store.unlist_feed("feed", guild_id="8")
    assert (await desk.store.feed("feed")).status is FeedStatus.ACTIVE
