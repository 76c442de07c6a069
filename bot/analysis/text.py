"""Text as the analyst reads it: tokens that keep their place in the text they come from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """One word, number or mark.

    `text` is what stands there, `norm` how it is looked up: compatibility forms resolved, casefolded, apostrophes and
    dashes unified. `start` and `end` count characters of the text that was tokenised.

    A named tuple, for it is made for every word of every item and a frozen dataclass takes three times as long.
    """

    text: str
    norm: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Return whether the token holds letters or digits."""
        return self.norm[-1:].isalnum() or self.norm[:1].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Return whether the token starts with a capital letter."""
        return self.text[:1].isupper()


APOSTROPHES = "'’‘ʼ＇՚`´"
# One word of the language before a vowel, written together with the next: l'Arménie, d'Erevan, qu'il, O'Brien.
_ELIDED = r"(?i:l|d|j|c|n|s|m|t|o|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)"
_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f\u0559\u055b\u055c\u055e"
_PATTERN = re.compile(
    rf"""
    # Blanks, and what stands behind them; at the end of the text nothing does.
    (\s*+)(
      [A-Za-z]++(?=\ )                                         # most words, told at once
    | (?:{_LETTER}[\w{_MARKS}]*+(?![.:{APOSTROPHES}]))         # nearly all words: nothing is joined to them
    | (?i:https?)://[^\s<>"”»]+                                   # an address is one token
    | (?:(?<![\w.])(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?)  # U.S., U.N., U.S.A
    | (?:(?<!\w){_ELIDED}[{APOSTROPHES}](?=\s?[«“"]|{_LETTER}))  # l'Arménie, d'« ingérence »
    | (?:{_LETTER}(?:[\w{_MARKS}])*)                         # a word; Armenian marks stand inside it
    | (?:(?<={_LETTER})[{APOSTROPHES}]{_LETTER}+)            # 's, 't, 'nin
    | \d+(?:[.,:]\d+)*\w*                                    # 3,000  19.09.2023  8am  24h
    | \.\.\.
    | --+
    | [^\w\s]
    | _
    | \Z)
    """,
    re.VERBOSE,
)
_APOSTROPHE_TABLE = {ord(mark): "'" for mark in APOSTROPHES}
_DASHES = frozenset("-‐‑‒–—―−")
_DASH = "—"
_HYPHEN = "-"
# Stress, exclamation and question marks of Armenian sit on a vowel; combining stress marks are dropped as well.
_INNER_MARKS = {ord(mark): None for mark in "\u0301\u0300\u055b\u055c\u055e\u00ad"}


def normal(text: str) -> str:
    """Return the form a word is looked up by: compatibility forms resolved, casefolded, apostrophes unified."""
    if text.isascii():
        return text.lower().replace("`", "'")
    folded = unicodedata.normalize("NFKC", text.translate(_APOSTROPHE_TABLE)).casefold()
    return folded.translate(_INNER_MARKS) or folded


# News has few words, again and again; those with letters beyond ASCII take long.
_normal = lru_cache(maxsize=8192)(normal)


def _dash_norm(text: str, start: int, end: int) -> str:
    tight = (
        start > 0 and end < len(text) and (text[start - 1].isalnum() or text[start - 1] == ".") and text[end].isalnum()
    )
    return _HYPHEN if tight and end - start == 1 else _DASH


# An article is asked whether it is relevant, and then read: its words are found once.
@lru_cache(maxsize=8)
def tokens_of(text: str) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Return the words, numbers and marks of an article (see `tokenize`), and their norms."""
    return _tokenized(text)


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words, numbers and marks of the text in order; blanks are in none of them.

    Hyphens split words ("Nagorno-Karabakh" is three tokens) and have the norm "-"; every other dash has the norm "—".
    Elided words and what follows an apostrophe stand alone: "Armenia", "'s"; "l'", "Arménie". Takes time linear in the
    length of the text.
    """
    return _tokenized(text)[0]


def _tokenized(text: str) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    tokens: list[Token] = []
    norms: list[str] = []
    append, note, new = tokens.append, norms.append, tuple.__new__
    end = 0
    for blanks, word in _PATTERN.findall(text):
        start = end + len(blanks)
        end = start + len(word)
        if word.isalpha() and word.isascii():
            norm = word.lower()
        elif not word:
            break
        elif word[0] in _DASHES:
            norm = _dash_norm(text, start, end)
        else:
            norm = _normal(word)
        # Straight to the tuple: a token is made for every word of every item.
        append(new(Token, (word, norm, start, end)))
        note(norm)
    return tuple(tokens), tuple(norms)
