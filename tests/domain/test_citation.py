"""A line that can be quoted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.citation import citation
from bot.domain.reactions import CODEBOOK, Reaction, ReactionType, Tier

DAY = datetime(2023, 9, 5, 12, tzinfo=UTC)
NAMES = {"FRA": "France", "AZE": "Azerbaijan", "ARM": "Armenia"}
REACTION = Reaction(
    id="abc",
    story_id="s",
    actor="FRA",
    type=ReactionType.CONDEMN,
    targets=("AZE",),
    speaker="Jeanne Martin",
    role="foreign minister",
    quote="Nothing can justify this use of force,",
    evidence="France condemned the operation.",
    tier=Tier.ALERT,
    first_reported_at=DAY,
    last_reported_at=DAY,
    reports=1,
    outlets=("Rhône Matin",),
    languages=("en",),
)


def cited(reaction: Reaction, link: str | None = "https://rhone.example/a") -> str:
    return citation(
        reaction, names=NAMES, outlet="Rhône Matin", title="Paris condemns\n offensive", published=DAY, link=link
    )


def test_a_citation_tells_act_words_speaker_report_and_codebook_in_one_line() -> None:
    assert cited(REACTION) == (
        "France condemns → Azerbaijan: “Nothing can justify this use of force”, Jeanne Martin, foreign minister. "
        "Rhône Matin, “Paris condemns offensive”, 5 September 2023, https://rhone.example/a. "
        f"communiqué abc, codebook {CODEBOOK}."
    )


@pytest.mark.parametrize(
    ("outlets", "told"),
    [(("A",), ""), (("A", "B"), " (and 1 further outlet)"), (("A", "B", "C"), " (and 2 further outlets)")],
)
def test_further_outlets_are_counted(outlets: tuple[str, ...], told: str) -> None:
    assert f"rhone.example/a{told}. communiqué" in cited(replace(REACTION, outlets=outlets))


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(REACTION, targets=(), quote=None, speaker=None, role=None)
    assert cited(bare, None).startswith("France condemns. Rhône Matin, “Paris condemns offensive”, 5 September 2023. ")


def test_others_are_called_by_their_own_name() -> None:
    assert cited(replace(REACTION, actor="OTHER", targets=("ARM",))).startswith("Jeanne Martin condemns → Armenia")
