"""Telling phrases: what somebody's words say whatever verb they stand with, "is unacceptable", "out of the question"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.asking import WITHOUT_ADDRESSEE
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.clauses import ENCLAVES
from bot.analysis.demanding import Demanding
from bot.analysis.frames import TargetFrom
from bot.analysis.pack import Slot
from bot.analysis.requests import contents_of
from bot.analysis.stretch import Voice, is_obliged, parts
from bot.analysis.verb_senses import ACCUSES, DRAWS, REQUESTS
from bot.domain.reactions import ReactionType, Tier

# How many words may stand between "violation" and what is violated: "of the people's right to".
_NEAR: Final = 5
_FAR: Final = 8
_TWO: Final = 2
# Within so many words before a deed stands the claim that is of it: "claims of genocide" needs two.
_OF: Final = 2
# What words of these say, they no longer say behind "not".
_LOST_IF_NEGATED: Final = frozenset(
    {t.AGREE, t.EXPRESS_SUPPORT, t.WELCOME, t.PROVIDE_AID, t.EXPRESS_CONCERN, t.CONDEMN}
)
_OPENS_RELATIVE: Final = frozenset({Kind.RELATIVE, Kind.THAT})
# What a noun hangs on that only names what is spoken of.
_PREPOSITION: Final = frozenset({Kind.PREPOSITION})
_GOVERNING: Final = _PREPOSITION | {Kind.VERB}
_REPROACHES: Final = frozenset({t.ACCUSE, t.CONDEMN})
# Phrases that tell what somebody's deed or claim is like.
_OF_DEEDS: Final = frozenset({t.EXPRESS_CONCERN, t.DENY})
# What is meant for all who are named together.
_OF_EVERYONE: Final = frozenset({t.EXPRESS_SUPPORT, t.WELCOME})


class Phrases(Demanding):
    """Codes telling phrases in somebody's words."""

    def _holds_phrase(self, norms: tuple[str, ...]) -> bool:
        """Return whether a telling phrase is among the words, whatever it may mean there."""
        phrases, present = self.pack.phrases, frozenset(norms)
        told = [phrase.words for first in present.intersection(phrases) for phrase in phrases[first]]
        return any(_stands_in(words, norms) for words in filter(present.issuperset, [*told, *self.pack.only_way]))

    def _code_phrases(self, voice: Voice, chunks: Sequence[Chunk]) -> None:
        """Code telling phrases in somebody's words."""
        exclude = {one.code for one in voice.who}
        closed = self._closed_within(voice)
        norms = ["" if voice.start + m in closed else word for m, chunk in enumerate(chunks) for word in chunk.words]
        parties = [code for code in self._targets.in_range(voice.start, voice.end) if code not in exclude]
        victims = self._targets.victims_in(voice.start, voice.end)
        at_fault = self._targets.at_fault(voice.start, voice.end)
        culprits = [code for code in parties if code not in victims and code in at_fault]
        partners = [code for code in self._targets.partners_in(voice.start, voice.end) if code not in exclude]
        is_mutual = any(chunk.kind == Kind.RECIPROCAL for chunk in chunks)
        done: set[ReactionType] = set()
        for position, norm in enumerate(norms):
            for phrase in self.pack.phrases.get(norm, ()):
                if phrase.type is t.AGREE and self._is_no_news_at(voice, position):
                    continue
                if phrase.type in _LOST_IF_NEGATED and self._is_negated(norms, position):
                    # "is not ready for talks"
                    continue
                if phrase.type is t.CONDEMN and self._is_only_to_come(voice, position):
                    # "an attack would be unacceptable": none that was made is blamed.
                    continue
                if phrase.type is t.EXPRESS_SUPPORT and self._is_told_of_another(voice, position):
                    # "their minister expressed solidarity with X", says Y
                    continue
                if phrase.type is t.EXPRESS_SUPPORT and self._is_own_at(voice, position):
                    # "the pact is against Armenia's territorial integrity", says Armenia
                    continue
                if phrase.type is t.WELCOME and self._is_let_slip(voice, position):
                    continue
                if phrase.type is t.EXPRESS_SUPPORT and self._is_hurt(norms[max(0, position - _NEAR) : position]):
                    # "any violation of Armenia's territorial integrity"
                    continue
                if phrase.type in done or tuple(norms[position : position + len(phrase.words)]) != phrase.words:
                    continue
                if phrase.type is t.ACCUSE and not self.pack.rumours.isdisjoint(
                    norms[max(0, position - _OF) : position]
                ):
                    # "X's claims of ethnic cleansing": it is the claim that is X's, and not the deed.
                    continue
                if phrase.type is t.WARN and not self.pack.cased:
                    # "fighting between X and Y could go on": neither of them is warned.
                    mutual = self._targets.mutual_in(voice.start, voice.end)
                    culprits = [code for code in culprits if code not in mutual]
                    parties = [code for code in parties if code not in mutual]
                is_blamed = phrase.target is TargetFrom.CULPRIT or (phrase.type is t.WARN and bool(culprits))
                targets = tuple((culprits if is_blamed else parties)[:1])
                if phrase.type is t.CONDEMN and not targets and not self.pack.polls.isdisjoint(norms):
                    # "the elections in X are unacceptable"
                    targets = tuple(self._targets.voted_in(voice.start, voice.end)[:1])
                if targets and not is_blamed and not self.pack.cased and phrase.type in _OF_EVERYONE:
                    targets = tuple(self._targets.named_with(targets[0], voice.start, voice.end))
                owner = self._owner_at(voice, position) if phrase.target is TargetFrom.CULPRIT else ""
                if owner and owner not in exclude:
                    # "a motion on X's aggression"
                    targets = (owner,)
                if self.pack.cased and phrase.target is TargetFrom.CULPRIT:
                    # "…, угрозы Баку неприемлемы": of the clause that the phrase ends.
                    targets = self._owner_before(voice, position, culprits) or targets
                if phrase.target is TargetFrom.NOBODY:
                    targets = ()
                    if phrase.type in _OF_DEEDS and not self.pack.cased:
                        # "X's interference is very worrying", "X's claims are unfounded"
                        worrying = self._targets.worrying(voice.start, voice.end)
                        targets = tuple(code for code in worrying if code not in exclude)
                elif phrase.target is TargetFrom.PARTNER:
                    targets = tuple(partners)
                if phrase.needs_target and not targets:
                    continue
                if phrase.type is t.EXPRESS_SUPPORT and is_mutual:
                    # "they respect each other's territorial integrity": what others owe to one another.
                    continue
                if phrase.type is t.EXPRESS_SUPPORT and not targets and self._names_itself(voice):
                    # "runs counter to our own territorial integrity"
                    continue
                if phrase.type is t.REFUSE and not self.pack.leftovers.isdisjoint(norms[position : position + _FAR]):
                    continue
                if phrase.type is t.REFUSE and self._sets_terms(norms):
                    # "there will be no peace without": on what terms there will be.
                    continue
                if phrase.type is t.ACCUSE and self._is_countered(voice, position):
                    continue
                if phrase.type is t.ACCUSE and (self._has_said(voice, t.CONDEMN) or self._has_demanded(voice)):
                    continue
                if phrase.type is t.WARN and self._is_remark(voice, position):
                    # "will close the road, a move that could lead to war": what the outlet makes of it.
                    continue
                if phrase.type is t.WARN and self._is_fear_of_others(voice, position):
                    continue
                if phrase.type is t.WARN and t.ACCUSE in done:
                    # "has crossed a red line": no line that is yet to be crossed.
                    continue
                if phrase.type is t.WARN and self._is_judged(voice):
                    # "considers it a provocation aimed at a catastrophe": the verb has told what it is.
                    continue
                if phrase.type is t.REFUSE and self._is_of_another(voice, position):
                    # "X will not attend, said Y": he only tells it.
                    continue
                if phrase.type is t.CONDEMN and self._is_asked_of_others(voice, position):
                    # "the world must condemn it": others are to.
                    continue
                if phrase.type is t.REFUSE and self._has_said(voice, t.DENY):
                    # "we do not accept such accusations"
                    continue
                done.add(phrase.type)
                kind = phrase.type
                if kind is t.AGREE and any(chunk.kind == Kind.CONDITIONAL for chunk in chunks):
                    # "we are ready to sign if X withdraws"
                    kind, targets = t.SET_CONDITIONS, targets or tuple(parties[:1])
                self._emit_range(voice, kind, targets, phrase.id, phrase.tier, " ".join(phrase.words))
        self._code_only_way(voice, norms, parties)

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
            # "la condamnation du génocide"
            return not self.pack.countering.isdisjoint(self.chunks[m - 2].words)
        while self.pack.cased and m >= 0 and self.chunks[m].kind == Kind.NOUN:
            # "признание Швецией геноцида"
            if not self.pack.countering.isdisjoint(self.chunks[m].words):
                return True
            m -= 1
        return before.kind == Kind.VERB and not self.pack.countering.isdisjoint(before.words)

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
        return {
            m
            for k in self.clauses.verbs
            if (voice.start <= k < voice.end or (k == voice.verb and k < voice.start))
            and (_closes(self.chunks[k], closing) or self._is_expected(k, voice))
            for m in range(k if self._is_expected(k, voice) else k + 1, min(self.clauses.extent(k), voice.end))
        }

    def _is_expected(self, k: int, voice: Voice) -> bool:
        """Return whether others are to do what a verb tells: "expects the bloc to denounce the war as aggression"."""
        if not self.chunks[k].flags & g.INFINITIVE_MARK or k < 1 or self.chunks[k - 1].kind != Kind.NOUN:
            return False
        own = {one.code for one in voice.who}
        return bool({one.code for one in self.chunks[k - 1].who} - own)

    def _has_said(self, voice: Voice, kind: ReactionType) -> bool:
        """Return whether what somebody's words denounce or deny is coded as that."""
        codes = {one.code for one in voice.who}
        first, last = self.chunks[voice.start].start, self.chunks[voice.end - 1].end
        return any(d.type is kind and d.who.code in codes and first <= d.start and d.end <= last for d in self.drafts)

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
        """Return whether a word of a voice stands behind a verb that tells of what is to be or may be."""
        for m in range(voice.start, voice.end):
            position -= len(self.chunks[m].words)
            if position >= 0:
                continue
            at = m
            if self.chunks[m].kind == Kind.NOUN:
                # "would be unacceptable", "could lead to an unacceptable rupture"
                at -= 1 + (m - 1 > voice.start and self.chunks[m - 1].kind == Kind.PREPOSITION)
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

    def _has_demanded(self, voice: Voice) -> bool:
        """Return whether what somebody's words tell is asked for, and so blamed on nobody: "must stop its aggression"."""
        codes = {one.code for one in voice.who}
        coded = {draft.cue_at[0] for draft in self.drafts if draft.who.code in codes}
        return any(
            is_obliged(self.chunks[k]) and self.chunks[k].start in coded
            for k in self.clauses.verbs
            if voice.start <= k < voice.end
        )

    def _code_only_way(self, voice: Voice, norms: list[str], parties: list[str]) -> None:
        """Code "the only way to peace is X" as a demand for X."""
        present = set(norms)
        for phrase in self.pack.only_way:
            if not present.issuperset(phrase):
                continue
            for position in range(len(norms) - len(phrase) + 1):
                if tuple(norms[position : position + len(phrase)]) != phrase:
                    continue
                rest = self._behind_copula(norms[position + len(phrase) - 1 :])
                if self._is_said_to_be_so(norms, position):
                    # "dialogue is the only way"
                    rest = norms[:position]
                last = self.pack.words.get(phrase[-1])
                is_needed = last is not None and bool(last.flags & (g.INFINITIVE_MARK | g.COMPLEMENTIZER))
                enclaves = [region for region in self._regions if region in ENCLAVES]
                for part in parts(rest, self.pack):
                    of_enclave = len(enclaves) == 1 and not self.pack.separatists.isdisjoint(part)
                    targets = tuple(enclaves) if of_enclave else tuple(parties[:1])
                    for content in contents_of([part], self.pack):
                        if is_needed and not targets and content.type not in WITHOUT_ADDRESSEE:
                            # "it is important to protect civilians": asked of nobody in particular.
                            continue
                        if content.type is t.APPEAL_INTERVENTION and not (targets and is_needed):
                            # "the priority is to help refugees": asked of nobody.
                            continue
                        aimed = self._aimed_in(voice, content.type, targets)
                        self._emit_range(voice, content.type, aimed, content.id, Tier.ALERT, " ".join(phrase))
                return

    def _aimed_in(self, voice: Voice, kind: ReactionType, targets: tuple[str, ...]) -> tuple[str, ...]:
        """Return of whom a thing is asked that somebody says there must be: "what is needed is dialogue between X and Y"."""
        if self.pack.cased:
            return targets
        own = {one.code for one in voice.who}
        if kind is t.CALL_DIALOGUE:
            between = self._targets.partners_in(voice.start, voice.end)
            return tuple(code for code in between if code not in own) or targets
        if kind is t.DEMAND_ACCESS and targets and set(targets) <= ENCLAVES.keys():
            return self._across(targets)
        return targets

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


def _stands_in(phrase: tuple[str, ...], norms: tuple[str, ...]) -> bool:
    """Return whether a phrase is among the words, one behind the other."""
    first, length = phrase[0], len(phrase)
    return any(norm == first and norms[p : p + length] == phrase for p, norm in enumerate(norms))
