"""What a verb tells by the entries it has: whether it says, reports, asks, or speaks of the past."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk
from bot.analysis.entries import Form, Rule
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.pack import Slot

# What the rules of a verb make of it, worked out once per form (`Form.senses`): it is asked of every verb many times, and
# to go through the rules each time, naming members of enums, takes long.
SAYS: Final = 1 << 0  # words follow, and no object is needed: "said"
REPORTS: Final = 1 << 1  # a clause with "that" may follow: "said", "warned", "demanded"
SAYS_TO: Final = 1 << 2  # whom it is said to is told: "told"
QUOTES: Final = 1 << 3
REQUESTS: Final = 1 << 4
ACCUSES: Final = 1 << 5
DENIES: Final = 1 << 6
MEETS: Final = 1 << 7
CONTROLS: Final = 1 << 8
HAS_PLAIN: Final = 1 << 9  # may mean nothing here
ACTS: Final = 1 << 10  # may be coded for what it does, and not for what is said or governed
GATHERS: Final = 1 << 11  # a meeting takes place
SPEAKS: Final = 1 << 12  # an act of words: saying, asking, blaming, denying, praising
WRONGS: Final = 1 << 13  # does wrong, which is a reaction only in somebody's words
DRAWS: Final = 1 << 15  # tells how others take its subject
IS_CODED: Final = 1 << 14  # has a type, or gets one from what is asked for
OWNED: Final = 1 << 16  # a thing does it, and whoever sent or made the thing: "aid from X arrived"

_OF_FRAMES: Final = {
    Frame.SAY: REPORTS,
    Frame.QUOTE: QUOTES | ACTS,
    Frame.REQUEST: REQUESTS | ACTS | IS_CODED,
    Frame.ACCUSE: ACCUSES | ACTS,
    Frame.DENY: DENIES | ACTS,
    Frame.MEET: MEETS | ACTS,
    Frame.DRAW: DRAWS,
    Frame.CONTROL: CONTROLS,
    Frame.PLAIN: HAS_PLAIN,
    Frame.ACT: ACTS,
}
_SPOKEN: Final = frozenset({Frame.SAY, Frame.REQUEST, Frame.ACCUSE, Frame.DENY})
_WORDS: Final = frozenset(
    {
        t.CONDEMN,
        t.WELCOME,
        t.EXPRESS_CONCERN,
        t.EXPRESS_SUPPORT,
        t.WARN,
    }
)


def senses_of(rules: Iterable[Rule]) -> int:
    """Return what rules make of a verb."""
    senses = 0
    for rule in rules:
        senses |= _OF_FRAMES[rule.frame]
        if rule.frame is Frame.SAY:
            senses |= (0 if rule.needs_object else SAYS) | (SAYS_TO if rule.needs_target else 0)
        if rule.subject is SubjectKind.MEETING:
            senses |= GATHERS
        if rule.subject is SubjectKind.THING:
            senses |= OWNED
        if (rule.frame in _SPOKEN and not rule.negative) or rule.type in _WORDS:
            senses |= SPEAKS
        if rule.hostile and rule.frame is Frame.PLAIN:
            senses |= WRONGS
        if rule.type is not None:
            senses |= IS_CODED
    return senses


def united(forms: Iterable[Form]) -> int:
    """Return what a verb is that may be any of these forms."""
    senses = 0
    for form in forms:
        senses |= form.senses
    return senses


def says(chunk: Chunk) -> bool:
    """Return whether a verb is one of saying."""
    return bool(chunk.senses & SAYS)


def speaks(chunk: Chunk) -> bool:
    """Return whether a verb is an act of words."""
    return bool(chunk.senses & SPEAKS)


def is_past(chunk: Chunk) -> bool:
    """Return whether a verb may tell of the past."""
    return any(form.slots & Slot.PAST for form in chunk.forms)


def is_conditional(chunk: Chunk) -> bool:
    """Return whether the form of a verb says what would be: "fournirait"."""
    return bool(chunk.forms) and all(form.slots & Slot.CONDITIONAL for form in chunk.forms)


def is_of_one(chunk: Chunk) -> bool:
    """Return whether a verb stands in the present with one subject: calls."""
    return bool(chunk.forms) and all(form.slots == Slot.FINITE for form in chunk.forms)


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
