"""Constructions of a language, each in a few sentences of our own: `sentences/*.toml` say what must be coded in each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.analyst import Reading
from bot.domain.reactions import ReactionType

SENTENCES = {
    (path.stem, text): expected
    for path in sorted((Path(__file__).parent / "sentences").glob("*.toml"))
    for group in tomllib.loads(path.read_text(encoding="utf-8")).values()
    for text, expected in group.items()
}
QUIET = {ReactionType.REPORT, ReactionType.ANNOUNCE_ACTION}

Act = tuple[str, str]


def acts(expected: str) -> dict[Act, set[str]]:
    """Return the targets wanted of each act in "ACTOR type TARGET,TARGET; …"."""
    found = {}
    for one in filter(None, map(str.strip, expected.split(";"))):
        actor, kind, targets = (*one.split(), "")[:3]
        found[actor, kind] = set(filter(None, targets.lstrip("=").split(",")))
    return found


def closed(expected: str) -> set[Act]:
    """Return the acts whose targets are all told, and not only some of them: "ACTOR type =TARGET"."""
    return {
        (actor, kind)
        for actor, kind, targets in ((*one.split(), "", "")[:3] for one in expected.split(";") if one.strip())
        if targets.startswith("=")
    }


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_nothing_is_coded_but_the_acts_a_sentence_tells(language: str, text: str, read: Callable[..., Reading]) -> None:
    wanted = acts(SENTENCES[language, text])
    reading = read(text, language=language) if text.endswith(".") else read(title=text, language=language)
    coded = {(r.actor, str(r.type)): set(r.targets) for r in reading.records if r.type not in QUIET}
    assert set(coded) == set(wanted)
    assert {act: targets - coded[act] for act, targets in wanted.items()} == {act: set() for act in wanted}
    assert {act: coded[act] for act in closed(SENTENCES[language, text])} == {
        act: wanted[act] for act in closed(SENTENCES[language, text])
    }
