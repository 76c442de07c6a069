"""The tables of who is owed what: subscriptions, alerts, digests, and who is posting where."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    literal_column,
    text,
)

from bot.domain.alerts import AlertStatus
from bot.domain.reactions import ReactionType
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule, SubscriptionStatus
from bot.store.columns import Choice, Chosen, Listed, Moment, Nested, Words
from bot.store.news_tables import Id, metadata

_WAITING = "status IN ('owed', 'sending', 'uncertain')"

alerts = Table(
    "alerts",
    metadata,
    # Rounds write one after another, so the order of insertion is the order in which things were owed.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Id, nullable=False),
    Column("subscription_id", Id, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("item_id", Id, nullable=False),
    Column("story_id", Id, nullable=False),
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
    Column("reaction_id", Id, nullable=False),
    Column("alert_id", Id, nullable=False),
    PrimaryKeyConstraint("reaction_id", "alert_id"),
    sqlite_with_rowid=False,
)

digests = Table(
    "digests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subscription_id", Id, nullable=False),
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
    Column("id", Id, primary_key=True),
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
    Column("item_id", Id, nullable=False),
    Column("subscription_id", Id, nullable=False),
    Column("reaction_id", Id, nullable=False),
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
