"""Topics: what a conflict is known by, and where its terms stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import compress, pairwise
from typing import NamedTuple

from bot.analysis.remembering import Remembered
from bot.analysis.text import Token, tokenize

# Longer stems of words tell no more apart; fewer lengths are fewer sets to make of every article.
_STEM_LENGTH = 6
_LETTERS = re.compile(r"[^\W\d_]+")


class Weight(IntEnum):
    """What a term counts for. Of two terms of equal length at one place the one with the lower number is taken."""

    # Holds a term of the topic and means something else.
    LOOKALIKE = 0
    # Enough alone.
    STRONG = 1
    # Names one side of the conflict.
    SIDE = 2
    # The wider region.
    AREA = 3
    # What the conflict and its diplomacy are made of: enough beside one side.
    CONTEXT = 4
    # The same, but common elsewhere: enough beside both sides, or two of them beside one.
    LIGHT = 5
    # Words of any diplomacy: enough beside both sides, nothing beside one.
    DIPLOMACY = 6
    # Sport, trade, travel: what the sides are named for otherwise.
    UNRELATED = 7
    # Enough alone where nothing shows another matter: a place that a club is named for.
    DOUBTFUL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word or phrase of a topic.

    A `*` ends a word that may go on: "карабах*"; one before it lets it stand anywhere in a word: "*カラバフ". A term in
    capitals is only found in capitals. `side` names the side that a term of weight SIDE stands for. A term with a
    `language` counts in articles of that language, or of an unknown one; one with days only in articles of those days.
    """

    text: str
    weight: Weight
    side: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None

    def counts_in(self, language: str, day: date | None) -> bool:
        """Return whether the term counts in an article of this language and day."""
        if self.since is not None and (day is None or day < self.since):
            return False
        if self.until is not None and (day is None or day > self.until):
            return False
        return not self.language or not language or self.language == language


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A term as tokens: each with its norm and whether the word may go on.

    `second` is the word that must follow the first, "" where there is none or it may go on. `is_plain` tells that the term
    stands wherever its first word does, in any article.
    """

    words: tuple[tuple[str, bool], ...]
    term: Term
    exact: str
    is_inner: bool
    second: str
    is_plain: bool

    def matches(self, tokens: Sequence[Token], start: int) -> bool:
        """Return whether the term stands there, whose first word does: by that it was found."""
        words = self.words
        if self.exact and tokens[start].text != self.exact:
            return False
        if len(words) == 1:
            return True
        if start + len(words) > len(tokens):
            return False
        for (word, is_open), token in zip(words[1:], tokens[start + 1 : start + len(words)], strict=True):
            if token.norm != word and not (is_open and token.norm.startswith(word)):
                return False
        return True


class Hit(NamedTuple):
    """A term found in a text, as it stands there, and where it begins."""

    term: Term
    text: str
    start: int


class Topic:
    """A conflict that is followed: its terms, ready to be looked for, and the pairs of actors that face each other.

    An article is read closely only if one of its words begins as a term does that it could be relevant by.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - as in the topic's file
        name: str,
        terms: Iterable[Term],
        opponents: Iterable[frozenset[str]] = (),
    ) -> None:
        self.id = id
        self.name = name
        self.opponents = tuple(opponents)
        self.terms = tuple(terms)
        self._languages = frozenset(term.language for term in self.terms)
        self._closed: dict[str, list[_Pattern]] = {}
        self._open: dict[str, list[_Pattern]] = {}
        self._inner: list[_Pattern] = []
        for term in self.terms:
            pattern = _pattern(term)
            first, is_open = pattern.words[0]
            if pattern.is_inner:
                self._inner.append(pattern)
            else:
                (self._open if is_open else self._closed).setdefault(first, []).append(pattern)
        self._shortest = min((len(word) for word in self._open), default=0)
        # How open terms begin: most words of a text begin otherwise, and are passed over at once.
        self._starts = frozenset(word[: self._shortest] for word in self._open)
        self._open_lengths = tuple(sorted({len(word) for word in self._open}))
        self._beginning = Remembered(self._patterns_of)
        self._anchors = _Anchors(term for term in self.terms if term.since is None)
        self._dated_anchors = _Anchors(term for term in self.terms if term.since is not None)
        self._dated_until = max((term.until for term in self.terms if term.until is not None), default=date.min)
        self._dated_since = min((term.since for term in self.terms if term.since is not None), default=date.max)

    def may_concern(self, pieces: Sequence[str], day: date | None = None) -> bool:
        """Return whether a text could hold a term that makes it relevant that day; `pieces` stand between its blanks."""
        if self._anchors.hold(pieces):
            return True
        return day is not None and self._dated_since <= day <= self._dated_until and self._dated_anchors.hold(pieces)

    def hits(
        self,
        tokens: Sequence[Token],
        language: str = "",
        day: date | None = None,
        *,
        norms: Sequence[str] | None = None,
    ) -> Iterator[Hit]:
        """Yield the terms in the tokens, the longest at each place, none within another.

        `norms` are those of the tokens, for who has them at hand.
        """
        norms = [token.norm for token in tokens] if norms is None else norms
        known = language if language in self._languages else ""
        after = 0
        # Most words begin no term, and are passed over at once.
        beginning = list(map(self._beginning.__getitem__, norms))
        for index in compress(range(len(beginning)), beginning):
            if index < after or (best := _best(beginning[index], tokens, norms, index, known, day)) is None:
                continue
            after = index + len(best.words)
            yield Hit(term=best.term, text=_as_written(tokens[index:after]), start=tokens[index].start)

    def _patterns_of(self, norm: str) -> tuple[_Pattern, ...]:
        """Return the terms that may begin with this word, those to be preferred first."""
        if norm not in self._closed and norm[: self._shortest] not in self._starts and norm.isascii():
            return ()
        candidates = list(self._closed.get(norm, ()))
        for length in self._open_lengths:
            if length > len(norm):
                break
            candidates.extend(self._open.get(norm[:length], ()))
        if not norm.isascii():
            candidates.extend(pattern for pattern in self._inner if pattern.words[0][0] in norm)
        return tuple(sorted(candidates, key=lambda pattern: (-len(pattern.words), pattern.term.weight)))


