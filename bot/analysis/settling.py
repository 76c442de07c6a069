"""Settling: an item's drafts become its records; what is told twice is one, and speakers get their names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.chunks import Who
from bot.analysis.drafts import Draft
from bot.analysis.targets import INTERNATIONAL
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType, Record, Tier


def settled(
    drafts: Sequence[Draft], named: set[str], *, is_topical: bool = False
) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that become records, and those that do not, each with the reason.

    `named` are the actors the item names; in a topical item nothing is a matter at home.
    """
    kept = settle(drafts)
    complete(kept)
    needed = drop_needless(kept)
    foreign = needed if is_topical else drop_domestic(needed, named)
    dropped = [(draft, "it is told twice, and joined to the other telling") for draft in drafts if draft not in kept]
    dropped += [(draft, "another record holds the same words") for draft in kept if draft not in needed]
    dropped += [(draft, "no party abroad is named") for draft in needed if draft not in foreign]
    return foreign, dropped


# Acts against somebody: of one actor in one item they are aimed at the same party.
_AGAINST = frozenset(
    {
        ReactionType.CONDEMN,
        ReactionType.ACCUSE,
        ReactionType.CALL_CEASEFIRE,
        ReactionType.DEMAND_WITHDRAWAL,
        ReactionType.DEMAND_ACCESS,
        ReactionType.DEMAND_COMPLIANCE,
        ReactionType.DEMAND_POLITICAL_CHANGE,
        ReactionType.SET_CONDITIONS,
        ReactionType.WARN,
        ReactionType.THREATEN,
        ReactionType.MILITARY_ACTION,
        ReactionType.SANCTION,
    }
)
_QUIET = frozenset({ReactionType.REPORT, ReactionType.ANNOUNCE_ACTION})
_DEEDS = frozenset({ReactionType.MILITARY_ACTION, ReactionType.RESTRICT_MOVEMENT, ReactionType.SANCTION})


def complete(drafts: Sequence[Draft]) -> None:
    """Give targets to drafts that name none, where the rest of the item leaves one party only."""
    for draft in drafts:
        if draft.targets or draft.background:
            continue
        found: set[str] = set()
        if draft.type is ReactionType.DENY:
            found = {d.who.code for d in drafts if d.type is ReactionType.ACCUSE and draft.who.code in d.targets}
        elif draft.type is ReactionType.AGREE:
            found = {d.who.code for d in drafts if d.type is ReactionType.AGREE} - {draft.who.code}
            found = found or _opponents(draft, drafts)
        elif draft.type is ReactionType.DEESCALATE:
            found = _opponents(draft, drafts)
        elif draft.type in _AGAINST and not draft.blameless:
            own = [set(d.targets) for d in drafts if d.who.code == draft.who.code and d.type in _AGAINST and d.targets]
            found = own[0] if own and all(targets == own[0] for targets in own) else set()
            if not found and draft.type is ReactionType.CONDEMN:
                found = {d.who.code for d in drafts if d.type in _DEEDS and d.who.code != draft.who.code}
        elif draft.rule == "quotation":
            # A saying of somebody who speaks of one party throughout.
            spoken = {d.targets for d in drafts if d.who.code == draft.who.code and d.targets and not d.background}
            draft.targets = next(iter(spoken)) if len(spoken) == 1 else ()
        elif draft.type in _QUIET:
            found = {
                d.who.code for d in drafts if d.type is ReactionType.MILITARY_ACTION and draft.who.code in d.targets
            }
        if len(found) == 1:
            draft.targets = tuple(found)


