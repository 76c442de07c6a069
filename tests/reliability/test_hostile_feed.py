"""A real process reads feeds that attack their readers: nobody is pinged, and nothing in its messages is live."""

from __future__ import annotations

import html
import re

import pytest
from attacks import ATTACKS, live
from realbot import CHANNEL, Bot, Feeds, headlines
from standin import StandIn

# An attack that hides the act is coded as nothing.
FEWEST = 24
# What XML cannot hold however it is written.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.mark.slow
async def test_what_hostile_feeds_write_is_inert_in_every_message_of_a_real_process(
    bot: Bot, feeds: Feeds, discord: StandIn
) -> None:
    await bot.subscribe(CHANNEL, feeds)
    titles = [
        f"{headline} {attack}" for headline, attack in zip(headlines(len(ATTACKS)), ATTACKS.values(), strict=True)
    ]
    feeds.publish(*(html.escape(_NO_XML.sub("", title)) for title in titles))
    process = await bot.start("run")
    await bot.until(lambda: len(discord.markers(CHANNEL)) >= FEWEST)
    process.terminate()
    assert await process.wait() == 0

    for message in discord.channels[CHANNEL]:
        (embed,) = message["embeds"]
        assert message["content"] == ""
        assert live(embed["title"]) == []
        assert live(embed["description"]) == []
        assert live(embed["author"]["name"], markdown=False) == []
    assert set(map(str, discord.allowed_mentions)) == {str({"parse": []})}


@pytest.mark.slow
async def test_commands_are_written_once_over_two_runs(bot: Bot, discord: StandIn) -> None:
    for run in (1, 2):
        process = await bot.start("run")
        await bot.until(lambda run=run: discord.identified >= run)
        process.terminate()
        assert await process.wait() == 0
    assert discord.command_writes == 1
