"""Whom an act is aimed at: the parties in a verb's object and its prepositional phrases."""

from __future__ import annotations

from typing import Final

from bot.analysis.agents import Agents
from bot.analysis.chunks import Kind, Who
from bot.analysis.clauses import ENCLAVES, Clauses, Party
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.gazetteer import MentionKind
from bot.analysis.mentions import DEMONYM, REGION
from bot.analysis.pack import Pack, Rule
from bot.analysis.subjects import Subject
from bot.domain.reactions import ReactionType

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
# What is done to persons is aimed at those they spoke for.
_OF_PERSONS: Final = frozenset({ReactionType.RESTRICT_MOVEMENT, ReactionType.DEESCALATE})
# Chunks that a list of three may span.
_LISTED: Final = 6
# Bodies that rule or decide, and are not whom a case is brought against.
COURTS: Final = frozenset({"ICJ", "ECHR", "ICC", "UNSC", "UN"})
# Those who have no home to quarrel in, and are asked for what states would be told.
INTERNATIONAL: Final = frozenset(
    [
        "EU",
        "UN",
        "UNSC",
        "OSCE",
        "NATO",
        "CSTO",
        "CIS",
        "EAEU",
        "OTS",
        "TURKPA",
        "OIC",
        "NAM",
        "COE",
        "PACE",
        "ECHR",
        "ICJ",
        "ICC",
        "ICRC",
        "VAT",
        "G7",
        "IPU",
        "OIF",
        "NGO",
        "NKR",
    ]
)


