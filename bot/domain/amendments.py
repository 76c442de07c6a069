"""Amendments: what moderators decided about coded records; they win over whatever is coded later.

Not to be taken for `corrections`, by which an outlet says that its own text was wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.identity import content_id
from bot.domain.reactions import ReactionType, Record, Report

MODERATOR = "moderator"
"""The rule of a record that a moderator, and no lexicon, coded."""


class Decision(StrEnum):
    """What a moderator says of a record."""

    # It is no reaction at all.
    WRONG = "wrong"
    # It is one, by another actor, of another type, or aimed at others.
    RECODED = "recoded"
    # It is right as it was coded: also what takes an earlier decision back.
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a moderator decided about one record of one item.

    `coded` is the record as the analyst had coded it, of the reaction `reaction_id` at that time; `actor`, `type` and
    `targets` are what is right, equal to the coded ones unless it was recoded. `guild_id` is "" for the operator. The id
    depends on the item and on the coded actor, type, targets and speaker alone, so that an item has one decision on each
    of its records, the last.
    """

    id: str
    item_id: str
    coded: Record
    decision: Decision
    actor: str
    type: ReactionType
    targets: tuple[str, ...] = ()
    reaction_id: str = ""
    guild_id: str = ""
    author: str
    at: datetime
    reason: str = ""

    @property
    def record(self) -> Record:
        """Return the record as it is right; a moderator's word is certain."""
        if self.decision is not Decision.RECODED:
            return self.coded
        return replace(
            self.coded, actor=self.actor, type=self.type, targets=self.targets, rule=MODERATOR, confidence=1.0
        )


def amendment_id(item_id: str, record: Record) -> str:
    """Return the id of the decision on this record of this item."""
    return content_id(
        "amendment", item_id, record.actor, record.type, ",".join(sorted(record.targets)), record.speaker or ""
    )


def amended(
    records: Sequence[Record], amendments: Iterable[Amendment], *, item_id: str, text: str
) -> tuple[Record, ...]:
    """Return an item's records as its moderators have them.

    What is wrong is left out. What was recoded stands recoded, and stays so where the analyst no longer codes it at all,
    as long as its evidence is in the text. Amending twice comes to the same as amending once.
    """
    by_id = {each.id: each for each in amendments if each.item_id == item_id}
    if not by_id:
        return tuple(records)
    found: dict[str, Record] = {}
    for record in records:
        name = amendment_id(item_id, record)
        # What a moderator coded is not judged by decisions on what the analyst coded.
        decided = by_id.get(name) if record.rule != MODERATOR else None
        if decided is None:
            _enter(found, name, record)
        elif decided.decision is not Decision.WRONG:
            right = _worded_as(record, decided)
            _enter(found, amendment_id(item_id, right), right)
    for decided in sorted(by_id.values(), key=lambda each: (each.coded.start, each.id)):
        if decided.decision is Decision.RECODED:
            right = decided.record
            name = amendment_id(item_id, right)
            start = text.find(right.evidence)
            if start >= 0 and (name not in found or found[name].rule != MODERATOR):
                _enter(found, name, replace(right, start=start, end=start + len(right.evidence)))
    return tuple(found.values())


def _enter(found: dict[str, Record], name: str, record: Record) -> None:
    """Keep one of several records that say the same; a moderator's before the analyst's."""
    if name not in found or (record.rule == MODERATOR and found[name].rule != MODERATOR):
        found[name] = record


def _worded_as(record: Record, decided: Amendment) -> Record:
    """Return a decided record with the words and the place that it has in the text now."""
    if decided.decision is Decision.RIGHT:
        return record
    return replace(
        record,
        actor=decided.actor,
        type=decided.type,
        targets=decided.targets,
        rule=MODERATOR,
        confidence=1.0,
    )


def inherited(amendments: Iterable[Amendment], item_id: str, original_id: str | None) -> tuple[Amendment, ...]:
    """Return the decisions on an item as decisions on a near-verbatim copy of it, where that has none of its own."""
    decided = tuple(amendments)
    own = {each.id for each in decided if each.item_id == item_id}
    copied = [
        replace(each, id=amendment_id(item_id, each.coded), item_id=item_id)
        for each in decided
        if original_id is not None and each.item_id == original_id
    ]
    return tuple(each for each in copied if each.id not in own)


def coded(reports: Iterable[Report], amendments: Iterable[Amendment], item_id: str) -> tuple[Record, ...]:
    """Return an item's records as the analyst coded them: as reported, with those that amendments took out or changed."""
    own = [each.record for each in reports if each.item_id == item_id and each.record.rule != MODERATOR]
    told = {amendment_id(item_id, record) for record in own}
    taken = [
        each.coded
        for each in amendments
        if each.item_id == item_id and each.id not in told and each.decision is not Decision.RIGHT
    ]
    return tuple(sorted((*own, *taken), key=lambda record: (record.start, record.end, record.type)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """How a rule did in the items that moderators looked at: records left as they were, wrong ones, recoded ones."""

    rule: str
    kept: int = 0
    wrong: int = 0
    recoded: int = 0

    @property
    def corrected(self) -> int:
        """Return how many records had to be corrected."""
        return self.wrong + self.recoded

    @property
    def precision(self) -> float:
        """Return the share of the records that stood; 1.0 for a rule without any."""
        total = self.kept + self.corrected
        return self.kept / total if total else 1.0


def scores(amendments: Iterable[Amendment], reports: Iterable[Report]) -> tuple[RuleScore, ...]:
    """Return how each rule did, those corrected most first; `reports` are all of the items with an amendment.

    An item that a moderator decided on counts as looked at as a whole. One sentence in the copies of a dispatch counts
    once.
    """
    told: dict[str, dict[tuple[str, ...], Decision]] = defaultdict(dict)
    for report in reports:
        if report.record.rule != MODERATOR:
            told[report.record.rule].setdefault(_saying(report.record), Decision.RIGHT)
    for each in sorted(amendments, key=lambda each: (each.at, each.id)):
        told[each.coded.rule][_saying(each.coded)] = each.decision
    counted = [
        RuleScore(
            rule=rule,
            kept=sum(decision is Decision.RIGHT for decision in sayings.values()),
            wrong=sum(decision is Decision.WRONG for decision in sayings.values()),
            recoded=sum(decision is Decision.RECODED for decision in sayings.values()),
        )
        for rule, sayings in told.items()
    ]
    return tuple(sorted(counted, key=lambda score: (-score.corrected, score.precision, score.rule)))


def _saying(record: Record) -> tuple[str, ...]:
    return (record.actor, record.type, ",".join(sorted(record.targets)), record.evidence)
