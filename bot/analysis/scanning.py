"""What cutting a sentence into chunks keeps track of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Ref
from bot.analysis.entries import Form
from bot.analysis.gazetteer import ActorMention
from bot.analysis.lexemes import Lexeme, Words


class Scan:
    """The tokens of a sentence while they are cut into chunks."""

    def __init__(
        self,
        words: Words,
        mentions: Mapping[int, ActorMention],
        starts: Sequence[int],
        ends: frozenset[int],
        *,
        capitals_tell: bool,
    ) -> None:
        self._words = words
        self._tokens = words.tokens
        self._pack = words.pack
        self._cased = words.pack.cased
        self._mentions = mentions
        self._capitals_tell = capitals_tell
        self._starts = starts
        self._ends = ends
        self._seq: list[int] = []
        # The first token where the stretch runs from it to its last, as most do; -1 where it does not.
        self._first = -1
        self._known: list[Lexeme] = []
        # Which words stand in noun phrases and do nothing else, as most do, and begin no name; false behind the last.
        self._is_plain: list[bool] = []
        self._flags: list[int] = []
        self._norms: tuple[str, ...] = ()
        self._chunks: list[Chunk] = []
        self._has_time = False
        self._has_adverb = False
        self._has_hyphen = False
        # The word that a noun phrase ended before, and the form that it has as a verb without auxiliaries.
        self._alone = (-1, 0)
        self.may = 0
        """What the words of the stretch may be (see `Lexeme.may`)."""
        self._matched: dict[int, tuple[Sequence[Form], int, int]] = {}

    def _add(self, kind: int, p: int, end: int) -> int:
        self._chunks.append(Chunk(kind, self._seq[p], self._seq[end - 1] + 1, self._norms[p:end], self._flags[p]))
        return end

    def _alone_as(self, kind: int, p: int) -> int:
        """Read one word as a chunk of its own."""
        index = self._seq[p]
        self._chunks.append(Chunk(kind, index, index + 1, (self._norms[p],), self._flags[p]))
        return p + 1

    def _become_role(self, p: int) -> None:
        """Let a word be a part of a role."""
        self._flags[p], self._is_plain[p] = g.ROLE, False
        if self._known[p].is_noun or self._known[p].kind >= 0:
            self._known[p] = self._known[p].without_senses()

    def _after(self, q: int, end_token: int) -> int:
        count = len(self._seq)
        if self._first >= 0:
            stop = end_token - self._first
            if stop < count:
                return stop
            return count
        while q < count and 0 <= self._seq[q] < end_token:
            q += 1
        return q

    def _position(self, token: int) -> int:
        if self._first >= 0:
            p = token - self._first
            return 0 if p < 0 else min(len(self._seq), p)
        try:
            return self._seq.index(token)
        except ValueError:
            # It stands in brackets, or in a quotation.
            return next((p for p, index in enumerate(self._seq) if index >= token), len(self._seq))

    def _text_of(self, start: int, end: int) -> str:
        """Return the words from token to token, as the text has them."""
        if end - start == 1:
            return self._tokens[start].text
        parts: list[str] = []
        previous = None
        for token in self._tokens[start:end]:
            if previous is not None and token.start > previous:
                parts.append(" ")
            parts.append(token.text)
            previous = token.end
        return "".join(parts)

    def _covered(self, refs: tuple[Ref, ...]) -> set[int]:
        return {i for ref in refs for i in range(ref.mention.start_token, ref.mention.end_token)}

    def _is_in_noun(self, p: int) -> bool:
        nxt = p + 1
        if nxt >= len(self._norms):
            return False
        return bool(self._flags[nxt] & g.POSSESSIVE_MARK) or (p > 0 and self._is_kind_of(p))

    def _is_kind_of(self, p: int) -> bool:
        """Return whether a word of time tells which thing is meant: "in overnight clashes", not "in years clashes"."""
        norm, after = self._norms[p], self._known[p + 1]
        if self._norms[p - 1] not in self._pack.place_prepositions or norm.endswith(self._pack.plural_endings):
            return False
        return self._seq[p + 1] not in self._mentions and (after.is_noun or bool(self._flags[p + 1] & g.AMBIGUOUS))
