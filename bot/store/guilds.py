"""What servers chose for themselves, and their logs (ports.Guilds)."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.domain.guilds import Change, Preferences
from bot.store.database import Database
from bot.store.rows import columns_of, inserting, rows_of, upserting, value_of, values_of
from bot.store.tables import changes, preferences


class GuildStore:
    """What commands need of the store about servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def preferences(self, guild_id: str) -> Preferences:
        """Return what a server has chosen; the defaults where it has chosen nothing."""
        wanted = select(*columns_of(Preferences)).where(preferences.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).first()
        return Preferences(guild_id=guild_id) if row is None else value_of(row, Preferences)

    async def save_preferences(self, chosen: Preferences) -> None:
        """Insert or replace what a server has chosen."""
        write = upserting(Preferences, sqlite_=self._database.is_sqlite)
        async with self._database.writing() as connection:
            await connection.execute(write, rows_of([chosen], Preferences))

    async def add_change(self, change: Change) -> None:
        """Insert a line of a server's log, unless it is there."""
        write = inserting(changes, sqlite_=self._database.is_sqlite).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            await connection.execute(write, rows_of([change], Change))

    async def changes(self, guild_id: str, *, limit: int, offset: int = 0) -> tuple[Change, ...]:
        """Return the lines of a server's log, the latest first."""
        wanted = (
            select(*columns_of(Change))
            .where(changes.c.guild_id == guild_id)
            .order_by(changes.c.at.desc(), changes.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._database.reading() as connection:
            return values_of((await connection.execute(wanted)).all(), Change)

    async def count_changes(self, guild_id: str) -> int:
        """Return how many lines a server's log has."""
        wanted = select(func.count()).select_from(changes).where(changes.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            return (await connection.execute(wanted)).scalar_one()
