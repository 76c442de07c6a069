"""Documents, articles and readings as plain tuples: they cross between processes several times cheaper than dataclasses."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from bot.domain.analyst import Reading, Relevance
from bot.domain.decisions import Draft, Look
from bot.domain.entries import Entry, FeedDocument
from bot.domain.items import Article, Item
from bot.domain.reactions import Record, Statement
from bot.domain.stories import Traits

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


PackedArticle = tuple[str, str, str, str | None, datetime | None]
PackedReading = tuple[str, tuple[Any, ...], tuple[tuple[Any, ...], ...], tuple[tuple[Any, ...], ...], tuple[str, ...]]


def pack_article(article: Article) -> PackedArticle:
    """Return the article as a tuple."""
    return (article.title, article.summary, article.content, article.language, article.published)


def unpack_article(packed: PackedArticle) -> Article:
    """Return the article that was packed."""
    title, summary, content, language, published = packed
    return Article(title=title, summary=summary, content=content, language=language, published=published)


def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


_RELEVANCE, _RECORD, _STATEMENT = _names(Relevance), _names(Record), _names(Statement)
_of_relevance, _of_record, _of_statement = (attrgetter(*names) for names in (_RELEVANCE, _RECORD, _STATEMENT))


def pack_reading(reading: Reading) -> PackedReading:
    """Return the reading as tuples."""
    return (
        reading.language,
        _of_relevance(reading.relevance),
        tuple(map(_of_record, reading.records)),
        tuple(map(_of_statement, reading.statements)),
        reading.actors,
    )


def unpack_reading(packed: PackedReading) -> Reading:
    """Return the reading that was packed."""
    language, relevance, records, statements, actors = packed
    return Reading(
        language=language,
        relevance=Relevance(**dict(zip(_RELEVANCE, relevance, strict=True))),
        records=tuple(Record(**dict(zip(_RECORD, each, strict=True))) for each in records),
        statements=tuple(Statement(**dict(zip(_STATEMENT, each, strict=True))) for each in statements),
        actors=actors,
    )


PackedDraft = tuple[tuple[Any, ...], PackedReading | None, tuple[Any, ...] | None, bool, bool]
PackedLook = tuple[Packed, tuple[int, ...], tuple[tuple[str | None, str | None], ...], tuple[datetime, ...], Any]

_ITEM, _TRAITS = _names(Item), _names(Traits)
_of_item, _of_traits = (attrgetter(*names) for names in (_ITEM, _TRAITS))


def pack_look(document: FeedDocument, seen: Look) -> PackedLook:
    """Return a document without its entries, and what was seen in it, as tuples."""
    drafts = tuple(
        (
            _of_item(draft.item),
            pack_reading(draft.reading) if draft.reading else None,
            _of_traits(draft.traits) if draft.traits else None,
            draft.guid_repeats,
            draft.url_repeats,
        )
        for draft in seen.drafts
    )
    return (pack(replace(document, entries=())), seen.marks, seen.places, seen.published, drafts)


def unpack_look(packed: PackedLook) -> tuple[FeedDocument, Look]:
    """Return the document without entries, and what was seen in it."""
    document, marks, places, published, drafts = packed
    return unpack(document), Look(
        marks=marks, places=places, published=published, drafts=tuple(_draft(*each) for each in drafts)
    )


def _draft(
    item: tuple[Any, ...],
    reading: PackedReading | None,
    traits: tuple[Any, ...] | None,
    guid_repeats: bool,  # noqa: FBT001 - the parts of a tuple
    url_repeats: bool,  # noqa: FBT001
) -> Draft:
    return Draft(
        item=Item(**dict(zip(_ITEM, item, strict=True))),
        reading=unpack_reading(reading) if reading else None,
        traits=Traits(**dict(zip(_TRAITS, traits, strict=True))) if traits else None,
        guid_repeats=guid_repeats,
        url_repeats=url_repeats,
    )
