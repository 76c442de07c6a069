"""The artist: draws in a process of its own, never on the event loop, and remembers its last pictures."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from bot.charts.drawing import DARK, LIGHT, Captions, draw_board, draw_timeline
from bot.domain.surveys import Board, Timeline

# Pictures, about 40 KB each.
REMEMBERED = 64


class Artist:
    """Draws timelines and boards as PNG. The worker starts with the first picture; `aclose` ends it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._pictures: OrderedDict[object, bytes] = OrderedDict()

    async def timeline(self, line: Timeline, captions: Captions, *, dark: bool = True) -> bytes:
        """Return the picture of a timeline."""
        return await self._drawn(draw_timeline, line, captions, dark)

    async def board(self, board: Board, captions: Captions, *, dark: bool = True) -> bytes:
        """Return the picture of a board."""
        return await self._drawn(draw_board, board, captions, dark)

    async def aclose(self) -> None:
        """End the worker."""
        if self._pool:
            await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
            self._pool = None

    async def _drawn(self, draw: Callable[..., bytes], survey: object, captions: Captions, dark: bool) -> bytes:  # noqa: FBT001 - private
        key = (draw.__name__, survey, _written(captions), dark)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        picture = await self._in_worker(draw, survey, captions, DARK if dark else LIGHT)
        self._pictures[key] = picture
        while len(self._pictures) > REMEMBERED:
            self._pictures.popitem(last=False)
        return picture

    async def _in_worker(self, draw: Callable[..., bytes], *arguments: object) -> bytes:
        loop = asyncio.get_running_loop()
        for last_try in (False, True):
            if self._pool is None:
                # Spawned: a fork would carry the event loop's sockets and the database's connections.
                self._pool = ProcessPoolExecutor(
                    1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=500
                )
            try:
                return await loop.run_in_executor(self._pool, draw, *arguments)
            except BrokenProcessPool:
                # Killed from outside, for memory perhaps: a new one draws it, once.
                self._pool = None
                if last_try:
                    raise
        raise AssertionError


def _written(captions: Captions) -> tuple[object, ...]:
    """Return what tells the words on one picture from those on another: the same survey in another language differs."""
    return (
        *(captions.title, captions.subtitle, captions.tone, captions.rest, captions.silence),
        *(tuple(sorted(words.items())) for words in (captions.actors, captions.families)),
    )
