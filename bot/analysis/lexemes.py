"""What the grammar asks of a word again and again, worked out once for each word that the news uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.analysis import pack as g
from bot.analysis.chunks import AUXILIARY, SMALL, is_mark
from bot.analysis.pack import Form, Pack, Slot

# What a word may still turn out to be, by the words around it: an adverb by its ending, or the first of several words
# that are one. Told in `Lexeme.may`, so that one look at a sentence shows whether any of it needs working out.
MAY_BE_ADVERB: Final = 1 << 0
MAY_BEGIN_ADVERB: Final = 1 << 1
MAY_BEGIN_QUANTITY: Final = 1 << 2
MAY_BEGIN_ROLE_TAIL: Final = 1 << 3

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
DATE_WORDS: Final = frozenset(
    {"the", "beginning", "end", "start", "of", "early", "late", "mid", "night", "to", "-", "and"}
)

# Marks that may stand inside a noun phrase.
_INNER_MARKS: Final = frozenset({"-", "$", "€", "£", "%", "&", "#", "@", "'"})

# News has few words, again and again: this many are remembered, and then it begins anew.
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """A word as the grammar sees it.

    `flags` and `forms` are those of the pack; `slots` are those of all its forms. `bare` are the forms that need no
    words behind them, with their slots; `tails` are the first words of what the other forms need, `nouns` those that
    adjectives may stand before. `is_noun` tells that it stands in noun phrases and does nothing else, as most words do;
    `begins_noun`, that a noun phrase is all that it can begin: "the"; `ends_phrase`, that no noun phrase goes over it;
    `may_date`, that it may stand in a date.
    """

    flags: int = 0
    forms: tuple[Form, ...] = ()
    slots: int = 0
    bare: tuple[Form, ...] = ()
    bare_slots: int = 0
    tails: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    may: int = 0
    is_known: bool = False
    is_noun: bool = False
    begins_noun: bool = False
    may_date: bool = False
    is_plain_verb: bool = False
    ends_phrase: bool = False
    begins_reciprocal: bool = False

    def without_senses(self) -> Lexeme:
        """Return what is left of a word that is a part of several: "least" in "at least"."""
        return _MARK if self.ends_phrase else _UNKNOWN


# Words that the pack does not know are alike, and share these.
_UNKNOWN: Final = Lexeme()
_MARK: Final = Lexeme(ends_phrase=True)
_NOUN: Final = Lexeme(is_noun=True, begins_noun=True)
_DATE_WORD: Final = Lexeme(is_noun=True, begins_noun=True, may_date=True)
_FIGURE: Final = Lexeme(begins_noun=True, may_date=True)
_ADVERBIAL: Final = Lexeme(may=MAY_BE_ADVERB)


class Lexemes(dict[str, Lexeme]):
    """The words of a pack, and those that it does not know, by norm; worked out when they are first asked for."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack
        self._may: dict[str, int] = {}
        for may, phrases in (
            (MAY_BEGIN_ADVERB, pack.adverb_phrases),
            (MAY_BEGIN_QUANTITY, pack.quantity_phrases),
            (MAY_BEGIN_ROLE_TAIL, pack.role_tails),
        ):
            for phrase in phrases:
                self._may[phrase[0]] = self._may.get(phrase[0], 0) | may

    def __missing__(self, norm: str) -> Lexeme:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[norm] = self._lexeme(norm)
        return found

    def _lexeme(self, norm: str) -> Lexeme:
        pack = self.pack
        word = pack.words.get(norm)
        may = self._may.get(norm, 0)
        ends_phrase = norm in SMALL or (is_mark(norm) and norm not in _INNER_MARKS)
        begins_reciprocal = norm in pack.reciprocal_starts
        if word is None and not may and not begins_reciprocal:
            if ends_phrase or not norm:
                return _MARK if ends_phrase else _UNKNOWN
            if norm.isalpha() and norm.endswith(pack.adverb_endings):
                return _ADVERBIAL
            if norm[0].isdigit():
                return _FIGURE
            if is_mark(norm) or norm in pack.subject_forms:
                return _UNKNOWN
            return _DATE_WORD if norm in DATE_WORDS else _NOUN
        flags, forms = word if word is not None else (0, ())
        bare = tuple(form for form in forms if not form.tail)
        if word is None and norm.isalpha() and norm.endswith(pack.adverb_endings):
            may |= MAY_BE_ADVERB
        slots = _slots(forms)
        return Lexeme(
            flags=flags,
            forms=forms,
            slots=slots,
            bare=bare,
            bare_slots=_slots(bare),
            tails=frozenset(form.tail[0] for form in forms if form.tail),
            nouns=frozenset(form.tail[0] for form in forms if len(form.tail) > 1),
            may=may,
            is_known=word is not None,
            begins_noun=not flags & _BEGINS_OTHERS and not forms and not begins_reciprocal and norm not in SMALL,
            may_date=bool(flags & _OF_DATES) or norm in DATE_WORDS or norm[:1].isdigit(),
            is_plain_verb=bool(slots & ~Slot.PREDICATE),
            ends_phrase=ends_phrase,
            begins_reciprocal=begins_reciprocal,
        )


def _slots(forms: tuple[Form, ...]) -> int:
    slots = 0
    for form in forms:
        slots |= form.slots
    return slots
