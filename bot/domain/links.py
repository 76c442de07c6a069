"""Links: how much speaks for two items telling the same event, weighed.

On headlines about one conflict likeness of words alone fails: "Armenia accuses Azerbaijan" and its reversal are all alike.
So two items are compared by what they report (kind of event, acts, places, figures, parties) with their words as one
voice among these, and a guard keeps apart what differs in a mark that matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.comparison import (
    another_toll,
    figures_agree,
    headlines,
    is_comment_on,
    kin,
    kinds_of,
    likeness,
    named,
    order_agrees,
    other_party,
    other_side,
    strange_heads,
)
from bot.domain.happenings import ABOUT, AHEAD, BEHIND, BELLIGERENTS, HELD_ON_A_DAY, LED, STATEMENT
from bot.domain.stories import Fingerprint

# The same event is told within this time; the day after is another story, even under the same headline.
ONE_DAY = timedelta(hours=20)
# What two items have to have in common to tell the same event (see `linked`).
THRESHOLD = 2.0
# Share of telling words by which two titles are one headline, whatever the story's age.
SAME_HEADLINE = 0.6

# What each thing in common weighs.
SAME_KIND, KINDRED, SAME_KIND_IN_LEAD, SAME_KIND_BEHIND = 2.0, 1.5, 1.0, 0.75
SAME_ACT, SAME_ACT_OF_A_PARTY = 1.0, 2.0
SAME_WORDS = 4.5
SAME_PLACE, SAME_FIRST_ACTOR, SAME_FIRST_PARTY = 0.5, 0.4, 0.8
SAME_SUBJECT, OTHER_SPEAKER = 0.75, 1.0
# What words in common may weigh is missing between languages; so is what a reader of one knows in the other.
ANOTHER_LANGUAGE = 0.3
OTHER_KIND, SAID_NOT_DONE, OTHER_PARTY, A_DAY_APART = 1.5, 1.0, 2.0, 0.5
OTHER_HEAD, ANOTHER_TOLL = 1.0, 2.0
# An outlet that writes twice mostly has two things to tell.
SAME_FEED = 0.8
TELLING_LIKENESS = 0.2

# Kinds that are the doing of one party: another party's are another event.
OF_A_PARTY = frozenset(
    {
        STATEMENT,
        "expulsion",
        "summons",
        "visit",
        "armament",
        "aid",
        "mission",
        "resolution",
        "genocide",
        "recognition",
        "court",
    }
    | {"talks", "talks offered", "talks shunned", "talks attended", "sanctions", "alliance"}
)
# Kinds that a side does at home: the other side's are another event.
OWN_DOING = frozenset(
    {"mobilisation", "election", "resignation", "coup", "court joined", "expulsion", "summons", "protest"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How much speaks for two items telling the same event, and what."""

    strength: float
    reasons: tuple[str, ...] = ()


_KEPT_APART = Link(strength=-THRESHOLD)


def linked(mine: Fingerprint, other: Fingerprint) -> Link:
    """Return how much speaks for two items telling the same event."""
    ours, theirs = kinds_of(mine), kinds_of(other)
    if ABOUT in (ours | theirs) or _conflict(mine, other):
        return _KEPT_APART
    reasons: list[str] = []
    strength = _common_kind(mine, other, reasons) + _common_act(mine, other, reasons)
    words = likeness(mine.terms, other.terms)
    if not (ours and theirs):
        # A headline without a kind of event has its own angle, whatever its summary recalls.
        words = (words + headlines(mine, other)) / 2
    if words >= TELLING_LIKENESS:
        reasons.append("much the same words")
    strength += SAME_WORDS * words
    if not set(mine.places).isdisjoint(other.places):
        strength += SAME_PLACE
        reasons.append("the same place")
    strength += _common_head(mine, other)
    if STATEMENT in ours and STATEMENT in theirs:
        strength += _common_saying(mine, other, reasons)
    if mine.language != other.language:
        strength += ANOTHER_LANGUAGE
    if (STATEMENT in ours) != (STATEMENT in theirs):
        strength -= SAID_NOT_DONE
    kinds = ours | theirs
    another_did_it = other_party(mine, other) or is_comment_on(mine, other)
    if (kinds & OF_A_PARTY and another_did_it) or (kinds & OWN_DOING and other_side(mine, other)):
        strength -= OTHER_PARTY
    if mine.feed_id == other.feed_id and headlines(mine, other) < SAME_HEADLINE:
        strength -= SAME_FEED
    strength -= OTHER_HEAD * strange_heads(mine, other)
    if another_toll(mine, other):
        strength -= ANOTHER_TOLL
    strength -= A_DAY_APART * (abs(mine.published - other.published) / ONE_DAY)
    return Link(strength=strength, reasons=tuple(reasons))


