"""Manners towards one host, measured on the loop's own clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest
import pytest_asyncio
from faultserver import NOW, Client, FaultServer, a_feed, fault_server, settings_for_tests, write_rss

from bot.feeds.source import HttpFeedSource
from bot.feeds.spacing import Arrivals, HostSpacing

PAUSE = 0.05


def a_spacing(per_host: int = 2, pause: float = PAUSE) -> HostSpacing:
    return HostSpacing(per_host=per_host, spacing=timedelta(seconds=pause))


async def test_visits_to_one_host_begin_apart() -> None:
    spacing, starts = a_spacing(per_host=10), []

    async def visit() -> None:
        async with spacing.visit("a.example"):
            starts.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(visit() for _ in range(4)))
    assert all(later - earlier >= PAUSE * 0.9 for earlier, later in pairwise(starts))


async def test_few_visitors_are_in_at_once() -> None:
    spacing, inside, most = a_spacing(per_host=2, pause=0), 0, 0

    async def visit() -> None:
        nonlocal inside, most
        async with spacing.visit("a.example"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(10)))
    assert most == 2


async def test_other_hosts_do_not_wait() -> None:
    spacing = a_spacing(pause=60)
    async with asyncio.timeout(5):
        for number in range(50):
            async with spacing.visit(f"{number}.example"):
                pass


async def test_hosts_that_have_rested_are_forgotten() -> None:
    spacing = a_spacing(pause=0)
    for number in range(2000):
        async with spacing.visit(f"{number}.example"):
            pass
    assert len(spacing._doors) < 300


async def test_visitor_that_gives_up_leaves_the_door_open() -> None:
    spacing = a_spacing(per_host=1, pause=0)
    async with spacing.visit("a.example"):
        waiting = asyncio.ensure_future(spacing.visit("a.example").__aenter__())
        await asyncio.sleep(0.01)
        waiting.cancel()
    async with asyncio.timeout(5), spacing.visit("a.example"):
        pass


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FaultServer]:
    async with fault_server() as faults:
        yield faults


async def test_allowed_networks_are_not_spaced(server: FaultServer) -> None:
    async def feed(client: Client) -> None:
        await client.answer(write_rss(1))

    url = server.at("/feed", feed)
    settings = settings_for_tests(host_spacing=timedelta(minutes=10), per_host=1)
    async with HttpFeedSource(settings, lambda: NOW) as source, asyncio.timeout(10):
        await asyncio.gather(*(source.fetch(a_feed(url)) for _ in range(5)))
    assert len(server.asked("/feed")) == 5


async def test_redirects_on_one_host_are_visits_too(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []

    async def hop(client: Client) -> None:
        await client.answer(status="302 X", Location="/feed")

    async def feed(client: Client) -> None:
        await client.answer(write_rss(1))

    server.at("/feed", feed)
    async with HttpFeedSource(settings_for_tests(host_spacing=timedelta(0)), lambda: NOW) as source:
        monkeypatch.setattr(source._visitor._policy, "is_exempt", lambda host: visited.append(host) or False)
        await source.fetch(a_feed(server.at("/hop", hop)))
    assert visited == ["127.0.0.1", "127.0.0.1"]


async def test_the_first_arrivals_at_a_host_come_apart_and_later_ones_at_once() -> None:
    arrivals, moments = Arrivals(gap=timedelta(seconds=PAUSE), count=3), []

    async def arrive(host: str) -> None:
        await arrivals.arrive(host)
        moments.append((host, asyncio.get_running_loop().time()))

    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(arrive("a") for _ in range(5)), arrive("b"))
    first = sorted(moment for host, moment in moments if host == "a")
    assert sum(moment - began >= PAUSE * 0.9 for moment in first) == 2
    assert first[-1] - began >= PAUSE * 1.8
