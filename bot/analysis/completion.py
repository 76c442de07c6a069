"""Targets that an act's own clause leaves out, where the rest of the item leaves one party only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from bot.analysis import reaction_types as t
from bot.analysis.bodies import ENCLAVES, INTERNATIONAL, RULING
from bot.analysis.drafts import ABROAD, QUIET, Draft
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType

# Acts against somebody: of one actor in one item they are aimed at the same party.
_AGAINST = frozenset(
    {
        t.CONDEMN,
        t.ACCUSE,
        t.CALL_CEASEFIRE,
        t.DEMAND_WITHDRAWAL,
        t.DEMAND_ACCESS,
        t.DEMAND_COMPLIANCE,
        t.DEMAND_POLITICAL_CHANGE,
        t.SET_CONDITIONS,
        t.WARN,
        t.THREATEN,
        t.MILITARY_ACTION,
        t.SANCTION,
    }
)
# What a crowd protests for.
_DEMANDS = frozenset(
    {
        t.CALL_CEASEFIRE,
        t.DEMAND_WITHDRAWAL,
        t.DEMAND_ACCESS,
        t.DEMAND_COMPLIANCE,
        t.DEMAND_POLITICAL_CHANGE,
    }
)
# Acts between those who face each other.
_BETWEEN = frozenset(
    {
        *_AGAINST,
        t.AGREE,
        t.DEESCALATE,
        t.DENY,
        t.CALL_DIALOGUE,
        t.REFUSE,
        t.TAKE_TO_COURT,
    }
) - {t.SANCTION, t.MILITARY_ACTION, t.WARN}
# What is said of somebody, who then hits back.
_CRITICAL = frozenset({t.ACCUSE, t.CONDEMN, t.REFUSE, t.SANCTION})
# What one party wants of another, who may refuse it.
_PRESSING = frozenset(
    {
        t.CALL_CEASEFIRE,
        t.CALL_DIALOGUE,
        t.DEMAND_WITHDRAWAL,
        t.DEMAND_ACCESS,
        t.DEMAND_COMPLIANCE,
        t.DEMAND_POLITICAL_CHANGE,
        t.APPEAL_INTERVENTION,
        t.SANCTION,
        t.THREATEN,
    }
)
_WANTING = (_PRESSING | {t.REQUEST_MEETING}) - {t.SANCTION, t.THREATEN}
# Acts whose other party may stand in the title, or elsewhere in the sentence.
_BESIDE = frozenset({t.SANCTION, t.EXPRESS_SUPPORT})
# Acts that third parties draw upon themselves as well.
_AT_THIRDS = frozenset({t.CONDEMN, t.WARN, t.THREATEN, t.REFUSE, t.DENY})
# Who can be asked to meet.
_BODIES = frozenset({"UNSC", "OSCE"})
# What is judged as a move, a decision or a meeting.
_DONE = frozenset(
    {
        t.AGREE,
        t.ANNOUNCE_ACTION,
        t.CONSULT,
        t.DEESCALATE,
        t.EXPRESS_SUPPORT,
        t.INVESTIGATE,
        t.MILITARY_ACTION,
        t.OFFER_MEDIATION,
        t.PROVIDE_AID,
        t.REFUSE,
        t.RESTRICT_MOVEMENT,
        t.SANCTION,
        t.TAKE_TO_COURT,
    }
)
# What a court orders.
_ORDERS = frozenset({t.DEMAND_COMPLIANCE, t.DEMAND_ACCESS, t.DEMAND_WITHDRAWAL})
_DEEDS = frozenset({t.MILITARY_ACTION, t.RESTRICT_MOVEMENT, t.SANCTION})
# Acts that are done towards somebody, who goes without saying where the item names one other party.
_TOWARDS = frozenset({t.AGREE, t.WELCOME, t.EXPRESS_SUPPORT, t.THREATEN})
# Acts whose target those of others tell, once these are found: "condemned the move and vowed to respond".
_ANSWERS = frozenset({t.REFUSE, t.THREATEN})
# Acts that concern all that are found.
_OF_SEVERAL = frozenset({t.WELCOME, t.OFFER_MEDIATION})


def complete(
    drafts: Sequence[Draft],
    parties: Collection[str] = (),
    opponents: Sequence[frozenset[str]] = (),
    named: AbstractSet[str] = frozenset(),
) -> None:
    """Give targets to drafts that name none, where the rest of the item leaves one party only."""
    open_ones = [draft for draft in drafts if not draft.targets and not draft.background]
    if not open_ones:
        return
    _complete(open_ones, drafts, parties, opponents, named)
    answers = [draft for draft in open_ones if not draft.targets and draft.type in _ANSWERS]
    if answers and any(draft.targets for draft in open_ones):
        _complete(answers, drafts, parties, opponents, named)


def _complete(
    open_ones: Sequence[Draft],
    drafts: Sequence[Draft],
    parties: Collection[str],
    opponents: Sequence[frozenset[str]],
    named: AbstractSet[str],
) -> None:
    rest = _Rest(drafts, opponents, named)
    for draft in open_ones:
        found = rest.parties(draft)
        if len(found) == 1 or draft.type in _OF_SEVERAL or draft.refers or draft.rule == "quotation":
            draft.targets = tuple(sorted(found))
        others = set(parties) - {draft.who.code} - INTERNATIONAL
        if draft.type is t.WELCOME and len(others) == 1:
            # Who welcomes the same thing is not thanked for it.
            others -= {other.who.code for other in drafts if other.type is t.WELCOME}
        if not draft.targets and len(others) == 1 and draft.type in _TOWARDS and not rest.is_odd(draft, others):
            draft.targets = tuple(sorted(others))
        beside = draft.among - {draft.who.code, ABROAD} - INTERNATIONAL - COLLECTIVE_ACTORS
        if not draft.targets and len(beside) == 1 and draft.type in _BESIDE and not rest.is_odd(draft, beside):
            draft.targets = tuple(sorted(beside))


class _Rest:
    """What the whole of an item tells of whom its acts are aimed at."""

    def __init__(self, drafts: Sequence[Draft], opponents: Sequence[frozenset[str]], named: AbstractSet[str]) -> None:
        self._facing: dict[str, set[str]] = {}
        for pair in opponents:
            for code in pair:
                self._facing.setdefault(code, set()).update(pair - {code})
        self._thirds = named - frozenset(self._facing) - INTERNATIONAL - COLLECTIVE_ACTORS
        for code, others in self._facing.items():
            # Who faces one other only need not name it, where no third party is named.
            self._facing[code] = others & named if len(others) > 1 or self._thirds else others
        # Whoever faces the people of an enclave that is named has the roads to it.
        enclosed = {code for code in named & set(ENCLAVES) if code in self._facing}
        self._encloses = {
            o for pair in opponents for code in enclosed if code in pair for o in pair - {code} if o in named
        }
        self._bodies = named & _BODIES
        # Those whom others mediate between, the chief ones first.
        self._pair = next((tuple(sorted(pair)) for pair in opponents if pair <= named), ())
        by_actor: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_actor.setdefault(draft.who.code, []).append(draft)
        self._against = {code: _only_targets(of_one, _AGAINST) for code, of_one in by_actor.items()}
        self._demanded = {code: _only_targets(of_one, _DEMANDS) for code, of_one in by_actor.items()}
        self._spoken = {code: _only_targets(of_one, None) for code, of_one in by_actor.items()}
        # Of whom an actor only wants something: "called it a violation and urged Russia to act".
        self._asked = {
            code: {target for draft in of_one if draft.type in _WANTING for target in draft.targets}
            - {target for draft in of_one if draft.type not in _WANTING for target in draft.targets}
            for code, of_one in by_actor.items()
        }
        self._armed = [draft for draft in drafts if draft.type is t.MILITARY_ACTION]
        self._accusing = [draft for draft in drafts if draft.type is t.ACCUSE]
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
        self._relieving = dict.fromkeys(d.who.code for d in drafts if d.type is t.DEESCALATE)
        self._done = [
            draft for draft in drafts if draft.type in _DONE or (draft.type in _ORDERS and draft.who.code in RULING)
        ]
        self._doers = {draft.who.code for draft in drafts if draft.type in _DEEDS}
        self._agreed = dict.fromkeys(draft.who.code for draft in drafts if draft.type is t.AGREE)

    def is_odd(self, draft: Draft, others: AbstractSet[str]) -> bool:
        """Return whether support is for no party, or nobody is left for it but whom the actor faces."""
        is_for_enemy = others <= self._facing.get(draft.who.code, set())
        if draft.type is t.WELCOME:
            return is_for_enemy
        return draft.type is t.EXPRESS_SUPPORT and (draft.blameless or is_for_enemy)

    def parties(self, draft: Draft) -> Collection[str]:
        """Return whom a draft without targets may be aimed at."""
        found = self._told(draft)
        facing = self._facing.get(draft.who.code)
        if found or facing is None or draft.type not in _BETWEEN or draft.blameless:
            return found
        spoken = self._spoken[draft.who.code] - self._facing.keys() - COLLECTIVE_ACTORS
        if draft.type is t.CONDEMN:
            spoken -= self._asked[draft.who.code]
        if spoken and draft.type in _AT_THIRDS:
            # It hits back at whom it speaks of: "refutes X's claims. It considers the accusations baseless".
            return spoken
        if draft.type is t.CONDEMN and self._thirds and self._thirds <= self._asked[draft.who.code]:
            return facing
        if self._thirds and draft.type in _AT_THIRDS:
            # Where third parties are named, the one that the actor speaks of throughout.
            return self._spoken[draft.who.code] or (facing if draft.type is t.DENY else set())
        if draft.type is t.DENY and facing <= set(ENCLAVES) - self._spoken.keys():
            # An enclave that says nothing is where it happened.
            return set()
        return facing

    def _referred_to(self, draft: Draft) -> Collection[str]:
        """Return who did last, before an act that judges it, what may be called a move, a decision or a meeting."""
        done = [d for d in self._done if d.end <= draft.start and d.who.code != draft.who.code]
        last = max((d.start for d in done), default=-1)
        found: dict[str, None] = {}
        for one in done:
            if one.start == last:
                # Whoever hosts others brings them together, and the meeting is theirs.
                brought = one.targets if one.type is t.OFFER_MEDIATION else ()
                found.update(dict.fromkeys(brought or (one.who.code,)))
        # Nobody praises what the side did that he faces.
        against = self._facing.get(draft.who.code, set()) if draft.type is t.WELCOME else set()
        return found if against.isdisjoint(found) else ()

    def _told(self, draft: Draft) -> Collection[str]:
        code = draft.who.code
        if draft.refers and (referred := self._referred_to(draft)):
            return referred
        if draft.type is t.PROTEST:
            # A crowd protests against whom its demands are made of.
            return self._demanded.get(code, set())
        if draft.type is t.DENY:
            accusers = {accusing.who.code for accusing in self._accusing if code in accusing.targets}
            return accusers or self._critics.get(code, set())
        if draft.type is t.REFUSE:
            return self._pressing.get(code, set())
        if draft.type is t.AGREE:
            return frozenset(self._agreed) - {code} or self._opponents(code)
        if draft.type is t.WELCOME:
            # Beside the news of an agreement it is those who agreed that are praised.
            return tuple(other for other in self._agreed or self._relieving if other != code)
        if draft.type is t.DEESCALATE:
            # Whoever keeps the peace between others leaves neither of them.
            return self._opponents(code) if code in self._facing or not self._facing else set()
        if draft.type is t.WARN and code in self._facing:
            # A side that warns of a danger may mean others than the one it faces.
            return set()
        if draft.type is t.DEMAND_ACCESS and (holder := self._encloses - {code}):
            return self._against[code] or holder
        if draft.type in _AGAINST and (not draft.blameless or draft.type is t.WARN):
            found = self._against[code]
            if draft.type is t.CONDEMN and code in self._facing:
                found = found - (self._asked[code] - self._facing[code])
            if draft.type is t.CALL_CEASEFIRE and found and self._facing and found.isdisjoint(self._facing):
                # Whoever stands aside is asked for no ceasefire, though he is criticised.
                return set()
            if found or draft.type is not t.CONDEMN:
                return found
            # What is denounced is a deed, or what somebody said of the actor.
            return self._doers - {code} or self._critics.get(code, set())
        if draft.type is t.OFFER_MEDIATION:
            return self._pair if code not in self._pair else ()
        if draft.type is t.REQUEST_MEETING:
            return set(self._bodies - {code})
        if draft.rule == "quotation":
            # A saying of somebody who speaks of one party throughout.
            return self._spoken[code]
        if draft.type in QUIET:
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
