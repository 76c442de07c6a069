"""What counts as done: modality, negation, questions, the past; and what is told twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.analyst import Reading
from bot.domain.items import Article
from bot.domain.reactions import ReactionType, Tier

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    "text",
    [
        "France could condemn the attack by Azerbaijan.",
        "France should condemn the attack by Azerbaijan.",
        "If France condemns the attack, the envoys will leave.",
        "Did France condemn the attack by Azerbaijan?",
        "France has yet to condemn the attack by Azerbaijan.",
    ],
)
def test_what_is_only_thought_of_is_not_done(text: str, read: Read) -> None:
    assert read(text).records == ()


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("France condemned the attack by Azerbaijan on Tuesday.", False),
        ("France condemned the attack by Azerbaijan in March last year.", True),
        ("In 2020, France condemned the attack by Azerbaijan.", True),
        ("France condemned the attack by Azerbaijan last month.", True),
        ("Two years ago France condemned Azerbaijan’s attack.", True),
        ("France condemned Azerbaijan two days ago.", False),
        ("France condemned last month’s attack by Azerbaijan.", False),
        ("France condemned Azerbaijan over its attack in March last year.", False),
        ("France thanked Armenia for its vote in March of last year.", False),
        ("Iran blamed Armenia for the unrest in its north last year.", False),
        ("Iran blamed Armenia for leaving the pact in March of last year.", False),
        ("Iran launched an attack to take over Armenia last week.", True),
        ("Azerbaijan expelled an Armenian diplomat after claims that he had spied in March last year.", False),
        ("Armenia accused Azerbaijan of forty violations in the last three months.", False),
        ("Armenia pledged to withdraw its troops from the border by 2097.", False),
        ("At last month’s summit, Iran was blamed; France condemned Azerbaijan on Monday.", False),
        ("France’s foreign minister said she had spoken to her Armenian counterpart.", False),
        ("Iran said it had sent aid to Armenia.", False),
        ("France had condemned the attack by Azerbaijan.", True),
    ],
)
def test_what_is_long_past_is_background(text: str, background: bool, read: Read) -> None:
    (record,) = read(text).records
    assert record.background is background


@pytest.mark.parametrize(
    ("text", "language", "background"),
    [
        ("12 июня Азербайджан осудил Францию.", "ru", True),
        ("18 сентября Азербайджан осудил Францию.", "ru", False),
        ("Азербайджан осудил заявление Франции от 9 июня.", "ru", False),
        ("Ранее Азербайджан осудил Францию.", "ru", True),
        ("Ранее сегодня Азербайджан осудил Францию.", "ru", False),
        ("Напомним, Азербайджан осудил Францию.", "ru", True),
        ("Le 12 juin, la France a condamné l’Azerbaïdjan.", "fr", True),
        ("La France a condamné l’attaque de l’Azerbaïdjan qui a fait deux morts le 12 juin.", "fr", False),
    ],
)
def test_a_day_dates_the_act_and_not_the_thing_beside_it(
    text: str, language: str, background: bool, read: Read
) -> None:
    (record,) = read(text, language=language).records
    assert record.background is background


@pytest.mark.parametrize(
    ("text", "background"),
    [
        (
            "Spain’s minister said on Wednesday, September 20, that talks go on. On September 17 France condemned Peru.",
            True,
        ),
        ("Spain’s minister said on September 18 that talks go on. On September 17 France condemned Peru.", False),
        ("On September 17 France condemned Peru.", False),
    ],
)
def test_what_an_item_dates_days_before_its_news_is_background(text: str, background: bool, read: Read) -> None:
    record = next(record for record in read(text).records if record.actor == "FRA")
    assert record.background is background


def test_a_headline_and_the_text_below_it_tell_one_act_once(read: Read) -> None:
    reading = read(
        "France has condemned the attack by Azerbaijan, its foreign ministry said on Tuesday.",
        title="France condemns attack by Azerbaijan",
        content="Azerbaijan’s attack was condemned by France.",
    )
    assert [(r.actor, r.type, r.targets) for r in reading.records] == [("FRA", ReactionType.CONDEMN, ("AZE",))]


def test_what_the_construction_says_directly_may_alert_and_what_a_noun_says_may_not(read: Read) -> None:
    (direct,) = read("Azerbaijan accused Armenia of planting mines.").records
    tiers = {r.type: r.tier for r in read("“The siege by Azerbaijan goes on,” Nikol Pashinyan said.").records}
    assert direct.tier is Tier.ALERT
    assert tiers.get(ReactionType.ACCUSE, Tier.DIGEST) is Tier.DIGEST


def test_a_passive_is_done_by_its_agents(read: Read) -> None:
    reading = read("The attack was condemned by Greece, Cyprus and France.")
    assert {r.actor for r in reading.records} == {"GRC", "CYP", "FRA"}


def test_an_item_in_a_language_without_a_pack_is_read_for_its_actors_alone(analyst: LexiconAnalyst) -> None:
    reading = analyst.read(
        Article(title="Frankreich verurteilt den Angriff", summary="Paris und Berlin", language="de")
    )
    assert reading.records == ()
    assert reading.language == "de"


def test_an_item_without_a_date_is_read_all_the_same(analyst: LexiconAnalyst) -> None:
    reading = analyst.read(Article(title="France condemns attack by Azerbaijan", language="en"))
    assert [r.actor for r in reading.records] == ["FRA"]


def test_the_day_of_an_act_is_told_where_the_text_gives_it(read: Read) -> None:
    (record,) = read("France condemned the attack by Azerbaijan on 18 September 2023.").records
    assert record.date in {None, date(2023, 9, 18)}


@pytest.mark.parametrize(
    ("title", "summary", "act"),
    [
        ("Karabakh separatists lay down arms", "Shelling by Azerbaijan has ceased.", ("NKR", "deescalate", ("AZE",))),
        ("Armenia denies violating truce", "Azerbaijan had reported shots.", ("ARM", "deny", ("AZE",))),
        (
            "Armenia requests urgent session",
            "The Security Council heard of Lachin.",
            ("ARM", "request_meeting", ("UNSC",)),
        ),
        (
            "Baku calls claims unacceptable",
            "France accused Azerbaijan of a blockade.",
            ("AZE", "condemn", ("FRA",)),
        ),
    ],
)
def test_whom_an_act_is_aimed_at_may_be_told_by_the_rest_of_the_item(
    title: str, summary: str, act: tuple[str, str, tuple[str, ...]], read: Read
) -> None:
    reading = read(summary, title=title)
    assert act in {(r.actor, str(r.type), r.targets) for r in reading.records}


def test_outside_of_the_matter_nobody_faces_anybody(read: Read) -> None:
    (record,) = read("Azerbaijan raised its gas exports.", title="Armenia denies weapons shortage").records
    assert record.targets == ()
