"""Types of reactions by themselves: tests."""

from __future__ import annotations

from bot.analysis import reaction_types
from bot.domain.reactions import ReactionType


def test_every_type_has_its_name() -> None:
    names = {name: value for name, value in vars(reaction_types).items() if name.isupper()}
    assert names == dict(ReactionType.__members__)
