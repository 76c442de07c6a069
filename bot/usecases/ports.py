"""What the use-cases need of the world, as Protocols; each adapter room answers one or more of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alerts import Alert, AlertMessage, AlertStatus, SourcedReaction
from bot.domain.amendments import Amendment, RuleScore
from bot.domain.analyst import Reading
from bot.domain.digests import Digest, Edition
from bot.domain.entries import FeedDocument
from bot.domain.feeds import Feed, Listing
from bot.domain.guilds import Change, Preferences
from bot.domain.items import Article, Item, Revision
from bot.domain.notices import FeedNotice
from bot.domain.placements import Placement
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Story
from bot.domain.subscriptions import Subscription
from bot.domain.triage import Known, Lookups, Triage, Verdict

Clock = Callable[[], datetime]
"""Returns the current time, aware, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A feed's answer. `document` is None when nothing changed (304, or the same body as last time).

    `etag`, `last_modified` and `body_hash` replace the feed's; `moved_to` is a permanent address that was confirmed;
    `fresh_for` and `latency` (seconds) are what the headers and the stopwatch said.
    """

    document: FeedDocument | None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    latency: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article on a web page: its text as paragraphs joined by blank lines, and what the page says of itself."""

    url: str
    title: str = ""
    text: str = ""
    author: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page offers; `is_read` tells that it was read, and that the title is its own."""

    url: str
    title: str = ""
    is_read: bool = False


class FeedSource(Protocol):
    """Asks the network for feeds and pages.

    Raises FeedUnavailable where trying later may help, FeedRefused where it will not, both with a text for an admin.
    """

    async def fetch(self, feed: Feed) -> Fetched:
        """Ask for the feed, conditionally; parse what is new."""
        ...

    async def page(self, url: str) -> Page | None:
        """Return the article at this address, or None where there is none we may read."""
        ...

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the feeds at an address: itself when it is one, else those that the page offers, best first."""
        ...


