"""What people type: names in any language, codes, types with spaces."""

from __future__ import annotations

import pytest

from bot.domain.actors import ActorNames
from bot.domain.errors import Invalid
from bot.domain.reactions import Family, ReactionType
from bot.usecases.query import actor_code, family, reaction_type

NAMES = ActorNames(names={"en": {"FRA": "France", "DEU": "Germany"}, "fr": {"DEU": "Allemagne"}})


@pytest.mark.parametrize(("text", "code"), [("FRA", "FRA"), ("fra", "FRA"), (" france ", "FRA"), ("Allemagne", "DEU")])
def test_an_actor_is_known_by_code_and_by_name_in_any_language(text: str, code: str) -> None:
    assert actor_code(text, NAMES) == code


def test_an_unknown_actor_is_refused_with_the_nearest() -> None:
    with pytest.raises(Invalid, match="DEU"):
        actor_code("Germny", NAMES)
    with pytest.raises(Invalid, match="Zzz"):
        actor_code("Zzz", NAMES)


def test_types_and_families_may_be_written_with_spaces_or_hyphens() -> None:
    assert reaction_type("call ceasefire") is ReactionType.CALL_CEASEFIRE
    assert reaction_type("Call-Ceasefire") is ReactionType.CALL_CEASEFIRE
    assert family("Appeal") is Family.APPEAL
    with pytest.raises(Invalid, match="condemn"):
        reaction_type("condem")
