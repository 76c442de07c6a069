"""What holds of triage whatever is polled, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.decisions import Known
from bot.domain.triage import drafts, lookups, triage

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)

TITLES = (
    "Paris speaks out [FRA condemn AZE]",
    "Paris speaks out again [FRA condemn]",
    "France appeals to both [FRA call_ceasefire ARM,AZE]",
    "Ceasefire agreed in Karabakh [NKR agree] [AZE agree]",
    "Karabakh forces agree to disarm [NKR agree AZE]",
    "Azerbaijan launches offensive in Karabakh [AZE military_action NKR]",
    "A watchdog is appalled [NGO condemn AZE by Red Lantern “this has to stop before the winter comes”]",
    "Another watchdog agrees [NGO condemn AZE by Blue Lamp]",
    "Berlin worries [deu express_concern]",
    "Berlin worries aloud [DEU express_concern]",
    "Sports elsewhere [DEU condemn FRA]",
    "Correction: Paris spoke out [FRA condemn AZE]",
    # Near-verbatim copies of one another, of which the first has to be told from the others.
    "Paris speaks of the raid on the pass [FRA condemn AZE]",
    "Paris speaks of the raid on the pass [FRA condemn AZE] | Agency",
    "BREAKING: Paris speaks of the raid on the pass [FRA condemn AZE]",
    "Quiet day",
)
# (title, slug, hours ago, guid, summary)
entries = st.tuples(
    st.sampled_from(TITLES),
    st.sampled_from("abcdef"),
    st.integers(0, 40),
    st.sampled_from(["", "1", "2", "3", "4"]),
    st.sampled_from(["", "The ministry said so in the evening, and would say no more to the press that day."]),
)
documents = st.lists(entries, max_size=6)
# Guids flip, but no two entries of one document share guid or address.
sane_documents = st.lists(entries, max_size=6, unique_by=lambda told: told[1])
outlets = st.sampled_from(["Outlet A", "Outlet B", "Outlet C"])
polls = st.lists(st.tuples(outlets, documents), min_size=1, max_size=5)


@pytest.fixture(scope="session")
def made(entry):
    """Return the entries that generated tuples stand for; `own_guids` keeps guids from wandering between slugs."""

    def built(document, *, own_guids=False):
        return [
            replace(
                entry(title, slug=slug, at=NOON - timedelta(hours=hours)),
                guid=guid and f"guid-{guid}{slug if own_guids else ''}",
                summary=summary,
            )
            for title, slug, hours, guid, summary in document
        ]

    return built


@pytest.fixture(scope="session")
def after(new_memory, subscription, feed, made):
    """Return a memory that these polls have filled."""

    def filled(told, *, own_guids=False):
        memory = new_memory(subscription("1"), subscription("2", min_outlets=2))
        for number, (outlet, document) in enumerate(told):
            memory.poll(feed(outlet), made(document, own_guids=own_guids), NOON + timedelta(minutes=number))
        return memory

    return filled


def without_microseconds(memory):
    """Return what is remembered; the order of a batch is written into microseconds, which one by one start anew."""
    return (
        memory.items,
        memory.stories,
        memory.fingerprints,
        memory.reactions,
        memory.reports,
        {name: replace(alert, created_at=NOON) for name, alert in memory.alerts.items()},
        memory.revisions,
        memory.verdicts,
    )


@given(polls)
@settings(max_examples=150, deadline=None)
def test_a_second_poll_of_anything_owes_nothing(after, feed, made, told):
    memory = after(told)
    outlet, document = told[-1]
    before = (dict(memory.alerts), dict(memory.reactions), dict(memory.stories))

    decided = memory.poll(feed(outlet), made(document), NOON + timedelta(hours=1))

    assert decided.new_items == 0
    assert not [alert for alert in decided.alerts if alert.id not in before[0]]
    assert not decided.verdicts or decided.revisions


@given(sane_documents, polls)
@settings(max_examples=150, deadline=None)
def test_a_batch_comes_to_the_same_as_its_drafts_one_by_one(after, feed, made, document, told):
    """Given that guids and addresses tell the entries apart: where they repeat, only the document shows it."""
    ours = feed("Outlet A")
    batch = drafts(made(document, own_guids=True), ours, NOON + timedelta(hours=1))
    ordered = sorted(batch, key=lambda draft: (draft.item.published, draft.item.id))
    at_once, one_by_one = after(told, own_guids=True), after(told, own_guids=True)

    at_once.take(batch, ours, NOON + timedelta(hours=1))
    for draft in ordered:
        one_by_one.take((draft,), ours, NOON + timedelta(hours=1))

    assert without_microseconds(at_once) == without_microseconds(one_by_one)


@given(documents, polls, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_things_are_recalled_decides_nothing(after, feed, made, analyst, document, told, chance):
    memory = after(told)
    ours = feed("Outlet A")
    now = NOON + timedelta(hours=1)
    batch = tuple(
        replace(draft, reading=analyst.read(draft.item.article)) for draft in drafts(made(document), ours, now)
    )
    known = memory.recall(lookups(batch, ours, memory.rules))

    def shuffled(values):
        return tuple(chance.sample(values, len(values)))

    names = ("items", "fingerprints", "stories", "reactions", "reports", "subscriptions", "alerts")
    stirred = Known(**{name: shuffled(getattr(known, name)) for name in names}, listed_in=known.listed_in)

    assert triage(batch, ours, known, memory.rules, now) == triage(shuffled(batch), ours, stirred, memory.rules, now)


@given(polls)
@settings(max_examples=100, deadline=None)
def test_no_subscription_is_alerted_twice_to_one_reaction(after, told):
    memory = after(told)

    carried = [(alert.subscription_id, name) for alert in memory.alerts.values() for name in alert.reactions]
    assert len(carried) == len(set(carried))


@given(polls)
@settings(max_examples=100, deadline=None)
def test_the_books_balance(after, told):
    memory = after(told)

    for reaction in memory.reactions.values():
        items = {report.item_id for report in memory.reports.values() if report.reaction_id == reaction.id}
        assert reaction.reports == len(items)
    for story in memory.stories.values():
        assert story.items == sum(item.story_id == story.id for item in memory.items.values())
    assert {mark.item_id for mark in memory.fingerprints.values()} == {
        item.id for item in memory.items.values() if item.story_id
    }
    for item in memory.items.values():
        assert item.duplicate_of is None or item.duplicate_of in memory.items
