"""Comparison: what two fingerprints have in common, and the marks in which they differ.

Each question is small and has an answer of its own; what an answer weighs is told in `links.py`.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from bot.domain.fingerprints import folded
from bot.domain.happenings import BEHIND, BELLIGERENTS, LED, STATEMENT, joins_sides, names, names_source, terms
from bot.domain.stories import Fingerprint
from bot.domain.vocabulary import KIN

# Counts of one event differ by this share between outlets; years do not.
TOLL_SHARE = 0.25
# For this long a toll is still coming in: a later one is news of its own.
TOLL_STANDS = timedelta(hours=4)
YEARS = range(1800, 2101)

# Who sells and who buys, who meets and who is met: each may be named first.
MUTUAL = frozenset({"talks", "armament"})
# What two sides do together is told of by each.
OF_BOTH = frozenset({"talks", "talks planned", "talks offered", "talks attended", "visit", STATEMENT})


def kinds_of(mark: Fingerprint, sign: str = "") -> frozenset[str]:
    """Return the kinds of event that an item tells as its news, or those under the sign (LED, BEHIND)."""
    return _kinds_among(mark.events, sign)


@lru_cache(maxsize=8192)
def _kinds_among(events: tuple[str, ...], sign: str) -> frozenset[str]:
    if sign:
        return frozenset(kind[1:] for kind in events if kind.startswith(sign))
    return frozenset(kind for kind in events if not kind.startswith((LED, BEHIND)))


def kin(ours: frozenset[str], theirs: frozenset[str]) -> set[str]:
    """Return those of our kinds under which other outlets file what they file under theirs."""
    return {kind for family in KIN for kind in family & ours if family & theirs}


def headlines(mine: Fingerprint, other: Fingerprint) -> float:
    """Return how alike two headlines are in their telling words, 0 to 1."""
    return likeness(telling_words(mine.title), telling_words(other.title))


def likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Return the cosine of two bags of words, 0 to 1."""
    return len(_bag(ours) & _bag(theirs)) / (len(ours) * len(theirs)) ** 0.5 if ours and theirs else 0.0


@lru_cache(maxsize=8192)
def _bag(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


# One item is held against hundreds, and each of those against the next: what a title holds is worked out once.
@lru_cache(maxsize=8192)
def telling_words(title: str) -> tuple[str, ...]:
    """Return the telling words of a title, by their stems."""
    return terms(flat(title).split())


@lru_cache(maxsize=8192)
def flat(title: str) -> str:
    """Return a title as titles are compared."""
    return folded(title)


@lru_cache(maxsize=8192)
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


def another_toll(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether one counts the dead and the other, hours away, counts them otherwise or not yet."""
    if "casualties" not in (kinds_of(mine) | kinds_of(other)) or abs(mine.published - other.published) <= TOLL_STANDS:
        return False
    if not (mine.numbers or other.numbers):
        return False
    return not (mine.numbers and other.numbers and figures_agree(mine.numbers, other.numbers))


def order_agrees(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether the first two actors both name come in the same order, or are joined so that order says nothing."""
    shared = [actor for actor in mine.actors if actor in other.actors][:2]
    if shared == [actor for actor in other.actors if actor in shared]:
        return True
    return _order_says_nothing(mine, other)


def _order_says_nothing(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether the order of the actors is nothing to go by: of what is mutual, of joined sides, of a source first.

    Who is the source of the news did not do it: "Armenia says Azerbaijan …" is "Azerbaijan …", told.
    """
    if kinds_of(mine) & kinds_of(other) & MUTUAL:
        return True
    told_by_one_alone = names_source(mine.title) != names_source(other.title)
    return told_by_one_alone or joins_sides(mine.title) or joins_sides(other.title)


def strange_heads(mine: Fingerprint, other: Fingerprint) -> int:
    """Return how many of two items begin with a third party that the other does not name at all."""
    pairs = ((mine.actors, other.actors), (other.actors, mine.actors))
    return sum(ours[0] not in BELLIGERENTS and ours[0] not in theirs for ours, theirs in pairs if ours and theirs)


def other_party(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether both name third parties at their head, and not one in common."""
    ours, theirs = (_third_parties(mark.actors[:3], mark.acts[:1]) for mark in (mine, other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


@lru_cache(maxsize=8192)
def _third_parties(actors: tuple[str, ...], acts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(actors).union(map(_actor, acts)) - BELLIGERENTS


def other_side(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether one item begins with Armenia and the other with Azerbaijan, as the one that did it."""
    heads = {mark.actors[0] for mark in (mine, other) if mark.actors}
    return heads == {"ARM", "AZE"} and not _order_says_nothing(mine, other)


def is_comment_on(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether one headline tells what one party says of what another has done."""
    if not mine.actors or not other.actors or mine.actors[0] == other.actors[0]:
        return False
    return names_source(mine.title) != names_source(other.title) and not (kinds_of(mine) | kinds_of(other)) & OF_BOTH


def _actor(act: str) -> str:
    return act.partition(":")[0]
