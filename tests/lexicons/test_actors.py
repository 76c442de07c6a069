"""The shipped actors: who is found in a text, as what, and who is not."""

from datetime import date
from pathlib import Path

import pytest

from bot.analysis.gazetteer import ActorMention, Gazetteer, MentionKind
from bot.analysis.text import tokenize
from bot.domain.actors import flag_of
from bot.lexicons import actor_names
from bot.lexicons.loader import actor_paths, read_actors

ORGANISATIONS = frozenset(
    "NKR EU UN UNSC OSCE NATO CSTO CIS EAEU OTS TURKPA OIC NAM COE PACE ECHR ICJ ICC ICRC VAT G7 IPU OIF".split()  # noqa: SIM905 - a list of codes is read best as one line
)


def found(
    gazetteer: Gazetteer, text: str, *, on: date | None = None, language: str | None = "en"
) -> list[ActorMention]:
    return list(gazetteer.find(tokenize(text), on, language))


def codes(gazetteer: Gazetteer, text: str, *, on: date | None = None, language: str | None = "en") -> list[str]:
    return [mention.code for mention in found(gazetteer, text, on=on, language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France regrets it", ["FRA"]),
        ("the Élysée and the Quai d'Orsay", ["FRA", "FRA"]),
        ("Elysee Palace", ["FRA"]),
        ("Downing Street, the White House and the Kremlin", ["GBR", "USA", "RUS"]),
        ("the U.S. and the US", ["USA", "USA"]),
        ("tell us more", []),
        ("UN experts warn", ["UN"]),
        ("the UN Security Council", ["UNSC"]),
        ("Armenia's Security Council", ["ARM", "ARM"]),
        ("the Philippine Senate", ["PHL", "PHL"]),
        ("the House of Representatives of Japan", ["JPN", "JPN"]),
        ("the European Parliament", ["EU"]),
        ("the European parliament and the UN security council", ["EU", "UNSC"]),
        ("the Parliamentary Assembly of the Council of Europe", ["PACE"]),
        ("OSCE Minsk Group co-chairs", ["OSCE"]),
        ("the Pope in the Vatican", ["VAT", "VAT"]),
        ("Türkiye, Turkiye and Turkey", ["TUR", "TUR", "TUR"]),
        ("South Korea and North Korea", ["KOR", "PRK"]),
        ("Papua New Guinea and Guinea", ["PNG", "GIN"]),
        ("Nagorno Karabakh forces", ["NKR"]),
        ("the Taliban", ["AFG"]),
        ("Hamas and Amnesty International", ["OTHER", "NGO"]),
    ],
)
def test_actor_is_found_by_its_names(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert codes(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Washington Post",
        "the Paris Agreement",
        "after the Washington summit",
        "South Georgia",
        "Armenia, Colombia",
        "Tom Holland in a new film",
        "Michael Jordan",
        "China Daily",
        "the Vienna Convention",
    ],
)
def test_name_within_another_name_is_no_actor(gazetteer: Gazetteer, text: str) -> None:
    assert codes(gazetteer, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Armenia", MentionKind.NAME),
        ("Yerevan", MentionKind.CAPITAL),
        ("Bundestag", MentionKind.ORGAN),
        ("Armenian", MentionKind.DEMONYM),
        ("Armenians", MentionKind.DEMONYM),
        ("Karabakh Armenians", MentionKind.PEOPLE),
        ("Nagorno-Karabakh", MentionKind.REGION),
        ("Ararat Mirzoyan", MentionKind.PERSON),
    ],
)
def test_mention_says_what_it_is(gazetteer: Gazetteer, text: str, kind: MentionKind) -> None:
    assert [mention.kind for mention in found(gazetteer, text)] == [kind]


@pytest.mark.parametrize(
    ("text", "on", "code", "role"),
    [
        ("Borrell", date(2023, 9, 20), "EU", "High Representative"),
        ("Josep Borrell", date(2025, 3, 1), "OTHER", "former High Representative"),
        ("Mark Rutte", date(2023, 9, 20), "NLD", "prime minister"),
        ("Mark Rutte", date(2025, 9, 20), "NATO", "secretary general"),
        ("Donald Trump", date(2023, 9, 20), "OTHER", "former president"),
        ("Donald Trump", date(2025, 8, 8), "USA", "president"),
        ("Pashinian", date(2020, 10, 1), "ARM", "prime minister"),
        ("Ararat Mirzoyan", date(2020, 10, 1), "ARM", "president of the National Assembly"),
        ("Erdoğan", date(2023, 9, 20), "TUR", "president"),
        ("Von der Leyen", date(2023, 9, 20), "EU", "president of the Commission"),
    ],
)
def test_person_speaks_for_the_office_of_the_day(
    gazetteer: Gazetteer, text: str, on: date, code: str, role: str
) -> None:
    mention = found(gazetteer, text, on=on)[0]
    assert (mention.code, mention.role, mention.in_office) == (code, role, code != "OTHER")


