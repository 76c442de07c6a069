"""What an act is once its rule is known: done, promised or refused, towards whom, by one or by several."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.beside import FELT, Beside
from bot.analysis.bodies import BODIES
from bot.analysis.chunks import Kind, Who
from bot.analysis.entries import Form, Rule
from bot.analysis.frames import Effect, Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.pack import Slot
from bot.analysis.stretch import Voice, same
from bot.analysis.subjects import Subject
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType, Tier

_HOSTILE: Final = frozenset({t.MILITARY_ACTION, t.RESTRICT_MOVEMENT, t.SANCTION})
# Against one's own, these are quarrels at home.
_AIMED: Final = frozenset({t.CONDEMN, t.ACCUSE, t.WELCOME, t.EXPRESS_SUPPORT, t.WARN, t.PROVIDE_AID, t.INVESTIGATE})
# Refused, these are aimed at nobody.
_SPARED: Final = frozenset({t.CONDEMN, t.ACCUSE, t.SANCTION})
# Asked of every act of force, and a member of an enum takes long to name.
_PERSON: Final = SubjectKind.PERSON
# Promised on terms, these are terms.
_TO_COME: Final = frozenset({t.AGREE, t.DEESCALATE})
# These are terms only where it is told who must act first: "will meet X only if Y withdraws".
_IF_ANOTHER: Final = frozenset({t.CONSULT, t.EXPRESS_SUPPORT})
# Agreed to, these are decided on, and are what they are.
_DECIDED: Final = frozenset({t.PROVIDE_AID, t.SANCTION})
# Told by whom they are done to, these are done.
_CONCEDED: Final = frozenset({t.DEESCALATE, t.PROVIDE_AID})
_TO_BE_DONE: Final = frozenset({Effect.PROMISE, Effect.OFFER})
_HELPFUL: Final = frozenset({t.EXPRESS_SUPPORT, t.PROVIDE_AID, t.DEESCALATE, t.OFFER_MEDIATION})
# Whoever says this says what others did.
_BLAMES: Final = frozenset({t.CONDEMN, t.ACCUSE})
# To try is to do these.
_BY_TRYING: Final = frozenset({t.OFFER_MEDIATION})


class Acts(Beside):
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
        if kind is t.MILITARY_ACTION and (seizing := self._seizing(k)) is not None:
            rule, tier, kind = seizing, seizing.tier, t.RESTRICT_MOVEMENT
        if effect is Effect.THREATEN or (
            effect in _TO_BE_DONE
            and kind in _HOSTILE
            and subject.via != "headline"
            and not rule.peaceful
            and (kind is t.MILITARY_ACTION or self.chunks[k].lemma not in self.pack.prolonging)
        ):
            kind = t.THREATEN
        elif kind is t.RESTRICT_MOVEMENT and voice is not None and self.chunks[k].flags & g.FUTURE:
            # "said it would block the road"
            kind = t.THREATEN
        elif effect is Effect.AGREE and kind not in _DECIDED:
            # "agreed to send aid" is help, as a promise of it is.
            kind = t.AGREE
        # "is ready to sign if"
        is_ready = self.chunks[k].slot & Slot.PREDICATE
        is_to_come = bool(is_ready or self.chunks[k].flags & g.FUTURE) or effect in {Effect.PROMISE, Effect.OFFER}
        is_to_come = is_to_come or self._tells_ahead(self.chunks[k])
        on_terms = kind in _TO_COME or (kind in _IF_ANOTHER and bool(self._awaited(k, who)))
        if on_terms and is_to_come and self._waits_for_another(k, who):
            kind = t.SET_CONDITIONS
        if kind is t.AGREE and effect is Effect.OFFER and (asked := self._addressees_before(k, who)):
            # "proposed to X to sign": it is asked of X.
            self._emit(k, subject, who, t.CALL_DIALOGUE, asked, rule.id, tier, voice)
            return
        if kind is t.CONSULT and effect is Effect.OFFER:
            kind = t.CALL_DIALOGUE
            self._emit(k, subject, who, kind, self._targets.of(k, rule, who), rule.id, Tier.DIGEST, voice)
            return
        if kind is t.CONSULT and (effect is Effect.PROMISE or self.chunks[k].flags & g.FUTURE):
            tier = Tier.DIGEST
        if voice is not None and kind is t.MILITARY_ACTION:
            is_coming = bool(self.chunks[k].flags & g.FUTURE) and not rule.peaceful
            # "will send 500 more troops": a threat only where it is told whom to.
            is_coming = is_coming and bool(self._targets.of(k, rule, who))
            kind, tier = (t.THREATEN, Tier.ALERT) if is_coming else (t.ANNOUNCE_ACTION, Tier.DIGEST)
        if kind is t.WARN and (own := self._own_deed_behind(k, who)) >= 0:
            # "warned it would shoot down planes": what he will do himself is a threat.
            self._consume_complement(k)
            hit = self._targets.any(own, who) or self._targets.any(k, who)
            self._emit(k, subject, who, t.THREATEN, hit, "warn-of-own", tier, voice)
            return
        warns = kind is t.WARN and bool(self.chunks[k].slot & Slot.FINITE)
        if rule.frame is Frame.ACCUSE and not warns and self._is_told_in_clause(k):
            # "alleged that Y had smuggled": what is alleged is coded by itself.
            return
        if rule.frame in {Frame.ACCUSE, Frame.DENY} or (kind is t.EXPRESS_CONCERN and self._has_clause(k)):
            # "regrets that X ignores it": what X does is told in these words, and by nobody else.
            self._consume_complement(k)
        to_whom = bool(form.tail) and form.tail[-1] in rule.prepositions
        if rule.frame is Frame.MEET and to_whom and len(who) > 1 and not self._targets.of(k, rule, who):
            self._miss(k, "nobody on the list is met")
            return
        codes = {one.code for one in who}
        is_mutual = kind is t.EXPRESS_SUPPORT or (kind is t.REFUSE and effect is Effect.PROMISE)
        if is_mutual and len(codes) > 1 and not self.pack.cased and codes == {*self._targets.pair}:
            # "both countries affirm their commitment to peace", "pledged to refrain from force": with each other.
            self._emit_mutual(k, subject, who, t.AGREE, rule, tier, voice)
            return
        if rule.frame is Frame.MEET or (
            (rule.reciprocal or (effect is Effect.AGREE and kind is t.AGREE)) and len(who) > 1
        ):
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        targets = self._targets.of(k, rule, who) if not rule.alone else ()
        if kind is t.PROTEST and subject.noun >= 0:
            # "anti-Turkish demonstrators took to the streets"
            targets = self._opposed(subject.noun) or targets
            if subject.via == "thing":
                # "protests against X erupted"
                targets = tuple(self._targets.victims_in(subject.noun + 1, k)) or targets
        if kind is t.WARN and targets and not self.pack.cased and self._tells_reprisal(k):
            # "warns X it will pay a heavy price"
            kind = t.THREATEN
        if not targets and (kind is t.THREATEN or (kind is t.SET_CONDITIONS and kind is not rule.type)):
            targets = self._awaited(k, who)
        if self._only_verbal and not targets and kind is not t.EXPRESS_CONCERN:
            # "rang Putin to offer condolences": to whoever was rung.
            targets = self._targets.any(self.clauses.governor(k), who)
        if not targets and rule.frame is Frame.ACCUSE and self._is_pronoun_object(k):
            targets = self._meant_last(k, who)
        # "…, предупредил Путин", "…, avertit Macron": what stands behind the verb is its subject.
        is_tail = kind in {t.WARN, t.ACCUSE} and subject.via in {"behind", "inverted"}
        if is_tail and kind is t.ACCUSE and not targets:
            targets = self._blamed_before(k, who)
            is_tail = bool(targets)
        # "extends its mission": sent by whoever does, and not to look at himself.
        is_tail = is_tail or (kind is t.INVESTIGATE and self._sends_its_own(k))
        if not targets and kind in _AIMED and not is_tail and self._targets.is_at_own(k, who):
            self._miss(k, "aimed at its own")
            return
        if kind is t.AGREE and not self.pack.cased and self._is_deal_told(k, subject, rule, targets, voice):
            return
        if rule.others and len(set(targets)) == 1 and (self._joins_in(k, who) or self._hits_person(k)):
            # "the White House will host Biden and X", "hosted X for talks": a meeting of its own.
            kind = t.CONSULT
        elif kind is t.CONSULT and rule.others and not self._hits_person(k):
            self._miss(k, "nobody is received")
            return
        if kind is t.OFFER_MEDIATION and targets and set(targets) <= BODIES and not self.pack.cased:
            self._miss(k, "a body's own meeting")
            return
        if kind is t.CONDEMN and not targets and self._names_stranger(k):
            self._miss(k, "aimed at nobody on the list")
            return
        is_crowd = subject.noun >= 0 and self.chunks[subject.noun].crowd and all(one.code == "OTHER" for one in who)
        if kind is t.CONDEMN and not targets and is_crowd:
            self._miss(k, "a crowd against nobody on the list")
            return
        if kind is t.MILITARY_ACTION and self._is_person(subject, who) and self._hits_person(k):
            # "the president attacked his counterpart over the remarks": with words.
            kind = t.CONDEMN
        if kind is t.THREATEN and rule.only_promised and self._is_to_help(k):
            self._miss(k, "done to help")
            return
        if kind is t.CONDEMN and not self.pack.cased and self._is_answered_by_deed(k):
            self._miss(k, "what was done tells it")
            return
        if kind is t.DEESCALATE and not self.pack.cased and self._comes_of_deal(k):
            self._miss(k, "what a deal brings")
            return
        if kind is t.MILITARY_ACTION and self._is_of_blamed(k):
            self._miss(k, "done by those who are blamed for it")
            return
        is_armed = kind is t.MILITARY_ACTION and rule.subject is not _PERSON
        if is_armed and self._is_person(subject, who) and (not targets or _is_private(who)):
            self._miss(k, "fought with words")
            return
        if rule.frame is Frame.DENY and len(who) > 1 and not self.pack.reflexives.isdisjoint(self.chunks[k].words):
            # "se rejettent la responsabilité": each lays it on the other.
            self._emit_mutual(k, subject, who, t.ACCUSE, rule, tier, voice)
            return
        of_themselves = rule.frame is Frame.ACCUSE and not targets and bool(self.chunks[k].flags & g.CLITIC)
        if len(who) > 1 and (of_themselves or self._has_reciprocal(k)):
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        if rule.frame is Frame.ACCUSE and rule.needs_target and not targets and self._has_known_object(k):
            self._emit(k, subject, who, kind, (), rule.id, tier, voice)
            return
        is_offer = kind is t.OFFER_MEDIATION and effect in {Effect.PROMISE, Effect.OFFER}
        if (
            is_offer
            and not rule.needs_target
            and not targets
            and not self.pack.gatherings.isdisjoint(self.clauses.object_words(k, len(self.chunks), wide=True))
        ):
            # "is ready to host talks", whoever would come
            self._emit(k, subject, who, kind, (), rule.id, tier, voice)
            return
        if kind is t.PROVIDE_AID and rule.object and rule.needs_target and not targets and subject.via == "shared":
            # "visits X, announces aid": for whoever is visited.
            visitor = {one.code for one in who}
            visits = (d for d in reversed(self.drafts) if d.type is t.CONSULT and d.who.code in visitor)
            targets = next((d.targets for d in visits), ())
        if (rule.needs_target or rule.others or (kind is t.CONSULT and not rule.alone)) and not targets:
            if effect is Effect.PROMISE and voice is not None and kind is not t.CONSULT:
                self._emit(k, subject, who, t.ANNOUNCE_ACTION, (), rule.id, Tier.DIGEST, voice)
                return
            self._miss(k, "no party that it is aimed at")
            return
        if kind is t.DEESCALATE and len(who) > 1 and not targets:
            # "the two are halting hostilities": each towards the other.
            for one in who:
                others = tuple(dict.fromkeys(other.code for other in who if other.code != one.code))
                self._emit(k, subject, (one,), kind, others, rule.id, tier, voice)
            return
        self._emit(k, subject, who, kind, targets, rule.id, tier, voice)
        if kind in FELT and self.pack.feelings:
            self._code_felt_besides(k, subject, who, rule, voice)

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
                if rule.type is t.PROTEST:
                    own = tuple(dict.fromkeys(ref.code for ref in self.chunks[subject.noun].refs))
                    own = own or self._where_crowd_is(subject.noun)
                    self._emit(k, subject, who, t.PROTEST, own, rule.id, rule.tier, voice)
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
        if kind is t.AGREE and partners and not self.pack.cased:
            # "A and B agreed to hold drills in a show of unity against C": not with C.
            against = self._targets.victims_in(k + 1, self.clauses.extent(k))
            partners = tuple(code for code in partners if code not in against)
        for one in who:
            # "A and B meet C": each of them C; "A and B meet": each other.
            others = (
                ()
                if partners and rule.frame is Frame.MEET
                else tuple(other.code for other in who if other.code != one.code)
            )
            targets = tuple(dict.fromkeys((*others, *(p for p in partners if p != one.code))))
            if not targets and kind is t.CONSULT:
                self._miss(k, "nobody met")
                continue
            self._emit(k, subject, (one,), kind, targets, rule.id, tier, voice)

    def _is_answered_by_deed(self, k: int) -> bool:
        """Return whether a rebuke is a sanction that is told next: "hits back at the tariffs by expelling envoys"."""
        for n in range(k + 1, min(self.clauses.extent(k), len(self.chunks) - 1)):
            if self._tells_how(n):
                return any(rule.type is t.SANCTION for form in self.chunks[n + 1].forms for rule in form.rules)
        return False

    def _comes_of_deal(self, k: int) -> bool:
        """Return whether a gerund tells what a deal brings: "agreed to a truce, ending the war"."""
        if self.chunks[k].slot != Slot.GERUND or self.chunks[k - 1].kind != Kind.COMMA:
            return False
        m = next((v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE), -1)
        return m >= 0 and any(rule.type is t.AGREE for form in self.chunks[m].forms for rule in form.rules)

    def _is_to_help(self, k: int) -> bool:
        """Return whether what is used is used to help: "will use all means to support X", "by arming X"."""
        m = next((v for v in self.clauses.verbs if k < v < self.clauses.extent(k)), -1)
        if m < 0 or not (self.chunks[m].flags & g.INFINITIVE_MARK or self.chunks[m].slot == Slot.GERUND):
            return False
        return any(rule.type in _HELPFUL for form in self.chunks[m].forms for rule in form.rules)

    def _is_of_blamed(self, k: int) -> bool:
        """Return whether a gerund goes on with what somebody is blamed for: "condemned the attack by X, using drones"."""
        if self.chunks[k].slot != Slot.GERUND:
            return False
        m = next((v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE), -1)
        return m >= 0 and any(rule.type in _BLAMES for form in self.chunks[m].forms for rule in form.rules)

    def _emit_refusal(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None) -> None:
        if voice is not None and not same(voice.who, who):
            return
        if subject.noun >= 0 and self.chunks[subject.noun].court and not self._are_world_courts(who):
            self._miss(k, "a court's business")
            return
        if self.chunks[k].lemma in self.pack.reticence:
            # "declined to comment": nothing is said, and nothing refused.
            self._consume_complement(k)
            self._miss(k, "nothing is said")
            return
        matched = self._match(k, who, subject)
        # "refused to blame X" is aimed at no X.
        spares = matched is not None and matched[1].type in _SPARED
        targets = self._targets.any(k, who) if not spares else ()
        self._consume_complement(k)
        self._emit(k, subject, who, t.REFUSE, targets, "refused", Tier.ALERT, voice)

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
            self._emit_mutual(k, subject, who, t.AGREE, rule, rule.tier, voice)
            return
        if not rule.hostile or self._only_wishes(voice):
            return
        self._emit(
            k, subject, voice.who, t.ACCUSE, tuple(dict.fromkeys(w.code for w in who)), rule.id, Tier.ALERT, voice
        )

    def _is_deal_of_others(self, k: int, who: tuple[Who, ...], voice: Voice, rule: Rule, effect: Effect) -> bool:
        """Return whether several have agreed with each other, or to do it, as somebody tells who is none of them."""
        codes = {one.code for one in who}
        verb = self.chunks[k]
        return (
            (effect is Effect.AGREE or (rule.type is t.AGREE and rule.reciprocal and bool(verb.slot & Slot.FINITE)))
            and len(codes) > 1
            and codes.isdisjoint(one.code for one in voice.who)
            and not verb.flags & (g.FUTURE | g.OBLIGED)
            and not self._only_wishes(voice)
        )


def _is_private(who: tuple[Who, ...]) -> bool:
    return all(one.code in COLLECTIVE_ACTORS for one in who)
