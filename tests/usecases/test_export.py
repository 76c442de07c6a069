"""Rows for the outside world: flat, complete, and harmless to a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reactions import ReactionType, Record, Tier
from bot.usecases.export import csv_row, record_row


def test_a_record_shows_its_types_family_and_tone() -> None:
    record = Record(
        actor="FRA", type=ReactionType.CONDEMN, targets=("AZE",), evidence="e", start=0, end=1, cue="c", rule="r",
        tier=Tier.ALERT, confidence=0.876,
    )  # fmt: skip
    row = record_row(record)
    assert (row["family"], row["tone"], row["confidence"], row["date"]) == ("criticism", -2, 0.88, None)


def test_cells_are_plain() -> None:
    cells = csv_row({"a": ["x", "y"], "b": None, "c": True, "d": 3, "e": -2})
    assert cells == {"a": "x; y", "b": "", "c": "true", "d": "3", "e": "-2"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert csv_row({"a": text})["a"] == f"'{text}"


@given(st.text() | st.lists(st.text(), max_size=3))
def test_no_text_begins_as_a_formula(text: str | list[str]) -> None:
    assert csv_row({"a": text})["a"][:1] not in {"=", "+", "-", "@", "\t", "\r"}  # type: ignore[dict-item]
