"""Judge: a feed's new document is read, its teasers with their pages, and what is new in it is written in one round."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.changes import lasting, look, named
from bot.domain.decisions import Look
from bot.domain.drafting import read
from bot.domain.entries import FeedDocument
from bot.domain.errors import CommuniqueError
from bot.domain.feeds import Feed, FullText
from bot.domain.items import Item
from bot.domain.polling import Answer, after_answer
from bot.domain.triage import Draft, Known, Triage, fresh, lookups, triage
from bot.usecases.books import PollBook
from bot.usecases.desk import Desk, Outcome
from bot.usecases.ports import Case, Coder, Fetched, Page, Ruling

log = structlog.get_logger(__name__)

# A feed's text this short is a teaser: the page is worth asking for.
TEASER_CHARACTERS = 600
# Of the teasers that one poll brings, the newest: a back catalogue is not worth a visit to every page of it.
PAGES_A_POLL = 20
# For all pages of a poll together, well within the feed's lease; what has not come by then is coded as the feed has it.
PAGES_PATIENCE = timedelta(minutes=2)


async def judge(
    desk: Desk,
    feed: Feed,
    fetched: Fetched,
    document: FeedDocument,
    *,
    turns: AbstractAsyncContextManager[object],
    book: PollBook,
) -> Outcome:
    """Read what is new in a document and write what it comes to.

    Reading and writing take a turn; pages are waited for without one. Where no entry has changed, the feed is only entered
    in the book.
    """
    told = named(feed, document)
    async with turns:
        seen = fetched.seen or look(document, feed, desk.clock())
        batch = await _read(desk.coder, seen.drafts, only={each.item.id for each in seen.drafts if not each.reading})
    if not batch:
        await book.save(answered(desk, told, fetched, seen, entry_marks=seen.marks))
        return Outcome(feed=told)
    pages = await _pages(desk, await _new_teasers(desk, told, batch))
    async with turns:
        if pages:
            batch = await _read(desk.coder, [_with_page(draft, pages) for draft in batch], only=pages)
        return await _write(desk, told, fetched, seen, batch, book)


async def _write(
    desk: Desk, feed: Feed, fetched: Fetched, seen: Look, batch: tuple[Draft, ...], book: PollBook
) -> Outcome:
    def decide(known: Known) -> Ruling:
        # The time inside the round: what another process wrote before is not later.
        now = desk.clock()
        decided = triage(batch, feed, known, desk.rules, now)
        kept = lasting(seen, decided.renamed)
        polled = answered(desk, feed, fetched, seen, entry_marks=kept, new_items=decided.new_items)
        return Ruling(triage=decided, at=now, feed=polled)

    ruling = await book.settle(Case(wanted=lookups(batch, feed, desk.rules), decide=decide), drafts=len(batch))
    for alert in ruling.triage.alerts:
        if alert.created_at >= ruling.at:
            log.info("owed", alert=alert.id, channel=alert.channel_id, item=alert.item_id, status=alert.status.value)
    return outcome_of(feed, ruling.triage)


async def _read(coder: Coder, batch: Sequence[Draft], *, only: Collection[str]) -> tuple[Draft, ...]:
    """Return the batch with a reading for each draft that has one of these ids.

    What is known as it is comes seldom (see `changes.py`): to ask the store for it beforehand costs more than to read it.
    """
    if not only:
        return tuple(batch)
    chosen = [draft for draft in batch if draft.item.id in only]
    readings = await coder.read([draft.item.article for draft in chosen])
    made = {draft.item.id: reading for draft, reading in zip(chosen, readings, strict=True)}
    return tuple(read(draft, made[draft.item.id]) if draft.item.id in made else draft for draft in batch)


async def _new_teasers(desk: Desk, feed: Feed, batch: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the drafts whose pages are to be read: those of teasers that are new or changed."""
    teasers = [draft for draft in batch if is_teaser(draft, feed)]
    if not teasers or feed.last_success_at is None:
        # Nothing came from it yet; what a replay brought is recognised when it is judged.
        return tuple(teasers)
    guids = frozenset(draft.item.guid for draft in teasers if draft.item.guid)
    urls = frozenset(draft.item.canonical_url for draft in teasers if draft.item.canonical_url)
    return fresh(teasers, await desk.rounds.known_items(feed_id=feed.id, guids=guids, urls=urls))


def is_teaser(draft: Draft, feed: Feed) -> bool:
    """Return whether the page behind a relevant item is to be read for what the feed leaves out."""
    item, reading = draft.item, draft.reading
    if feed.full_text is FullText.OFF or reading is None or not reading.relevance.relevant or not item.link:
        return False
    said = len(item.content) if feed.full_text is FullText.ON else max(len(item.content), len(item.summary))
    return said < TEASER_CHARACTERS


async def _pages(desk: Desk, teasers: Iterable[Draft]) -> Mapping[str, Page]:
    """Return the pages of the newest teasers that could be read in time, by the items' ids."""
    newest = sorted(teasers, key=lambda draft: (draft.item.published, draft.item.id), reverse=True)[:PAGES_A_POLL]
    if not newest:
        return {}
    visits = {draft.item.id: asyncio.create_task(_page(desk, draft.item)) for draft in newest}
    try:
        await asyncio.wait(visits.values(), timeout=PAGES_PATIENCE.total_seconds())
    finally:
        for visit in visits.values():
            visit.cancel()
        await asyncio.gather(*visits.values(), return_exceptions=True)
    come = {name: visit.result() for name, visit in visits.items() if not visit.cancelled()}
    return {name: page for name, page in come.items() if page is not None}


async def _page(desk: Desk, item: Item) -> Page | None:
    """Return the page behind an item, or None where it cannot be read."""
    try:
        return await desk.source.page(item.link or "")
    except CommuniqueError as error:
        log.info("page not read", item=item.id, link=item.link, error=str(error))
        return None


def _with_page(draft: Draft, pages: Mapping[str, Page]) -> Draft:
    """Return the draft with its page's text where that is more than the feed gave."""
    item, page = draft.item, pages.get(draft.item.id)
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


def answered(
    desk: Desk,
    feed: Feed,
    fetched: Fetched,
    seen: Look | None = None,
    *,
    entry_marks: tuple[int, ...] | None = None,
    new_items: int = 0,
) -> Feed:
    """Return the feed after it answered."""
    document = fetched.document or FeedDocument()
    answer = Answer(
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=fetched.body_hash,
        entry_marks=entry_marks,
        moved_to=fetched.moved_to,
        fresh_for=fetched.fresh_for,
        wish=timedelta(minutes=document.ttl_minutes) if document.ttl_minutes else None,
        latency=fetched.latency,
        new_items=new_items,
        published=seen.published if seen else (),
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
