"""Phrases that chunks make together: a role and whose it is, a name and the role beside it."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.kinds import places
from bot.analysis.lexemes import MAY_BE_GUEST
from bot.analysis.pack import Pack, Slot
from bot.analysis.verb_senses import says

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_CLAUSE_EDGES: Final = frozenset(
    {Kind.BUT, Kind.COLON, Kind.COMMA, Kind.DASH, Kind.RELATIVE, Kind.SUBORDINATOR, Kind.THAT}
)
_GOVERNED: Final = frozenset({Kind.ADVERB, Kind.NOUN})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_OF_PHRASE: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.ADVERB, Kind.TIME, Kind.AND})
_COMPLEMENTS: Final = frozenset({Kind.NOUN, Kind.THAT, Kind.PREPOSITION})
# In chunks: "lors d'une visite à Bakou avec le président de Y".
_LONGEST_INTERRUPTION: Final = 9
_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
_APPOSED: Final = [Kind.NOUN, Kind.COMMA, Kind.NOUN]
# "before" leads to a clause, or to a noun: "speaking before parliament, X said".
_LEADS_TO_NOUN: Final = frozenset({Kind.PREPOSITION, Kind.SUBORDINATOR})
_DATED: Final = [Kind.TIME, Kind.COMMA]


def leave_clause(chunks: list[Chunk], m: int) -> None:
    """Let the subordinator at `m` be a preposition where no clause follows: "after the attack", "as a warning"."""
    chunk = chunks[m]
    for n, after in enumerate(chunks[m + 1 : m + 12], start=m + 1):
        if after.kind == Kind.AND and n > m + 1 and n + 1 < len(chunks) and chunks[n + 1].kind == Kind.VERB:
            # "as a mockery and demanded": the verb goes on from the one before.
            chunk.kind = Kind.PREPOSITION
            return
        if after.kind == Kind.THAT and n == m + 1:
            # "tandis que Bakou déclare": one subordinator in two words.
            return
        if after.kind == Kind.VERB and after.slot & (Slot.FINITE | Slot.GERUND):
            return
        if after.kind == Kind.COMMA and m > 0:
            # "as the US, Russia urge": a list, where the clause does not begin the sentence.
            continue
        if after.kind in _CLAUSE_EDGES:
            chunk.kind = Kind.PREPOSITION
            return
        if after.kind == Kind.PRONOUN:
            return
    if m + 1 < len(chunks) and chunks[m + 1].kind in _GOVERNED:
        chunk.kind = Kind.PREPOSITION


def without_interruptions(chunks: list[Chunk], pack: Pack) -> list[Chunk]:
    """Return the chunks without what stands between commas behind a verb: "a appelé jeudi, lors d'une visite, Bakou à"."""
    found: list[Chunk] = []
    index = 0
    while index < len(chunks):
        found.append(chunks[index])
        index += 1
        if found[-1].kind != Kind.VERB or not found[-1].slot & Slot.FINITE:
            continue
        while index < len(chunks) and chunks[index].kind in _LOOSE:
            found.append(chunks[index])
            index += 1
        end = _interruption_end(chunks, index, pack)
        if end:
            index = end
    return found


def _interruption_end(chunks: list[Chunk], comma: int, pack: Pack) -> int:
    """Return where the verb's own complement goes on behind a phrase between commas; 0 where there is none."""
    if comma + 2 >= len(chunks) or chunks[comma].kind != Kind.COMMA or chunks[comma + 1].kind != Kind.PREPOSITION:
        return 0
    first = chunks[comma + 1].words[0]
    if first not in pack.circumstance_prepositions and first not in pack.place_prepositions:
        return 0
    end = next((n for n in range(comma + 1, len(chunks)) if chunks[n].kind not in _OF_PHRASE), len(chunks))
    if end + 1 >= len(chunks) or chunks[end].kind != Kind.COMMA or end - comma > _LONGEST_INTERRUPTION:
        return 0
    behind = chunks[end + 1]
    is_marked = behind.kind == Kind.VERB and bool(behind.flags & g.INFINITIVE_MARK)
    if behind.kind not in _COMPLEMENTS and not is_marked:
        return 0
    next_verb = next((chunk for chunk in chunks[end + 2 : end + 4] if chunk.kind == Kind.VERB), None)
    # ", lors d'une visite, Bakou a dénoncé": another clause.
    is_clause = next_verb is not None and bool(next_verb.slot & Slot.FINITE) and behind.kind == Kind.NOUN
    return 0 if is_clause else end + 1


