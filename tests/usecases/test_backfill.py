"""The past through the pipeline: in order, as if polled then, and never posted afterwards."""

from __future__ import annotations

from datetime import timedelta

from newsroom import NOON, ScriptedAnalyst, entry

from bot.domain.alerts import AlertStatus
from bot.domain.feeds import FeedStatus
from bot.domain.triage import Rules
from bot.usecases.backfill import BATCH, Backfiller, Replayed
from bot.usecases.past import PastEntry

LONG_AGO = NOON - timedelta(days=900)


def backfiller(newsroom, *, alert_console: bool = False) -> Backfiller:
    return Backfiller(
        rounds=newsroom.store,
        feeds=newsroom.store,
        analyst=ScriptedAnalyst(),
        clock=newsroom.clock,
        rules=Rules(),
        alert_console=alert_console,
    )


def past(*titles: str, feed: str = "https://past.example/rss") -> list[PastEntry]:
    return [
        PastEntry(feed_url=feed, entry=entry(title, hours_ago=-number, now=LONG_AGO))
        for number, title in enumerate(titles)
    ]


async def replayed(newsroom, entries: list[PastEntry], **how: bool) -> Replayed:
    return [total async for total in backfiller(newsroom, **how).replay(entries)][-1]


async def test_items_are_judged_by_the_time_of_their_publication(newsroom) -> None:
    """Nine hundred days old today, they were new then: there is an alert, kept and never posted."""
    await newsroom.subscribe()
    total = await replayed(newsroom, past("Karabakh 1: FRA condemn AZE", "Football"))
    assert (total.items, total.relevant_items, total.alerts) == (2, 1, 1)
    (alert,) = [alert async for alert in newsroom.store.export_alerts()]
    assert alert.status is AlertStatus.SUPPRESSED
    assert (await newsroom.deliver()).posted == 0


async def test_what_is_replayed_again_is_known(newsroom) -> None:
    await newsroom.subscribe()
    entries = past("Karabakh 1: FRA condemn AZE", "Karabakh 2: IRN condemn AZE")
    await replayed(newsroom, entries)
    again = await replayed(newsroom, entries)
    assert (again.items, again.reactions, again.alerts) == (0, 0, 0)


async def test_the_order_of_the_documents_does_not_matter(newsroom, newsroom_over) -> None:
    from store import FakeStore

    entries = past("Karabakh 1: FRA condemn AZE", "Karabakh 2: IRN condemn AZE", "Karabakh 3: FRA condemn AZE")
    other = newsroom_over(FakeStore())
    await replayed(newsroom, entries)
    await replayed(other, entries[::-1])
    assert [row async for row in newsroom.store.export_items()] == [row async for row in other.store.export_items()]


async def test_replayed_feeds_are_polled_by_nobody(newsroom) -> None:
    await replayed(newsroom, past("Football"))
    assert [feed.status for feed in await newsroom.store.feeds()] == [FeedStatus.PAUSED]


async def test_more_than_a_batch_is_written_batch_by_batch(newsroom) -> None:
    seen = [
        total.items
        async for total in backfiller(newsroom).replay(past(*(f"Football {number}" for number in range(BATCH + 5))))
    ]
    assert seen == [BATCH, BATCH + 5]
