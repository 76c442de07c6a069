"""What questions, exports and corrections need of the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alerts import Alert, SourcedReaction
from bot.domain.amendments import Amendment, RuleScore
from bot.domain.digests import Digest
from bot.domain.feeds import Feed
from bot.domain.items import Item, Revision
from bot.domain.placements import Placement
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Story
from bot.domain.triage import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedItem:
    """An item as its moderators have it; `item` is None while a decision that was imported waits for it."""

    item_id: str
    item: Item | None
    feed_url: str
    reports: tuple[Report, ...]
    amendments: tuple[Amendment, ...]
    placement: Placement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item with the address of its feed, as `export items` prints it."""

    item: Item
    feed_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRow:
    """A reaction with its best report's record, as `export reactions` prints it.

    `title`, `published` and `link` are of the item that makes the best report; `links` of all that report it, in the
    order of their reports.
    """

    reaction: Reaction
    report: Report
    title: str
    published: datetime
    link: str | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All that happened to one item: what `why` tells."""

    item: Item
    feed: Feed
    story: Story | None
    original: Item | None
    revisions: tuple[Revision, ...]
    reports: tuple[Report, ...]
    reactions: tuple[SourcedReaction, ...]
    alerts: tuple[Alert, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The numbers that `status`, `check` and `/healthz` show.

    `next_poll_at` is the earliest of the active feeds': long past, nobody is polling.
    """

    schema_revision: str
    feeds_active: int
    feeds_failing: int
    subscriptions: int
    items: int
    relevant_items: int
    stories: int
    reactions: int
    alerts_waiting: int
    alerts_posted: int
    oldest_waiting_since: datetime | None
    next_poll_at: datetime | None = None

    def is_well(self, now: datetime) -> bool:
        """Return whether feeds are being polled and alerts go out."""
        due = (moment for moment in (self.oldest_waiting_since, self.next_poll_at) if moment is not None)
        return all(now - moment < LONGEST_DELAY for moment in due)


LONGEST_DELAY = timedelta(minutes=20)
"""What has been due for longer than this is not being done."""


class Archive(Protocol):
    """What was found, for questions, digests and exports. Every answer is limited to what the asker may see."""

    async def reactions(self, query: ReactionQuery) -> tuple[SourcedReaction, ...]:
        """Return the reactions a query asks for, newest first, with their sources."""
        ...

    async def count_reactions(self, query: ReactionQuery, *, most: int) -> int:
        """Return how many there are, whatever the query's limit; `most` when there are more."""
        ...

    async def reach(self, query: ReactionQuery, *, most: int) -> datetime | None:
        """Return from when on there are about `most` reactions to be looked through; None when there are no more at all.

        Counted are those of the query's actors, else at its targets, else of its types, else all, within its bounds; in
        equal shares, where it names several.
        """
        ...

    async def tones(self, *, since: datetime, until: datetime, guild_id: str | None) -> dict[str, tuple[float, int]]:
        """Return actor → (mean tone, number) of the reactions first reported in the time, but those that are background."""
        ...

    async def story(self, story_id: str) -> Story:
        """Return one story. Raises NotFound."""
        ...

    async def find_item(self, text: str) -> Item:
        """Return the item with this id, guid or link (in any spelling of its URL). Raises NotFound."""
        ...

    async def life_of(self, item_id: str) -> Life:
        """Return the whole life of an item. Raises NotFound."""
        ...

    async def last_digest(self, subscription_id: str) -> Digest | None:
        """Return the digest with the latest slot."""
        ...

    def export_items(self, *, since: datetime | None = None) -> AsyncIterator[ItemRow]:
        """Stream all items, oldest publication first."""
        ...

    def export_stories(self, *, since: datetime | None = None) -> AsyncIterator[Story]:
        """Stream all stories, oldest first."""
        ...

    def export_reactions(self, query: ReactionQuery) -> AsyncIterator[ReactionRow]:
        """Stream the reactions of a query, oldest first; for a guild the newest of them, up to the query's limit."""
        ...

    def export_alerts(self, *, since: datetime | None = None) -> AsyncIterator[Alert]:
        """Stream all alerts, oldest first."""
        ...

    async def tally(self, now: datetime) -> Tally:
        """Return the numbers of the whole database."""
        ...


class Amendments(Protocol):
    """What moderators decided. A decision is written by `Round.record`, with all that it changes."""

    async def amendments(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25, offset: int = 0
    ) -> tuple[Amendment, ...]:
        """Return the decisions on an item, of a guild's moderators, or all; the latest first."""
        ...

    async def placements(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25
    ) -> tuple[Placement, ...]:
        """Return the placement of an item, those of a guild's moderators, or all; the latest first."""
        ...

    async def count_amendments(self, *, guild_id: str | None = None) -> int:
        """Return how many decisions there are, whatever the limit."""
        ...

    async def precision(self) -> tuple[RuleScore, ...]:
        """Return how each rule did in the items that moderators decided on, those corrected most first."""
        ...

    def export_amended(self, *, since: datetime | None = None) -> AsyncIterator[AmendedItem]:
        """Stream the items with decisions taken since then, in the order of their ids."""
        ...
