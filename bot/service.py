"""The service: jobs on a clock, deliveries to the terminal and to Discord, and an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from rich.console import Console

from bot.app import App, is_gone, utc_now
from bot.console.messenger import ConsoleMessenger
from bot.domain.alerts import AlertMessage
from bot.domain.digests import Edition
from bot.domain.errors import ChannelUnavailable, NotFound, Stop
from bot.domain.notices import FeedNotice
from bot.domain.subscriptions import CONSOLE, ChannelKind, Subscription, SubscriptionStatus, console_subscription
from bot.monitoring import Monitor, serving
from bot.scheduling import Job, Scheduler
from bot.usecases.deliver import Deliverer
from bot.usecases.inherit import end_leases_of_the_dead
from bot.usecases.notice import Noticer
from bot.usecases.poll import Poller
from bot.usecases.ports import Messenger

log = structlog.get_logger(__name__)

POLL_TICK = timedelta(seconds=1)
DELIVER_TICK = timedelta(seconds=1)
DIGEST_TICK = timedelta(seconds=20)
NOTICE_TICK = timedelta(minutes=5)
# How soon a process on the same machine takes over from one that died.
INHERIT_TICK = timedelta(seconds=5)
# What is in flight at the end has this long to finish; then connections are closed, and all is over within ten seconds.
GRACE = timedelta(seconds=6)


class Role(StrEnum):
    """What a process does; one process does everything unless told otherwise."""

    POLL = "poll"
    DELIVER = "deliver"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """A messenger for every channel: the terminal's own, and Discord's while it is there."""

    console: Messenger
    discord: Messenger | None = None

    def _for(self, subscription: Subscription) -> Messenger:
        if subscription.channel_kind is ChannelKind.CONSOLE:
            return self.console
        if self.discord is None:
            raise ChannelUnavailable(
                "Discord is not connected; set COMMUNIQUE_DISCORD__TOKEN", retry_after=timedelta(minutes=1)
            )
        return self.discord

    async def post(self, message: AlertMessage) -> str:
        """Post an alert where its subscription is."""
        return await self._for(message.subscription).post(message)

    async def post_digest(self, edition: Edition) -> str:
        """Post a digest where its subscription is."""
        return await self._for(edition.subscription).post_digest(edition)

    async def edit(self, message: AlertMessage) -> None:
        """Edit an alert where its subscription is."""
        await self._for(message.subscription).edit(message)

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Look for an alert where its subscription is."""
        return await self._for(subscription).find(subscription, marker, since=since)

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Tell the admins of the subscription's guild."""
        if subscription.channel_kind is ChannelKind.CONSOLE or self.discord is not None:
            await self._for(subscription).tell_admins(subscription, reason)

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell the operator on the terminal, a guild on Discord."""
        if not notice.guild_id:
            await self.console.tell_of_feed(notice)
        elif self.discord is not None:
            await self.discord.tell_of_feed(notice)
        else:
            raise ChannelUnavailable("Discord is not connected")


def console_deliverer(app: App, console: Console) -> Deliverer:
    """Return a deliverer that prints what the terminal is owed, and serves no other channel."""
    return Deliverer(
        outbox=app.store,
        messenger=ConsoleMessenger(console, utc_now, app.names),
        edition=app.editor().edition,
        clock=utc_now,
        owner=app.owner,
        stopping=asyncio.Event(),
        concurrency=1,
        channels=frozenset({CONSOLE}),
    )


async def listen_on_console(app: App, *, wanted: bool) -> None:
    """Make the terminal's implicit subscription active, or pause it: what is owed to it while paused is not made."""
    standing = console_subscription(utc_now())
    status = SubscriptionStatus.ACTIVE if wanted else SubscriptionStatus.PAUSED
    try:
        known = await app.store.subscription(standing.id)
    except NotFound:
        if wanted:
            await app.store.add_subscription(standing)
        return
    if known.status is not status:
        await app.store.save_subscription(replace(known, status=status, paused_reason=None))


@asynccontextmanager
async def listening_console(app: App) -> AsyncIterator[None]:
    """Have the terminal listen for as long as this lasts."""
    await listen_on_console(app, wanted=True)
    try:
        yield
    finally:
        await listen_on_console(app, wanted=False)


