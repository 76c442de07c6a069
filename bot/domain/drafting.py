"""Drafting: an entry becomes an item, and an item is recognised however its feed has changed it.

Feeds change the date, the guid, the address or the wording of what they have published. Two of guid, address and
wording tell an item when the third changes; one alone does only where nothing speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain.analyst import Reading
from bot.domain.cleaning import wording
from bot.domain.decisions import Draft
from bot.domain.entries import Entry
from bot.domain.feeds import Feed, outlet_of
from bot.domain.fingerprints import folded, shingles, traits_of
from bot.domain.identity import content_id
from bot.domain.items import Item
from bot.domain.urls import canonical_url

# Share of the shorter text's shingles that two wordings of one item have in common; unrelated news of one topic and
# language stays below a third.
RESEMBLANCE = 0.45
# Second-level labels under which countries register names: the brand stands before them.
_REGISTRY_LABELS = frozenset({"co", "com", "org", "net", "gov", "edu", "ac", "or", "gob", "gouv"})


class Edition(StrEnum):
    """How a draft stands to the stored item that it is another edition of."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"


def drafts(entries: Iterable[Entry], feed: Feed, now: datetime) -> tuple[Draft, ...]:
    """Return the entries as items, cleaned, each with the id it gets if it is new; entries without words are left out."""
    items = [item for entry in entries if _has_words(item := _item(entry, feed, now))]
    by_guid = _wordings(items, lambda item: item.guid)
    by_url = _wordings(items, lambda item: item.canonical_url)
    return tuple(
        Draft(
            item=item,
            guid_repeats=len(by_guid.get(item.guid or "", ())) > 1,
            url_repeats=len(by_url.get(item.canonical_url or "", ())) > 1,
        )
        for item in items
    )


def _has_words(item: Item) -> bool:
    # Mostly the title tells.
    return bool(folded(item.title) or folded(item.article.text))


def read(draft: Draft, reading: Reading) -> Draft:
    """Return the draft with its reading, and with the traits that grouping will ask for."""
    traits = traits_of(draft.item, reading) if reading.relevance.relevant else None
    return replace(draft, reading=reading, traits=traits)


