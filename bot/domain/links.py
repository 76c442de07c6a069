"""Links: how much speaks for two items telling the same event, weighed.

On headlines about one conflict likeness of words alone fails: "Armenia accuses Azerbaijan" and its reversal are all alike.
So two items are compared by what they report (kind of event, acts, places, figures, parties) with their words as one
voice among these, and a guard keeps apart what differs in a mark that matters.
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain.comparison import (
    another_toll,
    figures_agree,
    is_comment_on,
    likeness,
    meets_another,
    named,
    order_agrees,
    other_dead,
    other_occasion,
    other_party,
    other_side,
    speak_together,
    strange_heads,
    struck_and_striking,
)
from bot.domain.happenings import AHEAD, BELLIGERENTS, HELD_ON_A_DAY
from bot.domain.profiles import Profile, microseconds
from bot.domain.reactions import COLLECTIVE_ACTORS
from bot.domain.vocabulary import KIN

# The same event is told within this time; the day after is another story, even under the same headline.
ONE_DAY = timedelta(hours=20)
# What two items have to have in common to tell the same event (see `strength`).
THRESHOLD = 2.0
# Share of telling words by which two titles are one headline.
SAME_HEADLINE = 0.6

# What each thing in common weighs.
SAME_KIND, KINDRED, SAME_KIND_IN_LEAD, SAME_KIND_BEHIND = 2.0, 1.5, 1.0, 0.75
SAME_ACT, SAME_ACT_OF_A_PARTY = 1.0, 2.0
QUIET_SHARE, QUIET, MET = 0.5, (":report", ":announce_action"), ":consult"
MEETINGS = HELD_ON_A_DAY | {AHEAD, "talks attended"}
SAME_WORDS = 4.5
SAME_PLACE, SAME_FIRST_ACTOR, SAME_FIRST_PARTY = 0.5, 0.4, 0.8
SAME_SUBJECT, OTHER_SPEAKER = 0.75, 1.0
# What words in common may weigh is missing between languages; so is what a reader of one knows in the other.
ANOTHER_LANGUAGE = 0.3
OTHER_KIND, SAID_NOT_DONE, OTHER_PARTY, A_DAY_APART = 1.5, 1.0, 2.0, 0.5
OTHER_HEAD, ANOTHER_TOLL, RETURNED = 1.0, 2.0, 2.0
# An outlet that writes twice mostly has two things to tell.
SAME_FEED = 0.8
TELLING_LIKENESS = 0.2

KEPT_APART = -THRESHOLD
"""The strength between items that differ in a mark that matters."""

_ONE_DAY = microseconds(ONE_DAY)
_NOTHING: frozenset[str] = frozenset()


def strength(mine: Profile, other: Profile) -> float:
    """Return how much speaks for two items telling the same event."""
    if mine.told.about_news or other.told.about_news:
        return KEPT_APART
    alike = likeness(mine.words, other.words)
    if _conflict(mine, other, alike):
        return KEPT_APART
    weight = _common_kind(mine, other)[0] + _common_act(mine, other)[0] + SAME_WORDS * _common_words(mine, other, alike)
    if not mine.places.isdisjoint(other.places):
        weight += SAME_PLACE
    weight += _common_head(mine, other)
    if mine.told.says and other.told.says:
        weight += _common_saying(mine, other)[0]
    if mine.language != other.language:
        weight += ANOTHER_LANGUAGE
    return _lessened(weight, mine, other, alike)


def reasons(mine: Profile, other: Profile) -> tuple[str, ...]:
    """Return what speaks for two items telling the same event, the kind of it first."""
    if mine.told.about_news or other.told.about_news:
        return ()
    alike = likeness(mine.words, other.words)
    if _conflict(mine, other, alike):
        return ()
    said: list[str] = []
    if kinds := _common_kind(mine, other)[1]:
        said.append(" and ".join(sorted(kinds)))
    if acts := _common_act(mine, other)[1]:
        said.append(", ".join(sorted(act.replace(":", " ") for act in acts)))
    if _common_words(mine, other, alike) >= TELLING_LIKENESS:
        said.append("much the same words")
    if not mine.places.isdisjoint(other.places):
        said.append("the same place")
    if mine.told.says and other.told.says and (subjects := _common_saying(mine, other)[1]):
        said.append(f"said of {' and '.join(sorted(subjects))}")
    return tuple(said)


def _lessened(weight: float, mine: Profile, other: Profile, alike: float) -> float:
    """Return the weight less what speaks against it: said not done, another party, the outlet's own, a toll, time."""
    ours, theirs = mine.told, other.told
    if ours.says != theirs.says:
        weight -= SAID_NOT_DONE
    of_a_party, own_doing = ours.of_a_party or theirs.of_a_party, ours.own_doing or theirs.own_doing
    if (of_a_party and (other_party(mine, other) or is_comment_on(mine, other))) or (
        own_doing and other_side(mine, other)
    ):
        weight -= OTHER_PARTY
    if mine.feed_id == other.feed_id and alike < SAME_HEADLINE:
        weight -= SAME_FEED
    weight -= OTHER_HEAD * strange_heads(mine, other)
    if another_toll(mine, other):
        weight -= ANOTHER_TOLL
    if struck_and_striking(mine, other):
        weight -= RETURNED
    return weight - A_DAY_APART * (abs(mine.at - other.at) / _ONE_DAY)


