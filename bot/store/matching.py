"""Conditions on many values at once, written for each database, with one parameter however many there are.

The list goes over as JSON on SQLite and as an array on PostgreSQL, so that the text of a statement is always the same and
is prepared once, and no list is too long.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Select,
    String,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import NamedFromClause

from bot.store.columns import storable

BETWEEN = ","
"""Stands between ids that come in one text; none has it in it."""


class Matching:
    """How one kind of database is asked for many things at once."""

    def __init__(self, *, sqlite: bool) -> None:
        self.sqlite = sqlite

    def listed(self, values: Iterable[str] | Iterable[int]) -> Any:
        """Return the values as the parameter of a condition made here; sorted, so that the same question is the same."""
        plain: list[Any] = sorted(values)
        if plain and isinstance(plain[0], str):
            together = "".join(plain)
            if storable(together) != together:
                plain = sorted(map(storable, plain))
        return json.dumps(plain) if self.sqlite else plain

    def one_of(self, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
        """Return the condition that a column has one of the values of this parameter."""
        if self.sqlite:
            return column.in_(select(_each(parameter).c.value))
        return column == any_(bindparam(parameter, type_=ARRAY(_member(column))))

    def newest_of_each(
        self, newest: Select[Any], *, of: ColumnElement[Any], owner: Column[Any], parameter: str
    ) -> Select[Any]:
        """Return a SELECT of `owner`s: for each value of the parameter, what `newest` finds where `of` has that value.

        `newest` selects one column, ordered and with a LIMIT of its own: an index on (`of`, its order) answers it with
        that many entries for each value, however many there are.
        """
        if self.sqlite:
            # No LATERAL there, but a correlated IN may have its own LIMIT.
            wanted = _each(parameter)
            own = owner.table.alias().c[owner.name]
            within = newest.where(of == wanted.c.value).correlate(wanted)
            return select(own).select_from(wanted.join(own.table, own.in_(within)))
        wanted = _unnested(parameter, _member(of))
        lateral = newest.where(of == wanted.c.value).lateral()
        return select(lateral.c[0]).select_from(wanted.join(lateral, true()))

    def listed_by_each(self, newest: Select[Any], *, of: ColumnElement[Any], parameter: str) -> Select[Any]:
        """Return a SELECT of each value of the parameter with what `newest` finds for it (see above), in one text.

        The parts stand in the order of `newest`, with BETWEEN between them. A few long rows come quicker than many short.
        """
        wanted = _each(parameter) if self.sqlite else _unnested(parameter, _member(of))
        found = newest.where(of == wanted.c.value).correlate(wanted).subquery()
        joined = func.group_concat if self.sqlite else func.string_agg
        text = select(joined(found.c[0], literal_column(f"'{BETWEEN}'"))).correlate(wanted)
        return select(wanted.c.value, text.scalar_subquery())

    def has_any(self, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
        """Return the condition that a JSON list in a column holds one of the values of this parameter."""
        if self.sqlite:
            member = func.json_each(column).table_valued("value")
            return select(member.c.value).where(self.one_of(member.c.value, parameter)).exists()
        return func.jsonb_exists_any(cast(column, JSONB), bindparam(parameter, type_=ARRAY(Text())))

    def says(self, column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
        """Return the condition that a text holds these words, with no regard to case in any alphabet."""
        if self.sqlite and words.isascii():
            # Ten times as fast, and enough: its lower() knows A to Z.
            return func.instr(func.lower(column), words.lower()) > 0
        if self.sqlite:
            return func.instr(func.folded(column), storable(words).casefold()) > 0
        return func.strpos(func.lower(column), func.lower(storable(words))) > 0


def _each(parameter: str) -> NamedFromClause:
    return func.json_each(bindparam(parameter, type_=String())).table_valued("value").alias()


def _unnested(parameter: str, member: Any) -> NamedFromClause:
    return func.unnest(bindparam(parameter, type_=ARRAY(member))).table_valued("value").render_derived()


def _member(column: ColumnElement[Any]) -> BigInteger | Text:
    return BigInteger() if isinstance(column.type, BigInteger) else Text()
