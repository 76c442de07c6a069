"""Items of the past as JSON objects: what is read, and what is said of one that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.errors import Invalid
from bot.usecases.past import UNNAMED, read_item

WHERE = "news.jsonl:3"


def test_an_item_is_read_with_its_id_as_guid_and_unknown_keys_ignored() -> None:
    past = read_item({"id": 7, "title": "A", "source": "https://o.example/rss", "lang": "fr", "mood": "grey"}, WHERE)
    assert past.feed_url == "https://o.example/rss"
    assert (past.entry.guid, past.entry.title, past.entry.language) == ("7", "A", "fr")


def test_an_item_that_lacks_id_and_source_is_named_by_where_it_stands() -> None:
    past = read_item({"summary": "A"}, WHERE)
    assert (past.feed_url, past.entry.guid) == (UNNAMED, WHERE)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-09-19T16:30:00+04:00", datetime(2023, 9, 19, 12, 30, tzinfo=UTC)),
        ("2023-09-19 16:30:00", datetime(2023, 9, 19, 16, 30, tzinfo=UTC)),
        ("2023-09-19", datetime(2023, 9, 19, tzinfo=UTC)),
        ("2023-09", datetime(2023, 9, 1, tzinfo=UTC)),
        ("2023", datetime(2023, 1, 1, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_given(written: str, meant: datetime | None) -> None:
    assert read_item({"title": "A", "published": written}, WHERE).entry.published == meant


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["a"], "no JSON object"),
        ({"id": "a"}, "neither title nor text"),
        ({"title": "A", "published": "last week"}, "published is “last week”"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(given: object, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_item(given, WHERE)
