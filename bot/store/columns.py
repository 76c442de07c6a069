"""Column types: how a field of a domain value lies in a database, the same value on SQLite and PostgreSQL."""

# ruff: noqa: ARG002 - SQLAlchemy hands every type the dialect; most lie alike on both

from __future__ import annotations

import json
import re
import struct
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Float, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# PostgreSQL takes no NUL in a text, and no UTF-8 holds half a surrogate pair: both databases get the same stand-in.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_STAND_IN = "\ufffd"


def storable(text: str) -> str:
    """Return the text with U+FFFD in place of what no database takes: NUL and lone surrogates."""
    return _UNSTORABLE.sub(_STAND_IN, text)


class Words(TypeDecorator[str]):
    """Any text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as both databases take it."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a time without a zone: nobody knows when that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return (value - EPOCH) // _MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the time in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return EPOCH + timedelta(microseconds=value)
        return typing.cast("datetime", value).astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day, as ISO text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the day as ISO text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else date.fromisoformat(value)


class Duration(TypeDecorator[timedelta]):
    """A length of time, in seconds; exact to the microsecond up to a century."""

    impl = Float(53)
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> float | None:
        """Return the seconds."""
        return None if value is None else value.total_seconds()

    def process_result_value(self, value: float | None, dialect: Dialect) -> timedelta | None:
        """Return the length of time."""
        return None if value is None else timedelta(seconds=value)


class Choice(TypeDecorator[StrEnum]):
    """A member of a closed set, as its text: a set that grows needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members
        self._of: dict[str, StrEnum] = {member.value: member for member in members}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the member's text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member."""
        return None if value is None else self._of[value]


class Listed(TypeDecorator[tuple[str, ...]]):
    """Texts in their order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        """Return the JSON list."""
        return None if value is None else _json([storable(text) for text in value])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return the texts."""
        if value is None:
            return None
        return () if value == "[]" else tuple(json.loads(value))


class Chosen(TypeDecorator[frozenset[StrEnum]]):
    """Any number of members of a closed set, as a sorted JSON list."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: frozenset[StrEnum] | None, dialect: Dialect) -> str | None:
        """Return the JSON list."""
        return None if value is None else _json(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[StrEnum] | None:
        """Return the set."""
        return None if value is None else frozenset(map(self.members, json.loads(value)))


class Numbers(TypeDecorator[tuple[int, ...]]):
    """Whole numbers of up to 64 bits in their order, packed: one letter for the width, then the numbers."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> bytes | None:
        """Return the packed numbers, as narrow as the largest allows."""
        if not value:
            return None if value is None else b""
        least, most = min(value), max(value)
        width = "I" if least >= 0 and most < 1 << 32 else "q" if most < 1 << 63 else "Q"
        return width.encode() + struct.pack(f"<{len(value)}{width}", *value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[int, ...] | None:
        """Return the numbers."""
        if not value:
            return None if value is None else ()
        width = value[:1].decode()
        return struct.unpack(f"<{(len(value) - 1) // struct.calcsize('<' + width)}{width}", value[1:])


class Nested(TypeDecorator[Any]):
    """A small dataclass of texts, numbers, times of day and sets of them, as a JSON object with sorted keys.

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

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the JSON object."""
        if value is None:
            return None
        return _json({name: _plain(getattr(value, name)) for name in sorted(self._readers)})

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the dataclass."""
        if value is None:
            return None
        known = {name: part for name, part in json.loads(value).items() if name in self._readers}
        return self.value_type(**{name: self._readers[name](part) for name, part in known.items()})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Return a field's value as JSON has it; sets in sorted order, so that equal values are equal texts."""
    if isinstance(value, frozenset):
        return sorted(storable(each) for each in value)
    if isinstance(value, tuple):
        return [storable(each) for each in value]
    if isinstance(value, time):
        return value.isoformat()
    return storable(value) if isinstance(value, str) else value


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what turns a field's JSON back into the type that its annotation names."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {frozenset, tuple}:
        member = arguments[0]
        return lambda part: origin(member(each) for each in part)
    if origin in {types.UnionType, typing.Union}:
        inner = _reader(next(each for each in arguments if each is not type(None)))
        return lambda part: None if part is None else inner(part)
    if hint is time:
        return time.fromisoformat
    return typing.cast("Callable[[Any], Any]", hint)
