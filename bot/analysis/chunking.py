"""Cutting a sentence into chunks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import SMALL, Chunk, Kind
from bot.analysis.lexemes import (
    ADVERB_PHRASE,
    CONDITION,
    MAY_BE_ADVERB,
    MAY_BE_GUEST,
    MAY_HAVE_ADVERB,
    MAY_HAVE_QUANTITY,
    MAY_HAVE_ROLE,
    MAY_HAVE_ROLE_TAIL,
    NEGATION,
    QUANTITY,
    QUOTED,
    ROLE_TAIL,
)
from bot.analysis.mentions import MentionKind
from bot.analysis.pack import Slot
from bot.analysis.times import Times
from bot.analysis.verb_groups import VERBAL

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_CLAUSE_WORDS: Final = frozenset({Kind.RELATIVE, Kind.THAT})
_CONDITION_BEHIND: Final = frozenset({Kind.COMMA, Kind.NOUN, Kind.QUOTE, Kind.VERB})
_OPENERS: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.QUOTE, Kind.THAT, Kind.VERB})

# What tells of some words that they are none, before they are asked whether they begin a group of verbs.
_BEFORE_VERBS: Final = g.MONTH | g.DETERMINER | g.CLITIC | g.OBLIGED
_BY_FLAG: Final = (
    (g.CONJUNCTION, Kind.AND),
    (g.CONTRAST, Kind.BUT),
    (g.CONDITIONAL, Kind.CONDITIONAL),
    (g.SUBORDINATOR, Kind.SUBORDINATOR),
    (g.INFINITIVE_MARK, Kind.PREPOSITION),
)
# What several words are read as; "des milliers de" counts as a determiner.
_READ_AS: Final = {ADVERB_PHRASE: g.ADVERB, QUANTITY: g.DETERMINER, NEGATION: g.NEGATOR, CONDITION: g.CONDITIONAL}
# What "is" may be joined to: "he's".
_CONTRACTED: Final = g.PRONOUN | g.FIRST_PERSON | g.RELATIVE | g.COMPLEMENTIZER
_JOINED_NOUN: Final = [Kind.AND, Kind.NOUN]
_ANY_OF_THESE: Final = g.CONJUNCTION | g.CONTRAST | g.CONDITIONAL | g.SUBORDINATOR | g.INFINITIVE_MARK


class Chunker(Times):
    """Cuts one stretch of a sentence into chunks."""

    def chunks(self, seq: Sequence[int]) -> list[Chunk]:
        """Return the chunks of the tokens with these indices; a negative one stands for quotation `-index - 1`."""
        self._seq = indices = self._uninverted(seq) if self._pack.inversions else list(seq)
        self._first = -1
        if isinstance(seq, range) and (not self._pack.inversions or indices == list(seq)):
            self._first = seq.start
            self._norms = self._words.norms[seq.start : seq.stop]
            self._known = self._words.lexemes[seq.start : seq.stop]
        else:
            every_norm, lexemes = self._words.norms, self._words.lexemes
            self._norms = tuple([every_norm[i] if i >= 0 else "" for i in indices])
            self._known = [lexemes[i] if i >= 0 else QUOTED for i in indices]
        norms, known = self._norms, self._known
        self._flags = flags = [lexeme.flags for lexeme in known]
        self._is_plain = self._plain_words(indices)
        every = may = 0
        for lexeme in known:
            every |= lexeme.flags
            may |= lexeme.may
        self.may = may | (MAY_HAVE_ROLE if every & g.ROLE else 0) | (MAY_BE_GUEST if every & g.GUEST else 0)
        if may & MAY_BE_ADVERB:
            self._mark_adverbs_by_ending()
        if every & g.POSSESSIVE_MARK and every & _CONTRACTED:
            for p in range(1, len(norms)):
                if flags[p] & g.POSSESSIVE_MARK and norms[p] in self._pack.contractions and flags[p - 1] & _CONTRACTED:
                    flags[p] = g.BE
        if every & g.PAST_TIME:
            for p, flag in enumerate(flags):
                if flag & g.PAST_TIME:
                    self._mark_past(p)
        if every & g.SUBORDINATOR and every & (g.HAVE | g.PREPOSITION) and not self._cased:
            self._mark_since()
        if every & g.INFINITIVE_MARK and not self._pack.needs.isdisjoint(norms):
            self._mark_needs()
        if may & (MAY_HAVE_ROLE_TAIL | MAY_HAVE_ADVERB | MAY_HAVE_QUANTITY):
            self._mark_phrases()
        self._chunks = []
        self._matched = {}
        self._has_time, self._has_adverb, self._has_hyphen = False, False, "-" in norms
        self._alone = (-1, 0)
        p, end, step, noun, chunks = 0, len(norms), self._step, self._noun, self._chunks
        mentions, is_plain = self._mentions, self._is_plain
        while p < end:
            lexeme = known[p]
            kind = lexeme.kind
            if kind >= 0 and indices[p] not in mentions:
                # One word that is a chunk wherever it stands, unless a preposition leads to a date.
                dated = self._dated(p) if kind == Kind.PREPOSITION else 0
                if not dated:
                    index = indices[p]
                    chunks.append(Chunk(kind, index, index + 1, norms[p : p + 1], flags[p]))
                p = dated or p + 1
            elif is_plain[p] or (flags[p] == g.DETERMINER and is_plain[p + 1] and indices[p] not in mentions):
                # Most phrases are of common nouns that a word ends which is a chunk by itself, and need no closer look.
                q = is_plain.index(False, p + 1)
                is_ended = q == end or (known[q].kind >= 0 and indices[q] not in mentions)
                p = self._common_noun(p, q) if is_ended else noun(p)
            elif lexeme.begins_noun or indices[p] in mentions:
                p = self._time(p) if every & g.MONTH and self._begins_date(p) else noun(p)
            else:
                p = step(p)
        found = _without_commas_around_time(self._chunks) if self._has_time else self._chunks
        if self._cased:
            return _without_commas_before_clauses(found)
        return self._without_joined_adverbs(found) if self._has_adverb and every & g.CONJUNCTION else found

    def _plain_words(self, indices: Sequence[int]) -> list[bool]:
        """Return which words stand in noun phrases and do nothing else, and begin no name; false behind the last."""
        found = [lexeme.is_noun for lexeme in self._known]
        if self._first >= 0:
            begin = bisect_left(self._starts, self._first)
            for start in self._starts[begin : bisect_left(self._starts, self._first + len(found), begin)]:
                found[start - self._first] = False
        else:
            mentions = self._mentions
            for p, index in enumerate(indices):
                if index in mentions:
                    found[p] = False
        found.append(False)
        return found

    def _without_joined_adverbs(self, chunks: list[Chunk]) -> list[Chunk]:
        """Return the chunks with "immediately and unconditionally withdraw" read as one group of a verb."""
        found: list[Chunk] = []
        for chunk in chunks:
            is_led = chunk.kind == Kind.VERB and self._flags[self._position(chunk.start)] & g.ADVERB
            if is_led and [one.kind for one in found[-2:]] == [Kind.ADVERB, Kind.AND]:
                found[-2:] = []
            found.append(chunk)
        return found

    def _uninverted(self, seq: Sequence[int]) -> list[int]:
        """Return the tokens with "a-t-il" read as "il a"."""
        norms = [self._words.norms[i] if i >= 0 else "" for i in seq]
        if "-" not in norms:
            return list(seq)
        found: list[int] = []
        p = 0
        while p < len(seq):
            q = p + 1
            if q < len(seq) and norms[q] == "-":
                q += 1
                if norms[q] in self._pack.inversion_links and norms[q + 1 : q + 2] == ["-"]:
                    q += 2
                if q < len(seq) and norms[q] in self._pack.inversions:
                    found += [seq[q], seq[p]]
                    p = q + 1
                    continue
            found.append(seq[p])
            p += 1
        return found

    def _mark_adverbs_by_ending(self) -> None:
        """Let a word that the pack does not know be an adverb where it ends as one, and is no name."""
        flags = self._flags
        for p, lexeme in enumerate(self._known):
            if (
                lexeme.may & MAY_BE_ADVERB
                and (self._tokens[self._seq[p]].text[0].islower() or self._leads_clause(p))
                # "son déplacement" is a noun, whatever it ends in.
                and not (p and self._pack.endings_tell and flags[p - 1] & (g.DETERMINER | g.POSSESSIVE))
            ):
                flags[p] = g.ADVERB

    def _leads_clause(self, p: int) -> bool:
        """Return whether a capitalised word begins the sentence, and a gerund follows: "Strongly condemning"."""
        return p == 0 and len(self._known) > 1 and bool(self._known[1].slots & Slot.GERUND)

    def _mark_phrases(self) -> None:
        """Let several words be one: an adverb, a determiner, or what goes on after a role."""
        norms, found = self._norms, []
        for p, lexeme in enumerate(self._known):
            for becomes, order, words in lexeme.phrases:
                start = p - words.index(norms[p])
                if start >= 0 and norms[start : start + len(words)] == words:
                    found.append((becomes, order, start, len(words)))
        for becomes, _, start, length in sorted(found):
            if becomes == ROLE_TAIL:
                self._mark_role_tail(start, start + length)
                continue
            for q in range(start, start + length):
                self._reread(q, _READ_AS[becomes])

    def _reread(self, p: int, flag: int) -> None:
        """Let a word have this flag, and nothing else that it is elsewhere."""
        self._flags[p], self._known[p], self._is_plain[p] = flag, self._known[p].without_senses(), False

    def _mark_past(self, p: int) -> None:
        """Let "last" and "ago" beside a time tell the time, whatever else they may be."""
        flags = self._flags
        if flags[p] & g.PREPOSITION:
            return
        first = end = p
        while first > 0 and (flags[first - 1] & (g.TIME | g.DETERMINER) or self._norms[first - 1].isdigit()):
            first -= 1
        while end + 1 < len(flags) and flags[end + 1] & g.TIME:
            end += 1
        timely = any(flags[q] & g.TIME for q in range(first, end + 1))
        if not timely:
            return
        if end + 1 < len(flags) and flags[end + 1] & g.POSSESSIVE_MARK:
            # "last month's attack": the attack is past, not what is said of it.
            self._reread(p, g.DETERMINER)
            return
        for q in range(first if first < p and flags[p - 1] & g.TIME else p, p + 1):
            self._reread(q, g.TIME | g.PAST_TIME)

    def _mark_since(self) -> None:
        """Let "since" in a perfect be an adverb ("has since rejected"), and "because of" lead to no clause."""
        flags = self._flags
        for p in range(1, len(flags) - 1):
            if flags[p] & g.SUBORDINATOR and flags[p - 1] & g.HAVE and self._known[p + 1].slots & Slot.PARTICIPLE:
                self._reread(p, g.ADVERB)
            elif flags[p] & g.SUBORDINATOR and self._norms[p + 1] in self._pack.possessor_prepositions:
                # "because of the raid": no clause follows.
                self._reread(p, g.PREPOSITION)

    def _mark_needs(self) -> None:
        """Let "needs" before an infinitive be "must": "the fighting needs to end", but not "the need to end it"."""
        for p in range(1, len(self._norms) - 2):
            if self._norms[p] not in self._pack.needs or not self._flags[p + 1] & g.INFINITIVE_MARK:
                continue
            before = self._flags[p - 1]
            is_subject = self._pack.is_plural(self._norms[p - 1]) or before & (g.PRONOUN | g.FIRST_PERSON | g.PLURAL)
            is_subject = is_subject or not self._known[p].slots & Slot.PLURAL
            if is_subject and not before & (g.DETERMINER | g.POSSESSIVE) and self._infinitive_follows(p + 1):
                self._reread(p, g.OBLIGED)
                self._reread(p + 1, g.ADVERB)

    def _mark_role_tail(self, start: int, end: int) -> None:
        """Let what goes on after a role count as a role: "des affaires étrangères" after "ministre"."""
        if any(self._flags[q] & g.ROLE for q in range(max(0, start - 3), start)):
            for q in range(start, end):
                self._become_role(q)

    def _step(self, p: int) -> int:
        """Read what begins at a word that need not begin a noun phrase."""
        index, lexeme = self._seq[p], self._known[p]
        norm, flags = self._norms[p], self._flags[p]
        if index < 0:
            chunk = Chunk(Kind.QUOTE, -1, -1)
            chunk.quote = -index - 1
            self._chunks.append(chunk)
            return p + 1
        if lexeme.ends_phrase and norm in SMALL:
            return self._add(SMALL[norm], p, p + 1)
        if not flags and not lexeme.forms and not lexeme.begins_reciprocal:
            return self._noun(p)
        if flags & _BEFORE_VERBS:
            if (flags & g.MONTH and self._is_date(p)) or (flags & g.DETERMINER and self._begins_date(p)):
                return self._time(p)
            if (flags & g.CLITIC and self._is_if(p)) or (flags & g.OBLIGED and self._opens_condition(p)):
                return self._add(Kind.CONDITIONAL, p, p + 1)
        if (lexeme.forms or flags & VERBAL) and (end := self._verb_group(p)) is not None:
            return end
        if flags & g.RECIPROCAL or (lexeme.begins_reciprocal and self._is_reciprocal(p)):
            return self._add(Kind.RECIPROCAL, p, p + (1 if flags & g.RECIPROCAL else self._is_reciprocal(p)))
        if flags & g.FIRST_PERSON or flags & g.PRONOUN:
            return self._add(Kind.PRONOUN, p, p + 1)
        if flags & g.POSSESSIVE and self._cased and self._is_asked(p):
            # "призвав их немедленно остановить": no owner, for a verb follows and no noun.
            end = self._add(Kind.PRONOUN, p, p + 1)
            self._chunks[-1].flags |= g.OBJECT
            return end
        if flags & g.COMPLEMENTIZER and self._is_complementizer():
            return self._add(Kind.THAT, p, self._behind_comment(p + 1))
        if flags & g.RELATIVE:
            return self._add(Kind.RELATIVE, p, p + 1)
        if flags & g.TIME and not self._is_in_noun(p):
            return self._time(p)
        if flags & g.PREPOSITION and flags & g.DETERMINER and self._begins_object():
            return self._noun(p)
        if flags & g.PREPOSITION:
            return self._dated(p) or self._alone_as(Kind.PREPOSITION, p)
        if flags & _ANY_OF_THESE:
            for flag, kind in _BY_FLAG:
                if flags & flag:
                    return self._add(kind, p, p + 1)
        if flags & g.ADVERB and not self._is_before_noun() and not self._counts(p) and not self._halves(p):
            self._has_adverb = True
            return self._add(Kind.ADVERB, p, p + 1)
        return self._noun(p)

    def _behind_comment(self, p: int) -> int:
        """Return where a clause goes on behind a word that comments on it between commas: "that, sadly, war goes on"."""
        norms = self._norms
        is_between = p + 2 < len(norms) and norms[p] == norms[p + 2] == ","
        return p + 3 if is_between and self._flags[p + 1] & g.ADVERB else p

    def _is_if(self, p: int) -> bool:
        """Return whether a word is "if" by the one behind it: "s'il", though "s'" alone is "himself"."""
        pair = self._pack.words.get(f"{self._norms[p]} {self._norms[p + 1]}") if p + 1 < len(self._norms) else None
        return pair is not None and bool(pair.flags & g.CONDITIONAL)

    def _opens_condition(self, p: int) -> bool:
        """Return whether a subject stands behind "should", and it is "if": "should Baku attack, Paris will act"."""
        if self._cased or not self._pack.adjectives_first or p + 1 >= len(self._seq):
            return False
        if self._chunks and self._chunks[-1].kind not in _CONDITION_BEHIND:
            return False
        return self._seq[p + 1] in self._mentions or bool(
            self._flags[p + 1] & (g.DETERMINER | g.POSSESSIVE | g.PRONOUN)
        )

    def _begins_object(self) -> bool:
        """Return whether a word that may be an article is one: after a verb, or where a clause begins."""
        return not self._chunks or self._chunks[-1].kind in _OPENERS

    def _is_asked(self, p: int) -> bool:
        """Return whether the verb behind a possessive is an infinitive, and before it stands another verb."""
        if not self._chunks or self._chunks[-1].kind != Kind.VERB:
            return False
        q = p + 1
        mention = self._mentions.get(self._seq[q]) if q < len(self._seq) else None
        if mention is not None and mention.kind is MentionKind.PERSON:
            # "поблагодарил его Алиев"
            return True
        while q < len(self._seq) and self._flags[q] & g.ADVERB:
            q += 1
        return q < len(self._seq) and bool(self._known[q].slots & Slot.INFINITIVE)

    def _is_complementizer(self) -> bool:
        """Return whether "that" begins a clause, rather than point at the noun after it."""
        return not self._chunks or self._chunks[-1].kind != Kind.PREPOSITION

    def _is_before_noun(self) -> bool:
        """Return whether an adverb belongs to the adjective of a noun phrase: "newly formed government"."""
        return bool(self._chunks) and self._chunks[-1].kind == Kind.PREPOSITION

    def _halves(self, p: int) -> bool:
        """Return whether a word is the first half of one that describes a thing: "a long-range missile"."""
        behind = self._norms[p + 1 : p + 3]
        return not self._cased and len(behind) > 1 and behind[0] == "-" and behind[1] in self._pack.halves


def _without_commas_around_time(chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks with "set up, on July 11, a blockade" read as if the date had no commas."""
    found: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        if (
            chunk.kind == Kind.COMMA
            and found
            and 0 < index < len(chunks) - 1
            and (
                (
                    chunks[index + 1].kind == Kind.TIME
                    and index + 2 < len(chunks)
                    and chunks[index + 2].kind == Kind.COMMA
                )
                or (found[-1].kind == Kind.TIME and index > 1 and chunks[index - 2].kind == Kind.COMMA)
            )
        ):
            continue
        found.append(chunk)
    return found


def _without_commas_before_clauses(chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks without the commas that only mark where a clause begins."""
    return [
        chunk
        for index, chunk in enumerate(chunks)
        if not (chunk.kind == Kind.COMMA and index + 1 < len(chunks) and chunks[index + 1].kind in _CLAUSE_WORDS)
        # "ЕС, а также ООН": one list.
        and not (chunk.kind == Kind.BUT and [one.kind for one in chunks[index + 1 : index + 3]] == _JOINED_NOUN)
    ]
