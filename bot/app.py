"""The composition root: the one place that knows every room, and the one place that reads the clock."""

from __future__ import annotations

import gc
import os
import random
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot.domain.decisions import Rules
from bot.domain.polling import PollingRules

if TYPE_CHECKING:
    # Each is loaded only where it is used: a command that lists feeds needs neither lexicons nor a network.
    from bot.analysis.analyst import LexiconAnalyst
    from bot.config import Settings
    from bot.domain.actors import ActorNames
    from bot.feeds.source import HttpFeedSource
    from bot.store.store import Store
    from bot.usecases.administer import Administrator
    from bot.usecases.amend import Amender
    from bot.usecases.backfill import Backfiller
    from bot.usecases.curate import Curator
    from bot.usecases.digest import Editor
    from bot.usecases.poll import Desk
    from bot.usecases.subscribe import Subscriber
    from bot.usecases.summarise import Summariser

MIB = 1024 * 1024
# What a round recalls are thousands of values, none of which leads back to itself. To look for such among them after every
# 700, as Python does, takes a sixth of the time of recalling them.
_VALUES_BETWEEN_LOOKS = 20_000


def utc_now() -> datetime:
    """Return the current time: the only clock of the program."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def new_owner() -> str:
    """Return a name for this process that no other process and no later run has: leases go by it."""
    return f"{_here()}:{os.getpid()}:{_started(os.getpid())}-{secrets.token_hex(4)}"


def is_gone(owner: str) -> bool:
    """Return whether the process of this name is dead for certain; of another machine or container nothing is known."""
    here, _, number_and_token = owner.partition(":")
    number, _, token = number_and_token.partition(":")
    if here != _here() or not number.isdecimal():
        return False
    return _started(int(number)) not in {token.partition("-")[0], _UNTOLD}


# What cannot be told where there is no /proc: then leases end by themselves.
_UNTOLD = "?"
_PROC = Path("/proc")


def _here() -> str:
    """Return what tells this machine, since it was started, and this container from any other."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii")[:8]
        return f"{socket.gethostname()}/{boot}/{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return socket.gethostname()


