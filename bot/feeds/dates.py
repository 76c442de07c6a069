"""Dates as feeds write them, and as they can be."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from time import struct_time

# Nothing on the web is older; years like 0001 and 1970 are empty fields in a programme's own words.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks differ by minutes; what is later than that is a wrong zone or a wrong year.
CLOCK_SKEW = timedelta(minutes=10)

_ZONES = {
    "": 0,
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 60,
    "west": 60,
    "cet": 60,
    "met": 60,
    "cest": 120,
    "mest": 120,
}
_ZONES |= {
    "eet": 120,
    "sast": 120,
    "eest": 180,
    "msk": 180,
    "trt": 180,
    "msd": 240,
    "irst": 210,
    "irdt": 270,
    "amt": 240,
    "azt": 240,
}
_ZONES |= {
    "get": 240,
    "gst": 240,
    "samt": 240,
    "amst": 300,
    "azst": 300,
    "pkt": 300,
    "ist": 330,
    "jst": 540,
    "kst": 540,
}
_ZONES |= {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Beginnings that tell a month apart in the languages of the region, longest first where one begins another.
_MONTHS = {name: number for number, name in enumerate(_ENGLISH, 1)}
_MONTHS |= {
    "янв": 1,
    "фев": 2,
    "мар": 3,
    "апр": 4,
    "мая": 5,
    "май": 5,
    "июн": 6,
    "июл": 7,
    "авг": 8,
    "сен": 9,
    "окт": 10,
    "ноя": 11,
    "дек": 12,
}
_MONTHS |= {
    "jän": 1,
    "fév": 2,
    "mär": 3,
    "avr": 4,
    "mai": 5,
    "juin": 6,
    "juil": 7,
    "aoû": 8,
    "aou": 8,
    "okt": 10,
    "déc": 12,
    "dez": 12,
}
_MONTHS |= {"oca": 1, "şub": 2, "nis": 4, "haz": 6, "tem": 7, "ağu": 8, "eyl": 9, "eki": 10, "kas": 11, "ara": 12}
_MONTHS |= {"yan": 1, "iyn": 6, "iyun": 6, "iyl": 7, "iyul": 7, "avq": 8, "sen": 9, "noy": 11, "dek": 12}
_MONTHS |= {
    "հնվ": 1,
    "հուն": 1,
    "փետ": 2,
    "մար": 3,
    "ապր": 4,
    "մայ": 5,
    "հունի": 6,
    "հուլ": 7,
    "օգո": 8,
    "սեպ": 9,
    "հոկ": 10,
    "նոյ": 11,
    "դեկ": 12,
}

_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*((?i:[ap]\.?m\.?)(?![A-Za-z]))?"
_ZONE = r"\s*(?:(?:GMT|UTC)?\s*([+\-−]\d{1,2}:?\d{0,2})|\(?([A-Za-z]{1,5})\)?)?"
_DAY_MONTH_YEAR = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er)?[\s.\-/]+([^\W\d_]{{3,12}})\.?,?[\s.\-/]+(\d{{4}}|\d{{2}})(?:[\s,T]+{_CLOCK}{_ZONE})?"
)
_MONTH_DAY_YEAR = re.compile(
    rf"([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?:[\s,T]+{_CLOCK}{_ZONE})?"
)
_YEAR_MONTH_DAY = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:[\sT,]+{_CLOCK}{_ZONE})?")
_DAY_DOT_MONTH = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})(?:[\s,T]+{_CLOCK}{_ZONE})?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def read_date(written: str | None) -> datetime | None:
    """Return the moment that a feed's date names, aware, in UTC; None where it names none.

    RFC 822, ISO 8601, the month names of the region's languages, zone abbreviations of the region and Unix seconds are
    read; a date without zone is taken as UTC.
    """
    text = " ".join((written or "")[:80].split())
    if not text:
        return None
    for pattern, order in (
        (_DAY_MONTH_YEAR, "dmy"),
        (_YEAR_MONTH_DAY, "ymd"),
        (_DAY_DOT_MONTH, "dmy"),
        (_MONTH_DAY_YEAR, "mdy"),
    ):
        found = pattern.search(text)
        if found:
            moment = _moment(dict(zip(order, found.groups()[:3], strict=True)), found.groups()[3:])
            if moment is not None:
                return moment
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return None


def from_struct(parsed: struct_time | None) -> datetime | None:
    """Return a parsed UTC time tuple as a datetime, or None where it names no moment."""
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:5], min(parsed[5], 59), tzinfo=UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def clamped(moment: datetime | None, now: datetime) -> datetime | None:
    """Return the moment as it can be: None before the web, now for the future."""
    if moment is None or moment < EARLIEST:
        return None
    return moment if moment <= now + CLOCK_SKEW else now


def _moment(date: dict[str, str | None], rest: tuple[str | None, ...]) -> datetime | None:
    hour, minute, second, half, offset, zone = rest
    month = _month(date["m"] or "")
    if month is None:
        return None
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    try:
        midnight = datetime(_full_year(date["y"] or ""), month, int(date["d"] or 0), tzinfo=_zone(offset, zone))
        if int(minute or 0) > 59 or hours > 24:  # noqa: PLR2004 - 24:00 is the end of the day
            return midnight.astimezone(UTC)
        clock = timedelta(hours=hours, minutes=int(minute or 0), seconds=min(int(second or 0), 59))
        return (midnight + clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _month(name: str) -> int | None:
    if name.isdigit():
        return int(name)
    folded = name.casefold().replace("i̇", "i")
    return next((_MONTHS[folded[:length]] for length in (5, 4, 3) if folded[:length] in _MONTHS), None)


def _full_year(written: str) -> int:
    """Return the year; two digits mean the years since 1970 (RFC 2822 §4.3, near enough)."""
    year = int(written)
    if len(written) > 2:  # noqa: PLR2004 - "0001" is the year one, not 2001
        return year
    return year + (2000 if year < 70 else 1900)  # noqa: PLR2004 - as above


def _zone(offset: str | None, name: str | None) -> timezone:
    if offset:
        digits = offset[1:].replace(":", "")
        minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])  # noqa: PLR2004 - "+4" and "+04" are hours
        minutes = -minutes if offset[0] in "-−" else minutes
    else:
        minutes = _ZONES.get((name or "").casefold(), 0)
    # No zone is further from UTC than 14 hours: a larger offset is a typing error, and the day is still right.
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else UTC
