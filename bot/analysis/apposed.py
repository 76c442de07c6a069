"""Names that say who a plural subject is: "Three states, France, Spain and Italy, condemned"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis.chunks import Chunk, Kind, Who

__all__ = ["NO_LIST", "apposed_list"]

NO_LIST: Final[tuple[tuple[Who, ...], int]] = ((), -1)

_JOINTS: Final = frozenset({Kind.AND, Kind.COMMA})
# What a clause may begin with, before its subject.
_OPENERS: Final = frozenset({Kind.ADVERB, Kind.QUOTE, Kind.THAT})
_TWO: Final = 2


def apposed_list(chunks: Sequence[Chunk], end: int) -> tuple[tuple[Who, ...], int]:
    """Return whom the list closed by the comma at `end` names, and the noun it explains.

    Nobody, and -1, where no such list stands there: it must follow a noun that opens its clause and names nobody,
    and join two known ones or more with an "and".
    """
    if end < _TWO or chunks[end].kind != Kind.COMMA:
        return NO_LIST
    found: dict[str, Who] = {}
    m, joined = end - 1, False
    while m > 0 and chunks[m].kind == Kind.NOUN and chunks[m].who:
        for one in chunks[m].who:
            found.setdefault(one.code, one)
        m -= 1
        while m > 0 and chunks[m].kind in _JOINTS:
            joined = joined or chunks[m].kind == Kind.AND
            m -= 1
    if not joined or len(found) < _TWO or chunks[m].kind != Kind.NOUN or chunks[m].who:
        return NO_LIST
    if chunks[m + 1].kind != Kind.COMMA or (m > 0 and chunks[m - 1].kind not in _OPENERS):
        return NO_LIST
    return tuple(reversed(found.values())), m
