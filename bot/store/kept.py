"""What is recalled round after round: made of its row once, and kept while the row is the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Select

from bot.store.asked import Asked, Value
from bot.store.direct import Row

# As many as a few rounds recall; a thousand fingerprints take some 3 MB.
MOST_KEPT = 2048


class Kept(Asked[Value]):
    """One SELECT of all columns of a type, its id first; a row that it brings again is the value that was made of it."""

    def __init__(self, statement: Select[Any], value_type: type[Value], dialect: Dialect) -> None:
        super().__init__(statement, value_type, dialect)
        self._kept: dict[Any, tuple[int, Value]] = {}

    def __call__(self, connection: Connection, parameters: Mapping[str, Any] | None = None) -> list[Value]:
        """Return the values that the statement finds, in its order."""
        values = [self._known(row) for row in self.rows(connection, parameters or {})]
        for key in list(islice(self._kept, max(0, len(self._kept) - MOST_KEPT))):
            del self._kept[key]
        return values

    def _known(self, row: Row) -> Value:
        """Return the value of a row: the one that was made of it before, unless another process changed it since."""
        # A row holds all that the value does, and takes as much room: its hash stands for it.
        now, was = hash(row), self._kept.pop(row[0], None)
        value = was[1] if was is not None and was[0] == now else self._make(row)
        # The last in order are those that were asked for last.
        self._kept[row[0]] = (now, value)
        return value
