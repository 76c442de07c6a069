"""Passives that lack their "be": "France accused of bias", "the accord signed in Lima by X"."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Kind
from bot.analysis.entries import Form
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.pack import Slot
from bot.analysis.stretch import Stretch
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import MEETS, REPORTS, REQUESTS, SAYS

_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_BEFORE_TELLER: Final = frozenset({Kind.COMMA, Kind.QUOTE})
_BEHIND_TAIL: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.OTHER, Kind.COMMA})
_OBJECTLESS: Final = frozenset(
    {Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.COMMA, Kind.OTHER, Kind.AND, Kind.DASH, Kind.COLON}
)
_BY_BEHIND_PLACE: Final = [Kind.PREPOSITION, Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]
# So far behind "responded" may stand by what: "to the attack on X by".
_NEAR_HOW: Final = 5
_TRANSITIVE: Final = frozenset({Frame.ACT, Frame.ACCUSE, Frame.REQUEST, Frame.DENY})


class BarePassives(Stretch):
    """Tells participles that are passive from verbs in the past."""

    def _is_over(self, k: int) -> bool:
        """Return whether a headline goes on with what has become of who suffered it: "men jailed in X now back home"."""
        behind = self.chunks[k + 1 :]
        return any(
            one.kind == Kind.ADVERB and not self.pack.returned.isdisjoint((*one.words, *after.words))
            for one, after in pairwise(behind)
        )

    def _is_bare_passive(self, k: int, subject: Subject) -> bool:
        """Return whether a participle without "be" is passive: "France accused of bias", "condemned by the US"."""
        verb, chunks = self.chunks[k], self.chunks
        if not verb.slot & Slot.PARTICIPLE or verb.flags & (g.HAVE | g.BE | g.CLITIC) or subject.via == "pronoun":
            return False
        if self._is_source_behind(k, subject):
            return False
        if subject.via == "shared" and chunks[k - 1].kind != Kind.COMMA:
            # "welcomed by X and condemned by Y"
            before = next((v for v in reversed(self.clauses.verbs) if v < k), None)
            if before is None or not chunks[before].passive:
                return False
        if self.clauses.headline and self._is_over(k):
            return False
        n = k + 1
        if (
            n < len(chunks)
            and chunks[n].kind == Kind.PREPOSITION
            and chunks[n].words[-1] in self.pack.agent_prepositions
        ):
            return not self._tells_how(n)
        if self._is_by_behind_place(n):
            return True
        if not self.pack.cased and any(map(self._tells_how, range(n + 2, min(n + _NEAR_HOW, len(chunks))))):
            return False
        if self.pack.endings_tell and not self.pack.cased and verb.slot & Slot.FINITE:
            # "enjoint à X": what may as well be finite is.
            return False
        if subject.via == "participle" and self._has_no_auxiliary(k):
            return True
        start, stop = self.clauses.direct(k, len(chunks))
        if stop > start:
            return False
        if subject.noun != k - 1 and not self.pack.cased and not self.pack.deals.isdisjoint(chunks[k - 1].words[-1:]):
            # "spoke of the agreement signed between X and Y"
            return True
        while n < len(chunks) and chunks[n].kind in _LOOSE:
            n += 1
        if n < len(chunks) and chunks[n].kind == Kind.VERB and chunks[n].flags & g.INFINITIVE_MARK:
            both = bool(subject.who) and all(one.indirect for one in subject.who)
            return (self.clauses.headline or both) and bool(verb.senses & REQUESTS)
        if n < len(chunks) and chunks[n].kind not in _OBJECTLESS:
            return False
        # A verb that wants an object and has none; with a word of its own behind it ("agreed to") it wants none.
        return all(_wants_object(form, self.pack.particles) for form in verb.forms)

    def _has_no_auxiliary(self, k: int) -> bool:
        """Return whether a participle behind a comma is no half of a perfect: "condamne l'offensive, menée par X"."""
        verb = self.chunks[k]
        if self.pack.cased or not self.pack.endings_tell or verb.flags or self.chunks[k - 1].kind != Kind.COMMA:
            return False
        if verb.lemma.split()[0] in self.pack.active_with_be or not self.pack.reflexives.isdisjoint(verb.words):
            return False
        before = next((v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE), -1)
        if before < 0:
            return False
        # "a condamné l'offensive, appelé au calme et demandé …", "a, de son côté, condamné"
        known = (self.pack.words.get(word) for word in self.chunks[before].words)
        return not any(word is not None and word.flags & g.HAVE for word in known)

    def _tells_how(self, n: int) -> bool:
        """Return whether "by" leads to a deed and to no doer: "responded (to it) by accusing X"."""
        by, deed = self.chunks[n], self.chunks[n + 1] if n + 1 < len(self.chunks) else None
        if by.kind != Kind.PREPOSITION or by.words[-1] not in self.pack.agent_prepositions or deed is None:
            return False
        return deed.kind == Kind.VERB and bool(deed.slot & Slot.GERUND)

    def _is_by_behind_place(self, n: int) -> bool:
        """Return whether a place stands between a participle and by whom it is: "signed in Lima by the leaders of X"."""
        if self.pack.cased or self.clauses.kinds[n : n + 4] != _BY_BEHIND_PLACE:
            return False
        place, by = self.chunks[n].words[-1], self.chunks[n + 2].words[-1]
        return place in self.pack.place_prepositions and by in self.pack.agent_prepositions

    def _is_source_behind(self, k: int, subject: Subject) -> bool:
        """Return whether a verb only tells in whose words the clause before it is: "the talks must go on, X warned"."""
        left = subject.left
        if subject.via != "direct" or left < 1 or not subject.who or not self.chunks[k].senses & REPORTS:
            return False
        # The comma of a quotation is inside it.
        if self.chunks[left - 1].kind not in _BEFORE_TELLER or not self.chunks[k].slot & Slot.FINITE:
            return False
        after = self.chunks[k + 1] if k + 1 < len(self.chunks) else None
        is_last = after is None or after.kind in _BEHIND_TAIL
        aside = self.pack.place_prepositions | self.pack.circumstance_prepositions - self.pack.victim_prepositions
        is_last = is_last or (after is not None and not aside.isdisjoint(after.words[-1:]))
        is_quoted = self.chunks[left - 1].kind == Kind.QUOTE
        return is_last and (
            is_quoted or any(v < left and self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs)
        )


def _wants_object(form: Form, particles: Collection[str]) -> bool:
    if form.senses & (SAYS | MEETS):
        return False
    # "and hundreds injured in a blast": a wrong is done to somebody, too.
    rules = [r for r in form.rules if r.frame in _TRANSITIVE or (r.frame is Frame.PLAIN and r.hostile and not r.object)]
    return (
        bool(rules)
        and (not form.tail or (form.tail[-1] in particles and any(rule.needs_object for rule in rules)))
        and not any(rule.reciprocal or rule.target is TargetFrom.NOBODY for rule in rules)
        and not any(rule.subject is SubjectKind.CROWD and not rule.object for rule in form.rules)
    )
