"""All tables, and which of them holds which value.

A column is named as the field it holds; what no domain value has is named in `TECHNICAL`.
"""

from __future__ import annotations

from sqlalchemy import Table

from bot.domain.alerts import Alert
from bot.domain.amendments import Amendment
from bot.domain.digests import Digest
from bot.domain.feeds import Feed, Listing
from bot.domain.guilds import Change, Preferences
from bot.domain.items import Item, Revision
from bot.domain.placements import Placement
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Subscription
from bot.domain.triage import Verdict
from bot.store.amendment_tables import amendments, placements
from bot.store.guild_tables import changes, preferences
from bot.store.news_tables import (
    feeds,
    fingerprint_keys,
    fingerprints,
    items,
    listings,
    metadata,
    reaction_targets,
    reactions,
    reports,
    revisions,
    stories,
)
from bot.store.order_tables import alert_reactions, alerts, channels, digests, subscriptions, verdicts, waiting

__all__ = [
    "TABLE_OF",
    "TECHNICAL",
    "alert_reactions",
    "alerts",
    "amendments",
    "changes",
    "channels",
    "digests",
    "feeds",
    "fingerprint_keys",
    "fingerprints",
    "items",
    "listings",
    "metadata",
    "placements",
    "preferences",
    "reaction_targets",
    "reactions",
    "reports",
    "revisions",
    "stories",
    "subscriptions",
    "verdicts",
    "waiting",
]

TABLE_OF: dict[type, Table] = {
    Feed: feeds,
    Listing: listings,
    Item: items,
    Revision: revisions,
    Story: stories,
    Fingerprint: fingerprints,
    Reaction: reactions,
    Report: reports,
    Alert: alerts,
    Digest: digests,
    Subscription: subscriptions,
    Verdict: verdicts,
    Amendment: amendments,
    Placement: placements,
    Preferences: preferences,
    Change: changes,
}
"""Which table holds which value."""

TECHNICAL: dict[Table, frozenset[str]] = {
    feeds: frozenset({"lease_owner", "lease_until"}),
    items: frozenset({"guid_key", "url_key"}),
    reports: frozenset({"feed_id"}),
    alerts: frozenset({"position"}),
}
"""Columns that are no field of the value: leases, hashes to look up by, a report's feed, the order of the queue."""
