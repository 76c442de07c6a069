"""What only one language has belongs into its pack: a small pack of an invented language says it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.items import Article
from bot.lexicons import load
from bot.lexicons.lexicon import packs
from bot.lexicons.packs import parse_pack

# Plurals end in "ak", verbs in "en" for several and in "et" for one; "ela" is "she", "mio" a million.
LANGUAGE = """
[language]
code = "xx"
name = "Test"

[words]
pronouns = ["ela"]
roles = ["presidento"]
forces = ["trupo", "trupak"]

[[inflection]]
slots = ["infinitive"]
rules = [["", ""]]
[[inflection]]
slots = ["finite", "plural"]
rules = [["", "en"]]
[[inflection]]
slots = ["finite"]
rules = [["", "et"]]

[[verb]]
id = "bomb"
type = "military_action"
verbs = ["bomb"]

[[verb]]
id = "blame"
type = "condemn"
verbs = ["blam"]

[[verb]]
id = "give"
type = "provide_aid"
verbs = ["giv"]
object = ["miliono"]
needs_object = true
target = "any"

[[verb]]
id = "plain"
frame = "plain"
verbs = ["com"]

[grammar]
"""


def coded(folder: Path, switches: str, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    (folder / "xx.toml").write_text(LANGUAGE + switches, encoding="utf-8")
    analyst = LexiconAnalyst(load(folder, cache=folder / "cache"))
    reading = analyst.read(Article(title="", summary=text, language="xx"))
    return [(record.actor, str(record.type), record.targets) for record in reading.records]


@pytest.mark.parametrize(
    ("switches", "text", "told"),
    [
        ('plural_endings = ["ak"]', "French trupak bomben Armenia.", ("FRA", "military_action", ("ARM",))),
        ('[grammar.amounts]\nmio = "miliono"', "France givet Armenia 15mio.", ("FRA", "provide_aid", ("ARM",))),
        (
            'inversions = ["ela"]\ninversion_links = ["z"]\npersonal = ["ela"]',
            "Presidento Macron comet. Blamet-z-ela Armenia.",
            ("FRA", "condemn", ("ARM",)),
        ),
    ],
)
def test_only_the_pack_tells(tmp_path: Path, switches: str, text: str, told: tuple[str, str, tuple[str, ...]]) -> None:
    assert coded(tmp_path, switches, text) == [told]
    assert told not in coded(tmp_path, "", text)


def test_a_pack_that_says_nothing_of_them_has_no_english_ones() -> None:
    pack = parse_pack(LANGUAGE, source="xx.toml")
    assert not pack.is_plural("news")
    assert not pack.amounts
    assert not pack.addressee_prepositions
    assert not pack.name_joints


def test_a_plural_ending_has_exceptions() -> None:
    pack = packs()["en"]()
    assert pack.is_plural("prisoners")
    assert not pack.is_plural("congress")
