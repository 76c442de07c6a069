"""Grouping: which story an item tells, judged against the items that may tell the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter

from bot.domain.comparison import likeness, meets_another, order_agrees, resemblance
from bot.domain.links import ONE_DAY, THRESHOLD, reasons, strength
from bot.domain.profiles import Profile, microseconds, moment
from bot.domain.stories import Story

# A story is as near as its nearest item and its average item are: one bridge does not join two events.
MEAN_SHARE = 0.5
# Share of telling words by which a headline is still that of a story that began more than a day ago.
OLD_HEADLINE = 0.75
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


_ONE_DAY = microseconds(ONE_DAY)
_published = attrgetter("order")


def grouped(
    mine: Profile, candidates: Iterable[Profile], stories: Mapping[str, Story], window: timedelta
) -> Match | None:
    """Return the story among the candidates' that the item tells too; None when it opens one."""
    reach = microseconds(window)
    near = [other for other in candidates if abs(other.at - mine.at) <= reach and other.story_id in stories]
    near.sort(key=_published)
    copied = next((other for other in near if is_copy(mine, other)), None)
    if copied is not None:
        return Match(story_id=copied.story_id, reason="nearly the same words", duplicate_of=copied.item_id)
    is_young = {
        name: abs(mine.at - moment(stories[name].started_at)) <= _ONE_DAY for name in {each.story_id for each in near}
    }
    links: dict[str, list[tuple[float, Profile]]] = defaultdict(list)
    for other in near:
        if abs(mine.at - other.at) > _ONE_DAY:
            continue
        if is_young[other.story_id] or likeness(mine.words, other.words) >= OLD_HEADLINE:
            links[other.story_id].append((strength(mine, other), other))
    return _nearest(mine, links)


def _nearest(mine: Profile, links: Mapping[str, list[tuple[float, Profile]]]) -> Match | None:
    """Return the story that is near enough; of several, the one in which most items speak for it."""
    best, best_support = None, 0.0
    for name, found in links.items():
        weights = [weight for weight, _ in found]
        if (1 - MEAN_SHARE) * max(weights) + MEAN_SHARE * (sum(weights) / len(weights)) < THRESHOLD:
            continue
        support = sum(weight for weight in weights if weight >= SUPPORT)
        # Links are in order of publication: of two stories with equal support, the older wins.
        if support > best_support:
            best, best_support = (name, found[weights.index(max(weights))][1]), support
    if best is None:
        return None
    name, nearest = best
    return Match(story_id=name, reason=f"the same event: {', '.join(reasons(mine, nearest))}")


def is_copy(mine: Profile, other: Profile) -> bool:
    """Return whether two items are nearly the same text; on another day only a reprint is."""
    if abs(mine.at - other.at) > _ONE_DAY:
        needed, one_title = REPRINT, False
    else:
        one_title = mine.flat == other.flat
        needed = COPY_UNDER_ONE_TITLE if one_title else COPY
    # The cheapest question first: most items are not copies of each other.
    return (one_title or _no_word_replaced(mine, other)) and resemblance(mine, other) >= needed


def _no_word_replaced(mine: Profile, other: Profile) -> bool:
    """Return whether neither title puts another word or figure where the other has one, turns the actors or adds a guest."""
    if not (mine.telling >= other.telling or other.telling >= mine.telling):
        return False
    return order_agrees(mine, other) and not meets_another(mine, other)
