"""Deliver: post what is owed, in order, exactly once; edit what was posted when more is known.

Before a send the alert is `sending` in the store, after it `posted` with its message's id. What lies between is uncertain
and is settled by the nonce while Discord remembers it, and by reading the channel afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.alerts import Alert, AlertMessage, AlertStatus
from bot.domain.digests import Digest, Edition
from bot.domain.errors import (
    ChannelRefused,
    ChannelUnavailable,
    CommuniqueError,
    NotFound,
    PostUncertain,
    Stop,
    StoreUnavailable,
    TokenRefused,
    Wait,
)
from bot.domain.subscriptions import Mode, Subscription
from bot.usecases.errands import (
    CLOCK_SKEW,
    FIRST_RETRY,
    LEASE,
    LONGEST_OUTAGE,
    Errand,
    Owed,
    backoff,
    nonce_is_remembered,
    quiet_until,
    still_landing,
)
from bot.usecases.ports import Clock, Messenger, Outbox

log = structlog.get_logger(__name__)

BATCH = 50


@dataclass(slots=True, kw_only=True)
class Delivered:
    """What one pass came to."""

    posted: int = 0
    found: int = 0
    edited: int = 0
    waiting: int = 0
    refused: int = 0


async def _fold_nothing(_channel: str, _oldest: Sequence[Alert]) -> int:
    return 0


@dataclass(kw_only=True)
class Deliverer:
    """Posts what the outbox owes, several channels at a time, one message at a time in each.

    `start_due` waits for a channel only while all places are taken, so that one in trouble holds up no other; `deliver_due`
    waits for all.
    """

    outbox: Outbox
    messenger: Messenger
    edition: Callable[[Digest], Awaitable[Edition]]
    clock: Clock
    owner: str
    concurrency: int = 8
    # Channels that this messenger can reach; empty is all.
    channels: frozenset[str] = frozenset()
    # Given a channel and its first alerts, tells its backlog in a summary and returns how many alerts that holds.
    fold: Callable[[str, Sequence[Alert]], Awaitable[int]] = field(default=_fold_nothing)
    # Told of every row that came to its channel, and when: for metrics.
    tell: Callable[[Alert | Digest, datetime], None] = lambda *_: None
    # Told of what this process cannot go on with.
    give_up: Callable[[Stop], None] = lambda _: None
    # Set when no further message may be begun.
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    # Channels whose leases the store was not there to take back.
    _stranded: set[str] = field(default_factory=set, init=False)
    _done: Delivered = field(default_factory=Delivered, init=False)
    _running: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    async def start_due(self) -> int:
        """Start serving every channel that is due; wait for one only while all places are taken.

        Where more are due than there are places, each place is filled again as soon as it is free. Returns how many were
        started.
        """
        started = await self._start()
        while len(self._running) >= self.concurrency and not self.stopping.is_set():
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            started += await self._start()
        return started

    async def _start(self) -> int:
        started = 0
        for stranded in tuple(self._stranded):
            await self.outbox.release_channel(stranded, owner=self.owner)
            self._stranded.discard(stranded)
        while len(self._running) < self.concurrency and not self.stopping.is_set():
            channel = await self.outbox.claim_channel(
                now=self.clock(), lease=LEASE, owner=self.owner, only=self.channels
            )
            if channel is None:
                break
            task = asyncio.create_task(self._serve_leased(channel), name=f"deliver {channel}")
            self._running.add(task)
            task.add_done_callback(self._finished)
            started += 1
        return started

    async def deliver_due(self) -> Delivered:
        """Deliver until nothing is due; return what was done. A channel in trouble is left alone for a while."""
        self._done = Delivered()
        while await self._start() or self._running:
            finished, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                await task
        return self._done

    async def settle(self, *, within: timedelta) -> None:
        """Begin nothing more, and wait for what is in flight; after `within`, leave it to be found out later."""
        self.stopping.set()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=within.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, StoreUnavailable):
            log.warning("channel put off", task=task.get_name(), error=str(error))
        elif isinstance(error, Stop):
            self.give_up(error)
        else:
            log.error("delivery broke off", task=task.get_name(), exc_info=error)

    async def _serve_leased(self, channel: str) -> None:
        done = self._done
        try:
            if pause := await self._serve(channel, done):
                # The lease is what keeps later alerts of this channel behind the one that failed.
                await self.outbox.renew_channel(channel, now=self.clock(), lease=pause, owner=self.owner)
                done.waiting += 1
            else:
                await self.outbox.release_channel(channel, owner=self.owner)
        except StoreUnavailable:
            self._stranded.add(channel)
            raise

    async def _serve(self, channel: str, done: Delivered) -> timedelta | None:
        """Post what this channel is owed; return how long to leave it alone, or None when it is served."""
        now = self.clock()
        alerts = await self.outbox.due_alerts(channel, now=now, limit=BATCH)
        if await self.fold(channel, alerts):
            alerts = await self.outbox.due_alerts(channel, now=now, limit=BATCH)
        digests = await self.outbox.due_digests(channel, now=now, limit=BATCH)
        # A summary of a backlog comes before the alerts that are newer, and after what may be in the channel already.
        in_doubt = [row for row in alerts if row.status is not AlertStatus.OWED]
        steps: list[Callable[[], Awaitable[timedelta | None]]] = []
        steps += [partial(self._alert, row, done) for row in in_doubt]
        steps += [partial(self._digest, row, done) for row in digests]
        steps += [partial(self._alert, row, done) for row in alerts if row.status is AlertStatus.OWED]
        steps += [partial(self._edit, row, done) for row in await self.outbox.due_edits(channel, now=now, limit=BATCH)]
        for step in steps:
            if self.stopping.is_set() or not await self._still_ours(channel):
                return None
            if pause := await step():
                return pause
        return None

    async def _still_ours(self, channel: str) -> bool:
        return await self.outbox.renew_channel(channel, now=self.clock(), lease=LEASE, owner=self.owner)

    async def _alert(self, alert: Alert, done: Delivered) -> timedelta | None:
        try:
            message = await self.outbox.alert_message(alert)
        except NotFound as error:
            await self._drop(alert, self.outbox.save_alert, str(error))
            return None
        send = partial(_send_alert, self.messenger, message)
        return await self._settle(
            Errand(row=alert, subscription=message.subscription, send=send, save=self.outbox.save_alert), done
        )

    async def _digest(self, digest: Digest, done: Delivered) -> timedelta | None:
        try:
            edition = await self.edition(digest)
        except NotFound as error:
            await self._drop(digest, self.outbox.save_digest, str(error))
            return None
        if not edition.reactions and not _tells_empty(edition.subscription):
            await self.outbox.save_digest(replace(digest, status=AlertStatus.SUPPRESSED, last_error=None))
            return None
        send = partial(_send_digest, self.messenger, edition)
        return await self._settle(
            Errand(row=digest, subscription=edition.subscription, send=send, save=self.outbox.save_digest), done
        )

    async def _settle(self, errand: Errand[Owed], done: Delivered) -> timedelta | None:
        row, now = errand.row, self.clock()
        if until := quiet_until(errand.subscription.schedule, now):
            await errand.save(replace(row, next_attempt_at=until), expected=row.status)
            return None
        if wait := still_landing(errand, now):
            return wait
        try:
            if row.status is not AlertStatus.OWED and not nonce_is_remembered(errand, now):
                if found := await self._look_for(errand):
                    await self._posted(errand, found)
                    done.found += 1
                    return None
                # Known to be absent: the time in which a send may be in doubt starts anew.
                errand = errand.at(replace(row, first_attempt_at=None))
                # A long search may have outlasted the lease.
                if not await self._still_ours(row.channel_id):
                    return None
            return await self._post(errand, done)
        except (ChannelUnavailable, TokenRefused) as error:
            return await self._wait(errand, row.status, error)
        except PostUncertain as error:
            # A search whose answer was lost has told nothing, and changed nothing.
            return await self._wait(errand, row.status, error)
        except ChannelRefused as error:
            return await self._refused(errand, row.status, error, done)

    async def _post(self, errand: Errand[Owed], done: Delivered) -> timedelta | None:
        row, before = errand.row, errand.row.status
        # An owed row has nothing in doubt, however often Discord asked to wait: its time of doubt begins now.
        in_doubt_since = row.first_attempt_at if before is not AlertStatus.OWED else None
        sending = replace(
            row,
            status=AlertStatus.SENDING,
            attempts=row.attempts + 1,
            first_attempt_at=in_doubt_since or self.clock(),
        )
        if not await errand.save(sending, expected=before):
            return None
        errand = errand.at(sending)
        log.debug("sending", alert=row.id, channel=row.channel_id, attempt=sending.attempts)
        try:
            message_id = await errand.send(sending)
        except PostUncertain as error:
            return await self._wait(errand, AlertStatus.UNCERTAIN, error)
        except (ChannelUnavailable, TokenRefused) as error:
            return await self._wait(errand, before, error)
        except ChannelRefused as error:
            return await self._refused(errand, before, error, done)
        except NotFound as error:
            # The nonce's message was deleted by people before we heard of it: it is not made again.
            await self._drop(sending, errand.save, str(error))
            return None
        await self._posted(errand, message_id)
        done.posted += 1
        return None

    async def _edit(self, alert: Alert, done: Delivered) -> timedelta | None:
        try:
            await self.messenger.edit(await self.outbox.alert_message(alert))
        except NotFound as error:
            await self._drop(alert, self.outbox.save_alert, str(error))
            return None
        except (ChannelUnavailable, TokenRefused, PostUncertain) as error:
            # An edit whose answer was lost may be made twice without harm.
            return (error.retry_after if isinstance(error, Wait) else None) or backoff(alert.attempts)
        except ChannelRefused as error:
            await self._pause(alert.channel_id, error, done)
            return LEASE
        await self.outbox.edit_done(replace(alert, edited_at=self.clock()))
        log.info("edited", alert=alert.id, channel=alert.channel_id, message=alert.message_id)
        done.edited += 1
        return None

    async def _look_for(self, errand: Errand[Owed]) -> str | None:
        row, now = errand.row, self.clock()
        since = (row.first_attempt_at or row.created_at) - CLOCK_SKEW
        if since > now:
            # The clock was set back since the first attempt: how far ahead it was then is not known.
            since = now - LONGEST_OUTAGE
        found = await self.messenger.find(errand.subscription, row.id, since=since)
        log.info("looked for", alert=row.id, channel=row.channel_id, found=bool(found))
        return found

    async def _posted(self, errand: Errand[Owed], message_id: str) -> None:
        row, now = errand.row, self.clock()
        posted = replace(row, status=AlertStatus.POSTED, message_id=message_id, posted_at=now, last_error=None)
        # The message exists: this must be written, however long the store takes to come back.
        delay = FIRST_RETRY
        while True:
            try:
                await errand.save(posted)
                break
            except StoreUnavailable:
                if self.stopping.is_set():
                    raise
                await asyncio.sleep(delay.total_seconds())
                delay = min(delay * 2, LEASE / 2)
        self.tell(posted, now)
        log.info("posted", alert=row.id, channel=row.channel_id, message=message_id, attempts=row.attempts)

    async def _wait(self, errand: Errand[Owed], status: AlertStatus, error: CommuniqueError) -> timedelta:
        row = errand.row
        pause = (error.retry_after if isinstance(error, Wait) else None) or backoff(row.attempts)
        # It stays due, so that nothing overtakes it when the pause, which is the channel's lease, is cut short. Where
        # somebody else has come further with it meanwhile (we were frozen, or cut off), his word stands.
        ours = await errand.save(replace(row, status=status, last_error=str(error)), expected=row.status)
        event = "waits" if ours else "settled by another"
        log.warning(event, alert=row.id, channel=row.channel_id, status=status.value, error=str(error))
        return pause

    async def _refused(
        self, errand: Errand[Owed], status: AlertStatus, error: ChannelRefused, done: Delivered
    ) -> timedelta:
        # It stays owed: when the subscription is resumed, nothing was dropped.
        await errand.save(replace(errand.row, status=status, last_error=str(error)), expected=errand.row.status)
        log.warning("refused", alert=errand.row.id, channel=errand.row.channel_id, error=str(error))
        await self._pause(errand.row.channel_id, error, done)
        return LEASE

    async def _pause(self, channel_id: str, error: ChannelRefused, done: Delivered) -> None:
        paused = await self.outbox.pause_channel(channel_id, reason=str(error), now=self.clock())
        done.refused += 1
        log.error("channel refused", channel=channel_id, subscriptions=len(paused), error=str(error))
        for subscription in paused:
            await self.messenger.tell_admins(subscription, str(error))

    async def _drop(self, row: Owed, save: Callable[..., Awaitable[bool]], reason: str) -> None:
        await save(replace(row, status=AlertStatus.DROPPED, last_error=reason), expected=row.status)
        log.info("not posted", alert=row.id, channel=row.channel_id, reason=reason)


def _tells_empty(subscription: Subscription) -> bool:
    # Whoever has alerts has a digest only for what an outage held up; of nothing there is nothing to tell.
    return subscription.schedule.tells_empty and subscription.mode is not Mode.INSTANT


async def _send_alert(messenger: Messenger, message: AlertMessage, alert: Alert) -> str:
    return await messenger.post(replace(message, alert=alert))


async def _send_digest(messenger: Messenger, edition: Edition, digest: Digest) -> str:
    return await messenger.post_digest(replace(edition, digest=digest))
