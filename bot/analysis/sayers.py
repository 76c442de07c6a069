"""Who speaks with a verb of saying: its subject, or whoever stands behind it, "…, said X"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Kind
from bot.analysis.indefinite import is_indefinite, seat
from bot.analysis.pack import Slot
from bot.analysis.speakers import Speakers
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import REPORTS, SAYS

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BEHIND_QUOTE: Final = frozenset({Kind.ADVERB, Kind.COMMA, Kind.DASH})
_BEHIND_TAIL: Final = frozenset({Kind.COMMA, Kind.OTHER, Kind.PREPOSITION, Kind.TIME})
_BEHIND_WORDS: Final = frozenset({Kind.COMMA, Kind.DASH, Kind.QUOTE})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_PHRASES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.PREPOSITION, Kind.TIME})


class Sayers(Speakers):
    """Finds the speaker of a verb of saying."""

    def _speaker_of(self, k: int) -> tuple[Subject | None, int]:
        """Return the subject of a verb of saying, also where it stands after it, and where its words may begin."""
        subject = self.clauses.subject(k)
        inverted = self._inverted(k) if self._can_invert(k) else None
        if inverted is not None and (
            subject.noun < 0
            or subject.via != "direct"
            or self._after_quote(k)
            or self._is_speech_of(inverted)
            or self._is_tail(k)
        ):
            noun = inverted
            last = noun
            who, _ = self.clauses.group(last)
            found = Subject(who, noun, "inverted", k)
            self.clauses.set_subject(k, found)
            return found, last + 1
        if subject.noun < 0:
            return None, k + 1
        if inverted is None and subject.via == "shared" and self._ends_with_stranger(k):
            # "Baku may attack, craint un chercheur": whoever he is, he says it, and Baku does not.
            found = Subject((), k + 1, "inverted", k)
            self.clauses.set_subject(k, found)
            return found, k + 2
        return subject, k + 1

    def _can_invert(self, k: int) -> bool:
        """Return whether the speaker may stand behind the verb: "…, said X"."""
        verb = self.chunks[k]
        if not verb.slot & Slot.FINITE:
            return False
        if verb.senses & SAYS or self._after_quote(k):
            return True
        # "Famine looms, warns X", but not "Paris slams Baku, warns X"
        is_tail = bool(verb.senses & REPORTS) and self._is_tail(k) and not self.clauses.subject(k).who
        return is_tail and k + 1 < len(self.chunks) and bool(self.chunks[k + 1].who)

    def _after_quote(self, k: int) -> bool:
        j = k - 1
        while j >= 0 and self.chunks[j].kind in _BEHIND_QUOTE:
            j -= 1
        return j >= 0 and self.chunks[j].kind == Kind.QUOTE

    def _is_tail(self, k: int) -> bool:
        """Return whether a verb of saying begins the tail of a headline: "Canada troubled by attack, says X"."""
        kinds = self.clauses.kinds
        if not self.clauses.headline or kinds[k - 1] != Kind.COMMA:
            return False
        if kinds[:k].count(Kind.COMMA) != 1:
            # "… spies on Peru, Chile, Brazil, says X": what stands before belongs to a list.
            left = self.clauses.subject(k).left
            if left < 2 or kinds[left - 1] != Kind.COMMA:  # noqa: PLR2004 - something and a comma
                return False
        return k + 2 >= len(kinds) or kinds[k + 2] in _BEHIND_TAIL

    def _ends_with_stranger(self, k: int) -> bool:
        """Return whether a verb of saying and a noun that names nobody end the sentence behind a comma."""
        chunks = self.chunks
        if not self.pack.needs_complementizer or chunks[k - 1].kind != Kind.COMMA or not chunks[k].slot & Slot.FINITE:
            return False
        if k + 1 >= len(chunks) or chunks[k + 1].kind != Kind.NOUN or chunks[k + 1].refs:
            return False
        return k + 2 >= len(chunks) or chunks[k + 2].kind == Kind.OTHER

    def _inverted(self, k: int) -> int | None:
        chunks = self.chunks
        n = k + 1
        while n < len(chunks) and chunks[n].kind in _LOOSE:
            n += 1
        if self.pack.cased or not self.pack.adjectives_first:
            n = self._behind_addressee(n)
        if is_indefinite(chunks[k], self.pack) and seat(chunks, n, self.pack):
            return n + 1
        if (
            not self.pack.impersonal.isdisjoint(chunks[k].words)
            and n + 1 < len(chunks)
            and chunks[n].kind == Kind.PREPOSITION
            and chunks[n + 1].kind == Kind.NOUN
        ):
            # "говорится в заявлении МИД"
            return n + 1
        if n < len(chunks) and chunks[n].kind == Kind.PRONOUN and self.pack.cased and self._after_quote(k):
            # "…, — сказал он"
            return None if chunks[n].flags & g.OBJECT else n
        if n >= len(chunks) or chunks[n].kind != Kind.NOUN:
            return None
        j = k - 1
        while j >= 0 and chunks[j].kind == Kind.ADVERB:
            j -= 1
        if j >= 0 and chunks[j].kind not in _BEHIND_WORDS and not self._may_follow(j, n) and not self._is_speech_of(n):
            return None
        if any(chunks[m].kind == Kind.VERB for m in range(n + 1, min(n + 2, len(chunks)))):
            return None
        noun = chunks[n]
        if self.pack.cased and noun.bare and n + 1 < len(chunks) and chunks[n + 1].kind == Kind.NOUN:
            # "заявил глава МИД Армении": what it is of stands behind it in the genitive.
            return n + 1 if chunks[n + 1].who else n
        by = self.pack.agent_prepositions
        if not self.pack.papers.isdisjoint(noun.words[-1:]):
            # "said a statement from the ministry"
            by |= self.pack.author_prepositions
        if (
            not noun.who
            and n + 2 < len(chunks)
            and chunks[n + 1].kind == Kind.PREPOSITION
            and chunks[n + 1].words[-1] in by
            and chunks[n + 2].kind == Kind.NOUN
            and chunks[n + 2].who
        ):
            return n + 2
        if noun.who or noun.bare or noun.name or noun.group or noun.crowd:
            return n
        # "“…,” said the UN statement"
        return n if not self.pack.papers.isdisjoint(noun.words[-1:]) and self._after_quote(k) else None

    def _is_speech_of(self, n: int) -> bool:
        """Return whether a headline in the first person ends with who speaks: "Nous saluons ce pas affirme X"."""
        chunks = self.chunks
        speaks = chunks[0].kind == Kind.PRONOUN and bool(chunks[0].flags & g.FIRST_PERSON)
        return self.clauses.headline and speaks and n == len(chunks) - 1 and bool(chunks[n].who)

    def _may_follow(self, j: int, n: int) -> bool:
        """Return whether the subject may stand behind its verb where endings tell it: "Об этом сообщил Песков"."""
        noun = self.chunks[n]
        return (
            self.pack.cased
            and not noun.oblique
            and bool(noun.who)
            and (self.chunks[j].kind != Kind.NOUN or self.chunks[j - 1].kind == Kind.PREPOSITION)
        )

    def _behind_addressee(self, n: int) -> int:
        """Return where the speaker stands in "a déclaré à la presse le ministre": behind phrases without actors."""
        chunks = self.chunks
        while (
            n + 2 < len(chunks)
            and chunks[n].kind == Kind.PREPOSITION
            and chunks[n + 1].kind == Kind.NOUN
            and not chunks[n + 1].who
            and chunks[n + 2].kind in _PHRASES
        ):
            n += 2
            while n < len(chunks) and chunks[n].kind in _LOOSE:
                n += 1
        return n
