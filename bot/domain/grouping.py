"""Grouping: which story an item tells, judged against the fingerprints of items that may tell the same.

On headlines about one conflict likeness of words alone fails: "Armenia accuses Azerbaijan" and its reversal are all alike.
So two items are compared by what they report (kind of event, acts, places, figures, parties) with their words as one
voice among these, and a guard keeps apart what differs in a mark that matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from bot.domain.fingerprints import folded, resemblance
from bot.domain.happenings import ABOUT, BEHIND, LED, STATEMENT, joins_sides, names, terms
from bot.domain.stories import Fingerprint, Story
from bot.domain.vocabulary import KIN

# The same event is told within this time; the day after is another story, even under the same headline.
ONE_DAY = timedelta(hours=20)
# What two items have to have in common to tell the same event (see `linked`).
THRESHOLD = 2.0
# A story is as near as its nearest item and its average item are: one bridge does not join two events.
MEAN_SHARE = 0.5
# A link this strong is counted when a story is chosen among several.
SUPPORT = 1.6
# Share of equal places in two signatures: of copies, of copies under one title, and of reprints on another day.
COPY, COPY_UNDER_ONE_TITLE, REPRINT = 0.7, 0.35, 0.85
# Share of telling words by which two titles are one headline, whatever the story's age.
SAME_HEADLINE = 0.6

# Counts of one event differ by this share between outlets; years do not.
TOLL_SHARE = 0.25
YEARS = range(1800, 2101)

# What each thing in common weighs.
SAME_KIND, KINDRED, SAME_KIND_IN_LEAD, SAME_KIND_BEHIND = 2.0, 1.5, 1.0, 0.75
SAME_ACT, SAME_ACT_OF_A_PARTY = 1.0, 2.0
SAME_WORDS = 4.5
SAME_PLACE, SAME_FIRST_ACTOR = 0.5, 0.4
# What words in common may weigh is missing between languages; so is what a reader of one knows in the other.
ANOTHER_LANGUAGE = 0.3
OTHER_KIND, SAID_NOT_DONE, OTHER_PARTY, A_DAY_APART = 1.5, 1.0, 2.0, 0.5
# An outlet that writes twice mostly has two things to tell.
SAME_FEED = 0.8
TELLING_LIKENESS = 0.2

BELLIGERENTS = frozenset({"ARM", "AZE", "NKR"})
# Kinds that are the doing of one party: another party's are another event.
OF_A_PARTY = frozenset(
    {STATEMENT, "expulsion", "summons", "visit", "armament", "aid", "mission", "genocide", "recognition", "court"}
    | {"talks", "talks offered", "talks shunned", "talks attended", "sanctions", "alliance"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story that an item belongs to, and why; `duplicate_of` is the item it copies, if it is a copy."""

    story_id: str
    reason: str
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How much speaks for two items telling the same event, and what."""

    strength: float
    reasons: tuple[str, ...] = ()


_KEPT_APART = Link(strength=-THRESHOLD)


def grouped(
    mine: Fingerprint, candidates: Iterable[Fingerprint], stories: Mapping[str, Story], window: timedelta
) -> Match | None:
    """Return the story among the candidates' that the item tells too; None when it opens one."""
    near = [
        other for other in candidates if abs(other.published - mine.published) <= window and other.story_id in stories
    ]
    near.sort(key=lambda other: (other.published, other.item_id))
    copied = next((other for other in near if is_copy(mine, other)), None)
    if copied is not None:
        return Match(story_id=copied.story_id, reason="nearly the same words", duplicate_of=copied.item_id)
    links: dict[str, list[Link]] = defaultdict(list)
    for other in near:
        if abs(mine.published - other.published) > ONE_DAY:
            continue
        young = abs(mine.published - stories[other.story_id].started_at) <= ONE_DAY
        if young or _headlines(mine, other) >= SAME_HEADLINE:
            links[other.story_id].append(linked(mine, other))
    return _nearest(links)


def _nearest(links: Mapping[str, list[Link]]) -> Match | None:
    """Return the story that is near enough; of several, the one in which most items speak for it."""
    best, best_support = None, 0.0
    for name, found in links.items():
        strongest = max(found, key=lambda link: link.strength)
        mean = sum(link.strength for link in found) / len(found)
        if (1 - MEAN_SHARE) * strongest.strength + MEAN_SHARE * mean < THRESHOLD:
            continue
        support = sum(link.strength for link in found if link.strength >= SUPPORT)
        # Links are in order of publication: of two stories with equal support, the older wins.
        if support > best_support:
            best_support = support
            best = Match(story_id=name, reason=f"the same event: {', '.join(strongest.reasons)}")
    return best


def linked(mine: Fingerprint, other: Fingerprint) -> Link:
    """Return how much speaks for two items telling the same event."""
    ours, theirs = _kinds(mine), _kinds(other)
    if ABOUT in (ours | theirs) or _conflict(mine, other):
        return _KEPT_APART
    reasons: list[str] = []
    strength = _common_kind(mine, other, reasons) + _common_act(mine, other, reasons)
    words = _likeness(mine.terms, other.terms)
    if not (ours and theirs):
        # A headline without a kind of event has its own angle, whatever its summary recalls.
        words = (words + _headlines(mine, other)) / 2
    if words >= TELLING_LIKENESS:
        reasons.append("much the same words")
    strength += SAME_WORDS * words
    if not set(mine.places).isdisjoint(other.places):
        strength += SAME_PLACE
        reasons.append("the same place")
    if not mine.actors or not other.actors:
        strength += SAME_FIRST_ACTOR / 2
    elif mine.actors[0] == other.actors[0]:
        strength += SAME_FIRST_ACTOR
    if mine.language != other.language:
        strength += ANOTHER_LANGUAGE
    if (STATEMENT in ours) != (STATEMENT in theirs):
        strength -= SAID_NOT_DONE
    if (ours | theirs) & OF_A_PARTY and _other_party(mine, other):
        strength -= OTHER_PARTY
    if mine.feed_id == other.feed_id and _headlines(mine, other) < SAME_HEADLINE:
        strength -= SAME_FEED
    strength -= A_DAY_APART * (abs(mine.published - other.published) / ONE_DAY)
    return Link(strength=strength, reasons=tuple(reasons))


