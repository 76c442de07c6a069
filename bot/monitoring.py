"""Seen from outside: /healthz, /readyz and /metrics, on a port that is off unless configured."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.domain.alerts import Alert
from bot.domain.digests import Digest
from bot.domain.errors import CommuniqueError
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.urls import without_credentials
from bot.usecases.poll import Outcome
from bot.usecases.ports import Tally

# Seconds. A message is late after a minute; after an hour it is history.
_DELAYS = (0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600)
MOST_FAILING_SHOWN = 50


class Monitor:
    """Counts what the service does. `tally` gives the state of the database, `feeds` the list of feeds, `clock` the time.

    `put_off` tells which jobs wait for trouble to end: a full disk can still be read, and takes nothing all the same.
    """

    def __init__(
        self,
        tally: Callable[[datetime], Awaitable[Tally]],
        clock: Callable[[], datetime],
        feeds: Callable[[], Awaitable[Sequence[Feed]]],
    ) -> None:
        self._tally, self._clock, self._listed = tally, clock, feeds
        self.put_off: Callable[[], Mapping[str, str]] = dict
        self.registry = CollectorRegistry()
        where = self.registry
        self._polls = Counter("communique_polls", "Feeds polled, by outcome.", ["outcome"], registry=where)
        self._items = Counter("communique_items", "New items stored.", ["relevant"], registry=where)
        self._latency = Histogram("communique_feed_answer_seconds", "How long feeds took to answer.", registry=where)
        self._posted = Counter("communique_posted", "Messages posted.", ["kind"], registry=where)
        self._delay = Histogram(
            "communique_alert_delay_seconds",
            "From an alert being owed to its message.",
            buckets=_DELAYS,
            registry=where,
        )
        self._waiting = Gauge("communique_alerts_waiting", "Alerts owed and not posted.", registry=where)
        self._feeds = Gauge("communique_feeds", "Feeds on the list.", ["state"], registry=where)
        self._well = Gauge("communique_well", "1 while feeds are polled and alerts go out.", registry=where)

    def polled(self, outcome: Outcome) -> None:
        """Count a poll."""
        self._polls.labels("failed" if outcome.error else "unchanged" if outcome.unchanged else "answered").inc()
        self._items.labels("yes").inc(outcome.relevant_items)
        self._items.labels("no").inc(max(0, outcome.new_items - outcome.relevant_items))
        if outcome.feed.latency is not None:
            self._latency.observe(outcome.feed.latency)

    def posted(self, row: Alert | Digest, at: datetime) -> None:
        """Count a message."""
        if isinstance(row, Digest):
            self._posted.labels("digest").inc()
            return
        self._posted.labels("alert").inc()
        self._delay.observe(max(0.0, (at - row.created_at).total_seconds()))

    async def metrics(self) -> bytes:
        """Return all metrics in Prometheus' text form."""
        now = self._clock()
        tally = await self._tally(now)
        self._waiting.set(tally.alerts_waiting)
        self._feeds.labels("active").set(tally.feeds_active)
        self._feeds.labels("failing").set(tally.feeds_failing)
        self._well.set(tally.is_well(now) and not self.put_off())
        return generate_latest(self.registry)

    async def health(self) -> tuple[bool, dict[str, object]]:
        """Return whether all is well, and the numbers that say so."""
        now = self._clock()
        try:
            tally = await self._tally(now)
            failing = await self._failing() if tally.feeds_failing else []
        except CommuniqueError as error:
            return False, {"well": False, "error": str(error)}
        numbers = {
            key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(tally).items()
        }
        put_off = dict(self.put_off())
        well = tally.is_well(now) and not put_off
        return well, {"well": well, **numbers, "failing": failing, "put_off": put_off}

    async def _failing(self) -> list[dict[str, object]]:
        """Return what is wrong with the feeds that fail, the longest first; no more than a page of them."""
        failing = [feed for feed in await self._listed() if feed.status is FeedStatus.ACTIVE and feed.failing_since]
        failing.sort(key=lambda feed: (feed.failing_since, feed.url))
        return [
            {
                "feed": without_credentials(feed.url),
                "since": feed.failing_since.isoformat() if feed.failing_since else None,
                "failures": feed.failures,
                "error": feed.last_error,
                "next_poll_at": feed.next_poll_at.isoformat(),
                "admins_told": feed.admins_told_at is not None,
            }
            for feed in failing[:MOST_FAILING_SHOWN]
        ]


@asynccontextmanager
async def serving(monitor: Monitor, *, host: str, port: int) -> AsyncIterator[int]:
    """Answer on this address for as long as this lasts; yields the port (one is chosen where 0 is given).

    /healthz is 200 while feeds are polled and alerts go out, else 503; /readyz is 200 once the database answers, and while
    it takes what is written.
    """

    async def healthz(_: web.Request) -> web.Response:
        well, numbers = await monitor.health()
        return web.json_response(numbers, status=200 if well else 503, dumps=lambda given: json.dumps(given, indent=1))

    async def readyz(_: web.Request) -> web.Response:
        __, numbers = await monitor.health()
        reasons = {str(numbers["error"])} if "error" in numbers else set(monitor.put_off().values())
        if reasons:
            return web.Response(text="\n".join(["not ready", *sorted(reasons), ""]), status=503)
        return web.Response(text="ready\n")

    async def metrics(_: web.Request) -> web.Response:
        try:
            return web.Response(body=await monitor.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})
        except CommuniqueError as error:
            return web.Response(text=f"{error}\n", status=503)

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
