"""A reaction: who did what towards whom, in whose words; the 31 types and how they group.

A **record** is what the analyst codes in one text. A **report** is a record as one item tells it. A **reaction** is the
act itself, however many items report it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.identity import content_id

CODEBOOK = "1.0"
"""The version of the codebook (docs/codebook.md) that types, families and tones here are those of."""


class Family(StrEnum):
    """The fourteen groups of reaction types."""

    CRITICISM = "criticism"
    REBUTTAL = "rebuttal"
    CONCERN = "concern"
    THREAT = "threat"
    SUPPORT = "support"
    APPEAL = "appeal"
    DIPLOMACY = "diplomacy"
    ASSISTANCE = "assistance"
    PRESSURE = "pressure"
    FORCE = "force"
    PUBLIC = "public"
    RELIEF = "relief"
    STATEMENT = "statement"


class ReactionType(StrEnum):
    """What was done; `family` and `tone` (-4 hostile … 3 cooperative) belong to the type."""

    CONDEMN = "condemn"
    ACCUSE = "accuse"
    DENY = "deny"
    REFUSE = "refuse"
    EXPRESS_CONCERN = "express_concern"
    WARN = "warn"
    THREATEN = "threaten"
    EXPRESS_SUPPORT = "express_support"
    WELCOME = "welcome"
    CALL_CEASEFIRE = "call_ceasefire"
    CALL_DIALOGUE = "call_dialogue"
    DEMAND_WITHDRAWAL = "demand_withdrawal"
    DEMAND_ACCESS = "demand_access"
    DEMAND_COMPLIANCE = "demand_compliance"
    DEMAND_POLITICAL_CHANGE = "demand_political_change"
    REQUEST_MEETING = "request_meeting"
    APPEAL_INTERVENTION = "appeal_intervention"
    SET_CONDITIONS = "set_conditions"
    OFFER_MEDIATION = "offer_mediation"
    AGREE = "agree"
    CONSULT = "consult"
    PROVIDE_AID = "provide_aid"
    SANCTION = "sanction"
    TAKE_TO_COURT = "take_to_court"
    INVESTIGATE = "investigate"
    MILITARY_ACTION = "military_action"
    RESTRICT_MOVEMENT = "restrict_movement"
    PROTEST = "protest"
    DEESCALATE = "deescalate"
    ANNOUNCE_ACTION = "announce_action"
    REPORT = "report"

    @property
    def family(self) -> Family:
        """Return the family this type belongs to."""
        return _FAMILY_AND_TONE[self][0]

    @property
    def tone(self) -> int:
        """Return the tone, from -4 (force) to 3 (agreement, relief)."""
        return _FAMILY_AND_TONE[self][1]

    @property
    def is_quiet(self) -> bool:
        """Return whether the type is alerted only where a subscription asks for it."""
        return self.family is Family.STATEMENT


_T, _F = ReactionType, Family
_FAMILY_AND_TONE: dict[ReactionType, tuple[Family, int]] = {
    _T.CONDEMN: (_F.CRITICISM, -2),
    _T.ACCUSE: (_F.CRITICISM, -2),
    _T.DENY: (_F.REBUTTAL, -1),
    _T.REFUSE: (_F.REBUTTAL, -2),
    _T.EXPRESS_CONCERN: (_F.CONCERN, -1),
    _T.WARN: (_F.CONCERN, -1),
    _T.THREATEN: (_F.THREAT, -3),
    _T.EXPRESS_SUPPORT: (_F.SUPPORT, 2),
    _T.WELCOME: (_F.SUPPORT, 2),
    _T.CALL_CEASEFIRE: (_F.APPEAL, 1),
    _T.CALL_DIALOGUE: (_F.APPEAL, 1),
    _T.DEMAND_WITHDRAWAL: (_F.APPEAL, -1),
    _T.DEMAND_ACCESS: (_F.APPEAL, -1),
    _T.DEMAND_COMPLIANCE: (_F.APPEAL, -1),
    _T.DEMAND_POLITICAL_CHANGE: (_F.APPEAL, -2),
    _T.REQUEST_MEETING: (_F.APPEAL, 0),
    _T.APPEAL_INTERVENTION: (_F.APPEAL, 0),
    _T.SET_CONDITIONS: (_F.APPEAL, -1),
    _T.OFFER_MEDIATION: (_F.DIPLOMACY, 2),
    _T.AGREE: (_F.DIPLOMACY, 3),
    _T.CONSULT: (_F.DIPLOMACY, 1),
    _T.PROVIDE_AID: (_F.ASSISTANCE, 3),
    _T.SANCTION: (_F.PRESSURE, -3),
    _T.TAKE_TO_COURT: (_F.PRESSURE, -2),
    _T.INVESTIGATE: (_F.PRESSURE, 0),
    _T.MILITARY_ACTION: (_F.FORCE, -4),
    _T.RESTRICT_MOVEMENT: (_F.FORCE, -3),
    _T.PROTEST: (_F.PUBLIC, -2),
    _T.DEESCALATE: (_F.RELIEF, 3),
    _T.ANNOUNCE_ACTION: (_F.STATEMENT, 0),
    _T.REPORT: (_F.STATEMENT, 0),
}


class Tier(StrEnum):
    """How far a coding can be trusted: `alert` tier may ping, `digest` tier waits for the digest."""

    ALERT = "alert"
    DIGEST = "digest"

    @property
    def rank(self) -> int:
        """Return 0 for the better tier: the best of several is the minimum."""
        return 0 if self is Tier.ALERT else 1


# Actors whose code names a kind, not one actor: the speaker tells two of them apart.
COLLECTIVE_ACTORS = frozenset({"OTHER", "NGO"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One act that one text reports, with the words that show it.

    `start` and `end` count characters of the item's cleaned text, and `text[start:end]` is `evidence`. `cue` is the word
    that decided, `rule` names the rule or lexicon entry that fired. `confidence` is the share, 0 to 1, of records of the
    kind that proved right. `date` is the day of the act where the text gives one; `background` acts are older than the item
    and are never alerted.
    """

    actor: str
    type: ReactionType
    targets: tuple[str, ...] = ()
    speaker: str | None = None
    role: str | None = None
    quote: str | None = None
    evidence: str
    start: int
    end: int
    cue: str
    rule: str
    tier: Tier
    confidence: float
    background: bool = False
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attributed quotation: whoever said it, known actor or not. Offsets as in `Record`."""

    speaker_text: str | None
    actor: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A record as one item tells it: the join of an item and a reaction, and the proof of it."""

    id: str
    item_id: str
    reaction_id: str
    record: Record
    outlet: str
    language: str
    reported_at: datetime
    # Why it was counted to this reaction: "new", "same story", "same words", in words for `why`.
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The act itself, across all items that report it.

    `quote` is the longest exact one of the best report; `tier` the best of its reports; `reports` counts items and
    `outlets` the distinct outlets among them, oldest first. `copying` are those of the outlets that carry another's item in
    nearly its words, such as a wire dispatch, and have told the act in none of their own.
    """

    id: str
    story_id: str
    actor: str
    type: ReactionType
    targets: tuple[str, ...] = ()
    speaker: str | None = None
    role: str | None = None
    quote: str | None = None
    evidence: str
    tier: Tier
    background: bool = False
    first_reported_at: datetime
    last_reported_at: datetime
    reports: int = 1
    outlets: tuple[str, ...] = ()
    copying: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def independent_outlets(self) -> int:
        """Return how many outlets tell it in words of their own."""
        return len(self.outlets) - len(self.copying)

    @property
    def is_alertable(self) -> bool:
        """Return whether any subscription may be alerted to it."""
        return self.tier is Tier.ALERT and not self.background


def reaction_id(item_id: str, record: Record) -> str:
    """Return the id of the reaction that this record, in this item, is the first to report."""
    return content_id(
        "reaction",
        item_id,
        record.actor,
        record.type,
        ",".join(sorted(record.targets)),
        record.speaker or "",
        str(record.start),
    )


def report_id(item_id: str, record: Record) -> str:
    """Return the id of this item's report of this record."""
    return content_id(
        "report",
        item_id,
        record.actor,
        record.type,
        ",".join(sorted(record.targets)),
        record.speaker or "",
        str(record.start),
    )
