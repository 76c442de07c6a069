"""Questions that a round asks again and again, compiled when the store is opened (see `bulk.py` for what it writes)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Select

from bot.store.rows import columns_of, values_of

Value = TypeVar("Value")
Row = tuple[Any, ...]


class Asked(Generic[Value]):
    """One SELECT of all columns of a type."""

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

    def __call__(self, connection: Connection, parameters: Mapping[str, Any] | None = None) -> list[Value]:
        """Return the values that the statement finds, in its order."""
        return [self._make(row) for row in self._rows(connection, parameters or {})]

    def _rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows as the driver has them."""
        given = {**self._own, **parameters}
        bound = [
            given[name] if turn is None else turn(given[name])
            for name, turn in zip(self._order, self._bound, strict=True)
        ]
        with connection.exec_driver_sql(self._sql, tuple(bound)) as result:
            # What SQLAlchemy would make of each row is thrown away here.
            return [tuple(row) for row in result.cursor.fetchall()]

    def _make(self, row: Row) -> Value:
        parts = list(row)
        for place, turn in self._read:
            parts[place] = turn(parts[place])
        return values_of([parts], self._type)[0]
