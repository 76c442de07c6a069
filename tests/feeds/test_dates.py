"""Dates as feeds of the region write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import struct_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import CLOCK_SKEW, EARLIEST, clamped, from_struct, read_date

NOW = datetime(2023, 9, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 19 Sep 2023 12:30:00 GMT",
        "Tue, 19 Sep 2023 12:30:00 +0000",
        "Tue, 19 Sep 2023 16:30:00 +0400",
        "Tue, 19 Sep 2023 16:30:00 +04:00",
        "Tue, 19 Sep 2023 16:30 GMT+4",
        "Tue, 19 Sep 23 12:30:00 UT",
        "19 September 2023 12:30 UTC",
        "Tuesday, 19-Sep-2023 12:30:00 GMT",
        "2023-09-19T12:30:00Z",
        "2023-09-19T16:30:00+04:00",
        "2023-09-19T08:30:00.123-0400",
        "2023-09-19 12:30:00",
        "2023/09/19 12:30",
        "19.09.2023 12:30",
        "19 Sep 2023 15:30 MSK",
        "19 Sep 2023 16:30 AMT",
        "19 Sep 2023 16:30 AZT",
        "19 Sep 2023 08:30 EDT",
        "19 сентября 2023, 15:30 MSK",
        "19 Eylül 2023, 15:30 TRT",
        "19 sentyabr 2023 16:30 AZT",
        "19 septembre 2023 14:30 CEST",
        "19 Սեպտեմբեր, 2023 16:30 AMT",
        "Sept. 19, 2023 12:30 PM",
        "September 19, 2023 12:30 p.m.",
        "1695126600",
        "1695126600000",
    ],
)
def test_one_moment_however_it_is_written(written: str) -> None:
    moment = read_date(written)
    assert moment is not None
    assert moment.replace(second=0, microsecond=0) == datetime(2023, 9, 19, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "none", [None, "", "soon", "2023-13-45", "99 Foo 2023", "::", "19 Sep", "x" * 10_000, "0", "-1"]
)
def test_what_names_no_moment_is_none(none: str | None) -> None:
    assert read_date(none) is None


def test_day_without_a_clock_is_its_beginning() -> None:
    assert read_date("19 Sep 2023") == datetime(2023, 9, 19, tzinfo=UTC)


def test_end_of_the_day_is_the_next_days_beginning() -> None:
    assert read_date("19 Sep 2023 24:00:00 GMT") == datetime(2023, 9, 20, tzinfo=UTC)


def test_impossible_clock_or_zone_leaves_the_day() -> None:
    assert read_date("19 Sep 2023 25:99:00 GMT") == datetime(2023, 9, 19, tzinfo=UTC)
    assert read_date("19 Sep 2023 12:30 +9900") == datetime(2023, 9, 19, 12, 30, tzinfo=UTC)


def test_leap_second_is_the_second_before() -> None:
    assert read_date("31 Dec 2016 23:59:60 GMT") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_two_digit_years_are_those_around_us() -> None:
    assert read_date("19 Sep 69").year == 2069  # type: ignore[union-attr]
    assert read_date("19 Sep 99").year == 1999  # type: ignore[union-attr]


@given(st.text(max_size=100))
def test_no_text_stops_the_reader(text: str) -> None:
    moment = read_date(text)
    assert moment is None or moment.tzinfo is UTC


def test_future_is_now_and_the_time_before_the_web_is_none() -> None:
    assert clamped(NOW + timedelta(days=400), NOW) == NOW
    assert clamped(NOW + CLOCK_SKEW, NOW) == NOW + CLOCK_SKEW
    assert clamped(EARLIEST - timedelta(seconds=1), NOW) is None
    assert clamped(NOW - timedelta(days=1), NOW) == NOW - timedelta(days=1)
    assert clamped(None, NOW) is None


def test_time_tuple_that_names_no_moment_is_none() -> None:
    assert from_struct(struct_time((2023, 2, 30, 1, 1, 1, 0, 0, 0))) is None
    assert from_struct(struct_time((2023, 9, 19, 12, 30, 61, 0, 0, 0))) == datetime(2023, 9, 19, 12, 30, 59, tzinfo=UTC)
    assert from_struct(None) is None
