"""Polling: what is new is judged once, what fails is an outcome, what hangs holds up nobody."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from newsroom import NOON, entry

from bot.domain.errors import FeedRefused, FeedUnavailable, StoreUnavailable
from bot.domain.feeds import FeedStatus, FullText
from bot.usecases import judge, poll
from bot.usecases.judge import PAGES_A_POLL
from bot.usecases.poll import Poller
from bot.usecases.ports import Page

FEED = "https://outlet.example/rss"
OTHER = "https://other.example/rss"


async def test_a_second_poll_of_the_same_feed_owes_nothing(newsroom) -> None:
    await newsroom.subscribe()
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"), entry("Football"))
    first = (await newsroom.poll())[0]
    second = (await newsroom.poll())[0]
    assert (first.new_items, first.relevant_items, first.alerts) == (2, 1, 1)
    assert (second.new_items, second.relevant_items, second.alerts) == (0, 0, 0)


async def test_an_old_item_is_stored_and_coded_but_never_alerted(newsroom) -> None:
    await newsroom.subscribe()
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE", hours_ago=25))
    (outcome,) = await newsroom.poll()
    assert (outcome.new_items, outcome.reactions, outcome.alerts) == (1, 1, 0)


async def test_a_feed_that_fails_is_an_outcome_and_the_others_are_polled(newsroom) -> None:
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"))
    await newsroom.publish(OTHER)
    newsroom.feeds.answers[OTHER] = FeedUnavailable("other.example timed out", retry_after=timedelta(hours=2))
    outcomes = {outcome.feed.url: outcome for outcome in await newsroom.poll()}
    assert outcomes[FEED].new_items == 1
    assert outcomes[OTHER].error == "other.example timed out"
    stored = {feed.url: feed for feed in await newsroom.store.feeds()}
    assert (stored[OTHER].failures, stored[OTHER].failing_since) == (1, NOON)
    assert stored[OTHER].next_poll_at >= NOON + timedelta(hours=2)


async def test_a_feed_that_is_gone_is_retired(newsroom) -> None:
    await newsroom.publish(FEED)
    newsroom.feeds.answers[FEED] = FeedRefused("410 Gone", gone=True)
    await newsroom.poll()
    (feed,) = await newsroom.store.feeds()
    assert feed.status is FeedStatus.RETIRED
    assert await newsroom.poll() == ()


async def test_due_feeds_are_polled_once_a_pass_and_then_rest(newsroom) -> None:
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"))
    await newsroom.publish(OTHER)
    poller = Poller(newsroom.desk)
    assert len(await poller.poll_due()) == 2
    assert await poller.poll_due() == ()
    newsroom.clock.pass_(hours=7)
    assert len(await poller.poll_due()) == 2


async def test_a_feed_that_hangs_does_not_delay_the_others(newsroom) -> None:
    """Ticks go on while a fetch is under way; a stopped poller lets go of what hangs."""
    await newsroom.publish(FEED)
    await newsroom.publish(OTHER)
    answered, original = asyncio.Event(), newsroom.feeds.fetch

    async def fetch(feed):
        if feed.url == FEED:
            await asyncio.Event().wait()
        answered.set()
        return await original(feed)

    newsroom.feeds.fetch = fetch
    poller = Poller(newsroom.desk)
    assert await poller.start_due() == 2
    await asyncio.wait_for(answered.wait(), 5)
    await poller.settle(within=timedelta(seconds=0.05))
    newsroom.clock.pass_(hours=7)
    newsroom.feeds.fetch = original
    assert {outcome.feed.url for outcome in await Poller(newsroom.desk).poll_due()} == {FEED, OTHER}


async def test_a_round_that_cannot_be_written_is_an_outcome_and_is_made_up_for(newsroom) -> None:
    await newsroom.subscribe()
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"))
    poller = Poller(replace(newsroom.desk, rounds=_FullDisk(newsroom.store)))
    (outcome,) = await poller.poll_due()
    assert "disk is full" in str(outcome.error)
    newsroom.clock.pass_(minutes=6)
    (again,) = await Poller(newsroom.desk).poll_due()
    assert again.alerts == 1


class _FullDisk:
    def __init__(self, store) -> None:
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)

    def round(self):
        raise StoreUnavailable("the disk is full")


@pytest.mark.parametrize(("setting", "visited"), [(FullText.AUTO, 1), (FullText.ON, 1), (FullText.OFF, 0)])
async def test_the_page_behind_a_teaser_is_coded(newsroom, setting: FullText, visited: int) -> None:
    link = "https://outlet.example/long"
    await newsroom.publish(
        FEED, entry("Karabakh: a teaser", link=link), entry("Football", link="https://outlet.example/f")
    )
    (feed,) = await newsroom.store.feeds()
    await newsroom.store.save_feed(replace(feed, full_text=setting))
    newsroom.feeds.pages[link] = Page(url=link, text="Karabakh again. FRA condemn AZE: “no pretext can justify it”")
    (outcome,) = await newsroom.poll()
    assert len(newsroom.feeds.visited) == visited
    assert outcome.reactions == visited


async def test_of_a_back_catalogue_the_pages_of_the_newest_are_visited(newsroom) -> None:
    """An item's age says nothing of whether its page holds more; that there are hundreds of them does."""
    entries = [entry(f"Karabakh {n}: a teaser", hours_ago=30 + n) for n in range(PAGES_A_POLL + 5)]
    await newsroom.publish(FEED, *entries)
    await newsroom.poll()
    assert sorted(newsroom.feeds.visited) == sorted(str(each.link) for each in entries[:PAGES_A_POLL])


