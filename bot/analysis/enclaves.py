"""What an item calls its enclave once it has been named: "the breakaway region", "the enclave"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.bodies import ENCLAVES
from bot.analysis.lexemes import MAY_BE_ENCLAVE, Words
from bot.analysis.mentions import REGION, ActorMention

# A name this near tells itself which enclave is meant: "the breakaway region of X", "X, the breakaway region".
_NEAR: Final = 3
# "self-proclaimed republic"
_LONGEST: Final = 4


def with_enclaves(mentions: Sequence[ActorMention], words: Words) -> Sequence[ActorMention]:
    """Return the mentions with those by a common noun, where the item names one enclave and no other."""
    enclaves = {mention.code: mention for mention in mentions if mention.code in ENCLAVES}
    if len(enclaves) != 1 or not any(lexeme.may & MAY_BE_ENCLAVE for lexeme in words.lexemes):
        return mentions
    [named] = enclaves.values()
    taken = {i for mention in mentions for i in range(mention.start_token, mention.end_token)}
    own = {
        i for mention in mentions if mention.code == named.code for i in range(mention.start_token, mention.end_token)
    }
    found = []
    for i, lexeme in enumerate(words.lexemes):
        length = _length_at(i, words) if lexeme.may & MAY_BE_ENCLAVE else 0
        span = range(i, i + length)
        is_free = bool(length) and taken.isdisjoint(span) and _is_definite(i, words)
        if is_free and own.isdisjoint(range(i - _NEAR, i + length + _NEAR)):
            found.append(
                ActorMention(
                    start_token=i,
                    end_token=i + length,
                    code=named.code,
                    kind=REGION,
                    name=named.name,
                    is_full_name=False,
                )
            )
    return sorted([*mentions, *found], key=lambda mention: mention.start_token) if found else mentions


def _length_at(i: int, words: Words) -> int:
    """Return how many tokens name an enclave from `i` on: "enclave", "breakaway region"; 0 for none."""
    names, norms = words.pack.enclave_names, words.norms
    return next((length for length in (_LONGEST, 2, 1) if norms[i : i + length] in names), 0)


def _is_definite(i: int, words: Words) -> bool:
    """Return whether the noun at `i` is one that is known: "the enclave", "Baku's breakaway region", not "an enclave"."""
    if i == 0:
        return True
    before = words.lexemes[i - 1]
    return words.norms[i - 1] in words.pack.definites or bool(before.flags & (g.POSSESSIVE | g.POSSESSIVE_MARK))
