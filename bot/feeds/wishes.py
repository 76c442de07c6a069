"""How often a feed asks to be visited: `ttl`, `sy:updatePeriod`, `skipHours` and `skipDays`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

LONGEST_MINUTES = 7 * 24 * 60.0
_PERIODS = {"hourly": 60.0, "daily": 1440.0, "weekly": 10080.0, "monthly": 43200.0, "yearly": 525600.0}
_SKIPPED = re.compile(r"<skip(Hours|Days)>(.{0,2000}?)</skip\1>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s*([A-Za-z]{3})", re.IGNORECASE)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def wish_minutes(feed: Any, head: str, now: datetime) -> float | None:
    """Return the distance between polls that a feed asks for, in minutes and at most a week; None where it asks nothing.

    `head` is the beginning of the document: feedparser keeps only the last of several hours.
    """
    wishes = [wish for wish in (_ttl(feed), _period(feed), _until_welcome(head, now)) if wish]
    return min(max(wishes), LONGEST_MINUTES) if wishes else None


def _ttl(feed: Any) -> float | None:
    ttl = str(feed.get("ttl") or "").strip()
    return float(ttl) if re.fullmatch(r"\d{1,6}(\.\d+)?", ttl) else None


def _period(feed: Any) -> float | None:
    """Return the update period over its frequency.

    WordPress writes hourly/1 into every feed it makes: that says nothing of this one.
    """
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if period is None:
        return None
    frequency = str(feed.get("sy_updatefrequency") or "1").strip()
    times = int(frequency) if re.fullmatch(r"[1-9]\d{0,3}", frequency) else 1
    if period == _PERIODS["hourly"] and times == 1 and "wordpress" in str(feed.get("generator") or "").lower():
        return None
    return period / times


def _until_welcome(head: str, now: datetime) -> float | None:
    """Return the minutes until the first hour (GMT) that the feed does not ask us to skip."""
    skipped = {kind.lower(): block for kind, block in _SKIPPED.findall(head)}
    hours = {int(hour) % 24 for hour in _HOUR.findall(skipped.get("hours", ""))}
    days = {day.lower() for day in _DAY.findall(skipped.get("days", ""))}
    if not hours and not days:
        return None
    moment = now
    for _ in range(7 * 24):
        if moment.hour not in hours and _DAYS[moment.weekday()] not in days:
            break
        moment = (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    else:
        return None
    return (moment - now).total_seconds() / 60 or None
