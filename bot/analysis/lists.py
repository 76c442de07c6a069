"""The phrases of a stretch, and who are listed together in them: "France, Germany and Italy"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.analysis import flags as g
from bot.analysis import kinds as kinds_of
from bot.analysis.apposed import without_members
from bot.analysis.chunks import Chunk, Kind, Ref, Who
from bot.analysis.joining import with_joined
from bot.analysis.lexemes import MAY_BE_GUEST, MAY_BE_JOINED, MAY_HAVE_ROLE
from bot.analysis.mentions import DEMONYM, MentionKind
from bot.analysis.merging import leave_clause, with_appositions, with_roles, without_interruptions
from bot.analysis.pack import Pack, Slot
from bot.analysis.sides import speaks_for_territory
from bot.analysis.verb_senses import says, speaks

_NAMES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
# Bodies by whose name a headline tells where something happens: "G7, China summons envoy".
_OCCASIONS: Final = frozenset({"EU", "G7", "NATO", "OSCE", "UN", "UNSC"})
_TWO: Final = 2
_JOINABLE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.ADVERB, Kind.TIME, Kind.RECIPROCAL})
_OPENERS: Final = frozenset({Kind.PREPOSITION, Kind.SUBORDINATOR})
_PHRASE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.ADVERB, Kind.TIME})
_MODAL: Final = g.POSSIBLE | g.OBLIGED | g.FUTURE


def _with_phrases(chunks: list[Chunk], pack: Pack, may: int) -> list[Chunk]:
    """Return the chunks with those joined that make a phrase together; few sentences have what each joining needs."""
    kinds = [chunk.kind for chunk in chunks]
    if Kind.SUBORDINATOR in kinds:
        for m in kinds_of.places(kinds, Kind.SUBORDINATOR):
            leave_clause(chunks, m)
    if may & (MAY_HAVE_ROLE | MAY_BE_GUEST):
        chunks = with_roles(chunks, pack, may)
    if may & MAY_BE_JOINED and pack.joiners:
        chunks = with_joined(chunks, pack.joiners)
    if Kind.COMMA not in kinds:
        return chunks
    if not pack.cased:
        chunks = without_members(chunks, pack) if pack.adjectives_first else without_interruptions(chunks, pack)
    return with_appositions(chunks, may)


class Lists:
    """The chunks of one stretch of text, with the phrases that chunks make together, and who are listed in them.

    `kinds` are those of the chunks; `naming` are the places of those that name an actor;
    `may` is what the words may be (see `Lexeme.may`), all where that is not known.
    """

    def __init__(self, chunks: Sequence[Chunk], pack: Pack, *, headline: bool, may: int = -1) -> None:
        self.pack = pack
        self.headline = headline
        self.may = may
        self.chunks = _with_phrases(list(chunks), pack, may)
        self.kinds = [chunk.kind for chunk in self.chunks]
        self.verbs = kinds_of.places(self.kinds, Kind.VERB)
        self.has_relative = Kind.RELATIVE in self.kinds or Kind.THAT in self.kinds
        if Kind.AND in self.kinds:
            self._share_nouns()
            if not pack.adjectives_first:
                _share_roles(self.chunks)
        if Kind.AND in self.kinds or Kind.COMMA in self.kinds:
            self._mark_joined_infinitives()
            if pack.adjectives_first:
                _share_following_roles(self.chunks)
        self.naming: list[int] = []
        self.note_naming()

    def note_naming(self) -> None:
        """Note which chunks name an actor."""
        self.naming = [m for m, chunk in enumerate(self.chunks) if chunk.refs or chunk.who]

    def verbs_in(self, start: int, end: int) -> list[int]:
        """Return the verbs between two chunks."""
        return self.verbs[bisect_left(self.verbs, start) : bisect_left(self.verbs, end)]

    def _share_nouns(self) -> None:
        """Let "les troupes américaines et arméniennes" name two armies."""
        for m in kinds_of.places(self.kinds, Kind.AND):
            j = m + 1
            if 1 < j < len(self.chunks) and self.kinds[j] == Kind.NOUN and not self.chunks[j].who:
                self.chunks[j].who = tuple(_shared_noun(self.chunks, j))

    def _mark_joined_infinitives(self) -> None:
        """Let "agreed to disarm and discuss", "should stop and say" have two infinitives: the mark is said once."""
        may_list = not self.headline and not self.pack.cased and Kind.COMMA in self.kinds
        for before, k in pairwise(self.verbs):
            verb, first = self.chunks[k], self.chunks[before]
            if may_list and self._goes_on_by_comma(before, k):
                # "to stop the attack, withdraw its troops, and release"
                verb.flags |= g.INFINITIVE_MARK
                verb.slot = Slot.INFINITIVE
                continue
            if (
                self.kinds[k - 1] != Kind.AND
                or not verb.forms
                or verb.flags
                or verb.words[0] != verb.lemma.split()[0]
                or any(self.kinds[m] not in _JOINABLE for m in range(before + 1, k - 1))
            ):
                continue
            if first.flags & g.INFINITIVE_MARK and any(form.slots & Slot.INFINITIVE for form in verb.forms):
                verb.flags |= g.INFINITIVE_MARK
                verb.slot = Slot.INFINITIVE
            elif not self.pack.cased and first.flags & _MODAL and first.slot & Slot.FINITE:
                verb.flags |= first.flags & _MODAL

    def _goes_on_by_comma(self, before: int, k: int) -> bool:
        """Return whether the verb at `k` is one more of a list of infinitives, behind a comma in running text."""
        verb, first = self.chunks[k], self.chunks[before]
        comma = k - 2 if self.kinds[k - 1] == Kind.AND else k - 1
        if comma <= before or self.kinds[comma] != Kind.COMMA:
            return False
        if (
            not first.flags & g.INFINITIVE_MARK
            or not verb.forms
            or verb.flags
            or verb.words[0] != verb.lemma.split()[0]
        ):
            return False
        if any(self.kinds[m] not in _JOINABLE and self.kinds[m] != Kind.AND for m in range(before + 1, comma)):
            return False
        return any(form.slots & Slot.INFINITIVE for form in verb.forms)

    def listed(self, noun: int) -> tuple[tuple[Who, ...], int]:
        """Return all that are listed together from the noun on: "осудили Франция и США"."""
        chunks, found, m = self.chunks, list(self.chunks[noun].who), noun
        while (
            m + 2 < len(chunks)
            and chunks[m + 1].kind in _LISTING
            and chunks[m + 2].kind == Kind.NOUN
            and chunks[m + 2].who
            and (chunks[m + 2].oblique is chunks[noun].oblique or (chunks[noun].does and not chunks[m + 2].leads))
            and not (m + 3 < len(chunks) and chunks[m + 3].kind == Kind.VERB)
        ):
            m += 2
            found += chunks[m].who
        return tuple(found), m

    def _is_object_between(self, j: int) -> bool:
        """Return whether the noun at `j` stands between a subject and its verb: a name without a preposition leads."""
        chunks = self.chunks
        if (
            not self.pack.cased
            or j < 1
            or chunks[j].kind != Kind.NOUN
            or chunks[j].bare
            or chunks[j].crowd
            or chunks[j - 1].kind != Kind.NOUN
        ):
            return False
        before = chunks[j - 1]
        is_governed = j > 1 and chunks[j - 2].kind == Kind.PREPOSITION
        return bool(before.who) and not before.oblique and not is_governed

    def group(self, j: int, *, before_verb: bool = False) -> tuple[tuple[Who, ...], int]:
        """Return all that are listed together up to the noun at `j`, and where the list begins."""
        chunks = self.chunks
        found = list(chunks[j].who)
        left, joined = j, False
        while left > 0:
            p = left - 1
            by_and = chunks[p].kind == Kind.AND
            if by_and and p > 0 and chunks[p - 1].kind == Kind.COMMA:
                p -= 1
            if not by_and and chunks[p].kind != Kind.COMMA:
                break
            q = p - 1
            if q < 0 or chunks[q].kind != Kind.NOUN or not (chunks[q].who or chunks[q].refs):
                break
            before = chunks[q - 1].kind if q else None
            if not by_and and not joined and (before == Kind.PREPOSITION or not (self.headline or len(found) == 0)):
                break
            if (
                not by_and
                and not joined
                and not (before is None or before in {Kind.COLON, Kind.DASH, Kind.COMMA, Kind.SUBORDINATOR, Kind.AND})
            ):
                break
            if not by_and and before_verb and before == Kind.AND and not joined and self.pack.adjectives_first:
                # "Clashes between X and Y, Z asks for help": the list ended before the comma.
                break
            if not by_and and before_verb and not joined and left == j and self._is_of_one(q, j + 1):
                # "G7, China summons envoy": one alone summons, and what it is about was named first.
                break
            if by_and and before_verb and before == Kind.VERB and not says(chunks[q - 1]):
                break
            if by_and and before_verb and before == Kind.PREPOSITION and not joined and self._is_in_object(q):
                break
            if not by_and and before_verb and before == Kind.PREPOSITION and self._opens_sentence(q):
                # "With the help of Peru, Belize and Fiji agreed": the phrase that opens the sentence is no subject.
                break
            if not by_and and before_verb and found and before == Kind.PREPOSITION and not chunks[q].who:
                # "over the war, Peru and Belize recall": what the preposition governs ended at the comma.
                break
            if before_verb and by_and and not found and self._qualifies(q, j):
                # "Armenia and Azerbaijan border violence": whose it is, and not who does anything.
                return (), q
            listed = chunks[q].who or _shared_role(chunks[q], chunks[j])
            if before_verb and not found and by_and:
                # "Baku and Karabakh agree": who acts beside a state acts as one.
                found += speaks_for_territory(chunks, j, self.pack)
            found[:0] = [who for who in listed if all(who.code != other.code or who.speaker for other in found)]
            left, joined = q, joined or by_and
        return tuple(found), left

    def _is_of_one(self, q: int, k: int) -> bool:
        """Return whether a body at `q` is no subject of the verb at `k`, as its form is for only one: "summons"."""
        if self.pack.cased or not self.headline or k >= len(self.chunks) or self.kinds[k] != Kind.VERB:
            return False
        if not {who.code for who in self.chunks[q].who} <= _OCCASIONS:
            return False
        forms = self.chunks[k].forms
        others = Slot.PLURAL | Slot.PAST | Slot.INFINITIVE | Slot.PARTICIPLE
        return bool(forms) and all(form.slots & Slot.FINITE and not form.slots & others for form in forms)

    def _qualifies(self, q: int, j: int) -> bool:
        """Return whether two names together tell whose the thing at `j` is."""
        name, thing = self.chunks[q], self.chunks[j]
        if self.pack.cased or not self.pack.adjectives_first or len(thing.refs) != 1 or not name.refs:
            return False
        ref = thing.refs[0]
        if ref.owns or ref.mention.start_token != thing.start or ref.mention.end_token == thing.end:
            return False
        return ref.mention.kind in _NAMES and name.refs[0].mention.end_token == name.end and len(name.refs) == 1

    def _is_in_object(self, q: int) -> bool:
        """Return whether the noun at `q` belongs to the object of a deed: "shelled the region of X and Y accused it"."""
        m = q - 2
        while m > 1 and self.kinds[m] == Kind.NOUN and self.kinds[m - 1] == Kind.PREPOSITION:
            m -= 2
        if self.pack.cased or m < 1 or self.kinds[m] != Kind.NOUN or self.kinds[m - 1] != Kind.VERB:
            return False
        verb = self.chunks[m - 1]
        return bool(verb.slot & Slot.FINITE) and not speaks(verb)

    def _opens_sentence(self, q: int) -> bool:
        """Return whether all up to the noun at `q` is one prepositional phrase, which no subject is in."""
        return self.kinds[0] in _OPENERS and all(
            kind in _PHRASE or (kind == Kind.VERB and (self._is_by_agent(m) or self._is_of_opener(m)))
            for m, kind in enumerate(self.kinds[1:q], 1)
        )

    def _is_of_opener(self, m: int) -> bool:
        """Return whether the verb at `m` goes with the preposition that opens the sentence: "En lançant X, Y et Z"."""
        return m == 1 and self.chunks[1].slot == Slot.GERUND and self.chunks[0].kind == Kind.PREPOSITION

    def _is_by_agent(self, m: int) -> bool:
        """Return whether the verb at `m` is a participle with its agent: "at talks hosted by X"."""
        after = self.chunks[m + 1] if m + 1 < len(self.chunks) else self.chunks[m]
        return (
            bool(self.chunks[m].slot & Slot.PARTICIPLE)
            and after.kind == Kind.PREPOSITION
            and after.words[-1] in self.pack.agent_prepositions
        )

    def _is_paper(self, j: int) -> bool:
        noun = self.chunks[j]
        if noun.kind != Kind.NOUN or noun.who or not noun.words:
            return False
        words = noun.words[-1:] if self.pack.adjectives_first else noun.words
        return not self.pack.papers.isdisjoint(words)


def _shared_role(chunk: Chunk, last: Chunk) -> tuple[Who, ...]:
    """Return whom "Armenian" in "Armenian and Azerbaijani leaders" stands for."""
    if not last.who or last.who[0].role is None or not chunk.refs or last.who[0].code == "OTHER":
        return ()
    ref: Ref = chunk.refs[-1]
    if ref.mention.kind is DEMONYM and ref.mention.end_token == chunk.end:
        return (Who(ref.code, None, last.who[0].role, chunk.start, chunk.end),)
    return ()


def _shared_noun(chunks: Sequence[Chunk], j: int) -> list[Who]:
    """Return whom "arméniennes" in "les troupes américaines et arméniennes" stands for; "and" stands before it."""
    if len(chunks[j].refs) != 1 or not chunks[j - 2].who:
        return []
    ref: Ref = chunks[j].refs[0]
    noun = chunks[j - 2]
    alone = ref.mention.start_token == chunks[j].start and ref.mention.end_token == chunks[j].end
    if (
        ref.mention.kind is DEMONYM
        and alone
        and noun.who[0].role is not None
        and noun.refs
        and noun.refs[-1].mention.kind is DEMONYM
    ):
        return [Who(ref.code, None, noun.who[0].role, chunks[j].start, chunks[j].end)]
    return []


def _share_roles(chunks: Sequence[Chunk]) -> None:
    """Let "les présidents russe, français et américain" name all three: the role is said once."""
    for m, chunk in enumerate(chunks):
        if chunk.kind != Kind.NOUN or not chunk.plural or not chunk.who or chunk.who[0].role is None:
            continue
        if chunk.who[0].code == "OTHER":
            # "les anciens présidents": they speak for none of them.
            continue
        of = chunk.refs[-1] if chunk.refs else None
        if of is None or of.mention.kind is not DEMONYM:
            continue
        listed = []
        n = m + 1
        while n + 1 < len(chunks) and chunks[n].kind in _LISTING and _is_demonym(chunks[n + 1]):
            listed.append(chunks[n + 1])
            n += 2
        if len(listed) < _TWO or chunks[n - 2].kind != Kind.AND:
            continue
        for one in listed:
            one.who = (Who(one.refs[0].code, None, chunk.who[0].role, one.start, one.end),)


def _share_following_roles(chunks: Sequence[Chunk]) -> None:
    """Let "with Armenian and Azerbaijani leaders" name both: the role is said once, behind the last of them."""
    for m, chunk in enumerate(chunks):
        if not chunk.who or chunk.kind != Kind.NOUN or not chunk.plural or chunk.who[0].role is None:
            continue
        if chunk.who[0].code == "OTHER":
            # "by Peruvian and Chilean former diplomats": they speak for neither.
            continue
        n = m - 1
        while n > 0 and chunks[n].kind in _LISTING and _is_demonym(chunks[n - 1]):
            one = chunks[n - 1]
            one.who = (Who(one.refs[0].code, None, chunk.who[0].role, one.start, one.end),)
            n -= 2


def _is_demonym(chunk: Chunk) -> bool:
    """Return whether a chunk is nothing but an adjective of nationality."""
    if chunk.kind != Kind.NOUN or chunk.who or len(chunk.refs) != 1:
        return False
    mention = chunk.refs[0].mention
    return mention.kind is DEMONYM and (mention.start_token, mention.end_token) == (chunk.start, chunk.end)
