"""What a verb's own form makes of it: an outburst behind a quotation, a denial in the infinitive, a body called together."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.acts import Acts
from bot.analysis.bodies import BODIES
from bot.analysis.chunks import Kind, Who
from bot.analysis.frames import Effect, Frame
from bot.analysis.pack import Slot
from bot.analysis.stretch import MODAL, OPENS_RELATIVE, PARTS, Voice, same
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import MEETS, REPORTS
from bot.domain.reactions import Tier

# What takes two: that it failed is nobody's fault alone.
_PLANS: Final = frozenset({Effect.PROMISE, Effect.WANT, Effect.TRY})
_OF_SEVERAL: Final = frozenset({t.AGREE, t.CONSULT, t.OFFER_MEDIATION})
# Those that meet when one of their members asks for it.
_CALLED: Final = BODIES - {"EU", "UN", "COE"}
# By which a deed that was told is judged.
_JUDGED: Final = frozenset({t.CONDEMN, t.WELCOME})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# Behind a name, a comma and "who" stands the verb.
_NEXT: Final = 3


class Claims(Acts):
    """Codes what is told by how a verb stands, whatever its rules make of it elsewhere."""

    def _code_outburst(self, k: int, subject: Subject, who: tuple[Who, ...]) -> bool:
        """Code "« … », s'est félicité X": the verb tells whose words a quotation is, and what they are."""
        kind = self.pack.outbursts.get(self.chunks[k].lemma) if self._bursts_out(k) else None
        if kind is None or subject.via not in {"inverted", "behind"} or self.chunks[k].negative:
            return False
        if kind is not t.REPORT:
            self._emit(k, subject, who, kind, (), "outburst", Tier.ALERT, None)
        return True

    def _code_own_denial(self, k: int, subject: Subject, who: tuple[Who, ...]) -> bool:
        """Code "affirme ne pas avoir tiré": what somebody says he has not done himself, he denies."""
        verb = self.chunks[k]
        if not self.pack.says_infinitive or not verb.negative or not verb.flags & g.HAVE or verb.flags & MODAL:
            return False
        if not any(form.slots & Slot.PARTICIPLE for form in verb.forms) or not self._is_said_of_oneself(k):
            return False
        self._consume_complement(k)
        self._emit(k, subject, who, t.DENY, (), "own-denial", Tier.ALERT, None)
        return True

    def _code_answer(self, k: int) -> bool:
        """Code "…, which X denied", "…, a charge X dismisses" behind what X is accused of in the same sentence."""
        verb, subject = self.chunks[k], self.clauses.subject(k)
        if verb.negative or verb.passive or verb.flags & (MODAL | g.FUTURE):
            return False
        if self._takes_up_clause(subject.left):
            who = self._resolve(subject)
        elif verb.slot & Slot.PARTICIPLE and self._takes_up_clause(subject.left + 1):
            # "a claim denied by Baku"
            who = self._targets.agents(k)
        else:
            return False
        denial = next(
            (rule for form in verb.forms for rule in form.rules if rule.type is t.DENY and not rule.negative), None
        )
        own = {one.code for one in who}
        charge = next((d for d in reversed(self.drafts) if d.type is t.ACCUSE and not own.isdisjoint(d.targets)), None)
        if denial is None or charge is None or charge.who.code in own:
            return False
        self._consume_complement(k)
        self._emit(k, subject, who, t.DENY, (charge.who.code,), f"{denial.id}/charge", denial.tier, None)
        return True

    def _code_judged(self, k: int) -> bool:
        """Code "…, a move X condemned", "…, which X welcomed": what is judged is the deed told before."""
        verb, subject = self.chunks[k], self.clauses.subject(k)
        if verb.negative or verb.passive or verb.flags & (MODAL | g.FUTURE) or self._taken_up(subject) < 0:
            return False
        who = self._resolve(subject)
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        judging = (rule for form in verb.forms for rule in form.rules if rule.type in _JUDGED and not rule.object)
        rule = next((rule for rule in judging if not rule.negative and rule.frame is Frame.ACT), None)
        if (
            rule is None
            or rule.type is None
            or not who
            or start < stop
            or self.chunks[subject.left - 1].kind not in OPENS_RELATIVE
        ):
            return False
        self._consume_complement(k)
        self._emit(k, subject, who, rule.type, (), rule.id, rule.tier, None)
        return True

    def _takes_up_clause(self, left: int) -> bool:
        """Return whether what stands before the subject at `left` takes up all that was told: ", which", ", something"."""
        m = left - 1
        if m > 0 and self.chunks[m].kind in PARTS and self.chunks[left].words[0] in self.pack.charges:
            # "something Baku denies"
            return True
        if m > 1 and self.chunks[m].kind in OPENS_RELATIVE and self.chunks[m - 1].kind in PARTS:
            return True
        if m > 1 and self.chunks[m].kind in OPENS_RELATIVE:
            m -= 1
        noun = self.chunks[m] if m > 0 else None
        if noun is None or noun.kind != Kind.NOUN or noun.who or self.chunks[m - 1].kind not in PARTS:
            return False
        return not self.pack.charges.isdisjoint(noun.words[-1:])

    def _is_said_of_oneself(self, k: int) -> bool:
        """Return whether the verb right before is one of saying, and this tells what its subject does itself."""
        m = k - 1
        while m >= 0 and self.chunks[m].kind in _LOOSE:
            m -= 1
        if m < 0 or self.chunks[m].kind != Kind.VERB:
            return False
        over = self.chunks[m]
        return bool(over.senses & REPORTS) and not over.negative and not over.passive and not over.flags & MODAL

    def _is_news_of_antecedent(self, k: int, subject: Subject) -> bool:
        """Return whether a relative clause is news, and not only says who its antecedent is."""
        return self._tells_perfect(k, subject) if self.pack.relatives_tell else self._tells_meeting(k, subject)

    def _tells_perfect(self, k: int, subject: Subject) -> bool:
        """Return whether a clause behind "qui" is news of its antecedent, which the sentence goes on about.

        "X, qui a reçu Y, a plaidé": in the perfect, between commas. "X, qui soutient Y" says who X is.
        """
        verb, chunks = self.chunks[k], self.chunks
        if subject.via != "relative" or subject.noun < 0 or verb.negative:
            return False
        if not verb.flags & (g.HAVE | g.BE) or not verb.slot & Slot.PARTICIPLE or verb.flags & MODAL:
            return False
        if (
            not (self.pack.pluperfect | self.pack.habitual).isdisjoint(verb.words)
            or chunks[subject.noun + 1].kind != Kind.COMMA
        ):
            return False
        return any(
            v > k and self.clauses.subject(v).noun == subject.noun and self.clauses.subject(v).via == "direct"
            for v in self.clauses.verbs
        )

    def _tells_meeting(self, k: int, subject: Subject) -> bool:
        """Return whether a clause behind ", who" tells whom somebody met, or congratulated: "said X, who met Y"."""
        verb, chunks = self.chunks[k], self.chunks
        if self.pack.cased or subject.via != "relative" or subject.noun < 0 or verb.negative or verb.passive:
            return False
        if chunks[subject.noun + 1].kind != Kind.COMMA or verb.flags & (MODAL | g.HAVE) or not verb.slot & Slot.FINITE:
            return False
        if not any(rule.frame is Frame.MEET or rule.type is t.WELCOME for form in verb.forms for rule in form.rules):
            return False
        end = next((m for m in range(k, len(chunks)) if chunks[m].kind == Kind.COMMA), len(chunks))
        is_dated = any(chunk.kind == Kind.TIME for chunk in chunks[k:end])
        is_person = any(self.discourse.is_somebody(one) for one in chunks[subject.noun].who)
        return is_person and not is_dated and k - subject.noun <= _NEXT

    def _is_failing(self, k: int, who: tuple[Who, ...], subject: Subject, voice: Voice) -> bool:
        """Return whether somebody says that another failed in what was his to do: not that several failed to agree."""
        if not voice.who or len(who) != 1 or self._only_wishes(voice):
            return False
        matched = self._match(k, who, subject)
        return matched is None or matched[1].type not in _OF_SEVERAL

    def _code_denied_plan(self, k: int, subject: Subject) -> None:
        """Code "never planned to attack", as somebody says of himself."""
        governor = self.clauses.governor(k)
        voice = self._voice_at(k)
        if governor < 0 or voice is None or not voice.who or not self.chunks[governor].negative:
            return
        over = self.chunks[governor]
        plans = any(rule.effect in _PLANS for form in over.forms for rule in form.rules)
        if not plans or over.flags & (MODAL | g.FUTURE) or not same(voice.who, self._resolve(subject)):
            return
        hurts = any(rule.hostile and not rule.object for form in self.chunks[k].forms for rule in form.rules)
        if hurts:
            self._emit(k, subject, voice.who, t.DENY, (), "not-planned", Tier.DIGEST, voice)

    def _is_denied(self, k: int) -> bool:
        """Return whether who speaks says that he has not done a hostile thing: "has not shelled", not "will not"."""
        verb = self.chunks[k]
        if not verb.negative or verb.flags & (MODAL | g.FUTURE) or self._tells_ahead(verb):
            return False
        negators = [w for w in verb.words if (word := self.pack.words.get(w)) is not None and word.flags & g.NEGATOR]
        if negators and self.pack.half_negators.issuperset(negators) and not self._has_negative_object(k):
            return False
        words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
        return any(
            rule.hostile and not rule.negative and (not rule.object or not rule.object.isdisjoint(words))
            for form in verb.forms
            for rule in form.rules
        )

    def _code_called(self) -> None:
        """Code "à la demande de X" where a body meets: X has asked it to."""
        chunks = self.chunks
        for m in range(1, len(chunks)):
            noun = chunks[m]
            if noun.kind != Kind.NOUN or self.pack.request_nouns.isdisjoint(noun.words):
                continue
            if chunks[m - 1].kind != Kind.PREPOSITION or len(noun.words) > len(noun.refs) + 2:
                continue
            who = self._askers(m)
            bodies = self._meeting_bodies()
            own = {one.code for one in who}
            if who and bodies and not own & set(bodies):
                span = (chunks[m - 1].start, max(noun.end, *(one.end for one in who)))
                for one in who:
                    why = "it is told in passing"
                    self._add_draft(one, t.REQUEST_MEETING, bodies, span, noun.words[-1], "called", Tier.DIGEST, why)
                    self.drafts[-1].background = any(
                        d.background for d in self.drafts if d.type is t.CONSULT and d.who.code in bodies
                    )
            return

    def _askers(self, m: int) -> tuple[Who, ...]:
        """Return whose wish the noun at `m` tells."""
        noun = self.chunks[m]
        if noun.refs:
            return tuple(Who(ref.code, start=noun.start, end=noun.end) for ref in noun.refs[-1:])
        if m + 2 >= len(self.chunks) or self.chunks[m + 2].kind != Kind.NOUN:
            return ()
        of = self.chunks[m + 1]
        if of.kind != Kind.PREPOSITION or of.words[-1] not in self.pack.possessor_prepositions:
            return ()
        return self.chunks[m + 2].who

    def _meeting_bodies(self) -> tuple[str, ...]:
        """Return the body that meets, where the sentence tells so and of one only."""
        found = {d.who.code for d in self.drafts if d.type is t.CONSULT and d.who.code in BODIES}
        if not found:
            meets = (self.clauses.subject(k).who for k in self.clauses.verbs if self.chunks[k].senses & MEETS)
            found = {one.code for who in meets for one in who if one.code in BODIES}
        if not found and any(not self.pack.gatherings.isdisjoint(chunk.words) for chunk in self.chunks):
            found = {ref.code for chunk in self.chunks for ref in chunk.refs if ref.code in _CALLED}
        if "UNSC" in found:
            found = {"UNSC"}
        return tuple(found) if len(found) == 1 else ()
