"""What is worked out once for a word: news has few words, again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Told = TypeVar("_Told")

# So many words are remembered, and then it begins anew.
_MOST = 20_000
# What is longer comes once: an address, or a sentence of a script that is written without blanks.
_LONGEST = 40


class Remembered(dict[str, _Told], Generic[_Told]):
    """What a function tells of each word, asked once; safe to share between threads.

    A plain dictionary, and no `lru_cache`: that one moves what it is asked for to the front of a list, for every word of
    every item, which costs more than it saves where all but a few words fit in.
    """

    def __init__(self, tell: Callable[[str], _Told]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> _Told:
        told = self._tell(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = told
        return told
