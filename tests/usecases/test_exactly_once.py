"""Poll, deliver, crash, restart, in any order: no alert is lost, none is posted twice, and order holds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from newsroom import Crash, entry

from bot.domain.alerts import AlertStatus
from bot.domain.subscriptions import SubscriptionStatus

FEEDS = ("https://outlet.example/rss", "https://other.example/rss")
ACTORS = ("FRA", "DEU", "USA", "IRN", "GBR", "TUR", "EU", "UN")
ACTS = ("condemn", "accuse", "warn", "welcome", "threaten")
FAULTS = (None, None, "unavailable", "refused", "lost before", "lost after", "crash before", "crash after")


def machine(make: Callable[[], Any]) -> type[RuleBasedStateMachine]:
    """Return a state machine over newsrooms that `make` gives."""

    class Newsdesk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.newsroom = make()
            self.told = 0
            self.entries: dict[str, list[Any]] = {url: [] for url in FEEDS}

        def do(self, work: Coroutine[Any, Any, Any]) -> Any:
            return asyncio.run(work)

        @initialize()
        def start(self) -> None:
            for channel in ("c1", "c2"):
                self.do(self.newsroom.subscribe(channel))

        @rule(url=st.sampled_from(FEEDS), actor=st.sampled_from(ACTORS), act=st.sampled_from(ACTS))
        def something_happens(self, url: str, actor: str, act: str) -> None:
            self.told += 1
            title = f"Karabakh {self.told}: {actor} {act} AZE"
            self.entries[url].append(entry(title, hours_ago=0, now=self.newsroom.clock()))
            self.do(self.newsroom.publish(url, *reversed(self.entries[url])))

        @rule()
        def poll(self) -> None:
            self.do(self.newsroom.poll())

        @rule(faults=st.lists(st.sampled_from(FAULTS), max_size=6))
        def deliver(self, faults: list[str | None]) -> None:
            plan = iter(faults)
            self.newsroom.discord.plan = lambda _: next(plan, None)
            with contextlib.suppress(Crash):
                self.do(self.newsroom.deliver())

        @rule()
        def restart(self) -> None:
            self.newsroom.restart()

        @rule(seconds=st.sampled_from([1, 10, 65, 170, 700]))
        def time_passes(self, seconds: int) -> None:
            self.newsroom.clock.pass_(seconds=seconds)

        @rule()
        def an_admin_resumes_what_was_refused(self) -> None:
            self.do(self.resume())

        async def resume(self) -> None:
            for subscription in await self.newsroom.store.subscriptions():
                active = replace(subscription, status=SubscriptionStatus.ACTIVE, paused_reason=None)
                await self.newsroom.store.save_subscription(active)

        @invariant()
        def nothing_is_posted_twice(self) -> None:
            for channel, posts in self.newsroom.discord.posts.items():
                markers = [post.marker for post in posts]
                assert len(markers) == len(set(markers)), channel

        def teardown(self) -> None:
            self.newsroom.discord.plan = lambda _: None
            self.do(self.resume())
            for _ in range(20):
                self.newsroom.clock.pass_(minutes=10)
                self.do(self.newsroom.deliver())
            self.do(self.all_is_told_in_order())

        async def all_is_told_in_order(self) -> None:
            alerts = [alert async for alert in self.newsroom.store.export_alerts()]
            assert {alert.status for alert in alerts} <= {AlertStatus.POSTED}
            for channel in ("c1", "c2"):
                assert self.newsroom.markers(channel) == [alert.id for alert in alerts if alert.channel_id == channel]

    return Newsdesk


@pytest.mark.slow
def test_whatever_fails_every_alert_is_in_its_channel_once_and_in_order(newsroom_over) -> None:
    from store import FakeStore

    run_state_machine_as_test(
        machine(lambda: newsroom_over(FakeStore())),
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
