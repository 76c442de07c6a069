"""Standing orders: made once, refused when they cannot be kept, previewed before they are made."""

from __future__ import annotations

import pytest
from newsroom import entry

from bot.domain.errors import Invalid
from bot.domain.reactions import ReactionType
from bot.domain.subscriptions import Filters, Mode, Schedule, SubscriptionStatus
from bot.usecases.subscribe import Subscriber

FEED = "https://outlet.example/rss"


@pytest.fixture
def subscriber(newsroom) -> Subscriber:
    return Subscriber(subscriptions=newsroom.store, archive=newsroom.store, clock=newsroom.clock)


async def test_a_channel_has_each_order_once(subscriber: Subscriber) -> None:
    french = Filters(actors=frozenset({"FRA"}))
    await subscriber.subscribe(channel_id="c", by="a", filters=french)
    await subscriber.subscribe(channel_id="c", by="a", filters=french, mode=Mode.DAILY)
    with pytest.raises(Invalid, match="already"):
        await subscriber.subscribe(channel_id="c", by="b", filters=french)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"schedule": Schedule(timezone="Mars/Olympus")}, "no time zone"),
        ({"schedule": Schedule(weekday=7)}, "weekday"),
        ({"filters": Filters(min_outlets=0)}, "at least 1"),
        ({"channel_id": ""}, "needs a channel"),
    ],
)
async def test_an_order_that_cannot_be_kept_is_refused(subscriber: Subscriber, wrong: dict, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await subscriber.subscribe(**({"channel_id": "c", "by": "a"} | wrong))


async def test_a_preview_is_what_the_last_seven_days_would_have_brought(newsroom, subscriber: Subscriber) -> None:
    await newsroom.publish(FEED, entry("Karabakh 1: FRA condemn AZE"), entry("Karabakh 2: IRN welcome ARM"))
    await newsroom.poll()
    shown = await subscriber.preview(Filters(types=frozenset({ReactionType.CONDEMN})))
    assert [found.reaction.actor for found in shown] == ["FRA"]
    newsroom.clock.pass_(days=8)
    assert await subscriber.preview(Filters()) == ()


async def test_what_a_paused_channel_misses_is_not_made_up_for(newsroom, subscriber: Subscriber) -> None:
    made = await subscriber.subscribe(channel_id="c", by="a")
    paused = await subscriber.pause(made)
    assert paused.status is SubscriptionStatus.PAUSED
    await newsroom.publish(FEED, entry("Karabakh 1: FRA condemn AZE"))
    await newsroom.poll()
    await subscriber.resume(paused)
    assert (await newsroom.deliver()).posted == 0
