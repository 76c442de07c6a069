"""Chunks: noun phrases, groups of verbs and the small words between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis import kinds
from bot.analysis.entries import Form
from bot.analysis.gazetteer import ActorMention
from bot.analysis.text import BULLETS

Kind = kinds

_NAMES: Final = {value: name for name, value in vars(kinds).items() if name.isupper()}


class Who(NamedTuple):
    """An actor as a noun phrase names it.

    `speaker` is a person's name, `role` the title words; `indirect` tells that another sentence had to be asked.
    """

    code: str
    speaker: str | None = None
    role: str | None = None
    start: int = 0
    end: int = 0
    indirect: bool = False
    person_kind: bool = False


@dataclass(slots=True)
class Ref:
    """A mention inside a noun phrase; `owns` tells that it possesses what follows. Never changed once made."""

    mention: ActorMention
    owns: bool

    @property
    def code(self) -> str:
        """Return the actor's code."""
        return self.mention.code

    def as_owner(self) -> Ref:
        """Return the same mention, which possesses what follows."""
        return Ref(self.mention, owns=True)


class Chunk:
    """One chunk: `start` and `end` are tokens of the item, `words` the norms in it.

    Mutable while a sentence is read, and never seen outside. One is made for every other word and asked again and again:
    what is asked of all of them is the chunk's own from the start, what few have is a default of the class.
    """

    # Noun phrases. `oblique` tells a case that is no subject's.
    # Whom it is directed against by a word of its own: "anti-Turkish".
    against: tuple[str, ...] = ()
    plural = False
    possessed = False
    oblique = False
    # Whether the case is a subject's and nobody else's; whether it may be that of who does what a passive tells.
    leads = False
    does = False
    name: str | None = None
    # Groups of verbs: what they may be, and what that makes of the verb (see `verb_senses`).
    forms: tuple[Form, ...] = ()
    senses = 0
    slot = 0
    negative = False
    passive = False
    # Quotations.
    quote = -1

    def __init__(self, kind: int, start: int, end: int, words: tuple[str, ...] = (), flags: int = 0) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.words = words
        self.flags = flags
        # Of noun phrases: the flags of the last word, and whom it names.
        self.head = 0
        self.refs: tuple[Ref, ...] = ()
        self.who: tuple[Who, ...] = ()
        self.role: str | None = None
        self.bare = False

    @property
    def crowd(self) -> bool:
        """Return whether it is about a crowd."""
        return bool(self.head & g.CROWD)

    @property
    def throng(self) -> bool:
        """Return whether it is a crowd by number alone."""
        return bool(self.head & g.THRONG)

    @property
    def force(self) -> bool:
        """Return whether it is about troops or arms."""
        return bool(self.head & g.FORCE)

    @property
    def court(self) -> bool:
        """Return whether it is about a court or police."""
        return bool(self.head & g.COURT)

    @property
    def guest(self) -> bool:
        """Return whether it is about an embassy or envoy."""
        return bool(self.head & g.GUEST)

    @property
    def held(self) -> bool:
        """Return whether it is a role that can be taken up by itself."""
        return bool(self.head & g.HELD)

    @property
    def group(self) -> bool:
        """Return whether it is about somebody who speaks and is nobody on the list."""
        return bool(self.head & g.GROUP)

    @property
    def lemma(self) -> str:
        """Return the verb's lemma, of its longest reading."""
        return self.forms[0].lemma if self.forms else ""

    def __repr__(self) -> str:
        return f"{_NAMES[self.kind]}{list(self.words)}{[w.code for w in self.who] or ''}"


AUXILIARY: Final = g.BE | g.HAVE | g.DO | g.FUTURE | g.POSSIBLE | g.OBLIGED
SMALL: Final = {
    "(": Kind.OTHER,
    ")": Kind.OTHER,
    "[": Kind.OTHER,
    "]": Kind.OTHER,
    ",": Kind.COMMA,
    ";": Kind.BUT,
    ":": Kind.COLON,
    "—": Kind.DASH,
    "|": Kind.DASH,
    "...": Kind.OTHER,
    "?": Kind.OTHER,
    "!": Kind.OTHER,
    ".": Kind.OTHER,
    **dict.fromkeys(BULLETS, Kind.OTHER),
    "/": Kind.AND,
    "،": Kind.COMMA,
    "՝": Kind.COMMA,
}
# A word with one of these flags never stands inside a noun phrase.
BREAKS: Final = (
    g.PREPOSITION
    | g.CONJUNCTION
    | g.CONTRAST
    | g.SUBORDINATOR
    | g.CONDITIONAL
    | g.COMPLEMENTIZER
    | g.RELATIVE
    | g.PRONOUN
    | g.FIRST_PERSON
    | AUXILIARY
    | g.NEGATOR
    | g.INFINITIVE_MARK
    | g.RECIPROCAL
)


def is_mark(norm: str) -> bool:
    """Return whether a norm is a mark of punctuation."""
    return bool(norm) and not norm[0].isalnum() and not norm[-1].isalnum()
