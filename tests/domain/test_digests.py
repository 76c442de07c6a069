"""What a digest tells, and in which order."""

from __future__ import annotations

from itertools import permutations

from bot.domain.digests import prominence
from bot.domain.reactions import ReactionType


def test_a_digest_has_one_order_whatever_was_stored_first(sampling) -> None:
    samples = sampling.Samples()
    told = [
        samples.sourced(id="r3", actor="AZE", type=ReactionType.DENY),
        samples.sourced(id="r9", actor="ARM", type=ReactionType.ACCUSE),
        samples.sourced(id="r1", actor="FRA", outlets=("Rhône Matin", "Radio Kura")),
    ]
    orders = {tuple(each.reaction.actor for each in sorted(some, key=prominence)) for some in permutations(told)}
    assert orders == {("FRA", "ARM", "AZE")}
