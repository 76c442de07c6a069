"""One news item, one message: a running process whose feeds change guids, dates, addresses and words under it."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest
from aiohttp import web
from realbot import CHANNEL, Bot
from standin import StandIn

from bot.domain.feeds import Feed, FullText, Listing, feed_id
from bot.domain.subscriptions import Filters, Subscription
from bot.store.store import Store

pytestmark = pytest.mark.slow

PAGE = "https://paper.example/world/2024/raid-on-the-pass"
TITLE = "Norway condemns Azerbaijan's raid on mountain pass in Nagorno-Karabakh"
SUMMARY = (
    "OSLO - The foreign ministry in Oslo said late on Monday that those who had ordered the raid on the pass would have to "
    "answer for it, and that the road had to be open again before the snow came."
)
PATIENT = "4002"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry of a feed."""

    title: str = TITLE
    summary: str = SUMMARY
    guid: str = "raid-1"
    link: str = PAGE
    published: datetime


@dataclass
class Papers:
    """Two outlets on loopback; each shows the entries it was last given."""

    shown: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    port: int = 0

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}.xml"

    async def answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked[name] = self.asked.get(name, 0) + 1
        items = "".join(
            f"<item><guid isPermaLink='false'>{escape(told.guid)}</guid><link>{escape(told.link)}</link>"
            f"<title>{escape(told.title)}</title><description>{escape(told.summary)}</description>"
            f"<pubDate>{format_datetime(told.published)}</pubDate></item>"
            for told in self.shown.get(name, ())
        )
        text = f"<rss version='2.0'><channel><title>The {name.title()}</title>{items}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Papers]:
        app = web.Application()
        app.add_routes([web.get(r"/{name}.xml", self.answer)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.port = int(runner.addresses[0][1])
            yield self
        finally:
            await runner.cleanup()


@pytest.fixture
async def papers() -> AsyncIterator[Papers]:
    async with Papers().serving() as opened:
        yield opened


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn().serving() as standin:
        yield standin


@pytest.fixture
async def bot(tmp_path: Path, sqlite_store_url: str, discord: StandIn, papers: Papers) -> AsyncIterator[Bot]:
    """A bot with a channel that hears of everything, and one that waits for a second outlet."""
    made = Bot(folder=tmp_path, url=sqlite_store_url, discord=discord, settings={"COMMUNIQUE_ALERTS__EDIT_EVERY": "0s"})
    now = datetime.now(UTC)
    store = await Store.open(made.url)
    for name in ("paper", "gazette"):
        url = papers.url(name)
        feed = Feed(id=feed_id(url), url=url, added_at=now, next_poll_at=now, full_text=FullText.OFF)
        await store.add_feed(feed, Listing(feed_id=feed.id, added_by="operator", added_at=now))
    for channel, filters in ((CHANNEL, Filters()), (PATIENT, Filters(min_outlets=2))):
        await store.add_subscription(
            Subscription(id=f"s{channel}", channel_id=channel, filters=filters, created_by="operator", created_at=now)
        )
    await store.aclose()
    yield made
    await made.bury()


async def polled(bot: Bot, papers: Papers, name: str) -> None:
    """Wait until a document that is shown now has been asked for, and what came of it is written."""
    before = papers.asked.get(name, 0)
    # The second visit begins when the first has been dealt with.
    await bot.until(lambda: papers.asked.get(name, 0) >= before + 2)


def shown(discord: StandIn, channel: str = CHANNEL) -> list[str]:
    """Return what each message of a channel says."""
    return [json.dumps(message["embeds"], ensure_ascii=False) for message in discord.channels.get(channel, [])]


def google_news(url: str) -> str:
    """Return the older kind of Google News link."""
    held = base64.urlsafe_b64encode(b"\x08\x13\x22" + bytes([len(url)]) + url.encode() + b"\xd2\x01\x00").decode()
    return f"https://news.google.com/rss/articles/{held.rstrip('=')}?oc=5"


DRESSED_UP = {
    "another guid": {"guid": "raid-1b"},
    "a later date": {"published": timedelta(minutes=4)},
    "tracking parameters": {"link": f"{PAGE}?utm_source=rss&utm_campaign=x&fbclid=1#comments"},
    "www, without TLS, and a slash": {"link": "http://www.paper.example/world/2024/raid-on-the-pass/"},
    "the mobile page": {"link": "https://m.paper.example/world/2024/raid-on-the-pass"},
    "the AMP page": {"link": f"{PAGE}/amp/"},
    "a wrapper of Google News": {"link": google_news(PAGE)},
    "a wrapper of feedburner": {"link": f"https://feeds.feedburner.com/~r/paper/~3/x/?url={quote(PAGE, safe='')}"},
    "another guid, another date and the AMP page": {
        "guid": "raid-1c",
        "published": timedelta(minutes=3),
        "link": f"{PAGE}?outputType=amp",
    },
}


async def test_one_item_is_one_message_whatever_its_feeds_do_to_it(bot: Bot, papers: Papers, discord: StandIn) -> None:
    noon = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
    first = Told(published=noon)
    papers.shown["paper"] = (first,)
    process = await bot.start("run", "--roles", "poll,deliver")
    await bot.until(lambda: len(shown(discord)) == 1)
    assert "Norway" in shown(discord)[0]

    # Nothing that the feed changes about the item makes it another.
    for name, change in DRESSED_UP.items():
        if isinstance(later := change.get("published"), timedelta):
            change = {**change, "published": noon + later}  # noqa: PLW2901 - told from the time of this run
        papers.shown["paper"] = (replace(first, **change),)  # type: ignore[arg-type]
        await polled(bot, papers, "paper")
        assert len(await bot.alerts()) == 1, name

    # An edited title is edited into the message, and the earlier wording is kept.
    edited = replace(first, title=TITLE.replace("raid on mountain pass", "raid on two mountain passes"))
    papers.shown["paper"] = (edited,)
    await bot.until(lambda: "two mountain passes" in shown(discord)[0])
    assert len(shown(discord)) == 1
    assert TITLE in await bot.do("why", PAGE)

    # The wire copy of another outlet is told in the message; it is no second voice for who waits for one.
    copy = Told(guid="g-77", link="https://gazette.example/wire/77", title=edited.title, published=noon)
    papers.shown["gazette"] = (copy,)
    await bot.until(lambda: "Gazette" in shown(discord)[0])
    assert len(shown(discord)) == 1
    await told_in_other_words_reaches_who_waits(bot, papers, discord, noon)

    # What the outlet takes back is marked in the message.
    papers.shown["paper"] = (replace(edited, title="CORRECTION: " + edited.title),)
    await bot.until(lambda: "its outlet has corrected it" in shown(discord)[0])
    assert len(shown(discord)) == 1

    # Gone from the feed, pruned, and back under another guid, date and address: known for what it was.
    papers.shown["paper"] = ()
    await polled(bot, papers, "paper")
    process.terminate()
    assert await process.wait() == 0
    await bot.do("db", "prune", "--older-than", "0s")
    papers.shown["paper"] = (
        replace(edited, guid="raid-9", published=noon + timedelta(minutes=5), link=f"{PAGE}?amp=1"),
    )
    process = await bot.start("run", "--roles", "poll,deliver")
    await polled(bot, papers, "paper")
    process.terminate()
    assert await process.wait() == 0
    assert len(shown(discord)) == 1
    assert len(discord.asked) == len(await bot.alerts()), "no message was even tried twice"


async def told_in_other_words_reaches_who_waits(bot: Bot, papers: Papers, discord: StandIn, noon: datetime) -> None:
    """See that a second outlet's own telling is what the patient channel waited for."""
    assert not shown(discord, PATIENT)
    own: dict[str, Any] = {"guid": "g-78", "link": "https://gazette.example/news/78", "published": noon}
    papers.shown["gazette"] = (
        *papers.shown["gazette"],
        Told(
            title="Norway condemns Azerbaijan over raid in Nagorno-Karabakh",
            summary="Diplomats call it the gravest breach of the truce this year.",
            **own,
        ),
    )
    await bot.until(lambda: bool(shown(discord, PATIENT)))
    assert len(shown(discord, PATIENT)) == 1
    assert len(shown(discord)) == 1
