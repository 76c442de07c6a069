"""A real process, killed again and again while it polls and posts to a Discord that fails: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import random

import pytest
from realbot import CHANNEL, Bot, Feeds, headlines
from standin import Fault, StandIn

from bot.domain.alerts import AlertStatus

KILLS = 5
ALERTS = 30


def is_at_work(bot: Bot, run: int) -> bool:
    """Return whether a run has begun to post or to wait for Discord."""
    text = (bot.folder / f"{run}.err").read_text("utf-8")
    return '"posted"' in text or '"waits"' in text


@pytest.mark.slow
async def test_every_alert_is_in_its_channel_once_and_in_order_however_often_the_process_is_killed(
    bot: Bot, feeds: Feeds, discord: StandIn
) -> None:
    chance = random.Random(bot.url.partition(":")[0])
    titles = headlines(ALERTS)
    await bot.subscribe(CHANNEL, feeds)
    for kill in range(KILLS):
        share = titles[kill * ALERTS // KILLS : (kill + 1) * ALERTS // KILLS]
        feeds.publish(*share)
        discord.faults.extend(chance.sample(list(Fault), k=2))
        process = await bot.start("run")
        run = bot.runs
        await bot.until(lambda run=run: is_at_work(bot, run))
        if chance.random() < 0.5:
            await discord.close_gateways()
        # From the middle of a request to the middle of a pause.
        await asyncio.sleep(chance.uniform(0, 0.6))
        process.kill()
        await process.wait()
    discord.faults.clear()
    process = await bot.start("run")
    await bot.until(lambda: len(discord.markers(CHANNEL)) >= ALERTS)
    process.terminate()
    assert await process.wait() == 0
    owed = await bot.alerts()
    assert len(owed) == ALERTS
    assert {alert.status for alert in owed} == {AlertStatus.POSTED}
    assert discord.markers(CHANNEL) == [alert.id for alert in owed]
    assert len(discord.asked) > ALERTS, "no message was ever asked for twice: nothing went wrong in this test"
