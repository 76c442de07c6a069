"""Settling: an item's drafts become its records; what is told twice is one, and speakers get their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet

from bot.analysis.chunks import Who
from bot.analysis.drafts import ABROAD, Draft
from bot.analysis.sentences import Part
from bot.analysis.targets import INTERNATIONAL
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType, Record, Tier


def settled(
    drafts: Sequence[Draft],
    named: set[str],
    parties: Collection[str] = (),
    opponents: Sequence[frozenset[str]] = (),
    *,
    is_topical: bool = False,
    is_organ: Callable[[str], bool] = lambda _: False,
) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that become records, and those that do not, each with the reason.

    `named` are the actors the item names, `parties` those of them that are no mere place, `opponents` those who face each
    other in the matter it is about; in a topical item nothing is a matter at home. `is_organ` tells
    roles that nobody bears.
    """
    kept = settle(drafts, is_organ)
    complete(kept, parties if is_topical else (), opponents, named)
    lend_quotes(kept)
    needed = drop_needless(kept)
    foreign = needed if is_topical else drop_domestic(needed)
    return foreign, [
        *_lost(drafts, kept, "it is told twice, and joined to the other telling"),
        *_lost(kept, needed, "another record holds the same words"),
        *_lost(needed, foreign, "no party abroad is named"),
    ]


def _lost(before: Sequence[Draft], after: Sequence[Draft], reason: str) -> list[tuple[Draft, str]]:
    left = set(after)
    return [(draft, reason) for draft in before if draft not in left]


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
# Acts between those who face each other.
_BETWEEN = frozenset(
    {
        *_AGAINST,
        ReactionType.AGREE,
        ReactionType.DEESCALATE,
        ReactionType.DENY,
        ReactionType.CALL_DIALOGUE,
        ReactionType.REFUSE,
    }
) - {ReactionType.SANCTION, ReactionType.MILITARY_ACTION, ReactionType.WARN}
_QUIET = frozenset({ReactionType.REPORT, ReactionType.ANNOUNCE_ACTION})
# What is said of somebody, who then hits back.
_CRITICAL = frozenset({ReactionType.ACCUSE, ReactionType.CONDEMN, ReactionType.REFUSE, ReactionType.SANCTION})
# What one party wants of another, who may refuse it.
_PRESSING = frozenset(
    {
        ReactionType.CALL_CEASEFIRE,
        ReactionType.CALL_DIALOGUE,
        ReactionType.DEMAND_WITHDRAWAL,
        ReactionType.DEMAND_ACCESS,
        ReactionType.DEMAND_COMPLIANCE,
        ReactionType.DEMAND_POLITICAL_CHANGE,
        ReactionType.APPEAL_INTERVENTION,
        ReactionType.SANCTION,
        ReactionType.THREATEN,
    }
)
# Acts whose other party may stand in the title, or elsewhere in the sentence.
_BESIDE = frozenset({ReactionType.SANCTION, ReactionType.EXPRESS_SUPPORT})
# Acts that third parties draw upon themselves as well.
_AT_THIRDS = frozenset(
    {ReactionType.CONDEMN, ReactionType.WARN, ReactionType.THREATEN, ReactionType.REFUSE, ReactionType.DENY}
)
# Who can be asked to meet.
_BODIES = frozenset({"UNSC", "OSCE"})
_DEEDS = frozenset({ReactionType.MILITARY_ACTION, ReactionType.RESTRICT_MOVEMENT, ReactionType.SANCTION})


# Acts that are done towards somebody, who goes without saying where the item names one other party.
_TOWARDS = frozenset({ReactionType.AGREE, ReactionType.WELCOME, ReactionType.EXPRESS_SUPPORT, ReactionType.THREATEN})


# Acts that concern all that are found.
_OF_SEVERAL = frozenset({ReactionType.WELCOME, ReactionType.OFFER_MEDIATION})


