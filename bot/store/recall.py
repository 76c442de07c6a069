"""What a round recalls: look-ups by index alone, each bounded, whatever the size of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    String,
    Text,
    bindparam,
    func,
    select,
    true,
)

from bot.domain.alerts import Alert
from bot.domain.amendments import Amendment
from bot.domain.items import Item
from bot.domain.placements import Placement
from bot.domain.reactions import Reaction, Report
from bot.domain.shelf import MOST_CANDIDATES, nearest
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Mode, Subscription, SubscriptionStatus
from bot.domain.triage import Known, Lookups
from bot.store.asked import Asked, Question, Value
from bot.store.columns import Moment
from bot.store.direct import Row
from bot.store.kept import Kept, Memory, Watch
from bot.store.matching import BETWEEN, Matching
from bot.store.rows import columns_of, text_key
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

# A key that thousands share (a stock phrase, a feed that links every entry to its front page) must not load them all: of
# each URL and content hash the newest few items are recalled, of each act the last reported reactions, and of each key the
# newest few fingerprints within the time asked are looked through for those that are nearest.
ITEMS_PER_URL = 20
FINGERPRINTS_PER_KEY = MOST_CANDIDATES
REACTIONS_PER_ACT = 300
# Nobody reports one act for longer.
LONGEST_RETELLING = timedelta(days=14)

_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


class Recall:
    """The questions of a round, written once for one kind of database."""

    def __init__(self, matching: Matching, dialect: Dialect) -> None:
        self._matching = matching
        self.watch = Watch()
        self._memory: Mapping[type, Memory[Any]] = {kind: Memory(self.watch) for kind in (Story, Fingerprint, Reaction)}

        def all_of(value_type: type[Value], where: ColumnElement[bool], *order: ColumnElement[Any]) -> Asked[Value]:
            return asked(select(*columns_of(value_type)).where(where).order_by(*order), value_type)

        def asked(statement: Select[Any], value_type: type[Value]) -> Asked[Value]:
            memory = self._memory.get(value_type)
            return (
                Kept(statement, value_type, dialect, memory)
                if memory is not None
                else Asked(statement, value_type, dialect)
            )

        one_of = matching.one_of
        self._by_guid = all_of(Item, one_of(items.c.guid_key, "keys") & (items.c.feed_id == bindparam("feed_id")))
        self._by_url = asked(self._newest_items("url_key"), Item)
        self._by_hash = asked(self._newest_items("content_hash"), Item)
        self._shelves = Question(self._items_of_keys(), dialect)
        self._fingerprints = all_of(Fingerprint, one_of(fingerprints.c.item_id, "ids"))
        self._by_act = asked(self._reactions_of_acts(), Reaction)
        self._reports = all_of(Report, one_of(reports.c.item_id, "ids"))
        self._reactions = all_of(Reaction, one_of(reactions.c.id, "ids"))
        self._stories = all_of(Story, one_of(stories.c.id, "ids"))
        of_reactions = select(alert_reactions.c.alert_id).where(one_of(alert_reactions.c.reaction_id, "ids"))
        self._alerts = all_of(Alert, alerts.c.id.in_(of_reactions), alerts.c.position)
        self._subscriptions = all_of(
            Subscription,
            (subscriptions.c.status == SubscriptionStatus.ACTIVE) & (subscriptions.c.mode == Mode.INSTANT),
            subscriptions.c.created_at,
            subscriptions.c.id,
        )
        self._by_id = all_of(Item, one_of(items.c.id, "ids"))
        self._amendments = all_of(Amendment, one_of(amendments.c.item_id, "ids"), amendments.c.at, amendments.c.id)
        self._of_stories = all_of(Item, one_of(items.c.story_id, "ids"))
        items_of_stories = select(items.c.id).where(one_of(items.c.story_id, "ids"))
        self._prints_of_stories = all_of(Fingerprint, fingerprints.c.item_id.in_(items_of_stories))
        self._placements = all_of(Placement, one_of(placements.c.item_id, "ids"), placements.c.at, placements.c.item_id)
        self._telling = select(reports.c.item_id).where(one_of(reports.c.reaction_id, "ids"))
        self._told_before = select(amendments.c.item_id).where(one_of(amendments.c.reaction_id, "ids"))
        self._listed_in = Question(
            select(listings.c.guild_id).where(listings.c.feed_id == bindparam("feed_id")), dialect
        )

    def remember(self, value_type: type[Value], values: Iterable[Value], rows: Iterable[Row]) -> None:
        """Keep what is written as these rows, if it is of a kind that is recalled again and again."""
        if (memory := self._memory.get(value_type)) is not None:
            memory.enter(values, rows)

    def __call__(self, connection: Connection, wanted: Lookups) -> Known:
        """Return all that bears on a batch, each part in a fixed order."""
        self.watch.begin(connection)
        found = self._items(connection, wanted)
        wanted = wanted.reaching(found)
        prints = self._prints(connection, wanted)
        told = self._values(connection, self._reports, (item.id for item in found))
        acts = self._acts(connection, wanted, told)
        story_ids = {item.story_id for item in found if item.story_id}
        story_ids |= {each.story_id for each in prints} | {each.story_id for each in acts} | wanted.stories
        placed = self._values(connection, self._placements, {item.id for item in found} | wanted.amended)
        story_ids |= {each.story_id for each in placed}
        listed = self._listed_in.rows(connection, {"feed_id": wanted.feed_id})
        return Known(
            items=found,
            fingerprints=prints,
            stories=_sorted(self._known(connection, Story, self._stories, story_ids), "started_at", "id"),
            reactions=acts,
            reports=_sorted(told, "reported_at", "id"),
            subscriptions=tuple(self._subscriptions(connection)),
            alerts=self._values(connection, self._alerts, (each.id for each in acts)),
            listed_in=frozenset(guild_id for (guild_id,) in listed),
            amendments=self._values(
                connection,
                self._amendments,
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
                found.update((item.id, item) for item in statement(connection, parameters))
        if wanted.ids or wanted.told:
            names = wanted.ids | self._items_that_told(connection, wanted.told)
            found.update((item.id, item) for item in self._values(connection, self._by_id, names))
        found.update((item.id, item) for item in self._values(connection, self._of_stories, wanted.stories))
        return _sorted(found.values(), "published", "id")

    def _items_that_told(self, connection: Connection, told: frozenset[str]) -> set[str]:
        """Return the ids of the items that report one of these reactions, or did until they were amended."""
        if not told:
            return set()
        parameters = {"ids": self._matching.listed(told)}
        statements = (self._telling, self._told_before)
        return {name for each in statements for name in connection.execute(each, parameters).scalars()}

    def _prints(self, connection: Connection, wanted: Lookups) -> tuple[Fingerprint, ...]:
        of_stories = self._values(connection, self._prints_of_stories, wanted.stories)
        names = self._nearest(connection, wanted)
        near = self._known(connection, Fingerprint, self._fingerprints, names)
        found = {each.item_id: each for each in (*of_stories, *near)}
        return _sorted(found.values(), "published", "item_id")

    def _nearest(self, connection: Connection, wanted: Lookups) -> set[str]:
        """Return the ids of the items that the drafts may be held against; the index tells, without their rows."""
        if not wanted.keys:
            return set()
        parameters = {
            "keys": self._matching.listed(frozenset(chain.from_iterable(wanted.keys))),
            "published_from": wanted.published_from or _EVER[0],
            "published_until": wanted.published_until or _EVER[1],
        }
        shelves = {
            key: names.split(BETWEEN)[::-1] for key, names in self._shelves.rows(connection, parameters) if names
        }
        return {name for keys in wanted.keys for name in nearest(keys, shelves)}

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
            found = {each.id: each for each in self._by_act(connection, parameters)}
        missing = ({report.reaction_id for report in told} | wanted.told) - found.keys()
        for each in self._known(connection, Reaction, self._reactions, missing):
            found[each.id] = each
        return _sorted(found.values(), "first_reported_at", "id")

    def _values(self, connection: Connection, asked: Asked[Value], ids: Iterable[str]) -> tuple[Value, ...]:
        wanted = set(ids)
        return tuple(asked(connection, {"ids": self._matching.listed(wanted)})) if wanted else ()

    def _known(
        self, connection: Connection, value_type: type[Value], asked: Asked[Value], ids: Iterable[str]
    ) -> tuple[Value, ...]:
        """Return the values with these ids; only those are asked for of which it is not certain that they are as before."""
        wanted = set(ids)
        memory: Memory[Value] = self._memory[value_type]
        found = memory.certain(wanted)
        return (*found.values(), *self._values(connection, asked, wanted - found.keys()))

    def _newest_items(self, key: str) -> Select[Any]:
        keyed = items.alias()
        newest = select(keyed.c.id).order_by(keyed.c.published.desc()).limit(ITEMS_PER_URL)
        ids = self._matching.newest_of_each(newest, of=keyed.c[key], owner=items.c.id, parameter="keys")
        return select(*columns_of(Item)).where(items.c.id.in_(ids))

    def _items_of_keys(self) -> Select[Any]:
        """Return each key with the ids of the newest items that have it, the latest first."""
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
        return self._matching.listed_by_each(newest, of=keyed.c.key, parameter="keys")

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
