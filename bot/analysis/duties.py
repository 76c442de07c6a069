"""What somebody says that deeds do, that somebody is bound to do, or that he hopes others will."""

from __future__ import annotations

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind
from bot.analysis.frames import Frame
from bot.analysis.requests import OF_PEACE, contents_of
from bot.analysis.stretch import MODAL, Voice
from bot.analysis.subjects import Subject
from bot.analysis.things import Things
from bot.domain.reactions import Tier


class Duties(Things):
    """Codes what is said of a deed, a duty or a hope."""

    def _is_deed(self, subject: Subject) -> bool:
        """Return whether a subject is something that somebody did or has in mind: "X's actions", "the aim of X"."""
        head = self.chunks[subject.noun].words[-1:]
        nouns = (self.pack.wrong, self.pack.conduct, self.pack.decisions, self.pack.purposes)
        return any(not of_kind.isdisjoint(head) for of_kind in nouns)

    def _is_nameless(self, subject: Subject) -> bool:
        """Return whether those who do it are named, and are nobody on the list: "the West"."""
        noun = self.chunks[subject.noun]
        return not noun.refs and not self.pack.nameless.isdisjoint(noun.words)

    def _code_deed(self, k: int, subject: Subject, voice: Voice) -> bool:
        """Code "действия Баку подрывают мир" in somebody's words: a deed does wrong, and whose it is is accused."""
        verb = self.chunks[k]
        if verb.negative or verb.flags & MODAL or subject.noun < 0 or self.chunks[subject.noun].kind != Kind.NOUN:
            return False
        own = {one.code for one in voice.who}
        speaks_alone = self.pack.cased or self.pack.endings_tell
        if self._is_wrong(k) and not self._only_wishes(voice):
            if not self.pack.foes.isdisjoint(self.chunks[subject.noun].words[-1:]):
                faced = tuple(other for code in own for other in self._targets.facing(code))
                if faced:
                    self._emit(k, subject, voice.who, t.ACCUSE, faced, "wrong", Tier.ALERT, voice)
                return bool(faced)
            if not speaks_alone and self._is_nameless(subject):
                self._emit(k, subject, voice.who, t.ACCUSE, (), "wrong", Tier.DIGEST, voice)
                return True
            if not speaks_alone and not self._is_deed(subject):
                return False
            codes = tuple(code for code in self._targets.culprits_of(subject) if code not in own)
            if codes:
                self._emit(k, subject, voice.who, t.ACCUSE, codes, "wrong", Tier.ALERT, voice)
            return bool(codes)
        words = set(self.chunks[subject.noun].words)
        for form in verb.forms:
            for rule in form.rules:
                if rule.frame is Frame.ACCUSE and rule.object and not rule.object.isdisjoint(words):
                    # "ответственность лежит на Баку"
                    codes = self._targets.of(k, rule, voice.who)
                    if codes:
                        self._emit(k, subject, voice.who, t.ACCUSE, codes, rule.id, rule.tier, voice)
                    return bool(codes)
        return False

    def _code_duty(self, k: int, subject: Subject) -> bool:
        """Code "X is obliged to stop" in somebody's words: he asks it of X."""
        governor = self.clauses.governor(k)
        if not self.pack.duties or governor < 0 or not self.chunks[governor].passive:
            return False
        over = self.chunks[governor]
        voice = self._voice_at(k)
        if over.lemma not in self.pack.duties or over.negative or over.flags & MODAL or not self._follows(governor, k):
            return False
        if voice is None or not voice.who or subject.noun < 0:
            return False
        self._code_demand(k, voice, subject)
        return True

    def _code_hope(self, k: int, subject: Subject, voice: Voice) -> bool:
        """Code "hopes that X and Y will talk": who hopes for peace in so many words asks for it."""
        verb = self.chunks[k]
        # "hoped that X would": what will be, told in the past
        is_ahead = bool(verb.flags & g.FUTURE) or not self.pack.ahead.isdisjoint(verb.words)
        if not voice.who or not self._only_wishes(voice) or not is_ahead or verb.negative:
            return False
        if subject.noun < 0 or subject.noun >= k:
            return False
        start = subject.left if 0 <= subject.left < subject.noun else subject.noun
        end = self.clauses.extent(k)
        own = {one.code for one in voice.who}
        parties = (*self._targets.in_range(start, k), *self._targets.partners_in(k, end))
        targets = tuple(dict.fromkeys(code for code in parties if code not in own))
        found = [one for one in contents_of(self._demand_parts(start, end), self.pack) if one.type in OF_PEACE]
        for content in found:
            self._emit(k, subject, voice.who, content.type, targets, f"hope/{content.id}", Tier.DIGEST, voice)
        return bool(found)
