"""Statements that are run for many rows at once, compiled when the store is opened.

SQLAlchemy looks each statement up in its cache, and puts together the parameters of each row, anew: for the thousand small
rows of a round that takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

from bot.store.direct import write


class Bulk:
    """One INSERT, UPDATE or DELETE, and how a row's values become its parameters."""

    def __init__(self, statement: Insert | Update | Delete, names: Sequence[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        order = list(compiled.positiontup or ())
        kinds = {name: parameter.type for name, parameter in compiled.binds.items()}
        # Parameters that the statement brings itself, as what a column is compared with.
        self._own = {name: value for name, value in compiled.params.items() if name in set(order).difference(names)}
        self._sql = compiled.string
        self._take = itemgetter(*order)
        self._turns = [kinds[name].dialect_impl(dialect).bind_processor(dialect) for name in order]

    def __call__(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Run the statement for every row; nothing for none."""
        if not rows:
            return
        take, turns, own = self._take, self._turns, self._own
        write(
            connection,
            self._sql,
            [
                tuple([value if turn is None else turn(value) for turn, value in zip(turns, take(row), strict=True)])
                for row in (({**own, **row} for row in rows) if own else rows)
            ],
        )
