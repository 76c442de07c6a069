"""Slash commands: options are parsed, one use-case is awaited, the answer is rendered."""

from __future__ import annotations

from discord.ext import commands

from bot.discord.cogs.admin import AdminCog
from bot.discord.cogs.feeds import FeedsCog
from bot.discord.cogs.reactions import ReactionsCog
from bot.discord.cogs.sources import SourcesCog
from bot.discord.cogs.subscribe import SubscribeCog
from bot.discord.cogs.subscriptions import SubscriptionsCog
from bot.discord.cogs.why import WhyCog
from bot.discord.services import Services


def all_cogs(services: Services) -> tuple[commands.Cog, ...]:
    """Return every cog."""
    return (
        ReactionsCog(services),
        SubscribeCog(services),
        SubscriptionsCog(services),
        WhyCog(services),
        SourcesCog(services),
        FeedsCog(services),
        AdminCog(services),
    )
