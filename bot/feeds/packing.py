"""A feed document as plain tuples: they cross from a worker several times cheaper than dataclasses do."""

from __future__ import annotations

from datetime import datetime

from bot.domain.entries import Entry, FeedDocument

PackedEntry = tuple[str | None, str | None, str, str, str, str | None, str | None, datetime | None, datetime | None]
Packed = tuple[str, str | None, str | None, float | None, tuple[PackedEntry, ...]]


def pack(document: FeedDocument) -> Packed:
    """Return the document as tuples."""
    entries = tuple(
        (e.guid, e.link, e.title, e.summary, e.content, e.author, e.language, e.published, e.updated)
        for e in document.entries
    )
    return (document.title, document.homepage, document.language, document.ttl_minutes, entries)


def unpack(packed: Packed) -> FeedDocument:
    """Return the document that was packed."""
    title, homepage, language, ttl_minutes, entries = packed
    return FeedDocument(
        title=title, homepage=homepage, language=language, ttl_minutes=ttl_minutes, entries=tuple(map(_entry, entries))
    )


def _entry(packed: PackedEntry) -> Entry:
    guid, link, title, summary, content, author, language, published, updated = packed
    return Entry(
        guid=guid,
        link=link,
        title=title,
        summary=summary,
        content=content,
        author=author,
        language=language,
        published=published,
        updated=updated,
    )
