"""The tables of what moderators decided: about coded records, and about the story of an item."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table

from bot.domain.amendments import Decision
from bot.domain.reactions import ReactionType, Record
from bot.store.columns import Choice, Listed, Moment, Nested, Words
from bot.store.news_tables import Id, metadata

amendments = Table(
    "amendments",
    metadata,
    Column("id", Id, primary_key=True),
    # The item need not be there: what was decided elsewhere waits for it.
    Column("item_id", Id, nullable=False),
    Column("coded", Nested(Record), nullable=False),
    Column("decision", Choice(Decision), nullable=False),
    Column("actor", Words, nullable=False),
    Column("type", Choice(ReactionType), nullable=False),
    Column("targets", Listed, nullable=False),
    Column("reaction_id", Id, nullable=False),
    Column("guild_id", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "item_id"),
    Index(None, "reaction_id"),
    Index(None, "at", "id"),
)

placements = Table(
    "placements",
    metadata,
    # Neither the item nor the story need be there, as above.
    Column("item_id", Id, primary_key=True),
    Column("story_id", Id, nullable=False),
    Column("title", Words, nullable=False),
    Column("apart", Boolean, nullable=False),
    Column("guild_id", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "at", "item_id"),
)
