"""Gold: items as moderators have them, as labelled items (JSON Lines), and their decisions read back from such lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.domain.amendments import Amendment, Decision, amendment_id
from bot.domain.errors import Invalid
from bot.domain.placements import Placement
from bot.domain.reactions import ReactionType, Record, Tier
from bot.usecases.ports import AmendedItem

if TYPE_CHECKING:
    from bot.usecases.export import Plain, Row


def gold_row(amended: AmendedItem) -> Row:
    """Return a labelled item; `corrections` beside the labels holds what moderators decided and what was coded."""
    item = amended.item
    told = [report.record for report in amended.reports]
    if item is None:
        told = [each.record for each in amended.amendments if each.decision is not Decision.WRONG]
    row: Row = {
        "id": amended.item_id,
        "title": item.title if item else "",
        "summary": item.summary if item else "",
        "content": item.content if item else "",
        "source": amended.feed_url,
        "lang": item.language if item else "",
        "published": item.published.isoformat() if item else None,
        "link": item.link if item else None,
        "relevant": item.relevant if item else True,
        "reactions": [dict(_gold_record(record)) for record in told],
        "corrections": [dict(_correction(each)) for each in amended.amendments],
    }
    if amended.placement is not None:
        row |= {"group": amended.placement.story_id, "placement": dict(_placement_row(amended.placement))}
    return row


def _placement_row(placement: Placement) -> Row:
    return {
        "story": placement.story_id,
        "title": placement.title,
        "apart": placement.apart,
        "guild": placement.guild_id,
        "author": placement.author,
        "at": placement.at.isoformat(),
        "reason": placement.reason,
    }


def _gold_record(record: Record) -> Row:
    return {
        "actor": record.actor,
        "type": record.type.value,
        "alt_types": [],
        "targets": list(record.targets),
        "speaker": record.speaker,
        "role": record.role,
        "quote": record.quote,
        "evidence": record.evidence,
        "background": record.background,
        "optional": False,
    }


def _correction(amendment: Amendment) -> Row:
    coded = amendment.coded
    as_coded: dict[str, Plain] = {
        "actor": coded.actor,
        "type": coded.type.value,
        "targets": list(coded.targets),
        "speaker": coded.speaker,
        "role": coded.role,
        "quote": coded.quote,
        "evidence": coded.evidence,
        "start": coded.start,
        "end": coded.end,
        "cue": coded.cue,
        "rule": coded.rule,
        "tier": coded.tier.value,
        "confidence": coded.confidence,
        "background": coded.background,
        "date": coded.date.isoformat() if coded.date else None,
    }
    return {
        "decision": amendment.decision.value,
        "actor": amendment.actor,
        "type": amendment.type.value,
        "targets": list(amendment.targets),
        "coded": as_coded,
        "reaction": amendment.reaction_id,
        "guild": amendment.guild_id,
        "author": amendment.author,
        "at": amendment.at.isoformat(),
        "reason": amendment.reason,
    }


def read_gold(given: object) -> tuple[tuple[Amendment, ...], Placement | None]:
    """Return the decisions that a labelled item carries; a line without `corrections` and `placement` carries none.

    Raises Invalid, in words, where the line is no labelled item of an export.
    """
    if not isinstance(given, Mapping):
        raise Invalid("it is no JSON object")
    corrections = given.get("corrections", [])
    item_id = given.get("id")
    if not isinstance(item_id, str) or not item_id or not isinstance(corrections, list):
        raise Invalid("it has no id, or its corrections are no list")
    try:
        decided = tuple(_amendment(item_id, each) for each in corrections)
        placement = given.get("placement")
        return decided, None if placement is None else _placement(item_id, placement)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(f"one of its corrections cannot be read: {error}") from None


def _placement(item_id: str, given: object) -> Placement:
    if not isinstance(given, Mapping):
        raise TypeError("placement is no object")
    return Placement(
        item_id=item_id,
        story_id=str(given["story"]),
        title=str(given.get("title") or ""),
        apart=bool(given.get("apart")),
        guild_id=str(given.get("guild") or ""),
        author=str(given.get("author") or ""),
        at=_moment(given["at"]),
        reason=str(given.get("reason") or ""),
    )


def _moment(given: object) -> datetime:
    at = datetime.fromisoformat(str(given))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _amendment(item_id: str, given: Mapping[str, object]) -> Amendment:
    coded = _coded(given["coded"])
    return Amendment(
        id=amendment_id(item_id, coded),
        item_id=item_id,
        coded=coded,
        decision=Decision(str(given["decision"])),
        actor=str(given["actor"]),
        type=ReactionType(str(given["type"])),
        targets=_codes(given["targets"]),
        reaction_id=str(given.get("reaction") or ""),
        guild_id=str(given.get("guild") or ""),
        author=str(given.get("author") or ""),
        at=_moment(given["at"]),
        reason=str(given.get("reason") or ""),
    )


def _coded(given: object) -> Record:
    if not isinstance(given, Mapping):
        raise TypeError("coded is no object")
    day = _text(given, "date")
    return Record(
        actor=str(given["actor"]),
        type=ReactionType(str(given["type"])),
        targets=_codes(given["targets"]),
        speaker=_text(given, "speaker"),
        role=_text(given, "role"),
        quote=_text(given, "quote"),
        evidence=str(given["evidence"]),
        start=int(given.get("start") or 0),
        end=int(given.get("end") or 0),
        cue=str(given.get("cue") or ""),
        rule=str(given.get("rule") or ""),
        tier=Tier(str(given.get("tier") or Tier.ALERT)),
        confidence=float(given.get("confidence") or 0.0),
        background=bool(given.get("background")),
        date=date.fromisoformat(day) if day else None,
    )


def _codes(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError("targets are no list")
    return tuple(str(each) for each in given)


def _text(given: Mapping[str, object], key: str) -> str | None:
    value = given.get(key)
    return None if value is None else str(value)
