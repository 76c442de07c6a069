"""How interactions are answered: in the reader's language, in time, and when something fails, with what to do about it."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.discord.inert import clip
from bot.discord.reasons import told
from bot.discord.words import Words, language_of, words_in
from bot.domain.actors import ActorNames
from bot.domain.errors import CommuniqueError, Invalid, NotFound, StoreUnavailable
from bot.domain.identity import content_id

log = structlog.get_logger()

Interaction = discord.Interaction[Any]

_REASON_LIMIT = 1500
# Discord forgets an interaction that was not answered within three seconds, or that ended a quarter of an hour ago.
_UNKNOWN_INTERACTION = 10062
_INVALID_TOKEN = 50027

ERROR_COLOUR = 0xB04A4A


# Seconds. A store that is slow or away must not keep the first answer waiting.
_ACQUAINTED_WITHIN = 0.5


async def acquaint(interaction: Interaction) -> None:
    """Learn what the server has chosen, where that is not known yet."""
    guild, known = str(interaction.guild_id or ""), interaction.client.preferences
    if not guild or guild in known:
        return
    try:
        known[guild] = await asyncio.wait_for(interaction.client.services.guilds.preferences(guild), _ACQUAINTED_WITHIN)
    except (CommuniqueError, TimeoutError) as error:
        log.info("a server's choices are not known yet", guild=guild, reason=str(error))


def words_for(interaction: Interaction) -> Words:
    """Return the words in the language that the server has chosen, else in that of whoever asks."""
    chosen = interaction.client.preferences.get(str(interaction.guild_id or ""))
    own = language_of(interaction.locale.value)
    return words_in(own) if chosen is None else words_in(chosen.language or own, chosen.place_names)


async def take_time(interaction: Interaction, *, public: bool = False) -> None:
    """Tell Discord that the answer will come: before anything that may take longer than a moment."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=not public, thinking=True)
    await acquaint(interaction)


async def answer(
    interaction: Interaction,
    text: str | None = None,
    *,
    embed: discord.Embed | None = None,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
    public: bool = False,
) -> None:
    """Answer an interaction, deferred or not; nothing in the answer pings anybody."""
    sent: dict[str, Any] = {"ephemeral": not public, "allowed_mentions": discord.AllowedMentions.none()}
    if embed is not None:
        sent["embed"] = embed
    if view is not None:
        sent["view"] = view
    if file is not None:
        sent["file"] = file
    if interaction.response.is_done():
        await interaction.followup.send(text or "", **sent)
    else:
        await interaction.response.send_message(text, **sent)


async def answer_error(interaction: Interaction, error: BaseException) -> None:
    """Tell whoever asked what went wrong and what to do, under an id that the log has."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    incident = content_id("incident", str(interaction.id))[:6]
    command = interaction.command.qualified_name if interaction.command else "component"
    if isinstance(cause, discord.HTTPException) and cause.code in {_UNKNOWN_INTERACTION, _INVALID_TOKEN}:
        log.warning("interaction ended before it was answered", incident=incident, command=command)
        return
    if isinstance(cause, (CommuniqueError, app_commands.AppCommandError)):
        log.info("command refused", incident=incident, command=command, reason=str(cause))
    else:
        log.error("command failed", incident=incident, command=command, exc_info=cause)
    if interaction.type is discord.InteractionType.autocomplete:
        return
    words = words_for(interaction)
    embed = discord.Embed(description=_explained(cause, words, interaction.client.services.names), colour=ERROR_COLOUR)
    embed.set_footer(text=words("Error {incident}", incident=incident))
    try:
        await answer(interaction, embed=embed)
    except discord.HTTPException as refusal:
        log.warning("an error could not be told", incident=incident, error=str(refusal))


def _explained(error: BaseException, words: Words, names: ActorNames) -> str:
    if isinstance(error, app_commands.MissingPermissions):
        return words("This is for people who may manage the server. Ask one of them.")
    if isinstance(error, app_commands.NoPrivateMessage):
        return words("This works in servers only.")
    if isinstance(error, StoreUnavailable):
        return words("The archive cannot be reached right now. Nothing was changed; try again in a minute.")
    if isinstance(error, (Invalid, NotFound, CommuniqueError)):
        return words("That did not work: {reason}", reason=clip(told(str(error), names, words), _REASON_LIMIT))
    if isinstance(error, app_commands.CheckFailure):
        return words("You may not use this here.")
    return words("Something went wrong on our side. Try again; if it stays, tell the bot's operator the number below.")
