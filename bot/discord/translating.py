"""Names and descriptions of commands in the languages of Discord's clients."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes, locale_str

from bot.discord.words import SOURCE_LANGUAGE, language_of, words_in

# Discord's limit for descriptions; for names it is 32.
DESCRIPTION_LIMIT = 100
_NAMES = frozenset(
    {
        app_commands.TranslationContextLocation.command_name,
        app_commands.TranslationContextLocation.group_name,
        app_commands.TranslationContextLocation.parameter_name,
    }
)


class CommandTranslator(app_commands.Translator):
    """Translates what Discord shows of commands, from the same catalogues as everything else."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the text in the client's language, or None where English serves."""
        language = language_of(locale.value)
        if language == SOURCE_LANGUAGE:
            return None
        words = words_in(language)
        if context.location in _NAMES:
            return words.command(string.message)
        translated = words(string.message)
        return translated if translated != string.message else None
