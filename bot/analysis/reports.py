"""What a verb of saying reports: what opens it, and how far it reaches."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind
from bot.analysis.pack import Slot
from bot.analysis.sayers import Sayers
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import ACCUSES, CONTROLS, DENIES, HAS_PLAIN, IS_CODED, SAYS, SAYS_TO, speaks

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_JOINTS: Final = frozenset({Kind.AND, Kind.BUT})
_LEADS_TO_WORDS: Final = frozenset({Kind.COLON, Kind.QUOTE})
# "hours after X announced"
_TIMES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.TIME})
_FRONTS: Final = frozenset({Kind.PREPOSITION, Kind.SUBORDINATOR})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_BEFORE_RELATIVE: Final = frozenset({Kind.COMMA, Kind.NOUN})
_OPENS_RELATIVE: Final = frozenset({Kind.RELATIVE, Kind.THAT})
_PHRASES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.PREPOSITION, Kind.TIME})
_TURNS: Final = frozenset({Kind.BUT, Kind.SUBORDINATOR})


class Reports(Sayers):
    """Finds where reported words begin and end."""

    def _end_of_report(self, k: int) -> int:
        """Return where the words reported by the verb at `k` end."""
        chunks = self.chunks
        if k == 1 and chunks[0].kind == Kind.SUBORDINATOR and self.clauses.subject(k).via == "inverted":
            # "Как утверждает X, …": all that follows is in his words.
            return len(chunks)
        is_fronted = self._is_fronted(k)
        for m in range(k + 1, len(chunks)):
            kind = chunks[m].kind
            if is_fronted and m > k + 1 and kind == Kind.COMMA and self._opens_main_clause(m + 1):
                return m
            if kind in _MARKS and m > k + 1 and not self._leads_to_quote(k, m):
                return m
            if kind == Kind.SUBORDINATOR and m > k + 1 and self._is_outlet_again(m):
                return m
            if kind == Kind.COMMA and m + 1 < len(chunks):
                after = chunks[m + 1]
                if (
                    after.kind == Kind.VERB
                    and after.slot & Slot.GERUND
                    and not after.slot & Slot.FINITE
                    and (not self.pack.cased or speaks(after) or not self._is_told_between(k, m))
                ):
                    return m
                if after.kind in _TURNS or self._answers(m + 1, k, denies=True) or self._is_spliced(m + 1, k):
                    return m
                if after.kind == Kind.VERB and after.slot & Slot.FINITE and self.clauses.subject(m + 1).via == "shared":
                    return m
            if kind in _JOINTS and m + 1 < len(chunks) and (self._resumes(m + 1, k) or self._answers(m + 1, k)):
                return m
        return len(chunks)

    def _is_fronted(self, k: int) -> bool:
        """Return whether the verb stands in a clause or phrase that opens the sentence: "After X announced …, Y …"."""
        kinds = self.clauses.kinds
        is_timed = kinds[0] in _TIMES and not self.chunks[0].who
        opens = kinds[is_timed] in _FRONTS or (kinds[0] == Kind.VERB and self.chunks[0].slot == Slot.GERUND)
        return opens and k > 1 and _JOINTS.isdisjoint(kinds[:k]) and Kind.COMMA not in kinds[:k]

    def _opens_main_clause(self, m: int) -> bool:
        """Return whether a noun at `m` begins the subject of the next finite verb."""
        if m >= len(self.chunks) or self.chunks[m].kind != Kind.NOUN:
            return False
        verb = next((v for v in self.clauses.verbs if v > m and self.chunks[v].slot & Slot.FINITE), -1)
        subject = self.clauses.subject(verb) if verb >= 0 else None
        return subject is not None and subject.left == m and subject.via == "direct"

    def _leads_to_quote(self, k: int, m: int) -> bool:
        """Return whether a colon ends what stands between a verb of saying and its quotation: "a déclaré jeudi : « … »"."""
        between = _PHRASES
        return (
            self.chunks[m].kind == Kind.COLON
            and m + 1 < len(self.chunks)
            and self.chunks[m + 1].kind == Kind.QUOTE
            and all(chunk.kind in between for chunk in self.chunks[k + 1 : m])
        )

    def _is_told_between(self, k: int, m: int) -> bool:
        """Return whether a clause is reported between two chunks, which a verbal adverb may belong to."""
        return any(k < v < m and self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs)

    def _is_outlet_again(self, m: int) -> bool:
        """Return whether a subordinate clause is the outlet's: after a comma, or in a headline, "as X does Y"."""
        if self.chunks[m - 1].kind == Kind.COMMA:
            return True
        if self.chunks[m - 1].kind == Kind.ADVERB and self.chunks[m].words[0] in self.pack.terms:
            # "possible only after X amends": on what terms.
            return False
        return self.clauses.headline and m + 1 < len(self.chunks) and self.chunks[m + 1].kind == Kind.NOUN

    def _resumes(self, m: int, k: int) -> bool:
        """Return whether the verb after "and" has the speaker, not somebody spoken of, as its subject."""
        after = self.chunks[m]
        if after.kind != Kind.VERB or not after.slot & Slot.FINITE:
            return False
        between = [v for v in self.clauses.verbs if k < v < m]
        if between and not self.pack.cased and self.clauses.kinds[k + 1] == Kind.THAT:
            found = self.clauses.subject(m)
            if found.noun > k and found.via == "shared" and found.who:
                # "said that X changed course and backed Y": both are told of X.
                return False
        return not between or bool(
            after.senses & IS_CODED and not after.senses & HAS_PLAIN and after.slot & Slot.FINITE
        )

    def _answers(self, n: int, k: int, *, denies: bool = False) -> bool:
        """Return whether after "and" another party has its say: "Baku said X attacked and Yerevan accused it of lying".

        With `denies`, whether it says that this is untrue, which a comma may part as well: "…, Yerevan denies this".
        """
        chunks = self.chunks
        noun = chunks[n]
        if noun.kind != Kind.NOUN or not noun.who or self.pack.cased or n + 1 >= len(chunks):
            return False
        if any(chunk.kind == Kind.THAT for chunk in chunks[k + 1 : n]):
            return False
        after = chunks[n + 1]
        if after.kind != Kind.VERB or not after.slot & Slot.FINITE:
            return False
        is_denial = any(rule.type is t.DENY for form in after.forms for rule in form.rules)
        if not is_denial and (denies or not after.senses & (SAYS | ACCUSES)):
            return False
        told = [v for v in self.clauses.verbs if k < v < n]
        own = {one.code for one in self.clauses.subject(k).who}
        return bool(told) and not any(one.code in own for one in noun.who)

    def _is_spliced(self, n: int, k: int) -> bool:
        """Return whether another says something of his own behind a comma: "Baku said X was open, Yerevan calls it shut"."""
        chunks = self.chunks
        if self.pack.cased or self.clauses.headline or n + 1 >= len(chunks) or not chunks[n].who:
            return False
        after = chunks[n + 1]
        if after.kind != Kind.VERB or not after.slot & Slot.FINITE or not after.senses & SAYS:
            return False
        own = {one.code for one in self.clauses.subject(k).who}
        if not own or not own.isdisjoint(one.code for one in chunks[n].who):
            return False
        return self._has_something_of_its_own(n + 1, self.clauses.subject(n + 1), self.clauses.extent(n + 1))

    def _opens_report(self, right: int, first: int) -> bool:
        """Return whether a word like "que", a colon or a quotation leads to what is said."""
        chunks = self.chunks
        return any(
            chunks[m].kind in _LEADS_TO_WORDS
            # ", ce que dément Bakou": a relative clause, and another's words.
            or (chunks[m].kind == Kind.THAT and [c.kind for c in chunks[m - 2 : m]] != [Kind.COMMA, Kind.NOUN])
            for m in range(right, min(first + 1, len(chunks)))
        )

    def _has_something_of_its_own(self, k: int, subject: Subject, end: int) -> bool:
        """Return whether a verb behind a comma has an object, and so tells another thing: "…, Moscow announces a truce"."""
        if self._is_quote_before(subject.left):
            return False
        if subject.via == "infinitive" and not self.chunks[k].senses & SAYS:
            # "…, Libya wants to respond", but not "…, Libya went on to say"
            return True
        if subject.via != "direct":
            return False
        if self.chunks[k].senses & DENIES:
            # "X says it was shelled by Y, Y denies this": no words of Y's.
            return True
        if self.chunks[k].senses & SAYS_TO:
            return False
        behind = self.chunks[k + 1] if k + 1 < len(self.chunks) else None
        leads_on = behind is not None and (behind.slot == Slot.GERUND or bool(behind.flags & g.INFINITIVE_MARK))
        if self.chunks[k].senses & CONTROLS and leads_on:
            # "Peru breaks truce, Libya continues sending arms", "…, Libya vows to send arms": another deed, and no words.
            return True
        start, stop = self.clauses.direct(k, end)
        return any(self.chunks[m].kind == Kind.NOUN for m in range(start, stop))

    def _start_of_report(self, left: int) -> int:
        for m in range(left - 1, -1, -1):
            if self.chunks[m].kind == Kind.BUT:
                return m + 1
        return 0

    def _is_said_of(self, subject: Subject, m: int) -> bool:
        """Return whether the verb at `m` tells what somebody says of a thing: "drones which X says were Y's"."""
        left = subject.left if subject.left >= 0 else subject.noun
        if left < 2 or self.pack.cased or self.pack.needs_complementizer or subject.via != "direct":  # noqa: PLR2004 - a noun, "which"
            return False
        opens = self.chunks[left - 1].kind in _OPENS_RELATIVE and self.chunks[left - 2].kind in _BEFORE_RELATIVE
        return opens and bool(self.chunks[m].slot & Slot.FINITE)

    def _is_quote_before(self, left: int) -> bool:
        return any(self.chunks[m].kind == Kind.QUOTE for m in range(max(0, left - 2), left))
