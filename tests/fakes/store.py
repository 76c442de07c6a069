"""The store in plain Python: the same promises as `bot.store.store.Store`, kept by the same suite of tests."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.domain.alerts import Alert, AlertMessage, AlertStatus, Source, SourcedReaction
from bot.domain.amendments import Amendment, RuleScore, scores
from bot.domain.digests import Digest
from bot.domain.errors import NotFound
from bot.domain.feeds import Feed, FeedStatus, Listing
from bot.domain.guilds import Change, Preferences
from bot.domain.items import Item, Revision
from bot.domain.novelty import joined, opened
from bot.domain.placements import Placement
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, ReactionType, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import ChannelKind, Mode, Subscription, SubscriptionStatus
from bot.domain.triage import Known, Lookups, Triage, Verdict
from bot.domain.urls import canonical_url
from bot.usecases.ports import AmendedItem, Case, ItemRow, Life, ReactionRow, Ruling, Tally

Value = TypeVar("Value")

LONGEST_LEASE = timedelta(hours=1, minutes=5)
WAITING = {AlertStatus.OWED, AlertStatus.SENDING, AlertStatus.UNCERTAIN}
TRIAGE_OWNS = ("reactions", "edit_due_at")


class Rows:
    """All that is stored, by key; insertion order is the order of the queue."""

    def __init__(self) -> None:
        self.feeds: dict[str, Feed] = {}
        self.listings: dict[tuple[str, str], Listing] = {}
        self.items: dict[str, Item] = {}
        self.revisions: dict[tuple[str, datetime, str], Revision] = {}
        self.stories: dict[str, Story] = {}
        self.fingerprints: dict[str, Fingerprint] = {}
        self.reactions: dict[str, Reaction] = {}
        self.reports: dict[str, Report] = {}
        self.alerts: dict[str, Alert] = {}
        self.digests: dict[str, Digest] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.verdicts: dict[tuple[str, str, str], Verdict] = {}
        self.amendments: dict[str, Amendment] = {}
        self.placements: dict[str, Placement] = {}
        self.preferences: dict[str, Preferences] = {}
        self.changes: dict[str, Change] = {}
        self.feed_leases: dict[str, tuple[str, datetime]] = {}
        self.channel_leases: dict[str, tuple[str, datetime]] = {}

    def copied(self) -> Rows:
        """Return the rows as they are now; the values themselves never change."""
        twin = Rows()
        for name, table in vars(self).items():
            setattr(twin, name, copy.copy(table))
        return twin


class FakeRound:
    """One round: it works on a copy, and does the same to the rows when it ends well."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows.copied()
        self.written: list[Callable[[Rows], None]] = []

    async def recall(self, wanted: Lookups) -> Known:
        rows = self._rows
        telling = {each.item_id for each in rows.reports.values() if each.reaction_id in wanted.told}
        telling |= {each.item_id for each in rows.amendments.values() if each.reaction_id in wanted.told}
        items = [
            item
            for item in rows.items.values()
            if item.id in wanted.ids | telling
            or item.story_id in wanted.stories
            or (item.feed_id == wanted.feed_id and item.guid in wanted.guids)
            or item.canonical_url in wanted.urls
            or item.content_hash in wanted.content_hashes
        ]
        wanted = wanted.reaching(items)
        in_stories = {item.id for item in items if item.story_id in wanted.stories}
        prints = [each for each in rows.fingerprints.values() if _is_near(each, wanted) or each.item_id in in_stories]
        known = {item.id for item in items}
        placed = [each for each in rows.placements.values() if each.item_id in known | wanted.amended]
        reports = [report for report in rows.reports.values() if report.item_id in known]
        told = {report.reaction_id for report in reports} | wanted.told
        reactions = [
            each
            for each in rows.reactions.values()
            if each.id in told
            or (
                (each.actor, each.type) in wanted.acts
                and (wanted.reported_from is None or each.last_reported_at >= wanted.reported_from)
                and (wanted.reported_until is None or each.first_reported_at <= wanted.reported_until)
            )
        ]
        ids = {each.id for each in reactions}
        story_ids = {each.story_id for each in (*items, *prints, *reactions, *placed)} | wanted.stories
        return Known(
            items=_sorted(items, "published", "id"),
            fingerprints=_sorted(prints, "published", "item_id"),
            stories=_sorted((each for each in rows.stories.values() if each.id in story_ids), "started_at", "id"),
            reactions=_sorted(reactions, "first_reported_at", "id"),
            reports=_sorted(reports, "reported_at", "id"),
            subscriptions=_sorted(
                (
                    each
                    for each in rows.subscriptions.values()
                    if each.status is SubscriptionStatus.ACTIVE and each.mode is Mode.INSTANT
                ),
                "created_at",
                "id",
            ),
            alerts=tuple(alert for alert in rows.alerts.values() if not ids.isdisjoint(alert.reactions)),
            listed_in=frozenset(guild for feed, guild in rows.listings if feed == wanted.feed_id),
            amendments=_sorted(
                (
                    each
                    for each in rows.amendments.values()
                    if each.item_id in known | {near.item_id for near in prints} | wanted.amended
                ),
                "at",
                "id",
            ),
            placements=_sorted(placed, "at", "item_id"),
        )

    async def record(self, decided: Triage, now: datetime) -> None:
        self._write(lambda rows: _record(rows, decided, now))

    async def settle(self, cases: Sequence[Case]) -> tuple[Ruling | None, ...]:
        rulings = []
        for case in cases:
            if ruling := case.decide(await self.recall(case.wanted)):
                await self.record(ruling.triage, ruling.at)
            rulings.append(ruling)
        await self.save_feeds([ruling.feed for ruling in rulings if ruling and ruling.feed])
        return tuple(rulings)

    async def save_feeds(self, feeds: Sequence[Feed]) -> None:
        def save(rows: Rows) -> None:
            for feed in feeds:
                _save_polled(rows, feed)

        self._write(save)

    def _write(self, change: Callable[[Rows], None]) -> None:
        change(self._rows)
        self.written.append(change)