class Targets(Agents):
    """Finds the parties around a verb."""

    def __init__(
        self, clauses: Clauses, pack: Pack, regions: frozenset[str] = frozenset(), pair: tuple[str, ...] = ()
    ) -> None:
        super().__init__(clauses, pack)
        self._regions = regions
        self._pair = pair

    def of(self, k: int, rule: Rule, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return the targets of the verb at `k` by the rule's way of finding them."""
        own = {one.code for one in who}
        end = self._clauses.extent(k)
        reach = end
        if rule.type is ReactionType.RESTRICT_MOVEMENT and rule.target is TargetFrom.PARTNER:
            # "a checkpoint on the road connecting X with Y": where it is, and not whom it stops.
            reach = next((v for v in self._clauses.verbs if k < v < end), end)
        if rule.frame is Frame.DENY:
            # "defied calls to go, as the war with X went on": the clause behind the comma has parties of its own.
            kinds = self._clauses.kinds
            opens = (m for m in range(k + 2, end) if kinds[m] == Kind.SUBORDINATOR and kinds[m - 1] == Kind.COMMA)
            reach = next(opens, reach)
        parties = list(self._clauses.parties(k + 1, reach))
        if rule.type in _OF_PERSONS:
            parties = [party._replace(code=party.once or party.code) for party in parties]
        start, stop = self._clauses.direct(k, end)
        direct = [party for party in parties if start <= party.chunk < stop and not party.preposition]
        rest = [party for party in parties if party not in direct]
        within = self._clauses.chunks[k].refs
        direct = [*(Party(ref.code, "", True, False, ref.mention.kind, k) for ref in within), *direct]
        if (before := self._clauses.fronted(k)) >= 0:
            # "Операцию Баку осудила Франция": the object stands first, and the subject where an object would.
            subject = self._clauses.subject(k).noun
            ahead = list(self._clauses.parties(before, k))
            rest = [
                *(party for party in ahead if party.preposition),
                *(party for party in rest if party.chunk != subject),
            ]
            direct = [party for party in ahead if not party.preposition]
        direct, rest = self._behind_of(direct, rest, start, stop)
        found = self._find(rule, direct, rest, own)
        if rule.type is ReactionType.TAKE_TO_COURT:
            found = [code for code in codes_of(direct) + codes_of(rest) if code not in COURTS][:1]
        found = self._by_place(found, [*direct, *rest], rule_is_armed=rule.type is ReactionType.MILITARY_ACTION)
        if not found and rule.type is ReactionType.WELCOME and not own & set(self._pair):
            deal = self._clauses.object_words(k, end, wide=False)
            found = list(self._pair) if not self._pack.deals.isdisjoint(deal) else []
        helped = rule.target is TargetFrom.RECIPIENT and rule.type is ReactionType.PROVIDE_AID
        if (
            not found
            and (helped or rule.target is TargetFrom.VICTIM)
            and len(self._regions) == 1
            and not own & self._regions
        ):
            found = list(self._regions)
        return tuple(dict.fromkeys(code for code in found if code not in own))

    def is_at_own(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether the object of the verb at `k` is the doer's own: "Biden mocks Republicans"."""
        own = {one.code for one in who}
        start, stop = self._clauses.direct(k, self._clauses.extent(k))
        heads = {party.code for party in self._clauses.parties(start, stop) if party.is_head}
        return bool(heads) and heads <= own

    def _behind_of(
        self, direct: list[Party], rest: list[Party], start: int, stop: int
    ) -> tuple[list[Party], list[Party]]:
        """Return the parties with "a group of separatists" counted to the direct object."""
        if direct or start == stop:
            return direct, rest
        behind = [p for p in rest if p.chunk == stop + 1 and p.preposition in self._pack.possessor_prepositions]
        return behind, [p for p in rest if p not in behind]

    def _by_place(self, codes: list[str], parties: list[Party], *, rule_is_armed: bool = False) -> list[str]:
        """Return the codes with the demonym of an enclave's people taken for its authorities, where it is named."""
        regions = {p.code for p in parties if p.kind is REGION}
        if rule_is_armed:
            regions |= self._regions
        if not regions:
            return codes
        swapped = {ENCLAVES[region]: region for region in regions if region in ENCLAVES}
        # "the Armenian prime minister" is a state's, wherever it is fought.
        by_demonym = {
            p.code
            for p in parties
            if p.kind in {MentionKind.DEMONYM, MentionKind.PEOPLE}
            and not any(who.speaker for who in self._clauses.chunks[p.chunk].who)
        }
        return [swapped.get(code, code) if code in by_demonym else code for code in codes]

    def _find(self, rule: Rule, direct: list[Party], rest: list[Party], own: set[str]) -> list[str]:
        where = rule.target
        if where is TargetFrom.NOBODY:
            return []
        introduced = _after([p for p in rest if not self._is_place(p)], rule.prepositions)
        if where is TargetFrom.CULPRIT:
            found = self._culprits(direct, rest) or _others(introduced, own)
            # What is refused may be named after any preposition: "invitation to", "corridor for".
            return found or (self._first(rest) if rule.frame is Frame.DENY else [])
        if where is TargetFrom.VICTIM:
            return codes_of(_others_parties(direct, own)) or introduced or self._victims(rest, own)
        if where is TargetFrom.PARTNER:
            with_whom = [party for party in rest if party.is_head or not party.owns]
            return _after(with_whom, self._pack.partner_prepositions) or introduced or codes_of(self._no_places(direct))
        if where is TargetFrom.RECIPIENT:
            heads = codes_of([party for party in direct if party.is_head])
            given = [*heads, *self._given(rest)] or introduced or codes_of(direct)
            return given or _after(rest, self._pack.possessor_prepositions) or self._beneficiaries(rest)
        if where is TargetFrom.PROTESTED:
            causes = self._pack.recipient_prepositions - self._pack.place_prepositions
            rest = [p for p in rest if p.kind is not REGION and p.preposition not in causes]
            return _after(rest, self._pack.victim_prepositions) or codes_of(rest) or codes_of(direct)
        if where is TargetFrom.ANY:
            return codes_of(self._no_places(direct)) or introduced or self._first(rest)
        if rule.frame is Frame.MEET and not self._pack.cased:
            # "discuss the Karabakh crisis"
            direct = self._no_places(direct)
        heads = codes_of([party for party in direct if party.is_head])
        if rule.frame is Frame.MEET and not heads and introduced:
            # "обсудил с Алиевым Карабах": nobody meets a place.
            return introduced
        return heads or codes_of(_others_parties(direct, own)) or introduced

    def _given(self, rest: list[Party]) -> list[str]:
        """Return to whom or for whom: "support for Baku in its conflict with Yerevan" is for Baku alone."""
        found = [party for party in rest if party.preposition in self._pack.recipient_prepositions]
        if self._pack.cased or not found:
            return codes_of(found)
        aside = self._pack.place_prepositions | self._pack.partner_prepositions
        return [p.code for p in found if p.preposition == found[0].preposition or p.preposition not in aside]

    def _is_place(self, party: Party) -> bool:
        """Return whether a party is only where something happens."""
        if party.is_head:
            return False
        return party.kind is REGION and party.preposition not in self._pack.partner_prepositions

    def _no_places(self, parties: list[Party]) -> list[Party]:
        return [party for party in parties if not (party.kind is REGION and not party.is_head)]

    def _first(self, rest: list[Party]) -> list[str]:
        """Return the parties of the first phrase that names one and is no place or circumstance."""
        fit = [
            p
            for p in rest
            if p.kind is not REGION
            and (p.preposition not in self._pack.place_prepositions or p.code in INTERNATIONAL)
            and p.preposition not in self._pack.circumstance_prepositions
        ]
        found: list[str] = []
        last = fit[0].chunk if fit else -1
        for party in fit:
            between = self._clauses.chunks[last + 1 : party.chunk]
            if any(chunk.kind not in _LISTING for chunk in between):
                break
            found.append(party.code)
            last = party.chunk
        return found

    def _culprits(self, direct: list[Party], rest: list[Party]) -> list[str]:
        heads = [party.code for party in direct if party.is_head and party.kind is not REGION]
        agents = _after(rest, self._pack.agent_prepositions)
        if agents and all(party.preposition in self._pack.possessor_prepositions for party in direct):
            # "the obstruction of the Red Cross by Azerbaijan"
            return agents
        if heads:
            return heads
        owners = [party.code for party in direct if party.owns and party.kind is not REGION]
        if owners:
            return owners
        agents = agents or [party.code for party in rest if self._does(party)]
        if agents:
            return agents
        qualifiers = [party.code for party in direct if party.kind not in {MentionKind.REGION, MentionKind.PEOPLE}]
        if qualifiers:
            return qualifiers
        behind = [party.code for party in rest if party.owns and party.kind is not REGION]
        if behind and not direct:
            return behind[:1]
        of = [
            party.code
            for party in rest
            if party.preposition in self._pack.possessor_prepositions
            and party.kind not in {MentionKind.REGION, MentionKind.PEOPLE}
        ]
        return of or _after([p for p in rest if not self._is_place(p)], self._pack.partner_prepositions)

    def _beneficiaries(self, rest: list[Party]) -> list[str]:
        """Return whom "help for those who suffered in Karabakh" helps: the territory that it goes to."""
        behind = [party for party in rest if party.preposition in self._pack.place_prepositions]
        return [party.code for party in behind if party.kind is REGION or self._is_direction(party)]

    def _is_direction(self, party: Party) -> bool:
        """Return whether the case of a place says where to: "в Турцию"."""
        refs = self._clauses.chunks[party.chunk].refs
        cases = refs[-1].mention.cases if self._pack.cased and refs else ""
        return "a" in cases and "p" not in cases

    def _does(self, party: Party) -> bool:
        """Return whether the case of a party says that the deed is theirs: "нарушение перемирия Азербайджаном"."""
        return party.is_head and not party.preposition and self._clauses.chunks[party.chunk].does

    def _victims(self, rest: list[Party], own: set[str]) -> list[str]:
        # "on Russia's doorstep": where, not whom.
        rest = [party for party in rest if self._clauses.chunks[party.chunk].words[-1] not in self._pack.edges]
        aimed = _others(_after(rest, self._pack.victim_prepositions), own)
        return aimed or _others(_after(rest, self._pack.place_prepositions), own)

    def facing(self, code: str) -> tuple[str, ...]:
        """Return who faces an actor in the item's matter."""
        return tuple(other for other in self._pair if other != code) if code in self._pair else ()

    def partners(self, k: int) -> tuple[str, ...]:
        """Return with whom, for what follows the verb at `k`."""
        end = self._clauses.extent(k)
        return tuple(dict.fromkeys(_after(list(self._clauses.parties(k + 1, end)), self._pack.partner_prepositions)))

    def any(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return the first party after the verb at `k`."""
        own = {one.code for one in who}
        end = self._clauses.extent(k)
        parties = [p for p in self._clauses.parties(k + 1, end) if p.code not in own and p.kind is not REGION]
        if not parties:
            return ()
        first = parties[0].chunk
        return tuple(dict.fromkeys(p.code for p in parties if p.chunk == first))

    def partners_in(self, start: int, end: int) -> list[str]:
        """Return with whom, between two chunks."""
        return _after(list(self._clauses.parties(start, end)), self._pack.partner_prepositions)

    def victims_in(self, start: int, end: int) -> list[str]:
        """Return against whom, between two chunks."""
        return _after(list(self._clauses.parties(start, end)), self._pack.victim_prepositions)

    def culprits_of(self, subject: Subject) -> tuple[str, ...]:
        """Return who did what the subject of a passive names."""
        if subject.noun < 0:
            return ()
        left = subject.left if subject.left >= 0 else subject.noun
        chunks, stop = self._clauses.chunks, subject.noun + 1
        of = self._pack.possessor_prepositions
        if stop + 1 < len(chunks) and chunks[stop].kind == Kind.PREPOSITION and chunks[stop].words[-1] in of:
            # "les déclarations de X entravent"
            stop += 2
        parties = list(self._clauses.parties(left, stop))
        own = [p for p in parties if not p.preposition]
        return tuple(dict.fromkeys(self._culprits(own, [p for p in parties if p not in own])))

    def patient(self, subject: Subject) -> tuple[str, ...]:
        """Return the parties in the subject of a passive."""
        if subject.noun < 0:
            return ()
        left = subject.left if subject.left >= 0 else subject.noun
        parties = list(self._clauses.parties(left, subject.noun + 1))
        heads = [p.code for p in parties if p.is_head] or [p.code for p in parties if p.kind is not REGION]
        return tuple(dict.fromkeys(heads))

    def in_range(self, start: int, end: int) -> list[str]:
        """Return every party between two chunks that is no mere place, in order."""
        parties = list(self._clauses.parties(start, end))
        codes = [p.code for p in parties if p.kind is not REGION] or [
            p.code for p in parties if p.preposition not in self._pack.place_prepositions
        ]
        return list(dict.fromkeys(self._by_place(codes, parties)))

    def doers(self, m: int, end: int) -> tuple[str, ...]:
        """Return who did the deed that the noun at `m` names: its owner, its adjective, or by whom."""
        chunk = self._clauses.chunks[m]
        owners = [ref.code for ref in chunk.refs if ref.owns and ref.mention.kind is not REGION]
        if owners:
            return (owners[-1],)
        if m + 2 < len(self._clauses.chunks) and m + 2 <= end:
            after, noun = self._clauses.chunks[m + 1], self._clauses.chunks[m + 2]
            if after.kind == Kind.PREPOSITION and after.words[-1] in self._pack.agent_prepositions:
                return tuple(one.code for one in noun.who)
        qualifiers = [ref.code for ref in chunk.refs if ref.mention.kind is DEMONYM]
        return tuple(qualifiers[:1])


def codes_of(parties: list[Party]) -> list[str]:
    """Return the codes of parties, in order."""
    return [party.code for party in parties]


def _after(parties: list[Party], prepositions: frozenset[str]) -> list[str]:
    return [party.code for party in parties if party.preposition in prepositions]


def _others(codes: list[str], own: set[str]) -> list[str]:
    return [code for code in codes if code not in own]


def _others_parties(parties: list[Party], own: set[str]) -> list[Party]:
    return [party for party in parties if party.code not in own]
