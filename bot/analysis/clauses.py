"""Clauses: who is the subject of each verb, how far its complement reaches, and which parties stand where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.analysis import pack as g
from bot.analysis.chunks import Chunk, Kind, Ref, Who
from bot.analysis.gatherings import gathered, tells_of_gathering
from bot.analysis.gazetteer import MentionKind
from bot.analysis.indefinite import is_seat, seat
from bot.analysis.merging import with_appositions, with_prepositions, with_roles
from bot.analysis.pack import Effect, Frame, Pack, Slot

_SKIPPED: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.OTHER})

_BREAKS: Final = frozenset({Kind.COLON, Kind.DASH, Kind.QUOTE})

# How far back an interruption between commas may have begun, in chunks.
_LONGEST_INTERRUPTION: Final = 14


class Subject(NamedTuple):
    """Whom a verb has as its subject: `noun` is the chunk, -1 for none; `via` says how it was found."""

    who: tuple[Who, ...]
    noun: int
    via: str = "direct"
    left: int = -1


class Party(NamedTuple):
    """An actor somewhere in a clause: after which preposition, as head of its phrase or not, in which chunk."""

    code: str
    preposition: str
    is_head: bool
    owns: bool
    kind: MentionKind
    chunk: int


# The people of an enclave is called by the same word as a state's: which of them acts there is told by the place.
ENCLAVES: Final = {"NKR": "ARM"}

_ENCLAVE_OF: Final = {people: enclave for enclave, people in ENCLAVES.items()}

NOBODY: Final = Subject((), -1, "none")


class Clauses:
    """The chunks of one stretch of text, and what grammar says about them."""

    def __init__(self, chunks: Sequence[Chunk], pack: Pack, *, headline: bool) -> None:
        self.pack = pack
        self.headline = headline
        self.chunks = with_appositions(with_roles(with_prepositions(list(chunks)), pack))
        self.verbs = [k for k, chunk in enumerate(self.chunks) if chunk.kind is Kind.VERB]
        self._subjects: dict[int, Subject] = {}

    # --- subjects ---

    def subject(self, k: int) -> Subject:
        """Return the subject of the verb at `k`."""
        known = self._subjects.get(k)
        if known is None:
            self._subjects[k] = NOBODY
            known = self._subjects[k] = self._find_subject(k)
        return known

    def set_subject(self, k: int, subject: Subject) -> None:
        """Note a subject that was found by other means: behind its verb."""
        self._subjects[k] = subject

    def _find_subject(self, k: int) -> Subject:
        chunks, verb = self.chunks, self.chunks[k]
        if tells_of_gathering(verb):
            met, noun = gathered(chunks, k, self.pack)
            if met:
                return Subject(met, noun, "gathering", noun)
        j = k - 1
        while j >= 0 and chunks[j].kind in _SKIPPED:
            j -= 1
        if verb.flags & g.INFINITIVE_MARK:
            return self._of_governor(j, k)
        if j < 0:
            return self._of_main_clause(k) if verb.slot in (Slot.GERUND, Slot.PARTICIPLE) else NOBODY
        before = chunks[j]
        if before.kind is Kind.NOUN and verb.slot == Slot.GERUND:
            # "on Canada accusing India": the noun beside it, wherever that stands.
            who, left = self.group(j)
            return Subject(who, j, "direct", left)
        if before.kind is Kind.NOUN:
            return self._from_noun(j, k)
        if before.kind is Kind.PRONOUN:
            return NOBODY if before.flags & g.OBJECT else Subject((), j, "pronoun", j)
        if before.kind is Kind.RELATIVE or (before.kind is Kind.THAT and j > 0 and chunks[j - 1].kind is Kind.NOUN):
            return self._antecedent(j)
        if before.kind in {Kind.AND, Kind.BUT}:
            return self._shared(j, k)
        if before.kind is Kind.COMMA:
            return self._after_comma(j, k)
        if before.kind is Kind.VERB:
            return self.subject(j)
        if before.kind is Kind.SUBORDINATOR and verb.slot in (Slot.GERUND, Slot.PARTICIPLE):
            return self._of_main_clause(k)
        if before.kind is Kind.PREPOSITION:
            return self._of_preposition(before, j, k)
        return NOBODY

    def _of_preposition(self, before: Chunk, j: int, k: int) -> Subject:
        """Return whose deed "by closing" is, and "joined X in asking"."""
        if before.words[-1] in self.pack.agent_prepositions:
            return self._of_main_clause(k)
        m = self.governor(k)
        if (
            m >= 0
            and any(rule.effect is Effect.ACT for form in self.chunks[m].forms for rule in form.rules)
            and not any(self.chunks[i].kind is Kind.COMMA and i > m for i in range(j - 1, j))
        ):
            return self.subject(m)._replace(via="infinitive")
        return NOBODY

    def governor(self, k: int) -> int:
        """Return the verb that governs the infinitive at `k`, or -1."""
        chunks = self.chunks
        for m in range(k - 1, -1, -1):
            if chunks[m].kind is Kind.VERB:
                if chunks[k].flags & chunks[m].flags & g.INFINITIVE_MARK and chunks[k - 1].kind is Kind.AND:
                    return self.governor(m)
                return m
            if chunks[m].kind in {Kind.COLON, Kind.DASH, Kind.SUBORDINATOR, Kind.BUT, Kind.QUOTE}:
                break
        return -1

    def _of_governor(self, j: int, k: int) -> Subject:
        m = self.governor(k)
        if m >= 0:
            return self.subject(m)._replace(via="infinitive")
        if j >= 0 and self.chunks[j].kind is Kind.NOUN:
            return self._from_noun(j, k)._replace(via="headline")
        return NOBODY

    def _from_noun(self, j: int, k: int) -> Subject:
        chunks = self.chunks
        while j >= 0:
            if is_seat(chunks, j, k, self.pack):
                # "В Баку опровергли": no other subject, so whoever sits there.
                return Subject(seat(chunks, j - 1, self.pack), j, "direct", j - 1)
            if chunks[j].oblique and j > 0:
                j -= 1
                if chunks[j].kind is not Kind.NOUN:
                    return self._after_comma(j, k) if chunks[j].kind is Kind.COMMA else NOBODY
                continue
            who, left = self.group(j, before_verb=True)
            if left == 0 or chunks[left - 1].kind is not Kind.PREPOSITION:
                return Subject(who, j, "direct", left)
            # A prepositional phrase: what it belongs to stands further left.
            p = left - 2
            while p >= 0 and chunks[p].kind in _SKIPPED:
                p -= 1
            if p < 0:
                return NOBODY
            if chunks[p].kind is Kind.COMMA:
                return self._after_comma(p, k)
            if chunks[p].kind is Kind.PRONOUN:
                return Subject((), p, "pronoun", p)
            if chunks[p].kind is Kind.VERB and self.chunks[p].slot & (Slot.PARTICIPLE | Slot.GERUND):
                # "forces backed by Turkey regained": the phrase and its participle belong to the noun before.
                p -= 1
            if p < 0 or chunks[p].kind is not Kind.NOUN:
                return NOBODY
            j = p
        return NOBODY

    def group(self, j: int, *, before_verb: bool = False) -> tuple[tuple[Who, ...], int]:
        """Return all that are listed together up to the noun at `j`, and where the list begins."""
        chunks = self.chunks
        found = list(chunks[j].who) or _shared_noun(chunks, j)
        left, joined = j, False
        while left > 0:
            p = left - 1
            by_and = chunks[p].kind is Kind.AND
            if by_and and p > 0 and chunks[p - 1].kind is Kind.COMMA:
                p -= 1
            if not by_and and chunks[p].kind is not Kind.COMMA:
                break
            q = p - 1
            if q < 0 or chunks[q].kind is not Kind.NOUN or not (chunks[q].who or chunks[q].refs):
                break
            before = chunks[q - 1].kind if q else None
            if not by_and and not joined and (before is Kind.PREPOSITION or not (self.headline or len(found) == 0)):
                break
            if (
                not by_and
                and not joined
                and not (before is None or before in {Kind.COLON, Kind.DASH, Kind.COMMA, Kind.SUBORDINATOR, Kind.AND})
            ):
                break
            if by_and and before_verb and before is Kind.VERB and not _says(chunks[q - 1]):
                break
            listed = chunks[q].who or _shared_role(chunks[q], chunks[j])
            found[:0] = [who for who in listed if all(who.code != other.code or who.speaker for other in found)]
            left, joined = q, joined or by_and
        return tuple(found), left

    def _antecedent(self, j: int) -> Subject:
        p = j - 1
        while p >= 0 and chunks_skip(self.chunks[p]):
            p -= 1
        if p >= 0 and self.chunks[p].kind is Kind.NOUN:
            who, left = self.group(p)
            return Subject(who, p, "relative", left)
        return NOBODY

    def _shared(self, j: int, k: int) -> Subject:
        verb = self.chunks[k]
        finite = bool(verb.slot & Slot.FINITE)
        speaks = finite and _says(verb)
        for m in range(j - 1, -1, -1):
            other = self.chunks[m]
            if other.kind is Kind.VERB and (not finite or other.slot & Slot.FINITE):
                if (
                    speaks
                    and not _says(other)
                    and any(_says(self.chunks[v]) and self.subject(v).who for v in self.verbs if v < m)
                ):
                    continue
                if finite and _is_past(verb) and not _is_past(other) and self._is_reported(m):
                    # "said that Russia is advancing and urged": what was said is told in the present, what was done is not.
                    continue
                found = self.subject(m)
                return found._replace(via="shared" if found.via == "direct" else found.via)
            if other.kind in {Kind.COLON, Kind.DASH}:
                break
        return NOBODY

    def _is_reported(self, m: int) -> bool:
        """Return whether a verb stands in what somebody said earlier in the sentence, told in the past."""
        return any(
            _says(self.chunks[v]) and _is_past(self.chunks[v]) and self.subject(v).who for v in self.verbs if v < m
        )

    def _after_comma(self, j: int, k: int) -> Subject:
        chunks, verb = self.chunks, self.chunks[k]
        if not verb.slot & Slot.FINITE:
            return self._of_main_clause(k)
        verb_between = False
        for m in range(j - 1, max(-1, j - _LONGEST_INTERRUPTION), -1):
            kind = chunks[m].kind
            if kind is Kind.VERB and chunks[m].slot & Slot.FINITE:
                verb_between = True
            if kind is Kind.COMMA:
                first = chunks[m + 1].kind
                if verb_between and first not in {Kind.RELATIVE, Kind.SUBORDINATOR}:
                    return self._shared(j, k)
                if m > 0 and chunks[m - 1].kind is Kind.NOUN:
                    return self._from_noun(m - 1, k)
                return NOBODY
            if kind in _BREAKS:
                return NOBODY
        if verb_between:
            return self._shared(j, k)
        if j > 0 and chunks[j - 1].kind is Kind.NOUN:
            return self._from_noun(j - 1, k)
        return NOBODY

    def _of_main_clause(self, k: int) -> Subject:
        """Return the subject of the sentence that a participle hangs on."""
        for m in self.verbs:
            if m == k or not self.chunks[m].slot & Slot.FINITE:
                continue
            if m > k and not any(self.chunks[i].kind is Kind.COMMA for i in range(k, m)):
                continue
            found = self.subject(m)
            if found.noun >= 0 and found.via != "relative":
                return found._replace(via="participle")
        return NOBODY

    # --- complements ---

    def extent(self, k: int) -> int:
        """Return where what belongs to the verb at `k` ends: the index after its last chunk."""
        chunks = self.chunks
        for m in range(k + 1, len(chunks)):
            kind = chunks[m].kind
            if kind in {Kind.COLON, Kind.DASH, Kind.BUT}:
                return m
            if kind is Kind.SUBORDINATOR and (m == k + 1 or not self._is_complement_word(m)):
                return m
            if kind is Kind.COMMA and self._ends_at_comma(m):
                return m
            if kind is Kind.AND and self._ends_at_and(m, k):
                return m
            if kind is Kind.VERB and chunks[m].slot & Slot.FINITE and m > k + 1:
                # A verb with a subject of its own: the clause it belongs to began at that subject.
                found = self.subject(m)
                if found.noun > k and not self._is_embedded(k, found):
                    return found.left if found.left > k else found.noun
        return len(chunks)

    def _is_complement_word(self, m: int) -> bool:
        return self.chunks[m].words[0] == "whether"

    def _is_embedded(self, k: int, found: Subject) -> bool:
        left = found.left if found.left >= 0 else found.noun
        before = self.chunks[left - 1]
        if left - 1 <= k or before.kind in {Kind.THAT, Kind.RELATIVE, Kind.VERB, Kind.PREPOSITION}:
            return True
        return found.via in {"relative", "pronoun"} and before.kind not in {Kind.COMMA, Kind.AND}

    def _ends_at_comma(self, m: int) -> bool:
        chunks = self.chunks
        n = m + 1
        while n < len(chunks) and chunks[n].kind in _SKIPPED:
            n += 1
        if n >= len(chunks):
            return True
        after = chunks[n]
        if after.kind in {Kind.SUBORDINATOR, Kind.BUT, Kind.QUOTE, Kind.CONDITIONAL}:
            return True
        if after.kind is Kind.VERB:
            return not after.slot & Slot.INFINITIVE or bool(after.slot & Slot.FINITE)
        if after.kind is Kind.AND:
            return n + 1 < len(chunks) and chunks[n + 1].kind is Kind.VERB and bool(chunks[n + 1].slot & Slot.FINITE)
        # ", X says": the tail that names the source.
        for v in range(n, min(n + 8, len(chunks))):
            if chunks[v].kind is Kind.VERB and chunks[v].slot & Slot.FINITE:
                found = self.subject(v)
                return m < found.noun <= v and found.via in {"direct", "pronoun"}
            if chunks[v].kind in {Kind.COMMA, Kind.COLON}:
                break
        return False

    def _ends_at_and(self, m: int, k: int) -> bool:
        chunks = self.chunks
        n = m + 1
        while n < len(chunks) and chunks[n].kind in _SKIPPED:
            n += 1
        if n >= len(chunks):
            return True
        after = chunks[n]
        if after.kind is Kind.VERB:
            return bool(after.slot & Slot.FINITE) and not (
                self._has_infinitive_form(after)
                and any(
                    (chunks[v].kind is Kind.VERB and chunks[v].flags & g.INFINITIVE_MARK)
                    or (v == k and chunks[v].slot & Slot.INFINITIVE)
                    for v in range(k, m)
                )
            )
        if after.kind is Kind.NOUN or after.kind is Kind.PRONOUN:
            for v in range(n + 1, min(n + 6, len(chunks))):
                if chunks[v].kind is Kind.VERB and chunks[v].slot & Slot.FINITE:
                    return self.subject(v).left >= n
                if chunks[v].kind not in _SKIPPED and chunks[v].kind not in {Kind.PREPOSITION, Kind.NOUN}:
                    break
        return False

    def _has_infinitive_form(self, chunk: Chunk) -> bool:
        return any(form.slots & Slot.INFINITIVE for form in chunk.forms) and chunk.words[0] == chunk.lemma.split()[0]

    def object_words(self, k: int, end: int, *, wide: bool) -> set[str]:
        """Return the words of the verb's object: of the first noun phrase, or with `wide` of all that follows."""
        words: set[str] = set()
        seen = False
        for m in range(k + 1, end):
            chunk = self.chunks[m]
            if (
                not wide
                and seen
                and chunk.kind not in {Kind.NOUN, Kind.AND, Kind.COMMA, Kind.TIME}
                and not (chunk.kind is Kind.PREPOSITION and chunk.words[0] in self.pack.possessor_prepositions)
            ):
                break
            if (
                not wide
                and chunk.kind in {Kind.PREPOSITION, Kind.VERB, Kind.THAT}
                and not seen
                and (chunk.kind is not Kind.PREPOSITION or m > k + 1)
            ):
                break
            if chunk.kind is Kind.NOUN:
                seen = True
            words.update(chunk.words)
        if any(word[0].isdigit() and word[-1] in "mn" for word in words):
            # "15m", "2.5bn"
            words.add("million")
        return words

    def parties(self, start: int, end: int) -> Iterator[Party]:
        """Yield every actor mentioned between two chunks, with the preposition that governs it."""
        preposition = ""
        previous: Kind | None = None
        for m in range(max(start, 0), min(end, len(self.chunks))):
            chunk = self.chunks[m]
            if chunk.kind is Kind.PREPOSITION:
                preposition = chunk.words[-1]
            elif chunk.kind is Kind.NOUN:
                if previous is Kind.NOUN:
                    preposition = ""
                yield from self._parties_of(chunk, preposition, m)
            elif chunk.kind in {Kind.VERB, Kind.THAT, Kind.SUBORDINATOR, Kind.RELATIVE}:
                preposition = ""
            if chunk.kind not in _SKIPPED:
                previous = chunk.kind

    def _parties_of(self, chunk: Chunk, preposition: str, m: int) -> Iterator[Party]:
        heads = {who.code for who in chunk.who}
        seen: set[str] = set()
        for ref in chunk.refs:
            code, kind = ref.code, ref.mention.kind
            if kind is MentionKind.DEMONYM and code in _ENCLAVE_OF and chunk.words[-1] in self.pack.enclave_words:
                code, kind = _ENCLAVE_OF[code], MentionKind.REGION
            if code in seen:
                continue
            seen.add(code)
            yield Party(code, preposition, code in heads, ref.owns, kind, m)
        for who in chunk.who:
            if who.code not in seen:
                yield Party(who.code, preposition, True, False, MentionKind.NAME, m)

    def direct(self, k: int, end: int) -> tuple[int, int]:
        """Return the range of the direct object of the verb at `k`: the nouns that no preposition governs."""
        m = k + 1
        while m < end and self.chunks[m].kind in _SKIPPED:
            m += 1
        if m + 2 < end and [c.kind for c in self.chunks[m : m + 3]] == [Kind.PREPOSITION, Kind.NOUN, Kind.NOUN]:
            # "condemned in strong words the launch": the object has been put off.
            m += 2
        start = m
        while m < end and self.chunks[m].kind in {Kind.NOUN, Kind.AND, Kind.COMMA, Kind.RECIPROCAL}:
            m += 1
        while m > start and self.chunks[m - 1].kind in {Kind.AND, Kind.COMMA}:
            m -= 1
        return start, m


