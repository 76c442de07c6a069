"""Possession: whose organ a mention is, by who stands before it or behind it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.mentions import DEMONYM, NAME, ActorMention, MentionKind
from bot.analysis.text import Token

_OF = frozenset(
    {
        ("of",),
        ("of", "the"),
        ("de",),
        ("d'",),
        ("du",),
        ("des",),
        ("de", "la"),
        ("de", "l'"),
        ("de", "la", "république"),
    }
)
_POSSESSABLE = frozenset({MentionKind.ORGAN})
_POSSESSORS = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.DEMONYM})


def possessed(tokens: Sequence[Token], mentions: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Return the mentions with organs given to whoever owns them: "the Philippine Senate", "Armenia's Security Council"."""
    settled: list[ActorMention] = []
    for index, mention in enumerate(mentions):
        if mention.kind in _POSSESSABLE:
            owner = _owner_before(tokens, settled, mention) or _owner_after(tokens, mentions, index)
            if owner is not None and owner.code != mention.code:
                settled.append(mention._replace(code=owner.code, name=owner.name))
                continue
        settled.append(mention)
    return tuple(settled)


def _owner_before(
    tokens: Sequence[Token], settled: Sequence[ActorMention], mention: ActorMention
) -> ActorMention | None:
    if not settled or settled[-1].kind not in _POSSESSORS:
        return None
    owner = settled[-1]
    between = [token.norm for token in tokens[owner.end_token : mention.start_token]]
    is_owner = between == ["'s"] or (owner.kind is DEMONYM and not between)
    return owner if is_owner else None


def _owner_after(tokens: Sequence[Token], mentions: Sequence[ActorMention], index: int) -> ActorMention | None:
    if index + 1 >= len(mentions) or mentions[index + 1].kind is not NAME:
        return None
    owner = mentions[index + 1]
    between = [token.norm for token in tokens[mentions[index].end_token : owner.start_token]]
    return owner if tuple(between) in _OF else None
