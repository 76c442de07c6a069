"""A notice: what the people who keep a feed are told about it, once when it has been failing and once when it is back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.feeds import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedNotice:
    """Word to a guild that lists a feed (the operator: `guild_id` ""), in its language; `added_by` put it on the list."""

    feed: Feed
    guild_id: str = ""
    added_by: str
    language: str = "en"

    @property
    def is_recovery(self) -> bool:
        """Return whether the feed is back, rather than gone."""
        return self.feed.failing_since is None
