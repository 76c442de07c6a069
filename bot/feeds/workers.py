"""Worker processes that can be killed: whatever a document does to its parser, it does to a process of its own.

Two lanes. The quick one has a worker per core and little patience; what outstays it is tried again in the slow lane, one
document at a time and with the full deadline. So a score of hostile documents costs the healthy ones a few seconds,
once: a suspect goes to the slow lane directly from then on.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

Result = TypeVar("Result")

# A worker that is told to stop while it computes gets this long to die.
STOP_SECONDS = 5.0
_MAX_SUSPECTS = 10_000
_main_hidden = threading.Lock()


class TooExpensive(Exception):
    """A document needed more time or memory than it is given; the text says which."""


class _WorkerProcess(SpawnProcess):
    """A fresh interpreter that imports its own work only.

    Python would import the program's main module into it again: memory for nothing, and a second run of any script that
    has no `__main__` guard.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        with _main_hidden:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)  # noqa: SLF001 - what we stand in for
            finally:
                sys.modules["__main__"] = main


class _WorkerContext(SpawnContext):
    """Starts workers fresh: a fork would carry our sockets, and the secrets in our memory, to where documents are read."""

    Process = _WorkerProcess


class Lane:
    """A pool of workers that starts with its first task."""

    def __init__(
        self,
        *,
        workers: int,
        deadline: timedelta,
        memory: int,
        tasks_per_worker: int,
        get_ready: Callable[[], None] | None = None,
    ) -> None:
        self._workers = workers
        self._get_ready = get_ready
        self._memory = memory
        self._tasks_per_worker = tasks_per_worker
        self._pool: ProcessPool | None = None
        self._waited_for: set[Future[Any]] = set()
        self.deadline = deadline

    async def run(self, work: Callable[..., Result], *args: object, deadline: timedelta | None = None) -> Result:
        """Return the work's result; raises what it raised, or TooExpensive. It gets the lane's deadline, or its own."""
        seconds = (deadline or self.deadline).total_seconds()
        for attempt in range(3):
            pool = self._pool = self._pool or self._started()
            try:
                return await self._result(pool, work, args, seconds)
            except TimeoutError:
                raise TooExpensive(f"reading it takes longer than {seconds:g} s") from None
            except MemoryError:
                raise TooExpensive(f"reading it takes more than {self._memory // 2**20} MiB of memory") from None
            except ProcessExpired as expired:
                # Killed for its memory by the system, or crashed in C.
                raise TooExpensive(f"its reader died (exit code {expired.exitcode})") from None
            except (BrokenProcessPool, RuntimeError):
                # The pool itself broke, or was closed under us: one more, unless that keeps happening.
                if attempt == 2 or self._pool is not pool:  # noqa: PLR2004 - the last of three
                    raise
                await self._stop(pool)
            except CancelledError:
                raise asyncio.CancelledError from None
        raise AssertionError("unreachable")

    async def aclose(self) -> None:
        """Stop the workers; those at work are killed, and who waits for them gets a RuntimeError."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await self._stop(pool)

    async def _result(
        self, pool: ProcessPool, work: Callable[..., Result], args: tuple[object, ...], seconds: float
    ) -> Result:
        future = pool.schedule(work, args=args, timeout=seconds)
        self._waited_for.add(future)
        try:
            return await asyncio.wrap_future(future)
        finally:
            self._waited_for.discard(future)

    async def _stop(self, pool: ProcessPool) -> None:
        if self._pool is pool:
            self._pool = None
        await asyncio.to_thread(_stopped, pool)
        # A stopped pool never answers what it had not begun.
        for future in [future for future in self._waited_for if not future.done()]:
            future.set_exception(RuntimeError("the readers were closed"))

    def _started(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=self._tasks_per_worker,
            initializer=_confine,
            initargs=(self._memory, self._get_ready),
            context=_WorkerContext(),
        )


class Readers:
    """The two lanes, and the memory of who needed the slow one."""

    def __init__(
        self,
        *,
        workers: int,
        quick: timedelta,
        deadline: timedelta,
        memory: int,
        tasks_per_worker: int,
        get_ready: Callable[[], None] | None = None,
    ) -> None:
        """Start nothing yet; `get_ready` is what a quick worker does before its first task, and nobody's time."""
        self._quick = Lane(
            workers=workers, deadline=quick, memory=memory, tasks_per_worker=tasks_per_worker, get_ready=get_ready
        )
        self._slow = Lane(workers=1, deadline=deadline, memory=memory, tasks_per_worker=tasks_per_worker)
        self._slow_turn = asyncio.Semaphore(1)
        self._suspects: dict[str, None] = {}

    async def read(self, origin: str, work: Callable[..., Result], *args: object, suspect: bool = False) -> Result:
        """Return the result of reading a document of this origin; raises what reading raised, or TooExpensive."""
        if not suspect and (result := await self.read_quickly(origin, work, *args)) is not None:
            return result
        result = await self.read_slowly(work, *args)
        self._suspects.pop(origin, None)
        return result

    async def read_quickly(self, origin: str, work: Callable[..., Result], *args: object) -> Result | None:
        """Return the result of reading a document where that takes no time, None where it does: then it is a suspect."""
        if origin in self._suspects:
            return None
        try:
            return await self._quick.run(work, *args)
        except TooExpensive:
            self._remember(origin)
            return None

    async def read_slowly(self, work: Callable[..., Result], *args: object) -> Result:
        """Return the result of work that has time: web pages, and documents that outstayed the quick lane."""
        async with self._slow_turn:
            return await self._slow.run(work, *args)

    async def work(self, work: Callable[..., Result], *args: object, deadline: timedelta) -> Result:
        """Return the result of work of our own, done where ordinary documents are read; raises as `Lane.run` does."""
        return await self._quick.run(work, *args, deadline=deadline)

    async def aclose(self) -> None:
        """Stop all workers."""
        await asyncio.gather(self._quick.aclose(), self._slow.aclose())

    def _remember(self, origin: str) -> None:
        if len(self._suspects) >= _MAX_SUSPECTS:
            self._suspects.pop(next(iter(self._suspects)))
        self._suspects[origin] = None


def _confine(memory: int, get_ready: Callable[[], None] | None) -> None:
    """Limit this worker's memory, let it die at once when it is told to, and get it ready."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What libraries think of a document belongs in no operator's terminal.
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if get_ready is not None:
        get_ready()


def _stopped(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join(timeout=STOP_SECONDS)