def with_roles(chunks: list[Chunk], pack: Pack, may: int) -> list[Chunk]:
    """Return the chunks with "the foreign ministry" + "of" + "Armenia" made one phrase."""
    bearing = [m for m, chunk in enumerate(chunks) if chunk.role is not None or chunk.head & g.GUEST]
    if not bearing:
        return chunks
    found: list[Chunk] = []
    index = 0
    for m in bearing:
        if m < index:
            # It is part of the phrase before.
            continue
        found += chunks[index:m]
        chunk = chunks[m]
        index = m + 1
        while (
            (chunk.bare or (chunk.role is not None and not chunk.who))
            and index + 1 < len(chunks)
            and chunks[index].kind == Kind.PREPOSITION
            and (chunks[index].words[-1] in pack.role_prepositions or _attends(chunk, chunks, index, pack))
            and chunks[index + 1].kind == Kind.NOUN
            # "blamed other countries for the unrest"
            and (
                chunks[index].words[-1] in pack.possessor_prepositions
                or bool(chunks[index + 1].refs)
                or pack.parties.isdisjoint(chunk.words[-1:])
            )
            and (chunks[index + 1].who or pack.wrong.isdisjoint(chunks[index + 1].words))
            and _is_whose(chunk, chunks[index], chunks[index + 1], pack)
        ):
            is_place = chunk.guest and chunks[index].words[-1] not in pack.possessor_prepositions
            chunk, index = _joined(chunk, chunks, index + 1, pack)
            if is_place:
                break
        if chunk.head & g.GUEST and _names_guest(chunk, chunks, index, pack):
            chunk.name = chunks[index + 1].name
            chunk.end = chunks[index + 1].end
            chunk.who = tuple(one._replace(speaker=chunk.name, person_kind=True, end=chunk.end) for one in chunk.who)
            index += 2
        if chunk.plural and chunk.role and chunk.who:
            index = _with_others(chunk, chunks, index, pack)
        found.append(chunk)
    found += chunks[index:]
    if may & MAY_BE_GUEST:
        for m, chunk in enumerate(found):
            if chunk.kind == Kind.NOUN and chunk.bare and chunk.guest:
                chunk.who = _leaders(chunk, found[m + 1 : m + 4], pack)
                chunk.bare = not chunk.who
    return found


def _attends(chunk: Chunk, chunks: list[Chunk], index: int, pack: Pack) -> bool:
    """Return whether a role is one of serving whoever stands behind "to": "an aide to the president"."""
    if pack.attendants.isdisjoint(chunk.words[-1:]) or chunks[index].words[-1] not in pack.recipient_prepositions:
        return False
    served = chunks[index + 1].who
    return bool(served) and (served[0].role is not None or served[0].person_kind)


def _with_others(chunk: Chunk, chunks: list[Chunk], index: int, pack: Pack) -> int:
    """Let "les ministres d'Arménie et d'Azerbaïdjan" name both; return where what follows begins."""
    while (
        [c.kind for c in chunks[index : index + 3]] == [Kind.AND, Kind.PREPOSITION, Kind.NOUN]
        and chunks[index + 1].words[-1] in pack.possessor_prepositions
        and chunks[index + 2].who
        and not (chunks[index + 2].who[0].role or chunks[index + 2].who[0].speaker)
    ):
        other = chunks[index + 2]
        chunk.who += tuple(one._replace(role=chunk.role) for one in other.who)
        chunk.refs += other.refs
        chunk.words += chunks[index].words + chunks[index + 1].words + other.words
        chunk.end = other.end
        index += 3
    if pack.cased:
        index = _with_genitives(chunk, chunks, index)
    return index


