"""Whom an act is aimed at: the parties in a verb's object and its prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.aims import NAMES
from bot.analysis.bodies import ENCLAVES, INTERNATIONAL, RULING
from bot.analysis.chunks import Kind, Who
from bot.analysis.clauses import Clauses, Party
from bot.analysis.entries import Rule
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.mentions import DEMONYM, REGION
from bot.analysis.pack import Pack
from bot.analysis.parties import after, codes_of
from bot.analysis.reaches import Reaches
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import SAYS_TO
from bot.domain.reactions import COLLECTIVE_ACTORS

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_QUESTIONS: Final = frozenset({Kind.CONDITIONAL, Kind.SUBORDINATOR})
# What is done to persons is aimed at those they spoke for.
_OF_PERSONS: Final = frozenset({t.RESTRICT_MOVEMENT, t.DEESCALATE})
# What a side says of the deeds of the side it faces.
_BLAMING: Final = frozenset({t.CONDEMN, t.ACCUSE, t.WARN})
# What is praised or blamed for a thing that somebody did.
_PRAISE_AND_BLAME: Final = frozenset({t.CONDEMN, t.WELCOME})
# Given to a territory, or kept from it, where it goes without saying which.
_GIVEN_OR_CUT: Final = frozenset({t.PROVIDE_AID, t.RESTRICT_MOVEMENT})
_STATES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
# "X and Y forces", "X, Y ministers"
_JOINING: Final = frozenset({Kind.AND, Kind.COMMA})


class Targets(Reaches):
    """Finds the parties around a verb."""

    def __init__(
        self,
        clauses: Clauses,
        pack: Pack,
        regions: frozenset[str] = frozenset(),
        pair: tuple[str, ...] = (),
        first_pair: tuple[str, ...] = (),
    ) -> None:
        super().__init__(clauses, pack)
        self._first_pair = first_pair
        self._regions = regions
        self._pair = pair

    def of(self, k: int, rule: Rule, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return the targets of the verb at `k` by the rule's way of finding them."""
        own = {one.code for one in who}
        end = self._clauses.extent(k)
        if rule.type is t.EXPRESS_CONCERN:
            return tuple(code for code in self.worrying(k + 1, end) if code not in own)
        if rule.type is t.DENY and self._denies_own_deed(k, end):
            return ()
        if rule.type is t.WARN and not self._pack.cased and (dangerous := self._endangering(k, end)):
            return tuple(code for code in dangerous if code not in own)
        reach = self._reach(k, rule, end)
        parties = list(self._clauses.parties(k + 1, reach))
        if rule.type is t.WARN and not self._pack.cased:
            parties = self._warned(k, reach, parties)
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
        if not self._pack.cased and any(party.owns for party in direct):
            # "Armenia's Karabakh policy" is Armenia's.
            owned = {party.chunk for party in direct if party.owns}
            direct = [party for party in direct if party.owns or party.is_head or party.chunk not in owned]
        direct, rest = self._behind_of(direct, rest, start, stop)
        is_hit = not any(self._clauses.chunks[m].force for m in range(start, stop)) or self._pack.cased
        found = self._find(rule, direct, rest, own, is_hit=is_hit)
        if rule.type is t.INVESTIGATE and not self._pack.missions.isdisjoint(
            self._clauses.object_words(k, end, wide=False)
        ):
            # "extends its monitoring mission in X": to whom it goes, and not who sends it.
            found = self._hosts(rest) or found
        if rule.type is t.WELCOME and not self._pack.cased and self._clauses.kinds[k + 1 : k + 2] == [Kind.PRONOUN]:
            # "X rang Y, who congratulated him on the deal with Z": X is, whoever else is named.
            found = self._acted_before(k, own)
        if rule.type is t.TAKE_TO_COURT:
            sued = [p for p in [*direct, *rest] if p.kind is not REGION and p.code not in RULING | COLLECTIVE_ACTORS]
            found = self._in_one_list(sued)
        if rule.type is t.DEESCALATE and not self._pack.cased:
            # "declares a ceasefire between X and Y"
            between = after(rest, self._pack.mutual_prepositions)
            is_theirs = any(p.chunk == stop + 1 and p.code in between for p in rest)
            found = between if is_theirs else found
            if len(own) > 1:
                # "X and Y halt clashes over an enclave": what they fight for is given nothing.
                found = [code for code in found if code not in ENCLAVES]
        if rule.type is t.WARN and set(found) <= ENCLAVES.keys() and not own & set(self._facing_enclaves(found)):
            # "will not tolerate attacks on the enclave's people": those who would suffer are not warned.
            found = []
        if rule.type is t.REQUEST_MEETING and not self._pack.cased:
            # "bring the clashes between X and Y to the Council"
            found = [code for code in found if code in INTERNATIONAL] or [
                p.code for p in [*direct, *rest] if p.code in INTERNATIONAL
            ]
        held: set[str] = set()
        if rule.type is t.DEESCALATE and not self._pack.cased:
            # "pulls peacekeepers out of X": left, and given nothing, where X is nobody's state.
            held = {p.code for p in [*direct, *rest] if p.kind is REGION and self._is_left(p, rule)}
            found = [code for code in found if code not in held]
        found = self._by_place(found, [*direct, *rest], rule_is_armed=rule.type is t.MILITARY_ACTION)
        if not found and start < stop and not self._clauses.chunks[start].refs:
            # "accuses separatists": of the enclave that the item is about.
            enclaves = [region for region in self._regions if region in ENCLAVES and region not in own]
            named = not self._pack.separatists.isdisjoint(self._clauses.chunks[start].words)
            # "arrests former leader", where the item is about an enclave
            one = self._clauses.chunks[start]
            is_former = rule.type is t.RESTRICT_MOVEMENT and bool(one.flags & g.FORMER) and not self._pack.cased
            named = named or (is_former and one.words[-1].startswith(tuple(self._pack.leaders)))
            found = enclaves if named and len(enclaves) == 1 else found
        if not found and rule.type is t.WELCOME and not own & set(self._pair):
            deal = self._clauses.object_words(k, end, wide=False)
            found = list(self._pair) if not self._pack.deals.isdisjoint(deal) else []
        helped = rule.target is TargetFrom.RECIPIENT and rule.type in _GIVEN_OR_CUT
        if (
            not found
            and (helped or (rule.target is TargetFrom.VICTIM and is_hit and rule.type is not t.SANCTION))
            and len(self._regions) == 1
            and not (own | held) & self._regions
            and self._pack.mourning.isdisjoint(self._clauses.object_words(k, end, wide=False))
        ):
            found = list(self._regions)
        if not found and rule.type in _PRAISE_AND_BLAME and start < stop:
            found = list(self._doers_of(stop - 1, end))
        if not found and rule.type in _BLAMING and self._tells_atrocity(k, end):
            # A side that denounces an assault means the side it faces.
            facing = [other for code in own for other in self.facing(code)]
            found = facing if {p.code for p in parties} <= {*facing, *self._regions} else []
        if not found and rule.frame is Frame.ACCUSE and not self._pack.cased:
            found = self._who_did(rest)
        if not found and rule.type is t.PROTEST and self._pack.governments:
            found = list(self.governing(k))
        return tuple(dict.fromkeys(code for code in found if code not in own))

    def _who_did(self, parties: Sequence[Party]) -> list[str]:
        """Return who did what is blamed for something: "blames the rise in tension on an attack by X"."""
        chunks = self._clauses.chunks
        return [
            party.code
            for party in parties
            if party.preposition in self._pack.agent_prepositions
            and chunks[party.chunk - 2].kind == Kind.NOUN
            and not self._pack.atrocities.isdisjoint(chunks[party.chunk - 2].words[-1:])
        ][:1]

    def _acted_before(self, k: int, own: AbstractSet[str]) -> list[str]:
        """Return who did what the sentence told before the verb at `k`, where that is one other."""
        found = (self._clauses.subject(v).who for v in self._clauses.verbs if v < k)
        return next(([who[0].code] for who in found if len(who) == 1 and who[0].code not in own), [])

    def _doers_of(self, m: int, end: int) -> tuple[str, ...]:
        """Return who did the thing that the noun at `m` names: "condemned the role that X has played"."""
        kinds = self._clauses.kinds
        if m + 2 >= end or kinds[m + 1] != Kind.THAT or kinds[m + 2] != Kind.NOUN:
            return ()
        return self._doers_in_clause(m + 2, end)

    def _is_left(self, party: Party, rule: Rule) -> bool:
        """Return whether a territory is what troops go from."""
        if party.preposition in self._pack.author_prepositions:
            # "completed its withdrawal from X"
            return True
        words = self._clauses.chunks[party.chunk].words
        known = (word for norm in words if (word := self._pack.words.get(norm)) is not None)
        return rule.subject is SubjectKind.FORCE or any(word.flags & g.FORCE for word in known)

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
        last = stop + 1
        while behind and self._clauses.kinds[last + 1 : last + 3] == [Kind.AND, Kind.NOUN]:
            # "the territorial integrity of X and Y"
            last += 2
            behind += [p for p in rest if p.chunk == last and p.preposition in self._pack.possessor_prepositions]
        behind = [p for p in behind if (p.is_head and p.kind not in NAMES) or not self._is_suffered(p)]
        return behind, [p for p in rest if p not in behind]

    def _by_place(self, codes: list[str], parties: list[Party], *, rule_is_armed: bool = False) -> list[str]:
        """Return the codes with the demonym of an enclave's people taken for its authorities, where it is named."""
        # "since the Karabakh war" tells no place.
        wars, chunks = self._pack.wars, self._clauses.chunks
        regions = {
            p.code
            for p in parties
            if p.kind is REGION
            and chunks[p.chunk].words[-1] not in wars
            and not self._is_to_leave(p)
            and Kind.RELATIVE not in self._clauses.kinds[parties[0].chunk : p.chunk]
        }
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
            and not self._holds_office(p)
            and not self._is_one_of_two(p)
        } - {p.code for p in parties if p.kind in NAMES}
        return [swapped.get(code, code) if code in by_demonym else code for code in codes]

    def _is_to_leave(self, party: Party) -> bool:
        """Return whether a territory is what somebody goes from: "troops withdraw from X", "troops leave X"."""
        before = self._clauses.chunks[party.chunk - 1] if party.chunk else None
        if before is None or before.kind != Kind.VERB:
            return False
        return any(
            rule.type is t.DEESCALATE and rule.target is TargetFrom.OBJECT
            for form in before.forms
            for rule in form.rules
        )

    def _holds_office(self, party: Party) -> bool:
        """Return whether a demonym tells of whom one person is, who is a state's: "the X counterpart", "X's premier"."""
        chunk = self._clauses.chunks[party.chunk]
        return any(who.speaker or (who.role and not chunk.plural) for who in chunk.who)

    def _is_one_of_two(self, party: Party) -> bool:
        """Return whether a demonym stands beside another: "X and Y forces", "X-Y talks" are of states."""
        chunks, m = self._clauses.chunks, party.chunk
        if len(chunks[m].refs) > 1:
            return len({ref.code for ref in chunks[m].refs if ref.mention.kind is DEMONYM}) > 1
        for other in (m - 2, m + 2):
            if 0 <= other < len(chunks) and chunks[(m + other) // 2].kind in _JOINING and len(chunks[other].refs) == 1:
                return chunks[other].refs[0].mention.kind is DEMONYM
        return False

    def _facing_enclaves(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return who faces enclaves, or those they stand with."""
        return tuple(other for one in codes for code in (one, ENCLAVES.get(one, one)) for other in self.facing(code))

    @property
    def pair(self) -> tuple[str, ...]:
        """Return the two who face each other in the item's matter."""
        return self._first_pair

    def facing(self, code: str) -> tuple[str, ...]:
        """Return who faces an actor in the item's matter."""
        return tuple(other for other in self._first_pair if other != code) if code in self._first_pair else ()

    def is_beside_object(self, k: int) -> bool:
        """Return whether "with" stands right behind the object of the verb at `k`, which is what is talked about."""
        end = self._clauses.extent(k)
        start, stop = self._clauses.direct(k, end)
        after = self._clauses.chunks[stop] if start < stop < end else None
        named = any(self._clauses.chunks[m].who for m in range(start, stop))
        return (
            after is not None
            and not named
            and after.kind == Kind.PREPOSITION
            and after.words[-1] in self._pack.partner_prepositions
        )

    def told(self, k: int) -> tuple[str, ...]:
        """Return to whom something is said by the verb at `k`, right behind it."""
        if not self._clauses.chunks[k].senses & SAYS_TO:
            return ()
        start, stop = self._clauses.direct(k, self._clauses.extent(k))
        return tuple(dict.fromkeys(party.code for party in self._clauses.parties(start, stop) if party.is_head))

    def partners(self, k: int) -> tuple[str, ...]:
        """Return with whom, for what follows the verb at `k`."""
        end = self._clauses.extent(k)
        return tuple(dict.fromkeys(after(list(self._clauses.parties(k + 1, end)), self._pack.partner_prepositions)))

    def any(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return the first party after the verb at `k`."""
        own = {one.code for one in who}
        end = self._clauses.extent(k)
        # "refuses to say if X knew": what is asked, and not of whom.
        end = next((m for m in range(k + 1, end) if self._clauses.kinds[m] in _QUESTIONS), end)
        places = self._pack.place_prepositions - self._pack.addressee_prepositions
        parties = [
            p
            for p in self._clauses.parties(k + 1, end)
            # "refuses to attend talks in X"
            if p.code not in own and p.kind is not REGION and not (p.kind in _STATES and p.preposition in places)
        ]
        if not parties:
            return ()
        first = parties[0].chunk
        return tuple(dict.fromkeys(p.code for p in parties if p.chunk == first))

    def partners_in(self, start: int, end: int) -> list[str]:
        """Return with whom, between two chunks."""
        return after(list(self._clauses.parties(start, end)), self._pack.partner_prepositions)

    def mutual_in(self, start: int, end: int) -> list[str]:
        """Return between whom something goes on that is told between two chunks."""
        return after(list(self._clauses.parties(start, end)), self._pack.mutual_prepositions)

    def parted(self, start: int, end: int) -> list[Who]:
        """Return between whom, between two chunks."""
        chunks, mutual = self._clauses.chunks, self._pack.mutual_prepositions
        among = [p for p in self._clauses.parties(start, end) if p.preposition in mutual and p.is_head]
        return [one for p in among for one in chunks[p.chunk].who if one.code == p.code]

    def doers_in(self, start: int, end: int) -> list[str]:
        """Return by whom, between two chunks."""
        return after(list(self._clauses.parties(start, end)), self._pack.agent_prepositions)

    def victims_in(self, start: int, end: int) -> list[str]:
        """Return against whom, between two chunks."""
        return after(list(self._clauses.parties(start, end)), self._pack.victim_prepositions)

    def supplied_in(self, start: int, end: int) -> list[str]:
        """Return to whom something goes that is told between two chunks: "an end to arms sales to X"."""
        chunks, to = self._clauses.chunks, self._pack.recipient_prepositions - self._pack.author_prepositions
        return [
            p.code
            for p in self._clauses.parties(start, end)
            if p.preposition in to and p.chunk > 1 and not self._pack.conduct.isdisjoint(chunks[p.chunk - 2].words[-1:])
        ]

    def patient(self, subject: Subject, k: int = 0) -> tuple[str, ...]:
        """Return the parties in the subject of the passive at `k`."""
        if subject.noun < 0:
            return ()
        left = subject.left if subject.left >= 0 else subject.noun
        parties = list(self._clauses.parties(left, subject.noun + 1))
        heads = [p.code for p in parties if p.is_head] or [p.code for p in parties if p.kind is not REGION]
        if not heads:
            # "allegations by X were dismissed"
            behind = self._clauses.parties(subject.noun + 1, min(subject.noun + 3, k))
            heads = after([p for p in behind if p.kind is not REGION], self._pack.agent_prepositions)
        # "X, former premier of Y, was arrested by": theirs, and not somebody's.
        named = [code for code in heads if code != "OTHER"]
        return tuple(dict.fromkeys(named or [party.once for party in parties if party.is_head and party.once] or heads))

    def given_in(self, subject: Subject, k: int) -> tuple[str, ...]:
        """Return for whom the thing is that is the subject of the passive at `k`: "gas supply to X was cut off"."""
        if subject.noun < 0:
            return ()
        left = subject.left if subject.left >= 0 else subject.noun
        fit = self._pack.recipient_prepositions - self._pack.author_prepositions - self._pack.place_prepositions
        return tuple(dict.fromkeys(codes_of([p for p in self._clauses.parties(left, k) if p.preposition in fit])))

    def at_fault(self, start: int, end: int) -> set[str]:
        """Return who may be to blame for what is told between two chunks: not whose land or people is named there."""
        deeds = self._pack.wrong | self._pack.decisions | self._pack.conduct
        return {
            p.code
            for p in self._clauses.parties(start, end)
            if (p.kind not in {DEMONYM, MentionKind.PEOPLE} and not (p.kind is REGION and p.preposition))
            or self._pack.cased
            or not self._pack.adjectives_first
            or self._clauses.chunks[p.chunk].who
            or not deeds.isdisjoint(self._clauses.chunks[p.chunk].words)
        }

    def voted_in(self, start: int, end: int) -> list[str]:
        """Return the territories that votes between two chunks are held in."""
        return self._voted_in(list(self._clauses.parties(start, end)))

    def owners(self, start: int, end: int) -> set[str]:
        """Return whose things are named between two chunks: "X's attack"."""
        return {p.code for p in self._clauses.parties(start, end) if p.owns and not p.preposition}

    def named_with(self, code: str, start: int, end: int) -> list[str]:
        """Return a party that stands between two chunks, with those in one list with it: "the integrity of X and Y"."""
        parties = list(self._clauses.parties(start, end))
        first = next((n for n, party in enumerate(parties) if party.code == code), len(parties))
        return list(dict.fromkeys([code, *self._in_one_list(parties[first:])]))

    def in_range(self, start: int, end: int) -> list[str]:
        """Return every party between two chunks that is no mere place, in order."""
        of = self._pack.possessor_prepositions
        parties = [
            p
            for p in self._clauses.parties(start, end)
            if p.preposition not in of or p.owns or not self._is_suffered(p)
        ]
        if not self._pack.cased:
            # "the truce announced in Moscow": where, and not whose.
            places = self._pack.place_prepositions
            parties = [p for p in parties if p.kind is not MentionKind.CAPITAL or p.preposition not in places]
        codes = [p.code for p in parties if p.kind is not REGION] or [
            p.code for p in parties if p.preposition not in self._pack.place_prepositions
        ]
        return list(dict.fromkeys(self._by_place(codes, parties)))
