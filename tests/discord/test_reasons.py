"""Every reason and error of the domain is told in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.discord.reasons import TEMPLATES, _patterns, told
from bot.discord.words import words_in
from bot.domain.actors import ActorNames
from bot.domain.reactions import ReactionType

ROOM = Path(bot.__file__).parent
NAMES = ActorNames(names={"en": {"FRA": "France", "ARM": "Armenia", "AZE": "Azerbaijan"}})
# What a field of a message holds, in the messages that are made up from the source.
ADVICE = "check the address, or `feeds add` a.example's home page"
FILLED = {
    "_LATER": "we try again later",
    "advice": ADVICE,
    "reaction.actor": "FRA",
    "status": "503",
    "reaction.type": "condemn",
    "len": "3",
    "min_outlets": "3",
    "port": "22",
}
# Functions whose return values are reasons that readers are shown.
REASONS = {
    "domain/placements.py": {"story_reason"},
    "domain/owing.py": {"_general_objection", "_new_reason", "owe_item"},
    "domain/subscriptions.py": {"objection", "_words_object"},
    "analysis/relevance.py": {"_reason_for", "_reason_against"},
    "feeds/guard.py": {"objection"},
    "feeds/translation.py": {"in_words"},
}
# Modules of which a command may tell the errors.
RAISING = (
    "domain/retelling.py",
    "usecases/curate.py",
    "usecases/subscribe.py",
    "discord/moments.py",
    "feeds/opml.py",
    "feeds/answers.py",
    "feeds/source.py",
    "feeds/fetch.py",
)
# Said to operators alone, or about settings that a command cannot get wrong.
NOT_SHOWN = {
    "a subscription needs a channel",
    "min_outlets is at least 1",
    "the weekday is 0 (Monday) to 6 (Sunday)",
    "3 answered 304 although we have nothing of it; we try again later",
}


def text_of(node: ast.expr) -> str | None:
    """Return the text that an expression makes, something put into each of its fields."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    pieces = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            source = ast.unparse(part.value)
            filled = next((value for name, value in FILLED.items() if name in source), None)
            pieces.append(filled or ("24 hours" if "_words(" in source or "seconds" in source.lower() else "3"))
    return "".join(pieces)


def messages() -> Iterator[tuple[str, str]]:
    for module, functions in REASONS.items():
        tree = ast.parse((ROOM / module).read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name in functions:
                for node in ast.walk(function):
                    shown = node.value if isinstance(node, ast.Return) else None
                    if isinstance(shown, ast.Call) and shown.args:  # return FeedRefused("…")
                        shown = shown.args[0]
                    if shown is not None and (text := text_of(shown)):
                        yield module, text
    for module in RAISING:
        for node in ast.walk(ast.parse((ROOM / module).read_text("utf-8"))):
            made = node.exc if isinstance(node, ast.Raise) else node.value if isinstance(node, ast.Return) else None
            is_error = isinstance(made, ast.Call) and getattr(made.func, "id", "") in {
                "Invalid",
                "NotFound",
                "FeedRefused",
                "FeedUnavailable",
            }
            if is_error and made.args and (text := text_of(made.args[0])):
                yield module, text


MESSAGES = sorted({text for _, text in messages()} - NOT_SHOWN)


def test_the_source_is_read() -> None:
    assert len(MESSAGES) > 50


@pytest.mark.parametrize("message", MESSAGES)
def test_every_reason_in_the_source_has_a_template(message: str) -> None:
    matching = [template for template, pattern in _patterns() if pattern.fullmatch(message)]
    assert matching, message
    assert matching[0] != "{text}; we try again later", message


def test_every_template_knows_what_it_makes_itself() -> None:
    filled = {"number": "3", "age": "24 hours", "type": "condemn", "status": "503", "address": "https://a.example/"}
    filled |= {
        "host": "a.example",
        "sides": "Armenia and Azerbaijan",
        "actor": "FRA",
        "actors": "FRA",
        "reason": "the channel is gone",
    }
    for template in TEMPLATES:
        fields = {name: filled.get(name, "x") for name in _fields(template)}
        made = template.format(**fields)
        first = next(known for known, pattern in _patterns() if pattern.fullmatch(made))
        assert len(first) >= len(template) - 12, (template, first)


def _fields(template: str) -> set[str]:
    import re

    return set(re.findall(r"\{(\w+)\}", template))


@pytest.mark.parametrize(
    ("reason", "french", "russian"),
    [
        ("names Armenia and Azerbaijan with “talks”", "nomme Arménie et Azerbaïdjan avec « talks »", "названы Армения"),
        ("the subscription does not ask for condemn", "ne demande pas “condamne”", "осуждает"),
        ("the same event: ARM accuse, the same place", "le même événement : Arménie accuse, le même lieu", "обвиняет"),
        ("it was older than 24 hours when it was first seen", "plus de 24 heures", "24 часа"),
        ("no actor is called “Frnace”; did you mean FRA?", "vouliez-vous dire France", "Франция"),
        ("https://a.example/ answered 429: it asks us to come less often, in 5 min", "de venir moins souvent", "реже"),
        (
            "http://10.0.0.1/ is not visited: 10.0.0.1 is not a public address; if it is yours, add it to feeds.x",
            "n’est pas une adresse publique",
            "не публичный адрес",
        ),
    ],
)
def test_reasons_are_told_with_the_names_that_readers_know(reason: str, french: str, russian: str) -> None:
    assert french in told(reason, NAMES, words_in("fr"))
    assert russian in told(reason, NAMES, words_in("ru"))


def test_english_readers_are_told_names_instead_of_codes() -> None:
    assert told("the subscription does not ask for condemn", NAMES, words_in("en")) == (
        "the subscription does not ask for “condemns”"
    )


def test_what_is_not_known_is_told_as_it_is() -> None:
    assert told("something else", NAMES, words_in("fr")) == "something else"


def test_a_quoted_text_is_not_taken_for_a_message() -> None:
    assert told("speaks of “{number} {0}”", NAMES, words_in("fr")) == "parle de « {number} {0} »"


def test_a_reason_within_a_reason_ends() -> None:
    endless = "https://a.example/ is not visited: " * 50 + "x"
    assert told(endless, NAMES, words_in("fr")).endswith("x")


def test_every_type_can_be_told() -> None:
    for kind in ReactionType:
        assert "{" not in told(f"{kind} is alerted only where a subscription asks for it", NAMES, words_in("ru"))
