"""Delivery: once, in order, whatever happens on the way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from newsroom import Crash, entry

from bot.domain.alerts import AlertStatus
from bot.domain.errors import StoreUnavailable
from bot.domain.subscriptions import Schedule, SubscriptionStatus
from bot.usecases.errands import LEASE, NONCE_WINDOW, quiet_until

FEED = "https://outlet.example/rss"
OTHER = "https://other.example/rss"


def news(*numbers: int) -> tuple:
    """Entries that tell different acts, the first the oldest."""
    codes = ("FRA", "DEU", "USA", "IRN", "GBR", "TUR")
    return tuple(
        entry(f"Karabakh {number}: {codes[number % 6]} condemn AZE", guid=f"g{number}", hours_ago=10 - number / 10)
        for number in numbers
    )


async def statuses(newsroom) -> list[AlertStatus]:
    return [alert.status async for alert in newsroom.store.export_alerts()]


async def owed(newsroom, *numbers: int) -> None:
    await newsroom.subscribe()
    await newsroom.publish(FEED, *news(*numbers))
    await newsroom.poll()


async def test_what_is_owed_is_posted_once_and_in_the_order_of_publication(newsroom) -> None:
    await owed(newsroom, 1, 2, 3)
    assert (await newsroom.deliver()).posted == 3
    first = newsroom.markers()
    assert (await newsroom.deliver()).posted == 0
    published = [alert.id async for alert in newsroom.store.export_alerts()]
    assert first == published
    assert await statuses(newsroom) == [AlertStatus.POSTED] * 3


@pytest.mark.parametrize("moment", ["crash before", "crash after"])
@pytest.mark.parametrize("later", [timedelta(seconds=70), NONCE_WINDOW + timedelta(minutes=10)])
async def test_a_crash_while_posting_neither_loses_nor_repeats(newsroom, moment: str, later: timedelta) -> None:
    """Within the nonce window the nonce settles it; later the channel is read."""
    await owed(newsroom, 1, 2)
    newsroom.discord.plan = lambda verb: moment if verb == "post" else None
    with pytest.raises(Crash):
        await newsroom.deliver()
    newsroom.discord.plan = lambda _: None
    newsroom.restart()
    newsroom.clock.now += later
    await newsroom.deliver()
    assert newsroom.markers() == [alert.id async for alert in newsroom.store.export_alerts()]
    assert await statuses(newsroom) == [AlertStatus.POSTED] * 2


@pytest.mark.parametrize("moment", ["lost before", "lost after"])
async def test_a_lost_answer_is_uncertain_not_failed(newsroom, moment: str) -> None:
    await owed(newsroom, 1)
    newsroom.discord.plan = lambda verb: moment if verb == "post" else None
    await newsroom.deliver()
    assert await statuses(newsroom) == [AlertStatus.UNCERTAIN]
    newsroom.discord.plan = lambda _: None
    newsroom.clock.pass_(hours=1)
    await newsroom.deliver()
    assert len(newsroom.markers()) == 1
    assert await statuses(newsroom) == [AlertStatus.POSTED]


async def test_later_alerts_of_a_channel_wait_behind_one_in_trouble(newsroom) -> None:
    await owed(newsroom, 1, 2, 3)
    plans = iter(["unavailable"])
    newsroom.discord.plan = lambda _: next(plans, None)
    await newsroom.deliver()
    assert newsroom.markers() == []
    newsroom.clock.pass_(seconds=1)
    await newsroom.deliver()
    assert newsroom.markers() == []
    newsroom.clock.pass_(seconds=10)
    await newsroom.deliver()
    assert newsroom.markers() == [alert.id async for alert in newsroom.store.export_alerts()]


async def test_trouble_in_one_channel_leaves_the_others_alone(newsroom) -> None:
    await newsroom.subscribe("c1")
    await newsroom.subscribe("c2")
    await newsroom.publish(FEED, *news(1))
    await newsroom.poll()
    broken = {"c1"}
    original = newsroom.discord.post

    async def post(message):
        newsroom.discord.plan = lambda _: "unavailable" if message.subscription.channel_id in broken else None
        return await original(message)

    newsroom.discord.post = post
    await newsroom.deliver()
    assert (len(newsroom.markers("c1")), len(newsroom.markers("c2"))) == (0, 1)


async def test_a_refusal_pauses_the_subscription_tells_the_admins_once_and_keeps_what_is_owed(newsroom) -> None:
    await owed(newsroom, 1, 2)
    newsroom.discord.plan = lambda _: "refused"
    await newsroom.deliver()
    await newsroom.deliver()
    newsroom.clock.pass_(hours=1)
    await newsroom.deliver()
    (subscription,) = await newsroom.store.subscriptions()
    assert subscription.status is SubscriptionStatus.PAUSED
    assert "missing access" in str(subscription.paused_reason)
    assert len(newsroom.discord.told) == 1
    assert await statuses(newsroom) == [AlertStatus.OWED] * 2


async def test_a_message_that_people_deleted_is_not_made_again(newsroom) -> None:
    await owed(newsroom, 1)
    newsroom.discord.plan = lambda _: "lost after"
    await newsroom.deliver()
    newsroom.discord.plan = lambda _: None
    newsroom.discord.posts["c1"][0].deleted = True
    newsroom.clock.pass_(seconds=30)
    await newsroom.deliver()
    newsroom.clock.pass_(hours=1)
    await newsroom.deliver()
    assert len(newsroom.markers()) == 1
    assert await statuses(newsroom) == [AlertStatus.DROPPED]


async def test_a_further_outlet_edits_the_message_instead_of_posting_another(newsroom) -> None:
    await owed(newsroom, 1)
    await newsroom.deliver()
    await newsroom.publish(OTHER, entry("Karabakh 1: DEU condemn AZE", guid="o1", hours_ago=2))
    await newsroom.poll()
    newsroom.clock.pass_(minutes=2)
    done = await newsroom.deliver()
    assert (done.posted, done.edited) == (0, 1)
    (post,) = newsroom.discord.posts["c1"]
    assert post.outlets == (2,)
    newsroom.clock.pass_(minutes=2)
    assert (await newsroom.deliver()).edited == 0


async def test_another_process_takes_over_when_the_lease_of_a_dead_one_ends(newsroom) -> None:
    await owed(newsroom, 1)
    newsroom.discord.plan = lambda verb: "crash before" if verb == "post" else None
    with pytest.raises(Crash):
        await newsroom.deliver()
    newsroom.discord.plan = lambda _: None
    newsroom.restart()
    await newsroom.deliver()
    assert newsroom.markers() == [], "the lease still holds"
    newsroom.clock.now += LEASE + timedelta(seconds=1)
    await newsroom.deliver()
    assert len(newsroom.markers()) == 1


async def test_quiet_hours_put_alerts_off_until_they_end(newsroom) -> None:
    from dataclasses import replace

    subscription = await newsroom.subscribe()
    quiet = Schedule(quiet_from=time(11), quiet_until=time(14))
    await newsroom.store.save_subscription(replace(subscription, schedule=quiet))
    await newsroom.publish(FEED, *news(1))
    await newsroom.poll()
    await newsroom.deliver()
    assert newsroom.markers() == []
    newsroom.clock.pass_(hours=2, minutes=1)
    await newsroom.deliver()
    assert len(newsroom.markers()) == 1


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2023, 9, 19, 23, 0, tzinfo=UTC), datetime(2023, 9, 20, 6, 0, tzinfo=UTC)),
        (datetime(2023, 9, 20, 5, 59, tzinfo=UTC), datetime(2023, 9, 20, 6, 0, tzinfo=UTC)),
        (datetime(2023, 9, 20, 6, 0, tzinfo=UTC), None),
        (datetime(2023, 9, 20, 12, 0, tzinfo=UTC), None),
    ],
)
def test_quiet_hours_may_span_midnight(now: datetime, until: datetime | None) -> None:
    schedule = Schedule(timezone="UTC", quiet_from=time(22), quiet_until=time(6))
    assert quiet_until(schedule, now) == until


async def test_when_the_store_comes_back_a_channel_is_served_at_once(newsroom, monkeypatch) -> None:
    """Not when the lease ends that could not be given back."""
    await owed(newsroom, 1)
    deliverer = newsroom.deliverer()
    with monkeypatch.context() as away:

        async def unavailable(*_: object, **__: object) -> bool:
            raise StoreUnavailable("the server is stopping")

        for verb in ("save_alert", "release_channel", "renew_channel"):
            away.setattr(newsroom.store, verb, unavailable)
        with pytest.raises(StoreUnavailable):
            await deliverer.deliver_due()
    assert (await deliverer.deliver_due()).posted == 1


async def test_a_place_that_is_free_is_filled_at_once_and_a_stuck_channel_holds_up_no_other(newsroom) -> None:
    """Twelve channels, two places, one channel whose post never ends."""
    for number in range(12):
        await newsroom.subscribe(f"c{number:02}")
    await newsroom.publish(FEED, *news(1))
    await newsroom.poll()
    original, stuck = newsroom.discord.post, asyncio.Event()

    async def post(message):
        if message.subscription.channel_id == "c00":
            await stuck.wait()
        return await original(message)

    newsroom.discord.post = post
    deliverer = newsroom.deliverer()
    deliverer.concurrency = 2
    assert await deliverer.start_due() == 12
    assert all(len(newsroom.markers(f"c{number:02}")) == 1 for number in range(1, 11))
    stuck.set()
    await deliverer.settle(within=timedelta(seconds=10))
    assert len(newsroom.markers("c00")) == 1
