"""An explanation: what was recognised in a text, what was coded and why, and what was nearly coded and why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.analyst import Reading
from bot.domain.reactions import Record


class MarkKind(StrEnum):
    """What a stretch of text was recognised as."""

    MENTION = "mention"
    """An actor; the label is its code and kind."""
    CUE = "cue"
    """The words that decided a record; the label is its type."""
    SPEAKER = "speaker"
    """Whom a quotation is attributed to; the label is the actor's code, or "unknown"."""
    QUOTE = "quote"
    """A quotation; the label is its speaker's code, or "nobody"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the article's text, `text[start:end]`, and what it is; marks may overlap."""

    start: int
    end: int
    kind: MarkKind
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A record and the reasons for it, each a phrase for a reader."""

    record: Record
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """What looked like an act and was not coded: where, and why not."""

    start: int
    end: int
    cue: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything the analyst can say about how it read an article.

    Offsets count characters of `text`, the article's text. `marks` are in order of the text.
    """

    text: str
    reading: Reading
    marks: tuple[Mark, ...]
    because: tuple[Because, ...]
    misses: tuple[Miss, ...]
