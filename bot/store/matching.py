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
    FromClause,
    Select,
    String,
    Text,
    any_,
    bindparam,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import NamedFromClause

from bot.store.columns import storable


class Matching:
    """How one kind of database is asked for many things at once."""

    def __init__(self, *, sqlite: bool) -> None:
        self.sqlite = sqlite

    def listed(self, values: Iterable[str] | Iterable[int]) -> Any:
        """Return the values as the parameter of a condition made here; sorted, so that the same question is the same."""
        plain = sorted(storable(value) if isinstance(value, str) else value for value in values)
        return json.dumps(plain) if self.sqlite else plain

    def one_of(self, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
        """Return the condition that a column has one of the values of this parameter."""
        if self.sqlite:
            return column.in_(select(_each(parameter).c.value))
        member = BigInteger() if isinstance(column.type, BigInteger) else Text()
        return column == any_(bindparam(parameter, type_=ARRAY(member)))

    def newest_of_each(
        self,
        keyed: FromClause,
        *,
        key: str,
        target: Column[Any],
        parameter: str,
        limit: int,
        within: tuple[ColumnElement[Any], ...] = (),
    ) -> Select[Any]:
        """Return a SELECT of the newest `limit` values of `target`'s column for each value of the parameter.

        `keyed` has columns `key`, `published` and one named as `target`; `within` limits it further. The index on
        (key, published) answers it, `limit` entries for each key, however many there are.
        """
        newest = (
            select(keyed.c[target.name])
            .where(*within)
            .order_by(keyed.c.published.desc(), keyed.c[target.name].desc())
            .limit(limit)
        )
        if self.sqlite:
            # No LATERAL there, but a correlated IN may have its own LIMIT.
            wanted = _each(parameter)
            owner = target.table.alias()
            own = owner.c[target.name]
            newest = newest.where(keyed.c[key] == wanted.c.value).correlate(wanted)
            return select(own).select_from(wanted.join(owner, own.in_(newest)))
        member = BigInteger() if isinstance(keyed.c[key].type, BigInteger) else Text()
        wanted = _unnested(parameter, member)
        lateral = newest.where(keyed.c[key] == wanted.c.value).lateral()
        return select(lateral.c[target.name]).select_from(wanted.join(lateral, true()))

    def has_any(self, column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
        """Return the condition that a JSON list in a column holds one of the values of this parameter."""
        if self.sqlite:
            member = func.json_each(column).table_valued("value")
            return select(member.c.value).where(self.one_of(member.c.value, parameter)).exists()
        return func.jsonb_exists_any(cast(column, JSONB), bindparam(parameter, type_=ARRAY(Text())))


def _each(parameter: str) -> NamedFromClause:
    return func.json_each(bindparam(parameter, type_=String())).table_valued("value").alias()


def _unnested(parameter: str, member: Any) -> NamedFromClause:
    return func.unnest(bindparam(parameter, type_=ARRAY(member))).table_valued("value").render_derived()
