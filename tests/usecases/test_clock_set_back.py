"""The clock is set back while things are owed and leased: nothing waits until it has caught up, nothing comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import Crash, entry

from bot.usecases.poll import Poller

FEED = "https://outlet.example/rss"
BACK = [timedelta(hours=2), timedelta(days=1)]


async def owed(newsroom) -> None:
    await newsroom.subscribe()
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"))
    await newsroom.poll()


@pytest.mark.parametrize("back", BACK)
async def test_feeds_are_polled_on(newsroom, back: timedelta) -> None:
    await owed(newsroom)
    newsroom.clock.now -= back
    assert len(await Poller(newsroom.desk).poll_due()) == 1
    assert await Poller(newsroom.desk).poll_due() == (), "once, and then in its rhythm"


@pytest.mark.parametrize("back", BACK)
async def test_what_was_owed_is_posted_at_once(newsroom, back: timedelta) -> None:
    await owed(newsroom)
    newsroom.clock.now -= back
    assert (await newsroom.deliver()).posted == 1


@pytest.mark.parametrize("back", BACK)
@pytest.mark.parametrize("moment", ["crash before", "crash after"])
async def test_what_was_in_doubt_is_settled_although_its_lease_ends_in_the_future(newsroom, back, moment) -> None:
    await owed(newsroom)
    newsroom.discord.plan = lambda verb: moment if verb == "post" else None
    with pytest.raises(Crash):
        await newsroom.deliver()
    newsroom.discord.plan = lambda _: None
    newsroom.restart()
    for posts in newsroom.discord.posts.values():
        for post in posts:
            # Discord's clock was right all the time.
            post.at -= back
    newsroom.clock.now -= back - timedelta(minutes=5)
    await newsroom.deliver()
    assert len(newsroom.markers()) == 1
