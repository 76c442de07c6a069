"""Articles are coded where documents are parsed: in a worker, beside the event loop and in no memory of the bot's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import structlog

from bot.domain.analyst import Reading, Relevance
from bot.domain.items import Article
from bot.feeds.packing import pack_article, unpack_reading
from bot.feeds.reading import read_articles
from bot.feeds.workers import Readers, TooExpensive

log = structlog.get_logger(__name__)

# Some tenths of a second of work: a document that is parsed meanwhile waits no longer.
MOST_CHARACTERS = 100_000
# The analyst takes a millisecond for a long item; a worker that was just started reads its lexicons first.
PATIENCE = timedelta(seconds=60)


class WorkerCoder:
    """Answers `usecases.ports.Coder` with the workers of a feed source."""

    def __init__(self, readers: Readers, lexicons: Path | None = None, topic: str | None = None) -> None:
        self._readers = readers
        self._knows = (lexicons, topic)

    async def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return a reading of each article; one that takes too long, by whatever it holds, is not relevant.

        Raises LexiconInvalid.
        """
        readings: list[Reading] = []
        for some in _portions(articles):
            readings += await self._portion(some)
        return tuple(readings)

    async def _portion(self, articles: Sequence[Article]) -> list[Reading]:
        try:
            packed = await self._readers.work(
                read_articles, *self._knows, tuple(map(pack_article, articles)), deadline=PATIENCE
            )
        except TooExpensive as error:
            if len(articles) > 1:
                # One of them is to blame; the others are read.
                return [reading for article in articles for reading in await self._portion([article])]
            log.warning("article not read", title=articles[0].title[:100], error=str(error))
            about = Relevance(relevant=False, reason=f"its text is not read: {error}")
            return [Reading(language=articles[0].language or "und", relevance=about)]
        return list(map(unpack_reading, packed))


def _portions(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """Yield the articles in runs of tolerable length."""
    run: list[Article] = []
    length = 0
    for article in articles:
        more = len(article.title) + len(article.summary) + len(article.content)
        if run and length + more > MOST_CHARACTERS:
            yield run
            run, length = [], 0
        run.append(article)
        length += more
    if run:
        yield run
