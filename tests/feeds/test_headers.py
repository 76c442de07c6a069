"""What headers say about when to come again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict

from bot.feeds.headers import LONGEST, fresh_for, http_date, retry_after

NOW = datetime(2023, 9, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("1.5", timedelta(seconds=1.5)),
        ("Wed, 20 Sep 2023 12:10:00 GMT", timedelta(minutes=10)),
        ("Wed, 20 Sep 2023 11:00:00 GMT", timedelta(0)),
        ("99999999999", LONGEST),
        ("Wed, 20 Sep 2099 12:10:00 GMT", LONGEST),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1" * 400, None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_clamped(value: str, wait: timedelta | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache-Control": "public, max-age=600"}, timedelta(minutes=10)),
        ({"Cache-Control": 'MAX-AGE="600"', "Age": "60"}, timedelta(minutes=9)),
        ({"Cache-Control": "max-age=60", "Age": "600"}, None),
        ({"Cache-Control": "max-age=0"}, None),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=soon"}, None),
        ({"Cache-Control": "max-age=9" + "9" * 40}, LONGEST),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=60", "Expires": "Wed, 20 Sep 2023 15:00:00 GMT"}, timedelta(minutes=1)),
        ({"Expires": "Wed, 20 Sep 2023 15:00:00 GMT"}, timedelta(hours=3)),
        ({"Expires": "Wed, 20 Sep 2023 15:00:00 GMT", "Date": "Wed, 20 Sep 2023 14:00:00 GMT"}, timedelta(hours=1)),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_freshness_is_what_cache_headers_promise(headers: dict[str, str], fresh: timedelta | None) -> None:
    assert fresh_for(CIMultiDict(headers), NOW) == fresh


def test_http_dates_are_utc() -> None:
    assert http_date("Wed, 20 Sep 2023 16:00:00 +0400") == NOW
    assert http_date("Wed, 20 Sep 2023 12:00:00") == NOW
    assert http_date("Wed, 99 Foo 2023") is None
