"""What is seen from outside: health, readiness, metrics."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from newsroom import NOON, Clock

from bot.domain.alerts import Alert
from bot.domain.errors import StoreUnavailable
from bot.domain.feeds import Feed, FeedStatus
from bot.monitoring import Monitor, serving
from bot.usecases.poll import Outcome
from bot.usecases.ports import Tally


def tally(**changed: Any) -> Tally:
    numbers: dict[str, Any] = {
        "schema_revision": "0001",
        "feeds_active": 2,
        "feeds_failing": 1,
        "subscriptions": 1,
        "items": 10,
        "relevant_items": 5,
        "stories": 3,
        "reactions": 4,
        "alerts_waiting": 0,
        "alerts_posted": 7,
        "oldest_waiting_since": None,
        "next_poll_at": NOON,
    }
    return Tally(**(numbers | changed))


class Database:
    """A database whose state is set by hand."""

    def __init__(self) -> None:
        self.state: Tally | Exception = tally()
        self.listed: tuple[Feed, ...] = ()

    async def tally(self, now: object) -> Tally:
        if isinstance(self.state, Exception):
            raise self.state
        return self.state

    async def feeds(self) -> tuple[Feed, ...]:
        return self.listed


async def ask(database: Database, path: str, monitor: Monitor | None = None) -> tuple[int, str]:
    monitor = monitor or Monitor(database.tally, Clock(), database.feeds)
    async with (
        serving(monitor, host="127.0.0.1", port=0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, await response.text()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"oldest_waiting_since": NOON - timedelta(minutes=1)}, 200),
        ({"oldest_waiting_since": NOON - timedelta(hours=1)}, 503),
        ({"next_poll_at": NOON - timedelta(hours=1)}, 503),
        ({"next_poll_at": None}, 200),
    ],
)
async def test_the_bot_is_well_while_feeds_are_polled_and_alerts_go_out(changed: dict[str, Any], status: int) -> None:
    database = Database()
    database.state = tally(**changed)
    answered, text = await ask(database, "/healthz")
    assert answered == status
    assert f'"well": {str(status == 200).lower()}' in text


async def test_health_names_the_feeds_that_fail_as_the_list_does() -> None:
    well = Feed(id="a", url="https://well.example/rss", added_at=NOON, next_poll_at=NOON)
    failing = replace(
        well,
        id="b",
        url="https://me:secret@ill.example/rss",
        failing_since=NOON - timedelta(days=1),
        failures=9,
        last_error="answered 503",
        admins_told_at=NOON,
    )
    longer = replace(failing, id="c", url="https://worse.example/rss", failing_since=NOON - timedelta(days=2))
    database = Database()
    database.listed = (well, failing, longer, replace(failing, id="d", status=FeedStatus.PAUSED))
    told = json.loads((await ask(database, "/healthz"))[1])["failing"]
    assert [each["feed"] for each in told] == ["https://worse.example/rss", "https://ill.example/rss"]
    assert told[1] == {
        "feed": "https://ill.example/rss",
        "since": "2023-09-18T12:00:00+00:00",
        "failures": 9,
        "error": "answered 503",
        "next_poll_at": "2023-09-19T12:00:00+00:00",
        "admins_told": True,
    }


async def test_without_its_database_the_bot_is_neither_well_nor_ready_and_says_why() -> None:
    database = Database()
    database.state = StoreUnavailable("the disk is full")
    assert (await ask(database, "/readyz"))[0] == 503
    assert "the disk is full" in (await ask(database, "/healthz"))[1]
    assert (await ask(database, "/metrics"))[0] == 503


async def test_while_the_database_takes_nothing_the_bot_is_neither_well_nor_ready_and_says_why() -> None:
    """A full disk can be read as before, so that the numbers alone would say that all is well."""
    monitor = Monitor(Database().tally, Clock(), Database().feeds)
    monitor.put_off = lambda: {"poll": "the disk is full", "deliver": "the disk is full"}
    assert await ask(Database(), "/readyz", monitor) == (503, "not ready\nthe disk is full\n")
    answered, text = await ask(Database(), "/healthz", monitor)
    assert answered == 503
    assert '"poll": "the disk is full"' in text
    assert "communique_well 0.0" in (await ask(Database(), "/metrics", monitor))[1]


async def test_what_was_done_is_counted_in_prometheus_form() -> None:
    database = Database()
    monitor = Monitor(database.tally, Clock(), database.feeds)
    feed = Feed(id="f", url="https://f.example/rss", added_at=NOON, next_poll_at=NOON, latency=0.2)
    monitor.polled(Outcome(feed=feed, new_items=3, relevant_items=1))
    monitor.polled(Outcome(feed=feed, error="timed out"))
    alert = Alert(
        id="a",
        subscription_id="s",
        channel_id="c",
        item_id="i",
        story_id="t",
        reactions=(),
        created_at=NOON,
        next_attempt_at=NOON,
    )
    monitor.posted(alert, NOON + timedelta(seconds=4))
    status, text = await ask(database, "/metrics", monitor)
    assert status == 200
    for line in (
        'communique_polls_total{outcome="answered"} 1.0',
        'communique_polls_total{outcome="failed"} 1.0',
        'communique_items_total{relevant="yes"} 1.0',
        'communique_items_total{relevant="no"} 2.0',
        'communique_posted_total{kind="alert"} 1.0',
        'communique_alert_delay_seconds_bucket{le="5.0"} 1.0',
        'communique_alert_delay_seconds_bucket{le="2.0"} 0.0',
        'communique_feeds{state="failing"} 1.0',
        "communique_well 1.0",
    ):
        assert line in text
