"""Poll, deliver, edit, crash, restart, in any order and at any time: no alert is lost, none is posted twice, order holds.

And every message says at last what is known, unless people deleted it, who do not get it back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from newsroom import Crash, entry, outlets_shown

from bot.domain.alerts import AlertStatus
from bot.domain.subscriptions import SubscriptionStatus

FEEDS = ("https://outlet.example/rss", "https://other.example/rss")
ACTORS = ("FRA", "DEU", "USA", "IRN", "GBR", "TUR", "EU", "UN")
ACTS = ("condemn", "accuse", "warn", "welcome", "threaten")
FAULTS = (None, None, "unavailable", "refused", "lost before", "lost after", "crash before", "crash after")
# Seconds: within a lease and the nonce's window, between the window and what Discord remembers, beyond it, and an outage.
TIMES = (1, 10, 65, 110, 125, 170, 185, 700)


def machine(make: Callable[[], Any]) -> type[RuleBasedStateMachine]:
    """Return a state machine over newsrooms that `make` gives."""

    class Newsdesk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.newsroom = make()
            self.told: list[str] = []
            self.entries: dict[str, list[Any]] = {url: [] for url in FEEDS}
            self.deleted: set[str] = set()

        def do(self, work: Coroutine[Any, Any, Any]) -> Any:
            return asyncio.run(work)

        def alerts(self) -> list[Any]:
            async def export() -> list[Any]:
                return [alert async for alert in self.newsroom.store.export_alerts()]

            return list(self.do(export()))

        @initialize()
        def start(self) -> None:
            for channel in ("c1", "c2"):
                self.do(self.newsroom.subscribe(channel))

        @rule(url=st.sampled_from(FEEDS), actor=st.sampled_from(ACTORS), act=st.sampled_from(ACTS))
        def something_happens(self, url: str, actor: str, act: str) -> None:
            self.told.append(f"Karabakh {len(self.told) + 1}: {actor} {act} AZE")
            self.tell(url, self.told[-1])

        def tell(self, url: str, title: str) -> None:
            guid = f"{len(self.entries[url])} of {url}"
            self.entries[url].append(
                entry(title, guid=guid, hours_ago=0, now=self.newsroom.clock(), link=f"{url}/{len(self.entries[url])}")
            )
            self.do(self.newsroom.publish(url, *reversed(self.entries[url])))

        @precondition(lambda self: self.told)
        @rule(url=st.sampled_from(FEEDS), chance=st.randoms(use_true_random=False))
        def an_outlet_tells_it_too(self, url: str, chance: Any) -> None:
            """The message that was posted is edited."""
            self.tell(url, chance.choice(self.told[-3:]))

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

        @rule(chance=st.randoms(use_true_random=False))
        def people_delete_a_message(self, chance: Any) -> None:
            """One that we know of: of one whose answer was lost and that is gone, nobody can tell that it was there."""
            known = {alert.id for alert in self.alerts() if alert.status is AlertStatus.POSTED}
            posts = [post for there in self.newsroom.discord.posts.values() for post in there]
            posts = [post for post in posts if post.marker in known and not post.deleted]
            if posts:
                post = chance.choice(posts)
                post.deleted = True
                self.deleted.add(post.marker)

        @rule(seconds=st.sampled_from(TIMES))
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
            assert {alert.status for alert in alerts if alert.id not in self.deleted} <= {AlertStatus.POSTED}
            for channel in ("c1", "c2"):
                assert self.newsroom.markers(channel) == [alert.id for alert in alerts if alert.channel_id == channel]
            shown = {post.marker: post for posts in self.newsroom.discord.posts.values() for post in posts}
            for alert in alerts:
                assert alert.edit_due_at is None or alert.id in self.deleted
                message = await self.newsroom.store.alert_message(alert)
                assert shown[alert.id].deleted or shown[alert.id].outlets == outlets_shown(message)

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
