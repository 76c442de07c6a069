"""A year of digests, with clocks that change, crashes at any moment, a Discord that fails, and days offline."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from newsroom import Crash, entry
from structlog.testing import capture_logs

from bot.domain.alerts import AlertStatus
from bot.domain.digests import Digest, Edition
from bot.domain.subscriptions import Mode, Schedule, Subscription

FEED = "https://outlet.example/rss"
FAULTS = ("unavailable", "lost before", "lost after", "crash before", "crash after")
ZONES = ("Europe/Paris", "America/New_York", "Asia/Yerevan")
YEAR = 2023
# How long the bot is away now and then; the longest spells a change of clocks is sure to fall into are put there below.
AWAY = (timedelta(hours=5), timedelta(hours=30), timedelta(days=3), timedelta(days=9))
# Days on which clocks change in Europe or in America: the bot is away over one of each pair, and awake over the other.
CHANGES = (date(2023, 3, 12), date(2023, 3, 26), date(2023, 10, 29), date(2023, 11, 5))


@dataclass
class Year:
    """One life of a subscription, and what of it was seen."""

    newsroom: Any
    subscription: Subscription
    chance: random.Random
    away: list[tuple[datetime, datetime]] = field(default_factory=list)
    told: dict[str, frozenset[str]] = field(default_factory=dict)
    met: list[tuple[datetime, str]] = field(default_factory=list)
    crashes: int = 0
    # How likely a moment of work is followed by a spell away; minutes between two moments otherwise.
    away_chance: float = 0.006
    steps: tuple[int, ...] = (5, 61, 180, 400)

    async def live(self, until: datetime, *, away_on: frozenset[date]) -> None:
        """Go on until then."""
        self._listen()
        while self.newsroom.clock() < until:
            try:
                await self._once()
            except Crash:
                self.crashes += 1
                self.newsroom.restart()
            self._wait(away_on)
        self.newsroom.discord.plan = lambda _: None
        for _ in range(3):
            await self.newsroom.deliver()
            self.newsroom.clock.pass_(minutes=10)

    def _listen(self) -> None:
        post = self.newsroom.discord.post_digest

        async def heard(edition: Edition) -> str:
            shown = frozenset(sourced.reaction.id for sourced in edition.reactions)
            # Posted again after a crash, it tells the same.
            assert self.told.setdefault(edition.digest.id, shown) == shown
            return str(await post(edition))

        self.newsroom.discord.post_digest = heard

    async def _once(self) -> None:
        """Do what the service does in a moment, or a part of it: a process may end after every step."""
        self.newsroom.discord.plan = lambda _: self.chance.choice(FAULTS) if self.chance.random() < 0.25 else None
        if self.chance.random() < 0.04:
            await self._publish()
        if self.chance.random() < 0.9:
            await self.newsroom.editor.owe_digests()
        if self.chance.random() < 0.2:
            raise Crash
        if self.chance.random() < 0.9:
            await self.newsroom.deliver()
        if self.chance.random() < 0.2:
            raise Crash

    async def _publish(self) -> None:
        now = self.newsroom.clock()
        number = len(self.met)
        title = f"Karabakh {number}: {self.chance.choice(('FRA', 'IRN', 'USA'))} condemn A{number:03}"
        title = title.replace(f"A{number:03}", "".join(chr(65 + int(digit)) for digit in f"{number:03}"))
        before = set(self.newsroom.store.rows.reactions)
        await self.newsroom.publish(FEED, entry(title, hours_ago=0.2, now=now))
        await self.newsroom.poll()
        self.met += [(now, name) for name in set(self.newsroom.store.rows.reactions) - before]

    def _wait(self, away_on: frozenset[date]) -> None:
        began = self.newsroom.clock()
        tomorrow = began.date() + timedelta(days=1)
        if tomorrow in away_on and not any(start.date() == began.date() for start, _ in self.away):
            pause = timedelta(days=2)
        elif self.chance.random() < self.away_chance:
            pause = self.chance.choice(AWAY)
        else:
            self.newsroom.clock.pass_(minutes=self.chance.choice(self.steps))
            return
        self.newsroom.clock.pass_(seconds=pause.total_seconds())
        self.away.append((began, self.newsroom.clock()))

    def digests(self) -> list[Digest]:
        """Return all digests of the subscription, in order."""
        own = self.newsroom.store.rows.digests.values()
        return sorted((each for each in own if each.subscription_id == self.subscription.id), key=lambda d: d.until)

    def was_away(self, day: date, zone: ZoneInfo) -> bool:
        """Return whether the bot was away when the day's slot ended and until the next one's had, too."""
        return any(start.astimezone(zone).date() <= day <= end.astimezone(zone).date() for start, end in self.away)


@pytest.fixture(autouse=True)
def _unheard() -> Iterator[None]:
    """Hundreds of crashes are logged, each with where it came from: writing that out takes longer than the year."""
    with capture_logs():
        yield


@pytest.fixture
def year(newsroom):
    """Begin a year with a subscription to a digest that comes also when there was nothing."""

    async def begin(zone: str, mode: Mode, at: time, chance: random.Random) -> Year:
        newsroom.clock.now = datetime(YEAR, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        made = await newsroom.subscribe(mode=mode)
        schedule = Schedule(timezone=zone, at=at, weekday=6, tells_empty=True)
        made = replace(made, schedule=schedule)
        await newsroom.store.save_subscription(made)
        return Year(newsroom=newsroom, subscription=made, chance=chance)

    return begin


def is_at(moment: datetime, at: time, zone: ZoneInfo) -> bool:
    """Return whether a slot that is to end at a local time ends then: an hour later where the day lacks it."""
    local = moment.astimezone(zone)
    wall = datetime.combine(local.date(), at)
    is_missing = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall
    expected = wall + timedelta(hours=1) if is_missing else wall
    # Of an hour that the day has twice it is the first.
    return local.replace(tzinfo=None) == expected and local.fold == 0


def assert_each_once(lived: Year) -> None:
    """Assert what holds for every mode: nothing twice, nothing left out, in the channel or in the digests."""
    digests = lived.digests()
    assert {each.status for each in digests} == {AlertStatus.POSTED}
    assert lived.newsroom.markers() == [each.id for each in digests], "one message each, in order"
    assert digests[0].since == lived.subscription.created_at
    assert [each.since for each in digests[1:]] == [each.until for each in digests[:-1]], (
        "no time is told twice or left out"
    )
    told = [name for each in digests for name in lived.told[each.id]]
    assert len(told) == len(set(told))
    assert set(told) == {name for met, name in lived.met if met < digests[-1].until}
    assert lived.crashes > 20, "nothing went wrong in this test"


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(8, 0), time(2, 30), time(0, 0)])
async def test_a_year_of_days_has_one_digest_each_and_days_offline_have_one_together(year, zone: str, at: time) -> None:
    place = ZoneInfo(zone)
    lived = await year(zone, Mode.DAILY, at, random.Random(f"{zone} {at}"))
    # Away over every second change of clocks, awake over the others.
    await lived.live(datetime(YEAR + 1, 1, 1, tzinfo=place), away_on=frozenset(CHANGES[::2]))

    assert_each_once(lived)
    digests = lived.digests()
    assert all(is_at(each.until, at, place) for each in digests)
    days = [each.until.astimezone(place).date() for each in digests]
    assert len(set(days)) == len(days)
    # A slot that ends at the very beginning of the subscription has no time of its own.
    first = date(YEAR, 1, 1) if at > time(0) else date(YEAR, 1, 2)
    every = {first + timedelta(days=day) for day in range((date(YEAR, 12, 31) - first).days + 1)}
    assert set(days) - {date(YEAR + 1, 1, 1)} <= every
    missing = every - set(days)
    assert all(lived.was_away(day, place) for day in missing), "only days offline have no digest of their own"
    assert len(missing) > 3, "the bot was never away for days"
    for start, end in lived.away:
        told = [each for each in digests if start < each.created_at <= end + timedelta(hours=2)]
        assert len(told) <= 2, "one to catch up, and at most the slot that ended since"


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_of_weeks_has_one_digest_each(year, zone: str) -> None:
    """On Sundays at half past two: the hour that clocks skip and repeat."""
    place = ZoneInfo(zone)
    lived = await year(zone, Mode.WEEKLY, time(2, 30), random.Random(zone))
    await lived.live(datetime(YEAR + 1, 1, 1, tzinfo=place), away_on=frozenset(CHANGES[1::2]))

    assert_each_once(lived)
    digests = lived.digests()
    assert all(is_at(each.until, time(2, 30), place) for each in digests)
    assert {each.until.astimezone(place).weekday() for each in digests} == {6}
    days = {each.until.astimezone(place).date() for each in digests}
    sundays = {date(YEAR, 1, 1) + timedelta(weeks=week) for week in range(53)}
    assert days <= sundays
    assert all(lived.was_away(day, place) for day in sundays - days)


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
async def test_hours_have_one_digest_each_over_a_change_of_clocks(year, zone: str) -> None:
    """A day of 23 hours has 23, one of 25 has 25."""
    lived = await year(zone, Mode.HOURLY, time(8, 0), random.Random(zone))
    lived.steps, lived.away_chance = (1, 7, 20, 61), 0.0
    for begins, ends in ((date(YEAR, 3, 24), date(YEAR, 3, 28)), (date(YEAR, 11, 3), date(YEAR, 11, 7))):
        lived.newsroom.clock.now = datetime.combine(begins, time(0), tzinfo=UTC)
        await lived.newsroom.editor.owe_digests()
        await lived.live(datetime.combine(ends, time(0), tzinfo=UTC), away_on=frozenset())

    assert_each_once(lived)
    ends = [each.until for each in lived.digests()]
    assert all(end.minute == end.second == 0 for end in ends)
    # Two spells were lived through; between them one digest catches up. A pause may hold two ends.
    gaps = [(before, after) for before, after in pairwise(ends) if after - before > timedelta(hours=3)]
    assert [(before.month, after.month) for before, after in gaps] == [(3, 11)]
    assert len(ends) > 150
