"""Comparison: what two items have in common, and the marks in which they differ.

Each question is small and has an answer of its own; what an answer weighs is told in `links.py`.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from operator import eq

from bot.domain.fingerprints import BINS, places_of
from bot.domain.happenings import BELLIGERENTS, is_labelled, names
from bot.domain.profiles import Profile, microseconds, names_source
from bot.domain.sides import fallen, joins_sides, taking_part

# Counts of one event differ by this share between outlets; years do not.
TOLL_SHARE = 0.25
# For this long a toll is still coming in: a later one is news of its own.
TOLL_STANDS = microseconds(timedelta(hours=4))
YEARS = range(1800, 2101)

# Who sells and who buys, who meets and who is met: each may be named first.
MUTUAL = frozenset({"talks", "armament"})
CONSULT = ":consult"
TWO_SIDES = frozenset({("ARM", "AZE"), ("AZE", "ARM")})


def resemblance(mine: Profile, other: Profile) -> float:
    """Return the estimated share of shingles that two items have in common, 0 to 1."""
    equal: int = sum(map(eq, places_of(mine.signature), places_of(other.signature)))
    return equal / BINS


def likeness(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the cosine of two bags of words, 0 to 1."""
    return len(ours & theirs) / (len(ours) * len(theirs)) ** 0.5 if ours and theirs else 0.0


@lru_cache(maxsize=2048)
def named(title: str) -> frozenset[str]:
    """Return the names in a title."""
    return frozenset(names(title))


def figures_agree(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether each figure of the headline with fewer is, as tolls go, one of the other's."""
    fewer, more = sorted((mine, other), key=len)
    return all(any(_near(int(figure), int(another)) for another in more) for figure in fewer)


def _near(figure: int, another: int) -> bool:
    """Return whether two figures may be one: counts of one event differ from outlet to outlet, years do not."""
    if figure in YEARS or another in YEARS:
        return figure == another
    return abs(figure - another) <= max(1, TOLL_SHARE * max(figure, another))


def another_toll(mine: Profile, other: Profile) -> bool:
    """Return whether one counts the dead and the other, hours away, counts them otherwise or not yet."""
    if not (mine.told.counts_dead or other.told.counts_dead) or abs(mine.at - other.at) <= TOLL_STANDS:
        return False
    if mine.told.counts_dead != other.told.counts_dead:
        counting, silent = (mine, other) if mine.told.counts_dead else (other, mine)
        # A figure that only the one has who counts the dead is their number.
        return not set(counting.numbers) <= set(silent.numbers)
    if not (mine.numbers or other.numbers):
        return False
    return not (mine.numbers and other.numbers and figures_agree(mine.numbers, other.numbers))


_BLOWS = frozenset({"offensive", "takeover"})


def other_dead(mine: Profile, other: Profile) -> bool:
    """Return whether two items count the dead of one side and of the other: each side counts its own.

    Counts of one event differ from outlet to outlet, but a count from Yerevan and another from Baku are two counts.
    """
    if mine.told.counts_dead and other.told.counts_dead:
        ours, theirs = fallen(mine.title), fallen(other.title)
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    if not (mine.numbers and other.numbers) or not set(mine.numbers).isdisjoint(other.numbers):
        return False
    return (mine.head, other.head) in TWO_SIDES


def struck_and_striking(mine: Profile, other: Profile) -> bool:
    """Return whether one item counts the dead of the side that strikes in the other: a blow and its return are two."""
    return _struck(mine, other) or _struck(other, mine)


def _struck(mine: Profile, other: Profile) -> bool:
    if not mine.told.counts_dead or other.told.kinds.isdisjoint(_BLOWS):
        return False
    struck = fallen(mine.title)
    if len(struck) != 1 or not struck.isdisjoint(fallen(other.title)):
        return False
    (side,) = struck
    return other.head == side or any(
        act in other.acts for act in (f"{side}:military_action", f"{side}:announce_action")
    )


def other_occasion(mine: Profile, other: Profile) -> bool:
    """Return whether two items tell of protests, and of one after this and another after that."""
    ours, theirs = mine.told.occasion, other.told.occasion
    return bool(ours) and bool(theirs) and ours != theirs


def meets_another(mine: Profile, other: Profile) -> bool:
    """Return whether two items tell of talks, and not of the same of the two sides as taking part.

    Who takes part is what was coded, or, where that is not known of both, who the headlines name.
    """
    if "talks" not in mine.told.kinds or "talks" not in other.told.kinds:
        return False
    ours, theirs = _consulting(mine), _consulting(other)
    if not (ours and theirs):
        ours, theirs = taking_part(mine.title), taking_part(other.title)
    return bool(ours) and bool(theirs) and ours != theirs


def _consulting(item: Profile) -> frozenset[str]:
    """Return the two sides, or that one of them, of which it is coded that they consult."""
    return BELLIGERENTS.intersection(act.removesuffix(CONSULT) for act in item.acts if act.endswith(CONSULT))


def order_agrees(mine: Profile, other: Profile) -> bool:
    """Return whether the first two actors both name come in the same order, or are joined so that order says nothing."""
    topic = "NKR" if is_labelled(mine.title) or is_labelled(other.title) else ""
    shared = [actor for actor in mine.actors if actor in other.actors and actor != topic][:2]
    if shared == [actor for actor in other.actors if actor in shared]:
        return True
    return _order_says_nothing(mine, other)


def _order_says_nothing(mine: Profile, other: Profile) -> bool:
    """Return whether the order of the actors is nothing to go by: of what is mutual, of joined sides, of a source first.

    Who is the source of the news did not do it: "Armenia says Azerbaijan …" is "Azerbaijan …", told.
    """
    if mine.told.kinds & other.told.kinds & MUTUAL or speak_together(mine, other):
        return True
    told_by_one_alone = names_source(mine.title) != names_source(other.title)
    return told_by_one_alone or joins_sides(mine.title) or joins_sides(other.title)


def speak_together(mine: Profile, other: Profile) -> bool:
    """Return whether each begins with another third party, and both do the same in both: any may be named first."""
    if mine.head == other.head or not (mine.is_foreign and other.is_foreign):
        return False
    shared = set(mine.acts).intersection(other.acts)
    ours = {act.removeprefix(f"{mine.head}:") for act in shared if act.startswith(f"{mine.head}:")}
    return any(f"{other.head}:{what}" in shared for what in ours)


def strange_heads(mine: Profile, other: Profile) -> int:
    """Return how many of two items begin with a third party that the other does not name at all."""
    if not mine.head or not other.head or mine.head == other.head:
        return 0
    return (mine.is_foreign and mine.head not in other.actors) + (other.is_foreign and other.head not in mine.actors)


def other_party(mine: Profile, other: Profile) -> bool:
    """Return whether both name third parties at their head, and not one in common."""
    return bool(mine.parties) and bool(other.parties) and mine.parties.isdisjoint(other.parties)


def other_side(mine: Profile, other: Profile) -> bool:
    """Return whether one item begins with Armenia and the other with Azerbaijan, as the one that did it."""
    return (mine.head, other.head) in TWO_SIDES and not _order_says_nothing(mine, other)


def is_comment_on(mine: Profile, other: Profile) -> bool:
    """Return whether one headline tells what one party says of what another has done."""
    if not mine.head or not other.head or mine.head == other.head or mine.told.of_both or other.told.of_both:
        return False
    return names_source(mine.title) != names_source(other.title)
