"""Clauses: who is the subject of each verb, how far its complement reaches, and which parties stand where in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis.bodies import ENCLAVES
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.frames import TargetFrom
from bot.analysis.gazetteer import MentionKind
from bot.analysis.lexemes import MAY_BE_AMOUNT, unit_of
from bot.analysis.mentions import CAPITAL, DEMONYM
from bot.analysis.pack import Slot
from bot.analysis.subjects import Subject, Subjects
from bot.analysis.verb_senses import ACCUSES, REPORTS, speaks

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BEFORE_OBJECT: Final = frozenset({Kind.PREPOSITION, Kind.THAT, Kind.VERB})
_BEHIND_COMMA: Final = frozenset({Kind.BUT, Kind.CONDITIONAL, Kind.QUOTE, Kind.SUBORDINATOR})
_DIRECT: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN, Kind.RECIPROCAL})
_EMBEDDERS: Final = frozenset({Kind.PREPOSITION, Kind.RELATIVE, Kind.THAT, Kind.VERB})
_IN_PHRASE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION})
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
_NAMING: Final = frozenset({Kind.NOUN, Kind.PRONOUN})
_NEW_CLAUSE: Final = frozenset({Kind.RELATIVE, Kind.SUBORDINATOR, Kind.THAT, Kind.VERB})
_OF_OBJECT: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN, Kind.TIME})
_PARTINGS: Final = frozenset({Kind.BUT, Kind.COLON, Kind.DASH})
_MAY_END: Final = _PARTINGS | {Kind.AND, Kind.COMMA, Kind.SUBORDINATOR, Kind.VERB}
# A preposition with its noun, and the object behind it.
_PHRASE_ENDS: Final = frozenset({Kind.COMMA, Kind.OTHER, Kind.PREPOSITION, Kind.AND, Kind.BUT})
_PUT_OFF: Final = [Kind.PREPOSITION, Kind.NOUN, Kind.NOUN]
_PAUSES: Final = frozenset({Kind.COLON, Kind.COMMA})

_SKIPPED: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.OTHER})


class Party(NamedTuple):
    """An actor somewhere in a clause: after which preposition, as head of its phrase or not, in which chunk.

    `once` is whom somebody out of office last spoke for.
    """

    code: str
    preposition: str
    is_head: bool
    owns: bool
    kind: MentionKind
    chunk: int
    once: str = ""


_ENCLAVE_OF: Final = {people: enclave for enclave, people in ENCLAVES.items()}


class Clauses(Subjects):
    """A sentence's chunks, with the reach and the object of each verb."""

    def extent(self, k: int) -> int:
        """Return where what belongs to the verb at `k` ends: the index after its last chunk."""
        known = self._extents.get(k)
        if known is None:
            known = self._extents[k] = self._find_extent(k)
        return known

    def _find_extent(self, k: int) -> int:
        end = self._find_end(k)
        if not self.has_relative or self.pack.cased:
            return end
        for m in range(k + 2, end):
            start = m
            if self.kinds[m] == Kind.THAT and not self.pack.remarks.isdisjoint(self.chunks[m - 1].words[-1:]):
                start = m - 1
            elif self.kinds[m] != Kind.RELATIVE:
                continue
            before = self.chunks[start - 1]
            if start - 1 > k and before.kind == Kind.PREPOSITION:
                # "freed the prisoners in what X hailed as", "closed the road in a move that X condemned".
                return start - 1 if before.words[-1] in self.pack.place_prepositions else end
        return end

    def _find_end(self, k: int) -> int:
        chunks = self.chunks
        for m, kind in enumerate(self.kinds[k + 1 :], start=k + 1):
            if kind not in _MAY_END:
                continue
            if kind in _PARTINGS:
                return m
            if kind == Kind.SUBORDINATOR and (m == k + 1 or not self._is_complement_word(m)):
                return m
            if kind == Kind.COMMA and self._ends_at_comma(m, k):
                return m
            if kind == Kind.AND and self._ends_at_and(m, k):
                return self.extent(m + 1) if m == k + 1 and self.shares_object(k) else m
            if kind == Kind.VERB and chunks[m].slot & Slot.FINITE and m > k + 1:
                # A verb with a subject of its own: the clause it belongs to began at that subject.
                found = self.subject(m)
                if found.via == "direct" and self._only_describes(k, found.noun):
                    # "a missile fired by X hit a village": the clause of the noun itself goes on.
                    return m
                if found.noun > k and not self._is_embedded(k, found):
                    return found.left if found.left > k else found.noun
        return len(chunks)

    def _only_describes(self, k: int, noun: int) -> bool:
        """Return whether the verb at `k` is a bare participle behind a noun, which it describes."""
        is_gerund = self.chunks[k].slot == Slot.GERUND and not self.chunks[k].flags and not self.pack.cased
        return 0 <= noun == k - 1 and (is_gerund or self._is_reduced(k))

    def _is_complement_word(self, m: int) -> bool:
        return self.chunks[m].words[0] in self.pack.alternatives

    def _is_embedded(self, k: int, found: Subject) -> bool:
        left = found.left if found.left >= 0 else found.noun
        while left - 1 > k and self.chunks[left - 1].kind in _SKIPPED:
            left -= 1
        before = self.chunks[left - 1]
        if left - 1 <= k or before.kind in _EMBEDDERS:
            return True
        return found.via in {"relative", "pronoun"} and before.kind not in _LISTING

    def _ends_at_comma(self, m: int, k: int) -> bool:
        chunks = self.chunks
        n = m + 1
        while n < len(chunks) and chunks[n].kind in _SKIPPED:
            n += 1
        if n >= len(chunks):
            return True
        after = chunks[n]
        if after.kind in _BEHIND_COMMA:
            return True
        if self._is_comment(n):
            return True
        if after.kind == Kind.VERB:
            if after.slot == Slot.GERUND and self._is_charge(m, k, after):
                return False
            return not after.slot & Slot.INFINITIVE or bool(after.slot & Slot.FINITE)
        if after.kind == Kind.PREPOSITION and n + 1 < len(chunks) and chunks[n + 1].kind == Kind.VERB:
            # ", en recevant X": what was done besides.
            return after.words[-1] in self.pack.manner_prepositions and chunks[n + 1].slot == Slot.GERUND
        if after.kind == Kind.AND:
            if n + 1 >= len(chunks) or chunks[n + 1].kind != Kind.VERB or not chunks[n + 1].slot & Slot.FINITE:
                return False
            # "to lift its blockade, and release all prisoners"
            return not self._goes_on(m, k, chunks[n + 1])
        # ", X says": the tail that names the source.
        for v in range(n, min(n + 8, len(chunks))):
            if chunks[v].kind == Kind.VERB and chunks[v].slot & Slot.FINITE:
                found = self.subject(v)
                if 0 < found.left < m and self.kinds[found.left - 1] == Kind.THAT:
                    # "demands that X, Y and Z withdraw": a comma within the subject
                    return False
                return m < found.noun <= v and found.via in {"direct", "pronoun"}
            if v == n + 1 and chunks[v].kind == Kind.VERB and not after.refs and self._is_by_agent(v):
                # ", claims denied by X": what another said of all that was told.
                return True
            if chunks[v].kind == Kind.VERB and chunks[v].slot == Slot.GERUND and chunks[v - 1].kind == Kind.NOUN:
                # ", Paris seeing in it a step": another subject's clause.
                return bool(chunks[v - 1].who) and v - 1 >= n
            if chunks[v].kind in _PAUSES:
                break
        return False

    def _is_charge(self, m: int, k: int, after: Chunk) -> bool:
        """Return whether the verb behind a comma is one more deed that somebody is accused of, and no word of his accuser.

        "accuses X of breaching the truce, firing on its posts", but not "…, calling it a crime".
        """
        hurts = any(rule.hostile for form in after.forms for rule in form.rules)
        if not self.chunks[k].senses & ACCUSES or (speaks(after) and not hurts):
            return False
        return any(
            self.chunks[v].slot == Slot.GERUND and self.chunks[v - 1].kind == Kind.PREPOSITION for v in range(k + 2, m)
        )

    def _is_comment(self, n: int) -> bool:
        """Return whether a clause takes up all that was told: ", ce que dément Bakou"."""
        chunks = self.chunks
        return (
            not self.pack.adjectives_first
            and n + 1 < len(chunks)
            and chunks[n].kind == Kind.NOUN
            and len(chunks[n].words) == 1
            and not chunks[n].refs
            and chunks[n + 1].kind == Kind.THAT
        )

    def _ends_at_and(self, m: int, k: int) -> bool:
        chunks = self.chunks
        n = m + 1
        while n < len(chunks) and chunks[n].kind in _SKIPPED:
            n += 1
        if n >= len(chunks):
            return True
        after = chunks[n]
        if after.kind == Kind.THAT and not chunks[k].senses & REPORTS and chunks[k].slot & Slot.FINITE:
            # "said X must leave and that it was time": one more thing that is said.
            return self.pack.adjectives_first
        if after.kind == Kind.VERB:
            if after.slot == chunks[k].slot == Slot.GERUND and not self.pack.cased:
                # "a resolution calling on X to talk and offering help", but not "calling for the sides to stop and talk"
                return not any(between.slot == Slot.GERUND for between in chunks[k + 1 : m])
            if self._shares_auxiliary(m, k, after):
                return True
            return bool(after.slot & Slot.FINITE) and not self._goes_on(m, k, after)
        if after.kind in _NAMING:
            for v in range(n + 1, min(n + 6, len(chunks))):
                if chunks[v].kind == Kind.VERB and chunks[v].slot & Slot.FINITE:
                    return self.subject(v).left >= n
                if chunks[v].kind not in _SKIPPED and chunks[v].kind not in _IN_PHRASE:
                    break
        return False

    def shares_object(self, k: int) -> bool:
        """Return whether the object of the verb at `k` stands behind the next: "condemned and rejected X's claims"."""
        if self.pack.cased or k + 2 >= len(self.chunks) or self.kinds[k + 1] != Kind.AND:
            return False
        verb, after = self.chunks[k], self.chunks[k + 2]
        if after.kind != Kind.VERB or not after.slot & verb.slot or after.passive or verb.passive:
            return False
        return _judges(verb) and _judges(after)

    def _shares_auxiliary(self, m: int, k: int, after: Chunk) -> bool:
        """Return whether the participle behind "and" is one more deed: "a plaidé pour la paix et salué l'accord"."""
        if self.pack.adjectives_first or self.pack.cased or after.slot != Slot.PARTICIPLE or after.flags:
            return False
        is_perfect = bool(self.chunks[k].flags & g.HAVE) and not self.chunks[k].passive
        # "les frappes menées et revendiquées", "une aide promise et attendue"
        agrees = after.words[0].endswith((*self.pack.plural_endings, *self.pack.feminine_endings))
        return is_perfect and self.chunks[m - 1].kind != Kind.VERB and not agrees

    def _goes_on(self, m: int, k: int, after: Chunk) -> bool:
        """Return whether the verb behind "and" at `m` may be one more infinitive of what the one at `k` governs."""
        if not self.is_bare(after):
            return False
        verbs = ((v, self.chunks[v]) for v in range(k, m) if self.chunks[v].kind == Kind.VERB)
        return any(verb.flags & g.INFINITIVE_MARK or (v == k and verb.slot & Slot.INFINITIVE) for v, verb in verbs)

    def is_bare(self, chunk: Chunk) -> bool:
        """Return whether a verb begins with its bare form: "lift", "lift and free"."""
        return any(form.slots & Slot.INFINITIVE for form in chunk.forms) and chunk.words[0] == chunk.lemma.split()[0]

    def object_words(self, k: int, end: int, *, wide: bool) -> set[str]:
        """Return the words of the verb's object: of the first noun phrase, or with `wide` of all that follows."""
        before = self.fronted(k)
        words: set[str] = set()
        if end > k + 1 and self.shares_object(k):
            k += 2
        if before >= 0:
            words.update(word for m in range(before, k) for word in self.chunks[m].words)
        if (of := self._relative_object(k)) >= 0:
            words.update(self.chunks[of].words)
        seen = told = False
        if wide and self._names_behind(end) and self.kinds[k + 1 : k + 2] == [Kind.NOUN]:
            end += 2
        for m in range(k + 1, end):
            chunk = self.chunks[m]
            if (
                not wide
                and seen
                and chunk.kind not in _OF_OBJECT
                and not (chunk.kind == Kind.PREPOSITION and chunk.words[0] in self.pack.possessor_prepositions)
            ):
                break
            if not wide and chunk.kind in _BEFORE_OBJECT and not seen and (chunk.kind != Kind.PREPOSITION or m > k + 1):
                break
            if chunk.kind == Kind.NOUN:
                seen = True
            told = told or chunk.kind == Kind.THAT
            if told and chunk.kind == Kind.VERB:
                # "declared that it would freeze" is no freeze declared.
                continue
            words.update(chunk.words)
        if self.may & MAY_BE_AMOUNT:
            # "15m", "2.5bn"
            amounts = self.pack.amounts
            words.update([amounts[unit_of(word)] for word in words if word[0].isdigit() and unit_of(word) in amounts])
        return words

    def _relative_object(self, k: int) -> int:
        """Return the noun that is the verb's object before it: "une allégation que Bakou a rejetée"; -1 for none."""
        subject = self.subject(k)
        left = subject.left if 0 <= subject.left < k else subject.noun
        if self.pack.adjectives_first or self.pack.cased or left < 2 or self.kinds[left - 1] != Kind.THAT:  # noqa: PLR2004
            return -1
        return left - 2 if self.kinds[left - 2] == Kind.NOUN else -1

    def _names_behind(self, end: int) -> bool:
        """Return whether what a thing is called stands behind where a verb's reach ends: "called it as a mistake"."""
        kinds = self.kinds
        if end + 1 >= len(kinds) or kinds[end] != Kind.SUBORDINATOR or kinds[end + 1] != Kind.NOUN:
            return False
        is_phrase = end + 2 >= len(kinds) or kinds[end + 2] in _PHRASE_ENDS
        return is_phrase and not self.pack.name_words.isdisjoint(self.chunks[end].words)

    def parties(self, start: int, end: int) -> Iterator[Party]:
        """Yield every actor mentioned between two chunks, with the preposition that governs it."""
        preposition = ""
        under = False
        # "ahead of a meeting with X": X belongs to what it is ahead of.
        occasions = self.pack.occasion_prepositions
        previous: int | None = None
        cased = self.pack.cased
        for m, chunk in enumerate(self.chunks[max(start, 0) : max(end, 0)], start=max(start, 0)):
            if chunk.kind == Kind.PREPOSITION:
                if previous == Kind.PREPOSITION and chunk.words[-1] in self.pack.indefinites:
                    # "par des soldats": an article.
                    continue
                if not (under and chunk.words[-1] in self.pack.possessor_prepositions):
                    # "under the auspices of X" is under X.
                    preposition = chunk.words[-1] if preposition not in occasions else preposition
            elif chunk.kind == Kind.NOUN:
                if previous == Kind.NOUN:
                    preposition = ""
                under = previous == Kind.PREPOSITION and chunk.words[-1] in self.pack.umbrellas
                if chunk.refs or chunk.who:
                    yield from self._parties_of(chunk, preposition, m, owns=cased and self._owns_with(m))
            elif chunk.kind in _NEW_CLAUSE or (chunk.kind in _LISTING and preposition in occasions):
                preposition = ""
            if chunk.kind not in _SKIPPED:
                previous = chunk.kind

    def _owns_with(self, m: int) -> bool:
        """Return whether a genitive shares what the one before "and" owns: "соглашение Армении и Азербайджана"."""
        chunks = self.chunks
        if m < 2 or chunks[m - 1].kind != Kind.AND or chunks[m].leads:  # noqa: PLR2004 - a noun and "and"
            return False
        before = chunks[m - 2].refs[-1:]
        cases = chunks[m].refs[-1].mention.cases if chunks[m].refs else "-"
        return bool(before) and before[0].owns and (not cases or "g" in cases)

    def _parties_of(self, chunk: Chunk, preposition: str, m: int, *, owns: bool = False) -> Iterator[Party]:
        heads = {who.code for who in chunk.who} if not owns else set()
        if heads == {"OTHER"} and (owners := {ref.code for ref in chunk.refs} - heads):
            # Who was in office speaks for nobody, and is still met, tried or freed as theirs.
            heads = owners
        seen: set[str] = set()
        # "the Washington summit", "the Moscow accord": where it was held.
        is_venued = not heads and chunk.words[-1] in self.pack.venued
        last = chunk.refs[-1].code if chunk.refs else ""
        for ref in chunk.refs:
            if is_venued and ref.mention.kind is CAPITAL and not ref.owns:
                continue
            code, kind = ref.code, ref.mention.kind
            if heads and not owns and not ref.owns and code not in heads and last in heads and kind is not DEMONYM:
                # "NATO ally Turkey": what it is said to be besides.
                continue
            if kind is DEMONYM and code in _ENCLAVE_OF and chunk.words[-1] in self.pack.enclave_words:
                code, kind = _ENCLAVE_OF[code], MentionKind.REGION
            if code in seen:
                continue
            seen.add(code)
            yield Party(code, preposition, code in heads, ref.owns or owns, kind, m, ref.mention.once)
        for who in chunk.who:
            if who.code not in seen and (who.code in heads or not seen):
                yield Party(who.code, preposition, not owns, owns, MentionKind.NAME, m)

    def direct(self, k: int, end: int) -> tuple[int, int]:
        """Return the range of the direct object of the verb at `k`: the nouns that no preposition governs."""
        m, kinds = k + 1, self.kinds
        if m < end and self.shares_object(k):
            m += 2
        while m < end and kinds[m] in _SKIPPED:
            m += 1
        if m + 2 < end and self.kinds[m : m + 3] == _PUT_OFF:
            # "condemned in strong words the launch": the object has been put off.
            m += 2
        start = m
        while m < end and kinds[m] in _DIRECT:
            m += 1
        while m > start and kinds[m - 1] in _LISTING:
            m -= 1
        return start, m


def _judges(verb: Chunk) -> bool:
    """Return whether a verb is what somebody does to a deed or words of another: "condemn", "reject"."""
    return any(rule.target is TargetFrom.CULPRIT for form in verb.forms if not form.tail for rule in form.rules)
