"""What is recalled round after round: made of its row once, and kept while the row is the same.

While nobody but the rounds of this process writes, what is kept is known to be what is stored, and its rows need not even be
fetched. Where another process or another connection may have written since, a row's hash tells whether it is still the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Generic

from sqlalchemy import Connection, Dialect, Select

from bot.store.asked import Asked, Value
from bot.store.direct import Row, standing

# As many as a few rounds recall; a thousand fingerprints take less than 2 MB. Twice as many save a thirtieth of a round.
MOST_KEPT = 1280
_STAND_IN = "\ufffd"


class Watch:
    """Counts how often others may have written: what was seen at the present count is as it was seen."""

    def __init__(self) -> None:
        self.count = 0
        self._left: object = None

    def begin(self, connection: Connection) -> None:
        """Look whether others wrote since the last round was left."""
        found = standing(connection)
        if found is None or found != self._left:
            self.count += 1
        self._left = found

    def leave(self, connection: Connection) -> None:
        """Take what was written until now for our own."""
        self._left = standing(connection)

    def doubt(self) -> None:
        """Take nothing for certain: what was written was taken back."""
        self._left = None


class Memory(Generic[Value]):
    """Values by the first part of their rows, with a hash of the row and the count at which it was seen."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._kept: OrderedDict[Any, tuple[int, int, Value]] = OrderedDict()

    def certain(self, names: set[str]) -> dict[str, Value]:
        """Return those of these values of which it is known that their rows are the same."""
        count, kept, found = self._watch.count, self._kept, {}
        for name in names:
            was = kept.get(name)
            if was is not None and was[1] == count:
                kept.move_to_end(name)
                found[name] = was[2]
        return found

    def made(self, rows: Iterable[Row], make: Callable[[Row], Value]) -> list[Value]:
        """Return the value of each row: that which was made of it before, unless another process changed it since."""
        count, kept, values = self._watch.count, self._kept, []
        for row in rows:
            # A row holds all that the value does, and takes as much room: its hash stands for it.
            now, name = hash(row), row[0]
            was = kept.get(name)
            value = was[2] if was is not None and was[0] == now else make(row)
            kept[name] = (now, count, value)
            # The last in order are those that were asked for last.
            kept.move_to_end(name)
            values.append(value)
        self._let_go()
        return values

    def enter(self, values: Iterable[Value], rows: Iterable[Row]) -> None:
        """Keep values that are written as these rows: what is recalled next is mostly what was written last."""
        for value, row in zip(values, rows, strict=True):
            self._kept.pop(row[0], None)
            # What had something replaced that no database takes comes back otherwise than it was.
            if not any(type(part) is str and _STAND_IN in part for part in row):
                self._kept[row[0]] = (hash(row), self._watch.count, value)
        self._let_go()

    def _let_go(self) -> None:
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


class Kept(Asked[Value]):
    """One SELECT of all columns of a type, its id first; a row that it brings again is the value that is remembered."""

    def __init__(
        self, statement: Select[Any], value_type: type[Value], dialect: Dialect, memory: Memory[Value]
    ) -> None:
        super().__init__(statement, value_type, dialect)
        self._memory = memory

    def _values(self, rows: Iterable[Row]) -> list[Value]:
        return self._memory.made(rows, self._make)