class FakeStore:
    """Every port of the store, in memory."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._turn = asyncio.Lock()

    async def aclose(self) -> None:
        pass

    @asynccontextmanager
    async def round(self) -> AsyncIterator[FakeRound]:
        async with self._turn:
            opened_round = FakeRound(self.rows)
            yield opened_round
            for change in opened_round.written:
                change(self.rows)

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
        due = [
            feed
            for feed in self.rows.feeds.values()
            if feed.status is FeedStatus.ACTIVE
            and (force or feed.next_poll_at <= now or (feed.last_polled_at or now) > now + LONGEST_LEASE)
            and (not only or feed.id in only)
            and not _leased(self.rows.feed_leases, feed.id, now)
        ]
        claimed = _sorted(due, "next_poll_at", "id")[:limit]
        self.rows.feed_leases.update({feed.id: (owner, now + lease) for feed in claimed})
        return claimed

    async def release_feeds(self, feed_ids: Sequence[str], *, owner: str) -> None:
        for name in feed_ids:
            _release(self.rows.feed_leases, name, owner)

    async def known_items(self, *, feed_id: str, guids: frozenset[str], urls: frozenset[str]) -> tuple[Item, ...]:
        items = self.rows.items.values()
        found = [
            item for item in items if item.feed_id == feed_id and (item.guid in guids or item.canonical_url in urls)
        ]
        return _sorted(found, "published", "id")

    async def claim_channel(
        self, *, now: datetime, lease: timedelta, owner: str, only: frozenset[str] = frozenset()
    ) -> str | None:
        waits: dict[str, datetime] = {}
        for channel, since in self._due(now):
            if (not only or channel in only) and not _leased(self.rows.channel_leases, channel, now):
                waits[channel] = min(since, waits.get(channel, since))
        if not waits:
            return None
        chosen = min(waits, key=lambda channel: (waits[channel], channel))
        self.rows.channel_leases[chosen] = (owner, now + lease)
        return chosen

    async def renew_channel(self, channel_id: str, *, now: datetime, lease: timedelta, owner: str) -> bool:
        held = self.rows.channel_leases.get(channel_id)
        if held is None or held[0] != owner:
            return False
        self.rows.channel_leases[channel_id] = (owner, now + lease)
        return True

    async def release_channel(self, channel_id: str, *, owner: str) -> None:
        _release(self.rows.channel_leases, channel_id, owner)

    async def due_alerts(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        return tuple(each for each in self._waiting(self.rows.alerts, now) if each.channel_id == channel_id)[:limit]

    async def due_edits(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        due = [each for each in self._edits(now) if each.channel_id == channel_id]
        return tuple(sorted(due, key=lambda each: each.edit_due_at or now))[:limit]

    async def due_digests(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Digest, ...]:
        due = [each for each in self._waiting(self.rows.digests, now) if each.channel_id == channel_id]
        return _sorted(due, "until", "id")[:limit]

    async def alert_message(self, alert: Alert) -> AlertMessage:
        item = self.rows.items.get(alert.item_id)
        subscription = self.rows.subscriptions.get(alert.subscription_id)
        if item is None or subscription is None:
            raise NotFound(alert.id)
        guild = None if subscription.channel_kind is ChannelKind.CONSOLE else subscription.guild_id
        told = [self.rows.reactions[name] for name in alert.reactions if name in self.rows.reactions]
        shown = self._sourced(told, guild)
        gone = tuple(SourcedReaction(reaction=each, sources=()) for each in told if not each.reports)
        kept = tuple(each for each in shown if each.sources) or shown or gone
        if not kept:
            raise NotFound(alert.id)
        kind = self.rows.feeds[item.feed_id].kind
        return AlertMessage(alert=alert, subscription=subscription, item=item, kind=kind, reactions=kept)

    async def save_alert(self, alert: Alert, *, expected: AlertStatus | None = None) -> bool:
        stored = self.rows.alerts.get(alert.id)
        if stored is None or (expected is not None and stored.status is not expected):
            return False
        kept = {name: getattr(stored, name) for name in (*TRIAGE_OWNS, "created_at", "subscription_id", "channel_id")}
        self.rows.alerts[alert.id] = replace(alert, **kept, item_id=stored.item_id, story_id=stored.story_id)
        return True

    async def edit_done(self, alert: Alert) -> None:
        stored = self.rows.alerts.get(alert.id)
        if stored:
            due = None if stored.edit_due_at == alert.edit_due_at else stored.edit_due_at
            self.rows.alerts[alert.id] = replace(stored, edited_at=alert.edited_at, edit_due_at=due)

    async def owe_digest(self, digest: Digest) -> bool:
        if digest.id in self.rows.digests:
            return False
        self.rows.digests[digest.id] = digest
        return True

    async def save_digest(self, digest: Digest, *, expected: AlertStatus | None = None) -> bool:
        stored = self.rows.digests.get(digest.id)
        if stored is None or (expected is not None and stored.status is not expected):
            return False
        self.rows.digests[digest.id] = digest
        return True

    async def pause_channel(self, channel_id: str, *, reason: str, now: datetime) -> tuple[Subscription, ...]:
        paused = [
            replace(each, status=SubscriptionStatus.PAUSED, paused_reason=reason)
            for each in self.rows.subscriptions.values()
            if each.channel_id == channel_id and each.status is SubscriptionStatus.ACTIVE
        ]
        self.rows.subscriptions.update({each.id: each for each in paused})
        return _sorted(paused, "created_at", "id")

    async def add_subscription(self, subscription: Subscription) -> None:
        self.rows.subscriptions[subscription.id] = subscription

    async def save_subscription(self, subscription: Subscription) -> None:
        if subscription.id in self.rows.subscriptions:
            self.rows.subscriptions[subscription.id] = subscription

    async def subscription(self, subscription_id: str) -> Subscription:
        return _found(self.rows.subscriptions, subscription_id)

    async def subscriptions(
        self,
        *,
        guild_id: str | None = None,
        channel_id: str | None = None,
        created_by: str | None = None,
        include_removed: bool = False,
    ) -> tuple[Subscription, ...]:
        found = [
            each
            for each in self.rows.subscriptions.values()
            if (guild_id is None or each.guild_id == guild_id)
            and (channel_id is None or each.channel_id == channel_id)
            and (created_by is None or each.created_by == created_by)
            and (include_removed or each.status is not SubscriptionStatus.REMOVED)
        ]
        return _sorted(found, "created_at", "id")

    async def add_feed(self, feed: Feed, listing: Listing) -> bool:
        is_new = feed.id not in self.rows.feeds
        self.rows.feeds.setdefault(feed.id, feed)
        self.rows.listings.setdefault((listing.feed_id, listing.guild_id), listing)
        return is_new

    async def feed(self, feed_id: str) -> Feed:
        return _found(self.rows.feeds, feed_id)

    async def feeds(self, *, guild_id: str | None = None) -> tuple[Feed, ...]:
        seen = self.rows.feeds if guild_id is None else self._seen_by(guild_id)
        return tuple(
            sorted(
                (feed for feed in self.rows.feeds.values() if feed.id in seen),
                key=lambda feed: (feed.name.casefold(), feed.id),
            )
        )

    async def listings(self, *, feed_id: str | None = None, guild_id: str | None = None) -> tuple[Listing, ...]:
        found = [
            each
            for each in self.rows.listings.values()
            if (feed_id is None or each.feed_id == feed_id) and (guild_id is None or each.guild_id == guild_id)
        ]
        return _sorted(found, "added_at", "feed_id", "guild_id")

    async def save_feed(self, feed: Feed) -> None:
        if feed.id in self.rows.feeds:
            self.rows.feeds[feed.id] = feed

    async def unlist_feed(self, feed_id: str, *, guild_id: str) -> bool:
        if self.rows.listings.pop((feed_id, guild_id), None) is None:
            return False
        if not any(feed == feed_id for feed, _ in self.rows.listings):
            self.rows.feeds[feed_id] = replace(self.rows.feeds[feed_id], status=FeedStatus.RETIRED)
        return True

    async def lease_owners(self) -> frozenset[str]:
        leases = (*self.rows.feed_leases.values(), *self.rows.channel_leases.values())
        return frozenset(owner for owner, _ in leases)

    async def end_leases(self, owners: Iterable[str]) -> int:
        dead, ended = frozenset(owners), 0
        for leases in (self.rows.feed_leases, self.rows.channel_leases):
            for name in [name for name, (owner, _) in leases.items() if owner in dead]:
                del leases[name]
                ended += 1
        return ended

    async def reactions(self, query: ReactionQuery) -> tuple[SourcedReaction, ...]:
        found = self._asked(query)[::-1]
        return tuple(found[query.offset : query.offset + query.limit])

    async def count_reactions(self, query: ReactionQuery, *, most: int) -> int:
        return min(most, len(self._asked(query)))

    async def reach(self, query: ReactionQuery, *, most: int) -> datetime | None:
        told = [each for each in self.rows.reactions.values() if each.reports > 0 and _is_between(query, each)]
        types = query.types | {each for each in ReactionType if each.family in query.families}
        lists = [[each for each in told if each.actor == actor] for actor in query.actors]
        lists = lists or [[each for each in told if target in each.targets] for target in query.targets]
        lists = lists or [[each for each in told if each.type is kind] for kind in types] or [told]
        if query.story_id is not None:
            return None
        share = most // len(lists)
        times = (sorted((each.first_reported_at for each in told), reverse=True) for told in lists)
        return max((newest[share] for newest in times if len(newest) > share), default=None)

    async def tones(self, *, since: datetime, until: datetime, guild_id: str | None) -> dict[str, tuple[float, int]]:
        tones: dict[str, list[int]] = {}
        for each in self._asked(ReactionQuery(since=since, until=until, guild_id=guild_id, background=False)):
            tones.setdefault(each.reaction.actor, []).append(each.reaction.type.tone)
        return {actor: (sum(values) / len(values), len(values)) for actor, values in tones.items()}

    async def story(self, story_id: str) -> Story:
        return _found(self.rows.stories, story_id)

    async def find_item(self, text: str) -> Item:
        words = text.strip()
        url = canonical_url(words) or canonical_url(f"https://{words}")
        ordered = _sorted(self.rows.items.values(), "first_seen_at", "id")
        for name, wanted in (("id", words), ("guid", words), ("canonical_url", url)):
            for item in ordered:
                if wanted is not None and getattr(item, name) == wanted:
                    return item
        raise NotFound(text)

    async def life_of(self, item_id: str) -> Life:
        rows, item = self.rows, _found(self.rows.items, item_id)
        reports = sorted(
            (each for each in rows.reports.values() if each.item_id == item_id),
            key=lambda each: (each.record.start, each.id),
        )
        ids = {each.reaction_id for each in reports}
        told = _sorted((each for each in rows.reactions.values() if each.id in ids), "first_reported_at", "id")
        return Life(
            item=item,
            feed=rows.feeds[item.feed_id],
            story=rows.stories.get(item.story_id or ""),
            original=rows.items.get(item.duplicate_of or ""),
            revisions=_sorted((each for each in rows.revisions.values() if each.item_id == item_id), "replaced_at"),
            reports=tuple(reports),
            reactions=self._sourced(told, None),
            alerts=tuple(
                each for each in rows.alerts.values() if each.item_id == item_id or not ids.isdisjoint(each.reactions)
            ),
            verdicts=_sorted(
                (each for each in rows.verdicts.values() if each.item_id == item_id),
                "at",
                "subscription_id",
                "reaction_id",
            ),
        )

    async def amendments(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25, offset: int = 0
    ) -> tuple[Amendment, ...]:
        found = [
            each
            for each in self.rows.amendments.values()
            if (item_id is None or each.item_id == item_id) and (guild_id is None or each.guild_id == guild_id)
        ]
        return _sorted(found, "at", "id")[::-1][offset : offset + limit]

    async def placements(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25
    ) -> tuple[Placement, ...]:
        wanted = [
            each
            for each in self.rows.placements.values()
            if item_id in {None, each.item_id} and guild_id in {None, each.guild_id}
        ]
        return _sorted(wanted, "at", "item_id")[::-1][:limit]

    async def count_amendments(self, *, guild_id: str | None = None) -> int:
        return sum(guild_id is None or each.guild_id == guild_id for each in self.rows.amendments.values())

    async def precision(self) -> tuple[RuleScore, ...]:
        looked_at = {each.item_id for each in self.rows.amendments.values()}
        return scores(
            self.rows.amendments.values(),
            (each for each in self.rows.reports.values() if each.item_id in looked_at),
        )

    async def export_amended(self, *, since: datetime | None = None) -> AsyncIterator[AmendedItem]:
        decided = [each for each in self.rows.amendments.values() if since is None or each.at >= since]
        placed = {n: each for n, each in self.rows.placements.items() if since is None or each.at >= since}
        for name in sorted({each.item_id for each in decided} | placed.keys()):
            item = self.rows.items.get(name)
            yield AmendedItem(
                item_id=name,
                item=item,
                feed_url=self.rows.feeds[item.feed_id].url if item else "",
                reports=tuple(
                    sorted(
                        (each for each in self.rows.reports.values() if each.item_id == name),
                        key=lambda each: (each.record.start, each.id),
                    )
                ),
                amendments=_sorted((each for each in decided if each.item_id == name), "at", "id"),
                placement=placed.get(name),
            )

    async def preferences(self, guild_id: str) -> Preferences:
        return self.rows.preferences.get(guild_id, Preferences(guild_id=guild_id))

    async def save_preferences(self, chosen: Preferences) -> None:
        self.rows.preferences[chosen.guild_id] = chosen

    async def add_change(self, change: Change) -> None:
        self.rows.changes.setdefault(change.id, change)

    async def changes(self, guild_id: str, *, limit: int, offset: int = 0) -> tuple[Change, ...]:
        own = [each for each in self.rows.changes.values() if each.guild_id == guild_id]
        own.sort(key=lambda each: (each.at, each.id), reverse=True)
        return tuple(own[offset : offset + limit])

    async def count_changes(self, guild_id: str) -> int:
        return sum(each.guild_id == guild_id for each in self.rows.changes.values())

    async def last_digest(self, subscription_id: str) -> Digest | None:
        own = [each for each in self.rows.digests.values() if each.subscription_id == subscription_id]
        return max(own, key=lambda each: each.until, default=None)

    async def export_items(self, *, since: datetime | None = None) -> AsyncIterator[ItemRow]:
        for item in _sorted(self.rows.items.values(), "published", "id"):
            if since is None or item.published >= since:
                yield ItemRow(item=item, feed_url=self.rows.feeds[item.feed_id].url)

    async def export_stories(self, *, since: datetime | None = None) -> AsyncIterator[Story]:
        for story in _sorted(self.rows.stories.values(), "started_at", "id"):
            if story.items and (since is None or story.started_at >= since):
                yield story

    async def export_reactions(self, query: ReactionQuery) -> AsyncIterator[ReactionRow]:
        newest = None if query.guild_id is None else query.limit
        for each in self._asked(query)[::-1][:newest][::-1]:
            told = self._visible(each.reaction.id, query.guild_id)
            if told:
                best = min(
                    told, key=lambda at: (at.record.tier.rank, -len(at.record.quote or ""), at.reported_at, at.id)
                )
                items = [self.rows.items[at.item_id] for at in _sorted(told, "reported_at", "id")]
                at = self.rows.items[best.item_id]
                yield ReactionRow(
                    reaction=each.reaction,
                    report=best,
                    title=at.title,
                    published=at.published,
                    link=at.link,
                    links=tuple(dict.fromkeys(item.link for item in items if item.link)),
                )

    async def export_alerts(self, *, since: datetime | None = None) -> AsyncIterator[Alert]:
        for alert in list(self.rows.alerts.values()):
            if since is None or alert.created_at >= since:
                yield alert

    async def tally(self, now: datetime) -> Tally:
        rows = self.rows
        active = [feed for feed in rows.feeds.values() if feed.status is FeedStatus.ACTIVE]
        waiting = [each for each in rows.alerts.values() if each.status in WAITING and self._served(each)]
        return Tally(
            schema_revision="fake",
            feeds_active=len(active),
            feeds_failing=sum(feed.failures > 0 for feed in active),
            subscriptions=sum(each.status is SubscriptionStatus.ACTIVE for each in rows.subscriptions.values()),
            items=len(rows.items),
            relevant_items=sum(item.relevant for item in rows.items.values()),
            stories=len(rows.stories),
            reactions=len(rows.reactions),
            alerts_waiting=len(waiting),
            alerts_posted=sum(each.status is AlertStatus.POSTED for each in rows.alerts.values()),
            oldest_waiting_since=min(
                (each.next_attempt_at for each in waiting if each.next_attempt_at <= now), default=None
            ),
            next_poll_at=min((feed.next_poll_at for feed in active), default=None),
        )

    def _was_met(self, reaction_id: str, query: ReactionQuery) -> bool:
        """Return whether the first item that reports a reaction was first seen within the query's bounds."""
        rows = self.rows
        reporting = [rows.items[each.item_id] for each in rows.reports.values() if each.reaction_id == reaction_id]
        met = min(item.first_seen_at for item in reporting)
        return (query.met_since is None or met >= query.met_since) and (
            query.met_until is None or met < query.met_until
        )

    def _asked(self, query: ReactionQuery) -> list[SourcedReaction]:
        """Return what a query asks for as its asker sees it, oldest first."""
        types = query.types | {each for each in ReactionType if each.family in query.families}
        told = [each for each in self.rows.reactions.values() if each.reports > 0 and self._was_met(each.id, query)]
        found = [each for each in self._sourced(told, query.guild_id) if _asks(query, types, each.reaction)]
        return sorted(found, key=lambda each: (each.reaction.first_reported_at, each.reaction.id))

    def _sourced(self, told: Iterable[Reaction], guild_id: str | None) -> tuple[SourcedReaction, ...]:
        seen = []
        for reaction in told:
            visible = self._visible(reaction.id, guild_id)
            if guild_id is not None and self._hides(guild_id) and not visible:
                continue
            shown = reaction
            if guild_id is not None and len(visible) < len(self._visible(reaction.id, None)):
                shown = self._retold(reaction, visible)
            seen.append(SourcedReaction(reaction=shown, sources=self._sources(visible)))
        return tuple(seen)

    def _retold(self, reaction: Reaction, visible: Sequence[Report]) -> Reaction:
        shown, counted = None, set()
        for report in visible:
            item = replace(
                self.rows.items[report.item_id],
                published=report.reported_at,
                outlet=report.outlet,
                language=report.language,
            )
            if shown is None:
                shown = opened(report.record, item, reaction.story_id)
            else:
                shown = joined(shown, report.record, item, counted=item.id in counted)
            counted.add(item.id)
        assert shown is not None
        return replace(shown, id=reaction.id)

    def _sources(self, told: Sequence[Report]) -> tuple[Source, ...]:
        best: dict[str, Source] = {}
        for report in told:
            item = self.rows.items[report.item_id]
            source = Source(
                item_id=item.id,
                outlet=report.outlet,
                kind=self.rows.feeds[item.feed_id].kind,
                title=item.title,
                link=item.link,
                language=report.language,
                published=item.published,
                quote=report.record.quote,
                evidence=report.record.evidence,
            )
            if item.id not in best or len(source.quote or "") > len(best[item.id].quote or ""):
                best[item.id] = source
        return tuple(best.values())

    def _visible(self, reaction_id: str, guild_id: str | None) -> list[Report]:
        seen = self.rows.feeds if guild_id is None else self._seen_by(guild_id)
        told = [
            each
            for each in self.rows.reports.values()
            if each.reaction_id == reaction_id and self.rows.items[each.item_id].feed_id in seen
        ]
        return sorted(told, key=lambda each: (each.reported_at, each.item_id, each.record.start, each.id))

    def _seen_by(self, guild_id: str) -> set[str]:
        return {feed for feed, guild in self.rows.listings if guild in {"", guild_id}}

    def _hides(self, guild_id: str) -> bool:
        return not self.rows.feeds.keys() <= self._seen_by(guild_id)

    def _served(self, each: Alert | Digest) -> bool:
        subscription = self.rows.subscriptions.get(each.subscription_id)
        return subscription is not None and subscription.status is SubscriptionStatus.ACTIVE

    def _waiting(self, table: dict[str, Any], now: datetime) -> list[Any]:
        return [
            each
            for each in table.values()
            if each.status in WAITING and (each.next_attempt_at <= now or each.created_at > now) and self._served(each)
        ]

    def _edits(self, now: datetime) -> list[Alert]:
        return [
            each
            for each in self.rows.alerts.values()
            if each.status is AlertStatus.POSTED
            and each.edit_due_at is not None
            and each.edit_due_at <= now
            and self._served(each)
        ]

    def _due(self, now: datetime) -> Iterable[tuple[str, datetime]]:
        for each in (*self._waiting(self.rows.alerts, now), *self._waiting(self.rows.digests, now)):
            yield each.channel_id, each.next_attempt_at
        for alert in self._edits(now):
            yield alert.channel_id, alert.edit_due_at or now


