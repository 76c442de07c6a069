"""Ticks: they come again, never twice at once, and end in order."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.domain.errors import StoreUnavailable
from bot.scheduling import Job, Scheduler

TICK = timedelta(milliseconds=20)


async def test_a_job_is_run_again_and_again() -> None:
    ran = asyncio.Semaphore(0)

    async def work() -> None:
        ran.release()

    async with Scheduler([Job(name="work", every=TICK, run=work)]):
        for _ in range(3):
            await asyncio.wait_for(ran.acquire(), 10)


async def test_a_job_that_fails_comes_again_and_leaves_the_others_alone() -> None:
    tried, other = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def fails() -> None:
        tried.release()
        raise StoreUnavailable("the disk is full")

    async def breaks() -> None:
        other.release()
        raise RuntimeError

    async with Scheduler([Job(name="fails", every=TICK, run=fails), Job(name="breaks", every=TICK, run=breaks)]):
        for _ in range(2):
            await asyncio.wait_for(tried.acquire(), 10)
            await asyncio.wait_for(other.acquire(), 10)


async def test_a_slow_job_is_never_started_twice_at_once() -> None:
    under_way = most = 0
    ended = asyncio.Semaphore(0)

    async def slow() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.1)
        under_way -= 1
        ended.release()

    async with Scheduler([Job(name="slow", every=TICK, run=slow)]):
        for _ in range(2):
            await asyncio.wait_for(ended.acquire(), 10)
    assert most == 1


async def test_what_is_under_way_is_finished_and_nothing_is_begun_after_the_end() -> None:
    begun, finished = asyncio.Event(), 0

    async def work() -> None:
        nonlocal finished
        begun.set()
        await asyncio.sleep(0.1)
        finished += 1

    async with Scheduler([Job(name="work", every=TICK, run=work)]) as scheduler:
        await asyncio.wait_for(begun.wait(), 10)
        await scheduler.finish(within=timedelta(seconds=10))
        assert finished == 1
        await asyncio.sleep(0.15)
        assert finished == 1
