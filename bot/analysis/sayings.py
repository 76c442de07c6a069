"""Wrongful deeds and plain statements in somebody's words, beside the phrases that tell by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind
from bot.analysis.lexemes import MAY_BE_WRONG, MAY_HAVE_PHRASE
from bot.analysis.pack import Slot
from bot.analysis.phrases import Phrases
from bot.analysis.stretch import MODAL, Voice
from bot.analysis.verb_senses import ACCUSES
from bot.domain.reactions import Tier

# "following" is a verb as well.
_BEFORE_OCCASION: Final = frozenset({Kind.PREPOSITION, Kind.VERB})


class Sayings(Phrases):
    """Codes what somebody's words say by themselves."""

    def _code_words(self, voice: Voice) -> None:
        """Code telling phrases and wrongful deeds in somebody's words."""
        chunks = self.chunks[voice.start : voice.end]
        if not voice.who or not chunks:
            return
        if self.clauses.may & MAY_HAVE_PHRASE and self._holds_phrase(tuple([word for c in chunks for word in c.words])):
            self._code_phrases(voice, chunks)
        if self.clauses.may & MAY_BE_WRONG:
            self._code_wrongs(voice, {one.code for one in voice.who})
        self._code_under_fire(voice)

    def _code_wrongs(self, voice: Voice, exclude: set[str]) -> None:
        if voice.verb >= voice.end and self.chunks[voice.verb].senses & ACCUSES:
            # What goes on "if the attack continues, X warns" is what he warns of.
            return
        for m in range(voice.start, voice.end):
            chunk = self.chunks[m]
            if chunk.kind != Kind.NOUN or self.pack.wrong.isdisjoint(chunk.words[-3:]):
                continue
            is_side = not exclude.isdisjoint(self._sides)
            if voice.verb >= 0 and self._is_circumstance(m, since_only=is_side):
                # "after an attack by X": when, in the words of whoever tells the news; of those who fight it is a reproach.
                continue
            if self._is_there_none(m):
                # "there is no blockade"
                self._emit_range(voice, t.DENY, (), "there-is-none", Tier.DIGEST, chunk.words[-1])
                return
            if self._is_none(m, voice.start) or self._is_cleared(m):
                continue
            if any(d.type in {t.ACCUSE, t.CONDEMN} for d in self.drafts if d.who.code in exclude):
                return
            if any(
                d.cue_at[0] <= chunk.start < d.end and d.type is not t.REPORT
                for d in self.drafts
                if d.who.code in exclude
            ):
                # "is troubled by the attack": the act is another one.
                continue
            codes = self._targets.doers(m, voice.end) or self._called_so(m)
            codes = tuple(code for code in codes if code not in exclude)
            if codes:
                self._emit_range(voice, t.ACCUSE, codes, "wrong-noun", Tier.DIGEST, chunk.words[-1])
                return

    def _is_cleared(self, m: int) -> bool:
        """Return whether something is said not to hold of the deed at `m`: "the strike was not a violation"."""
        verb = next((v for v in self.clauses.verbs if v > m and self.chunks[v].slot & Slot.FINITE), -1)
        if verb < 0 or not self.chunks[verb].negative:
            return False
        subject = self.clauses.subject(verb)
        return (subject.left if 0 <= subject.left <= subject.noun else subject.noun) <= m <= subject.noun

    def _called_so(self, m: int) -> tuple[str, ...]:
        """Return whose doing is said to be the wrong at `m`: "X's step is a violation of the agreement"."""
        if not self._is_predicate(m) or self.chunks[m].flags & g.NEGATIVE:
            return ()
        verb = self.chunks[m - 1]
        if verb.negative or verb.flags & (MODAL | g.FUTURE) or any(c.kind == Kind.CONDITIONAL for c in self.chunks[:m]):
            return ()
        subject = self.clauses.subject(m - 1)
        # A side by itself is no wrong, whatever it is called ("X is a threat").
        return self._targets.culprits_of(subject) if subject.noun >= 0 and not subject.who else ()

    def _code_under_fire(self, voice: Voice) -> None:
        """Code "our posts came under fire from X's troops", "were subjected to fire by X" as what X is accused of."""
        own = {one.code for one in voice.who}
        chunks = self.chunks
        for m in range(voice.start + 2, voice.end - 2):
            is_fire = chunks[m].kind == Kind.NOUN and not self.pack.arms.isdisjoint(chunks[m].words[-1:])
            if not is_fire or chunks[m - 1].kind != Kind.PREPOSITION or chunks[m - 2].kind != Kind.VERB:
                continue
            if chunks[m - 1].words[-1] not in self.pack.fire_prepositions or chunks[m - 2].negative:
                continue
            after, doer = chunks[m + 1], chunks[m + 2]
            by = self.pack.agent_prepositions | self.pack.author_prepositions
            if after.kind != Kind.PREPOSITION or after.words[-1] not in by or doer.kind != Kind.NOUN:
                continue
            codes = tuple(one.code for one in doer.who) or tuple(ref.code for ref in doer.refs[:1])
            codes = tuple(code for code in codes if code not in own)
            if codes and not any(d.type is t.ACCUSE and d.who.code in own for d in self.drafts):
                self._emit_range(voice, t.ACCUSE, codes, "under-fire", Tier.ALERT, chunks[m].words[-1])
            return

    def _is_circumstance(self, m: int, *, since_only: bool) -> bool:
        """Return whether the noun at `m` tells when or amid what another thing happened: "following an attack"."""
        before = self.chunks[m - 1]
        tells = self.pack.since if since_only else self.pack.since | self.pack.occasion_prepositions
        return before.kind in _BEFORE_OCCASION and not tells.isdisjoint(before.words)

    def _is_there_none(self, m: int) -> bool:
        """Return whether the noun at `m` is said not to be: it is negated, and stands behind "is"."""
        return self._is_predicate(m) and bool(self.chunks[m].flags & g.NEGATIVE)

    def _is_predicate(self, m: int) -> bool:
        """Return whether the noun at `m` stands behind "is"."""
        before = self.chunks[m - 1] if m else None
        if before is None or before.kind != Kind.VERB:
            return False
        return before.lemma.split()[0] in self.pack.likenesses if before.forms else bool(before.flags & g.BE)

    def _add_plain_statements(self) -> None:
        """Add a report for every speaker whose words were nothing more."""
        for voice in self._voices:
            if voice.verb < 0 and voice.start == 0 and voice.end == len(self.chunks):
                continue
            if voice.verb >= 0 and self._is_asked_what(voice.verb):
                continue
            for one in voice.who:
                if any(draft.who.code == one.code for draft in self.drafts):
                    continue
                self._emit_range(replace(voice, who=(one,)), t.REPORT, (), "say", Tier.DIGEST, "")

    def _is_asked_what(self, k: int) -> bool:
        """Return whether a verb of saying only tells that something is said: "here is what each side says"."""
        m = self.clauses.subject(k).left - 1
        if m >= 0 and self.chunks[m].kind == Kind.ADVERB:
            m -= 1
        return m >= 0 and self.chunks[m].kind == Kind.RELATIVE and self.chunks[m].words[0] in self.pack.question_words

    def _add_noun_statements(self) -> None:
        """Add a report for what is announced or confirmed in a noun: "announced the death of"."""
        for k, subject, who in self._said:
            if k in self._consumed or self.chunks[k].negative or self._is_asked_what(k):
                continue
            blamed = self._blamed_in(k)
            for one in who:
                if any(draft.who.code == one.code for draft in self.drafts):
                    continue
                others = tuple(code for code in blamed if code != one.code)
                kind = t.ACCUSE if others else t.REPORT
                self._emit(k, subject, (one,), kind, others, "say", Tier.DIGEST, None)

    def _blamed_in(self, k: int) -> tuple[str, ...]:
        """Return whose wrong somebody tells in a noun: "reported X's shelling of a village"."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        for m in range(start, stop):
            if self.chunks[m].kind == Kind.NOUN and not self.pack.wrong.isdisjoint(self.chunks[m].words[-1:]):
                return self._targets.doers(m, len(self.chunks))
        return ()
