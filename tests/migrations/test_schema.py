from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import bot
from bot.domain.errors import SchemaTooNew, Stop
from bot.store import schema
from bot.store.database import Database
from bot.store.store import Store
from bot.store.tables import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(empty_url: str) -> Any:
    opened = Database(empty_url)
    yield opened
    await opened.aclose()


async def _set_revision(database: Database, revision: str) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


async def test_the_tables_are_those_that_the_migrations_make(database: Database) -> None:
    await schema.upgrade(database)
    async with database.reading() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
    assert differences == []


def test_the_head_is_the_newest_migration() -> None:
    versions = sorted(path.name[:4] for path in (schema.migrations_folder() / "versions").glob("[0-9]*.py"))
    assert versions[-1] == schema.HEAD
    assert versions == [f"{number:04}" for number in range(1, len(versions) + 1)]


async def test_an_empty_database_is_brought_to_the_head(database: Database) -> None:
    assert await schema.current_revision(database) == ""
    assert await schema.upgrade(database) == ""
    assert await schema.current_revision(database) == schema.HEAD
    await schema.require_head(database)


async def test_an_upgraded_database_is_left_alone(database: Database) -> None:
    await schema.upgrade(database)
    assert await schema.upgrade(database) == schema.HEAD


async def test_a_database_of_a_later_release_is_refused_and_left_alone(database: Database, empty_url: str) -> None:
    await schema.upgrade(database)
    await _set_revision(database, "9999")
    with pytest.raises(SchemaTooNew, match=r"9999.*later release"):
        await Store.open(empty_url)
    with pytest.raises(SchemaTooNew, match="9999"):
        await Store.open(empty_url, upgrade=False)
    assert await schema.current_revision(database) == "9999"


async def test_without_leave_to_upgrade_an_older_database_is_refused(empty_url: str) -> None:
    with pytest.raises(Stop, match="communique db upgrade"):
        await Store.open(empty_url, upgrade=False)


async def test_an_upgrade_that_fails_leaves_no_trace(database: Database) -> None:
    async with database.writing() as connection:
        # Of the first migration's tables, one of the last.
        await connection.execute(text("CREATE TABLE reports (theirs INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        await schema.upgrade(database)
    async with database.writing() as connection:
        await connection.execute(text("DROP TABLE reports"))
    assert await schema.current_revision(database) == ""
    assert await schema.upgrade(database) == ""


async def test_processes_that_start_at_once_take_turns(empty_url: str) -> None:
    script = (
        "import asyncio, sys; from bot.store.store import Store\n"
        "async def main():\n    await (await Store.open(sys.argv[1])).aclose()\n"
        "asyncio.run(main())"
    )
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, empty_url, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    ends = await asyncio.gather(*(process.communicate() for process in started))
    assert [(process.returncode, told) for process, (_, told) in zip(started, ends, strict=True)] == [(0, b"")] * 4


async def test_a_database_at_the_head_is_opened_without_alembic(sqlite_store_url: str) -> None:
    """It takes a tenth of a second to import, and every command opens the store."""
    script = (
        "import asyncio, sys; from bot.store.store import Store\n"
        "async def main():\n    await (await Store.open(sys.argv[1])).aclose()\n"
        "asyncio.run(main()); sys.exit('alembic' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, sqlite_store_url)
    assert await process.wait() == 0


def test_migrations_are_found_beside_the_package_in_a_checkout() -> None:
    assert (schema.migrations_folder() / "env.py").is_file()


def test_migrations_are_found_inside_the_package_once_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bot" / "migrations").mkdir(parents=True)
    monkeypatch.setattr(bot, "__file__", str(tmp_path / "bot" / "__init__.py"))
    assert schema.migrations_folder() == tmp_path / "bot" / "migrations"
