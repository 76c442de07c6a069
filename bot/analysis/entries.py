"""What the entries of a pack become: what a verb in a frame means, its forms, what requests ask for, telling phrases.

Nothing here knows a word of any language. `bot.lexicons` reads the packs and builds these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.analysis.frames import Effect, Frame, Subject, TargetFrom
from bot.domain.reactions import ReactionType, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a verb in a frame means.

    `object` holds words of which the object must have one (none: any object will do), `without` words it must not have;
    with `wide` they are looked for in all that follows the verb. `prepositions` introduce the target. `type` is None
    where the frame finds it.
    """

    id: str
    frame: Frame
    type: ReactionType | None = None
    effect: Effect = Effect.NONE
    object: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    wide: bool = False
    prepositions: frozenset[str] = frozenset()
    summoners: frozenset[str] = frozenset()
    """Prepositions that name the doer of the passive by the place: "convoqué au ministère"."""
    target: TargetFrom = TargetFrom.OBJECT
    subject: Subject = Subject.ANY
    tier: Tier = Tier.ALERT
    needs_object: bool = False
    needs_target: bool = False
    needs_content: bool = False
    """Only what is asked for shows that it is a reaction: "wants to" and "asks about" are none."""
    needs_infinitive: bool = False
    """An infinitive must follow: "told X to stop", but not "told X of"."""
    hostile: bool = False
    """That another says somebody does it is an accusation."""
    reciprocal: bool = False
    """Done with each other where the subjects are several."""
    consequence: bool = False
    """A participle of it behind a clause tells what the act led to, not what its doer did: ", raising concerns"."""
    others: bool = False
    """Done for others: no record where the only other party is the subject."""
    several: bool = False
    """Done to two at least: "hosts X and Y"."""
    alone: bool = False
    """Done by the subject with nobody else: "the Security Council meets"."""
    passive: bool = False
    """Meant of what is done to its subject, and only there: "talks were held"."""
    negative: bool = False
    """Meant where the verb is negated, and only there: "will not attend"."""
    peaceful: bool = False
    """Armed, and aimed at nobody: to promise a drill or peacekeepers threatens no one."""
    only_promised: bool = False
    """Meant only where it is promised: "vows to punish"."""


class Form(NamedTuple):
    """One way to read a word as a verb: its lemma, its form, the words that must follow it, and what it then means.

    `senses` is what its rules make of it (see `verb_senses`), once somebody has worked it out.
    """

    lemma: str
    slots: int
    tail: tuple[str, ...]
    rules: tuple[Rule, ...]
    senses: int = 0


class Word(NamedTuple):
    """All that the pack knows of a word."""

    flags: int
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a request asks for, by its words: one of `any`, one of `also` where given, none of `without`."""

    id: str
    type: ReactionType
    any: frozenset[str]
    also: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that make what somebody says a reaction: "cannot be tolerated", "stand with"."""

    id: str
    type: ReactionType
    words: tuple[str, ...]
    target: TargetFrom = TargetFrom.CULPRIT
    tier: Tier = Tier.ALERT
    needs_target: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that an entry must ("ACTOR type TARGET,TARGET" in `expected`) or must not fire on."""

    entry: str
    text: str
    fires: bool
    expected: str = ""
