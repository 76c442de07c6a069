"""Summarise: what a channel was owed through an outage is told in one message, instead of flooding it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.backlog import BacklogRules, folded, summary_of, told_in
from bot.usecases.ports import Clock, Outbox

log = structlog.get_logger(__name__)

# What is folded in one go; more than that is folded the next time.
MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Summariser:
    """Folds the backlog of a channel, for whoever has leased it."""

    outbox: Outbox
    rules: BacklogRules
    clock: Clock

    async def fold(self, channel: str, oldest: Sequence[Alert]) -> int:
        """Owe the channel a summary in place of its backlog; return how many alerts it tells. `oldest` are its first alerts.

        The summary is owed before an alert is taken into it: a crash in between leaves a shorter summary, and what it does
        not tell is folded, or posted, as if it had not been there.
        """
        now = self.clock()
        if not oldest or now - oldest[0].created_at < self.rules.age:
            return 0
        waiting = await self.outbox.due_alerts(channel, now=now, limit=MOST_AT_ONCE)
        taken = 0
        for alerts in folded(waiting, self.rules, now):
            summary = summary_of(alerts, now)
            await self.outbox.owe_digest(summary)
            for alert in alerts:
                told = replace(alert, status=AlertStatus.SUPPRESSED, reason=told_in(summary))
                taken += await self.outbox.save_alert(told, expected=AlertStatus.OWED)
            log.warning("backlog summarised", channel=channel, summary=summary.id, alerts=len(alerts))
        return taken
