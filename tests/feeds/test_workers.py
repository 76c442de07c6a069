"""Whatever reading a document does to its worker, it does it to that worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import hostile_work as work
import psutil
import pytest
import pytest_asyncio

from bot.feeds.workers import Lane, Readers, TooExpensive

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEMORY = 256 * 1024 * 1024


def a_lane(*, workers: int = 1, seconds: float = 1, tasks_per_worker: int = 0) -> Lane:
    return Lane(workers=workers, deadline=timedelta(seconds=seconds), memory=MEMORY, tasks_per_worker=tasks_per_worker)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lane() -> AsyncIterator[Lane]:
    opened = a_lane()
    yield opened
    await opened.aclose()


@pytest_asyncio.fixture(loop_scope="module")
async def readers() -> AsyncIterator[Readers]:
    opened = Readers(
        workers=2, quick=timedelta(seconds=0.5), deadline=timedelta(seconds=3), memory=MEMORY, tasks_per_worker=100
    )
    yield opened
    await opened.aclose()


async def test_result_comes_back(lane: Lane) -> None:
    assert await lane.run(work.echo, ("ա", b"\x00", None)) == ("ա", b"\x00", None)


async def test_error_of_the_work_is_raised_as_it_is(lane: Lane) -> None:
    with pytest.raises(ValueError, match="no document"):
        await lane.run(work.misunderstand)
    with pytest.raises(RecursionError):
        await lane.run(work.recurse)


@pytest.mark.parametrize("endless", [work.hold_the_interpreter, work.ignore_being_told_to_stop])
async def test_work_past_its_deadline_is_killed(endless: object, lane: Lane) -> None:
    async with asyncio.timeout(15):
        with pytest.raises(TooExpensive, match="longer than 1 s"):
            await lane.run(endless)  # type: ignore[arg-type]
        assert await lane.run(work.echo, 1) == 1


async def test_work_that_wants_too_much_memory_fails_alone(lane: Lane) -> None:
    with pytest.raises(TooExpensive, match="256 MiB of memory"):
        await lane.run(work.eat_memory, 2 * MEMORY)
    assert await lane.run(work.eat_memory, MEMORY // 4) == MEMORY // 4


@pytest.mark.parametrize("code", [0, 1, 139])
async def test_worker_that_dies_is_replaced(code: int, lane: Lane) -> None:
    async with asyncio.timeout(15):
        with pytest.raises(TooExpensive, match=r"died|longer than"):
            await lane.run(work.die, code)
        assert await lane.run(work.echo, 1) == 1


async def test_workers_are_renewed_after_their_tasks() -> None:
    """What a parser leaks ends with its worker."""
    lane = a_lane(seconds=5, tasks_per_worker=3)
    try:
        pids = [await lane.run(work.pid) for _ in range(9)]
    finally:
        await lane.aclose()
    assert len(set(pids)) == 3


async def test_worker_does_not_import_the_program(lane: Lane) -> None:
    assert await lane.run(work.main_module_has_a_file) is False


async def test_closed_lane_starts_again_when_it_is_asked() -> None:
    lane = a_lane(seconds=5)
    first = await lane.run(work.pid)
    await lane.aclose()
    assert not psutil.pid_exists(first)
    assert await lane.run(work.pid) != first
    await lane.aclose()


async def test_who_waits_for_a_closed_lane_is_told() -> None:
    lane = a_lane(seconds=30)
    waiting = [asyncio.ensure_future(lane.run(work.wait, 30)) for _ in range(3)]
    await asyncio.sleep(0.5)
    async with asyncio.timeout(10):
        await lane.aclose()
        results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(result, (RuntimeError, asyncio.CancelledError)) for result in results)


async def test_cancelled_reading_frees_its_worker() -> None:
    lane = a_lane(seconds=30)
    try:
        reading = asyncio.ensure_future(lane.run(work.wait, 30))
        await asyncio.sleep(0.5)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        async with asyncio.timeout(10):
            assert await lane.run(work.echo, 1) == 1
    finally:
        await lane.aclose()


async def test_document_that_outstays_the_quick_lane_has_time_in_the_slow_one(readers: Readers) -> None:
    async with asyncio.timeout(15):
        assert await readers.read("https://slow.example/", work.wait, 1.2) == 1.2


async def test_document_that_outstays_both_lanes_is_too_expensive(readers: Readers) -> None:
    async with asyncio.timeout(20):
        with pytest.raises(TooExpensive, match="longer than 3 s"):
            await readers.read("https://endless.example/", work.wait, 60)


async def test_what_a_worker_does_to_get_ready_is_nobodys_time() -> None:
    """It loads lexicons: on a busy machine that alone may take longer than a quick document is given."""
    opened = Readers(
        workers=1,
        quick=timedelta(seconds=0.5),
        deadline=timedelta(seconds=3),
        memory=MEMORY,
        tasks_per_worker=100,
        get_ready=partial(work.wait, 1.0),
    )
    try:
        assert await opened.read_quickly("https://first.example/", work.echo, 1) == 1
        assert await opened.read_quickly("https://slow.example/", work.wait, 1.2) is None
    finally:
        await opened.aclose()


async def test_suspect_goes_to_the_slow_lane_and_delays_nobody(readers: Readers) -> None:
    """After its first time an expensive document no longer holds a worker of the quick lane."""
    await readers.read("https://suspect.example/", work.wait, 0.8)
    readers._remember("https://suspect.example/")
    quick = {await readers.read(f"https://{number}.example/", work.pid) for number in range(8)}
    assert await readers.read("https://suspect.example/", work.pid) not in quick


async def test_suspect_that_has_become_quick_is_trusted_again(readers: Readers) -> None:
    readers._remember("https://healed.example/")
    await readers.read("https://healed.example/", work.echo, 1)
    assert "https://healed.example/" not in readers._suspects
