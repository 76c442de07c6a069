"""Deeds told of the thing that they are done with: "aid from X arrived", "X's shelling killed", "a rally was held"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.asides import Asides
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Slot
from bot.analysis.stretch import MODAL
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import OWNED

_DIRECT: Final = frozenset({"direct", "shared"})
_NOT_YET: Final = MODAL | g.FUTURE | g.INFINITIVE_MARK
_PLACES: Final = frozenset({MentionKind.CAPITAL, MentionKind.REGION})


class Things(Asides):
    """Codes what a thing does as the deed of whoever sent or made it."""

    def _as_thing(self, k: int, subject: Subject, who: tuple[Who, ...]) -> tuple[Subject, tuple[Who, ...]]:
        """Return the subject as a thing, with whose it is: who sent it, fired it, or gathers; nobody where it is none."""
        verb = self.chunks[k]
        is_told = verb.slot & Slot.FINITE and not verb.flags & _NOT_YET and subject.via in _DIRECT
        if not verb.senses & OWNED or not is_told or subject.noun < 0:
            return subject, ()
        noun = self.chunks[subject.noun]
        if who and (noun.force or noun.kind != Kind.NOUN or any(one.speaker for one in who)):
            return subject, ()
        for form in verb.forms:
            for rule in form.rules:
                if rule.subject is not SubjectKind.THING or rule.passive is not verb.passive:
                    continue
                if noun.kind != Kind.NOUN or rule.object.isdisjoint(noun.words):
                    continue
                if rule.type is t.PROTEST:
                    return subject.found_via("thing"), (Who("OTHER", None, None, noun.start, noun.end),)
                if owners := self._owners_of(subject.noun):
                    return subject.found_via("thing"), owners
        return subject, ()

    def _owners_of(self, n: int) -> tuple[Who, ...]:
        """Return whose a thing is: "Azerbaijani shelling", "aid from X", "a missile fired by X"."""
        chunks, pack = self.chunks, self.pack
        noun = chunks[n]
        own = [ref for ref in noun.refs if ref.owns or ref.mention.kind not in _PLACES]
        if own:
            return (Who(own[-1].code, None, None, noun.start, noun.end),)
        m = n + 1
        if m < len(chunks) and chunks[m].kind == Kind.VERB and chunks[m].slot & Slot.PARTICIPLE and not chunks[m].flags:
            m += 1
        if m + 1 >= len(chunks) or chunks[m].kind != Kind.PREPOSITION or chunks[m + 1].kind != Kind.NOUN:
            return ()
        if chunks[m].words[-1] not in pack.author_prepositions | pack.agent_prepositions:
            return ()
        return _named(chunks[m + 1])


def _named(noun: Chunk) -> tuple[Who, ...]:
    """Return whom a noun names, or whose it is by its adjective: "from Azerbaijani positions"."""
    if noun.who:
        return noun.who
    return tuple(
        Who(ref.code, None, None, noun.start, noun.end)
        for ref in noun.refs[-1:]
        if ref.owns or ref.mention.kind is MentionKind.DEMONYM
    )
