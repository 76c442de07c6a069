"""On what terms: whether an act waits for another's, and for whose."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.echoes import Echoes

_TERMS: Final = frozenset({Kind.CONDITIONAL, Kind.SUBORDINATOR})


class Terms(Echoes):
    """Tells what is to come only when something else has."""

    def _waits_for_another(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether an act is to come only when another has acted: "will sign once X amends"."""
        own = {one.code for one in who}
        if self._follows_terms(k, own):
            return True
        if self.pack.provisos:
            behind = [word for chunk in self.chunks[k + 1 : self.clauses.extent(k)] for word in chunk.words]
            if any(tuple(behind[m : m + len(p)]) == p for p in self.pack.provisos for m in range(len(behind))):
                return True
        for m in range(k + 1, len(self.chunks)):
            chunk = self.chunks[m]
            if chunk.kind == Kind.NOUN and not self.pack.condition_words.isdisjoint(chunk.words[-1:]):
                # "will open the border on these conditions"
                before = self.chunks[m - 1]
                return before.kind == Kind.PREPOSITION and before.words[-1] not in self.pack.lacking_prepositions
            if chunk.kind not in _TERMS:
                continue
            verb = next((v for v in self.clauses.verbs if v > m), None)
            if chunk.kind == Kind.SUBORDINATOR and chunk.words[0] not in self.pack.terms:
                # "will sign when X amends": what is yet to be.
                is_yet_to_be = (
                    chunk.words[0] in self.pack.aside_words
                    and verb is not None
                    and self._tells_ahead(self.chunks[verb])
                )
                if not is_yet_to_be:
                    return False
            if verb is None:
                # "if separatists surrender", whose verb may be a noun as well, but not "if necessary"
                other = self.chunks[m + 1] if m + 1 < len(self.chunks) else chunk
                return other.kind == Kind.NOUN and len(other.words) > 1 and not own & {ref.code for ref in other.refs}
            found = self.clauses.subject(verb)
            is_other = found.noun > m and self.chunks[found.noun].kind == Kind.NOUN
            return bool({one.code for one in found.who} - own) if found.who else is_other
        return False

    def _sets_terms_for(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether what is to come waits for a party that is named, or for demands to be met."""
        if not self.chunks[k].flags & g.FUTURE or self.chunks[k].negative or not self._waits_for_another(k, who):
            return False
        if self._awaited(k, who):
            return True
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), len(self.chunks))
        return any(not self.pack.condition_words.isdisjoint(chunk.words) for chunk in self.chunks[opens:])

    def _is_unless_another(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether an act is to come if another does not act: "unless X withdraws"."""
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), -1)
        is_unless = opens > 0 and self.chunks[opens].words[0] in self.pack.exceptives
        return is_unless and self._waits_for_another(k, who)

    def _waits_for_deed(self, k: int) -> bool:
        """Return whether an act is not to come before a deed that others have a part in: "not before the signing"."""
        return any(
            before.kind == Kind.PREPOSITION
            and before.words[-1] in self.pack.term_prepositions
            and (not self.pack.awaited.isdisjoint(after.words) or self._opens_clause(after))
            for before, after in pairwise(self.chunks[k + 1 : self.clauses.extent(k)])
        )

    def _opens_clause(self, chunk: Chunk) -> bool:
        """Return whether a chunk begins with what a clause does: "avant que Bakou"."""
        word = self.pack.words.get(chunk.words[0]) if chunk.words else None
        return word is not None and bool(word.flags & g.COMPLEMENTIZER)

    def _is_put_off(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether what is refused is refused only until something has happened."""
        if not self.pack.term_prepositions:
            # "will not hold talks until X withdraws" is refused; what is done "unless X withdraws" has its terms.
            return Kind.CONDITIONAL in self.clauses.kinds and self._is_unless_another(k, who)
        if self._waits_for_deed(k):
            return True
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), k)
        # ", even if": behind a comma it changes nothing, where not every clause has one before it.
        has_comma = not self.pack.cased and any(chunk.kind == Kind.COMMA for chunk in self.chunks[k:opens])
        return not has_comma and self._waits_for_another(k, who)

    def _follows_terms(self, k: int, own: set[str]) -> bool:
        """Return whether another's act is the condition that a sentence begins with: "if X signs, Y will open"."""
        chunks = self.chunks
        if self.pack.cased or chunks[0].kind != Kind.CONDITIONAL:
            return False
        verb = next((v for v in self.clauses.verbs if v < k), None)
        left = self.clauses.subject(k).left
        if verb is None or left < 1 or chunks[left - 1].kind != Kind.COMMA:
            return False
        return bool({one.code for one in self.clauses.subject(verb).who} - own)

    def _awaited(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return who is to act first: "is open to talks if X withdraws"."""
        own = {one.code for one in who}
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), len(self.chunks))
        if self._follows_terms(k, own):
            opens = 0
        verb = next((v for v in self.clauses.verbs if v > opens), None)
        found = self.clauses.subject(verb).who if verb is not None else ()
        return tuple(dict.fromkeys(one.code for one in found if one.code not in own))
