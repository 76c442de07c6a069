"""The past as input: items of JSON Lines, the form that `replay` and `analyze` take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.entries import Entry
from bot.domain.errors import Invalid

UNNAMED = "replay:items"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEntry:
    """An entry of the past and the feed it came from; `feed_title` is what readers know the outlet by, if known."""

    feed_url: str
    feed_title: str = ""
    entry: Entry


def read_item(given: object, where: str) -> PastEntry:
    """Return the entry that a JSON object describes; `id` becomes its guid, unknown keys are ignored.

    Raises Invalid, in words, when it is no object, has neither title nor text, or its `published` is no date.
    """
    if not isinstance(given, Mapping):
        raise Invalid("it is no JSON object")
    title, summary, content = (_text(given, key) for key in ("title", "summary", "content"))
    if not (title or summary or content):
        raise Invalid("it has neither title nor text")
    link = _text(given, "link") or None
    return PastEntry(
        feed_url=_text(given, "source") or UNNAMED,
        entry=Entry(
            guid=_text(given, "id") or link or where,
            link=link,
            title=title,
            summary=summary,
            content=content,
            language=_text(given, "lang") or None,
            published=_moment(_text(given, "published")),
        ),
    )


def _text(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    return str(value) if value is not None else ""


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    # A year or a month alone, as archives have them, is its first day.
    full = f"{text}-01-01"[:10] if _YEAR_OR_MONTH.fullmatch(text) else text
    try:
        read = datetime.fromisoformat(full)
    except ValueError:
        raise Invalid(f"published is “{text}”, not a date such as 2023-09-19T16:30:00+00:00") from None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")
