"""Questions that a round asks again and again, compiled when the store is opened (see `bulk.py` for what it writes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Select

from bot.store.columns import turn_back
from bot.store.direct import Row, ask
from bot.store.rows import columns_of, maker_of

Value = TypeVar("Value")


class Question:
    """One SELECT."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = compiled.string
        order = list(compiled.positiontup or ())
        kinds = {name: parameter.type for name, parameter in compiled.binds.items()}
        # Parameters that the statement brings itself, as a LIMIT.
        self._own = dict(compiled.params)
        self._bound = [(name, kinds[name].dialect_impl(dialect).bind_processor(dialect)) for name in order]

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows as the driver has them."""
        given = {**self._own, **parameters}
        bound = tuple([given[name] if turn is None else turn(given[name]) for name, turn in self._bound])
        return ask(connection, self._sql, bound)


class Asked(Question, Generic[Value]):
    """One SELECT of all columns of a type."""

    def __init__(self, statement: Select[Any], value_type: type[Value], dialect: Dialect) -> None:
        super().__init__(statement, dialect)
        self._read = [
            (place, turn)
            for place, column in enumerate(columns_of(value_type))
            if (turn := turn_back(column.type, dialect)) is not None
        ]
        self._make_of = maker_of(value_type)

    def __call__(self, connection: Connection, parameters: Mapping[str, Any] | None = None) -> list[Value]:
        """Return the values that the statement finds, in its order."""
        return self._values(self.rows(connection, parameters or {}))

    def _values(self, rows: Iterable[Row]) -> list[Value]:
        return list(map(self._make, rows))

    def _make(self, row: Row) -> Value:
        parts = list(row)
        for place, turn in self._read:
            if (part := parts[place]) is not None:
                parts[place] = turn(part)
        return self._make_of(parts)