def _record(rows: Rows, decided: Triage, now: datetime) -> None:
    rows.stories.update({each.id: each for each in decided.stories})
    rows.items.update({each.id: each for each in decided.items})
    rows.revisions.update({(each.item_id, each.replaced_at, each.content_hash): each for each in decided.revisions})
    rows.fingerprints.update({each.item_id: each for each in decided.fingerprints})
    rows.reactions.update({each.id: each for each in decided.reactions})
    rows.reports.update({each.id: each for each in decided.reports})
    rows.verdicts.update({(each.item_id, each.subscription_id, each.reaction_id): each for each in decided.verdicts})
    rows.amendments.update({each.id: each for each in decided.amendments})
    rows.placements.update({each.item_id: each for each in decided.placements})
    for alert in decided.alerts:
        stored = rows.alerts.get(alert.id)
        rows.alerts[alert.id] = _with(stored, alert, TRIAGE_OWNS) if stored else alert
    for name in decided.withdrawn_reports:
        rows.reports.pop(name, None)
    for name in decided.seen_again:
        if name in rows.items:
            rows.items[name] = replace(rows.items[name], last_seen_at=now)


def _save_polled(rows: Rows, feed: Feed) -> None:
    stored = rows.feeds.get(feed.id)
    if stored:
        stopped = stored.status is not FeedStatus.ACTIVE
        rows.feeds[feed.id] = replace(feed, status=stored.status) if stopped else feed
    rows.feed_leases.pop(feed.id, None)


