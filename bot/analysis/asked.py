"""Who is asked: the sides, those who look on, one's own, whoever holds the captives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.analysis import flags as g
from bot.analysis.addressing import Request
from bot.analysis.bodies import BODIES_ONLY, ENCLAVES
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.meanings import Meanings
from bot.analysis.subjects import Subject

_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})


class Asked(Meanings):
    """Finds out who is asked."""

    def _are_sides(self, subject: Subject) -> bool:
        """Return whether those who are asked are the sides, whoever they are: "both sides were urged by X to stop"."""
        return subject.noun >= 0 and self._names_sides(subject.noun - 1)

    def _names_sides(self, k: int) -> bool:
        """Return whether the chunk behind the one at `k` names the sides: "expects both sides to"."""
        words = self.chunks[k + 1].words[-1:] if k + 1 < len(self.chunks) else ()
        return not (self.pack.sides.isdisjoint(words) and self.pack.parties.isdisjoint(words))

    def _where_crowd_is(self, m: int) -> tuple[str, ...]:
        """Return the state that a crowd is in, by the place right behind it."""
        behind = self.chunks[m + 1 : m + 3]
        if [chunk.kind for chunk in behind] != [Kind.PREPOSITION, Kind.NOUN]:
            return ()
        is_place = behind[0].words[-1] in self.pack.place_prepositions
        return tuple(ref.code for ref in behind[1].refs[:1]) if is_place else ()

    def _is_foreign(self, k: int) -> bool:
        """Return whether those who are told to do something are somebody's from abroad: "foreign consulates"."""
        noun = self.chunks[k + 1] if k + 1 < len(self.chunks) else self.chunks[k]
        return noun.kind == Kind.NOUN and not self.pack.abroad.isdisjoint(noun.words)

    def _asks_party(self, request: Request, own: set[str]) -> bool:
        """Return whether those who are asked are the sides of the matter, and are asked by no friend of theirs."""
        asked = set(request.addressees)
        if not asked or not asked <= self._sides or asked & BODIES_ONLY:
            return False
        return not own & set(ENCLAVES) and not (own & asked)

    def _asks_subordinate(self, k: int) -> bool:
        """Return whether an office-holder or the troops of one's own are asked: "ordered his defence minister to"."""
        noun = self.chunks[k + 1] if k + 1 < len(self.chunks) else self.chunks[k]
        if noun.kind != Kind.NOUN or not (noun.held or noun.force) or noun.refs or noun.who:
            return False
        first = self.pack.words.get(noun.words[0])
        return first is not None and bool(first.flags & g.POSSESSIVE)

    def _are_legislators(self, who: tuple[Who, ...]) -> bool:
        """Return whether those who ask sit in a parliament, and ask those who govern."""
        roles = [(one.role or "").lower().split() for one in who]
        return all(not self.pack.legislators.isdisjoint(role) for role in roles)

    def _across(self, enclaves: Iterable[str]) -> tuple[str, ...]:
        """Return who faces the people of enclaves."""
        return tuple(dict.fromkeys(code for one in enclaves for code in self._targets.facing(ENCLAVES[one])))

    def _holders(self, k: int, request: Request) -> tuple[str, ...]:
        """Return who holds those whose release is asked: "called for the release of Armenian prisoners"."""
        for chunk in self.chunks[k + 1 : request.end]:
            if chunk.kind == Kind.NOUN and len(chunk.refs) == 1 and not self.pack.captives.isdisjoint(chunk.words):
                code = chunk.refs[0].code
                return self._targets.facing(code) if {*request.addressees} <= {code} else ()
        return ()

    def _second_addressee(self, k: int) -> int | None:
        """Return where a second party begins, of whom another thing is asked: "urges X to stop and Y to withdraw"."""
        is_asked = False
        for m in range(k + 1, self.clauses.extent(k) - 2):
            first, noun, verb = self.chunks[m : m + 3]
            is_asked = is_asked or bool(first.flags & g.INFINITIVE_MARK)
            is_next = first.kind in _LISTING and noun.kind == Kind.NOUN and bool(noun.who)
            if is_asked and is_next and verb.kind == Kind.VERB and verb.flags & g.INFINITIVE_MARK:
                return m
            is_again = noun.kind == Kind.PREPOSITION and noun.words == self.chunks[k].words[-1:]
            if is_asked and is_again and first.kind in _LISTING and verb.who and self._is_to(m + 3):
                # "called on X to stop and on Y to withdraw"
                return m + 1
            if first.kind == Kind.AND and noun.kind == Kind.THAT and (verb.who or verb.refs) and not self.pack.cased:
                # "demands that X open the road and that Y withdraw"
                return m + 1
        return None

    def _is_to(self, m: int) -> bool:
        """Return whether an infinitive with its particle stands at `m`."""
        return m < len(self.chunks) and bool(self.chunks[m].flags & g.INFINITIVE_MARK)

    def _asks_outsiders(self, k: int, end: int) -> bool:
        """Return whether the world is asked, and no party by name: "urged the international community to"."""
        start, stop = self.clauses.direct(k, end)
        if start == stop and start + 1 < end and self.chunks[start].kind == Kind.PREPOSITION:
            start, stop = start + 1, start + 2
        if not self.pack.numbers.keys().isdisjoint(self.chunks[max(k + 1, start - 1)].words):
            # "called on both nations to"
            return False
        nouns = self.chunks[start:stop]
        return any(noun.kind == Kind.NOUN and not noun.who and self._look_on(noun) for noun in nouns)

    def _look_on(self, noun: Chunk) -> bool:
        """Return whether a noun names those who look on: "the partners", "world leaders"."""
        last = noun.words[-1]
        is_of_world = last in self.pack.parties and not self.pack.universal.isdisjoint(noun.words[:-1])
        return is_of_world or last in self.pack.outsiders

    def _are_outsiders(self, subject: Subject) -> bool:
        """Return whether those who must do something are the world, and no party by name."""
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        if noun is None or noun.kind != Kind.NOUN or subject.who or noun.refs or subject.via == "pronoun":
            return False
        return self._look_on(noun) and self.pack.numbers.keys().isdisjoint(noun.words)

    def _meant_before(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return whom "it" and "them" after a verb mean: the actor last named before it, if not the subject.

        Where none is in its sentence, whoever the one before it is about.
        """
        own = {one.code for one in who}
        for m in range(k - 1, -1, -1):
            if self.chunks[m].who:
                codes = tuple(one.code for one in self.clauses.group(m)[0] if one.code not in own)
                if codes:
                    return codes
        before = self.discourse.meant_by_object(several=self.chunks[k + 1].words[0] in self.pack.plural_pronouns)
        return tuple(one.code for one in before if one.code not in own)
