"""The store with a million items and two million reactions: finding candidates, and storing.

    python benchmarks/store_million.py [--url URL] [--items 10000 100000 1000000]

The archive is generated inside the database, in proportions like those of a busy year and a half: each item has a
fingerprint of 16 keys (8 of its own, 4 terms, 2 acts, 2 events), two reactions and two reports; 900 items a day.
Then rounds of one new item are timed, published at any time of the last 300 days that the archive covers. Of several
sizes, a table at the end shows how the costs grow. What members ask is timed by store_questions.py, on a database that was
kept.
"""

# ruff: noqa: ISC004, E501 - long SQL texts, each beside its name

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, text
from store_rounds import ACTORS, TYPES, batch, feed_number

from bot.domain.feeds import Listing
from bot.store.columns import EPOCH
from bot.store.database import SCHEMA_LOCK, Database
from bot.store.store import Store
from bot.store.tables import items, reactions, reports

ITEMS_A_DAY = 900
FEEDS = 200
END = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = 16


def fill(connection: Connection, count: int, *, sqlite: bool) -> None:
    """Generate the archive; indexes are made afterwards, as a restored dump makes them."""
    indexes = [index for table in (items, reactions, reports) for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    step = 86_400_000_000 // ITEMS_A_DAY
    start = (END - EPOCH) // timedelta(microseconds=1) - count * step
    for name, statement in _statements(count, start, step, sqlite=sqlite):
        began = perf_counter()
        connection.execute(text(statement.replace(":", r"\:")))
        print(f"  {name}: {perf_counter() - began:.0f} s", flush=True)
    began = perf_counter()
    for index in indexes:
        index.create(connection)
    print(f"  indexes: {perf_counter() - began:.0f} s", flush=True)


def _statements(count: int, start: int, step: int, *, sqlite: bool) -> list[tuple[str, str]]:
    """Return the INSERTs; scrambled numbers stand for content hashes."""

    def series(to: int) -> str:
        if sqlite:
            return f"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT {to}) SELECT i FROM n) AS n"
        return f"(SELECT i::bigint FROM generate_series(0, {to - 1}) AS i) AS n"

    def ident(kind: str, number: str) -> str:
        scrambled = f"(({number}) * 2654435761) % 4294967296"
        if sqlite:
            return f"printf('{kind}%08x%015x', {scrambled}, {number})"
        return f"'{kind}' || lpad(to_hex({scrambled}), 8, '0') || lpad(to_hex({number}), 15, '0')"

    def moment(number: str) -> str:
        micros = f"({start} + ({number}) * {step})"
        return micros if sqlite else f"to_timestamp({micros} / 1e6)"

    def one_of(values: tuple[str, ...], number: str) -> str:
        cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
        return f"CASE (({number}) * 2654435761 / 64) % {len(values)} {cases} END"

    own_key = "random()" if sqlite else "('x' || substr(md5(i::text || '/' || k::text), 1, 16))::bit(64)::bigint"
    shared = "abs((i * 2654435761 + k * 40503) / 128)"
    key = (
        f"CASE WHEN k < 8 THEN {own_key} WHEN k < 12 THEN 1000 + {shared} % 5000"
        f" WHEN k < 14 THEN {shared} % 200 ELSE 300 + {shared} % 40 END"
    )
    feed = f"CASE i % {FEEDS} " + " ".join(f"WHEN {n} THEN '{feed_number(n).id}'" for n in range(FEEDS)) + " END"
    packed = ("X'{}'" if sqlite else "decode('{}', 'hex')").format
    true, false = ("1", "0") if sqlite else ("true", "false")
    words = "'The foreign ministry said on Tuesday that shelling along the road had not stopped since the morning. '"
    many = f"({words} || {words} || {words})"
    item, story, reaction = ident("i", "i"), ident("s", "i"), ident("r", "i")
    # Few by a rare actor, a small outlet, in a rare language; three in ten said indirectly, one in ten recalled.
    actor = f"CASE WHEN i % 50000 = 11 THEN 'VAT' ELSE {one_of(ACTORS, 'i')} END"
    act = f"{actor}, {one_of(TYPES, 'i / 3')}, '[\"' || {one_of(ACTORS, 'i / 7')} || '\"]'"
    outlet = f"CASE WHEN i % 50000 = 13 THEN 'Small Outlet' ELSE 'Outlet ' || (i / 2 % {FEEDS}) END"
    language = "CASE WHEN i % 50000 = 17 THEN 'ka' WHEN i % 5 = 0 THEN 'fr' ELSE 'en' END"
    tier = "CASE WHEN i % 10 < 3 THEN 'digest' ELSE 'alert' END"
    recalled = f"CASE WHEN i % 10 = 9 THEN {true} ELSE {false} END"
    # One in five is told again by the next feed's item, an hour later.
    again, later = "i % 5 = 0", f"{moment('i / 2 + 37')}"
    second = f"CASE WHEN {again} THEN '\",\"Outlet ' || ((i / 2 + 37) % {FEEDS}) ELSE '' END"
    # Each place is named in a hundred of two million.
    evidence = f"{words} || 'It was heard near Place' || ((i * 2654435761 / 64) % 20000)"
    of_item = "i / 2"
    return [
        (
            "items",
            "INSERT INTO items (id, feed_id, guid, link, canonical_url, content_hash, title, summary, content, language,"
            " outlet, published, first_seen_at, last_seen_at, relevant, relevance, story_id, story_reason, withdrawn,"
            f" guid_key, url_key) SELECT {item}, {feed}, 'https://news.example.org/?p=' || i,"
            " 'https://news.example.org/2023/09/19/' || i || '?utm_source=rss', 'https://news.example.org/2023/09/19/' || i,"
            f" {ident('h', 'i')}, 'Ministry calls for calm on the road, report number ' || i, {words}, {many}, 'en',"
            f" 'Outlet ' || (i % {FEEDS}), {moment('i')}, {moment('i')}, {moment('i')}, {true}, 'names Lachin', {story},"
            f" 'first of its story', {false}, (i * 2654435761) % 1073741824 * 4294967296 + i,"
            f" (i * 40503) % 1073741824 * 4294967296 + i FROM {series(count)}",
        ),
        (
            "stories",
            "INSERT INTO stories (id, title, first_item_id, started_at, last_item_at, items, outlets)"
            f" SELECT {story}, 'Ministry calls for calm', {item}, {moment('i')}, {moment('i')}, 1, '[\"Outlet\"]'"
            f" FROM {series(count)}",
        ),
        (
            "fingerprints",
            "INSERT INTO fingerprints (item_id, story_id, feed_id, published, title, language, actors, acts, numbers, terms,"
            f" events, places, signature, keys) SELECT {item}, {story}, {feed}, {moment('i')},"
            " 'ministry calls for calm on the road report number', 'en', '[\"ARM\",\"AZE\"]', '[\"ARM:condemn\"]',"
            ' \'["19"]\', \'["shelling","road","lachin"]\', \'["shelling"]\', \'["lachin"]\','
            f" {packed('49' + '0a' * 128)}, {packed('71' + '0b' * 8 * KEYS)} FROM {series(count)}",
        ),
        (
            "fingerprint_keys",
            f"INSERT INTO fingerprint_keys (key, published, item_id) SELECT {key} AS key, {moment('i')} AS published,"
            f" {item} AS item_id FROM {series(count)} CROSS JOIN"
            f" {series(KEYS).replace(' AS n', ' AS m').replace('SELECT i FROM n)', 'SELECT i AS k FROM n)')}"
            " ORDER BY 1, 2, 3",
        )
        if sqlite
        else (
            "fingerprint_keys",
            f"INSERT INTO fingerprint_keys (key, published, item_id) SELECT {key} AS key, {moment('i')} AS published,"
            f" {item} AS item_id FROM {series(count)} CROSS JOIN generate_series(0, {KEYS - 1}) AS m(k)"
            " ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING",
        ),
        (
            "reactions",
            "INSERT INTO reactions (id, story_id, actor, type, targets, speaker, quote, evidence, tier, background,"
            f" first_reported_at, last_reported_at, reports, outlets, languages) SELECT {reaction},"
            f" {ident('s', of_item)}, {act}, 'Spokesperson', 'We call on all sides to stop the shelling ' || i, {evidence},"
            f" {tier}, {recalled}, {moment(of_item)}, CASE WHEN {again} THEN {later} ELSE {moment(of_item)} END,"
            f" CASE WHEN {again} THEN 2 ELSE 1 END, '[\"' || {outlet} || {second} || '\"]',"
            f" '[\"' || {language} || '\"]' FROM {series(count * 2)}",
        ),
        (
            "reports",
            'INSERT INTO reports (id, item_id, reaction_id, actor, type, targets, speaker, quote, evidence, start, "end", cue,'
            " rule, tier, confidence, background, outlet, language, reported_at, reason, feed_id)"
            f" SELECT {ident('p', 'i')}, {ident('i', of_item)}, {reaction}, {act}, 'Spokesperson',"
            f" 'We call on all sides to stop the shelling ' || i, {evidence}, 0, 100, 'call', 'en.call', {tier}, 0.9, {recalled},"
            f" {outlet}, {language}, {moment(of_item)}, 'first report of it',"
            f" {feed.replace('CASE i %', 'CASE i / 2 %')} FROM {series(count * 2)}",
        ),
        (
            "further reports",
            'INSERT INTO reports (id, item_id, reaction_id, actor, type, targets, speaker, quote, evidence, start, "end", cue,'
            " rule, tier, confidence, background, outlet, language, reported_at, reason, feed_id)"
            f" SELECT {ident('q', 'i')}, {ident('i', '(i / 2 + 37)')}, {reaction}, {act}, 'Spokesperson',"
            f" 'We call on all sides', {evidence}, 0, 100, 'call', 'en.call', {tier}, 0.9, {recalled},"
            f" 'Outlet ' || ((i / 2 + 37) % {FEEDS}), {language}, {later}, 'told again',"
            f" {feed.replace('CASE i %', 'CASE (i / 2 + 37) %')} FROM {series(count * 2)}"
            f" WHERE {again} AND i / 2 + 37 < {count}",
        ),
        (
            "reaction_targets",
            "INSERT INTO reaction_targets (target, first_reported_at, reaction_id)"
            f" SELECT {one_of(ACTORS, 'i / 7')}, {moment(of_item)}, {reaction} FROM {series(count * 2)} ORDER BY 1, 2, 3",
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What rounds of one new item took: sorted seconds of finding and of storing, and the candidates on average."""

    finding: tuple[float, ...]
    storing: tuple[float, ...]
    candidates: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What an archive of one size costs: an item of its last days, one of any day, bytes on the disk."""

    items: int
    new: Timed
    old: Timed
    size: int = 0


async def rounds(store: Store, times: int, days: int, *, first: int) -> Timed:
    """Time rounds of one new item each, published at any time of the last days but two; `first` is the first's number."""
    chance = random.Random(first)
    recalls, records, found = [], [], []
    for number in range(times):
        feed = feed_number(number % FEEDS)
        wanted, decided = batch(feed, first + number, 1, 1.0, chance)
        when = END - timedelta(days=2, minutes=chance.randrange(60 * 24 * days))
        shared = (
            *(1000 + chance.randrange(5000) for _ in range(4)),
            *(chance.randrange(200) for _ in range(2)),
            *(300 + chance.randrange(40) for _ in range(2)),
        )
        keys = (*(chance.getrandbits(63) for _ in range(8)), *shared)
        wanted = replace(
            wanted,
            keys=frozenset(keys),
            published_from=when - timedelta(hours=36),
            published_until=when + timedelta(hours=36),
            reported_from=when - timedelta(hours=36),
            reported_until=when + timedelta(hours=36),
        )
        prints = tuple(replace(each, keys=keys, published=when) for each in decided.fingerprints)
        decided = replace(decided, fingerprints=prints)
        began = perf_counter()
        async with store.round() as round_:
            recalled = await round_.recall(wanted)
            recall_ended = perf_counter()
            await round_.record(decided, END)
        recalls.append(recall_ended - began)
        records.append(perf_counter() - recall_ended)
        found.append(len(recalled.fingerprints))
    for name, taken in (("finding its candidates and all else it needs", recalls), ("storing it", records)):
        taken.sort()
        print(
            f"  {name:<52} p50 {taken[times // 2] * 1e3:8.2f}  p95 {taken[int(times * 0.95)] * 1e3:8.2f}"
            f"  p99 {taken[int(times * 0.99)] * 1e3:8.2f} ms"
        )
    print(f"  candidates recalled: mean {sum(found) / times:.0f}, most {max(found)}")
    return Timed(finding=tuple(recalls), storing=tuple(records), candidates=sum(found) / times)


async def sizes(store: Store, *, sqlite: bool) -> int:
    """Print what lies on the disk, and return all of it in bytes."""
    async with store._database.reading() as connection:  # noqa: SLF001 - as above
        if sqlite:
            pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
            print(f"size: {pages * 4096 / 1e6:,.0f} MB")
            return int(pages) * 4096
        whole = (await connection.execute(text("SELECT pg_database_size(current_database())"))).scalar_one()
        print(f"size: {whole / 1e6:,.0f} MB")
        biggest = text(
            "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relkind IN ('r', 'i') ORDER BY 2 DESC LIMIT 12"
        )
        for name, size in (await connection.execute(biggest)).all():
            print(f"  {name:<52} {size / 1e6:,.0f} MB")
        return int(whole)


def growth(measured: Sequence[Grown]) -> None:
    """Print how the costs grow from size to size."""
    print("\np50 / p99 in ms:")
    print(
        "| items | finding for a new item | for an old one | candidates | storing a new | an old one | MB | bytes an item |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for each in measured:
        cells = [
            f"{taken[len(taken) // 2] * 1e3:.1f} / {taken[int(len(taken) * 0.99)] * 1e3:.1f}"
            for taken in (each.new.finding, each.old.finding, each.new.storing, each.old.storing)
        ]
        candidates = f"{each.new.candidates:.0f}, {each.old.candidates:.0f}"
        disk = f"{each.size / 1e6:,.0f} | {each.size / each.items:,.0f}"
        print(f"| {each.items:,} | {cells[0]} | {cells[1]} | {candidates} | {cells[2]} | {cells[3]} | {disk} |")


async def emptied(url: str) -> None:
    """Take out of a PostgreSQL database all that was generated."""
    store = await Store.open(url)
    async with store._database.writing() as connection:  # noqa: SLF001 - as above
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await store.aclose()


async def measure(url: str, count: int) -> Grown:
    """Generate, measure and print."""
    store = await Store.open(url)
    if (await store.tally(END)).items:
        raise SystemExit(f"{url} is not empty: the benchmark wants a database of its own")
    for number in range(FEEDS):
        feed = feed_number(number)
        # One feed in forty is another guild's own: what a guild sees has to be found out.
        guild = "8" if number % 40 == 0 else ""
        await store.add_feed(feed, Listing(feed_id=feed.id, guild_id=guild, added_by="benchmark", added_at=END))
    database: Database = store._database  # noqa: SLF001 - as above
    began = perf_counter()
    async with database.alone(lock=SCHEMA_LOCK) as run:
        await run(fill, count, sqlite=database.is_sqlite)
    if not database.is_sqlite:
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))
    print(f"{count:,} items and {2 * count:,} reactions made in {perf_counter() - began:.0f} s")
    size = await sizes(store, sqlite=database.is_sqlite)
    # Every item has neighbours on both sides of it, as far as the window goes.
    days = max(2, min(300, count // ITEMS_A_DAY - 4))
    await rounds(store, 20, 2, first=10_000_000)
    print("a new item, published in the last days:")
    new = await rounds(store, 300, 2, first=11_000_000)
    print(f"an old one, published in the last {days} days:")
    old = await rounds(store, 300, days, first=12_000_000)
    grown = Grown(items=count, new=new, old=old, size=size)
    await store.aclose()
    return grown


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="an empty database; default: an SQLite file of its own, removed afterwards")
    parser.add_argument("--items", type=int, nargs="+", default=[1_000_000], help="one archive of each size")
    asked = parser.parse_args()
    measured = []
    for count in asked.items:
        with tempfile.TemporaryDirectory() as folder:
            url = asked.url or f"sqlite:///{Path(folder) / 'million.db'}"
            measured.append(asyncio.run(measure(url, count)))
        if asked.url and len(asked.items) > 1:
            asyncio.run(emptied(asked.url))
    growth(measured)


if __name__ == "__main__":
    main()
