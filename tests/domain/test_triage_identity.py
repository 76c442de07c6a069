"""The same item, whatever its feed does to guid, date, address and wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.drafting import drafts
from bot.domain.entries import Entry

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=15)
TITLE = "Paris speaks out against the raid on the border town [FRA condemn AZE]"
SUMMARY = "The ministry said late in the evening that those behind the raid would have to answer for it."


@pytest.fixture
def first(memory, entry, feed):
    """The entry that was polled first, and posted."""
    told = entry(TITLE, summary=SUMMARY, slug="raid")
    memory.poll(feed(), [told])
    memory.post()
    return told


def again(memory, feed, *entries):
    """Poll once more and return what was decided."""
    return memory.poll(feed(), entries, LATER)


def is_the_same(memory, decided) -> bool:
    return len(memory.items) == 1 and decided.new_items == 0 and len(memory.alerts) == 1


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"guid": "another-guid"},
        {"guid": None},
        {"published": LATER},
        {"published": None, "updated": LATER},
        {"link": "https://news.example/raid?utm_source=rss&utm_medium=feed"},
        {"link": "https://www.news.example/raid/#comments"},
        {"link": "https://m.news.example/raid"},
        {"link": "https://news.example/moved"},
        {"link": None},
        {"title": TITLE.upper().replace("[FRA CONDEMN AZE]", "[FRA condemn AZE]")},
    ],
    ids=str,
)
def test_unchanged_words_under_another_date_guid_or_address_are_only_seen_again(memory, feed, first, change):
    decided = again(memory, feed, replace(first, **change))

    assert is_the_same(memory, decided)
    assert decided.seen_again == tuple(memory.items)
    (item,) = memory.items.values()
    assert (item.published, item.last_seen_at) == (NOON, LATER)
    assert not decided.revisions


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"guid": "another-guid"},
        {"link": "https://news.example/raid-updated"},
    ],
    ids=str,
)
def test_an_edited_title_is_the_same_item_recoded_with_its_earlier_wording_kept(memory, feed, first, change):
    edited = replace(first, title="UPDATED: " + TITLE, **change)
    decided = again(memory, feed, edited)

    assert is_the_same(memory, decided)
    (item,) = memory.items.values()
    assert item.title == edited.title
    assert item.guid == first.guid
    (revision,) = memory.revisions
    assert (revision.title, revision.replaced_at) == (TITLE, LATER)
    (alert,) = memory.alerts.values()
    assert alert.edit_due_at == LATER
    assert len(memory.stories) == len(memory.reactions) == 1


def test_a_headline_written_anew_under_the_same_guid_and_address_is_the_same_item(memory, feed, first):
    decided = again(memory, feed, replace(first, title="Quite other words [FRA condemn AZE]", summary=""))

    assert is_the_same(memory, decided)


def test_an_edited_item_is_recoded_in_place_of_what_it_said(memory, feed, first):
    again(memory, feed, replace(first, title=TITLE.replace("condemn", "warn")))

    old, new = memory.reactions.values()
    assert (old.type, old.reports, old.outlets) == ("condemn", 0, ())
    assert (new.type, new.reports) == ("warn", 1)
    assert [report.record.type for report in memory.reports.values()] == ["warn"]
    (alert,) = memory.alerts.values()
    assert alert.reactions == (new.id,)
    assert alert.edit_due_at == LATER


def test_an_edited_item_keeps_the_verdict_on_its_own_alert(memory, feed, first):
    again(memory, feed, replace(first, title="UPDATED: " + TITLE))

    (verdict,) = memory.verdicts.values()
    assert verdict.alerted
    assert verdict.reason == "new to the subscription"


def test_what_an_edit_adds_is_owed_like_anything_new(memory, feed, first):
    again(memory, feed, replace(first, summary=SUMMARY + " [DEU warn AZE]"))

    _, added = memory.alerts.values()
    assert [memory.reactions[name].actor for name in added.reactions] == ["DEU"]


def test_what_others_report_too_survives_an_edit(memory, entry, feed, first):
    memory.poll(feed("Outlet B"), [entry(TITLE, slug="b")], NOON)
    again(memory, feed, replace(first, title=TITLE.replace("[FRA condemn AZE]", ""), summary=SUMMARY))

    (reaction,) = memory.reactions.values()
    assert reaction.reports == 1
    (alert,) = memory.alerts.values()
    assert alert.reactions == (reaction.id,)


def test_a_third_wording_keeps_both_earlier_ones(memory, feed, first):
    again(memory, feed, replace(first, title="UPDATED: " + TITLE))
    memory.poll(feed(), [replace(first, title="UPDATED 2: " + TITLE)], LATER + timedelta(minutes=15))

    assert [revision.title for revision in memory.revisions] == [TITLE, "UPDATED: " + TITLE]


def test_an_item_once_grouped_stays_in_its_story_when_an_edit_makes_it_irrelevant(memory, feed, first):
    (story,) = memory.stories
    again(memory, feed, replace(first, title=TITLE + " elsewhere"))

    (item,) = memory.items.values()
    assert not item.relevant
    assert item.story_id == story
    (reaction,) = memory.reactions.values()
    assert reaction.reports == 0


def test_an_item_that_an_edit_makes_relevant_is_grouped_and_owed(memory, entry, feed):
    memory.poll(feed(), [entry(TITLE + " elsewhere", slug="raid", summary=SUMMARY)])
    again(memory, feed, entry(TITLE, slug="raid", summary=SUMMARY))

    assert len(memory.items) == len(memory.stories) == len(memory.alerts) == 1


def test_two_items_with_the_same_words_but_another_guid_and_address_are_two(memory, entry, feed):
    memory.poll(feed(), [entry(TITLE, slug="one", summary=SUMMARY), entry(TITLE, slug="two", summary=SUMMARY)])

    original, copy = sorted(memory.items.values(), key=lambda item: item.duplicate_of or "")
    assert copy.duplicate_of == original.id
    assert copy.story_id == original.story_id
    assert len(memory.alerts) == 1


def test_a_feed_that_gives_all_entries_one_guid_and_address_is_told_apart_by_words(memory, entry, feed):
    entries = [
        replace(entry(title), guid="home", link="https://news.example/")
        for title in (TITLE, "Rome calls for talks between both sides [ITA call_dialogue AZE]")
    ]
    memory.poll(feed(), entries)
    assert len(memory.items) == 2

    decided = again(memory, feed, *entries)

    assert decided.new_items == 0
    assert len(memory.items) == 2
    assert not memory.revisions


def test_words_that_come_back_beside_their_new_wording_are_an_item_of_their_own(memory, feed, first):
    reworded = replace(first, title="UPDATED: " + TITLE)
    again(memory, feed, reworded)
    again(memory, feed, reworded, first)

    assert sorted(item.title for item in memory.items.values()) == sorted((first.title, reworded.title))
    assert again(memory, feed, reworded, first).new_items == 0
    assert len(memory.alerts) == 1


def test_a_guid_used_again_for_something_else_at_another_address_is_another_item(memory, entry, feed):
    one = replace(entry(TITLE, slug="one"), guid="1")
    other = replace(entry("Rome calls for talks between both sides [ITA call_dialogue AZE]", slug="two"), guid="1")
    memory.poll(feed(), [one])
    again(memory, feed, other)

    assert len(memory.items) == 2


def test_an_entry_twice_in_one_document_is_one_item(memory, entry, feed):
    decided = memory.poll(feed(), [entry(TITLE), entry(TITLE)])

    assert decided.new_items == len(memory.items) == len(memory.alerts) == 1


def test_items_of_other_feeds_are_never_taken_for_ours(memory, entry, feed):
    memory.poll(feed(), [entry(TITLE, slug="raid")])
    decided = memory.poll(feed("Outlet B"), [entry(TITLE, slug="raid")], LATER)

    assert decided.new_items == 1
    original, copy = memory.items.values()
    assert copy.duplicate_of == original.id


def test_entries_that_all_link_to_one_page_copy_nothing_for_that(memory, entry, feed):
    memory.poll(feed(), [replace(entry("Fifty years of the opera [ITA welcome]"), link="https://news.example/")])
    ours = [
        replace(entry(title, slug=title), link="https://news.example/")
        for title in (TITLE, "Rome calls for talks between both sides [ITA call_dialogue AZE]")
    ]
    memory.poll(feed("Outlet B"), ours)

    assert not any(item.duplicate_of for item in memory.items.values())


def test_a_duplicate_of_a_duplicate_names_the_original(memory, entry, feed):
    for outlet in ("A", "B", "C"):
        memory.poll(feed(outlet), [entry(TITLE, slug=outlet, summary=SUMMARY)], NOON)

    original, *copies = memory.items.values()
    assert {copy.duplicate_of for copy in copies} == {original.id}


def test_entries_without_words_are_left_out(feed):
    assert drafts([Entry(guid="1", link="https://news.example/1"), Entry(title="<p> </p>")], feed(), NOON) == ()


def test_a_date_in_the_future_is_now_and_a_missing_one_too(feed):
    ahead, undated = drafts([Entry(title="a", published=NOON + timedelta(days=3)), Entry(title="b")], feed(), NOON)

    assert ahead.item.published == undated.item.published == NOON


def test_an_aggregator_is_not_the_outlet_of_what_it_lists(feed, entry):
    aggregator = feed("Search", url="https://news.google.com/rss/x", homepage="https://news.google.com/")
    own = feed("BBC", url="https://feeds.bbci.co.uk/news/rss.xml", homepage="https://www.bbc.co.uk/news")

    (listed,) = drafts([entry("a", link="https://www.paper.example/a")], aggregator, NOON)
    (ours,) = drafts([entry("a", link="https://www.bbc.co.uk/news/a")], own, NOON)

    assert listed.item.outlet == "paper.example"
    assert ours.item.outlet == "BBC"


CORRECTED = [
    "CORRECTION: Paris did not speak out",
    "Corrected: Paris speaks of the raid",
    "(Corrects name of town) Paris speaks out",
    "Paris speaks out (corrects second paragraph)",
    "WITHDRAWN: Paris speaks out",
    "RETRACTION - Paris speaks out",
    "Rectificatif : Paris parle",
    "ИСПРАВЛЕНО: Париж высказался",
]


@pytest.mark.parametrize("title", CORRECTED)
def test_a_correction_is_marked_and_what_was_posted_is_edited(memory, feed, first, title):
    again(memory, feed, replace(first, title=title + " [FRA condemn AZE]"))

    (item,) = memory.items.values()
    assert item.withdrawn
    (alert,) = memory.alerts.values()
    assert alert.edit_due_at == LATER


@pytest.mark.parametrize(
    "note",
    [
        "This article has been corrected to give the right name.",
        "This story was withdrawn.",
        "Cet article a été corrigé.",
        "Новость отозвана.",
    ],
)
def test_a_note_of_the_outlet_about_its_text_is_a_correction(memory, feed, first, note):
    again(memory, feed, replace(first, summary=f"{SUMMARY} {note}"))

    assert next(iter(memory.items.values())).withdrawn


@pytest.mark.parametrize(
    "title",
    [
        "Troops were withdrawn from the village",
        "Minister corrects reporter over border claim",
        "Russia retracted its peacekeepers",
        "Correction of the border begins near Kirants",
        "Ambassador withdrawn over the raid",
    ],
)
def test_the_news_of_a_withdrawal_is_no_correction(memory, entry, feed, title):
    memory.poll(feed(), [entry(title)])

    assert not memory.item_titled(title).withdrawn