def _wordings(items: Iterable[Item], key: Callable[[Item], str | None]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if name := key(item):
            found[name].add(item.content_hash)
    return found


def _item(entry: Entry, feed: Feed, now: datetime) -> Item:
    words = wording(title=entry.title, summary=entry.summary, content=entry.content)
    url = canonical_url(entry.link)
    fingerprint = content_hash(words.title, words.summary, words.content)
    guid = (entry.guid or "").strip() or None
    return Item(
        # The wording is part of the id, so that two items under one guid or one address never share it.
        id=content_id("item", feed.id, guid or "", url or "", fingerprint),
        feed_id=feed.id,
        guid=guid,
        link=entry.link,
        canonical_url=url,
        content_hash=fingerprint,
        title=words.title,
        summary=words.summary,
        content=words.content,
        author=entry.author,
        language=entry.language or feed.language or "",
        outlet=_outlet(feed, url),
        published=entry.dated(now),
        first_seen_at=now,
        last_seen_at=now,
    )


def content_hash(title: str, summary: str, content: str) -> str:
    """Return what two entries with the same words share, whatever their case and punctuation."""
    return content_id("wording", *(folded(part) for part in (title, summary, content)))


def _outlet(feed: Feed, url: str | None) -> str:
    """Return who published the item: the feed, unless the feed is one that lists the items of others."""
    if not url or not feed.homepage:
        return feed.name
    host = outlet_of(url)
    ours = {_brand(outlet_of(feed.url)), _brand(outlet_of(feed.homepage))}
    return feed.name if _brand(host) in ours else host


def _brand(host: str) -> str:
    labels = host.split(".")[:-1] or [host]
    while len(labels) > 1 and labels[-1] in _REGISTRY_LABELS:
        labels.pop()
    return labels[-1]


def fresh(batch: Iterable[Draft], known_items: Iterable[Item]) -> tuple[Draft, ...]:
    """Return the drafts that are new, or that changed their wording: those that have to be read."""
    register = Register(known_items)
    return tuple(draft for draft in batch if (met := register.recognise(draft)) is None or met[1] is Edition.REWORDED)


class Register:
    """Items by guid, address and wording: finds the one that a draft is another edition of."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_id: dict[str, Item] = {}
        self._by_mark: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for item in items:
            self.enter(item)

    def enter(self, item: Item) -> None:
        """Take an item in, or its new state in place of the old."""
        if earlier := self._by_id.get(item.id):
            for mark in _marks(earlier):
                self._by_mark[mark].pop(item.id, None)
        self._by_id[item.id] = item
        for mark in _marks(item):
            self._by_mark[mark][item.id] = None

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id."""
        return self._by_id.get(item_id)

    def with_wording(self, content_hash: str) -> list[Item]:
        """Return the items, of any feed, that have these words."""
        return self._found("wording", content_hash)

    def with_url(self, url: str | None) -> list[Item]:
        """Return the items, of any feed, at this canonical address."""
        return self._found("url", url) if url else []

    def recognise(self, draft: Draft, *, taken: Container[str] = ()) -> tuple[Item, Edition] | None:
        """Return the item that a draft is another edition of, and whether its wording changed; None when it is new.

        `taken` are items that other entries of the document are: these do not have their wording changed by this one.
        """
        if unchanged := self.unchanged(draft):
            return unchanged, Edition.UNCHANGED
        item = draft.item
        by_guid = self._found("guid", item.guid, item.feed_id) if item.guid and not draft.guid_repeats else []
        by_url = (
            self._found("url", item.canonical_url, item.feed_id) if item.canonical_url and not draft.url_repeats else []
        )
        for candidates, agrees in (
            # What repeats in the document proves nothing, not even together with the other.
            (by_guid, not draft.url_repeats and _same_url),
            (by_url, _guid_agrees),
        ):
            alone = len(candidates) == 1
            reworded = [
                stored
                for stored in candidates
                if stored.id not in taken
                and ((alone and agrees and agrees(item, stored)) or resembles(item.article.text, stored))
            ]
            if reworded:
                return _closest(item, reworded), Edition.REWORDED
        return None

    def unchanged(self, draft: Draft) -> Item | None:
        """Return the item of the feed that has the draft's very words, unless both guid and address tell them apart."""
        item = draft.item
        same_words = self._found("wording", item.content_hash, item.feed_id)
        found = [stored for stored in same_words if not _told_apart(item, stored)]
        return _closest(item, found) if found else None

    def _found(self, kind: str, name: str, feed_id: str | None = None) -> list[Item]:
        items = (self._by_id[item_id] for item_id in self._by_mark.get((kind, name), ()))
        return [item for item in items if feed_id is None or item.feed_id == feed_id]


def _marks(item: Item) -> Iterator[tuple[str, str]]:
    yield "wording", item.content_hash
    if item.guid:
        yield "guid", item.guid
    if item.canonical_url:
        yield "url", item.canonical_url


def resembles(text: str, stored: Item) -> bool:
    """Return whether a text reads like another wording of a stored item."""
    ours, theirs = shingles(text), shingles(stored.article.text)
    return len(ours & theirs) >= RESEMBLANCE * max(1, min(len(ours), len(theirs)))


def _told_apart(item: Item, stored: Item) -> bool:
    """Return whether two items with the same words are two: both guid and address say so."""
    if item.id == stored.id:
        return False
    other_url = item.canonical_url is not None and stored.canonical_url is not None and not _same_url(item, stored)
    other_guid = item.guid != stored.guid or item.guid is None
    return other_url and other_guid


def _same_url(item: Item, stored: Item) -> bool:
    return item.canonical_url is not None and item.canonical_url == stored.canonical_url


def _guid_agrees(item: Item, stored: Item) -> bool:
    return item.guid is None or stored.guid is None or item.guid == stored.guid


def _closest(item: Item, candidates: list[Item]) -> Item:
    """Return the candidate that agrees in most; of several alike the one first seen."""
    return min(
        candidates,
        key=lambda stored: (
            stored.id != item.id,
            stored.guid != item.guid,
            stored.canonical_url != item.canonical_url,
            stored.first_seen_at,
            stored.id,
        ),
    )
