"""A newsroom around the fake store: what every use-case test starts from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from newsroom import NOON, BreakableDiscord, Clock, ScriptedCoder, ScriptedFeeds

from bot.domain.backlog import BacklogRules
from bot.domain.entries import Entry
from bot.domain.polling import PollingRules
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Subscription
from bot.domain.triage import Rules
from bot.usecases.curate import Curator
from bot.usecases.deliver import Delivered, Deliverer
from bot.usecases.digest import Editor
from bot.usecases.poll import Desk, Outcome, Poller
from bot.usecases.summarise import Summariser


@dataclass
class Newsroom:
    """One bot's worth of use-cases over a store; `restart` is what a crash leaves: the store, and a new owner."""

    store: Any
    clock: Clock = field(default_factory=Clock)
    feeds: ScriptedFeeds = field(default_factory=ScriptedFeeds)
    owner: str = "first"
    rules: Rules = field(default_factory=Rules)
    backlog: BacklogRules = field(default_factory=BacklogRules)

    def __post_init__(self) -> None:
        self.discord = BreakableDiscord(clock=self.clock)

    @property
    def desk(self) -> Desk:
        return Desk(
            rounds=self.store,
            source=self.feeds,
            coder=ScriptedCoder(),
            clock=self.clock,
            rules=self.rules,
            polling=PollingRules(),
            owner=self.owner,
            chance=lambda: 0.5,
        )

    @property
    def editor(self) -> Editor:
        return Editor(outbox=self.store, subscriptions=self.store, archive=self.store, clock=self.clock)

    @property
    def curator(self) -> Curator:
        return Curator(feeds=self.store, source=self.feeds, clock=self.clock, interval=PollingRules().min_interval)

    def restart(self) -> None:
        self.owner += "'"

    async def subscribe(self, channel: str = "c1", *, mode: Mode = Mode.INSTANT, **filters: Any) -> Subscription:
        made = Subscription(
            id=f"s-{channel}",
            channel_id=channel,
            channel_kind=ChannelKind.TEXT,
            mode=mode,
            filters=Filters(**filters),
            created_by="admin",
            created_at=self.clock(),
        )
        await self.store.add_subscription(made)
        return made

    async def publish(self, url: str, *entries: Entry) -> None:
        """Let a feed answer with these entries from now on; it is added when it is new."""
        self.feeds.answers[url] = entries
        await self.curator.add(url, by="admin", look=False)

    async def poll(self) -> tuple[Outcome, ...]:
        """Poll every feed, due or not."""
        polled = [await Poller(self.desk).poll_now(feed.id) for feed in await self.store.feeds()]
        return tuple(outcome for outcome in polled if outcome)

    async def deliver(self) -> Delivered:
        """Deliver what is due."""
        return await self.deliverer().deliver_due()

    def deliverer(self) -> Deliverer:
        """Return a process's deliverer."""
        return Deliverer(
            outbox=self.store,
            messenger=self.discord,
            edition=self.editor.edition,
            clock=self.clock,
            owner=self.owner,
            stopping=asyncio.Event(),
            concurrency=1,
            fold=Summariser(outbox=self.store, rules=self.backlog, clock=self.clock).fold,
        )

    def markers(self, channel: str = "c1") -> list[str]:
        return [post.marker for post in self.discord.posts.get(channel, [])]


@pytest.fixture
def newsroom(fake_store: Any) -> Newsroom:
    """A newsroom over the fake store, at noon of 19 September 2023."""
    return Newsroom(store=fake_store, clock=Clock(NOON))


@pytest.fixture
def newsroom_over() -> Callable[[Any], Newsroom]:
    """Make a newsroom over any store."""
    return lambda store: Newsroom(store=store, clock=Clock(NOON))
