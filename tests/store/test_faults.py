"""What goes wrong with a database, as it really goes wrong: the state is clear, and work goes on by itself where it can."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.domain.errors import ConfigurationInvalid, Stop, StoreCorrupt, StoreUnavailable
from bot.domain.triage import Triage
from bot.store import database as database_module
from bot.store.faults import translated
from bot.store.store import Store

SECRET = "hunter2"


async def write(store: Store, make: Any, *names: str, content: str = "") -> None:
    async with store.round() as round_:
        await round_.record(Triage(items=tuple(make.item(name, content=content) for name in names)), make.NOW)


async def ids(store: Store) -> set[str]:
    return {row.item.id async for row in store.export_items()}


class TestFullDisk:
    async def test_a_round_that_does_not_fit_is_taken_back_and_the_next_one_fits(
        self, sqlite_store_url: str, make: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """SQLite's own limit on the number of pages gives the error that a full disk gives."""
        limited = (*database_module._ROUND_PRAGMAS, "PRAGMA max_page_count = 100")
        monkeypatch.setattr(database_module, "_ROUND_PRAGMAS", limited)
        store = await Store.open(sqlite_store_url)
        await store.add_feed(make.feed(), make.listing())
        with pytest.raises(StoreUnavailable, match="disk is full; free some space"):
            await write(store, make, "large", content="x" * 1_000_000)
        await write(store, make, "small")
        assert await ids(store) == {"small"}
        assert await store.faults() == ()
        await store.aclose()

    async def test_a_file_that_may_not_grow_is_waited_for(self, tmp_path: Path) -> None:
        """In a process of its own, whose files may not grow; then they may, and the same store goes on."""
        script = """
import asyncio, resource, signal, sys
from bot.domain.errors import StoreUnavailable
from bot.domain.feeds import Feed, Listing
from bot.store.store import Store
from datetime import UTC, datetime

NOW = datetime(2023, 9, 19, tzinfo=UTC)

async def add(store, number):
    feed = Feed(id=str(number), url="https://x.example/" + "y" * 4000, added_at=NOW, next_poll_at=NOW)
    await store.add_feed(feed, Listing(feed_id=feed.id, added_by="x", added_at=NOW))

async def main():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = await Store.open(sys.argv[1])
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    added = 0
    try:
        while True:
            await add(store, added)
            added += 1
    except StoreUnavailable as error:
        print(error)
    assert len(await store.feeds()) == added > 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    await add(store, added)
    assert len(await store.feeds()) == added + 1
    assert await store.faults() == ()
    await store.aclose()

asyncio.run(main())
"""
        ran = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, f"sqlite:///{tmp_path}/x.db", stdout=asyncio.subprocess.PIPE
        )
        told, _ = await ran.communicate()
        assert ran.returncode == 0
        assert b"work goes on by itself" in told


class TestCorruption:
    async def test_a_file_that_is_no_database_stops_the_start(self, tmp_path: Path) -> None:
        (tmp_path / "notes.db").write_text("These are my notes of the week. " * 300)
        with pytest.raises(StoreCorrupt, match=r"notes\.db is damaged or is no SQLite file.*backup"):
            await Store.open(f"sqlite:///{tmp_path}/notes.db")
        assert (tmp_path / "notes.db").read_text().startswith("These are my notes")

    async def test_damage_that_is_met_stops_the_work(self, sqlite_store_url: str, make: Any) -> None:
        store = await Store.open(sqlite_store_url)
        await store.add_feed(make.feed(), make.listing())
        await write(store, make, *map(str, range(300)), content="x" * 2000)
        await store.aclose()
        _spoil(Path(sqlite_store_url.removeprefix("sqlite:///")))
        spoilt = await Store.open(sqlite_store_url)
        with pytest.raises(StoreCorrupt, match="put the latest backup in its place"):
            await ids(spoilt)
        await spoilt.aclose()


def _spoil(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 2))


class TestPlaces:
    async def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(StoreUnavailable, match=r"file/x\.db.*cannot be opened.*folder"):
            await Store.open(f"sqlite:///{tmp_path}/file/x.db")

    def test_a_file_that_may_not_be_written_is_named(self, tmp_path: Path) -> None:
        """The error is SQLite's own, of a connection that may only read: root may write everywhere."""
        sqlite3.connect(tmp_path / "x.db").close()
        reader = sqlite3.connect(f"file:{tmp_path}/x.db?mode=ro", uri=True)
        with pytest.raises(sqlite3.OperationalError) as raised:
            reader.execute("CREATE TABLE t (x)")
        reader.close()
        error = translated(raised.value, "x.db")
        assert isinstance(error, StoreUnavailable)
        assert "write permission on the file and its folder" in str(error)

    async def test_a_server_that_is_not_there_is_waited_for(self, unused_tcp_port: int) -> None:
        with pytest.raises(StoreUnavailable, match=f"news on 127.0.0.1:{unused_tcp_port}.*cannot be reached") as raised:
            await Store.open(f"postgresql://me:{SECRET}@127.0.0.1:{unused_tcp_port}/news")
        assert SECRET not in str(raised.value)

    async def test_a_database_that_the_server_does_not_have_stops_the_start(self, postgres_server: Any) -> None:
        with pytest.raises(ConfigurationInvalid, match="no database of that name"):
            await Store.open(postgres_server.get_uri("nobody_made_this"))


