"""What of a poll costs what: milliseconds of processor time a feed, by phase, in one process.

    python benchmarks/feeds_costs.py [--feeds 300] [--items 30] [--relevant 1.0]

First every item of a feed is new, then one of each feed. Looking (parsing, passing over, drafting, reading) is what a worker
does, the rest the bot's own process; a transaction is one feed's here, and may be shared by several elsewhere.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from feeds import SyntheticFeeds

from bot.domain.changes import lasting
from bot.domain.feeds import Feed, Listing, feed_id
from bot.domain.triage import Rules, lookups, triage
from bot.feeds.packing import unpack_look
from bot.feeds.reading import look_at_feed
from bot.store.store import Store

NOW = datetime(2026, 11, 29, tzinfo=UTC)
MOST_ITEMS = 500
_GARBAGE_EVERY = 20_000  # as the bot has it


class Costs:
    """Polls feeds one after the other and counts where the time goes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._spent: Counter[str] = Counter()
        self._polls = 0

    async def poll(self, feed: Feed, body: bytes) -> Feed:
        """Take a document through the whole flow; return the feed with its marks."""
        rules = Rules()
        self._polls += 1
        with self._phase("looking"):
            packed = look_at_feed(body, feed.url, "application/rss+xml", feed, NOW, MOST_ITEMS, (None, None))
        with self._phase("unpacking"):
            _, seen = unpack_look(packed)
            wanted = lookups(seen.drafts, feed, rules)
        started = time.process_time()
        async with self._store.round() as round_:
            with self._phase("recalling"):
                known = await round_.recall(wanted)
            with self._phase("judging"):
                decided = triage(seen.drafts, feed, known, rules, NOW)
            with self._phase("writing"):
                await round_.record(decided, NOW)
                feed = replace(feed, entry_marks=lasting(seen, decided.renamed))
                await round_.save_feeds([feed])
            before = time.process_time()
        self._spent["committing"] += time.process_time() - before
        self._spent["the round"] += time.process_time() - started
        return feed

    def tell(self, label: str) -> None:
        """Print the milliseconds a poll of each phase, and begin anew."""
        told = ", ".join(f"{phase} {1000 * spent / self._polls:.2f}" for phase, spent in self._spent.items())
        print(f"{label:>8}: {told}", flush=True)
        self._spent.clear()
        self._polls = 0

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self._spent[name] += time.process_time() - started


async def measure(count: int, items: int, relevant: float) -> None:
    """Poll every feed twice."""
    synthetic = SyntheticFeeds(items, relevant)
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{folder}/costs.sqlite3")
        costs, feeds = Costs(store), []
        for number in range(count):
            url = f"https://example.org/feed/{number}"
            feed = Feed(id=feed_id(url), url=url, added_at=NOW, next_poll_at=NOW)
            await store.add_feed(feed, Listing(feed_id=feed.id, added_by="benchmark", added_at=NOW))
            feeds.append(await costs.poll(feed, synthetic.document(number)[0]))
            if (number + 1) % 100 == 0:
                costs.tell(f"all new, {number + 1} feeds")
        synthetic.newest += 1
        synthetic.written.clear()
        bodies = [synthetic.document(number)[0] for number in range(count)]
        for feed, body in zip(feeds, bodies, strict=True):
            await costs.poll(feed, body)
        costs.tell("one new each")
        await store.aclose()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--relevant", type=float, default=1.0)
    chosen = parser.parse_args()
    gc.set_threshold(_GARBAGE_EVERY)
    asyncio.run(measure(chosen.feeds, chosen.items, chosen.relevant))


if __name__ == "__main__":
    main()
