"""Which items tell one event, and which only sound like it. Outlets, days and events here are made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.analyst import Reading, Relevance
from bot.domain.fingerprints import fingerprint_of
from bot.domain.grouping import Match, grouped, is_copy
from bot.domain.items import Item
from bot.domain.links import THRESHOLD, reasons, strength
from bot.domain.profiles import Profile
from bot.domain.reactions import ReactionType, Record
from bot.domain.stories import Fingerprint, Story
from tests.fakes.values import record

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
WINDOW = timedelta(hours=36)


def a_print(
    title: str,
    summary: str = "",
    *,
    actors: str = "",
    hours: float = 0,
    feed: str = "",
    language: str = "en",
    records: tuple[Record, ...] = (),
) -> Fingerprint:
    """Return the fingerprint of an item published some hours after noon, in its own story."""
    item = Item(
        id=f"{title}{summary}{hours}{feed}",
        feed_id=feed or title,
        content_hash="",
        title=title,
        summary=summary,
        language=language,
        outlet="Outlet",
        published=NOON + timedelta(hours=hours),
        first_seen_at=NOON,
        last_seen_at=NOON,
        story_id=f"story of {title}{hours}",
    )
    relevance = Relevance(relevant=True, reason="")
    reading = Reading(language=language, relevance=relevance, actors=tuple(actors.split()), records=records)
    return fingerprint_of(item, reading)


def a_story(mark: Fingerprint, *, started_hours: float | None = None) -> dict[str, Story]:
    started = mark.published if started_hours is None else NOON + timedelta(hours=started_hours)
    return {
        mark.story_id: Story(
            id=mark.story_id, title=mark.title, first_item_id="", started_at=started, last_item_at=mark.published
        )
    }


def judged(mark: Fingerprint, candidates: Iterable[Fingerprint], stories: dict[str, Story]) -> Match | None:
    return grouped(Profile(mark), map(Profile, candidates), stories, WINDOW)


def linked(one: Fingerprint, other: Fingerprint) -> float:
    return strength(Profile(one), Profile(other))


def together(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether the second joins the story of the first, found by a shared key as the store finds it."""
    assert set(one.keys) & set(other.keys) or linked(one, other) < 2
    return judged(other, [one], a_story(one)) is not None


TOLD_IN_OTHER_WORDS = [
    (
        ("Azerbaijani artillery opens offensive on Karabakh towns", "Baku speaks of a limited operation.", "AZE NKR"),
        ("Baku launches military operation in Karabakh", "Shells fell on the towns at dawn.", "AZE NKR"),
    ),
    (
        ("Truce agreed in Karabakh after a night of shelling", "", "NKR AZE"),
        ("Karabakh forces agree to disarm", "They accept the terms that peacekeepers put to them.", "NKR"),
    ),
    (
        ("Aliyev pulls out of Brussels talks", "He will not meet the Armenian prime minister.", "AZE EU"),
        ("Azerbaijan boycotts summit with Armenia", "The president cancelled his trip to Brussels.", "AZE ARM"),
    ),
    (
        ("Karabakh authorities say republic will cease to exist", "", "NKR"),
        ("Separatist government in Karabakh to dissolve itself", "A decree was signed today.", "NKR"),
    ),
    (
        ("Armenian villages handed over to Azerbaijan", "Border guards moved in on Friday.", "ARM AZE"),
        ("Armenia returns four border villages", "The handover to Azerbaijan ended quietly.", "ARM AZE"),
    ),
    (
        ("Armenia hands over four villages", "Border guards moved in on Friday.", "ARM AZE"),
        ("Azerbaijan takes control of four villages", "Border guards moved in on Friday.", "AZE ARM"),
    ),
    (
        ("Norwegian minister phones Pashinyan", "They spoke about the road through Lachin.", "NOR ARM"),
        ("Minister's call with Armenian premier on Lachin road", "Oslo hopes for calm.", "NOR ARM"),
    ),
    (
        ("Oslo pledges 3 million for displaced Karabakh families", "", "NOR NKR"),
        ("Norway to give 3 million in aid to Karabakh families", "", "NOR NKR"),
    ),
    (
        ("Oslo deplores closing of Lachin road", "The ministry calls the closing of the road a mistake.", "NOR NKR"),
        ("Norwegian ministry: Lachin road must open", "Oslo is worried about the closing of the road.", "NOR NKR"),
    ),
    (
        ("Norway to sell radars to Armenia", "", "NOR ARM"),
        ("Armenia to buy radars from Norway", "", "ARM NOR"),
    ),
    (
        ("Azerbaijani border guards open fire near Sotk, 2 wounded", "", "AZE ARM"),
        ("Armenia says 2 wounded in Azerbaijani fire near Sotk", "", "ARM AZE"),
    ),
]


