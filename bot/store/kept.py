"""What is recalled round after round: made of its row once, and kept while the row is the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Select

from bot.store.rows import columns_of, values_of

Value = TypeVar("Value")

# As many as a few rounds recall; a thousand fingerprints take some 3 MB.
MOST_KEPT = 4096


class Kept(Generic[Value]):
    """One SELECT of all columns of a type, its id first; a row that it brings again is the value that was made of it."""

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
        self._kept: dict[Any, tuple[int, Value]] = {}

    def __call__(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Value]:
        """Return the values that the statement finds, in its order."""
        given = {**self._own, **parameters}
        bound = [
            given[name] if turn is None else turn(given[name])
            for name, turn in zip(self._order, self._bound, strict=True)
        ]
        values = [self._made(tuple(row)) for row in connection.exec_driver_sql(self._sql, tuple(bound))]
        for key in list(islice(self._kept, max(0, len(self._kept) - MOST_KEPT))):
            del self._kept[key]
        return values

    def _made(self, row: tuple[Any, ...]) -> Value:
        """Return the value of a row: the one that was made of it before, unless another process changed it since."""
        # A row holds all that the value does, and takes as much room: its hash stands for it.
        now, was = hash(row), self._kept.pop(row[0], None)
        value = was[1] if was is not None and was[0] == now else self._make(row)
        # The last in order are those that were asked for last.
        self._kept[row[0]] = (now, value)
        return value

    def _make(self, row: tuple[Any, ...]) -> Value:
        parts = list(row)
        for place, turn in self._read:
            parts[place] = turn(parts[place])
        return values_of([parts], self._type)[0]
