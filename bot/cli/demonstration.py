"""The demo: sample feeds over loopback, the real poller, the real store, alerts and a digest on the terminal."""

from __future__ import annotations

import tempfile
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.app import App, opened, utc_now
from bot.config import demo_settings
from bot.console.messenger import ConsoleMessenger
from bot.console.outcomes import show_outcomes
from bot.demo.server import SampleFeeds
from bot.domain.digests import Digest, digest_id
from bot.domain.subscriptions import Mode, console_subscription
from bot.service import console_deliverer, listening_console
from bot.usecases.digest import edition_of
from bot.usecases.poll import Poller

DAY = timedelta(days=1)
NEXT = """
What next:
  1. Make a Discord application and invite the bot: README.md, “The Discord application”.
  2. export COMMUNIQUE_DISCORD__TOKEN=…   (or keep it in a secrets directory: config.example.toml)
  3. make run                             starts the service with the curated public feeds;
                                          without a token, alerts come to the terminal, as here.
  Your own text: communique analyze FILE   ·   everything else: communique --help
"""


async def demonstrate(console: Console, folder: Path | None) -> None:
    """Run the demo; `folder` keeps its database, else nothing is left behind."""
    kept = nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="communique-demo-")
    with kept as place:
        settings = demo_settings(Path(place) / "demo.sqlite3")
        async with opened(settings) as app, SampleFeeds(now=utc_now()) as samples, listening_console(app):
            await _show(console, app, samples)
    console.print(NEXT, markup=False, highlight=False)


async def _show(console: Console, app: App, samples: SampleFeeds) -> None:
    for sample in samples.feeds:
        # Most sample outlets have no pages: nobody is asked for them.
        curator = replace(app.curator(), full_text=sample.full_text)
        await curator.add(sample.url, by="demo", title=sample.title, kind=sample.kind, look=False)
    deliverer, poller = console_deliverer(app, console), Poller(app.desk())
    console.rule("first poll: a dozen outlets, served on this machine")
    outcomes = await poller.poll_due()
    await deliverer.deliver_due()
    show_outcomes(console, outcomes)

    samples.advance()
    console.rule("a little later: further outlets join, one message each stays one message")
    for feed in await app.store.feeds():
        await app.store.save_feed(replace(feed, next_poll_at=utc_now()))
    await poller.poll_due()
    await deliverer.deliver_due()

    console.rule("the day's digest")
    await _show_digest(console, app)


async def _show_digest(console: Console, app: App) -> None:
    now = utc_now()
    subscription = replace(console_subscription(now), mode=Mode.DAILY)
    slot = Digest(
        id=digest_id(subscription.id, now),
        subscription_id=subscription.id,
        channel_id=subscription.channel_id,
        since=now - DAY,
        until=now + timedelta(seconds=1),
        created_at=now,
        next_attempt_at=now,
    )
    edition = await edition_of(slot, subscription, app.store)
    await ConsoleMessenger(console, utc_now, app.names).post_digest(edition)
