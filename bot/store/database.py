"""Connections to one database: many may read, one writes at a time, and every failure comes out translated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import ConfigurationInvalid
from bot.store.faults import translated

Result = TypeVar("Result")
Run = Callable[..., Awaitable[Any]]
"""Calls a function of a transaction's connection, with what else is given, and returns what came of it."""

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
# A server that answers nothing for this long counts as away.
STATEMENT_SECONDS = 120.0
# Slash commands, digests and delivery read beside each other and beside a round.
_READERS = 8

# WAL lets readers go on while a round writes. FULL, because in WAL mode NORMAL may forget the last commits when the plug
# is pulled, and a forgotten "posted" is an alert told twice.
_PRAGMAS = (
    f"PRAGMA busy_timeout = {int(LOCK_TIMEOUT_SECONDS * 1000)}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    # Pages that round after round changes are copied into the file once in 64 MB of log, not once in 4.
    "PRAGMA wal_autocheckpoint = 16000",
    "PRAGMA journal_size_limit = 67108864",
    # What does not stay here the system keeps, where it counts towards no process.
    "PRAGMA cache_size = -4096",
)
# A round that a power cut takes back was never acted upon: whatever delivery writes about its alerts is synced, and the log
# is one sequence, so that syncing a later commit syncs it too. Its feed is then asked again.
_ROUND_PRAGMAS = (
    *_PRAGMAS,
    "PRAGMA synchronous = NORMAL",
    # Index pages of a million items are revisited in no order; a larger cache of our own mostly holds the same pages as the
    # system's a second time.
    "PRAGMA cache_size = -10240",
)
# SQLite's planner needs no look at the disk for readers, and a reader that writes is a bug.
_READER_PRAGMAS = (*_PRAGMAS[:1], "PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -8192")

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


class RoundThread:
    """One SQLite connection in one thread, which does what it is given in that order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="communique-round")
        self._ended = False

    @property
    def dialect(self) -> Dialect:
        """Return how SQLAlchemy speaks to it."""
        return self._engine.dialect

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Open a transaction and commit it; whatever is raised or cancelled meanwhile takes it back.

        It begins with the first that is done in it.
        """
        held: list[Connection] = []

        def begun() -> Connection:
            # With the first that is done in it: one way to the thread and back less.
            if not held:
                held.append(self._engine.connect())
                held[0].begin()
            return held[0]

        def end(*, well: bool) -> None:
            while held:
                with closing(held.pop()) as connection:
                    # Closing takes back what was not committed.
                    if well:
                        connection.commit()

        def run(do: Callable[..., Any], /, *given: Any, **named: Any) -> Awaitable[Any]:
            return self._do(lambda: do(begun(), *given, **named))

        well = False
        try:
            yield run
            well = True
        finally:
            # Behind whatever a cancelled round left running there.
            await asyncio.shield(self._do(lambda: end(well=well)))

    async def aclose(self) -> None:
        """Close the connection and end the thread; once more does nothing."""
        if not self._ended:
            self._ended = True
            await self._do(self._engine.dispose)
            self._executor.shutdown()

    def _do(self, call: Callable[[], Result]) -> Awaitable[Result]:
        return asyncio.get_running_loop().run_in_executor(self._executor, call)


