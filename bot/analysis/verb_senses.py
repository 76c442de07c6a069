"""What a verb tells by the entries it has: whether it says, reports, asks, or speaks of the past."""

from __future__ import annotations

from typing import Final

from bot.analysis.chunks import Chunk
from bot.analysis.pack import Frame, Slot
from bot.domain.reactions import ReactionType

_SPOKEN: Final = frozenset({Frame.SAY, Frame.REQUEST, Frame.ACCUSE, Frame.DENY})
_WORDS: Final = frozenset(
    {
        ReactionType.CONDEMN,
        ReactionType.WELCOME,
        ReactionType.EXPRESS_CONCERN,
        ReactionType.EXPRESS_SUPPORT,
        ReactionType.WARN,
    }
)


def says(chunk: Chunk) -> bool:
    """Return whether a verb is one of saying."""
    return Frame.SAY in chunk.frames and any(
        rule.frame is Frame.SAY and not rule.needs_object for form in chunk.forms for rule in form.rules
    )


def reports(chunk: Chunk) -> bool:
    """Return whether a clause with "that" may follow: "said", "warned", "demanded"."""
    return Frame.SAY in chunk.frames


def asks(chunk: Chunk) -> bool:
    """Return whether somebody is asked, or blamed."""
    return Frame.REQUEST in chunk.frames or Frame.ACCUSE in chunk.frames


def speaks(chunk: Chunk) -> bool:
    """Return whether a verb is an act of words: saying, asking, blaming, denying, praising."""
    return any(
        (rule.frame in _SPOKEN and not rule.negative) or rule.type in _WORDS
        for form in chunk.forms
        for rule in form.rules
    )


def is_past(chunk: Chunk) -> bool:
    """Return whether a verb may tell of the past."""
    return any(form.slots & Slot.PAST for form in chunk.forms)


def is_several(chunk: Chunk) -> bool:
    """Return whether the form of a verb wants several subjects, or one in the plural."""
    return any(form.slots & Slot.PLURAL for form in chunk.forms)


def is_plural_only(chunk: Chunk) -> bool:
    """Return whether a verb agrees with a plural only: "provide"."""
    return (
        bool(chunk.forms)
        and not chunk.flags
        and all(form.slots & Slot.PLURAL and not form.slots & Slot.PAST for form in chunk.forms)
    )
