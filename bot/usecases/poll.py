"""Poll: ask due feeds, judge what is new in one round each, write it down.

Fetching is concurrent; judging is one round at a time. A feed that hangs holds one place of many and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import FeedRefused, FeedUnavailable, Stop, StoreUnavailable
from bot.domain.feeds import Feed
from bot.domain.polling import after_failure, after_refusal
from bot.usecases.books import PollBook
from bot.usecases.desk import Desk, Outcome
from bot.usecases.judge import answered, judge

__all__ = ["Desk", "Outcome", "Poller"]

log = structlog.get_logger(__name__)

# An owner that dies keeps its feeds this long from the others.
LEASE = timedelta(minutes=5)
# Documents that are read and judged at the same time. One is written while the next ones are read, so that there is always
# one to write, also while the workers parse a dozen others; more would only wait for their turn, and take memory meanwhile.
JUDGED_AT_ONCE = 8
# Feeds are claimed many at a time, for a claim takes as long as some polls do: until this share of the places is free, a
# claim waits a moment (in seconds) for more.
FREE_SHARE = 4
A_MOMENT = 0.25


class Poller:
    """Keeps up to `concurrency` feeds in flight. `start_due` never waits for a feed; `settle` waits for all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._book = PollBook(desk.rounds)
        self._turns = asyncio.Semaphore(JUDGED_AT_ONCE)
        self._running: set[asyncio.Task[Outcome]] = set()
        self._ended = asyncio.Event()
        # Feeds whose rounds the store did not take.
        self._unwritten: list[str] = []
        self._refill: asyncio.Task[None] | None = None
        self._is_settling = False

    async def start_due(self) -> int:
        """Claim as many due feeds as there are free places and start polling them; return how many.

        Where more are due than there are places, each place is filled again as soon as it is free.
        """
        await self._let_go_of_unwritten()
        started = len(await self._start(now=self._desk.clock()))
        if len(self._running) >= self._desk.concurrency and (self._refill is None or self._refill.done()):
            self._refill = asyncio.create_task(self._keep_filled(), name="poll on")
        return started

    async def _keep_filled(self) -> None:
        started = True
        while started and not self._is_settling:
            await self._wait_for_places()
            started = bool(await self._start(now=self._desk.clock()))

    async def poll_due(self) -> tuple[Outcome, ...]:
        """Poll every feed that is due now, each once, and return what came of it."""
        # One moment for the whole pass: a feed that is due again before the pass ends waits for the next.
        now = self._desk.clock()
        tasks: list[asyncio.Task[Outcome]] = []
        while True:
            started = await self._start(now=now)
            tasks += started
            if not started and not self._running:
                # Not before the pass is over: a store that takes nothing would have the same feeds polled for ever.
                await self._let_go_of_unwritten()
                return tuple([await task for task in tasks])
            await self._wait_for_places()

    async def poll_now(self, feed_id: str) -> Outcome | None:
        """Poll one active feed, due or not; None when another owner is polling it or it is not active."""
        started = await self._start(now=self._desk.clock(), only=frozenset({feed_id}), force=True)
        return await started[0] if started else None

    async def settle(self, *, within: timedelta | None = None) -> None:
        """Start nothing more and wait for what is in flight; after `within`, cancel it (the leases are let go)."""
        self._is_settling = True
        if self._refill:
            self._refill.cancel()
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=within.total_seconds() if within else None)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _start(
        self, *, now: datetime, only: frozenset[str] = frozenset(), force: bool = False
    ) -> list[asyncio.Task[Outcome]]:
        desk = self._desk
        free = self._free()
        if free <= 0 or self._is_settling:
            return []
        feeds = await desk.rounds.claim_feeds(
            now=now, lease=LEASE, owner=desk.owner, limit=free, only=only, force=force
        )
        if self._has_ended():
            # The end came while the feeds were claimed: whoever is next gets them at once.
            await desk.rounds.release_feeds([feed.id for feed in feeds], owner=desk.owner)
            return []
        tasks = [asyncio.create_task(self._poll(feed), name=f"poll {feed.url}") for feed in feeds]
        self._running.update(tasks)
        for task in tasks:
            task.add_done_callback(self._finished)
        return tasks

    async def _wait_for_places(self) -> None:
        """Wait until a poll has ended, and a moment longer for others: the places are filled together."""
        if not self._running:
            return
        self._ended.clear()
        await self._ended.wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(A_MOMENT):
                while self._running and self._free() * FREE_SHARE < self._desk.concurrency:
                    self._ended.clear()
                    await self._ended.wait()

    def _free(self) -> int:
        return self._desk.concurrency - len(self._running)

    async def _let_go_of_unwritten(self) -> None:
        if self._unwritten:
            # While the store is still away they are kept for the next try.
            with contextlib.suppress(StoreUnavailable):
                await self._desk.rounds.release_feeds(self._unwritten, owner=self._desk.owner)
                self._unwritten.clear()

    def _has_ended(self) -> bool:
        return self._is_settling

    def _finished(self, task: asyncio.Task[Outcome]) -> None:
        self._running.discard(task)
        self._ended.set()
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, Stop):
            self._desk.give_up(error)
        else:
            log.error("poll broke off", task=task.get_name(), exc_info=error)

    async def _poll(self, feed: Feed) -> Outcome:
        outcome = await self._outcome(feed)
        self._desk.tell(outcome)
        return outcome

    async def _outcome(self, feed: Feed) -> Outcome:
        try:
            outcome = await self._ask(feed)
        except StoreUnavailable as error:
            # Nothing was written, so nothing is lost: the feed comes again as soon as its lease can be let go.
            log.warning("round not written", feed=feed.url, error=str(error))
            self._unwritten.append(feed.id)
            return Outcome(feed=feed, error=str(error))
        except asyncio.CancelledError:
            await asyncio.shield(self._desk.rounds.release_feeds([feed.id], owner=self._desk.owner))
            raise
        if outcome.new_items or outcome.alerts:
            log.info(
                "feed polled",
                feed=feed.url,
                new=outcome.new_items,
                relevant=outcome.relevant_items,
                alerts=outcome.alerts,
            )
        return outcome

    async def _ask(self, feed: Feed) -> Outcome:
        """Ask one feed and write down what is new; expected failures of the feed are part of the outcome."""
        desk = self._desk
        try:
            fetched = await desk.source.look(feed)
        except FeedUnavailable as error:
            failed = after_failure(
                feed,
                str(error),
                now=desk.clock(),
                rules=desk.polling,
                retry_after=error.retry_after,
                jitter=desk.chance(),
            )
            return await self._fail(failed)
        except FeedRefused as error:
            refused = after_refusal(
                feed, str(error), now=desk.clock(), rules=desk.polling, gone=error.gone, jitter=desk.chance()
            )
            return await self._fail(refused)
        if fetched.document is None:
            await self._book.save(answered(desk, feed, fetched))
            return Outcome(feed=feed, unchanged=True)
        return await judge(desk, feed, fetched, fetched.document, turns=self._turns, book=self._book)

    async def _fail(self, feed: Feed) -> Outcome:
        log.warning("feed failed", feed=feed.url, failures=feed.failures, error=feed.last_error)
        await self._book.save(feed)
        return Outcome(feed=feed, error=feed.last_error)
