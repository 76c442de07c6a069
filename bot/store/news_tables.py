"""The tables of what is read and found: feeds, items, stories, reactions. Columns are named as the fields they hold."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from bot.domain.feeds import FeedKind, FeedStatus, FullText
from bot.domain.reactions import ReactionType, Tier
from bot.store.columns import Choice, Day, Duration, Listed, Moment, Numbers, Signature, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Compared byte by byte, whatever the server's language: ids sort alike everywhere.
Id = String().with_variant(String(collation="C"), "postgresql")

feeds = Table(
    "feeds",
    metadata,
    Column("id", Id, primary_key=True),
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
    Column("entry_marks", Numbers, nullable=False),
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
    Column("feed_id", Id, ForeignKey("feeds.id"), nullable=False),
    Column("guild_id", Words, nullable=False),
    Column("added_by", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    PrimaryKeyConstraint("feed_id", "guild_id"),
    Index(None, "guild_id", "feed_id"),
)

items = Table(
    "items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", Id, ForeignKey("feeds.id"), nullable=False),
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
    Column("story_id", Id),
    Column("story_reason", Words, nullable=False),
    Column("duplicate_of", Id),
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
    Column("item_id", Id, ForeignKey("items.id"), nullable=False),
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
    Column("id", Id, primary_key=True),
    Column("title", Words, nullable=False),
    Column("first_item_id", Id, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_item_at", Moment, nullable=False),
    Column("items", Integer, nullable=False),
    Column("outlets", Listed, nullable=False),
    Index(None, "started_at", "id"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("item_id", Id, ForeignKey("items.id"), primary_key=True),
    Column("story_id", Id, nullable=False),
    Column("feed_id", Id, nullable=False),
    Column("published", Moment, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("actors", Listed, nullable=False),
    Column("acts", Listed, nullable=False),
    Column("numbers", Listed, nullable=False),
    Column("terms", Listed, nullable=False),
    Column("events", Listed, nullable=False),
    Column("places", Listed, nullable=False),
    Column("signature", Signature, nullable=False),
    Column("keys", Numbers, nullable=False),
)

fingerprint_keys = Table(
    "fingerprint_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("published", Moment, nullable=False),
    Column("item_id", Id, nullable=False),
    PrimaryKeyConstraint("key", "published", "item_id"),
    sqlite_with_rowid=False,
)

REPORTED = "reports > 0"

reactions = Table(
    "reactions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("story_id", Id, nullable=False),
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
    Column("copying", Listed, nullable=False, server_default="[]"),
    Column("languages", Listed, nullable=False),
    Index(None, "actor", "type", "last_reported_at"),
    # What members ask for and count; what nobody reports any more is not in them.
    Index(None, "actor", "first_reported_at", "id", sqlite_where=text(REPORTED), postgresql_where=text(REPORTED)),
    Index(None, "type", "first_reported_at", "id", sqlite_where=text(REPORTED), postgresql_where=text(REPORTED)),
    Index(None, "first_reported_at", "id", sqlite_where=text(REPORTED), postgresql_where=text(REPORTED)),
    # What may be seen in part: told by several, of whom some may be hidden from the asker.
    Index(None, "last_reported_at", sqlite_where=text("reports > 1"), postgresql_where=text("reports > 1")),
    Index(None, "story_id"),
)

reaction_targets = Table(
    "reaction_targets",
    metadata,
    Column("target", Words, nullable=False),
    Column("first_reported_at", Moment, nullable=False),
    Column("reaction_id", Id, nullable=False),
    PrimaryKeyConstraint("target", "first_reported_at", "reaction_id"),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("item_id", Id, ForeignKey("items.id"), nullable=False),
    Column("reaction_id", Id, ForeignKey("reactions.id"), nullable=False),
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
    Column("feed_id", Id, nullable=False),
    Index(None, "item_id"),
    # None by feed alone: SQLite would use it to look for a reaction once for every feed that the asker sees.
    Index(None, "reaction_id", "feed_id"),
)
