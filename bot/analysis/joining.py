"""Phrases that join actors as "and" does: "France as well as Italy", "France, along with Italy, condemned"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.chunks import Chunk, Kind


def with_joined(chunks: Sequence[Chunk], joiners: Sequence[tuple[str, ...]]) -> list[Chunk]:
    """Return the chunks with each phrase that joins two actors made one "and", without the commas around both.

    Between commas it joins those a verb follows: "arming X, along with Y" may mean anything.
    """
    found: list[Chunk] = []
    index = 0
    while index < len(chunks):
        end = _end_of_joiner(chunks, index, joiners)
        parted = end > index and bool(found) and found[-1].kind == Kind.COMMA
        before = found[-1 - parted :][:1]
        if end == index or not before or not _is_actor(before[0]) or end >= len(chunks) or not _is_actor(chunks[end]):
            found.append(chunks[index])
            index += 1
            continue
        if parted and [chunk.kind for chunk in chunks[end + 1 : end + 3]] != [Kind.COMMA, Kind.VERB]:
            found.append(chunks[index])
            index += 1
            continue
        if parted:
            found.pop()
        words = tuple([word for chunk in chunks[index:end] for word in chunk.words])
        found += [Chunk(Kind.AND, chunks[index].start, chunks[end - 1].end, words), chunks[end]]
        index = end + 1 + parted
    return found


def _is_actor(chunk: Chunk) -> bool:
    return chunk.kind == Kind.NOUN and bool(chunk.who)


def _end_of_joiner(chunks: Sequence[Chunk], index: int, joiners: Sequence[tuple[str, ...]]) -> int:
    """Return where a joining phrase that begins at a chunk ends; the chunk itself where none does."""
    words: tuple[str, ...] = ()
    for end in range(index, min(index + max(map(len, joiners)), len(chunks))):
        words += tuple(chunks[end].words)
        if words in joiners:
            return end + 1
    return index
