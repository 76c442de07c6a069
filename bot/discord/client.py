"""The bot on Discord: slash commands and buttons, no privileged intent, nothing read but what is addressed to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.discord.answers import Interaction, answer_error
from bot.discord.refusals import LOGIN_REFUSED, asking
from bot.discord.services import Services
from bot.discord.synchronising import synchronise
from bot.discord.translating import CommandTranslator
from bot.domain.errors import TokenRefused

log = structlog.get_logger()

# Seconds. A longer rate limit is told to whoever called instead of being sat out, so that a delivery can give its
# channel back. discord.py takes no less.
_LONGEST_RATE_LIMIT = 30.0
_AUTHENTICATION_FAILED = 4004


class Tree(app_commands.CommandTree["Communique"]):
    """Commands whose errors are told to whoever used them."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Tell the user and the log."""
        await answer_error(interaction, error)


class Communique(commands.Bot):
    """The connection, the commands and the buttons."""

    def __init__(self, services: Services, *, with_commands: bool = True) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            # Nothing is ever read from the caches of messages and members.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.services = services
        self._with_commands = with_commands

    async def setup_hook(self) -> None:
        """Load the commands and the buttons, and tell Discord of the commands where they have changed."""
        if not self._with_commands:
            return
        from bot.discord.cogs import all_cogs  # noqa: PLC0415 - cogs know the client

        await self.tree.set_translator(CommandTranslator())
        for cog in all_cogs(self.services):
            await self.add_cog(cog)
        from bot.discord.views import dynamic_items  # noqa: PLC0415 - as above

        self.add_dynamic_items(*dynamic_items())
        with asking("the list of commands"):
            await synchronise(self.tree)

    async def on_message(self, message: discord.Message) -> None:
        """Leave messages alone: there are no commands in them."""

    async def on_ready(self) -> None:
        """Say so."""
        log.info("connected to Discord", user=str(self.user), guilds=len(self.guilds))


@asynccontextmanager
async def logged_in(client: discord.Client, token: str) -> AsyncIterator[discord.Client]:
    """Log the client in, which is enough for posting, and close it afterwards. Raises TokenRefused."""
    async with client:
        try:
            with asking("the login"):
                await client.login(token)
        except discord.LoginFailure as error:
            raise TokenRefused(LOGIN_REFUSED) from error
        yield client


async def listen(client: discord.Client) -> None:
    """Stay connected to the gateway, for commands and buttons, until cancelled or closed. Raises TokenRefused."""
    try:
        await client.connect(reconnect=True)
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise TokenRefused(LOGIN_REFUSED) from error
        raise


def invite_url(application_id: int) -> str:
    """Return the address by which the bot is invited, with the permissions it needs and no others."""
    permissions = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        create_public_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
    )
    return discord.utils.oauth_url(application_id, permissions=permissions, scopes=("bot", "applications.commands"))
