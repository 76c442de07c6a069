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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Norwegian minister for trade, Lars Berg, condemned Peru.", "Lars Berg"),
        ("The UN High Commissioner for Refugees, Ana Ruiz, condemned Peru.", "Ana Ruiz"),
        ("The Norwegian minister for trade condemned Peru.", None),
        ("The Norwegian minister for trade, Lars Berg and others condemned Peru.", None),
    ],
)
def test_a_name_behind_what_an_office_is_for_is_its_bearers(text: str, speaker: str | None, read: Read) -> None:
    assert only(read(text)).speaker == speaker


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


def test_a_pronoun_means_the_only_person_named(read: Read) -> None:
    record = only(read("Emmanuel Macron arrived at noon. He condemned the attack by Azerbaijan."))
    assert (record.actor, record.type) == ("FRA", ReactionType.CONDEMN)


def test_a_pronoun_with_two_candidates_means_neither(read: Read) -> None:
    record = only(read("Emmanuel Macron met Vladimir Putin. He condemned the attack by Azerbaijan."))
    assert record.type is ReactionType.CONSULT


@pytest.mark.parametrize(
    ("title", "summary", "actors"),
    [
        ("Statement by the Foreign Ministry of Norway", "The Foreign Ministry condemns the raid by Libya.", {"NOR"}),
        ("Statement from the Norwegian premier", "He condemned the raid by Libya.", {"NOR"}),
        (
            "Joint statement of the presidents of Peru, Chile and Spain",
            "The presidents condemn the raid.",
            {"PER", "CHL", "ESP"},
        ),
        ("Joint statement by Peru and Spain", "We condemn the raid by Libya.", {"PER", "ESP"}),
        ("Norwegian premier criticises statement by Libya", "He condemned the raid.", {"NOR"}),
        ("The foreign ministry of Norway on the raid in Karabakh", "We condemned the raid by Libya at once.", {"NOR"}),
        ("Statement on the raid", "The Secretary-General condemns the raid by Libya.", {"UN"}),
        ("Statement on the raid", "The Secretary-General of the club condemns the raid by Libya.", set()),
        ("A raid in Karabakh", "We condemned the raid at once.", set()),
    ],
)
def test_an_item_is_in_the_words_of_those_whose_statement_it_is(
    title: str, summary: str, actors: set[str], read: Read
) -> None:
    reading = read(summary, title=title)
    assert {r.actor for r in reading.records if r.type is ReactionType.CONDEMN} == actors


def test_what_is_said_in_the_sentence_is_the_quote_of_the_act_that_hangs_on_it(read: Read) -> None:
    reading = read("“Civilians come first,” the Greek foreign ministry said, urging Baku to respect human rights.")
    quotes = {record.type: record.quote for record in reading.records}
    assert quotes[ReactionType.DEMAND_COMPLIANCE] == "Civilians come first,"


def test_a_headline_takes_the_full_quotation_from_the_text_below(read: Read) -> None:
    text = "“We condemn the attack by Azerbaijan,” Baerbock said."
    record = only(read(text, title="Germany 'condemns' attack by Azerbaijan"))
    assert record.quote == "We condemn the attack by Azerbaijan,"


def test_words_that_are_no_act_are_lent_to_the_only_act_of_their_speaker(read: Read) -> None:
    reading = read(
        "“Many families have crossed the border,” Sweden's minister said.", title="Sweden sends aid to Armenia"
    )
    assert [(r.type, r.quote) for r in reading.records if r.type is ReactionType.PROVIDE_AID] == [
        (ReactionType.PROVIDE_AID, "Many families have crossed the border,")
    ]


def test_each_request_has_the_quoted_words_that_ask_for_it(read: Read) -> None:
    reading = read(
        "Russia asked Armenia and Azerbaijan to “end the fighting now” and to return to “a settlement by talks alone”."
    )
    assert {str(r.type): r.quote for r in reading.records} == {
        "call_ceasefire": "end the fighting now",
        "call_dialogue": "a settlement by talks alone",
    }


def test_words_behind_a_colon_are_those_of_the_only_actor(read: Read) -> None:
    record = only(read(title="Ankara warns Paris over Karabakh: 'heavy consequences'"))
    assert (record.actor, record.quote) == ("TUR", "heavy consequences")


def test_another_verb_keeps_its_words(read: Read) -> None:
    reading = read("Turkey condemned the visit, of which France 'expects much'.")
    assert {record.actor: record.quote for record in reading.records} == {"TUR": None, "FRA": "expects much"}