def complete(
    drafts: Sequence[Draft],
    parties: Collection[str] = (),
    opponents: Sequence[frozenset[str]] = (),
    named: AbstractSet[str] = frozenset(),
) -> None:
    """Give targets to drafts that name none, where the rest of the item leaves one party only."""
    rest = _Rest(drafts, opponents, named)
    for draft in drafts:
        if not draft.targets and not draft.background:
            found = rest.parties(draft)
            if len(found) == 1 or draft.type in _OF_SEVERAL or draft.rule == "quotation":
                draft.targets = tuple(found)
            others = set(parties) - {draft.who.code} - INTERNATIONAL
            if not draft.targets and len(others) == 1 and draft.type in _TOWARDS:
                draft.targets = tuple(others)
            beside = draft.among - {draft.who.code, ABROAD} - INTERNATIONAL - COLLECTIVE_ACTORS
            if not draft.targets and len(beside) == 1 and draft.type in _BESIDE:
                draft.targets = tuple(beside)


class _Rest:
    """What the whole of an item tells of whom its acts are aimed at."""

    def __init__(self, drafts: Sequence[Draft], opponents: Sequence[frozenset[str]], named: AbstractSet[str]) -> None:
        self._facing: dict[str, set[str]] = {}
        for pair in opponents:
            for code in pair:
                self._facing.setdefault(code, set()).update(pair - {code})
        self._thirds = named - self._facing.keys() - INTERNATIONAL - COLLECTIVE_ACTORS
        for code, others in self._facing.items():
            # Who faces one other only need not name it, where no third party is named.
            self._facing[code] = others & named if len(others) > 1 or self._thirds else others
        self._bodies = named & _BODIES
        pairs = [sorted(pair) for pair in opponents if pair <= named]
        self._pair = tuple(pairs[0]) if len(pairs) == 1 else ()
        by_actor: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_actor.setdefault(draft.who.code, []).append(draft)
        self._against = {code: _only_targets(of_one, _AGAINST) for code, of_one in by_actor.items()}
        self._spoken = {code: _only_targets(of_one, None) for code, of_one in by_actor.items()}
        self._armed = [draft for draft in drafts if draft.type is ReactionType.MILITARY_ACTION]
        self._accusing = [draft for draft in drafts if draft.type is ReactionType.ACCUSE]
        self._critics: dict[str, set[str]] = {}
        for draft in drafts:
            if draft.type in _CRITICAL:
                for code in draft.targets:
                    self._critics.setdefault(code, set()).add(draft.who.code)
        self._pressing: dict[str, set[str]] = {}
        for draft in drafts:
            if draft.type in _PRESSING:
                for code in draft.targets:
                    self._pressing.setdefault(code, set()).add(draft.who.code)
        self._relieving = dict.fromkeys(d.who.code for d in drafts if d.type is ReactionType.DEESCALATE)
        self._doers = {draft.who.code for draft in drafts if draft.type in _DEEDS}
        self._agreed = dict.fromkeys(draft.who.code for draft in drafts if draft.type is ReactionType.AGREE)

    def parties(self, draft: Draft) -> Collection[str]:
        """Return whom a draft without targets may be aimed at."""
        found = self._told(draft)
        facing = self._facing.get(draft.who.code)
        if found or facing is None or draft.type not in _BETWEEN or draft.blameless:
            return found
        if self._thirds and draft.type in _AT_THIRDS:
            # Where third parties are named, the one that the actor speaks of throughout.
            return self._spoken[draft.who.code] or (facing if draft.type is ReactionType.DENY else set())
        return facing

    def _told(self, draft: Draft) -> Collection[str]:
        code = draft.who.code
        if draft.type is ReactionType.DENY:
            accusers = {accusing.who.code for accusing in self._accusing if code in accusing.targets}
            return accusers or self._critics.get(code, set())
        if draft.type is ReactionType.REFUSE:
            return self._pressing.get(code, set())
        if draft.type is ReactionType.AGREE:
            return self._agreed.keys() - {code} or self._opponents(code)
        if draft.type is ReactionType.WELCOME:
            # Beside the news of an agreement it is those who agreed that are praised.
            return tuple(other for other in self._agreed or self._relieving if other != code)
        if draft.type is ReactionType.DEESCALATE:
            return self._opponents(code)
        if draft.type is ReactionType.WARN and code in self._facing:
            # A side that warns of a danger may mean others than the one it faces.
            return set()
        if draft.type in _AGAINST and not draft.blameless:
            found = self._against[code]
            if found or draft.type is not ReactionType.CONDEMN:
                return found
            # What is denounced is a deed, or what somebody said of the actor.
            return self._doers - {code} or self._critics.get(code, set())
        if draft.type is ReactionType.OFFER_MEDIATION:
            return self._pair if code not in self._pair else ()
        if draft.type is ReactionType.REQUEST_MEETING:
            return set(self._bodies - {code})
        if draft.rule == "quotation":
            # A saying of somebody who speaks of one party throughout.
            return self._spoken[code]
        if draft.type in _QUIET:
            return {armed.who.code for armed in self._armed if code in armed.targets}
        return set()

    def _opponents(self, code: str) -> set[str]:
        """Return who attacks the actor, and whom the actor attacks."""
        attackers = {armed.who.code for armed in self._armed if code in armed.targets}
        return attackers | {target for armed in self._armed if armed.who.code == code for target in armed.targets}


