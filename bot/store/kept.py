"""What is recalled round after round: made of its row once, and kept while the row is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Generic

from sqlalchemy import Dialect, Select

from bot.store.asked import Asked, Value
from bot.store.direct import Row

# As many as a few rounds recall; a thousand fingerprints take some 3 MB.
MOST_KEPT = 2048
_STAND_IN = "\ufffd"


class Memory(Generic[Value]):
    """Values by the first part of their rows, with what tells whether a row is still the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, tuple[int, Value]] = OrderedDict()

    def made(self, rows: Iterable[Row], make: Callable[[Row], Value]) -> list[Value]:
        """Return the value of each row: that which was made of it before, unless another process changed it since."""
        kept, values = self._kept, []
        for row in rows:
            # A row holds all that the value does, and takes as much room: its hash stands for it.
            now, name = hash(row), row[0]
            was = kept.get(name)
            if was is None or was[0] != now:
                was = kept[name] = (now, make(row))
            # The last in order are those that were asked for last.
            kept.move_to_end(name)
            values.append(was[1])
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
        return values

    def enter(self, values: Iterable[Value], rows: Iterable[Row]) -> None:
        """Keep values that are written as these rows: what is recalled next is mostly what was written last."""
        for value, row in zip(values, rows, strict=True):
            self._kept.pop(row[0], None)
            # What had something replaced that no database takes comes back otherwise than it was.
            if not any(type(part) is str and _STAND_IN in part for part in row):
                self._kept[row[0]] = (hash(row), value)


class Kept(Asked[Value]):
    """One SELECT of all columns of a type, its id first; a row that it brings again is the value that is remembered."""

    def __init__(
        self, statement: Select[Any], value_type: type[Value], dialect: Dialect, memory: Memory[Value]
    ) -> None:
        super().__init__(statement, value_type, dialect)
        self._memory = memory

    def _values(self, rows: Iterable[Row]) -> list[Value]:
        return self._memory.made(rows, self._make)
