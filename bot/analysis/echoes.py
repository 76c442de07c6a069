"""How an act was taken, told of the act: "drew a rebuke from X", "was met with outrage in X's capital"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind, Who
from bot.analysis.entries import Rule
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.mentions import CAPITAL
from bot.analysis.passives import Passives
from bot.analysis.stretch import MODAL, same
from bot.analysis.subjects import Subject
from bot.domain.reactions import Tier

_BY_SUBJECT: Final = frozenset({SubjectKind.FORCE, SubjectKind.STATE})
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})


class Echoes(Passives):
    """Codes what others make of a verb's subject, where they stand behind it."""

    def _code_drawn(self, k: int, subject: Subject) -> bool:
        """Code "X's raid drew a rebuke from Y": Y rebukes X."""
        verb = self.chunks[k]
        rule = self._drawing(k, subject)
        if rule is None or rule.type is None:
            return False
        end = self.clauses.extent(k)
        who = self._reacting(k, end, rule)
        codes = tuple(one.code for one in subject.who) or self._targets.culprits_of(subject)
        codes = codes or self._targets.patient(subject, k)
        if not who or {one.code for one in who} & {*codes}:
            # Nobody takes his own deeds so.
            return False
        voice = self._voice_at(k)
        is_done = not verb.negative and not verb.flags & (MODAL | g.FUTURE) and not self._has_negative_object(k)
        if voice is not None and voice.who and rule.hostile and is_done:
            own = {one.code for one in voice.who}
            accused = tuple(one.code for one in who if one.code not in own)
            self._emit_range(voice, t.ACCUSE, accused, rule.id, Tier.ALERT, " ".join(verb.words))
            return True
        if (voice is not None and not same(voice.who, who)) or not is_done:
            self._miss(k, "not told as done")
            return True
        targets = () if rule.type is t.EXPRESS_CONCERN else codes
        self._emit(k, subject, who, rule.type, targets, rule.id, rule.tier, None)
        return True

    def _drawing(self, k: int, subject: Subject) -> Rule | None:
        """Return the rule by which the verb at `k` tells how its subject is taken."""
        verb = self.chunks[k]
        words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
        for form in verb.forms:
            for rule in form.rules:
                if (
                    rule.frame is not Frame.DRAW
                    or rule.passive is not verb.passive
                    or not self._fits_drawn(rule, subject)
                ):
                    continue
                if not rule.object.isdisjoint(words) and rule.without.isdisjoint(words):
                    return rule
        return None

    def _fits_drawn(self, rule: Rule, subject: Subject) -> bool:
        """Return whether troops and places are hit, and somebody criticised: both come under fire."""
        is_somebody = bool(subject.who) and subject.noun >= 0 and not self.chunks[subject.noun].force
        return rule.subject not in _BY_SUBJECT or (rule.subject is SubjectKind.STATE) is is_somebody

    def _reacting(self, k: int, end: int, rule: Rule) -> tuple[Who, ...]:
        """Return those behind one of the rule's prepositions; a place is somebody only where a capital stands for it."""
        chunks = self.chunks
        for m in range(k + 1, end - 1):
            if chunks[m].kind != Kind.PREPOSITION or chunks[m].words[-1] not in rule.prepositions:
                continue
            last = m + 1
            while last + 2 < end and chunks[last + 1].kind in _LISTING and chunks[last + 2].kind == Kind.NOUN:
                last += 2
            nouns = [chunk for chunk in chunks[m + 1 : last + 1] if chunk.kind == Kind.NOUN and chunk.who]
            if chunks[m].words[-1] in self.pack.place_prepositions:
                nouns = [n for n in nouns if len(n.words) == 1 and n.refs and n.refs[0].mention.kind is CAPITAL]
            if nouns:
                return tuple(one for noun in nouns for one in noun.who)
        drawn = chunks[k + 1] if k + 1 < end else chunks[k]
        if drawn.kind == Kind.NOUN and len(drawn.refs) == 1 and not self.pack.rebukes.isdisjoint(drawn.words[-1:]):
            # "drew Armenian criticism", but not "sparked Armenian protests": a state's, and not its people's.
            return tuple(Who(ref.code, start=drawn.start, end=drawn.end) for ref in drawn.refs)
        return ()