def _is_near(each: Fingerprint, wanted: Lookups) -> bool:
    return (
        any(not set(keys).isdisjoint(each.keys) for keys in wanted.keys)
        and (wanted.published_from is None or each.published >= wanted.published_from)
        and (wanted.published_until is None or each.published <= wanted.published_until)
    )


def _asks(query: ReactionQuery, types: frozenset[ReactionType] | set[ReactionType], each: Reaction) -> bool:
    words = f"{each.quote or ''}\n{each.evidence}".casefold()
    return (
        (not query.actors or each.actor in query.actors)
        and (not types or each.type in types)
        and all(
            not wanted or not wanted.isdisjoint(has)
            for wanted, has in (
                (query.targets, each.targets),
                (query.languages, each.languages),
                (query.outlets, each.outlets),
            )
        )
        and query.tier in {None, each.tier}
        and query.background in {None, each.background}
        and query.story_id in {None, each.story_id}
        and (query.text or "").casefold() in words
        and _is_between(query, each)
    )


def _is_between(query: ReactionQuery, each: Reaction) -> bool:
    since, until = query.since, query.until
    return (since is None or each.first_reported_at >= since) and (until is None or each.first_reported_at < until)


def _leased(leases: dict[str, tuple[str, datetime]], name: str, now: datetime) -> bool:
    return name in leases and now < leases[name][1] <= now + LONGEST_LEASE


def _release(leases: dict[str, tuple[str, datetime]], name: str, owner: str) -> None:
    if name in leases and leases[name][0] == owner:
        del leases[name]


def _with(stored: Value, new: Value, names: Sequence[str]) -> Value:
    return replace(stored, **{each.name: getattr(new, each.name) for each in fields(new) if each.name in names})


def _found(table: dict[str, Value], name: str) -> Value:
    if name not in table:
        raise NotFound(name)
    return table[name]


def _sorted(values: Iterable[Value], *names: str) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda value: tuple(getattr(value, name) for name in names)))
