"""`/why` and the context menu on alerts: what made a message, or kept one from being made."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, take_time, words_for
from bot.discord.marks import item_of
from bot.discord.services import Services
from bot.discord.views.why import explain
from bot.domain.errors import NotFound

_LINK_LIMIT = 2000
Link = app_commands.Range[str, 1, _LINK_LIMIT]


class WhyCog(commands.Cog):
    """Explanations."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name="why", description=locale_str("Why an article was alerted, or was not."))
    @app_commands.describe(link=locale_str("The article's link"))
    async def why(self, interaction: Interaction, link: Link) -> None:
        """Explain the item at this link."""
        await take_time(interaction)
        guild = str(interaction.guild_id or "")
        item = await self._services.archive.find_item(link)
        if item.feed_id not in {feed.id for feed in await self._services.feeds.feeds(guild_id=guild)}:
            raise NotFound(words_for(interaction)("no article with this link was read here"))
        await explain(interaction, item.id)


async def why_message(interaction: Interaction, message: discord.Message) -> None:
    """Explain the alert that was pointed at."""
    await take_time(interaction)
    item_id = item_of(message) if message.author.id == interaction.client.user.id else None
    if item_id is None:
        raise NotFound(words_for(interaction)("this message is no alert of mine"))
    await explain(interaction, item_id)


def why_menu() -> app_commands.ContextMenu:
    """Return the entry in the menu of messages."""
    return app_commands.ContextMenu(name=locale_str("Why this?"), callback=why_message)