class Database:
    """The connections to one database."""

    def __init__(self, spelling: str) -> None:
        self.url = parse_url(spelling)
        self.place = place_of(self.url)
        self.is_sqlite = self.url.drivername.startswith("sqlite")
        self._writer, self._reader = _sqlite_engines(self.url) if self.is_sqlite else _postgres_engines(self.url)
        self._leaser = _sqlite_leases(self.url) if self.is_sqlite else self._writer
        if self.path is not None:
            with suppress(OSError):
                # What cannot be made here is told when the file cannot be opened.
                self.path.parent.mkdir(parents=True, exist_ok=True)
        # A round is some twenty statements. One by one each would cross from the loop to a thread and back four times,
        # which takes longer than SQLite does: there a round is done in a thread of its own.
        self._thread = RoundThread(_sqlite_rounds(self.url)) if self.is_sqlite else None
        # Rounds of one process queue here rather than in the database, where each would hold a connection.
        self._turn = asyncio.Lock()

    @property
    def dialect(self) -> Dialect:
        """Return how SQLAlchemy speaks to the connection of a round."""
        return self._writer.dialect if self._thread is None else self._thread.dialect

    @property
    def path(self) -> Path | None:
        """Return the SQLite file; None for PostgreSQL."""
        return Path(str(self.url.database)) if self.is_sqlite else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads: all its answers are of one moment."""
        async with self.translating(), self._reader.begin() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes, and commit it; on SQLite nobody else writes meanwhile."""
        async with self._writing_by(self._writer) as connection:
            yield connection

    @asynccontextmanager
    async def leasing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that takes or gives leases: like `writing`, but a power cut may take it back."""
        async with self._writing_by(self._leaser) as connection:
            yield connection

    @asynccontextmanager
    async def _writing_by(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with self.translating():
            if not self.is_sqlite:
                async with engine.begin() as connection:
                    yield connection
                return
            async with self._turn, engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def alone(self, *, lock: int = ROUND_LOCK) -> AsyncIterator[Run]:
        """Open a transaction that no other one with this lock overlaps, in whichever process; and commit it.

        What is to be done in it is given to the yielded function, as a function of the connection.
        """
        raised: Exception | None = None
        async with self.translating(lambda error: error is not raised), self._turn:
            opened = self._thread.transaction() if self._thread is not None else self._locked(lock)
            async with opened as run:

                async def translated_run(do: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
                    async with self.translating():
                        return await run(do, *given, **named)

                try:
                    yield translated_run
                except Exception as error:
                    # The caller's own, or translated already: an OSError of its is not the database's.
                    raised = error
                    raise

    @asynccontextmanager
    async def _locked(self, lock: int) -> AsyncIterator[Run]:
        # To build an index of millions takes as long as it takes.
        patient = _postgres_engine(self.url, statement_seconds=None) if lock == SCHEMA_LOCK else None
        try:
            async with (patient or self._writer).begin() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
                yield connection.run_sync
        finally:
            if patient is not None:
                await patient.dispose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._leaser.dispose()
        await self._reader.dispose()
        if self._thread is not None:
            await self._thread.aclose()

    @asynccontextmanager
    async def translating(self, ours: Callable[[Exception], bool] = lambda _: True) -> AsyncIterator[None]:
        """Turn what drivers raise, if it is `ours`, into what callers do next; a bug stays what it is."""
        try:
            yield
        except Exception as error:
            expected = translated(error, self.place) if ours(error) else None
            if expected is None:
                raise
            raise expected from error


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the engine of the one writer and that of the readers."""
    arguments = {"timeout": LOCK_TIMEOUT_SECONDS}
    writer = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=LOCK_TIMEOUT_SECONDS, connect_args=arguments
    )
    # The reader that came last goes first: mostly one is at work, and only its pages are in memory.
    reader = create_async_engine(
        url,
        pool_size=_READERS,
        max_overflow=0,
        pool_use_lifo=True,
        pool_timeout=LOCK_TIMEOUT_SECONDS,
        connect_args=arguments,
    )
    # A deferred transaction that reads and then writes fails at once when another process wrote meanwhile, whatever
    # the busy timeout: a writer says so from the start.
    _prepare_sqlite(writer.sync_engine, "BEGIN IMMEDIATE", _PRAGMAS)
    _prepare_sqlite(reader.sync_engine, "BEGIN", _READER_PRAGMAS)
    return writer, reader


def _sqlite_leases(url: URL) -> AsyncEngine:
    """Return the engine for leases, which do not wait for the disk: whom a power cut ends has no use for them."""
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT_SECONDS,
        connect_args={"timeout": LOCK_TIMEOUT_SECONDS},
    )
    # It sees two columns of two small tables.
    pragmas = (*_ROUND_PRAGMAS, "PRAGMA cache_size = -2048")
    _prepare_sqlite(engine.sync_engine, "BEGIN IMMEDIATE", pragmas)
    return engine


def _sqlite_rounds(url: URL) -> Engine:
    """Return the engine of the thread that does rounds."""
    engine = create_engine(
        url.set(drivername="sqlite"), pool_size=1, max_overflow=0, connect_args={"timeout": LOCK_TIMEOUT_SECONDS}
    )
    _prepare_sqlite(engine, "BEGIN IMMEDIATE", _ROUND_PRAGMAS)
    return engine


def _prepare_sqlite(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        # None: the driver begins no transaction of its own.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
        # SQLite's own lower() knows A to Z alone.
        connection.create_function("folded", 1, _folded, deterministic=True)

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _folded(words: str | None) -> str | None:
    return None if words is None else words.casefold()


def _postgres_engine(url: URL, *, statement_seconds: float | None) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=_READERS,
        max_overflow=4,
        pool_timeout=LOCK_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "timeout": 10,
            "command_timeout": statement_seconds,
            "server_settings": {"application_name": "communique"},
        },
    )


def _postgres_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return one engine twice over: the pre-ping notices a server that went away and came back."""
    engine = _postgres_engine(url, statement_seconds=STATEMENT_SECONDS)
    return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
