"""Where the party that an act is aimed at stands: as object, as owner of the deed, behind which preposition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.bodies import BODIES_ONLY, ENCLAVES, INTERNATIONAL
from bot.analysis.chunks import Kind
from bot.analysis.clauses import Party
from bot.analysis.entries import Rule
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.gazetteer import MentionKind
from bot.analysis.mentions import REGION
from bot.analysis.parties import after, codes_of, others_in, others_of
from bot.analysis.protests import Protests

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
NAMES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.PERSON})
_TERRITORIES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
# How many chunks before a place what was held there may be told: "elections, held on September 9 in the territory of".
_REACH: Final = 8


class Aims(Protests):
    """Finds among the parties around a verb those that its rule means."""

    def _find(
        self, rule: Rule, direct: list[Party], rest: list[Party], own: set[str], *, is_hit: bool = True
    ) -> list[str]:
        where = rule.target
        if where is TargetFrom.NOBODY:
            return []
        if rule.frame is Frame.DENY:
            # "a corridor between X and Y": of neither of them.
            rest = [p for p in rest if p.preposition not in self._pack.mutual_prepositions]
        introduced = after([p for p in rest if not self._is_place(p)], rule.prepositions)
        if where is TargetFrom.COMPANION:
            # "обсудили границу с Перу": with each other, and no neighbour either.
            chunks, edges = self._clauses.chunks, self._pack.edges
            near = [p for p in rest if p.chunk > 1 and not edges.isdisjoint(chunks[p.chunk - 2].words)]
            beside = set(codes_of(near)) if near and self._pack.cased else set()
            return [code for code in introduced if code not in beside] if len(own) == 1 else []
        if where is TargetFrom.CULPRIT:
            found = self._culprits(direct, rest) or others_in(introduced, own) or self._seated_in(direct, rest)
            if found or rule.frame is not Frame.DENY or rule.type is t.DENY:
                return found
            # What is refused may be named after any preposition: "invitation to", "corridor for".
            return self._first(rest) or self._sponsors(rest)
        if where is TargetFrom.VICTIM:
            return codes_of(others_of(direct, own)) or introduced or self._victims(rest, own, is_hit=is_hit)
        if where is TargetFrom.PARTNER:
            with_whom = [party for party in rest if party.is_head or not party.owns]
            return after(with_whom, self._pack.partner_prepositions) or introduced or codes_of(self._no_places(direct))
        if where is TargetFrom.RECIPIENT:
            # "sends X aid": without an article, one phrase.
            # "sends an X mission to Y": whose mission it is, and not who gets it.
            handed = [p for p in direct if self._pack.missions.isdisjoint(self._clauses.chunks[p.chunk].words[-1:])]
            if rule.type is t.WELCOME:
                # "hopes for calm in an enclave" thanks nobody there.
                rest = [p for p in rest if not self._is_place(p)]
            heads = codes_of([p for p in handed if p.is_head or (p.kind in NAMES and not p.owns and not p.preposition)])
            given = [*heads, *self._given(rest, beside=bool(heads))] or introduced or codes_of(handed)
            whose = [p for p in rest if p.is_head or p.owns or p.kind not in _TERRITORIES or self._pack.cased]
            found = given or after(whose, self._pack.possessor_prepositions) or self._beneficiaries(rest)
            return found or (self._named_in_gift(rest) if rule.type is t.PROVIDE_AID else [])
        if where is TargetFrom.HOST:
            return self._hosts([*direct, *rest])
        if where is TargetFrom.PROTESTED:
            return self._protested(direct, rest)
        if where is TargetFrom.ANY:
            found = codes_of(self._no_places(direct)) or introduced or self._first(rest)
            if not found and rule.type is t.THREATEN:
                # "threatened the enclave with war", but not "the enclave's truce"
                found = codes_of([p for p in direct if self._is_whole(p)])
            return found
        if rule.frame is Frame.MEET and not self._pack.cased:
            # "discuss the Karabakh crisis"
            direct = self._no_places(direct)
        heads = codes_of([party for party in direct if party.is_head])
        if rule.frame is Frame.MEET and not heads and len(own) > 1:
            # "X and Y discuss Armenia-EU ties": each other, and no topic.
            return introduced
        if rule.frame is Frame.MEET and not heads and introduced:
            # "обсудил с Алиевым Карабах": nobody meets a place.
            return introduced
        return heads or codes_of(others_of(direct, own)) or introduced

    def _given(self, rest: list[Party], *, beside: bool = False) -> list[str]:
        """Return to whom or for whom: "support for Baku in its conflict with Yerevan" is for Baku alone.

        With `beside` somebody is given it who stands right behind the verb: "gave the Red Cross aid for work in X".
        """
        found = [party for party in rest if party.preposition in self._pack.recipient_prepositions]
        if self._pack.cased or not found:
            return codes_of(found)
        # "a solution to the X conflict" is given to nobody.
        found = [p for p in found if p.is_head or p.owns or p.kind not in _TERRITORIES or self._is_place(p)]
        found = [p for p in found if not self._is_where_others_are(p)]
        if not found:
            return []
        places, of = self._pack.place_prepositions, self._pack.possessor_prepositions
        first = found[0].chunk
        if all(p.preposition in places for p in found) and any(p.preposition in of and p.chunk < first for p in rest):
            # "condolences over the deaths of X's soldiers in Y": whose they are, and not where.
            return []
        helped = [p for p in rest if self._is_to_be_helped(p)]
        if not beside and helped and not (found[0].is_head and found[0].chunk < helped[0].chunk):
            # "aid to X in a move to annoy Y": what comes of it.
            return [p.code for p in helped]
        authors = self._pack.author_prepositions
        if found[0].preposition in authors:
            # "cut the gas supply from X to Y"
            found = [party for party in found if party.preposition not in authors] or found
        if mourned := [party.code for party in rest if self._is_relative(party)]:
            return mourned
        aside = self._pack.place_prepositions | self._pack.partner_prepositions | self._pack.author_prepositions
        if beside:
            return [p.code for p in found if p.preposition not in aside | self._pack.benefit_prepositions]
        return [p.code for p in found if p.preposition == found[0].preposition or p.preposition not in aside]

    def _named_in_gift(self, rest: list[Party]) -> list[str]:
        """Return for whom a gift is by the name in what it is for: "$2m to X quake relief", "money for X's army"."""
        if self._pack.cased:
            return []
        aside = self._pack.place_prepositions | self._pack.partner_prepositions | self._pack.author_prepositions
        fit = self._pack.recipient_prepositions - aside
        return [p.code for p in rest if p.kind in NAMES and p.preposition in fit and p.code not in INTERNATIONAL][:1]

    def _is_to_be_helped(self, party: Party) -> bool:
        """Return whether a party is what something is given for: "pledged aid to help X cope"."""
        before = self._clauses.chunks[party.chunk - 1]
        is_named = party.is_head or (party.kind in NAMES and not party.owns)
        return is_named and not party.preposition and bool(before.flags & g.INFINITIVE_MARK)

    def _is_relative(self, party: Party) -> bool:
        """Return whether a party is told by those who get something: "sympathy with the families of X's soldiers"."""
        chunks, m = self._clauses.chunks, party.chunk
        if m < 3 or party.preposition not in self._pack.possessor_prepositions:  # noqa: PLR2004 - "with families of"
            return False
        giving, whose = chunks[m - 3], chunks[m - 2]
        is_given = giving.kind == Kind.PREPOSITION and giving.words[-1] in self._pack.recipient_prepositions
        return is_given and whose.kind == Kind.NOUN and whose.group and not whose.refs

    def _seated_in(self, direct: list[Party], rest: list[Party]) -> list[str]:
        """Return whose body it is in which a thing was done: "the vote in the French Senate"."""
        if self._pack.cased or any(p.kind is not REGION for p in direct):
            return []
        place = self._pack.place_prepositions
        if voted := self._voted_in(rest):
            return voted
        inside = [p for p in rest if p.is_head and p.preposition in place and p.kind is not REGION]
        return [
            p.code
            for p in inside
            if p.kind is MentionKind.ORGAN
            or p.code in BODIES_ONLY
            or self._is_governed(p)
            or any(who.role and not who.person_kind for who in self._clauses.chunks[p.chunk].who)
        ]

    def _voted_in(self, parties: Sequence[Party]) -> list[str]:
        """Return the territories that a vote was held in, which their authorities hold: "the polls (held) in X"."""
        chunks, polls = self._clauses.chunks, self._pack.polls
        return [
            p.code
            for p in parties
            if p.code in ENCLAVES
            and p.preposition in self._pack.place_prepositions | self._pack.possessor_prepositions
            and any(not polls.isdisjoint(chunk.words[-1:]) for chunk in chunks[max(0, p.chunk - _REACH) : p.chunk - 1])
        ]

    def _is_governed(self, party: Party) -> bool:
        """Return whether a state answers for what is done in it: "the arrest of journalists in X"."""
        chunks = self._clauses.chunks
        for m in range(party.chunk - 1, -1, -1):
            if chunks[m].kind == Kind.VERB:
                return False
            if chunks[m].kind == Kind.NOUN and not self._pack.governed.isdisjoint(chunks[m].words[-1:]):
                return True
        return False

    def _hosts(self, rest: list[Party]) -> list[str]:
        """Return to whom a mission goes, or in whose country it is; an enclave is nobody's country."""
        sent = (self._pack.recipient_prepositions | self._pack.place_prepositions) - self._pack.partner_prepositions
        sent = sent - self._pack.author_prepositions
        hosts = [
            p
            for p in rest
            if p.preposition in sent or (not p.preposition and not p.owns and p.kind is MentionKind.NAME)
        ]
        hosts = [p for p in hosts if self._pack.edges.isdisjoint(self._clauses.chunks[p.chunk].words[-1:])]
        return [p.code for p in hosts if p.kind is not REGION and p.code not in INTERNATIONAL][:1]

    def _sponsors(self, rest: list[Party]) -> list[str]:
        """Return under whom it was to take place: "a meeting under French mediation", "under the auspices of X"."""
        chunks, umbrellas = self._clauses.chunks, self._pack.umbrellas
        return [
            p.code
            for p in rest
            if not umbrellas.isdisjoint(chunks[p.chunk].words[-1:])
            or (chunks[p.chunk - 1].kind == Kind.PREPOSITION and chunks[p.chunk - 2].words[-1] in umbrellas)
        ]

    def _is_place(self, party: Party) -> bool:
        """Return whether a party is only where something happens."""
        if party.is_head:
            return False
        if not party.owns and not self._pack.edges.isdisjoint(self._clauses.chunks[party.chunk].words[-1:]):
            return True
        return party.kind is REGION and party.preposition not in self._pack.partner_prepositions

    def _is_whole(self, party: Party) -> bool:
        """Return whether a party's name ends its phrase."""
        chunk = self._clauses.chunks[party.chunk]
        return bool(chunk.refs) and chunk.refs[-1].mention.end_token >= chunk.end

    def _no_places(self, parties: list[Party]) -> list[Party]:
        return [party for party in parties if not (party.kind is REGION and not party.is_head)]

    def _first(self, rest: list[Party]) -> list[str]:
        """Return the parties of the first phrase that names one and is no place or circumstance."""
        fit = [
            p
            for p in rest
            if (p.kind is not REGION or p.preposition in self._pack.partner_prepositions)
            and (p.preposition not in self._pack.place_prepositions or p.code in BODIES_ONLY)
            and p.preposition not in self._pack.circumstance_prepositions
        ]
        return self._in_one_list(fit)

    def _in_one_list(self, parties: list[Party]) -> list[str]:
        """Return the first of the parties, and those named in one list with it."""
        found: list[str] = []
        last = parties[0].chunk if parties else -1
        for party in parties:
            between = self._clauses.chunks[last + 1 : party.chunk]
            if any(chunk.kind not in _LISTING for chunk in between):
                break
            found.append(party.code)
            last = party.chunk
        return found

    def _culprits(self, direct: list[Party], rest: list[Party]) -> list[str]:
        if self._pack.cased:
            # "обстрел автомобиля ФСБ": whose it is has suffered it.
            direct = [party for party in direct if not self._suffers(party)]
        heads = [party.code for party in direct if party.is_head and party.kind is not REGION]
        agents = after(rest, self._pack.agent_prepositions)
        if agents and all(party.preposition in self._pack.possessor_prepositions for party in direct):
            # "the obstruction of the Red Cross by Azerbaijan"
            return agents
        if heads:
            joint = [
                p.code
                for p in direct
                if self._clauses.kinds[p.chunk - 1] == Kind.AND and (p.owns or (not p.is_head and self._is_of_act(p)))
            ]
            # "X and Y's attack" is of both, and "US and UK strikes" as well.
            return heads if self._pack.cased else [*heads, *joint]
        owners = [party.code for party in direct if party.owns and party.kind is not REGION]
        if owners:
            return owners
        agents = agents or [party.code for party in rest if self._does(party)]
        if agents:
            return agents
        if authors := self._words_of(rest):
            return authors
        named = [party for party in direct if party.kind not in {MentionKind.REGION, MentionKind.PEOPLE}]
        # "the Ukraine war": where it is fought, and nobody's doing.
        wars = self._pack.wars
        qualifiers = [p.code for p in named if p.owns or self._clauses.chunks[p.chunk].words[-1] not in wars]
        if qualifiers:
            return qualifiers
        # "the shelling of Armenian towns", "the occupation of X's land": what "of" names has suffered it.
        of = self._pack.possessor_prepositions
        rest = [p for p in rest if p.is_head or p.preposition not in of or self._pack.cased or self._owns_deed(p)]
        behind = [party.code for party in rest if party.owns and party.kind is not REGION]
        if behind and not direct:
            return behind[:1]
        behind = [
            party.code
            for party in rest
            if party.preposition in of
            and party.kind not in {MentionKind.REGION, MentionKind.PEOPLE}
            and not self._is_suffered(party)
        ]
        beside = [p for p in rest if not self._is_place(p) and not self._is_at_edge(p)]
        return behind or after(beside, self._pack.partner_prepositions)

    def _words_of(self, rest: list[Party]) -> list[str]:
        """Return from whom the words are that a verb judges: "dismissed comments from X's president"."""
        if self._pack.cased or not self._pack.adjectives_first:
            return []
        return [
            p.code
            for p in rest
            if p.preposition in self._pack.author_prepositions
            and any(one.code == p.code and (one.speaker or one.role) for one in self._clauses.chunks[p.chunk].who)
        ]

    def _is_of_act(self, party: Party) -> bool:
        """Return whether a party's name tells whose act it is: "UK strikes", "EU decisions"."""
        last = self._clauses.chunks[party.chunk].words[-1:]
        acts = (self._pack.wrong, self._pack.conduct, self._pack.decisions)
        return any(not words.isdisjoint(last) for words in acts)

    def _owns_deed(self, party: Party) -> bool:
        """Return whether a party is said to do something: "proof of X's provocations", but not "of X's land"."""
        last = self._clauses.chunks[party.chunk].words[-1:]
        return party.owns and not (self._pack.conduct.isdisjoint(last) and self._pack.wrong.isdisjoint(last))

    def _suffers(self, party: Party) -> bool:
        """Return whether a party stands in the phrase of a deed that was done to whoever follows it."""
        chunk = self._clauses.chunks[party.chunk]
        return not chunk.does and not self._pack.suffered.isdisjoint(chunk.words)

    def _is_at_edge(self, party: Party) -> bool:
        """Return whether a party only tells which border it is: "на границе с Ираном"."""
        m = party.chunk
        return m > 1 and not self._pack.edges.isdisjoint(self._clauses.chunks[m - 2].words[-1:])

    def _is_suffered(self, party: Party) -> bool:
        """Return whether a deed is one that "of" names the victim of: "the shelling of X"."""
        chunks, m = self._clauses.chunks, party.chunk
        return m > 1 and not self._pack.suffered.isdisjoint(chunks[m - 2].words[-1:])

    def _beneficiaries(self, rest: list[Party]) -> list[str]:
        """Return whom "help for those who suffered in Karabakh" helps: the territory that it goes to."""
        behind = [
            party
            for party in rest
            if party.preposition in self._pack.place_prepositions and not self._is_where_others_are(party)
        ]
        return [party.code for party in behind if party.kind is REGION or self._is_direction(party)]

    def _is_where_others_are(self, party: Party) -> bool:
        """Return whether a place only tells where peacekeepers are: "the deaths of peacekeepers in Karabakh"."""
        before = self._clauses.chunks[max(party.chunk - 2, 0)]
        return not self._pack.peacekeepers.isdisjoint(before.words)

    def _is_direction(self, party: Party) -> bool:
        """Return whether the case of a place says where to: "в Турцию"."""
        refs = self._clauses.chunks[party.chunk].refs
        cases = refs[-1].mention.cases if self._pack.cased and refs else ""
        return "a" in cases and "p" not in cases

    def _does(self, party: Party) -> bool:
        """Return whether the case of a party says that the deed is theirs: "нарушение перемирия Азербайджаном"."""
        return party.is_head and not party.preposition and self._clauses.chunks[party.chunk].does

    def _victims(self, rest: list[Party], own: set[str], *, is_hit: bool) -> list[str]:
        # "on Russia's doorstep": where, not whom.
        rest = [party for party in rest if self._clauses.chunks[party.chunk].words[-1] not in self._pack.edges]
        aimed = others_in(after(rest, self._pack.victim_prepositions), own)
        if not is_hit:
            # "mobilised its forces in X": there, and against nobody yet.
            return aimed
        return aimed or others_in(after(rest, self._pack.place_prepositions), own)
