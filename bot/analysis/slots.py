"""Which form of a verb a word is. Plain integers in a module, for the reason that those of `kinds` are."""

from __future__ import annotations

from typing import Final

FINITE: Final = 1
INFINITIVE: Final = 2
PARTICIPLE: Final = 4
GERUND: Final = 8
PLURAL: Final = 16
PAST: Final = 32
PREDICATE: Final = 64
CONDITIONAL: Final = 128