def _started(number: int) -> str:
    """Return when the living process of this number was started (ticks since boot); "" when there is none."""
    if not (_PROC / "self/stat").exists():
        return _UNTOLD
    try:
        # The second field is the program's name in brackets, which may hold anything.
        parts = (_PROC / str(number) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if parts[0] in {"Z", "X"} else parts[19]


@dataclass(slots=False)
class App:
    """Everything wired together, opened by `opened`. Parts are made when they are first asked for."""

    settings: Settings
    store: Store
    owner: str = field(default_factory=new_owner)
    _closing: AsyncExitStack = field(default_factory=AsyncExitStack)

    @cached_property
    def analyst(self) -> LexiconAnalyst:
        """Return the analyst with the shipped packs and the operator's own."""
        return load_analyst(self.settings)

    @cached_property
    def names(self) -> ActorNames:
        """Return what readers call the actors."""
        from bot.lexicons import actor_names

        return actor_names(self.settings.analysis.lexicons)

    @cached_property
    def source(self) -> HttpFeedSource:
        """Return the network; closed with the app."""
        from bot.feeds.settings import FeedSettings
        from bot.feeds.source import HttpFeedSource

        feeds = self.settings.feeds
        contact = feeds.contact or "a Discord bot; no contact given"
        source = HttpFeedSource(
            FeedSettings(
                user_agent=f"communique/{bot.__version__} (+{contact})",
                allow_networks=feeds.allow_networks,
                body_bytes=feeds.max_body_mib * MIB,
                decompressed_bytes=2 * feeds.max_body_mib * MIB,
                total_timeout=feeds.timeout,
                concurrency=feeds.concurrency,
                parse_workers=feeds.parse_workers,
                parse_deadline=feeds.parse_timeout,
                parse_memory=feeds.parse_memory_mib * MIB,
            ),
            utc_now,
            knows=(self.settings.analysis.lexicons, self.settings.analysis.topic),
        )
        self._closing.push_async_callback(source.aclose)
        return source

    @property
    def rules(self) -> Rules:
        """Return what triage decides by."""
        alerts = self.settings.alerts
        return Rules(max_age=alerts.max_age, window=alerts.window, edit_every=alerts.edit_every)

    @property
    def polling(self) -> PollingRules:
        """Return the bounds of polling."""
        feeds = self.settings.feeds
        return PollingRules(min_interval=feeds.min_interval, max_interval=feeds.max_interval)

    def desk(self) -> Desk:
        """Return what polls work with."""
        from bot.usecases.poll import Desk

        return Desk(
            rounds=self.store,
            source=self.source,
            coder=self.source.coder(self.settings.analysis.lexicons, self.settings.analysis.topic),
            clock=utc_now,
            rules=self.rules,
            polling=self.polling,
            owner=self.owner,
            chance=random.random,
            concurrency=self.settings.feeds.concurrency,
        )

    def editor(self) -> Editor:
        """Return who owes and gathers digests."""
        from bot.usecases.digest import Editor

        return Editor(outbox=self.store, subscriptions=self.store, archive=self.store, clock=utc_now)

    def summariser(self) -> Summariser:
        """Return who tells the backlog of an outage."""
        from bot.domain.backlog import BacklogRules
        from bot.usecases.summarise import Summariser

        alerts = self.settings.alerts
        rules = BacklogRules(most=alerts.backlog, age=alerts.backlog_age)
        return Summariser(outbox=self.store, rules=rules, clock=utc_now)

    def curator(self) -> Curator:
        """Return who keeps the list of feeds."""
        from bot.usecases.curate import Curator

        feeds = self.settings.feeds
        return Curator(
            feeds=self.store, source=self.source, clock=utc_now, interval=feeds.min_interval, full_text=feeds.full_text
        )

    def subscriber(self) -> Subscriber:
        """Return who keeps the subscriptions."""
        from bot.usecases.subscribe import Subscriber

        return Subscriber(subscriptions=self.store, archive=self.store, clock=utc_now)

    def administrator(self) -> Administrator:
        """Return who keeps what servers choose, and their logs."""
        from bot.usecases.administer import Administrator

        return Administrator(guilds=self.store, clock=utc_now)

    def amender(self) -> Amender:
        """Return who takes what moderators say."""
        from bot.usecases.amend import Amender

        return Amender(rounds=self.store, amendments=self.store, clock=utc_now, rules=self.rules)

    def backfiller(self, *, alert_console: bool) -> Backfiller:
        """Return who runs the past through the pipeline."""
        from bot.usecases.backfill import Backfiller

        return Backfiller(
            rounds=self.store,
            feeds=self.store,
            analyst=self.analyst,
            clock=utc_now,
            rules=self.rules,
            alert_console=alert_console,
        )

    async def aclose(self) -> None:
        """Close what was opened."""
        await self._closing.aclose()


def load_analyst(settings: Settings | None) -> LexiconAnalyst:
    """Return the analyst; without settings, with the shipped packs alone. Raises LexiconInvalid."""
    from bot.analysis.analyst import LexiconAnalyst
    from bot.lexicons import load

    if settings is None:
        return LexiconAnalyst(load())
    return LexiconAnalyst(load(settings.analysis.lexicons, topic=settings.analysis.topic))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[App]:
    """Open the store (upgrading its schema) and yield the app. Raises Stop or StoreUnavailable in words."""
    from bot.store.store import Store

    gc.set_threshold(_VALUES_BETWEEN_LOOKS)
    store = await Store.open(settings.database.url.get_secret_value())
    app = App(settings=settings, store=store)
    try:
        yield app
    finally:
        await app.aclose()
        await store.aclose()
