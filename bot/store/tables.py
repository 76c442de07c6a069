"""The tables. A column is named as the field it holds; what no domain value has is named in `TECHNICAL`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    literal_column,
    text,
)

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.digests import Digest
from bot.domain.feeds import Feed, FeedKind, FeedStatus, FullText, Listing
from bot.domain.items import Item, Revision
from bot.domain.reactions import Reaction, ReactionType, Report, Tier
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule, Subscription, SubscriptionStatus
from bot.domain.triage import Verdict
from bot.store.columns import Choice, Chosen, Day, Duration, Listed, Moment, Nested, Numbers, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Compared byte by byte, whatever the server's language: ids sort alike everywhere.
_Id = String().with_variant(String(collation="C"), "postgresql")

_WAITING = "status IN ('owed', 'sending', 'uncertain')"

feeds = Table(
    "feeds",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("homepage", Words),
    Column("language", Words),
    Column("kind", Choice(FeedKind), nullable=False),
    Column("status", Choice(FeedStatus), nullable=False),
    Column("full_text", Choice(FullText), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("interval", Duration, nullable=False),
    Column("next_poll_at", Moment, nullable=False),
    Column("last_polled_at", Moment),
    Column("last_success_at", Moment),
    Column("last_new_item_at", Moment),
    Column("failing_since", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Words),
    Column("admins_told_at", Moment),
    Column("latency", Float(53)),
    Column("items_seen", BigInteger, nullable=False),
    Column("lease_owner", Words),
    Column("lease_until", Moment),
    Index(None, "status", "next_poll_at"),
)

listings = Table(
    "listings",
    metadata,
    Column("feed_id", _Id, ForeignKey("feeds.id"), nullable=False),
    Column("guild_id", Words, nullable=False),
    Column("added_by", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    PrimaryKeyConstraint("feed_id", "guild_id"),
    Index(None, "guild_id", "feed_id"),
)

items = Table(
    "items",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("feed_id", _Id, ForeignKey("feeds.id"), nullable=False),
    Column("guid", Words),
    Column("link", Words),
    Column("canonical_url", Words),
    Column("content_hash", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("author", Words),
    Column("language", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("published", Moment, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("relevance", Words, nullable=False),
    Column("story_id", _Id),
    Column("story_reason", Words, nullable=False),
    Column("duplicate_of", _Id),
    Column("withdrawn", Boolean, nullable=False),
    # Guids and URLs are found by a hash of theirs: feeds make them as long as they like, an index entry has its limit.
    Column("guid_key", BigInteger),
    Column("url_key", BigInteger),
    # Ends in the time, so that the newest few of a URL that thousands of items share are found at once.
    Index(None, "url_key", "published"),
    Index(None, "content_hash", "published"),
    Index(None, "guid_key", "feed_id"),
    Index(None, "published", "id"),
    Index("ix_items_relevant", "published", sqlite_where=text("relevant"), postgresql_where=text("relevant")),
    Index(None, "story_id", sqlite_where=text("story_id IS NOT NULL"), postgresql_where=text("story_id IS NOT NULL")),
)

revisions = Table(
    "revisions",
    metadata,
    Column("item_id", _Id, ForeignKey("items.id"), nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("replaced_at", Moment, nullable=False),
    PrimaryKeyConstraint("item_id", "replaced_at", "content_hash"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("title", Words, nullable=False),
    Column("first_item_id", _Id, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_item_at", Moment, nullable=False),
    Column("items", Integer, nullable=False),
    Column("outlets", Listed, nullable=False),
    Index(None, "started_at", "id"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("item_id", _Id, ForeignKey("items.id"), primary_key=True),
    Column("story_id", _Id, nullable=False),
    Column("feed_id", _Id, nullable=False),
    Column("published", Moment, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("actors", Listed, nullable=False),
    Column("acts", Listed, nullable=False),
    Column("numbers", Listed, nullable=False),
    Column("terms", Listed, nullable=False),
    Column("events", Listed, nullable=False),
    Column("places", Listed, nullable=False),
    Column("signature", Numbers, nullable=False),
    Column("keys", Numbers, nullable=False),
)

fingerprint_keys = Table(
    "fingerprint_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("published", Moment, nullable=False),
    Column("item_id", _Id, nullable=False),
    PrimaryKeyConstraint("key", "published", "item_id"),
    sqlite_with_rowid=False,
)

reactions = Table(
    "reactions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("story_id", _Id, nullable=False),
    Column("actor", Words, nullable=False),
    Column("type", Choice(ReactionType), nullable=False),
    Column("targets", Listed, nullable=False),
    Column("speaker", Words),
    Column("role", Words),
    Column("quote", Words),
    Column("evidence", Words, nullable=False),
    Column("tier", Choice(Tier), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("first_reported_at", Moment, nullable=False),
    Column("last_reported_at", Moment, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("outlets", Listed, nullable=False),
    Column("languages", Listed, nullable=False),
    Index(None, "actor", "type", "last_reported_at"),
    Index(None, "actor", "first_reported_at", "id"),
    Index(None, "type", "first_reported_at", "id"),
    Index(None, "first_reported_at", "id"),
    Index(None, "last_reported_at"),
    Index(None, "story_id"),
)

reaction_targets = Table(
    "reaction_targets",
    metadata,
    Column("target", Words, nullable=False),
    Column("first_reported_at", Moment, nullable=False),
    Column("reaction_id", _Id, nullable=False),
    PrimaryKeyConstraint("target", "first_reported_at", "reaction_id"),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("item_id", _Id, ForeignKey("items.id"), nullable=False),
    Column("reaction_id", _Id, ForeignKey("reactions.id"), nullable=False),
    Column("actor", Words, nullable=False),
    Column("type", Choice(ReactionType), nullable=False),
    Column("targets", Listed, nullable=False),
    Column("speaker", Words),
    Column("role", Words),
    Column("quote", Words),
    Column("evidence", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("cue", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("tier", Choice(Tier), nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("background", Boolean, nullable=False),
    Column("date", Day),
    Column("outlet", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    # Whose eyes may see it is asked of every report, and an item's row is wide.
    Column("feed_id", _Id, nullable=False),
    Index(None, "item_id"),
    Index(None, "reaction_id", "feed_id"),
    Index(None, "feed_id", "reaction_id"),
)

alerts = Table(
    "alerts",
    metadata,
    # Rounds write one after another, so the order of insertion is the order in which things were owed.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False),
    Column("subscription_id", _Id, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("item_id", _Id, nullable=False),
    Column("story_id", _Id, nullable=False),
    Column("reactions", Listed, nullable=False),
    Column("status", Choice(AlertStatus), nullable=False),
    Column("reason", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", Moment),
    Column("message_id", Words),
    Column("posted_at", Moment),
    Column("edit_due_at", Moment),
    Column("edited_at", Moment),
    Column("last_error", Words),
    UniqueConstraint("id"),
    Index(None, "item_id"),
    Index(None, "created_at"),
    # What delivery asks all day long must not grow with what was posted over the years.
    Index(
        "ix_alerts_waiting",
        "channel_id",
        "position",
        sqlite_where=text(_WAITING),
        postgresql_where=text(_WAITING),
    ),
    Index(
        "ix_alerts_edits",
        "edit_due_at",
        "channel_id",
        sqlite_where=text("edit_due_at IS NOT NULL"),
        postgresql_where=text("edit_due_at IS NOT NULL"),
    ),
)

alert_reactions = Table(
    "alert_reactions",
    metadata,
    Column("reaction_id", _Id, nullable=False),
    Column("alert_id", _Id, nullable=False),
    PrimaryKeyConstraint("reaction_id", "alert_id"),
    sqlite_with_rowid=False,
)

digests = Table(
    "digests",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("subscription_id", _Id, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("status", Choice(AlertStatus), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", Moment),
    Column("message_id", Words),
    Column("posted_at", Moment),
    Column("last_error", Words),
    Index(None, "subscription_id", "until"),
    Index(
        "ix_digests_waiting",
        "channel_id",
        "until",
        sqlite_where=text(_WAITING),
        postgresql_where=text(_WAITING),
    ),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("channel_id", Words, nullable=False),
    Column("channel_kind", Choice(ChannelKind), nullable=False),
    Column("guild_id", Words, nullable=False),
    Column("filters", Nested(Filters), nullable=False),
    Column("mode", Choice(Mode), nullable=False),
    Column("schedule", Nested(Schedule), nullable=False),
    Column("ping_role_id", Words),
    Column("ping_types", Chosen(ReactionType), nullable=False),
    Column("language", Words, nullable=False),
    Column("status", Choice(SubscriptionStatus), nullable=False),
    Column("paused_reason", Words),
    Column("created_by", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "channel_id"),
    Index(None, "guild_id"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("item_id", _Id, nullable=False),
    Column("subscription_id", _Id, nullable=False),
    Column("reaction_id", _Id, nullable=False),
    Column("alerted", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("item_id", "subscription_id", "reaction_id"),
    sqlite_with_rowid=False,
)

channels = Table(
    "channels",
    metadata,
    Column("id", Words, primary_key=True),
    Column("lease_owner", Words),
    Column("lease_until", Moment),
)


def waiting(table: Table) -> ColumnElement[bool]:
    """Return the condition that an alert or digest waits to be posted, word for word that of the partial index."""
    return literal_column(f"{table.name}.{_WAITING}", Boolean())


TABLE_OF: dict[type, Table] = {
    Feed: feeds,
    Listing: listings,
    Item: items,
    Revision: revisions,
    Story: stories,
    Fingerprint: fingerprints,
    Reaction: reactions,
    Report: reports,
    Alert: alerts,
    Digest: digests,
    Subscription: subscriptions,
    Verdict: verdicts,
}
"""Which table holds which value."""

TECHNICAL: dict[Table, frozenset[str]] = {
    feeds: frozenset({"lease_owner", "lease_until"}),
    items: frozenset({"guid_key", "url_key"}),
    reports: frozenset({"feed_id"}),
    alerts: frozenset({"position"}),
}
"""Columns that are no field of the value: leases, hashes to look up by, a report's feed, the order of the queue."""
