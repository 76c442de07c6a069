"""What the rules of a verb make of it."""

from __future__ import annotations

import pytest

from bot.analysis import verb_senses as senses
from bot.analysis.entries import Form, Rule
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.pack import Slot
from bot.analysis.verb_senses import senses_of, united
from bot.domain.reactions import ReactionType


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(id="say", frame=Frame.SAY), senses.SAYS | senses.REPORTS | senses.SPEAKS),
        (Rule(id="post", frame=Frame.SAY, needs_object=True), senses.REPORTS | senses.SPEAKS),
        (
            Rule(id="tell", frame=Frame.SAY, needs_target=True),
            senses.SAYS | senses.REPORTS | senses.SAYS_TO | senses.SPEAKS,
        ),
        (Rule(id="quote", frame=Frame.QUOTE), senses.QUOTES | senses.ACTS),
        (Rule(id="urge", frame=Frame.REQUEST), senses.REQUESTS | senses.ACTS | senses.IS_CODED | senses.SPEAKS),
        (Rule(id="begin", frame=Frame.CONTROL), senses.CONTROLS),
        (Rule(id="undermine", frame=Frame.PLAIN, hostile=True), senses.HAS_PLAIN | senses.WRONGS),
        (
            Rule(id="condemn", frame=Frame.ACT, type=ReactionType.CONDEMN),
            senses.ACTS | senses.IS_CODED | senses.SPEAKS,
        ),
        (
            Rule(id="held", frame=Frame.ACT, type=ReactionType.CONSULT, subject=SubjectKind.MEETING),
            senses.ACTS | senses.IS_CODED | senses.GATHERS,
        ),
        (Rule(id="unsaid", frame=Frame.DENY, negative=True), senses.DENIES | senses.ACTS),
    ],
    ids=lambda value: value.id if isinstance(value, Rule) else "",
)
def test_a_rule_makes_of_a_verb_what_its_frame_says(rule: Rule, expected: int) -> None:
    """Each frame has its senses, and what a rule adds to them."""
    assert senses_of([rule]) == expected


def test_every_frame_has_senses() -> None:
    """No frame is forgotten."""
    assert all(senses_of([Rule(id="x", frame=frame)]) for frame in Frame)


def test_forms_of_a_verb_are_united() -> None:
    """A verb that may be one of two forms is all that either is."""
    forms = [Form("say", Slot.FINITE, (), (), senses.SAYS), Form("meet", Slot.FINITE, (), (), senses.MEETS)]
    assert united(forms) == senses.SAYS | senses.MEETS
    assert united([]) == 0
