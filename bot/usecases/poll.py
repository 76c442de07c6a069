"""Poll: ask due feeds, judge what is new in one round each, write it down.

Fetching is concurrent; judging is one round at a time. A feed that hangs holds one place of many and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.analyst import Analyst, read_if_relevant
from bot.domain.entries import FeedDocument
from bot.domain.errors import CommuniqueError, FeedRefused, FeedUnavailable, Stop, StoreUnavailable
from bot.domain.feeds import Feed, FullText
from bot.domain.items import Item
from bot.domain.polling import Answer, PollingRules, after_answer, after_failure, after_refusal
from bot.domain.triage import Draft, Rules, Triage, drafts, fresh, lookups, triage
from bot.usecases.ports import Clock, FeedSource, Fetched, Rounds

log = structlog.get_logger(__name__)

# A feed's text this short is a teaser: the page is worth asking for.
TEASER_CHARACTERS = 600
# An owner that dies keeps its feeds this long from the others.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What polling one feed came to: counts of what was written, or the error in words."""

    feed: Feed
    new_items: int = 0
    relevant_items: int = 0
    reactions: int = 0
    alerts: int = 0
    unchanged: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every poll works with."""

    rounds: Rounds
    source: FeedSource
    analyst: Analyst
    clock: Clock
    rules: Rules
    polling: PollingRules
    owner: str
    # 0 to 1: spreads polls apart.
    chance: Callable[[], float]
    concurrency: int = 32
    # Told of every outcome: for metrics.
    tell: Callable[[Outcome], None] = lambda _: None
    # Told of what this process cannot go on with.
    give_up: Callable[[Stop], None] = lambda _: None


class Poller:
    """Keeps up to `concurrency` feeds in flight. `start_due` never waits for a feed; `settle` waits for all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: set[asyncio.Task[Outcome]] = set()
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
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
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
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

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
        free = desk.concurrency - len(self._running)
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
            outcome = await poll_feed(self._desk, feed)
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


async def poll_feed(desk: Desk, feed: Feed) -> Outcome:
    """Ask one feed and write down what is new; expected failures of the feed are part of the outcome."""
    try:
        fetched = await desk.source.fetch(feed)
    except FeedUnavailable as error:
        failed = after_failure(
            feed, str(error), now=desk.clock(), rules=desk.polling, retry_after=error.retry_after, jitter=desk.chance()
        )
        return await _save_failure(desk, failed)
    except FeedRefused as error:
        refused = after_refusal(
            feed, str(error), now=desk.clock(), rules=desk.polling, gone=error.gone, jitter=desk.chance()
        )
        return await _save_failure(desk, refused)
    if fetched.document is None:
        async with desk.rounds.round() as round_:
            await round_.save_feed(_answered(desk, feed, fetched, ()))
        return Outcome(feed=feed, unchanged=True)
    return await _judge(desk, feed, fetched, fetched.document)


async def _save_failure(desk: Desk, feed: Feed) -> Outcome:
    log.warning("feed failed", feed=feed.url, failures=feed.failures, error=feed.last_error)
    async with desk.rounds.round() as round_:
        await round_.save_feed(feed)
    return Outcome(feed=feed, error=feed.last_error)


async def _judge(desk: Desk, feed: Feed, fetched: Fetched, document: FeedDocument) -> Outcome:
    named = replace(feed, title=feed.title or document.title, language=feed.language or document.language)
    batch = drafts(document.entries, named, desk.clock())
    batch = await read_new(desk, named, batch)
    async with desk.rounds.round() as round_:
        # Read inside the round: what another process wrote meanwhile is known here.
        known = await round_.recall(lookups(batch, named, desk.rules))
        now = desk.clock()
        decided = await asyncio.to_thread(triage, batch, named, known, desk.rules, now)
        await round_.record(decided, now)
        await round_.save_feed(_answered(desk, feed, fetched, tuple(draft.item for draft in batch), decided))
    for alert in decided.alerts:
        if alert.created_at >= now:
            log.info("owed", alert=alert.id, channel=alert.channel_id, item=alert.item_id, status=alert.status.value)
    return outcome_of(named, decided)


async def read_new(desk: Desk, feed: Feed, batch: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the batch with a reading for each draft that is new or changed; the others are as they were."""
    guids = frozenset(draft.item.guid for draft in batch if draft.item.guid)
    urls = frozenset(draft.item.canonical_url for draft in batch if draft.item.canonical_url)
    known = await desk.rounds.known_items(feed_id=feed.id, guids=guids, urls=urls)
    unread = {draft.item.id for draft in fresh(batch, known)}
    if not unread:
        return batch
    told = [await _with_page(desk, feed, draft) if draft.item.id in unread else draft for draft in batch]
    return await asyncio.to_thread(_read, desk.analyst, told, unread)


def _read(analyst: Analyst, batch: Sequence[Draft], unread: set[str]) -> tuple[Draft, ...]:
    return tuple(
        replace(draft, reading=read_if_relevant(analyst, draft.item.article)) if draft.item.id in unread else draft
        for draft in batch
    )


async def _with_page(desk: Desk, feed: Feed, draft: Draft) -> Draft:
    """Return the draft with its page's text where the feed gave a teaser of something relevant."""
    item = draft.item
    if feed.full_text is FullText.OFF or not item.link or len(item.content) >= TEASER_CHARACTERS:
        return draft
    if feed.full_text is FullText.AUTO and len(item.summary) >= TEASER_CHARACTERS:
        return draft
    if not desk.analyst.relevance(item.article).relevant:
        return draft
    if desk.clock() - item.published > desk.rules.max_age:
        # It will not be alerted: a back catalogue is not worth a visit to every page of it.
        return draft
    try:
        page = await desk.source.page(item.link)
    except CommuniqueError as error:
        log.info("page not read", item=item.id, link=item.link, error=str(error))
        return draft
    if page is None or len(page.text) <= len(item.text_of_feed):
        return draft
    undated = item.published == item.first_seen_at
    return replace(
        draft,
        item=replace(
            item,
            content=page.text,
            author=item.author or page.author,
            published=min(page.published, item.first_seen_at) if undated and page.published else item.published,
        ),
    )


def _answered(desk: Desk, feed: Feed, fetched: Fetched, items: tuple[Item, ...], decided: Triage | None = None) -> Feed:
    document = fetched.document or FeedDocument()
    answer = Answer(
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=fetched.body_hash,
        moved_to=fetched.moved_to,
        fresh_for=fetched.fresh_for,
        wish=timedelta(minutes=document.ttl_minutes) if document.ttl_minutes else None,
        latency=fetched.latency,
        new_items=decided.new_items if decided else 0,
        published=tuple(item.published for item in items),
        title=document.title,
        homepage=document.homepage,
        language=document.language,
    )
    return after_answer(feed, answer, now=desk.clock(), rules=desk.polling, jitter=desk.chance())


def outcome_of(feed: Feed, decided: Triage) -> Outcome:
    """Return what a round came to, in numbers."""
    return Outcome(
        feed=feed,
        new_items=decided.new_items,
        relevant_items=sum(item.relevant for item in decided.items),
        reactions=len(decided.reactions),
        alerts=len(decided.alerts),
    )
