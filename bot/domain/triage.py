"""The one brain: what a batch of items means, given what is known. It decides everything and touches nothing.

A draft is recognised as a known item, unchanged or reworded, or it is new. What is relevant finds its story, its
records become reports of new or known reactions, and each subscription is owed what is new to it. Drafts are judged
one after the other, in the order (published, id), each on what those before it left: a batch comes to the same as its
drafts one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.amendments import Amendment, amended, inherited
from bot.domain.analyst import Reading
from bot.domain.corrections import is_withdrawn
from bot.domain.decisions import Draft, Known, Lookups, Rules, Triage, Verdict
from bot.domain.drafting import Edition, Register, drafts, fresh
from bot.domain.feeds import Feed
from bot.domain.fingerprints import fingerprint_of, traits_of
from bot.domain.grouping import Match
from bot.domain.identity import content_id
from bot.domain.items import Item, Revision
from bot.domain.links import ONE_DAY
from bot.domain.novelty import Acts
from bot.domain.owing import Ledger, owe_item
from bot.domain.shelf import Shelf
from bot.domain.stories import Traits
from bot.domain.subscriptions import Subscription

__all__ = ["Draft", "Known", "Lookups", "Rules", "Triage", "Verdict", "drafts", "fresh", "lookups", "triage"]

# Two outlets do not write this many characters alike by chance.
TELLING_TEXT = 140


def lookups(batch: tuple[Draft, ...], feed: Feed, rules: Rules) -> Lookups:
    """Return what must be recalled before these drafts can be judged."""
    items = [draft.item for draft in batch]
    read = [(draft, draft.reading) for draft in batch if draft.reading and draft.reading.relevance.relevant]
    times = [draft.item.published for draft, _ in read]
    return Lookups(
        feed_id=feed.id,
        guids=frozenset(item.guid for item in items if item.guid),
        urls=frozenset(item.canonical_url for item in items if item.canonical_url),
        content_hashes=frozenset(item.content_hash for item in items),
        keys=tuple(_keys(draft, reading) for draft, reading in read),
        published_from=min(times) - rules.story_window if times else None,
        published_until=max(times) + rules.story_window if times else None,
        acts=frozenset((record.actor, record.type) for _, reading in read for record in reading.records),
        reported_from=min(times) - rules.window if times else None,
        reported_until=max(times) + rules.window if times else None,
        amended=frozenset(item.id for item in items),
        first=min(times, default=None),
        last=max(times, default=None),
    )


def triage(batch: tuple[Draft, ...], feed: Feed, known: Known, rules: Rules, now: datetime) -> Triage:
    """Decide what a batch of drafts means: new or known, which story, which reactions, who is owed what."""
    assert all(draft.item.feed_id == feed.id for draft in batch)
    keys = frozenset(
        key
        for draft in batch
        if draft.reading and draft.reading.relevance.relevant
        for key in _keys(draft, draft.reading)
    )
    desk = _Desk(known, rules, now, keys)
    desk.lay_out(batch)
    for draft in sorted(batch, key=lambda draft: (draft.item.published, draft.item.id)):
        desk.judge(draft)
    return desk.decided()


class _Desk:
    """What the judging of a batch works with: all that is known, with what the batch has added so far."""

    def __init__(self, known: Known, rules: Rules, now: datetime, keys: frozenset[int]) -> None:
        self._rules, self._now = rules, now
        self._register = Register(known.items)
        self._shelf = Shelf(known.fingerprints, known.stories, rules.story_window, keys)
        apart = frozenset(each.story_id for each in known.placements if each.apart)
        self._acts = Acts(known.reactions, known.reports, rules.window, self._shelf.title_of, apart)
        self._ledger = Ledger(known.alerts, rules, now)
        self._subscriptions = _readers(known)
        self._amendments = known.amendments
        self._placements = {each.item_id: each for each in known.placements}
        self._inherited: list[Amendment] = []
        self._taken: set[str] = set()
        self._written: dict[str, None] = {}
        self._new: set[str] = set()
        self._renamed: set[str] = set()
        self._seen: dict[str, None] = {}
        self._revisions: list[Revision] = []
        self._verdicts: dict[tuple[str, str, str], Verdict] = {}

    def lay_out(self, batch: Iterable[Draft]) -> None:
        """Note which known items are in the document as they were: no other entry of it is a new wording of these."""
        self._taken.update(item.id for draft in batch if (item := self._register.unchanged(draft)))

    def judge(self, draft: Draft) -> None:
        """Take one draft through the whole flow."""
        met = self._register.recognise(draft, taken=self._taken)
        if met is None:
            if draft.reading is not None:
                self._take_in(draft, draft.reading)
            # Without a reading it is left: whoever brings drafts has read those that may be new.
            return
        stored, edition = met
        moved = stored.canonical_url != draft.item.canonical_url and edition is Edition.UNCHANGED
        if stored.guid != draft.item.guid or moved:
            self._renamed.add(draft.item.id)
        if edition is Edition.UNCHANGED or draft.reading is None:
            self._seen[stored.id] = None
        else:
            self._reword(stored, draft, draft.reading)

    def _take_in(self, draft: Draft, reading: Reading) -> None:
        """Remember a new item; give it its story, its reactions and its alerts if it is relevant."""
        item = replace(
            _as_read(draft.item, reading), id=self._free_id(draft.item.id), withdrawn=is_withdrawn(draft.item)
        )
        original = self._original(item, by_url=not draft.url_repeats)
        if original is not None and original.canonical_url == item.canonical_url and item.canonical_url:
            # One page in two feeds has one publisher.
            item = replace(item, outlet=original.outlet)
        if item.relevant:
            item = self._shelve(item, reading, draft.traits, original)
        elif original is not None:
            item = replace(item, duplicate_of=_first(original), story_reason=_copy_reason(item, original))
        self._new.add(item.id)
        self._write(item)
        if item.relevant:
            # What a moderator said of a dispatch holds for the outlets that copy it later.
            self._inherited += inherited(self._amendments, item.id, item.duplicate_of)
            self._report(item, reading)

    def _free_id(self, item_id: str) -> str:
        """Return an id that no known item has: one may have begun with these words and have others now."""
        while self._register.item(item_id) is not None:
            item_id = content_id("item", item_id)
        return item_id

    def _original(self, item: Item, *, by_url: bool) -> Item | None:
        """Return the first seen other item that has this address, or these words at about this time."""
        at_url = self._register.with_url(item.canonical_url) if by_url else []
        same_url = [other for other in at_url if other.feed_id != item.feed_id]
        same_words = [
            other
            for other in self._register.with_wording(item.content_hash)
            if abs(other.published - item.published) <= self._reach(item)
        ]
        found = [other for other in same_url or same_words if other.id != item.id]
        return min(found, key=lambda other: (other.first_seen_at, other.published, other.id), default=None)

    def _reach(self, item: Item) -> timedelta:
        """Return how far apart the same words are one item's: a headline alone may be written anew every day."""
        return self._rules.story_window if len(item.article.text) >= TELLING_TEXT else ONE_DAY

    def _shelve(self, item: Item, reading: Reading, traits: Traits | None, original: Item | None) -> Item:
        """Return the item with its story: a moderator's, the one it has, its original's, one that fits, or its own."""
        mark = fingerprint_of(item, reading, traits)
        match: Match | None = None
        if item.story_id is None and (placed := self._placements.get(item.id)):
            match = Match(story_id=placed.story_id, reason=placed.story_reason)
        elif item.story_id is not None:
            match = Match(story_id=item.story_id, reason=item.story_reason, duplicate_of=item.duplicate_of)
        elif original is not None and original.story_id is not None:
            reason = _copy_reason(item, original)
            match = Match(story_id=original.story_id, reason=reason, duplicate_of=_first(original))
        return self._shelf.put(item, mark, match)

    def _reword(self, stored: Item, draft: Draft, reading: Reading) -> None:
        """Keep the earlier wording of a known item, code the new one, and bring what was posted up to it."""
        edition = draft.item
        self._revisions.append(
            Revision(
                item_id=stored.id,
                content_hash=stored.content_hash,
                title=stored.title,
                summary=stored.summary,
                content=stored.content,
                replaced_at=self._now,
            )
        )
        moved = edition.canonical_url is not None and edition.canonical_url != stored.canonical_url
        item = _as_read(
            replace(
                stored,
                link=edition.link if moved else stored.link,
                canonical_url=edition.canonical_url if moved else stored.canonical_url,
                content_hash=edition.content_hash,
                title=edition.title,
                summary=edition.summary,
                content=edition.content,
                author=edition.author or stored.author,
                language=edition.language or stored.language,
                last_seen_at=self._now,
                withdrawn=stored.withdrawn or is_withdrawn(edition),
            ),
            reading,
        )
        if item.relevant or stored.story_id is not None:
            # What was once grouped stays so: its reports may have been posted.
            item = self._shelve(item, reading, draft.traits, None)
        self._write(item)
        if item.relevant or stored.relevant:
            self._report(item, reading, earlier=stored)

    def _report(self, item: Item, reading: Reading, *, earlier: Item | None = None) -> None:
        """Count the item's records as reports, have alerts edited that now say too little, and owe what is new."""
        decided = (*self._amendments, *self._inherited)
        records = amended(reading.records, decided, item_id=item.id, text=item.article.text)
        told = self._acts.tell(item, records if item.relevant else ())
        for reaction_id, instead in told.replaced.items():
            self._ledger.swap(reaction_id, [self._acts.reaction(name) for name in instead])
        reactions = [self._acts.reaction(reaction_id) for reaction_id in told.reactions]
        for verdict in owe_item(item, reactions, self._subscriptions, self._ledger, rules=self._rules, now=self._now):
            self._verdicts[verdict.item_id, verdict.subscription_id, verdict.reaction_id] = verdict
        stale = (*told.reactions, *told.withdrawn) if earlier is not None else told.further
        for reaction_id in stale:
            self._ledger.edit(reaction_id)

    def _write(self, item: Item) -> None:
        self._taken.add(item.id)
        self._register.enter(item)
        self._written[item.id] = None

    def decided(self) -> Triage:
        """Return what is to be written."""
        items = tuple(item for item_id in self._written if (item := self._register.item(item_id)))
        return Triage(
            items=items,
            seen_again=tuple(item_id for item_id in self._seen if item_id not in self._written),
            revisions=tuple(self._revisions),
            fingerprints=self._shelf.fingerprints,
            stories=self._shelf.stories,
            reactions=self._acts.written,
            reports=self._acts.reports,
            withdrawn_reports=self._acts.withdrawn_reports,
            alerts=self._ledger.written,
            verdicts=tuple(self._verdicts.values()),
            amendments=tuple(self._inherited),
            renamed=frozenset(self._renamed),
            new_items=len(self._new),
        )


def _keys(draft: Draft, reading: Reading) -> tuple[int, ...]:
    return (draft.traits or traits_of(draft.item, reading)).keys


def _as_read(item: Item, reading: Reading) -> Item:
    """Return the item with what the analyst found of language and relevance."""
    known_language = reading.language if reading.language != "und" else ""
    return replace(
        item,
        language=known_language or item.language,
        relevant=reading.relevance.relevant,
        relevance=reading.relevance.reason,
    )


def _readers(known: Known) -> tuple[Subscription, ...]:
    """Return the subscriptions that may see the feed, oldest first."""
    seeing = (subscription for subscription in known.subscriptions if subscription.sees(known.listed_in))
    return tuple(sorted(seeing, key=lambda subscription: (subscription.created_at, subscription.id)))


def _first(original: Item) -> str:
    """Return the id of the item that a copy of this one copies: a copy's copy names the original."""
    return original.duplicate_of or original.id


def _copy_reason(item: Item, original: Item) -> str:
    what = "the same page" if item.canonical_url and item.canonical_url == original.canonical_url else "the same words"
    return f"{what} as an item of {original.outlet}"
