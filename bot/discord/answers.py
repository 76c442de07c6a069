"""How interactions are answered: in the reader's language, in time, and when something fails, with what to do about it."""

from __future__ import annotations

from typing import Any

import discord
import structlog
from discord import app_commands

from bot.discord.inert import clip
from bot.discord.words import Words, language_of, words_in
from bot.domain.errors import CommuniqueError, Invalid, NotFound, StoreUnavailable
from bot.domain.identity import content_id

log = structlog.get_logger()

Interaction = discord.Interaction[Any]

_REASON_LIMIT = 1500
# Discord forgets an interaction that was not answered within three seconds, or that ended a quarter of an hour ago.
_UNKNOWN_INTERACTION = 10062
_INVALID_TOKEN = 50027

ERROR_COLOUR = 0xB04A4A


def words_for(interaction: Interaction) -> Words:
    """Return the words in the language of whoever asks."""
    return words_in(language_of(interaction.locale.value))


async def take_time(interaction: Interaction, *, public: bool = False) -> None:
    """Tell Discord that the answer will come: before anything that may take longer than a moment."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=not public, thinking=True)


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
    embed = discord.Embed(description=_explained(cause, words), colour=ERROR_COLOUR)
    embed.set_footer(text=words("Error {incident}", incident=incident))
    try:
        await answer(interaction, embed=embed)
    except discord.HTTPException as refusal:
        log.warning("an error could not be told", incident=incident, error=str(refusal))


def _explained(error: BaseException, words: Words) -> str:
    if isinstance(error, app_commands.MissingPermissions):
        return words("This is for people who may manage the server. Ask one of them.")
    if isinstance(error, app_commands.NoPrivateMessage):
        return words("This works in servers only.")
    if isinstance(error, StoreUnavailable):
        return words("The archive cannot be reached right now. Nothing was changed; try again in a minute.")
    if isinstance(error, (Invalid, NotFound, CommuniqueError)):
        return words("That did not work: {reason}", reason=clip(str(error), _REASON_LIMIT))
    if isinstance(error, app_commands.CheckFailure):
        return words("You may not use this here.")
    return words("Something went wrong on our side. Try again; if it stays, tell the bot's operator the number below.")
