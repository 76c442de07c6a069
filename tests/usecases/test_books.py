"""Feeds are written down many at once, and nobody waits for more than one round."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.domain.errors import StoreUnavailable
from bot.domain.feeds import Feed, feed_id
from bot.usecases.books import FeedBook

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

    @asynccontextmanager
    async def round(self):
        await self.may_begin.wait()
        if self.trouble:
            raise self.trouble
        yield self

    async def save_feeds(self, feeds) -> None:
        self.written.append(list(feeds))


async def test_those_who_come_while_a_round_is_waited_for_share_it() -> None:
    rounds, feeds = SlowRounds(), [a_feed(number) for number in range(5)]
    book = FeedBook(rounds)
    saving = [asyncio.create_task(book.save(feed)) for feed in feeds]
    await asyncio.sleep(0)
    rounds.may_begin.set()
    await asyncio.gather(*saving)
    assert rounds.written == [feeds]


async def test_each_is_told_of_what_kept_its_round_from_being_written_and_the_next_is_tried_anew() -> None:
    rounds = SlowRounds()
    rounds.may_begin.set()
    rounds.trouble = StoreUnavailable("the disk is full")
    book = FeedBook(rounds)
    told = await asyncio.gather(*(book.save(a_feed(number)) for number in range(3)), return_exceptions=True)
    assert [str(error) for error in told] == ["the disk is full"] * 3
    rounds.trouble = None
    await book.save(a_feed(4))
    assert rounds.written == [[a_feed(4)]]


async def test_one_who_is_cancelled_keeps_nobody_else_from_being_written() -> None:
    rounds = SlowRounds()
    book = FeedBook(rounds)
    given_up, patient = (asyncio.create_task(book.save(a_feed(number))) for number in range(2))
    await asyncio.sleep(0)
    given_up.cancel()
    rounds.may_begin.set()
    await patient
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert a_feed(1) in rounds.written[0]