def _with_genitives(chunk: Chunk, chunks: list[Chunk], index: int) -> int:
    """Let "главы МИД Армении и Азербайджана Арарат … и Джейхун …" name both, and by their names."""
    while (
        [c.kind for c in chunks[index : index + 2]] == [Kind.AND, Kind.NOUN]
        and chunks[index + 1].who
        and chunks[index + 1].oblique
        and not (chunks[index + 1].who[0].role or chunks[index + 1].who[0].speaker)
    ):
        other = chunks[index + 1]
        chunk.who += tuple(one._replace(role=chunk.role) for one in other.who)
        chunk.refs += other.refs
        chunk.words += chunks[index].words + other.words
        chunk.end = other.end
        index += 2
    named = chunks[index : index + 3]
    if (
        [c.kind for c in named] == [Kind.NOUN, Kind.AND, Kind.NOUN]
        and all(len(c.who) == 1 and c.who[0].speaker for c in named[::2])
        and [c.who[0].code for c in named[::2]] == [one.code for one in chunk.who]
    ):
        chunk.who = tuple(
            one._replace(speaker=c.who[0].speaker, person_kind=True)
            for one, c in zip(chunk.who, named[::2], strict=True)
        )
        chunk.words += tuple(word for c in named for word in c.words)
        chunk.end = named[-1].end
        index += 3
    return index


def _leaders(chunk: Chunk, behind: list[Chunk], pack: Pack) -> tuple[Who, ...]:
    """Return whose those are who come led by somebody: "une délégation conduite par le ministre grec"."""
    if [c.kind for c in behind] != [Kind.VERB, Kind.PREPOSITION, Kind.NOUN]:
        return ()
    led, by, whom = behind
    if led.slot & Slot.FINITE or not led.slot & Slot.PARTICIPLE or by.words[-1] not in pack.agent_prepositions:
        return ()
    return tuple(Who(one.code, None, chunk.role, chunk.start, chunk.end) for one in whom.who[:1])


def _is_whose(role: Chunk, preposition: Chunk, noun: Chunk, pack: Pack) -> bool:
    """Return whether the noun behind a role and its preposition may be what the role belongs to."""
    if role.flags & g.POSSESSIVE and preposition.words[-1] not in pack.possessor_prepositions:
        # "its forces in Karabakh": whose they are is told, and then where.
        return False
    if not pack.installed.isdisjoint(role.words):
        # "the Russian-backed leader in Crimea" speaks for nobody there.
        return False
    if preposition.words[-1] in pack.place_prepositions and not pack.peacekeepers.isdisjoint(role.words):
        # "peacekeepers in Karabakh" are others'.
        return False
    if noun.refs or noun.who:
        return True
    # "Лидеры стран в заявлении": with cases, only an office has others in it.
    return noun.bare if pack.cased else not role.force


def _names_guest(chunk: Chunk, chunks: list[Chunk], index: int, pack: Pack) -> bool:
    """Return whether a guest's name stands behind the place: "l'ambassadeur d'Arménie en France Arman …"."""
    if index + 1 >= len(chunks) or len(chunk.who) != 1 or chunk.who[0].speaker:
        return False
    by, place = chunks[index], chunks[index + 1]
    return (
        by.kind == Kind.PREPOSITION
        and by.words[-1] in pack.place_prepositions
        and place.kind == Kind.NOUN
        and bool(place.refs and place.name)
        and not place.who
    )


