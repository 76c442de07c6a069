"""Times as people type them: “24h”, “7d”, “2023-09-19”, “2023-09-19T16:30”."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.domain.errors import Invalid

_SPAN = re.compile(r"(\d{1,4})\s*([mhdw])", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(text: str | None, now: datetime) -> datetime | None:
    """Return the time that is meant, in UTC where no zone is given. Raises Invalid."""
    if text is None or not text.strip():
        return None
    if match := _SPAN.fullmatch(text.strip()):
        return now - int(match[1]) * _UNITS[match[2].lower()]
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(f"“{text[:40]}” is no time; write 24h, 7d, 2023-09-19 or 2023-09-19T16:30") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
