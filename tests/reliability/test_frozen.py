"""Two processes over one PostgreSQL, one of them frozen for longer than its lease and then woken."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from realbot import CHANNEL, Bot, Feeds, headlines
from standin import Fault, StandIn

from bot.domain.alerts import AlertStatus

ALERTS = 12
# Seconds. Long enough for a busy machine to renew it, short enough for a test to outlast it.
LEASE = 4


@pytest.fixture
def pair(tmp_path: Path, postgres_store_url: str, discord: StandIn) -> Bot:
    """Whoever is started from it delivers over the same PostgreSQL, under short leases."""
    return Bot(folder=tmp_path, url=postgres_store_url, discord=discord, settings={"STAND_IN_LEASE": str(LEASE)})


@pytest.mark.slow
async def test_a_frozen_process_is_taken_over_from_and_does_no_harm_when_it_wakes(
    pair: Bot, feeds: Feeds, discord: StandIn
) -> None:
    """It is frozen while it sits out a rate limit: the worst moment, for then it wakes with a message in hand.

    Discord has forgotten the nonce by then.
    """
    discord.memory = 1
    discord.patience = 3
    await pair.subscribe(CHANNEL, feeds)
    feeds.publish(*headlines(ALERTS))
    discord.faults.extend([Fault.LIMITED])
    try:
        frozen = await pair.start("run", "--roles", "poll,deliver")
        await pair.until(lambda: len(discord.asked) == 1)
        frozen.send_signal(signal.SIGSTOP)
        heir = await pair.start("run", "--roles", "poll,deliver")
        await pair.until(lambda: len(discord.markers(CHANNEL)) == ALERTS)
        frozen.send_signal(signal.SIGCONT)
        # It sits out the rest of its rate limit, and then learns that it is no longer asked.
        await asyncio.sleep(discord.patience + 2)
        for process in (frozen, heir):
            process.terminate()
            assert await process.wait() == 0
    finally:
        await pair.bury()
    owed = await pair.alerts()
    assert {alert.status for alert in owed} == {AlertStatus.POSTED}
    assert discord.markers(CHANNEL) == [alert.id for alert in owed]
