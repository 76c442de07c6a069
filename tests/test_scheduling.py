"""Ticks: they come again, never twice at once, and end in order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from newsroom import Clock
from structlog.testing import capture_logs

from bot.domain.errors import Stop, StoreCorrupt, StoreUnavailable
from bot.scheduling import Job, Scheduler

TICK = timedelta(milliseconds=20)


async def test_a_job_is_run_again_and_again() -> None:
    ran = asyncio.Semaphore(0)

    async def work() -> None:
        ran.release()

    async with Scheduler([Job(name="work", every=TICK, run=work)], clock=Clock()):
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

    async with Scheduler(
        [Job(name="fails", every=TICK, run=fails), Job(name="breaks", every=TICK, run=breaks)], clock=Clock()
    ):
        for _ in range(2):
            await asyncio.wait_for(tried.acquire(), 10)
            await asyncio.wait_for(other.acquire(), 10)


async def test_a_job_in_trouble_is_told_of_until_it_goes_on() -> None:
    tried, mended = asyncio.Semaphore(0), asyncio.Event()

    async def work() -> None:
        tried.release()
        if not mended.is_set():
            raise StoreUnavailable("the disk is full")

    async with Scheduler([Job(name="work", every=TICK, run=work)], clock=Clock()) as scheduler:
        assert scheduler.put_off() == {}
        for _ in range(2):
            await asyncio.wait_for(tried.acquire(), 10)
        assert scheduler.put_off() == {"work": "the disk is full"}
        mended.set()
        async with asyncio.timeout(10):
            while scheduler.put_off():  # noqa: ASYNC110 - what is waited for is a tick
                await asyncio.sleep(0.01)


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

    async with Scheduler([Job(name="slow", every=TICK, run=slow)], clock=Clock()):
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

    async with Scheduler([Job(name="work", every=TICK, run=work)], clock=Clock()) as scheduler:
        await asyncio.wait_for(begun.wait(), 10)
        await scheduler.finish(within=timedelta(seconds=10))
        assert finished == 1
        await asyncio.sleep(0.15)
        assert finished == 1


async def test_when_the_clock_is_set_back_jobs_go_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself the scheduler would wait until the clock shows again what it showed before."""
    monkeypatch.setattr("bot.scheduling.WATCH", TICK)
    ran, clock = asyncio.Event(), Clock(datetime(2000, 1, 2, tzinfo=UTC))

    async def work() -> None:
        ran.set()

    async with Scheduler([Job(name="work", every=timedelta(days=1), run=work)], clock=clock):
        await asyncio.sleep(0.1)
        assert not ran.is_set()
        clock.pass_(hours=-1)
        await asyncio.wait_for(ran.wait(), 10)


async def test_what_a_job_is_put_off_for_is_said_once_and_so_is_that_it_goes_on() -> None:
    answers = iter(["locked", "locked", "full", "full", "", ""])
    done = asyncio.Event()

    async def work() -> None:
        if trouble := next(answers, "end"):
            if trouble == "end":
                done.set()
                return
            raise StoreUnavailable(trouble)

    with capture_logs() as logs:
        async with Scheduler([Job(name="work", every=TICK, run=work)], clock=Clock()):
            await asyncio.wait_for(done.wait(), 10)
    said = [(event["event"], event.get("error")) for event in logs]
    assert said == [("job put off", "locked"), ("job put off", "full"), ("job goes on", None)]


async def test_what_the_process_cannot_go_on_with_is_handed_over() -> None:
    given: asyncio.Future[Stop] = asyncio.get_running_loop().create_future()

    async def work() -> None:
        raise StoreCorrupt("the file is damaged")

    def give_up(error: Stop) -> None:
        if not given.done():
            given.set_result(error)

    async with Scheduler([Job(name="work", every=TICK, run=work)], clock=Clock(), give_up=give_up):
        assert str(await asyncio.wait_for(given, 10)) == "the file is damaged"