@pytest.mark.parametrize(("one", "other"), TOLD_IN_OTHER_WORDS)
def test_other_outlets_tellings_of_one_event_share_a_story(one, other):
    first = a_print(one[0], one[1], actors=one[2])
    second = a_print(other[0], other[1], actors=other[2], hours=3)

    assert together(first, second)


def test_tolls_of_one_event_may_differ_a_little_between_outlets():
    first = a_print("Missile strike on hill town kills 13", actors="AZE")
    second = a_print("Missile hits hill town, killing at least 12", actors="AZE", hours=1)

    assert together(first, second)


def test_a_toll_is_told_anew_when_it_has_stood_for_hours():
    first = a_print("Shells on hill town kill 2", "Two houses near the mill were hit.", actors="AZE")
    at_once = a_print("Artillery hits houses near mill, 5 dead", "A hill town is shelled.", actors="AZE", hours=1)
    later = a_print("Artillery hits houses near mill, 5 dead", "A hill town is shelled.", actors="AZE", hours=9)
    uncounted = a_print("Houses near the mill hit as town is shelled", actors="AZE")

    assert together(first, at_once)
    assert not together(first, later)
    assert linked(uncounted, later) < linked(uncounted, at_once) - 1


def test_an_item_that_begins_with_a_party_the_other_does_not_know_is_more_likely_about_it():
    event = a_print("Azerbaijan shuts Lachin road", actors="AZE")
    same = linked(event, a_print("Lachin road shut by Azerbaijan", actors="AZE"))
    another = linked(event, a_print("Lachin road shut by Azerbaijan", actors="NOR AZE"))

    assert another < same - 0.5


def a_record(actor: str, kind: ReactionType, start: int = 0) -> Record:
    return record(actor=actor, type=kind, targets=(), start=start, end=start + 1)


def test_what_a_third_party_says_of_an_event_is_not_the_event_wherever_the_headline_names_it():
    event = a_print("Azerbaijan closes Lachin road", "Guards stopped all cars.", actors="AZE")
    comment = a_print(
        "Closing of Lachin road by Azerbaijan harms talks – Norwegian ministry",
        "The closing of the road harms talks, the ministry said.",
        actors="AZE NOR",
        hours=2,
        records=(a_record("NOR", ReactionType.REPORT),),
    )
    same = a_print(
        "Norway regrets closing of Lachin road by Azerbaijan",
        "The closing of the road harms talks, the ministry said.",
        actors="NOR AZE",
        hours=3,
        records=(a_record("NOR", ReactionType.EXPRESS_CONCERN), a_record("NOR", ReactionType.REPORT, 9)),
    )

    assert not together(event, comment)
    assert together(comment, same)


def test_calls_with_the_one_and_with_the_other_side_are_two_whoever_the_headlines_name():
    acts = ("ARM:consult", "NOR:consult")
    one = replace(a_print("Ministers speak by phone about the border", actors="ARM NOR"), acts=acts)
    other = a_print("Ministers speak by phone about the border posts", actors="AZE NOR", hours=1)

    assert together(one, replace(other, acts=acts))
    assert not together(one, replace(other, acts=("AZE:consult", "NOR:consult")))


def test_a_blow_and_the_blow_that_answers_it_are_two():
    struck = a_print("Azerbaijani guard killed in attack on post", actors="ARM AZE")
    returned = a_print("Azerbaijan attacks heights after guard is killed", actors="AZE ARM", hours=6)
    clash = a_print("Attack on post kills guard", actors="ARM AZE", hours=6)

    assert not together(struck, returned)
    assert together(struck, clash)


def test_a_toll_is_news_of_its_own_beside_a_headline_that_counts_only_the_hurt():
    hurt = a_print("Explosion at fuel depot hurts more than 90", actors="NKR")

    assert not together(hurt, a_print("Explosion at fuel depot kills 17, hurts 90", actors="NKR", hours=12))


