"""Statements straight to the driver: what SQLAlchemy does around one takes longer than most that a round asks take."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

Row = tuple[Any, ...]


def ask(connection: Connection, sql: str, parameters: Row) -> list[Row]:
    """Return the rows that a SELECT finds, as the driver has them."""
    if (driver := _driver(connection)) is not None:
        return driver.execute(sql, parameters).fetchall()
    with connection.exec_driver_sql(sql, parameters) as result:
        # What SQLAlchemy would make of each row is thrown away here.
        return [tuple(row) for row in result.cursor.fetchall()]


def write(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    """Run a statement for each of the rows."""
    if (driver := _driver(connection)) is not None:
        driver.executemany(sql, rows)
    else:
        connection.exec_driver_sql(sql, list(rows))


def standing(connection: Connection) -> object:
    """Return what differs once anybody else has committed, or this connection written; None where nothing tells."""
    if (driver := _driver(connection)) is None:
        return None
    return driver, driver.execute("PRAGMA data_version").fetchone(), driver.total_changes


def _driver(connection: Connection) -> sqlite3.Connection | None:
    """Return SQLite's own connection; None where another lies behind it, which SQLAlchemy mends when it breaks."""
    driver: object = connection.connection.dbapi_connection
    return driver if isinstance(driver, sqlite3.Connection) else None
