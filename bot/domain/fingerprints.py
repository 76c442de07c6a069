"""Fingerprints: what an item leaves behind for later ones to be compared with, and the keys under which it is found.

The MinHash is this project's own (one permutation, densified; blake2b), since libraries change theirs and Python's
`hash()` is salted: a fingerprint means the same in every process and release.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from bot.domain.analyst import Reading
from bot.domain.items import Item
from bot.domain.stories import Fingerprint

_NOT_WORD = re.compile(r"[\W_]+")
SHINGLE = 4


def folded(text: str) -> str:
    """Return the text as it is compared: compatibility forms composed, no case, no punctuation, single spaces."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def shingles(text: str) -> frozenset[str]:
    """Return every run of four characters of the folded text."""
    flat = folded(text)
    return frozenset(flat[at : at + SHINGLE] for at in range(max(1, len(flat) - SHINGLE + 1)))


def key_of(kind: str, *parts: str) -> int:
    """Return the signed 64-bit number under which the index keeps such a mark."""
    mark = "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(mark, digest_size=8).digest(), "big", signed=True)


def fingerprint_of(item: Item, reading: Reading) -> Fingerprint:
    """Return the fingerprint of an item that has its story."""
    return Fingerprint(
        item_id=item.id,
        story_id=item.story_id or "",
        feed_id=item.feed_id,
        published=item.published,
        title=item.title,
        language=item.language,
        actors=reading.actors,
        acts=tuple(
            dict.fromkeys(f"{record.actor}:{record.type}" for record in reading.records if not record.background)
        ),
        keys=(key_of("title", folded(item.title)),),
    )
