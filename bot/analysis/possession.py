"""Possession: whose organ a mention is, by who stands before it or behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.analysis.mentions import DEMONYM, NAME, ActorMention, MentionKind
from bot.analysis.text import Token

_POSSESSABLE = frozenset({MentionKind.ORGAN})
_POSSESSORS = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.DEMONYM})


def possessed(
    tokens: Sequence[Token], mentions: Sequence[ActorMention], owning: Collection[tuple[str, ...]]
) -> tuple[ActorMention, ...]:
    """Return the mentions with organs given to whoever owns them: "the Philippine Senate", "Armenia's Security Council".

    `owning` are the words that may stand between the two: "of the" behind the organ, "'s" before it. What was given to
    somebody once stays his: "the Senate", behind the Philippine one, is no other country's.
    """
    settled: list[ActorMention] = []
    given: dict[str, ActorMention] = {}
    for index, mention in enumerate(mentions):
        if mention.kind in _POSSESSABLE:
            owner = _owner_before(tokens, settled, mention, owning) or _owner_after(tokens, mentions, index, owning)
            called = tokens[mention.end_token - 1].norm
            is_bare = mention.end_token - mention.start_token == 1
            owner = owner or (given.get(called) if is_bare else None)
            if owner is not None or not is_bare:
                given[called] = owner or mention
            if owner is not None and owner.code != mention.code:
                settled.append(replace(mention, code=owner.code, name=owner.name))
                continue
        settled.append(mention)
    return tuple(settled)


def _owner_before(
    tokens: Sequence[Token], settled: Sequence[ActorMention], mention: ActorMention, owning: Collection[tuple[str, ...]]
) -> ActorMention | None:
    if not settled or settled[-1].kind not in _POSSESSORS:
        return None
    owner = settled[-1]
    between = [token.norm for token in tokens[owner.end_token : mention.start_token]]
    if between and tokens[mention.start_token - 1].text.isalpha() and tokens[mention.start_token - 1].text.islower():
        # "Iran's deputy UN envoy"
        between.pop()
    # A mark is written together with the owner, and "of" is not.
    is_mark = len(between) == 1 and between[0][0] == "'" and tuple(between) in owning
    is_owner = is_mark or (owner.kind is DEMONYM and owner.end_token == mention.start_token)
    return owner if is_owner else None


def _owner_after(
    tokens: Sequence[Token], mentions: Sequence[ActorMention], index: int, owning: Collection[tuple[str, ...]]
) -> ActorMention | None:
    if index + 1 >= len(mentions) or mentions[index + 1].kind is not NAME:
        return None
    owner = mentions[index + 1]
    between = [token.norm for token in tokens[mentions[index].end_token : owner.start_token]]
    return owner if tuple(between) in owning and between[0][0] != "'" else None
