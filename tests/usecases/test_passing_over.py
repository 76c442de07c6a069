"""Entries that are passed over are not missed: a feed comes to the same as if all of it were looked at each time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import NOON

from bot.domain.entries import Entry
from bot.usecases.poll import Poller

FEED = "https://outlet.example/rss"

entries = st.builds(
    Entry,
    guid=st.sampled_from(["a", "b", "c", None]),
    link=st.sampled_from([f"https://outlet.example/{page}" for page in ("1", "2?utm_source=rss", "3")] + [None]),
    title=st.sampled_from(
        ["Karabakh: FRA condemn AZE", "Karabakh: FRA condemn AZE again", "Karabakh: RUS deny AZE", "Football"]
    ),
    summary=st.sampled_from(["", "They met in Goris and said nothing of it afterwards."]),
    published=st.just(NOON),
)
documents = st.lists(st.lists(entries, max_size=4), min_size=2, max_size=5)


async def after(newsroom: Any, told: list[list[Entry]], *, forgetful: bool) -> list[object]:
    """Return what is stored after these documents; a forgetful feed is looked at as a whole each time."""
    await newsroom.subscribe()
    for document in told:
        await newsroom.publish(FEED, *document)
        (feed,) = await newsroom.store.feeds()
        if forgetful:
            await newsroom.store.save_feed(replace(feed, entry_marks=()))
        await Poller(newsroom.desk).poll_now(feed.id)
        newsroom.clock.pass_(minutes=7)
    rows = newsroom.store.rows
    items = [replace(item, last_seen_at=NOON) for item in rows.items.values()]
    return [*sorted(items, key=lambda item: item.id), *sorted(rows.reports), *sorted(rows.alerts)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=documents)
def test_what_is_passed_over_changes_nothing(newsroom_over: Any, fake_store: Any, told: list[list[Entry]]) -> None:
    looking = asyncio.run(after(newsroom_over(type(fake_store)()), told, forgetful=True))
    passing = asyncio.run(after(newsroom_over(type(fake_store)()), told, forgetful=False))
    assert passing == looking
