"""What a verb means where it stands: the rule that its object and subject fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.bodies import BODIES, ENCLAVES, WORLD_COURTS
from bot.analysis.chunks import Kind, Who
from bot.analysis.entries import Form, Rule
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gazetteer import MentionKind
from bot.analysis.governing import Governing
from bot.analysis.stretch import VERBAL
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import ACTS, WRONGS
from bot.domain.reactions import COLLECTIVE_ACTORS

# Asked of every rule that is tried, and a member of an enum takes long to name.
_BODY: Final = SubjectKind.BODY
_CROWD: Final = SubjectKind.CROWD
_FORCE: Final = SubjectKind.FORCE
_MEETING: Final = SubjectKind.MEETING
_MISSION: Final = SubjectKind.MISSION
_PERSON: Final = SubjectKind.PERSON
_PROTESTERS: Final = SubjectKind.PROTESTERS
_STATE: Final = SubjectKind.STATE
_THING: Final = SubjectKind.THING
_NAMED_BY_OBJECT: Final = frozenset({_MEETING, _THING})

_NO_ACTS: Final = frozenset({Frame.SAY, Frame.PLAIN, Frame.CONTROL, Frame.DRAW})
# What a crowd may do beside what only crowds do.
_OF_CROWDS: Final = frozenset({t.CONDEMN, t.ACCUSE, t.REFUSE})
# What a people may do as one.
_OF_NATIONS: Final = _OF_CROWDS | {t.DENY, t.EXPRESS_CONCERN, t.EXPRESS_SUPPORT, t.WARN, t.WELCOME}
_NOT_BY_TROOPS: Final = frozenset({t.REFUSE, t.CONSULT, t.WELCOME, t.EXPRESS_SUPPORT})
_NOT_BY_COURTS: Final = frozenset(
    {t.CONDEMN, t.TAKE_TO_COURT, t.CONSULT, t.REFUSE, t.MILITARY_ACTION, t.AGREE, t.DEESCALATE}
)
_BEFORE_LAST: Final = frozenset({Kind.AND, Kind.BUT, Kind.COMMA, Kind.DASH, Kind.SUBORDINATOR})
_OBJECT_CLAUSES: Final = frozenset({Kind.THAT, Kind.VERB, Kind.PRONOUN, Kind.RELATIVE, Kind.QUOTE, Kind.RECIPROCAL})


class Meanings(Governing):
    """Works out what a verb means here: which rule of the pack fits it."""

    def _is_alleged(self, k: int) -> bool:
        """Return whether a word at the verb leaves it to others to believe: "allegedly fired"."""
        before = self.chunks[k - 1] if k and self.chunks[k - 1].kind == Kind.ADVERB else None
        words = (*before.words, *self.chunks[k].words) if before is not None else self.chunks[k].words
        return not self.pack.alleged.isdisjoint(words)

    def _is_wrong(self, k: int, *, undone: bool = False) -> bool:
        """Return whether what the verb tells is a wrong: done, or left `undone`, "did not fulfil its obligations"."""
        if not self.chunks[k].senses & WRONGS:
            return not undone and bool(self.pack.wrongfully) and self._is_done_wrongly(k)
        words: set[str] | None = None
        whole = self.chunks[k].forms[0]
        is_other = bool(whole.tail) and any(rule.frame is Frame.ACT and not rule.hostile for rule in whole.rules)
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if not rule.hostile or rule.frame is not Frame.PLAIN or rule.negative is not undone:
                    continue
                if not rule.object:
                    if is_other and len(form.tail) < len(whole.tail):
                        # "commits to peace" is not "commits".
                        continue
                    if rule.without and not rule.without.isdisjoint(
                        self.clauses.object_words(k, self.clauses.extent(k), wide=True)
                    ):
                        # "is responsible for protecting civilians"
                        continue
                    return True
                if words is None:
                    words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
                    noun = self.clauses.subject(k).noun if self.chunks[k].passive else -1
                    # "the attack was planned by X"
                    words = words | set(self.chunks[noun].words) if noun >= 0 else words
                looked = self.clauses.object_words(k, self.clauses.extent(k), wide=True) if rule.wide else words
                if not rule.object.isdisjoint(looked) and rule.without.isdisjoint(looked):
                    return True
        return False

    def _ends_headline(self, k: int, subject: Subject) -> bool:
        """Return whether a headline ends with a short clause about what it told: "X broke truce, Y says; X denies"."""
        left = subject.left if subject.left >= 0 else subject.noun
        if not self.clauses.headline or subject.via != "direct" or left < 0 or k + 1 < len(self.chunks):
            return False
        if left == 0:
            # What stands before a semicolon is read by itself.
            return k == 1
        return self.chunks[left - 1].kind in _BEFORE_LAST and bool(self.clauses.verbs_in(0, left))

    def _is_done_wrongly(self, k: int) -> bool:
        """Return whether an adverb at the verb makes any deed a wrong: "illegally took", "were taken illegally"."""
        beside = (self.chunks[m] for m in (k - 1, k + 1) if 0 <= m < len(self.chunks))
        near = (self.chunks[k], *(chunk for chunk in beside if chunk.kind == Kind.ADVERB))
        return any(not self.pack.wrongfully.isdisjoint(chunk.words) for chunk in near)

    def _is_negative_subject(self, subject: Subject) -> bool:
        if subject.noun < 0:
            return False
        # "neither X nor Y"
        first = self.chunks[subject.left] if 0 <= subject.left < subject.noun else self.chunks[subject.noun]
        return bool((self.chunks[subject.noun].flags | first.flags) & g.NEGATIVE)

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
            if rule.needs_infinitive and not self._has_infinitive(k, end):
                continue
            if rule.several and len(self._targets.of(k, rule, who)) < 2:  # noqa: PLR2004 - one with the other
                continue
            if rule.alone and self._targets.of(k, rule, who):
                continue
            is_open = rule.needs_object and not rule.object and not form.tail and not self._has_object(k, end)
            if is_open and not (rule.frame is Frame.DENY and self._ends_headline(k, subject)):
                continue
            if rule.subject in _NAMED_BY_OBJECT and rule.object:
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

    def _has_infinitive(self, k: int, end: int) -> bool:
        """Return whether an infinitive belongs to the verb: "told X to stop"."""
        return any(self.chunks[v].flags & g.INFINITIVE_MARK for v in self.clauses.verbs if k < v < end)

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

    def _has_known_object(self, k: int) -> bool:
        """Return whether the object has a name, if one that is not on the list, or is the like of "the West"."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        if any(not self.pack.nameless.isdisjoint(self.chunks[m].words) for m in range(start, stop)):
            return True
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
        if rule.subject is _THING or subject.via == "thing":
            return rule.subject is _THING and subject.via == "thing"
        is_crowd = subject.noun >= 0 and bool(self.chunks[subject.noun].head & g.CROWD)
        # "Karabakh Armenians": who acts for all of them is who leads them.
        is_nation = is_crowd and bool(who) and who[0].code != "OTHER" and who[0].code not in ENCLAVES
        if is_nation and rule.type is not None and rule.type not in _OF_NATIONS and rule.frame is not Frame.REQUEST:
            # "Palestinians decry the raid": what a people says is said for it, and what some of it do is not.
            return False
        is_crowd = is_crowd and not is_nation and not (who and who[0].code in ENCLAVES)
        if rule.subject is _CROWD:
            return is_crowd
        if rule.subject is _PROTESTERS:
            return is_crowd and not self._is_throng(subject.noun)
        if is_crowd:
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
        if noun is None or not noun.head & (g.FORCE | g.COURT):
            return True
        if noun.force and rule.type in _NOT_BY_TROOPS:
            # "Sudan's army rules out talks": one that governs, not its troops.
            return rule.type is t.REFUSE and not noun.plural and not self.pack.organs.isdisjoint(noun.words[-1:])
        if not noun.court or rule.type not in _NOT_BY_COURTS:
            return True
        # The World Court turns down a party's plea; a state's court that does is no act of the state.
        return rule.type is t.REFUSE and self._are_world_courts(who)

    def _are_world_courts(self, who: tuple[Who, ...]) -> bool:
        return bool(who) and all(one.code in WORLD_COURTS for one in who)

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
    if not negative:
        return [(form, rule) for form in forms for rule in form.rules if not rule.negative]
    readings = [(form, rule) for form in forms for rule in form.rules]
    return sorted(readings, key=lambda reading: not reading[1].negative)
