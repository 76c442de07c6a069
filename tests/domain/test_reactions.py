"""The codebook's types, and the identity of what is coded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import content_id
from bot.domain.reactions import Family, ReactionType, Record, Tier, reaction_id, report_id

RECORD = Record(
    actor="FRA",
    type=ReactionType.CONDEMN,
    targets=("AZE", "ARM"),
    evidence="e",
    start=0,
    end=1,
    cue="c",
    rule="r",
    tier=Tier.ALERT,
    confidence=1.0,
)


def test_there_are_31_types_each_with_a_family_and_a_tone() -> None:
    assert len(ReactionType) == 31
    assert {kind.family for kind in ReactionType} == set(Family)
    assert {kind.tone for kind in ReactionType} == set(range(-4, 4))


def test_only_plain_statements_are_quiet() -> None:
    assert {kind for kind in ReactionType if kind.is_quiet} == {ReactionType.REPORT, ReactionType.ANNOUNCE_ACTION}


def test_force_is_the_most_hostile_and_agreement_among_the_most_friendly() -> None:
    tones = Counter({kind: kind.tone for kind in ReactionType})
    assert tones[ReactionType.MILITARY_ACTION] == min(tones.values())
    assert tones[ReactionType.AGREE] == max(tones.values())


def test_ids_depend_on_what_was_done_not_on_how_it_was_told() -> None:
    assert reaction_id("i", RECORD) == reaction_id("i", replace(RECORD, targets=("ARM", "AZE"), confidence=0.1))
    assert reaction_id("i", RECORD) != reaction_id("j", RECORD)
    assert reaction_id("i", RECORD) != reaction_id("i", replace(RECORD, actor="DEU"))
    assert reaction_id("i", RECORD) != report_id("i", RECORD)


@given(st.lists(st.text()))
def test_an_id_fits_a_nonce_and_says_nothing_but_letters_and_digits(parts: list[str]) -> None:
    made = content_id(*parts)
    assert len(made) == 24
    assert made.isalnum()
    assert made.isascii()


@given(
    st.lists(st.text(alphabet="ab"), min_size=1, max_size=3), st.lists(st.text(alphabet="ab"), min_size=1, max_size=3)
)
def test_different_parts_make_different_ids(ours: list[str], theirs: list[str]) -> None:
    assert (content_id(*ours) == content_id(*theirs)) == (ours == theirs)