async def test_a_page_that_does_not_come_is_not_waited_for_for_ever(newsroom, monkeypatch) -> None:
    """The item is coded as the feed has it, and so is the one whose page came."""
    link = "https://outlet.example/quick"
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"), entry("Karabakh: a teaser", link=link))
    newsroom.feeds.pages[link] = Page(url=link, text="Karabakh again. RUS deny AZE, and much more of it")
    given = newsroom.feeds.page

    async def page(url: str) -> Page | None:
        return await given(url) if url == link else await asyncio.Event().wait()

    monkeypatch.setattr(newsroom.feeds, "page", page)
    monkeypatch.setattr(judge, "PAGES_PATIENCE", timedelta(seconds=0.2))
    (outcome,) = await newsroom.poll()
    assert outcome.reactions == 2


async def test_a_known_item_is_not_visited_again(newsroom) -> None:
    link = "https://outlet.example/long"
    await newsroom.publish(FEED, entry("Karabakh: a teaser", link=link))
    newsroom.feeds.pages[link] = Page(url=link, text="Karabakh again. FRA condemn AZE, the whole of it")
    await newsroom.poll()
    await newsroom.poll()
    assert newsroom.feeds.visited == [link]


async def test_places_are_filled_together(newsroom, monkeypatch) -> None:
    """A claim takes as long as some polls do: it waits until there are places for several."""
    monkeypatch.setattr(poll, "A_MOMENT", 60.0)
    for number in range(24):
        await newsroom.publish(f"https://{number}.example/rss", entry("Karabakh: FRA condemn AZE"))
    answers, asked = newsroom.feeds.fetch, []

    async def one_after_the_other(feed):
        asked.append(feed.url)
        await asyncio.sleep(0.02 * len(asked))
        return await answers(feed)

    newsroom.feeds.look = one_after_the_other
    claims = _Claims(newsroom.store)
    async with asyncio.timeout(30):
        outcomes = await Poller(replace(newsroom.desk, rounds=claims, concurrency=8)).poll_due()
    assert len(outcomes) == 24
    assert all(limit >= 2 for limit in claims.limits)


