"""Run-on sentences: a standfirst that lacks its full stop, with the text behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import AUXILIARY
from bot.analysis.lexemes import MAY_BE_ADVERB, Lexeme, Words
from bot.analysis.mentions import CAPITAL, DEMONYM, NAME, ORGAN, PEOPLE, PERSON, ActorMention
from bot.analysis.pack import Slot
from bot.analysis.sentences import Sentence
from bot.analysis.text import Token

# Words that are written with a capital only where they begin a sentence, or stand in a name.
_OPENERS: Final = (
    g.DETERMINER
    | g.PREPOSITION
    | g.SUBORDINATOR
    | g.CONDITIONAL
    | g.PRONOUN
    | g.POSSESSIVE
    | g.CONTRAST
    | g.ADVERB
    | g.PAST_TIME
    | g.FIRST_PERSON
)
# Words that something has to follow, in the same sentence.
_LEADERS: Final = (
    g.DETERMINER
    | g.PREPOSITION
    | g.SUBORDINATOR
    | g.CONDITIONAL
    | g.POSSESSIVE
    | g.POSSESSIVE_MARK
    | g.CONTRAST
    | g.CONJUNCTION
    | g.COMPLEMENTIZER
    | g.RELATIVE
    | g.INFINITIVE_MARK
    | AUXILIARY
)
# What no noun is that a name could not be in apposition to.
_NO_NOUNS: Final = (
    _LEADERS
    | g.ADVERB
    | g.TIME
    | g.MONTH
    | g.PRONOUN
    | g.FIRST_PERSON
    | g.FORMER
    | g.NEGATOR
    | g.NEGATIVE
    | g.ROLE
    | g.TITLE
)
_NON_FINITE: Final = Slot.GERUND | Slot.PARTICIPLE
_DATES: Final = g.TIME | g.MONTH
_CLOSING: Final = frozenset("’”\"'»")
# Shorter than this is neither of the two.
_SHORTEST: Final = 5
# How far behind the name that begins a sentence its verb may stand.
_NEAR: Final = 10


def parted(
    sentence: Sentence, words: Words, mentions: Mapping[int, ActorMention], ends: Mapping[int, ActorMention]
) -> Sequence[Sentence]:
    """Return the sentences that run into each other without a mark between them; the sentence itself where none do.

    `mentions` are those of the item, by their first tokens, `ends` the same by the tokens behind them.
    """
    if sentence.end - sentence.start < 2 * _SHORTEST:
        return (sentence,)
    if words.pack.takes_up and (behind := _taken_up_at(sentence, words)):
        return _piece(sentence, sentence.start, behind), _piece(sentence, behind, sentence.end)
    begin = sentence.start
    found: list[Sentence] = []
    tokens, quoted = words.tokens, sentence.quotes
    for i in range(begin + _SHORTEST, sentence.end - _SHORTEST):
        token = tokens[i]
        if not token.text[0].isupper() or i - begin < _SHORTEST or tokens[i - 1].end == token.start:
            continue
        if any(quote.start <= i < quote.end for quote in quoted):
            continue
        if _opens(i, words, mentions, ends) or _names_subject(i, begin, sentence.end, words, mentions, ends):
            found.append(_piece(sentence, begin, i))
            begin = i
    if not found:
        return (sentence,)
    found.append(_piece(sentence, begin, sentence.end))
    return found


def _taken_up_at(sentence: Sentence, words: Words) -> int:
    """Return where a clause begins that only tells who said the one before it: "…, об этом заявил X"; 0 where none does."""
    norms = words.norms
    inside = norms[sentence.start : sentence.end]
    for phrase in words.pack.takes_up if "," in inside else ():
        if phrase[0] not in inside:
            continue
        for i in range(sentence.start + _SHORTEST, sentence.end - len(phrase)):
            if norms[i - 1] == "," and norms[i : i + len(phrase)] == phrase:
                return 0 if any(quote.start <= i < quote.end for quote in sentence.quotes) else i
    return 0


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    return Sentence(
        start=start,
        end=end,
        part=sentence.part,
        paragraph=sentence.paragraph,
        quotes=tuple([quote for quote in sentence.quotes if start <= quote.start < end]),
    )


def _opens(i: int, words: Words, mentions: Mapping[int, ActorMention], ends: Mapping[int, ActorMention]) -> bool:
    """Return whether a small word begins a sentence by its capital: "… on its bases The minister has said"."""
    token, before, flags = words.tokens[i], words.tokens[i - 1], words.lexemes[i].flags
    if not flags & _OPENERS or flags & _DATES or (flags & g.FIRST_PERSON and len(token.text) == 1):
        return False
    if len(token.text) > 1 and token.text.isupper():
        return False
    if _is_inside(i, mentions):
        return False
    if before.text in _CLOSING:
        return words.norms[i - 2] != ","
    lexeme = words.lexemes[i - 1]
    if not before.text[-1].isalnum() or lexeme.flags & _LEADERS:
        return False
    if before.text[0].isupper() and i not in ends:
        # "Interview With the Vampire"
        return False
    behind = words.tokens[i + 1].text[0]
    # "told The Hill", but not "… of its allies The US has sent"
    return behind.islower() or not flags & g.DETERMINER or (i + 1 in mentions and not lexeme.slots & Slot.FINITE)


def _is_inside(i: int, mentions: Mapping[int, ActorMention]) -> bool:
    """Return whether a token is a part of a name: "The Hague"."""
    return i in mentions or any(i - back in mentions and mentions[i - back].end_token > i for back in (1, 2, 3))


def _names_subject(
    i: int,
    begin: int,
    end: int,
    words: Words,
    mentions: Mapping[int, ActorMention],
    ends: Mapping[int, ActorMention],
) -> bool:
    """Return whether a name begins a sentence, as nothing before it goes with it: "… on its police Kosovo will not talk"."""
    mention = mentions.get(i)
    if mention is None or mention.kind is PEOPLE or words.pack.cased:
        # "курса Армении": where cases tell what goes with what, names follow nouns everywhere.
        return False
    lexemes = words.lexemes
    if not (_follows_place(i, words, mention, ends) if i in ends else _follows_noun(i, words, mention, ends)):
        return False
    if not any(_is_finite(lexeme) for lexeme in lexemes[begin + 1 : i - 1]):
        return False
    first = mention.end_token
    if lexemes[i - 1].is_plural and first < end and lexemes[first].flags & g.CONJUNCTION and first + 1 in mentions:
        # "between old foes Armenia and Azerbaijan"
        return False
    verb = next((k for k in range(first, min(first + _NEAR, end)) if _is_predicate(lexemes[k])), -1)
    if verb != first:
        return verb > 0
    while verb < end - 1 and (_is_finite(lexemes[verb]) or lexemes[verb].forms or lexemes[verb].flags & g.ADVERB):
        verb += 1
    # "the arms France has sold to", but not "France has sold arms to"
    return verb in mentions or _is_complement(lexemes[verb], words.tokens[verb])


def _follows_place(i: int, words: Words, mention: ActorMention, ends: Mapping[int, ActorMention]) -> bool:
    """Return whether the name before is governed by a preposition: "in Ukraine", behind which no other place goes."""
    if mention.kind is PERSON:
        # "his counterpart from Greece Nikos Dendias"
        return False
    before = ends[i]
    is_place = before.kind is NAME or before.kind is CAPITAL or before.kind is ORGAN
    return is_place and bool(words.lexemes[before.start_token - 1].flags & g.PREPOSITION)


def _follows_noun(i: int, words: Words, mention: ActorMention, ends: Mapping[int, ActorMention]) -> bool:
    """Return whether a noun of more than one word stands before, to which the name is no apposition."""
    noun, before = words.tokens[i - 1], words.tokens[i - 2]
    lexeme, left = words.lexemes[i - 1], words.lexemes[i - 2]
    if not noun.text[0].islower() or not noun.text.isalpha() or lexeme.flags & _NO_NOUNS or lexeme.slots & _NON_FINITE:
        return False
    if lexeme.slots and not (lexeme.is_plural and lexeme.flags & g.AMBIGUOUS):
        return False
    if not before.text.isalpha() or left.flags & _NO_NOUNS or left.slots & Slot.FINITE or left.may & MAY_BE_ADVERB:
        # "in northern Ukraine", "the timetable Paris has proposed", "fiscally hawkish Germany"
        return False
    if before.text[0].isupper() and (i - 1 not in ends or ends[i - 1].kind is not DEMONYM):
        return False
    return lexeme.is_plural or (mention.kind is not PERSON and mention.kind is not DEMONYM)


def _is_finite(lexeme: Lexeme) -> bool:
    return bool(lexeme.slots & Slot.FINITE or lexeme.flags & AUXILIARY)


def _is_predicate(lexeme: Lexeme) -> bool:
    return _is_finite(lexeme) and not lexeme.flags & g.AMBIGUOUS


def _is_complement(lexeme: Lexeme, token: Token) -> bool:
    """Return whether a word begins what a verb needs."""
    leads = g.DETERMINER | g.POSSESSIVE | g.COMPLEMENTIZER | g.INFINITIVE_MARK
    return bool(lexeme.flags & leads) or (not lexeme.flags and (token.text[0].isalpha() or token.text[0] in '‘“"'))
