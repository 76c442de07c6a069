"""What autocomplete offers: names in the reader's language, the 25 best."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from discord import app_commands
from discord.app_commands import locale_str

from bot.discord.answers import Interaction, words_for
from bot.discord.inert import clip
from bot.discord.rendering import actor_name
from bot.discord.words import Words, actors_in, languages_known
from bot.domain.actors import ActorNames, flag_of
from bot.domain.errors import Invalid
from bot.domain.presentation import FAMILY_WORDS, TYPE_WORDS
from bot.domain.reactions import Family, ReactionType
from bot.usecases.query import actor_code, family, reaction_type

CHOICES_LIMIT = 25
_NAME_LIMIT = 100

# Offered before anything is typed: who is heard most in this conflict.
FOREMOST = (
    *("ARM", "AZE", "NKR", "RUS", "TUR", "IRN", "FRA", "USA", "EU", "UN", "UNSC", "OSCE", "DEU", "GBR", "GEO"),
    *("COE", "PACE", "NATO", "CSTO", "ICRC", "ICJ", "ECHR", "OTS", "VAT", "IND"),
)

LANGUAGES = {
    "en": "English",
    "fr": "français",
    "ru": "русский",
    "hy": "հայերեն",
    "az": "azərbaycanca",
    "tr": "Türkçe",
    "de": "Deutsch",
    "es": "español",
    "it": "italiano",
    "ka": "ქართული",
    "fa": "فارسی",
    "pl": "polski",
    "uk": "українська",
    "ar": "العربية",
}


def folded(text: str) -> str:
    """Return the text as it is compared: no case, no accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def best(wanted: str, offered: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[app_commands.Choice[str]]:
    """Return the 25 best of (label, value, further spellings): those that begin so, a word that does, that hold it."""
    sought = folded(wanted.strip())
    ranked: list[tuple[int, int, str, str]] = []
    for position, (label, value, spellings) in enumerate(offered):
        rank = min(_rank(sought, folded(spelling)) for spelling in (label, value, *spellings))
        if rank < _NO_MATCH:
            ranked.append((rank, position, label, value))
    return [
        app_commands.Choice(name=clip(label, _NAME_LIMIT) or value, value=value)
        for _, _, label, value in sorted(ranked)[:CHOICES_LIMIT]
    ]


_NO_MATCH = 3


def _rank(sought: str, spelling: str) -> int:
    if not sought or spelling.startswith(sought):
        return 0
    if any(word.startswith(sought) for word in spelling.split()):
        return 1
    return 2 if sought in spelling else _NO_MATCH


def actor_choices(names: ActorNames, words: Words, wanted: str) -> list[app_commands.Choice[str]]:
    """Return actors by what they are called in any language, shown as the reader calls them."""
    codes = [*FOREMOST, *sorted(names.codes() - set(FOREMOST) - {"OTHER"})]
    offered = []
    for code in codes:
        called = actor_name(names, words, code)
        spellings = [spoken[code] for spoken in names.names.values() if code in spoken]
        spellings += [actors_in(language)[code] for language in languages_known() if code in actors_in(language)]
        offered.append((f"{flag_of(code)} {called}".strip(), code, (called, *spellings)))
    return best(wanted, offered)


def type_choices(words: Words, wanted: str) -> list[app_commands.Choice[str]]:
    """Return families and types of reactions, in the reader's words."""
    families = [(f"{words(FAMILY_WORDS[each])} ▾", each.value, ()) for each in Family]
    types = [(words(TYPE_WORDS[each]), each.value, (each.value.replace("_", " "),)) for each in ReactionType]
    return best(wanted, [*families, *types] if not wanted else [*types, *families])


def language_choices(wanted: str) -> list[app_commands.Choice[str]]:
    """Return languages by their own names."""
    return best(wanted, [(f"{name} ({code})", code, ()) for code, name in LANGUAGES.items()])


def chosen_actor(text: str, names: ActorNames) -> str:
    """Return the code of the actor that is called this in any language. Raises Invalid, with the nearest."""
    wanted = folded(text.strip())
    for language in languages_known():
        for code, called in actors_in(language).items():
            if folded(called) == wanted:
                return code
    return text.upper() if text.upper() in FOREMOST else actor_code(text, names)


def chosen_types(text: str) -> tuple[frozenset[ReactionType], frozenset[Family]]:
    """Return the type, or the family, of this name. Raises Invalid, with the nearest."""
    try:
        return frozenset(), frozenset({family(text)})
    except Invalid:
        return frozenset({reaction_type(text)}), frozenset()


async def complete_actor(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete an actor."""
    return actor_choices(interaction.client.services.names, words_for(interaction), current)


async def complete_type(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete a type or family."""
    return type_choices(words_for(interaction), current)


async def complete_language(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:  # noqa: ARG001 - discord.py's signature
    """Autocomplete a language."""
    return language_choices(current)


async def complete_outlet(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete an outlet that this server sees."""
    guild = str(interaction.guild_id or "")
    feeds = await interaction.client.services.feeds.feeds(guild_id=guild)
    return best(current, [(feed.name, clip(feed.name, _NAME_LIMIT), (feed.url,)) for feed in feeds])


async def complete_since(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete how far back."""
    words = words_for(interaction)
    offered = {
        "24h": words("the last 24 hours"),
        "3d": words("the last 3 days"),
        "7d": words("the last 7 days"),
        "30d": words("the last 30 days"),
    }
    found = best(current, [(label, value, ()) for value, label in offered.items()])
    typed = current.strip()[:_NAME_LIMIT]
    return found or ([app_commands.Choice(name=typed, value=typed)] if typed else [])


OPTIONS = {
    "actor": locale_str("Who reacts"),
    "target": locale_str("Whom it is aimed at"),
    "kind": locale_str("What was done: a type, or a family of types"),
    "since": locale_str("How far back: 24h, 7d, 2023-09-19"),
    "until": locale_str("Up to when: 24h, 7d, 2023-09-21"),
    "language": locale_str("Language of the report"),
    "outlet": locale_str("Who reports it"),
}
"""What every question to the archive may be narrowed by, as Discord describes it."""

COMPLETIONS = {
    "actor": complete_actor,
    "target": complete_actor,
    "kind": complete_type,
    "since": complete_since,
    "until": complete_since,
    "language": complete_language,
    "outlet": complete_outlet,
}
"""What completes the options that every question to the archive has."""
