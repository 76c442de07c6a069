"""Sentences and quotations as ranges of tokens; a sentence never ends inside a quotation or after an abbreviation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Final

from bot.analysis.text import BULLETS, Token

OPENING: Final = frozenset("“«„‟❝")
CLOSING: Final = frozenset("”»❞")
DOUBLE: Final = OPENING | CLOSING | {'"', "＂"}
SINGLE: Final = "'"
_QUOTING: Final = DOUBLE | {SINGLE}
ENDS: Final = frozenset({".", "!", "?", "...", "։", "؟", "。", "…", *BULLETS})
# Longer than any sentence or quotation of the news; what is longer is cut, so that time stays linear.
LONGEST_SENTENCE: Final = 300
# The network of that name ends more sentences than it begins names.
_NO_INITIALS: Final = frozenset({"x"})
LONGEST_QUOTE: Final = 600
_SEMICOLON: Final = ";"
_START: Final = attrgetter("start")
# Fewer tokens behind an opening mark that is never closed are no quotation.
_SHORTEST_QUOTE: Final = 3


class Part(IntEnum):
    """Where in the item a sentence stands."""

    TITLE = 0
    SUMMARY = 1
    CONTENT = 2


# A member of an enum takes long to name by its class, and this is asked for with every sentence.
TITLE: Final = Part.TITLE
_SUMMARY: Final = Part.SUMMARY
_CONTENT: Final = Part.CONTENT


@dataclass(slots=True)
class Quotation:
    """A quotation with its marks; `closed` is false where the closing mark is missing. Never changed once made."""

    start: int
    end: int
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """Return the range of what is quoted."""
        return self.start + 1, self.end - 1 if self.closed else self.end


@dataclass(slots=True)
class Sentence:
    """A sentence: its tokens, the quotations in it, and where it stands. Never changed once made."""

    start: int
    end: int
    part: Part
    paragraph: int
    quotes: tuple[Quotation, ...] = ()


def paragraphs(text: str, tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Return the paragraphs: tokens between which no line ends."""
    found: list[tuple[int, int]] = []
    start, line_end = 0, text.find("\n")
    while line_end >= 0:
        # A token never holds the end of a line: it stands behind it, or before it.
        index = bisect_left(tokens, line_end, lo=start, key=_START)
        if index > start:
            found.append((start, index))
            start = index
        line_end = text.find("\n", tokens[index].end) if index < len(tokens) else -1
    if start < len(tokens):
        found.append((start, len(tokens)))
    return found


def quotations(text: str, tokens: tuple[Token, ...], start: int, end: int, norms: Sequence[str]) -> list[Quotation]:
    """Return the quotations of a paragraph in order, none inside another; `norms` are those of its tokens."""
    if _QUOTING.isdisjoint(norms):
        return []
    found: list[Quotation] = []
    opened, mark = -1, ""
    for index, norm in [(index, norm) for index, norm in enumerate(norms, start=start) if norm in _QUOTING]:
        if opened >= 0 and index - opened > LONGEST_QUOTE:
            opened = -1
        if norm in DOUBLE:
            is_mixed = norm == '"' and mark in OPENING and opened >= 0 and _closes_single(text, tokens[index])
            if opened >= 0 and mark != SINGLE and (is_mixed or _closes(norm, mark)):
                found.append(Quotation(opened, index + 1, True))
                opened = -1
            elif norm not in CLOSING:
                opened, mark = index, norm
        elif opened < 0 and _opens_single(text, tokens[index]):
            opened, mark = index, SINGLE
        elif opened >= 0 and mark == SINGLE and _closes_single(text, tokens[index]):
            found.append(Quotation(opened, index + 1, True))
            opened = -1
    if end - 1 - opened > LONGEST_QUOTE:
        return found
    if opened >= 0 and mark != SINGLE and (opened == start or end - opened > _SHORTEST_QUOTE):
        found.append(Quotation(opened, end, False))
    return found


def _closes(norm: str, mark: str) -> bool:
    if norm in CLOSING or norm == mark == '"':
        return True
    # German and Russian „…“ closes with what opens elsewhere.
    return mark == "„" and norm == "“"


def _opens_single(text: str, token: Token) -> bool:
    before = text[token.start - 1] if token.start else " "
    after = text[token.end] if token.end < len(text) else " "
    return not before.isalnum() and before not in ".,!?" and (after.isalnum() or after in "[(…")


def _closes_single(text: str, token: Token) -> bool:
    after = text[token.end] if token.end < len(text) else " "
    before = text[token.start - 1] if token.start else " "
    return not after.isalnum() and not before.isspace()


