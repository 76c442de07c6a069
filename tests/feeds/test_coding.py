"""Articles are coded in workers, to the same readings as anywhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from faultserver import settings_for_tests

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.analyst import Reading, read_if_relevant
from bot.domain.errors import LexiconInvalid
from bot.domain.items import Article
from bot.feeds.coding import MOST_CHARACTERS, WorkerCoder
from bot.feeds.packing import pack_reading, unpack_reading
from bot.feeds.source import HttpFeedSource
from bot.feeds.workers import TooExpensive
from bot.lexicons import load
from bot.usecases.ports import Coder

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOON = datetime(2023, 9, 19, 12, tzinfo=UTC)
ARTICLES = (
    Article(title="France condemns Azerbaijan's strikes in Nagorno-Karabakh", language="en", published=NOON),
    Article(title="A football match ends without a goal", language="en"),
    Article(
        title="Talks on Karabakh",
        summary="“We must go on talking,” said Georgia's foreign minister. Russia denied that it had sent arms to Armenia"
        " on 3 September.",
        language="en",
        published=NOON,
    ),
    Article(title="МИД России призвал стороны в Нагорном Карабахе прекратить огонь", language="ru"),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def source() -> AsyncIterator[HttpFeedSource]:
    async with HttpFeedSource(settings_for_tests(parse_workers=1), lambda: NOON) as opened:
        yield opened


async def test_a_worker_reads_what_the_analyst_reads(source: HttpFeedSource) -> None:
    coder: Coder = source.coder()
    analyst = LexiconAnalyst(load())
    readings = await coder.read(ARTICLES)
    assert readings == tuple(read_if_relevant(analyst, article) for article in ARTICLES)
    assert [bool(reading.records) for reading in readings] == [True, False, True, True]


async def test_nothing_to_read_starts_nothing(source: HttpFeedSource) -> None:
    assert await source.coder(Path("/nowhere")).read(()) == ()


async def test_a_lexicon_that_cannot_be_read_is_told(source: HttpFeedSource, tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("this is no table", encoding="utf-8")
    with pytest.raises(LexiconInvalid, match=r"en\.toml"):
        await source.coder(tmp_path).read(ARTICLES)


async def test_readings_come_back_equal_from_their_packing() -> None:
    analyst = LexiconAnalyst(load())
    for article in ARTICLES:
        reading = analyst.read(article)
        assert unpack_reading(pack_reading(reading)) == reading


class Poisoned:
    """Workers that die of a word."""

    def __init__(self) -> None:
        self.portions: list[list[str]] = []

    async def work(self, _work, _lexicons, _topic, packed, *, deadline: timedelta):
        assert deadline > timedelta()
        titles = [title for title, *_ in packed]
        self.portions.append(titles)
        if any("poison" in title for title in titles):
            raise TooExpensive("reading it takes longer than 60 s")
        relevant = LexiconAnalyst(load()).relevance(Article(title="Karabakh"))
        return tuple(pack_reading(Reading(language="en", relevance=relevant)) for _ in titles)


async def test_one_text_that_takes_too_long_costs_its_own_reading() -> None:
    workers = Poisoned()
    articles = [Article(title=title) for title in ("one", "poison", "three")]
    readings = await WorkerCoder(workers).read(articles)  # type: ignore[arg-type]
    assert [reading.relevance.relevant for reading in readings] == [True, False, True]
    assert "takes longer than 60 s" in readings[1].relevance.reason


async def test_long_texts_go_in_portions_so_that_nobody_waits_for_all_of_them() -> None:
    workers = Poisoned()
    long = "x" * (MOST_CHARACTERS // 2)
    articles = [Article(title=str(number), content=long) for number in range(4)]
    articles.append(Article(title="4", content=long * 3))
    await WorkerCoder(workers).read(articles)  # type: ignore[arg-type]
    assert workers.portions == [["0"], ["1"], ["2"], ["3"], ["4"]]
