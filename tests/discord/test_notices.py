"""What a guild is told of its feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest

from bot.discord.poster import DiscordMessenger
from bot.domain.errors import ChannelUnavailable
from bot.domain.feeds import Feed
from bot.domain.notices import FeedNotice

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
FAILING = Feed(
    id="f",
    url="https://outlet.example/rss",
    title="The *Outlet* @everyone",
    added_at=NOON,
    next_poll_at=NOON,
    failing_since=NOON,
    last_error="404 Not Found",
)


@pytest.fixture
def simcord_bot():
    return discord.Client(intents=discord.Intents(guilds=True))


async def test_whoever_added_a_feed_reads_since_when_and_why_it_fails_and_when_it_is_back(
    simcord_env, simcord_bot, samples
):
    guild = simcord_env.create_guild()
    keeper = simcord_env.create_user("keeper")
    guild.add_member(keeper)
    messenger = DiscordMessenger(simcord_bot, samples.names)
    notice = FeedNotice(feed=FAILING, guild_id=str(guild.id), added_by=str(keeper.id))

    await messenger.tell_of_feed(notice)
    said = keeper.dm_channel.last_message.content
    assert "has been failing since <t:1695211200:f>: 404 Not Found" in said
    assert "@everyone" not in said
    assert "*Outlet*" not in said.replace("\\*", "")

    await messenger.tell_of_feed(replace(notice, feed=replace(FAILING, failing_since=None)))
    assert keeper.dm_channel.last_message.content.endswith("works again.")


async def test_before_the_bot_is_connected_the_notice_has_to_wait(samples):
    messenger = DiscordMessenger(discord.Client(intents=discord.Intents.none()), samples.names)
    with pytest.raises(ChannelUnavailable):
        await messenger.tell_of_feed(FeedNotice(feed=FAILING, guild_id="1", added_by="2"))
