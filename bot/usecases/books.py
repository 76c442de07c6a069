"""Books: what polls come to is written down, that of many at once.

A round of its own for each poll would cost several times what asking most feeds does. So those who come while a round is
being written wait, and go into the next one together.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import chain

from bot.domain.errors import CommuniqueError
from bot.domain.feeds import Feed
from bot.domain.triage import Known
from bot.usecases.ports import Case, Round, Rounds, Ruling

# A round holds up whoever else writes, the delivery of alerts first of all: beyond so many drafts a batch waits for the
# next one. A feed that brought nothing new takes no time.
DRAFTS_A_ROUND = 96


class PollBook:
    """Writes down what polls come to, in as few rounds as it can without letting anybody wait for more than a few."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._waiting: deque[_Entry] = deque()
        # Those whose round broke off, by the fault of one of them.
        self._alone: deque[_Entry] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def save(self, feed: Feed) -> None:
        """Return when the feed is written; raises what kept its round from being."""
        await self._written(_Entry(feed=feed))

    async def settle(self, case: Case, *, drafts: int) -> Ruling:
        """Return what was decided of a case of so many drafts, when it is written.

        Raises what deciding it raised, which concerns no other case, or what kept its round from being.
        """
        entry = _Entry(case=case, drafts=drafts)
        await self._written(entry)
        return entry.ruling()

    async def _written(self, entry: _Entry) -> None:
        self._waiting.append(entry)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="write polls")
            self._writing.add_done_callback(self._ended)
        await entry.written

    async def _write(self) -> None:
        while self._alone or self._waiting:
            taken: list[_Entry] = []
            try:
                async with self._rounds.round() as round_:
                    # Only now: while this waited for its turn, more have come.
                    taken = self._take()
                    await _enter(round_, taken)
            except asyncio.CancelledError:
                for entry in taken:
                    entry.written.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - each of those who wait raises it, in its own name
                taken = taken or self._take()
                if len(taken) > 1 and not isinstance(error, CommuniqueError):
                    self._alone.extend(taken)
                    continue
                for entry in taken:
                    entry.end(error)
            else:
                for entry in taken:
                    entry.end()

    def _ended(self, writing: asyncio.Task[None]) -> None:
        # Also one that was cancelled before it began: nobody would come to those who wait.
        if writing.cancelled():
            for entry in chain(self._alone, self._waiting):
                entry.written.cancel()
            self._alone.clear()
            self._waiting.clear()

    def _take(self) -> list[_Entry]:
        """Return who goes into this round: one at least, and in their order."""
        if self._alone:
            return [self._alone.popleft()]
        taken = [self._waiting.popleft()]
        drafts = taken[0].drafts
        while self._waiting and drafts + self._waiting[0].drafts <= DRAFTS_A_ROUND:
            taken.append(self._waiting.popleft())
            drafts += taken[-1].drafts
        return taken


async def _enter(round_: Round, entries: list[_Entry]) -> None:
    if cases := [Case(wanted=entry.case.wanted, decide=entry.decide) for entry in entries if entry.case]:
        await round_.settle(cases)
    if feeds := [entry.feed for entry in entries if entry.feed]:
        await round_.save_feeds(feeds)


class _Entry:
    """What one poll has to write: a case with its drafts, or only its feed."""

    def __init__(self, *, feed: Feed | None = None, case: Case | None = None, drafts: int = 0) -> None:
        self.feed, self.case, self.drafts = feed, case, drafts
        self.written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ruling: Ruling | None = None
        self._error: Exception | None = None

    def decide(self, known: Known) -> Ruling | None:
        """Return the ruling; where deciding fails, nothing is written of this case, and the others go on."""
        assert self.case is not None
        self._ruling = self._error = None
        try:
            self._ruling = self.case.decide(known)
        except Exception as error:  # noqa: BLE001 - raised to whoever waits for this case
            self._error = error
        return self._ruling

    def ruling(self) -> Ruling:
        """Return what was decided; raises what deciding raised."""
        if self._error is not None:
            raise self._error
        assert self._ruling is not None
        return self._ruling

    def end(self, error: Exception | None = None) -> None:
        """Tell whoever waits that it is written, or why it is not."""
        if self.written.done():
            # Whoever waited was cancelled; what was to be written of its feed is true all the same.
            return
        if error is None:
            self.written.set_result(None)
        else:
            self.written.set_exception(error)
