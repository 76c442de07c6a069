"""What polls come to is written down many at once, and one that fails is alone in it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.domain.errors import StoreUnavailable
from bot.domain.feeds import Feed, feed_id
from bot.domain.triage import Known, Lookups, Triage
from bot.usecases.books import DRAFTS_A_ROUND, PollBook
from bot.usecases.ports import Case, Ruling

NOW = datetime(2023, 9, 19, 12, tzinfo=UTC)


def a_feed(number: int) -> Feed:
    url = f"https://outlet.example/{number}"
    return Feed(id=feed_id(url), url=url, added_at=NOW, next_poll_at=NOW)


class SlowRounds:
    """Rounds that begin when they are let, and remember what was written in each."""

    def __init__(self) -> None:
        self.written: list[list[Feed]] = []
        self.may_begin = asyncio.Event()
        self.trouble: Exception | None = None
        self.wanted: list[list[str]] = []
        self.poison = ""

    @asynccontextmanager
    async def round(self):
        await self.may_begin.wait()
        if self.trouble:
            raise self.trouble
        yield self

    async def save_feeds(self, feeds) -> None:
        self.written.append(list(feeds))

    async def settle(self, cases) -> tuple[Ruling | None, ...]:
        self.wanted.append([case.wanted.feed_id for case in cases])
        if (poison := self.poison) and any(case.wanted.feed_id == poison for case in cases):
            raise KeyError(poison)
        rulings = tuple(case.decide(Known()) for case in cases)
        self.written.append([ruling.feed for ruling in rulings if ruling and ruling.feed])
        return rulings


def a_case(number: int, error: Exception | None = None) -> Case:
    feed = a_feed(number)

    def decide(known: Known) -> Ruling:
        assert known == Known()
        if error:
            raise error
        return Ruling(triage=Triage(new_items=number), at=NOW, feed=feed)

    return Case(wanted=Lookups(feed_id=feed.id), decide=decide)


async def test_those_who_come_while_a_round_is_waited_for_share_it() -> None:
    rounds, feeds = SlowRounds(), [a_feed(number) for number in range(5)]
    book = PollBook(rounds)
    saving = [asyncio.create_task(book.save(feed)) for feed in feeds]
    await asyncio.sleep(0)
    rounds.may_begin.set()
    await asyncio.gather(*saving)
    assert rounds.written == [feeds]


async def test_each_is_told_of_what_kept_its_round_from_being_written_and_the_next_is_tried_anew() -> None:
    rounds = SlowRounds()
    rounds.may_begin.set()
    rounds.trouble = StoreUnavailable("the disk is full")
    book = PollBook(rounds)
    told = await asyncio.gather(*(book.save(a_feed(number)) for number in range(3)), return_exceptions=True)
    assert [str(error) for error in told] == ["the disk is full"] * 3
    rounds.trouble = None
    await book.save(a_feed(4))
    assert rounds.written == [[a_feed(4)]]


async def test_one_who_is_cancelled_keeps_nobody_else_from_being_written() -> None:
    rounds = SlowRounds()
    book = PollBook(rounds)
    given_up, patient = (asyncio.create_task(book.save(a_feed(number))) for number in range(2))
    await asyncio.sleep(0)
    given_up.cancel()
    rounds.may_begin.set()
    await patient
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert a_feed(1) in rounds.written[0]


async def test_cases_and_feeds_without_news_share_a_round_and_each_gets_its_own_ruling() -> None:
    rounds = SlowRounds()
    book = PollBook(rounds)
    rulings = [asyncio.create_task(book.settle(a_case(number), drafts=number)) for number in (3, 5)]
    saving = asyncio.create_task(book.save(a_feed(9)))
    await asyncio.sleep(0)
    rounds.may_begin.set()
    assert [ruling.triage.new_items for ruling in await asyncio.gather(*rulings)] == [3, 5]
    await saving
    assert rounds.wanted == [[a_feed(3).id, a_feed(5).id]]
    assert rounds.written == [[a_feed(3), a_feed(5)], [a_feed(9)]]


async def test_a_round_takes_no_more_drafts_than_others_can_wait_for_but_one_batch_however_large() -> None:
    rounds = SlowRounds()
    book = PollBook(rounds)
    sizes = (DRAFTS_A_ROUND * 2, DRAFTS_A_ROUND - 1, 1, 1)
    settling = [
        asyncio.create_task(book.settle(a_case(number), drafts=drafts)) for number, drafts in enumerate(sizes, start=1)
    ]
    await asyncio.sleep(0)
    rounds.may_begin.set()
    await asyncio.gather(*settling)
    first, second, third, fourth = (a_feed(number).id for number in range(1, 5))
    assert rounds.wanted == [[first], [second, third], [fourth]]


async def test_a_case_that_cannot_be_decided_is_told_so_and_the_others_of_its_round_are_written() -> None:
    rounds = SlowRounds()
    book = PollBook(rounds)
    settling = [
        asyncio.create_task(book.settle(each, drafts=1)) for each in (a_case(1, ZeroDivisionError("odd")), a_case(2))
    ]
    await asyncio.sleep(0)
    rounds.may_begin.set()
    failed, settled = await asyncio.gather(*settling, return_exceptions=True)
    assert isinstance(failed, ZeroDivisionError)
    assert isinstance(settled, Ruling)
    assert rounds.written == [[a_feed(2)]]


async def test_a_round_that_breaks_off_by_the_fault_of_one_is_written_again_for_each_alone() -> None:
    rounds = SlowRounds()
    rounds.poison = a_feed(2).id
    book = PollBook(rounds)
    settling = [asyncio.create_task(book.settle(a_case(number), drafts=1)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    rounds.may_begin.set()
    one, two, three = await asyncio.gather(*settling, return_exceptions=True)
    assert isinstance(two, KeyError)
    assert [ruling.triage.new_items for ruling in (one, three) if isinstance(ruling, Ruling)] == [1, 3]
    assert rounds.written == [[a_feed(1)], [a_feed(3)]]


async def test_who_waits_for_a_round_that_is_cancelled_is_cancelled_with_it() -> None:
    rounds = SlowRounds()
    book = PollBook(rounds)
    settling = [asyncio.create_task(book.settle(a_case(number), drafts=1)) for number in (1, 2)]
    await asyncio.sleep(0)
    (writing,) = (task for task in asyncio.all_tasks() if task.get_name() == "write polls")
    writing.cancel()
    told = await asyncio.gather(*settling, return_exceptions=True)
    assert [type(each) for each in told] == [asyncio.CancelledError] * 2
