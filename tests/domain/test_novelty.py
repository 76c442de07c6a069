"""When two reports are one reaction, and what the second adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.items import Item
from bot.domain.novelty import joined, known_as, opened
from bot.domain.reactions import ReactionType, Record, Tier

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
WINDOW = timedelta(hours=36)
WORDS = "we will not stand by while a city is shelled"


def an_item(outlet: str = "Outlet A", story: str = "story", hours: float = 0, language: str = "en") -> Item:
    return Item(
        id=f"item of {outlet} {hours}",
        feed_id=outlet,
        content_hash="",
        title="title",
        outlet=outlet,
        language=language,
        published=NOON + timedelta(hours=hours),
        first_seen_at=NOON,
        last_seen_at=NOON,
        story_id=story,
    )


def a_record(**known: object) -> Record:
    record = Record(
        actor="FRA",
        type=ReactionType.CONDEMN,
        targets=("AZE",),
        evidence="Paris condemned the attack on the town",
        start=0,
        end=38,
        cue="condemned",
        rule="test",
        tier=Tier.ALERT,
        confidence=1.0,
    )
    return replace(record, **known)


def meets(record: Record, earlier: Record, *, item: Item | None = None, first: Item | None = None) -> bool:
    reaction = opened(earlier, first or an_item(), (first or an_item()).story_id or "")
    return known_as(record, item or an_item("Outlet B", hours=1), [reaction], WINDOW) is not None


def test_the_same_act_in_the_same_story_is_one_reaction_whatever_the_words():
    assert meets(a_record(evidence="France deplores what happened"), a_record())


@pytest.mark.parametrize(
    "other",
    [
        {"actor": "DEU"},
        {"type": ReactionType.WARN},
        {"targets": ("ARM",)},
        {"background": True},
    ],
)
def test_another_actor_type_target_or_time_is_another_reaction(other):
    assert not meets(a_record(**other), a_record())


def test_targets_that_one_report_leaves_out_do_not_conflict():
    assert meets(a_record(targets=()), a_record())
    assert meets(a_record(targets=("AZE", "TUR")), a_record())


@pytest.mark.parametrize("actor", ["OTHER", "NGO"])
def test_a_collective_actor_is_told_apart_by_its_speaker(actor):
    amnesty = a_record(actor=actor, speaker="Amnesty")

    assert meets(amnesty, amnesty)
    assert not meets(a_record(actor=actor, speaker="Red Lantern"), amnesty)
    assert meets(a_record(actor=actor, speaker="Ocampo"), a_record(actor=actor, speaker="Luis Moreno Ocampo"))


def test_two_speakers_of_one_state_are_one_actor():
    assert meets(a_record(speaker="the minister"), a_record(speaker="the president"))


def test_in_another_story_only_the_same_statement_is_the_same_reaction():
    elsewhere = an_item("Outlet B", story="another", hours=1)

    assert not meets(a_record(evidence="France hit out at the sentence"), a_record(), item=elsewhere)
    assert meets(a_record(quote=WORDS), a_record(quote=WORDS + "."), item=elsewhere)
    assert not meets(a_record(quote="this is an outrage beyond words"), a_record(quote=WORDS), item=elsewhere)


def test_the_same_wording_on_another_day_is_another_reaction_unless_it_is_quoted():
    later = an_item("Outlet B", story="another", hours=26)

    assert not meets(a_record(), a_record(), item=later)
    assert meets(a_record(quote=WORDS), a_record(quote=WORDS), item=later)


def test_after_the_window_even_the_same_words_are_another_reaction():
    late = an_item("Outlet B", hours=37)

    assert not meets(a_record(quote=WORDS), a_record(quote=WORDS), item=late)


def test_a_further_report_adds_outlet_language_and_time():
    reaction = opened(a_record(), an_item(), "story")

    told = joined(reaction, a_record(), an_item("Outlet B", hours=2, language="fr"), counted=False)

    assert told.outlets == ("Outlet A", "Outlet B")
    assert told.languages == ("en", "fr")
    assert told.reports == 2
    assert (told.first_reported_at, told.last_reported_at) == (NOON, NOON + timedelta(hours=2))
    assert told.id == reaction.id


def test_an_outlet_that_reports_twice_counts_once():
    reaction = opened(a_record(), an_item(), "story")

    told = joined(reaction, a_record(), an_item(hours=2), counted=False)

    assert told.outlets == ("Outlet A",)
    assert told.reports == 2


def test_the_longest_exact_quote_is_kept():
    reaction = opened(a_record(quote="we will not stand by"), an_item(), "story")

    longer = joined(reaction, a_record(quote=WORDS, speaker="The minister"), an_item("B"), counted=False)
    shorter = joined(longer, a_record(quote="stand by"), an_item("C"), counted=False)

    assert longer.quote == shorter.quote == WORDS
    assert shorter.speaker == "The minister"


def test_the_better_tier_wins_and_brings_its_words():
    reaction = opened(a_record(tier=Tier.DIGEST, evidence="French anger"), an_item(), "story")

    told = joined(reaction, a_record(evidence="France condemns the attack"), an_item("B"), counted=False)

    assert not reaction.is_alertable
    assert told.is_alertable
    assert told.evidence == "France condemns the attack"


def test_a_worse_tier_changes_no_words():
    reaction = opened(a_record(quote="an outrage to all"), an_item(), "story")

    told = joined(reaction, a_record(tier=Tier.DIGEST, quote=WORDS), an_item("B"), counted=False)

    assert told.quote == "an outrage to all"
    assert told.tier is Tier.ALERT


def test_targets_once_named_stay_and_missing_ones_are_filled_in():
    named = opened(a_record(), an_item(), "story")
    unnamed = opened(a_record(targets=()), an_item(), "story")

    assert joined(named, a_record(targets=()), an_item("B"), counted=False).targets == ("AZE",)
    assert joined(unnamed, a_record(), an_item("B"), counted=False).targets == ("AZE",)


def test_of_two_reactions_that_fit_the_one_first_reported_gathers_the_report():
    first = opened(a_record(), an_item("A", hours=-2), "story")
    second = opened(a_record(), an_item("B", hours=-1), "story")

    met = known_as(a_record(), an_item("C"), [second, first], WINDOW)

    assert met is not None
    assert met[0].id == first.id
