"""Every earlier revision, with data in it, is brought to this release's; nothing that was in it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, insert, select

from bot.store import schema
from bot.store.database import Database
from bot.store.store import Store

Told = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]
"""Table → the names of its columns, and its rows."""

EARLIER = [f"{number:04}" for number in range(1, int(schema.HEAD))]


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


def _fill(connection: Connection) -> Told:
    """Put two rows into every table as that revision has it; return all rows."""
    found = MetaData()
    found.reflect(connection)
    told = {}
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            for number in (1, 2):
                connection.execute(
                    insert(table).values({column.name: _anything(column, number) for column in table.columns})
                )
            names = tuple(sorted(table.c.keys()))
            told[table.name] = (names, _rows(connection, table, names))
    return told


def _anything(column: Column[Any], number: int) -> Any:
    """Return a value for a column; equal names get equal values, so that keys find their rows."""
    kind = column.type.python_type
    if kind is str:
        row_of = {
            "feed_id": "feeds id",
            "item_id": "items id",
            "reaction_id": "reactions id",
            "id": f"{column.table.name} id",
        }
        return f"{row_of.get(column.name, column.name)} {number}"
    return {int: number, bool: True, float: 0.5, bytes: b"I\x01\x00\x00\x00"}.get(kind) or schema_moment(number)


def schema_moment(number: int) -> Any:
    from datetime import UTC, datetime

    return datetime(2023, 9, 19, number, tzinfo=UTC)


def _rows(connection: Connection, table: Table, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(*(table.c[name] for name in names))))


@pytest.mark.parametrize("revision", EARLIER)
async def test_an_earlier_database_is_upgraded_with_its_data(revision: str, empty_url: str) -> None:
    database = Database(empty_url)
    await schema.upgrade(database, to=revision)
    async with database.writing() as connection:
        before = await connection.run_sync(_fill)
    assert await schema.upgrade(database) == revision
    assert await schema.current_revision(database) == schema.HEAD

    def after(connection: Connection) -> Told:
        found = MetaData()
        found.reflect(connection)
        return {name: (names, _rows(connection, found.tables[name], names)) for name, (names, _) in before.items()}

    async with database.reading() as connection:
        assert await connection.run_sync(after) == before
    await database.aclose()
    store = await Store.open(empty_url, upgrade=False)
    assert await store.faults() == ()
    await store.aclose()
