"""Who says it, between commas inside what is said: "Peru, Macron said, must stop", "The raid, according to Oslo, was"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.pack import Pack, Slot
from bot.analysis.verb_senses import REPORTS

_SPEAKERS: Final = frozenset({Kind.NOUN, Kind.PRONOUN})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# What a sentence may hold before it: nothing has been told yet.
_UNTOLD: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.AND, Kind.ADVERB, Kind.TIME})


class Interposed(NamedTuple):
    """Where a speaker is set into his words: the chunks from `start` to `end`, and which of them he is."""

    start: int
    end: int
    speaker: int


def interposed(chunks: Sequence[Chunk], pack: Pack) -> Interposed | None:
    """Return where a sentence is interrupted, before its first verb, by whoever says it; None where it is not."""
    start = next((m for m, chunk in enumerate(chunks) if chunk.kind not in _UNTOLD and not _is_modal(chunk)), 0)
    if start == 0 or start + 4 >= len(chunks) or chunks[start].kind != Kind.COMMA:
        return None
    first, second, third = chunks[start + 1 : start + 4]
    if first.kind in _SPEAKERS and _reports(second):
        speaker, end = start + 1, start + 3
    elif second.kind in _SPEAKERS and (_reports(first) or first.words in pack.source_phrases):
        speaker, end = start + 2, start + 3
    elif third.kind in _SPEAKERS and (*first.words, *second.words) in pack.source_phrases:
        speaker, end = start + 3, start + 4
    else:
        return None
    while end < len(chunks) and chunks[end].kind in _LOOSE:
        end += 1
    if end + 1 >= len(chunks) or chunks[end].kind != Kind.COMMA:
        return None
    # "Peru, Spain said, Chile and Bolivia attacked" goes on with another subject: what stands before is no part of it.
    return Interposed(start, end + 1, speaker) if chunks[end + 1].kind == Kind.VERB else None


def _is_modal(chunk: Chunk) -> bool:
    return chunk.kind == Kind.VERB and not chunk.forms and bool(chunk.flags & (g.OBLIGED | g.FUTURE | g.POSSIBLE))


def _reports(chunk: Chunk) -> bool:
    return (
        chunk.kind == Kind.VERB
        and bool(chunk.senses & REPORTS)
        and bool(chunk.slot & Slot.FINITE)
        and not chunk.negative
        and not chunk.passive
    )
