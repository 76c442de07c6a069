"""Placements: which story a moderator says an item tells; a moderator's word wins over grouping, now and later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.identity import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What a moderator decided about the story of one item; an item has one placement, the last.

    `story_id` need not be stored: story ids come from content, so that a placement means the same in every database, and
    holds for an item that comes later. `title` is what the story was called. `apart` tells a story of the item's own from
    one that it shares. `guild_id` is "" for the operator.
    """

    item_id: str
    story_id: str
    title: str = ""
    apart: bool = False
    guild_id: str = ""
    author: str
    at: datetime
    reason: str = ""

    @property
    def story_reason(self) -> str:
        """Return why the item is in this story, in words that `why` shows."""
        if self.apart:
            return "a moderator found that it tells another event"
        return "a moderator found that it tells the same event"


def story_apart(item_id: str) -> str:
    """Return the id of the story that an item is given when it is taken out of another.

    Not that of the story which it opens by itself: the others that joined it stay in that one.
    """
    return content_id("story apart", item_id)