def test_they_are_those_who_were_named_together(read: Read) -> None:
    reading = read("Trump hosted Aliyev and Pashinyan, where they signed a declaration.")
    agreed = [r for r in reading.records if r.type is ReactionType.AGREE]
    assert {r.actor for r in agreed} == {"ARM", "AZE"}
    assert {r.tier for r in agreed} == {Tier.DIGEST}


def test_a_role_is_its_bearers_who_is_named_elsewhere(read: Read) -> None:
    reading = read(
        "Germany's foreign minister told Baku to halt the shelling.", title="Karabakh: Baerbock and Fidan differ"
    )
    assert [(r.actor, r.speaker) for r in reading.records] == [("DEU", "Baerbock")]


def test_a_deputy_is_not_the_minister_who_is_named_elsewhere(read: Read) -> None:
    reading = read(
        "Germany's deputy foreign minister told Baku to halt the shelling.", title="Karabakh: Baerbock, Fidan differ"
    )
    assert [(r.actor, r.speaker) for r in reading.records] == [("DEU", None)]


def test_a_quotation_before_a_colon_is_his_of_whom_the_headline_tells(read: Read) -> None:
    reading = read(title="'We give up nothing': Pashinyan rejects Azerbaijan's demand")
    assert ("ARM", "refuse", "We give up nothing") in {(r.actor, str(r.type), r.quote) for r in reading.records}


def test_the_palace_that_says_it_gives_the_thanks(read: Read) -> None:
    reading = read("Aliyev pardoned a French citizen, the Élysée said, thanking Baku.")
    assert ("FRA", "welcome") in {(r.actor, str(r.type)) for r in reading.records}
    assert ("AZE", "welcome") not in {(r.actor, str(r.type)) for r in reading.records}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (
                "“Baku must stop the attack,” Prime Minister Nikol Pashinyan said. The Armenian Defence Ministry condemned "
                "Azerbaijan over the shelling."
            ),
            ("condemn", None, "Armenian Defence Ministry"),
        ),
        (
            (
                "“Bakou doit cesser l'attaque”, a déclaré le Premier ministre Nikol Pachinian. Le ministère arménien de la "
                "Défense a condamné l'Azerbaïdjan pour ces tirs."
            ),
            ("condemn", None, "ministère arménien de la Défense"),
        ),
    ],
)
def test_a_ministry_takes_no_name_from_elsewhere_in_the_text(
    text: str, told: tuple[str, None, str], read: Read
) -> None:
    """Nobody bears a body: what the ministry says is not the prime minister's."""
    kind, speaker, role = told
    (record,) = [each for each in read(text).records if each.type == kind]
    assert (record.speaker, record.role) == (speaker, role)


def test_the_parties_are_those_of_the_conflict_whoever_was_named_together_last(read: Read) -> None:
    reading = read(
        "Macron and Erdogan spoke by phone. Norway called on the parties to show restraint.",
        title="Armenia and Azerbaijan accuse each other of shelling",
    )
    assert {r.targets for r in reading.records if r.actor == "NOR"} == {("ARM", "AZE")}


def test_a_quotation_below_the_headline_of_a_declaration_is_in_the_words_of_whose_it_is(read: Read) -> None:
    reading = read(
        "« Nous condamnons l’offensive de l’Azerbaïdjan. »",
        title="Combats au Karabakh : déclaration de la présidence grecque",
        language="fr",
    )
    assert [(r.actor, r.type.value, r.targets) for r in reading.records] == [("GRC", "condemn", ("AZE",))]


def test_words_without_an_owner_are_those_of_whoever_the_headline_names_beside_a_mark(read: Read) -> None:
    reading = read(
        "«Решительно осуждаем действия Азербайджана», – отмечается в заявлении.",
        title="МИД Кипра: обстрелы привели к жертвам",
        language="ru",
    )
    assert ("CYP", "condemn", ("AZE",)) in [(r.actor, r.type.value, r.targets) for r in reading.records]


def test_a_date_within_what_somebody_is_accused_of_is_not_that_of_the_accusation(read: Read) -> None:
    reading = read(
        "Pachinian a accusé l'OTSC de ne pas être intervenue quand son pays a été attaqué en 2021.",
        language="fr",
    )
    assert [(r.actor, r.type.value, r.background) for r in reading.records if r.targets] == [("ARM", "accuse", False)]


