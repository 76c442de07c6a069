"""The tables of what servers chose for themselves, and of who changed what there."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from bot.domain.guilds import Act
from bot.domain.places import PlaceNames
from bot.store.columns import Choice, Moment, Words
from bot.store.news_tables import Id, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("guild_id", Id, primary_key=True),
    Column("language", Words),
    Column("place_names", Choice(PlaceNames), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("author", Words, nullable=False),
    Column("act", Choice(Act), nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "guild_id", "at", "id"),
)
