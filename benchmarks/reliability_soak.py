"""Soak: days of news looped with shifted dates through polls, rounds and deliveries, as fast as they go.

    python benchmarks/reliability_soak.py ITEMS.jsonl[.gz] --minutes 10

ITEMS are lines as `communique replay` reads them. Time is simulated, in steps; the store and the analyst are the real ones.
After each loop a line tells memory, objects, tasks, open files and warnings: all but the database should stay as they are.
SQLite keeps up to 64 MB of a growing file in memory for each connection; here it keeps little: what else grows shows.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import gzip
import json
import logging
import tempfile
import time
import warnings
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import structlog

import bot.store.database
from bot.app import load_analyst
from bot.domain.alerts import AlertMessage
from bot.domain.digests import Edition
from bot.domain.entries import Entry, FeedDocument
from bot.domain.feeds import Feed, Listing, feed_id
from bot.domain.notices import FeedNotice
from bot.domain.polling import PollingRules
from bot.domain.subscriptions import Mode, Subscription
from bot.domain.triage import Rules
from bot.store.store import Store
from bot.usecases.deliver import Deliverer
from bot.usecases.digest import Editor
from bot.usecases.poll import Desk, Poller
from bot.usecases.ports import Fetched, FoundFeed, Page

STEP = timedelta(minutes=10)
# Further than any window of the bot reaches: each loop is news again.
LOOP = timedelta(days=4)
SHOWN = 20


@dataclass
class World:
    """Feeds and channels in memory, and a clock that goes on by itself. Nothing is kept that would grow."""

    now: datetime
    shown: dict[str, deque[Entry]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=SHOWN)))
    posted: int = 0
    edited: int = 0
    digests: int = 0
    repeated: int = 0
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=500))

    def clock(self) -> datetime:
        """Return the simulated time."""
        return self.now

    async def fetch(self, feed: Feed) -> Fetched:
        """Return what the feed shows now."""
        return Fetched(document=FeedDocument(entries=tuple(reversed(self.shown[feed.url]))))

    async def page(self, url: str) -> Page | None:
        """Return no page."""
        del url

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the address itself."""
        return (FoundFeed(url=url),)

    async def post(self, message: AlertMessage) -> str:
        """Count a post, and whether it was lately posted before."""
        self.posted += 1
        self.repeated += message.alert.id in self.lately
        self.lately.append(message.alert.id)
        return message.alert.id

    async def post_digest(self, edition: Edition) -> str:
        """Count a digest."""
        self.digests += 1
        return edition.digest.id

    async def edit(self, message: AlertMessage) -> None:
        """Count an edit."""
        del message
        self.edited += 1

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Find nothing."""
        del subscription, marker, since

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Tell nobody."""
        del subscription, reason

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell nobody."""
        del notice


def read(path: Path) -> list[dict[str, Any]]:
    """Return the items by publication."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    for item in items:
        item["at"] = datetime.fromisoformat(item["published"]).astimezone(UTC)
    return sorted(items, key=lambda item: item["at"])


class Warned(logging.Handler):
    """Counts what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.counts: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        self.counts[str(record.msg)[:80]] += 1


def keep_few_pages() -> None:
    """Have SQLite keep 2 MB of the file in memory for each connection, instead of what the bot gives it."""
    few = "PRAGMA cache_size = -2048"
    for name in ("_PRAGMAS", "_ROUND_PRAGMAS", "_READER_PRAGMAS"):
        setattr(bot.store.database, name, (*getattr(bot.store.database, name), few))


async def soak(path: Path, minutes: float, database: Path, last: int) -> None:
    """Loop until the time is over."""
    items = read(path)[-last:]
    start = items[0]["at"].replace(hour=0, minute=0, second=0)
    world = World(now=start)
    keep_few_pages()
    store = await Store.open(f"sqlite:///{database}")
    urls = sorted({item["source"] for item in items})
    for url in urls:
        feed = Feed(id=feed_id(url), url=url, added_at=start, next_poll_at=start)
        await store.add_feed(feed, Listing(feed_id=feed.id, added_by="soak", added_at=start))
    for number, mode in enumerate((Mode.INSTANT, Mode.INSTANT, Mode.HOURLY, Mode.DAILY)):
        made = Subscription(id=f"s{number}", channel_id=f"c{number}", mode=mode, created_by="soak", created_at=start)
        await store.add_subscription(made)
    editor = Editor(outbox=store, subscriptions=store, archive=store, clock=world.clock)
    desk = Desk(
        rounds=store,
        source=world,
        analyst=load_analyst(None),
        clock=world.clock,
        rules=Rules(),
        polling=PollingRules(),
        owner="soak",
        chance=lambda: 0.5,
    )
    poller = Poller(desk)
    deliverer = Deliverer(
        outbox=store, messenger=world, edition=editor.edition, clock=world.clock, owner="soak", stopping=asyncio.Event()
    )
    warned = Warned()
    logging.getLogger().addHandler(warned)
    began, loop = time.monotonic(), 0
    print(f"{len(items)} items of {len(urls)} feeds a loop, {minutes:g} minutes")
    print("loop  minutes  items  posted  edited  digests  twice  RSS MB  objects  tasks  files  database MB  warnings")
    while time.monotonic() - began < 60 * minutes:
        await once(items, world, poller, deliverer, editor, shift=loop * LOOP)
        loop += 1
        gc.collect()
        process = psutil.Process()
        tally = await store.tally(world.now)
        print(
            f"{loop:4}  {(time.monotonic() - began) / 60:7.1f}  {tally.items:6}  {world.posted:6}  {world.edited:6}  "
            f"{world.digests:6}  {world.repeated:5}  {process.memory_info().rss / 2**20:6.1f}  {len(gc.get_objects()):7}  "
            f"{len(asyncio.all_tasks()):5}  {process.num_fds():5}  {_megabytes(database):7.1f}  "
            f"{sum(warned.counts.values())}",
            flush=True,
        )
    print("logged as warnings:", dict(warned.counts) or "none")
    await store.aclose()


def _megabytes(database: Path) -> float:
    return database.stat().st_size / 2**20


async def once(
    items: list[dict[str, Any]],
    world: World,
    poller: Poller,
    deliverer: Deliverer,
    editor: Editor,
    *,
    shift: timedelta,
) -> None:
    """Let the days pass once."""
    coming = deque(items)
    world.now = max(world.now, items[0]["at"] + shift)
    while coming:
        world.now += STEP
        while coming and coming[0]["at"] + shift <= world.now:
            item = coming.popleft()
            name = f"{item['id']}/{shift.days}"
            entry = Entry(
                guid=name, link=name, title=item["title"], summary=item["summary"], published=item["at"] + shift
            )
            world.shown[item["source"]].append(entry)
        await poller.poll_due()
        await editor.owe_digests()
        await deliverer.deliver_due()


def main() -> None:
    """Read the arguments and soak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--last", type=int, default=0, help="Only so many of the items: shorter loops.")
    given = parser.parse_args()
    warnings.simplefilter("default")
    logging.captureWarnings(capture=True)
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        processors=[structlog.stdlib.render_to_log_kwargs],
    )
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(given.items, given.minutes, Path(folder) / "soak.sqlite3", given.last))


if __name__ == "__main__":
    main()
