"""Fingerprints: what an item leaves behind for later ones to be compared with, and the keys under which it is found.

The MinHash is this project's own, since libraries change theirs and Python's `hash()` is salted: a fingerprint means the
same in every process and release. It hashes once (CRC-32, spread by a multiplication) and keeps the minimum of each of
BINS bins, an empty bin borrowing from the next (Shrivastava and Li 2014, "Densifying One Permutation Hashing").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from struct import pack, unpack, unpack_from
from typing import Final
from zlib import crc32

from bot.domain.analyst import Reading
from bot.domain.happenings import BEHIND, LED, Telling, telling
from bot.domain.items import Item
from bot.domain.statements import Said, said_in
from bot.domain.stories import Fingerprint, Traits

_NOT_WORD = re.compile(r"[\W_]+")
SHINGLE = 4
# The signature covers the beginning of a text: copies are cut at different lengths.
SIGNED_CHARACTERS = 400

BINS = 32
_BIN_BITS: Final = 27
_VALUE: Final = (1 << 27) - 1
_ALL: Final = (1 << 32) - 1
_NONE: Final = 1 << 32
_SPREAD: Final = 0x9E3779B1  # 2^32 / golden ratio: neighbouring checksums fall apart
_BORROWED = 0x5BD1E995
_HALF_BITS: Final = 16
_HALF: Final = (1 << 16) - 1

BANDS = 6
# A summary this long is nobody else's.
TELLING_SUMMARY = 60
MAX_TERM_KEYS = 4
MAX_ACT_KEYS = 4
MAX_EVENT_KEYS = 4


# What is no letter or figure of ASCII, as a space.
_SPACED = {ord(sign): " " for sign in map(chr, range(128)) if not sign.isalnum()}


def folded(text: str) -> str:
    """Return the text as it is compared: compatibility forms composed, no case, no punctuation, single spaces."""
    if text.isascii():
        # The same, several times as fast.
        return " ".join(text.lower().translate(_SPACED).split())
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def shingles(text: str) -> frozenset[str]:
    """Return every run of four characters of the folded text."""
    flat = folded(text)
    return frozenset(flat[at : at + SHINGLE] for at in range(max(1, len(flat) - SHINGLE + 1)))


def signature_of(flat: str) -> tuple[int, ...]:
    """Return the MinHash of a folded text; two texts' share of equal places estimates their shingles' resemblance."""
    raw = flat[:SIGNED_CHARACTERS].encode("utf-8", "surrogatepass")
    lowest = [_NONE] * BINS
    for checksum in map(crc32, _runs(raw)):
        # `checksum * _SPREAD & _ALL`, by halves: machine code keeps what is shorter than 62 bits in one word.
        mark = ((checksum & _HALF) * _SPREAD + (((checksum >> _HALF_BITS) * _SPREAD & _HALF) << _HALF_BITS)) & _ALL
        place = mark >> _BIN_BITS
        # The upper bits are the bin's number, so that the least mark of a bin has its least value.
        if mark < lowest[place]:  # noqa: PLR1730 - a call of min() takes as long as all the rest
            lowest[place] = mark
    return tuple(_dense([None if mark == _NONE else mark & _VALUE for mark in lowest]))


def places_of(packed: bytes) -> tuple[int, ...]:
    """Return the places of a fingerprint's signature: few are looked at, and as numbers they take ten times the room."""
    return unpack(f"<{len(packed) // 4}I", packed)


def _runs(raw: bytes) -> frozenset[bytes]:
    """Return every run of SHINGLE bytes; all there is where that is less."""
    if len(raw) <= SHINGLE:
        return frozenset((raw,))
    unpacked = (unpack_from(f"{SHINGLE}s" * ((len(raw) - start) // SHINGLE), raw, start) for start in range(SHINGLE))
    return frozenset(chain.from_iterable(unpacked))


def _dense(lowest: list[int | None]) -> Iterator[int]:
    for place in range(BINS):
        for step in range(BINS):
            value = lowest[(place + step) % BINS]
            if value is not None:
                yield (value + step * _BORROWED) & _VALUE
                break


def key_of(kind: str, *parts: str) -> int:
    """Return the signed 64-bit number under which the index keeps such a mark."""
    mark = "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(mark, digest_size=8).digest(), "big", signed=True)


def fingerprint_of(item: Item, reading: Reading, traits: Traits | None = None) -> Fingerprint:
    """Return the fingerprint of an item, with the story it has; its traits where they are known."""
    traits = traits or traits_of(item, reading)
    return Fingerprint(
        item_id=item.id,
        story_id=item.story_id or "",
        feed_id=item.feed_id,
        published=item.published,
        title=item.title,
        language=item.language,
        actors=reading.actors[:8],
        acts=_acts(reading)[:8],
        numbers=traits.numbers,
        terms=traits.terms,
        events=traits.events,
        places=traits.places,
        signature=traits.signature,
        keys=traits.keys,
    )


def _acts(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{record.actor}:{record.type}" for record in reading.records if not record.background))


def traits_of(item: Item, reading: Reading) -> Traits:
    """Return what later items are compared with an item by, and find it by, going by its text."""
    summary, head = item.summary or item.content[:SIGNED_CHARACTERS], "".join(reading.actors[:1])
    said = said_in(reading.records, item.title, head)
    flat_title, flat_summary = folded(item.title), folded(summary)
    told = telling(
        item.title,
        flat_title=flat_title,
        flat_summary=flat_summary,
        head=head,
        said=said is Said.HEADLINE,
        said_in_lead=said is Said.LEAD,
    )
    signature = signature_of(f"{flat_title} {flat_summary}")
    acts = _acts(reading)[:MAX_ACT_KEYS]
    return Traits(
        numbers=told.numbers,
        terms=told.terms,
        events=told.events,
        places=told.places,
        signature=pack(f"<{BINS}I", *signature),
        keys=tuple(dict.fromkeys(_keys(flat_title, flat_summary, told, acts, signature))),
    )


def _keys(
    flat_title: str, flat_summary: str, told: Telling, acts: tuple[str, ...], signature: tuple[int, ...]
) -> Iterator[int]:
    """Yield the marks of which two items that may tell the same share one."""
    yield key_of("title", flat_title)
    if len(flat_summary) >= TELLING_SUMMARY:
        yield key_of("summary", flat_summary[:TELLING_SUMMARY])
    rows = BINS // BANDS
    for band in range(BANDS):
        yield key_of("band", str(band), *map(str, signature[band * rows : (band + 1) * rows]))
    for kind in told.events[:MAX_EVENT_KEYS]:
        yield key_of("event", kind.lstrip(LED + BEHIND))
    for act in acts:
        yield key_of("act", act)
    for term in told.terms[:MAX_TERM_KEYS]:
        yield key_of("term", term)
