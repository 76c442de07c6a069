"""What moderators decide about coded records wins over what is coded, once and for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amendments import (
    MODERATOR,
    Amendment,
    Decision,
    RuleScore,
    amended,
    amendment_id,
    coded,
    inherited,
    scores,
)
from bot.domain.reactions import ReactionType, Record, Report, Tier

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
SENTENCES = ("Paris is appalled.", "Berlin is worried.", "Baku has its reasons.")
TEXT = "\n\n".join(SENTENCES)


def record(actor="FRA", kind=ReactionType.CONDEMN, targets=("AZE",), sentence=SENTENCES[0], **given) -> Record:
    start = TEXT.find(sentence)
    own = {
        "actor": actor,
        "type": kind,
        "targets": targets,
        "evidence": sentence,
        "start": start,
        "end": start + len(sentence),
        "cue": "is",
        "rule": "to be",
        "tier": Tier.ALERT,
        "confidence": 0.5,
    }
    return Record(**own | given)


def decision(on: Record, kind=Decision.WRONG, item="item", **given) -> Amendment:
    own = {"actor": on.actor, "type": on.type, "targets": on.targets, "author": "somebody", "at": NOON}
    return Amendment(id=amendment_id(item, on), item_id=item, coded=on, decision=kind, **own | given)


def applied(records, *decided, text=TEXT):
    return amended(records, decided, item_id="item", text=text)


def test_a_wrong_record_is_left_out_and_the_others_stay():
    wrong, other = record(), record("DEU")
    assert applied((wrong, other), decision(wrong)) == (other,)


def test_a_recoded_record_says_what_the_moderator_said_on_the_same_evidence():
    was = record()
    (told,) = applied((was,), decision(was, Decision.RECODED, type=ReactionType.ACCUSE, targets=("ARM", "AZE")))
    assert told == replace(was, type=ReactionType.ACCUSE, targets=("ARM", "AZE"), rule=MODERATOR, confidence=1.0)


def test_a_record_found_right_stays_as_it_is_coded():
    was = record()
    assert applied((was,), decision(was, Decision.RIGHT)) == (was,)


def test_the_order_of_targets_makes_no_other_record():
    was = record(targets=("AZE", "ARM"))
    assert applied((replace(was, targets=("ARM", "AZE")),), decision(was)) == ()


def test_a_decision_is_about_one_item():
    assert applied((record(),), decision(record(), item="another")) == (record(),)


def test_what_was_recoded_stands_where_it_is_no_longer_coded_as_long_as_its_evidence_does():
    was = record()
    recoded = decision(was, Decision.RECODED, type=ReactionType.WARN)
    moved = f"An opening. {SENTENCES[0]}"
    (told,) = applied((), recoded, text=moved)
    assert (told.type, moved[told.start : told.end]) == (ReactionType.WARN, SENTENCES[0])
    assert applied((), recoded, text="It was all a mistake.") == ()


def test_a_coding_that_meanwhile_says_what_the_moderator_said_is_told_once():
    was = record()
    better = replace(was, type=ReactionType.WARN)
    (told,) = applied((better,), decision(was, Decision.RECODED, type=ReactionType.WARN))
    assert told.rule == MODERATOR


def test_what_amendments_took_out_is_what_the_analyst_coded():
    was, other = record(), record("DEU", sentence=SENTENCES[1])
    recoded = decision(was, Decision.RECODED, type=ReactionType.WARN)
    (told, _) = applied((was, other), recoded)
    reports = [
        Report(id=name, item_id="item", reaction_id=name, record=each, outlet="", language="", reported_at=NOON)
        for name, each in (("a", told), ("b", other))
    ]
    assert coded(reports, (recoded,), "item") == (was, other)


records = st.builds(
    record,
    st.sampled_from(["FRA", "DEU"]),
    st.sampled_from([ReactionType.CONDEMN, ReactionType.WARN, ReactionType.ACCUSE]),
    st.sampled_from([(), ("AZE",), ("AZE", "ARM"), ("ARM", "AZE")]),
    st.sampled_from(SENTENCES),
)
decisions = st.builds(
    lambda on, kind, right: decision(on, kind, actor=right.actor, type=right.type, targets=right.targets),
    records,
    st.sampled_from(Decision),
    records,
)
several = st.lists(decisions, max_size=4, unique_by=lambda each: each.id)


@given(st.lists(records, max_size=5), several)
def test_amending_twice_is_amending_once(coded_records, decided):
    once = applied(coded_records, *decided)
    assert applied(once, *decided) == once


@given(st.lists(records, max_size=5), st.lists(records, max_size=5), several)
def test_whatever_is_coded_later_nothing_wrong_comes_back_and_everything_recoded_stands(first, later, decided):
    """A re-coding may find other records; of those that were decided on it tells what the moderators said."""
    wrong = {each.id for each in decided if each.decision is Decision.WRONG}
    recoded = {amendment_id("item", each.record) for each in decided if each.decision is Decision.RECODED}
    for coding in (first, later):
        told = applied(coding, *decided)
        by_analyst = {amendment_id("item", each) for each in told if each.rule != MODERATOR}
        assert not wrong & by_analyst
        assert {amendment_id("item", each) for each in told if each.rule == MODERATOR} == recoded


@given(st.lists(records, max_size=5, unique_by=lambda each: amendment_id("item", each)))
def test_without_a_decision_nothing_changes(coded_records):
    assert applied(coded_records) == tuple(coded_records)


def report(of: Record, item: str = "item") -> Report:
    name = f"{item}/{of.evidence}/{of.actor}"
    return Report(id=name, item_id=item, reaction_id=name, record=of, outlet="", language="", reported_at=NOON)


def test_precision_is_the_share_of_records_that_stood():
    wrong, recoded, kept = record(), record("DEU"), record("GBR")
    found = scores([decision(wrong), decision(recoded, Decision.RECODED, actor="AUT")], [report(kept)])
    assert found == (RuleScore(rule="to be", kept=1, wrong=1, recoded=1),)
    assert round(found[0].precision, 2) == 0.33


def test_one_sentence_in_the_copies_of_a_dispatch_counts_once():
    copies = [decision(record(), item=f"copy {n}") for n in range(20)]
    kept = [report(record("GBR"), item=f"copy {n}") for n in range(20)]
    assert scores(copies, kept) == (RuleScore(rule="to be", kept=1, wrong=1),)


def test_a_decision_taken_back_counts_for_the_rule_and_what_a_moderator_coded_for_none():
    back = decision(record(), Decision.RIGHT, at=NOON + timedelta(hours=1))
    told_by_moderator = report(replace(record("GBR"), rule=MODERATOR))
    (score,) = scores([back], [report(record()), told_by_moderator])
    assert (score.kept, score.corrected, score.precision) == (1, 0, 1.0)


def test_a_copy_has_the_decisions_on_its_original_where_it_has_none_of_its_own():
    first, second = record(), record("DEU")
    own = decision(first, Decision.RIGHT, item="copy")
    (gained,) = inherited([decision(first), decision(second), own], "copy", "item")
    assert (gained.item_id, gained.coded, gained.id) == ("copy", second, amendment_id("copy", second))
    assert inherited([decision(first)], "copy", None) == ()
