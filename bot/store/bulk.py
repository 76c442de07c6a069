"""Statements that are run for many rows at once, compiled when the store is opened.

SQLAlchemy looks each statement up in its cache, and puts together the parameters of each row, anew: for the thousand small
rows of a round that takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

from bot.store.columns import turn_of
from bot.store.direct import Row, write


class Bulk:
    """One INSERT, UPDATE or DELETE, and how a row's parts become its parameters."""

    def __init__(self, statement: Insert | Update | Delete, names: Sequence[str], dialect: Dialect) -> None:
        """Compile it; `names` are those of the parts, in their order."""
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        order = list(compiled.positiontup or ())
        # Parameters that the statement brings itself, as what a column is compared with, stand behind the parts.
        own = [name for name in dict.fromkeys(order) if name not in names]
        self._own = tuple(compiled.params[name] for name in own)
        self._sql = compiled.string
        self._take = _in_order([*names, *own], order)
        self._turned = [
            (place, turn)
            for place, name in enumerate(order)
            if (turn := turn_of(compiled.binds[name].type, dialect)) is not None
        ]

    def __call__(self, connection: Connection, rows: Sequence[Row]) -> list[Row]:
        """Run the statement for every row, for none nothing; return what it was run with."""
        if not rows:
            return []
        take, own = self._take, self._own
        bound = [self._bound(take(row + own)) for row in rows]
        write(connection, self._sql, bound)
        return bound

    def _bound(self, parts: Row) -> Row:
        row = list(parts)
        for place, turn in self._turned:
            if (part := row[place]) is not None:
                row[place] = turn(part)
        return tuple(row)


def _in_order(names: Sequence[str], order: Sequence[str]) -> Callable[[Row], Row]:
    """Return what puts parts of these names in that order."""
    if list(names) == list(order):
        return lambda parts: parts
    places = {name: place for place, name in enumerate(names)}
    return itemgetter(*(places[name] for name in order))
