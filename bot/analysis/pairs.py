"""Whom "both sides", "the two countries" and "the latter" mean: those that were named before, last of all together."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.bodies import INTERNATIONAL
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.drafts import Draft
from bot.analysis.gazetteer import MentionKind
from bot.analysis.lexemes import MAY_SUM_UP
from bot.analysis.mentions import CAPITAL, DEMONYM
from bot.analysis.pack import Pack
from bot.analysis.reaction_types import CONSULT
from bot.analysis.verb_senses import MEETS

_PAIR: Final = 2
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
_PARTIES: Final = frozenset(
    {MentionKind.NAME, MentionKind.CAPITAL, MentionKind.PERSON, MentionKind.DEMONYM, MentionKind.ORGAN}
)

# How many sentences are looked back over: more than any reader has in mind, and few enough for a text of any length.
_MEMORY: Final = 64


class Pairs:
    """Follows an item's pairs of actors; `opponents` are those that it names who face each other in its matter."""

    def __init__(self, pack: Pack, opponents: Sequence[Sequence[str]] = ()) -> None:
        self._pack = pack
        # "The sides" are those of the conflict, whoever else was last named together.
        self.first_pair = tuple(opponents[0]) if opponents else ()
        self.facing = self.first_pair if len(opponents) == 1 else ()
        self.sides = frozenset().union(*opponents)
        self._pair = self.facing
        # Two that were only named side by side, and are no pair of the sentence's clauses: "Armenian and Azerbaijani".
        self._beside: tuple[str, ...] = ()
        # Who was named last in the sentence before, if a person.
        self._before: tuple[Who, ...] = ()
        # The two who were last told to have met.
        self._met: tuple[str, ...] = ()
        # Whether that was told after any two were named together.
        self._met_last = False
        # Whose monitors were last spoken of.
        self._senders: tuple[str, ...] = ()
        self._parties: deque[tuple[str, ...]] = deque(maxlen=_MEMORY)

    def take_up(self, clauses: Clauses) -> None:
        """Let the phrases of a sentence that stand for several, or for whoever was last, name them."""
        last = persons = self._before
        sums_up = clauses.may & MAY_SUM_UP
        is_each = False
        # A phrase that names nobody can only sum up who was named before.
        for m in range(len(clauses.chunks)) if sums_up else clauses.naming:
            chunk = clauses.chunks[m]
            # "each accused the other", "both X and Y blame the other"
            is_each = is_each or (bool(sums_up) and not self._pack.distributives.isdisjoint(chunk.words))
            if chunk.kind != Kind.NOUN:
                continue
            if sums_up and not self._pack.missions.isdisjoint(chunk.words[-1:]):
                self._name_mission(chunk, last)
            if chunk.who:
                last = chunk.who[-1:]
                persons = last if last[0].person_kind else persons
            elif sums_up and chunk.words in self._pack.latter:
                chunk.who = tuple(who._replace(indirect=True) for who in last)
            if chunk.who or chunk.refs:
                if len(chunk.refs) > 1 or (m and clauses.kinds[m - 1] in _LISTING):
                    together = _together(clauses, m)
                    self._pair, self._met_last = together or self._pair, self._met_last and not together
            elif not sums_up:
                continue
            elif chunk.flags & g.POSSESSIVE and not self._pack.neighbours.isdisjoint(chunk.words[-1:]):
                chunk.who = _named(chunk, self._beside_owner(chunk, last))
            elif self._met and self._talk(clauses, m):
                chunk.who = _named(chunk, self._met)
            elif (sides := self.first_pair or self._pair) and self._means_sides(
                chunk, clauses.chunks[m - 1] if m else chunk
            ):
                if is_each and clauses.kinds[m - 1] == Kind.ADVERB:
                    chunk.start = clauses.chunks[m - 1].start
                chunk.who = _named(chunk, sides)
            elif is_each and chunk.words in self._pack.other_of_two:
                chunk.kind = clauses.kinds[m] = Kind.RECIPROCAL
            elif self.facing and m and self._is_both(chunk, clauses.chunks[m - 1]):
                chunk.who = _named(chunk, self.facing)
            elif count := self._count(chunk, clauses.chunks[m - 1] if m else chunk):
                has_met = count == _PAIR and self._met_last and bool(chunk.head & (g.ROLE | g.HELD))
                chunk.who = _named(chunk, self._met if has_met else self._summed_up(count))
        self._before = persons
        if sums_up:
            clauses.note_naming()

    def note(self, clauses: Clauses) -> None:
        """Remember which actors a sentence names, and which two side by side: "Erevan et Bakou"."""
        chunks = clauses.chunks
        naming = [(m, chunks[m]) for m in clauses.naming if chunks[m].refs]
        codes: dict[str, None] = {}
        for m, chunk in naming:
            for ref in chunk.refs:
                mention = ref.mention
                is_place = mention.kind is CAPITAL and m and chunks[m - 1].kind == Kind.PREPOSITION
                if mention.kind in _PARTIES and not is_place and mention.code != "OTHER":
                    codes[mention.code] = None
        if codes:
            self._parties.append(tuple(codes))
        for _, chunk in naming:
            if len(chunk.refs) == 1:
                continue
            joined = tuple(dict.fromkeys(ref.code for ref in chunk.refs if ref.mention.kind in _PARTIES))
            if len(joined) == _PAIR and "-" in chunk.words:
                # "Pachinian-Aliev"
                self._beside = joined
        for m, one in naming:
            if m + 2 >= len(chunks) or chunks[m + 1].kind != Kind.AND:
                continue
            other = chunks[m + 2]
            if len(one.refs) == 1 and len(other.refs) == 1:
                pair = (one.refs[0].code, other.refs[0].code)
                if pair[0] != pair[1] and {one.refs[0].mention.kind, other.refs[0].mention.kind} <= _PARTIES:
                    self._beside = pair

    def note_meeting(self, drafts: Iterable[Draft]) -> None:
        """Remember which two met: "The sides discussed the border" is then said of these."""
        met = {code for draft in drafts if draft.type is CONSULT for code in (draft.who.code, *draft.targets)}
        if met:
            self._met = tuple(sorted(met)) if len(met) == _PAIR else ()
            self._met_last = bool(self._met)

    def _talk(self, clauses: Clauses, m: int) -> bool:
        """Return whether it is "the sides" that the verb right behind the noun says to have talked."""
        behind = clauses.chunks[m + 1] if m + 1 < len(clauses.chunks) else clauses.chunks[m]
        is_first = not any(kind == Kind.VERB for kind in clauses.kinds[:m])
        is_talk = behind.kind == Kind.VERB and bool(behind.senses & MEETS) and not behind.passive
        return is_first and is_talk and self._means_sides(clauses.chunks[m], clauses.chunks[m - 1] if m else behind)

    def _summed_up(self, count: int) -> tuple[str, ...]:
        """Return whom a number means: the two last named together, or all that were named last, if so many."""
        if count == _PAIR and (together := self._pair or self._beside):
            return together
        found: dict[str, None] = {}
        for codes in reversed(self._parties):
            found.update(dict.fromkeys(codes))
            if len(found) >= count:
                break
        if len(found) == count:
            return tuple(found)
        named = {code for codes in self._parties for code in codes}
        # "both countries", where no other country is named: those of the conflict.
        return self.first_pair if count == _PAIR and named <= INTERNATIONAL | self.sides else ()

    def _name_mission(self, chunk: Chunk, last: tuple[Who, ...]) -> None:
        """Let "the mission" be of whoever sent it, where it was said whose it is: "the EU mission", "its monitors"."""
        own = [ref.code for ref in chunk.refs if ref.code in INTERNATIONAL]
        if chunk.flags & g.POSSESSIVE and not own:
            own = [one.code for one in last if one.code in INTERNATIONAL]
        if own:
            self._senders = (own[-1],)
        is_bare = not chunk.who and not chunk.refs
        if is_bare and (own or (len(chunk.words) == _PAIR and chunk.words[0] in self._pack.pair_words)):
            chunk.who = _named(chunk, self._senders)

    def _beside_owner(self, chunk: Chunk, last: tuple[Who, ...]) -> tuple[str, ...]:
        """Return whom "its neighbour" means: of the sides the other one, and both where a third is spoken of."""
        codes = {one.code for one in last}
        if len(codes) != 1 or len(self.facing) != _PAIR:
            return ()
        others = tuple(code for code in self.facing if code not in codes)
        return others if chunk.plural is (len(others) > 1) else ()

    def _is_both(self, chunk: Chunk, before: Chunk) -> bool:
        """Return whether "the leaders" are those of the two who face each other: "praised the leaders".

        They are if they stand behind a verb, or own something that does not stand first: "on the leaders' talks".
        """
        if len(chunk.words) < _PAIR:
            return False
        is_known = chunk.words[0] in self._pack.pair_words and chunk.words[1] in self._pack.parties
        if not is_known or chunk.words[1] in self._pack.numbers:
            return False
        if len(chunk.words) > _PAIR:
            return chunk.words[2] == "'"
        return before.kind == Kind.VERB and chunk.plural

    def _means_sides(self, chunk: Chunk, before: Chunk) -> bool:
        each = (*before.words, *chunk.words) if before.kind == Kind.ADVERB else chunk.words
        if each in self._pack.each_of_two:
            return True
        return chunk.words[-1] in self._pack.sides and self._pack.sides | self._pack.pair_words >= set(chunk.words)

    def _count(self, chunk: Chunk, before: Chunk) -> int:
        """Return how many a phrase sums up: "the two countries", "both the countries"; 0 where it sums up nobody."""
        if self._pack.parties.isdisjoint(chunk.words):
            return 0
        words = (*before.words, *chunk.words) if before.kind == Kind.ADVERB else chunk.words
        return next((self._pack.numbers[word] for word in words if word in self._pack.numbers), 0)


def _named(chunk: Chunk, codes: Iterable[str]) -> tuple[Who, ...]:
    return tuple(Who(code, None, chunk.role, chunk.start, chunk.end, indirect=True) for code in codes)


def _together(clauses: Clauses, m: int) -> tuple[str, ...]:
    """Return the two actors named together up to the noun at `m`: joined by "and", or by a hyphen."""
    chunk = clauses.chunks[m]
    demonyms = [ref for ref in chunk.refs if ref.mention.kind is DEMONYM] if len(chunk.refs) > 1 else []
    if len(demonyms) == _PAIR and demonyms[0].mention.end_token + 1 == demonyms[1].mention.start_token:
        codes = [ref.code for ref in demonyms]
    elif m and clauses.kinds[m - 1] in _LISTING:
        who, left = clauses.group(m)
        codes = [one.code for one in who] if left < m else []
    else:
        return ()
    return tuple(codes) if len(codes) == _PAIR and len(set(codes)) == _PAIR else ()
