"""What is recalled round after round: made of its row once, and kept while the row is the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Select

from bot.store.rows import columns_of, values_of

Value = TypeVar("Value")

# As many as a few rounds recall; a thousand fingerprints take some 4 MB.
MOST_KEPT = 2048


class Kept(Generic[Value]):
    """One SELECT of all columns of a type; where it brings the same row again it returns the value that was made of it."""

    def __init__(self, statement: Select[Any], value_type: type[Value], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = compiled.string
        self._order = list(compiled.positiontup or ())
        kinds = {name: parameter.type for name, parameter in compiled.binds.items()}
        # Parameters that the statement brings itself, as a LIMIT.
        self._own = dict(compiled.params)
        self._bound = [kinds[name].dialect_impl(dialect).bind_processor(dialect) for name in self._order]
        self._read = [
            (place, turn)
            for place, column in enumerate(columns_of(value_type))
            if (turn := column.type.result_processor(dialect, None)) is not None
        ]
        self._type = value_type
        # A row holds all that the value does: no other process can change the one without the other.
        self._made = lru_cache(maxsize=MOST_KEPT)(self._make)

    def __call__(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Value]:
        """Return the values that the statement finds, in its order."""
        given = {**self._own, **parameters}
        bound = [
            given[name] if turn is None else turn(given[name])
            for name, turn in zip(self._order, self._bound, strict=True)
        ]
        return [self._made(tuple(row)) for row in connection.exec_driver_sql(self._sql, tuple(bound))]

    def _make(self, row: tuple[Any, ...]) -> Value:
        parts = list(row)
        for place, turn in self._read:
            parts[place] = turn(parts[place])
        return values_of([parts], self._type)[0]