def _joined(chunk: Chunk, chunks: list[Chunk], index: int, pack: Pack) -> tuple[Chunk, int]:
    of = chunks[index]
    merged = Chunk(Kind.NOUN, chunk.start, of.end, chunk.words + chunks[index - 1].words + of.words)
    # "leader of Armenia's main opposition party" does not speak for Armenia, "president of ex-Soviet Armenia" does.
    party = 0 if of.who else of.flags & g.FORMER
    merged.flags, merged.plural, merged.role = chunk.flags | party, chunk.plural, chunk.role
    # "the ministry of foreign affairs" can be taken up again as "the ministry" can.
    # "planes from Peru" are things still, but "the forces of the peacekeeping contingent" are its men.
    kept = g.GUEST | g.FORCE if pack.missions.isdisjoint(of.words) else g.GUEST
    merged.head = chunk.head & (kept if of.refs or of.who else kept | g.HELD)
    merged.refs = chunk.refs + of.refs
    merged.name = chunk.name
    owners = [who.code for who in of.who] or [ref.code for ref in of.refs[:1]]
    whose = pack.possessor_prepositions | pack.author_prepositions
    if chunk.guest and chunks[index - 1].words[-1] not in whose:
        # "the ambassador to Peru", but "a delegation from Peru"
        owners = []
        # "l'ambassadeur d'Arménie en France Arman …": the name behind the place is the guest's.
        merged.name = merged.name or of.name
    following = index + 1
    if chunk.plural:
        while (
            following + 1 < len(chunks)
            and chunks[following].kind in _LISTING
            and chunks[following + 1].kind == Kind.NOUN
            and chunks[following + 1].who
            and chunks[following + 1].role is None
            and not (
                following + 2 < len(chunks)
                and chunks[following + 2].kind == Kind.AND
                and chunks[following].kind == Kind.AND
            )
        ):
            owners += [who.code for who in chunks[following + 1].who]
            merged.end = chunks[following + 1].end
            merged.words += chunks[following].words + chunks[following + 1].words
            merged.refs += chunks[following + 1].refs
            following += 2
    former = bool(merged.flags & g.FORMER)
    merged.who = tuple(
        Who("OTHER" if former else code, chunk.name, chunk.role, chunk.start, merged.end, person_kind=bool(chunk.name))
        for code in owners
    )
    merged.bare = not merged.who
    if merged.bare:
        # "источник в ведомстве": the office can be taken up again, whoever speaks for it.
        merged.head |= of.head & g.HELD
    return merged, following


def with_appositions(chunks: list[Chunk], may: int) -> list[Chunk]:
    """Return the chunks with a name and the role beside it, between commas, made one phrase."""
    found: list[Chunk] = []
    index = 0
    if not may & MAY_BE_GUEST:
        # Most sentences: only where a comma parts two nouns is there anything to see.
        index = _first_apposition(chunks)
        found = chunks[:index]
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind == Kind.NOUN and index + 2 < len(chunks) and chunks[index + 1].kind == Kind.COMMA:
            beside = chunks[index + 2]
            # A mark between tells that words end there: "“… with their leaders,” X said".
            is_near = beside.start - chunks[index + 1].end <= 0 or chunk.start < 0
            if (
                beside.kind == Kind.NOUN
                and is_near
                and (index + 3 == len(chunks) or chunks[index + 3].kind != Kind.AND)
            ):
                merged = _apposed(chunk, beside)
                if merged is not None and not _begins_clause(chunks, index):
                    found.append(merged)
                    index += 3
                    if index < len(chunks) and chunks[index].kind == Kind.COMMA and index + 1 < len(chunks):
                        index += 1
                    continue
        named = (
            _named_guest(chunk, chunks[index + 1 : index + 6]) if chunk.head & g.GUEST or _is_office(chunk) else None
        )
        if named is not None:
            merged, length = named
            found.append(merged)
            index += length
            if index + 1 < len(chunks) and chunks[index].kind == Kind.COMMA:
                index += 1
            continue
        found.append(chunk)
        index += 1
    return found


def _first_apposition(chunks: list[Chunk]) -> int:
    """Return where the first noun stands that a comma parts from another; their number where there is none."""
    kinds = [chunk.kind for chunk in chunks]
    for comma in places(kinds, Kind.COMMA):
        if kinds[comma - 1 : comma + 2] == _APPOSED:
            # "the UN commissioner for refugees, X": the office stands before what it is for.
            is_for = comma > 2 and kinds[comma - 2] == Kind.PREPOSITION and _is_office(chunks[comma - 3])  # noqa: PLR2004
            return comma - 3 if is_for else comma - 1
    return len(chunks)