def test_a_count_and_a_headline_that_says_it_rose_are_one_where_they_count_the_same():
    count = a_print("41 confirmed dead in fuel depot blast", actors="NKR")

    assert together(count, a_print("Death toll in fuel depot blast rises to 41", actors="NKR", hours=2))
    assert not together(count, a_print("Death toll in fuel depot blast rises to 63", actors="NKR", hours=6))


def test_what_a_crowd_does_weighs_as_little_as_what_a_side_does():
    one, other = (
        a_print("Road blocked near Sotk", actors="ARM"),
        a_print("Drivers stand near Sotk", actors="ARM", hours=1),
    )
    acts = {actor: (f"{actor}:protest",) for actor in ("OTHER", "ARM", "NOR")}
    weights = {
        actor: linked(replace(one, acts=done), replace(other, acts=done)) - linked(one, other)
        for actor, done in acts.items()
    }

    assert weights["OTHER"] == pytest.approx(weights["ARM"])
    assert weights["NOR"] > weights["OTHER"]


def test_that_both_have_reported_something_is_less_in_common_than_what_they_did():
    one, other = (
        a_print("Road blocked near Sotk", actors="ARM"),
        a_print("Drivers stand near Sotk", actors="ARM", hours=1),
    )

    def both(act: str) -> float:
        return linked(replace(one, acts=(act,)), replace(other, acts=(act,)))

    assert linked(one, other) < both("ARM:report") < both("ARM:restrict_movement")


def test_of_those_who_speak_together_any_may_be_named_first():
    one = a_print("Oslo and Tallinn urge restraint in Karabakh", actors="NOR EST NKR")
    other = a_print("Tallinn and Oslo urge restraint in Karabakh", actors="EST NOR NKR", hours=1)
    together_said = ("NOR:call_ceasefire", "EST:call_ceasefire")
    said, turned = replace(one, acts=together_said), replace(other, acts=together_said[::-1])
    alone = replace(other, acts=("EST:call_ceasefire",))

    assert linked(said, turned) - linked(said, alone) > linked(said, turned) / 4
    assert linked(said, turned) >= THRESHOLD


def test_what_came_of_a_meeting_shares_only_what_it_tells_beside_that_they_met():
    meeting = a_print("Norwegian minister in talks in Karabakh", actors="NOR NKR")
    outcome = a_print("Norwegian observers for Karabakh", "The minister had been there.", actors="NOR NKR", hours=1)
    sequel = a_print("Norwegian minister ends visit to Karabakh", actors="NOR NKR", hours=1)
    meeting = replace(meeting, acts=("NOR:consult",))

    assert linked(meeting, replace(outcome, acts=("NOR:consult",))) == linked(meeting, outcome)
    assert linked(meeting, replace(sequel, acts=("NOR:consult",))) > linked(meeting, sequel)


def test_that_a_side_met_somebody_and_what_it_says_after_share_neither_its_name_nor_the_meeting():
    meeting = replace(a_print("Aliyev received in Oslo", actors="AZE NOR"), acts=("AZE:consult",))
    saying = a_print("Aliyev: nothing but words heard in Oslo", actors="AZE NOR", hours=1)
    other = replace(meeting, actors=("ARM",))

    assert linked(meeting, replace(saying, acts=("AZE:consult",))) == linked(meeting, saying)
    assert linked(meeting, saying) == linked(other, saying)


def test_a_topic_before_a_colon_takes_no_place_in_the_order_of_actors():
    assert together(
        a_print("Azerbaijan shells school in Stepanakert", actors="AZE NKR"),
        a_print("Nagorno-Karabakh: school in Stepanakert shelled by Azerbaijan", actors="NKR AZE", hours=3),
    )


def test_tellings_in_two_languages_share_a_story():
    english = a_print("Ceasefire agreed in Karabakh", actors="NKR AZE")
    french = a_print("Un cessez-le-feu conclu au Haut-Karabakh", actors="NKR AZE", hours=2, language="fr")
    russian = a_print("Стороны согласились на перемирие в Карабахе", actors="NKR", hours=1, language="ru")

    assert together(english, french)
    assert together(english, russian)


