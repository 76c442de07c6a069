from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.errors import NotFound
from bot.domain.reactions import Family, ReactionType
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule, SubscriptionStatus


async def test_a_subscription_is_read_as_it_was_added(desk, make) -> None:
    subscription = make.subscription(
        channel_kind=ChannelKind.FORUM,
        filters=Filters(
            actors=frozenset({"FRA", "USA"}),
            types=frozenset({ReactionType.CONDEMN, ReactionType.WARN}),
            families=frozenset({Family.FORCE}),
            languages=frozenset({"hy"}),
            include=("Lachin", "Լաչին"),
            exclude=("football",),
            min_outlets=2,
        ),
        mode=Mode.WEEKLY,
        schedule=Schedule(timezone="Asia/Yerevan", at=time(7, 30), quiet_from=time(22), quiet_until=time(6, 15)),
        ping_role_id="42",
        ping_types=frozenset({ReactionType.MILITARY_ACTION}),
    )
    await desk.store.add_subscription(subscription)
    assert await desk.store.subscription("subscription") == subscription


async def test_an_unknown_subscription_is_not_found(desk) -> None:
    with pytest.raises(NotFound):
        await desk.store.subscription("nobody")


async def test_a_saved_subscription_replaces_the_stored_one(desk, make) -> None:
    await desk.store.add_subscription(make.subscription())
    paused = make.subscription(status=SubscriptionStatus.PAUSED, paused_reason="no permission")
    await desk.store.save_subscription(paused)
    assert await desk.store.subscription("subscription") == paused


async def test_saving_a_subscription_that_is_not_there_makes_none(desk, make) -> None:
    await desk.store.save_subscription(make.subscription())
    assert await desk.store.subscriptions() == ()


async def test_subscriptions_come_oldest_first_by_guild_or_channel(desk, make) -> None:
    late = make.subscription("late", created_at=make.at(hours=1), channel_id="one", guild_id="7")
    early = make.subscription("early", channel_id="two", guild_id="7")
    other = make.subscription("other", created_at=make.at(hours=2), channel_id="one", guild_id="8")
    for each in (late, early, other):
        await desk.store.add_subscription(each)
    assert await desk.store.subscriptions() == (early, late, other)
    assert await desk.store.subscriptions(guild_id="7") == (early, late)
    assert await desk.store.subscriptions(channel_id="one") == (late, other)


async def test_removed_subscriptions_are_told_only_when_asked_for(desk, make) -> None:
    removed = make.subscription(status=SubscriptionStatus.REMOVED)
    await desk.store.add_subscription(removed)
    assert await desk.store.subscriptions() == ()
    assert await desk.store.subscriptions(include_removed=True) == (removed,)


async def test_pausing_a_channel_returns_those_paused_now_and_only_once(desk, make) -> None:
    for name, channel in (("one", "channel"), ("two", "channel"), ("else", "elsewhere")):
        await desk.store.add_subscription(make.subscription(name, channel_id=channel))
    await desk.store.save_subscription(
        replace(make.subscription("two"), status=SubscriptionStatus.PAUSED, paused_reason="by hand")
    )
    paused = await desk.store.pause_channel("channel", reason="missing access", now=make.NOW)
    assert [(each.id, each.status, each.paused_reason) for each in paused] == [
        ("one", SubscriptionStatus.PAUSED, "missing access")
    ]
    assert await desk.store.subscription("one") == paused[0]
    assert (await desk.store.subscription("two")).paused_reason == "by hand"
    assert await desk.store.pause_channel("channel", reason="missing access", now=make.NOW) == ()
