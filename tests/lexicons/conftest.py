"""The shipped lexicon, read once for all tests of the room."""

from pathlib import Path

import pytest

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.topics import Topic
from bot.lexicons.loader import load_gazetteer, load_topics


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return load_gazetteer(cache=tmp_path_factory.mktemp("lexicon"))


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return load_topics()


@pytest.fixture
def user_folder(tmp_path: Path) -> Path:
    (tmp_path / "actors").mkdir()
    (tmp_path / "topics").mkdir()
    return tmp_path
