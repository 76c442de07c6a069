"""The shelf: the stories that bear on a batch, and the fingerprints by which an item finds its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Reversible, Sized
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Protocol

from bot.domain.grouping import Match, grouped
from bot.domain.items import Item
from bot.domain.profiles import Profile
from bot.domain.stories import Fingerprint, Story, story_id

# What few items share tells more than what many do: beyond this many, the commonest keys are not followed. On a day of a
# thousand items twice as many let more of them into stories that are not theirs, and keep as many out of their own.
MOST_CANDIDATES = 24


class Ordered(Reversible[str], Sized, Protocol):
    """Names in order of publication, each once."""


def nearest(keys: Iterable[int], shelves: Mapping[int, Ordered]) -> dict[str, None]:
    """Return what shares one of the keys; where that is much, what shares the rarest, the latest of it first.

    `shelves` has what stands under each key.
    """
    # Of keys that are equally common the last: terms tell more than acts, and these more than kinds of event.
    found = sorted((shelves[key] for key in reversed(tuple(keys)) if key in shelves), key=len)
    names: dict[str, None] = {}
    for shelf in found:
        if len(names) >= MOST_CANDIDATES:
            break
        names |= dict.fromkeys(islice(reversed(shelf), MOST_CANDIDATES - len(names)))
    return names


class Shelf:
    """The stories that bear on a batch, with the fingerprints of their items: those known, and those it adds."""

    def __init__(
        self, fingerprints: Iterable[Fingerprint], stories: Iterable[Story], window: timedelta, wanted: frozenset[int]
    ) -> None:
        """Lay out what is known; `wanted` are the keys of the batch: under others nothing will be looked up."""
        self._window = window
        self._wanted = wanted
        self._stories = {story.id: story for story in stories}
        self._marks: dict[str, Fingerprint] = {}
        self._profiles: dict[str, Profile] = {}
        self._by_key: dict[int, dict[str, None]] = defaultdict(dict)
        self._written: dict[str, None] = {}
        self._written_stories: dict[str, None] = {}
        for mark in fingerprints:
            self._keep(mark)

    @property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """Return the fingerprints that are new or changed."""
        return tuple(self._marks[name] for name in self._written)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Return the stories that are new or changed."""
        return tuple(self._stories[name] for name in self._written_stories)

    def title_of(self, name: str) -> str:
        """Return the title of a story, "" where it was not recalled."""
        story = self._stories.get(name)
        return story.title if story else ""

    def put(self, item: Item, mark: Fingerprint, match: Match | None) -> Item:
        """Return the item with its story, the matched one or else one that is found or opened, and keep its mark."""
        mine: Profile | None = None
        if match is None:
            mine = Profile(mark)
            match = grouped(mine, self._candidates(mark), self._stories, self._window)
        found = match or Match(story_id=story_id(item.id), reason="nothing like it before: it opens a story")
        self._enter(found.story_id, item)
        self._keep(replace(mark, story_id=found.story_id))
        if mine is not None:
            mine.story_id = found.story_id
            self._profiles[mark.item_id] = mine
        self._written[mark.item_id] = None
        return replace(item, story_id=found.story_id, story_reason=found.reason, duplicate_of=found.duplicate_of)

    def _candidates(self, mark: Fingerprint) -> list[Profile]:
        names = nearest(mark.keys, self._by_key)
        names.pop(mark.item_id, None)
        return [self._profile(name) for name in names]

    def _profile(self, name: str) -> Profile:
        # Asked for again and again in one batch; in the next few are, and to see that a mark is the same takes its time.
        if (profile := self._profiles.get(name)) is None:
            profile = self._profiles[name] = Profile(self._marks[name])
        return profile

    def _enter(self, name: str, item: Item) -> None:
        story = self._stories.get(name)
        if item.story_id == name:
            return
        if story is None:
            story = Story(
                id=name,
                title=item.title,
                first_item_id=item.id,
                started_at=item.published,
                last_item_at=item.published,
                outlets=(item.outlet,),
            )
        else:
            story = replace(
                story,
                items=story.items + 1,
                started_at=min(story.started_at, item.published),
                last_item_at=max(story.last_item_at, item.published),
                outlets=story.outlets if item.outlet in story.outlets else (*story.outlets, item.outlet),
            )
        self._stories[name] = story
        self._written_stories[name] = None

    def _keep(self, mark: Fingerprint) -> None:
        name, wanted, by_key = mark.item_id, self._wanted, self._by_key
        if earlier := self._marks.get(name):
            for key in wanted.intersection(earlier.keys):
                by_key[key].pop(name, None)
            self._profiles.pop(name, None)
        self._marks[name] = mark
        for key in mark.keys:
            if key in wanted:
                by_key[key][name] = None
