"""The sample feeds, served on the loopback interface as a real web server would, the bad ones included.

The documents in `feeds/` hold dates such as `{{rss 3h05m ago}}`, and `{{here}}` for the server's own address. Both are
filled in when the server starts, so that the news is always a few hours old. Who may have left office by then is named by
the office: the analyst knows who held it when. `feeds/later/` holds what some of the feeds
say after `advance()`.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

from aiohttp import ETag, web

from bot.domain.feeds import FeedKind, FullText

LOOPBACK = "127.0.0.1"
BROKEN = "lowland-radio.xml"
SLOW = "radio-kura.xml"
MISSING = "steppe-telegraph.xml"
HEADLINES_ONLY = "syunik-gazette.xml"

# File name → who it is.
OUTLETS: dict[str, tuple[str, FeedKind]] = {
    "ararat-wire.xml": ("Ararat Wire", FeedKind.WIRE),
    "caspian-courier.xml": ("Caspian Courier", FeedKind.STATE),
    "brussels-corridor.atom": ("Brussels Corridor", FeedKind.INDEPENDENT),
    "le-quotidien-du-rhone.atom": ("Le Quotidien du Rhône", FeedKind.INDEPENDENT),
    "nevsky-listok.xml": ("Невский листок", FeedKind.INDEPENDENT),
    "council-notes.atom": ("Council Notes", FeedKind.INSTITUTION),
    "hudson-dispatch.xml": ("Hudson Dispatch", FeedKind.INDEPENDENT),
    "zagros-observer.json": ("Zagros Observer", FeedKind.STATE),
    "bosphorus-ledger.json": ("Bosphorus Ledger", FeedKind.INDEPENDENT),
    "tbilisi-lantern.xml": ("Tbilisi Lantern", FeedKind.INDEPENDENT),
    "alpine-messenger.xml": ("Alpine Messenger", FeedKind.INDEPENDENT),
    HEADLINES_ONLY: ("Syunik Gazette", FeedKind.INDEPENDENT),
    SLOW: ("Radio Kura", FeedKind.INDEPENDENT),
    BROKEN: ("Lowland Radio", FeedKind.UNKNOWN),
    MISSING: ("The Steppe Telegraph", FeedKind.UNKNOWN),
}
# Who tells what another outlet told before.
COPIERS = ("hudson-dispatch.xml", "tbilisi-lantern.xml", "alpine-messenger.xml")
# strftime would ask the locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAGES = {"syunik-gazette/room-for-families.html": "room-for-families.html"}
CONTENT_TYPES = {
    ".atom": "application/atom+xml",
    ".html": "text/html",
    ".json": "application/feed+json",
    ".xml": "application/rss+xml",
}

_BLANK = re.compile(r"\{\{(?P<form>rss|atom|day) (?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)? ago\}\}|\{\{here\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFeed:
    """The address of one sample feed, its outlet, who speaks through it, and whether its pages are there to be read.

    The pages of most outlets are on `.example` hosts, which do not exist: nobody should be asked for them.
    """

    url: str
    title: str
    kind: FeedKind
    full_text: FullText = FullText.OFF


class SampleFeeds:
    """The sample feeds on an ephemeral port of 127.0.0.1, from `async with` until its end.

    `now` is the moment that the items' ages count from. Those who copy answer `copies_after` seconds later than those they
    copy from, so that the demo always tells the same tale; the slow feed answers after `slow_by` seconds. One feed is no
    XML that could be saved, one address answers 404. Feeds and pages answer conditional requests.
    """

    def __init__(self, *, now: datetime, slow_by: float = 2.5, copies_after: float = 1.5) -> None:
        self._now = now
        self._delays = dict.fromkeys(COPIERS, copies_after) | {SLOW: slow_by}
        self._runner: web.AppRunner | None = None
        self._here = ""
        self._documents: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        """Return the server's address, without a slash at its end."""
        if not self._here:
            raise RuntimeError("the sample feeds have an address only inside `async with`")
        return self._here

    @property
    def feeds(self) -> tuple[SampleFeed, ...]:
        """Return all sample feeds, the broken, the slow and the missing one included."""
        return tuple(
            SampleFeed(
                url=f"{self.url}/{name}",
                title=title,
                kind=kind,
                full_text=FullText.ON if name == HEADLINES_ONLY else FullText.OFF,
            )
            for name, (title, kind) in OUTLETS.items()
        )

    def advance(self) -> None:
        """Let time go on: from now on some feeds list newer items, no longer all of the older ones, and none is slow."""
        self._delays = {}
        self._documents |= self._filled_in(_documents_in(_shelf() / "feeds" / "later"))

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_get("/{path:.*}", self._answer)
        # A client that hangs up ends the slow answer too, so that the end of the demo waits for nobody.
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._here = f"http://{LOOPBACK}:{port}"
        pages = {path: (_shelf() / "pages" / name).read_text("utf-8") for path, name in PAGES.items()}
        self._documents = self._filled_in(_documents_in(_shelf() / "feeds") | pages)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner, self._here = None, ""

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        await asyncio.sleep(self._delays.get(path, 0.0))
        body = self._documents.get(path)
        if body is None:
            return web.Response(status=404, text="There is no such page here.\n")
        etag = ETag(hashlib.blake2b(body, digest_size=8).hexdigest())
        unchanged = etag in (request.if_none_match or ())
        response = web.Response(status=304) if unchanged else web.Response(body=body, charset="utf-8")
        if not unchanged:
            response.content_type = CONTENT_TYPES[PurePosixPath(path).suffix]
        response.etag = etag
        return response

    def _filled_in(self, templates: dict[str, str]) -> dict[str, bytes]:
        return {path: filled_in(text, now=self._now, here=self._here).encode() for path, text in templates.items()}


def filled_in(template: str, *, now: datetime, here: str) -> str:
    """Return the document with its dates counted back from `now`, and with its own address.

    `rss` dates are those of RFC 822 as RSS wants them, `atom` dates those of RFC 3339, which JSON Feed shares, and `day` is
    the weekday as an English reporter writes it.
    """

    def blank(found: re.Match[str]) -> str:
        if found["form"] is None:
            return here
        then = now - timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
        match found["form"]:
            case "rss":
                return format_datetime(then, usegmt=True)
            case "atom":
                return then.isoformat(timespec="seconds")
            case _:
                return WEEKDAYS[then.weekday()]

    return _BLANK.sub(blank, template)


def _shelf() -> Traversable:
    return files("bot.demo")


def _documents_in(folder: Traversable) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name in OUTLETS}
