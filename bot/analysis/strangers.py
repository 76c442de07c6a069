"""A person whom the lexicon does not know, and whose title an item tells elsewhere: "Japan's minister … Ito Ken said"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.clauses import Clauses
from bot.analysis.drafts import Draft
from bot.analysis.lexemes import Words
from bot.analysis.mentions import PERSON, ActorMention
from bot.analysis.pack import Pack
from bot.domain.reactions import COLLECTIVE_ACTORS

# A name of fewer words may be any word that begins a sentence.
_FULL_NAME: Final = 2


class Strangers:
    """The unknown persons who do or say something in an item."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], None] = {}
        self._introduced = False

    def note(self, clauses: Clauses) -> None:
        """Remember the strangers that are subjects of a sentence's verbs."""
        for k in clauses.verbs:
            m = clauses.subject(k).noun
            if m < 0 or clauses.chunks[m].name is None:
                continue
            chunk = clauses.chunks[m]
            if chunk.who or chunk.refs or chunk.plural or len(chunk.words) < _FULL_NAME:
                continue
            if not clauses.pack.outlets.isdisjoint(chunk.words):
                continue
            if chunk.group or chunk.crowd or self._is_introduced(clauses.chunks, m):
                self._introduced = True
            else:
                self._names[chunk.words] = None

    def only_one(self) -> tuple[str, ...]:
        """Return the name of the one stranger, in normalised words; empty where there are more, or who it is was told."""
        return next(iter(self._names)) if len(self._names) == 1 and not self._introduced else ()

    def _is_introduced(self, chunks: Sequence[Chunk], m: int) -> bool:
        """Return whether the item tells right behind the name who that is: "Kat Lee, an analyst", "Kat Lee of the party"."""
        behind = chunks[m + 1 : m + 3]
        if len(behind) < 2 or behind[1].kind != Kind.NOUN:  # noqa: PLR2004 - a comma or preposition, and a noun
            return False
        return behind[0].kind in {Kind.COMMA, Kind.PREPOSITION}


def only_titled(drafts: Iterable[Draft], pack: Pack) -> str:
    """Return whose one person an item tells of by a title only; "" where it names him, or tells of more."""
    titled: dict[str, None] = {}
    named: set[str] = set()
    for draft in drafts:
        who = draft.who
        if who.code in COLLECTIVE_ACTORS:
            continue
        if who.speaker is not None:
            named.add(who.code)
        elif who.role is not None and _is_of_one(who.role, pack):
            titled[who.code] = None
    left = [code for code in titled if code not in named]
    return left[0] if len(left) == 1 else ""


def with_stranger(
    mentions: Sequence[ActorMention], words: Words, name: tuple[str, ...], code: str
) -> Sequence[ActorMention]:
    """Return the mentions with the stranger among them, by the whole name and by its last word."""
    norms, tokens = words.norms, words.tokens
    taken = {i for mention in mentions for i in range(mention.start_token, mention.end_token)}
    found, i = [], 0
    while i < len(norms):
        length = len(name) if norms[i : i + len(name)] == name else int(norms[i] == name[-1])
        if not length or not tokens[i].is_capitalised or i in taken:
            i += 1
            continue
        text = " ".join(tokens[j].text for j in range(i, i + length))
        found.append(
            ActorMention(
                start_token=i,
                end_token=i + length,
                code=code,
                kind=PERSON,
                name=text,
                is_full_name=length > 1,
            )
        )
        i += length
    return sorted([*mentions, *found], key=lambda mention: mention.start_token)


def _is_of_one(role: str, pack: Pack) -> bool:
    """Return whether a title is one person's: "foreign minister", but not "foreign ministry", "ministers"."""
    if pack.is_organ(role):
        return False
    last = pack.words.get(role.casefold().split()[-1])
    return last is not None and bool(last.flags & g.ROLE) and not last.flags & (g.PLURAL | g.FORCE)
