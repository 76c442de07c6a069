"""What stands beside an act and tells whether it is one, and of what kind: with whom, at whom, in whose words."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Kind, Who
from bot.analysis.entries import Rule
from bot.analysis.lexemes import MAY_HAVE_PHRASE
from bot.analysis.stretch import Voice, same
from bot.analysis.subjects import Subject
from bot.analysis.terms import Terms
from bot.analysis.verb_senses import SAYS
from bot.domain.reactions import Tier

_HARMFUL: Final = frozenset({t.MILITARY_ACTION, t.RESTRICT_MOVEMENT, t.SANCTION, t.TAKE_TO_COURT, t.THREATEN})
# Done by expressing it.
FELT: Final = frozenset({t.CONDEMN, t.EXPRESS_CONCERN, t.EXPRESS_SUPPORT, t.WELCOME})
_BEFORE_CLAUSE: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.THAT})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# "warns X it will pay", "avertit que X paiera"
_TOLD_BEHIND: Final = frozenset({Kind.NOUN, Kind.THAT})


class Beside(Terms):
    """Looks at what stands beside a verb whose rule is known."""

    def _is_deal_told(
        self,
        k: int,
        subject: Subject,
        rule: Rule,
        targets: tuple[str, ...],
        voice: Voice | None,
    ) -> bool:
        """Return whether a deal is not the subject's own, and is coded already where it is of others that are named."""
        if not targets and self._with_stranger(k):
            self._miss(k, "agreed with nobody on the list")
            return True
        if len(targets) < 2 or not rule.reciprocal:  # noqa: PLR2004 - one with the other
            return False
        between = self._targets.parted(k + 1, self.clauses.extent(k))
        if {*targets} != {one.code for one in between}:
            return False
        # "announces a truce between X and Y": theirs, and not his who tells of it or helped them to it.
        for one in between:
            others = tuple(code for code in targets if code != one.code)
            self._emit(k, subject, (one,), t.AGREE, others, rule.id, Tier.DIGEST, voice)
        return True

    def _code_felt_besides(
        self, k: int, subject: Subject, who: tuple[Who, ...], rule: Rule, voice: Voice | None
    ) -> None:
        """Code what else a verb's second object expresses: "voiced concern over the raids and solidarity with X"."""
        end, own = self.clauses.extent(k), {one.code for one in who}
        # "outrage and concern over the raids" is one object.
        first = next((m for m in range(k + 1, end) if self.chunks[m].kind == Kind.PREPOSITION), end)
        for m in range(first + 1, end):
            chunk = self.chunks[m]
            if chunk.kind != Kind.NOUN or self.chunks[m - 1].kind != Kind.AND:
                continue
            felt = self.pack.feelings.intersection(chunk.words)
            if not felt or chunk.flags & (g.POSSESSIVE | g.NEGATIVE):
                continue
            others = (other for form in self.chunks[k].forms for other in form.rules)
            other = next((one for one in others if one.type in FELT and not one.object.isdisjoint(felt)), None)
            if other is None or other.type is None or other.type is rule.type:
                continue
            towards = [code for code in self._targets.in_range(m, end) if code not in own]
            targets = tuple(towards[:1]) if other.type is not t.EXPRESS_CONCERN else ()
            self._emit(k, subject, who, other.type, targets, other.id, Tier.DIGEST, voice)

    def _with_stranger(self, k: int) -> bool:
        """Return whether somebody is named with whom it is done, and it is nobody on the list: "a deal with activists"."""
        end = self.clauses.extent(k)
        for m in range(k + 1, end - 1):
            noun = self.chunks[m + 1]
            if self.chunks[m].kind == Kind.PREPOSITION and self.chunks[m].words[-1] in self.pack.partner_prepositions:
                is_somebody = noun.group or noun.crowd or bool(noun.name)
                return noun.kind == Kind.NOUN and is_somebody and not noun.refs and not noun.who
        return False

    def _joins_in(self, k: int, who: tuple[Who, ...]) -> bool:
        """Return whether the doer is one of those in the verb's object."""
        own = {one.code for one in who}
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return any(one.code in own and one.person_kind for m in range(start, stop) for one in self.chunks[m].who)

    def _hits_person(self, k: int) -> bool:
        """Return whether the verb's object is somebody by name or office."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        noun = self.chunks[start] if start < stop else None
        return noun is not None and bool(noun.who) and not noun.force and any(w.speaker or w.role for w in noun.who)

    def _seizing(self, k: int) -> Rule | None:
        """Return the rule by which the verb tells of captives, if its object is somebody: "captured a village", "X"."""
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if rule.type is t.RESTRICT_MOVEMENT:
                    return rule if self._hits_person(k) else None
        return None

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
        # "warned X that it would": what hurts is no fate of X.
        is_told = n == k + 1 and n < len(self.chunks) and self.chunks[n].kind == Kind.NOUN and bool(self.chunks[n].who)
        if is_told and not same(who, self.chunks[n].who):
            n += 1
            while n < len(self.chunks) and self.chunks[n].kind in _BEFORE_CLAUSE:
                n += 1
        else:
            is_told = False
        if self.pack.cased or n + 1 >= len(self.chunks) or self.chunks[n + 1].kind != Kind.VERB:
            return -1
        subject, verb = self.chunks[n], self.chunks[n + 1]
        is_own = subject.kind == Kind.PRONOUN and not subject.flags & g.OBJECT and len(who) == 1
        is_own = is_own or (subject.kind == Kind.NOUN and same(who, subject.who))
        is_coming = bool(verb.flags & (g.FUTURE | g.POSSIBLE)) and not verb.passive
        if verb.negative:
            # "will not hesitate to strike"
            is_coming = is_coming and any(
                r.negative and r.type is t.THREATEN for form in verb.forms for r in form.rules
            )
        ends = self.clauses.extent(n + 1)
        on_terms = ends < len(self.chunks) and self.chunks[ends].kind == Kind.CONDITIONAL
        hurts = (on_terms and not is_told) or any(
            rule.type in _HARMFUL or rule.only_promised for form in verb.forms for rule in form.rules
        )
        if not self.pack.fates.isdisjoint(verb.words):
            # "warned it would lose": what may befall him is no threat.
            return -1
        return n + 1 if is_own and is_coming and (hurts or (not verb.forms and not is_told)) else -1

    def _tells_reprisal(self, k: int) -> bool:
        """Return whether a telling phrase of what will be done to somebody belongs to the verb: "will pay a heavy price"."""
        if not self.clauses.may & MAY_HAVE_PHRASE or self.chunks[k + 1].kind not in _TOLD_BEHIND:
            return False
        if self.chunks[k + 1].kind == Kind.THAT and self.pack.adjectives_first:
            return False
        norms = [word for chunk in self.chunks[k + 1 : self.clauses.extent(k)] for word in chunk.words]
        return any(
            phrase.type is t.THREATEN and tuple(norms[m : m + len(phrase.words)]) == phrase.words
            for m, norm in enumerate(norms)
            for phrase in self.pack.phrases.get(norm, ())
        )

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
        """Return whom a pronoun behind the verb means: the actor named last before its subject, or before the verb."""
        own = {one.code for one in who}
        left = self.clauses.subject(k).left
        # "After X announced a truce, Y accused it": not Y.
        before = left if 0 < left < k and own.issuperset(one.code for one in self.chunks[k - 1].who) else k
        last = next((m for m in range(before - 1, -1, -1) if self.chunks[m].who), None)
        codes = tuple(one.code for one in self.chunks[last].who) if last is not None else ()
        return () if own.intersection(codes) else codes
