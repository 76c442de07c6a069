"""Which entries of a document are looked at: those that are not as the feed listed them at its last look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.changes import changed, marks_of
from bot.domain.entries import Entry
from bot.domain.feeds import Feed, feed_id

NOON = datetime(2023, 9, 19, 12, tzinfo=UTC)
FEED = Feed(
    id=feed_id("https://outlet.example/rss"), url="https://outlet.example/rss", added_at=NOON, next_poll_at=NOON
)


def entry(number: int, **parts: object) -> Entry:
    told = Entry(
        guid=f"guid-{number}",
        link=f"https://outlet.example/{number}",
        title=f"Talks in Goris, day {number}",
        summary="They met.",
        published=NOON - timedelta(hours=number),
    )
    return replace(told, **parts)  # type: ignore[arg-type]


def looked_at(*entries: Entry, before: tuple[Entry, ...], later: timedelta = timedelta()) -> tuple[Entry, ...]:
    """Return what is looked at in a document after another one, some time later."""
    feed = replace(FEED, entry_marks=marks_of(before, FEED, NOON))
    return changed(entries, feed, marks_of(entries, feed, NOON + later))


def test_at_first_everything_is_looked_at() -> None:
    assert looked_at(entry(1), entry(2), before=()) == (entry(1), entry(2))


def test_what_is_listed_as_it_was_is_passed_over() -> None:
    assert looked_at(entry(1), entry(2), entry(3), before=(entry(1), entry(2))) == (entry(3),)
    assert looked_at(entry(2), entry(1), before=(entry(1), entry(2), entry(3))) == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "Talks in Goris, day one"},
        {"summary": "They met again."},
        {"content": "A long text."},
        {"guid": "another"},
        {"guid": None},
        {"link": "https://outlet.example/moved"},
        {"published": NOON},
        {"author": "A. Reporter"},
        {"language": "hy"},
    ],
)
def test_a_changed_part_is_looked_at(parts: dict[str, object]) -> None:
    assert looked_at(entry(1, **parts), entry(2), before=(entry(1), entry(2))) == (entry(1, **parts),)


def test_an_entry_that_is_always_updated_just_now_is_as_it_was() -> None:
    assert looked_at(entry(1, updated=NOON), before=(entry(1, updated=NOON - timedelta(hours=1)),)) == ()


@pytest.mark.parametrize(
    "twin", [entry(1, title="Other news"), entry(3, link="https://www.outlet.example/1?utm_source=rss#top")]
)
def test_what_shares_its_guid_or_address_with_a_new_entry_is_looked_at_beside_it(twin: Entry) -> None:
    """Else the new one would be taken for another wording of the item that is listed as it was."""
    assert looked_at(entry(1), entry(2), twin, before=(entry(1), entry(2))) == (entry(1), twin)


def test_once_a_day_everything_is_looked_at() -> None:
    entries = (entry(1), entry(2))
    quarters = [timedelta(minutes=15 * number) for number in range(1, 97)]
    passed_over = [later for later in quarters if not looked_at(*entries, before=entries, later=later)]
    assert passed_over == quarters[: len(passed_over)]
    assert len(passed_over) < len(quarters)


def test_the_days_of_feeds_begin_at_different_times() -> None:
    feeds = [replace(FEED, id=feed_id(f"https://outlet.example/{number}")) for number in range(50)]
    hours = {
        next(
            hour
            for hour in range(1, 25)
            if marks_of((entry(1),), feed, NOON) != marks_of((entry(1),), feed, NOON + timedelta(hours=hour))
        )
        for feed in feeds
    }
    assert len(hours) > 12


def test_half_a_surrogate_pair_leaves_a_mark() -> None:
    assert looked_at(entry(1, title="\ud800"), before=()) == (entry(1, title="\ud800"),)
