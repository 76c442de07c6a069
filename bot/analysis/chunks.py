"""Chunks: noun phrases, groups of verbs and the small words between them, from the tokens of one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from bot.analysis import pack as g
from bot.analysis.gazetteer import ActorMention, MentionKind
from bot.analysis.pack import Form, Frame, Pack, Slot, Word
from bot.analysis.text import Token
from bot.domain.reactions import COLLECTIVE_ACTORS


class Kind(IntEnum):
    """What a chunk is."""

    NOUN = 0
    VERB = 1
    PREPOSITION = 2
    AND = 3
    BUT = 4
    COMMA = 5
    SUBORDINATOR = 6
    CONDITIONAL = 7
    THAT = 8
    RELATIVE = 9
    PRONOUN = 10
    TIME = 11
    QUOTE = 12
    COLON = 13
    DASH = 14
    ADVERB = 15
    RECIPROCAL = 16
    OTHER = 17


class Who(NamedTuple):
    """An actor as a noun phrase names it.

    `speaker` is a person's name, `role` the title words; `indirect` tells that another sentence had to be asked.
    """

    code: str
    speaker: str | None = None
    role: str | None = None
    start: int = 0
    end: int = 0
    indirect: bool = False
    person_kind: bool = False


class Ref(NamedTuple):
    """A mention inside a noun phrase; `owns` tells that it possesses what follows."""

    mention: ActorMention
    owns: bool

    @property
    def code(self) -> str:
        """Return the actor's code."""
        return self.mention.code


