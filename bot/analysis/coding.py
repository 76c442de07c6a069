"""Coding: from clauses to drafts of records, by the rules of the pack."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.bodies import ENCLAVES
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.duties import Duties
from bot.analysis.frames import Effect, Frame
from bot.analysis.lexemes import MAY_BE_CALLED, MAY_BE_PAPER, MAY_GATHER
from bot.analysis.pack import Slot
from bot.analysis.stretch import AT_ONCE, MODAL, Voice, is_obliged
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import (
    ACCUSES,
    CONTROLS,
    DENIES,
    DRAWS,
    MEETS,
    OWNED,
    REPORTS,
    REQUESTS,
    is_conditional,
    is_past,
    speaks,
)
from bot.domain.reactions import Tier

# Asked for every verb, and a member of an enum takes long to name.
_ACT: Final = Effect.ACT
_FAIL: Final = Effect.FAIL
_NONE: Final = Effect.NONE
_REFUSE: Final = Effect.REFUSE
_GIVEN: Final = frozenset({t.INVESTIGATE, t.PROVIDE_AID, t.OFFER_MEDIATION})
_LOOSE: Final = frozenset({Kind.OTHER, Kind.TIME})
_SETTLED: Final = frozenset({Effect.ACT, Effect.PROMISE, Effect.AGREE})
# What stands in the complement of these is nobody's act.
_CLOSED: Final = ACCUSES | DENIES | REQUESTS


class Coder(Duties):
    """Codes one stretch of running text: every verb of it by the rules of the pack."""

    def run(self) -> None:
        """Code every verb of the stretch, and what its speakers' words say by themselves."""
        self._find_voices()
        for k in self.clauses.verbs:
            if k not in self._consumed:
                self._code_verb(k)
        if self.clauses.headline:
            self._note_author()
            if not any(self.chunks[k].slot & Slot.FINITE for k in self.clauses.verbs):
                self._code_nominals()
                if not self.drafts:
                    self._code_announced()
        if self.clauses.headline and all(self.chunks[v].flags & g.INFINITIVE_MARK for v in self.clauses.verbs):
            self._code_presence()
        if self.clauses.may & MAY_GATHER and not any(draft.type is t.CONSULT for draft in self.drafts):
            self._code_occasions()
        if self.pack.request_nouns and self.clauses.may & MAY_BE_CALLED:
            self._code_called()
        if self._voices:
            for voice in self._voices:
                self._code_words(voice)
            # What answers a charge that is told by no verb: "X says it is genocide, a claim Y rejects".
            for k in self.clauses.verbs if self.pack.charges else ():
                if self.chunks[k].senses & DENIES and not any(d.cue_at[0] == self.chunks[k].start for d in self.drafts):
                    self._code_answer(k)
            self._drop_bare_warnings()
            self._add_plain_statements()
        self._add_noun_statements()

    def sayer(self) -> tuple[tuple[Who, ...], Chunk] | None:
        """Return who says something in a clause that does not tell what: "Об этом заявил X", "Такое заявление сделал X"."""
        if self._said:
            _, subject, who = self._said[0]
            return who, self.chunks[subject.noun]
        first = self.chunks[0]
        k = self.clauses.verbs[0] if self.clauses.verbs else -1
        if k > 0 and not self.pack.papers.isdisjoint(first.words[-1:]):
            subject = self.clauses.subject(k)
            if subject.noun > k and subject.who:
                return subject.who, self.chunks[subject.noun]
        return None

    def _voice_of_clause(self, k: int, subject: Subject) -> Voice | None:
        """Return in whose words a participle is that goes on from a clause of theirs: "said X had struck, wounding two"."""
        if self.pack.cased or speaks(self.chunks[k]):
            return None
        before = (v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE)
        m = next((v for v in before if self.clauses.subject(v).noun == subject.noun), -1)
        return self._voice_at(m) if m >= 0 else None

    def _drop_bare_warnings(self) -> None:
        """Drop "…, warns X" where what he says is a reaction of its own."""
        for voice in self._voices:
            if voice.verb < voice.end or any(
                chunk.kind == Kind.QUOTE for chunk in self.chunks[voice.start : voice.end]
            ):
                continue
            first, last = self.chunks[voice.start].start, self.chunks[voice.end - 1].end
            own = {one.code for one in voice.who}
            said = {d.who.code for d in self.drafts if d.who.code in own and first <= d.start and d.end <= last + 1}
            cue = self.chunks[voice.verb].start
            self.drafts = [
                draft
                for draft in self.drafts
                if not (draft.type is t.WARN and draft.cue_at[0] == cue and draft.who.code in said)
            ]

    def _code_verb(self, k: int) -> None:
        verb = self.chunks[k]
        self._prefix, self._only_verbal = "", False
        if verb.flags & g.POSSIBLE and self._is_hearsay(k):
            verb.flags &= ~g.POSSIBLE
        if not verb.forms:
            asks = is_obliged(verb) and (not verb.flags & g.BE or self._asks_to_be(k))
            spoken = self._voice_at(k) if asks else None
            if spoken is not None and not self._is_hypothetical(k):
                # "must answer for it": whatever the verb is, it is asked for.
                self._code_demand(k, spoken, self.clauses.subject(k))
                return
            self._code_stay(k)
            return
        if verb.senses & DENIES and self.pack.charges and self._code_answer(k):
            return
        if self.pack.remarks and self._code_judged(k):
            return
        if self._is_hypothetical(k):
            return
        subject = self.clauses.subject(k)
        before = self.chunks[subject.left - 1].kind if subject.left > 1 else -1
        if before == Kind.AND:
            subject = self._with_pronoun(subject)
            before = self.chunks[subject.left - 1].kind if subject.left > 1 else -1
        effect = _ACT
        if verb.flags & g.INFINITIVE_MARK or (verb.slot & Slot.INFINITIVE and not verb.slot & Slot.FINITE):
            if self._code_duty(k, subject):
                return
            found = self._effect_on(k, subject)
            if found is None:
                self._code_denied_plan(k, subject)
                return
            effect = found
        elif verb.slot == Slot.GERUND:
            effect = self._gerund_effect(k)
        if verb.slot & Slot.PREDICATE and self._describes_object(k, subject):
            return
        who = self._resolve(subject)
        if self.pack.speaker_endings and self._is_first_person(k):
            spoken = self._voice_at(k)
            said_by = spoken.who if spoken is not None else self.discourse.author
            if said_by:
                subject, who, before = Subject((), -1, "none"), said_by, -1
        is_named_so = (
            subject.via == "pronoun"
            and subject.noun > 0
            and self.chunks[subject.noun - 1].kind == Kind.RELATIVE
            and not self._is_in_paper(subject.noun - 1)
        )
        if subject.via == "relative" and self._is_news_of_antecedent(k, subject):
            subject = subject.found_via("direct")
        elif (
            subject.via == "relative"
            or is_named_so
            or (subject.noun > 1 and self.chunks[subject.noun].kind == Kind.PRONOUN and self._describes(subject))
        ):
            self._consume_complement(k)
            self._miss(k, "said in passing")
            return
        if (before == Kind.RELATIVE and self._is_term_of(k, subject)) or self._tells_which(k, subject):
            self._miss(k, "said in passing")
            return
        if verb.senses & DRAWS and self._code_drawn(k, subject):
            return
        if subject.via == "gathering" and not self._tells(verb) and not self._is_news(k, subject):
            # "the deal signed between X and Y": said in passing.
            return
        if verb.passive and subject.via != "gathering" and verb.senses & CONTROLS and not self._targets.agents(k):
            return
        if verb.senses & OWNED and (owned := self._as_thing(k, subject, who))[1]:
            subject, who = owned
        if self.clauses.may & MAY_BE_PAPER and subject.noun >= 0 and who and not verb.passive and self._writes(k):
            self.discourse.note_paper(who)
        if not self.pack.cased and self._code_expelled(k, subject):
            return
        is_bare_passive = not verb.passive and bool(verb.slot & Slot.PARTICIPLE) and self._is_bare_passive(k, subject)
        if (verb.passive or is_bare_passive) and subject.via not in {"gathering", "thing"}:
            self._code_passive(k, subject)
            return
        if verb.senses & REQUESTS and self._is_name_for(k, subject):
            self._consume_complement(k)
            self._miss(k, "a name for it")
            return
        if who and self.pack.outbursts and self._code_outburst(k, subject, who):
            return
        if who and self.pack.says_infinitive and self._code_own_denial(k, subject, who):
            return
        voice = self._voice_at(k) if self._voices else None
        if voice is None and subject.via == "participle":
            voice = self._voice_of_clause(k, subject)
        if subject.via == "participle" and self._comes_of_duty(k):
            self._miss(k, "still to be done")
            return
        if verb.flags and is_obliged(verb):
            if voice is not None:
                self._code_demand(k, voice, subject)
            else:
                self._consume_complement(k)
            return
        if voice is not None and self._code_hope(k, subject, voice):
            return
        if (
            verb.slot == Slot.GERUND
            and subject.via == "direct"
            and (voice is None or self._is_of_phrase(subject))
            and not self._is_governed(k)
            and not self._is_absolute(k, subject)
            and not self._goes_on_now(subject)
        ):
            # "Mr Trump returning to office": named, not told.
            self._consume_complement(k)
            return
        if subject.noun >= 0 and who and voice is None:
            self.discourse.note(who)
        if not who:
            if subject.noun >= 0 and voice is None and self._is_of_strangers(subject.noun):
                self.discourse.note_strangers()
            no_command = g.INFINITIVE_MARK | g.POSSIBLE | g.FUTURE
            is_command = not (self.pack.adjectives_first and verb.flags & no_command)
            is_command = is_command and not any(form.slots & Slot.PREDICATE for form in verb.forms)
            if voice is not None and verb.slot & Slot.INFINITIVE and subject.noun < 0 and is_command:
                # "Stop arming X", but not "To make peace, X must", nor ", and can help"
                self._code_demand(k, voice, subject)
            if voice is not None and voice.who and self._code_deed(k, subject, voice):
                return
            if voice is None and self.pack.cased and self._code_summons(k):
                return
            if verb.senses & _CLOSED and not verb.senses & REPORTS and not self._leads_on(k):
                self._consume_complement(k)
            return
        self._code_act(k, subject, who, voice, effect)

    def _is_of_phrase(self, subject: Subject) -> bool:
        """Return whether a preposition leads to a subject: "his pleasure over X gaining control, said Y"."""
        before = self.chunks[subject.left - 1] if subject.left > 0 else None
        if before is None or before.kind != Kind.PREPOSITION:
            return False
        # "said X, with protesters gathering", "said X, hundreds of protesters gathering"
        return before.words[-1] not in self.pack.absolute_prepositions | self.pack.possessor_prepositions

    def _is_of_strangers(self, noun: int) -> bool:
        """Return whether a subject is several bearers of a title whose states are not known: "the leaders"."""
        chunk = self.chunks[noun]
        return chunk.bare and chunk.plural and self._are_several(chunk)

    def _tells(self, verb: Chunk) -> bool:
        """Return whether a verb is that of a clause; a short participle is a predicate: "соглашение достигнуто"."""
        is_bare = bool(verb.slot & Slot.PARTICIPLE) and not verb.passive and not verb.flags
        return bool(verb.slot & Slot.FINITE and not is_bare) or (self.pack.cased and verb.passive)

    def _is_hearsay(self, k: int) -> bool:
        """Return whether a conditional only says whose words these are: "Selon X, Y aurait attaqué"."""
        verb = self.chunks[k]
        if self.pack.hearsay.isdisjoint(verb.words[:-1]) or not verb.slot & Slot.PARTICIPLE:
            return False
        voice = self._voice_at(k)
        return voice is not None and bool(voice.who)

    def _writes(self, k: int) -> bool:
        """Return whether the verb's object is a paper that is nobody else's: "adopted a text", "replied with a letter"."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        last = [chunk for chunk in self.chunks[k + 1 :] if chunk.kind not in _LOOSE][-2:]
        if [chunk.kind for chunk in last] == [Kind.PREPOSITION, Kind.NOUN] and self._is_new_paper(last[1]):
            # "condemned the raid in a statement on Monday."
            return last[0].words[-1] in self.pack.place_prepositions
        if self.chunks[k].senses & (DENIES | REQUESTS):
            return False
        if self.pack.cased and self.chunks[k].words[-1] in self.pack.papers:
            # "выступил с заявлением"
            return True
        told = self.chunks[start:stop]
        with_it = self.chunks[k + 1 : k + 3]
        if [chunk.kind for chunk in with_it] == [Kind.PREPOSITION, Kind.NOUN] and (
            with_it[0].words[-1] in self.pack.partner_prepositions
        ):
            told = [*told, with_it[1]]
        return any(self._is_new_paper(chunk) for chunk in told)

    def _is_new_paper(self, chunk: Chunk) -> bool:
        """Return whether it is a paper that is nobody else's: "a statement"."""
        return chunk.kind == Kind.NOUN and not chunk.refs and not self.pack.papers.isdisjoint(chunk.words[-1:])

    def _promise_each_other(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether several bind themselves, and do not only say that they are ready."""
        governor = self.clauses.governor(k)
        over = self.chunks[governor] if governor >= 0 else None
        # "se sont dits prêts à", but not "pledged to"
        if not self.pack.cased and governor < 0:
            # "X and Y to address Parliament": each for himself.
            return False
        is_said = over is not None and over.senses & REPORTS and any(form.tail for form in over.forms)
        return len({one.code for one in who}) > 1 and not is_said

    def _denies_giving(self, k: int) -> bool:
        """Return whether a negated verb tells of arms or aid that were not given: "did not send", not "will not send"."""
        verb = self.chunks[k]
        if (
            self.pack.cased
            or not self.pack.adjectives_first
            or verb.flags & (g.FUTURE | MODAL)
            or self._tells_ahead(verb)
        ):
            return False
        if not verb.flags & (g.DO | g.HAVE) and not is_past(verb):
            return False
        given = [rule for form in verb.forms for rule in form.rules if rule.type is t.PROVIDE_AID and rule.object]
        if not given:
            return False
        words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
        return any(not rule.object.isdisjoint(words) for rule in given)

    def _is_first_person(self, k: int) -> bool:
        """Return whether the ending of a verb says that who speaks does it: "Решительно отвергаем"."""
        verb = self.chunks[k]
        if not self.pack.speaker_endings or not verb.slot & Slot.FINITE or verb.passive:
            return False
        if any(form.slots & Slot.PAST for form in verb.forms):
            return False
        main = next((word for word in verb.words if word in self.pack.words and self.pack.words[word].forms), "")
        return main.endswith(self.pack.speaker_endings)

    def _code_act(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None, effect: Effect) -> None:
        verb = self.chunks[k]
        own = voice is None
        if voice is not None and (mine := [one for one in who if one.code in {other.code for other in voice.who}]):
            # "X and Y helped, X said": what X says of itself.
            both = any(rule.reciprocal for form in verb.forms for rule in form.rules)
            who = who if verb.senses & MEETS or both else tuple(mine)
            own = True
        if not own and voice is not None and {ENCLAVES.get(one.code) for one in who} <= {one.code for one in voice.who}:
            self._miss(k, "of those they stand for")
            return
        if own and voice is not None and voice.verb >= 0 and is_conditional(verb):
            # "a déclaré qu'elle fournirait": what will be, told in the past.
            verb.flags = verb.flags & ~g.POSSIBLE | g.FUTURE
        if self._is_alleged(k):
            self._miss(k, "only alleged")
            return
        if own and voice is not None and voice.verb >= 0 and not self.pack.ahead.isdisjoint(verb.words):
            # "said it would send": what will be, told in the past.
            verb.flags = verb.flags & ~g.POSSIBLE | g.FUTURE
        is_undone = verb.negative or effect is _FAIL
        if is_undone and not own and voice is not None and voice.who and self._is_wrong(k, undone=True):
            codes = tuple(dict.fromkeys(one.code for one in who))
            self._emit(k, subject, voice.who, t.ACCUSE, codes, "undone", Tier.ALERT, voice)
            return
        if effect is _FAIL and not own and voice is not None and self._is_failing(k, who, subject, voice):
            codes = tuple(dict.fromkeys(one.code for one in who))
            self._emit(k, subject, voice.who, t.ACCUSE, codes, "failed", Tier.DIGEST, voice)
            return
        if effect is _NONE or effect is _FAIL:
            self._miss(k, "not done")
            if effect is _FAIL:
                # "failed to adopt a resolution calling for": what it calls for is asked by nobody.
                self._consume_complement(k)
            return
        if subject.via == "infinitive" and (control := self._control_of(k)):
            self._prefix = f"{control}/"
        if effect is _REFUSE:
            self._emit_refusal(k, subject, who, voice)
            return
        if self._leads_on(k) or self._lets_speak(k, subject):
            return
        if not own and voice is not None and voice.who and not verb.negative and self._is_wrong(k):
            if self._only_wishes(voice):
                return
            codes = tuple(dict.fromkeys(one.code for one in who))
            self._emit(k, subject, voice.who, t.ACCUSE, codes, "wrong", Tier.ALERT, voice)
            return
        matched = self._match(k, who, subject)
        if own and voice is not None and self._is_denied(k):
            tier = Tier.DIGEST if voice.verb >= 0 and voice.start > voice.verb else Tier.ALERT
            self._emit(k, subject, voice.who, t.DENY, (), "not-done", tier, voice)
            return
        if own and voice is not None and (matched is None or matched[1].type is None) and self._sets_terms_for(k, who):
            # "says it will come back if its demands are met": whatever it will do then.
            self._emit(k, subject, who, t.SET_CONDITIONS, self._awaited(k, who), "terms", Tier.DIGEST, voice)
            self._consume_complement(k)
            return
        if matched is None:
            if effect is Effect.THREATEN and own:
                hit = self._targets.any(k, who) or self._awaited(k, who)
                self._emit(k, subject, who, t.THREATEN, hit, "threatened", Tier.ALERT, voice)
            elif own and (effect is Effect.AGREE or (effect is Effect.PROMISE and self._promise_each_other(k, who))):
                # What several promise together they promise to each other.
                for one in who:
                    others = (other.code for other in who if other.code != one.code)
                    targets = (*others, *self._targets.partners(k)) or self._targets.any(k, who)
                    self._emit(k, subject, (one,), t.AGREE, targets, "agree", Tier.ALERT, voice)
            elif effect in {Effect.PROMISE, Effect.OFFER} and own and self._is_unless_another(k, who):
                # "is ready to act unless X withdraws"
                awaited = self._awaited(k, who)
                self._emit(k, subject, who, t.THREATEN, awaited, "unless", Tier.DIGEST, voice)
            elif effect in {Effect.PROMISE, Effect.OFFER} and own:
                self._emit(k, subject, who, t.ANNOUNCE_ACTION, (), "promise", Tier.DIGEST, voice)
            return
        form, rule = matched
        if rule.consequence and subject.via == "participle":
            self._miss(k, "what another act led to")
            return
        if self._only_verbal and rule.type not in AT_ONCE and rule.frame is not Frame.REQUEST:
            return
        if rule.negative and rule.only_promised and not verb.flags & g.FUTURE and not self._tells_ahead(verb):
            # "did not hesitate to strike": what was done is told next.
            return
        if (
            rule.negative
            and rule.type is t.REFUSE
            and verb.flags & g.HAVE
            and verb.flags & MODAL
            and not self.pack.cased
        ):
            # "would not have left had X known"
            self._miss(k, "it did not come to that")
            return
        if verb.negative and own and voice is not None and self._denies_giving(k):
            # "said it had never sold arms to X": that it did is untrue.
            self._emit(k, subject, voice.who, t.DENY, (), "not-given", Tier.DIGEST, voice)
            self._consume_complement(k)
            return
        if rule.negative:
            # "не пропустил", "не признал": done, whenever it was.
            is_deed = rule.type is not t.REFUSE or rule.effect is Effect.REFUSE
            # "The world cannot accept": in nobody's words it is the outlet's view.
            telling = g.FUTURE | g.DO if voice is None else g.FUTURE | g.POSSIBLE | g.DO
            # "decides not to pay"
            is_deed = is_deed or (subject.via in {"infinitive", "headline"} and effect in _SETTLED)
            is_deed = is_deed or (voice is None and bool(verb.slot & Slot.PREDICATE))
            if own and (is_deed or verb.flags & telling or self._tells_ahead(verb)):
                kind, targets = rule.type or t.REFUSE, self._targets.of(k, rule, who)
                if kind is t.REFUSE and self._is_put_off(k, who):
                    # "will not sign until X withdraws", "not before the signing"
                    kind, targets = t.SET_CONDITIONS, self._awaited(k, who) or targets
                self._emit(k, subject, who if voice is None else voice.who, kind, targets, rule.id, rule.tier, voice)
            self._consume_complement(k)
            return
        has_object = bool(rule.object) or rule.frame is Frame.REQUEST
        if verb.negative or self._is_negative_subject(subject) or (has_object and self._has_negative_object(k)):
            self._miss(k, "negated")
            self._consume_complement(k)
            return
        is_offered = rule.type is t.OFFER_MEDIATION and bool(verb.slot & Slot.PREDICATE) and not self.pack.cased
        if verb.flags & g.POSSIBLE and not (is_offered and own and not self.pack.ahead.isdisjoint(verb.words)):
            if not own and voice is not None and voice.who and rule.hostile and rule.type is t.MILITARY_ACTION:
                # "X may attack soon, Y said"
                targets = tuple(dict.fromkeys(one.code for one in who))
                # "X may have attacked": it is held to have.
                kind = t.ACCUSE if verb.flags & g.HAVE else t.WARN
                self._emit(k, subject, voice.who, kind, targets, "may", Tier.DIGEST, voice)
            self._miss(k, "only possible")
            self._consume_complement(k)
            return
        if not own and subject.noun >= 0 and self.chunks[subject.noun].crowd and rule.type is t.PROTEST:
            self._apply(k, subject, who, form, rule, effect, None)
            return
        if not own:
            self._code_reported(k, who, voice, rule, effect)
            return
        # "A spokesman said Guterres condemns": whose act it is, he is the speaker.
        speaker = who if voice is None or len(who) > 1 or _is_named(who) else voice.who
        if verb.flags & g.FUTURE and voice is None:
            # "Spain will send tents", "will host talks": what is given is promised with that.
            is_told = (self.clauses.headline and not self._is_asked_when(subject)) or rule.type in _GIVEN
            effect = Effect.PROMISE if is_told else Effect.WANT
        self._apply(k, subject, speaker, form, rule, effect, voice)


def _is_named(who: tuple[Who, ...]) -> bool:
    return bool(who) and all(one.speaker and not one.indirect for one in who)
