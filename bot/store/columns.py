"""Column types: how a field of a domain value lies in a database, the same value on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
import struct
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import methodcaller
from sys import intern
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Float, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

# ruff: noqa: ARG002 - SQLAlchemy hands every type the dialect; most lie alike on both

Value = TypeVar("Value")
Turn = Callable[[Any], Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# PostgreSQL takes no NUL in a text, and no UTF-8 holds half a surrogate pair: both databases get the same stand-in.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_STAND_IN = "\ufffd"


def storable(text: str) -> str:
    """Return the text with U+FFFD in place of what no database takes: NUL and lone surrogates."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub(_STAND_IN, text)


class _Turned(TypeDecorator[Value]):
    """A type that says how a value is stored and read; None is NULL."""

    def stored(self, dialect: Dialect) -> Turn:
        """Return what turns a value into what is stored."""
        raise NotImplementedError

    def read(self, dialect: Dialect) -> Turn | None:
        """Return what turns the stored back into the value; None when it is the value."""
        raise NotImplementedError

    def bind_processor(self, dialect: Dialect) -> Turn:
        """Return `stored` with NULL for None, as SQLAlchemy calls it."""
        turn = self.stored(dialect)
        return lambda value: None if value is None else turn(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Turn | None:
        """Return `read` with None for NULL, as SQLAlchemy calls it."""
        turn = self.read(dialect)
        return None if turn is None else lambda value: None if value is None else turn(value)


def turn_of(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    """Return what turns a value that is not None into what is stored; None where it is stored as it is."""
    if isinstance(kind, _Turned):
        return kind.stored(dialect)
    return kind.dialect_impl(dialect).bind_processor(dialect)


def turn_back(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    """Return what makes a value of what is stored, where that is not NULL; None where it is the value."""
    if isinstance(kind, _Turned):
        return kind.read(dialect)
    return kind.result_processor(dialect, None)


class Words(_Turned[str]):
    """Any text."""

    impl = Text
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what leaves out what no database takes."""
        return storable

    def read(self, dialect: Dialect) -> None:
        """Return nothing: a text is a text."""


class Moment(_Turned[datetime]):
    """An aware time in UTC, to the microsecond.

    PostgreSQL keeps a `timestamptz`; SQLite, which has no such type, the microseconds since 1970 as a number: it sorts,
    takes a third of the room of an ISO text in every index, and reads as `datetime(published / 1e6, 'unixepoch')`.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database knows."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def stored(self, dialect: Dialect) -> Turn:
        """Return what refuses a time without a zone: nobody knows when that is."""
        return _microseconds if dialect.name == "sqlite" else _aware

    def read(self, dialect: Dialect) -> Turn:
        """Return what makes a time in UTC."""
        return _moment if dialect.name == "sqlite" else methodcaller("astimezone", UTC)


class Day(_Turned[date]):
    """A calendar day, as ISO text."""

    impl = String
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what writes ISO text."""
        return date.isoformat

    def read(self, dialect: Dialect) -> Turn:
        """Return what reads ISO text."""
        return date.fromisoformat


class Duration(_Turned[timedelta]):
    """A length of time, in seconds; exact to the microsecond up to a century."""

    impl = Float(53)
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what counts seconds."""
        return timedelta.total_seconds

    def read(self, dialect: Dialect) -> Turn:
        """Return what makes a length of seconds."""
        return lambda seconds: timedelta(seconds=seconds)


class Choice(_Turned[StrEnum]):
    """A member of a closed set, as its text: a set that grows needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def stored(self, dialect: Dialect) -> Turn:
        """Return what gives a member's text."""
        return str

    def read(self, dialect: Dialect) -> Turn:
        """Return what finds the member."""
        return {member.value: member for member in self.members}.__getitem__


class Listed(_Turned[tuple[str, ...]]):
    """Texts in their order, as a JSON list."""

    impl = Text
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what writes a JSON list."""
        return _json_list

    def read(self, dialect: Dialect) -> Turn:
        """Return what reads a JSON list."""
        return _listed


class Chosen(_Turned[frozenset[StrEnum]]):
    """Any number of members of a closed set, as a sorted JSON list."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def stored(self, dialect: Dialect) -> Turn:
        """Return what writes a JSON list."""
        return lambda chosen: _json(sorted(chosen))

    def read(self, dialect: Dialect) -> Turn:
        """Return what finds the members."""
        return lambda stored: frozenset(map(self.members, json.loads(stored)))


class Numbers(_Turned[tuple[int, ...]]):
    """Whole numbers of up to 64 bits in their order, packed: one letter for the width, then the numbers."""

    impl = LargeBinary
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what packs numbers as narrowly as the largest allows."""
        return _packed

    def read(self, dialect: Dialect) -> Turn:
        """Return what unpacks them."""
        return _unpacked


class Signature(_Turned[bytes]):
    """Numbers of 32 bits that are packed already, as `Numbers` has them."""

    impl = LargeBinary
    cache_ok = True

    def stored(self, dialect: Dialect) -> Turn:
        """Return what puts the letter for the width before them."""
        return lambda packed: packed and b"I" + packed

    def read(self, dialect: Dialect) -> Turn:
        """Return what takes it away."""
        return lambda stored: stored[1:]


class Nested(_Turned[Any]):
    """A small dataclass of texts, numbers, days, times of day and sets of them, as a JSON object with sorted keys.

    A key that is missing reads as the field's default, and one that is not known is left out: a field can come or go
    without a migration.
    """

    impl = Text
    cache_ok = True

    def __init__(self, value_type: type) -> None:
        super().__init__()
        self.value_type = value_type
        hints = typing.get_type_hints(value_type)
        self._readers = {each.name: _reader(hints[each.name]) for each in fields(value_type)}

    def stored(self, dialect: Dialect) -> Turn:
        """Return what writes a JSON object."""
        return lambda value: _json({name: _plain(getattr(value, name)) for name in sorted(self._readers)})

    def read(self, dialect: Dialect) -> Turn:
        """Return what makes the dataclass of a JSON object."""

        def made(stored: str) -> Any:
            known = {name: part for name, part in json.loads(stored).items() if name in self._readers}
            return self.value_type(**{name: self._readers[name](part) for name, part in known.items()})

        return made


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment!r}")
    return moment


# A round writes and reads the times of a few dozen items hundreds of times.
@lru_cache(maxsize=1024)
def _microseconds(moment: datetime) -> int:
    return (_aware(moment) - EPOCH) // _MICROSECOND


@lru_cache(maxsize=1024)
def _moment(microseconds: int) -> datetime:
    return EPOCH + timedelta(0, 0, microseconds)


def _json_list(texts: Sequence[str]) -> str:
    if not texts:
        return "[]"
    # Hundreds of outlets tell one act: where nothing has to be escaped or replaced, all are looked at together.
    joined = '","'.join(texts)
    if joined.isprintable() and "\\" not in joined and joined.count('"') == 2 * (len(texts) - 1):
        return f'["{joined}"]'
    return _json([storable(text) for text in texts])


# Feeds say the same few outlets, languages, actors and words all day long: each is in memory once, and compared at once.
@lru_cache(maxsize=2048)
def _listed(stored: str) -> tuple[str, ...]:
    # Ten times as fast as JSON's own reader, which is asked where anything is escaped: a text may hold what parts texts.
    texts = json.loads(stored) if "\\" in stored or len(stored) <= len("[]") else stored[2:-2].split('","')
    return tuple(map(intern, texts))


_WIDTHS = {"I": 4, "q": 8, "Q": 8}


def _packed(numbers: tuple[int, ...]) -> bytes:
    if not numbers:
        return b""
    least, most = min(numbers), max(numbers)
    width = "I" if least >= 0 and most < 1 << 32 else "q" if most < 1 << 63 else "Q"
    return width.encode() + struct.pack(f"<{len(numbers)}{width}", *numbers)


def _unpacked(stored: bytes) -> tuple[int, ...]:
    if not stored:
        return ()
    width = chr(stored[0])
    return struct.unpack_from(f"<{len(stored) // _WIDTHS[width]}{width}", stored, 1)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Return a field's value as JSON has it; sets in sorted order, so that equal values are equal texts."""
    if isinstance(value, frozenset):
        return sorted(storable(each) for each in value)
    if isinstance(value, tuple):
        return [storable(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return storable(value) if isinstance(value, str) else value


def _reader(hint: Any) -> Turn:
    """Return what turns a field's JSON back into the type that its annotation names."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {frozenset, tuple}:
        member = arguments[0]
        return lambda part: origin(member(each) for each in part)
    if origin in {types.UnionType, typing.Union}:
        inner = _reader(next(each for each in arguments if each is not type(None)))
        return lambda part: None if part is None else inner(part)
    if hint is time or hint is date:
        return typing.cast("Turn", hint.fromisoformat)
    return typing.cast("Turn", hint)
