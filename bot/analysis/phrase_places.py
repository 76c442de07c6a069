"""Where a telling phrase stands: in whose clause, of whose deed, negated, to come, or only what others fear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.demanding import Demanding
from bot.analysis.pack import Slot
from bot.analysis.stretch import Voice, is_obliged
from bot.analysis.verb_senses import ACCUSES, DRAWS, REQUESTS

_TWO: Final = 2
_OPENS_RELATIVE: Final = frozenset({Kind.RELATIVE, Kind.THAT})
# What a noun hangs on that only names what is spoken of.
_PREPOSITION: Final = frozenset({Kind.PREPOSITION})
_GOVERNING: Final = _PREPOSITION | {Kind.VERB}
_OF_LIST: Final = frozenset({Kind.AND, Kind.NOUN, Kind.PREPOSITION})
# "could lead to", "will be seen as"
_LEADS: Final = _PREPOSITION | {Kind.ADVERB, Kind.SUBORDINATOR}
# What a noun may have behind it before its verb.
_OF_PHRASE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION})
_FAR: Final = 6
# How many chunks before the last of a list its first may stand.
_LONGEST_LIST: Final = 8
_REPROACHES: Final = frozenset({t.ACCUSE, t.CONDEMN})


class PhrasePlaces(Demanding):
    """Tells of a phrase in somebody's words whether it says there what it says elsewhere."""

    def _chunk_at(self, voice: Voice, position: int) -> int:
        """Return the chunk of a voice that holds its word at `position`."""
        m, passed = voice.start, 0
        while m + 1 < voice.end and passed + len(self.chunks[m].words) <= position:
            passed += len(self.chunks[m].words)
            m += 1
        return m

    def _is_remark(self, voice: Voice, position: int) -> bool:
        """Return whether a phrase stands in what takes up a deed as a noun: ", a move that could lead to"."""
        if self.pack.cased or not self.pack.remarks:
            return False
        m = self._chunk_at(voice, position)
        while m > voice.start + 1 and self.chunks[m].kind not in _OPENS_RELATIVE:
            m -= 1
        noun, before = self.chunks[m - 1], self.chunks[m - 2]
        is_open = self.chunks[m].kind in _OPENS_RELATIVE and before.kind == Kind.COMMA
        return is_open and not self.pack.remarks.isdisjoint(noun.words[-1:])

    def _is_countered(self, voice: Voice, position: int) -> bool:
        """Return whether a wrong is only what somebody stands up to: "will resist aggression"."""
        m = self._chunk_at(voice, position)
        if not m or not self.pack.countering:
            return False
        before = self.chunks[m - 1]
        if before.kind == Kind.PREPOSITION and m > 1 and before.words[-1] in self.pack.possessor_prepositions:
            # "la condamnation du génocide", "la prévention des génocides et des crimes"
            first = next((n for n in range(m - 1, -1, -1) if self.chunks[n].kind not in _OF_LIST), -1)
            nouns = self.chunks[max(first + 1, m - _LONGEST_LIST) : m]
            return any(not self.pack.countering.isdisjoint(noun.words) for noun in nouns)
        while self.pack.cased and m >= 0 and self.chunks[m].kind == Kind.NOUN:
            # "признание Швецией геноцида"
            if not self.pack.countering.isdisjoint(self.chunks[m].words):
                return True
            m -= 1
        return before.kind == Kind.VERB and not self.pack.countering.isdisjoint(before.words)

    def _is_none(self, m: int, start: int) -> bool:
        """Return whether the deed told at `m` in words from `start` on is said not to be: "no evidence of war crimes"."""
        if self.chunks[m].kind == Kind.VERB:
            return self._is_done_by_nobody(m)
        n, of = m, self.pack.possessor_prepositions
        while n - _TWO >= start and self._hangs_on(n - 1, of) and self.chunks[n - _TWO].kind == Kind.NOUN:
            n -= _TWO
        if (self.chunks[m].flags | self.chunks[n].flags) & g.NEGATIVE:
            return True
        if self.pack.cased:
            return self._is_missing(m)
        is_owned = bool(self.chunks[m].flags & g.POSSESSIVE or self.chunks[m].refs)
        # "il n'y a pas eu de nettoyage"
        governor = n - 1 - (n - 1 > start and self._hangs_on(n - 1, of))
        if governor < start or self.chunks[m].kind != Kind.NOUN or is_owned:
            # "cannot accept X's aggression": it is there.
            return False
        return self.chunks[governor].kind == Kind.VERB and bool(self.chunks[governor].negative)

    def _hangs_on(self, m: int, of: Collection[str]) -> bool:
        """Return whether the chunk at `m` is a preposition that makes what follows part of what stands before."""
        return self.chunks[m].kind == Kind.PREPOSITION and self.chunks[m].words[-1] in of

    def _is_missing(self, m: int) -> bool:
        """Return whether a verb behind the noun at `m` says that there was none: "чистки не было"."""
        for chunk in self.chunks[m + 1 : m + _FAR]:
            if chunk.kind == Kind.VERB:
                return bool(chunk.negative and chunk.flags & g.BE)
            if chunk.kind not in _OF_PHRASE:
                break
        return False

    def _is_done_by_nobody(self, m: int) -> bool:
        """Return whether the verb at `m` is denied, or asks who: "nobody was to blame", "there is no reason to condemn"."""
        before = self.chunks[m - 1] if m else self.chunks[m]
        if before.kind == Kind.NOUN and before.flags & g.NEGATIVE and self.chunks[m].flags & g.INFINITIVE_MARK:
            return True
        noun = self.clauses.subject(m).noun
        is_asked = noun < 0 and before.kind == Kind.RELATIVE and not self.pack.cased
        is_nobody = noun >= 0 and bool(self.chunks[noun].flags & g.NEGATIVE)
        return bool(self.chunks[m].negative) or is_asked or is_nobody

    def _is_fear_of_others(self, voice: Voice, position: int) -> bool:
        """Return whether a phrase tells what a deed made others fear: ", sparking fears that it could lead to"."""
        m = self._chunk_at(voice, position)
        return any(
            self.chunks[v].senses & DRAWS
            and (
                self.chunks[v].slot == Slot.GERUND
                or self.clauses.subject(v).via == "relative"
                or self.chunks[v - 1].kind in _OPENS_RELATIVE
            )
            for v in self.clauses.verbs
            if voice.start < v < m
        )

    def _is_negated(self, norms: Sequence[str], position: int) -> bool:
        """Return whether "not" stands right before a phrase."""
        word = self.pack.words.get(norms[position - 1]) if position else None
        return word is not None and bool(word.flags & g.NEGATOR)

    def _is_let_slip(self, voice: Voice, position: int) -> bool:
        """Return whether a phrase names what somebody does not do: "did not seize this historic opportunity"."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position < 0:
                verb = self.chunks[m - 1] if m > voice.start and self.chunks[m].kind == Kind.NOUN else None
                return verb is not None and verb.kind == Kind.VERB and bool(verb.negative) and bool(verb.forms)
        return False

    def _is_hurt(self, before: Sequence[str]) -> bool:
        """Return whether the words before a value tell that it is not upheld but hurt."""
        return not self.pack.infringements.isdisjoint(before)

    def _names_itself(self, voice: Voice) -> bool:
        """Return whether somebody's words name himself: "that this violates Baku's rights", says Baku."""
        own = {one.code for one in voice.who}
        return bool(own.intersection(self._targets.in_range(voice.start, voice.end)))

    def _is_no_news_at(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice tells of a deal that is known, or that others have made with each other.

        The one stands behind a preposition ("under an agreement reached in 2020"), the others are a verb's subject.
        """
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            if self.chunks[m].kind == Kind.VERB:
                subject = self.clauses.subject(m)
                if subject.via == "relative" and self.chunks[m].passive and not self.pack.cased:
                    # "the truce that has been agreed on between X and Y"
                    return True
                codes = {one.code for one in self._resolve(subject) or self._targets.agents(m)}
                return bool(codes) and codes.isdisjoint(one.code for one in voice.who)
            if self._has_verb_behind(m):
                # "expects that the agreement reached in Moscow will be kept": known, and something else is told of it.
                return True
            # "ignoring the agreement reached in Moscow", "under an agreement": known, and told of in passing.
            governed = self.chunks[m].kind == Kind.NOUN and m > 0
            return governed and self.chunks[m - 1].kind in (_GOVERNING if m > voice.start else _PREPOSITION)
        return False

    def _has_verb_behind(self, m: int) -> bool:
        """Return whether the noun at `m` has a participle behind it, and is the subject of another verb."""
        if self.pack.cased or m + 1 >= len(self.chunks) or not self.chunks[m + 1].slot & Slot.PARTICIPLE:
            return False
        after = (v for v in self.clauses.verbs if v > m + 1 and self.chunks[v].slot & Slot.FINITE)
        return any(self.clauses.subject(v).noun == m for v in after)

    def _owner_before(self, voice: Voice, position: int, culprits: Sequence[str]) -> tuple[str, ...]:
        """Return whom the clause that goes up to a word names, of those who may be meant."""
        seen, last = 0, voice.start
        begin = voice.start
        for m in range(voice.start, voice.end):
            if seen > position:
                break
            if self.chunks[m].kind in {Kind.COMMA, Kind.BUT, Kind.COLON, Kind.DASH}:
                begin = m + 1
            last = m
            seen += len(self.chunks[m].words)
        return tuple(code for code in self._targets.in_range(begin, last + 1) if code in culprits)[:1]

    def _closed_within(self, voice: Voice) -> set[int]:
        """Return the chunks of a voice that tell what somebody is warned of, accused of or asked for."""
        closing = ACCUSES if self.pack.adjectives_first else ACCUSES | REQUESTS
        own = {one.code for one in voice.who}
        inner = (v for v in self._voices if voice.start <= v.verb < voice.end and v.verb < v.start)
        # "the palace said X and Y said the raid was unacceptable": in their words.
        told = {m for v in inner if v.who and own.isdisjoint(w.code for w in v.who) for m in range(v.start, v.end)}
        return told | {
            m
            for k in self.clauses.verbs
            if (voice.start <= k < voice.end or (k == voice.verb and k < voice.start))
            and not self._is_said_of_subject(k)
            and (_closes(self.chunks[k], closing) or self._is_expected(k, voice))
            for m in range(k if self._is_expected(k, voice) else k + 1, min(self.clauses.extent(k), voice.end))
        }

    def _is_said_of_subject(self, k: int) -> bool:
        """Return whether an infinitive without an object tells of whoever stands before it: "X to blame for the raid"."""
        behind = self.chunks[k + 1] if k + 1 < len(self.chunks) else self.chunks[k]
        is_open = behind.kind == Kind.PREPOSITION and behind.words[-1] in self.pack.cause_prepositions
        return is_open and bool(self.chunks[k].flags & g.INFINITIVE_MARK)

    def _is_expected(self, k: int, voice: Voice) -> bool:
        """Return whether others are to do what a verb tells: "expects the bloc to denounce the war as aggression"."""
        if not self.chunks[k].flags & g.INFINITIVE_MARK or k < 1 or self.chunks[k - 1].kind != Kind.NOUN:
            return False
        own = {one.code for one in voice.who}
        return bool({one.code for one in self.chunks[k - 1].who} - own)

    def _sets_terms(self, norms: Sequence[str]) -> bool:
        """Return whether words tell the terms of something."""
        return any(
            phrase.type is t.SET_CONDITIONS and tuple(norms[position : position + len(phrase.words)]) == phrase.words
            for position, norm in enumerate(norms)
            for phrase in self.pack.phrases.get(norm, ())
        )

    def _is_of_another(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice belongs to a verb that tells what somebody else does."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            if self.chunks[m].kind != Kind.VERB:
                return False
            codes = {one.code for one in self._resolve(self.clauses.subject(m))}
            return bool(codes) and codes.isdisjoint(one.code for one in voice.who)
        return False

    def _is_asked_of_others(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice is a verb that tells what somebody must do."""
        for chunk in self.chunks[voice.start : voice.end]:
            position -= len(chunk.words)
            if position < 0:
                return chunk.kind == Kind.VERB and is_obliged(chunk) and not chunk.passive and not self.pack.cased
        return False

    def _is_judged(self, voice: Voice) -> bool:
        """Return whether the verb that somebody's words follow is a reproach by itself: "calls it", "considers it"."""
        if voice.verb < 0 or voice.verb >= voice.start:
            return False
        cue = self.chunks[voice.verb].start
        return any(draft.cue_at[0] == cue and draft.type in _REPROACHES for draft in self.drafts)

    def _owner_at(self, voice: Voice, position: int) -> str:
        """Return who owns what the phrase is called that a word of a voice stands in: "X's aggression"; "" for nobody."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position < 0:
                return next((ref.code for ref in reversed(self.chunks[m].refs) if ref.owns), "")
        return ""

    def _is_only_to_come(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice tells of what is to be or may be: "would be unacceptable", "any attempt is"."""
        if not self.pack.cased and self.chunks[voice.start].words[:1] in self.pack.whatever:
            return True
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            at = m
            if self.chunks[m].kind == Kind.NOUN:
                # "would be unacceptable", "could lead to an unacceptable rupture"
                at -= 1 + (m - 1 > voice.start and self.chunks[m - 1].kind in _LEADS)
            here = self.chunks[max(at, voice.start)]
            is_ahead = here.kind == Kind.VERB and bool(here.flags & (g.FUTURE | g.POSSIBLE))
            return is_ahead and not here.negative and not self.pack.cased
        return False

    def _is_own_at(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice stands in a phrase that names who speaks."""
        own = {one.code for one in voice.who}
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position < 0:
                return not own.isdisjoint(ref.code for ref in self.chunks[m].refs if ref.owns)
        return False

    def _is_told_of_another(self, voice: Voice, position: int) -> bool:
        """Return whether a word of a voice is what a verb of support has behind it, whose subject the words name."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            verb = next((v for v in reversed(self.clauses.verbs) if voice.start <= v < m), -1)
            if verb < 0 or self.clauses.extent(verb) <= m:
                return False
            noun = self.clauses.subject(verb).noun
            rules = (rule for form in self.chunks[verb].forms for rule in form.rules)
            tells = any(rule.type is t.EXPRESS_SUPPORT for rule in rules)
            return tells and noun >= voice.start and self.chunks[noun].kind == Kind.NOUN
        return False

    def _stands_with_another(self, voice: Voice, position: int) -> bool:
        """Return whether it is somebody else who stands with a party: "Spain's soldiers fight side by side with X"."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            verb = next((v for v in reversed(self.clauses.verbs) if voice.start <= v <= m), -1)
            codes = {one.code for one in self._resolve(self.clauses.subject(verb))} if verb >= 0 else set()
            return bool(codes) and codes.isdisjoint(one.code for one in voice.who)
        return False

    def _is_said_to_be_so(self, norms: Sequence[str], position: int) -> bool:
        """Return whether "is" stands right before a phrase, with an article between or none."""
        for norm in reversed(norms[max(0, position - _TWO) : position]):
            word = self.pack.words.get(norm)
            if word is None or not word.flags & (g.DETERMINER | g.BE):
                return False
            if word.flags & g.BE:
                return norms[: position - 1] != [norm] and position > _TWO
        return False

    def _behind_copula(self, norms: list[str]) -> list[str]:
        """Return what is said to be: the words after "is", where it is no clause of its own."""
        first = self.pack.words.get(norms[0]) if norms else None
        if first is not None and first.flags & (g.COMPLEMENTIZER | g.INFINITIVE_MARK):
            return norms
        for position, norm in enumerate(norms):
            word = self.pack.words.get(norm)
            if word is not None and word.flags & g.BE:
                return norms[position + 1 :]
        return norms


def _closes(verb: Chunk, closing: int) -> bool:
    """Return whether a verb is one behind which another's deeds are told, as it stands there: not "take part in"."""
    if not verb.senses & closing:
        return False
    tail = verb.forms[0].tail
    return any(form.senses & closing for form in verb.forms if form.tail == tail)