KEPT_APART = [
    ("Armenia accuses Azerbaijan of shelling border posts", "Azerbaijan accuses Armenia of shelling border posts"),
    ("Azerbaijan expels two Norwegian diplomats", "Azerbaijan expels two Danish diplomats"),
    ("Shelling near Jermuk kills 3 soldiers", "Shelling near Jermuk kills 11 soldiers"),
    ("Azerbaijan shells Shusha hospital", "Azerbaijan shells Hadrut hospital"),
    ("Azerbaijan launches offensive in Karabakh", "What we know about the Azerbaijani offensive in Karabakh"),
    ("Azerbaijan launches offensive in Karabakh", "World reacts to Azerbaijan's offensive in Karabakh"),
    ("Ceasefire agreed in Karabakh", "Is the ceasefire in Karabakh the end of the war?"),
    ("Azerbaijan launches offensive in Karabakh", "France condemns Azerbaijan's offensive in Karabakh"),
    ("Ceasefire agreed in Karabakh", "Thousands protest in Yerevan after Karabakh ceasefire"),
    ("Azerbaijan pulls out of Brussels talks", "Armenia confirms attendance at Brussels talks"),
    ("Georgia offers to host talks between neighbours", "Armenian and Azerbaijani ministers meet for talks"),
    ("Azerbaijan opens checkpoint on Lachin road", "France: Azerbaijan's checkpoint on Lachin road breaks promises"),
    ("Norwegian minister to visit Yerevan for talks", "Norwegian minister visits Yerevan for talks"),
    ("Armenia declares martial law amid Karabakh clashes", "Azerbaijan declares martial law amid Karabakh clashes"),
    ("Norwegian court rules on Karabakh lawsuit", "Azerbaijan says Norwegian court ruling on Karabakh changes nothing"),
    ("Norwegian premier hosts Aliyev, backs peace treaty", "Danish premier hosts Pashinyan, backs peace treaty"),
    ("France calls for calm in Karabakh", "Georgia calls for calm in Karabakh"),
    ("Ceasefire agreed in Karabakh", "Karabakh: why the ceasefire was agreed"),
    ("Norwegian minister phones Pashinyan", "Norwegian minister phones Aliyev"),
    ("Thousands protest in Yerevan over shelling", "Thousands protest in Yerevan after ceasefire"),
    ("Pashinyan, Norwegian minister meet in Oslo", "Pashinyan, Aliyev and Norwegian minister meet in Oslo"),
    ("Yerevan says 31 soldiers killed on border", "Baku says 33 soldiers killed on border"),
    ("Armenian soldiers killed in border clash", "Azerbaijani soldiers killed in border clash"),
    ("Armenia and Azerbaijan announce truce", "Azerbaijan does not respect the truce: Armenia"),
]
ACTORS = {
    "Armenia": "ARM",
    "Azerbaijan": "AZE",
    "Baku": "AZE",
    "Norwegian": "NOR",
    "Danish": "DNK",
    "France": "FRA",
    "Karabakh": "NKR",
    "Georgia": "GEO",
    "Yerevan": "ARM",
    "Armenian": "ARM",
    "Pashinyan": "ARM",
    "Aliyev": "AZE",
}


def _actors(title: str) -> str:
    found = sorted((title.find(word), code) for word, code in ACTORS.items() if word in title)
    return " ".join(dict.fromkeys(code for _, code in found))


@pytest.mark.parametrize(("one", "other"), KEPT_APART)
def test_what_only_sounds_alike_is_kept_apart(one, other):
    first, second = a_print(one, actors=_actors(one)), a_print(other, actors=_actors(other), hours=1)

    assert not together(first, second)
    assert not together(second, first)


def test_the_day_after_is_another_story_even_under_the_same_headline():
    title = "Azerbaijan and Armenia exchange fire on the border"
    first = a_print(title, "Two posts near the lake came under attack on Monday.", actors="AZE ARM")
    second = a_print(title, "Mortars were heard in the hills on Tuesday evening.", actors="AZE ARM", hours=24)

    assert not together(first, second)


def test_a_story_does_not_drift_from_day_to_day_over_its_items():
    opening = a_print("Azerbaijan launches offensive in Karabakh", actors="AZE NKR")
    later = a_print("Azerbaijan presses offensive", "Troops took heights.", actors="AZE NKR", hours=18)
    next_day = a_print("Azerbaijan continues attack on Karabakh", actors="AZE NKR", hours=30)

    assert together(opening, later)
    assert judged(next_day, [later], a_story(later, started_hours=0)) is None


def test_a_reprint_on_another_day_within_the_window_is_a_copy():
    text = (
        "Envoys of the two sides met in the old town hall for six hours and left without a word to the press outside, "
        "while demonstrators waited in the rain on the square."
    )
    first = a_print("Envoys leave without a word", text, actors="ARM AZE")
    second = a_print("Envoys leave without a word", text, actors="ARM AZE", hours=25)

    match = judged(second, [first], a_story(first))

    assert match is not None
    assert match.duplicate_of == first.item_id


