"""Grouping: which story an item tells, judged against the fingerprints of items that may tell the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.comparison import flat, headlines, order_agrees, telling_words
from bot.domain.fingerprints import resemblance
from bot.domain.links import ONE_DAY, SAME_HEADLINE, THRESHOLD, Link, linked
from bot.domain.stories import Fingerprint, Story

# A story is as near as its nearest item and its average item are: one bridge does not join two events.
MEAN_SHARE = 0.5
# A link this strong is counted when a story is chosen among several.
SUPPORT = 1.6
# Share of equal places in two signatures: of copies, of copies under one title, and of reprints on another day.
COPY, COPY_UNDER_ONE_TITLE, REPRINT = 0.7, 0.35, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story that an item belongs to, and why; `duplicate_of` is the item it copies, if it is a copy."""

    story_id: str
    reason: str
    duplicate_of: str | None = None


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
        if young or headlines(mine, other) >= SAME_HEADLINE:
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


def is_copy(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether two items are nearly the same text; on another day only a reprint is."""
    alike = resemblance(mine, other)
    if alike < COPY_UNDER_ONE_TITLE:
        return False
    if abs(mine.published - other.published) > ONE_DAY:
        return alike >= REPRINT and _no_word_replaced(mine, other)
    if flat(mine.title) == flat(other.title):
        return alike >= COPY_UNDER_ONE_TITLE
    return alike >= COPY and _no_word_replaced(mine, other)


def _no_word_replaced(mine: Fingerprint, other: Fingerprint) -> bool:
    """Return whether neither title puts another telling word or figure where the other has one, or turns the actors."""
    ours, theirs = ({*telling_words(mark.title), *mark.numbers} for mark in (mine, other))
    return (ours >= theirs or theirs >= ours) and order_agrees(mine, other)
