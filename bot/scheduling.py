"""Time's adapter: APScheduler runs named jobs again and again. It knows no feeds and holds no state worth keeping."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import CommuniqueError, Stop

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to be done every so often; never twice at the same time."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]


WATCH = timedelta(seconds=5)


class Scheduler:
    """Runs jobs from `async with` until its end. What a job raises is logged; the next tick comes all the same.

    What the process cannot go on with is given to `give_up`. `clock` is looked at only to see whether it was set back.
    `finish` starts nothing new and waits for what is under way; at the end that is cancelled.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        clock: Callable[[], datetime],
        give_up: Callable[[Stop], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._give_up = give_up
        self._watching: asyncio.Task[None] | None = None
        # What each job was put off for, so that it is said once.
        self._put_off: dict[str, str] = {}
        # The defaults of APScheduler drop a tick that comes a second late, and stack ticks up behind a slow one.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(job_defaults=defaults, timezone="UTC")
        self._under_way: set[asyncio.Task[object]] = set()
        for job in jobs:
            trigger = IntervalTrigger(seconds=job.every.total_seconds(), timezone="UTC")
            self._scheduler.add_job(self._run, trigger, args=[job], id=job.name, name=job.name)

    async def __aenter__(self) -> Self:
        """Start ticking; the first tick of each job comes after its own interval."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch_clock(), name="clock")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop ticking."""
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.shutdown(wait=False)

    def put_off(self) -> dict[str, str]:
        """Return which jobs wait for passing trouble to end, and what it is in words; nothing when all is well."""
        return dict(self._put_off)

    async def finish(self, *, within: timedelta) -> None:
        """Stop ticking, and wait for what is under way, but no longer than this."""
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within.total_seconds())

    async def _watch_clock(self) -> None:
        """Have every job run at once when the clock was set back: APScheduler would wait until it has caught up."""
        before = self._clock()
        while True:
            await asyncio.sleep(WATCH.total_seconds())
            now = self._clock()
            if now < before:
                log.warning("the clock was set back", by=str(before - now))
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=now)
            before = now

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            await job.run()
            if self._put_off.pop(job.name, None):
                log.info("job goes on", job=job.name)
        except Stop as error:
            self._give_up(error)
        except CommuniqueError as error:
            # Said once, not every second of an hour without a database.
            if self._put_off.get(job.name) != str(error):
                log.warning("job put off", job=job.name, error=str(error))
            self._put_off[job.name] = str(error)
        except Exception:
            log.exception("job broke off", job=job.name)
        finally:
            self._under_way.discard(task)
