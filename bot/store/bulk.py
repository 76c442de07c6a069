"""Statements that are run for many rows at once, compiled when the store is opened.

SQLAlchemy looks each statement up in its cache, and puts together the parameters of each row, anew: for the thousand small
rows of a round that takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert


class Bulk:
    """One INSERT or DELETE, and how a row's values become its parameters."""

    def __init__(self, statement: Insert | Delete, names: Sequence[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        order = list(compiled.positiontup or ())
        kinds = {name: parameter.type for name, parameter in compiled.binds.items()}
        self._sql = compiled.string
        self._take = itemgetter(*order)
        self._turns = [kinds[name].dialect_impl(dialect).bind_processor(dialect) for name in order]

    def __call__(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Run the statement for every row; nothing for none."""
        if not rows:
            return
        take, turns = self._take, self._turns
        connection.exec_driver_sql(
            self._sql,
            [
                tuple([value if turn is None else turn(value) for turn, value in zip(turns, take(row), strict=True)])
                for row in rows
            ],
        )
