"""A bot in a process of its own, and feeds on loopback that hold what they are told."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from standin import StandIn

from bot.domain.alerts import Alert
from bot.domain.feeds import Feed, FullText, Listing, feed_id
from bot.domain.subscriptions import Subscription
from bot.store.store import Store

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-that-nobody-may-see.0123456789"
CHANNEL = "4001"
# Seconds. Only what never happens takes so long, also where eight others compute beside it.
PATIENCE = 90

_ACTORS = (
    "France",
    "Germany",
    "Russia",
    "Turkey",
    "Iran",
    "Georgia",
    "Greece",
    "Cyprus",
    "Spain",
    "Italy",
    "Poland",
    "Canada",
    "India",
    "Pakistan",
    "China",
    "Japan",
    "Brazil",
    "Sweden",
    "Norway",
    "Finland",
    "Denmark",
    "Austria",
    "Belgium",
    "Ireland",
    "Portugal",
    "Hungary",
    "Romania",
    "Bulgaria",
    "Lithuania",
    "Latvia",
)
_VERBS = ("condemns", "accuses", "warns", "threatens", "thanks")


def headlines(number: int) -> list[str]:
    """Return headlines that each tell another reaction: none of them can be joined to another."""
    return [
        f"{_ACTORS[at % len(_ACTORS)]} {_VERBS[at // len(_ACTORS) % len(_VERBS)]} Azerbaijan over Karabakh"
        for at in range(number)
    ]


@dataclass
class Feeds:
    """Feeds that hold what was published so far; `{feed}.xml` holds every `count`-th item."""

    count: int = 2
    published: list[tuple[str, datetime]] = field(default_factory=list)
    port: int = 0

    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{self.port}/{feed}.xml" for feed in range(self.count)]

    def publish(self, *titles: str) -> None:
        now = datetime.now(UTC)
        self.published += [(title, now + timedelta(milliseconds=at)) for at, title in enumerate(titles)]

    async def answer(self, request: web.Request) -> web.Response:
        feed = int(request.match_info["feed"])
        items = "".join(
            f"<item><guid isPermaLink='false'>g{at}</guid><title>{title}</title>"
            f"<pubDate>{format_datetime(time)}</pubDate></item>"
            for at, (title, time) in enumerate(self.published)
            if at % self.count == feed
        )
        text = f"<rss version='2.0'><channel><title>Outlet {feed}</title>{items}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Feeds]:
        """Answer on a port of loopback for as long as this lasts."""
        app = web.Application()
        app.add_routes([web.get(r"/{feed:\d+}.xml", self.answer)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.port = int(runner.addresses[0][1])
            yield self
        finally:
            await runner.cleanup()


@dataclass
class Bot:
    """The installed bot's command line, run in a folder of its own; what runs wrote stays there."""

    folder: Path
    url: str
    discord: StandIn
    settings: dict[str, str] = field(default_factory=dict)
    runs: int = 0
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
        own = {
            "PYTHONPATH": str(ROOT),
            "COMMUNIQUE_DATABASE__URL": self.url,
            "COMMUNIQUE_DISCORD__TOKEN": TOKEN,
            "COMMUNIQUE_FEEDS__ALLOW_NETWORKS": "127.0.0.0/8",
            "COMMUNIQUE_FEEDS__MIN_INTERVAL": "1s",
            "COMMUNIQUE_FEEDS__MAX_INTERVAL": "1s",
            "COMMUNIQUE_FEEDS__PARSE_WORKERS": "1",
            "COMMUNIQUE_FEEDS__FULL_TEXT": "off",
            "COMMUNIQUE_LOG__FORMAT": "json",
        }
        return kept | own | self.discord.environment | self.settings

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Start a command; what it says goes to files of this run."""
        self.runs += 1
        with (self.folder / f"{self.runs}.out").open("wb") as out, (self.folder / f"{self.runs}.err").open("wb") as err:
            script = ROOT / "tests" / "fakes" / "redirected.py"
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(script), *arguments, cwd=self.folder, env=self.environment(), stdout=out, stderr=err
            )
        self.running.append(process)
        return process

    async def do(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed; it must succeed."""
        process = await self.start(*arguments)
        run = self.runs
        assert await process.wait() == 0, (self.folder / f"{run}.err").read_text("utf-8")
        return (self.folder / f"{run}.out").read_text("utf-8")

    async def subscribe(self, channel: str, feeds: Feeds) -> None:
        """Have a channel hear of these feeds."""
        now = datetime.now(UTC)
        store = await Store.open(self.url)
        for url in feeds.urls():
            feed = Feed(id=feed_id(url), url=url, added_at=now, next_poll_at=now, full_text=FullText.OFF)
            await store.add_feed(feed, Listing(feed_id=feed.id, added_by="operator", added_at=now))
        await store.add_subscription(
            Subscription(id=f"s{channel}", channel_id=channel, created_by="operator", created_at=now)
        )
        await store.aclose()

    async def alerts(self) -> list[Alert]:
        """Return all alerts in the order in which they were owed."""
        store = await Store.open(self.url)
        owed = [alert async for alert in store.export_alerts()]
        await store.aclose()
        return owed

    def events(self) -> list[dict[str, Any]]:
        """Return what all runs have logged so far, but for the last line of a run that was killed while it wrote."""
        lines = [
            line
            for run in range(1, self.runs + 1)
            for line in (self.folder / f"{run}.err").read_text("utf-8").splitlines()
        ]
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something holds, but not for ever."""
        async with asyncio.timeout(PATIENCE):
            while not reached():  # noqa: ASYNC110 - what is waited for happens in another process
                await asyncio.sleep(0.05)

    async def bury(self) -> None:
        """Leave nothing running."""
        for process in self.running:
            if process.returncode is None:
                process.kill()
            await process.wait()
