"""Who is taken to have said what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.analyst import Reading
from bot.domain.reactions import ReactionType, Record, Tier

Read = Callable[..., Reading]


def only(reading: Reading) -> Record:
    (record,) = reading.records
    return record


@pytest.mark.parametrize(
    "text",
    [
        "“Azerbaijan must stop the attack,” French President Emmanuel Macron said.",
        "“Azerbaijan must stop the attack,” said Emmanuel Macron.",
        "Emmanuel Macron said: “Azerbaijan must stop the attack.”",
        "Emmanuel Macron said that Azerbaijan must stop the attack.",
        "According to Emmanuel Macron, Azerbaijan must stop the attack.",
        '"Azerbaijan must stop the attack," Emmanuel Macron told reporters in Lyon on Monday.',
        "«Azerbaijan must stop the attack», Emmanuel Macron said.",
    ],
)
def test_a_demand_is_its_speakers_wherever_he_is_named(text: str, read: Read) -> None:
    record = only(read(text))
    assert (record.actor, record.type, record.targets) == ("FRA", ReactionType.CALL_CEASEFIRE, ("AZE",))
    assert record.speaker == "Emmanuel Macron"
    assert record.tier is Tier.ALERT


@pytest.mark.parametrize(
    "title", ["Macron: Azerbaijan must stop the attack", "Azerbaijan must stop the attack, Macron says"]
)
def test_a_headline_names_its_speaker_before_a_colon_or_behind_a_comma(title: str, read: Read) -> None:
    record = only(read(title=title))
    assert (record.actor, record.type, record.speaker) == ("FRA", ReactionType.CALL_CEASEFIRE, "Macron")


def test_two_speakers_of_one_paragraph_keep_their_words_apart(read: Read) -> None:
    reading = read("“We condemn the attack,” Josep Borrell said, while Sergey Lavrov said: “We are concerned.”")
    assert [(r.actor, r.type, r.quote) for r in reading.records] == [
        ("EU", ReactionType.CONDEMN, "We condemn the attack,"),
        ("RUS", ReactionType.EXPRESS_CONCERN, "We are concerned."),
    ]


def test_a_quotation_goes_on_behind_its_attribution(read: Read) -> None:
    reading = read("“We condemn the attack,” Josep Borrell said. “Those responsible must withdraw their troops.”")
    assert [(r.actor, r.type) for r in reading.records] == [
        ("EU", ReactionType.CONDEMN),
        ("EU", ReactionType.DEMAND_WITHDRAWAL),
    ]


def test_words_of_somebody_unknown_are_a_statement_of_no_actor(read: Read) -> None:
    reading = read("“The road is closed,” said Maria Petrosyan, who runs a bakery near the border.")
    (statement,) = reading.statements
    assert (statement.speaker_text, statement.actor) == ("Maria Petrosyan", None)
    assert statement.quote == "The road is closed,"
    assert reading.records == ()


def test_the_role_and_the_name_of_a_speaker_are_as_the_text_has_them(read: Read) -> None:
    record = only(read("Germany’s foreign minister, Annalena Baerbock, urged Azerbaijan to end the shelling."))
    assert (record.actor, record.speaker, record.role) == ("DEU", "Annalena Baerbock", "Germany’s foreign minister")


def test_who_left_office_speaks_for_nobody(read: Read) -> None:
    record = only(read("The former French president condemned the attack by Azerbaijan."))
    assert (record.actor, record.speaker, record.role) == ("OTHER", None, "former French president")


def test_a_bare_people_is_no_actor(read: Read) -> None:
    assert read(title="Armenian wine condemned by French critics").records == ()


def test_a_pronoun_means_the_only_person_named_and_alerts_nobody(read: Read) -> None:
    record = only(read("Emmanuel Macron arrived at noon. He condemned the attack by Azerbaijan."))
    assert (record.actor, record.type, record.tier) == ("FRA", ReactionType.CONDEMN, Tier.DIGEST)


def test_a_pronoun_with_two_candidates_means_neither(read: Read) -> None:
    record = only(read("Emmanuel Macron met Vladimir Putin. He condemned the attack by Azerbaijan."))
    assert record.type is ReactionType.CONSULT
