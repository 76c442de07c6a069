"""Acts whose doer is no subject: "condemned by X", "summoned to the ministry", "посла вызвали в МИД"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Frame, TargetFrom
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.inversion import fronted
from bot.analysis.pack import Slot
from bot.analysis.sayings import Sayings
from bot.analysis.stretch import MODAL, VERBAL, Voice, is_obliged, same
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import QUOTES, REQUESTS
from bot.domain.reactions import Tier

_NOT_PASSIVE: Final = frozenset({Frame.SAY, Frame.PLAIN, Frame.CONTROL, Frame.REQUEST, Frame.DRAW})

# Done by no agent of a passive.
_NOT_BY_AGENTS: Final = frozenset({SubjectKind.CROWD, SubjectKind.PROTESTERS, SubjectKind.THING})
_BEFORE_OBJECT: Final = frozenset({Kind.PREPOSITION, Kind.VERB})


class Passives(Sayings):
    """Codes what is done by somebody who is not the verb's subject."""

    def _is_governed_by(self, before: Chunk) -> bool:
        """Return whether a chunk is a preposition, with a time behind it or without: "despite previously"."""
        word = self.pack.words.get(before.words[0]) if before.kind == Kind.TIME else None
        return before.kind == Kind.PREPOSITION or (word is not None and bool(word.flags & g.PREPOSITION))

    def _code_passive(self, k: int, subject: Subject) -> None:
        """Code "condemned by X": the agent acts, the subject is what is acted on."""
        verb = self.chunks[k]
        if verb.senses & QUOTES and not self.pack.cased and any(voice.verb == k for voice in self._voices):
            # "X was quoted as saying that": only whose words they are.
            return
        agents = self._targets.agents(k) or self._host_of(k, subject)
        # "выражена": in a language with cases a short participle is the verb of its clause.
        is_told = verb.passive or self.pack.cased
        if not is_told and not self.clauses.headline and not self._is_verbal(k):
            # "a truce brokered by X": said in passing of something that is not news.
            self._consume_complement(k)
            self._miss(k, "said in passing")
            return
        own = self._voice_at(k)
        if verb.passive and not agents and is_obliged(verb) and not verb.negative and own is not None and own.who:
            # "The road must be opened", "doit être débloqué"
            self._code_demand(k, own, subject)
            return
        if (
            not agents
            and own is not None
            and verb.passive
            and not verb.flags & (g.HAVE | MODAL | g.FUTURE)
            and any(rule.type is t.CONDEMN and not rule.object for form in verb.forms for rule in form.rules)
        ):
            self._emit(k, subject, own.who, t.CONDEMN, self._targets.culprits_of(subject), "condemn", Tier.ALERT, own)
            return
        if own is not None and self._denies_deed(k, own, {one.code for one in agents}):
            # "claimed that the road was not blocked"
            self._emit(k, subject, own.who, t.DENY, (), "not", Tier.DIGEST, own)
            return
        if not agents and own is not None and is_obliged(verb) and not verb.negative:
            # "the road must be opened", says somebody: he asks it.
            self._code_demand(k, own, subject)
            return
        if not agents and own is None and verb.passive and not verb.negative and not verb.flags & (MODAL | g.FUTURE):
            agents = self._who_sits_there(k, subject) if self._is_verbal(k) else ()
        if not agents and own is None and not verb.negative and not verb.flags & (MODAL | g.FUTURE):
            agents = self._who_holds(k, subject)
        if not agents and not verb.negative and own is not None and verb.lemma in self.pack.duties:
            # "is obliged to stop": what is due is coded by itself.
            return
        if not agents or verb.negative or verb.flags & MODAL:
            self._consume_complement(k)
            if agents:
                self._miss(k, "negated" if verb.negative else "only possible")
            return
        if any(self._is_court(one) for one in agents):
            return
        patient = self._targets.patient(subject, k) or self._targets.culprits_of(subject)
        # "a former official of X was arrested": held as one of X's.
        patient = tuple(code for code in patient if code != "OTHER") or patient
        if verb.senses & REQUESTS and (
            self._code_passive_request(k, subject, agents, patient) or self._code_asked_thing(k, subject, agents)
        ):
            return
        voice = self._voice_at(k)
        in_passing = not is_told and (not self.clauses.headline or self._is_attribute(k, subject))
        j = next((m for m in range(k - 1, -1, -1) if self.chunks[m].kind != Kind.ADVERB), -1)
        if not self.pack.cased and j >= 0 and self._is_governed_by(self.chunks[j]):
            # "despite being warned by X"
            self._consume_complement(k)
            self._miss(k, "said in passing")
            return
        if voice is not None and voice.who and not same(voice.who, agents) and self._is_wrong(k):
            # "claims that the truce was broken by X"
            self._consume_agents(k)
            self._emit(k, subject, voice.who, t.ACCUSE, tuple(a.code for a in agents), "wrong", Tier.ALERT, voice)
            return
        for form in verb.forms:
            for rule in form.rules:
                if (
                    rule.frame in _NOT_PASSIVE
                    or rule.type is None
                    or (in_passing and rule.type not in VERBAL)
                    or (rule.frame is Frame.MEET and not set(patient) - {agent.code for agent in agents})
                ):
                    continue
                if rule.several and len(patient) < 2:  # noqa: PLR2004 - one with the other
                    continue
                words = set(self.chunks[subject.noun].words) if subject.noun >= 0 else set()
                if self.pack.cased and subject.noun < k:
                    # "С российской стороны выражена озабоченность": its subject stands behind.
                    words |= self.clauses.object_words(k, self.clauses.extent(k), wide=False)
                if rule.wide:
                    # "called unacceptable by X"
                    words |= self.clauses.object_words(k, self.clauses.extent(k), wide=True)
                if rule.object and rule.object.isdisjoint(words):
                    continue
                between = {ref.code for m in range(subject.noun + 1, k) for ref in self.chunks[m].refs}
                if rule.object and in_passing and between & {one.code for one in agents}:
                    # "its criticism of X's position, expressed by X's minister"
                    continue
                if rule.subject in _NOT_BY_AGENTS or rule.only_promised or rule.negative:
                    continue
                self._consume_agents(k)
                if voice is not None and not same(voice.who, agents):
                    if rule.hostile:
                        self._emit(
                            k, subject, voice.who, t.ACCUSE, tuple(a.code for a in agents), rule.id, Tier.ALERT, voice
                        )
                    if rule.type is not t.AGREE or {one.code for one in voice.who} & {one.code for one in agents}:
                        return
                if rule.reciprocal and len(agents) > 1:
                    for one in agents:
                        others = tuple(other.code for other in agents if other.code != one.code)
                        self._emit(k, subject, (one,), rule.type, others, rule.id, rule.tier, voice)
                    return
                if not patient and rule.target is TargetFrom.RECIPIENT:
                    patient = self._targets.given_in(subject, k)
                self._emit(k, subject, agents, rule.type, patient, rule.id, rule.tier, voice)
                return

    def _code_expelled(self, k: int, subject: Subject) -> bool:
        """Code "X's ambassador (was) expelled from Y": Y has expelled him."""
        verb = self.chunks[k]
        if (
            verb.words[-1] not in self.pack.author_prepositions
            or not verb.slot & Slot.PARTICIPLE
            or k + 1 >= len(self.chunks)
        ):
            return False
        envoy = self.chunks[subject.noun] if 0 <= subject.noun < k else None
        host = self.chunks[k + 1]
        rule = next((rule for form in verb.forms for rule in form.rules if rule.type is t.SANCTION), None)
        if envoy is not None and not envoy.guest and rule is not None:
            # "X expelled from Y": whoever he is, he has expelled nobody.
            return True
        if envoy is None or not envoy.guest or host.kind != Kind.NOUN or not host.who or verb.negative:
            return False
        sent = tuple(dict.fromkeys([one.code for one in envoy.who] or [ref.code for ref in envoy.refs]))
        if rule is None or not sent or not {one.code for one in host.who}.isdisjoint(sent):
            return False
        self._consume_complement(k)
        self._emit(k, subject, host.who, t.SANCTION, sent, rule.id, rule.tier, self._voice_at(k))
        return True

    def _host_of(self, k: int, subject: Subject) -> tuple[Who, ...]:
        """Return who has summoned an envoy to a ministry that is not said to be anybody's: where he is accredited.

        "The French ambassador to Azerbaijan was summoned to the ministry"; else whoever the role means.
        """
        summoners = {word for form in self.chunks[k].forms for rule in form.rules for word in rule.summoners}
        if self.pack.cased or not summoners or subject.noun < 0:
            return ()
        to = next((m for m in range(k + 1, len(self.chunks) - 1) if self.chunks[m].kind == Kind.PREPOSITION), -1)
        seat = self.chunks[to + 1] if to > 0 and self.chunks[to].words[-1] in summoners else None
        if seat is None or seat.kind != Kind.NOUN or not seat.held or seat.refs:
            return ()
        left = subject.left if subject.left >= 0 else subject.noun
        for m in range(left, k - 1):
            before, noun = self.chunks[m], self.chunks[m + 1]
            if before.kind == Kind.PREPOSITION and before.words[-1] in self.pack.accreditations and noun.refs:
                ref = noun.refs[0]
                return (Who(ref.code, None, seat.role, seat.start, seat.end, indirect=True),)
        own = {one.code for one in self._resolve(subject)} | set(self._targets.patient(subject))
        return tuple(one for one in self.discourse.meant_by_role(seat) if one.code not in own)

    def _denies_deed(self, k: int, voice: Voice, agents: set[str]) -> bool:
        """Return whether a hostile deed was not done by whoever says so, or not at all, as one of two who fight says."""
        verb, own = self.chunks[k], {one.code for one in voice.who}
        if not verb.negative or voice.verb < 0 or verb.flags & (MODAL | g.FUTURE) or len(own) > 1:
            return False
        if not agents <= own | {"OTHER"} or not (agents & own or any(self._targets.facing(code) for code in own)):
            return False
        return any(rule.hostile for form in verb.forms for rule in form.rules)

    def _who_sits_there(self, k: int, subject: Subject) -> tuple[Who, ...]:
        """Return who takes a thing so where a capital is named for its state: "was condemned in Yerevan"."""
        chunks = self.chunks
        places = [k + 1]
        if subject.left > 1:
            places.append(subject.left - (3 if chunks[subject.left - 1].kind == Kind.COMMA else 2))
        for m in places:
            if m < 0 or m + 1 >= len(chunks) or chunks[m].kind != Kind.PREPOSITION or chunks[m + 1].kind != Kind.NOUN:
                continue
            refs = chunks[m + 1].refs
            is_seat = len(refs) == 1 and refs[0].mention.kind is MentionKind.CAPITAL and len(chunks[m + 1].words) == 1
            if is_seat and chunks[m].words[-1] in self.pack.place_prepositions:
                return tuple(who._replace(indirect=True) for who in chunks[m + 1].who)
        return ()

    def _who_holds(self, k: int, subject: Subject) -> tuple[Who, ...]:
        """Return which state arrests somebody of another within it: "French national arrested in Azerbaijan"."""
        chunks, verb = self.chunks, self.chunks[k]
        if self.pack.cased or not any(rule.type is t.RESTRICT_MOVEMENT for form in verb.forms for rule in form.rules):
            return ()
        if k + 2 >= len(chunks) or chunks[k + 1].kind != Kind.PREPOSITION or chunks[k + 2].kind != Kind.NOUN:
            return ()
        if chunks[k + 1].words[-1] not in self.pack.place_prepositions or len(chunks[k + 2].who) != 1:
            return ()
        host = chunks[k + 2].who[0]
        is_place = len(chunks[k + 2].words) == 1 and not host.speaker and not host.role
        held = {ref.code for ref in chunks[subject.noun].refs} if subject.noun >= 0 else set()
        return (host,) if is_place and held and host.code not in held else ()

    def _consume_agents(self, k: int) -> None:
        """Pass over what belongs to a passive, but for another beside it: "saluée par X et condamnée par Y"."""
        beside = {
            v
            for v in self.clauses.verbs
            if v > k and self.chunks[v - 1].kind == Kind.AND and self.clauses.subject(v).via == "shared"
        }
        before = set(self._consumed)
        self._consume_complement(k)
        self._consumed -= beside - before

    def _is_attribute(self, k: int, subject: Subject) -> bool:
        """Return whether a participle only says which thing is meant: "marche contre un corridor soutenu par X"."""
        left = subject.left if subject.left >= 0 else subject.noun
        if left > 0 and self.chunks[left - 1].kind in _BEFORE_OBJECT:
            return True
        before = self.chunks[max(k - 2, 0) : k]
        return (
            left + 2 < k
            and [chunk.kind for chunk in before] == [Kind.PREPOSITION, Kind.NOUN]
            and not before[1].refs
            and before[0].words[-1] in self.pack.victim_prepositions
        )

    def _code_summons(self, k: int) -> bool:
        """Code "Посла вызвали в МИД Германии": an indefinite plural is done by whoever sits in the place."""
        verb, left = self.chunks[k], fronted(self.chunks, k)
        if left < 0 or verb.negative or verb.flags & MODAL or not verb.words[-1].endswith(self.pack.indefinite_endings):
            return False
        rules = [rule for form in verb.forms for rule in form.rules if rule.summoners and rule.type is not None]
        words = set(self.chunks[left].words)
        rule = next((rule for rule in rules if not rule.object or not rule.object.isdisjoint(words)), None)
        agents = self._targets.agents(k) if rule is not None else ()
        patient = self._targets.patient(Subject((), left, "behind", left))
        if rule is None or rule.type is None or not agents or not patient:
            return False
        self._emit(k, Subject((), left, "behind", left), agents, rule.type, patient, rule.id, rule.tier, None)
        return True