def _only_targets(drafts: Sequence[Draft], types: frozenset[ReactionType] | None) -> set[str]:
    """Return the targets of one actor's acts, where all that have any have the same."""
    found = {
        frozenset(draft.targets)
        for draft in drafts
        if draft.targets and (draft.type in types if types is not None else not draft.background)
    }
    return set(next(iter(found))) if len(found) == 1 else set()


def settle(drafts: Sequence[Draft], is_organ: Callable[[str], bool]) -> list[Draft]:
    """Return the drafts with retellings joined, in order of the text."""
    _name_speakers(drafts, is_organ)
    kept: dict[tuple[object, ...], list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: (d.tier.rank, d.background, d.start)):
        alike = kept.setdefault(_act(draft), [])
        same = next((other for other in alike if not _are_namesakes(other.who, draft.who)), None)
        if same is None:
            alike.append(draft)
        else:
            _join(same, draft)
    return sorted((draft for alike in kept.values() for draft in alike), key=lambda d: (d.start, d.end))


def _act(draft: Draft) -> tuple[object, ...]:
    """Return what two drafts share that tell one act."""
    act = (draft.who.code, draft.type, draft.background)
    # What two organs of one state report need not be the same thing.
    return (*act, draft.who.speaker, draft.who.role) if draft.type is ReactionType.REPORT else act


def _are_namesakes(one: Who, other: Who) -> bool:
    """Return whether one code stands for two persons: OTHER is everybody who is not on the list."""
    if one.code != "OTHER" or not one.speaker or not other.speaker:
        return False
    if _abbreviates(one.speaker, other.speaker) or _abbreviates(other.speaker, one.speaker):
        return False
    return one.speaker.split()[-1] != other.speaker.split()[-1]


def _abbreviates(short: str, name: str) -> bool:
    """Return whether capitals are the first letters of words of a name, in order."""
    if not short.isupper() or " " in short or " " not in name:
        return False
    initials = iter(word[0].upper() for word in name.replace("-", " ").split())
    return all(letter in initials for letter in short)


def _join(kept: Draft, other: Draft) -> None:
    if not kept.targets:
        kept.targets = other.targets
    elif other.tier is Tier.ALERT and other.part != kept.part:
        # A headline names fewer of those concerned than the sentence below it.
        kept.targets = tuple(dict.fromkeys((*kept.targets, *other.targets)))
    in_full = kept.part == Part.TITLE and other.part != Part.TITLE
    if other.quote is not None and (kept.quote is None or (in_full and _length(other.quote) > _length(kept.quote))):
        # A headline borrows a few of the words that the text below it has in full.
        kept.quote = other.quote
    who = kept.who
    if who.speaker is None and other.who.speaker is not None:
        kept.who = who._replace(speaker=other.who.speaker, role=who.role or other.who.role)
    kept.day = kept.day or other.day
    kept.among |= other.among


