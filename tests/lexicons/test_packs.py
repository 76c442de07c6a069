"""Language packs: the shipped ones do what their examples say, and a broken one is refused by file and entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.analysis.pack import Slot
from bot.domain.errors import LexiconInvalid
from bot.domain.items import Article
from bot.domain.reactions import ReactionType
from bot.lexicons import load
from bot.lexicons.examples import failures, problems
from bot.lexicons.lexicon import packs
from bot.lexicons.packs import parse_pack, read_pack

LANGUAGE = '[language]\ncode = "xx"\nname = "Test"\n'
INFLECTION = """
[[inflection]]
slots = ["infinitive", "finite", "plural"]
rules = [["", ""]]
[[inflection]]
slots = ["finite"]
rules = [["y", "ies"], ["", "s"]]
[[inflection]]
slots = ["finite", "past", "participle"]
rules = [["y", "ied"], ["e", "ed"], ["", "ed"]]
"""


@pytest.fixture(scope="session")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> LexiconAnalyst:
    return LexiconAnalyst(load(cache=tmp_path_factory.mktemp("lexicon")))


@pytest.mark.parametrize("language", sorted(packs()))
def test_every_example_of_a_shipped_pack_holds(language: str, analyst: LexiconAnalyst) -> None:
    pack = packs()[language]()
    assert pack.code == language
    assert len(pack.examples) > 30
    assert [
        f"{example.entry}: {wrong}" for example in pack.examples for wrong in problems(analyst, example, language)
    ] == []


def test_english_has_a_firing_example_for_every_type_it_can_code() -> None:
    fired = {example.expected.split()[1] for example in packs()["en"]().examples if example.fires}
    assert fired >= {str(kind) for kind in ReactionType} - {"report", "announce_action"}


def test_forms_follow_the_rules_of_the_pack_and_irregular_verbs_their_own() -> None:
    pack = parse_pack(
        LANGUAGE
        + INFLECTION
        + '[irregular]\nsay = "say says said"\n[[verb]]\nid = "v"\nverbs = ["deny", "say", "use"]',
        source="xx.toml",
    )
    assert set(pack.words) == {"deny", "denies", "denied", "say", "says", "said", "use", "uses", "used"}
    (form,) = pack.words["used"].forms
    assert form.lemma == "use"
    assert form.slots == Slot.FINITE | Slot.PAST | Slot.PARTICIPLE


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("[[verb]]\nverbs = ['go']", r"\[\[verb\]\] number 1: has no id"),
        ("[[verb]]\nid = 'go'", r"\[\[verb\]\] go: has no verbs"),
        ("[[verb]]\nid = 'go'\nverbs = ['go']\ncolour = 'red'", r"\[\[verb\]\] go: unknown key 'colour'"),
        ("[[verb]]\nid = 'go'\nverbs = ['go']\ntype = 'dance'", r"\[\[verb\]\] go: type = 'dance' is not known"),
        ("[[verb]]\nid = 'go'\nverbs = ['go']\nobject = ['@nowhere']", r"\[\[verb\]\] go: .*'@nowhere'"),
        ("[[verb]]\nid = 'go'\nverbs = 'go'", r"\[\[verb\]\] go: verbs wants a list of words"),
        ("[[verb]]\nid = 'go'\nverbs = ['go']\nfires = ['They go']", r"\[\[verb\]\] go: an example of `fires`"),
        (
            INFLECTION + "[[verb]]\nid = 'go'\nverbs = ['go']\n[[verb]]\nid = 'go'\nverbs = ['run']",
            r"\[\[verb\]\] go: has an id that another entry has",
        ),
        ("[[verb]]\nid = 'go'\nverbs = ['go away']", r"\[\[verb\]\] go: 'go away' has no form: .* row for 'go'"),
        (INFLECTION + "[irregular]\ngo = 'go goes went gone'", r"\[irregular\] go: has 4 forms, .* stands 3 times"),
        ("[words]\ncolours = ['red']", r"\[words\]: unknown list 'colours'"),
        ("[[inflection]]\nslots = ['dual']", r"\[\[inflection\]\]: unknown slot 'dual'"),
        ("[colours]", r"unknown table 'colours'"),
        ("[words", r"no valid TOML"),
    ],
)
def test_a_broken_pack_is_refused_by_file_and_entry(entry: str, complaint: str) -> None:
    with pytest.raises(LexiconInvalid, match=rf"^xx\.toml: .*{complaint}"):
        parse_pack(LANGUAGE + entry, source="xx.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconInvalid, match=r"^xx\.toml: cannot be read"):
        read_pack(path)


LAMPOON = """
[[verb]]
id = "lampoon"
type = "condemn"
verbs = ["lampoon"]
fires = ["France lampoons Azerbaijan => FRA condemn AZE"]
silent = ["France lampoons itself"]
"""


def coded(folder: Path, title: str) -> list[tuple[str, str, tuple[str, ...]]]:
    analyst = LexiconAnalyst(load(folder, cache=folder / "cache"))
    reading = analyst.read(Article(title=title, language="en"))
    return [(record.actor, str(record.type), record.targets) for record in reading.records]


def test_a_users_pack_adds_a_verb_to_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(LAMPOON, encoding="utf-8")
    assert coded(tmp_path, "France lampoons Azerbaijan") == [("FRA", "condemn", ("AZE",))]
    assert coded(tmp_path, "France condemns Azerbaijan") == [("FRA", "condemn", ("AZE",))]


def test_a_users_entry_takes_the_place_of_the_shipped_one_with_its_id(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(LAMPOON.replace('id = "lampoon"', 'id = "condemn"'), encoding="utf-8")
    assert coded(tmp_path, "France lampoons Azerbaijan") == [("FRA", "condemn", ("AZE",))]
    assert coded(tmp_path, "France lambasts Azerbaijan") == []


def test_a_users_words_are_added_to_the_shipped_lists(tmp_path: Path) -> None:
    title = "Azerbaijan's hetman condemns Armenia"
    assert coded(tmp_path, title) == []
    (tmp_path / "en.toml").write_text("[words]\nroles = ['hetman']", encoding="utf-8")
    assert coded(tmp_path, title) == [("AZE", "condemn", ("ARM",))]


def test_a_users_pack_that_replaces_stands_alone(tmp_path: Path) -> None:
    head = '[language]\ncode = "en"\nname = "English"\nreplaces = true\n'
    (tmp_path / "en.toml").write_text(head + INFLECTION + LAMPOON, encoding="utf-8")
    assert coded(tmp_path, "France lampoons Azerbaijan") == [("FRA", "condemn", ("AZE",))]
    assert coded(tmp_path, "France condemns Azerbaijan") == []


def test_an_example_that_fails_is_named_by_file_and_entry(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(
        LANGUAGE + INFLECTION + '[[verb]]\nid = "boo"\ntype = "condemn"\nverbs = ["boo"]\n'
        'fires = ["France waves => FRA condemn"]\n',
        encoding="utf-8",
    )
    count, wrong = failures(LexiconAnalyst(load(tmp_path, cache=tmp_path / "cache")), tmp_path)
    assert count > 1
    assert [problem for problem in wrong if problem.startswith("xx.toml")] == [
        "xx.toml: boo: must fire on 'France waves', but nothing is coded"
    ]
