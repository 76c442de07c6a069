from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.text import tokenize


def norms(text: str) -> list[str]:
    return [token.norm for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia’s envoy", ["armenia", "'s", "envoy"]),
        ("l’Arménie d'Erevan", ["l'", "arménie", "d'", "erevan"]),
        ("Türkiye'nin", ["türkiye", "'nin"]),
        ("Nagorno-Karabakh", ["nagorno", "-", "karabakh"]),
        ("Nagorno–Karabakh", ["nagorno", "-", "karabakh"]),
        ("Baku – Yerevan", ["baku", "—", "yerevan"]),
        ("U.S.-brokered", ["u.s.", "-", "brokered"]),
        ("at 8am, 3,000.50", ["at", "8am", ",", "3,000.50"]),
        ("пре́мьер", ["премьер"]),
        ("ո՞վ", ["ով"]),
    ],
)
def test_words_are_split_and_looked_up_alike_in_every_language(text: str, expected: list[str]) -> None:
    assert norms(text) == expected


def test_a_non_breaking_space_separates_words() -> None:
    assert norms("Mr.\u00a0Borrell") == ["mr", ".", "borrell"]


@given(st.text())
def test_every_token_is_found_where_it_says_and_nothing_but_blanks_is_left_out(text: str) -> None:
    tokens = tokenize(text)
    position = 0
    for token in tokens:
        assert text[position : token.start].strip() == ""
        assert text[token.start : token.end] == token.text
        assert token.start < token.end
        position = token.end
    assert text[position:].strip() == ""
