"""Shared subjects: whose verb it is behind "and" or a comma, where the clause before tells."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Effect
from bot.analysis.lists import Lists
from bot.analysis.pack import Slot
from bot.analysis.verb_senses import (
    ACCUSES,
    GATHERS,
    HAS_PLAIN,
    MEETS,
    REPORTS,
    REQUESTS,
    SPEAKS,
    WRONGS,
    is_of_one,
    is_past,
    is_plural_only,
    is_several,
    says,
    speaks,
)

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BREAKS: Final = frozenset({Kind.COLON, Kind.DASH, Kind.QUOTE})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_GOVERNING: Final = frozenset({Kind.PREPOSITION, Kind.VERB})
_TWO: Final = 2
# What may stand between who tells something and what he does with it, and before him.
_BEHIND_TELLER: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.TIME})
_BEFORE_TELLER: Final = frozenset({Kind.COMMA, Kind.QUOTE})

# How far back an interruption between commas may have begun, in chunks.
_LONGEST_INTERRUPTION: Final = 14


@dataclass(slots=True)
class Subject:
    """Whom a verb has as its subject: `noun` is the chunk, -1 for none; `via` says how it was found.

    Never changed once made. A frozen dataclass takes three times as long to make, and the fields of a named tuple ten
    times as long to ask for.
    """

    who: tuple[Who, ...]
    noun: int
    via: str = "direct"
    left: int = -1

    def found_via(self, via: str) -> Subject:
        """Return the same subject, found by other means."""
        return Subject(self.who, self.noun, via, self.left)


NOBODY: Final = Subject((), -1, "none")


class Sharing(Lists):
    """Finds the subject that a verb has from another: listed with it, interrupted, or hung on."""

    def subject(self, k: int) -> Subject:
        """Return the subject of the verb at `k`."""
        raise NotImplementedError

    def _from_noun(self, j: int, k: int) -> Subject:
        """Return the subject that the noun at `j` begins or ends."""
        raise NotImplementedError

    def _shared(self, j: int, k: int) -> Subject:
        verb = self.chunks[k]
        if self._is_told_by_stranger(j, k):
            return NOBODY
        finite = bool(verb.slot & Slot.FINITE)
        speaks = finite and says(verb)
        speaks_out = not self.pack.cased and (bool(verb.senses & (REQUESTS | ACCUSES | SPEAKS)) or speaks)
        speaks_up = not self.pack.cased and bool(verb.senses & (REQUESTS | ACCUSES | REPORTS))
        is_parted = j > 0 and self.chunks[j].kind == Kind.AND and self.chunks[j - 1].kind == Kind.COMMA
        behind_comma = self.chunks[j].kind == Kind.COMMA and not self.pack.cased
        joins = self.chunks[j].kind == Kind.AND and not is_parted and bool(verb.slot & Slot.PARTICIPLE)
        for m in range(j - 1, -1, -1):
            other = self.chunks[m]
            if other.kind == Kind.VERB and finite and self._is_reduced(m):
                # "shots fired by the army": a relative clause without its pronoun.
                continue
            if other.kind == Kind.VERB and finite and is_plural_only(other) and self._has_one_subject(m):
                # "calls the EU move biased, threatens": one body does not "move", and it is a noun.
                continue
            if other.kind == Kind.VERB and finite and is_parted and self._is_in_relative(m):
                # "the clashes, which left many dead, and calls on": the comma has ended the relative clause.
                continue
            if other.kind == Kind.VERB and finite and other.slot & Slot.FINITE and self._goes_on_in_relative(m, verb):
                return self.subject(m)
            if other.kind == Kind.VERB and (not finite or other.slot & (Slot.FINITE | Slot.PREDICATE)):
                if self.pack.cased and is_past(verb) and is_past(other) and is_several(verb) != is_several(other):
                    # "считает, что перемирие нарушили войска, и призвал": one does not go on from many.
                    continue
                if self.pack.cased and is_parted and self._is_in_complement(m):
                    # "заявил, что перемирие нарушено, и призвал": the comma has ended what was said.
                    continue
                if (
                    speaks
                    and not says(other)
                    and not self._begins_anew(m)
                    and any(says(self.chunks[v]) and self.subject(v).who for v in self.verbs if v < m)
                ):
                    continue
                if finite and verb.senses & (REQUESTS | ACCUSES) and not self.subject(m).who and self._is_reported(m):
                    # "warned that people were starving and begged Moscow": people in general beg nobody.
                    continue
                if (
                    finite
                    and self.headline
                    and behind_comma
                    and self._is_in_anothers_words(m)
                    and not verb.senses & WRONGS
                ):
                    # "X says Y is no threat, cancels visit": whoever says it does one more thing.
                    continue
                if finite and speaks and self._is_demanded(m):
                    # "demanded that X withdraw and said": of whoever demanded it.
                    continue
                if finite and speaks_up and m + 1 < j and self._is_deed_told(m) and not self._is_in_aside(m):
                    # "said that X had broken the truce and urged it to": whoever says it asks as well.
                    continue
                if finite and speaks_out and self._is_thing(self.subject(m)):
                    # "condolences for the lives lost and urged": things ask for nothing.
                    continue
                had = self.pack.pluperfect & set(other.words)
                goes_on = joins and not (speaks or verb.senses & (REQUESTS | ACCUSES))
                if finite and speaks_out and had and not goes_on and self._is_reported(m):
                    # "said that X had narrowed the gap, but warned": what came before was told, the warning comes after.
                    continue
                is_told = not is_past(other) or bool(other.flags & g.OBLIGED)
                if had and verb.slot & Slot.PARTICIPLE:
                    # "said that X had changed course and backed Y": X had.
                    is_told = False
                if finite and is_past(verb) and is_told and self._is_reported(m):
                    # "said that Russia is advancing and urged": what was said is told in the present, what was done is not.
                    continue
                found = self.subject(m)
                if is_plural_only(verb) and len(found.who) == 1 and self._is_one(found):
                    # "urges allies to dig deep and provide": one person "provides".
                    return NOBODY
                return found.found_via("shared" if found.via == "direct" else found.via)
            if other.kind in _MARKS:
                break
        return NOBODY

    def _is_in_relative(self, m: int) -> bool:
        """Return whether a verb stands in a relative clause, whatever its pronoun is in it: "which X denies"."""
        found = self.subject(m)
        is_object = found.via == "direct" and found.left > 0 and self.kinds[found.left - 1] == Kind.RELATIVE
        return found.via == "relative" or (is_object and not self.pack.cased and self.pack.adjectives_first)

    def _is_in_anothers_words(self, m: int) -> bool:
        """Return whether a verb stands in what a headline begins by saying that somebody says: "X says Y is"."""
        first = self.verbs[0]
        if first >= m or not self.chunks[first].senses & REPORTS or not self.chunks[first].slot & Slot.FINITE:
            return False
        teller, own = self.subject(first), self.subject(m)
        is_other = own.via == "direct" and own.noun > first and bool(teller.who) and teller.noun < first
        return is_other and Kind.COMMA not in self.kinds[first:m]

    def _begins_anew(self, m: int) -> bool:
        """Return whether the verb's clause stands for itself, as nothing makes it what somebody says: "…, Bakou nie"."""
        found = self.subject(m)
        left = found.left if found.left >= 0 else found.noun
        is_own = self.pack.needs_complementizer and found.via == "direct" and 0 < left < m
        return is_own and self.chunks[left - 1].kind == Kind.COMMA

    def _goes_on_in_relative(self, m: int, verb: Chunk) -> bool:
        """Return whether a relative clause about a thing goes on: "clashes that left many dead and threatened to spread"."""
        threatens = any(rule.effect is Effect.THREATEN for form in verb.forms for rule in form.rules)
        if not threatens or self.pack.cased or not self.pack.adjectives_first:
            # Things threaten, but they neither regret nor welcome.
            return False
        found = self.subject(m)
        return found.via == "relative" and self._is_thing(found)

    def _is_told_by_stranger(self, j: int, k: int) -> bool:
        """Return whether a headline ends with who says it, and that is nobody on the list: "…, warns think tank's head"."""
        if not self.headline or self.chunks[j].kind != Kind.COMMA or k + 2 != len(self.chunks):
            return False
        noun = self.chunks[k + 1]
        is_somebody = noun.bare or noun.role or noun.group or noun.name
        return bool(self.chunks[k].senses & REPORTS) and noun.kind == Kind.NOUN and bool(is_somebody) and not noun.who

    def _has_one_subject(self, m: int) -> bool:
        """Return whether the verb at `m` has a single actor for its subject, behind another verb of the sentence."""
        found = self.subject(m)
        return bool(found.who) and found.via == "direct" and found.noun > self.verbs[0] and self._is_one(found)

    def _is_one(self, found: Subject) -> bool:
        """Return whether a subject is a single person or state, by its name: not "lawmakers", nor "the military"."""
        if found.who[0].person_kind:
            return True
        noun = self.chunks[found.noun] if found.noun >= 0 else None
        return noun is not None and not noun.plural and not self.pack.cased and len(noun.words) == 1

    def _is_thing(self, found: Subject) -> bool:
        """Return whether a subject is nobody who could speak."""
        if found.noun < 0 or found.who or self.chunks[found.noun].kind != Kind.NOUN:
            return False
        noun = self.chunks[found.noun]
        if not self.pack.cased and not noun.role and not self.pack.atrocities.isdisjoint(noun.words[-1:]):
            # "said an Azerbaijani attack was likely and accused"
            return True
        is_somebody = noun.bare or noun.crowd or noun.group or noun.name or noun.refs or noun.role
        return not is_somebody and self.pack.papers.isdisjoint(noun.words)

    def _is_reduced(self, m: int) -> bool:
        """Return whether the verb at `m` is a participle that only describes the noun before it: "fired by"."""
        verb = self.chunks[m]
        return (
            not self.pack.cased
            and bool(verb.slot & Slot.PARTICIPLE)
            and not verb.flags
            and m > 0
            and m + 1 < len(self.chunks)
            and self.chunks[m - 1].kind == Kind.NOUN
            and self.chunks[m + 1].kind == Kind.PREPOSITION
            and self.chunks[m + 1].words[-1] in self.pack.agent_prepositions
        )

    def _is_demanded(self, m: int) -> bool:
        """Return whether a verb stands in a clause that somebody asks for: "demanded that X withdraw"."""
        left = self.subject(m).left
        if left < _TWO or self.chunks[left - 1].kind != Kind.THAT or self.pack.cased:
            return False
        return self.chunks[left - 2].kind == Kind.VERB and bool(self.chunks[left - 2].senses & REQUESTS)

    def _is_deed_told(self, m: int) -> bool:
        """Return whether a verb is what somebody known says that another did; what is said or agreed on is no such deed."""
        senses = self.chunks[m].senses
        is_of_words = senses & REPORTS or (senses & SPEAKS and not senses & HAS_PLAIN)
        if is_of_words or (senses & (MEETS | GATHERS) and not (senses & WRONGS and not self._has_party(m + 1))):
            return False
        doer = self.subject(m)
        if not doer.who or doer.via != "direct":
            return False
        return self._is_told_of_another(m)

    def _is_in_aside(self, m: int) -> bool:
        """Return whether a conjunction opens the clause of the verb at `m`: "after X expelled Y and accused"."""
        left = self.subject(m).left
        return left > 0 and self.chunks[left - 1].kind == Kind.SUBORDINATOR

    def _is_told_of_another(self, m: int) -> bool:
        """Return whether the verb at `m` stands in what somebody else said: "said that X had done it"."""
        if self._is_set_apart(m):
            return False
        own = {one.code for one in self.subject(m).who}
        tellers = (
            v for v in self.verbs if v < m and self.chunks[v].senses & REPORTS and self.chunks[v].slot & Slot.FINITE
        )
        return any(self._is_another(self.subject(v), own) for v in tellers)

    def _is_another(self, teller: Subject, own: AbstractSet[str]) -> bool:
        """Return whether who tells something is none of `own`: a ministry by its role alone is somebody's as well."""
        if teller.who:
            return own.isdisjoint(one.code for one in teller.who)
        noun = self.chunks[teller.noun] if teller.noun >= 0 and teller.via == "direct" else None
        return noun is not None and noun.bare and noun.held and not self.pack.cased

    def _is_set_apart(self, m: int) -> bool:
        """Return whether a verb stands in a clause that is no part of what was said before: ", though X was warned"."""
        left = self.subject(m).left
        if left < _TWO:
            return False
        opening = self.kinds[left - 1]
        return opening == Kind.BUT or (opening == Kind.SUBORDINATOR and self.kinds[left - 2] == Kind.COMMA)

    def _has_party(self, m: int) -> bool:
        """Return whether the chunk at `m` is somebody to meet."""
        return m < len(self.chunks) and bool(self.chunks[m].who)

    def _is_in_complement(self, m: int) -> bool:
        """Return whether a verb stands in a clause with "that" of a verb of saying before it."""
        return any(self.chunks[v].senses & REPORTS and Kind.THAT in self.kinds[v + 1 : m] for v in self.verbs if v < m)

    def _is_reported(self, m: int) -> bool:
        """Return whether a verb stands in what somebody said earlier in the sentence, told in the past."""
        if self._is_set_apart(m):
            return False
        return any(
            self.chunks[v].senses & REPORTS and is_past(self.chunks[v]) and self.subject(v).who
            for v in self.verbs
            if v < m
        )

    def _after_comma(self, j: int, k: int) -> Subject:
        chunks, verb = self.chunks, self.chunks[k]
        if not verb.slot & Slot.FINITE:
            return self._of_main_clause(k)
        verb_between = False
        for m in range(j - 1, max(-1, j - _LONGEST_INTERRUPTION), -1):
            kind = chunks[m].kind
            if kind == Kind.VERB and chunks[m].slot & (Slot.FINITE | Slot.PREDICATE):
                verb_between = True
            if kind == Kind.COMMA:
                first = chunks[m + 1].kind
                if verb_between and first not in {Kind.RELATIVE, Kind.SUBORDINATOR} and not self._is_participial(m):
                    return self._shared(j, k)
                if m == j - 2 and self._lists_objects(m, verb):
                    continue
                if m == j - 2 and self._names_apposed(m):
                    # "The host, X, accused"
                    return Subject(chunks[m + 1].who, m + 1, "direct", m - 1)
                if m > 0 and chunks[m - 1].kind == Kind.NOUN:
                    return self._from_noun(m - 1, k)
                if m > 1 and chunks[m - 1].kind == Kind.TIME and chunks[m - 2].kind == Kind.NOUN:
                    # "X on Monday, in a call with Y, complained"
                    return self._from_noun(m - 2, k)
                if m == 1 and chunks[0].kind == Kind.TIME and first == Kind.NOUN:
                    # "On Monday, the minister, in a call with X, said": the phrase between commas follows its subject.
                    return self._from_noun(m + 1, k)
                return NOBODY
            if kind in _BREAKS:
                return NOBODY
            if kind == Kind.RELATIVE and verb_between and m > 0 and chunks[m - 1].kind == Kind.NOUN:
                # "le ministre qui a reçu X, a répété": the clause between says which minister.
                return self._from_noun(m - 1, k)
        if verb_between:
            return self._shared(j, k)
        if j > 0 and chunks[j - 1].kind == Kind.NOUN:
            return self._from_noun(j - 1, k)
        return NOBODY

    def _names_apposed(self, comma: int) -> bool:
        """Return whether a person's name stands between commas and says who the noun before it is: "The host, X, "."""
        if comma < 1 or self.pack.cased or self.chunks[comma - 1].kind != Kind.NOUN:
            return False
        noun, name = self.chunks[comma - 1], self.chunks[comma + 1]
        is_plain = not noun.who and not noun.refs and noun.words[0] in self.pack.definites and comma == 1
        return is_plain and name.kind == Kind.NOUN and any(one.person_kind for one in name.who)

    def _is_participial(self, comma: int) -> bool:
        """Return whether a participle describes the subject behind its comma: "X, carrying a plan that …, has met Y"."""
        if self.pack.cased or not self.pack.adjectives_first or self.chunks[comma + 1].slot != Slot.GERUND:
            return False
        return not any(v < comma and self.chunks[v].slot & Slot.FINITE for v in self.verbs)

    def _lists_objects(self, comma: int, verb: Chunk) -> bool:
        """Return whether a comma lists objects, and whoever has them does `verb`: "meets with A, B ministers, calls for"."""
        if comma < _TWO or self.pack.cased or not is_of_one(verb):
            return False
        before, after, governing = self.chunks[comma - 1], self.chunks[comma + 1], self.chunks[comma - 2]
        if governing.kind not in _GOVERNING or before.kind != Kind.NOUN or after.kind != Kind.NOUN:
            return False
        codes = {one.code for one in before.who}
        return bool(codes) and bool(after.who) and codes.isdisjoint(one.code for one in after.who)

    def _is_subject_itself(self, k: int) -> bool:
        """Return whether a gerund is what the next verb speaks of: "…; opening the border is vital"."""
        chunks, m = self.chunks, k + 1
        if self.pack.cased or chunks[k].slot != Slot.GERUND or speaks(chunks[k]):
            return False
        while m < len(chunks) and chunks[m].kind in (Kind.NOUN, Kind.PREPOSITION):
            m += 1
        if not k + 1 < m < len(chunks) or chunks[m].kind != Kind.VERB:
            return False
        return bool(chunks[m].flags & g.BE and chunks[m].slot & Slot.FINITE)

    def _described(self, k: int) -> Subject | None:
        """Return whom a participle between commas describes: "said that a note, supporting X, was false"; else None."""
        behind = next((m for m in range(k, len(self.kinds)) if self.kinds[m] == Kind.COMMA), -1) + 1
        if self.pack.cased or not k or self.kinds[k - 1] != Kind.COMMA or behind not in self.verbs:
            return None
        found = self.subject(behind) if self.chunks[behind].slot & Slot.FINITE else NOBODY
        # Only in what is told with "that": "X wrote to Y, expressing its readiness, an agency reports" is X's.
        is_inside = found.via == "direct" and self.verbs[0] < found.noun < k and not says(self.chunks[behind])
        if not is_inside or Kind.THAT not in self.kinds[self.verbs[0] : found.noun]:
            return None
        return found.found_via("participle") if found.who else NOBODY

    def _of_main_clause(self, k: int) -> Subject:
        """Return the subject of the sentence that a participle hangs on."""
        if (described := self._described(k)) is not None:
            return described
        # ", X said, while also calling for"
        comma = k - 2 if k > 1 and self.kinds[k - 1] == Kind.SUBORDINATOR and not self.pack.cased else k - 1
        teller = comma - 1
        while teller > 0 and self.chunks[teller].kind in _BEHIND_TELLER:
            teller -= 1
        if teller > 0 and self.chunks[comma].kind == Kind.COMMA and says(self.chunks[teller]):
            # "…, the palace said on Monday, thanking", "…, X told the nation, calling on": of whoever said it, right before.
            found = self.subject(teller)
            is_right_before = all(chunk.kind == Kind.TIME for chunk in self.chunks[teller + 1 : comma])
            first = teller if found.noun > teller else found.left
            is_tail = first > 0 and self.chunks[first - 1].kind in _BEFORE_TELLER
            if found.noun >= 0 and (is_right_before or is_tail):
                return found.found_via("participle")
        # "X says 40,000 have come, fearing for their rights": those who have come fear.
        found_near = not speaks(self.chunks[k]) or self.chunks[k].lemma.partition(" ")[0] in self.pack.dreading
        near = sorted(self.verbs, key=lambda m: (m > k, abs(m - k))) if found_near else self.verbs
        for m in near:
            # A deed in a verbal adverb belongs to the clause right before it, words to who speaks in the sentence.
            if m == k or not self.chunks[m].slot & Slot.FINITE:
                continue
            if m > k and not any(self.chunks[i].kind == Kind.COMMA for i in range(k, m)):
                continue
            found = self.subject(m)
            if found.noun >= 0 and found.via != "relative":
                return found.found_via("participle")
        return NOBODY