def _length(quote: tuple[int, int]) -> int:
    return quote[1] - quote[0]


def lend_quotes(drafts: Sequence[Draft]) -> None:
    """Give an actor's words, where they are no act by themselves, to the one act of that actor that has none."""
    acts: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.type not in _QUIET and not draft.background:
            acts.setdefault(draft.who.code, []).append(draft)
    for draft in drafts:
        told = acts.get(draft.who.code, [])
        if draft.type in _QUIET and not draft.background and draft.quote is not None and len(told) == 1:
            told[0].quote = told[0].quote or draft.quote


def _name_speakers(drafts: Sequence[Draft], is_organ: Callable[[str], bool]) -> None:
    """Give a bare role its bearer's name, where the item names one with that actor and no other."""
    names: dict[str, list[set[str]]] = {}
    bearers: dict[str, Who] = {}
    for draft in drafts:
        if draft.who.speaker is not None:
            names.setdefault(draft.who.code, []).append(set(draft.who.speaker.split()))
            best = bearers.get(draft.who.code)
            if best is None or len(draft.who.speaker) > len(best.speaker or ""):
                bearers[draft.who.code] = draft.who
    alone = {code for code, found in names.items() if _is_one(found)} - COLLECTIVE_ACTORS
    for draft in drafts:
        who = draft.who
        if who.role is not None and is_organ(who.role):
            continue
        if who.code in alone:
            bearer = bearers[who.code]
            draft.who = who._replace(speaker=bearer.speaker, role=who.role or bearer.role)


def _is_one(names: Sequence[set[str]]) -> bool:
    """Return whether names are one person's: they share a word, as "Xi" and "Xi Jinping" do."""
    longest = max(names, key=len)
    return all(name & longest for name in names)


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
    spans: dict[str, list[tuple[int, int]]] = {}
    for draft in drafts:
        if draft.type is not ReactionType.REPORT:
            spans.setdefault(draft.who.code, []).append((draft.start, draft.end))
    return [
        draft
        for draft in drafts
        if draft.type is not ReactionType.REPORT
        or not any(start < draft.end and draft.start < end for start, end in spans.get(draft.who.code, ()))
    ]


# Acts that mean something abroad only where another party is named.
_OFTEN_DOMESTIC = frozenset(
    {
        ReactionType.CONDEMN,
        ReactionType.ACCUSE,
        ReactionType.DENY,
        ReactionType.REFUSE,
        ReactionType.WARN,
        ReactionType.THREATEN,
        ReactionType.EXPRESS_CONCERN,
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


_AT_ODDS = _OFTEN_DOMESTIC | {ReactionType.TAKE_TO_COURT, ReactionType.THREATEN, ReactionType.CALL_DIALOGUE}


def drop_domestic(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without quarrels at home: acts aimed at nobody, beside which no second party is named."""
    return [draft for draft in drafts if not _is_domestic(draft) and not _is_private(draft)]


def _is_domestic(draft: Draft) -> bool:
    if draft.is_at_home and draft.type in _AT_ODDS:
        return True
    is_band = draft.who.code in COLLECTIVE_ACTORS and bool(draft.who.speaker) and not draft.who.person_kind
    if draft.type not in _OFTEN_DOMESTIC or draft.who.code in INTERNATIONAL or is_band:
        return False
    if set(draft.targets) - {"OTHER"} or (draft.type is ReactionType.RESTRICT_MOVEMENT and draft.targets):
        return False
    return not draft.among - {draft.who.code}


def _is_private(draft: Draft) -> bool:
    """Return whether a private person criticises or praises nobody on the list."""
    who = draft.who
    return who.code == "OTHER" and who.person_kind and not draft.targets and draft.type in _OFTEN_DOMESTIC