def _is_office(chunk: Chunk) -> bool:
    """Return whether a phrase is an office that is said to be somebody's, and bears no name yet."""
    return (
        chunk.kind == Kind.NOUN and bool(chunk.who) and chunk.role is not None and not chunk.name and not chunk.plural
    )


def _begins_clause(chunks: list[Chunk], index: int) -> bool:
    """Return whether the noun behind the comma is another's: "Après un entretien avec X, le ministre a …"."""
    if index == 0 or chunks[index - 1].kind not in _LEADS_TO_NOUN or index + 3 >= len(chunks):
        return False
    verb = chunks[index + 3]
    # "On Monday, speaking at a meeting of envoys, X said"
    opener = chunks[2] if [chunk.kind for chunk in chunks[:2]] == _DATED else chunks[0]
    first = opener.kind in _LEADS_TO_NOUN or (opener.kind == Kind.VERB and opener.slot == Slot.GERUND)
    told = any(chunk.kind == Kind.VERB and chunk.slot & Slot.FINITE for chunk in chunks[:index])
    # "fired at posts near X, the ministry said": what stands before the comma is a sentence by itself.
    is_tail = told and says(verb)
    return verb.kind == Kind.VERB and bool(verb.slot & Slot.FINITE) and (is_tail or (first and not told))


def _named_guest(chunk: Chunk, behind: list[Chunk]) -> tuple[Chunk, int] | None:
    """Return an envoy with the name behind the place he is at, and how many chunks that takes.

    "l'ambassadrice azerbaïdjanaise à Paris, Leyla …", "le représentant arménien auprès des Nations unies, Mher …"
    """
    kinds = [c.kind for c in behind]
    place = 2 if kinds[:2] == [Kind.PREPOSITION, Kind.PREPOSITION] else 1
    if kinds[0:1] != [Kind.PREPOSITION] or kinds[place : place + 3] != [Kind.NOUN, Kind.COMMA, Kind.NOUN]:
        return None
    name = behind[place + 2]
    is_person = behind[place].name and (len(behind[place].words) > 1 or behind[place].who)
    if is_person or not name.name or not chunk.who:
        return None
    if not chunk.head & g.GUEST and kinds[place + 3 : place + 4] != [Kind.COMMA]:
        # "the minister for trade, Lars Berg": an envoy has his name without a second comma as well.
        return None
    merged = _apposed(chunk, name)
    return (merged, place + 4) if merged is not None else None


def _apposed(first: Chunk, second: Chunk) -> Chunk | None:
    one, two = first.who[0] if first.who else None, second.who[0] if second.who else None
    first_is_name = bool(first.name) and (one is None or one.speaker is not None)
    second_is_name = bool(second.name) and (two is None or two.speaker is not None)
    first_is_role = first.bare or (one is not None and one.role is not None and one.speaker is None)
    second_is_role = second.bare or (two is not None and two.role is not None and two.speaker is None)
    if not ((first_is_name and second_is_role) or (first_is_role and second_is_name)):
        return None
    if one is not None and two is not None and one.code != two.code and "OTHER" not in {one.code, two.code}:
        return None
    if len(first.who) > 1 or len(second.who) > 1:
        return None
    merged = Chunk(Kind.NOUN, first.start, second.end, (*first.words, ",", *second.words))
    merged.refs = first.refs + second.refs
    merged.name = first.name or second.name
    merged.role = second.role or first.role
    merged.flags = first.flags | second.flags
    merged.bare = one is None and two is None
    known = two if one is None or (one.code == "OTHER" and two is not None) else one
    if known is not None:
        speaker = (one.speaker if one else None) or (two.speaker if two else None) or merged.name
        role = (two.role if two else None) or (one.role if one else None) or merged.role
        merged.who = (known._replace(speaker=speaker, role=role, start=first.start, end=second.end, person_kind=True),)
    return merged
