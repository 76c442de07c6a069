from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.analysis.explanation import Because, Explanation, Mark, MarkKind, Miss
from bot.console.coding import show_explanation
from bot.domain.analyst import Reading, Relevance
from bot.domain.items import Article
from bot.domain.reactions import ReactionType, Record, Tier

TEXT = "Paris condemned “the attack of Baku”.\n\nIt may\x1b[2J act."


@pytest.fixture
def explanation() -> Explanation:
    record = Record(
        actor="FRA",
        type=ReactionType.CONDEMN,
        targets=("AZE",),
        evidence="Paris condemned “the attack of Baku”.",
        start=0,
        end=37,
        cue="condemned",
        rule="condemn",
        tier=Tier.ALERT,
        confidence=0.9,
    )
    reading = Reading(language="en", relevance=Relevance(relevant=True, reason="names Karabakh"), records=(record,))
    marks = (
        Mark(start=0, end=5, kind=MarkKind.MENTION, label="FRA capital"),
        Mark(start=0, end=5, kind=MarkKind.MENTION, label="FRA capital"),
        Mark(start=6, end=15, kind=MarkKind.CUE, label="condemn"),
        Mark(start=16, end=36, kind=MarkKind.QUOTE, label="nobody"),
        Mark(start=31, end=35, kind=MarkKind.MENTION, label="AZE capital"),
    )
    return Explanation(
        text=TEXT,
        reading=reading,
        marks=marks,
        because=(Because(record=record, reasons=("the construction says it directly",)),),
        misses=(Miss(start=42, end=45, cue="may", reason="it is only possible"),),
    )


def told(explanation, samples, *, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=120, soft_wrap=not terminal)
    show_explanation(console, "i1", Article(title="A title"), explanation, samples.names)
    return out.getvalue()


def test_marks_stand_in_brackets_in_a_pipe_inner_ones_within_outer_ones(explanation, samples):
    text = told(explanation, samples, terminal=False)
    assert "[Paris=FRA capital] {condemned=condemn} «“the attack of [Baku=AZE capital]”»." in text


@pytest.mark.parametrize("terminal", [True, False])
def test_reasons_and_near_misses_are_told_and_the_text_is_inert(explanation, samples, terminal):
    text = told(explanation, samples, terminal=terminal)
    assert "coded: 1" in text
    assert "the construction says it directly" in text
    assert "it is only possible" in text
    assert "\x1b[2J" not in text