@dataclass(kw_only=True)
class Service:
    """One process of the bot. `serve` returns when it is told to stop (SIGTERM, SIGINT, or `stop`)."""

    app: App
    console: Console
    roles: frozenset[Role]
    say: Callable[[str], None]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _failure: Stop | None = field(default=None, init=False)

    def stop(self) -> None:
        """Take no new work, finish what is in flight, and return from `serve`."""
        self.stopping.set()

    async def serve(self) -> None:
        """Do the roles' work until told to stop. Raises Stop when it cannot go on."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self.stop)
        monitor = Monitor(self.app.store.tally, utc_now, self.app.store.feeds)
        async with AsyncExitStack() as stack:
            await self._listen_for_monitors(stack, monitor)
            discord = await self._discord(stack)
            poller = (
                Poller(replace(self.app.desk(), tell=monitor.polled, give_up=self._give_up))
                if Role.POLL in self.roles
                else None
            )
            deliverer = await self._deliverer(discord, monitor) if Role.DELIVER in self.roles else None
            # Before anything is claimed: a restart does not wait for the leases of the run that was killed.
            await self._inherit()
            scheduler = await stack.enter_async_context(
                Scheduler(list(self._jobs(poller, deliverer)), clock=utc_now, give_up=self._give_up)
            )
            monitor.put_off = scheduler.put_off
            await self.stopping.wait()
            log.info("stopping")
            await asyncio.gather(
                scheduler.finish(within=GRACE),
                *([poller.settle(within=GRACE)] if poller else []),
                *([deliverer.settle(within=GRACE)] if deliverer else []),
            )

        if self._failure is not None:
            raise self._failure

    def _give_up(self, error: Stop) -> None:
        log.error("cannot go on", error=str(error))
        self._failure = self._failure or error
        self.stop()

    async def _listen_for_monitors(self, stack: AsyncExitStack, monitor: Monitor) -> None:
        http = self.app.settings.http
        if http.port:
            port = await stack.enter_async_context(serving(monitor, host=http.host, port=http.port))
            log.info("monitoring", host=http.host, port=port)

    async def _discord(self, stack: AsyncExitStack) -> Messenger | None:
        """Connect to Discord where there is a token and a role that needs it; say how things stand."""
        token = self.app.settings.discord.token
        if not {Role.DELIVER, Role.GATEWAY} & self.roles:
            return None
        if token is None:
            self.say("no Discord token: alerts go to this terminal; set COMMUNIQUE_DISCORD__TOKEN to post them")
            return None
        from bot.gateway import connected  # noqa: PLC0415 - discord.py takes a third of a second to import

        return await stack.enter_async_context(
            connected(self.app, token.get_secret_value(), commands=Role.GATEWAY in self.roles)
        )

    async def _deliverer(self, discord: Messenger | None, monitor: Monitor) -> Deliverer:
        # Whoever delivers decides whether the terminal listens: other processes have no terminal to speak of.
        await listen_on_console(self.app, wanted=discord is None or self.app.settings.alerts.console)
        return Deliverer(
            outbox=self.app.store,
            messenger=Router(console=ConsoleMessenger(self.console, utc_now, self.app.names), discord=discord),
            edition=self.app.editor().edition,
            clock=utc_now,
            owner=self.app.owner,
            stopping=self.stopping,
            give_up=self._give_up,
            channels=frozenset() if discord else frozenset({CONSOLE}),
            fold=self.app.summariser().fold,
            tell=monitor.posted,
        )

    def _noticer(self, messenger: Messenger) -> Noticer:
        store = self.app.store
        return Noticer(
            feeds=store,
            rounds=store,
            subscriptions=store,
            messenger=messenger,
            clock=utc_now,
            owner=self.app.owner,
        )

    async def _inherit(self) -> int:
        return await end_leases_of_the_dead(self.app.store, is_gone=is_gone)

    def _jobs(self, poller: Poller | None, deliverer: Deliverer | None) -> Iterable[Job]:
        if poller or deliverer:
            yield Job(name="inherit", every=INHERIT_TICK, run=self._inherit)
        if poller:
            yield Job(name="poll", every=POLL_TICK, run=poller.start_due)
        if deliverer:
            yield Job(name="deliver", every=DELIVER_TICK, run=deliverer.start_due)
            yield Job(name="digest", every=DIGEST_TICK, run=self.app.editor().owe_digests)
            yield Job(name="notice", every=NOTICE_TICK, run=self._noticer(deliverer.messenger).tell_due)