class TestLostConnection:
    async def test_a_round_whose_connection_is_cut_is_taken_back_and_the_next_one_goes_through(
        self, postgres_store_url: str, make: Any
    ) -> None:
        store = await Store.open(postgres_store_url)
        await store.add_feed(make.feed(), make.listing())

        async def cut_off() -> None:
            async with store.round() as round_:
                await round_.record(Triage(items=(make.item("lost"),)), make.NOW)
                await _cut_all(postgres_store_url)
                await round_.record(Triage(items=(make.item("lost too"),)), make.NOW)

        with pytest.raises(StoreUnavailable, match="work goes on by itself"):
            await cut_off()
        await write(store, make, "kept")
        assert await ids(store) == {"kept"}
        await store.aclose()

    async def test_idle_connections_that_were_cut_are_not_noticed(self, postgres_store_url: str, make: Any) -> None:
        store = await Store.open(postgres_store_url)
        await store.add_feed(make.feed(), make.listing())
        await _cut_all(postgres_store_url)
        assert len(await store.feeds()) == 1
        await write(store, make, "kept")
        await store.aclose()


async def _cut_all(url: str) -> None:
    """End every other connection to this database, as a server does that goes down."""
    connection = await asyncpg.connect(url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()


class TestTranslation:
    @pytest.mark.parametrize(
        ("raised", "becomes"),
        [
            (asyncpg.DiskFullError("could not extend file"), StoreUnavailable),
            (asyncpg.AdminShutdownError("terminating connection"), StoreUnavailable),
            (asyncpg.CannotConnectNowError("starting up"), StoreUnavailable),
            (asyncpg.TooManyConnectionsError("sorry"), StoreUnavailable),
            (asyncpg.DeadlockDetectedError("deadlock"), StoreUnavailable),
            (asyncpg.SerializationError("could not serialize"), StoreUnavailable),
            (asyncpg.ReadOnlySQLTransactionError("standby"), StoreUnavailable),
            (asyncpg.InvalidPasswordError("no"), ConfigurationInvalid),
            (asyncpg.InsufficientPrivilegeError("no"), ConfigurationInvalid),
            (asyncpg.DataCorruptedError("invalid page"), StoreCorrupt),
            (asyncpg.ConnectionDoesNotExistError("closed in the middle"), StoreUnavailable),
            (ConnectionResetError(104, "Connection reset by peer"), StoreUnavailable),
            (TimeoutError(), StoreUnavailable),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
    )
    def test_what_may_pass_is_waited_for_and_what_will_not_stops(self, raised: Exception, becomes: type) -> None:
        error = translated(raised, "news on db.example")
        assert type(error) is becomes
        assert isinstance(error, StoreUnavailable | Stop)
        assert "news on db.example" in str(error)

    @pytest.mark.parametrize("cut", [ConnectionResetError(104, "reset by peer"), BrokenPipeError(32, "Broken pipe")])
    def test_a_connection_cut_by_the_server_is_not_blamed_on_the_address(self, cut: Exception) -> None:
        told = str(translated(cut, "news on db.example"))
        assert "the connection was lost; work goes on by itself" in told
        assert "database.url" not in told

    @pytest.mark.parametrize(
        "bug",
        [
            asyncpg.UniqueViolationError("duplicate key"),
            asyncpg.UndefinedColumnError("no such column"),
            sqlite3.IntegrityError("UNIQUE constraint failed"),
            ValueError("a bug"),
            KeyError("a bug"),
        ],
        ids=lambda bug: type(bug).__name__,
    )
    def test_a_bug_is_not_translated(self, bug: Exception) -> None:
        assert translated(bug, "anywhere") is None


async def test_an_error_of_the_network_inside_a_round_is_not_the_databases(real_store: Any) -> None:
    async def visit_a_page() -> None:
        async with real_store.round():
            raise ConnectionResetError(104, "the page's server hung up")

    with pytest.raises(ConnectionResetError):
        await visit_a_page()


async def test_a_process_that_is_killed_leaves_whole_rounds(tmp_path: Path) -> None:
    """Each round writes ten items: whatever moment it is killed at, the number in the file is a multiple of ten."""
    script = """
import asyncio, sys
from datetime import UTC, datetime
from bot.domain.feeds import Feed, Listing
from bot.domain.items import Item
from bot.domain.triage import Triage
from bot.store.store import Store

NOW = datetime(2023, 9, 19, tzinfo=UTC)

def item(name):
    return Item(id=name, feed_id="feed", content_hash=name, title="t", content="x" * 500, outlet="o", published=NOW,
                first_seen_at=NOW, last_seen_at=NOW)

async def main():
    store = await Store.open(sys.argv[1])
    feed = Feed(id="feed", url="https://x.example", added_at=NOW, next_poll_at=NOW)
    await store.add_feed(feed, Listing(feed_id="feed", added_by="x", added_at=NOW))
    done = (await store.tally(NOW)).items
    while True:
        async with store.round() as round_:
            await round_.record(Triage(items=tuple(item(f"{done + n}") for n in range(10))), NOW)
        done += 10
        print(done, flush=True)

asyncio.run(main())
"""
    url, acknowledged = f"sqlite:///{tmp_path}/x.db", 0
    for pause in (0.0, 0.003, 0.02, 0.05):
        worker = await asyncio.create_subprocess_exec(sys.executable, "-c", script, url, stdout=asyncio.subprocess.PIPE)
        assert worker.stdout
        acknowledged = int(await worker.stdout.readline())
        await asyncio.sleep(pause)
        worker.kill()
        acknowledged = max([acknowledged, *map(int, (await worker.stdout.read()).split()[:-1])])
        await worker.wait()
        store = await Store.open(url)
        found = len(await ids(store))
        assert found % 10 == 0
        assert found >= acknowledged
        assert await store.faults() == ()
        await store.aclose()
