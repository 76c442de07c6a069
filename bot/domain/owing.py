"""Owing: which subscription is owed which reactions of an item, which posted messages now say too little, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.alerts import Alert, AlertStatus, alert_id
from bot.domain.decisions import Rules, Verdict
from bot.domain.items import Item
from bot.domain.reactions import Reaction
from bot.domain.subscriptions import Filters, Subscription, objection

# A message that is, or may be, before the readers' eyes.
_TOLD = frozenset({AlertStatus.POSTED, AlertStatus.SENDING, AlertStatus.UNCERTAIN})


class Ledger:
    """The alerts that bear on a batch: those known, and those that this batch brings about."""

    def __init__(self, alerts: Iterable[Alert], rules: Rules, now: datetime) -> None:
        self._rules = rules
        self._now = now
        self._alerts: dict[str, Alert] = {}
        self._carrying: dict[str, dict[str, None]] = {}
        self._written: dict[str, None] = {}
        self._made = 0
        for alert in sorted(alerts, key=lambda alert: (alert.created_at, alert.id)):
            self._keep(alert)

    @property
    def written(self) -> tuple[Alert, ...]:
        """Return the alerts that are new or changed, in order of making."""
        return tuple(self._alerts[alert_id] for alert_id in self._written)

    def carrying(self, reaction_id: str) -> list[Alert]:
        """Return the alerts that carry a reaction, oldest first."""
        return [self._alerts[alert_id] for alert_id in self._carrying.get(reaction_id, ())]

    def carrier(self, subscription: Subscription, reaction: Reaction) -> Alert | None:
        """Return the alert that told the subscription of the reaction, or is about to; None when none did."""
        told = self.carrying(reaction.id)
        return next((alert for alert in told if alert.subscription_id == subscription.id), None)

    def owe(self, subscription: Subscription, item: Item, reactions: Sequence[Reaction], reason: str) -> None:
        """Enter an alert of these reactions; it is due now, after those entered before it."""
        names = tuple(reaction.id for reaction in reactions)
        alert = Alert(
            id=alert_id(subscription.id, item.id, names),
            subscription_id=subscription.id,
            channel_id=subscription.channel_id,
            item_id=item.id,
            story_id=item.story_id or "",
            reactions=names,
            status=AlertStatus.SUPPRESSED if self._rules.suppress else AlertStatus.OWED,
            reason=reason,
            # Ids are hashes: a microsecond between alerts of one batch keeps their order in every index.
            created_at=self._now + timedelta(microseconds=self._made),
            next_attempt_at=self._now,
        )
        self._made += 1
        self._write(alert)

    def edit(self, reaction_id: str) -> None:
        """Have the messages that carry a reaction brought up to what is known, not more often than the rules say."""
        for alert in self.carrying(reaction_id):
            if alert.status not in _TOLD or alert.edit_due_at is not None:
                continue
            last = alert.edited_at or alert.posted_at or self._now
            self._write(replace(alert, edit_due_at=max(self._now, last + self._rules.edit_every)))

    def swap(self, gone: str, instead: Sequence[Reaction]) -> None:
        """Let the alerts that carry a reaction carry those that a new wording of the item puts in its place.

        Where nothing new to the subscription takes its place it stays: the message told it, and it is not owed again.
        """
        for alert in self.carrying(gone):
            new = [
                reaction.id
                for reaction in instead
                if reaction.is_alertable
                and not any(each.subscription_id == alert.subscription_id for each in self.carrying(reaction.id))
            ]
            if new:
                kept = [name for name in alert.reactions if name != gone]
                self._write(replace(alert, reactions=(*kept, *new)))

    def recast(self, alert_id: str, becomes: Mapping[str, str]) -> None:
        """Let one alert carry other reactions in the place of its own, and have its message edited if it was posted."""
        alert = self._alerts[alert_id]
        reactions = tuple(dict.fromkeys(becomes.get(name, name) for name in alert.reactions))
        if reactions != alert.reactions:
            self._write(replace(alert, reactions=reactions))
            self.edit(reactions[0])

    def _write(self, alert: Alert) -> None:
        self._written[alert.id] = None
        self._keep(alert)

    def _keep(self, alert: Alert) -> None:
        if earlier := self._alerts.get(alert.id):
            for reaction_id in earlier.reactions:
                self._carrying[reaction_id].pop(alert.id, None)
        self._alerts[alert.id] = alert
        for reaction_id in alert.reactions:
            self._carrying.setdefault(reaction_id, {})[alert.id] = None


def owe_item(
    item: Item,
    reactions: Sequence[Reaction],
    subscriptions: Iterable[Subscription],
    ledger: Ledger,
    *,
    rules: Rules,
    now: datetime,
) -> Iterator[Verdict]:
    """Enter what each subscription is owed for an item's reactions; yield a verdict for every decision and its reason."""
    general = _general_objection(item, reactions, rules)
    if general:
        yield Verdict(item_id=item.id, subscription_id="", alerted=False, reason=general, at=now)
        return
    readers = tuple(subscriptions)
    alertable = []
    for reaction in reactions:
        # What holds for everybody is said once.
        if refused := _common_objection(reaction, readers):
            yield _verdict(item, None, reaction, refused, now)
        else:
            alertable.append(reaction)
    text = item.article.text
    for subscription in readers:
        owed = []
        for reaction in alertable:
            if carrier := ledger.carrier(subscription, reaction):
                # An item that is judged anew keeps what was said of its own alert.
                if carrier.item_id != item.id:
                    yield _verdict(item, subscription, reaction, "an earlier alert tells it already", now)
            elif refused := objection(subscription.filters, reaction, text=text):
                yield _verdict(item, subscription, reaction, refused, now)
            else:
                owed.append(reaction)
        for reaction in owed:
            yield _verdict(item, subscription, reaction, _new_reason(reaction), now, alerted=True)
        if owed:
            ledger.owe(subscription, item, owed, "; ".join(dict.fromkeys(_new_reason(reaction) for reaction in owed)))


def _general_objection(item: Item, reactions: Sequence[Reaction], rules: Rules) -> str | None:
    """Return why nobody is alerted to the item, or None."""
    if not reactions:
        return "no reaction was found in it"
    if item.first_seen_at - item.published > rules.max_age:
        return f"it was older than {_words(rules.max_age)} when it was first seen"
    return None


def _common_objection(reaction: Reaction, readers: Sequence[Subscription]) -> str | None:
    """Return why the reaction is for none of the readers, whatever else they ask for, or None."""
    if not reaction.is_alertable or (reaction.type.is_quiet and not any(_asks(each, reaction) for each in readers)):
        return objection(Filters(), reaction, text="")
    return None


def _asks(subscription: Subscription, reaction: Reaction) -> bool:
    filters = subscription.filters
    return reaction.type in filters.types or reaction.type.family in filters.families


def _new_reason(reaction: Reaction) -> str:
    if len(reaction.outlets) > 1:
        return f"new to the subscription, reported by {len(reaction.outlets)} outlets"
    return "new to the subscription"


def _verdict(
    item: Item,
    subscription: Subscription | None,
    reaction: Reaction,
    reason: str,
    now: datetime,
    *,
    alerted: bool = False,
) -> Verdict:
    return Verdict(
        item_id=item.id,
        subscription_id=subscription.id if subscription else "",
        reaction_id=reaction.id,
        alerted=alerted,
        reason=reason,
        at=now,
    )


def _words(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:g} hours" if hours < 48 else f"{hours / 24:g} days"  # noqa: PLR2004 - two days read as days
