from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.errors import ConfigurationInvalid, StoreUnavailable
from bot.domain.triage import Lookups
from bot.store import database as database_module
from bot.store.database import Database, parse_url, place_of
from bot.store.store import Store

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("spelling", "driver"),
    [
        ("sqlite:///var/x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////var/x.db", "sqlite+aiosqlite"),
        ("postgresql://me@host/db", "postgresql+asyncpg"),
        ("postgresql+asyncpg://me@host/db", "postgresql+asyncpg"),
        ("postgres://me@host/db", "postgresql+asyncpg"),
    ],
)
def test_every_usual_spelling_names_its_driver(spelling: str, driver: str) -> None:
    assert parse_url(spelling).drivername == driver


@pytest.mark.parametrize(
    "spelling",
    [
        "",
        "/var/lib/x.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory",
        "sqlite+pysqlcipher:///x.db",
        f"mysql://me:{SECRET}@host/db",
        f"postgresql+psycopg2://me:{SECRET}@host/db",
        f"postgresql//me:{SECRET}@host/db",
        f"postgresql://me:{SECRET}@host:port/db",
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_its_password(spelling: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=r"database\.url") as refused:
        parse_url(spelling)
    assert SECRET not in str(refused.value)


def test_a_place_holds_neither_user_nor_password() -> None:
    place = place_of(parse_url(f"postgresql://me:{SECRET}@db.example:5433/news"))
    assert place == "news on db.example:5433"


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/a/b/communique.db")
    await store.aclose()
    assert (tmp_path / "a" / "b" / "communique.db").is_file()


async def test_sqlite_writes_ahead_fully_synced_with_keys_enforced(sqlite_url: str) -> None:
    """FULL: what was committed is there after a power cut, so that nothing posted is posted again."""
    database = Database(sqlite_url)
    async with database.writing() as connection:
        found = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.aclose()
    assert found == ["wal", 2, 1]


async def test_a_round_is_synced_with_what_delivery_writes_after_it(sqlite_url: str) -> None:
    """NORMAL: a round that a power cut takes back was not acted upon, for delivery's next commit syncs the whole log."""
    database = Database(sqlite_url)
    async with database.alone() as run:
        found = [
            await run(lambda connection, name=name: connection.execute(text(f"PRAGMA {name}")).scalar())
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.aclose()
    assert found == ["wal", 1, 1]


async def test_a_reader_cannot_write(real_store: Any, store_url: str) -> None:
    database = Database(store_url)
    async with database.reading() as connection:
        with pytest.raises(Exception, match=r"readonly|read-only"):
            await connection.execute(text("DELETE FROM items"))
    await database.aclose()


async def test_a_read_sees_one_moment(real_desk: Any, store_url: str, make: Any) -> None:
    await real_desk.feed()
    database = Database(store_url)
    async with database.reading() as connection:
        before = (await connection.execute(text("SELECT count(*) FROM items"))).scalar()
        await real_desk.write(items=(make.item(),))
        assert (await connection.execute(text("SELECT count(*) FROM items"))).scalar() == before == 0
    await database.aclose()


async def test_a_round_that_another_process_holds_is_waited_for(store_url: str, make: Any) -> None:
    """Two stores on one database are to each other as two processes are."""
    ours, theirs = await Store.open(store_url), await Store.open(store_url)
    order = []

    async def first() -> None:
        async with ours.round() as round_:
            await round_.recall(Lookups(feed_id="feed"))
            order.append("first in")
            await asyncio.sleep(0.2)
            order.append("first out")

    async def second() -> None:
        await asyncio.sleep(0.05)
        async with theirs.round() as round_:
            await round_.recall(Lookups(feed_id="feed"))
            order.append("second in")

    await asyncio.gather(first(), second())
    await ours.aclose()
    await theirs.aclose()
    assert order == ["first in", "first out", "second in"]


async def test_a_lock_that_is_held_too_long_is_passing_trouble(
    sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    monkeypatch.setattr(database_module, "_PRAGMAS", ("PRAGMA busy_timeout = 50", *database_module._PRAGMAS[1:]))
    store = await Store.open(sqlite_store_url)
    path = sqlite_store_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="another process has locked it"):
        await store.add_subscription(make.subscription())
    other.execute("ROLLBACK")
    other.close()
    await store.add_subscription(make.subscription())
    assert await store.subscriptions() == (make.subscription(),)
    await store.aclose()


async def test_a_bug_stays_a_bug(real_store: Any, make: Any) -> None:
    await real_store.add_subscription(make.subscription())
    with pytest.raises(Exception, match=r"(?i)unique") as raised:
        await real_store.add_subscription(make.subscription())
    assert not isinstance(raised.value, StoreUnavailable)
