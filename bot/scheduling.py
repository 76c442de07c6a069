"""Time's adapter: APScheduler runs named jobs again and again. It knows no feeds and holds no state worth keeping."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import CommuniqueError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to be done every so often; never twice at the same time."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]


class Scheduler:
    """Runs jobs from `async with` until its end. What a job raises is logged; the next tick comes all the same.

    `finish` starts nothing new and waits for what is under way; at the end that is cancelled.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
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
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop ticking."""
        self._scheduler.shutdown(wait=False)

    async def finish(self, *, within: timedelta) -> None:
        """Stop ticking, and wait for what is under way, but no longer than this."""
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=within.total_seconds())

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            await job.run()
        except CommuniqueError as error:
            log.warning("job put off", job=job.name, error=str(error))
        except Exception:
            log.exception("job broke off", job=job.name)
        finally:
            self._under_way.discard(task)