def sentences(
    text: str,
    tokens: tuple[Token, ...],
    *,
    summary_at: int,
    content_at: int,
    abbreviations: frozenset[str],
    norms: Sequence[str] | None = None,
) -> list[Sentence]:
    """Return the sentences of an item's text; `summary_at` and `content_at` are offsets of those parts.

    `norms` are those of the tokens, for who has them at hand.
    """
    norms = [token.norm for token in tokens] if norms is None else norms
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(text, tokens)):
        offset = tokens[start].start
        part = _CONTENT if offset >= content_at else _SUMMARY if offset >= summary_at else TITLE
        quotes = quotations(text, tokens, start, end, norms[start:end])
        first, held = 0, 0
        for begin, stop in _split(tokens, norms, start, end, quotes, abbreviations):
            held = first
            while first < len(quotes) and quotes[first].start < stop:
                first += 1
            found.append(Sentence(start=begin, end=stop, part=part, paragraph=number, quotes=tuple(quotes[held:first])))
    return found


def within(
    tokens: tuple[Token, ...], norms: Sequence[str], start: int, end: int, abbreviations: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the sentences between two tokens, whatever is quoted there."""
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _marks(tokens, norms, start, end, abbreviations):
        if stop - begin > 1 and _begins(tokens, stop, end):
            found.append((begin, stop))
            begin = stop
    if begin < end:
        found.append((begin, end))
    return found


def _split(
    tokens: tuple[Token, ...],
    norms: Sequence[str],
    start: int,
    end: int,
    quotes: list[Quotation],
    abbreviations: frozenset[str],
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begin = start
    if end - start < LONGEST_SENTENCE:
        # Most paragraphs: nothing in them has to be cut.
        for stop in _stops(tokens, norms, start, end, quotes, abbreviations):
            if _begins(tokens, stop, end):
                found.append((begin, stop))
                begin = stop
        if begin < end:
            found.append((begin, end))
        return found
    index, number, length = start, 0, 0
    while index < end:
        if number < len(quotes) and index == quotes[number].start:
            quote = quotes[number]
            number += 1
            index = quote.end
            length += 1
            ended = quote.closed and norms[quote.end - 2] in ENDS and quote.end - 2 > quote.start
            if ended and _begins(tokens, index, end):
                found.append((begin, index))
                begin, length = index, 0
            continue
        norm = norms[index]
        index += 1
        length += 1
        if (
            norm in ENDS and _begins(tokens, index, end) and not _is_abbreviation(tokens, index - 1, abbreviations)
        ) or (length >= LONGEST_SENTENCE):
            found.append((begin, index))
            begin, length = index, 0
    if begin < end:
        found.append((begin, end))
    return found


def _stops(
    tokens: tuple[Token, ...],
    norms: Sequence[str],
    start: int,
    end: int,
    quotes: list[Quotation],
    abbreviations: frozenset[str],
) -> list[int]:
    """Return behind what a sentence may end: marks outside quotations, and quotations that end with one."""
    found: list[int] = []
    for quote in quotes:
        found += _marks(tokens, norms, start, quote.start, abbreviations)
        if quote.closed and norms[quote.end - 2] in ENDS and quote.end - 2 > quote.start:
            found.append(quote.end)
        start = quote.end
    return found + _marks(tokens, norms, start, end, abbreviations)


def _marks(
    tokens: tuple[Token, ...], norms: Sequence[str], start: int, end: int, abbreviations: frozenset[str]
) -> list[int]:
    inside = norms[start:end]
    if ENDS.isdisjoint(inside) and _SEMICOLON not in inside:
        return []
    return [
        index
        for index, norm in enumerate(inside, start=start + 1)
        if (norm in ENDS and not _is_abbreviation(tokens, index - 1, abbreviations))
        # "Peru votes; Chile deploys troops", but not "Peru votes; deploys troops"
        or (norm == _SEMICOLON and index < end and tokens[index].text[0].isupper())
    ]


def _begins(tokens: tuple[Token, ...], index: int, end: int) -> bool:
    """Return whether a sentence can begin here: at a capital, a mark of quotation, a digit, or where all ends."""
    if index >= end:
        return True
    token = tokens[index]
    first = token.text[0]
    return token.start > tokens[index - 1].end and (not first.islower() or not first.isalpha()) and first not in ",;:)]"


def _is_abbreviation(tokens: tuple[Token, ...], index: int, abbreviations: frozenset[str]) -> bool:
    if tokens[index].norm != "." or index == 0 or tokens[index - 1].end != tokens[index].start:
        return False
    before = tokens[index - 1]
    is_initial = len(before.text) == 1 and before.text.isupper() and before.norm not in _NO_INITIALS
    return before.norm in abbreviations or is_initial
