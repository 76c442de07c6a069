"""Disputed places are called by both names, or as a server has chosen."""

from __future__ import annotations

import pytest

from bot.domain.places import DISPUTED, PlaceNames, disputed_in, place_name


@pytest.mark.parametrize("spelling", ["Stepanakert", "Khankendi", "Xankəndi", "Степанакерт", "khankendi"])
def test_a_place_has_both_names_whichever_of_them_a_text_has(spelling: str) -> None:
    assert place_name(spelling, PlaceNames.BOTH) == "Stepanakert / Khankendi"
    assert place_name(spelling, PlaceNames.ARMENIAN) == "Stepanakert"
    assert place_name(spelling, PlaceNames.AZERBAIJANI) == "Khankendi"


def test_other_places_are_called_as_they_are_given() -> None:
    assert [place_name("Goris", names) for names in PlaceNames] == ["Goris"] * 3


def test_the_places_of_a_text_are_named_once_each() -> None:
    text = "Shells fell on Stepanakert; in Khankendi, officials said, and near Shusha."
    assert disputed_in(text, PlaceNames.BOTH) == ("Stepanakert / Khankendi", "Shushi / Shusha")
    assert disputed_in(text, PlaceNames.AZERBAIJANI, shown=str.upper) == ("KHANKENDI", "SHUSHA")


def test_a_name_within_a_word_is_no_place() -> None:
    assert disputed_in("the aknaist movement", PlaceNames.BOTH) == ()


def test_no_name_stands_for_two_places() -> None:
    names = [name.casefold() for pair in DISPUTED for name in pair]
    assert len(set(names)) == len(names)
