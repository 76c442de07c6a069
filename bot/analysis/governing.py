"""What governs a verb: whether what it tells is done, promised, on a condition, or not told at all."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.frames import Effect, Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.occasions import Occasions
from bot.analysis.pack import Slot
from bot.analysis.stretch import AT_ONCE, MODAL, is_obliged
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import CONTROLS, MEETS, REPORTS

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BEFORE_GERUND: Final = frozenset({Kind.ADVERB, Kind.PREPOSITION})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_OPENERS: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.QUOTE, Kind.THAT, Kind.VERB})
# What says nothing of the verb behind it.
_PASSED: Final = frozenset({Kind.ADVERB, Kind.AND, Kind.NOUN, Kind.PREPOSITION, Kind.PRONOUN, Kind.RELATIVE, Kind.TIME})
_PHRASES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.PREPOSITION, Kind.TIME})

# "following" is a verb as well.
_BEFORE_OCCASION: Final = frozenset({Kind.PREPOSITION, Kind.VERB})

_UNDONE: Final = frozenset({Effect.WANT, Effect.FAIL, Effect.NONE})

# Asked of every rule that is tried, and a member of an enum takes long to name.
_PERSON: Final = SubjectKind.PERSON


class Governing(Occasions):
    """Works out what the clause around a verb makes of it."""

    def _is_hypothetical(self, k: int) -> bool:
        kinds = self.clauses.kinds
        for m in range(k - 1, -1, -1):
            kind = kinds[m]
            if kind in _PASSED:
                continue
            if kind == Kind.CONDITIONAL:
                self._miss(k, "conditional")
                return True
            if kind == Kind.SUBORDINATOR and self.pack.term_prepositions and self._is_yet_to_be(m, k):
                self._miss(k, "on a condition")
                return True
            if kind == Kind.SUBORDINATOR and self.chunks[m].words[0] in self.pack.alternatives:
                self._miss(k, "only asked")
                return True
            if kind == Kind.THAT and m and self.pack.untrue and self._is_called_false(m - 1):
                self._miss(k, "said to be untrue")
                return True
            if kind == Kind.THAT and m and (self._is_rumour(m - 1) or self._is_anothers_claim(m - 1)):
                self._miss(k, "only claimed")
                return True
            if kind == Kind.THAT and m and kinds[m - 1] == Kind.NOUN and self._is_asked_for(m - 1, k):
                # "its demand that X first lift the ban": asked for, and not done.
                self._miss(k, "only asked for")
                return True
            if kind == Kind.THAT and not self.pack.cased and m and self._is_hoped(m - 1):
                self._miss(k, "not done yet")
                return True
            if kind == Kind.THAT and self.pack.cased and (reason := self._is_untold(m)):
                self._miss(k, reason)
                self._untold.add(k)
                return True
            if kind == Kind.VERB and m in self._untold and self.chunks[k - 1].kind == Kind.AND:
                # "надеется, что суд рассмотрит и обяжет"
                self._miss(k, "not done yet")
                return True
            if kind == Kind.VERB and self.chunks[k].flags & g.INFINITIVE_MARK and m == self.clauses.governor(k):
                # "if it refuses to sign": what governs it is on a condition, and so is it.
                continue
            if kind in _OPENERS:
                break
        if Kind.SUBORDINATOR in kinds and self._is_awaited_by(k):
            self._miss(k, "on a condition")
            return True
        if self.pack.cased and self._follows_condition(k):
            self._miss(k, "on a condition")
            return True
        return False

    def _is_yet_to_be(self, m: int, k: int) -> bool:
        """Return whether the clause at `m` tells what is yet to be: "tant que", "signera lorsque X retirera"."""
        word = self.chunks[m].words[0]
        if word in self.pack.terms:
            return True
        earlier = next((v for v in reversed(self.clauses.verbs) if v < m), None)
        is_coming = earlier is not None and self._tells_ahead(self.chunks[earlier])
        return word in self.pack.aside_words and is_coming and self._tells_ahead(self.chunks[k])

    def _is_awaited_by(self, k: int) -> bool:
        """Return whether an act is only what another waits for: "to open the border once X and Y sign"."""
        subject = self.clauses.subject(k)
        left = subject.left - 1
        if subject.via != "direct" or left < 1 or self.chunks[left].kind != Kind.SUBORDINATOR:
            return False
        if self.chunks[left].words[0] not in self.pack.terms or not self.chunks[k].slot & Slot.FINITE:
            return False
        main = next((v for v in reversed(self.clauses.verbs) if v < left), None)
        coming = g.FUTURE | g.OBLIGED | g.POSSIBLE | g.INFINITIVE_MARK
        # "will negotiate once X has left": what will have been.
        is_perfect = bool(self.chunks[k].flags & g.HAVE) and self.pack.pluperfect.isdisjoint(self.chunks[k].words)
        is_past = not is_perfect and any(form.slots & Slot.PAST for form in self.chunks[k].forms)
        return main is not None and bool(self.chunks[main].flags & coming) and not is_past

    def _comes_of_duty(self, k: int) -> bool:
        """Return whether a participle tells what comes of a thing that must be done first: "must act, allowing access"."""
        main = next((v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE), -1)
        is_apart = main >= 0 and any(chunk.kind == Kind.COMMA for chunk in self.chunks[main:k])
        return is_apart and not self.pack.cased and is_obliged(self.chunks[main])

    def _is_untold(self, that: int) -> str:
        """Return why nobody tells what the clause at `that` says: it is wished, expected, or only a rumour."""
        chunks = self.chunks
        if not self.pack.wishes.isdisjoint(chunks[that].words):
            return "wished"
        m = that - 1
        while m >= 0 and chunks[m].kind in _PHRASES:
            m -= 1
        if m == that - 1:
            effects = {rule.effect for form in chunks[m].forms for rule in form.rules if rule.frame is Frame.CONTROL}
            is_coming = chunks[m].kind == Kind.VERB and bool(effects) and not chunks[m].senses & REPORTS
            return "not done yet" if is_coming else ""
        return "" if m >= 0 and chunks[m].kind == Kind.VERB else "told by nobody"

    def _is_called_false(self, m: int) -> bool:
        """Return whether the words at `m` say that the clause behind them is not so: "it was untrue that"."""
        before = self.chunks[m - 1] if m else self.chunks[m]
        return not self.pack.untrue.isdisjoint(self.chunks[m].words) and not before.negative

    def _is_rumour(self, m: int) -> bool:
        """Return whether a noun makes what follows it a claim of somebody's: "reports that"."""
        return not self.pack.rumours.isdisjoint(self.chunks[m].words[-1:])

    def _is_asked_for(self, m: int, k: int) -> bool:
        """Return whether a noun makes what follows it a thing that is asked for: "its demand that X lift the ban"."""
        return not self.pack.askings.isdisjoint(self.chunks[m].words[-1:]) and self.clauses.is_bare(self.chunks[k])

    def _is_anothers_claim(self, m: int) -> bool:
        """Return whether a clause is what another says, by the noun that it belongs to: "слова X о том, что"."""
        if not self.pack.cased or m < 2 or self.chunks[m - 1].kind != Kind.PREPOSITION:  # noqa: PLR2004 - noun, "о", "том"
            return False
        n = m - 2
        while n > 0 and self.chunks[n].kind == Kind.NOUN and self.chunks[n - 1].kind == Kind.NOUN:
            n -= 1
        return self.chunks[n].kind == Kind.NOUN and not self.pack.rumours.isdisjoint(self.chunks[n].words)

    def _is_hoped(self, m: int) -> bool:
        """Return whether a verb only wants what the clause behind it says: "espère que X condamnera"."""
        chunk = self.chunks[m]
        if chunk.kind != Kind.VERB or not chunk.senses & CONTROLS or chunk.senses & REPORTS:
            return False
        return any(rule.effect is Effect.WANT for form in chunk.forms for rule in form.rules)

    def _follows_condition(self, k: int) -> bool:
        """Return whether the verb tells what will be if something else is: "Если Баку нарушит, Ереван обратится"."""
        verb = self.chunks[k]
        if is_obliged(verb) or not self._tells_ahead(verb) or verb.senses & REPORTS:
            return False
        before = self.chunks[:k]
        conditions = [m for m, chunk in enumerate(before) if chunk.kind == Kind.CONDITIONAL]
        return bool(conditions) and any(chunk.kind == Kind.COMMA for chunk in before[conditions[-1] :])

    def _effect_on(self, k: int, subject: Subject) -> Effect | None:
        """Return what the verb that governs this infinitive makes of it; None where it is no act at all."""
        governor = self.clauses.governor(k)
        if governor < 0:
            if subject.via == "headline":
                return Effect.PROMISE if self.clauses.headline else None
            # With cases an infinitive with a subject has a governor, be it one that the pack does not know.
            return None if self.pack.cased and subject.who else Effect.ACT
        if self.pack.bids and self._is_bid(k):
            return None
        over = self.chunks[governor]
        if self.clauses.subject(governor).via == "gathering":
            # "talks began after a victory to regain control": a meeting does nothing.
            return None
        if over.slot == Slot.GERUND and self._gerund_effect(governor) in _UNDONE:
            # "stopped short of committing to send": nothing is promised.
            return Effect.WANT
        if over.negative and governor not in self._consumed and self._is_unwilling(over, self.chunks[k]):
            return Effect.REFUSE
        if over.negative and not over.flags & (MODAL | g.FUTURE) and governor not in self._consumed:
            promised = [rule for form in over.forms for rule in form.rules if rule.only_promised and rule.negative]
            if promised and self._follows(governor, k):
                # "did not hesitate to condemn": done, where "will not hesitate to" threatens with it.
                return Effect.ACT
        if governor in self._consumed or over.negative or over.flags & g.POSSIBLE:
            self._consumed.add(k)
            return None
        if self._is_in_paper_of(governor, k):
            return Effect.ACT
        if self._is_one_of(governor, k):
            return Effect.ACT
        for form in over.forms:
            for rule in form.rules:
                if rule.frame is Frame.CONTROL:
                    if rule.effect is Effect.REFUSE and any(c.kind == Kind.NOUN for c in self.chunks[governor + 1 : k]):
                        # "rejects Baku's bid to throw out": what is rejected has a name, and is not the deed.
                        self._consumed.add(k)
                        return None
                    if rule.alone and any(self.chunks[m].who for m in range(governor + 1, k)):
                        # "helped X to end it": X did.
                        return None
                    # "is set to meet" is yet to come.
                    return Effect.PROMISE if over.passive and rule.effect is Effect.ACT else rule.effect
        if not over.forms and over.flags & g.BE and self._follows(governor, k):
            return Effect.PROMISE
        if self.pack.says_infinitive and over.senses & REPORTS and not over.passive and self._follows(governor, k):
            # "dit soutenir": what somebody says that he does himself.
            return None if self.chunks[k].negative else Effect.ACT
        if over.senses & MEETS and self._is_travelled_for(governor, k):
            return Effect.PROMISE
        is_going_on = bool(over.flags & g.BE) and over.slot & Slot.GERUND
        if over.senses & MEETS and not is_going_on and self._is_said_at_once(k) and not self._is_of_thing(governor, k):
            # "rang his counterpart to congratulate him"
            self._only_verbal = True
            return Effect.ACT
        return None

    def _is_one_of(self, governor: int, k: int) -> bool:
        """Return whether an infinitive tells what somebody does first or last of several: "was among the first to"."""
        noun, over = self.chunks[k - 1], self.chunks[governor]
        if self.pack.firsts.isdisjoint(noun.words) or over.flags & (MODAL | g.FUTURE):
            return False
        return bool(over.flags & g.BE) or over.lemma in self.pack.becoming

    def _is_bid(self, k: int) -> bool:
        """Return whether an infinitive tells what a noun aside is for: "went on despite calls to stop"."""
        noun, before = self.chunks[k - 1], self.chunks[k - 2] if k > 1 else None
        if noun.kind != Kind.NOUN or self.pack.bids.isdisjoint(noun.words[-1:]) or before is None:
            return False
        aside = self.pack.occasion_prepositions | self.pack.cause_prepositions
        return before.kind in _BEFORE_OCCASION and not aside.isdisjoint(before.words)

    def _is_in_paper_of(self, governor: int, k: int) -> bool:
        """Return whether an infinitive tells what a paper does that was voted: "adopts a resolution to recognise X"."""
        noun = self.chunks[k - 1]
        if not self.chunks[k].flags & g.INFINITIVE_MARK or noun.kind != Kind.NOUN or governor != k - 2:
            return False
        if self.pack.papers.isdisjoint(noun.words[-1:]):
            return False
        return any(
            rule.type is t.ANNOUNCE_ACTION and not self.pack.papers.isdisjoint(rule.object)
            for form in self.chunks[governor].forms
            for rule in form.rules
        )

    def _is_unwilling(self, over: Chunk, verb: Chunk) -> bool:
        """Return whether what somebody does not intend is what one refuses: "ne compte pas reconnaître"."""
        if over.flags & (g.POSSIBLE | g.OBLIGED):
            return False
        intends = over.lemma in self.pack.wanting
        effects = {rule.effect for form in over.forms for rule in form.rules if rule.frame is Frame.CONTROL}
        if Effect.AGREE in effects and over.flags & (g.DO | g.FUTURE) and not self.pack.cased:
            # "did not agree to reopen": whatever it is.
            return True
        intends = intends or Effect.PROMISE in effects
        return intends and any(rule.negative and rule.type is t.REFUSE for form in verb.forms for rule in form.rules)

    def _follows(self, governor: int, k: int) -> bool:
        """Return whether nothing but adverbs stands between: "is to meet", not "is impossible to stop"."""
        return all(self.chunks[m].kind in _LOOSE for m in range(governor + 1, k))

    def _is_travelled_for(self, governor: int, k: int) -> bool:
        """Return whether a verb tells whom somebody goes somewhere to meet: "flew to X to meet Y"."""
        goes = any(rule.subject is _PERSON for form in self.chunks[governor].forms for rule in form.rules)
        return goes and any(
            rule.type is t.CONSULT and rule.frame is Frame.MEET for form in self.chunks[k].forms for rule in form.rules
        )

    def _is_of_thing(self, governor: int, k: int) -> bool:
        """Return whether an infinitive belongs to a thing before it: "welcomes steps to support X"."""
        start, stop = self.clauses.direct(governor, k)
        nouns = [self.chunks[m] for m in range(start, stop) if self.chunks[m].kind == Kind.NOUN]
        return bool(nouns) and not any(
            noun.who or noun.bare or noun.role or not self.pack.gatherings.isdisjoint(noun.words) for noun in nouns
        )

    def _is_said_at_once(self, k: int) -> bool:
        """Return whether a verb is a reaction that a call is made for: "rang to congratulate", "to offer condolences"."""
        return any(
            rule.type in AT_ONCE or (rule.frame is Frame.REQUEST and not rule.needs_content)
            for form in self.chunks[k].forms
            for rule in form.rules
        )

    def _gerund_effect(self, k: int) -> Effect:
        """Return what a gerund's governing verb makes of it: "trying", "stopped short of threatening"."""
        j = k - 1
        while j >= 0 and self.chunks[j].kind in _BEFORE_GERUND:
            j -= 1
        if j >= 0 and self.chunks[j].kind == Kind.VERB and (j == k - 1 or self.chunks[k - 1].kind == Kind.PREPOSITION):
            for form in self.chunks[j].forms:
                for rule in form.rules:
                    if rule.frame is Frame.CONTROL:
                        # "did not rule out sending": neither refused nor done.
                        is_open = rule.effect is Effect.REFUSE and self.chunks[j].negative
                        if rule.effect is Effect.ACT and self.chunks[j].flags & g.INFINITIVE_MARK:
                            # "vows to keep attacking": no more is done than is begun.
                            return self._effect_on(j, self.clauses.subject(j)) or rule.effect
                        return Effect.NONE if is_open else rule.effect
            if j == k - 1:
                # "discuss deepening ties": what is spoken of.
                return Effect.NONE
        return Effect.ACT

    def _is_governed(self, k: int) -> bool:
        """Return whether a gerund hangs on a verb of control right before it: "start pulling out"."""
        j = k - 1
        while j >= 0 and self.chunks[j].kind == Kind.ADVERB:
            j -= 1
        return j >= 0 and self.chunks[j].kind == Kind.VERB and bool(self.chunks[j].senses & CONTROLS)

    def _control_of(self, k: int) -> str:
        """Return the entry of the verb that governs the infinitive at `k`."""
        governor = self.clauses.governor(k)
        if governor < 0:
            return ""
        rules = (rule for form in self.chunks[governor].forms for rule in form.rules if rule.frame is Frame.CONTROL)
        return next((rule.id for rule in rules), "")

    def _leads_on(self, k: int) -> bool:
        """Return whether a verb of control hands over to the one behind it: "refuses to blame", "start leaving"."""
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in _LOOSE:
            n += 1
        if n >= len(self.chunks) or self.chunks[n].kind != Kind.VERB:
            return False
        leads = bool(self.chunks[n].flags & g.INFINITIVE_MARK) or (n == k + 1 and self.chunks[n].slot == Slot.GERUND)
        return leads and bool(self.chunks[k].senses & CONTROLS)

    def _lets_speak(self, k: int, subject: Subject) -> bool:
        """Return whether the object is a paper whose words are told behind it: "adopted a resolution condemning"."""
        following = next(iter(self.clauses.verbs_in(k + 1, len(self.chunks))), None)
        if following is not None and self._is_in_paper_of(k, following):
            return True
        if following is None or self.clauses.subject(following).noun != subject.noun or subject.noun < 0:
            return False
        return self.clauses.speaks_in_paper(k, following)

    def _tells_ahead(self, verb: Chunk) -> bool:
        """Return whether the ending alone tells that the verb is of now or of later: "ne signera pas"."""
        if not self.pack.endings_tell or verb.flags & (g.HAVE | g.BE) or not verb.slot & Slot.FINITE:
            return False
        return not any(form.slots & Slot.PAST for form in verb.forms)
