"""Demands: what somebody says that others must do, or that it is only right to do."""

from __future__ import annotations

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.asking import APPEALS, OF_ENCLAVES, Asking
from bot.analysis.bodies import BODIES, ENCLAVES, INTERNATIONAL
from bot.analysis.chunks import Kind
from bot.analysis.pack import Pack
from bot.analysis.requests import OF_PEACE, contents_of
from bot.analysis.stretch import Voice, is_obliged, same
from bot.analysis.subjects import Subject
from bot.domain.reactions import Tier


class Demanding(Asking):
    """Codes what must be done in somebody's words."""

    def _code_demand(self, k: int, voice: Voice, subject: Subject) -> None:
        """Code "X must stop" in somebody's words, and a command."""
        if not voice.who or self.chunks[k].negative:
            return
        end = self.clauses.extent(k)
        tells_past = self.pack.adjectives_first and self.chunks[k].words[0] in self.pack.pluperfect
        is_pronoun = subject.via == "pronoun" and (tells_past or not self.pack.adjectives_first)
        if is_pronoun and same(voice.who, self._resolve(subject)):
            # "déclare qu'il doit céder", "said it had to stop": nothing is asked of anybody else.
            self._miss(k, "of oneself")
            return
        is_thought = k + 1 < end and self.chunks[k + 1].kind == Kind.THAT
        if self._are_outsiders(subject) and not self.pack.cased and not is_thought:
            # "the world must act": whatever it is, it is asked of those who look on.
            self._consume_complement(k)
            self._emit(k, subject, voice.who, t.APPEAL_INTERVENTION, ("OTHER",), "must/outsiders", Tier.DIGEST, voice)
            return
        is_own = (
            subject.via == "direct" and same(voice.who, subject.who) and not BODIES & {one.code for one in voice.who}
        )
        # "its convoys must be let through": others are to let them.
        if is_own and not (self.chunks[k].passive and not self.pack.cased):
            # "said his country needs to wait"
            self._miss(k, "of oneself")
            return
        start = (subject.left if 0 <= subject.left < subject.noun else subject.noun) if 0 <= subject.noun < k else k
        words = [word for m in range(start, end) for word in self.chunks[m].words]
        self._consumed.update(self.clauses.verbs_in(k + 1, end))
        if not self.pack.cased:
            # "must withdraw if there is to be peace": what it is for is not asked.
            end = next((m for m in range(k + 1, end) if self.chunks[m].kind == Kind.CONDITIONAL), end)
        exclude = {one.code for one in voice.who}
        first = subject.left if 0 <= subject.left < start else start
        targets = tuple(code for code in self._targets.in_range(first, k) if code not in exclude) or tuple(
            code for code in self._targets.in_range(k, end) if code not in exclude
        )
        if voice.told and subject.noun < 0:
            targets = voice.told
        if not targets and voice.verb >= 0:
            # "told X that the conflict must be solved by talks"
            targets = self._targets.told(voice.verb)
        first = next((v for v in self.clauses.verbs if start <= v < k), k)
        # "is unacceptable and must stop": what the other verb says is no part of the demand.
        subject_words = [word for m in range(start, first) for word in self.chunks[m].words]
        parts = self._demand_parts(start, end) if first == k else self._demand_parts(k, end)
        parts = [[*subject_words, *part] if first < k else part for part in parts] or [words]
        purpose = next(
            (v for v in self.clauses.verbs if k < v < end and self.chunks[v].flags & g.INFINITIVE_MARK), None
        )
        if (
            purpose is not None
            and first == k
            and not self._is_aim_of_noun(purpose)
            and not is_obliged(self.chunks[purpose])
        ):
            parts, behind = self._demand_parts(start, purpose), self._demand_parts(purpose, end)
            if any(one.type is t.DEMAND_WITHDRAWAL for one in contents_of(parts, self.pack)):
                # "must withdraw to end the fighting": an end that comes of it.
                behind = [part for part in behind if not _is_of_truce(part, self.pack)]
            parts += behind
        asked = {one.code for one in subject.who}
        if asked and targets and not self.pack.cased and not same(voice.who, subject.who):
            kind = t.THREATEN if self._is_or_else(k, end) else t.SET_CONDITIONS if self._is_due_before(k) else None
            if kind is not None:
                # "must withdraw or face war", "must amend its law before it can join"
                self._emit(k, subject, voice.who, kind, targets, "must", Tier.ALERT, voice)
                return
        # What states must do is no call for help from them.
        is_appealed_to = bool(asked) and asked <= INTERNATIONAL
        found = [one for one in contents_of(parts, self.pack) if is_appealed_to or one.type not in APPEALS]
        if subject.noun >= 0 and self.chunks[subject.noun].flags & g.FIRST_PERSON:
            # "we must return", "we must arm": one's own intent; only peace is asked of the others as well.
            found = [one for one in found if one.type in OF_PEACE]
        is_asked = subject.who and not self.chunks[k].passive
        if not found and is_asked and targets and not same(voice.who, subject.who):
            self._emit(k, subject, voice.who, t.DEMAND_COMPLIANCE, targets, "must", Tier.DIGEST, voice)
        for content in found:
            between = tuple(code for code in self._targets.partners_in(start, end) if code not in exclude)
            aimed = between if content.type is t.CALL_DIALOGUE and between else targets
            if content.type in OF_PEACE and not self.pack.cased:
                # "the fighting in the enclave must stop": where it is fought, and not by whom.
                aimed = tuple(code for code in aimed if code in asked or code not in ENCLAVES)
            if content.type in OF_ENCLAVES and set(aimed) <= ENCLAVES.keys() - asked:
                # "the road to the enclave must be opened, X told Y"
                told = self._targets.told(voice.verb) if voice.verb >= end else ()
                aimed = told or self._across(aimed)
            self._emit(k, subject, voice.who, content.type, aimed, content.id, Tier.ALERT, voice)

    def _is_aim_of_noun(self, m: int) -> bool:
        """Return whether an infinitive tells what a noun is for that only a preposition leads to: "in moves to end"."""
        verb, noun, of = self.chunks[m], self.chunks[m - 1], self.chunks[m - 2]
        return (
            bool(verb.flags & g.INFINITIVE_MARK)
            and noun.kind == Kind.NOUN
            and not noun.who
            and of.kind == Kind.PREPOSITION
            and not self.pack.efforts.isdisjoint(noun.words[-1:])
        )

    def _is_due_before(self, k: int) -> bool:
        """Return whether what must be done must be done before a thing can be: "must amend its law before it can join"."""
        opens = self.clauses.extent(k)
        if opens >= len(self.chunks) or self.chunks[opens].kind != Kind.SUBORDINATOR:
            return False
        if (
            self.chunks[opens].words[0] not in self.pack.aside_words
            or self.chunks[opens].words[0] not in self.pack.terms
        ):
            return False
        verb = next((v for v in self.clauses.verbs if v > opens), -1)
        return verb >= 0 and bool(self.chunks[verb].flags & g.POSSIBLE)

    def _demand_parts(self, start: int, end: int) -> list[list[str]]:
        """Return the words of a demand, cut where another verb is joined on."""
        parts: list[list[str]] = [[]]
        for m in range(start, end):
            chunk = self.chunks[m]
            if m > start and self._is_aim_of_noun(m):
                # "must take part in efforts to end the war": what the efforts are for.
                break
            if chunk.kind == Kind.AND and m + 1 < end and self.chunks[m + 1].kind == Kind.VERB:
                parts.append([])
            parts[-1].extend(chunk.words)
            if chunk.kind == Kind.VERB and chunk.passive:
                # "must be opened" is asked for as "must open" is.
                parts[-1].extend(chunk.lemma.split())
        return [part for part in parts if part]


def _is_of_truce(part: list[str], pack: Pack) -> bool:
    """Return whether what is told is that the fighting should end."""
    return [content.type for content in contents_of([part], pack)] == [t.CALL_CEASEFIRE]
