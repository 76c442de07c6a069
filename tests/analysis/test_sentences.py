"""English constructions, each in a few sentences of our own: `sentences/en.toml` says what must be coded in each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.analyst import Reading
from bot.domain.reactions import ReactionType

SENTENCES = {
    text: expected
    for group in tomllib.loads((Path(__file__).parent / "sentences/en.toml").read_text(encoding="utf-8")).values()
    for text, expected in group.items()
}
QUIET = {ReactionType.REPORT, ReactionType.ANNOUNCE_ACTION}

Act = tuple[str, str]


def acts(expected: str) -> dict[Act, set[str]]:
    """Return the targets wanted of each act in "ACTOR type TARGET,TARGET; …"."""
    found = {}
    for one in filter(None, map(str.strip, expected.split(";"))):
        actor, kind, targets = (*one.split(), "")[:3]
        found[actor, kind] = set(filter(None, targets.split(",")))
    return found


@pytest.mark.parametrize("text", SENTENCES)
def test_nothing_is_coded_but_the_acts_a_sentence_tells(text: str, read: Callable[..., Reading]) -> None:
    wanted = acts(SENTENCES[text])
    reading = read(text) if text.endswith(".") else read(title=text)
    coded = {(r.actor, str(r.type)): set(r.targets) for r in reading.records if r.type not in QUIET}
    assert set(coded) == set(wanted)
    assert {act: targets - coded[act] for act, targets in wanted.items()} == {act: set() for act in wanted}
