"""What a verb means where it stands: its rule, what governs it, whether it is done at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.addressing import BODIES
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Effect, Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.occasions import Occasions
from bot.analysis.pack import Form, Rule, Slot
from bot.analysis.stretch import _T, AT_ONCE, VERBAL, is_obliged
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import ACTS, CONTROLS, MEETS, REPORTS, WRONGS
from bot.domain.reactions import COLLECTIVE_ACTORS

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BEFORE_GERUND: Final = frozenset({Kind.ADVERB, Kind.PREPOSITION})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_OPENERS: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.QUOTE, Kind.THAT, Kind.VERB})
_PHRASES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.PREPOSITION, Kind.TIME})

# Asked of every rule that is tried, and a member of an enum takes long to name.
_BODY: Final = SubjectKind.BODY
_CROWD: Final = SubjectKind.CROWD
_FORCE: Final = SubjectKind.FORCE
_MEETING: Final = SubjectKind.MEETING
_MISSION: Final = SubjectKind.MISSION
_PERSON: Final = SubjectKind.PERSON
_PROTESTERS: Final = SubjectKind.PROTESTERS
_STATE: Final = SubjectKind.STATE

_NO_ACTS: Final = frozenset({Frame.SAY, Frame.PLAIN, Frame.CONTROL})
# What a crowd may do beside what only crowds do.
_OF_CROWDS: Final = frozenset({_T.CONDEMN, _T.ACCUSE, _T.REFUSE})
_NOT_BY_TROOPS: Final = frozenset({_T.REFUSE, _T.CONSULT, _T.WELCOME, _T.EXPRESS_SUPPORT})
_NOT_BY_COURTS: Final = frozenset(
    {_T.CONDEMN, _T.TAKE_TO_COURT, _T.CONSULT, _T.REFUSE, _T.MILITARY_ACTION, _T.AGREE, _T.DEESCALATE}
)
_WORLD_COURTS: Final = frozenset({"ICJ", "ICC", "ECHR"})
_OBJECT_CLAUSES: Final = frozenset({Kind.THAT, Kind.VERB, Kind.PRONOUN, Kind.RELATIVE, Kind.QUOTE, Kind.RECIPROCAL})


class Meanings(Occasions):
    """Works out what a verb means here: which rule of the pack fits it, and what governs it."""

    def _is_hypothetical(self, k: int) -> bool:
        for m in range(k - 1, -1, -1):
            kind = self.chunks[m].kind
            if kind == Kind.CONDITIONAL:
                self._miss(k, "conditional")
                return True
            if kind == Kind.SUBORDINATOR and self.pack.term_prepositions and self._is_yet_to_be(m, k):
                self._miss(k, "on a condition")
                return True
            if kind == Kind.THAT and m and not self.pack.rumours.isdisjoint(self.chunks[m - 1].words[-1:]):
                self._miss(k, "only claimed")
                return True
            if kind == Kind.THAT and self.pack.cased and (reason := self._is_untold(m)):
                self._miss(k, reason)
                self._untold.add(k)
                return True
            if kind == Kind.VERB and m in self._untold and self.chunks[k - 1].kind == Kind.AND:
                # "надеется, что суд рассмотрит и обяжет"
                self._miss(k, "not done yet")
                return True
            if kind in _OPENERS:
                break
        if self._is_awaited_by(k):
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
        is_past = any(form.slots & Slot.PAST for form in self.chunks[k].forms)
        return main is not None and bool(self.chunks[main].flags & coming) and not is_past

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
        over = self.chunks[governor]
        if over.negative and governor not in self._consumed and self._is_unwilling(over, self.chunks[k]):
            return Effect.REFUSE
        if governor in self._consumed or over.negative or over.flags & g.POSSIBLE:
            self._consumed.add(k)
            return None
        for form in over.forms:
            for rule in form.rules:
                if rule.frame is Frame.CONTROL:
                    if rule.effect is Effect.REFUSE and any(c.kind == Kind.NOUN for c in self.chunks[governor + 1 : k]):
                        # "rejects Baku's bid to throw out": what is rejected has a name, and is not the deed.
                        self._consumed.add(k)
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

    def _is_unwilling(self, over: Chunk, verb: Chunk) -> bool:
        """Return whether what somebody does not intend is what one refuses: "ne compte pas reconnaître"."""
        if over.flags & (g.POSSIBLE | g.OBLIGED):
            return False
        intends = any(rule.effect is Effect.PROMISE for form in over.forms for rule in form.rules)
        return intends and any(rule.negative and rule.type is _T.REFUSE for form in verb.forms for rule in form.rules)

    def _follows(self, governor: int, k: int) -> bool:
        """Return whether nothing but adverbs stands between: "is to meet", not "is impossible to stop"."""
        return all(self.chunks[m].kind in _LOOSE for m in range(governor + 1, k))

    def _is_travelled_for(self, governor: int, k: int) -> bool:
        """Return whether a verb tells whom somebody goes somewhere to meet: "flew to X to meet Y"."""
        goes = any(rule.subject is _PERSON for form in self.chunks[governor].forms for rule in form.rules)
        return goes and any(
            rule.type is _T.CONSULT and rule.frame is Frame.MEET for form in self.chunks[k].forms for rule in form.rules
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
                        return rule.effect
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
        following = next((v for v in self.clauses.verbs if v > k), None)
        if following is None or self.clauses.subject(following).noun != subject.noun or subject.noun < 0:
            return False
        return self.clauses.speaks_in_paper(k, following)

    def _is_alleged(self, k: int) -> bool:
        """Return whether a word at the verb leaves it to others to believe: "allegedly fired"."""
        before = self.chunks[k - 1] if k and self.chunks[k - 1].kind == Kind.ADVERB else None
        words = (*before.words, *self.chunks[k].words) if before is not None else self.chunks[k].words
        return not self.pack.alleged.isdisjoint(words)

    def _is_wrong(self, k: int, *, undone: bool = False) -> bool:
        """Return whether what the verb tells is a wrong: done, or left `undone`, "did not fulfil its obligations"."""
        if not self.chunks[k].senses & WRONGS:
            return False
        words: set[str] | None = None
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if not rule.hostile or rule.frame is not Frame.PLAIN or rule.negative is not undone:
                    continue
                if not rule.object:
                    return True
                if words is None:
                    words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
                if not rule.object.isdisjoint(words):
                    return True
        return False

    def _tells_ahead(self, verb: Chunk) -> bool:
        """Return whether the ending alone tells that the verb is of now or of later: "ne signera pas"."""
        if not self.pack.endings_tell or verb.flags & (g.HAVE | g.BE) or not verb.slot & Slot.FINITE:
            return False
        return not any(form.slots & Slot.PAST for form in verb.forms)

    def _is_negative_subject(self, subject: Subject) -> bool:
        return subject.noun >= 0 and bool(self.chunks[subject.noun].flags & g.NEGATIVE)

    def _has_negative_object(self, k: int) -> bool:
        """Return whether the object is none: "has no regrets"."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return start < stop and bool(self.chunks[start].flags & g.NEGATIVE)

    def _is_person(self, subject: Subject, who: tuple[Who, ...]) -> bool:
        """Return whether a subject is somebody by name, not his troops."""
        force = subject.noun >= 0 and self.chunks[subject.noun].force
        return not force and any(one.person_kind for one in who)

    def _match(self, k: int, who: tuple[Who, ...], subject: Subject) -> tuple[Form, Rule] | None:
        """Return the first rule of the verb that its object and subject fit."""
        if not self.chunks[k].senses & ACTS:
            return None
        end = self.clauses.extent(k)
        narrow: set[str] | None = None
        wide: set[str] | None = None
        negative = self.chunks[k].negative
        aimless: tuple[Form, Rule] | None = None
        for form, rule in _in_turn(self.chunks[k].forms, negative=negative):
            if rule.frame in _NO_ACTS:
                continue
            if not self._fits_subject(rule, subject, who):
                continue
            if rule.passive and not self.chunks[k].passive:
                continue
            if rule.several and len(self._targets.of(k, rule, who)) < 2:  # noqa: PLR2004 - one with the other
                continue
            if rule.alone and self._targets.of(k, rule, who):
                continue
            if rule.needs_object and not rule.object and not form.tail and not self._has_object(k, end):
                continue
            if rule.subject is _MEETING and rule.object:
                # What is signed is the subject: "un accord a été signé entre X et Y".
                if rule.object.isdisjoint(self.chunks[subject.noun].words):
                    continue
            elif rule.object or rule.without:
                if narrow is None:
                    narrow = self.clauses.object_words(k, end, wide=False) | set(self.chunks[k].words)
                    wide = self.clauses.object_words(k, end, wide=True)
                words = (wide if rule.wide else narrow) or set()
                if (rule.object and rule.object.isdisjoint(words)) or not rule.without.isdisjoint(words):
                    continue
            if rule.needs_target and rule.object and rule.frame is Frame.ACT and not self._targets.of(k, rule, who):
                # Another entry may know whom it is aimed at.
                aimless = aimless or (form, rule)
                continue
            return form, rule
        return aimless

    def _has_object(self, k: int, end: int) -> bool:
        start, stop = self.clauses.direct(k, end)
        return (
            stop > start or self.clauses.fronted(k) >= 0 or (stop < end and self.chunks[stop].kind in _OBJECT_CLAUSES)
        )

    def _names_stranger(self, k: int) -> bool:
        """Return whether the object is a person who is nobody on the list."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        noun = self.chunks[start] if start < stop else None
        return noun is not None and bool(noun.name) and not noun.refs and not noun.who

    def _has_named_object(self, k: int) -> bool:
        """Return whether the object has a name, if one that is not on the list."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return any(
            self.chunks[m].kind == Kind.NOUN
            and (self.chunks[m].name or any(r.mention.kind is not MentionKind.REGION for r in self.chunks[m].refs))
            for m in range(start, stop)
        )

    def _is_throng(self, noun: int) -> bool:
        """Return whether a crowd is one by number alone: "hundreds of women", not "hundreds of protesters"."""
        if not self.chunks[noun].throng:
            return False
        of = noun + 2
        return not (of < len(self.chunks) and self.chunks[of].crowd and not self.chunks[of].throng)

    def _fits_subject(self, rule: Rule, subject: Subject, who: tuple[Who, ...]) -> bool:
        if (rule.subject is _MEETING) is not (subject.via == "gathering"):
            return False
        if rule.subject is _CROWD:
            return subject.noun >= 0 and self.chunks[subject.noun].crowd
        if rule.subject is _PROTESTERS:
            return subject.noun >= 0 and self.chunks[subject.noun].crowd and not self._is_throng(subject.noun)
        if subject.noun >= 0 and self.chunks[subject.noun].crowd:
            return rule.subject is not _STATE and (rule.frame is Frame.REQUEST or rule.type in _OF_CROWDS)
        if rule.subject is _BODY:
            return bool(who) and all(one.code in BODIES and not one.speaker for one in who)
        if rule.subject is _STATE:
            if who and all(self._is_of_crowd(one) for one in who):
                # "they", where those are protesters
                return False
            return any(one.code not in COLLECTIVE_ACTORS or not (one.person_kind or one.code == "NGO") for one in who)
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        if rule.subject is _FORCE:
            return noun is not None and noun.force
        if rule.subject is _MISSION:
            return noun is not None and not self.pack.missions.isdisjoint(noun.words)
        if rule.subject is _PERSON:
            sent = noun is not None and (noun.force or not self.pack.missions.isdisjoint(noun.words))
            return not sent and any(one.speaker or one.role for one in who)
        if noun is not None and noun.force and rule.type in _NOT_BY_TROOPS:
            return False
        if noun is None or not noun.court or rule.type not in _NOT_BY_COURTS:
            return True
        # The World Court turns down a party's plea; a state's court that does is no act of the state.
        return rule.type is _T.REFUSE and bool(who) and all(one.code in _WORLD_COURTS for one in who)

    def _is_court(self, who: Who) -> bool:
        last = who.role.split()[-1].lower() if who.role else ""
        word = self.pack.words.get(last)
        return word is not None and bool(word.flags & g.COURT)

    def _is_of_crowd(self, who: Who) -> bool:
        word = self.pack.words.get(who.role.split()[-1].lower()) if who.role else None
        return who.code == "OTHER" and word is not None and bool(word.flags & g.CROWD)

    def _is_verbal(self, k: int) -> bool:
        """Return whether the verb is a reaction in words, told even in passing: "a move welcomed by"."""
        return any(rule.type in VERBAL for form in self.chunks[k].forms for rule in form.rules)

    def _has_reciprocal(self, k: int) -> bool:
        if any(word.flags & g.RECIPROCAL for w in self.chunks[k].words if (word := self.pack.words.get(w))):
            return True
        return any(self.chunks[m].kind == Kind.RECIPROCAL for m in range(k + 1, min(k + 5, len(self.chunks))))


def _in_turn(forms: Sequence[Form], *, negative: bool) -> list[tuple[Form, Rule]]:
    """Return the readings of a verb in the order they are tried: of a negated one, what negation means first."""
    readings = [(form, rule) for form in forms for rule in form.rules]
    if not negative:
        return [reading for reading in readings if not reading[1].negative]
    return sorted(readings, key=lambda reading: not reading[1].negative)
