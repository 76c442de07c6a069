"""Upkeep: a copy while work goes on, whether the database is sound, and letting go of old texts."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, and_, delete, or_, select, text, update

from bot.domain.errors import Invalid, StoreCorrupt
from bot.store.database import Database
from bot.store.faults import damaged
from bot.store.matching import Matching
from bot.store.rounds import FORGET_KEY
from bot.store.tables import fingerprints, items, revisions, verdicts

# Items in one transaction: a round waits for it some milliseconds at most.
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What was let go of: the texts of `items`, and whole rows of the others."""

    items: int = 0
    revisions: int = 0
    verdicts: int = 0
    fingerprints: int = 0


class UpkeepStore:
    """What an operator does to the store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    async def backup(self, target: Path) -> None:
        """Copy an SQLite database, as it is at one moment, to a file that must not be there yet; work goes on meanwhile.

        The copy is checked before it gets its name. To restore it, stop the bot, remove the old file with its `-wal` and
        `-shm`, and put the copy in its place. Raises Invalid for PostgreSQL, which has its own tools.
        """
        source = self._database.path
        if source is None:
            raise Invalid(
                f"The database {self._database.place} is PostgreSQL: back it up with `pg_dump --format=custom`, restore it"
                " with `pg_restore`."
            )
        async with self._database.translating():
            await asyncio.to_thread(_copy, source, target)

    async def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the database in SQLite's words, nothing when it is sound; reads all of it.

        PostgreSQL watches over its own pages and keys: there it says whether the server answers.
        """
        try:
            async with self._database.reading() as connection:
                if self._database.path is None:
                    await connection.execute(text("SELECT 1"))
                    return ()
                pages = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
                orphans = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
        except StoreCorrupt as error:
            # Too damaged to be read to its end.
            return (str(error),)
        return (
            *(page for page in pages if page != "ok"),
            *(f"row {row} of {table} points to nothing in {parent}" for table, row, parent, *_ in orphans),
        )

    async def prune(self, *, last_seen_before: datetime) -> Pruned:
        """Let go of the texts of items that no feed has shown since then; return what went.

        Of each item the identity stays (id, guid, link, canonical URL, content hash), with title, times and story: one that
        re-appears is known for what it was. Its earlier wordings, fingerprint and verdicts go. Reactions, reports, stories
        and alerts stay.
        """
        total = Pruned()
        after: tuple[datetime, str] | None = None
        while True:
            async with self._database.alone() as run:
                pruned, after = await run(self._prune_some, last_seen_before, after)
            total = Pruned(
                items=total.items + pruned.items,
                revisions=total.revisions + pruned.revisions,
                verdicts=total.verdicts + pruned.verdicts,
                fingerprints=total.fingerprints + pruned.fingerprints,
            )
            if after is None:
                return total

    def _prune_some(
        self, connection: Connection, before: datetime, after: tuple[datetime, str] | None
    ) -> tuple[Pruned, tuple[datetime, str] | None]:
        """Prune the next batch in the order (published, id); return where it ended, or None when none is left."""
        old = (
            select(items.c.id, items.c.published)
            .where(
                items.c.published < before,
                items.c.last_seen_at < before,
                or_(items.c.summary != "", items.c.content != "", items.c.author.is_not(None)),
            )
            .order_by(items.c.published, items.c.id)
            .limit(_BATCH)
        )
        if after is not None:
            published, name = after
            old = old.where(
                items.c.published >= published,
                or_(items.c.published > published, and_(items.c.published == published, items.c.id > name)),
            )
        found = connection.execute(old).all()
        if not found:
            return Pruned(), None
        ids = {"ids": self._matching.listed(row.id for row in found)}

        def drop(table: Table) -> int:
            return connection.execute(delete(table).where(self._matching.one_of(table.c.item_id, "ids")), ids).rowcount

        self._drop_keys(connection, ids)
        pruned = Pruned(
            items=len(found),
            revisions=drop(revisions),
            verdicts=drop(verdicts),
            fingerprints=drop(fingerprints),
        )
        emptied = update(items).where(self._matching.one_of(items.c.id, "ids"))
        connection.execute(emptied.values(summary="", content="", author=None), ids)
        return pruned, (found[-1].published, found[-1].id)

    def _drop_keys(self, connection: Connection, ids: dict[str, object]) -> None:
        """Take fingerprints out of the index, each key where it stands."""
        wanted = select(fingerprints.c["keys"], fingerprints.c.published, fingerprints.c.item_id).where(
            self._matching.one_of(fingerprints.c.item_id, "ids")
        )
        gone = [
            {"key": key, "published": published, "item_id": item_id}
            for keys, published, item_id in connection.execute(wanted, ids)
            for key in keys
        ]
        if gone:
            connection.execute(FORGET_KEY, gone)


def _copy(source: Path, target: Path) -> None:
    """Copy a live database page by page, check the copy, and only then give it its name."""
    if target.exists():
        raise Invalid(f"{target} is there already; name another file for the backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(unfinished)) as copy:
            # All pages in one read: what is written meanwhile goes to the log and is not waited for.
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            _require_sound(copy, source)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _require_sound(copy: sqlite3.Connection, source: Path) -> None:
    verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise damaged(str(source), verdict)
