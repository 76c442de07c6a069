"""Names beside a plural noun say who is meant: "three states, X, Y and Z", "the co-chairs, A of X and B of Y"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.mentions import PERSON
from bot.analysis.pack import Pack

NO_LIST: Final[tuple[tuple[Who, ...], int]] = ((), -1)

_LISTING: Final = frozenset({Kind.AND, Kind.COMMA})
# What a clause may begin with, before its subject.
_OPENERS: Final = frozenset({Kind.ADVERB, Kind.QUOTE, Kind.THAT})
_FEWEST: Final = 2


def apposed_list(chunks: Sequence[Chunk], end: int) -> tuple[tuple[Who, ...], int]:
    """Return whom the list closed by the comma at `end` names, and the noun it explains.

    Nobody, and -1, where no such list stands there: it must follow a noun that opens its clause and names nobody,
    and join two known ones or more with an "and".
    """
    if end < _FEWEST or chunks[end].kind != Kind.COMMA:
        return NO_LIST
    found: dict[str, Who] = {}
    m, joined = end - 1, False
    while m > 0 and chunks[m].kind == Kind.NOUN and chunks[m].who:
        for one in chunks[m].who:
            found.setdefault(one.code, one)
        m -= 1
        while m > 0 and chunks[m].kind in _LISTING:
            joined = joined or chunks[m].kind == Kind.AND
            m -= 1
    if not joined or len(found) < _FEWEST or chunks[m].kind != Kind.NOUN or chunks[m].who:
        return NO_LIST
    if chunks[m + 1].kind != Kind.COMMA or (m > 0 and chunks[m - 1].kind not in _OPENERS):
        return NO_LIST
    return tuple(reversed(found.values())), m


def without_members(chunks: list[Chunk], pack: Pack) -> list[Chunk]:
    """Return the chunks without the names that only tell who a group is, behind it and before its verb."""
    named = [m for m, chunk in enumerate(chunks) if chunk.name is not None]
    if len(named) < _FEWEST:
        return chunks
    first = named[0]
    own = _body_before(chunks[first], pack)
    if own is None and first > 1 and chunks[first - 1].kind in _LISTING:
        # The first of the names may be part of what stands before it: "co-chairs A, B and C".
        own = _body_before(chunks[first - 2], pack)
        if own is not None:
            first -= 2
    start = first - 1 if first and chunks[first - 1].kind == Kind.COMMA else first
    if own is None and (start == 0 or not _is_group(chunks, start - 1)):
        return chunks
    end, count = _list_end(chunks, first if own is None else first + 2)
    count += own is not None
    if count < _FEWEST:
        return chunks
    if end < len(chunks) and chunks[end].kind == Kind.COMMA:
        end += 1
    if end >= len(chunks) or chunks[end].kind != Kind.VERB:
        return chunks
    if own is not None:
        chunks[first].who, chunks[first].name, start = (own,), None, first + 1
    return chunks[:start] + chunks[end:]


def _body_before(chunk: Chunk, pack: Pack) -> Who | None:
    """Return the body whose several members a phrase begins to name: "Minsk Group co-chairs A"."""
    bodies = [ref for ref in chunk.refs if ref.mention.kind is not PERSON and ref.code != "OTHER"]
    known = [pack.words.get(word) for word in chunk.words]
    roles = [m for m, word in enumerate(known) if word is not None and word.flags & g.ROLE and word.flags & g.PLURAL]
    if len(bodies) != 1 or not roles or roles[-1] == len(known) - 1:
        return None
    return Who(bodies[0].code, None, None, chunk.start, chunk.end)


def _is_group(chunks: list[Chunk], m: int) -> bool:
    """Return whether several who bear an office stand at `m`: "the co-chairs", "the co-chairs of X"."""
    noun = chunks[m]
    if noun.kind != Kind.NOUN or noun.name is not None:
        return False
    if noun.plural and (noun.bare or noun.who):
        return True
    is_owner = m > 1 and chunks[m - 1].kind == Kind.PREPOSITION and chunks[m - 2].kind == Kind.NOUN
    return is_owner and chunks[m - 2].plural and bool(chunks[m - 2].who or chunks[m - 2].bare)


def _list_end(chunks: list[Chunk], m: int) -> tuple[int, int]:
    """Return where a list of names ends that begins at `m`, each with where it is from, and how many it has."""
    count = 0
    while m < len(chunks) and chunks[m].kind == Kind.NOUN and chunks[m].name is not None:
        count += 1
        m += 1
        if [chunk.kind for chunk in chunks[m : m + 2]] == [Kind.PREPOSITION, Kind.NOUN] and chunks[m + 1].who:
            m += 2
        after = m
        while after < len(chunks) and chunks[after].kind in _LISTING:
            after += 1
        if after == m or after >= len(chunks) or chunks[after].name is None:
            break
        m = after
    return m, count
