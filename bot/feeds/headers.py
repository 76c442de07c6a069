"""What response headers say about when to come again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=31)
# Characters; the longest in use are some hundred.
LONGEST_VALIDATOR = 2048
_DIRECTIVE = re.compile(r"([a-z-]+)(?:\s*=\s*\"?([^\",\s]*)\"?)?", re.IGNORECASE)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the server asked us to wait, capped at 31 days.

    Both forms of RFC 9110 §10.2.3 are read; nonsense counts as absent.
    """
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,12}(\.\d+)?", value):
        return min(timedelta(seconds=min(float(value), LONGEST.total_seconds())), LONGEST)
    asked = http_date(value)
    return min(max(asked - now, timedelta()), LONGEST) if asked else None


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the answer stays good by Cache-Control or else Expires, less its age; None where nothing is said.

    `no-cache`, `no-store` and an Expires in the past say nothing of when to come again.
    """
    directives = {name.lower(): value for name, value in _DIRECTIVE.findall(headers.get("Cache-Control", ""))}
    if directives.keys() & {"no-cache", "no-store"}:
        return None
    age = _seconds(headers.get("Age", "")) or timedelta()
    if "max-age" in directives:
        promised = _seconds(directives["max-age"])
        return _positive(promised - age) if promised else None
    expires = http_date(headers.get("Expires", ""))
    if expires is None:
        return None
    # By the server's own clock: ours may differ.
    return _positive(expires - (http_date(headers.get("Date", "")) or now))


def validator(value: str | None) -> str | None:
    """Return an ETag or a Last-Modified that can go back as it came, else None: nothing that no request may hold.

    Servers refuse requests for their long headers, also where they wrote them themselves.
    """
    usable = value and len(value) <= LONGEST_VALIDATOR and value.isprintable()
    return value if usable else None


def http_date(value: str) -> datetime | None:
    """Return an HTTP date as an aware UTC datetime, or None where it is none."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def _seconds(value: str) -> timedelta | None:
    return min(timedelta(seconds=int(value[:9])), LONGEST) if value.isascii() and value.isdigit() else None


def _positive(duration: timedelta) -> timedelta | None:
    return min(duration, LONGEST) if duration > timedelta() else None
