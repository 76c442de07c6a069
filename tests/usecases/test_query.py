"""What people type: names in any language, codes, types with spaces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import NOON, entry

from bot.domain.actors import ActorNames
from bot.domain.errors import Invalid
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType
from bot.usecases import query as module
from bot.usecases.query import actor_code, family, reaction_type, within_reach

CODES = ("FRA", "DEU", "USA", "IRN")
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


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        # Two reactions may be looked through, of four that were told at noon and one, two and three hours later.
        ({}, 1),
        ({"since": 0}, 1),
        ({"since": 2}, 2),
        ({"until": 2}, None),
        ({"actors": frozenset({"EU"})}, None),
    ],
)
async def test_a_question_is_begun_where_its_reach_ends(newsroom, monkeypatch, asked, begins) -> None:
    monkeypatch.setattr(module, "FURTHEST", 2)
    url = "https://outlet.example/rss"
    told = [entry(f"Karabakh {hour}: {actor} condemn AZE", hours_ago=-hour) for hour, actor in enumerate(CODES)]
    newsroom.clock.pass_(hours=5)
    await newsroom.publish(url, *reversed(told))
    await newsroom.poll()
    bounds = {name: NOON + timedelta(hours=asked[name]) for name in ("since", "until") if name in asked}
    near = await within_reach(newsroom.store, ReactionQuery(**{**asked, **bounds}))
    assert near == ReactionQuery(
        **{**asked, **bounds, "since": None if begins is None else NOON + timedelta(hours=begins)}
    )
