"""`/admin`: what those who manage a server ask of the bot itself."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.choices import LANGUAGES
from bot.discord.decisions import corrections_embed
from bot.discord.services import Services
from bot.discord.views.log import answer_with_log, names_text
from bot.discord.words import Words, languages
from bot.domain.guilds import Preferences
from bot.domain.places import PlaceNames

_SHOWN = 10
# Discord takes no empty value.
_OWN = "own"

# What Discord writes beside the values of the options.
_LANGUAGES = [
    app_commands.Choice(name=locale_str("everybody's own, as their Discord is set"), value=_OWN),
    *(app_commands.Choice(name=LANGUAGES[code], value=code) for code in languages()),
]
_PLACE_NAMES = [
    app_commands.Choice(name=locale_str("both names: Stepanakert / Khankendi"), value=PlaceNames.BOTH.value),
    app_commands.Choice(name=locale_str("Armenian names: Stepanakert"), value=PlaceNames.ARMENIAN.value),
    app_commands.Choice(name=locale_str("Azerbaijani names: Khankendi"), value=PlaceNames.AZERBAIJANI.value),
]


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class AdminCog(commands.GroupCog, name="admin", description=locale_str("For those who manage the server.")):
    """The server's own choices, its log, and its corrections."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(name="log", description=locale_str("Who changed what here, and when."))
    async def log(self, interaction: Interaction) -> None:
        """Answer with the latest changes, in pages."""
        await take_time(interaction)
        await answer_with_log(interaction)

    @app_commands.command(
        name="language", description=locale_str("Which language the bot speaks here; without a choice, which it is.")
    )
    @app_commands.describe(language=locale_str("For answers and new subscriptions"))
    @app_commands.choices(language=_LANGUAGES)
    async def language(self, interaction: Interaction, language: app_commands.Choice[str] | None = None) -> None:
        """Take or tell the language of the server."""
        await take_time(interaction)
        guild = str(interaction.guild_id)
        if language is not None:
            code = None if language.value == _OWN else language.value
            await self._take(
                interaction,
                await self._services.administrator.choose_language(code, guild_id=guild, by=str(interaction.user.id)),
            )
        chosen = await self._services.guilds.preferences(guild)
        await answer(interaction, _language_text(chosen, words_for(interaction)))

    @app_commands.command(
        name="names",
        description=locale_str("Whose names of disputed places the bot writes here; without a choice, whose they are."),
    )
    @app_commands.describe(names=locale_str("Both by default: neither side's alone"))
    @app_commands.choices(names=_PLACE_NAMES)
    async def names(self, interaction: Interaction, names: app_commands.Choice[str] | None = None) -> None:
        """Take or tell whose names are written."""
        await take_time(interaction)
        guild = str(interaction.guild_id)
        if names is not None:
            await self._take(
                interaction,
                await self._services.administrator.choose_place_names(
                    PlaceNames(names.value), guild_id=guild, by=str(interaction.user.id)
                ),
            )
        chosen = await self._services.guilds.preferences(guild)
        words = words_for(interaction)
        written = words("Disputed places are called by {names}.", names=names_text(chosen.place_names, words))
        await answer(interaction, written + "\n-# " + words("What outlets write is quoted as they write it."))

    async def _take(self, interaction: Interaction, chosen: Preferences) -> None:
        interaction.client.preferences[chosen.guild_id] = chosen

    @app_commands.command(
        name="corrections", description=locale_str("What was corrected here, and how precise the rules are.")
    )
    async def corrections(self, interaction: Interaction) -> None:
        """Answer with the server's latest corrections and the precision of the rules."""
        await take_time(interaction)
        words = words_for(interaction)
        guild = str(interaction.guild_id)
        amendments = self._services.amender.amendments
        decided = await amendments.amendments(guild_id=guild, limit=_SHOWN)
        placed = await amendments.placements(guild_id=guild, limit=_SHOWN)
        if not decided and not placed:
            await answer(interaction, words("Nothing was corrected here yet. The button “Wrong?” of an alert does it."))
            return
        total = await amendments.count_amendments(guild_id=guild)
        scores = await amendments.precision()
        await answer(interaction, embed=corrections_embed(decided, placed, total, scores, self._services.names, words))


def _language_text(chosen: Preferences, words: Words) -> str:
    if chosen.language is None:
        return words("Everybody is answered in the language of their own Discord.")
    language = LANGUAGES.get(chosen.language, chosen.language)
    return (
        words("I speak {language} here.", language=language)
        + "\n-# "
        + words("Subscriptions keep the language that they have; `/subscriptions edit` changes it.")
    )
