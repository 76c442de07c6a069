"""`/sources`: what is being read, for every reader."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.feedlist import feed_list
from bot.discord.services import Services
from bot.domain.feeds import FeedStatus


class SourcesCog(commands.Cog):
    """The list of sources."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name="sources", description=locale_str("The outlets and institutions that are being read."))
    async def sources(self, interaction: Interaction) -> None:
        """Answer with the feeds that this server sees."""
        await take_time(interaction)
        feeds = await self._services.feeds.feeds(guild_id=str(interaction.guild_id or ""))
        active = tuple(feed for feed in feeds if feed.status is FeedStatus.ACTIVE)
        words = words_for(interaction)
        if not active:
            await answer(
                interaction, words("Nothing is being read yet. Who may manage the server adds feeds: `/feeds add`.")
            )
            return
        await answer(interaction, embed=feed_list(words("Sources"), active, words))
