"""A request taken apart: whom it is addressed to, who else is named in it, and what it asks for in which words."""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis.bodies import BODIES, INTERNATIONAL, RULING
from bot.analysis.chunks import Kind, Who
from bot.analysis.clauses import Party
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Slot
from bot.analysis.parties import codes_of
from bot.analysis.requests import OF_PEACE, contents_of
from bot.analysis.subjects import NOBODY
from bot.analysis.targets import Targets
from bot.domain.reactions import COLLECTIVE_ACTORS

_PART_STARTS: Final = frozenset({Kind.AND, Kind.BUT, Kind.COMMA})
# "the states that signed it"
_WHICH: Final = [Kind.NOUN, Kind.THAT, Kind.VERB]


class Request(NamedTuple):
    """A request taken apart: whom it is addressed to, who else is named, and the words of its parts.

    `left` are those whose land troops are to leave: "to withdraw from X".
    """

    addressees: tuple[str, ...]
    others: tuple[str, ...]
    left: tuple[str, ...]
    bodies: tuple[str, ...]
    asked: tuple[str, ...]
    parts: list[list[str]]
    end: int
    is_clause: bool
    has_object: bool
    is_statement: bool
    is_infinitive: bool
    pronoun: bool


class Addressing(Targets):
    """Finds the parties around a verb, those of a request among them."""

    def request(self, k: int, end: int | None = None) -> Request:
        """Take apart what the verb at `k` asks of whom, up to `end` where another party is asked something else."""
        clauses, chunks = self._clauses, self._clauses.chunks
        end = end or clauses.extent(k)
        start, stop = clauses.direct(k, end)
        cased = self._pack.cased
        parties = list(clauses.parties(k + 1, end))
        direct = [p for p in parties if start <= p.chunk < stop and not p.preposition]
        if start < stop and self._is_said_again(k, stop, end):
            # "appealed to X and to Y"
            direct += [p._replace(preposition="") for p in parties if p.chunk == stop + 2]
            stop += 3
        clause_at = next((m for m in range(k + 1, end) if self._opens_clause(m)), end)
        lead = [p for p in parties if p.chunk < clause_at]
        is_clause = clause_at < end
        heads = [p for p in direct if p.is_head or p.kind in {MentionKind.PEOPLE, MentionKind.REGION}]
        if stop < end and chunks[stop].kind == Kind.PREPOSITION and chunks[stop].words[-1] in self._pack.name_words:
            # "proposed X as a venue": what it is to be, and nothing asked of it.
            heads, parties = [], [p for p in parties if p not in direct]
            direct = []
        # "стороны карабахского конфликта": the sides, and not who governs there.
        heads = [p for p in heads if not (p.kind is MentionKind.REGION and self._is_scene(p))]
        if heads and (is_clause or stop < end or len(direct) == len(heads)):
            addressees = codes_of(list(heads))
        elif (is_clause and lead and start == stop) or (self._pack.cased and not is_clause and not heads):
            addressees = codes_of([p for p in lead if p.preposition in self._pack.addressee_prepositions])
        else:
            addressees = []
        if not addressees and clause_at + 1 < end and chunks[clause_at].kind == Kind.THAT:
            # "exige que X se retire"
            addressees = [one.code for one in self._asked_in_clause(clause_at + 1)]
        # "заявил Алиеву о необходимости": told within the verb.
        addressees = [ref.code for ref in chunks[k].refs] or addressees
        of = self._pack.possessor_prepositions
        rulings = [p for p in parties if p.code in RULING and (p.preposition in of or not p.is_head)]
        named = [p for p in parties if not self._is_aside(p) and p not in rulings]
        named = [
            p for p in named if p.preposition not in self._pack.benefit_prepositions or p.code not in INTERNATIONAL
        ]
        places = self._pack.place_prepositions
        if any(p.preposition not in places for p in named):
            # "the withdrawal of the EU mission in Armenia": where it is.
            named = [p for p in named if p.preposition not in places or p.code in INTERNATIONAL]
        # "an end to attacks on X" asks nothing of X.
        named = [p for p in named if p.preposition not in self._pack.victim_prepositions or p.code in BODIES or cased]
        named = [p for p in named if p.is_head or p.owns or p.preposition not in of or not self._is_suffered(p)]
        if self._pack.captives:
            named = [p for p in named if not self._is_captive(p)]
        others = self._by_place([p.code for p in named if p.code not in COLLECTIVE_ACTORS], parties)
        words = [list(chunks[m].words) for m in range(k + 1, end)]
        parts: list[list[str]] = [[]]
        aside = self._apposition(start, clause_at) if addressees else range(0)
        which = next((m for m in range(k + 2, clause_at) if self._tells_which(m)), clause_at)
        for m in range(k + 1, end):
            if which <= m < clause_at:
                continue
            if m in aside:
                # "asks Russia, a key security ally, to help": who is asked, and not what.
                continue
            if m < clause_at < end and any(who.speaker for who in chunks[m].who):
                # "demande au chef de la diplomatie X de …": who is asked, and not what.
                continue
            if chunks[m].kind == Kind.PREPOSITION and chunks[m].words[-1] in self._pack.circumstance_prepositions:
                break
            if m == clause_at and not addressees and self._is_means(parts):
                # "urges dialogue to ease tensions": what it is for.
                break
            if self._tells_manner(m, end) and contents_of(parts, self._pack):
                # "open the road, in line with the agreements": how, and no other thing.
                break
            is_led = chunks[m].kind == Kind.PREPOSITION and m + 1 < end
            if is_led and not self._pack.sakes.isdisjoint(chunks[m + 1].words):
                # "a ceasefire for the sake of civilians"
                break
            if is_led and not self._pack.ends.isdisjoint(chunks[m + 1].words) and self._tells_end(m + 2, end, parts):
                # "to stop firing in order to resume talks"
                break
            is_relative = chunks[m].kind == Kind.THAT and chunks[m - 1].kind == Kind.NOUN and m > clause_at
            if is_relative or (chunks[m].kind == Kind.RELATIVE and chunks[m - 1].kind == Kind.COMMA):
                # "a solution to the conflict, which has lasted for more than 30 years": known, and not asked for.
                break
            if chunks[m].kind in _PART_STARTS and not (start <= m < stop):
                if self._only_names(m, end) or self._has_one_owner(m, end):
                    # "for help from X, the Security Council and Y": who is asked, and no other thing.
                    continue
                parts.append([])
            parts[-1].extend(chunks[m].words)
            is_wished_done = m == k + 2 and bool(chunks[m].slot & Slot.PARTICIPLE) and not chunks[m].flags
            if chunks[m].passive or is_wished_done:
                # "calls for it to be disbanded"
                parts[-1].extend(chunks[m].lemma.split())
        bodies = tuple(dict.fromkeys(p.code for p in parties if p.code in BODIES))
        if "UNSC" in bodies:
            bodies = ("UNSC",)
        asked = tuple(dict.fromkeys(p.code for p in parties if not p.preposition and p.chunk < stop))
        if not asked:
            # "asks for the help of X"
            owners = [p for p in parties if p.chunk == stop + 1 and p.preposition in of and (p.is_head or p.owns)]
            # "for help from X, Y and Z"
            givers = [p for p in parties if p.preposition in self._pack.author_prepositions and p.is_head]
            asked = tuple(dict.fromkeys(p.code for p in owners or givers))
        own_words = [part for part in parts if part]
        return Request(
            tuple(dict.fromkeys(addressees)),
            tuple(dict.fromkeys(others)),
            tuple(dict.fromkeys(p.code for p in parties if self._led_by(p) in places | self._pack.author_prepositions)),
            bodies,
            asked,
            own_words,
            end,
            is_clause and bool(words),
            stop > start,
            clause_at < end and chunks[clause_at].kind == Kind.THAT,
            clause_at < end
            and bool(chunks[clause_at].flags & g.INFINITIVE_MARK or chunks[clause_at].slot == Slot.INFINITIVE),
            k + 1 < end and chunks[k + 1].kind == Kind.PRONOUN,
        )

    def _is_said_again(self, k: int, stop: int, end: int) -> bool:
        """Return whether "and" leads from the object of the verb at `k` to another behind the same preposition."""
        chunks = self._clauses.chunks
        if stop + 2 >= end or chunks[stop].kind != Kind.AND or chunks[stop + 1].kind != Kind.PREPOSITION:
            return False
        return chunks[stop + 1].words == chunks[k].words[-1:] and bool(chunks[stop + 2].who)

    def _led_by(self, party: Party) -> str:
        """Return what leads to the phrase that a party ends: "from" in "from the whole of the territory of X"."""
        chunks, kinds, of = self._clauses.chunks, self._clauses.kinds, self._pack.possessor_prepositions
        m, before = party.chunk, party.preposition
        while not self._pack.cased and before in of and m > 2 and kinds[m - 2] == Kind.NOUN:  # noqa: PLR2004 - from, noun, of
            if chunks[m - 2].refs or kinds[m - 3] != Kind.PREPOSITION:
                break
            m -= 2
            before = chunks[m - 1].words[-1]
        return before

    def _asked_in_clause(self, noun: int) -> tuple[Who, ...]:
        """Return of whom a clause asks something: "demanded that X and Y withdraw"."""
        verb = next((v for v in self._clauses.verbs if v > noun), -1)
        subject = self._clauses.subject(verb) if verb >= 0 else NOBODY
        listed = subject.who if subject.left == noun else ()
        first = self._clauses.chunks[noun].who
        return listed if len(listed) > len(first) and first else first

    def _is_captive(self, party: Party) -> bool:
        """Return whether it is only said whose people are held: "les prisonniers de guerre arméniens"."""
        chunks, m = self._clauses.chunks, party.chunk
        if party.kind not in {MentionKind.DEMONYM, MentionKind.PEOPLE}:
            return False
        if not self._pack.captives.isdisjoint(chunks[m].words):
            return True
        of = chunks[m - 1] if m > 1 else chunks[m]
        is_of = of.kind == Kind.PREPOSITION and of.words[-1] in self._pack.possessor_prepositions
        return is_of and not self._pack.captives.isdisjoint(chunks[m - 2].words)

    def _is_scene(self, party: Party) -> bool:
        """Return whether a territory only tells where: "стороны карабахского конфликта", "военные действия в Карабахе"."""
        words = self._clauses.chunks[party.chunk].words
        return words[-1] in self._pack.wars or not self._pack.place_prepositions.isdisjoint(words[1:])

    def _tells_end(self, m: int, end: int, parts: list[list[str]]) -> bool:
        """Return whether an infinitive behind "in order" tells what for, where something has been asked for before it."""
        is_infinitive = m < end and bool(self._clauses.chunks[m].flags & g.INFINITIVE_MARK)
        return is_infinitive and bool(contents_of(parts, self._pack))

    def _is_means(self, parts: list[list[str]]) -> bool:
        """Return whether nothing but peace is asked for so far, and an infinitive tells what for."""
        found = contents_of(parts, self._pack)
        return bool(found) and all(content.type in OF_PEACE for content in found)

    def _tells_manner(self, m: int, end: int) -> bool:
        """Return whether a phrase behind a comma tells how a thing is to be done: ", in line with the agreements"."""
        if self._pack.cased or m + 3 >= end:
            return False
        comma, first, noun, last = self._clauses.chunks[m : m + 4]
        kinds = [comma.kind, first.kind, noun.kind, last.kind]
        return (
            kinds == [Kind.COMMA, Kind.PREPOSITION, Kind.NOUN, Kind.PREPOSITION]
            and len(noun.words) == 1
            and not noun.refs
            and first.words[-1] in self._pack.place_prepositions
            and last.words[-1] in self._pack.partner_prepositions
        )

    def _has_one_owner(self, m: int, end: int) -> bool:
        """Return whether two words that "and" joins are of one thing: "ensure freedom and security of movement"."""
        chunks = self._clauses.chunks
        if self._pack.cased or m < 2 or m + 2 >= end or chunks[m].kind != Kind.AND:  # noqa: PLR2004 - a verb, its object
            return False
        alike = all(chunks[n].kind == Kind.NOUN and len(chunks[n].words) == 1 for n in (m - 1, m + 1))
        of = chunks[m + 2]
        is_of = of.kind == Kind.PREPOSITION and of.words[-1] in self._pack.possessor_prepositions
        return alike and is_of and chunks[m - 2].kind == Kind.VERB

    def _only_names(self, m: int, end: int) -> bool:
        """Return whether nothing but names follows what may begin another part, up to the next that may."""
        kinds, chunks = self._clauses.kinds, self._clauses.chunks
        n = m + 1
        while n < end and kinds[n] in _PART_STARTS:
            n += 1
        if n >= end or kinds[n] != Kind.NOUN:
            return False
        noun = chunks[n]
        named = sum(ref.mention.end_token - ref.mention.start_token for ref in noun.refs)
        is_name = bool(noun.who) and len(noun.words) - named <= 1
        return is_name and (n + 1 >= end or kinds[n + 1] in _PART_STARTS or kinds[n + 1] == Kind.PREPOSITION)

    def _apposition(self, start: int, clause_at: int) -> range:
        """Return the chunks between commas that tell more of whoever is asked, right before what is asked."""
        kinds = self._clauses.kinds
        if clause_at < 1 or kinds[clause_at - 1] != Kind.COMMA:
            return range(0)
        opens = next((m for m in range(start, clause_at - 1) if kinds[m] == Kind.COMMA), -1)
        return range(opens, clause_at) if opens > start and kinds[opens + 1] == Kind.NOUN else range(0)

    def _is_aside(self, party: Party) -> bool:
        """Return whether a party only tells where or when: "calm on the Armenian border", "after Baku's attack"."""
        if self._is_place(party) or party.preposition in self._pack.circumstance_prepositions:
            return True
        at_edge = self._clauses.chunks[party.chunk].words[-1] in self._pack.edges
        return at_edge and party.preposition in self._pack.victim_prepositions | self._pack.place_prepositions

    def _opens_clause(self, m: int) -> bool:
        chunk = self._clauses.chunks[m]
        if self._tells_which(m if chunk.kind == Kind.THAT else m - 1):
            return False
        if chunk.kind == Kind.THAT:
            return True
        return chunk.kind == Kind.VERB and bool(
            chunk.slot & (Slot.INFINITIVE | Slot.FINITE) or chunk.flags & g.INFINITIVE_MARK
        )

    def _tells_which(self, m: int) -> bool:
        """Return whether "that" tells of those who are asked: "appealed to the states that signed the accord"."""
        kinds, chunks = self._clauses.kinds, self._clauses.chunks
        if not self._pack.adjectives_first or m < 1 or m + 1 >= len(kinds):
            return False
        if kinds[m - 1 : m + 2] != _WHICH:
            return False
        return bool(chunks[m + 1].slot & Slot.FINITE) and not chunks[m + 1].flags & (g.OBLIGED | g.POSSIBLE | g.FUTURE)