async def test_no_place_is_left_empty_for_longer_than_a_moment(newsroom) -> None:
    """Seven of eight places are taken by feeds that do not answer; a ninth is asked all the same."""
    for number in range(9):
        await newsroom.publish(f"https://{number}.example/rss", entry("Karabakh: FRA condemn AZE"))
    answers, asked, ninth = newsroom.feeds.fetch, [], asyncio.Event()

    async def answers_or_hangs(feed):
        asked.append(feed.url)
        if len(asked) == 9:
            ninth.set()
        elif len(asked) > 1:
            await ninth.wait()
        return await answers(feed)

    newsroom.feeds.look = answers_or_hangs
    async with asyncio.timeout(30):
        outcomes = await Poller(replace(newsroom.desk, concurrency=8)).poll_due()
    assert len(outcomes) == 9


async def test_entries_that_stay_as_they_are_are_neither_recalled_nor_read_again(newsroom) -> None:
    old, new = entry("Karabakh: FRA condemn AZE"), entry("Karabakh: RUS deny AZE")
    await newsroom.publish(FEED, old)
    await newsroom.poll()
    asked = _Asked(newsroom.store)
    await newsroom.publish(FEED, new, old)
    (feed,) = await newsroom.store.feeds()
    outcome = await Poller(replace(newsroom.desk, rounds=asked)).poll_now(feed.id)
    assert outcome is not None
    assert outcome.new_items == 1
    assert [sorted(wanted.guids) for wanted in asked.wanted] == [[new.guid]]


async def test_a_document_in_which_no_entry_changed_takes_no_round_of_its_own(newsroom) -> None:
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE"))
    await newsroom.poll()
    newsroom.clock.pass_(hours=1)
    asked = _Asked(newsroom.store)
    (feed,) = await newsroom.store.feeds()
    await Poller(replace(newsroom.desk, rounds=asked)).poll_now(feed.id)
    assert asked.wanted == []
    (feed,) = await newsroom.store.feeds()
    assert feed.last_success_at == newsroom.clock()


async def test_an_entry_under_the_guid_that_a_listed_item_once_had_is_an_item_of_its_own(newsroom) -> None:
    """So the listed one, though it is as it was, has to be seen beside it."""
    page = "https://outlet.example/1"
    await newsroom.publish(FEED, entry("Karabakh: FRA condemn AZE", guid="old", link=page))
    await newsroom.poll()
    renamed = entry("Karabakh: FRA condemn AZE", guid="new", link=page, summary="They met in Goris.")
    await newsroom.publish(FEED, renamed)
    await newsroom.poll()
    await newsroom.publish(FEED, renamed, entry("Karabakh: FRA condemn AZE", guid="old"))
    (outcome,) = await newsroom.poll()
    assert outcome.new_items == 1


async def test_a_known_teaser_is_not_visited_again_when_its_document_is_looked_at_as_a_whole(newsroom) -> None:
    link = "https://outlet.example/long"
    await newsroom.publish(FEED, entry("Karabakh: a teaser", link=link))
    newsroom.feeds.pages[link] = Page(url=link, text="Karabakh again. FRA condemn AZE: “no pretext can justify it”")
    await newsroom.poll()
    newsroom.clock.pass_(hours=30)
    (again,) = await newsroom.poll()
    assert newsroom.feeds.visited == [link]
    assert (again.new_items, again.reactions) == (0, 0)


class _Claims:
    """A store that remembers for how many places feeds were claimed."""

    def __init__(self, store) -> None:
        self._store, self.limits = store, []

    def __getattr__(self, name):
        return getattr(self._store, name)

    async def claim_feeds(self, *, limit, **wanted):
        self.limits.append(limit)
        return await self._store.claim_feeds(limit=limit, **wanted)


class _Asked:
    """A store that remembers what was recalled."""

    def __init__(self, store) -> None:
        self._store, self.wanted = store, []

    def __getattr__(self, name):
        return getattr(self._store, name)

    @asynccontextmanager
    async def round(self):
        async with self._store.round() as round_:
            yield _AskedRound(round_, self.wanted)


class _AskedRound:
    def __init__(self, round_, wanted) -> None:
        self._round, self._wanted = round_, wanted

    def __getattr__(self, name):
        return getattr(self._round, name)

    async def settle(self, cases):
        self._wanted += [case.wanted for case in cases]
        return await self._round.settle(cases)
