"""Groups of verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import AUXILIARY, Chunk, Kind, Ref
from bot.analysis.entries import Form
from bot.analysis.pack import Slot
from bot.analysis.verb_forms import VerbForms
from bot.analysis.verb_senses import united

# A word with none of these, and that is no verb, begins no group of verbs.
VERBAL: Final = AUXILIARY | g.NEGATOR | g.INFINITIVE_MARK | g.CLITIC | g.ADVERB


class VerbGroups(VerbForms):
    """Reads groups of verbs: auxiliaries, negation, adverbs and the verb they lead to."""

    def _verb_group(self, p: int) -> int | None:
        """Read auxiliaries, negation, adverbs and the verb they lead to; None where no verb group starts.

        Asked only of a word that can begin one: it is `VERBAL`, or it has forms.
        """
        if not self._flags[p] & VERBAL:
            # Nothing before it: the word is the verb, or none begins here.
            return self._main_verb(p, p, 0, infinitive=False, negative=False, started=False)
        count = len(self._seq)
        q, seen, infinitive, negative, must = p, 0, False, False, False
        while q < count and self._seq[q] >= 0 and (q == p or self._seq[q] not in self._mentions):
            flags = self._flags[q]
            if flags & g.NEGATOR and self._negates(q, started=q > p):
                negative = True
                if flags & g.POSSIBLE:
                    seen |= g.POSSIBLE
            elif flags & g.INFINITIVE_MARK:
                if seen & g.BE and not infinitive and not self._cased:
                    # "is to blame", "is" and "to sign"
                    break
                if not self._infinitive_follows(q):
                    break
                # "has to honour", "ought to honour" say what must be, "to have launched" what has been.
                must = bool(seen & (g.HAVE | g.OBLIGED)) and not infinitive
                infinitive = True
            elif flags & AUXILIARY and self._is_auxiliary(q):
                seen |= flags & AUXILIARY
            elif flags & g.RECIPROCAL and q > p and seen and self._plain_verb(q + 1):
                # "se sont mutuellement accusés"
                pass
            elif q > p and self._pack.inner_clitics and self._is_inner(q):
                # "s'en est pris à": a preposition elsewhere, behind "se" it belongs to the verb.
                pass
            elif (flags & g.CLITIC and self._is_clitic(q)) or (
                flags & g.ADVERB
                and (q > p or (self._verb_follows(q) and not self._counts(q)))
                and not self._plain_verb(q)
            ):
                pass
            else:
                break
            q += 1
        if must:
            seen = seen & ~g.HAVE | g.OBLIGED
            infinitive = False
        started = bool(seen or infinitive or negative)
        if q < count and self._seq[q] >= 0 and self._seq[q] not in self._mentions:
            end = self._main_verb(p, q, seen, infinitive=infinitive, negative=negative, started=started)
            if end is not None:
                return end
        if self._pack.endings_tell and (end := self._auxiliary_as_verb(p, q, negative=negative)) is not None:
            return end
        if self._is_strange_verb(p, q, seen, infinitive=infinitive):
            chunk = Chunk(Kind.VERB, self._seq[p], self._seq[q] + 1, self._norms[p : q + 1])
            chunk.flags, chunk.slot, chunk.negative = seen, Slot.FINITE, negative
            self._chunks.append(chunk)
            return q + 1
        if seen & (g.BE | g.HAVE | g.DO):
            return self._copula(p, q, seen, infinitive=infinitive, negative=negative)
        return None

    def _is_strange_verb(self, p: int, q: int, seen: int, *, infinitive: bool) -> bool:
        """Return whether a word that is no verb of the pack is one, behind "must" or "will": "Baku must answer for it"."""
        modal = g.OBLIGED | g.FUTURE | g.POSSIBLE
        if not seen & modal or seen & ~modal or infinitive or self._cased or self._pack.endings_tell:
            return False
        if q == p or q >= len(self._seq) or self._seq[q] < 0 or self._seq[q] in self._mentions:
            return False
        return self._known[q].is_noun or bool(self._flags[q] & g.AMBIGUOUS)

    def _auxiliary_as_verb(self, p: int, q: int, *, negative: bool) -> int | None:
        """Read "a eu un entretien": an auxiliary that no verb follows is the verb itself, where the pack says what of."""
        last = q - 1
        if last < p or not self._known[last].flags & g.HAVE or not self._known[last].forms:
            return None
        before = 0
        for r in range(p, last):
            before |= self._flags[r] & AUXILIARY
        return self._main_verb(p, last, before, infinitive=False, negative=negative, started=bool(before or negative))

    def _main_verb(self, p: int, q: int, seen: int, *, infinitive: bool, negative: bool, started: bool) -> int | None:
        if not self._known[q].forms or (self._has_hyphen and self._is_compound(q)):
            return None
        forms, end, slots = self._matching(q)
        if not forms:
            return None
        if started:
            slot = self._slot_after_auxiliary(slots, seen, infinitive=infinitive)
        elif self._alone[0] == q and not self._cased:
            slot = self._alone[1]
        else:
            slot = self._slot_alone(q, end, slots)
        if not slot or (slot == Slot.GERUND and seen & g.BE and self._norms[p] in self._pack.existentials):
            # "there was growing concern": an adjective.
            return None
        chunk = Chunk(Kind.VERB, self._seq[p], self._seq[end - 1] + 1, self._norms[p:end])
        chunk.forms = tuple(forms)
        if len(forms) > 1 and not all(form.slots & slot for form in forms):
            chunk.forms = tuple([form for form in forms if form.slots & slot]) or chunk.forms
        chunk.senses = united(chunk.forms) if len(forms) > 1 else forms[0].senses
        bare_infinitive = self._cased and slot == Slot.INFINITIVE and not seen
        chunk.flags = seen | (g.INFINITIVE_MARK if infinitive or bare_infinitive else 0)
        if q > p:
            for flags in self._flags[p:q]:
                chunk.flags |= flags & g.CLITIC
        if slots & Slot.CONDITIONAL and all(form.slots & Slot.CONDITIONAL for form in chunk.forms):
            # "signerait": he might, or is said to.
            chunk.flags |= g.POSSIBLE
        if self._cased and end < len(self._seq) and self._flags[end] & g.POSSIBLE and not self._verb_follows(end):
            # "осудил бы": the particle may stand behind its verb.
            chunk.flags |= g.POSSIBLE
            end += 1
            chunk.end, chunk.words = self._seq[end - 1] + 1, self._norms[p:end]
        if self._cased:
            inside = (self._mentions[self._seq[r]] for r in range(q, end) if self._seq[r] in self._mentions)
            chunk.refs = tuple(Ref(mention, owns=False) for mention in inside)
        chunk.negative = negative
        chunk.slot = slot
        chunk.passive = bool(slot & Slot.PARTICIPLE) and (
            bool(seen & g.BE and not self._is_active_with_be(p, q, forms))
            # "осуждена Францией": a short participle needs no "be".
            or (self._cased and slot == Slot.PARTICIPLE)
        )
        if seen and not infinitive:
            chunk.slot |= Slot.FINITE
        self._chunks.append(chunk)
        return end

    def _copula(self, p: int, q: int, seen: int, *, infinitive: bool, negative: bool) -> int:
        chunk = Chunk(Kind.VERB, self._seq[p], self._seq[q - 1] + 1, self._norms[p:q])
        chunk.flags = seen | (g.INFINITIVE_MARK if infinitive else 0)
        chunk.slot = Slot.FINITE
        chunk.negative = negative
        if seen & g.HAVE and not seen & g.BE:
            # "had a meeting with": to have, as a verb of its own.
            forms, end, _ = self._matching(q - 1)
            chunk.forms = tuple(forms)
            chunk.senses = united(forms)
            if end > q:
                chunk.end, chunk.words, q = self._seq[end - 1] + 1, self._norms[p:end], end
        self._chunks.append(chunk)
        return q

    def _slot_after_auxiliary(self, slots: int, seen: int, *, infinitive: bool) -> int:
        if infinitive and not seen & (g.BE | g.HAVE):
            return slots & Slot.INFINITIVE
        if seen & (g.BE | g.HAVE):
            for slot in (Slot.GERUND, Slot.PREDICATE, Slot.PARTICIPLE):
                if slots & slot:
                    return slot
            return 0
        if seen & AUXILIARY:
            return slots & Slot.INFINITIVE
        return slots & (Slot.FINITE | Slot.INFINITIVE | Slot.PARTICIPLE | Slot.GERUND)

    def _is_active_with_be(self, p: int, q: int, forms: Sequence[Form]) -> bool:
        """Return whether "be" makes a perfect here: of a reflexive verb, or of one that always takes it."""
        if any(self._flags[r] & g.CLITIC for r in range(p, q)):
            return True
        return any(form.lemma.split(" ")[0] in self._pack.active_with_be for form in forms)
