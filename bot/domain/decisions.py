"""What goes into triage and what comes out of it: drafts, what is known, the rules, and what is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.alerts import Alert
from bot.domain.amendments import Amendment
from bot.domain.analyst import Reading
from bot.domain.items import Item, Revision
from bot.domain.placements import Placement
from bot.domain.reactions import Reaction, ReactionType, Report
from bot.domain.stories import Fingerprint, Story, Traits
from bot.domain.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The settings that triage decides by.

    `max_age`: an older item is stored and coded, never alerted. `window`: how long the same act by the same actor stays
    the same reaction. `story_window`: how far apart two tellings of one event may be published. `edit_every`: how often
    one posted message may be edited. `suppress` keeps every alert from being posted (replay).
    """

    max_age: timedelta = timedelta(hours=24)
    window: timedelta = timedelta(hours=36)
    story_window: timedelta = timedelta(hours=36)
    edit_every: timedelta = timedelta(minutes=1)
    suppress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """What has to be recalled before a batch can be judged; each part is an indexed look-up of the store."""

    feed_id: str
    guids: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    content_hashes: frozenset[str] = frozenset()
    # The keys of each draft's fingerprint, and the time of publication (inclusive) within which they count.
    keys: tuple[tuple[int, ...], ...] = ()
    published_from: datetime | None = None
    published_until: datetime | None = None
    # (actor, type) of the records, and the time within which their reactions count: none reported last before it, none
    # first after it.
    acts: frozenset[tuple[str, ReactionType]] = frozenset()
    reported_from: datetime | None = None
    reported_until: datetime | None = None
    # Items that moderators' decisions are asked for, whether they are stored yet or not.
    amended: frozenset[str] = frozenset()
    # Ids of items that count among the known, and of reactions whose items do (reported now, or until amended).
    ids: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    # Stories whose items, with their fingerprints, count among the known.
    stories: frozenset[str] = frozenset()
    # When the first and the last of the batch are said to be published.
    first: datetime | None = None
    last: datetime | None = None

    def reaching(self, known: Iterable[Item]) -> Lookups:
        """Return these with times that reach as far around the feed's known items as around those of the batch.

        A known item that is told anew keeps its time, whenever its feed says now that it was published.
        """
        times = [item.published for item in known if item.feed_id == self.feed_id]
        if self.first is None or self.last is None or not times:
            return self
        back, on = max(self.first - min(times), timedelta()), max(max(times) - self.last, timedelta())
        return replace(
            self,
            published_from=self.published_from and self.published_from - back,
            published_until=self.published_until and self.published_until + on,
            reported_from=self.reported_from and self.reported_from - back,
            reported_until=self.reported_until and self.reported_until + on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store remembers that bears on a batch.

    `items`: stored items of the feed with one of the guids, and items of any feed with one of the URLs or content hashes.
    `fingerprints`: those that share a key, within the time asked. `reactions`: of the acts asked for, reported within the
    time asked, and every reaction that `items` report. `stories`: those of all of these. `reports`: those of `items`.
    `subscriptions`: the active ones in instant mode. `alerts`: every alert that carries one of `reactions`. `listed_in`:
    the guilds that list the feed ("" is the operator).

    What thousands share is bounded: of each URL and content hash the newest 20 items, of the fingerprints those 24 that
    share the rarest of a draft's keys (see `shelf.nearest`), of each act the 300 last reported reactions (none that was
    still retold weeks after the time). An item whose text retention let go of is among `items` all the same, with its
    content hash and without its texts.
    """

    items: tuple[Item, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    stories: tuple[Story, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reports: tuple[Report, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    alerts: tuple[Alert, ...] = ()
    listed_in: frozenset[str] = frozenset({""})
    # Those on `items`, on the items of `fingerprints`, and on those asked for.
    amendments: tuple[Amendment, ...] = ()
    # Those of `items`, and of those whose amendments are asked for.
    placements: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item as cleaned from its entry, before anybody knows whether it is new; with its reading once it has one.

    `traits` go with the reading of a relevant one; without them they are worked out when they are asked for.
    `guid_repeats` and `url_repeats`: another entry of the same document, with another text, has its guid or its URL, so
    that neither says which item this is.
    """

    item: Item
    reading: Reading | None = None
    traits: Traits | None = None
    guid_repeats: bool = False
    url_repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at a feed's document found: a mark, guid, link and time of each entry, and drafts of what has changed.

    The times are those of publication; of entries that tell none, that of the look.
    """

    marks: tuple[int, ...] = ()
    places: tuple[tuple[str | None, str | None], ...] = ()
    published: tuple[datetime, ...] = ()
    drafts: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why an item was, or was not, alerted to a subscription: kept for `why`.

    `reaction_id` is "" for the whole item; `subscription_id` is "" where the reason holds for every subscription.
    """

    item_id: str
    subscription_id: str
    reaction_id: str = ""
    alerted: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What is to be written, in one transaction, and nothing else.

    `items`, `stories`, `reactions` and `alerts` hold whole values, new or replacing the stored one with that id (of a
    stored alert only `reactions` and `edit_due_at` are triage's to change); `fingerprints` and `reports` likewise.
    `alerts` are in the order in which they are to be posted, and so are their `created_at`. `seen_again` are ids of
    stored items whose `last_seen_at` becomes now. `withdrawn_reports` are ids of reports that a re-coded item no longer
    makes; a reaction that nobody reports any more has `reports` 0. `renamed` are ids of drafts whose items are stored under
    another guid or address.
    """

    items: tuple[Item, ...] = ()
    seen_again: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    stories: tuple[Story, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reports: tuple[Report, ...] = ()
    withdrawn_reports: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    placements: tuple[Placement, ...] = ()
    renamed: frozenset[str] = frozenset()
    new_items: int = 0
