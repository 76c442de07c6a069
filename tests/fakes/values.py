"""Values to store: each maker fills in what a test does not care about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.alerts import Alert
from bot.domain.digests import Digest
from bot.domain.feeds import Feed, Listing
from bot.domain.items import Item, Revision
from bot.domain.reactions import Reaction, ReactionType, Record, Report, Tier
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Subscription
from bot.domain.triage import Verdict

NOW = datetime(2023, 9, 19, 12, 0, tzinfo=UTC)


def at(**parts: float) -> datetime:
    """Return the time that long after noon."""
    return NOW + timedelta(**parts)


def feed(name: str = "feed", **given: Any) -> Feed:
    """Return a feed that is due at noon."""
    return Feed(**{"id": name, "url": f"https://{name}.example/rss", "added_at": NOW, "next_poll_at": NOW} | given)


def listing(name: str = "feed", guild: str = "", **given: Any) -> Listing:
    """Return the operator's listing of a feed, or a guild's."""
    return Listing(**{"feed_id": name, "guild_id": guild, "added_by": "somebody", "added_at": NOW} | given)


def item(name: str = "item", **given: Any) -> Item:
    """Return an item that was published and seen at noon."""
    own = {
        "id": name,
        "feed_id": "feed",
        "guid": f"guid of {name}",
        "link": f"https://www.example.org/{name}?utm_source=rss",
        "canonical_url": f"https://example.org/{name}",
        "content_hash": f"hash of {name}",
        "title": f"Title of {name}",
        "outlet": "Example",
        "language": "en",
        "published": NOW,
        "first_seen_at": NOW,
        "last_seen_at": NOW,
    }
    return Item(**own | given)


def revision(name: str = "item", **given: Any) -> Revision:
    """Return an earlier wording of an item."""
    own = {"item_id": name, "content_hash": "old", "title": "Before", "summary": "", "content": "", "replaced_at": NOW}
    return Revision(**own | given)


def story(name: str = "story", **given: Any) -> Story:
    """Return a story of one item."""
    own = {"id": name, "title": "Shelling", "first_item_id": "item", "started_at": NOW, "last_item_at": NOW}
    return Story(**own | given)


def fingerprint(name: str = "item", **given: Any) -> Fingerprint:
    """Return the fingerprint of an item, found under key 1."""
    own = {"item_id": name, "story_id": "story", "feed_id": "feed", "published": NOW, "title": "t", "keys": (1,)}
    return Fingerprint(**own | given)


def record(**given: Any) -> Record:
    """Return the record of a condemnation."""
    own = {
        "actor": "FRA",
        "type": ReactionType.CONDEMN,
        "targets": ("AZE",),
        "evidence": "France condemned the attack",
        "start": 0,
        "end": 27,
        "cue": "condemned",
        "rule": "en.condemn",
        "tier": Tier.ALERT,
        "confidence": 0.9,
    }
    return Record(**own | given)


def reaction(name: str = "reaction", **given: Any) -> Reaction:
    """Return a condemnation that one outlet reported at noon."""
    own = {
        "id": name,
        "story_id": "story",
        "actor": "FRA",
        "type": ReactionType.CONDEMN,
        "targets": ("AZE",),
        "evidence": "France condemned the attack",
        "tier": Tier.ALERT,
        "first_reported_at": NOW,
        "last_reported_at": NOW,
        "outlets": ("Example",),
        "languages": ("en",),
    }
    return Reaction(**own | given)


def report(name: str = "report", *, of: str = "reaction", by: str = "item", **given: Any) -> Report:
    """Return an item's report of a reaction; what the record says is given as `said`."""
    said = given.pop("said", {})
    own = {
        "id": name,
        "item_id": by,
        "reaction_id": of,
        "record": record(**said),
        "outlet": "Example",
        "language": "en",
        "reported_at": NOW,
    }
    return Report(**own | given)


def subscription(name: str = "subscription", **given: Any) -> Subscription:
    """Return an active subscription of a channel."""
    own = {"id": name, "channel_id": "channel", "guild_id": "guild", "created_by": "somebody", "created_at": NOW}
    return Subscription(**own | given)


def alert(name: str = "alert", **given: Any) -> Alert:
    """Return an alert that has been owed since noon."""
    own = {
        "id": name,
        "subscription_id": "subscription",
        "channel_id": "channel",
        "item_id": "item",
        "story_id": "story",
        "reactions": ("reaction",),
        "created_at": NOW,
        "next_attempt_at": NOW,
    }
    return Alert(**own | given)


def digest(name: str = "digest", **given: Any) -> Digest:
    """Return a digest of the last day."""
    own = {
        "id": name,
        "subscription_id": "subscription",
        "channel_id": "channel",
        "since": at(days=-1),
        "until": NOW,
        "created_at": NOW,
        "next_attempt_at": NOW,
    }
    return Digest(**own | given)


def verdict(name: str = "item", **given: Any) -> Verdict:
    """Return why an item was not alerted."""
    own = {"item_id": name, "subscription_id": "subscription", "alerted": False, "reason": "too old", "at": NOW}
    return Verdict(**own | given)
