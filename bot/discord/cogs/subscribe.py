"""`/subscribe`: have reactions come to a channel, or to oneself."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, take_time, words_for
from bot.discord.drafts import Draft
from bot.discord.permissions import PostingChannel, kind_of, may_manage_channel, what_is_missing
from bot.discord.services import Services
from bot.discord.views.subscribing import SubscribePanel
from bot.discord.words import Words
from bot.domain.errors import Invalid
from bot.domain.identity import content_id
from bot.domain.subscriptions import ChannelKind


class SubscribeCog(commands.Cog):
    """The beginning of a subscription."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(
        name="subscribe", description=locale_str("Have reactions come to a channel, a thread, a forum, or to yourself.")
    )
    @app_commands.describe(channel=locale_str("Where; without it: here, or your direct messages"))
    async def subscribe(
        self,
        interaction: Interaction,
        channel: discord.TextChannel | discord.Thread | discord.ForumChannel | None = None,
    ) -> None:
        """Open the dialogue for this channel, or for oneself where one may not have the bot post."""
        await take_time(interaction)
        words = words_for(interaction)
        target = channel or _here(interaction)
        if channel is not None and not may_manage_channel(interaction, channel):
            raise Invalid(
                words(
                    "you may not have me post in {channel}; in a direct message to me, subscribe yourself",
                    channel=channel.name,
                )
            )
        draft, warnings = await self._draft(interaction, target, words)
        session = content_id("panel", str(interaction.id))[:10]
        await SubscribePanel(self._services, draft, words, session=session, warnings=warnings).show(interaction)

    async def _draft(
        self, interaction: Interaction, target: PostingChannel | None, words: Words
    ) -> tuple[Draft, tuple[str, ...]]:
        if target is not None and may_manage_channel(interaction, target):
            guild_id = str(interaction.guild_id)
            draft = Draft(channel_id=str(target.id), kind=kind_of(target), guild_id=guild_id, language=words.language)
            return draft, what_is_missing(target, words)
        direct = await interaction.user.create_dm()
        draft = Draft(channel_id=str(direct.id), kind=ChannelKind.DIRECT, guild_id="", language=words.language)
        return draft, ()


def _here(interaction: Interaction) -> PostingChannel | None:
    channel = interaction.channel
    return channel if isinstance(channel, (discord.TextChannel, discord.Thread, discord.ForumChannel)) else None