def _common_kind(mine: Fingerprint, other: Fingerprint, reasons: list[str]) -> float:
    """Return what the kinds of event weigh that both tell of, as their news, in their lead or as background."""
    ours, theirs = _kinds(mine) - {STATEMENT}, _kinds(other) - {STATEMENT}
    led, their_led = _kinds(mine, LED), _kinds(other, LED)
    for weight, kinds in (
        (SAME_KIND, ours & theirs),
        (KINDRED, _kin(ours, theirs)),
        (SAME_KIND_IN_LEAD, (ours & their_led) | (theirs & led) | (led & their_led)),
        (SAME_KIND_BEHIND, (ours & _kinds(other, BEHIND)) | (theirs & _kinds(mine, BEHIND))),
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
    return SAME_ACT_OF_A_PARTY if any(_actor(act) not in BELLIGERENTS for act in acts) else SAME_ACT


def _conflict(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two items differ in a mark that matters: the place, or, under like headlines, who or how many."""
    if mine.places and other.places and set(mine.places).isdisjoint(other.places):
        return True
    if _headlines(mine, other) < SAME_HEADLINE:
        return False
    ours, theirs = _named(mine.title), _named(other.title)
    if not (ours >= theirs or theirs >= ours) or not _figures_agree(mine.numbers, other.numbers):
        return True
    return _other_party(mine, other) or not _order_agrees(mine, other)


def _figures_agree(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether each figure of the headline with fewer is, as tolls go, one of the other's."""
    fewer, more = sorted((mine, other), key=len)
    return all(any(_near(int(figure), int(another)) for another in more) for figure in fewer)


def _near(figure: int, another: int) -> bool:
    """Return whether two figures may be one: counts of one event differ from outlet to outlet, years do not."""
    if figure in YEARS or another in YEARS:
        return figure == another
    return abs(figure - another) <= max(1, TOLL_SHARE * max(figure, another))


def is_copy(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two items are nearly the same text; on another day only a reprint is."""
    alike = resemblance(mine, other)
    if alike < COPY_UNDER_ONE_TITLE:
        return False
    if abs(mine.published - other.published) > ONE_DAY:
        return alike >= REPRINT and _no_word_replaced(mine, other)
    if _flat(mine.title) == _flat(other.title):
        return alike >= COPY_UNDER_ONE_TITLE
    return alike >= COPY and _no_word_replaced(mine, other)


def _no_word_replaced(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether neither title puts another telling word or figure where the other has one, or turns the actors."""
    ours, theirs = ({*_telling(mark.title), *mark.numbers} for mark in (mine, other))
    return (ours >= theirs or theirs >= ours) and _order_agrees(mine, other)


def _order_agrees(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether the first two actors both name come in the same order, or are joined so that order says nothing."""
    shared = [actor for actor in mine.actors if actor in other.actors][:2]
    if shared == [actor for actor in other.actors if actor in shared]:
        return True
    return joins_sides(mine.title) or joins_sides(other.title)


def _other_party(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether both name third parties at their head, and not one in common."""
    ours, theirs = (_third_parties(mark.actors[:3], mark.acts[:1]) for mark in (mine, other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


@lru_cache(maxsize=8192)
def _third_parties(actors: tuple[str, ...], acts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(actors).union(map(_actor, acts)) - BELLIGERENTS


def _actor(act: str) -> str:
    return act.partition(":")[0]


def _kinds(mark: Fingerprint, sign: str = "") -> frozenset[str]:
    return _kinds_among(mark.events, sign)


@lru_cache(maxsize=8192)
def _kinds_among(events: tuple[str, ...], sign: str) -> frozenset[str]:
    if sign:
        return frozenset(kind[1:] for kind in events if kind.startswith(sign))
    return frozenset(kind for kind in events if not kind.startswith((LED, BEHIND)))


def _kin(ours: frozenset[str], theirs: frozenset[str]) -> set[str]:
    return {kind for kin in KIN for kind in kin & ours if kin & theirs}


def _headlines(mine: Fingerprint, other: Fingerprint) -> float:
    return _likeness(_telling(mine.title), _telling(other.title))


# One item is held against hundreds, and each of those against the next: what a title holds is worked out once.
@lru_cache(maxsize=8192)
def _telling(title: str) -> tuple[str, ...]:
    return terms(_flat(title).split())


@lru_cache(maxsize=8192)
def _flat(title: str) -> str:
    return folded(title)


@lru_cache(maxsize=8192)
def _named(title: str) -> frozenset[str]:
    return frozenset(names(title))


def _likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Return the cosine of two bags of words, 0 to 1."""
    return len(_bag(ours) & _bag(theirs)) / (len(ours) * len(theirs)) ** 0.5 if ours and theirs else 0.0


@lru_cache(maxsize=8192)
def _bag(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
