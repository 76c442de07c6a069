"""What tests of the domain share: entries made in one line, an analyst that codes marked words, and a memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.analyst import Reading, Relevance
from bot.domain.decisions import Draft, Known, Lookups, Rules, Triage, Verdict
from bot.domain.entries import Entry
from bot.domain.feeds import Feed, feed_id
from bot.domain.items import Article, Item, Revision
from bot.domain.reactions import Reaction, ReactionType, Record, Report, Tier
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Filters, Subscription
from bot.domain.triage import drafts, fresh, lookups, triage

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)

# "[FRA condemn AZE]" in a text is a record; "[fra condemn AZE]" one of the digest tier; "[-FRA condemn AZE]" background.
_MARKED = re.compile(
    r"\[(?P<background>-)?(?P<actor>\w+) (?P<type>\w+)(?: (?P<targets>[A-Z,]+))?(?: by (?P<speaker>[^\]“]+?))?"
    r"(?: “(?P<quote>[^”]*)”)?\]"
)


class MarkedAnalyst:
    """Codes what a text says between brackets; everything that does not mention "elsewhere" is relevant."""

    def relevance(self, article: Article) -> Relevance:
        elsewhere = "elsewhere" in article.text
        return Relevance(relevant=not elsewhere, reason="about elsewhere" if elsewhere else "about here")

    def read(self, article: Article) -> Reading:
        records = tuple(
            Record(
                actor=found["actor"].upper(),
                type=ReactionType(found["type"]),
                targets=tuple((found["targets"] or "").split(",")) if found["targets"] else (),
                speaker=found["speaker"],
                quote=found["quote"],
                evidence=found[0],
                start=found.start(),
                end=found.end(),
                cue=found["type"],
                rule="marked",
                tier=Tier.DIGEST if found["actor"].islower() else Tier.ALERT,
                confidence=1.0,
                background=found["background"] is not None,
            )
            for found in _MARKED.finditer(article.text)
        )
        actors = tuple(dict.fromkeys(code for record in records for code in (record.actor, *record.targets)))
        return Reading(language="en", relevance=self.relevance(article), records=records, actors=actors)


@dataclass(slots=True)
class Memory:
    """Remembers what triage decides, and recalls it by the terms of `Lookups`; writes what a store would write."""

    rules: Rules = field(default_factory=Rules)
    items: dict[str, Item] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    reactions: dict[str, Reaction] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    verdicts: dict[tuple[str, str, str], Verdict] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    listed_in: frozenset[str] = frozenset({""})

    def known_items(self, batch: Iterable[Draft], feed: Feed) -> tuple[Item, ...]:
        drafted = [draft.item for draft in batch]
        guids, urls = {item.guid for item in drafted} - {None}, {item.canonical_url for item in drafted} - {None}
        return tuple(
            item
            for item in self.items.values()
            if item.feed_id == feed.id and (item.guid in guids or item.canonical_url in urls)
        )

    def recall(self, wanted: Lookups) -> Known:
        items = [
            item
            for item in self.items.values()
            if (item.feed_id == wanted.feed_id and item.guid in wanted.guids)
            or item.canonical_url in wanted.urls
            or item.content_hash in wanted.content_hashes
        ]
        wanted = wanted.reaching(items)
        names = {item.id for item in items}
        marks = [
            mark
            for mark in self.fingerprints.values()
            if wanted.published_from
            and wanted.published_until
            and wanted.published_from <= mark.published <= wanted.published_until
            and any(set(keys) & set(mark.keys) for keys in wanted.keys)
        ]
        reports = [report for report in self.reports.values() if report.item_id in names]
        told = {report.reaction_id for report in reports}
        reactions = [
            reaction
            for reaction in self.reactions.values()
            if reaction.id in told
            or (
                (reaction.actor, reaction.type) in wanted.acts
                and wanted.reported_from
                and wanted.reported_until
                and reaction.last_reported_at >= wanted.reported_from
                and reaction.first_reported_at <= wanted.reported_until
            )
        ]
        stories = {value.story_id for value in (*items, *marks, *reactions)}
        carried = {reaction.id for reaction in reactions}
        return Known(
            items=tuple(items),
            fingerprints=tuple(marks),
            stories=tuple(story for story in self.stories.values() if story.id in stories),
            reactions=tuple(reactions),
            reports=tuple(reports),
            subscriptions=tuple(self.subscriptions),
            alerts=tuple(alert for alert in self.alerts.values() if carried & set(alert.reactions)),
            listed_in=self.listed_in,
        )

    def record(self, decided: Triage, now: datetime) -> None:
        for kind in ("items", "stories", "reactions", "reports", "alerts"):
            getattr(self, kind).update((value.id, value) for value in getattr(decided, kind))
        for name in decided.seen_again:
            self.items[name] = replace(self.items[name], last_seen_at=now)
        for name in decided.withdrawn_reports:
            del self.reports[name]
        self.fingerprints.update((mark.item_id, mark) for mark in decided.fingerprints)
        self.verdicts.update(((v.item_id, v.subscription_id, v.reaction_id), v) for v in decided.verdicts)
        self.revisions.extend(decided.revisions)

    def poll(self, feed: Feed, entries: Sequence[Entry], now: datetime = NOON) -> Triage:
        """Take a feed's document through drafting, reading, triage and writing."""
        return self.take(drafts(entries, feed, now), feed, now)

    def take(self, batch: tuple[Draft, ...], feed: Feed, now: datetime) -> Triage:
        analyst = MarkedAnalyst()
        unread = {draft.item.id for draft in fresh(batch, self.known_items(batch, feed))}
        read = tuple(
            replace(draft, reading=analyst.read(draft.item.article)) if draft.item.id in unread else draft
            for draft in batch
        )
        decided = triage(read, feed, self.recall(lookups(read, feed, self.rules)), self.rules, now)
        self.record(decided, now)
        return decided

    def post(self, now: datetime = NOON) -> None:
        """Stand in for delivery: everything owed is posted now, every edit made."""
        for alert in self.alerts.values():
            if alert.status is AlertStatus.OWED:
                posted = replace(alert, status=AlertStatus.POSTED, posted_at=now, message_id="1")
                self.alerts[alert.id] = posted
            elif alert.edit_due_at:
                self.alerts[alert.id] = replace(alert, edit_due_at=None, edited_at=now)

    def item_titled(self, title: str) -> Item:
        return next(item for item in self.items.values() if item.title == title)