def _common_words(mine: Profile, other: Profile, alike: float) -> float:
    """Return how alike their words are, 0 to 1; `alike` is how alike their headlines are."""
    words = likeness(mine.terms, other.terms)
    # A headline without a kind of event has its own angle, whatever its summary recalls.
    return words if mine.told.kinds and other.told.kinds else (words + alike) / 2


def _common_kind(mine: Profile, other: Profile) -> tuple[float, frozenset[str]]:
    """Return what the kinds of event weigh that both tell of, and which: as their news, in their lead or as background."""
    ours, theirs = mine.told, other.told
    if kinds := ours.done & theirs.done:
        return SAME_KIND, kinds
    if families := ours.families & theirs.families:
        # Those of our kinds under which other outlets file what they file under theirs.
        return KINDRED, frozenset(kind for number in families for kind in KIN[number] & ours.done)
    weight = -OTHER_KIND if ours.done and theirs.done else 0.0
    if kinds := (ours.done & theirs.led) | (theirs.done & ours.led) | (ours.led & theirs.led):
        return SAME_KIND_IN_LEAD + weight, kinds
    if kinds := (ours.done & theirs.behind) | (theirs.done & ours.behind):
        return SAME_KIND_BEHIND + weight, kinds
    return weight, _NOTHING


def _common_act(mine: Profile, other: Profile) -> tuple[float, list[str]]:
    """Return what acts weigh that both report, and which: those of a third party more, of which there are fewer."""
    acts = [act for act in mine.acts if act in other.acts]
    if mine.told.says != other.told.says or _only_one_meets(mine, other):
        # What somebody says after they met recalls that they met, and so does what came of it.
        acts = [act for act in acts if not act.endswith(MET)]
    if not acts:
        return 0.0, acts
    of_a_party = any(act.partition(":")[0] not in BELLIGERENTS | COLLECTIVE_ACTORS for act in acts)
    weight = SAME_ACT_OF_A_PARTY if of_a_party else SAME_ACT
    # That both have said something is no act in common.
    return weight * QUIET_SHARE if all(act.endswith(QUIET) for act in acts) else weight, acts


def _only_one_meets(mine: Profile, other: Profile) -> bool:
    """Return whether the news of one is that some met, and of the other something else."""
    ours, theirs = mine.told.done, other.told.done
    return bool(ours) and bool(theirs) and ours.isdisjoint(MEETINGS) != theirs.isdisjoint(MEETINGS)


def _common_head(mine: Profile, other: Profile) -> float:
    """Return what the actor named first weighs; where one item names none, nothing is known."""
    if not mine.head or not other.head:
        return SAME_FIRST_ACTOR / 2
    if mine.head != other.head or (not mine.is_foreign and mine.told.says != other.told.says):
        # A side is named first in what it does and in what it says.
        return 0.0
    return SAME_FIRST_PARTY if mine.is_foreign else SAME_FIRST_ACTOR


def _common_saying(mine: Profile, other: Profile) -> tuple[float, frozenset[str]]:
    """Return what weighs that both tell of something said, and of what: it is one saying only if the same says it."""
    if mine.head and other.head and mine.head != other.head and not speak_together(mine, other):
        return -OTHER_SPEAKER, _NOTHING
    subjects = mine.told.behind & other.told.behind
    return (SAME_SUBJECT, subjects) if subjects else (0.0, _NOTHING)


def _conflict(mine: Profile, other: Profile, alike: float) -> bool:
    """Return whether two items differ in a mark that matters: place, toll, who met; under like headlines, who or when."""
    if mine.places and other.places and mine.places.isdisjoint(other.places):
        return True
    if mine.numbers and other.numbers and another_toll(mine, other):
        return True
    if other_dead(mine, other) or meets_another(mine, other) or other_occasion(mine, other):
        return True
    if alike < SAME_HEADLINE:
        return False
    ours, theirs = named(mine.title), named(other.title)
    # The first word of a headline is not known for a name: of two named together it hides the one.
    strangers = not (ours >= theirs or theirs >= ours) and not speak_together(mine, other)
    if strangers or not figures_agree(mine.numbers, other.numbers):
        return True
    if (mine.told.is_ahead and other.told.is_held) or (other.told.is_ahead and mine.told.is_held):
        # One tells of a meeting to come, and the other of one that is held.
        return True
    return other_party(mine, other) or other_side(mine, other) or not order_agrees(mine, other)
