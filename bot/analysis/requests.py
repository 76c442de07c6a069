"""What a request asks for: the types of its parts, by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.entries import Content
from bot.analysis.pack import Pack

# Asked for side by side, each is an act: "a ceasefire and talks".
OF_PEACE: Final = frozenset({t.CALL_CEASEFIRE, t.CALL_DIALOGUE})


def contents_of(parts: Iterable[Sequence[str]], pack: Pack) -> list[Content]:
    """Return the first content that fits each part, each type once, in order."""
    found: list[Content] = []
    for part in parts:
        content = content_of(frozenset(part), pack)
        if content is None:
            continue
        if all(content.type is not other.type for other in found):
            found.append(content)
        if content.type in OF_PEACE:
            found += _beside(part, content, found, pack)
    return found


def _beside(part: Sequence[str], content: Content, found: Iterable[Content], pack: Pack) -> list[Content]:
    """Return the other of two contents that are joined by "and" in one part."""
    pieces = list(_pieces(part, pack))
    if len(pieces) == 1:
        return []
    each = [one for piece in pieces if (one := content_of(frozenset(piece), pack)) is not None]
    others = [one for one in each if one.type in OF_PEACE and one.type is not content.type]
    known = {one.type for one in found}
    return [one for one in others[:1] if one.type not in known and any(one.type is content.type for one in each)]


def _pieces(part: Sequence[str], pack: Pack) -> Iterator[Sequence[str]]:
    begin = 0
    for at, word in enumerate(part):
        known = pack.words.get(word)
        if known is not None and known.flags & g.CONJUNCTION:
            yield part[begin:at]
            begin = at + 1
    yield part[begin:]


def content_of(words: frozenset[str], pack: Pack) -> Content | None:
    """Return the first content whose words are there."""
    if words.isdisjoint(pack.content_words):
        return None
    for content in pack.contents:
        if (
            not words.isdisjoint(content.any)
            and (not content.also or not words.isdisjoint(content.also))
            and words.isdisjoint(content.without)
        ):
            return content
    return None
