"""Tags: what kinds of event the words of a headline make, by their beginnings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.domain.vocabulary import ALONE, COMBINED, TAGGED

LONGEST_BEGINNING = 14
SHORTEST_BEGINNING = 3

HITS, WHERE = frozenset({"offensive", "casualties"}), frozenset({"checkpoint", "mission"})


def _beginnings(tagged: dict[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for tag, words in tagged.items():
        for word in words.split():
            table.setdefault(word, tag)
    return table


_TAG_OF = _beginnings(TAGGED)


def kinds(words: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of event that these words make, combinations first."""
    tags = [tag for tag in map(tag_of, words) if tag]
    found: dict[str, None] = {}
    for one, other, kind in COMBINED:
        if one in tags and other in tags and (one != other or tags.count(one) > 1):
            found[kind] = None
            tags = [tag for tag in tags if tag not in {one, other}]
    for tag in tags:
        if tag.islower():
            found[tag] = None
        elif tag in ALONE:
            found[ALONE[tag]] = None
    if "toll" in found:
        # A later count is news of its own.
        found.pop("casualties", None)
    if found.keys() & HITS:
        # A post or a mission that is hit is where it happened.
        found = {kind: None for kind in found if kind not in WHERE}
    if "ceasefire" in found:
        # The fighting in its headline is what stops.
        found.pop("offensive", None)
    return tuple(found)


# News is written in few words: what each is good for is worked out once.
@lru_cache(maxsize=8192)
def tag_of(word: str) -> str | None:
    """Return the tag of a folded word: of the whole word, or of the longest beginning that has one."""
    if exact := _TAG_OF.get(word + "."):
        return exact
    for length in range(min(len(word), LONGEST_BEGINNING), SHORTEST_BEGINNING - 1, -1):
        if tag := _TAG_OF.get(word[:length]):
            return tag
    return None
