"""Amending: what a moderator's decision changes of all that is known, at once and without the analyst.

The records of the items concerned are told anew as they are right; the messages that told them otherwise are to be
edited. Nobody is alerted anew: a correction mends what was posted and makes no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.amendments import MODERATOR, Amendment, Decision, amended, amendment_id, coded
from bot.domain.decisions import Known, Rules, Triage, Verdict
from bot.domain.items import Item
from bot.domain.novelty import Acts
from bot.domain.owing import Ledger
from bot.domain.reactions import Reaction, ReactionType, Record, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a moderator says of a record that an item tells; actor, type and targets count where it is recoded."""

    item_id: str
    coded: Record
    reaction_id: str
    decision: Decision
    actor: str
    type: ReactionType
    targets: tuple[str, ...] = ()
    author: str
    guild_id: str = ""
    reason: str = ""


def decided_by(ruling: Ruling, known: Known, now: datetime) -> tuple[Amendment, ...]:
    """Return the decisions that a ruling comes to: on the record, and on every other report of the same reaction."""
    concerned = {(ruling.item_id, amendment_id(ruling.item_id, ruling.coded)): ruling.coded}
    for report in known.reports:
        if report.reaction_id == ruling.reaction_id and report.record.rule != MODERATOR:
            concerned.setdefault((report.item_id, amendment_id(report.item_id, report.record)), report.record)
    for each in known.amendments:
        if each.reaction_id == ruling.reaction_id:
            concerned.setdefault((each.item_id, each.id), each.coded)
    return tuple(_decision(ruling, item_id, name, record, now) for (item_id, name), record in concerned.items())


def _decision(ruling: Ruling, item_id: str, name: str, record: Record, now: datetime) -> Amendment:
    """Return the ruling as a decision on one record; what the ruling leaves as it was stays as this record has it."""
    is_recoded = ruling.decision is Decision.RECODED
    retargeted = is_recoded and set(ruling.targets) != set(ruling.coded.targets)
    return Amendment(
        id=name,
        item_id=item_id,
        coded=record,
        decision=ruling.decision,
        actor=ruling.actor if is_recoded else record.actor,
        type=ruling.type if is_recoded else record.type,
        targets=ruling.targets if retargeted else record.targets,
        reaction_id=ruling.reaction_id,
        guild_id=ruling.guild_id,
        author=ruling.author,
        at=now,
        reason=ruling.reason,
    )


def amend(known: Known, decided: Iterable[Amendment], rules: Rules, now: datetime) -> Triage:
    """Decide what these decisions change; one that is older than the decision it would replace changes nothing."""
    before = {each.id: each for each in known.amendments}
    new = [each for each in decided if each.id not in before or before[each.id].at <= each.at]
    standing = before | {each.id: each for each in new}
    desk = _Desk(known, rules, now)
    touched = {each.item_id for each in new}
    for item in sorted(known.items, key=lambda item: (item.published, item.id)):
        if item.id in touched and item.relevant:
            records = coded(known.reports, known.amendments, item.id)
            desk.tell(item, amended(records, standing.values(), item_id=item.id, text=item.article.text))
    for each in new:
        desk.settle(each, before.get(each.id))
    return desk.decided(new)


class _Desk:
    """What amending works with: the reactions and alerts as they are known, with what has changed so far."""

    def __init__(self, known: Known, rules: Rules, now: datetime) -> None:
        titles = {story.id: story.title for story in known.stories}
        self._acts = Acts(known.reactions, known.reports, rules.window, lambda name: titles.get(name, ""))
        self._ledger = Ledger(known.alerts, rules, now)
        self._now = now
        self._known = {reaction.id for reaction in known.reactions}
        self._was = _reactions_by_record(known.reports)
        self._told: set[str] = set()
        self._retargeted: dict[str, tuple[str, ...]] = {}
        self._verdicts: list[Verdict] = []

    def tell(self, item: Item, records: Sequence[Record]) -> None:
        """Let an item tell these records and no others."""
        self._acts.tell(item, records)
        self._told.add(item.id)

    def settle(self, decided: Amendment, earlier: Amendment | None) -> None:
        """Let the messages that told the record otherwise tell what is right, and say why."""
        if decided.item_id not in self._told:
            return
        was = earlier.record if earlier is not None else decided.coded
        old = self._was.get((decided.item_id, amendment_id(decided.item_id, was)), decided.reaction_id)
        is_now = _reactions_by_record(self._acts.reports)
        new = None
        if decided.decision is not Decision.WRONG:
            new = is_now.get((decided.item_id, amendment_id(decided.item_id, decided.record)))
        if new is not None and new != old and old in self._known and not self._reaction(old).reports:
            self._ledger.swap(old, [self._reaction(new)])
        if new is not None and new == old:
            # A reaction with several reports keeps the targets of the first; all of them were decided on.
            self._retargeted[new] = decided.targets
        for name in filter(None, (old, new)):
            self._ledger.edit(name)
        self._verdicts.append(
            Verdict(
                item_id=decided.item_id,
                subscription_id="",
                reaction_id=old,
                alerted=False,
                reason=_REASONS[decided.decision],
                at=self._now,
            )
        )

    def decided(self, amendments: Sequence[Amendment]) -> Triage:
        """Return what is to be written."""
        return Triage(
            reactions=tuple(self._with_targets(reaction) for reaction in self._acts.written),
            reports=self._acts.reports,
            withdrawn_reports=self._acts.withdrawn_reports,
            alerts=self._ledger.written,
            verdicts=tuple(self._verdicts),
            amendments=tuple(amendments),
        )

    def _reaction(self, name: str) -> Reaction:
        return self._acts.reaction(name)

    def _with_targets(self, reaction: Reaction) -> Reaction:
        return replace(reaction, targets=self._retargeted.get(reaction.id, reaction.targets))


_REASONS: Mapping[Decision, str] = {
    Decision.WRONG: "a moderator found it to be no reaction",
    Decision.RECODED: "a moderator recoded it",
    Decision.RIGHT: "a moderator found it to be right",
}


def _reactions_by_record(reports: Iterable[Report]) -> dict[tuple[str, str], str]:
    """Return which reaction each record of each item is a report of."""
    return {(each.item_id, amendment_id(each.item_id, each.record)): each.reaction_id for each in reports}
