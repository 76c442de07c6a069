"""What an act is once its rule is known: done, promised or refused, towards whom, by one or by several."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bot.analysis import flags as g
from bot.analysis.addressing import BODIES
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.echoes import Echoes
from bot.analysis.frames import Effect, Frame
from bot.analysis.pack import Form, Rule, Slot
from bot.analysis.stretch import _T, Voice, same
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import SAYS
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType, Tier

_HOSTILE: Final = frozenset({_T.MILITARY_ACTION, _T.RESTRICT_MOVEMENT, _T.SANCTION})
_HARMFUL: Final = _HOSTILE | {_T.TAKE_TO_COURT, _T.THREATEN}
_BEFORE_CLAUSE: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.THAT})
# Against one's own, these are quarrels at home.
_AIMED: Final = frozenset(
    {_T.CONDEMN, _T.ACCUSE, _T.WELCOME, _T.EXPRESS_SUPPORT, _T.WARN, _T.PROVIDE_AID, _T.INVESTIGATE}
)
# Refused, these are aimed at nobody.
_SPARED: Final = frozenset({_T.CONDEMN, _T.ACCUSE, _T.SANCTION})
# Promised on terms, these are terms.
_TO_COME: Final = frozenset({_T.AGREE, _T.DEESCALATE})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_TERMS: Final = frozenset({Kind.CONDITIONAL, Kind.SUBORDINATOR})
# Told by whom they are done to, these are done.
_CONCEDED: Final = frozenset({_T.DEESCALATE, _T.PROVIDE_AID})
_TO_BE_DONE: Final = frozenset({Effect.PROMISE, Effect.OFFER})
# To try is to do these.
_BY_TRYING: Final = frozenset({_T.OFFER_MEDIATION})


class Acts(Echoes):
    """Makes drafts of a verb whose rule is known."""

    def _apply(
        self,
        k: int,
        subject: Subject,
        who: tuple[Who, ...],
        form: Form,
        rule: Rule,
        effect: Effect,
        voice: Voice | None,
    ) -> None:
        if effect is Effect.TRY:
            effect = Effect.ACT if rule.type in _BY_TRYING else Effect.WANT
        if effect is Effect.WANT:
            self._miss(k, "not done yet")
            self._consume_complement(k)
            return
        if (
            rule.only_promised
            and effect not in {Effect.PROMISE, Effect.THREATEN}
            and not self.chunks[k].flags & g.FUTURE
            and not (rule.object and self._tells_ahead(self.chunks[k]))
        ):
            return
        if rule.frame is Frame.REQUEST:
            self._code_request(k, subject, who, rule, voice)
            self._code_protest(k, subject, who, voice)
            return
        if rule.type is None:
            return
        tier = rule.tier
        kind = rule.type
        if effect is Effect.THREATEN or (
            effect in _TO_BE_DONE and kind in _HOSTILE and subject.via != "headline" and not rule.peaceful
        ):
            kind = _T.THREATEN
        elif effect is Effect.AGREE:
            kind = _T.AGREE
        # "is ready to sign if"
        is_ready = self.chunks[k].slot & Slot.PREDICATE
        is_to_come = bool(is_ready or self.chunks[k].flags & g.FUTURE) or effect in {Effect.PROMISE, Effect.OFFER}
        is_to_come = is_to_come or self._tells_ahead(self.chunks[k])
        if kind in _TO_COME and is_to_come and self._waits_for_another(k, who):
            kind = _T.SET_CONDITIONS
        if kind is _T.AGREE and effect is Effect.OFFER and (asked := self._addressees_before(k, who)):
            # "proposed to X to sign": it is asked of X.
            self._emit(k, subject, who, _T.CALL_DIALOGUE, asked, rule.id, tier, voice)
            return
        if kind is _T.CONSULT and effect is Effect.OFFER:
            kind = _T.CALL_DIALOGUE
            self._emit(k, subject, who, kind, self._targets.of(k, rule, who), rule.id, Tier.DIGEST, voice)
            return
        if kind is _T.CONSULT and (effect is Effect.PROMISE or self.chunks[k].flags & g.FUTURE):
            tier = Tier.DIGEST
        if voice is not None and kind is _T.MILITARY_ACTION:
            is_coming = bool(self.chunks[k].flags & g.FUTURE) and not rule.peaceful
            kind, tier = (_T.THREATEN, Tier.ALERT) if is_coming else (_T.ANNOUNCE_ACTION, Tier.DIGEST)
        if kind is _T.WARN and (own := self._own_deed_behind(k, who)) >= 0:
            # "warned it would shoot down planes": what he will do himself is a threat.
            self._consume_complement(k)
            self._emit(k, subject, who, _T.THREATEN, self._targets.any(own, who), "warn-of-own", tier, voice)
            return
        if rule.frame is Frame.ACCUSE and self._is_told_in_clause(k):
            # "alleged that Y had smuggled": what is alleged is coded by itself.
            return
        if rule.frame in {Frame.ACCUSE, Frame.DENY} or (kind is _T.EXPRESS_CONCERN and self._has_clause(k)):
            # "regrets that X ignores it": what X does is told in these words, and by nobody else.
            self._consume_complement(k)
        to_whom = bool(form.tail) and form.tail[-1] in rule.prepositions
        if rule.frame is Frame.MEET and to_whom and len(who) > 1 and not self._targets.of(k, rule, who):
            self._miss(k, "nobody on the list is met")
            return
        if rule.frame is Frame.MEET or ((rule.reciprocal or effect is Effect.AGREE) and len(who) > 1):
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        targets = self._targets.of(k, rule, who) if not rule.alone else ()
        if kind is _T.PROTEST and subject.noun >= 0:
            # "anti-Turkish demonstrators took to the streets"
            targets = self._opposed(subject.noun) or targets
            if subject.via == "thing":
                # "protests against X erupted"
                targets = tuple(self._targets.victims_in(subject.noun + 1, k)) or targets
        if not targets and (kind is _T.THREATEN or (kind is _T.SET_CONDITIONS and kind is not rule.type)):
            targets = self._awaited(k, who)
        if self._only_verbal and not targets and kind is not _T.EXPRESS_CONCERN:
            # "rang Putin to offer condolences": to whoever was rung.
            targets = self._targets.any(self.clauses.governor(k), who)
        if not targets and rule.frame is Frame.ACCUSE and self._is_pronoun_object(k):
            targets = self._meant_last(k, who)
        # "…, предупредил Путин", "…, avertit Macron": what stands behind the verb is its subject.
        is_tail = kind in {_T.WARN, _T.ACCUSE} and subject.via in {"behind", "inverted"}
        if is_tail and kind is _T.ACCUSE and not targets:
            targets = self._blamed_before(k, who)
            is_tail = bool(targets)
        # "extends its mission": sent by whoever does, and not to look at himself.
        is_tail = is_tail or (kind is _T.INVESTIGATE and self._sends_its_own(k))
        if not targets and kind in _AIMED and not is_tail and self._targets.is_at_own(k, who):
            self._miss(k, "aimed at its own")
            return
        if kind is _T.OFFER_MEDIATION and targets and set(targets) <= BODIES and not self.pack.cased:
            self._miss(k, "a body's own meeting")
            return
        if kind is _T.CONDEMN and not targets and self._names_stranger(k):
            self._miss(k, "aimed at nobody on the list")
            return
        if kind is _T.CONDEMN and not targets and subject.noun >= 0 and self.chunks[subject.noun].crowd:
            self._miss(k, "a crowd against nobody on the list")
            return
        if kind is _T.MILITARY_ACTION and self._is_person(subject, who) and self._hits_person(k):
            # "the president attacked his counterpart over the remarks": with words.
            kind = _T.CONDEMN
        if kind is _T.MILITARY_ACTION and self._is_person(subject, who) and (not targets or _is_private(who)):
            self._miss(k, "fought with words")
            return
        if rule.frame is Frame.DENY and len(who) > 1 and not self.pack.reflexives.isdisjoint(self.chunks[k].words):
            # "se rejettent la responsabilité": each lays it on the other.
            self._emit_mutual(k, subject, who, _T.ACCUSE, rule, tier, voice)
            return
        of_themselves = rule.frame is Frame.ACCUSE and not targets and bool(self.chunks[k].flags & g.CLITIC)
        if len(who) > 1 and (of_themselves or self._has_reciprocal(k)):
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        if rule.frame is Frame.ACCUSE and rule.needs_target and not targets and self._has_named_object(k):
            self._emit(k, subject, who, kind, (), rule.id, tier, voice)
            return
        is_offer = kind is _T.OFFER_MEDIATION and effect in {Effect.PROMISE, Effect.OFFER}
        if (
            is_offer
            and not targets
            and not self.pack.gatherings.isdisjoint(self.clauses.object_words(k, len(self.chunks), wide=True))
        ):
            # "is ready to host talks", whoever would come
            self._emit(k, subject, who, kind, (), rule.id, tier, voice)
            return
        if (rule.needs_target or rule.others or (kind is _T.CONSULT and not rule.alone)) and not targets:
            if effect is Effect.PROMISE and voice is not None and kind is not _T.CONSULT:
                self._emit(k, subject, who, _T.ANNOUNCE_ACTION, (), rule.id, Tier.DIGEST, voice)
                return
            self._miss(k, "no party that it is aimed at")
            return
        self._emit(k, subject, who, kind, targets, rule.id, tier, voice)

    def _hits_person(self, k: int) -> bool:
        """Return whether the verb's object is somebody by name or office."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        noun = self.chunks[start] if start < stop else None
        return noun is not None and bool(noun.who) and not noun.force and any(w.speaker or w.role for w in noun.who)

    def _opposed(self, noun: int) -> tuple[str, ...]:
        """Return against whom a crowd is called: "anti-Turkish demonstrators", "thousands of anti-Turkish marchers"."""
        of = self.chunks[noun + 1 : noun + 3]
        behind = of[1].against if [chunk.kind for chunk in of] == [Kind.PREPOSITION, Kind.NOUN] else ()
        return self.chunks[noun].against or behind

    def _own_deed_behind(self, k: int, who: tuple[Who, ...]) -> int:
        """Return the verb of what somebody warns that he will do himself: "warned (that) it would"; -1 for none."""
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in _BEFORE_CLAUSE:
            n += 1
        if self.pack.cased or n + 1 >= len(self.chunks) or self.chunks[n + 1].kind != Kind.VERB:
            return -1
        subject, verb = self.chunks[n], self.chunks[n + 1]
        is_own = subject.kind == Kind.PRONOUN and not subject.flags & g.OBJECT and len(who) == 1
        is_own = is_own or (subject.kind == Kind.NOUN and same(who, subject.who))
        is_coming = bool(verb.flags & (g.FUTURE | g.POSSIBLE)) and not verb.negative and not verb.passive
        ends = self.clauses.extent(n + 1)
        on_terms = ends < len(self.chunks) and self.chunks[ends].kind == Kind.CONDITIONAL
        hurts = on_terms or any(
            rule.type in _HARMFUL or rule.only_promised for form in verb.forms for rule in form.rules
        )
        return n + 1 if is_own and is_coming and (hurts or not verb.forms) else -1

    def _has_clause(self, k: int) -> bool:
        """Return whether a clause with "that" belongs to the verb."""
        return any(chunk.kind == Kind.THAT for chunk in self.chunks[k + 1 : self.clauses.extent(k)])

    def _is_told_in_clause(self, k: int) -> bool:
        """Return whether a verb that says as well has nothing but a clause behind it: "alleged on Monday that"."""
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in _LOOSE:
            n += 1
        return bool(self.chunks[k].senses & SAYS) and n < len(self.chunks) and self.chunks[n].kind == Kind.THAT

    def _is_pronoun_object(self, k: int) -> bool:
        """Return whether the verb's object is a pronoun alone: "summoned the envoy and accused it of"."""
        return k + 1 < len(self.chunks) and self.chunks[k + 1].kind == Kind.PRONOUN

    def _meant_last(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return whom a pronoun behind the verb means: the actor named right before it, unless that is the doer."""
        last = next((m for m in range(k - 1, -1, -1) if self.chunks[m].who), None)
        codes = tuple(one.code for one in self.chunks[last].who) if last is not None else ()
        return () if {one.code for one in who}.intersection(codes) else codes

    def _waits_for_another(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether an act is to come only when another has acted: "will sign once X amends"."""
        own = {one.code for one in who}
        if self._follows_terms(k, own):
            return True
        if self.pack.provisos:
            behind = [word for chunk in self.chunks[k + 1 : self.clauses.extent(k)] for word in chunk.words]
            if any(tuple(behind[m : m + len(p)]) == p for p in self.pack.provisos for m in range(len(behind))):
                return True
        for m in range(k + 1, len(self.chunks)):
            chunk = self.chunks[m]
            if chunk.kind == Kind.NOUN and not self.pack.condition_words.isdisjoint(chunk.words[-1:]):
                # "will open the border on these conditions"
                return self.chunks[m - 1].kind == Kind.PREPOSITION
            if chunk.kind not in _TERMS:
                continue
            verb = next((v for v in self.clauses.verbs if v > m), None)
            if chunk.kind == Kind.SUBORDINATOR and chunk.words[0] not in self.pack.terms:
                # "will sign when X amends": what is yet to be.
                is_yet_to_be = (
                    chunk.words[0] in self.pack.aside_words
                    and verb is not None
                    and self._tells_ahead(self.chunks[verb])
                )
                if not is_yet_to_be:
                    return False
            if verb is None:
                return False
            found = self.clauses.subject(verb)
            is_other = found.noun > m and self.chunks[found.noun].kind == Kind.NOUN
            return bool({one.code for one in found.who} - own) if found.who else is_other
        return False

    def _waits_for_deed(self, k: int) -> bool:
        """Return whether an act is not to come before a deed that others have a part in: "not before the signing"."""
        return any(
            before.kind == Kind.PREPOSITION
            and before.words[-1] in self.pack.term_prepositions
            and (not self.pack.awaited.isdisjoint(after.words) or self._opens_clause(after))
            for before, after in pairwise(self.chunks[k + 1 : self.clauses.extent(k)])
        )

    def _opens_clause(self, chunk: Chunk) -> bool:
        """Return whether a chunk begins with what a clause does: "avant que Bakou"."""
        word = self.pack.words.get(chunk.words[0]) if chunk.words else None
        return word is not None and bool(word.flags & g.COMPLEMENTIZER)

    def _is_put_off(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether what is refused is refused only until something has happened."""
        if not self.pack.term_prepositions:
            return False
        if self._waits_for_deed(k):
            return True
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), k)
        # ", even if": behind a comma it changes nothing, where not every clause has one before it.
        has_comma = not self.pack.cased and any(chunk.kind == Kind.COMMA for chunk in self.chunks[k:opens])
        return not has_comma and self._waits_for_another(k, who)

    def _follows_terms(self, k: int, own: set[str]) -> bool:
        """Return whether another's act is the condition that a sentence begins with: "if X signs, Y will open"."""
        chunks = self.chunks
        if self.pack.cased or chunks[0].kind != Kind.CONDITIONAL:
            return False
        verb = next((v for v in self.clauses.verbs if v < k), None)
        left = self.clauses.subject(k).left
        if verb is None or left < 1 or chunks[left - 1].kind != Kind.COMMA:
            return False
        return bool({one.code for one in self.clauses.subject(verb).who} - own)

    def _awaited(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return who is to act first: "is open to talks if X withdraws"."""
        own = {one.code for one in who}
        opens = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _TERMS), len(self.chunks))
        if self._follows_terms(k, own):
            opens = 0
        verb = next((v for v in self.clauses.verbs if v > opens), None)
        found = self.clauses.subject(verb).who if verb is not None else ()
        return tuple(dict.fromkeys(one.code for one in found if one.code not in own))

    def _blamed_before(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return whose deeds the words before a tail tell: "Baku starves civilians, accuses X"."""
        voice = next((voice for voice in self._voices if voice.verb == k and voice.end <= k), None)
        if voice is None:
            return ()
        own = {one.code for one in who}
        for v in self.clauses.verbs:
            if voice.start <= v < voice.end:
                found = self.clauses.subject(v).who
                return tuple(dict.fromkeys(one.code for one in found if one.code not in own))
        return ()

    def _sends_its_own(self, k: int) -> bool:
        """Return whether the object is a mission: "its mission"."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return any(not self.pack.missions.isdisjoint(self.chunks[m].words) for m in range(start, stop))

    def _addressees_before(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return to whom the verb that governs the infinitive at `k` is addressed."""
        governor = self.clauses.governor(k)
        own = {one.code for one in who}
        parties = self.clauses.parties(governor + 1, k) if governor >= 0 else ()
        to = self.pack.addressee_prepositions - self.pack.possessor_prepositions
        return tuple(dict.fromkeys(p.code for p in parties if p.preposition in to and p.code not in own))

    def _code_protest(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None) -> None:
        """Code a crowd's demand as a protest as well."""
        if subject.noun < 0 or not self.chunks[subject.noun].crowd or self._is_throng(subject.noun):
            return
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if rule.type is _T.PROTEST:
                    own = tuple(dict.fromkeys(ref.code for ref in self.chunks[subject.noun].refs))
                    self._emit(k, subject, who, _T.PROTEST, own, rule.id, rule.tier, voice)
                    return

    def _emit_mutual(
        self,
        k: int,
        subject: Subject,
        who: tuple[Who, ...],
        kind: ReactionType,
        rule: Rule,
        tier: Tier,
        voice: Voice | None,
    ) -> None:
        partners = self._targets.of(k, rule, who)
        if rule.frame is Frame.MEET and len(who) > 1 and not rule.object and self._targets.is_beside_object(k):
            # "A and B discuss peace talks with C": the talks are with C.
            partners = ()
        for one in who:
            # "A and B meet C": each of them C; "A and B meet": each other.
            others = (
                ()
                if partners and rule.frame is Frame.MEET
                else tuple(other.code for other in who if other.code != one.code)
            )
            targets = tuple(dict.fromkeys((*others, *(p for p in partners if p != one.code))))
            if not targets and kind is _T.CONSULT:
                self._miss(k, "nobody met")
                continue
            self._emit(k, subject, (one,), kind, targets, rule.id, tier, voice)

    def _emit_refusal(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None) -> None:
        if voice is not None and not same(voice.who, who):
            return
        matched = self._match(k, who, subject)
        # "refused to blame X" is aimed at no X.
        spares = matched is not None and matched[1].type in _SPARED
        targets = self._targets.any(k, who) if not spares else ()
        self._consume_complement(k)
        self._emit(k, subject, who, _T.REFUSE, targets, "refused", Tier.ALERT, voice)

    def _only_wishes(self, voice: Voice) -> bool:
        """Return whether what is said is only wished: "X hopes that Y will go on"."""
        return voice.verb >= 0 and not self.pack.hopes.isdisjoint(self.chunks[voice.verb].words)

    def _code_reported(
        self, k: int, who: tuple[Who, ...], voice: Voice | None, rule: Rule, effect: Effect = Effect.ACT
    ) -> None:
        """Code what somebody says that somebody else did: an accusation, where it is something hostile."""
        if rule.frame in {Frame.ACCUSE, Frame.DENY, Frame.REQUEST}:
            self._consume_complement(k)
        if voice is None or not voice.who:
            return
        subject = self.clauses.subject(k)
        if rule.type in _CONCEDED and not self.chunks[k].flags & g.FUTURE:
            targets = self._targets.of(k, rule, who)
            if {one.code for one in voice.who} & set(targets):
                # "X says Y has freed its soldiers": to whom it is done says so.
                self._emit(k, subject, who, rule.type, targets, rule.id, Tier.DIGEST, voice)
                return
        if self._is_deal_of_others(k, who, voice, rule, effect):
            # "A and B have agreed to a truce, according to X": the deal is theirs, and he only tells it.
            self._emit_mutual(k, subject, who, _T.AGREE, rule, rule.tier, voice)
            return
        if not rule.hostile or self._only_wishes(voice):
            return
        self._emit(
            k, subject, voice.who, _T.ACCUSE, tuple(dict.fromkeys(w.code for w in who)), rule.id, Tier.ALERT, voice
        )

    def _is_deal_of_others(self, k: int, who: tuple[Who, ...], voice: Voice, rule: Rule, effect: Effect) -> bool:
        """Return whether several have agreed with each other, or to do it, as somebody tells who is none of them."""
        codes = {one.code for one in who}
        verb = self.chunks[k]
        return (
            (effect is Effect.AGREE or (rule.type is _T.AGREE and rule.reciprocal and bool(verb.slot & Slot.FINITE)))
            and len(codes) > 1
            and codes.isdisjoint(one.code for one in voice.who)
            and not verb.flags & (g.FUTURE | g.OBLIGED)
            and not self._only_wishes(voice)
        )


def _is_private(who: tuple[Who, ...]) -> bool:
    return all(one.code in COLLECTIVE_ACTORS for one in who)