def _common_kind(mine: Fingerprint, other: Fingerprint, reasons: list[str]) -> float:
    """Return what the kinds of event weigh that both tell of, as their news, in their lead or as background."""
    ours, theirs = kinds_of(mine) - {STATEMENT}, kinds_of(other) - {STATEMENT}
    led, their_led = kinds_of(mine, LED), kinds_of(other, LED)
    for weight, kinds in (
        (SAME_KIND, ours & theirs),
        (KINDRED, kin(ours, theirs)),
        (SAME_KIND_IN_LEAD, (ours & their_led) | (theirs & led) | (led & their_led)),
        (SAME_KIND_BEHIND, (ours & kinds_of(other, BEHIND)) | (theirs & kinds_of(mine, BEHIND))),
    ):
        if kinds:
            reasons.append(" and ".join(sorted(kinds)))
            return weight if weight > SAME_KIND_IN_LEAD or not (ours and theirs) else weight - OTHER_KIND
    return -OTHER_KIND if ours and theirs else 0.0


def _common_act(mine: Fingerprint, other: Fingerprint, reasons: list[str]) -> float:
    """Return what acts weigh that both report: those of a third party more, of which there are fewer."""
    acts = [act for act in mine.acts if act in other.acts]
    if not acts:
        return 0.0
    reasons.append(", ".join(sorted(act.replace(":", " ") for act in acts)))
    return SAME_ACT_OF_A_PARTY if any(act.partition(":")[0] not in BELLIGERENTS for act in acts) else SAME_ACT


def _common_head(mine: Fingerprint, other: Fingerprint) -> float:
    """Return what the actor named first weighs; where one item names none, nothing is known."""
    if not mine.actors or not other.actors:
        return SAME_FIRST_ACTOR / 2
    if mine.actors[0] != other.actors[0]:
        return 0.0
    return SAME_FIRST_ACTOR if mine.actors[0] in BELLIGERENTS else SAME_FIRST_PARTY


def _common_saying(mine: Fingerprint, other: Fingerprint, reasons: list[str]) -> float:
    """Return what weighs that both tell of something said: it is one saying only if one and the same says it."""
    if mine.actors and other.actors and mine.actors[0] != other.actors[0]:
        return -OTHER_SPEAKER
    subjects = kinds_of(mine, BEHIND) & kinds_of(other, BEHIND)
    if not subjects:
        return 0.0
    reasons.append(f"said of {' and '.join(sorted(subjects))}")
    return SAME_SUBJECT


def _conflict(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two items differ in a mark that matters: the place, the toll, or, under like headlines, who or when."""
    if mine.places and other.places and set(mine.places).isdisjoint(other.places):
        return True
    if mine.numbers and other.numbers and another_toll(mine, other):
        return True
    if headlines(mine, other) < SAME_HEADLINE:
        return False
    ours, theirs = named(mine.title), named(other.title)
    if not (ours >= theirs or theirs >= ours) or not figures_agree(mine.numbers, other.numbers):
        return True
    if _was_ahead(mine, other) or _was_ahead(other, mine):
        return True
    return other_party(mine, other) or other_side(mine, other) or not order_agrees(mine, other)


def _was_ahead(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether one tells of a meeting to come, and the other of one that is held."""
    return AHEAD in kinds_of(mine) and bool(kinds_of(other) & HELD_ON_A_DAY)
