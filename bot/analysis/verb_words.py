"""Which words can be verbs, and with which words behind them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import AUXILIARY, BREAKS, Kind, is_mark
from bot.analysis.entries import Form
from bot.analysis.pack import Slot
from bot.analysis.scanning import Scan

# The words that a name or a role may have between a verb and what belongs to it.
_LONGEST_ADDRESSEE: Final = 4
# "le lundi 9 octobre 2020"
_LONGEST_DATE: Final = 6
# How many chunks the phrase that a verb governs may have where it stands first: "Об обстреле со стороны Баку сообщили".
_LONGEST_FRONTED: Final = 5
# What may stand between a verb and the words that belong to it.
_PASSED_OVER: Final = g.ADVERB | g.TIME | g.NEGATOR | g.POSSESSIVE | g.DETERMINER
# "renewed its urgent and heartfelt call for"
_MOST_ADJECTIVES: Final = 4
_NO_ADJECTIVE: Final = (
    BREAKS & ~g.CONJUNCTION | g.NEGATIVE | g.DETERMINER | g.POSSESSIVE | g.ROLE | g.CROWD | g.GROUP | g.RELATIVE
)
# What may do so right behind the verb: an article there begins the object.
_PASSED_ALONE: Final = _PASSED_OVER & ~g.DETERMINER
_CLAUSE_STARTS: Final = frozenset(
    {Kind.COMMA, Kind.COLON, Kind.DASH, Kind.AND, Kind.BUT, Kind.SUBORDINATOR, Kind.THAT, Kind.OTHER}
)


class VerbWords(Scan):
    """Tells which words can be verbs."""

    def _is_clitic(self, q: int) -> bool:
        """Return whether a word is a pronoun at a verb: "s'est réjoui", "l'a reçu", but not "l'attaque"."""
        if self._flags[q] & g.DETERMINER:
            return q + 1 < len(self._seq) and bool(self._flags[q + 1] & (g.BE | g.HAVE))
        return self._verb_follows(q)

    def _negates(self, q: int, *, started: bool) -> bool:
        return started or self._verb_follows(q) or (self._chunks and self._chunks[-1].kind == Kind.VERB) or True

    def _is_auxiliary(self, q: int) -> bool:
        token = self._tokens[self._seq[q]]
        if self._flags[q] & g.FUTURE and self._known[q].forms:
            # "won't", but not "won praise"
            return q + 1 < len(self._seq) and bool(self._flags[q + 1] & g.NEGATOR)
        # "May" the month, "US" the country and the like are told by their capitals.
        return not (self._capitals_tell and token.is_capitalised and self._flags[q] & g.MONTH and q > 0)

    def _infinitive_follows(self, q: int) -> bool:
        for r in range(q + 1, min(q + 4, len(self._seq))):
            if self._seq[r] < 0 or self._seq[r] in self._mentions:
                return False
            lexeme = self._known[r]
            if not lexeme.is_known:
                if self._flags[r] & g.ADVERB:
                    continue
                return False
            if lexeme.slots & Slot.INFINITIVE or lexeme.flags & (g.BE | g.HAVE | g.DO):
                return True
            if not lexeme.flags & (g.NEGATOR | g.ADVERB | g.CLITIC):
                return False
        return False

    def _verb_follows(self, q: int) -> bool:
        for r in range(q + 1, min(q + 4, len(self._seq))):
            if self._seq[r] < 0 or self._seq[r] in self._mentions:
                return False
            flags = self._flags[r]
            if flags & AUXILIARY or self._plain_verb(r):
                return True
            if self._is_inner(r):
                continue
            if not flags & (g.ADVERB | g.NEGATOR | g.CLITIC):
                return False
        return False

    def _is_inner(self, q: int) -> bool:
        """Return whether a word belongs to the verb that follows because a reflexive stands before it: "s'en"."""
        return self._norms[q] in self._pack.inner_clitics and self._norms[q - 1] in self._pack.reflexives

    def _counts(self, q: int) -> bool:
        """Return whether a word that may be an adverb is the determiner of a noun behind it: "use all means"."""
        ambiguous = q + 1 < len(self._seq) and (self._flags[q + 1] & g.AMBIGUOUS or self._known[q + 1].is_noun)
        after_verb = bool(self._chunks) and self._chunks[-1].kind == Kind.VERB
        return bool(self._flags[q] & g.DETERMINER and ambiguous and after_verb)

    def _plain_verb(self, q: int) -> bool:
        return q < len(self._known) and self._known[q].is_plain_verb

    def _predicate_at(self, q: int) -> bool:
        """Return whether an adjective that tells of an act stands here, with no noun behind it: "Madrid inquiet"."""
        if q >= len(self._seq) or self._seq[q] < 0 or self._seq[q] in self._mentions:
            return False
        _, end, slots = self._matching(q)
        return bool(slots & Slot.PREDICATE) and (end - q > 1 or not self._noun_follows(end))

    def _matching(self, q: int) -> tuple[Sequence[Form], int, int]:
        """Return the readings as a verb whose tail fits, longest first, where the longest ends, and their slots."""
        lexeme = self._known[q]
        if not lexeme.tails:
            return lexeme.bare, q + 1, lexeme.bare_slots
        known = self._matched.get(q)
        if known is None:
            known = self._match_tails(q)
            if not self._cased:
                # With cases it depends on the chunks before as well.
                self._matched[q] = known
        return known

    def _match_tails(self, q: int) -> tuple[Sequence[Form], int, int]:
        lexeme = self._known[q]
        end = q + 1
        following, after = (self._norms[end], self._flags[end]) if end < len(self._norms) else ("", 0)
        variant = self._pack.variants.get(following)
        # Few tails begin with the word that follows: the others need no closer look, unless that may be passed over.
        is_fixed = not self._cased and not after & _PASSED_ALONE and not self._is_date_behind(end)
        if self._pack.clitic_tails and q and self._norms[q - 1] in self._pack.clitic_tails:
            is_fixed = False
        near = self._words_near(end) if lexeme.nouns else ()
        has_noun = not lexeme.nouns.isdisjoint(near)
        forms = lexeme.forms
        if is_fixed and not has_noun and variant not in lexeme.tails:
            if following not in lexeme.tails:
                return lexeme.bare, end, lexeme.bare_slots
            forms = lexeme.tails[following]
        found, slots = [], 0
        for form in forms:
            tail = form.tail
            if not tail:
                found.append(form)
                slots |= form.slots
                continue
            if is_fixed and tail[0] != following and tail[0] != variant:
                if has_noun and tail[0] in near and len(tail) > 1 and (start := self._behind_adjectives(q, tail[0])):
                    stop = self._tail_end(start - 1, tail)
                    if stop is not None:
                        found.append(form)
                        slots |= form.slots
                        end = max(end, stop)
                continue
            stop = self._tail_end(q, tail)
            if stop is None and has_noun and len(tail) > 1 and (start := self._behind_adjectives(q, tail[0])):
                stop = self._tail_end(start - 1, tail)
            if stop is None and self._cased and self._has_fronted(tail):
                stop = q + 1
            if stop is None and self._pack.clitic_tails and self._has_clitic(q, tail):
                stop = q + 1
            if stop is not None:
                found.append(form)
                slots |= form.slots
                end = max(end, stop)
        if following in self._pack.particles and end > q + 1:
            # "backed away from sanctions" backs nothing.
            found = [form for form in found if form.tail]
            slots = reduce(or_, (form.slots for form in found), 0)
        return found, end, slots

    def _is_date_behind(self, r: int) -> bool:
        """Return whether a date stands at `r`: "le 9 octobre", "the following day"."""
        if r + 1 >= len(self._norms):
            return False
        if self._flags[r] & g.DETERMINER and self._flags[r + 1] & g.TIME:
            return True
        return self._norms[r] in self._pack.date_words and self._norms[r + 1][:1].isdigit()

    def _words_near(self, r: int) -> tuple[str, ...]:
        """Return the words among which a verb's noun may be: those from `r` on, or behind an owner who stands there."""
        owner = self._mentions.get(self._seq[r]) if r < len(self._seq) else None
        if owner is not None:
            r = self._after(r, owner.end_token)
            if r >= len(self._seq) or not self._flags[r] & g.POSSESSIVE_MARK:
                return ()
            r += 1
        return self._norms[r : r + 1 + _MOST_ADJECTIVES]

    def _behind_adjectives(self, q: int, noun: str) -> int:
        """Return where a verb's noun stands behind words of its own: "made an impassioned plea for"; 0 if nowhere."""
        r, owner = q + 1, self._mentions.get(self._seq[q + 1]) if q + 1 < len(self._seq) else None
        if owner is not None:
            # "reiterated Washington's call for"
            r = self._after(r, owner.end_token)
            if r >= len(self._seq) or not self._flags[r] & g.POSSESSIVE_MARK:
                return 0
            r += 1
        first = r
        for r in range(first, min(first + 1 + _MOST_ADJECTIVES, len(self._norms))):
            flags = self._flags[r]
            if self._norms[r] == noun:
                return 0 if flags & (BREAKS | g.ADVERB) else r
            may_lead = r == first and flags & (g.DETERMINER | g.POSSESSIVE)
            if self._seq[r] in self._mentions or (flags & _NO_ADJECTIVE and not may_lead) or is_mark(self._norms[r]):
                return 0
        return 0

    def _has_clitic(self, q: int, tail: tuple[str, ...]) -> bool:
        """Return whether a pronoun before the verb stands for what its preposition leads to: "s'y est opposé"."""
        if len(tail) != 1:
            return False
        r = q - 1
        while r > 0 and self._flags[r] & (g.BE | g.HAVE | g.ADVERB) and self._norms[r] not in self._pack.clitic_tails:
            r -= 1
        return r >= 0 and self._pack.clitic_tails.get(self._norms[r]) == tail[0]

    def _has_fronted(self, tail: tuple[str, ...]) -> bool:
        """Return whether the phrase that the verb governs stands first in the clause: "В Баку прибыл …"."""
        if len(tail) != 1:
            return False
        # The noun between may still be in the making: then the preposition is the last chunk.
        for back in range(1, _LONGEST_FRONTED + 1):
            before = self._chunks[-back] if len(self._chunks) >= back else None
            if before is not None and before.kind == Kind.PREPOSITION:
                first = self._chunks[-back - 1].kind if len(self._chunks) > back else Kind.COMMA
                if first in _CLAUSE_STARTS:
                    return before.words == tail
            elif before is None or before.kind != Kind.NOUN:
                return False
        return False

    def _is_set_phrase(self, r: int) -> bool:
        """Return whether a word is part of several that are one adverb: "с глазу на глаз"."""
        return self._flags[r] == g.ADVERB and not self._known[r].is_known

    def _behind_addressee(self, r: int, norm: str) -> int:
        """Return where a verb's tail goes on in "заявил Алиеву о необходимости": behind a name or a role."""
        stop = r
        while stop < len(self._seq) and stop - r < _LONGEST_ADDRESSEE and self._norms[stop] != norm:
            joins = stop > r and self._flags[stop] & g.CONJUNCTION
            if self._seq[stop] not in self._mentions and not self._flags[stop] & g.ROLE and not joins:
                return r
            mention = self._mentions.get(self._seq[stop])
            stop = self._after(stop, mention.end_token) if mention is not None else stop + 1
        return stop if stop < len(self._norms) and self._norms[stop] == norm else r

    def _tail_end(self, q: int, tail: tuple[str, ...]) -> int | None:
        r = q + 1
        if tail and self._cased:
            r = self._behind_addressee(r, tail[0])
        variants = self._pack.variants
        if tail and not self._cased and r < len(self._norms) and self._norms[r] != tail[0]:
            r = self._behind_date(r, tail[0])
        # "échanger par téléphone", "accueillir favorablement": an adverb that belongs to the verb is not passed over,
        # unless it only begins with a preposition that does: "s'entretenir au téléphone avec".
        is_whole = tuple(self._norms[r : r + len(tail)]) == tail and not self._is_lone_preposition(tail)
        for position, norm in enumerate(tail):
            if (
                r < len(self._norms)
                and (
                    norm not in {self._norms[r], variants.get(self._norms[r])}
                    or (self._is_set_phrase(r) and not is_whole)
                )
                and self._flags[r] & _PASSED_OVER
            ):
                # "called again on", "renewed his call for", "take the country to court"
                own = len(tail) > 1 and self._flags[r] & g.POSSESSIVE
                if position == 0 and not own and not self._flags[r] & (g.ADVERB | g.TIME | g.NEGATOR):
                    return None
                r += 1
                while r < len(self._norms) and self._is_set_phrase(r):
                    r += 1
            if r >= len(self._norms) or norm not in {self._norms[r], variants.get(self._norms[r])}:
                return None
            r += 1
        if tail and self._flags[r - 1] & g.INFINITIVE_MARK and self._infinitive_follows(r - 1):
            # "stressed the need to reopen": the mark is the infinitive's.
            return r - 1 if len(tail) > 1 else None
        return r

    def _behind_date(self, r: int, norm: str) -> int:
        """Return where a verb's tail goes on behind a date: "a téléphoné le 9 octobre 2020 à"."""
        stop = r
        while stop < len(self._norms) and self._norms[stop] != norm and stop - r < _LONGEST_DATE:
            is_date = self._flags[stop] & (g.MONTH | g.TIME) or self._norms[stop][:1].isdigit()
            opens = self._norms[stop] in self._pack.date_words or self._flags[stop] & g.DETERMINER
            if not is_date and not (stop == r and opens):
                return r
            stop += 1
        has_number = any(self._norms[m][:1].isdigit() for m in range(r, stop))
        # "est arrivé ce vendredi en Turquie"
        has_number = has_number or (stop - r > 1 and bool(self._flags[stop - 1] & g.TIME))
        return stop if has_number and stop < len(self._norms) and self._norms[stop] == norm else r

    def _is_lone_preposition(self, tail: tuple[str, ...]) -> bool:
        """Return whether a verb's tail is a preposition alone, which may as well begin a set phrase."""
        word = self._pack.words.get(tail[0]) if len(tail) == 1 else None
        return word is not None and bool(word.flags & g.PREPOSITION)

    def _is_compound(self, q: int) -> bool:
        """Return whether a hyphen makes the word a part of another: "cease-fire", "US-led"."""
        if q > 0 and self._norms[q - 1] == "-":
            return True
        if q + 1 >= len(self._norms) or self._norms[q + 1] != "-":
            return False
        forms = self._known[q].forms
        return not any(form.tail[:1] == ("-",) and self._tail_end(q, form.tail) for form in forms)

    def _is_first_half(self, q: int) -> bool:
        """Return whether a preposition is half of a word with a hyphen: "an under-construction plant", "off-limits"."""
        if not self._has_hyphen or not self._flags[q] & g.PREPOSITION:
            return False
        return q + 2 < len(self._norms) and self._norms[q + 1] == "-" and self._seq[q + 2] >= 0

    def _next_is_agent(self, q: int) -> bool:
        return q < len(self._norms) and self._norms[q] in self._pack.agent_prepositions

    def _verb_at(self, q: int, *, after_plural: bool = False) -> bool:
        """Return whether a finite verb stands here, so that the word before it is a noun.

        After a plural, only a verb that agrees with it counts: "attacks continue", not "launches strikes".
        """
        if q >= len(self._seq) or self._seq[q] < 0 or self._seq[q] in self._mentions:
            return False
        if self._flags[q] & AUXILIARY:
            return True
        if self._flags[q] & g.AMBIGUOUS:
            # "monitors call for": two words that are one verb are no noun.
            return after_plural and self._known[q].slots & Slot.PLURAL > 0 and self._matching(q)[1] - q > 1
        wanted = Slot.PLURAL if after_plural else Slot.FINITE
        return bool(self._known[q].slots & wanted) and not (self._has_hyphen and self._is_compound(q))

    def _noun_follows(self, q: int) -> bool:
        if q >= len(self._seq) or self._seq[q] < 0:
            return False
        if self._seq[q] in self._mentions:
            return True
        flags = self._flags[q]
        if self._is_first_half(q):
            return True
        return bool(flags & (g.DETERMINER | g.POSSESSIVE | g.PRONOUN | g.RECIPROCAL | g.ROLE)) or (
            not flags & BREAKS and not is_mark(self._norms[q]) and not self._verb_at(q)
        )
