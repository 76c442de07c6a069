"""The analyst with the shipped lexicon, read once for all tests of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.analyst import Reading
from bot.domain.items import Article
from bot.lexicons import load

DAY = datetime(2023, 9, 20, 12, tzinfo=UTC)

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> LexiconAnalyst:
    return LexiconAnalyst(load(cache=tmp_path_factory.mktemp("lexicon")))


@pytest.fixture(scope="session")
def read(analyst: LexiconAnalyst) -> Read:
    """Read an item of a day in September 2023, in English where nothing else is said."""

    def read(summary: str = "", *, title: str = "", content: str = "", language: str = "en") -> Reading:
        return analyst.read(Article(title=title, summary=summary, content=content, language=language, published=DAY))

    return read