class Coder(Protocol):
    """Reads articles beside the event loop."""

    async def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return a reading of each article, in their order; one that is not relevant is not coded."""
        ...


class Round(Protocol):
    """One write transaction: what is recalled in it stays true until it is committed, by whichever process."""

    async def recall(self, wanted: Lookups) -> Known:
        """Return all that bears on a batch."""
        ...

    async def record(self, decided: Triage, now: datetime) -> None:
        """Write what was decided."""
        ...

    async def settle(self, wanted: Lookups, decide: Callable[[Known], Triage], now: datetime) -> Triage:
        """Recall, decide and record in one go, without holding up the event loop; return what was decided."""
        ...

    async def save_feeds(self, feeds: Sequence[Feed]) -> None:
        """Replace the feeds and let go of their leases; one that was paused or retired meanwhile stays so."""
        ...


class Rounds(Protocol):
    """What `poll` needs of the store. Raises StoreUnavailable when the database is away, locked or out of disk."""

    async def claim_feeds(
        self,
        *,
        now: datetime,
        lease: timedelta,
        owner: str,
        limit: int,
        only: frozenset[str] = frozenset(),
        force: bool = False,
    ) -> tuple[Feed, ...]:
        """Lease and return due feeds, longest overdue first; no other owner gets them until the lease ends.

        `only` limits the choice to these feed ids; `force` takes active feeds that are not due as well.
        """
        ...

    async def release_feeds(self, feed_ids: Sequence[str], *, owner: str) -> None:
        """Let go of leased feeds that were not polled after all."""
        ...

    async def known_items(self, *, feed_id: str, guids: frozenset[str], urls: frozenset[str]) -> tuple[Item, ...]:
        """Return the stored items of this feed with one of the guids or canonical URLs; a read outside any round."""
        ...

    def round(self) -> AbstractAsyncContextManager[Round]:
        """Open a round: one at a time over all processes; commits when left in peace, else leaves no trace."""
        ...


class Outbox(Protocol):
    """What `deliver` needs of the store."""

    async def claim_channel(
        self, *, now: datetime, lease: timedelta, owner: str, only: frozenset[str] = frozenset()
    ) -> str | None:
        """Lease the channel with the longest-waiting due alert, digest or edit, and return its id; None when none is due.

        Channels of paused or removed subscriptions are not due, nor are leased ones, whoever leased them. `only` limits
        the choice to these channel ids.
        """
        ...

    async def renew_channel(self, channel_id: str, *, now: datetime, lease: timedelta, owner: str) -> bool:
        """Extend a lease; False when it is no longer ours, and then nothing more may be sent for it."""
        ...

    async def release_channel(self, channel_id: str, *, owner: str) -> None:
        """Let go of a leased channel."""
        ...

    async def due_alerts(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return the alerts to be posted here (owed, sending or uncertain, whose time has come), oldest first."""
        ...

    async def due_edits(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return posted alerts whose edit is due, oldest first."""
        ...

    async def due_digests(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Digest, ...]:
        """Return the digests to be posted here, oldest first."""
        ...

    async def alert_message(self, alert: Alert) -> AlertMessage:
        """Return all that the message of this alert shows. Raises NotFound when its subscription or item is gone."""
        ...

    async def save_alert(self, alert: Alert, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come; with `expected`, only if the stored status is still that one.

        Delivery owns `status`, `reason`, `next_attempt_at`, `attempts`, `first_attempt_at`, `message_id`, `posted_at`,
        `edited_at` and `last_error`: only these are written, and `Round.record` leaves them alone on an alert that is
        stored already (it writes `edit_due_at` there), so that a round and a delivery never undo each other. Returns
        whether anything was written.
        """
        ...

    async def edit_done(self, alert: Alert) -> None:
        """Write `edited_at`, and clear `edit_due_at` if it is still the alert's: a later wish for an edit stays."""
        ...

    async def owe_digest(self, digest: Digest) -> bool:
        """Insert the digest unless its slot has one already, whoever made it; return whether it was inserted."""
        ...

    async def save_digest(self, digest: Digest, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come, as `save_alert` does."""
        ...

    async def pause_channel(self, channel_id: str, *, reason: str, now: datetime) -> tuple[Subscription, ...]:
        """Pause the active subscriptions of the channel; return those paused now, so that admins are told once."""
        ...


class Leases(Protocol):
    """Who is at work: the leases of all processes on feeds and channels."""

    async def lease_owners(self) -> frozenset[str]:
        """Return everybody who holds a lease on a feed or a channel, ended or not."""
        ...

    async def end_leases(self, owners: Iterable[str]) -> int:
        """End every lease of these owners, who are known to be dead; return how many there were."""
        ...


class Subscriptions(Protocol):
    """Standing orders, as commands see them."""

    async def add_subscription(self, subscription: Subscription) -> None:
        """Insert a subscription."""
        ...

    async def save_subscription(self, subscription: Subscription) -> None:
        """Replace a subscription."""
        ...

    async def subscription(self, subscription_id: str) -> Subscription:
        """Return one. Raises NotFound."""
        ...

    async def subscriptions(
        self,
        *,
        guild_id: str | None = None,
        channel_id: str | None = None,
        created_by: str | None = None,
        include_removed: bool = False,
    ) -> tuple[Subscription, ...]:
        """Return those of a guild, a channel, a maker, or all, oldest first."""
        ...


class Feeds(Protocol):
    """The list of feeds, as commands see it."""

    async def add_feed(self, feed: Feed, listing: Listing) -> bool:
        """Insert the feed unless it is there, and list it; returns whether the feed is new to the bot."""
        ...

    async def feed(self, feed_id: str) -> Feed:
        """Return one by its id. Raises NotFound."""
        ...

    async def feeds(self, *, guild_id: str | None = None) -> tuple[Feed, ...]:
        """Return the feeds a guild sees (its own and the operator's), or all; by name."""
        ...

    async def listings(self, *, feed_id: str | None = None, guild_id: str | None = None) -> tuple[Listing, ...]:
        """Return who lists which feed."""
        ...

    async def save_feed(self, feed: Feed) -> None:
        """Replace a feed."""
        ...

    async def unlist_feed(self, feed_id: str, *, guild_id: str) -> bool:
        """Take the feed off a guild's list; a feed nobody lists any more is retired. Returns whether it was listed."""
        ...


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
        """Return actor → (mean tone, number) of the reactions first reported in the time."""
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


class Guilds(Protocol):
    """What servers chose for themselves, and who changed what there."""

    async def preferences(self, guild_id: str) -> Preferences:
        """Return what a server has chosen; the defaults where it has chosen nothing."""
        ...

    async def save_preferences(self, chosen: Preferences) -> None:
        """Insert or replace what a server has chosen."""
        ...

    async def add_change(self, change: Change) -> None:
        """Insert a line of a server's log, unless it is there."""
        ...

    async def changes(self, guild_id: str, *, limit: int, offset: int = 0) -> tuple[Change, ...]:
        """Return the lines of a server's log, the latest first."""
        ...

    async def count_changes(self, guild_id: str) -> int:
        """Return how many lines a server's log has."""
        ...


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


class Messenger(Protocol):
    """Posts to one kind of channel.

    `post`, `post_digest` and `edit` raise ChannelUnavailable when nothing was posted and later may do,
    ChannelRefused when it will not until somebody acts, PostUncertain when the answer was lost.
    """

    async def post(self, message: AlertMessage) -> str:
        """Post an alert under its id as nonce; return the id of the message (the same one for the same alert)."""
        ...

    async def post_digest(self, edition: Edition) -> str:
        """Post a digest under its id as nonce; return the id of its first message."""
        ...

    async def edit(self, message: AlertMessage) -> None:
        """Bring a posted message up to what is known. Raises NotFound when people have deleted it."""
        ...

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Search the channel's recent history for the message that carries this alert's or digest's id."""
        ...

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Tell the guild's admins, as well as may be, why a subscription was paused. Never raises a CommuniqueError."""
        ...

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell those who keep a feed that it has been failing or is back, as well as may be.

        Raises ChannelUnavailable when nobody can be told before later; no other CommuniqueError.
        """
        ...
