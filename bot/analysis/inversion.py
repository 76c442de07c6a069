"""Subjects that stand behind their verb, where cases tell them: "Операцию осудила Франция"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.pack import Pack, Slot

_SKIPPED: Final = frozenset({Kind.ADVERB, Kind.TIME, Kind.OTHER})

# Phrases with prepositions that may stand between the verb and its subject.
_BETWEEN: Final = 2


def behind(chunks: Sequence[Chunk], k: int, pack: Pack) -> int:
    """Return the noun behind the verb at `k` that is its subject; -1 where none is, or none for certain."""
    verb = chunks[k]
    if not verb.slot & Slot.FINITE and not verb.passive:
        return -1
    n = _candidate(chunks, k)
    if n < 0 or chunks[n].oblique:
        return -1
    noun, left = chunks[n], fronted(chunks, k)
    if verb.passive:
        return n if left < 0 else -1
    if not (noun.who or noun.bare or noun.crowd):
        return -1
    if noun.leads or left < 0:
        return n
    return n if not agrees(chunks[left], verb, pack) else -1


def fronted(chunks: Sequence[Chunk], k: int) -> int:
    """Return the noun without a preposition that stands before the verb at `k` in its clause; -1 where none does."""
    j = k - 1
    while j >= 0:
        if chunks[j].kind in _SKIPPED:
            j -= 1
        elif chunks[j].kind != Kind.NOUN:
            return -1
        elif _goes_on(chunks, j):
            j -= 2
        else:
            while j and chunks[j - 1].kind == Kind.NOUN and not _goes_on(chunks, j - 1):
                # "Соболезнования Алиеву выразил …"
                j -= 1
            return j
    return -1


def _goes_on(chunks: Sequence[Chunk], j: int) -> bool:
    """Return whether the noun at `j` belongs to a preposition, or to a list that goes on before it."""
    if j and chunks[j - 1].kind == Kind.PREPOSITION:
        return True
    return j > 1 and chunks[j - 1].kind == Kind.AND and chunks[j - 2].kind == Kind.NOUN


def agrees(noun: Chunk, verb: Chunk, pack: Pack) -> bool:
    """Return whether one of the words of a noun phrase may be the subject of the verb, by its ending."""
    word = verb.words[-1]
    for ending, nouns in pack.agreement.items():
        if word.endswith(ending):
            owners = {text for ref in noun.refs if ref.owns for text in ref.mention.name.casefold().split()}
            return any(text.endswith(nouns) for text in noun.words if text not in owners)
    return True


def is_cleft(chunks: Sequence[Chunk], left: int) -> bool:
    """Return whether a clause only puts the subject that begins at `left` first: "C'est X qui a attaqué"."""
    if left < 2 or chunks[left - 1].kind != Kind.VERB or chunks[left - 1].forms:  # noqa: PLR2004 - it is X
        return False
    it = chunks[left - 2]
    short = it.kind == Kind.PRONOUN or (it.kind == Kind.NOUN and len(it.words) == 1 and not it.refs)
    return bool(chunks[left - 1].flags & g.BE) and not chunks[left - 1].negative and short


def _candidate(chunks: Sequence[Chunk], k: int) -> int:
    n, between = k + 1, 0
    while n < len(chunks):
        if chunks[n].kind in _SKIPPED or (chunks[n].kind == Kind.PRONOUN and chunks[n].flags & g.OBJECT):
            n += 1
        elif (
            chunks[n].kind == Kind.PREPOSITION
            and between < _BETWEEN
            and n + 1 < len(chunks)
            and chunks[n + 1].kind == Kind.NOUN
        ):
            n, between = n + 2, between + 1
        else:
            break
    if n >= len(chunks) or chunks[n].kind != Kind.NOUN:
        return -1
    if n + 1 < len(chunks) and chunks[n + 1].kind == Kind.VERB and chunks[n + 1].slot & Slot.FINITE:
        # It is the next verb's.
        return -1
    return n
