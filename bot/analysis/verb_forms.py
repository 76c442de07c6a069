"""Which form of a verb a word is where it stands, or whether it is a noun or an adjective instead."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.bodies import INTERNATIONAL
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.mentions import DEMONYM, NAME, PERSON, REGION
from bot.analysis.pack import Slot
from bot.analysis.verb_senses import MEETS, REPORTS, REQUESTS, SAYS
from bot.analysis.verb_words import VerbWords
from bot.domain.reactions import COLLECTIVE_ACTORS

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_BEFORE_AMBIGUOUS: Final = frozenset(
    {Kind.AND, Kind.BUT, Kind.COMMA, Kind.OTHER, Kind.SUBORDINATOR, Kind.THAT, Kind.VERB}
)
_BEFORE_DEED: Final = frozenset({Kind.PREPOSITION, Kind.VERB})
_BEFORE_NOUN: Final = frozenset({Kind.OTHER, Kind.SUBORDINATOR, Kind.THAT, Kind.VERB})
_CLAUSE_OPENERS: Final = frozenset({Kind.CONDITIONAL, Kind.SUBORDINATOR})
_HEADS: Final = frozenset({Kind.NOUN, Kind.VERB})
_IN_PHRASE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION})
_LISTED: Final = [Kind.VERB, Kind.NOUN, Kind.COMMA, Kind.NOUN, Kind.AND]
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_TWO: Final = 2
# Asked of every rule that is tried, and a member of an enum takes long to name.
_THING: Final = SubjectKind.THING
_JUDGED: Final = frozenset({t.CONDEMN, t.WELCOME})


class VerbForms(VerbWords):
    """Works out which form of a verb a word without auxiliaries is, if it is one."""

    def _slot_alone(self, q: int, end: int, slots: int) -> int:
        """Return the form a verb without auxiliaries has here, or 0 where the word is a noun or an adjective."""
        before = self._chunks[-1] if self._chunks else None
        ambiguous = bool(self._flags[q] & g.AMBIGUOUS)
        if (
            self._capitals_tell
            and before is not None
            and before.kind in _IN_PHRASE
            and self._tokens[self._seq[q]].text[:1].isupper()
        ):
            return 0
        if self._flags[q] & g.ROLE and self._is_demonym(q + 1):
            # "armée azerbaïdjanaise"
            return 0
        if before is None or before.kind in _MARKS:
            if self._pack.endings_tell and self._cased and slots & Slot.FINITE and not ambiguous:
                return Slot.FINITE
            if slots & Slot.GERUND and not ambiguous:
                return Slot.GERUND
            if slots & Slot.PARTICIPLE and self._next_is_agent(end):
                return Slot.PARTICIPLE
            if slots & Slot.INFINITIVE and (
                not ambiguous
                or (before is None and (self._governs_object(q, end) or self._is_said_to_behind(q)))
                or (before is not None and (self._begins_command(end) or self._is_addressed(end)))
            ):
                return Slot.INFINITIVE
            return 0
        if before.kind in _BEFORE_DEED and slots & Slot.GERUND and self._is_deed(q, end):
            return 0
        if before.kind == Kind.PREPOSITION:
            if slots & Slot.GERUND and not (ambiguous and not self._noun_follows(end)):
                return Slot.GERUND
            return 0
        if slots & Slot.GERUND:
            if before.kind == Kind.NOUN and before.crowd and not before.refs:
                return Slot.GERUND
            opens = end < len(self._flags) and self._flags[end] & g.COMPLEMENTIZER
            if ambiguous and before.kind == Kind.COMMA and opens:
                # ", warning that"
                return Slot.GERUND
            if ambiguous and (not self._noun_follows(end) or before.kind in _HEADS):
                return 0
            return Slot.GERUND
        if before.kind == Kind.VERB and slots & Slot.PREDICATE and before.senses & SAYS and not self._pack.cased:
            # "Kremlin says concerned over drills": with "it is" left out.
            return Slot.PREDICATE
        if before.kind == Kind.VERB and not slots & Slot.INFINITIVE and self._noun_follows(end):
            # "voiced renewed concern", but not "la résolution adoptée exige"
            is_told = self._pack.endings_tell and not ambiguous and slots & Slot.FINITE and not slots & Slot.PARTICIPLE
            return Slot.FINITE if is_told and before.slot == Slot.PARTICIPLE and not self._cased else 0
        if before.kind == Kind.NOUN:
            return self._slot_after_noun(q, end, slots, before, ambiguous=ambiguous)
        if before.kind == Kind.THAT and ambiguous and slots & Slot.FINITE and self._is_of_paper(q, end):
            return Slot.FINITE
        if before.kind == Kind.COMMA and slots & Slot.PARTICIPLE and self._describes_listed(end):
            return 0
        if ambiguous and before.kind == Kind.ADVERB and self._is_counted(before):
            return 0
        if before.kind == Kind.AND and slots & Slot.PARTICIPLE and end == q + 1 and self._ends_list(end):
            return 0
        if ambiguous and before.kind in _BEFORE_AMBIGUOUS:
            after_verb = any(chunk.kind == Kind.VERB for chunk in self._chunks)
            if before.kind == Kind.VERB and slots & Slot.INFINITIVE and before.slot & Slot.INFINITIVE:
                return Slot.INFINITIVE if self._noun_follows(end) else 0
            if before.kind in _BEFORE_NOUN or not (
                after_verb or (before.kind == Kind.COMMA and self._is_interrupted())
            ):
                return 0
            # ", calls to end the war"
            leads = end < len(self._seq) and self._flags[end] & g.INFINITIVE_MARK and self._infinitive_follows(end)
            if self._verb_at(end) or not (self._noun_follows(end) or end - q > 1 or (leads and slots & Slot.FINITE)):
                return 0
        if slots & Slot.FINITE:
            return Slot.FINITE | (slots & Slot.PARTICIPLE)
        if slots & Slot.PARTICIPLE:
            return Slot.PARTICIPLE
        return slots & (Slot.INFINITIVE | Slot.PREDICATE)

    def _leads_to_deed(self, end: int) -> bool:
        """Return whether an infinitive with its mark follows: "ready to recognise"."""
        return end < len(self._flags) and bool(self._flags[end] & g.INFINITIVE_MARK) and self._infinitive_follows(end)

    def _ends_list(self, end: int) -> bool:
        """Return whether a participle describes the last of things: "weaponising food, energy and stolen children"."""
        kinds = [chunk.kind for chunk in self._chunks[-len(_LISTED) :]]
        if self._cased or kinds != _LISTED or not self._noun_follows(end):
            return False
        verb, first, _, second, _ = self._chunks[-len(_LISTED) :]
        return verb.slot == Slot.GERUND and not any(one.who or one.refs for one in (first, second))

    def _is_counted(self, adverb: Chunk) -> bool:
        """Return whether a word that counts stands behind a verb, and what it counts is a noun: "hold first call"."""
        if self._cased or self._pack.firsts.isdisjoint(adverb.words) or len(self._chunks) < _TWO:
            return False
        return self._chunks[-2].kind == Kind.VERB and not self._chunks[-2].flags & (g.BE | g.HAVE)

    def _is_demonym(self, q: int) -> bool:
        """Return whether an adjective of nationality stands here that belongs to the noun before it."""
        mention = self._mentions.get(self._seq[q]) if q < len(self._seq) else None
        return mention is not None and mention.kind is DEMONYM and not self._pack.adjectives_first

    def _begins_command(self, end: int) -> bool:
        """Return whether what follows a word behind a colon makes it a command: "Baku to Paris: Stop arming"."""
        if end >= len(self._seq) or self._seq[end] < 0:
            return False
        if self._seq[end] in self._mentions or self._flags[end] & (g.DETERMINER | g.POSSESSIVE):
            return True
        return bool(self._known[end].slots & Slot.GERUND)

    def _governs_object(self, q: int, end: int) -> bool:
        """Return whether the first word is a verb, for an article follows: "Stop the fighting", said by somebody."""
        if self._cased or end != q + 1 or end >= len(self._seq) or self._seq[end] < 0:
            return False
        return bool(self._flags[end] & (g.DETERMINER | g.POSSESSIVE)) and not self._flags[end] & (
            g.ROLE | g.PREPOSITION
        )

    def _is_said_to_behind(self, q: int) -> bool:
        """Return whether the first word is a command, by who is said behind a colon to tell it whom: "Stop it: X to Y"."""
        if q or self._pack.cased or ":" not in self._norms:
            return False
        m = self._norms.index(":") + 1
        begins = m < len(self._seq) and self._seq[m] in self._mentions
        behind = self._norms[m:]
        to = self._pack.recipient_prepositions & self._pack.addressee_prepositions
        at = next((n for n, norm in enumerate(behind) if n and norm in to), 0)
        return begins and bool(at) and m + at + 1 < len(self._seq) and self._seq[m + at + 1] in self._mentions

    def _is_addressed(self, end: int) -> bool:
        """Return whether a word behind "Paris to Baku:" may be a command: a noun follows, or it ends the headline."""
        kinds = [chunk.kind for chunk in self._chunks]
        if kinds != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN, Kind.COLON] or not self._chunks[2].refs:
            return False
        return end >= len(self._seq) or self._noun_follows(end)

    def _describes_listed(self, end: int) -> bool:
        """Return whether a participle only describes a noun of a list: "prisoners of war, captured civilians, and"."""
        if self._cased or not self._pack.adjectives_first or end + 1 >= len(self._seq):
            # In "a condamné l'attaque, appelé au calme et …" it is one more deed.
            return False
        if self._seq[end] < 0 or self._seq[end] in self._mentions:
            return False
        before = self._chunks[-2].kind if len(self._chunks) > 1 else None
        is_bare = not self._flags[end] and self._norms[end].isalpha()
        is_followed = self._norms[end + 1] == "," or bool(self._flags[end + 1] & g.CONJUNCTION)
        return before == Kind.NOUN and is_bare and is_followed

    def _is_of_paper(self, q: int, end: int) -> bool:
        """Return whether a verb with its words behind "that" tells what a paper says: "a resolution that calls on"."""
        if self._cased or end - q == 1 or len(self._chunks) < 2 or self._chunks[-2].kind != Kind.NOUN:  # noqa: PLR2004 - a noun and "that"
            return False
        return not self._pack.papers.isdisjoint(self._chunks[-2].words)

    def _is_deed(self, q: int, end: int) -> bool:
        """Return whether a gerund is a noun by what it is of: "for reopening of the road", but not "warning of"."""
        if end - q > 1 or end >= len(self._seq) or self._norms[end] not in self._pack.possessor_prepositions:
            return False
        lexeme = self._known[q]
        return lexeme.is_known and all(
            rule.frame in {Frame.ACT, Frame.PLAIN} for form in lexeme.forms for rule in form.rules
        )

    def _is_interrupted(self) -> bool:
        """Return whether a subject waits for its verb before the comma: "Biden, in a speech, calls"."""
        before = self._chunks[:-1]
        return any(
            chunk.kind == Kind.COMMA and m > 0 and before[m - 1].kind == Kind.NOUN and before[m - 1].who
            for m, chunk in enumerate(before)
        )

    def _slot_after_noun(self, q: int, end: int, slots: int, before: Chunk, *, ambiguous: bool) -> int:
        if ambiguous and self._is_owned_body(before):
            # "calls Armenia's ICC move a mistake"
            return 0
        if slots & Slot.FINITE and self._first < 0 and self._ends_with_source(q, end):
            return Slot.FINITE
        if end >= len(self._seq) and ambiguous and slots & Slot.FINITE and self._claims_at_last(q, before):
            return Slot.FINITE
        if self._flags[q] & g.ROLE and before.refs and before.refs[-1].mention.kind is not PERSON:
            # "US envoys head to Cairo", but "the UN head"
            is_verb = end - q > 1 and before.plural and slots & Slot.PLURAL and not self._cased
            return Slot.FINITE if is_verb else 0
        if slots & Slot.PREDICATE and before.refs and not self._cased and (end - q > 1 or self._leads_to_deed(end)):
            # "Baku ready to halt strikes": whatever the word is by itself.
            return Slot.PREDICATE
        if slots & Slot.INFINITIVE and self._is_demanded() and self._noun_follows(end):
            # "demands that X release"
            return Slot.FINITE
        if (
            slots & Slot.PLURAL
            and not slots & Slot.PAST
            and (ambiguous or not self._pack.endings_tell)
            and not self._could_be_subject(before, slots, loose=not ambiguous)
        ):
            return 0
        if slots & Slot.FINITE and not slots & Slot.PAST and self._is_object():
            return 0
        if ambiguous and slots & Slot.PLURAL and not slots & Slot.PAST and before.words[-1] in self._pack.adjectival:
            # "military aid to X", but "the military aids X"
            return 0
        if slots & Slot.FINITE and ambiguous:
            # Behind "calls for" stands no verb, but an adjective: "calls for negotiated peace".
            is_led = end - q > 1 and self._flags[end - 1] & g.PREPOSITION and not self._cased
            leads = not is_led and self._verb_at(end, after_plural=not slots & Slot.PLURAL)
            if leads or not (
                self._could_be_subject(before, slots)
                or self._asks_for_region(q, end, before)
                or self._hits_something(q, end, before, slots)
            ):
                return 0
            is_preposition = end < len(self._seq) and self._flags[end] & (g.PREPOSITION | g.INFINITIVE_MARK)
            if is_preposition and self._flags[end] & g.INFINITIVE_MARK and self._infinitive_follows(end):
                is_preposition = False
            if end - q == 1 and is_preposition and not slots & Slot.PAST and not (before.plural or self._is_listed()):
                return 0
            if end >= len(self._seq) and end - q == 1:
                return Slot.FINITE if self._meet_at_last(q, slots, before) else 0
        if slots & Slot.PREDICATE and not slots & Slot.INFINITIVE and (end - q > 1 or not self._noun_follows(end)):
            # "Germany alarmed by fighting": an adjective, with "is" left out.
            return Slot.PREDICATE
        if slots & Slot.FINITE:
            return Slot.FINITE | (slots & Slot.PARTICIPLE)
        if slots & (Slot.PARTICIPLE | Slot.PREDICATE):
            return slots & (Slot.PARTICIPLE | Slot.PREDICATE)
        return slots & Slot.INFINITIVE if self._cased else 0

    def _is_owned_body(self, noun: Chunk) -> bool:
        """Return whether a phrase ends with a name behind whose it is: nobody has an organisation, but a part in it."""
        if not noun.possessed or self._cased or len(noun.refs) < _TWO:
            return False
        last, owner = noun.refs[-1], noun.refs[-2]
        return (
            owner.owns
            and last.mention.kind is NAME
            and last.code in INTERNATIONAL
            and last.mention.end_token == noun.end
        )

    def _meet_at_last(self, q: int, slots: int, before: Chunk) -> bool:
        """Return whether several are told to meet by the last word of a headline: "X and Y talk"."""
        are_several = (before.plural or self._is_listed()) and all(chunk.kind != Kind.VERB for chunk in self._chunks)
        meets = any(form.senses & MEETS for form in self._known[q].forms)
        return meets and are_several and bool(slots & Slot.PLURAL) and not slots & Slot.PAST

    def _is_demanded(self) -> bool:
        """Return whether the last noun phrase is of whom something is demanded in a clause: "demands that X"."""
        if len(self._chunks) < 2 or self._cased or not self._pack.adjectives_first:  # noqa: PLR2004 - a verb, X
            return False
        if self._chunks[-2].kind == Kind.VERB and self._chunks[-1].who and not self._chunks[-1].plural:
            # "demands X change its law"
            return bool(self._chunks[-2].senses & REQUESTS)
        if len(self._chunks) < 3:  # noqa: PLR2004 - a verb, "that", X
            return False
        verb, that = self._chunks[-3], self._chunks[-2]
        return that.kind == Kind.THAT and verb.kind == Kind.VERB and bool(verb.senses & REQUESTS)

    def _ends_with_source(self, q: int, end: int) -> bool:
        """Return whether a word ends a sentence by telling who said the quotation before: "“…,” the agency reports."."""
        chunks = self._chunks
        is_tail = len(chunks) > 1 and chunks[-2].kind == Kind.QUOTE and end < len(self._seq) and self._norms[end] == "."
        return is_tail and any(form.senses & SAYS for form in self._known[q].forms)

    def _claims_at_last(self, q: int, before: Chunk) -> bool:
        """Return whether the last word of a headline tells whose words the rest is: "X plans an attack, Y claims"."""
        chunks = self._chunks
        is_tail = len(chunks) > 2 and chunks[-2].kind == Kind.COMMA and not self._cased  # noqa: PLR2004 - what is said, a comma, Y
        if not is_tail or not before.who or before.plural:
            return False
        return any(chunk.kind == Kind.VERB for chunk in chunks) and any(
            form.senses & SAYS for form in self._known[q].forms
        )

    def _is_object(self) -> bool:
        """Return whether the last noun phrase is the object of a verb, and so no subject: "approves military aid"."""
        index = len(self._chunks) - 2
        while index > 0 and self._chunks[index].kind == Kind.AND and self._chunks[index - 1].kind == Kind.NOUN:
            index -= 2
        if index < 0 or self._chunks[index].kind != Kind.VERB:
            return False
        verb = self._chunks[index]
        if self._flags[self._position(verb.end - 1)] & g.PREPOSITION and not self._pack.cased:
            # "warns against X and Y attempts to split it": no clause stands behind a preposition.
            return True
        # "condemn X military assault": what is denounced or praised is never told in a clause.
        is_judged = any(rule.frame is Frame.ACT and rule.type in _JUDGED for form in verb.forms for rule in form.rules)
        return is_judged or not verb.senses & REPORTS

    def _could_be_subject(self, noun: Chunk, slots: int, *, loose: bool = False) -> bool:
        """Return whether a noun phrase is somebody, and agrees with the form: "Baku attacks", "forces attack"."""
        is_somebody = noun.who or noun.bare or noun.crowd or noun.group or noun.name or self._is_the_paper(noun)
        is_somebody = is_somebody or not self._pack.sides.isdisjoint(noun.words[-1:])
        if not loose and not is_somebody:
            return False
        only_plural = bool(slots & Slot.PLURAL) and not slots & Slot.PAST
        only_singular = not slots & Slot.PLURAL
        if only_plural:
            ends_so = noun.words[-1].endswith(self._pack.plural_endings)
            # "Houthis vow": a band that is called by those who are in it.
            is_band = (
                ends_so and bool(noun.who) and noun.who[0].code in COLLECTIVE_ACTORS and not noun.who[0].person_kind
            )
            is_plural = noun.plural or (loose and ends_so) or (is_band and not self._cased)
            return is_plural or self._is_listed() or self._is_plural_behind(loose=loose)
        return not (only_singular and noun.plural and not noun.who)

    def _hits_something(self, q: int, end: int, noun: Chunk, slots: int) -> bool:
        """Return whether a thing does something to what an article begins: "the missile strike hit a hospital"."""
        if self._cased or not self._pack.adjectives_first or end != q + 1 or end >= len(self._seq):
            return False
        if any(chunk.kind == Kind.VERB for chunk in self._chunks):
            return False
        if noun.refs and not self._pack.arms.isdisjoint(noun.words[-1:]) and self._noun_follows(end):
            # "X missile hits hospital", "X strikes hit town": what weapons do.
            is_several = noun.plural or noun.words[-1].endswith(self._pack.plural_endings)
            if slots & Slot.PAST or bool(slots & Slot.PLURAL) == is_several:
                return any(rule.subject is _THING for form in self._matching(q)[0] for rule in form.rules)
        if not self._flags[end] & (g.DETERMINER | g.POSSESSIVE) or self._flags[end] & g.PREPOSITION:
            return False
        return bool(slots & Slot.PAST) or bool(slots & Slot.PLURAL) == noun.plural

    def _asks_for_region(self, q: int, end: int, noun: Chunk) -> bool:
        """Return whether a territory's name stands for those who speak for it: "Karabakh calls on", not "Karabakh talks"."""
        forms = self._matching(q)[0]
        asks = end - q > 1 and bool(self._flags[end - 1] & g.PREPOSITION) and any(f.senses & REQUESTS for f in forms)
        return (
            asks
            and len(noun.refs) == 1
            and noun.refs[0].mention.kind is REGION
            and noun.words[-1] == self._norms[q - 1]
        )

    def _is_the_paper(self, noun: Chunk) -> bool:
        """Return whether a noun phrase is a paper that is known: "the resolution calls on"."""
        if self._pack.papers.isdisjoint(noun.words[-1:]):
            return False
        first = self._pack.words.get(noun.words[0])
        return first is not None and bool(first.flags & g.DETERMINER)

    def _is_plural_behind(self, *, loose: bool) -> bool:
        """Return whether the noun that the last phrase belongs to is a plural: "forces in Karabakh agree"."""
        m = len(self._chunks) - 2
        if m < 1 or self._chunks[m].kind != Kind.PREPOSITION or self._chunks[m - 1].kind != Kind.NOUN:
            return False
        head = self._chunks[m - 1]
        is_somebody = head.plural and (loose or bool(head.who) or head.bare or head.crowd)
        begin = next((n for n in range(m - 1, 0, -1) if self._chunks[n].kind in _CLAUSE_OPENERS), 0)
        return is_somebody and not any(chunk.kind == Kind.VERB for chunk in self._chunks[begin:m])

    def _is_listed(self) -> bool:
        return len(self._chunks) > 1 and self._chunks[-2].kind in _LISTING