def test_a_date_behind_what_somebody_is_accused_of_is_not_that_of_the_accusation_in_russian_either(read: Read) -> None:
    reading = read("Эрдоган обвинил Армению в атаке на позиции Азербайджана в июле.", language="ru")
    assert [(r.actor, r.type.value, r.background) for r in reading.records] == [("TUR", "accuse", False)]


def test_we_in_a_statement_are_those_whose_it_is_by_the_headline(read: Read) -> None:
    record = only(
        read(
            "We strongly condemn the attack by Azerbaijan.",
            title="Swedish foreign ministry statement on attack by Azerbaijan",
        )
    )
    assert (record.actor, record.type) == ("SWE", ReactionType.CONDEMN)
    assert read("We strongly condemn it.", title="Swedish statement on the attack angers Azerbaijan").records == ()


def test_a_group_and_its_chief_are_one_who_acts(read: Read) -> None:
    record = only(
        read("Deputy Hamas chief Saleh Arouri ruled out talks with Israel.", title="Hamas rules out talks with Israel")
    )
    assert (record.actor, record.type, record.speaker) == ("OTHER", ReactionType.REFUSE, "Saleh Arouri")


@pytest.mark.parametrize(
    ("title", "summary", "actor"),
    [
        (
            "Foreign Ministry condemns attack by Turkey",
            "The Foreign Ministry of Greece issued a statement on Monday.",
            "GRC",
        ),
        ("PM condemns attack by Turkey", "Greek Prime Minister Eleni Rallis addressed parliament on Monday.", "GRC"),
        ("Turkey is to blame for the shelling – MFA", "It began at dawn, Greece's foreign ministry said.", "GRC"),
    ],
)
def test_a_title_alone_in_a_headline_is_its_only_bearers_below(
    title: str, summary: str, actor: str, read: Read
) -> None:
    told = [record for record in read(summary, title=title).records if record.targets == ("TUR",)]
    assert [record.actor for record in told] == [actor]


def test_a_title_alone_in_a_headline_is_nobodys_where_two_bear_it_or_nobody(read: Read) -> None:
    two = "Greek Prime Minister Eleni Rallis met Serbian Prime Minister Jovan Ilic on Monday."
    other = "Greek Defence Minister Eleni Rallis addressed parliament on Monday."
    for summary in (two, other):
        reading = read(summary, title="PM condemns attack by Turkey")
        assert all(record.type is not ReactionType.CONDEMN for record in reading.records)


def test_a_verdict_on_what_was_done_long_ago_is_new(read: Read) -> None:
    condemned = only(read("Greece condemned Turkey's attack on a convoy in May."))
    assert not condemned.background
    for text in ("In May, Greece condemned Turkey.", "Greece condemned Turkey in May."):
        assert only(read(text)).background


def test_a_surname_alone_in_a_headline_is_whoever_is_named_with_it_below(read: Read) -> None:
    reading = read(
        "Swedish foreign minister Eva Berg spoke in Oslo on Tuesday.", title="Berg: Turkey used banned weapons in Syria"
    )
    told = [(record.actor, record.targets) for record in reading.records if record.type is ReactionType.ACCUSE]
    assert told == [("SWE", ("TUR",))]


def test_what_was_done_earlier_in_the_year_or_week_is_background_and_today_is_not(read: Read) -> None:
    assert only(read("Greece condemned Turkey earlier this year.")).background
    assert only(read("Earlier this month, Greece condemned Turkey.")).background
    assert only(read("Greece condemned Turkey earlier this week.")).background
    assert not only(read("Greece condemned Turkey earlier today.")).background


@pytest.mark.parametrize(
    ("text", "told_later"),
    [
        ("Peru condemned Chile on Wednesday. On Monday, Spain accused Chile of lying.", True),
        ("Peru condemned Chile on Wednesday. On Tuesday, Spain accused Chile of lying.", False),
        # What the item begins with is its news.
        ("Spain accused Chile of lying on Monday. Peru condemned Chile on Wednesday.", False),
    ],
)
def test_what_an_item_goes_back_to_by_the_name_of_a_day_is_background(read: Read, text: str, told_later: bool) -> None:
    reading = read(text)
    told = {record.actor: record.background for record in reading.records}
    assert told == {"PER": False, "ESP": told_later}


