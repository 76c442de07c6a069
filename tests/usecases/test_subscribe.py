"""Standing orders: made once, refused when they cannot be kept, previewed before they are made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsroom import entry

from bot.domain.errors import Invalid
from bot.domain.reactions import ReactionType
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule, SubscriptionStatus
from bot.usecases.subscribe import Preview, Subscriber

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
    assert [found.reaction.actor for found in shown.reactions] == ["FRA"]
    newsroom.clock.pass_(days=8)
    assert await subscriber.preview(Filters()) == Preview(reactions=())


async def test_a_preview_says_when_there_is_more_than_it_has_read(newsroom, subscriber: Subscriber) -> None:
    await newsroom.publish(FEED, entry("Karabakh 1: FRA condemn AZE"), entry("Karabakh 2: IRN welcome ARM"))
    await newsroom.poll()
    assert (await subscriber.preview(Filters(), most=2)).is_cut
    assert not (await subscriber.preview(Filters(), most=3)).is_cut


async def test_a_preview_finds_what_is_asked_for_behind_any_number_of_other_reactions(
    newsroom, subscriber: Subscriber
) -> None:
    await newsroom.publish(FEED, entry("Karabakh 1: FRA condemn AZE", hours_ago=9))
    await newsroom.poll()
    await newsroom.publish(FEED, *(entry(f"Karabakh {at}: IRN welcome ARM{at}") for at in range(10, 15)))
    await newsroom.poll()
    shown = await subscriber.preview(Filters(actors=frozenset({"FRA"})), most=2)
    assert [found.reaction.actor for found in shown.reactions] == ["FRA"]


async def test_a_server_and_a_person_have_so_many_subscriptions_and_no_more(subscriber: Subscriber) -> None:
    limited = replace(subscriber, most_per_guild=2, most_per_person=1)
    first = await limited.subscribe(channel_id="c1", by="a", guild_id="g")
    await limited.subscribe(channel_id="c2", by="b", guild_id="g")
    with pytest.raises(Invalid, match="2 subscriptions already"):
        await limited.subscribe(channel_id="c3", by="c", guild_id="g")
    await limited.subscribe(channel_id="c4", by="c", guild_id="other")
    await limited.remove(first)
    await limited.subscribe(channel_id="c3", by="c", guild_id="g")
    await limited.subscribe(channel_id="d1", by="a", kind=ChannelKind.DIRECT)
    with pytest.raises(Invalid, match="1 subscriptions already"):
        await limited.subscribe(channel_id="d1", by="a", kind=ChannelKind.DIRECT, mode=Mode.DAILY)
    await limited.subscribe(channel_id="d2", by="b", kind=ChannelKind.DIRECT)


async def test_what_a_paused_channel_misses_is_not_made_up_for(newsroom, subscriber: Subscriber) -> None:
    made = await subscriber.subscribe(channel_id="c", by="a")
    paused = await subscriber.pause(made)
    assert paused.status is SubscriptionStatus.PAUSED
    await newsroom.publish(FEED, entry("Karabakh 1: FRA condemn AZE"))
    await newsroom.poll()
    await subscriber.resume(paused)
    assert (await newsroom.deliver()).posted == 0