def _opponents(draft: Draft, drafts: Sequence[Draft]) -> set[str]:
    """Return who attacks the actor, and whom the actor attacks."""
    armed = [d for d in drafts if d.type is ReactionType.MILITARY_ACTION]
    attackers = {d.who.code for d in armed if draft.who.code in d.targets}
    attacked = {code for d in armed if d.who.code == draft.who.code for code in d.targets}
    return attackers | attacked


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with retellings joined, in order of the text."""
    _name_speakers(drafts)
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.tier.rank, d.background, d.start)):
        same = next((other for other in kept if _is_same(other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            _join(same, draft)
    return sorted(kept, key=lambda d: (d.start, d.end))


def _is_same(one: Draft, other: Draft) -> bool:
    """Return whether two drafts tell one act: actor and type agree, and targets do not conflict."""
    if (one.who.code, one.type) != (other.who.code, other.type):
        return False
    if (
        one.who.code == "OTHER"
        and one.who.speaker
        and other.who.speaker
        and one.who.speaker.split()[-1] != other.who.speaker.split()[-1]
    ):
        return False
    if one.type is ReactionType.REPORT and (one.who.speaker, one.who.role) != (other.who.speaker, other.who.role):
        # What two organs of one state report need not be the same thing.
        return False
    return one.background == other.background


def _join(kept: Draft, other: Draft) -> None:
    if not kept.targets:
        kept.targets = other.targets
    elif other.tier is Tier.ALERT and other.part != kept.part:
        # A headline names fewer of those concerned than the sentence below it.
        kept.targets = tuple(dict.fromkeys((*kept.targets, *other.targets)))
    if kept.quote is None:
        kept.quote = other.quote
    who = kept.who
    if who.speaker is None and other.who.speaker is not None:
        kept.who = who._replace(speaker=other.who.speaker, role=who.role or other.who.role)
    kept.day = kept.day or other.day


def _name_speakers(drafts: Sequence[Draft]) -> None:
    """Give a bare role its bearer's name, where the item names one with that actor and no other."""
    names: dict[str, set[str]] = {}
    bearers: dict[str, Who] = {}
    for draft in drafts:
        if draft.who.speaker is not None:
            names.setdefault(draft.who.code, set()).add(draft.who.speaker.split()[-1])
            best = bearers.get(draft.who.code)
            if best is None or len(draft.who.speaker) > len(best.speaker or ""):
                bearers[draft.who.code] = draft.who
    for draft in drafts:
        who = draft.who
        if who.code in bearers and len(names[who.code]) == 1 and who.code not in COLLECTIVE_ACTORS:
            bearer = bearers[who.code]
            draft.who = who._replace(speaker=bearer.speaker, role=who.role or bearer.role)


def record(draft: Draft, text: str, bounds: tuple[int, int], quote: tuple[int, int] | None) -> Record:
    """Return the record of a draft whose evidence and quote stand at these offsets of the text."""
    start, end = bounds
    return Record(
        actor=draft.who.code,
        type=draft.type,
        targets=draft.targets,
        speaker=draft.who.speaker,
        role=draft.who.role,
        quote=text[quote[0] : quote[1]] if quote else None,
        evidence=text[start:end],
        start=start,
        end=end,
        cue=draft.cue,
        rule=draft.rule,
        tier=draft.tier,
        confidence=draft.confidence,
        background=draft.background,
        date=draft.day,
    )


def drop_needless(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without plain statements that say no more than another record of the same words."""
    spans = [(d.who.code, d.start, d.end) for d in drafts if d.type is not ReactionType.REPORT]
    return [
        draft
        for draft in drafts
        if draft.type is not ReactionType.REPORT
        or not any(code == draft.who.code and start < draft.end and draft.start < end for code, start, end in spans)
    ]


# Acts that mean something abroad only where another party is named.
_OFTEN_DOMESTIC = frozenset(
    {
        ReactionType.CONDEMN,
        ReactionType.ACCUSE,
        ReactionType.EXPRESS_SUPPORT,
        ReactionType.WELCOME,
        ReactionType.DEMAND_COMPLIANCE,
        ReactionType.DEMAND_POLITICAL_CHANGE,
        ReactionType.DEMAND_ACCESS,
        ReactionType.APPEAL_INTERVENTION,
        ReactionType.SET_CONDITIONS,
        ReactionType.AGREE,
        ReactionType.PROVIDE_AID,
        ReactionType.SANCTION,
        ReactionType.INVESTIGATE,
        ReactionType.RESTRICT_MOVEMENT,
    }
)


def drop_domestic(drafts: Sequence[Draft], named: set[str]) -> list[Draft]:
    """Return the drafts without quarrels at home: acts aimed at nobody, in a text that names no second party."""
    if len(named - {"OTHER"}) > 1:
        return [draft for draft in drafts if not _is_private(draft)]
    return [d for d in drafts if _is_foreign(d) or d.type not in _OFTEN_DOMESTIC or d.who.code in INTERNATIONAL]


def _is_foreign(draft: Draft) -> bool:
    return bool(set(draft.targets) - {"OTHER"}) or (
        draft.type is ReactionType.RESTRICT_MOVEMENT and bool(draft.targets)
    )


def _is_private(draft: Draft) -> bool:
    """Return whether a private person criticises or praises nobody on the list."""
    who = draft.who
    return who.code == "OTHER" and who.person_kind and not draft.targets and draft.type in _OFTEN_DOMESTIC