def chunks_skip(chunk: Chunk) -> bool:
    """Return whether a chunk may stand between a noun and the relative pronoun that takes it up."""
    return chunk.kind in _SKIPPED or chunk.kind is Kind.COMMA


def _says(chunk: Chunk) -> bool:
    return any(rule.frame is Frame.SAY and not rule.needs_object for form in chunk.forms for rule in form.rules)


def _is_past(chunk: Chunk) -> bool:
    return any(form.slots & Slot.PAST for form in chunk.forms)


def _shared_role(chunk: Chunk, last: Chunk) -> tuple[Who, ...]:
    """Return whom "Armenian" in "Armenian and Azerbaijani leaders" stands for."""
    if not last.who or last.who[0].role is None or not chunk.refs:
        return ()
    ref: Ref = chunk.refs[-1]
    if ref.mention.kind is MentionKind.DEMONYM and ref.mention.end_token == chunk.end:
        return (Who(ref.code, None, last.who[0].role, chunk.start, chunk.end),)
    return ()


def _shared_noun(chunks: Sequence[Chunk], j: int) -> list[Who]:
    """Return whom "arméniennes" in "les troupes américaines et arméniennes" stands for."""
    if [chunk.kind for chunk in chunks[max(j - 1, 1) : j]] != [Kind.AND]:
        return []
    if len(chunks[j].refs) != 1 or not chunks[j - 2].who:
        return []
    ref: Ref = chunks[j].refs[0]
    noun = chunks[j - 2]
    alone = ref.mention.start_token == chunks[j].start and ref.mention.end_token == chunks[j].end
    if (
        ref.mention.kind is MentionKind.DEMONYM
        and alone
        and noun.who[0].role is not None
        and noun.refs
        and noun.refs[-1].mention.kind is MentionKind.DEMONYM
    ):
        return [Who(ref.code, None, noun.who[0].role, chunks[j].start, chunks[j].end)]
    return []
