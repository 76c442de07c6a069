"""Digests: one a slot, whatever the clocks and the process do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import NOON, entry

from bot.domain.alerts import AlertStatus
from bot.domain.digests import last_slot_end, movers
from bot.domain.subscriptions import Mode, Schedule

FEED = "https://outlet.example/rss"
ZONES = ("Europe/Paris", "America/New_York", "Asia/Yerevan", "Australia/Lord_Howe", "UTC")


async def test_a_slot_is_told_once_with_what_it_brought(newsroom) -> None:
    await newsroom.subscribe(mode=Mode.HOURLY)
    newsroom.clock.pass_(minutes=10)
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE", hours_ago=0, now=newsroom.clock()))
    await newsroom.poll()
    assert await newsroom.editor.owe_digests() == 0, "the hour is not over"
    newsroom.clock.pass_(minutes=51)
    assert await newsroom.editor.owe_digests() == 1
    assert await newsroom.editor.owe_digests() == 0
    assert (await newsroom.deliver()).posted == 1
    assert (await newsroom.deliver()).posted == 0


async def test_what_is_met_after_its_slot_has_ended_is_told_in_the_next(newsroom) -> None:
    """Feeds are polled when they are due, not when digests are."""
    await newsroom.subscribe(mode=Mode.HOURLY)
    newsroom.clock.pass_(minutes=61)
    await newsroom.editor.owe_digests()
    await newsroom.deliver()
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE", hours_ago=0.1, now=newsroom.clock()))
    await newsroom.poll()
    newsroom.clock.pass_(minutes=60)
    await newsroom.editor.owe_digests()
    assert (await newsroom.deliver()).posted == 1


async def test_old_news_of_a_new_feed_is_in_no_digest(newsroom) -> None:
    await newsroom.subscribe(mode=Mode.HOURLY)
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE", hours_ago=48))
    await newsroom.poll()
    newsroom.clock.pass_(minutes=61)
    await newsroom.editor.owe_digests()
    assert (await newsroom.deliver()).posted == 0


async def test_an_empty_slot_is_kept_but_not_posted(newsroom) -> None:
    await newsroom.subscribe(mode=Mode.HOURLY)
    newsroom.clock.pass_(hours=1)
    assert await newsroom.editor.owe_digests() == 1
    assert (await newsroom.deliver()).posted == 0
    last = await newsroom.store.last_digest("s-c1")
    assert last.status is AlertStatus.SUPPRESSED


async def test_days_offline_are_told_in_one_digest(newsroom) -> None:
    subscription = await newsroom.subscribe(mode=Mode.DAILY)
    newsroom.clock.pass_(days=7)
    assert await newsroom.editor.owe_digests() == 1
    digest = await newsroom.store.last_digest(subscription.id)
    assert digest.since == NOON
    assert digest.until == datetime(2023, 9, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Asia/Yerevan"])
@pytest.mark.parametrize("at", [time(8, 0), time(2, 30)])
async def test_a_year_of_days_has_one_digest_each_whenever_the_bot_is_restarted(newsroom, zone: str, at: time) -> None:
    """Also on the two days when clocks change, and at the hour that one of them lacks and the other has twice."""
    newsroom.clock.now = datetime(2023, 1, 1, 0, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    subscription = await newsroom.subscribe(mode=Mode.DAILY)
    await newsroom.store.save_subscription(replace(subscription, schedule=Schedule(timezone=zone, at=at)))
    chance = random.Random(zone)
    told: list[date] = []
    while newsroom.clock().astimezone(ZoneInfo(zone)).year == 2023:
        if await newsroom.editor.owe_digests():
            digest = await newsroom.store.last_digest(subscription.id)
            told.append(digest.until.astimezone(ZoneInfo(zone)).date())
        newsroom.clock.pass_(minutes=chance.choice([7, 20, 61, 180]))
        newsroom.restart()
    assert told == [date(2023, 1, 1) + timedelta(days=day) for day in range(365)]


@given(
    st.sampled_from([Mode.HOURLY, Mode.DAILY, Mode.WEEKLY]),
    st.sampled_from(ZONES),
    st.times(),
    st.integers(0, 6),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware by timezones
)
def test_the_last_slot_end_is_past_and_no_further_than_a_slot_and_the_clock_change(
    mode: Mode, zone: str, at: time, weekday: int, now: datetime
) -> None:
    schedule = Schedule(timezone=zone, at=at.replace(tzinfo=None), weekday=weekday)
    end = last_slot_end(mode, schedule, now)
    longest = {Mode.HOURLY: timedelta(hours=1), Mode.DAILY: timedelta(days=1), Mode.WEEKLY: timedelta(days=7)}[mode]
    assert end <= now < end + longest + timedelta(hours=1, seconds=1)
    assert last_slot_end(mode, schedule, end) == end


def test_a_mover_is_an_actor_whose_tone_changed_by_a_point_with_three_reactions_on_each_side() -> None:
    before = {"FRA": (1.0, 5), "USA": (0.0, 2), "IRN": (-1.0, 9), "RUS": (0.5, 3)}
    now = {"FRA": (-2.0, 3), "USA": (-2.0, 9), "IRN": (-1.5, 3), "RUS": (2.0, 4)}
    assert [(mover.actor, mover.now) for mover in movers(now, before)] == [("FRA", -2.0), ("RUS", 2.0)]
