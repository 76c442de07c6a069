"""Whose verb it is: the subject of each verb of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.apposed import NO_LIST, apposed_list
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Effect, Frame
from bot.analysis.gatherings import gathered
from bot.analysis.indefinite import is_indefinite, is_seat, seat
from bot.analysis.inversion import behind, fronted, is_cleft
from bot.analysis.pack import Pack, Slot
from bot.analysis.sharing import NOBODY, Sharing, Subject
from bot.analysis.verb_senses import (
    GATHERS,
    REPORTS,
    is_past,
    is_several,
)

__all__ = ["NOBODY", "Subject", "Subjects"]

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BARRIERS: Final = frozenset({Kind.BUT, Kind.COLON, Kind.DASH, Kind.QUOTE, Kind.SUBORDINATOR})
_JOINTS: Final = frozenset({Kind.AND, Kind.BUT})
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})

_SKIPPED: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.OTHER})

_BREAKS: Final = frozenset({Kind.COLON, Kind.DASH, Kind.QUOTE})

# What a clause with "that" may end with.
_CLAUSE_ENDS: Final = frozenset({Kind.NOUN, Kind.VERB})

# What a clause within another may open with.
_BEFORE_CLAUSE: Final = frozenset({Kind.COMMA, Kind.QUOTE, Kind.THAT})
_TWO: Final = 2
_INVOLVED_IN: Final = [Kind.NOUN, Kind.VERB, Kind.PREPOSITION, Kind.VERB]
_DONE_OR_TRIED: Final = frozenset({Effect.ACT, Effect.TRY})
# What a list of names is made of: "X, Y of Z and a number of clubs".
_OF_LIST: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN, Kind.PREPOSITION})


class Subjects(Sharing):
    """The chunks of one stretch of text, and the subject of each verb."""

    def __init__(self, chunks: Sequence[Chunk], pack: Pack, *, headline: bool, may: int = -1) -> None:
        super().__init__(chunks, pack, headline=headline, may=may)
        self._subjects: dict[int, Subject] = {}
        # How far each verb reaches, which its neighbours' subjects tell.
        self._extents: dict[int, int] = {}

    def subject(self, k: int) -> Subject:
        """Return the subject of the verb at `k`."""
        known = self._subjects.get(k)
        if known is None:
            self._subjects[k] = NOBODY
            found = self._find_subject(k)
            known = self._subjects[k] = self._seated_behind(k, self._behind(k, found)) if self.pack.cased else found
        return known

    def _behind(self, k: int, found: Subject) -> Subject:
        """Return the subject behind the verb, where what stands before it is none: "Баку осудила Франция"."""
        if found.noun >= 0 and self.chunks[found.noun].kind != Kind.NOUN:
            return found
        noun = behind(self.chunks, k, self.pack)
        if noun < 0 or (found.who and (found.via != "direct" or not self._outweighs(noun, found.noun, k))):
            return found
        if found.via in {"gathering", "relative"}:
            return found
        if found.noun >= 0 and self.chunks[found.noun].bare and not self.chunks[noun].leads:
            # "Лидеры осудили войну и призвали стороны": a role before outweighs what may be an object behind.
            return found
        who, _ = self.listed(noun)
        left = fronted(self.chunks, k)
        return Subject(who, noun, "behind", left if left >= 0 else k)

    def _seated_behind(self, k: int, found: Subject) -> Subject:
        """Return who sits in the place behind a verb that has no other subject: "Наступление осудили в Афинах"."""
        before = self.chunks[found.noun] if found.noun >= 0 else None
        if found.who or not is_indefinite(self.chunks[k], self.pack):
            return found
        if before is not None and (before.kind != Kind.NOUN or before.bare or before.crowd or before.group):
            return found
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in _SKIPPED:
            n += 1
        if n >= len(self.chunks) or not seat(self.chunks, n, self.pack) or _leads_there(self.chunks[n + 1]):
            return found
        who, _ = self.listed(n + 1)
        left = fronted(self.chunks, k)
        return Subject(who or seat(self.chunks, n, self.pack), n + 1, "behind", left if left >= 0 else k)

    def _outweighs(self, noun: int, left: int, k: int) -> bool:
        """Return whether the noun behind a verb is its subject for certain, and the one before it is not."""
        return self.chunks[noun].leads and not self.chunks[left].leads and noun == k + 1

    def fronted(self, k: int) -> int:
        """Return the object before the verb at `k`, whose subject stands behind it; -1 where there is none."""
        subject = self.subject(k)
        if subject.via == "direct" and 0 <= subject.noun < k - 1 and self._is_object_between(subject.noun + 1):
            return subject.noun + 1
        if subject.via != "behind":
            return -1
        if subject.left == k and k > 1 and any(form.tail == self.chunks[k - 2].words for form in self.chunks[k].forms):
            # "В Баку прибыл министр": what the verb governs stands first.
            return k - 1
        return fronted(self.chunks, k) if subject.left != k else -1

    def set_subject(self, k: int, subject: Subject) -> None:
        """Note a subject that was found by other means: behind its verb."""
        self._subjects[k] = subject
        self._extents.clear()

    def _find_subject(self, k: int) -> Subject:
        chunks, verb = self.chunks, self.chunks[k]
        if verb.senses & GATHERS:
            met, noun = gathered(chunks, k, self.pack)
            # "X opened talks between Y and Z": X did.
            is_object = noun > k > 0 and not self.pack.cased and chunks[k - 1].kind == Kind.NOUN and chunks[k - 1].who
            if met and not is_object:
                return Subject(met, noun, "gathering", noun)
        j = k - 1
        while j >= 0 and chunks[j].kind in _SKIPPED:
            j -= 1
        if verb.flags & g.INFINITIVE_MARK:
            return self._of_governor(j, k)
        if j < 0:
            return self._of_main_clause(k) if verb.slot in (Slot.GERUND, Slot.PARTICIPLE) else NOBODY
        before = chunks[j]
        if before.kind == Kind.NOUN and verb.slot == Slot.GERUND and (author := self._author_of(j, k)):
            return author
        if before.kind == Kind.NOUN and verb.slot == Slot.GERUND and self._is_where(j):
            # "EU mission in Armenia not doing its job"
            return self._from_noun(j, k)
        if before.kind == Kind.NOUN and verb.slot == Slot.GERUND:
            # "on Canada accusing India": the noun beside it, wherever that stands.
            who, left = self.group(j)
            return Subject(who, j, "direct", left)
        if verb.passive and before.kind in _CLAUSE_ENDS and (claim := self._claim_before(k)) >= 0:
            who, left = self.group(claim)
            return Subject(who, claim, "direct", left)
        if before.kind == Kind.NOUN:
            return self._from_noun(j, k)
        if before.kind == Kind.PRONOUN and j > 1 and is_seat(chunks, j - 1, k, self.pack):
            # "В Армении это отрицают"
            return Subject(seat(chunks, j - 2, self.pack), j - 1, "direct", j - 2)
        if before.kind == Kind.PRONOUN:
            return NOBODY if before.flags & g.OBJECT else Subject((), j, "pronoun", j)
        if before.kind == Kind.THAT and not self.pack.adjectives_first and not self.pack.cased:
            behind = chunks[k + 1] if k + 1 < len(chunks) else None
            if behind is not None and behind.kind == Kind.NOUN and behind.who and verb.slot & Slot.FINITE:
                # "ce que dément Bakou"
                return Subject(behind.who, k + 1, "behind", k)
        if before.kind == Kind.RELATIVE or (before.kind == Kind.THAT and j > 0 and chunks[j - 1].kind == Kind.NOUN):
            return self._antecedent(j)
        if before.kind == Kind.THAT and j > 1 and chunks[j - 1].kind == Kind.TIME and self._is_paper(j - 2):
            # "adopted a resolution on Monday that condemns"
            return self._antecedent(j)
        if before.kind == Kind.THAT and self.pack.cased and (teller := self._teller(j, k)):
            return teller
        if before.kind in _JOINTS:
            return NOBODY if self._is_subject_itself(k) else self._shared(j, k)
        if before.kind == Kind.COMMA:
            named, head = apposed_list(chunks, j) if verb.slot & Slot.FINITE else NO_LIST
            return Subject(named, j - 1, "direct", head) if named else self._after_comma(j, k)
        if before.kind == Kind.VERB:
            return self.subject(j)
        if before.kind == Kind.SUBORDINATOR and verb.slot in (Slot.GERUND, Slot.PARTICIPLE):
            return self._of_main_clause(k)
        if before.kind == Kind.PREPOSITION:
            return self._of_preposition(before, j, k)
        return NOBODY

    def _who_does_so(self, by: int, k: int) -> Subject | None:
        """Return who does what opens a clause: "that by sending a mission, Brussels hopes"; None where it opens none."""
        if self.pack.cased or by == 0 or self.kinds[by - 1] not in _BEFORE_CLAUSE:
            return None
        comma = next((m for m in range(k + 1, len(self.kinds)) if self.kinds[m] == Kind.COMMA), -1)
        m = next((v for v in self.verbs if v > comma > 0 and self.chunks[v].slot & Slot.FINITE), -1)
        return self.subject(m).found_via("participle") if m > 0 else None

    def _claim_before(self, k: int) -> int:
        """Return the claim that a clause with "that" stands behind and before the verb at `k`; -1 where there is none.

        "Canada's claim that China meddled was rejected": it was the claim, and nothing that China did.
        """
        that = next((m for m in range(k - 1, 0, -1) if self.kinds[m] == Kind.THAT), 0)
        if not that or self.pack.cased or not self.pack.adjectives_first or self.kinds[that - 1] != Kind.NOUN:
            return -1
        if self.pack.rumours.isdisjoint(self.chunks[that - 1].words[-1:]):
            return -1
        between = [v for v in self.verbs_in(that, k) if self.chunks[v].slot & Slot.FINITE]
        goes_on = any(kind in _JOINTS or kind == Kind.COMMA for kind in self.kinds[that:k])
        return that - 1 if len(between) == 1 and not goes_on else -1

    def _known_in_list(self, j: int) -> Subject | None:
        """Return whom a list names that opens its clause and ends with nobody known: "X, the MFA and a few clubs".

        None where there is no such list.
        """
        chunks = self.chunks
        first = j
        while first > 0 and chunks[first - 1].kind in _OF_LIST:
            first -= 1
        inside = self.kinds[first : j + 1]
        joined = inside.count(Kind.AND)
        opens = first == 0 or chunks[first - 1].kind in _BREAKS
        if not opens or not joined or joined + inside.count(Kind.COMMA) < _TWO:
            return None
        heads = [m for m in range(first, j + 1) if m == first or chunks[m - 1].kind in {Kind.AND, Kind.COMMA}]
        if chunks[first].kind != Kind.NOUN or not chunks[first].who:
            return None
        found: dict[str, Who] = {}
        for m in heads:
            for one in chunks[m].who:
                found.setdefault(one.code, one)
        return Subject(tuple(found.values()), first, "direct", first)

    def _is_where(self, j: int) -> bool:
        """Return whether the noun at `j` only tells where somebody is: "EU mission in Armenia"."""
        if j < 2 or self.chunks[j - 1].kind != Kind.PREPOSITION or not self.headline:  # noqa: PLR2004 - a noun before it
            return False
        return self.chunks[j - 1].words[-1] in self.pack.place_prepositions and bool(self.chunks[j - 2].who)

    def _teller(self, that: int, k: int) -> Subject | None:
        """Return who tells what he did himself: "сообщил, что провел переговоры"; None where it is another's deed."""
        verb = self.chunks[k]
        m = next((v for v in reversed(self.verbs) if v < that), -1)
        if m < 0 or not self.chunks[m].senses & REPORTS or not verb.slot & Slot.FINITE:
            return None
        if not is_past(verb) and (is_several(verb) or verb.passive or that != k - 1):
            # "заявил, что поддерживает", but "сообщил, что обстреливают"
            return None
        if is_several(self.chunks[m]) != is_several(verb) or (is_several(verb) and len(self.subject(m).who) < _TWO):
            # "сообщили, что провели": a plural may have no subject at all.
            return None
        return self.subject(m).found_via("shared")

    def _of_preposition(self, before: Chunk, j: int, k: int) -> Subject:
        """Return whose deed "by closing" is, and "joined X in asking"."""
        m = self.governor(k)
        if before.words[-1] in self.pack.agent_prepositions and (doer := self._who_does_so(j, k)) is not None:
            return doer
        if before.words[-1] in self.pack.agent_prepositions:
            near = self.subject(m) if m >= 0 and self.chunks[m].slot & Slot.FINITE else NOBODY
            if near.who and self._is_told_of_another(m):
                # "said X had made it worse by backing Y": X's doing, told by another.
                return NOBODY
            # "praised X for the role he played by closing the deal"
            return near.found_via("participle") if near.via == "pronoun" else self._of_main_clause(k)
        if m >= 0 and before.words[-1] in self.pack.manner_prepositions:
            return self.subject(m).found_via("participle")
        if (
            m >= 0
            and any(rule.effect in _DONE_OR_TRIED for form in self.chunks[m].forms for rule in form.rules)
            and not any(self.chunks[i].kind == Kind.COMMA and i > m for i in range(j - 1, j))
        ):
            return self.subject(m).found_via("infinitive")
        return NOBODY

    def governor(self, k: int) -> int:
        """Return the verb that governs the infinitive at `k`, or -1."""
        chunks = self.chunks
        for m in range(k - 1, -1, -1):
            if chunks[m].kind == Kind.VERB:
                if chunks[k].flags & chunks[m].flags & g.INFINITIVE_MARK and chunks[k - 1].kind == Kind.AND:
                    return self.governor(m)
                return m
            if chunks[m].kind in _BARRIERS:
                break
        return -1

    def _of_governor(self, j: int, k: int) -> Subject:
        m = self.governor(k)
        if m >= 0:
            return self.subject(m).found_via("infinitive")
        is_led = j > 0 and self.chunks[j].kind == Kind.NOUN and self.chunks[j - 1].kind == Kind.PREPOSITION
        if is_led and not self.verbs_in(0, j):
            noun = self.chunks[j]
            if noun.flags & g.NEGATIVE or (self.pack.bids and not self.pack.bids.isdisjoint(noun.words[-1:])):
                # "X under pressure to open", "X in no hurry to sign"
                return NOBODY
        if j >= 0 and self.chunks[j].kind == Kind.NOUN:
            return self._from_noun(j, k).found_via("headline")
        return NOBODY

    def _from_noun(self, j: int, k: int) -> Subject:
        chunks = self.chunks
        while j >= 0:
            if self.pack.indefinite_endings and is_seat(chunks, j, k, self.pack):
                # "В Баку опровергли": no other subject, so whoever sits there.
                return Subject(seat(chunks, j - 1, self.pack), j, "direct", j - 1)
            if chunks[j].oblique:
                if (several := self._of_several(j)) is not None:
                    return several
                j -= 1
                p = j - 1
                while j > 0 and p > 0 and chunks[j].kind == Kind.PREPOSITION and chunks[p].kind in _SKIPPED:
                    # "Блинкен в ходе встречи с Алиевым настаивал"
                    p -= 1
                if p != j - 1 and p >= 0 and chunks[p].kind == Kind.NOUN:
                    j = p
                    continue
                if j > 0 and chunks[j].kind == Kind.PREPOSITION and chunks[j - 1].kind == Kind.NOUN:
                    # "Блинкен в разговоре с Алиевым настаивал"
                    j -= 1
                if j < 0:
                    return NOBODY
                if chunks[j].kind != Kind.NOUN:
                    return self._after_comma(j, k) if chunks[j].kind == Kind.COMMA else NOBODY
                continue
            who, left = self.group(j, before_verb=True)
            is_object = not who and not chunks[j].bare and not chunks[j].head & g.CROWD
            if is_object and j > 1 and is_seat(chunks, j - 1, k, self.pack):
                # "В Ереване инцидент назвали похищением"
                return Subject(seat(chunks, j - 2, self.pack), j - 1, "direct", j - 2)
            if not who and self.pack.cased and self._is_object_between(j):
                # "Киев выборы не признал": the object stands between.
                who, left = self.group(j - 1, before_verb=True)
                return Subject(who, j - 1, "direct", left)
            if not who and not self.pack.cased and (known := self._known_in_list(j)):
                return known
            if left > 1 and self._is_object_of_gerund(left):
                # "the road linking X with Y has been closed"
                j = left - 2
                continue
            if left > 3 and self.kinds[left - 4 : left] == _INVOLVED_IN and self._describes_doer(left - 4):  # noqa: PLR2004
                # "states involved in brokering talks should"
                j = left - 4
                continue
            if left == 0 or chunks[left - 1].kind != Kind.PREPOSITION:
                return Subject(who, j, "direct", left)
            # A prepositional phrase: what it belongs to stands further left.
            p = left - 2
            while p >= 0 and (chunks[p].kind in _SKIPPED or chunks[p].kind == Kind.PREPOSITION):
                # "в ходе встречи": a preposition of two words
                p -= 1
            if p < 0:
                return NOBODY
            if chunks[p].kind == Kind.COMMA:
                return self._after_comma(p, k)
            if chunks[p].kind == Kind.PRONOUN:
                return Subject((), p, "pronoun", p)
            if chunks[p].kind == Kind.VERB and self.chunks[p].slot & (Slot.PARTICIPLE | Slot.GERUND):
                # "forces backed by Turkey regained": the phrase and its participle belong to the noun before.
                p -= 1
            if p < 0 or chunks[p].kind != Kind.NOUN:
                return NOBODY
            j = p
        return NOBODY

    def _is_object_of_gerund(self, left: int) -> bool:
        """Return whether the phrase at `left` is the object of a gerund that describes the noun before it."""
        verb, noun = self.chunks[left - 1], self.chunks[left - 2]
        is_bare = verb.kind == Kind.VERB and verb.slot == Slot.GERUND and not verb.flags and not verb.senses & REPORTS
        return is_bare and noun.kind == Kind.NOUN and not self.pack.cased and not self.headline

    def _describes_doer(self, noun: int) -> bool:
        """Return whether a participle with a gerund behind its preposition tells of the noun at `noun` which it is."""
        participle, gerund = self.chunks[noun + 1], self.chunks[noun + 3]
        is_bare = bool(participle.slot & Slot.PARTICIPLE) and not participle.flags
        return is_bare and gerund.slot == Slot.GERUND and not self.pack.cased and not self.headline

    def _of_several(self, j: int) -> Subject | None:
        """Return all whose role is named once: "президенты России, США и Франции", up to the last at `j`."""
        chunks, found, m = self.chunks, list(self.chunks[j].who), j
        while m > 1 and chunks[m - 1].kind in _LISTING and chunks[m - 2].kind == Kind.NOUN and chunks[m - 2].who:
            m -= 2
            found[:0] = chunks[m].who
        first = chunks[m]
        has_role = first.plural and not first.oblique and first.role is not None and len(found) > 1
        if m == j or not has_role or (m and chunks[m - 1].kind == Kind.PREPOSITION):
            return None
        return Subject(tuple(found), m, "direct", m)

    def _antecedent(self, j: int) -> Subject:
        p = j - 1
        while p >= 0 and _may_stand_between(self.chunks[p]):
            p -= 1
        if p >= 0 and self.chunks[p].kind == Kind.NOUN and (author := self._author_of(p, j)):
            return author
        if p >= 0 and self.chunks[p].kind == Kind.NOUN:
            who, left = self.group(p)
            return Subject(who, p, "direct" if is_cleft(self.chunks, left) else "relative", left)
        return NOBODY

    def _author_of(self, j: int, k: int) -> Subject | None:
        """Return who speaks at `k` in the paper at `j`: whoever wrote or voted it, "adopted a resolution condemning".

        None where there is no paper.
        """
        if j > 1 and self.chunks[j - 1].kind == Kind.PREPOSITION and self._is_paper(j - 2):
            if self.chunks[j].who and self.chunks[j - 1].words[-1] in self.pack.author_prepositions:
                # "a letter from X accusing"
                return Subject(self.chunks[j].who, j, "direct", j)
            # "a letter to the UN accusing": of the letter, not of whoever gets it.
            j -= 2
        if not self._is_paper(j):
            return None
        of = self.chunks[j - 1] if j > 1 else None
        if of is not None and of.words and of.words[-1] in self.pack.possessor_prepositions and self.chunks[j - 2].who:
            # "the adoption by X of a resolution that calls for": told of another, in passing.
            return NOBODY
        for m in reversed(self.verbs):
            if m < j and self.chunks[m].slot & (Slot.FINITE | Slot.GERUND):
                found = self.subject(m)
                rules = [rule for form in self.chunks[m].forms for rule in form.rules]
                is_refused = any(rule.frame is Frame.DENY and not rule.negative for rule in rules)
                if found.via == "relative" or self.chunks[m].negative or self.chunks[m].passive or is_refused:
                    return NOBODY
                return found.found_via("participle") if found.noun >= 0 else NOBODY
        if j == 0 and self.chunks[j].refs and not self.pack.cased:
            # "The French Senate's resolution calling for … is a provocation, Baku said": not in the words of Baku.
            return NOBODY
        return self._of_main_clause(k)

    def speaks_in_paper(self, k: int, following: int) -> bool:
        """Return whether the verb at `following` tells the words of the paper that the one at `k` makes somebody's."""
        found = self.subject(following)
        between = self.chunks[k + 1 : following]
        if found.via != "participle" or any(chunk.kind in _BREAKS or chunk.kind == Kind.COMMA for chunk in between):
            return False
        return any(self._is_paper(m) for m in range(k + 1, following))


def _leads_there(chunk: Chunk) -> bool:
    """Return whether the case of a place says where to, and not where: "вызвали в Москву"."""
    cases = chunk.refs[-1].mention.cases if chunk.refs else ""
    return "a" in cases and "p" not in cases


def _may_stand_between(chunk: Chunk) -> bool:
    """Return whether a chunk may stand between a noun and the relative pronoun that takes it up."""
    return chunk.kind in _SKIPPED or chunk.kind == Kind.COMMA
