from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Invalid, StoreCorrupt
from bot.domain.triage import Lookups
from bot.store.store import Store


@pytest.fixture
async def sqlite_desk(sqlite_store_url: str, make: Any) -> Any:
    """A desk over a store in an SQLite file, with a feed."""
    store = await Store.open(sqlite_store_url)
    await store.add_feed(make.feed(), make.listing())
    yield store
    await store.aclose()


async def write(store: Store, make: Any, **decided: Any) -> None:
    from bot.domain.triage import Triage

    async with store.round() as round_:
        await round_.record(Triage(**decided), make.NOW)


class TestBackup:
    async def test_a_backup_is_a_database_of_its_own(self, sqlite_desk, make, tmp_path: Path) -> None:
        await write(sqlite_desk, make, items=(make.item("before"),))
        await sqlite_desk.backup(tmp_path / "backups" / "copy.db")
        await write(sqlite_desk, make, items=(make.item("after"),))
        copy = await Store.open(f"sqlite:///{tmp_path}/backups/copy.db", upgrade=False)
        assert [row.item.id async for row in copy.export_items()] == ["before"]
        assert await copy.faults() == ()
        await copy.aclose()

    async def test_it_is_restored_by_putting_it_in_the_place_of_the_file(
        self, sqlite_desk, sqlite_store_url: str, make, tmp_path: Path
    ) -> None:
        await write(sqlite_desk, make, items=(make.item("kept"),))
        await sqlite_desk.backup(tmp_path / "copy.db")
        await write(sqlite_desk, make, items=(make.item("lost"),))
        await sqlite_desk.aclose()
        path = Path(sqlite_store_url.removeprefix("sqlite:///"))
        for each in (path, *path.parent.glob(f"{path.name}-*")):
            each.unlink()
        shutil.copy(tmp_path / "copy.db", path)
        restored = await Store.open(sqlite_store_url)
        assert [row.item.id async for row in restored.export_items()] == ["kept"]
        await write(restored, make, items=(make.item("new"),))
        await restored.aclose()

    async def test_it_is_of_one_moment_while_rounds_go_on(self, sqlite_desk, make, tmp_path: Path) -> None:
        """Each round writes an item and its revision: a copy that is of one moment has as many of one as of the other."""

        async def work() -> None:
            for number in range(60):
                name = f"{number:03}"
                await write(sqlite_desk, make, items=(make.item(name),), revisions=(make.revision(name),))

        working = asyncio.create_task(work())
        for number in range(3):
            await sqlite_desk.backup(tmp_path / f"{number}.db")
        await working
        for number in range(3):
            with sqlite3.connect(tmp_path / f"{number}.db") as copy:
                found = [
                    copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("items", "revisions")
                ]
            copy.close()
            assert found[0] == found[1]

    async def test_a_file_that_is_there_is_left_alone(self, sqlite_desk, tmp_path: Path) -> None:
        (tmp_path / "copy.db").write_text("precious")
        with pytest.raises(Invalid, match="there already"):
            await sqlite_desk.backup(tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "precious"

    async def test_a_backup_that_fails_leaves_no_file(
        self, sqlite_desk, sqlite_store_url, tmp_path: Path, make
    ) -> None:
        await write(sqlite_desk, make, items=tuple(make.item(str(n), content="x" * 3000) for n in range(200)))
        await sqlite_desk.aclose()
        spoil(Path(sqlite_store_url.removeprefix("sqlite:///")))
        with pytest.raises(StoreCorrupt):
            await sqlite_desk.backup(tmp_path / "new" / "copy.db")
        assert list((tmp_path / "new").iterdir()) == []

    async def test_postgresql_is_backed_up_with_its_own_tools(self, postgres_store_url: str, tmp_path: Path) -> None:
        store = await Store.open(postgres_store_url)
        with pytest.raises(Invalid, match="pg_dump"):
            await store.backup(tmp_path / "copy.db")
        await store.aclose()


def spoil(path: Path) -> None:
    """Write nonsense over the middle of a database."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 3))


class TestFaults:
    async def test_a_sound_database_has_none(self, real_desk, make) -> None:
        await real_desk.feed()
        await real_desk.told()
        assert await real_desk.store.faults() == ()

    async def test_damage_is_found(self, sqlite_desk, sqlite_store_url: str, make) -> None:
        await write(sqlite_desk, make, items=tuple(make.item(str(n), content="x" * 3000) for n in range(200)))
        await sqlite_desk.aclose()
        spoil(Path(sqlite_store_url.removeprefix("sqlite:///")))
        spoilt = await Store.open(sqlite_store_url)
        assert await spoilt.faults()
        await spoilt.aclose()


class TestPrune:
    async def test_old_texts_go_and_what_is_known_of_the_item_stays(self, real_desk, make) -> None:
        await real_desk.feed()
        await real_desk.told("reaction", by="old", hours=-100)
        old = make.item(
            "old", published=make.at(hours=-100), last_seen_at=make.at(hours=-90), content="C", summary="S", author="A"
        )
        await real_desk.write(
            items=(old,),
            revisions=(make.revision("old"),),
            verdicts=(make.verdict("old"),),
            fingerprints=(make.fingerprint("old", keys=(1, 2), published=make.at(hours=-100)),),
        )
        pruned = await real_desk.store.prune(last_seen_before=make.at(hours=-50))
        assert (pruned.items, pruned.revisions, pruned.verdicts, pruned.fingerprints) == (1, 1, 1, 1)
        life = await real_desk.store.life_of("old")
        bare = make.item("old", published=make.at(hours=-100), last_seen_at=make.at(hours=-90))
        assert (life.item, life.revisions, life.verdicts) == (bare, (), ())
        assert [report.id for report in life.reports] == ["old/reaction"]

    @pytest.mark.parametrize(
        "asked",
        [
            {"guids": frozenset({"guid of old"})},
            {"urls": frozenset({"https://example.org/old"})},
            {"content_hashes": frozenset({"hash of old"})},
        ],
        ids=str,
    )
    async def test_a_pruned_item_that_comes_again_is_known(self, real_desk, make, asked) -> None:
        await real_desk.feed()
        await real_desk.write(
            items=(make.item("old", content="C", published=make.at(days=-9), last_seen_at=make.at(days=-9)),),
            fingerprints=(make.fingerprint("old"),),
        )
        await real_desk.store.prune(last_seen_before=make.NOW)
        async with real_desk.store.round() as round_:
            known = await round_.recall(Lookups(feed_id="feed", keys=((1,),), **asked))
        assert [item.content_hash for item in known.items] == ["hash of old"]
        assert known.fingerprints == ()

    async def test_what_a_feed_still_shows_is_kept(self, real_desk, make) -> None:
        await real_desk.feed()
        shown = make.item("shown", content="C", published=make.at(days=-30))
        await real_desk.write(items=(shown,))
        assert (await real_desk.store.prune(last_seen_before=make.at(days=-1))).items == 0
        assert await real_desk.store.find_item("shown") == shown

    async def test_what_is_pruned_is_pruned_once_however_many_there_are(self, real_desk, make) -> None:
        await real_desk.feed()
        old = {"published": make.at(days=-9), "last_seen_at": make.at(days=-9), "summary": "S"}
        await real_desk.write(items=tuple(make.item(str(n), **old) for n in range(1201)))
        assert (await real_desk.store.prune(last_seen_before=make.NOW)).items == 1201
        assert (await real_desk.store.prune(last_seen_before=make.NOW)).items == 0
