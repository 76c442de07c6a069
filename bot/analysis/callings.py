"""What an item calls an enclave or a body once it has been named: "the breakaway region", "the alliance"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.bodies import ENCLAVES
from bot.analysis.lexemes import MAY_BE_CALLING, Words
from bot.analysis.mentions import REGION, ActorMention

# A name this near tells itself who is meant: "the breakaway region of X", "X, the breakaway region".
_NEAR: Final = 3
# "self-proclaimed republic"
_LONGEST: Final = 4


def with_callings(mentions: Sequence[ActorMention], words: Words) -> Sequence[ActorMention]:
    """Return the mentions with those by a common noun, where the item names one of whom it may mean, and no other."""
    places = [i for i, lexeme in enumerate(words.lexemes) if lexeme.may & MAY_BE_CALLING]
    if not places or not mentions:
        return mentions
    named = {mention.code: mention for mention in reversed(mentions)}
    taken = {i for mention in mentions for i in range(mention.start_token, mention.end_token)}
    found = []
    for i in places:
        length = _length_at(i, words)
        one = _meant(i, length, words, named) if length and _is_definite(i, words) else None
        if one is None or not taken.isdisjoint(range(i, i + length)):
            continue
        around = range(i - _NEAR, i + length + _NEAR)
        if any(m.code == one.code and (m.start_token in around or m.end_token - 1 in around) for m in mentions):
            continue
        kind = REGION if one.code in ENCLAVES else one.kind
        found.append(
            ActorMention(
                start_token=i, end_token=i + length, code=one.code, kind=kind, name=one.name, is_full_name=False
            )
        )
    return sorted([*mentions, *found], key=lambda mention: mention.start_token) if found else mentions


def _meant(i: int, length: int, words: Words, named: dict[str, ActorMention]) -> ActorMention | None:
    """Return the first mention of the only one named that may be called so."""
    may_be = words.pack.callings[words.norms[i : i + length]]
    known = [named[code] for code in may_be if code in named]
    return known[0] if len(known) == 1 else None


def _length_at(i: int, words: Words) -> int:
    """Return how many tokens make a calling from `i` on: "enclave", "breakaway region"; 0 for none."""
    callings, norms = words.pack.callings, words.norms
    return next((length for length in (_LONGEST, 2, 1) if norms[i : i + length] in callings), 0)


def _is_definite(i: int, words: Words) -> bool:
    """Return whether the noun at `i` is one that is known: "the enclave", "Baku's breakaway region", not "an enclave"."""
    if i == 0:
        return True
    before = words.lexemes[i - 1]
    return words.norms[i - 1] in words.pack.definites or bool(before.flags & (g.POSSESSIVE | g.POSSESSIVE_MARK))
