"""What a request asks for: the types of its parts, by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.analysis.pack import Content, Pack


def contents_of(parts: Iterable[Sequence[str]], pack: Pack) -> list[Content]:
    """Return the first content that fits each part, each type once, in order."""
    found: list[Content] = []
    for part in parts:
        words = frozenset(part)
        content = content_of(words, pack)
        if content is not None and all(content.type is not other.type for other in found):
            found.append(content)
    return found


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
