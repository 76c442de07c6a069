"""What the grammar asks of a word again and again, worked out once for each word that the news uses."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import AUXILIARY, SMALL, Kind, is_mark
from bot.analysis.entries import Form
from bot.analysis.pack import Pack, Slot
from bot.analysis.remembering import Remembered
from bot.analysis.text import Token
from bot.analysis.verb_senses import senses_of

# What a word may turn out to be by the words around it, and what few sentences have a word for. Told in `Lexeme.may`, so
# that one look at all the words of a sentence shows what need not be looked for in it.
MAY_BE_ADVERB: Final = 1 << 0
MAY_HAVE_ADVERB: Final = 1 << 1  # of several words: "at least"; which they are tells `Lexeme.phrases`
MAY_HAVE_QUANTITY: Final = 1 << 2  # "des milliers de"
MAY_HAVE_ROLE_TAIL: Final = 1 << 3  # "des affaires étrangères"
MAY_HAVE_SOURCE: Final = 1 << 4  # "according to"
MAY_GATHER: Final = 1 << 5  # talks
MAY_SUM_UP: Final = 1 << 6  # sides, the latter, two countries
MAY_HAVE_PHRASE: Final = 1 << 7  # a telling phrase, or "the only way"
MAY_BE_WRONG: Final = 1 << 8  # aggression
MAY_BE_HOME: Final = 1 << 9  # parliamentary elections
MAY_LAST: Final = 1 << 10  # stands for an actor named before, or for a crowd: he, the ministry, protesters
MAY_BE_BLAMELESS: Final = 1 << 11  # clashes
MAY_BE_AMOUNT: Final = 1 << 12  # 15m, 2.5bn
MAY_BE_CALLED: Final = 1 << 13  # at the request of
MAY_HAVE_ROLE: Final = 1 << 14  # by the flags of its words: a role, and one of a guest
MAY_BE_GUEST: Final = 1 << 15
MAY_BE_PAPER: Final = 1 << 16  # a resolution, a statement
MAY_BE_JOINED: Final = 1 << 17  # as well as
MAY_BE_CALLING: Final = 1 << 19  # the breakaway region, the alliance
MAY_TAKE_CLAUSE: Final = 1 << 18  # a move (that) X condemned, claims (that) X lied

# What several words become, in the order in which they do (`Lexeme.phrases`).
ROLE_TAIL: Final = 0
ADVERB_PHRASE: Final = 1
QUANTITY: Final = 2
NEGATION: Final = 3
CONDITION: Final = 4

# What a word may begin that is no noun phrase. A word with none of these, and no verb, leads into one.
_BEGINS_OTHERS: Final = (
    AUXILIARY
    | g.NEGATOR
    | g.INFINITIVE_MARK
    | g.CLITIC
    | g.ADVERB
    | g.MONTH
    | g.TIME
    | g.RECIPROCAL
    | g.FIRST_PERSON
    | g.PRONOUN
    | g.POSSESSIVE
    | g.POSSESSIVE_MARK
    | g.COMPLEMENTIZER
    | g.RELATIVE
    | g.PREPOSITION
    | g.CONJUNCTION
    | g.CONTRAST
    | g.CONDITIONAL
    | g.SUBORDINATOR
)
# Words that a date may have behind its preposition: "at the beginning of August".
_OF_DATES: Final = g.TIME | g.MONTH | g.PAST_TIME | g.DETERMINER | g.POSSESSIVE

# What some words are and nothing else, and what makes of a pronoun more than that.
_BY_FLAG: Final = {
    g.PREPOSITION: Kind.PREPOSITION,
    g.CONJUNCTION: Kind.AND,
    g.CONTRAST: Kind.BUT,
    g.CONDITIONAL: Kind.CONDITIONAL,
    g.SUBORDINATOR: Kind.SUBORDINATOR,
    g.RELATIVE: Kind.RELATIVE,
}
_MORE_THAN_PRONOUN: Final = (
    AUXILIARY | g.NEGATOR | g.INFINITIVE_MARK | g.CLITIC | g.ADVERB | g.MONTH | g.RECIPROCAL | g.DETERMINER
)

# Marks that may stand inside a noun phrase.
_INNER_MARKS: Final = frozenset({"-", "$", "€", "£", "%", "&", "#", "@", "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """A word as the grammar sees it.

    `kind` is the chunk that it is by itself wherever it stands, -1 where that depends: "and", "of", a comma.
    `flags` and `forms` are those of the pack; `slots` are those of all its forms. `bare` are the forms that need no
    words behind them, with their slots; `tails` are the first words of what the other forms need, with the forms that are
    left before each of them, `nouns` those that adjectives may stand before. `is_noun` tells that it stands in noun
    phrases and does nothing else, as most words do, `is_plural`, that it ends as a plural; `begins_noun`, that a noun
    phrase is all that it can begin: "the";
    `ends_phrase`, that no noun phrase goes over it; `phrases` are those of several words that it is the rarest word of:
    what they make of these, where in the pack they stand, and the words;
    `may_date`, that it may stand in a date; `begins_name`, that some name of the gazetteer begins with it.
    """

    flags: int = 0
    forms: tuple[Form, ...] = ()
    slots: int = 0
    bare: tuple[Form, ...] = ()
    bare_slots: int = 0
    tails: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    may: int = 0
    phrases: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    kind: int = -1
    is_known: bool = False
    is_noun: bool = False
    is_plural: bool = False
    begins_noun: bool = False
    may_date: bool = False
    is_plain_verb: bool = False
    ends_phrase: bool = False
    begins_reciprocal: bool = False
    begins_name: bool = False

    def without_senses(self) -> Lexeme:
        """Return what is left of a word that is a part of several: "least" in "at least"."""
        if self.ends_phrase:
            return _MARK
        return _UNKNOWN_PLURAL if self.is_plural else _UNKNOWN


_UNKNOWN: Final = Lexeme()
_UNKNOWN_PLURAL: Final = Lexeme(is_plural=True)
QUOTED: Final = _UNKNOWN
"""What stands for a quotation in running text."""
_MARK: Final = Lexeme(ends_phrase=True)
# Most words that the pack does not know are alike, and share this.
_NOUN: Final = Lexeme(is_noun=True, begins_noun=True)
_NOUNS: Final = Lexeme(is_noun=True, begins_noun=True, is_plural=True)
_NAME: Final = Lexeme(is_noun=True, begins_noun=True, begins_name=True)
_NAMES: Final = Lexeme(is_noun=True, begins_noun=True, begins_name=True, is_plural=True)


@dataclass(slots=True)
class Words:
    """The words of an item: its tokens, their norms, and the lexeme of each."""

    tokens: tuple[Token, ...]
    norms: tuple[str, ...]
    lexemes: list[Lexeme]
    pack: Pack

    def names(self) -> list[int]:
        """Return the tokens at which a name may begin."""
        return [index for index, lexeme in enumerate(self.lexemes) if lexeme.begins_name]

    def may(self, start: int, end: int) -> int:
        """Return what the words between two tokens may be (see `Lexeme.may`)."""
        may = 0
        for lexeme in self.lexemes[start:end]:
            may |= lexeme.may
        return may


class Lexemes(Remembered[Lexeme]):
    """The words of a pack, and those that it does not know, by norm; worked out when they are first asked for.

    `names` are the words that the gazetteer's names begin with.
    """

    def __init__(self, pack: Pack, names: Container[str] = ()) -> None:
        super().__init__(self._lexeme)
        self.pack = pack
        self._names = names
        self._may: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {}
        for becomes, phrases in (
            (ROLE_TAIL, pack.role_tails),
            (ADVERB_PHRASE, pack.adverb_phrases),
            (QUANTITY, pack.quantity_phrases),
            (NEGATION, pack.negations),
            (CONDITION, pack.condition_phrases),
        ):
            for order, phrase in enumerate(phrases):
                self._phrases.setdefault(max(phrase, key=len), []).append((becomes, order, phrase))
        telling = [phrase.words for of_one in pack.phrases.values() for phrase in of_one]
        for may, words in (
            (MAY_HAVE_ADVERB, _rarest([*pack.adverb_phrases, *pack.negations, *pack.condition_phrases])),
            (MAY_HAVE_QUANTITY, _rarest(pack.quantity_phrases)),
            (MAY_HAVE_ROLE_TAIL, _rarest(pack.role_tails)),
            (MAY_HAVE_SOURCE, _rarest([*pack.source_phrases, *pack.pronoun_sources])),
            (MAY_GATHER, pack.gatherings),
            (
                MAY_SUM_UP,
                pack.sides | pack.parties | pack.neighbours | pack.missions | pack.distributives | _rarest(pack.latter),
            ),
            (MAY_HAVE_PHRASE, _rarest([*telling, *pack.only_way])),
            (MAY_BE_WRONG, pack.wrong),
            (MAY_BE_HOME, pack.home),
            (MAY_LAST, pack.lasting),
            (MAY_BE_BLAMELESS, pack.blameless | pack.common_aims),
            (MAY_BE_CALLED, pack.request_nouns),
            (MAY_BE_PAPER, pack.papers),
            (MAY_BE_JOINED, _rarest(pack.joiners)),
            (MAY_BE_CALLING, {calling[0] for calling in pack.callings}),
            (MAY_TAKE_CLAUSE, pack.remarks | pack.charges | pack.rumours if pack.unsaid_that else ()),
        ):
            for word in words:
                self._may[word] = self._may.get(word, 0) | may

    def words(self, tokens: tuple[Token, ...], norms: tuple[str, ...]) -> Words:
        """Return the tokens, whose norms these are, with what is known of each."""
        return Words(tokens, norms, list(map(self.__getitem__, norms)), self.pack)

    def _lexeme(self, norm: str) -> Lexeme:
        pack = self.pack
        word = pack.words.get(norm)
        flags, forms = word if word is not None else (0, ())
        forms = tuple(form._replace(senses=senses_of(form.rules)) for form in forms)
        may = self._may.get(norm, 0)
        if word is None and norm.isalpha() and norm.endswith(pack.adverb_endings):
            may |= MAY_BE_ADVERB
        if norm[:1].isdigit() and unit_of(norm) in pack.amounts:
            may |= MAY_BE_AMOUNT
        begins_reciprocal = norm in pack.reciprocal_starts
        begins_noun = not (
            flags & _BEGINS_OTHERS or forms or may & MAY_BE_ADVERB or begins_reciprocal or is_mark(norm) or not norm
        )
        may_date = bool(flags & _OF_DATES) or norm in pack.date_words or norm[:1].isdigit()
        is_noun = begins_noun and not flags and not norm[0].isdigit() and norm not in pack.subject_forms
        is_plural = pack.is_plural(norm)
        if word is None and is_noun and not may and not may_date:
            if norm in self._names:
                return _NAMES if is_plural else _NAME
            return _NOUNS if is_plural else _NOUN
        bare = tuple(form for form in forms if not form.tail)
        slots = _slots(forms)
        return Lexeme(
            flags=flags,
            forms=forms,
            slots=slots,
            bare=bare,
            bare_slots=_slots(bare),
            tails={
                first: tuple(form for form in forms if not form.tail or form.tail[0] == first)
                for first in {form.tail[0] for form in forms if form.tail}
            },
            nouns=frozenset(form.tail[0] for form in forms if len(form.tail) > 1),
            may=may,
            phrases=tuple(self._phrases.get(norm, ())),
            kind=_kind(norm, flags) if not forms and not begins_reciprocal else -1,
            is_known=word is not None,
            is_noun=is_noun,
            is_plural=is_plural,
            begins_noun=begins_noun,
            may_date=may_date,
            is_plain_verb=bool(slots & ~Slot.PREDICATE),
            ends_phrase=norm in SMALL or (is_mark(norm) and norm not in _INNER_MARKS),
            begins_reciprocal=begins_reciprocal,
            begins_name=norm in self._names,
        )


def unit_of(norm: str) -> str:
    """Return what is written right behind a number: "bn" of "2.5bn"."""
    return norm.lstrip("0123456789.,:")


def _kind(norm: str, flags: int) -> int:
    """Return what chunk a word without forms is by itself, or -1."""
    if norm in SMALL:
        return SMALL[norm]
    if flags & (g.PRONOUN | g.FIRST_PERSON) and not flags & _MORE_THAN_PRONOUN:
        return Kind.PRONOUN
    return _BY_FLAG.get(flags, -1)


def _rarest(phrases: Iterable[tuple[str, ...]]) -> set[str]:
    """Return of each phrase the word that fewest sentences have: the longest."""
    return {max(phrase, key=len) for phrase in phrases}


def _slots(forms: tuple[Form, ...]) -> int:
    slots = 0
    for form in forms:
        slots |= form.slots
    return slots
