"""Text as the analyst reads it: tokens that keep their place in the text they come from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from bot.analysis.remembering import Remembered


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


# A token of a piece of text: what stands there, its norm, where in the piece it begins and ends.
_Part = tuple[str, str, int, int]

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
# Between the points of a list, each of which stands by itself.
BULLETS: Final = frozenset({"•", "▪", "●", "■", "◦", "‣"})
_DASHES = frozenset("-‐‑‒–—―−")
_DASH = "—"
# How much of what follows tells what stands before a blank: it, and a mark of quotation.
_BEHIND = 2
_HYPHEN = "-"
# Stress, exclamation and question marks of Armenian sit on a vowel; combining stress marks are dropped as well.
_INNER_MARKS = {ord(mark): None for mark in "\u0301\u0300\u055b\u055c\u055e\u00ad"}


def normal(text: str) -> str:
    """Return the form a word is looked up by: compatibility forms resolved, casefolded, apostrophes unified."""
    if text.isascii():
        return text.lower().replace("`", "'")
    folded = unicodedata.normalize("NFKC", text.translate(_APOSTROPHE_TABLE)).casefold()
    return folded.translate(_INNER_MARKS) or folded


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
    append, note, find, new = tokens.append, norms.append, text.find, tuple.__new__
    end = 0
    for piece in text.split():
        start = find(piece, end)
        end = start + len(piece)
        for word, norm, first, last in _PARTS[piece] or _parts(text[start : end + _BEHIND], len(piece)):
            # Straight to the tuple: a token is made for every word of every item.
            append(new(Token, (word, norm, start + first, start + last)))
            note(norm)
    return tuple(tokens), tuple(norms)


def _parts(text: str, length: int) -> tuple[_Part, ...]:
    """Return the tokens that begin within so many characters of a text."""
    found: list[_Part] = []
    end = 0
    for blanks, word in _PATTERN.findall(text):
        start = end + len(blanks)
        end = start + len(word)
        if not word or start >= length:
            break
        norm = _dash_norm(text, start, end) if word[0] in _DASHES else normal(word)
        found.append((word, norm, start, end))
    return tuple(found)


def _parts_of(piece: str) -> tuple[_Part, ...]:
    """Return the tokens of what stands between two blanks; none where what they are is told by what follows."""
    return () if piece[-1] in APOSTROPHES else _parts(piece, len(piece))


_PARTS: Final = Remembered(_parts_of)
