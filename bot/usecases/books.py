"""Books: feeds are written down after their polls, many at once.

Most polls find nothing new, and a round for each would cost several times what asking its feed does. So those who come
while a round is being written wait, and all go into the next one together.
"""

from __future__ import annotations

import asyncio

from bot.domain.feeds import Feed
from bot.usecases.ports import Rounds


class FeedBook:
    """Writes feeds down, in as few rounds as it can without letting anybody wait for more than one."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._waiting: list[tuple[Feed, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def save(self, feed: Feed) -> None:
        """Return when the feed is written; raises what kept its round from being."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((feed, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="write feeds")
        await written

    async def _write(self) -> None:
        while self._waiting:
            taken: list[tuple[Feed, asyncio.Future[None]]] = []
            try:
                async with self._rounds.round() as round_:
                    # Only now: while this waited for its turn, more have come.
                    taken, self._waiting = self._waiting, []
                    await round_.save_feeds([feed for feed, _ in taken])
            except asyncio.CancelledError:
                for _, written in (*taken, *self._waiting):
                    written.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - each of those who wait raises it, in its own name
                if not taken:
                    taken, self._waiting = self._waiting, []
                self._end(taken, error)
            else:
                self._end(taken, None)

    @staticmethod
    def _end(taken: list[tuple[Feed, asyncio.Future[None]]], error: Exception | None) -> None:
        for _, written in taken:
            if written.done():
                # Whoever waited was cancelled; what was to be written of its feed is true all the same.
                continue
            if error is None:
                written.set_result(None)
            else:
                written.set_exception(error)
