"""What of a sentence is read as running text, and which quotations stand apart as somebody's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis.frames import Frame
from bot.analysis.lexemes import Words
from bot.analysis.pack import Pack
from bot.analysis.sentences import DOUBLE, ENDS, SINGLE, Quotation, Sentence
from bot.analysis.text import Token

_MARKS: Final = frozenset({",", ":", "—", ";", "..."})
_BRACKETS: Final = {"(": ")", "[": "]"}
_DASHES: Final = frozenset({"-", "—"})
# Without a quotation and one of these, all of a sentence is running text.
_LAID_OUT: Final = DOUBLE | frozenset(_BRACKETS)
# Where running text may be interrupted.
_INTERRUPTING: Final = _LAID_OUT | {SINGLE}
_LONGEST_ASIDE: Final = 40
# Words of a group that a verb of saying ends: "a également déclaré".
_LONGEST_GROUP: Final = 4
_SHORTEST_SAYING: Final = 3


class Layout(NamedTuple):
    """A sentence laid out: token indices of its running text, -n-1 standing for the n-th of `sayings`.

    `running` is a range where it goes from the first word of the sentence to the last, as in most.
    `is_caption` tells a picture's caption by its credit.
    `sayings` are quotations that stand apart; `fragments` are quoted words inside the running text.
    """

    running: Sequence[int]
    sayings: tuple[Quotation, ...]
    fragments: tuple[Quotation, ...]
    is_caption: bool


def lay_out(words: Words, sentence: Sentence) -> Layout:
    """Return the running text of a sentence, without asides in brackets, and its quotations sorted."""
    tokens, norms, pack = words.tokens, words.norms, words.pack
    if not sentence.quotes and _LAID_OUT.isdisjoint(norms[sentence.start : sentence.end]):
        # Most sentences run from the first word to the last.
        return Layout(range(sentence.start, sentence.end), (), (), False)
    sayings: list[Quotation] = []
    fragments: list[Quotation] = []
    running: list[int] = []
    quotes = {quote.start: quote for quote in sentence.quotes}
    is_caption = False
    goes_on, end = sentence.start, sentence.end
    for index, norm in enumerate(norms[goes_on:end], start=goes_on):
        if norm not in _INTERRUPTING or index < goes_on:
            continue
        running.extend(range(goes_on, index))
        goes_on = index
        quote = quotes.get(index)
        if quote is not None and quote.end <= end:
            if stands_apart(tokens, sentence, quote, pack):
                sayings.append(quote)
                running.append(-len(sayings))
                goes_on = quote.end
                continue
            fragments.append(quote)
        if norm in _BRACKETS:
            behind = _aside_end(tokens, index, end)
            if behind is not None:
                # "YEREVAN (RFE/RL) — ": who sent the report, and whose picture it is.
                is_sender = behind < end and norms[behind] in _DASHES
                is_caption = is_caption or ("/" in norms[index:behind] and not is_sender)
                goes_on = behind
        elif norm in DOUBLE or _is_mark(index, fragments):
            goes_on = index + 1
    running.extend(range(goes_on, end))
    return Layout(running, tuple(sayings), tuple(fragments), is_caption)


def _is_mark(index: int, fragments: Sequence[Quotation]) -> bool:
    return any(index in (quote.start, quote.end - 1) for quote in fragments)


def _aside_end(tokens: Sequence[Token], index: int, end: int) -> int | None:
    closing = _BRACKETS[tokens[index].norm]
    for other in range(index + 1, min(end, index + _LONGEST_ASIDE)):
        if tokens[other].norm == closing:
            return other + 1
    return None


def stands_apart(tokens: Sequence[Token], sentence: Sentence, quote: Quotation, pack: Pack) -> bool:
    """Return whether a quotation is a saying of its own rather than a few words borrowed into the sentence."""
    start, end = quote.inner
    if end - start < _SHORTEST_SAYING:
        return False
    before = tokens[quote.start - 1].norm if quote.start > sentence.start else ""
    after = tokens[quote.end] if quote.end < sentence.end else None
    last = tokens[end - 1].norm
    if not before:
        if after is None or after.norm in _MARKS or last in ENDS or last == ",":
            return True
        if after.norm in ENDS and quote.end == sentence.end - 1:
            # "“…”.": a sentence of its own, the full stop outside.
            return True
        return _is_verb_of_saying(after, pack) or _is_said_behind(tokens, quote.end, sentence.end, pack)
    if before in {",", ":", "—"}:
        return before == ":" or tokens[start].text[0].isupper()
    if before in ENDS:
        return True
    speaks = _is_verb_of_saying(tokens[quote.start - 1], pack)
    return speaks and tokens[start].text[0].isupper() and end - start > _SHORTEST_SAYING


def _is_said_behind(tokens: Sequence[Token], start: int, end: int, pack: Pack) -> bool:
    """Return whether an auxiliary and a verb of saying follow: "« … » a également déclaré X"."""
    for token in tokens[start : min(end, start + _LONGEST_GROUP)]:
        word = pack.words.get(token.norm)
        flags = word.flags if word is not None else 0
        if token is not tokens[start] and _is_verb_of_saying(token, pack):
            return True
        if not flags & (g.HAVE | g.CLITIC) and not (flags & g.ADVERB or token.norm.endswith(pack.adverb_endings)):
            return False
    return False


def _is_verb_of_saying(token: Token, pack: Pack) -> bool:
    word = pack.words.get(token.norm)
    if word is None:
        return False
    if word.flags & (g.PRONOUN | g.FIRST_PERSON):
        return True
    return any(rule.frame is Frame.SAY for form in word.forms for rule in form.rules)
