"""Meetings as subjects: "La rencontre entre X et Y a eu lieu" tells that X met Y."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.mentions import MentionKind
from bot.analysis.pack import Pack

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_STOPS: Final = frozenset({Kind.COMMA, Kind.VERB})

_ENDS: Final = frozenset({Kind.COLON, Kind.DASH, Kind.QUOTE, Kind.BUT, Kind.SUBORDINATOR, Kind.THAT, Kind.RELATIVE})

_PEOPLES: Final = frozenset({MentionKind.DEMONYM, MentionKind.PEOPLE})
_PLACES: Final = frozenset({MentionKind.CAPITAL, MentionKind.REGION})

_OF_LIST: Final = frozenset({Kind.NOUN, Kind.AND, Kind.COMMA, Kind.TIME, Kind.ADVERB})
_TWO: Final = 2

# How far behind its verb the meeting may stand, in chunks.
_NEAR: Final = 3


def gathered(chunks: Sequence[Chunk], k: int, pack: Pack) -> tuple[tuple[Who, ...], int]:
    """Return who met where the verb at `k` tells of their meeting, and the noun for it; -1 where it tells of none."""
    nouns = gathering_words(chunks[k], pack)
    # "Между X и Y достигнуто соглашение": what a passive tells stands behind it in a language with cases.
    is_behind = chunks[k].passive or any(True for _ in _fronted(chunks, k, pack))
    ahead = nouns if pack.cased and is_behind else pack.gatherings & nouns
    noun = _gathering(chunks, k, nouns, ahead=ahead)
    if noun < 0:
        return (), -1
    found: dict[str, Who] = {}
    for who in _participants(chunks, noun, k, pack):
        if who.code not in found or (who.speaker and not found[who.code].speaker):
            found[who.code] = who
    if len(found) < _TWO:
        found |= {who.code: who for who in _fronted(chunks, k, pack)}
    return (tuple(found.values()), noun) if len(found) > 1 else ((), -1)


def _fronted(chunks: Sequence[Chunk], k: int, pack: Pack) -> Iterator[Who]:
    """Walk over those who meet where they stand first: "Между X и Y состоялась встреча"."""
    if not chunks or chunks[0].kind != Kind.PREPOSITION or chunks[0].words[-1] not in pack.partner_prepositions:
        return
    for chunk in chunks[1:k]:
        if chunk.kind not in _OF_LIST:
            return
        yield from _named(chunk) if chunk.kind == Kind.NOUN else ()


def gathering_words(verb: Chunk, pack: Pack) -> frozenset[str]:
    """Return the nouns for what `verb` says takes place: those its rules want, else meetings."""
    rules = [
        rule
        for form in verb.forms
        for rule in form.rules
        if rule.subject is SubjectKind.MEETING and (verb.passive or not rule.passive)
    ]
    return frozenset().union(*(rule.object or pack.gatherings for rule in rules))


def announced(chunks: Sequence[Chunk], pack: Pack) -> tuple[tuple[Who, ...], int, bool]:
    """Return who meet where a headline has no verb: "Entretien de X avec Y"; the noun, and whether all do so alike."""
    for noun, chunk in enumerate(chunks):
        if chunk.kind == Kind.NOUN and not pack.gatherings.isdisjoint(chunk.words):
            if noun and chunks[noun - 1].kind not in _MARKS:
                break
            found = {who.code: who for who in reversed(list(_participants(chunks, noun, len(chunks), pack)))}
            met = tuple(reversed(found.values()))
            return (met, noun, not _begins_with_owner(chunks, noun, pack)) if len(met) > 1 else ((), -1, False)
    return (), -1, False


def _begins_with_owner(chunks: Sequence[Chunk], noun: int, pack: Pack) -> bool:
    """Return whether a meeting is told of one of those who meet: "rencontre de X avec Y"."""
    if chunks[noun].refs:
        return "-" not in chunks[noun].words
    after = chunks[noun + 1] if noun + 1 < len(chunks) else None
    return after is not None and after.kind == Kind.PREPOSITION and after.words[-1] in pack.possessor_prepositions


def _gathering(chunks: Sequence[Chunk], k: int, nouns: frozenset[str], *, ahead: frozenset[str]) -> int:
    for m in range(k - 1, -1, -1):
        if (chunks[m].kind in _ENDS or chunks[m].kind in _STOPS) and not _lists(chunks, m):
            break
        if chunks[m].kind == Kind.NOUN and not nouns.isdisjoint(chunks[m].words):
            if m > 1 and chunks[m - 1].kind == Kind.PREPOSITION and not nouns.isdisjoint(chunks[m - 2].words):
                # "un accord de cessez-le-feu"
                continue
            # "Après la rencontre": only when, and not what.
            return m if m == 0 or chunks[m - 1].kind != Kind.PREPOSITION else -1
    for m in range(k + 1, min(k + 1 + _NEAR, len(chunks))):
        if chunks[m].kind in _ENDS or chunks[m].kind in _STOPS:
            break
        if chunks[m].kind == Kind.NOUN and not ahead.isdisjoint(chunks[m].words):
            return m
    return -1


def _lists(chunks: Sequence[Chunk], m: int) -> bool:
    """Return whether a comma stands between two of those who meet: "between X, Y and Z"."""
    is_comma = chunks[m].kind == Kind.COMMA and 0 < m < len(chunks) - 1
    return is_comma and bool(chunks[m - 1].who) and bool(chunks[m + 1].who)


def _participants(chunks: Sequence[Chunk], noun: int, k: int, pack: Pack) -> Iterator[Who]:
    """Walk over what belongs to the noun: behind it, and behind the verb after "between"."""
    met = False
    inside = pack.cased
    for m in range(noun, len(chunks)):
        chunk = chunks[m]
        if m == k:
            inside = False
        elif m > k > noun and chunk.kind == Kind.NOUN and not pack.gatherings.isdisjoint(chunk.words):
            # "l'accord a été conclu lors d'une rencontre entre …": another meeting.
            return
        elif chunk.kind in _ENDS or chunk.kind == Kind.VERB:
            return
        elif chunk.kind == Kind.PREPOSITION:
            word = chunk.words[-1]
            of = word in pack.possessor_prepositions and (met or m == noun + 1 or inside)
            inside = (word in pack.partner_prepositions and not _belongs_to_other(chunks, m, noun)) or of
        elif chunk.kind == Kind.NOUN and (inside or m == noun):
            # "with the mediation of X": what belongs to it is not met. "of the ministers of X and Y": it is.
            met = m == noun or chunk.held or chunk.plural or bool(chunk.who or chunk.refs)
            inside = inside and (met or pack.cased)
            yield from _named(chunk)
        elif chunk.kind == Kind.NOUN and not chunk.refs and not pack.cased:
            # "à l'initiative de X", "sous la médiation de X": whose that is takes no part.
            met = False


def _belongs_to_other(chunks: Sequence[Chunk], m: int, noun: int) -> bool:
    """Return whether a preposition leads from another noun: "a eu lieu pour la relation entre X et Y"."""
    before = chunks[m - 1]
    is_led = m - 2 > noun and chunks[m - 2].kind == Kind.PREPOSITION
    return before.kind == Kind.NOUN and m - 1 > noun and is_led and not before.refs and not before.name


def _named(chunk: Chunk) -> tuple[Who, ...]:
    if len(chunk.refs) > 1 and "-" in chunk.words and all(ref.mention.kind not in _PLACES for ref in chunk.refs):
        # "rencontre Pachinian-Aliev"
        return tuple(
            Who(
                ref.code,
                ref.mention.name if ref.mention.kind is MentionKind.PERSON else None,
                start=chunk.start,
                end=chunk.end,
                person_kind=ref.mention.kind is MentionKind.PERSON,
            )
            for ref in chunk.refs
        )
    if chunk.who:
        return chunk.who
    enclave = next((ref for ref in chunk.refs if ref.mention.kind is MentionKind.REGION), None)
    if enclave is not None and any(ref.mention.kind in _PEOPLES for ref in chunk.refs):
        # "the Armenians of the enclave", "the breakaway Armenian republic of": its people, and not those of a state.
        return (Who(enclave.code, start=chunk.start, end=chunk.end),)
    return tuple(
        Who(ref.code, start=chunk.start, end=chunk.end) for ref in chunk.refs if ref.mention.kind not in _PLACES
    )
