"""The token is in no file that the bot writes and in nothing that it prints, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from realbot import CHANNEL, TOKEN, Bot, Feeds, headlines
from standin import Fault, StandIn

pytestmark = pytest.mark.slow


def files_with(words: str, folder: Path) -> list[str]:
    """Return the files below a folder that hold these words."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


async def test_the_token_is_in_nothing_that_a_run_writes(
    tmp_path: Path, sqlite_store_url: str, feeds: Feeds, discord: StandIn
) -> None:
    """Everything is logged, Discord fails in every way, and at the end it refuses the token."""
    bot = Bot(folder=tmp_path, url=sqlite_store_url, discord=discord, settings={"COMMUNIQUE_LOG__LEVEL": "debug"})
    try:
        await bot.subscribe(CHANNEL, feeds)
        discord.faults.extend([Fault.DROP_AFTER, Fault.GARBLED, Fault.BUSY_BEFORE])
        feeds.publish(*headlines(2))
        process = await bot.start("run")
        await bot.until(lambda: len(discord.markers(CHANNEL)) == 2 and not discord.faults)
        process.terminate()
        assert await process.wait() == 0
        await bot.do("status")
        await bot.do("check")
        discord.refuses = True
        refused = await bot.start("run")
        await bot.until(lambda: any(each.get("event") == "token refused" for each in bot.events()))
        refused.terminate()
        await refused.wait()
    finally:
        await bot.bury()
    assert discord.tokens == {f"Bot {TOKEN}"}, "the token was not used: the test would find nothing"
    assert files_with("subscriptions", tmp_path), "nothing was written: the test would find nothing"
    assert files_with(TOKEN, tmp_path) == []


async def test_an_alert_is_followed_by_its_id_through_the_log(
    tmp_path: Path, sqlite_store_url: str, feeds: Feeds, discord: StandIn
) -> None:
    bot = Bot(folder=tmp_path, url=sqlite_store_url, discord=discord)
    try:
        await bot.subscribe(CHANNEL, feeds)
        discord.faults.extend([Fault.DROP_AFTER])
        feeds.publish(*headlines(1))
        process = await bot.start("run", "--roles", "poll,deliver")
        await bot.until(lambda: any(each.get("event") == "posted" for each in bot.events()))
        process.terminate()
        await process.wait()
    finally:
        await bot.bury()
    (alert,) = await bot.alerts()
    life = [each["event"] for each in bot.events() if each.get("alert") == alert.id]
    assert life == ["owed", "waits", "posted"]
