"""Connections to one database: many may read, one writes at a time, and every failure comes out translated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import ConfigurationInvalid
from bot.store.faults import translated

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_SPELLINGS = "sqlite:///path/to/file.db or postgresql://user:password@host/database"

# A lock is waited for this long before the database counts as unavailable.
LOCK_TIMEOUT_SECONDS = 20.0
# Slash commands, digests and delivery read beside each other and beside a round.
_READERS = 8

# WAL lets readers go on while a round writes. FULL, because in WAL mode NORMAL may forget the last commits when the plug
# is pulled, and a forgotten "posted" is an alert told twice; it costs one fsync a round.
_PRAGMAS = (
    f"PRAGMA busy_timeout = {int(LOCK_TIMEOUT_SECONDS * 1000)}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    # Index pages of a million items are revisited in no order: 64 MB of them stay in memory.
    "PRAGMA cache_size = -65536",
)
# SQLite's planner needs no look at the disk for readers, and a reader that writes is a bug.
_READER_PRAGMAS = (*_PRAGMAS[:1], "PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16384")

# The one number under which every process of this program takes turns to write rounds ("NK" and the year).
ROUND_LOCK = 0x4E4B_2023
SCHEMA_LOCK = 0x4E4B_2024


def parse_url(spelling: str) -> URL:
    """Return the database's URL with its driver. Raises ConfigurationInvalid; the text never repeats the URL."""
    try:
        url = make_url(spelling)
    except (ArgumentError, ValueError):
        # The spelling may hold a password: it is not repeated, nor is the error that quotes it.
        raise ConfigurationInvalid(f"database.url is no database address; write {_SPELLINGS}.") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise ConfigurationInvalid(
            f"database.url names “{url.drivername}”, which is not supported; write {_SPELLINGS}."
        )
    if driver.startswith("sqlite") and url.database in {None, "", ":memory:"}:
        raise ConfigurationInvalid(
            "database.url names a database in memory, which would forget all alerts at every restart; name a file:"
            " sqlite:///path/to/file.db."
        )
    if driver.startswith("sqlite") and (url.database or "").startswith("file:"):
        raise ConfigurationInvalid(
            "database.url: write sqlite:///path/to/file.db; SQLite's own file: URIs are not read."
        )
    return url.set(drivername=driver)


def place_of(url: URL) -> str:
    """Return where the database is, in words for a text that anybody may read: no user, no password."""
    if url.drivername.startswith("sqlite"):
        return str(url.database)
    return f"{url.database or ''} on {url.host or 'this machine'}" + (f":{url.port}" if url.port else "")


class Database:
    """The connections to one database."""

    def __init__(self, spelling: str) -> None:
        self.url = parse_url(spelling)
        self.place = place_of(self.url)
        self.is_sqlite = self.url.drivername.startswith("sqlite")
        self._writer, self._reader = _sqlite_engines(self.url) if self.is_sqlite else _postgres_engines(self.url)
        if self.path is not None:
            with suppress(OSError):
                # What cannot be made here is told when the file cannot be opened.
                self.path.parent.mkdir(parents=True, exist_ok=True)
        # Rounds of one process queue here rather than in the database, where each would hold a connection.
        self._turn = asyncio.Lock()

    @property
    def path(self) -> Path | None:
        """Return the SQLite file; None for PostgreSQL."""
        return Path(str(self.url.database)) if self.is_sqlite else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads: all its answers are of one moment."""
        async with self._translating(), self._reader.begin() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes, and commit it; on SQLite nobody else writes meanwhile."""
        async with self._translating():
            if not self.is_sqlite:
                async with self._writer.begin() as connection:
                    yield connection
                return
            async with self._turn, self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def alone(self, *, lock: int = ROUND_LOCK) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that no other one with this lock overlaps, in whichever process; and commit it."""
        async with self._translating(), self._turn, self._writer.begin() as connection:
            if not self.is_sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
            yield connection

    async def aclose(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def _translating(self) -> AsyncIterator[None]:
        try:
            yield
        except Exception as error:
            expected = translated(error, self.place)
            if expected is None:
                raise
            raise expected from error


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the engine of the one writer and that of the readers."""
    arguments = {"timeout": LOCK_TIMEOUT_SECONDS}
    writer = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=LOCK_TIMEOUT_SECONDS, connect_args=arguments
    )
    reader = create_async_engine(
        url, pool_size=_READERS, max_overflow=0, pool_timeout=LOCK_TIMEOUT_SECONDS, connect_args=arguments
    )
    # A deferred transaction that reads and then writes fails at once when another process wrote meanwhile, whatever
    # the busy timeout: a writer says so from the start.
    for engine, begin, pragmas in ((writer, "BEGIN IMMEDIATE", _PRAGMAS), (reader, "BEGIN", _READER_PRAGMAS)):
        _prepare_sqlite(engine, begin, pragmas)
    return writer, reader


def _prepare_sqlite(engine: AsyncEngine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        # None: the driver begins no transaction of its own.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
        # SQLite's own lower() knows A to Z alone.
        connection.create_function("folded", 1, _folded, deterministic=True)

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _folded(words: str | None) -> str | None:
    return None if words is None else words.casefold()


def _postgres_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return one engine twice over: the pre-ping notices a server that went away and came back."""
    engine = create_async_engine(
        url,
        pool_size=_READERS,
        max_overflow=4,
        pool_timeout=LOCK_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        connect_args={"timeout": 10, "command_timeout": 120, "server_settings": {"application_name": "communique"}},
    )
    return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
