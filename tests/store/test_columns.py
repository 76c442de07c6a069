from __future__ import annotations

import json
import struct
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.reactions import Family, ReactionType
from bot.domain.subscriptions import Filters, Schedule
from bot.store.columns import Choice, Chosen, Day, Duration, Listed, Moment, Nested, Numbers, Signature, Words, storable

DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}

moments = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
texts = st.text()
clean_texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
types = st.frozensets(st.sampled_from(ReactionType))
names = st.frozensets(clean_texts, max_size=4)
times = st.times()


def there_and_back(column: Any, value: Any, dialect: str = "sqlite") -> Any:
    return read(column, stored(column, value, dialect), dialect)


def stored(column: Any, value: Any, dialect: str = "sqlite") -> Any:
    return column.bind_processor(DIALECTS[dialect])(value)


def read(column: Any, value: Any, dialect: str = "sqlite") -> Any:
    turn = column.result_processor(DIALECTS[dialect], None)
    return turn(value) if turn else value


@given(moments)
def test_a_moment_keeps_its_microseconds(moment: datetime) -> None:
    assert there_and_back(Moment(), moment) == moment


@given(st.lists(moments, min_size=2))
def test_stored_moments_sort_as_moments(several: list[datetime]) -> None:
    assert sorted(several) == sorted(several, key=lambda each: stored(Moment(), each))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_moment_without_a_zone_is_refused(dialect: str) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        stored(Moment(), datetime(2023, 9, 19), dialect)  # noqa: DTZ001 - that is the test


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_moment_of_another_zone_is_read_in_utc(dialect: str) -> None:
    yerevan = datetime(2023, 9, 19, 16, tzinfo=timezone(timedelta(hours=4)))
    read = there_and_back(Moment(), yerevan, dialect)
    assert (read, read.tzinfo) == (yerevan, UTC)


@given(st.dates())
def test_a_day_stays_a_day(day: date) -> None:
    assert there_and_back(Day(), day) == day


@given(st.timedeltas(min_value=timedelta(days=-36_500), max_value=timedelta(days=36_500)))
def test_a_duration_of_a_century_keeps_its_microseconds(duration: timedelta) -> None:
    assert there_and_back(Duration(), duration) == duration


@pytest.mark.parametrize("member", ReactionType)
def test_a_choice_is_stored_as_its_text(member: ReactionType) -> None:
    column = Choice(ReactionType)
    assert type(stored(column, member)) is str
    assert there_and_back(column, member) is member


@given(st.lists(clean_texts).map(tuple))
def test_a_list_of_texts_keeps_its_order(listed: tuple[str, ...]) -> None:
    assert there_and_back(Listed(), listed) == listed


@given(st.lists(st.text(alphabet='ab\u00e9 ,"\\\n\0\ud800')).map(tuple))
def test_a_list_of_texts_is_stored_as_json_whatever_they_hold(listed: tuple[str, ...]) -> None:
    written = stored(Listed(), listed)
    assert json.loads(written) == [storable(text) for text in listed]
    assert written == json.dumps(json.loads(written), ensure_ascii=False, separators=(",", ":"))


@given(st.lists(texts).map(tuple), texts)
def test_whatever_is_in_a_text_both_databases_take_it(listed: tuple[str, ...], text: str) -> None:
    for each in (
        stored(Listed(), listed, "postgresql"),
        stored(Words(), text, "postgresql"),
    ):
        assert "\0" not in each
        each.encode()
    assert "\0" not in "".join(there_and_back(Listed(), listed))


@given(clean_texts)
def test_a_text_that_can_be_stored_is_left_alone(text: str) -> None:
    assert storable(text) == text


def test_what_cannot_be_stored_has_a_stand_in() -> None:
    assert storable("a\0b\ud800c") == "a\ufffdb\ufffdc"


@given(st.lists(st.integers(0, 2**32 - 1), max_size=40))
def test_a_signature_is_stored_as_the_numbers_that_it_packs(places: list[int]) -> None:
    packed = struct.pack(f"<{len(places)}I", *places)
    assert there_and_back(Signature(), packed) == packed
    assert read(Numbers(), stored(Signature(), packed)) == tuple(places)


@given(types)
def test_a_set_of_types_is_one_text_however_it_is_ordered(chosen: frozenset[ReactionType]) -> None:
    column = Chosen(ReactionType)
    assert there_and_back(column, chosen) == chosen
    assert json.loads(stored(column, frozenset(sorted(chosen, reverse=True)))) == sorted(chosen)


@given(
    st.one_of(
        st.lists(st.integers(0, 2**32 - 1)),
        st.lists(st.integers(-(2**63), 2**63 - 1)),
        st.lists(st.integers(0, 2**64 - 1)),
    ).map(tuple)
)
def test_numbers_of_any_width_keep_their_order(numbers: tuple[int, ...]) -> None:
    assert there_and_back(Numbers(), numbers) == numbers


def test_small_numbers_take_four_bytes_each() -> None:
    assert len(stored(Numbers(), (0,) * 64)) == 1 + 4 * 64


filters = st.builds(
    Filters,
    actors=names,
    targets=names,
    types=types,
    families=st.frozensets(st.sampled_from(Family)),
    languages=names,
    outlets=names,
    include=st.lists(clean_texts, max_size=3).map(tuple),
    exclude=st.lists(clean_texts, max_size=3).map(tuple),
    min_outlets=st.integers(1, 50),
)
schedules = st.builds(
    Schedule,
    timezone=clean_texts,
    at=times,
    weekday=st.integers(0, 6),
    quiet_from=st.none() | times,
    quiet_until=st.none() | times,
)


@given(filters)
def test_filters_are_read_as_they_were_stored(value: Filters) -> None:
    assert there_and_back(Nested(Filters), value) == value


@given(schedules)
def test_a_schedule_is_read_as_it_was_stored(value: Schedule) -> None:
    assert there_and_back(Nested(Schedule), value) == value


def test_a_field_that_came_later_reads_as_its_default() -> None:
    column = Nested(Schedule)
    assert read(column, '{"at":"09:00:00"}') == Schedule(at=time(9))


def test_a_field_that_went_is_left_out() -> None:
    column = Nested(Schedule)
    assert read(column, '{"moon":"full"}') == Schedule()


@pytest.mark.parametrize(
    "column",
    [Words(), Moment(), Day(), Duration(), Choice(Family), Listed(), Chosen(Family), Numbers(), Nested(Filters)],
    ids=lambda column: type(column).__name__,
)
def test_nothing_stays_nothing(column: Any) -> None:
    assert stored(column, None) is None
    assert read(column, None) is None