def test_a_wire_copy_with_a_dressed_up_headline_is_a_copy():
    text = "Border guards said that the road was shut at noon and that lorries had begun to turn back to the pass."
    first = a_print("Road to Karabakh shut again", text, actors="NKR")
    second = a_print("BREAKING: Road to Karabakh shut again | Agency", text, actors="NKR", hours=1)

    assert is_copy(Profile(first), Profile(second))


def test_of_several_copies_the_first_published_is_the_original_in_whatever_order_they_are_met():
    text = "Border guards said that the road was shut at noon and that lorries had begun to turn back to the pass."
    first, second, third = (
        a_print(title, text, actors="NKR", hours=hour)
        for hour, title in enumerate(("Road shut again", "Road shut again | Agency", "BREAKING: Road shut again"))
    )
    stories = a_story(first) | a_story(second)

    for candidates in ([first, second], [second, first]):
        match = judged(third, candidates, stories)
        assert match is not None
        assert match.duplicate_of == first.item_id


def test_a_copy_with_another_figure_is_no_copy():
    text = "Officials said that the shells had fallen before dawn on the northern edge of the town, on two streets."
    first = a_print("Shelling kills 3 in border town", text, actors="ARM")
    second = a_print("Shelling kills 4 in border town", text, actors="ARM", hours=1)

    assert not is_copy(Profile(first), Profile(second))


def test_of_two_stories_the_one_with_more_support_takes_the_item():
    many = [
        a_print("Ceasefire agreed in Karabakh", f"Telling {number}.", actors="NKR AZE", hours=number / 10)
        for number in range(4)
    ]
    lone = a_print("Ceasefire agreed in Karabakh", actors="NKR AZE", hours=0.5)
    stories = a_story(many[0]) | a_story(lone)
    shared = many[0].story_id
    candidates = [replace(mark, story_id=shared) for mark in many]
    item = a_print("Karabakh sides reach truce", actors="NKR AZE", hours=2)

    match = judged(item, [*candidates, lone], stories)

    assert match is not None
    assert match.story_id == shared


def test_the_choice_does_not_depend_on_the_order_of_the_candidates():
    marks = [
        a_print(title, actors="NKR AZE", hours=hour)
        for hour, title in enumerate(
            ("Truce agreed in Karabakh", "Karabakh forces agree to disarm", "Azerbaijan halts operation in Karabakh")
        )
    ]
    stories = {name: story for mark in marks for name, story in a_story(mark).items()}
    item = a_print("Fighting ends in Karabakh as truce is agreed", actors="NKR AZE", hours=4)

    assert judged(item, marks, stories) == judged(item, marks[::-1], stories)


def test_the_reason_names_what_speaks_for_the_story():
    first = a_print("Ceasefire agreed in Karabakh", actors="NKR AZE")
    second = a_print("Karabakh forces agree to disarm", actors="NKR AZE", hours=1)

    match = judged(second, [first], a_story(first))

    assert match is not None
    assert match.reason == "the same event: ceasefire, much the same words"
    assert match.duplicate_of is None


def test_what_speaks_for_a_link_is_told_where_it_is_asked_for():
    first = a_print("Shells hit Goris", "Two houses were hit near the mill.", actors="AZE ARM")
    second = a_print("Goris hit by shells", "Houses near the mill were hit.", actors="AZE ARM", hours=1)
    match = judged(second, [first], a_story(first))

    assert match is not None
    assert reasons(Profile(second), Profile(first))[-2:] == ("much the same words", "the same place")
    assert match.reason == f"the same event: {', '.join(reasons(Profile(second), Profile(first)))}"


def test_nothing_speaks_for_two_items_of_two_places():
    first = a_print("Shells hit Goris", actors="AZE ARM")
    second = a_print("Shells hit Kapan", actors="AZE ARM", hours=1)

    assert linked(first, second) == -THRESHOLD
    assert reasons(Profile(first), Profile(second)) == ()


def test_an_item_that_is_worded_anew_is_compared_by_its_new_words():
    first = a_print("Shells hit Goris", actors="AZE ARM")
    reworded = replace(first, title="Court joins the case", events=("court",), places=())

    assert Profile(first).places
    assert not Profile(reworded).places
    assert Profile(reworded).told.kinds == {"court"}
