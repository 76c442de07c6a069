"""What a chunk is.

Plain integers in a module of their own: few lines of the grammar name none, a member of a class takes ten times as long to
name as one of a module, and one of an enum fifty times as long (in Python 3.11).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NOUN: Final = 0
VERB: Final = 1
PREPOSITION: Final = 2
AND: Final = 3
BUT: Final = 4
COMMA: Final = 5
SUBORDINATOR: Final = 6
CONDITIONAL: Final = 7
THAT: Final = 8
RELATIVE: Final = 9
PRONOUN: Final = 10
TIME: Final = 11
QUOTE: Final = 12
COLON: Final = 13
DASH: Final = 14
ADVERB: Final = 15
RECIPROCAL: Final = 16
OTHER: Final = 17


def places(kinds: Sequence[int], kind: int) -> list[int]:
    """Return where a kind is among those of a stretch, without a look at each of them."""
    found, m = [], -1
    for _ in range(kinds.count(kind)):
        m = kinds.index(kind, m + 1)
        found.append(m)
    return found
