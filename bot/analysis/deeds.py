"""Whose a deed is: its owner, its adjective, by whom it is done, in whose country the law is broken."""

from __future__ import annotations

from bot.analysis.aims import Aims
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.mentions import DEMONYM, NAME, REGION
from bot.analysis.pack import Slot
from bot.analysis.subjects import Subject


class Deeds(Aims):
    """Finds those who did what a noun names."""

    def worrying(self, start: int, end: int) -> tuple[str, ...]:
        """Return whose conduct a concern is about; what merely goes on is nobody's: "regrets X's decision"."""
        chunks, kinds = self._clauses.chunks, self._clauses.kinds
        for m in range(start, end):
            chunk = chunks[m]
            if kinds[m] == Kind.THAT and not self._pack.cased:
                return self._doers_in_clause(m + 1, end)
            if kinds[m] == Kind.PREPOSITION and chunk.words[-1] in self._pack.occasion_prepositions:
                # "concern over the situation after X's attack"
                return ()
            if kinds[m] == Kind.AND and m + 1 < end and kinds[m + 1] == Kind.VERB:
                # "and condemns X's attack": no part of the concern
                return ()
            if kinds[m] != Kind.NOUN:
                continue
            if m + 1 < end and chunk.who and self._acts_in_phrase(m):
                # "concern about X sending troops"
                return tuple(one.code for one in chunk.who)
            if not self._pack.decisions.isdisjoint(chunk.words[-1:]):
                of = chunks[m + 1] if m + 2 < end else chunk
                whose = chunks[m + 2] if m + 2 < end else chunk
                if of.kind == Kind.PREPOSITION and of.words[-1] in self._pack.possessor_prepositions and whose.who:
                    return tuple(one.code for one in whose.who)
                return self.doers(m, end)
            if self._is_deed(chunk) and (codes := self.doers(m, end) or self._authors(m, end) or _named(chunk)):
                return codes
            if not self._pack.governed.isdisjoint(chunk.words) and (codes := self._governing(m, end)):
                return codes
            if not self._pack.cased and (codes := self._agents_behind(m, end)):
                return codes
        return ()

    def _acts_in_phrase(self, m: int) -> bool:
        """Return whether a preposition leads to an actor whose deed a gerund behind it tells."""
        before, after = self._clauses.chunks[m - 1], self._clauses.chunks[m + 1]
        if self._pack.cased or before.kind != Kind.PREPOSITION or after.kind != Kind.VERB or after.passive:
            return False
        return after.slot == Slot.GERUND and bool(after.forms)

    def _is_deed(self, chunk: Chunk) -> bool:
        """Return whether a noun names what somebody does, and not what goes on between two: "Russo-Georgian clashes"."""
        last = chunk.words[-1:]
        if self._pack.cased or (self._pack.wrong.isdisjoint(last) and self._pack.conduct.isdisjoint(last)):
            return False
        return len(chunk.refs) < 2  # noqa: PLR2004 - one with the other

    def _authors(self, m: int, end: int) -> tuple[str, ...]:
        """Return of whom a deed is that nobody suffers: "the resolution of X's parliament"."""
        chunks = self._clauses.chunks
        if m + 2 >= end or not self._pack.suffered.isdisjoint(chunks[m].words[-1:]):
            return ()
        is_of = chunks[m + 1].kind == Kind.PREPOSITION and chunks[m + 1].words[-1] in self._pack.possessor_prepositions
        of = chunks[m + 2]
        is_named = is_of and all(ref.mention.kind is not REGION for ref in of.refs)
        return tuple(one.code for one in of.who) if is_named else ()

    def _agents_behind(self, m: int, end: int) -> tuple[str, ...]:
        """Return by whom it is what the noun at `m` is worried about: "prisoners held by X"."""
        chunks, kinds = self._clauses.chunks, self._clauses.kinds
        by = m + 1
        if by < end and kinds[by] == Kind.VERB and chunks[by].slot & Slot.PARTICIPLE:
            by += 1
        if by + 1 >= end or kinds[by] != Kind.PREPOSITION or kinds[by + 1] != Kind.NOUN:
            return ()
        return (
            tuple(one.code for one in chunks[by + 1].who)
            if chunks[by].words[-1] in self._pack.agent_prepositions
            else ()
        )

    def _doers_in_clause(self, m: int, end: int) -> tuple[str, ...]:
        """Return who does what a clause tells, or whose deed does it: "that X attacks", "that X's blockade goes on"."""
        verb = next((v for v in self._clauses.verbs if m <= v < end), -1)
        if verb < 0 or self._clauses.chunks[verb].passive:
            return ()
        subject = self._clauses.subject(verb)
        if subject.noun < m:
            return ()
        if subject.who:
            return tuple(dict.fromkeys(one.code for one in subject.who))
        left = subject.left if subject.left >= 0 else subject.noun
        return self.worrying(left, verb)

    def _governing(self, m: int, end: int) -> tuple[str, ...]:
        """Return in whose country the law or its subjects fare as the noun at `m` tells: "human rights in X"."""
        chunks, kinds = self._clauses.chunks, self._clauses.kinds
        for n in range(m + 1, min(m + 6, end) - 1):
            if kinds[n] != Kind.PREPOSITION and kinds[n] != Kind.NOUN:
                return ()
            if kinds[n] == Kind.PREPOSITION and chunks[n].words[-1] in self._pack.place_prepositions:
                where = chunks[n + 1]
                is_state = bool(where.refs) and where.refs[0].mention.kind is not REGION
                return tuple(one.code for one in where.who) if is_state else ()
        return ()

    def doers(self, m: int, end: int) -> tuple[str, ...]:
        """Return who did the deed that the noun at `m` names: its owner, its adjective, or by whom."""
        chunk = self._clauses.chunks[m]
        owners = [ref.code for ref in chunk.refs if ref.owns and ref.mention.kind is not REGION]
        if owners:
            return (*self._joint_owners(m), owners[-1])
        if m + 2 < len(self._clauses.chunks) and m + 2 <= end:
            after, noun = self._clauses.chunks[m + 1], self._clauses.chunks[m + 2]
            if after.kind == Kind.PREPOSITION and after.words[-1] in self._pack.agent_prepositions:
                return tuple(one.code for one in noun.who)
            by = self._clauses.chunks[m + 3 : m + 5] if after.words[-1] in self._pack.possessor_prepositions else []
            is_by = [one.kind for one in by] == [Kind.PREPOSITION, Kind.NOUN] and m + 4 <= end
            if is_by and by[0].words[-1] in self._pack.agent_prepositions:
                # "the blockade of the road by X"
                return tuple(one.code for one in by[1].who)
            is_fire = not self._pack.arms.isdisjoint(chunk.words[-1:]) and noun.kind == Kind.NOUN
            if is_fire and after.kind == Kind.PREPOSITION and after.words[-1] in self._pack.author_prepositions:
                # "shelling from the X side", "fire from X positions"
                fired = [ref.code for ref in noun.refs if ref.mention.kind is not REGION]
                return tuple(one.code for one in noun.who) or tuple(fired[:1])
        qualifiers = [ref.code for ref in chunk.refs if ref.mention.kind is DEMONYM]
        return tuple(qualifiers[:1])

    def _joint_owners(self, m: int) -> tuple[str, ...]:
        """Return who shares what stands with its last owner at `m`: "X and Y's failure to agree"."""
        chunks = self._clauses.chunks
        if self._pack.cased or m < 2 or chunks[m - 1].kind != Kind.AND or chunks[m - 2].kind != Kind.NOUN:  # noqa: PLR2004
            return ()
        before = chunks[m - 2]
        return tuple(one.code for one in before.who) if len(before.refs) == 1 == len(before.words) else ()

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


def _named(chunk: Chunk) -> tuple[str, ...]:
    """Return whose deed it is where a name stands before it as an adjective does: "the U.S. involvement"."""
    refs = chunk.refs
    return (refs[0].code,) if len(refs) == 1 and refs[0].mention.kind is NAME and not chunk.who else ()
