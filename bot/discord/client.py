"""The bot on Discord: slash commands and buttons, no privileged intent, nothing read but what is addressed to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.discord import deadlines
from bot.discord.answers import Interaction, acquaint, answer_error
from bot.discord.refusals import LOGIN_REFUSED, asking
from bot.discord.services import Services
from bot.discord.synchronising import synchronise
from bot.discord.translating import CommandTranslator
from bot.domain.errors import ChannelUnavailable, CommuniqueError, TokenRefused
from bot.domain.guilds import Preferences

log = structlog.get_logger()

# Seconds. A longer rate limit is told to whoever called instead of being sat out, so that a delivery can give its
# channel back. discord.py takes no less.
_LONGEST_RATE_LIMIT = 30.0
_AUTHENTICATION_FAILED = 4004
# Seconds between tries to connect.
_FIRST_RETRY = 2.0
_LONGEST_RETRY = 120.0


class Tree(app_commands.CommandTree["Communique"]):
    """Commands whose errors are told to whoever used them, in the language that the server has chosen."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let everybody use what Discord shows him."""
        if interaction.type is discord.InteractionType.autocomplete:
            # It is answered at once, and cannot be deferred.
            await acquaint(interaction)
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Tell the user and the log."""
        await answer_error(interaction, error)


class Communique(commands.Bot):
    """The connection, the commands and the buttons."""

    def __init__(self, services: Services, *, with_commands: bool = True) -> None:
        # There is nothing to hear or say: the libraries for voice are not missed.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            http_trace=deadlines.watch(),
            # Nothing is ever read from the caches of messages and members.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.services = services
        # Sessions of dialogues that this process began; those of an earlier one are answered as closed.
        self.open_panels: set[str] = set()
        # What servers have chosen, as far as anybody of theirs has asked for something since the start.
        self.preferences: dict[str, Preferences] = {}
        self._with_commands = with_commands
        self._is_set_up = False
        self._is_synchronised = not with_commands

    async def setup_hook(self) -> None:
        """Load the commands and the buttons; discord.py calls this once a login, and a login may take several tries."""
        if self._with_commands and not self._is_set_up:
            from bot.discord.cogs import all_cogs  # noqa: PLC0415 - cogs know the client
            from bot.discord.cogs.why import why_menu  # noqa: PLC0415 - as above
            from bot.discord.views import dynamic_items  # noqa: PLC0415 - as above

            await self.tree.set_translator(CommandTranslator())
            for cog in all_cogs(self.services):
                await self.add_cog(cog)
            self.tree.add_command(why_menu())
            self.add_dynamic_items(*dynamic_items())
            self._is_set_up = True
        await self._synchronise()

    async def _synchronise(self) -> None:
        """Tell Discord of the commands where they have changed; trouble with that keeps nothing else from working."""
        if self._is_synchronised:
            return
        try:
            with asking("the list of commands"):
                await synchronise(self.tree)
        except CommuniqueError as error:
            log.warning("commands not synchronised yet", reason=str(error))
            return
        self._is_synchronised = True

    async def on_message(self, message: discord.Message) -> None:
        """Leave messages alone: there are no commands in them."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer what belongs to a dialogue from before a restart; everything else has its own way."""
        from bot.discord.views.subscribing import answer_if_expired  # noqa: PLC0415 - views know the client

        await answer_if_expired(interaction)

    async def on_ready(self) -> None:
        """Say so."""
        log.info("connected to Discord", user=str(self.user), guilds=len(self.guilds))
        if not self.guilds and self.application_id is not None:
            log.warning("the bot is in no server yet; invite it", address=invite_url(self.application_id))
        await self._synchronise()


async def log_in(client: discord.Client, token: str) -> None:
    """Log the client in, which is enough for posting. Raises TokenRefused, or ChannelUnavailable where later may do."""
    try:
        with asking("the login"):
            await client.login(token)
    except discord.LoginFailure as error:
        raise TokenRefused(LOGIN_REFUSED) from error
    except ChannelUnavailable:
        # The session of this try would stay open beside that of the next, which wants a connector of its own.
        await client.http.close()
        client.http.connector = discord.utils.MISSING
        raise


async def listen(client: discord.Client) -> None:
    """Stay connected to the gateway, for commands and buttons, until cancelled or closed. Raises TokenRefused."""
    try:
        with asking("the gateway"):
            await client.connect(reconnect=True)
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise TokenRefused(LOGIN_REFUSED) from error
        raise ChannelUnavailable(f"Discord closed the connection: {error}") from error
    except discord.GatewayNotFound as error:
        raise ChannelUnavailable("Discord's gateway cannot be found") from error


@asynccontextmanager
async def connected(client: discord.Client, token: str, *, gateway: bool) -> AsyncIterator[bool]:
    """Keep the client connected for as long as this lasts; yield whether Discord accepts the token.

    Where Discord cannot be reached it is tried again and again in the background; what is posted meanwhile waits.
    """
    async with client:
        try:
            await log_in(client, token)
        except TokenRefused as error:
            log.error("token refused", reason=str(error))  # noqa: TRY400 - a traceback would tell nobody more
            yield False
            return
        except ChannelUnavailable as error:
            log.warning("Discord cannot be reached yet", reason=str(error))
        staying = asyncio.create_task(_stay(client, token, gateway=gateway), name="discord gateway")
        try:
            yield True
        finally:
            staying.cancel()
            await asyncio.gather(staying, return_exceptions=True)


async def _stay(client: discord.Client, token: str, *, gateway: bool) -> None:
    delay = _FIRST_RETRY
    while True:
        try:
            if client.user is None:
                await log_in(client, token)
            if not gateway or client.is_closed():
                return
            await listen(client)
            delay = _FIRST_RETRY
        except TokenRefused as error:
            log.error("token refused", reason=str(error))  # noqa: TRY400 - as above
            return
        except CommuniqueError as error:
            log.warning("Discord cannot be reached", reason=str(error), again_in=delay)
        await asyncio.sleep(delay)
        delay = min(delay * 2, _LONGEST_RETRY)


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
