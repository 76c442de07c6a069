"""A story: the items that tell the same event; and the fingerprint by which an item finds its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.identity import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event as any number of outlets tell it. `title` and `first_item_id` are of the item that opened it."""

    id: str
    title: str
    first_item_id: str
    started_at: datetime
    last_item_at: datetime
    items: int = 1
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What an item leaves behind for later ones to be compared with.

    `keys` are signed 64-bit numbers under which the index finds it (two items that may tell the same share one);
    `signature` is its MinHash, as 32-bit numbers in little-endian order; `actors` are codes in order of mention, `acts` are
    "ACTOR:type" of its records, `numbers` are the figures of its title and `terms` the telling words of title and summary.
    `events` are the kinds of event that these tell of (with a "-" before one that the summary alone tells, a "~" before
    background), `places` where. All come from the text alone, by this project's own hashing, so that they mean the same in
    every process and release.
    """

    item_id: str
    story_id: str
    feed_id: str
    published: datetime
    title: str
    language: str = ""
    actors: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    signature: bytes = b""
    keys: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of the item's id: an item has one fingerprint, and all its marks take long to go through."""
        return hash(self.item_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a fingerprint comes from an item's text alone, and takes long: it is worked out where the item is read."""

    numbers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    signature: bytes = b""
    keys: tuple[int, ...] = ()


def story_id(item_id: str) -> str:
    """Return the id of the story that this item opens."""
    return content_id("story", item_id)
