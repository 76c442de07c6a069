"""Whom a pronoun stands for: "he", "it", "they"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.pack import Pack, Slot
from bot.analysis.roles import Roles
from bot.analysis.stretch import Voice
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import ACCUSES

_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# Between a verb and what it says: "told X on Monday that".
_BEFORE_THAT: Final = _LOOSE | {Kind.NOUN, Kind.THAT}
_THIRD: Final = 3


class Pronouns(Roles):
    """Works out whom a pronoun stands for."""

    def _resolve_pronoun(self, chunk: Chunk, noun: int) -> tuple[Who, ...]:
        voice = self._voice_at(noun)
        is_plural = chunk.words[0] in self.pack.plural_pronouns
        if voice is not None and voice.who and is_plural and not self.pack.cased and self._is_person_alone(voice):
            # "They have begun to disarm, the president said": others than he.
            return ()
        if (
            voice is not None
            and not self.pack.cased
            and (other := self._told_of_before(chunk, noun, voice)) is not None
        ):
            return other
        # "X and Y said that it refused": neither of them.
        is_single = bool(self.pack.plural_pronouns) and not is_plural and not chunk.flags & g.FIRST_PERSON
        if voice is not None and voice.who and not (is_single and len(voice.who) > 1):
            return self._spoken_of(noun, voice) or voice.who
        if chunk.flags & g.FIRST_PERSON:
            return self.discourse.author
        if chunk.words[0] in self.pack.personal and not is_plural and self._may_be_other(noun):
            return ()
        if not is_plural and (accused := self._accused_before(noun)):
            return accused
        if chunk.words[0] in self.pack.plural_pronouns and (several := self._several_before(noun)):
            return several
        personal = chunk.words[0] in self.pack.personal
        for m in reversed(self.clauses.verbs):
            if m < noun:
                earlier = self.clauses.subject(m)
                is_meant = earlier.who and not (is_single and len(earlier.who) > 1)
                if is_meant and earlier.noun < noun and _agree(chunk, self.pack, earlier.who):
                    if personal and not any(one.person_kind or one.role for one in earlier.who):
                        continue
                    if personal and not is_plural and not self.pack.cased and self._are_many(earlier):
                        # "unless X's forces withdraw, he insisted"
                        continue
                    return tuple(who._replace(indirect=True) for who in earlier.who)
        after = self.chunks[noun + 1] if noun + 1 < len(self.chunks) else chunk
        meant = self.discourse.meant_by_pronoun(
            chunk.words[0],
            goes_on=after.kind == Kind.VERB and after.words[0] in self.pack.additives,
            others=self._faced(noun + 1) if personal and not self.pack.cased else frozenset(),
        )
        return meant if _agree(chunk, self.pack, meant) and not (is_single and len(meant) > 1) else ()

    def _faced(self, k: int) -> set[str]:
        """Return to whom somebody does it who is named by a pronoun only: "he telephoned the Azerbaijani president"."""
        if k >= len(self.chunks) or self.chunks[k].kind != Kind.VERB or self.chunks[k].passive:
            return set()
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return {one.code for chunk in self.chunks[start:stop] for one in chunk.who if self.discourse.is_somebody(one)}

    def _are_many(self, subject: Subject) -> bool:
        """Return whether a subject is several, or troops, whom no "he" can be."""
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        return noun is not None and (noun.force or (noun.plural and not any(one.person_kind for one in noun.who)))

    def _accused_before(self, noun: int) -> tuple[Who, ...]:
        """Return whom a pronoun means behind what somebody else is accused of: "accused X of it after it had attacked"."""
        if noun < _THIRD or self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.pack.cased:
            return ()
        verb = next((v for v in reversed(self.clauses.verbs) if v < noun and self.chunks[v].slot & Slot.FINITE), -1)
        if verb < 0 or not self.chunks[verb].senses & ACCUSES:
            return ()
        accused = self.chunks[verb + 1].who if verb + 1 < noun else ()
        return tuple(one._replace(indirect=True) for one in accused) if len(accused) == 1 else ()

    def _may_be_other(self, noun: int) -> bool:
        """Return whether a pronoun behind "as" may be whoever was named right before: "spoke of Putin as he threatened"."""
        if noun < _THIRD or self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.pack.cased:
            return False
        m = next((m for m in range(noun - 2, 0, -1) if self.chunks[m].who), -1)
        verb = next((v for v in reversed(self.clauses.verbs) if v < m), -1)
        if verb < 0 or not any(one.person_kind for one in self.chunks[m].who):
            return False
        own = {one.code for one in self.clauses.subject(verb).who}
        return bool(own) and own.isdisjoint(one.code for one in self.chunks[m].who)

    def _spoken_of(self, noun: int, voice: Voice) -> tuple[Who, ...]:
        """Return whom a pronoun in somebody's words means where another shows it of himself: "Baku proves that it is"."""
        if doer := self._doer_before(noun, voice):
            return doer
        m = noun - 1
        passed = _BEFORE_THAT if self.chunks[m].kind == Kind.THAT else _LOOSE
        while m > voice.start and self.chunks[m].kind in passed:
            m -= 1
        if self.pack.cased or m <= voice.start or self.chunks[m].kind != Kind.VERB:
            return ()
        subject = self.clauses.subject(m)
        own = {one.code for one in voice.who}
        is_other = subject.via == "direct" and voice.start <= subject.noun < m
        return subject.who if is_other and own.isdisjoint(one.code for one in subject.who) else ()

    def _doer_before(self, noun: int, voice: Voice) -> tuple[Who, ...]:
        """Return whom "it" means behind another's deed in somebody's words: "were taken by X when it invaded"."""
        if self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.chunks[noun].words[0] in self.pack.personal:
            return ()
        verb = next(
            (v for v in reversed(self.clauses.verbs_in(voice.start, noun)) if self.chunks[v].slot & Slot.FINITE), -1
        )
        if verb < 0 or self.pack.cased:
            return ()
        subject = self.clauses.subject(verb)
        doer = (
            self._targets.agents(verb) if self.chunks[verb].passive else subject.who if subject.via == "direct" else ()
        )
        own = {one.code for one in voice.who}
        return doer if len(doer) == 1 and own.isdisjoint(one.code for one in doer) else ()

    def _told_of_before(self, chunk: Chunk, noun: int, voice: Voice) -> tuple[Who, ...] | None:
        """Return whom a pronoun means in words whose speaker is named behind them; None where it may be the speaker.

        "The president will sign the deal he had scorned, the ministry said": the president, and "he" is never a ministry.
        """
        if voice.verb < 0:
            return None
        if voice.verb < voice.start:
            # "The leaders said they agree": whoever the leaders are.
            return () if not voice.who and chunk.words[0] in self.pack.plural_pronouns else None
        if chunk.words[0] not in self.pack.personal:
            return None
        for m in reversed(self.clauses.verbs):
            earlier = self.clauses.subject(m)
            if voice.start <= m < noun and earlier.via == "direct" and len(earlier.who) == 1:
                one = earlier.who[0]
                return (one._replace(indirect=True),) if self.discourse.is_somebody(one) else None
        if any(self.discourse.is_somebody(one) for one in voice.who):
            return None
        # "He praised the deal, the ministry said": whoever was told of before, and else the minister.
        return self.discourse.meant_by_pronoun(chunk.words[0]) or None

    def _is_person_alone(self, voice: Voice) -> bool:
        return len(voice.who) == 1 and voice.who[0].person_kind

    def _with_pronoun(self, subject: Subject) -> Subject:
        """Return the subject with a pronoun that is listed before it: "he and the prime minister"."""
        left = subject.left
        if (
            subject.who
            and left > 1
            and self.chunks[left - 1].kind == Kind.AND
            and (self.chunks[left - 2].kind == Kind.PRONOUN)
        ):
            meant = self._resolve_pronoun(self.chunks[left - 2], left - 2)
            return Subject((*meant, *subject.who), subject.noun, subject.via, left - 2)
        return subject


def _agree(pronoun: Chunk, pack: Pack, who: tuple[Who, ...]) -> bool:
    """Return whether a pronoun can stand for these: "ils" for no single person."""
    word = pack.words.get(pronoun.words[0])
    if word is None or not word.flags & g.PLURAL:
        return True
    return len(who) > 1 or not any(one.person_kind for one in who)