STRANGER = [
    (
        "Japan's foreign minister voices concern over Turkey",
        "Ito Kenichi told reporters that Turkey must halt its offensive.",
    ),
    (
        "Oslo: Turkey must halt its offensive",
        "Turkey has broken its word, Eva Berg said. The Norwegian foreign minister condemned it.",
    ),
    ("Peruvian envoy thanks Norway", "“Chile attacked us,” Juan Rojas Paz told a briefing."),
]


@pytest.mark.parametrize(("title", "text"), STRANGER)
def test_an_unknown_name_is_the_one_whose_title_the_item_tells(read: Read, title: str, text: str) -> None:
    names = {"Ito Kenichi", "Eva Berg", "Juan Rojas Paz"}
    records = read(text, title=title).records
    assert len({record.actor for record in records}) == 1
    assert {record.speaker for record in records} <= names


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # Two strangers, and either may be the minister.
        (
            "Japan's foreign minister condemns Turkey",
            "Ito Kenichi said it was wrong. Abe Jiro accused Turkey of lying.",
        ),
        # Two titles, and the stranger may have either.
        ("Japan's foreign minister and Norway's envoy condemn Turkey", "Ito Kenichi accused Turkey of lying."),
        # Who it is was told.
        ("Japan's foreign minister condemns Turkey", "Ito Kenichi, a fisherman, accused Turkey of lying."),
        # A ministry has no name.
        ("Japan's foreign ministry condemns Turkey", "Ito Kenichi accused Turkey of lying."),
    ],
)
def test_a_stranger_is_nobody_where_there_is_any_doubt(read: Read, title: str, text: str) -> None:
    assert not [record for record in read(text, title=title).records if record.type is ReactionType.ACCUSE]


def test_the_leaders_are_those_who_met_last(read: Read) -> None:
    reading = read(
        "Macron spoke with Erdogan by phone. The two leaders called for a ceasefire.",
        title="Peru and Chile clash over Atacama",
    )
    asked = {record.actor for record in reading.records if record.type is ReactionType.CALL_CEASEFIRE}
    assert asked == {"FRA", "TUR"}


@pytest.mark.parametrize("noun", ["breakaway region", "enclave", "disputed region"])
def test_an_enclave_that_was_named_is_known_by_a_common_noun(read: Read, noun: str) -> None:
    reading = read(f"Officials of the {noun} accused Azerbaijan of lying.", title="Talks on Nagorno-Karabakh")
    assert [(r.actor, r.targets) for r in reading.records if r.type is ReactionType.ACCUSE] == [("NKR", ("AZE",))]


def test_an_enclave_that_was_not_named_is_not_known(read: Read) -> None:
    assert not read("Officials of the breakaway region accused Azerbaijan of lying.", title="Talks go on").records


def test_the_head_of_something_unknown_is_not_the_only_actor_told_of(read: Read) -> None:
    reading = read("Kat Lee, the head of the delegation, said Turkey had lied.", title="Macron condemns Turkey")
    assert [record.type for record in reading.records] == [ReactionType.CONDEMN]


@pytest.mark.parametrize(
    "role",
    [
        "A Turkish lawmaker",
        "The Turkish defence minister",
        "The Turkish ambassador",
        "A Turkish party leader",
        "Turkey's foreign minister",
        "Erdogan's spokesman",
        "A Turkish official",
    ],
)
def test_nobody_is_given_the_words_of_another_office(role: str, read: Read) -> None:
    reading = read(
        f"Recep Tayyip Erdogan condemned the attack by Armenia on villages. {role} accused Armenia of aggression on Friday."
    )
    condemned, accused = reading.records
    assert condemned.speaker == "Recep Tayyip Erdogan"
    assert (accused.actor, accused.speaker) == ("TUR", None)


@pytest.mark.parametrize(
    "role", ["The Turkish leader", "Turkey's leader", "The Turkish president", "Turkey's head of state"]
)
def test_a_role_is_its_bearers_in_whichever_way_it_is_written(role: str, read: Read) -> None:
    reading = read(
        f"Recep Tayyip Erdogan arrived in Lyon on Friday, the president's office said. "
        f"{role} accused Armenia of aggression after the strike on the village."
    )
    assert [one.speaker for one in reading.records if one.type is ReactionType.ACCUSE] == ["Recep Tayyip Erdogan"]


