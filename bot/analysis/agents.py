"""By whom a passive is done: behind "by", in a case that tells it, or in the place that is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Pack, Slot
from bot.analysis.verb_senses import ACCUSES

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_AGENT_ENDS: Final = frozenset({Kind.COMMA, Kind.SUBORDINATOR, Kind.VERB})
_CLAUSE_STARTS: Final = frozenset({Kind.COMMA, Kind.COLON, Kind.DASH, Kind.AND, Kind.BUT, Kind.SUBORDINATOR, Kind.THAT})
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})


class Agents:
    """Finds who does what a passive verb tells."""

    def __init__(self, clauses: Clauses, pack: Pack) -> None:
        self._clauses = clauses
        self._pack = pack

    def agents(self, k: int) -> tuple[Who, ...]:
        """Return by whom the passive verb at `k` is done."""
        summoners = {word for form in self._clauses.chunks[k].forms for rule in form.rules for word in rule.summoners}
        found = self._agents(k, self._pack.agent_prepositions)
        if not found and summoners:
            found = self._seated(k, summoners) or self._summoner_before(k, summoners)
        return found or self._on_whose_part(k) or self._letting_go(k)

    def _on_whose_part(self, k: int) -> tuple[Who, ...]:
        """Return by whom in "С российской стороны выражена …": the side stands before the verb, and is no place."""
        chunks = self._clauses.chunks
        if not self._pack.cased:
            return ()
        for m in range(k - 1, 0, -1):
            if chunks[m].kind in _CLAUSE_STARTS:
                return ()
            is_side = chunks[m].kind == Kind.NOUN and not self._pack.sides.isdisjoint(chunks[m].words[-1:])
            if is_side and chunks[m].refs and chunks[m - 1].kind == Kind.PREPOSITION:
                return tuple(Who(ref.code, start=chunks[m].start, end=chunks[m].end) for ref in chunks[m].refs[:1])
        return ()

    def _letting_go(self, k: int) -> tuple[Who, ...]:
        """Return by whom in "released from Azerbaijani captivity": whoever holds them."""
        chunks = self._clauses.chunks
        if not self._pack.custody or k + 2 >= len(chunks) or chunks[k + 1].kind != Kind.PREPOSITION:
            return ()
        noun = chunks[k + 2]
        if chunks[k + 1].words[-1] not in self._pack.author_prepositions or self._pack.custody.isdisjoint(noun.words):
            return ()
        return tuple(Who(ref.code, start=noun.start, end=noun.end) for ref in noun.refs[-1:])

    def _seated(self, k: int, summoners: Collection[str]) -> tuple[Who, ...]:
        """Return by whom in "convoqué au ministère", "приговорён в Баку": who sits in the place that is told."""
        if not self._pack.cased:
            return self._agents(k, summoners)
        chunks = self._clauses.chunks
        m = k + 1
        while m < len(chunks) and chunks[m].kind in _LOOSE:
            m += 1
        if m + 1 >= len(chunks) or chunks[m].kind != Kind.PREPOSITION or chunks[m].words[-1] not in summoners:
            return ()
        return chunks[m + 1].who if _is_seat(chunks[m + 1]) else ()

    def _summoner_before(self, k: int, summoners: Collection[str]) -> tuple[Who, ...]:
        """Return by whom in "В Баку задержан …": the place stands first."""
        chunks = self._clauses.chunks
        first = next((m for m in range(k - 1, -1, -1) if chunks[m].kind in _CLAUSE_STARTS), -1) + 1
        if not self._pack.cased or first + 1 >= k or chunks[first].kind != Kind.PREPOSITION:
            return ()
        return chunks[first + 1].who if chunks[first].words[-1] in summoners and _is_seat(chunks[first + 1]) else ()

    def _agents(self, k: int, prepositions: Collection[str]) -> tuple[Who, ...]:
        chunks = self._clauses.chunks
        end = min(len(chunks), k + 12)
        subject = self._clauses.subject(k).noun if self._pack.cased else -1
        for m in range(k + 1, end):
            chunk = chunks[m]
            if m == subject:
                continue
            if self._pack.cased and chunk.kind == Kind.NOUN and chunks[m - 1].kind != Kind.PREPOSITION:
                # "осуждена Францией": the case tells, and no preposition.
                return self._clauses.listed(m)[0] if chunk.does else ()
            if chunk.kind == Kind.PREPOSITION and m + 1 < len(chunks) and chunks[m + 1].words[0] in self._pack.origins:
                # "обстреляны с территории Армении"
                noun = chunks[m + 1]
                return tuple(Who(ref.code, start=noun.start, end=noun.end) for ref in noun.refs[:1])
            if chunk.kind == Kind.PREPOSITION and chunk.words[-1] in prepositions:
                if not self._pack.cased and self._tells_of_occasion(k, m):
                    return ()
                last = m + 1
                if chunks[last : last + 1] and chunks[last].words[-1] in self._pack.indefinites:
                    # "par des soldats": an article.
                    last += chunks[last].kind == Kind.PREPOSITION
                while (following := self._listed(last)) is not None:
                    last = following
                if last < len(chunks) and chunks[last].kind == Kind.NOUN:
                    who = [one for n in range(m + 1, last + 1) for one in chunks[n].who]
                    return tuple(who) or self._behind_arms(chunks[m + 1]) or self._from_whom(m + 1)
                return ()
            is_of = chunks[m - 1].words[-1:] and chunks[m - 1].words[-1] in self._pack.possessor_prepositions
            if chunk.kind == Kind.VERB and chunk.slot == Slot.GERUND and is_of and chunks[k].senses & ACCUSES:
                # "was accused of shelling a hospital by X"
                continue
            if chunk.kind in _AGENT_ENDS:
                return ()
        return ()

    def _from_whom(self, m: int) -> tuple[Who, ...]:
        """Return from whom the attack at `m` came: "killed by fire on its positions from X's troops"."""
        chunks = self._clauses.chunks
        if self._pack.cased or (self._pack.wrong | self._pack.arms).isdisjoint(chunks[m].words[-1:]):
            return ()
        while m + 2 < len(chunks) and chunks[m + 1].kind == Kind.PREPOSITION and chunks[m + 2].kind == Kind.NOUN:
            if chunks[m + 1].words[-1] in self._pack.author_prepositions:
                return chunks[m + 2].who
            m += 2
        return ()

    def _tells_of_occasion(self, k: int, m: int) -> bool:
        """Return whether "by" tells who did what went before the act: "was signed after an attack by X"."""
        chunks, n = self._clauses.chunks, m - 1
        is_harm = any(rule.hostile for form in chunks[k].forms for rule in form.rules)
        if is_harm and not self._pack.atrocities.isdisjoint(chunks[n].words[-1:]):
            # "were killed after shelling by X": in it.
            return False
        while n > k + 1 and chunks[n].kind == Kind.NOUN and chunks[n - 1].kind == Kind.PREPOSITION:
            if (
                chunks[n - 1].words[-1] in self._pack.circumstance_prepositions
                or chunks[n].words[-1] in self._pack.sequels
            ):
                return True
            n -= 2
        # "after" begins a clause as well.
        return n > k + 1 and chunks[n].kind == Kind.NOUN and chunks[n - 1].kind == Kind.SUBORDINATOR

    def _behind_arms(self, noun: Chunk) -> tuple[Who, ...]:
        """Return whose arms did it: "killed by Armenian fire"."""
        if self._pack.arms.isdisjoint(noun.words) or len(noun.refs) != 1:
            return ()
        return (Who(noun.refs[0].code, start=noun.start, end=noun.end),)

    def _begins_clause(self, n: int) -> bool:
        """Return whether a noun is the subject of the verb right behind it."""
        after = self._clauses.chunks[n + 1] if n + 1 < len(self._clauses.chunks) else None
        return after is not None and after.kind == Kind.VERB and bool(after.slot & Slot.FINITE)

    def _listed(self, m: int) -> int | None:
        """Return the noun listed behind the one at `m`: after a comma, "and", or both."""
        chunks = self._clauses.chunks
        n = m + 1
        while n < len(chunks) and n - m <= 2 and chunks[n].kind in _LISTING:  # noqa: PLR2004 - ", and"
            n += 1
        if n == m + 2 and chunks[m + 1].kind == Kind.COMMA and self._begins_clause(n):
            # "agreed by X and Y, Z said": Z is no part of the list.
            return None
        return n if n > m + 1 and n < len(chunks) and chunks[n].kind == Kind.NOUN and chunks[n].who else None


def _is_seat(noun: Chunk) -> bool:
    """Return whether a noun tells where, and not where to."""
    if not noun.refs or noun.refs[-1].mention.kind not in {MentionKind.NAME, MentionKind.CAPITAL}:
        return True
    cases = noun.refs[-1].mention.cases
    return not cases or "p" in cases
