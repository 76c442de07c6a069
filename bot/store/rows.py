"""Values to rows and back. A column is a field of the same name; a report holds its record's fields side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Insert, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.items import Item
from bot.domain.reactions import Record, Report
from bot.store.columns import storable
from bot.store.tables import TABLE_OF, items, reports

Value = TypeVar("Value")


def _fields(value_type: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(value_type) if each.name != "record")


_NAMES = {kind: (*_fields(kind), *(_fields(Record) if kind is Report else ())) for kind in TABLE_OF}


def field_names(value_type: type) -> tuple[str, ...]:
    """Return the columns that hold a value of this type, in the order of its fields."""
    return _NAMES[value_type]


def stored_names(value_type: type) -> tuple[str, ...]:
    """Return the columns that `parts_of` fills in."""
    own = field_names(value_type)
    return (*own, "guid_key", "url_key") if value_type is Item else own


def columns_of(value_type: type) -> tuple[ColumnElement[Any], ...]:
    """Return the columns to select for a value of this type, in the order that `reader_of` takes them in."""
    table = TABLE_OF[value_type]
    return tuple(table.c[name] for name in field_names(value_type))


def rows_of(values: Iterable[Any], value_type: type) -> list[dict[str, Any]]:
    """Return one row for each value."""
    names = stored_names(value_type)
    return [dict(zip(names, parts, strict=True)) for parts in parts_of(values, value_type)]


def parts_of(values: Iterable[Any], value_type: type) -> list[tuple[Any, ...]]:
    """Return for each value what its row holds, in the order of `stored_names`."""
    if value_type is Report:
        return [(*_of_report(value), *_of_record(value.record)) for value in values]
    take = attrgetter(*field_names(value_type))
    if value_type is Item:
        return [(*take(value), text_key(value.guid), text_key(value.canonical_url)) for value in values]
    return [take(value) for value in values]


def maker_of(value_type: type[Value]) -> Callable[[Sequence[Any]], Value]:
    """Return what makes a value of the columns that `columns_of` selects."""
    names = field_names(value_type)
    if value_type is Report:
        return lambda row: _made(value_type, dict(zip(names, row, strict=True)))
    # A frozen dataclass assigns its fields one after the other as well, but finds each by its name first.
    puts: tuple[Callable[[Value, Any], None], ...] = tuple(getattr(value_type, name).__set__ for name in names)

    def made(row: Sequence[Any]) -> Value:
        value: Value = object.__new__(value_type)
        for put, part in zip(puts, row, strict=True):
            put(value, part)
        return value

    return made


def value_of(row: Sequence[Any], value_type: type[Value], start: int = 0) -> Value:
    """Return the value whose columns begin at `start` of the row."""
    names = field_names(value_type)
    return _made(value_type, dict(zip(names, row[start : start + len(names)], strict=True)))


def values_of(rows: Iterable[Sequence[Any]], value_type: type[Value]) -> tuple[Value, ...]:
    """Return the value of each row."""
    names = field_names(value_type)
    return tuple(_made(value_type, dict(zip(names, row, strict=False))) for row in rows)


def text_key(words: str | None) -> int | None:
    """Return the signed 64-bit hash under which a guid or URL is indexed."""
    if words is None:
        return None
    return int.from_bytes(blake2b(storable(words).encode(), digest_size=8).digest(), "big", signed=True)


def inserting(table: Table, *, sqlite_: bool) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that can say what happens when the row is there."""
    return sqlite.insert(table) if sqlite_ else postgresql.insert(table)


def upserting(
    value_type: type, *, sqlite_: bool, only: frozenset[str] | None = None, key: Sequence[str] | None = None
) -> Insert:
    """Return an INSERT that replaces the row with the same key; or, with `only`, just these columns of it."""
    table = TABLE_OF[value_type]
    insert = inserting(table, sqlite_=sqlite_)
    keys = list(key or (column.name for column in table.primary_key.columns))
    names = stored_names(value_type)
    replaced = [name for name in names if name not in keys and (only is None or name in only)]
    if table is reports:
        feed_of_item = select(items.c.feed_id).where(items.c.id == bindparam("item_id")).scalar_subquery()
        insert = insert.values({**{name: bindparam(name) for name in names}, "feed_id": feed_of_item})
    return insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in replaced})


def _made(value_type: type[Value], parts: Mapping[str, Any]) -> Value:
    if value_type is Report:
        return _report(parts)  # type: ignore[return-value]
    make: Callable[..., Value] = value_type
    return make(**parts)


_RECORD_FIELDS = _fields(Record)
_REPORT_FIELDS = _fields(Report)
_of_record, _of_report = attrgetter(*_RECORD_FIELDS), attrgetter(*_REPORT_FIELDS)


def _report(parts: Mapping[str, Any]) -> Report:
    record = Record(**{name: parts[name] for name in _RECORD_FIELDS})
    return Report(record=record, **{name: parts[name] for name in _REPORT_FIELDS})
