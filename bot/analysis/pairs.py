"""Whom "both sides", "the two countries" and "the latter" mean: those that were named before, last of all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.discourse import Discourse
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Pack

_PAIR = 2


class Pairs:
    """Follows an item's pairs of actors; `opponents` are those that it names who face each other in its matter."""

    def __init__(self, pack: Pack, discourse: Discourse, opponents: Sequence[Sequence[str]] = ()) -> None:
        self._pack = pack
        self._discourse = discourse
        # "The sides" are those of the conflict, whoever else was last named together.
        self._sides = tuple(opponents[0]) if opponents else ()
        self.facing = self._sides if len(opponents) == 1 else ()
        self._pair = self.facing

    def take_up(self, clauses: Clauses) -> None:
        """Let the phrases of a sentence that stand for several, or for whoever was last, name them."""
        last: tuple[Who, ...] = ()
        for m, chunk in enumerate(clauses.chunks):
            if chunk.kind != Kind.NOUN:
                continue
            if chunk.who:
                last = chunk.who[-1:]
            elif chunk.words in self._pack.latter:
                chunk.who = tuple(who._replace(indirect=True) for who in last)
            if chunk.who or chunk.refs:
                self._pair = _together(clauses, m) or self._pair
            elif (sides := self._sides or self._pair) and self._means_sides(chunk):
                chunk.who = _named(chunk, sides)
            elif count := self._count(chunk):
                together = self._pair if count == _PAIR else ()
                chunk.who = _named(chunk, together or self._discourse.meant_by_number(count))

    def _means_sides(self, chunk: Chunk) -> bool:
        return chunk.words[-1] in self._pack.sides and self._pack.sides | self._pack.pair_words >= set(chunk.words)

    def _count(self, chunk: Chunk) -> int:
        """Return how many a phrase sums up: "the two countries"; 0 where it sums up nobody."""
        if self._pack.parties.isdisjoint(chunk.words):
            return 0
        return next((self._pack.numbers[word] for word in chunk.words if word in self._pack.numbers), 0)


def _named(chunk: Chunk, codes: Iterable[str]) -> tuple[Who, ...]:
    return tuple(Who(code, None, chunk.role, chunk.start, chunk.end, indirect=True) for code in codes)


def _together(clauses: Clauses, m: int) -> tuple[str, ...]:
    """Return the two actors named together up to the noun at `m`: joined by "and", or by a hyphen."""
    chunk = clauses.chunks[m]
    demonyms = [ref for ref in chunk.refs if ref.mention.kind is MentionKind.DEMONYM]
    if len(demonyms) == _PAIR and demonyms[0].mention.end_token + 1 == demonyms[1].mention.start_token:
        codes = [ref.code for ref in demonyms]
    else:
        who, left = clauses.group(m)
        codes = [one.code for one in who] if left < m else []
    return tuple(codes) if len(codes) == _PAIR and len(set(codes)) == _PAIR else ()
