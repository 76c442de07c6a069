"""A backlog: alerts that have waited through an outage. The newest are posted; the others are told in one summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.digests import Digest, digest_id
from bot.domain.identity import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogRules:
    """When alerts are a backlog: a subscription is owed more than `most`, and they have waited for `age`.

    With `most` 0 every alert is posted, however many wait and for how long.
    """

    most: int = 30
    age: timedelta = timedelta(hours=1)


def folded(waiting: Sequence[Alert], rules: BacklogRules, now: datetime) -> Iterator[tuple[Alert, ...]]:
    """Yield, for each subscription with a backlog, the alerts to be told in one summary instead, oldest first.

    `waiting` is what a channel is owed, oldest first. A subscription then hears at most `most` messages: the summary, and
    its newest alerts. Alerts in doubt stay what they are, for they may have been posted; so do those of the last while,
    for many alerts at once are no outage.
    """
    if not rules.most:
        return
    owed: dict[str, list[Alert]] = defaultdict(list)
    for alert in waiting:
        owed[alert.subscription_id].append(alert)
    for alerts in owed.values():
        if len(alerts) <= rules.most:
            continue
        older = alerts[: len(alerts) - rules.most + 1]
        fit = tuple(
            alert for alert in older if alert.status is AlertStatus.OWED and now - alert.created_at >= rules.age
        )
        if len(fit) > 1:
            yield fit


def summary_of(alerts: Sequence[Alert], now: datetime) -> Digest:
    """Return the digest that tells these alerts of one subscription, oldest first."""
    first, last = alerts[0], alerts[-1]
    return Digest(
        id=content_id("summary", first.subscription_id, first.id, last.id),
        subscription_id=first.subscription_id,
        channel_id=first.channel_id,
        since=first.created_at,
        until=last.created_at + timedelta(microseconds=1),
        created_at=now,
        next_attempt_at=now,
    )


def is_summary(digest: Digest) -> bool:
    """Return whether a digest tells a backlog rather than a slot of time."""
    return digest.id != digest_id(digest.subscription_id, digest.until)


def told_in(summary: Digest) -> str:
    """Return the reason why an alert of this summary is not posted by itself: what the summary is gathered by, too."""
    return f"told in the summary {summary.id} of what could not be posted in time"