class Chunk:
    """One chunk: `start` and `end` are tokens of the item, `words` the norms in it.

    Mutable while a sentence is read, and never seen outside. What most chunks do not have is a default of the class:
    a chunk is made for every other word.
    """

    flags = 0
    # Noun phrases. `head` holds the flags of the last word; `oblique` tells a case that is no subject's.
    head = 0
    refs: tuple[Ref, ...] = ()
    who: tuple[Who, ...] = ()
    bare = False
    plural = False
    possessed = False
    oblique = False
    name: str | None = None
    role: str | None = None
    # Groups of verbs.
    forms: tuple[Form, ...] = ()
    slot = 0
    negative = False
    passive = False
    # Quotations.
    quote = -1

    def __init__(self, kind: Kind, start: int, end: int, words: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.words = words

    @property
    def crowd(self) -> bool:
        """Return whether it is about a crowd."""
        return bool(self.head & g.CROWD)

    @property
    def throng(self) -> bool:
        """Return whether it is a crowd by number alone."""
        return bool(self.head & g.THRONG)

    @property
    def force(self) -> bool:
        """Return whether it is about troops or arms."""
        return bool(self.head & g.FORCE)

    @property
    def court(self) -> bool:
        """Return whether it is about a court or police."""
        return bool(self.head & g.COURT)

    @property
    def guest(self) -> bool:
        """Return whether it is about an embassy or envoy."""
        return bool(self.head & g.GUEST)

    @property
    def held(self) -> bool:
        """Return whether it is a role that can be taken up by itself."""
        return bool(self.head & g.HELD)

    @property
    def group(self) -> bool:
        """Return whether it is about somebody who speaks and is nobody on the list."""
        return bool(self.head & g.GROUP)

    @property
    def lemma(self) -> str:
        """Return the verb's lemma, of its longest reading."""
        return self.forms[0].lemma if self.forms else ""

    def __repr__(self) -> str:
        return f"{self.kind.name}{list(self.words)}{[w.code for w in self.who] or ''}"


_PEOPLES: Final = frozenset({MentionKind.DEMONYM, MentionKind.PEOPLE})
_AUXILIARY: Final = g.BE | g.HAVE | g.DO | g.FUTURE | g.POSSIBLE | g.OBLIGED
_SMALL: Final = {
    "(": Kind.OTHER,
    ")": Kind.OTHER,
    "[": Kind.OTHER,
    "]": Kind.OTHER,
    ",": Kind.COMMA,
    ";": Kind.BUT,
    ":": Kind.COLON,
    "—": Kind.DASH,
    "|": Kind.DASH,
    "...": Kind.OTHER,
    "?": Kind.OTHER,
    "!": Kind.OTHER,
    ".": Kind.OTHER,
    "/": Kind.AND,
    "،": Kind.COMMA,
    "՝": Kind.COMMA,
}
# A word with none of these, and that is no verb, begins no group of verbs.
_VERBAL: Final = _AUXILIARY | g.NEGATOR | g.INFINITIVE_MARK | g.CLITIC | g.ADVERB
# A word with one of these flags never stands inside a noun phrase.
_BREAKS: Final = (
    g.PREPOSITION
    | g.CONJUNCTION
    | g.CONTRAST
    | g.SUBORDINATOR
    | g.CONDITIONAL
    | g.COMPLEMENTIZER
    | g.RELATIVE
    | g.PRONOUN
    | g.FIRST_PERSON
    | _AUXILIARY
    | g.NEGATOR
    | g.INFINITIVE_MARK
    | g.RECIPROCAL
)


class Chunker:
    """Cuts one stretch of a sentence into chunks."""

    def __init__(
        self,
        tokens: Sequence[Token],
        pack: Pack,
        mentions: Mapping[int, ActorMention],
        ends: frozenset[int],
        *,
        capitals_tell: bool,
    ) -> None:
        self._tokens = tokens
        self._pack = pack
        self._mentions = mentions
        self._capitals_tell = capitals_tell
        self._ends = ends
        self._seq: list[int] = []
        self._known: list[Word | None] = []
        self._flags: list[int] = []
        self._norms: list[str] = []
        self._chunks: list[Chunk] = []

    def chunks(self, seq: Sequence[int]) -> list[Chunk]:
        """Return the chunks of the tokens with these indices; a negative one stands for quotation `-index - 1`."""
        self._seq = self._uninverted(seq) if self._pack.inversions else list(seq)
        tokens, words = self._tokens, self._pack.words
        self._norms = norms = [tokens[i].norm if i >= 0 else "" for i in self._seq]
        self._flags = flags = [0] * len(norms)
        get = words.get
        self._known = known = [get(norm) for norm in norms]
        for p, norm in enumerate(norms):
            word = known[p]
            if word is not None:
                flags[p] = word.flags
            elif norm.endswith(self._pack.adverb_endings) and norm.isalpha() and tokens[self._seq[p]].text[0].islower():
                self._flags[p] = g.ADVERB
        for p in range(1, len(self._seq)):
            if self._flags[p] & g.POSSESSIVE_MARK and self._norms[p] in self._pack.contractions:
                if self._flags[p - 1] & (g.PRONOUN | g.FIRST_PERSON | g.RELATIVE | g.COMPLEMENTIZER):
                    self._flags[p] = g.BE
        for tail in self._pack.role_tails:
            self._mark_role_tail(tail)
        for phrase in self._pack.adverb_phrases:
            self._mark_adverb(phrase)
        for phrase in self._pack.quantity_phrases:
            self._mark_quantity(phrase)
        self._chunks = []
        p = 0
        while p < len(self._seq):
            p = self._step(p)
        found = _without_commas_around_time(self._chunks)
        return _without_commas_before_clauses(found) if self._pack.cased else found

    def _uninverted(self, seq: Sequence[int]) -> list[int]:
        """Return the tokens with "a-t-il" read as "il a"."""
        norms = [self._tokens[i].norm if i >= 0 else "" for i in seq]
        found: list[int] = []
        p = 0
        while p < len(seq):
            q = p + 1
            if q < len(seq) and norms[q] == "-":
                q += 1
                if norms[q : q + 2] == ["t", "-"]:
                    q += 2
                if q < len(seq) and norms[q] in self._pack.inversions:
                    found += [seq[q], seq[p]]
                    p = q + 1
                    continue
            found.append(seq[p])
            p += 1
        return found

    def _mark_quantity(self, phrase: tuple[str, ...]) -> None:
        """Let "des milliers de" count as a determiner."""
        size = len(phrase)
        for p in range(len(self._norms) - size + 1):
            if self._norms[p] == phrase[0] and tuple(self._norms[p : p + size]) == phrase:
                self._flags[p : p + size] = [g.DETERMINER] * size
                self._known[p : p + size] = [None] * size

    def _mark_adverb(self, phrase: tuple[str, ...]) -> None:
        size = len(phrase)
        for p in range(len(self._norms) - size + 1):
            if self._norms[p] == phrase[0] and tuple(self._norms[p : p + size]) == phrase:
                self._flags[p : p + size] = [g.ADVERB] * size
                self._known[p : p + size] = [None] * size

    def _mark_role_tail(self, tail: tuple[str, ...]) -> None:
        """Let what goes on after a role count as a role: "des affaires étrangères" after "ministre"."""
        first, size = tail[0], len(tail)
        for p in range(1, len(self._norms) - size + 1):
            if self._norms[p] != first or tuple(self._norms[p : p + size]) != tail:
                continue
            if any(self._flags[q] & g.ROLE for q in range(max(0, p - 3), p)):
                self._flags[p : p + size] = [g.ROLE] * size

    # --- one chunk ---

    def _step(self, p: int) -> int:
        index, norm, flags = self._seq[p], self._norms[p], self._flags[p]
        if index < 0:
            chunk = Chunk(Kind.QUOTE, -1, -1)
            chunk.quote = -index - 1
            self._chunks.append(chunk)
            return p + 1
        if index in self._mentions:
            return self._noun(p)
        small = _SMALL.get(norm)
        if small is not None and len(norm) <= 3 and not norm.isalnum():
            return self._add(small, p, p + 1)
        if flags & g.MONTH and self._is_date(p):
            return self._time(p)
        if flags & g.CLITIC and p + 1 < len(self._norms):
            pair = self._pack.words.get(f"{norm} {self._norms[p + 1]}")
            if pair is not None and pair.flags & g.CONDITIONAL:
                # "s'il": "if he", though "s'" alone is "himself".
                return self._add(Kind.CONDITIONAL, p, p + 1)
        if (end := self._verb_group(p)) is not None:
            return end
        if flags & g.RECIPROCAL or (norm in self._pack.reciprocal_starts and self._is_reciprocal(p)):
            return self._add(Kind.RECIPROCAL, p, p + (1 if flags & g.RECIPROCAL else 2))
        if flags & g.FIRST_PERSON or flags & g.PRONOUN:
            return self._add(Kind.PRONOUN, p, p + 1)
        if flags & g.COMPLEMENTIZER and self._is_complementizer(p):
            return self._add(Kind.THAT, p, p + 1)
        if flags & g.RELATIVE:
            return self._add(Kind.RELATIVE, p, p + 1)
        if flags & g.TIME and not self._is_in_noun(p):
            return self._time(p)
        if flags & g.PREPOSITION and flags & g.DETERMINER and self._begins_object():
            return self._noun(p)
        if flags & g.PREPOSITION:
            if (end := self._time_after_preposition(p)) is not None:
                return end
            return self._add(Kind.PREPOSITION, p, p + 1)
        for flag, kind in _BY_FLAG:
            if flags & flag:
                return self._add(kind, p, p + 1)
        if flags & g.ADVERB and not self._is_before_noun(p):
            return self._add(Kind.ADVERB, p, p + 1)
        return self._noun(p)

    def _add(self, kind: Kind, p: int, end: int) -> int:
        chunk = Chunk(kind, self._seq[p], self._seq[end - 1] + 1, tuple(self._norms[p:end]))
        chunk.flags = self._flags[p]
        self._chunks.append(chunk)
        return end

    def _begins_object(self) -> bool:
        """Return whether a word that may be an article is one: after a verb, or where a clause begins."""
        return not self._chunks or self._chunks[-1].kind in {Kind.VERB, Kind.COMMA, Kind.QUOTE, Kind.COLON, Kind.THAT}

    def _is_reciprocal(self, p: int) -> bool:
        if p + 1 >= len(self._norms):
            return False
        word = self._pack.words.get(f"{self._norms[p]} {self._norms[p + 1]}")
        return word is not None and bool(word.flags & g.RECIPROCAL)

    def _is_complementizer(self, p: int) -> bool:
        """Return whether "that" begins a clause, rather than point at the noun after it."""
        return not self._chunks or self._chunks[-1].kind is not Kind.PREPOSITION

    def _is_in_noun(self, p: int) -> bool:
        nxt = p + 1
        return nxt < len(self._norms) and bool(self._flags[nxt] & g.POSSESSIVE_MARK)

    def _is_before_noun(self, p: int) -> bool:
        """Return whether an adverb belongs to the adjective of a noun phrase: "newly formed government"."""
        return bool(self._chunks) and self._chunks[-1].kind is Kind.PREPOSITION

    # --- time ---

    def _is_date(self, p: int) -> bool:
        near = [q for q in (p - 1, p + 1) if 0 <= q < len(self._norms)]
        if any(self._norms[q][:1].isdigit() for q in near):
            return True
        before = self._chunks[-1] if self._chunks else None
        return before is not None and before.kind is Kind.PREPOSITION and self._tokens[self._seq[p]].is_capitalised

    def _time(self, p: int) -> int:
        end = p
        while end < len(self._seq) and self._seq[end] >= 0:
            flags, norm = self._flags[end], self._norms[end]
            timely = flags & (g.TIME | g.MONTH | g.PAST_TIME) or norm[:1].isdigit()
            if not timely or self._seq[end] in self._mentions:
                break
            end += 1
        return self._add(Kind.TIME, p, max(end, p + 1))

    def _time_after_preposition(self, p: int) -> int | None:
        """Return the end of "on Tuesday", "late on 3 May", "at the beginning of August", "last week"."""
        q = p + 1
        while q < len(self._seq) and q - p <= 4 and self._seq[q] >= 0:
            flags, norm = self._flags[q], self._norms[q]
            if flags & (g.TIME | g.MONTH | g.PAST_TIME) or _is_year(norm):
                if self._seq[q] in self._mentions or self._is_in_noun(q):
                    return None
                end = q + 1
                while (
                    end < len(self._seq)
                    and self._seq[end] >= 0
                    and (self._flags[end] & (g.TIME | g.MONTH | g.PAST_TIME) or self._norms[end][:1].isdigit())
                ):
                    end += 1
                return self._add(Kind.TIME, p, end)
            if not (flags & (g.DETERMINER | g.POSSESSIVE) or norm in _DATE_WORDS or norm[:1].isdigit()):
                return None
            q += 1
        return None

    # --- verbs ---

    def _verb_group(self, p: int) -> int | None:
        """Read auxiliaries, negation, adverbs and the verb they lead to; None where no verb group starts."""
        word = self._known[p]
        if not self._flags[p] & _VERBAL and (word is None or not word.forms):
            return None
        q, seen, infinitive, negative, must = p, 0, False, False, False
        count = len(self._seq)
        while q < count and self._seq[q] >= 0 and (q == p or self._seq[q] not in self._mentions):
            flags = self._flags[q]
            if flags & g.NEGATOR and self._negates(q, started=q > p):
                negative = True
                if flags & g.POSSIBLE:
                    seen |= g.POSSIBLE
            elif flags & g.INFINITIVE_MARK:
                if not self._infinitive_follows(q):
                    break
                # "has to honour" says what must be, "to have launched" what has been.
                must = bool(seen & g.HAVE) and not infinitive
                infinitive = True
            elif flags & _AUXILIARY and self._is_auxiliary(q):
                seen |= flags & _AUXILIARY
            elif flags & g.CLITIC and self._is_clitic(q):
                pass
            elif flags & g.ADVERB and (q > p or self._verb_follows(q)) and not self._plain_verb(q):
                pass
            else:
                break
            q += 1
        if must:
            seen = seen & ~g.HAVE | g.OBLIGED
            infinitive = False
        started = bool(seen or infinitive or negative)
        if q < count and self._seq[q] >= 0 and self._seq[q] not in self._mentions:
            end = self._main_verb(p, q, seen, infinitive=infinitive, negative=negative, started=started)
            if end is not None:
                return end
        if self._pack.endings_tell and (end := self._auxiliary_as_verb(p, q, negative=negative)) is not None:
            return end
        if seen & (g.BE | g.HAVE | g.DO):
            return self._copula(p, q, seen, infinitive=infinitive, negative=negative)
        return None

    def _auxiliary_as_verb(self, p: int, q: int, *, negative: bool) -> int | None:
        """Read "a eu un entretien": an auxiliary that no verb follows is the verb itself, where the pack says what of."""
        last = q - 1
        word = self._known[last] if last >= p else None
        if word is None or not word.flags & g.HAVE or not word.forms:
            return None
        before = 0
        for r in range(p, last):
            before |= self._flags[r] & _AUXILIARY
        return self._main_verb(p, last, before, infinitive=False, negative=negative, started=bool(before or negative))

    def _is_clitic(self, q: int) -> bool:
        """Return whether a word is a pronoun at a verb: "s'est réjoui", "l'a reçu", but not "l'attaque"."""
        if self._flags[q] & g.DETERMINER:
            return q + 1 < len(self._seq) and bool(self._flags[q + 1] & (g.BE | g.HAVE))
        return self._verb_follows(q)

    def _negates(self, q: int, *, started: bool) -> bool:
        return started or self._verb_follows(q) or (self._chunks and self._chunks[-1].kind is Kind.VERB) or True

    def _is_auxiliary(self, q: int) -> bool:
        token = self._tokens[self._seq[q]]
        # "May" the month, "US" the country and the like are told by their capitals.
        if self._capitals_tell and token.is_capitalised and self._flags[q] & g.MONTH and q > 0:
            return False
        return True

    def _infinitive_follows(self, q: int) -> bool:
        for r in range(q + 1, min(q + 4, len(self._seq))):
            if self._seq[r] < 0 or self._seq[r] in self._mentions:
                return False
            word = self._known[r]
            if word is None:
                if self._flags[r] & g.ADVERB:
                    continue
                return False
            if any(form.slots & Slot.INFINITIVE for form in word.forms) or word.flags & (g.BE | g.HAVE | g.DO):
                return True
            if not word.flags & (g.NEGATOR | g.ADVERB | g.CLITIC):
                return False
        return False

    def _verb_follows(self, q: int) -> bool:
        for r in range(q + 1, min(q + 4, len(self._seq))):
            if self._seq[r] < 0 or self._seq[r] in self._mentions:
                return False
            flags = self._flags[r]
            if flags & _AUXILIARY or self._plain_verb(r):
                return True
            if not flags & (g.ADVERB | g.NEGATOR | g.CLITIC):
                return False
        return False

    def _plain_verb(self, q: int) -> bool:
        word = self._known[q]
        return word is not None and any(form.slots & ~Slot.PREDICATE for form in word.forms)

    def _matching(self, q: int) -> tuple[list[Form], int]:
        """Return the readings as a verb whose tail fits, longest first, and where the longest ends."""
        word = self._known[q]
        if word is None or not word.forms:
            return [], q
        found, end = [], q + 1
        for form in word.forms:
            stop = self._tail_end(q, form.tail)
            if stop is not None:
                found.append(form)
                end = max(end, stop)
        return found, end

    def _tail_end(self, q: int, tail: tuple[str, ...]) -> int | None:
        r = q + 1
        for position, norm in enumerate(tail):
            if (
                r < len(self._norms)
                and self._norms[r] != norm
                and self._flags[r] & (g.ADVERB | g.TIME | g.NEGATOR | g.POSSESSIVE | g.DETERMINER)
            ):
                # "called again on", "s'est rendu lundi à", "ne participera pas à", "take the country to court"
                if position == 0 and not self._flags[r] & (g.ADVERB | g.TIME | g.NEGATOR):
                    return None
                r += 1
            if r >= len(self._norms) or self._norms[r] != norm:
                return None
            r += 1
        if tail and self._flags[r - 1] & g.INFINITIVE_MARK and self._infinitive_follows(r - 1):
            return None
        return r

    def _main_verb(self, p: int, q: int, seen: int, *, infinitive: bool, negative: bool, started: bool) -> int | None:
        if self._is_compound(q):
            return None
        forms, end = self._matching(q)
        if not forms:
            return None
        slots = 0
        for form in forms:
            slots |= form.slots
        if started:
            slot = self._slot_after_auxiliary(slots, seen, infinitive=infinitive)
        else:
            slot = self._slot_alone(q, end, slots)
        if not slot:
            return None
        chunk = Chunk(Kind.VERB, self._seq[p], self._seq[end - 1] + 1, tuple(self._norms[p:end]))
        chunk.forms = tuple(form for form in forms if form.slots & slot) or tuple(forms)
        bare_infinitive = self._pack.cased and slot == Slot.INFINITIVE and not seen
        chunk.flags = seen | (g.INFINITIVE_MARK if infinitive or bare_infinitive else 0)
        if any(self._flags[r] & g.CLITIC for r in range(p, q)):
            chunk.flags |= g.CLITIC
        chunk.negative = negative
        chunk.slot = slot
        chunk.passive = bool(slot & Slot.PARTICIPLE) and bool(seen & g.BE) and not self._is_active_with_be(p, q, forms)
        if seen and not infinitive:
            chunk.slot |= Slot.FINITE
        self._chunks.append(chunk)
        return end

    def _is_active_with_be(self, p: int, q: int, forms: Sequence[Form]) -> bool:
        """Return whether "be" makes a perfect here: of a reflexive verb, or of one that always takes it."""
        if any(self._flags[r] & g.CLITIC for r in range(p, q)):
            return True
        return any(form.lemma.split(" ")[0] in self._pack.active_with_be for form in forms)

    def _is_compound(self, q: int) -> bool:
        """Return whether a hyphen makes the word a part of another: "cease-fire", "US-led"."""
        if q > 0 and self._norms[q - 1] == "-":
            return True
        if q + 1 >= len(self._norms) or self._norms[q + 1] != "-":
            return False
        word = self._known[q]
        return word is None or not any(form.tail[:1] == ("-",) and self._tail_end(q, form.tail) for form in word.forms)

    def _slot_after_auxiliary(self, slots: int, seen: int, *, infinitive: bool) -> int:
        if infinitive and not seen & (g.BE | g.HAVE):
            return slots & Slot.INFINITIVE
        if seen & (g.BE | g.HAVE):
            for slot in (Slot.GERUND, Slot.PREDICATE, Slot.PARTICIPLE):
                if slots & slot:
                    return slot
            return 0
        if seen & _AUXILIARY:
            return slots & Slot.INFINITIVE
        return slots & (Slot.FINITE | Slot.INFINITIVE | Slot.PARTICIPLE | Slot.GERUND)

    def _slot_alone(self, q: int, end: int, slots: int) -> int:
        """Return the form a verb without auxiliaries has here, or 0 where the word is a noun or an adjective."""
        before = self._chunks[-1] if self._chunks else None
        ambiguous = bool(self._flags[q] & g.AMBIGUOUS)
        if (
            self._capitals_tell
            and self._tokens[self._seq[q]].is_capitalised
            and before is not None
            and before.kind
            in {
                Kind.NOUN,
                Kind.PREPOSITION,
            }
        ):
            return 0
        if before is None or before.kind in {Kind.COLON, Kind.DASH}:
            if self._pack.endings_tell and slots & Slot.FINITE and not ambiguous:
                return Slot.FINITE
            if slots & Slot.GERUND and not ambiguous:
                return Slot.GERUND
            if slots & Slot.PARTICIPLE and self._next_is_agent(end):
                return Slot.PARTICIPLE
            if slots & Slot.INFINITIVE and not ambiguous:
                return Slot.INFINITIVE
            return 0
        if before.kind is Kind.PREPOSITION:
            if slots & Slot.GERUND and not (ambiguous and not self._noun_follows(end)):
                return Slot.GERUND
            return 0
        if slots & Slot.GERUND:
            if before.kind is Kind.NOUN and before.crowd and not before.refs:
                return Slot.GERUND
            if ambiguous and (not self._noun_follows(end) or before.kind in {Kind.VERB, Kind.NOUN}):
                return 0
            return Slot.GERUND
        if before.kind is Kind.VERB and not slots & Slot.INFINITIVE and self._noun_follows(end):
            # "voiced renewed concern"
            return 0
        if before.kind is Kind.NOUN:
            return self._slot_after_noun(q, end, slots, before, ambiguous=ambiguous)
        if ambiguous and before.kind in {
            Kind.COMMA,
            Kind.AND,
            Kind.BUT,
            Kind.SUBORDINATOR,
            Kind.VERB,
            Kind.THAT,
            Kind.OTHER,
        }:
            after_verb = any(chunk.kind is Kind.VERB for chunk in self._chunks)
            if before.kind is Kind.VERB and slots & Slot.INFINITIVE and before.slot & Slot.INFINITIVE:
                return Slot.INFINITIVE if self._noun_follows(end) else 0
            if before.kind in {Kind.SUBORDINATOR, Kind.VERB, Kind.THAT, Kind.OTHER} or not (
                after_verb or (before.kind is Kind.COMMA and self._is_interrupted())
            ):
                return 0
            if self._verb_at(end) or not (self._noun_follows(end) or end - q > 1):
                return 0
        if slots & Slot.FINITE:
            return Slot.FINITE | (slots & Slot.PARTICIPLE)
        if slots & Slot.PARTICIPLE:
            return Slot.PARTICIPLE
        return slots & (Slot.INFINITIVE | Slot.PREDICATE)

    def _is_interrupted(self) -> bool:
        """Return whether a subject waits for its verb before the comma: "Biden, in a speech, calls"."""
        before = self._chunks[:-1]
        return any(
            chunk.kind is Kind.COMMA and m > 0 and before[m - 1].kind is Kind.NOUN and before[m - 1].who
            for m, chunk in enumerate(before)
        )

    def _slot_after_noun(self, q: int, end: int, slots: int, before: Chunk, *, ambiguous: bool) -> int:
        if self._flags[q] & g.ROLE and before.refs and before.refs[-1].mention.kind is not MentionKind.PERSON:
            return 0
        if (
            slots & Slot.PLURAL
            and not slots & Slot.PAST
            and (ambiguous or not self._pack.endings_tell)
            and not self._could_be_subject(before, slots, loose=not ambiguous)
        ):
            return 0
        if slots & Slot.FINITE and not slots & Slot.PAST and self._is_object():
            return 0
        if slots & Slot.FINITE and ambiguous:
            if self._verb_at(end, after_plural=not slots & Slot.PLURAL) or not self._could_be_subject(before, slots):
                return 0
            is_preposition = end < len(self._seq) and self._flags[end] & (g.PREPOSITION | g.INFINITIVE_MARK)
            if is_preposition and self._flags[end] & g.INFINITIVE_MARK and self._infinitive_follows(end):
                is_preposition = False
            if end - q == 1 and is_preposition and not slots & Slot.PAST and not (before.plural or self._is_listed()):
                return 0
            if end >= len(self._seq) and end - q == 1:
                return 0
        if slots & Slot.PREDICATE and not slots & Slot.INFINITIVE and not self._noun_follows(end):
            # "Germany alarmed by fighting": an adjective, with "is" left out.
            return Slot.PREDICATE
        if slots & Slot.FINITE:
            return Slot.FINITE | (slots & Slot.PARTICIPLE)
        if slots & (Slot.PARTICIPLE | Slot.PREDICATE):
            return slots & (Slot.PARTICIPLE | Slot.PREDICATE)
        return slots & Slot.INFINITIVE if self._pack.cased else 0

    def _is_object(self) -> bool:
        """Return whether the last noun phrase is the object of a verb, and so no subject: "approves military aid"."""
        index = len(self._chunks) - 2
        while index > 0 and self._chunks[index].kind is Kind.AND and self._chunks[index - 1].kind is Kind.NOUN:
            index -= 2
        if index < 0 or self._chunks[index].kind is not Kind.VERB:
            return False
        return not any(rule.frame is Frame.SAY for form in self._chunks[index].forms for rule in form.rules)

    def _could_be_subject(self, noun: Chunk, slots: int, *, loose: bool = False) -> bool:
        """Return whether a noun phrase is somebody, and agrees with the form: "Baku attacks", "forces attack"."""
        if not loose and not (noun.who or noun.bare or noun.crowd or noun.group or noun.name):
            return False
        only_plural = bool(slots & Slot.PLURAL) and not slots & Slot.PAST
        only_singular = not slots & Slot.PLURAL
        if only_plural:
            return noun.plural or self._is_listed()
        return not (only_singular and noun.plural and not noun.who)

    def _is_listed(self) -> bool:
        return len(self._chunks) > 1 and self._chunks[-2].kind in {Kind.AND, Kind.COMMA}

    def _noun_follows(self, q: int) -> bool:
        if q >= len(self._seq) or self._seq[q] < 0:
            return False
        if self._seq[q] in self._mentions:
            return True
        flags = self._flags[q]
        return bool(flags & (g.DETERMINER | g.POSSESSIVE | g.PRONOUN | g.RECIPROCAL | g.ROLE)) or (
            not flags & _BREAKS and not _is_mark(self._norms[q]) and not self._verb_at(q)
        )

    def _next_is_agent(self, q: int) -> bool:
        return q < len(self._norms) and self._norms[q] in self._pack.agent_prepositions

    def _verb_at(self, q: int, *, after_plural: bool = False) -> bool:
        """Return whether a finite verb stands here, so that the word before it is a noun.

        After a plural, only a verb that agrees with it counts: "attacks continue", not "launches strikes".
        """
        if q >= len(self._seq) or self._seq[q] < 0 or self._seq[q] in self._mentions:
            return False
        if self._flags[q] & _AUXILIARY:
            return True
        if self._flags[q] & g.AMBIGUOUS:
            return False
        word = self._known[q]
        if word is None or self._is_compound(q):
            return False
        wanted = Slot.PLURAL if after_plural else Slot.FINITE
        return any(form.slots & wanted for form in word.forms)

    def _copula(self, p: int, q: int, seen: int, *, infinitive: bool, negative: bool) -> int:
        chunk = Chunk(Kind.VERB, self._seq[p], self._seq[q - 1] + 1, tuple(self._norms[p:q]))
        chunk.flags = seen | (g.INFINITIVE_MARK if infinitive else 0)
        chunk.slot = Slot.FINITE
        chunk.negative = negative
        if seen & g.HAVE and not seen & g.BE:
            # "had a meeting with": to have, as a verb of its own.
            forms, end = self._matching(q - 1)
            chunk.forms = tuple(forms)
            if end > q:
                chunk.end, chunk.words, q = self._seq[end - 1] + 1, tuple(self._norms[p:end]), end
        self._chunks.append(chunk)
        return q

    # --- noun phrases ---

    def _noun(self, p: int) -> int:
        """Read a noun phrase; at least one token long."""
        q, count = p, len(self._seq)
        refs: list[Ref] = []
        last_flags, last_end = 0, -1
        chunk = Chunk(Kind.NOUN, self._seq[p], self._seq[p] + 1)
        segment = p
        while q < count and self._seq[q] >= 0:
            index, flags, norm = self._seq[q], self._flags[q], self._norms[q]
            mention = self._mentions.get(index)
            if mention is not None:
                if q > p and self._pack.cased and self._begins_anew(mention, p, q, refs):
                    break
                if refs and not refs[-1].owns and last_end == q and self._stands_apart(refs[-1], mention):
                    break
                after = self._after(q, mention.end_token)
                if not self._is_half(after):
                    refs.append(Ref(mention, owns=False))
                q = after
                last_end, last_flags = q, 0
                continue
            if flags & g.POSSESSIVE_MARK and q > p:
                if not self._possesses(q):
                    break
                chunk.possessed = True
                refs = [ref._replace(owns=True) for ref in refs]
                q += 1
                segment = q
                continue
            if q > p and (flags & _BREAKS and not (norm == "-")):
                break
            if q > p and flags & g.CLITIC and self._is_clitic(q):
                break
            if norm in _SMALL or (_is_mark(norm) and norm not in {"-", "$", "€", "£", "%", "&", "#", "@", "'"}):
                if norm == "." and q > p and self._flags[q - 1] & g.TITLE:
                    q += 1
                    continue
                break
            if q > p:
                if flags & (g.TIME | g.MONTH) and not self._is_in_noun(q) and last_end == q:
                    break
                if (
                    flags & g.DETERMINER
                    and not flags & g.ROLE
                    and last_flags == 0
                    and self._norms[q - 1] != "-"
                    and not (self._flags[q - 1] & (g.DETERMINER | g.NEGATIVE))
                ):
                    break
                if self._is_verb_inside(chunk, p, q, refs, last_end, segment):
                    break
                if flags & g.ADVERB and self._adverb_ends(q):
                    break
            last_flags = flags or (g.DETERMINER if norm[0].isdigit() else 0)
            q += 1
            if flags & g.ROLE and (end := self._title_end(q)):
                q = end
        if q == p:
            q = p + 1
        self._settle(chunk, p, q, refs, segment)
        if (
            not refs
            and self._flags[q - 1] & g.TIME
            and all(
                self._flags[r] & (g.TIME | g.DETERMINER | g.PAST_TIME) or self._norms[r][:1].isdigit()
                for r in range(p, q)
            )
        ):
            # "a day", "three weeks"
            chunk.kind = Kind.TIME
        self._chunks.append(chunk)
        return q

    def _title_end(self, q: int) -> int:
        """Return where a title of several words ends: "secretary of state"; 0 where it is none."""
        if q + 1 >= len(self._seq) or self._norms[q] not in self._pack.possessor_prepositions:
            return 0
        for end in (q + 3, q + 2):
            if end <= len(self._seq) and " ".join(self._norms[q - 1 : end]) in self._pack.words:
                for r in range(q, end):
                    self._flags[r] = g.ROLE
                return end
        return 0

    def _is_half(self, q: int) -> bool:
        """Return whether a name is half of an adjective: "Iranian-made", "US-led"."""
        if q + 1 >= len(self._seq) or self._norms[q] != "-" or self._seq[q + 1] in self._mentions:
            return False
        word = self._known[q + 1]
        return word is not None and any(form.slots & Slot.PARTICIPLE for form in word.forms)

    def _after(self, q: int, end_token: int) -> int:
        while q < len(self._seq) and 0 <= self._seq[q] < end_token:
            q += 1
        return q

    def _stands_apart(self, ref: Ref, mention: ActorMention) -> bool:
        """Return whether a name right after a name begins another phrase: "on Tuesday Baku Yerevan" never joins."""
        return ref.mention.kind is MentionKind.PERSON and mention.kind is not MentionKind.PERSON

    def _begins_anew(self, mention: ActorMention, p: int, q: int, refs: list[Ref]) -> bool:
        """Return whether a name is a phrase of its own because its case is not the genitive of what stands before."""
        has_role = any(self._flags[r] & g.ROLE for r in range(p, q))
        if mention.kind is MentionKind.DEMONYM:
            return bool(refs) and refs[-1].mention.kind is not MentionKind.DEMONYM and not has_role
        if mention.kind is MentionKind.PERSON:
            return not has_role and not any(self._flags[r] & (g.TITLE | g.FORMER) for r in range(p, q))
        return bool(mention.cases) and "g" not in mention.cases

    def _possesses(self, q: int) -> bool:
        if self._norms[q] != "'":
            return True
        return self._norms[q - 1].endswith("s")

    def _adverb_ends(self, q: int) -> bool:
        nxt = q + 1
        if nxt >= len(self._seq) or self._seq[nxt] < 0:
            return True
        return (
            self._verb_at(nxt)
            or bool(self._flags[nxt] & _BREAKS)
            or _is_mark(self._norms[nxt])
            or self._plain_verb(nxt)
        )

    def _is_verb_inside(self, chunk: Chunk, p: int, q: int, refs: list[Ref], last_end: int, segment: int) -> bool:
        """Return whether the word at `q`, in reach of the noun phrase begun at `p`, is a verb instead."""
        word = self._known[q]
        if word is None or not word.forms:
            return False
        previous = self._flags[q - 1]
        if self._norms[q - 1] in {"-", "'s", "'"} or previous & (g.DETERMINER | g.POSSESSIVE | g.NEGATIVE | g.FORMER):
            return False
        if q < len(self._norms) - 1 and self._norms[q + 1] == "-":
            return False
        forms, end = self._matching(q)
        if not forms:
            return False
        slots = 0
        for form in forms:
            slots |= form.slots
        if slots == Slot.PREDICATE:
            return False
        if refs and last_end == q and refs[-1].mention.kind is MentionKind.DEMONYM:
            # "the Armenian armed forces"
            if self._flags[q] & g.AMBIGUOUS or (slots & Slot.PARTICIPLE and self._noun_follows(end)):
                return False
        self._settle(chunk, p, q, refs, segment)
        self._chunks.append(chunk)
        try:
            slot = self._slot_alone(q, end, slots)
        finally:
            self._chunks.pop()
        if slot == Slot.PARTICIPLE and not self._next_is_agent(end):
            # "US-made weapons", "occupied territories": an adjective, unless the phrase is complete before it.
            return not self._noun_follows(end)
        return bool(slot)

    def _settle(self, chunk: Chunk, p: int, q: int, refs: list[Ref], segment: int) -> None:
        """Work out whom the tokens from `p` to `q` name."""
        chunk.start, chunk.end = self._seq[p], self._seq[q - 1] + 1
        chunk.words = tuple(self._norms[p:q])
        chunk.refs = tuple(refs)
        chunk.who, chunk.name, chunk.role = (), None, None
        flags = 0
        for r in range(p, q):
            flags |= self._flags[r] & (g.NEGATIVE | g.POSSESSIVE | g.FORMER)
        chunk.flags = flags
        head = q - 1
        chunk.plural = bool(self._flags[head] & g.PLURAL) or (
            not (refs and refs[-1].mention.kind not in _PEOPLES)
            and self._norms[head].endswith("s")
            and not self._norms[head].endswith("ss")
        )
        head_flags = self._flags[head]
        chunk.head = head_flags
        chunk.bare = False
        self._name_actor(chunk, p, q, segment)

    def _name_actor(self, chunk: Chunk, p: int, q: int, segment: int) -> None:
        if self._pack.cased:
            self._name_by_case(chunk, p, q)
            return
        refs = chunk.refs
        if not refs and not any(self._flags[r] & (g.ROLE | g.RIGHTS_GROUP) for r in range(segment, q)):
            if self._is_rights_group(q):
                chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            elif not chunk.head & (g.CROWD | g.GROUP):
                self._name_stranger(chunk, p, q)
            return
        inside = [ref for ref in refs if not ref.owns]
        owners = [ref for ref in refs if ref.owns]
        roles = [r for r in range(segment, q) if self._flags[r] & g.ROLE and self._seq[r] not in self._covered(refs)]
        last = inside[-1] if inside else None
        last_stop = self._after(p, last.mention.end_token) if last is not None else segment
        trailing = [r for r in range(last_stop, q)]
        person = last if last is not None and last.mention.kind is MentionKind.PERSON else None
        former = any(self._flags[r] & g.FORMER for r in range(p, q))
        if person is not None and not self._is_owned_away(trailing):
            self._name_person(chunk, p, person, roles, trailing, former=former, owners=owners)
            return
        if last is not None and not trailing:
            self._name_place(chunk, p, q, last, roles, owners, former=former)
            return
        if roles and self._head_is_role(roles, q):
            owner = owners[-1] if owners else (inside[0] if inside else None)
            self._name_role(chunk, p, q, owner, roles, former=former)
            return
        if self._is_rights_group(q):
            chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            return
        if not refs and not chunk.crowd and not chunk.group:
            self._name_stranger(chunk, p, q)

    def _name_by_case(self, chunk: Chunk, p: int, q: int) -> None:
        """Work out whom a phrase names in a language with cases: heads lead, genitives behind them own."""
        refs = chunk.refs
        covered = self._covered(refs)
        roles = [r for r in range(p, q) if self._flags[r] & g.ROLE and self._seq[r] not in covered]
        former = any(self._flags[r] & g.FORMER for r in range(p, q))
        last = refs[-1] if refs else None
        stop = self._after(p, last.mention.end_token) if last is not None else q
        nominative_role = bool(roles) and not self._flags[roles[0]] & g.OBLIQUE
        if last is not None and last.mention.kind is MentionKind.PERSON and stop == q:
            if not (nominative_role and last.mention.cases and "n" not in last.mention.cases):
                self._name_person(chunk, p, last, roles, [], former=former, owners=[])
                chunk.oblique = _is_oblique(last.mention) or (bool(roles) and not nominative_role)
                return
        if roles:
            owner = self._owner_by_case(refs, roles[0])
            chunk.oblique = not nominative_role
            self._name_role(chunk, p, roles[-1] + 1 if owner is None else q, owner, [q - 1], former=former)
            return
        if last is None:
            if self._is_rights_group(q):
                chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            elif not chunk.crowd and not chunk.group:
                self._name_stranger(chunk, p, q)
            return
        if last.mention.kind in {MentionKind.DEMONYM, MentionKind.PEOPLE, MentionKind.REGION} or stop < q:
            chunk.refs = self._owning(refs, p)
            return
        start = self._position(last.mention.start_token)
        if any(self._seq[r] not in covered and not self._flags[r] & g.DETERMINER for r in range(p, start)):
            # A noun stands before it: what it names is owned by it.
            chunk.refs = self._owning(refs, p)
            return
        self._name_place(chunk, p, q, last, [], [], former=former)
        chunk.oblique = _is_oblique(last.mention)

    def _owning(self, refs: tuple[Ref, ...], p: int) -> tuple[Ref, ...]:
        """Return the mentions with those behind another word as owners of it."""
        return tuple(
            ref._replace(owns=True)
            if ref.mention.kind is not MentionKind.DEMONYM and self._position(ref.mention.start_token) > p
            else ref
            for ref in refs
        )

    def _owner_by_case(self, refs: tuple[Ref, ...], role: int) -> Ref | None:
        """Return whose a role is: of the genitive behind it, or of the adjective before it."""
        behind = [ref for ref in refs if self._position(ref.mention.start_token) > role]
        named = [ref for ref in behind if ref.mention.kind is not MentionKind.DEMONYM]
        if named:
            return named[0]
        return refs[0] if refs else None

    def _is_rights_group(self, q: int) -> bool:
        if self._flags[q - 1] & g.RIGHTS_GROUP:
            return True
        if q < 2 or self._norms[q - 1] not in self._pack.rights_heads:  # noqa: PLR2004 - a word and the one before it
            return False
        word = self._pack.words.get(f"{self._norms[q - 2]} {self._norms[q - 1]}")
        return word is not None and bool(word.flags & g.RIGHTS_GROUP)

    def _covered(self, refs: tuple[Ref, ...]) -> set[int]:
        return {i for ref in refs for i in range(ref.mention.start_token, ref.mention.end_token)}

    def _is_owned_away(self, trailing: list[int]) -> bool:
        """Return whether a person's name only qualifies another noun: "Biden deal"."""
        return bool(trailing) and not any(self._flags[r] & g.ROLE for r in trailing)

    def _head_is_role(self, roles: list[int], q: int) -> bool:
        """Return whether the phrase is about the bearer of a role: it ends there, or with the bearer's name."""
        last = roles[-1]
        if last == q - 1:
            return True
        if not self._pack.adjectives_first and self._leads(roles[0]):
            return True
        rest = range(last + 1, q)
        return (
            self._capitals_tell
            and len(rest) <= 8
            and all(
                self._tokens[self._seq[r]].is_capitalised
                or self._norms[r] in {"-", "al", "bin", "van", "de", "von", "der"}
                for r in rest
            )
        )

    def _leads(self, role: int) -> bool:
        """Return whether a role is the first noun of its phrase, where adjectives follow: "le chef militaire"."""
        q = role - 1
        while q >= 0 and self._seq[q] >= 0 and self._flags[q] & (g.DETERMINER | g.POSSESSIVE | g.FORMER | g.ROLE):
            q -= 1
        return q < 0 or self._seq[q] < 0 or bool(self._flags[q] & _BREAKS) or not self._norms[q].isalpha()

    def _name_person(
        self,
        chunk: Chunk,
        p: int,
        person: Ref,
        roles: list[int],
        trailing: list[int],
        *,
        former: bool,
        owners: list[Ref],
    ) -> None:
        mention = person.mention
        code = mention.code
        if trailing:
            # "Biden administration": the person stands for those who work for them.
            chunk.who = (Who(code, None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            return
        before = [r for r in range(p, self._position(mention.start_token)) if not self._flags[r] & g.TITLE]
        role = None
        if roles:
            role = self._text_of(self._seq[before[0]], mention.start_token) if before else None
        if former:
            code = "OTHER"
        if not mention.is_full_name and self._is_namesake(mention.start_token):
            return
        name = self._text_of(mention.start_token, mention.end_token)
        chunk.who = (Who(code, name, role, chunk.start, chunk.end, person_kind=True),)
        chunk.name = name

    def _is_namesake(self, start: int) -> bool:
        """Return whether an unknown first name stands before a bare surname: somebody else of that name."""
        before = self._tokens[start - 1] if start else None
        if before is None or not self._capitals_tell or not before.is_capitalised:
            return False
        return (
            before.norm not in self._pack.words
            and before.end + 1 == self._tokens[start].start
            and (start - 1) not in self._ends
        )

    def _position(self, token: int) -> int:
        for p, index in enumerate(self._seq):
            if index >= token:
                return p
        return len(self._seq)

    def _name_place(
        self, chunk: Chunk, p: int, q: int, last: Ref, roles: list[int], owners: list[Ref], *, former: bool
    ) -> None:
        kind = last.mention.kind
        if kind in {MentionKind.NAME, MentionKind.CAPITAL, MentionKind.ORGAN}:
            code = last.code
            if kind is MentionKind.ORGAN and owners:
                code = owners[-1].code
            role = self._text_of(chunk.start, chunk.end) if kind is MentionKind.ORGAN or roles else None
            if former and not roles and kind is not MentionKind.ORGAN:
                former = False
            code = "OTHER" if former else code
            # A collective code tells nobody who it is: the name does.
            name = (
                self._text_of(last.mention.start_token, last.mention.end_token) if code in COLLECTIVE_ACTORS else None
            )
            chunk.who = (Who(code, name, role, chunk.start, chunk.end),)
        elif roles and kind is MentionKind.DEMONYM and not self._pack.adjectives_first:
            chunk.who = (Who(last.code, None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)

    def _name_role(self, chunk: Chunk, p: int, q: int, owner: Ref | None, roles: list[int], *, former: bool) -> None:
        end = self._seq[roles[-1]] + 1
        start = chunk.start
        if self._flags[p] & g.DETERMINER and p + 1 < q:
            start = self._seq[p + 1]
        name = None
        if roles[-1] < q - 1:
            first = roles[-1] + 1
            name = self._text_of(self._seq[first], self._seq[q - 1] + 1)
            chunk.name = name
        role = chunk.role = self._text_of(start, end)
        if owner is None:
            chunk.bare = True
            return
        if owner.mention.kind is MentionKind.PEOPLE:
            return
        code = "OTHER" if former else owner.code
        if owner.mention.kind is MentionKind.NAME and self._is_company(p, owner):
            return
        if name is None and code in COLLECTIVE_ACTORS:
            name = self._text_of(owner.mention.start_token, owner.mention.end_token)
        chunk.who = (Who(code, name, role, chunk.start, chunk.end, person_kind=name is not None),)

    def _is_company(self, p: int, owner: Ref) -> bool:
        """Return whether a name before the country's makes it a firm's branch: "Binance France's president"."""
        if not self._capitals_tell:
            return False
        before = self._position(owner.mention.start_token) - 1
        token = self._tokens[self._seq[before]] if before > p else None
        return token is not None and token.is_capitalised and not self._flags[before] and token.text[-1:].isalpha()

    def _name_stranger(self, chunk: Chunk, p: int, q: int) -> None:
        """Note the name of a person that the gazetteer does not know."""
        if not self._capitals_tell:
            return
        first = p
        if self._flags[p] & g.DETERMINER:
            return
        while first < q and (self._flags[first] & g.TITLE or self._norms[first] == "."):
            first += 1
        names = range(first, q)
        if not 1 <= len(names) <= 4:
            return
        if all(
            self._tokens[self._seq[r]].is_capitalised or self._norms[r] in {"-", "al", "bin", "van", "de"}
            for r in names
        ):
            chunk.name = self._text_of(self._seq[first], self._seq[q - 1] + 1)

    def _text_of(self, start: int, end: int) -> str:
        """Return the words from token to token, as the text has them."""
        parts: list[str] = []
        previous = None
        for token in self._tokens[start:end]:
            if previous is not None and token.start > previous:
                parts.append(" ")
            parts.append(token.text)
            previous = token.end
        return "".join(parts)


def _without_commas_around_time(chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks with "set up, on July 11, a blockade" read as if the date had no commas."""
    found: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        if (
            chunk.kind is Kind.COMMA
            and found
            and 0 < index < len(chunks) - 1
            and (
                (
                    chunks[index + 1].kind is Kind.TIME
                    and index + 2 < len(chunks)
                    and chunks[index + 2].kind is Kind.COMMA
                )
                or (found[-1].kind is Kind.TIME and index > 1 and chunks[index - 2].kind is Kind.COMMA)
            )
        ):
            continue
        found.append(chunk)
    return found


def _is_oblique(mention: ActorMention) -> bool:
    return bool(mention.cases) and "n" not in mention.cases


def _without_commas_before_clauses(chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks without the commas that only mark where a clause begins."""
    return [
        chunk
        for index, chunk in enumerate(chunks)
        if not (
            chunk.kind is Kind.COMMA
            and index + 1 < len(chunks)
            and chunks[index + 1].kind in {Kind.THAT, Kind.RELATIVE}
        )
    ]


_BY_FLAG: Final = (
    (g.CONJUNCTION, Kind.AND),
    (g.CONTRAST, Kind.BUT),
    (g.CONDITIONAL, Kind.CONDITIONAL),
    (g.SUBORDINATOR, Kind.SUBORDINATOR),
    (g.INFINITIVE_MARK, Kind.PREPOSITION),
)
_DATE_WORDS: Final = frozenset(
    {"the", "beginning", "end", "start", "of", "early", "late", "mid", "night", "to", "-", "and"}
)


def _is_year(norm: str) -> bool:
    return len(norm) == 4 and norm.isdigit() and norm[:2] in {"19", "20"}


def _is_mark(norm: str) -> bool:
    return bool(norm) and not norm[0].isalnum() and not norm[-1].isalnum()
