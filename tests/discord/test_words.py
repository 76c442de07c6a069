"""Every string that Discord's users see is in the catalogues, complete and not too long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.discord.words as words_module
from bot.discord.choices import chosen_actor
from bot.discord.reasons import TEMPLATES
from bot.discord.words import LOCALE_DIR, actors_in, compiled, language_of, languages, parsed, words_in
from bot.domain.actors import COLLECTIVE_NAMES, NEUTRAL_NAMES, SIDED_NAMES
from bot.domain.places import DISPUTED
from bot.domain.presentation import FAMILY_WORDS, KIND_WORDS, PLURAL_TYPE_WORDS, TYPE_WORDS

OTHERS = [language for language in languages() if language != "en"]
ROOM = Path(words_module.__file__).parent


def calls() -> Iterator[ast.Call]:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literals(node: ast.expr) -> list[str]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def messages_in_source() -> set[str]:
    """Return every message that the source asks for: `words("…")`, `locale_str("…")`, and the tables of the domain."""
    tables = (
        *TYPE_WORDS.values(),
        *PLURAL_TYPE_WORDS.values(),
        *COLLECTIVE_NAMES.values(),
        *FAMILY_WORDS.values(),
        *filter(None, KIND_WORDS.values()),
        *NEUTRAL_NAMES.values(),
        *SIDED_NAMES.values(),
        *TEMPLATES,
        *(name for pair in DISPUTED for name in pair),
    )
    found = set(tables)
    for call in calls():
        is_message = name_of(call.func) in {"words", "_words"} or isinstance(call.func, ast.Call)
        if (is_message or name_of(call.func) == "locale_str") and call.args:
            found.update(literals(call.args[0])[:1] if isinstance(call.args[0], ast.Constant) else [])
    return found


def plurals_in_source() -> set[tuple[str, str]]:
    return {
        (call.args[0].value, call.args[1].value)
        for call in calls()
        if name_of(call.func) == "plural" and isinstance(call.args[0], ast.Constant)
    }


def catalogue(language: str) -> dict[str, dict[str, str]]:
    po = (LOCALE_DIR / language / "LC_MESSAGES" / "communique.po").read_text(encoding="utf-8")
    return {
        entry.texts.get("msgctxt", "") + "\x04" + entry.texts["msgid"]: entry.texts
        for entry in parsed(po)
        if entry.texts["msgid"]
    }


def test_there_is_french_and_russian():
    assert set(OTHERS) >= {"fr", "ru"}


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing_from_a_catalogue_and_none_is_left_over(language):
    known = {key.partition("\x04")[2] for key in catalogue(language) if key.startswith("\x04")}
    wanted = messages_in_source() | {one for one, _ in plurals_in_source()}

    assert sorted(wanted - known) == []
    assert sorted(known - wanted) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_empty_and_all_name_the_same_fields(language):
    for texts in catalogue(language).values():
        fields = set(re.findall(r"\{(\w+)\}", texts["msgid"] + texts.get("msgid_plural", "")))
        for keyword, text in texts.items():
            if keyword.startswith("msgstr"):
                assert text, texts["msgid"]
                assert set(re.findall(r"\{(\w+)\}", text)) == fields, texts["msgid"]


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_much_longer_than_its_source(language):
    for texts in catalogue(language).values():
        longest = max(len(text) for keyword, text in texts.items() if keyword.startswith("msgstr"))
        assert longest <= max(40, 2 * len(texts["msgid"])), texts["msgid"]


def test_russian_has_three_plural_forms():
    words = words_in("ru")
    shown = [words.plural("{number} reaction", "{number} reactions", number) for number in (1, 2, 5, 11, 21)]
    assert shown == ["1 реакция", "2 реакции", "5 реакций", "11 реакций", "21 реакция"]


def test_a_locale_is_served_by_its_language_and_else_by_english():
    assert [language_of(locale) for locale in ("en-GB", "fr", "ru", "pt-BR")] == ["en", "fr", "ru", "en"]


def test_a_fuzzy_translation_is_not_used():
    assert b"peut-\xc3\xaatre" not in compiled('#, fuzzy\nmsgid "maybe"\nmsgstr "peut-être"\n')


def test_text_put_into_a_message_is_not_read_as_a_message():
    assert words_in("fr")("and {act}", act="{outlets}") == "et {outlets}"


@pytest.mark.parametrize("language", OTHERS)
def test_every_actor_that_the_lexicons_name_has_a_name(language):
    from bot.lexicons import actor_names

    called = actors_in(language)
    assert sorted(set(actor_names().names["en"]) - set(called) - set(NEUTRAL_NAMES)) == []
    assert all(0 < len(name) <= 80 for name in called.values())


def test_an_actor_is_chosen_by_what_readers_of_any_language_call_it(samples):
    assert [chosen_actor(text, samples.names) for text in ("США", "états-unis", "France", "FRA")] == [
        "USA",
        "USA",
        "FRA",
        "FRA",
    ]
