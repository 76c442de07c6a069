"""How far what a verb is aimed at reaches: to where a time, a reason, or words of somebody else begin."""

from __future__ import annotations

from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.bodies import RULING
from bot.analysis.chunks import Kind
from bot.analysis.clauses import Party
from bot.analysis.deeds import Deeds
from bot.analysis.entries import Rule
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.pack import Slot
from bot.domain.reactions import ReactionType

_OPENERS: Final = frozenset({Kind.RELATIVE, Kind.SUBORDINATOR})


class Reaches(Deeds):
    """Finds where in a clause the parties of a verb may stand."""

    def _reach(self, k: int, rule: Rule, end: int) -> int:
        """Return where what the verb at `k` is aimed at ends, of all that belongs to it up to `end`."""
        kinds, kind = self._clauses.kinds, rule.type
        if kind is t.RESTRICT_MOVEMENT and rule.target is TargetFrom.PARTNER:
            # "a checkpoint on the road connecting X with Y": where it is, and not whom it stops.
            return next((v for v in self._clauses.verbs if k < v < end), end)
        if kind is t.INVESTIGATE:
            # "investigates reports that X …": what is told in them.
            return next((m for m in range(k + 1, end) if kinds[m] == Kind.THAT), end)
        if kind is t.WARN and not self._pack.cased:
            return self._behind_gerund(k, end)
        if kind is t.SANCTION and not self._pack.cased:
            return self._before_cause(k, end)
        if kind is t.AGREE:
            # "ratified an agreement with X, which concerns the border with Y"
            return next((m for m in range(k + 2, end) if kinds[m] == Kind.RELATIVE and kinds[m - 1] == Kind.COMMA), end)
        if kind is t.REFUSE:
            end = next((m for m in range(k + 1, end) if self.tells_why(m)), end)
        if rule.frame is not Frame.DENY:
            return end
        reach = end
        if not self._pack.cased:
            # "rejected a call in a statement after X's attack", "denied reports claiming that it had attacked X"
            reach = next((m for m in range(k + 1, end) if self._ends_denial(m, kind)), end)
        # "defied calls to go, as the war with X went on": the clause behind the comma has parties of its own.
        opens = (m for m in range(k + 2, reach) if kinds[m] in _OPENERS and kinds[m - 1] == Kind.COMMA)
        return next(opens, reach)

    def tells_why(self, m: int) -> bool:
        """Return whether a chunk begins a reason: "will not attend because X has not been invited"."""
        words = self._clauses.chunks[m].words
        return self._clauses.kinds[m] == Kind.SUBORDINATOR and words[0] in self._pack.reasons

    def _ends_denial(self, m: int, kind: ReactionType | None) -> bool:
        """Return whether a chunk begins what is no part of what is refused or denied: a time, the words denied."""
        chunk = self._clauses.chunks[m]
        if chunk.kind == Kind.PREPOSITION:
            reasons = self._pack.cause_prepositions & self._pack.circumstance_prepositions
            return chunk.words[-1] in self._pack.occasion_prepositions | reasons
        if kind is not t.DENY:
            return False
        return chunk.kind == Kind.THAT or (chunk.kind == Kind.VERB and chunk.slot == Slot.GERUND)

    def _endangering(self, k: int, end: int) -> tuple[str, ...]:
        """Return who would cause what somebody warns of in a clause: "warned that X's blockade could lead to war"."""
        that = next((m for m in range(k + 1, end) if self._clauses.kinds[m] == Kind.THAT), -1)
        told = {one.code for m in range(k + 1, that) for one in self._clauses.chunks[m].who}
        if that < 0 or told - RULING:
            # A body that decides is told of a danger, and causes none.
            return ()
        return self._doers_in_clause(that + 1, end)

    def _warned(self, k: int, reach: int, parties: list[Party]) -> list[Party]:
        """Return the parties that may be warned by the verb at `k`, or may cause what is warned of.

        Not with whom it may come to war ("that it could lead to war with X"), whose border it is at, or whose rights are
        hurt ("against any violation of X's borders").
        """
        chunks, kinds, pack = self._clauses.chunks, self._clauses.kinds, self._pack
        that = next((m for m in range(k + 1, reach) if kinds[m] == Kind.THAT), reach)
        found: list[Party] = []
        for party in parties:
            m = party.chunk
            before = chunks[m - 2].words[-1:] if m - 2 > k else ()
            is_hurt = party.preposition in pack.possessor_prepositions and not pack.infringements.isdisjoint(before)
            if not pack.edges.isdisjoint(before) or is_hurt:
                continue
            if m < that or party.preposition not in pack.partner_prepositions:
                found.append(party)
        return found

    def _behind_gerund(self, k: int, end: int) -> int:
        """Return where a warning is no longer aimed at anybody: "warned against letting X in" does not warn X."""
        kinds, chunks = self._clauses.kinds, self._clauses.chunks
        gerunds = (m for m in range(k + 3, end) if kinds[m] == Kind.VERB and chunks[m].slot == Slot.GERUND)
        return next((m for m in gerunds if kinds[m - 1] == Kind.PREPOSITION), end)

    def _tells_atrocity(self, k: int, end: int) -> bool:
        """Return whether what the verb at `k` is about is done by those who fight, to those they fight."""
        atrocities = self._pack.atrocities
        return bool(atrocities) and not atrocities.isdisjoint(self._clauses.object_words(k, end, wide=True))

    def _denies_own_deed(self, k: int, end: int) -> bool:
        """Return whether what is denied is what the doer is said to do, and nobody's words: "denies sending Syrians"."""
        return (
            k + 1 < end and self._clauses.kinds[k + 1] == Kind.VERB and self._clauses.chunks[k + 1].slot == Slot.GERUND
        )

    def _before_cause(self, k: int, end: int) -> int:
        """Return where what a penalty is for begins: "recalled its envoy from X in protest against arms sales to Y"."""
        causes = self._pack.cause_prepositions | self._pack.victim_prepositions
        is_named = False
        for m in range(k + 1, end):
            chunk = self._clauses.chunks[m]
            if is_named and chunk.kind == Kind.PREPOSITION and not causes.isdisjoint(chunk.words):
                return m
            is_named = is_named or bool(chunk.refs)
        return end
