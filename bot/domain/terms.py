"""Terms: the telling words of a text, by their stems."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.domain.headline_words import COMMON, TOPICAL

_COMMON = frozenset(COMMON.split())
_TOPICAL = tuple(TOPICAL.split())


def terms(words: Iterable[str]) -> tuple[str, ...]:
    """Return the telling words among these, by their stems, in order, each once."""
    return tuple(dict.fromkeys(filter(None, map(_term, words))))


@lru_cache(maxsize=8192)
def _term(word: str) -> str:
    """Return the stem of a telling word, "" for a word that tells nothing."""
    if len(word) <= 2 or word in _COMMON or word.isdigit() or word.startswith(_TOPICAL):  # noqa: PLR2004
        return ""
    return stem(word)


def stem(word: str) -> str:
    """Return a word without the endings that English, and much of Europe, changes most."""
    for ending in ("’s", "ings", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004 - what is left is still a word
            return word[: -len(ending)]
    return word