def test_each_of_several_who_bear_one_title_is_named(read: Read) -> None:
    reading = read(
        "Vladimir Putin phoned Emmanuel Macron about the truce. "
        "The Russian and French presidents urged Armenia to start talks with Azerbaijan."
    )
    speakers = {one.actor: one.speaker for one in reading.records if one.type is ReactionType.CALL_DIALOGUE}
    assert speakers == {"RUS": "Vladimir Putin", "FRA": "Emmanuel Macron"}


def test_a_states_attack_is_nobodys_word(read: Read) -> None:
    reading = read(
        "Azerbaijani forces shelled Stepanakert on Friday. Ilham Aliyev accused Armenia of aggression in a speech in Lyon."
    )
    speakers = {one.type: one.speaker for one in reading.records}
    assert speakers[ReactionType.MILITARY_ACTION] is None
    assert speakers[ReactionType.ACCUSE] == "Ilham Aliyev"


_CONDEMNED_AND_ACCUSED = {
    "fr": (
        "Emmanuel Macron a condamné l'attaque de l'Azerbaïdjan contre des villages arméniens. "
        "{role} a accusé l'Azerbaïdjan d'agression vendredi."
    ),
    "ru": "Владимир Путин осудил нападение Азербайджана на армянские села. {role} обвинил Баку в агрессии.",
}


@pytest.mark.parametrize(
    ("language", "role", "speaker"),
    [
        ("fr", "Le président français", "Emmanuel Macron"),
        ("fr", "Le dirigeant français", "Emmanuel Macron"),
        ("fr", "Le chef de l'État", "Emmanuel Macron"),
        ("fr", "Le porte-parole du Quai d'Orsay", None),
        ("fr", "La ministre française des Affaires étrangères", None),
        ("ru", "Президент России", "Владимир Путин"),
        ("ru", "Российский лидер", "Владимир Путин"),
        ("ru", "Российский депутат", None),
        ("ru", "Официальный представитель МИД России", None),
    ],
)
def test_a_role_is_its_bearers_alone_in_other_languages(
    language: str, role: str, speaker: str | None, read: Read
) -> None:
    reading = read(_CONDEMNED_AND_ACCUSED[language].format(role=role), language=language)
    (accused,) = (one for one in reading.records if one.type is ReactionType.ACCUSE)
    assert (accused.actor, accused.speaker) == ({"fr": "FRA", "ru": "RUS"}[language], speaker)


@pytest.mark.parametrize(
    ("name", "actor", "role"),
    [
        ("Antonio Guterres", "UN", "A UN spokesman"),
        ("Josep Borrell", "EU", "EU foreign ministers"),
        ("Sergei Lavrov", "RUS", "Russian senators"),
        ("Jens Stoltenberg", "NATO", "A NATO spokesperson"),
    ],
)
def test_nobody_is_given_the_words_of_those_who_speak_for_him_or_of_many(
    name: str, actor: str, role: str, read: Read
) -> None:
    reading = read(f"{name} condemned the attack on villages. {role} accused Azerbaijan of aggression on Friday.")
    accused = {one.actor: one.speaker for one in reading.records if one.type is ReactionType.ACCUSE}
    assert accused == {actor: None}


@pytest.mark.parametrize(("agency", "askers"), [("ISNA", set()), ("Armenpress", {"ARM"}), ("reporters", {"ARM"})])
def test_a_bare_role_that_speaks_to_another_countrys_agency_is_nobodys(
    agency: str, askers: set[str], read: Read
) -> None:
    reading = read(
        f"Deputy speaker Ali Berg told {agency} that Azerbaijan should respect the truce.",
        title="Yerevan thanks Tehran for its stance on Karabakh",
    )
    assert {one.actor for one in reading.records} == {"ARM"}
    assert {one.actor for one in reading.records if one.type is ReactionType.DEMAND_COMPLIANCE} == askers


def test_a_statements_issuer_says_we(read: Read) -> None:
    reading = read(
        "Spain is concerned by the latest moves at the border. We call on Peru to stop the attack.",
        title="Spanish foreign ministry issues statement on Peru",
    )
    assert {(one.actor, one.type) for one in reading.records} == {
        ("ESP", ReactionType.EXPRESS_CONCERN),
        ("ESP", ReactionType.CALL_CEASEFIRE),
    }


def test_whoever_chairs_a_body_speaks_for_it(read: Read) -> None:
    record = only(read("OSCE Chairperson-in-Office Elina Valtonen urged Armenia and Azerbaijan to resume talks."))
    assert (record.actor, record.speaker) == ("OSCE", "Elina Valtonen")
