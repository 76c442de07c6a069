"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from bot.domain.cleaning import clean, clean_line
from bot.domain.entries import Entry, FeedDocument
from bot.feeds.dates import clamped, read_date

MAX_FIELD = 400_000
MAX_LINE = 2_000
MAX_LINK = 2_048


def read_json_feed(text: str, *, url: str, now: datetime, max_items: int) -> FeedDocument | None:
    """Return the feed, or None where the JSON is none. Fields of the wrong type count as absent."""
    try:
        feed = json.loads(text, parse_int=str, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(items := feed.get("items"), list):
        return None
    if "jsonfeed.org" not in _text(feed, "version") and not any(
        isinstance(item, dict) and "id" in item for item in items
    ):
        return None
    homepage = _link(url, feed.get("home_page_url"))
    language = _text(feed, "language").lower() or None
    entries = (_entry(item, homepage or url, language, now) for item in items[:max_items] if isinstance(item, dict))
    return FeedDocument(
        title=clean_line(_text(feed, "title")),
        homepage=homepage,
        language=language,
        entries=tuple(entry for entry in entries if entry.title or entry.summary or entry.content or entry.link),
    )


def _entry(item: dict[str, Any], base: str, language: str | None, now: datetime) -> Entry:
    html = _text(item, "content_html", MAX_FIELD) or _text(item, "content_text", MAX_FIELD)
    return Entry(
        guid=_text(item, "id") or None,
        link=_link(base, item.get("url")) or _link(base, item.get("external_url")),
        title=clean_line(_text(item, "title")),
        summary=clean(_text(item, "summary", MAX_FIELD)),
        content=clean(html),
        author=_author(item),
        language=_text(item, "language").lower() or language,
        published=clamped(read_date(_text(item, "date_published")), now),
        updated=clamped(read_date(_text(item, "date_modified")), now),
    )


def _author(item: dict[str, Any]) -> str | None:
    """Return the names of the authors; version 1.0 has one, under another key."""
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [clean_line(_text(author, "name")) for author in authors or () if isinstance(author, dict)]
    return ", ".join(name for name in names if name)[:200] or None


def _link(base: str, link: object) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        resolved = urljoin(base, link.strip())
    except ValueError:
        return None
    return resolved if resolved.lower().startswith(("http://", "https://")) and len(resolved) <= MAX_LINK else None


def _text(holder: dict[str, Any], key: str, limit: int = MAX_LINE) -> str:
    """Return a string field; ids may be numbers, which `parse_int` kept as written."""
    value = holder.get(key)
    return value[:limit] if isinstance(value, str) else ""
