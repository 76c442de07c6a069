"""Asides: which verbs are no news by themselves, since they describe, name or only say on what terms."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind
from bot.analysis.claims import Claims
from bot.analysis.pack import Slot
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import REPORTS, speaks

# Behind these a clause may open.
_OPENING: Final = frozenset(
    {Kind.ADVERB, Kind.AND, Kind.COLON, Kind.COMMA, Kind.DASH, Kind.QUOTE, Kind.THAT, Kind.TIME}
)
# "ce que", and the name that is given to it.
_WHAT: Final = ([Kind.NOUN, Kind.THAT], [Kind.NOUN, Kind.RELATIVE])
_NAMES: Final = frozenset({Kind.NOUN, Kind.QUOTE})
# Where the noun of a phrase that opens a sentence stands at the latest, before a pronoun.
_FIRST_PHRASE: Final = 2
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_OBJECTS: Final = frozenset({Kind.NOUN, Kind.PRONOUN, Kind.QUOTE, Kind.RECIPROCAL, Kind.VERB})
_JUDGED: Final = frozenset({t.CONDEMN, t.WELCOME})


class Asides(Claims):
    """Tells what is said in passing from what is told."""

    def _is_in_paper(self, j: int) -> bool:
        """Return whether a relative clause tells what somebody said: "une déclaration dans laquelle il condamne"."""
        return (
            j > 1
            and self.chunks[j - 1].kind == Kind.PREPOSITION
            and self.chunks[j - 2].kind == Kind.NOUN
            and not self.pack.papers.isdisjoint(self.chunks[j - 2].words)
        )

    def _is_term_of(self, k: int, subject: Subject) -> bool:
        """Return whether a clause says what a deal holds, and no deed: "an accord under which Baku will get land"."""
        before = self.chunks[subject.left - 2 : subject.left] if subject.left > 1 else ()
        kinds = [chunk.kind for chunk in before]
        return kinds == [Kind.PREPOSITION, Kind.RELATIVE] and not speaks(self.chunks[k])

    def _tells_which(self, k: int, subject: Subject) -> bool:
        """Return whether a deed's object is the noun before its subject: "the land which X seized", "a deal X signed"."""
        if self.pack.cased or not self.pack.adjectives_first or subject.via not in {"direct", "gathering"}:
            return False
        left, verb = subject.left, self.chunks[k]
        behind = next((chunk for chunk in self.chunks[k + 1 :] if chunk.kind not in _LOOSE), None)
        if behind is not None and behind.kind in _OBJECTS:
            return False
        noun = self.chunks[subject.noun]
        if noun.name and left == subject.noun and not self.pack.deals.isdisjoint(noun.words[1:2]):
            # One phrase for all that its words tell: "a deal Boris Johnson".
            return not verb.passive
        if left < 1 or subject.via != "direct" or speaks(verb) or (verb.passive and self._voice_at(k) is not None):
            # "the claim that Baku denies", "a reporter whom Washington says is held by X"
            return False
        before = self.chunks[left - 1]
        if before.kind == Kind.RELATIVE:
            return True
        first = self.pack.words.get(before.words[0]) if before.kind == Kind.NOUN and before.words else None
        return first is not None and bool(first.flags & g.DETERMINER) and not before.who

    def _is_asked_when(self, subject: Subject) -> bool:
        """Return whether a clause tells when or whether, and not that: "asked when they will sign"."""
        before = self.chunks[subject.left - 1] if subject.left > 0 else None
        return before is not None and before.kind == Kind.SUBORDINATOR

    def _is_news(self, k: int, subject: Subject) -> bool:
        """Return whether a participle is what is told: "Trêve conclue entre X et Y", and no other verb has it.

        In a sentence it must look finite, and what it tells of open the clause: "Talks between X and Y resumed".
        """
        opens = subject.noun == 0 or (subject.noun > 0 and self.chunks[subject.noun - 1].kind in _OPENING)
        is_finite = bool(self.chunks[k].slot & Slot.FINITE) and opens and subject.noun < k
        before = self.chunks[subject.noun - 1] if subject.noun > 0 else None
        if before is not None and any(rule.type in _JUDGED for form in before.forms for rule in form.rules):
            # "salue l'accord conclu entre X et Y": which one is hailed.
            return False
        return (self.clauses.headline or is_finite) and not any(
            self.chunks[v].slot & Slot.FINITE and self.clauses.subject(v).noun == subject.noun
            for v in self.clauses.verbs
            if v > k
        )

    def _describes(self, subject: Subject) -> bool:
        """Return whether a clause with a pronoun tells which thing is meant: "for the role he played by mediating"."""
        n = subject.noun
        if not self.pack.adjectives_first or n < 2 or self.chunks[n].kind != Kind.PRONOUN:  # noqa: PLR2004 - "for the role"
            return False
        if self.chunks[n - 1].kind != Kind.NOUN or self.chunks[n - 2].kind != Kind.PREPOSITION:
            return False
        # "In a statement he condemned X": where it was said stands first.
        return n > _FIRST_PHRASE or self.clauses.headline

    def _is_name_for(self, k: int, subject: Subject) -> bool:
        """Return whether a verb gives a thing its name: "ce qu'elle a appelé une agression"."""
        left = subject.left if subject.left >= 0 else subject.noun
        lead = self.chunks[max(left - 2, 0) : left]
        if self.pack.adjectives_first or k + 1 >= len(self.chunks) or [one.kind for one in lead] not in _WHAT:
            return False
        return len(lead[0].words) == 1 and self.chunks[k + 1].kind in _NAMES

    def _is_absolute(self, k: int, subject: Subject) -> bool:
        """Return whether a clause without a finite verb tells what others do: "…, Bakou et Erevan s'accusant"."""
        if subject.left < 1 or not subject.who or not speaks(self.chunks[k]):
            return False
        before = self.chunks[subject.left - 1]
        if before.kind == Kind.PREPOSITION:
            # ", with Armenia accusing"
            return before.words[-1] in self.pack.absolute_prepositions
        return before.kind == Kind.COMMA and not self.pack.adjectives_first

    def _goes_on_now(self, subject: Subject) -> bool:
        """Return whether a headline leaves "is" out: "Turkey sending troops to Libya", and no other verb tells its news."""
        if not self.clauses.headline or self.pack.cased or not self.pack.adjectives_first or subject.left != 0:
            return False
        if Kind.COLON in self.clauses.kinds or Kind.DASH in self.clauses.kinds:
            return False
        return not any(self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs)

    def _describes_object(self, k: int, subject: Subject) -> bool:
        """Return whether a predicate without "be" tells of another verb's object: "supports X in talks with Y"."""
        verb, left = self.chunks[k], subject.left
        if not verb.slot & Slot.PREDICATE or verb.flags & g.BE or subject.via != "direct" or left <= 0:
            return False
        before = self.chunks[left - 1]
        return before.kind == Kind.VERB and not before.senses & REPORTS
