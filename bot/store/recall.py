"""What a round recalls: look-ups by index alone, each bounded, whatever the size of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ARRAY, Connection, Dialect, Executable, Select, String, Text, bindparam, func, select, true

from bot.domain.alerts import Alert
from bot.domain.amendments import Amendment
from bot.domain.items import Item
from bot.domain.placements import Placement
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Mode, Subscription, SubscriptionStatus
from bot.domain.triage import Known, Lookups
from bot.store.columns import Moment
from bot.store.kept import Kept
from bot.store.matching import Matching
from bot.store.rows import columns_of, text_key, values_of
from bot.store.tables import (
    alert_reactions,
    alerts,
    amendments,
    fingerprint_keys,
    fingerprints,
    items,
    listings,
    placements,
    reactions,
    reports,
    stories,
    subscriptions,
)

Value = TypeVar("Value")

# A key that thousands share (a stock phrase, a feed that links every entry to its front page) must not load them all: of
# each URL, content hash and key the newest few within the time asked are recalled, of each act the last reported ones.
ITEMS_PER_URL = 20
FINGERPRINTS_PER_KEY = 20
REACTIONS_PER_ACT = 300
# Nobody reports one act for longer.
LONGEST_RETELLING = timedelta(days=14)

_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


class Recall:
    """The questions of a round, written once for one kind of database."""

    def __init__(self, matching: Matching, dialect: Dialect) -> None:
        self._matching = matching
        self._by_guid = select(*columns_of(Item)).where(
            matching.one_of(items.c.guid_key, "keys"), items.c.feed_id == bindparam("feed_id")
        )
        self._by_url = self._newest_items("url_key")
        self._by_hash = self._newest_items("content_hash")
        self._fingerprints = Kept(self._fingerprints_of_keys(), Fingerprint, dialect)
        self._by_act = self._reactions_of_acts()
        self._reports = select(*columns_of(Report)).where(matching.one_of(reports.c.item_id, "ids"))
        self._reactions = select(*columns_of(Reaction)).where(matching.one_of(reactions.c.id, "ids"))
        self._stories = select(*columns_of(Story)).where(matching.one_of(stories.c.id, "ids"))
        self._alerts = (
            select(*columns_of(Alert))
            .where(
                alerts.c.id.in_(
                    select(alert_reactions.c.alert_id).where(matching.one_of(alert_reactions.c.reaction_id, "ids"))
                )
            )
            .order_by(alerts.c.position)
        )
        self._subscriptions = (
            select(*columns_of(Subscription))
            .where(
                subscriptions.c.status == SubscriptionStatus.ACTIVE,
                subscriptions.c.mode == Mode.INSTANT,
            )
            .order_by(subscriptions.c.created_at, subscriptions.c.id)
        )
        self._by_id = select(*columns_of(Item)).where(matching.one_of(items.c.id, "ids"))
        self._telling = select(reports.c.item_id).where(matching.one_of(reports.c.reaction_id, "ids"))
        self._told_before = select(amendments.c.item_id).where(matching.one_of(amendments.c.reaction_id, "ids"))
        self._amendments = (
            select(*columns_of(Amendment))
            .where(matching.one_of(amendments.c.item_id, "ids"))
            .order_by(amendments.c.at, amendments.c.id)
        )
        self._of_stories = select(*columns_of(Item)).where(matching.one_of(items.c.story_id, "ids"))
        self._prints_of_stories = select(*columns_of(Fingerprint)).where(
            fingerprints.c.item_id.in_(select(items.c.id).where(matching.one_of(items.c.story_id, "ids")))
        )
        self._placements = (
            select(*columns_of(Placement))
            .where(matching.one_of(placements.c.item_id, "ids"))
            .order_by(placements.c.at, placements.c.item_id)
        )
        self._listed_in = select(listings.c.guild_id).where(listings.c.feed_id == bindparam("feed_id"))

    def __call__(self, connection: Connection, wanted: Lookups) -> Known:
        """Return all that bears on a batch, each part in a fixed order."""
        found = self._items(connection, wanted)
        wanted = wanted.reaching(found)
        prints = self._prints(connection, wanted)
        told = self._values(connection, self._reports, Report, (item.id for item in found))
        acts = self._acts(connection, wanted, told)
        story_ids = {item.story_id for item in found if item.story_id}
        story_ids |= {each.story_id for each in prints} | {each.story_id for each in acts} | wanted.stories
        placed = self._values(connection, self._placements, Placement, {item.id for item in found} | wanted.amended)
        story_ids |= {each.story_id for each in placed}
        listed = connection.execute(self._listed_in, {"feed_id": wanted.feed_id})
        return Known(
            items=found,
            fingerprints=prints,
            stories=_sorted(self._values(connection, self._stories, Story, story_ids), "started_at", "id"),
            reactions=acts,
            reports=_sorted(told, "reported_at", "id"),
            subscriptions=values_of((connection.execute(self._subscriptions)).all(), Subscription),
            alerts=self._values(connection, self._alerts, Alert, (each.id for each in acts)),
            listed_in=frozenset(listed.scalars()),
            amendments=self._values(
                connection,
                self._amendments,
                Amendment,
                {item.id for item in found} | {each.item_id for each in prints} | wanted.amended,
            ),
            placements=placed,
        )

    def items_of_feed(
        self, connection: Connection, feed_id: str, guids: frozenset[str], urls: frozenset[str]
    ) -> tuple[Item, ...]:
        """Return the feed's items with one of the guids or URLs."""
        found = self._items(connection, Lookups(feed_id=feed_id, guids=guids, urls=urls))
        return tuple(item for item in found if item.feed_id == feed_id)

    def _items(self, connection: Connection, wanted: Lookups) -> tuple[Item, ...]:
        found: dict[str, Item] = {}
        for statement, keys in (
            (self._by_guid, _keys(wanted.guids)),
            (self._by_url, _keys(wanted.urls)),
            (self._by_hash, wanted.content_hashes),
        ):
            if keys:
                parameters = {"keys": self._matching.listed(keys)}
                if statement is self._by_guid:
                    parameters["feed_id"] = wanted.feed_id
                result = connection.execute(statement, parameters)
                found.update((item.id, item) for item in values_of(result.all(), Item))
        if wanted.ids or wanted.told:
            names = wanted.ids | self._items_that_told(connection, wanted.told)
            found.update((item.id, item) for item in self._values(connection, self._by_id, Item, names))
        found.update((item.id, item) for item in self._values(connection, self._of_stories, Item, wanted.stories))
        return _sorted(found.values(), "published", "id")

    def _items_that_told(self, connection: Connection, told: frozenset[str]) -> set[str]:
        """Return the ids of the items that report one of these reactions, or did until they were amended."""
        if not told:
            return set()
        parameters = {"ids": self._matching.listed(told)}
        statements = (self._telling, self._told_before)
        return {name for each in statements for name in connection.execute(each, parameters).scalars()}

    def _prints(self, connection: Connection, wanted: Lookups) -> tuple[Fingerprint, ...]:
        of_stories = self._values(connection, self._prints_of_stories, Fingerprint, wanted.stories)
        if not wanted.keys:
            return _sorted(of_stories, "published", "item_id")
        parameters = {
            "keys": self._matching.listed(wanted.keys),
            "published_from": wanted.published_from or _EVER[0],
            "published_until": wanted.published_until or _EVER[1],
        }
        found = {each.item_id: each for each in (*of_stories, *self._fingerprints(connection, parameters))}
        return _sorted(found.values(), "published", "item_id")

    def _acts(self, connection: Connection, wanted: Lookups, told: tuple[Report, ...]) -> tuple[Reaction, ...]:
        found: dict[str, Reaction] = {}
        if wanted.acts:
            acts = sorted((actor, str(kind)) for actor, kind in wanted.acts)
            until = wanted.reported_until or _EVER[1]
            parameters: dict[str, Any] = {
                "reported_from": wanted.reported_from or _EVER[0],
                "reported_until": until,
                "retold_until": min(_EVER[1] - LONGEST_RETELLING, until) + LONGEST_RETELLING,
            }
            if self._matching.sqlite:
                parameters["acts"] = json.dumps(acts)
            else:
                parameters |= {"actors": [actor for actor, _ in acts], "types": [kind for _, kind in acts]}
            result = connection.execute(self._by_act, parameters)
            found = {each.id: each for each in values_of(result.all(), Reaction)}
        missing = ({report.reaction_id for report in told} | wanted.told) - found.keys()
        for each in self._values(connection, self._reactions, Reaction, missing):
            found[each.id] = each
        return _sorted(found.values(), "first_reported_at", "id")

    def _values(
        self, connection: Connection, statement: Executable, value_type: type[Value], ids: Iterable[str]
    ) -> tuple[Value, ...]:
        wanted = set(ids)
        if not wanted:
            return ()
        result = connection.execute(statement, {"ids": self._matching.listed(wanted)})
        return values_of(result.all(), value_type)

    def _newest_items(self, key: str) -> Select[Any]:
        keyed = items.alias()
        newest = select(keyed.c.id).order_by(keyed.c.published.desc()).limit(ITEMS_PER_URL)
        ids = self._matching.newest_of_each(newest, of=keyed.c[key], owner=items.c.id, parameter="keys")
        return select(*columns_of(Item)).where(items.c.id.in_(ids))

    def _fingerprints_of_keys(self) -> Select[Any]:
        keyed = fingerprint_keys.alias()
        newest = (
            select(keyed.c.item_id)
            .where(
                keyed.c.published >= bindparam("published_from", type_=Moment()),
                keyed.c.published <= bindparam("published_until", type_=Moment()),
            )
            .order_by(keyed.c.published.desc(), keyed.c.item_id.desc())
            .limit(FINGERPRINTS_PER_KEY)
        )
        ids = self._matching.newest_of_each(newest, of=keyed.c.key, owner=fingerprints.c.item_id, parameter="keys")
        return select(*columns_of(Fingerprint)).where(fingerprints.c.item_id.in_(ids))

    def _reactions_of_acts(self) -> Select[Any]:
        """Return the last reported reactions of each (actor, type)."""
        last = reactions.alias()
        newest = (
            select(last.c.id)
            .where(
                last.c.last_reported_at >= bindparam("reported_from", type_=Moment()),
                # What came long after an item of the past is not looked through: the index ends before it.
                last.c.last_reported_at <= bindparam("retold_until", type_=Moment()),
                last.c.first_reported_at <= bindparam("reported_until", type_=Moment()),
            )
            .order_by(last.c.last_reported_at.desc(), last.c.id.desc())
            .limit(REACTIONS_PER_ACT)
        )
        if self._matching.sqlite:
            acts = func.json_each(bindparam("acts", type_=String())).table_valued("value").alias()
            newest = newest.where(
                last.c.actor == func.json_extract(acts.c.value, "$[0]"),
                last.c.type == func.json_extract(acts.c.value, "$[1]"),
            ).correlate(acts)
            return select(*columns_of(Reaction)).select_from(acts.join(reactions, reactions.c.id.in_(newest)))
        pairs = (
            func.unnest(bindparam("actors", type_=ARRAY(Text())), bindparam("types", type_=ARRAY(Text())))
            .table_valued("actor", "type")
            .render_derived()
        )
        lateral = newest.where(last.c.actor == pairs.c.actor, last.c.type == pairs.c.type).lateral()
        return select(*columns_of(Reaction)).select_from(
            pairs.join(lateral, true()).join(reactions, reactions.c.id == lateral.c.id)
        )


def _keys(words: frozenset[str]) -> set[int]:
    return {key for each in words if (key := text_key(each)) is not None}


def _sorted(values: Iterable[Value], *names: str) -> tuple[Value, ...]:
    return tuple(sorted(values, key=attrgetter(*names)))
