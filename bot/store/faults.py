"""What SQLAlchemy, SQLite and asyncpg raise, told once as what the caller does next; a bug stays what it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import CommuniqueError, ConfigurationInvalid, StoreCorrupt, StoreUnavailable

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the low byte of an extended one.
_SQLITE_WAIT = {
    sqlite3.SQLITE_BUSY: "another process has locked it for too long; stop that process, or wait",
    sqlite3.SQLITE_LOCKED: "another process has locked it for too long; stop that process, or wait",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and work goes on by itself",
    sqlite3.SQLITE_READONLY: "it may not be written; give this user write permission on the file and its folder",
    sqlite3.SQLITE_PERM: "access was refused; give this user write permission on the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that its folder exists and may be written by this user",
    sqlite3.SQLITE_IOERR: "the disk did not answer or is full; free some space or check it, and work goes on by itself",
    sqlite3.SQLITE_NOMEM: "memory ran out; free some, and work goes on by itself",
    sqlite3.SQLITE_PROTOCOL: "its locks are in disorder; is the file on a network drive? Use a local disk or PostgreSQL",
}
_SQLITE_CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

# SQLSTATE classes and codes (PostgreSQL manual, appendix A) by their beginning; the longest one that fits counts.
_POSTGRES_WAIT = {
    "08": "the connection was lost; work goes on by itself once the server answers",
    "25006": "it takes no writes just now (a standby, or read-only); work goes on once it does",
    "40": "another transaction was in the way; it is tried again",
    "53": "the server is short of something; look at its log",
    "53100": "its disk is full; free some space on the server and work goes on by itself",
    "53200": "the server ran out of memory; work goes on by itself once it has some",
    "53300": "the server has no connection left; raise max_connections or stop other clients",
    "55P03": "a lock was held for too long; it is tried again",
    "57": "the server is stopping or starting; work goes on by itself once it answers",
    "58": "the server has trouble with its disk; look at its log",
}
_POSTGRES_STOP = {
    "28": "the server refuses this user or password; correct database.url",
    "3D000": "the server has no database of that name; create it, or correct database.url",
    "42501": "this user lacks a permission; grant it all on the database's schema",
}
_POSTGRES_CORRUPT = "XX00"


def translated(error: BaseException, where: str) -> CommuniqueError | None:
    """Return what the error means to a caller, or None when it is a bug. `where` names the database, with no password."""
    for cause in _causes(error):
        if isinstance(cause, sqlite3.Error):
            return _of_sqlite(cause, where)
        # Told by its name: only who speaks to PostgreSQL has that library in memory.
        if type(cause).__module__.startswith("asyncpg.") and (known := _of_asyncpg(cause, where)):
            return known
        if isinstance(cause, PoolTimeout):
            return StoreUnavailable(f"The database {where}: all connections are in use; it is tried again.")
        # A connection that stood and was cut tells nothing against the address: only a refused one does.
        if isinstance(cause, ConnectionResetError | ConnectionAbortedError | BrokenPipeError):
            return StoreUnavailable(f"The database {where}: {_POSTGRES_WAIT['08']} ({_system_words(cause)}).")
        if isinstance(cause, OSError):
            return StoreUnavailable(
                f"The database {where} cannot be reached ({_system_words(cause)}); check that it runs and that database.url"
                " is right. Work goes on by itself once it answers."
            )
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return StoreUnavailable(f"The database {where}: {_POSTGRES_WAIT['08']}.")
    return None


def damaged(where: str, verdict: object) -> StoreCorrupt:
    """Return the error that an SQLite file is no good, with what to do."""
    return StoreCorrupt(
        f"The database {where} is damaged or is no SQLite file ({verdict}). Stop the bot, move the file aside with its"
        " -wal and -shm, and put the latest backup in its place; `communique db check` tells whether a file is sound."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what the error wraps, innermost first: SQLAlchemy's adapters wrap the drivers' own twice."""
    inner = error.orig if isinstance(error, DBAPIError) else None
    for each in (inner, error.__cause__):
        if each is not None and each is not error:
            yield from _causes(each)
    yield error


def _of_sqlite(error: sqlite3.Error, where: str) -> CommuniqueError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_CORRUPT:
        return damaged(where, error)
    advice = _SQLITE_WAIT.get(code)
    return None if advice is None else StoreUnavailable(f"The database {where}: {advice} ({error}).")


def _of_asyncpg(error: BaseException, where: str) -> CommuniqueError | None:
    state = getattr(error, "sqlstate", None) or ""
    if not state and type(error).__name__ == "InterfaceError" and "connection" in str(error):
        return StoreUnavailable(f"The database {where}: {_POSTGRES_WAIT['08']}.")
    if state.startswith(_POSTGRES_CORRUPT) and state != "XX000":
        return StoreCorrupt(f"The database {where} is damaged ({error}). Stop the bot and restore the latest backup.")
    for length in (5, 2):
        if advice := _POSTGRES_STOP.get(state[:length]):
            return ConfigurationInvalid(f"The database {where}: {advice}.")
        if advice := _POSTGRES_WAIT.get(state[:length]):
            return StoreUnavailable(f"The database {where}: {advice} (SQLSTATE {state}).")
    return None


def _system_words(error: OSError) -> str:
    return error.strerror or type(error).__name__
