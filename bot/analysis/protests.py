"""Against whom a crowd protests: whose deed it is, before whose embassy it stands, who governs where it lives."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.agents import Agents
from bot.analysis.chunks import Kind
from bot.analysis.clauses import Party
from bot.analysis.mentions import CAPITAL, REGION
from bot.analysis.parties import after, codes_of

# Before whose door a crowd asks for help.
_ASKED: Final = frozenset({"UN", "UNSC", "ICRC"})


class Protests(Agents):
    """Finds whom a protest is aimed at."""

    def _protested(self, direct: list[Party], rest: list[Party]) -> list[str]:
        """Return against whom a crowd protests, of the parties around its verb."""
        causes = self._pack.recipient_prepositions - self._pack.place_prepositions
        rest = [
            p
            for p in rest
            if p.kind is not REGION
            and (p.preposition not in causes or (self._clauses.chunks[p.chunk].guest and p.kind is not CAPITAL))
            and p.code not in _ASKED
        ]
        if not self._pack.cased:
            rest = [p for p in rest if p.preposition not in self._pack.place_prepositions]
        if not self._pack.cased and (theirs := self._protested_at(direct, rest)):
            return theirs
        return after(rest, self._pack.victim_prepositions) or codes_of(rest) or codes_of(direct)

    def _protested_at(self, direct: list[Party], rest: list[Party]) -> list[str]:
        """Return whose deed is protested, or before whose embassy: "X's attack on Y", "at the consulate of X"."""
        owners = [p for p in (*direct, *rest) if p.owns and not p.preposition and p.kind is not REGION]
        if owners:
            return codes_of(owners[:1])
        if rest and rest[0].preposition in self._pack.victim_prepositions - self._pack.place_prepositions:
            # "rallied against X outside the embassy of Y"
            return []
        chunks, words = self._clauses.chunks, self._pack.words
        for party in rest:
            near = chunks[max(0, party.chunk - 2) : party.chunk + 1]
            known = [words.get(word) for chunk in near if chunk.kind == Kind.NOUN for word in chunk.words]
            if any(word is not None and word.flags & g.GUEST for word in known):
                return [party.code]
        return []

    def governing(self, k: int) -> tuple[str, ...]:
        """Return whose government a crowd rises against at home: "rallied in Oslo against the government's plan".

        Home is where the crowd is from or, if that is not told, where it stands.
        """
        chunks, governments = self._clauses.chunks, self._pack.governments
        if not any(
            chunk.kind == Kind.NOUN and not chunk.who and not governments.isdisjoint(chunk.words) for chunk in chunks
        ):
            return ()
        subject = self._clauses.subject(k)
        crowd = chunks[subject.noun].refs if 0 <= subject.noun < k else ()
        if crowd:
            return (crowd[0].code,)
        places = self._pack.place_prepositions | self._pack.possessor_prepositions
        for party in self._clauses.parties(k + 1, len(chunks)):
            if party.preposition in places and party.kind is not REGION:
                return (party.code,)
        return ()
