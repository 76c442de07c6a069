"""Alert latency: from a feed showing a new item to a poll, to its message being accepted, in a real process under load.

    python benchmarks/reliability_latency.py --feeds 500 --subscriptions 200 --items 100

Each subscription asks for one actor, so that an item is owed to several channels. Feeds and Discord are stand-ins on
loopback; every feed is polled once in --interval seconds. Latency counts from the answer that first held the item.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fakes"))

from aiohttp import web
from realbot import Bot, Feeds, headlines
from standin import StandIn

from bot.app import utc_now
from bot.domain.feeds import Feed, FullText, Listing, feed_id
from bot.domain.subscriptions import Filters, Subscription
from bot.store.store import Store

CODES = (
    "FRA",
    "DEU",
    "RUS",
    "TUR",
    "IRN",
    "GEO",
    "GRC",
    "CYP",
    "ESP",
    "ITA",
    "POL",
    "CAN",
    "IND",
    "PAK",
    "CHN",
    "JPN",
    "BRA",
    "SWE",
    "NOR",
    "FIN",
    "DNK",
    "AUT",
    "BEL",
    "IRL",
    "PRT",
    "HUN",
    "ROU",
    "BGR",
    "LTU",
    "LVA",
)


@dataclass
class TimedFeeds(Feeds):
    """Feeds that remember when each item was first shown."""

    places: list[int] = field(default_factory=list)
    shown: dict[str, float] = field(default_factory=dict)
    asked: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        """Return the items that were put into this feed."""
        self.asked += 1
        feed = int(request.match_info["feed"])
        parts = []
        for at, (title, moment) in enumerate(self.published):
            if self.places[at] == feed:
                self.shown.setdefault(title, time.monotonic())
                when = moment.strftime("%a, %d %b %Y %H:%M:%S +0000")
                parts.append(
                    f"<item><guid isPermaLink='false'>g{at}</guid><title>{title}</title><pubDate>{when}</pubDate></item>"
                )
        text = f"<rss version='2.0'><channel><title>Outlet {feed}</title>{''.join(parts)}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml")


class TimedDiscord(StandIn):
    """A Discord that remembers when each item was posted, and how often."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, list[float]] = {}

    def _made(self, channel: str, payload: dict[str, Any]) -> dict[str, Any]:
        title = re.search(r"\w+ \w+ Azerbaijan over Karabakh", json.dumps(payload))
        if title:
            self.posted.setdefault(title[0], []).append(time.monotonic())
        return super()._made(channel, payload)


async def prepare(url: str, feeds: TimedFeeds, subscriptions: int) -> None:
    """Write the feeds and subscriptions."""
    now = utc_now()
    store = await Store.open(url)
    for address in feeds.urls():
        feed = Feed(id=feed_id(address), url=address, added_at=now, next_poll_at=now, full_text=FullText.OFF)
        await store.add_feed(feed, Listing(feed_id=feed.id, added_by="operator", added_at=now))
    for number in range(subscriptions):
        filters = Filters(actors=frozenset({CODES[number % len(CODES)]}))
        made = Subscription(
            id=f"s{number}", channel_id=str(5000 + number), filters=filters, created_by="operator", created_at=now
        )
        await store.add_subscription(made)
    await store.aclose()


async def measure(given: argparse.Namespace) -> None:
    """Run the bot, publish, and print what came of it."""
    chance = random.Random(1)
    feeds = TimedFeeds(count=given.feeds)
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{folder}/latency.sqlite3"
        async with feeds.serving(), TimedDiscord().serving() as discord:
            interval = {f"COMMUNIQUE_FEEDS__{name}_INTERVAL": f"{given.interval}s" for name in ("MIN", "MAX")}
            bot = Bot(
                folder=Path(folder),
                url=url,
                discord=discord,
                settings=interval | {"COMMUNIQUE_FEEDS__PARSE_WORKERS": "2"},
            )
            await prepare(url, feeds, given.subscriptions)
            process = await bot.start("run", "--roles", "poll,deliver")
            await bot.until(lambda: feeds.asked >= given.feeds)
            began, cpu = time.monotonic(), cpu_of(process.pid)
            for title in headlines(given.items):
                feeds.places.append(chance.randrange(given.feeds))
                feeds.publish(title)
                await asyncio.sleep(given.every)
            await asyncio.sleep(given.interval * 1.5)
            lasted = time.monotonic() - began
            used = cpu_of(process.pid) - cpu
            resident = memory_of(process.pid)
            process.terminate()
            await process.wait()
    report(feeds, discord, lasted=lasted, used=used, resident=resident)


def report(feeds: TimedFeeds, discord: Any, *, lasted: float, used: float, resident: float) -> None:
    """Print the figures."""
    delays = sorted(
        at - feeds.shown[title] for title, moments in discord.posted.items() for at in moments if title in feeds.shown
    )
    first = sorted(min(moments) - feeds.shown[title] for title, moments in discord.posted.items())
    print(f"{datetime.now(UTC):%Y-%m-%d}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # noqa: TID251
    print(f"{feeds.count} feeds, {feeds.asked / lasted:.1f} polls/s or more; {len(feeds.shown)} items shown")
    print(
        f"{len(discord.posted)} items posted, {len(delays)} messages; bot {used / lasted:.0%} of a core, {resident:.0f} MB"
    )
    for name, values in (("all messages", delays), ("first message of an item", first)):
        quantiles = statistics.quantiles(values, n=100)
        print(f"{name}: p50 {quantiles[49]:.2f} s, p95 {quantiles[94]:.2f} s, most {values[-1]:.2f} s")


def cpu_of(number: int) -> float:
    """Return the seconds of a process on the processor, without its children."""
    parts = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(number: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{number}/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--subscriptions", type=int, default=200)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--every", type=float, default=1.0, help="Seconds between two items.")
    parser.add_argument("--interval", type=int, default=60, help="Seconds between two polls of a feed.")
    parser.add_argument("--url", default="", help="The database; an SQLite file by default.")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