def a_feed(name: str = "Outlet A", **known: object) -> Feed:
    url = f"https://{name.casefold().replace(' ', '-')}.example/feed"
    return replace(Feed(id=feed_id(url), url=url, title=name, added_at=NOON, next_poll_at=NOON), **known)


def an_entry(title: str, *, at: datetime = NOON, slug: str | None = None, **known: object) -> Entry:
    """Return an entry whose guid and link come from its slug, or else from its title."""
    slug = slug or re.sub(r"\W+", "-", title.casefold())
    entry = Entry(guid=f"guid-{slug}", link=f"https://news.example/{slug}", title=title, published=at)
    return replace(entry, **known)


def a_subscription(channel: str = "1", **filters: object) -> Subscription:
    return Subscription(
        id=f"subscription-{channel}",
        channel_id=channel,
        filters=Filters(**filters),
        created_by="somebody",
        created_at=NOON - timedelta(days=9),
    )


@pytest.fixture
def memory(new_memory) -> Memory:
    """A memory with one subscription to everything."""
    return new_memory(a_subscription())


# Factories serve a whole session, so that properties may use them: Hypothesis keeps a fixture over its examples.
@pytest.fixture(scope="session")
def new_memory():
    return lambda *subscriptions: Memory(subscriptions=list(subscriptions))


@pytest.fixture(scope="session")
def entry():
    return an_entry


@pytest.fixture(scope="session")
def feed():
    return a_feed


@pytest.fixture(scope="session")
def subscription():
    return a_subscription


@pytest.fixture(scope="session")
def analyst():
    return MarkedAnalyst()
