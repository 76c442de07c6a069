"""Deliver: post what is owed, in order, exactly once; edit what was posted when more is known.

Before a send the alert is `sending` in the store, after it `posted` with its message's id. What lies between is uncertain
and is settled by the nonce while Discord remembers it, and by reading the channel afterwards.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.alerts import Alert, AlertMessage, AlertStatus
from bot.domain.errors import (
    ChannelRefused,
    ChannelUnavailable,
    NotFound,
    PostUncertain,
    StoreUnavailable,
)
from bot.domain.subscriptions import ChannelKind, Schedule
from bot.usecases.ports import Clock, Messenger, Outbox

log = structlog.get_logger(__name__)

# Discord remembers nonces for "the past few minutes": within this time the same nonce cannot make a second message.
NONCE_WINDOW = timedelta(minutes=2)
# Shorter than the nonce window, so that whoever takes over a frozen owner's channel still finds its nonce remembered.
LEASE = timedelta(seconds=60)
# A message may carry a time a little before ours: search from earlier.
CLOCK_SKEW = timedelta(minutes=5)
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=5)
BATCH = 50


@dataclass(slots=True, kw_only=True)
class Delivered:
    """What one pass came to."""

    posted: int = 0
    found: int = 0
    edited: int = 0
    waiting: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """Posts what the outbox owes, several channels at a time, one message at a time in each."""

    outbox: Outbox
    messenger: Messenger
    clock: Clock
    owner: str
    concurrency: int = 8
    stopping: asyncio.Event

    async def deliver_due(self) -> Delivered:
        """Deliver until nothing is due; return what was done. A channel in trouble is left alone for a while."""
        done = Delivered()
        workers = [self._work(done) for _ in range(self.concurrency)]
        await asyncio.gather(*workers)
        return done

    async def _work(self, done: Delivered) -> None:
        while not self.stopping.is_set():
            channel = await self.outbox.claim_channel(now=self.clock(), lease=LEASE, owner=self.owner)
            if channel is None:
                return
            pause = await self._serve(channel, done)
            if pause:
                # The lease is what keeps later alerts of this channel behind the one that failed.
                await self.outbox.renew_channel(channel, now=self.clock(), lease=pause, owner=self.owner)
                done.waiting += 1
            else:
                await self.outbox.release_channel(channel, owner=self.owner)

    async def _serve(self, channel: str, done: Delivered) -> timedelta | None:
        """Post what this channel is owed; return how long to leave it alone, or None when it is served."""
        for alert in await self.outbox.due_alerts(channel, now=self.clock(), limit=BATCH):
            if self.stopping.is_set() or not await self._still_ours(channel):
                return None
            if pause := await self._settle(alert, done):
                return pause
        for alert in await self.outbox.due_edits(channel, now=self.clock(), limit=BATCH):
            if self.stopping.is_set() or not await self._still_ours(channel):
                return None
            if pause := await self._edit(alert, done):
                return pause
        return None

    async def _still_ours(self, channel: str) -> bool:
        return await self.outbox.renew_channel(channel, now=self.clock(), lease=LEASE, owner=self.owner)

    async def _settle(self, alert: Alert, done: Delivered) -> timedelta | None:
        now = self.clock()
        try:
            message = await self.outbox.alert_message(alert)
        except NotFound as error:
            await self._save(alert, AlertStatus.DROPPED, last_error=str(error))
            return None
        if until := quiet_until(message.subscription.schedule, now):
            await self.outbox.save_alert(replace(alert, next_attempt_at=until), expected=alert.status)
            return None
        try:
            if alert.status is not AlertStatus.OWED and not self._nonce_is_remembered(alert, message, now):
                found = await self._look_for(alert, message)
                if found:
                    await self._posted(alert, found)
                    done.found += 1
                    return None
                # Known to be absent: the time in which a send may be in doubt starts anew.
                alert = replace(alert, first_attempt_at=None)
            return await self._post(alert, message, done)
        except ChannelUnavailable as error:
            return await self._wait(alert, alert.status, error, error.retry_after)
        except ChannelRefused as error:
            await self._refused(alert, str(error), done)
            return LEASE

    async def _post(self, alert: Alert, message: AlertMessage, done: Delivered) -> timedelta | None:
        now = self.clock()
        before = alert.status
        sending = replace(
            alert,
            status=AlertStatus.SENDING,
            attempts=alert.attempts + 1,
            first_attempt_at=alert.first_attempt_at or now,
        )
        if not await self.outbox.save_alert(sending, expected=before):
            return None
        try:
            message_id = await self.messenger.post(replace(message, alert=sending))
        except PostUncertain as error:
            return await self._wait(sending, AlertStatus.UNCERTAIN, error, None)
        except ChannelUnavailable as error:
            return await self._wait(sending, before, error, error.retry_after)
        except ChannelRefused as error:
            await self._refused(replace(sending, status=before), str(error), done)
            return LEASE
        except NotFound as error:
            # The nonce's message was deleted by people before we heard of it: it is not made again.
            await self._save(sending, AlertStatus.DROPPED, last_error=str(error))
            return None
        await self._posted(sending, message_id)
        done.posted += 1
        return None

    async def _edit(self, alert: Alert, done: Delivered) -> timedelta | None:
        try:
            await self.messenger.edit(await self.outbox.alert_message(alert))
        except NotFound as error:
            await self._save(alert, AlertStatus.DROPPED, last_error=str(error))
        except (ChannelUnavailable, PostUncertain) as error:
            # An edit may be made twice without harm.
            return getattr(error, "retry_after", None) or _backoff(alert.attempts)
        except ChannelRefused as error:
            await self._refused(alert, str(error), done)
            return LEASE
        await self.outbox.edit_done(replace(alert, edited_at=self.clock()))
        done.edited += 1
        return None

    async def _look_for(self, alert: Alert, message: AlertMessage) -> str | None:
        since = (alert.first_attempt_at or alert.created_at) - CLOCK_SKEW
        found = await self.messenger.find(message.subscription, alert.id, since=since)
        log.info("looked for alert", alert=alert.id, channel=alert.channel_id, found=bool(found))
        return found

    def _nonce_is_remembered(self, alert: Alert, message: AlertMessage, now: datetime) -> bool:
        if message.subscription.channel_kind is ChannelKind.FORUM or alert.first_attempt_at is None:
            return False
        return timedelta(0) <= now - alert.first_attempt_at < NONCE_WINDOW

    async def _posted(self, alert: Alert, message_id: str) -> None:
        now = self.clock()
        posted = replace(
            alert, status=AlertStatus.POSTED, message_id=message_id, posted_at=now, edited_at=now, last_error=None
        )
        # The message exists: this must be written, however long the store takes to come back.
        delay = FIRST_RETRY
        while True:
            try:
                await self.outbox.save_alert(posted)
                break
            except StoreUnavailable:
                if self.stopping.is_set():
                    raise
                await asyncio.sleep(delay.total_seconds())
                delay = min(delay * 2, LEASE / 2)
        log.info("alert posted", alert=alert.id, channel=alert.channel_id, message=message_id, attempts=alert.attempts)

    async def _wait(
        self, alert: Alert, status: AlertStatus, error: Exception, retry_after: timedelta | None
    ) -> timedelta:
        pause = retry_after or _backoff(alert.attempts)
        waiting = replace(alert, status=status, next_attempt_at=self.clock() + pause, last_error=str(error))
        await self.outbox.save_alert(waiting)
        log.warning("alert waits", alert=alert.id, channel=alert.channel_id, status=status.value, error=str(error))
        return pause

    async def _refused(self, alert: Alert, error: str, done: Delivered) -> None:
        await self.outbox.save_alert(replace(alert, last_error=error))
        paused = await self.outbox.pause_channel(alert.channel_id, reason=error, now=self.clock())
        done.refused += 1
        log.error("channel refused", channel=alert.channel_id, subscriptions=len(paused), error=error)
        for subscription in paused:
            await self.messenger.tell_admins(subscription, error)

    async def _save(self, alert: Alert, status: AlertStatus, *, last_error: str) -> None:
        await self.outbox.save_alert(replace(alert, status=status, last_error=last_error))
        log.info("alert not posted", alert=alert.id, channel=alert.channel_id, status=status.value, reason=last_error)


def quiet_until(schedule: Schedule, now: datetime) -> datetime | None:
    """Return when the quiet hours end that `now` falls into, or None outside of them."""
    if not schedule.is_quiet(now) or schedule.quiet_until is None:
        return None
    zone = ZoneInfo(schedule.timezone)
    local = now.astimezone(zone)
    ends = datetime.combine(local.date(), schedule.quiet_until, tzinfo=zone)
    if ends <= local:
        ends = datetime.combine(local.date() + timedelta(days=1), schedule.quiet_until, tzinfo=zone)
    return ends.astimezone(now.tzinfo)


def _backoff(attempts: int) -> timedelta:
    return min(FIRST_RETRY * 2 ** min(max(attempts - 1, 0), 12), LONGEST_RETRY)
