"""Whether an item's news is what a third party says, going by what was coded in it."""

from __future__ import annotations

import pytest

from bot.domain.reactions import ReactionType, Record
from bot.domain.statements import Said, said_in
from tests.fakes.values import record

TITLE = "Closing of the road by Baku harms talks – Norwegian ministry"


def a_record(actor: str, kind: ReactionType, start: int = 0, *, background: bool = False) -> Record:
    return record(actor=actor, type=kind, targets=(), start=start, end=start + 1, background=background)


@pytest.mark.parametrize(
    ("actor", "kind", "head", "said"),
    [
        ("NOR", ReactionType.EXPRESS_CONCERN, "NOR", Said.HEADLINE),
        ("NOR", ReactionType.DEMAND_ACCESS, "AZE", Said.HEADLINE),
        ("NOR", ReactionType.REPORT, "AZE", Said.HEADLINE),
        ("NOR", ReactionType.REPORT, "NOR", Said.NOWHERE),
        ("NOR", ReactionType.REPORT, "", Said.NOWHERE),
        ("ARM", ReactionType.REPORT, "NOR", Said.HEADLINE),
        ("ARM", ReactionType.REPORT, "AZE", Said.NOWHERE),
        ("OTHER", ReactionType.REPORT, "AZE", Said.NOWHERE),
        ("NOR", ReactionType.PROVIDE_AID, "NOR", Said.NOWHERE),
        ("AZE", ReactionType.CONDEMN, "AZE", Said.HEADLINE),
        ("AZE", ReactionType.ACCUSE, "AZE", Said.NOWHERE),
        ("AZE", ReactionType.REFUSE, "AZE", Said.NOWHERE),
        ("NOR", ReactionType.ACCUSE, "NOR", Said.HEADLINE),
        ("OTHER", ReactionType.DEMAND_POLITICAL_CHANGE, "ARM", Said.NOWHERE),
    ],
)
def test_what_is_said_of_another_is_a_saying_and_what_is_done_is_not(actor, kind, head, said):
    assert said_in([a_record(actor, kind)], TITLE, head) is said


def test_the_first_act_is_the_news():
    did = a_record("AZE", ReactionType.RESTRICT_MOVEMENT, start=0)
    said = a_record("NOR", ReactionType.CONDEMN, start=20)

    assert said_in([said, did], TITLE, "AZE") is Said.NOWHERE
    assert said_in([said], TITLE, "AZE") is Said.HEADLINE


def test_what_stands_where_a_headline_has_turned_is_not_its_news():
    title = "Road closed for a second day amid condemnation by Oslo"

    assert (
        said_in([a_record("NOR", ReactionType.CONDEMN, start=title.index("condemnation"))], title, "") is Said.NOWHERE
    )
    assert said_in([a_record("NOR", ReactionType.CONDEMN, start=0)], title, "") is Said.HEADLINE


def test_a_lead_counts_where_the_headline_is_silent():
    said = a_record("NOR", ReactionType.CONDEMN, start=len(TITLE) + 2)

    assert said_in([said], TITLE, "AZE") is Said.LEAD
    assert said_in([a_record("AZE", ReactionType.AGREE), said], TITLE, "AZE") is Said.NOWHERE
    assert said_in([a_record("AZE", ReactionType.AGREE, background=True), said], TITLE, "AZE") is Said.LEAD
    assert said_in([], TITLE, "AZE") is Said.NOWHERE
