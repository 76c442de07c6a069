"""Deeds that their doer is not the subject of: "aid from X arrived", "X's shelling killed", "drew a rebuke from X"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.asides import Asides
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Form, Rule, Slot
from bot.analysis.stretch import _T, MODAL, Voice, same
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import OWNED
from bot.domain.reactions import Tier

_DIRECT: Final = frozenset({"direct", "shared"})
_NOT_YET: Final = MODAL | g.FUTURE | g.INFINITIVE_MARK
_PLACES: Final = frozenset({MentionKind.CAPITAL, MentionKind.REGION})
# How far behind its verb the doer may stand, in chunks: "drew a sharp rebuke on Monday from X".
_NEAR: Final = 9
_ENDS: Final = frozenset({Kind.COMMA, Kind.COLON, Kind.DASH, Kind.SUBORDINATOR, Kind.THAT, Kind.RELATIVE, Kind.BUT})


class Things(Asides):
    """Codes what is told of a thing, or of whom it is done to, as the deed of whoever did it."""

    def _as_thing(self, k: int, subject: Subject) -> tuple[Subject, tuple[Who, ...]]:
        """Return the subject as a thing, with whose it is: who sent it, fired it, or gathers; nobody where it is none."""
        verb = self.chunks[k]
        is_told = verb.slot & Slot.FINITE and not verb.flags & _NOT_YET and subject.via in _DIRECT
        if not verb.senses & OWNED or not is_told or subject.noun < 0:
            return subject, ()
        noun = self.chunks[subject.noun]
        for form in verb.forms:
            for rule in form.rules:
                if rule.subject is not SubjectKind.THING or rule.passive is not verb.passive:
                    continue
                if noun.kind != Kind.NOUN or rule.object.isdisjoint(noun.words):
                    continue
                if rule.type is _T.PROTEST:
                    return subject._replace(via="thing"), (Who("OTHER", None, None, noun.start, noun.end),)
                if owners := self._owners_of(subject.noun):
                    return subject._replace(via="thing"), owners
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

    def _code_undergone(self, k: int, subject: Subject, who: tuple[Who, ...]) -> bool:
        """Code "came under fire from X", "received tents from X": what the subject undergoes, X does.

        Return whether the verb tells that.
        """
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if rule.inverse and self._is_undergone(k, rule, subject) and (doers := self._doers_behind(k, form)):
                    self._emit_undergone(k, subject, who, rule, doers)
                    return True
        return False

    def _is_undergone(self, k: int, rule: Rule, subject: Subject) -> bool:
        """Return whether subject and object are those of the rule: troops and places are shot at, others criticised."""
        is_somebody = bool(subject.who) and not self.chunks[subject.noun].force
        if (rule.subject is SubjectKind.FORCE and is_somebody) or (
            rule.subject is SubjectKind.STATE and not is_somebody
        ):
            return False
        if self._has_negative_object(k):
            return False
        words = self.clauses.object_words(k, self.clauses.extent(k), wide=True)
        return not rule.object.isdisjoint(words) and rule.without.isdisjoint(words)

    def _doers_behind(self, k: int, form: Form) -> tuple[Who, ...]:
        """Return from whom it comes."""
        chunks, pack = self.chunks, self.pack
        authors = pack.author_prepositions
        if form.tail and form.tail[-1] in authors and k + 1 < len(chunks) and chunks[k + 1].kind == Kind.NOUN:
            return self.clauses.listed(k + 1)[0] or _named(chunks[k + 1])
        for m in range(k + 1, min(k + _NEAR, len(chunks) - 1)):
            if chunks[m].kind in _ENDS:
                return ()
            if chunks[m].kind == Kind.PREPOSITION and chunks[m].words[-1] in authors:
                return self.clauses.listed(m + 1)[0] or _named(chunks[m + 1])
        return ()

    def _emit_undergone(
        self, k: int, subject: Subject, who: tuple[Who, ...], rule: Rule, doers: tuple[Who, ...]
    ) -> None:
        verb = self.chunks[k]
        self._consume_complement(k)
        if verb.negative or verb.flags & (MODAL | g.FUTURE) or rule.type is None:
            self._miss(k, "not done")
            return
        codes = {one.code for one in doers}
        theirs = tuple(one.code for one in who) or self._targets.patient(subject, k) or self._undergoing(subject)
        targets = tuple(code for code in dict.fromkeys(theirs) if code not in codes)
        voice = self._voice_at(k)
        if voice is not None and voice.who and not same(voice.who, doers):
            self._emit_told(k, rule, doers, voice)
            return
        self._emit(k, subject, doers, rule.type, targets, rule.id, rule.tier, voice)

    def _emit_told(self, k: int, rule: Rule, doers: tuple[Who, ...], voice: Voice) -> None:
        """Code what somebody says that he or another underwent: an accusation where it hurts, else nothing."""
        if rule.hostile:
            own = {one.code for one in voice.who}
            codes = tuple(one.code for one in doers if one.code not in own)
            self._emit_range(voice, _T.ACCUSE, codes, rule.id, Tier.ALERT, " ".join(self.chunks[k].words))

    def _undergoing(self, subject: Subject) -> tuple[str, ...]:
        """Return whose the deed or thing is that undergoes something: "the drills drew a rebuke from X"."""
        return self._targets.culprits_of(subject)


def _named(noun: Chunk) -> tuple[Who, ...]:
    """Return whom a noun names, or whose it is by its adjective: "from Azerbaijani positions"."""
    if noun.who:
        return noun.who
    return tuple(
        Who(ref.code, None, None, noun.start, noun.end)
        for ref in noun.refs[-1:]
        if ref.owns or ref.mention.kind is MentionKind.DEMONYM
    )
