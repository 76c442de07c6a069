"""Verbs in an indefinite plural: "В Баку опровергли …" is said of whoever speaks in that place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Frame
from bot.analysis.mentions import MentionKind
from bot.analysis.pack import Pack, Slot

_SEATS: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.ORGAN, MentionKind.REGION})

_STARTS: Final = frozenset(
    {Kind.COMMA, Kind.COLON, Kind.DASH, Kind.QUOTE, Kind.THAT, Kind.AND, Kind.BUT, Kind.SUBORDINATOR}
)

_SPOKEN: Final = frozenset({Frame.SAY, Frame.REQUEST, Frame.ACCUSE, Frame.DENY})

# Who does these in a place need not be its authorities.
_DEEDS: Final = frozenset(
    {
        t.MILITARY_ACTION,
        t.PROTEST,
        t.CONSULT,
        t.PROVIDE_AID,
        t.INVESTIGATE,
        t.DEESCALATE,
    }
)


def is_indefinite(verb: Chunk, pack: Pack) -> bool:
    """Return whether `verb` may do without a subject, and what it says is said and not done."""
    return (
        bool(pack.indefinite_endings)
        and bool(verb.slot & Slot.FINITE)
        and not verb.passive
        and any(word.endswith(pack.indefinite_endings) for word in verb.words)
        and any(
            rule.frame in _SPOKEN or (rule.type is not None and rule.type not in _DEEDS)
            for form in verb.forms
            for rule in form.rules
        )
    )


def seat(chunks: Sequence[Chunk], preposition: int, pack: Pack) -> tuple[Who, ...]:
    """Return who speaks in the place that the preposition at `preposition` leads to."""
    noun = chunks[preposition + 1] if preposition + 1 < len(chunks) else None
    if (
        noun is None
        or noun.kind != Kind.NOUN
        or chunks[preposition].kind != Kind.PREPOSITION
        or chunks[preposition].words[-1] not in pack.place_prepositions
    ):
        return ()
    if noun.who:
        return tuple(who for who in noun.who if who.speaker is None)
    named = [ref for ref in noun.refs if ref.mention.kind in _SEATS]
    if len(noun.refs) == 1 and named and len(noun.words) == 1:
        return (Who(named[0].code, start=noun.start, end=noun.end),)
    return ()


def is_seat(chunks: Sequence[Chunk], j: int, k: int, pack: Pack) -> bool:
    """Return whether the noun at `j` tells where they sit who do what the verb at `k` says."""
    return (
        bool(pack.indefinite_endings)
        and j > 0
        and chunks[j - 1].kind == Kind.PREPOSITION
        and _begins_clause(chunks, j - 1)
        and _may_speak(chunks, j - 1, k, pack)
    )


def _may_speak(chunks: Sequence[Chunk], preposition: int, k: int, pack: Pack) -> bool:
    """Return whether what the verb at `k` tells is told in the place, or in the paper, that stands before it."""
    if not pack.impersonal.isdisjoint(chunks[k].words):
        return chunks[preposition].words[-1] in pack.place_prepositions
    return is_indefinite(chunks[k], pack) and (
        bool(seat(chunks, preposition, pack)) or _is_office(chunks, preposition, pack)
    )


def _is_office(chunks: Sequence[Chunk], preposition: int, pack: Pack) -> bool:
    """Return whether the place is an office named before: "В ведомстве заявили"."""
    noun = chunks[preposition + 1]
    return noun.bare and noun.held and chunks[preposition].words[-1] in pack.place_prepositions


def _begins_clause(chunks: Sequence[Chunk], preposition: int) -> bool:
    """Return whether the place stands first in its clause."""
    before = preposition - 1
    while before >= 0 and chunks[before].kind in {Kind.ADVERB, Kind.TIME, Kind.OTHER}:
        before -= 1
    return before < 0 or chunks[before].kind in _STARTS
