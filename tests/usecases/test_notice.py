"""Notices of feeds: once when one has been failing for a day, once when it is back, to those who list it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import entry

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.usecases.notice import Noticer
from bot.usecases.poll import Poller

FEED = "https://outlet.example/rss"
DAY = timedelta(days=1)


@pytest.fixture
def tell_due(newsroom):
    """Tell of what is due, and return what has been told so far: (guild, whether it is back)."""

    async def tell() -> list[tuple[str, bool]]:
        noticer = Noticer(
            feeds=newsroom.store,
            rounds=newsroom.store,
            subscriptions=newsroom.store,
            messenger=newsroom.discord,
            clock=newsroom.clock,
            owner=newsroom.owner,
        )
        await noticer.tell_due()
        return [(notice.guild_id, notice.is_recovery) for notice in newsroom.discord.notices]

    return tell


async def poll(newsroom, answer) -> None:
    newsroom.feeds.answers[FEED] = answer
    for feed in await newsroom.store.feeds():
        await Poller(newsroom.desk).poll_now(feed.id)


@pytest.mark.parametrize("trouble", [FeedUnavailable("timed out"), FeedRefused("404 Not Found")])
async def test_a_day_of_failures_is_told_once_and_the_recovery_once(newsroom, tell_due, trouble) -> None:
    await newsroom.publish(FEED)
    await poll(newsroom, trouble)
    assert await tell_due() == []
    newsroom.clock.now += DAY
    assert await tell_due() == [("", False)]
    (notice,) = newsroom.discord.notices
    assert str(trouble) in notice.feed.last_error
    await poll(newsroom, trouble)
    newsroom.clock.now += 3 * DAY
    assert await tell_due() == [("", False)], "nobody wants to hear it twice"
    await poll(newsroom, (entry("Karabakh: FRA condemn AZE"),))
    assert await tell_due() == [("", False), ("", True)]
    assert await tell_due() == [("", False), ("", True)]


async def test_a_feed_that_fails_anew_after_its_recovery_is_told_of_anew(newsroom, tell_due) -> None:
    await newsroom.publish(FEED)
    for _ in range(2):
        await poll(newsroom, FeedUnavailable("timed out"))
        newsroom.clock.now += DAY
        await tell_due()
        await poll(newsroom, ())
        await tell_due()
    assert await tell_due() == [("", False), ("", True)] * 2


async def test_a_failure_shorter_than_a_day_is_never_told_nor_is_its_end(newsroom, tell_due) -> None:
    await newsroom.publish(FEED)
    await poll(newsroom, FeedUnavailable("timed out"))
    newsroom.clock.now += DAY - timedelta(seconds=1)
    await tell_due()
    await poll(newsroom, ())
    assert await tell_due() == []


async def test_every_guild_that_lists_the_feed_is_told_in_its_language_by_whom_it_was_added(newsroom, tell_due) -> None:
    from dataclasses import replace

    for guild in ("g1", "g2"):
        await newsroom.curator.add(FEED, by=f"admin of {guild}", guild_id=guild, look=False)
    subscription = await newsroom.subscribe()
    await newsroom.store.save_subscription(replace(subscription, guild_id="g2", language="fr"))
    await poll(newsroom, FeedUnavailable("timed out"))
    newsroom.clock.now += DAY
    await tell_due()
    told = {(each.guild_id, each.added_by, each.language) for each in newsroom.discord.notices}
    assert told == {("g1", "admin of g1", "en"), ("g2", "admin of g2", "fr")}


async def test_while_nobody_can_be_told_the_notice_stays_owed(newsroom, tell_due) -> None:
    await newsroom.publish(FEED)
    await poll(newsroom, FeedUnavailable("timed out"))
    newsroom.clock.now += DAY
    newsroom.discord.plan = lambda _: "unavailable"
    assert await tell_due() == []
    newsroom.discord.plan = lambda _: None
    assert await tell_due() == [("", False)]


async def test_a_feed_that_is_being_polled_is_told_of_afterwards(newsroom, tell_due) -> None:
    """The poll would write the feed as it was when it began, and the notice would be forgotten and told twice."""
    await newsroom.publish(FEED)
    await poll(newsroom, FeedUnavailable("timed out"))
    newsroom.clock.now += DAY
    (polled,) = await newsroom.store.claim_feeds(
        now=newsroom.clock(), lease=timedelta(minutes=5), owner="a poller", limit=1, force=True
    )
    assert await tell_due() == []
    await newsroom.store.release_feeds([polled.id], owner="a poller")
    assert await tell_due() == [("", False)]


async def test_a_paused_feed_is_not_told_of(newsroom, tell_due) -> None:
    await newsroom.publish(FEED)
    await poll(newsroom, FeedUnavailable("timed out"))
    (feed,) = await newsroom.store.feeds()
    await newsroom.store.save_feed(feed.paused())
    newsroom.clock.now += 2 * DAY
    assert await tell_due() == []