def _best(
    candidates: Sequence[_Pattern],
    tokens: Sequence[Token],
    norms: Sequence[str],
    index: int,
    language: str,
    day: date | None,
) -> _Pattern | None:
    """Return the first of the candidates that counts and stands here."""
    following = norms[index + 1] if index + 1 < len(norms) else ""
    for pattern in candidates:
        if pattern.second and pattern.second != following:
            # Most of the phrases that begin with a word.
            continue
        if pattern.is_plain or (pattern.matches(tokens, index) and pattern.term.counts_in(language, day)):
            return pattern
    return None


def _pattern(term: Term) -> _Pattern:
    words: list[tuple[str, bool]] = []
    is_inner = term.text.startswith("*")
    for token in tokenize(term.text.removeprefix("*")):
        if token.text == "*" and words:
            words[-1] = (words[-1][0], True)
        else:
            words.append((token.norm, False))
    is_acronym = term.text.isupper() and term.text.isalpha()
    second = "" if is_inner or len(words) == 1 or words[1][1] else words[1][0]
    is_plain = len(words) == 1 and not (is_acronym or is_inner or term.language or term.since or term.until)
    return _Pattern(tuple(words), term, term.text if is_acronym else "", is_inner, second, is_plain)


@dataclass(frozen=True, slots=True)
class _Need:
    """The words of one term that a text must hold: some whole, of others the stem."""

    whole: frozenset[str]
    # Each behind a blank, as it stands among the words of a text.
    stems: tuple[str, ...]

    def is_met(self, words: AbstractSet[str], text: str) -> bool:
        """Return whether the words are there; `text` holds them all, a blank before each."""
        return self.whole <= words and all(stem in text for stem in self.stems)


_NOTHING_ELSE = (_Need(frozenset(), ()),)


class _Anchors:
    """What an article must hold to be about a topic: the words of a term, or one stem, or a piece of a word.

    It costs less to ask this of every article than to read one in a hundred.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._needs: dict[str, list[_Need]] = {}
        self._pieces: list[str] = []
        # A term without a letter can only be looked for in the text itself.
        self._is_blind = False
        stems: dict[int, set[str]] = {}
        for term in terms:
            if term.weight not in {Weight.STRONG, Weight.DOUBTFUL, Weight.SIDE, Weight.AREA}:
                continue
            pattern = _pattern(term)
            whole = frozenset(part for word, is_open in pattern.words if not is_open for part in _LETTERS.findall(word))
            opens = tuple(word for word, is_open in pattern.words if is_open)
            behind_blanks = tuple(f" {word}" for word in opens)
            if pattern.is_inner:
                self._pieces.append(pattern.words[0][0])
            elif whole:
                self._needs.setdefault(max(whole, key=len), []).append(_Need(whole, behind_blanks))
            elif not opens:
                self._is_blind = True
            else:
                stem = max(opens, key=len)[:_STEM_LENGTH]
                stems.setdefault(len(stem), set()).add(stem)
        self._stems = tuple((length, frozenset(stems[length])) for length in sorted(stems))
        self._telling = Remembered(self._needs_of)

    def _needs_of(self, piece: str) -> tuple[_Need, ...]:
        """Return what else a text with this piece must hold: any of these, or nothing of the kind where there are none."""
        found: list[_Need] = []
        for word in _words_of(piece):
            if self._is_enough(word):
                return _NOTHING_ELSE
            found.extend(self._needs.get(word, ()))
        return tuple(found)

    def _is_enough(self, word: str) -> bool:
        """Return whether a word alone tells: by its stem, or by a piece of it."""
        if any(word[:length] in stems for length, stems in self._stems):
            return True
        return not word.isascii() and any(piece in word for piece in self._pieces)

    def hold(self, pieces: Sequence[str]) -> bool:
        if self._is_blind:
            return True
        # Most articles have no word that tells, and one look at each piece shows it, marks and all.
        telling = list(filter(None, map(self._telling.__getitem__, pieces)))
        if not telling or _NOTHING_ELSE in telling:
            return bool(telling)
        words = frozenset(_words_of(" ".join(pieces)))
        text = f" {' '.join(words)}"
        return any(need.is_met(words, text) for needs in telling for need in needs)


def _words_of(text: str) -> list[str]:
    """Return the words of a text as anchors know them: an underscore and a digit part them too."""
    # The Armenian ligature is two letters to whoever looks words up; casefolding parts it.
    return _LETTERS.findall(text.casefold())


def _as_written(tokens: Sequence[Token]) -> str:
    text = tokens[0].text
    if len(tokens) == 1:
        return text
    for before, token in pairwise(tokens):
        text += ("" if before.end == token.start else " ") + token.text
    return text
