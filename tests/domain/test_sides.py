"""Which of the two sides a headline names, and as what."""

from __future__ import annotations

import pytest

from bot.domain.headline_words import SIDES
from bot.domain.sides import fallen, joins_sides, taking_part


def test_the_two_sides_joined_have_no_order():
    assert joins_sides("Armenia and Azerbaijan agree")
    assert joins_sides("Baku-Yerevan talks resume")
    assert not joins_sides("Armenia accuses Azerbaijan")
    assert not joins_sides("Nagorno-Karabakh hears from Baku and others")


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Norwegian minister phones Pashinyan", {"ARM"}),
        ("Norwegian minister phones Aliyev and Pashinyan", {"ARM", "AZE"}),
        ("Minister and Pashinyan discuss Azerbaijan’s closing of the road", {"ARM"}),
        ("Minister meets Azerbaijan's president", {"AZE"}),
        ("Minister meets Azerbaijan’s deputy premier", {"AZE"}),
        ("Министр поговорил с Алиевым", {"AZE"}),
        ("Minister phones his neighbours", set()),
        ("Minister and Pashinyan discuss Armenian-Azerbaijani border", {"ARM"}),
        ("Armenian-Azerbaijani talks resume", {"ARM", "AZE"}),
    ],
)
def test_a_side_takes_part_unless_only_what_it_has_or_did_is_spoken_of(title, sides):
    assert taking_part(title) == sides


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Three Armenian soldiers killed near the lake", {"ARM"}),
        ("Armenia says three Azerbaijani border guards died", {"AZE"}),
        ("Погибли трое армянских военных", {"ARM"}),
        ("Three killed on Armenian border with Azerbaijan", set()),
        ("Trois soldats arméniens tués près du lac", {"ARM"}),
        ("Погибли трое военных Азербайджана", {"AZE"}),
        ("Three Karabakh soldiers die under Azerbaijani fire", {"ARM"}),
        ("Fire on Azerbaijani positions kills one", {"AZE"}),
        ("Armenian ministry: three soldiers died at the lake", {"ARM"}),
        ("Armenian ministry: three Azerbaijani soldiers died", {"AZE"}),
        ("Armenian ministry: road shut", set()),
        ("Yerevan says three of its soldiers died under Azerbaijani fire", {"ARM"}),
        ("Karabakh: soldiers die at the lake", set()),
    ],
)
def test_the_people_of_a_side_are_named_beside_it_or_are_those_of_the_side_that_speaks(title, sides):
    assert fallen(title) == sides


def test_no_word_stands_for_both_sides():
    for word in SIDES["ARM"].split():
        assert not any(word.startswith(other) or other.startswith(word) for other in SIDES["AZE"].split())
