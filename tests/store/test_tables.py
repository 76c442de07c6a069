from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import Table

from bot.domain.reactions import Record, Report
from bot.store.rows import field_names
from bot.store.tables import TABLE_OF, TECHNICAL


@pytest.mark.parametrize("value_type", TABLE_OF, ids=lambda value_type: value_type.__name__)
def test_columns_are_named_as_the_fields_they_hold(value_type: type) -> None:
    """Nothing else is in the table but what `TECHNICAL` names, with its reason."""
    table: Table = TABLE_OF[value_type]
    technical = TECHNICAL.get(table, frozenset())
    assert set(table.columns.keys()) - technical == set(field_names(value_type))
    assert technical <= set(table.columns.keys())


def test_a_report_lies_beside_its_record() -> None:
    own = {each.name for each in fields(Report)} - {"record"}
    said = {each.name for each in fields(Record)}
    assert own.isdisjoint(said)
    assert set(field_names(Report)) == own | said


@pytest.mark.parametrize("value_type", TABLE_OF, ids=lambda value_type: value_type.__name__)
def test_a_column_may_be_empty_where_its_field_may(value_type: type) -> None:
    hints = {each.name: str(each.type) for each in fields(value_type)}
    if value_type is Report:
        hints |= {each.name: str(each.type) for each in fields(Record)}
    table = TABLE_OF[value_type]
    assert {name: table.c[name].nullable for name in field_names(value_type)} == {
        name: "None" in hints[name] for name in field_names(value_type)
    }
