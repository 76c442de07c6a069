"""Changes: which entries of a document are to be looked at, since the last look at the feed did not see them as they are.

A feed grows by an entry or two between polls and lists dozens that are long known. Each entry leaves a mark with its feed;
where the mark is there, the entry is passed over: it is neither cleaned, nor looked up, nor judged.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.domain.decisions import Look
from bot.domain.drafting import drafts
from bot.domain.entries import Entry, FeedDocument
from bot.domain.feeds import Feed
from bot.domain.fingerprints import key_of
from bot.domain.urls import canonical_url, may_be

_DAY = timedelta(days=1) // timedelta(seconds=1)


def look(document: FeedDocument, feed: Feed, now: datetime) -> Look:
    """Return what is to be judged of a feed's document, and what is to be remembered of all of it."""
    marks = marks_of(document.entries, feed, now)
    return Look(
        marks=marks,
        places=tuple((_guid(entry) or None, entry.link) for entry in document.entries),
        published=tuple(entry.dated(now) for entry in document.entries),
        drafts=drafts(changed(document.entries, feed, marks), named(feed, document), now),
    )


def named(feed: Feed, document: FeedDocument) -> Feed:
    """Return the feed with the title and language of its document, where it has none of its own."""
    return replace(feed, title=feed.title or document.title, language=feed.language or document.language)


def changed(entries: Iterable[Entry], feed: Feed, marks: Iterable[int]) -> tuple[Entry, ...]:
    """Return the entries, of which these are the marks, that the feed did not list as they are at its last look.

    Those that share a guid or an address with one of them come too: what repeats in a document proves nothing, and that is
    seen on both.
    """
    known, listed = frozenset(feed.entry_marks), tuple(entries)
    is_new = [mark not in known for mark in marks]
    if all(is_new) or not any(is_new):
        return listed if any(is_new) else ()
    coming = [entry for entry, new in zip(listed, is_new, strict=True) if new]
    guids = {guid for entry in coming if (guid := _guid(entry))}
    addresses = {address for entry in coming if (address := canonical_url(entry.link))}

    def is_twin(entry: Entry) -> bool:
        if _guid(entry) in guids:
            return True
        # To canonicalise dozens of addresses takes longer than to read one short item.
        is_near = any(may_be(address, entry.link) for address in addresses)
        return is_near and canonical_url(entry.link) in addresses

    return tuple(entry for entry, new in zip(listed, is_new, strict=True) if new or is_twin(entry))


def _guid(entry: Entry) -> str:
    return (entry.guid or "").strip()


def lasting(seen: Look, renamed: Container[str]) -> tuple[int, ...]:
    """Return the marks to keep: all but those of entries whose items are stored under another guid or address.

    Such an entry has to be seen beside a new one, which may have the guid or address that its item once had.
    """
    odd = {(draft.item.guid, draft.item.link) for draft in seen.drafts if draft.item.id in renamed}
    return tuple(mark for place, mark in zip(seen.places, seen.marks, strict=True) if place not in odd)


def marks_of(entries: Iterable[Entry], feed: Feed, now: datetime) -> tuple[int, ...]:
    """Return a number for each entry, by which it is known as it is until the feed's day is over.

    So everything is looked at once a day, which tells how long an item has been listed, and mends whatever a mark may have
    hidden; the days of feeds begin at different times.
    """
    begins = key_of("day", feed.id) % _DAY
    day = (int(now.timestamp()) + begins) // _DAY
    return tuple(_mark(entry, day) for entry in entries)


def _mark(entry: Entry, day: int) -> int:
    told = (
        day,
        entry.guid,
        entry.link,
        entry.title,
        entry.summary,
        entry.content,
        entry.author,
        entry.language,
        # Many feeds say of every entry that it was updated just now.
        entry.published or entry.updated,
    )
    # The spelling of a tuple tells its parts apart, and None from a text.
    digest = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