@pytest.mark.parametrize(
    "text",
    [
        "Hunter Biden left early",
        "said tennis player Daniil Medvedev",
        "a book by Andrew Lammy",
        "Nagios XI flaws",
    ],
)
def test_surname_after_another_first_name_is_somebody_else(gazetteer: Gazetteer, text: str) -> None:
    assert codes(gazetteer, text, on=date(2023, 9, 20)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Biden met Prime Minister Pashinyan", ["USA", "ARM"]),
        ("It was Russia's Lavrov who spoke, with Armenian President Khachaturyan", ["RUS", "RUS", "ARM", "ARM"]),
        ("Says Lavrov", ["RUS"]),
    ],
)
def test_title_before_a_surname_leaves_it_to_the_office_holder(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert codes(gazetteer, text, on=date(2023, 9, 20)) == expected


def test_full_name_settles_whose_the_surname_is(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Mike Johnson spoke. Johnson left.", on=date(2024, 3, 1))[0] == "USA"


def test_brussels_is_belgian_only_among_belgians(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Brussels proposes a loan") == ["EU"]
    assert set(codes(gazetteer, "Brussels recalls a Belgian envoy")) == {"BEL"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L'Arménie et l'Azerbaïdjan, selon l'ONU et un diplomate", "fr", ["ARM", "AZE", "UN"]),
        ("Les Etats-Unis et le Haut-Karabakh", "fr", ["USA", "NKR"]),
        ("Le prince Michel de Liechtenstein et le groupe de Minsk", "fr", ["LIE", "OSCE"]),
        ("Sergueï Lavrov et Vladimir Poutine", "fr", ["RUS", "RUS"]),
        ("Россия и Армения, МИД РФ", "ru", ["RUS", "ARM", "RUS"]),
        ("встреча с Пашиняном и Алиевым", "ru", ["ARM", "AZE"]),
        ("Հայաստանի եւ Ադրբեջանի, ՄԱԿ-ի", "hy", ["ARM", "AZE", "UN"]),
        ("Türkiye ve Ermenistan, ABD", "tr", ["TUR", "ARM", "USA"]),
        ("Azərbaycanın və Ermənistanla", "az", ["AZE", "ARM"]),
        ("Aserbaidschans Armee und die Türkei", "de", ["AZE", "TUR"]),
        ("Rusia, Azerbaiyán y la ONU", "es", ["RUS", "AZE", "UN"]),
    ],
)
def test_actor_is_found_in_other_languages(gazetteer: Gazetteer, text: str, language: str, expected: list[str]) -> None:
    assert codes(gazetteer, text, on=date(2023, 9, 20), language=language) == expected


@pytest.mark.parametrize(
    ("form", "cases"),
    [("Армения", "n"), ("Армению", "a"), ("Арменией", "i"), ("Армении", "gdp"), ("Евросоюза", "g"), ("Лавровым", "i")],
)
def test_russian_form_tells_its_cases(gazetteer: Gazetteer, form: str, cases: str) -> None:
    assert [mention.cases for mention in found(gazetteer, form, language="ru")] == [cases]


def test_georgia_of_the_peaches_is_no_state(gazetteer: Gazetteer) -> None:
    for path in actor_paths():
        entries = read_actors([path])
        for entry in entries.namesakes:
            for text in entry.fires:
                assert entry.namesake.code not in codes(gazetteer, text), text
            for text in entry.not_fires:
                assert entry.namesake.code in codes(gazetteer, text), text


def test_every_code_is_a_state_or_an_organisation_of_the_codebook() -> None:
    entries = read_actors(actor_paths())
    for code in entries.names:
        assert code in ORGANISATIONS or flag_of(code), code
    assert set(ORGANISATIONS) <= entries.names.keys()
    offices = {office.actor for entry in entries.persons.values() for office in entry.person.offices}
    assert offices <= entries.names.keys()


def test_every_shown_name_of_an_actor_is_found_as_that_actor(gazetteer: Gazetteer) -> None:
    entries = read_actors(actor_paths())
    for code, name in entries.names.items():
        assert code in codes(gazetteer, name), (code, name)


def test_readers_are_told_names_in_their_language(tmp_path: Path) -> None:
    names = actor_names(cache=tmp_path)
    assert names.name("ARM", language="fr") == "Arménie"
    assert names.name("EU", language="ru") == "ЕС"
    assert names.name("NKR", language="fr") == "autorités du Haut-Karabakh"
    assert names.name("NKR") == "Nagorno-Karabakh authorities"
