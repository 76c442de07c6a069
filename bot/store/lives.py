"""One thing and all that hangs on it: an alert's message, an item's life, the numbers of the whole database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Alert, AlertMessage, AlertStatus, SourcedReaction
from bot.domain.errors import NotFound
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.items import Item, Revision
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Story
from bot.domain.subscriptions import ChannelKind, Subscription, SubscriptionStatus
from bot.domain.triage import Verdict
from bot.domain.urls import canonical_url
from bot.store.database import Database
from bot.store.matching import Matching
from bot.store.outbox import served
from bot.store.rows import columns_of, text_key, value_of, values_of
from bot.store.schema import HEAD
from bot.store.tables import (
    TABLE_OF,
    alert_reactions,
    alerts,
    feeds,
    items,
    reactions,
    reports,
    revisions,
    stories,
    subscriptions,
    verdicts,
    waiting,
)
from bot.store.visibility import Eyes, sourced
from bot.usecases.ports import Life, Tally

Value = TypeVar("Value")


class LifeStore:
    """What delivery shows, and what `why`, `status` and `/healthz` tell (ports.Outbox, ports.Archive)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matching = Matching(sqlite=database.is_sqlite)

    async def alert_message(self, alert: Alert) -> AlertMessage:
        """Return all that the message of this alert shows. Raises NotFound when its subscription or item is gone."""
        wanted = (
            select(*columns_of(Item), *columns_of(Subscription), feeds.c.kind)
            .select_from(items)
            .join(feeds, feeds.c.id == items.c.feed_id)
            .join(subscriptions, subscriptions.c.id == alert.subscription_id)
            .where(items.c.id == alert.item_id)
        )
        told = select(*columns_of(Reaction)).where(self._matching.one_of(reactions.c.id, "ids"))
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).first()
            if row is None:
                raise NotFound(f"The item or the subscription of alert {alert.id} is gone.")
            item, subscription = value_of(row, Item), value_of(row, Subscription, len(columns_of(Item)))
            found = await connection.execute(told, {"ids": self._matching.listed(alert.reactions)})
            by_id = {each.id: each for each in values_of(found.all(), Reaction)}
            ordered = [by_id[name] for name in alert.reactions if name in by_id]
            shown = await sourced(connection, self._matching, ordered, _eyes_of(subscription))
        # What nobody reports any more is left out, unless that is all there was: then its end has to be told.
        gone = tuple(SourcedReaction(reaction=each, sources=()) for each in ordered if not each.reports)
        kept = tuple(each for each in shown if each.sources) or shown or gone
        if not kept:
            raise NotFound(f"Alert {alert.id} tells of nothing that its channel may see any more.")
        return AlertMessage(alert=alert, subscription=subscription, item=item, kind=row[-1], reactions=kept)

    async def find_item(self, text: str) -> Item:
        """Return the item with this id, guid or link (in any spelling of its URL). Raises NotFound.

        Where several have it, the one seen first.
        """
        words = text.strip()
        url = canonical_url(words) or canonical_url(f"https://{words}")
        async with self._database.reading() as connection:
            for condition in (
                items.c.id == words,
                (items.c.guid_key == text_key(words)) & (items.c.guid == words),
                (items.c.url_key == text_key(url)) & (items.c.canonical_url == url),
            ):
                wanted = select(*columns_of(Item)).where(condition).order_by(items.c.first_seen_at, items.c.id).limit(1)
                if (row := (await connection.execute(wanted)).first()) is not None:
                    return value_of(row, Item)
        raise NotFound(f"No item has “{words}” as its id, guid or link.")

    async def life_of(self, item_id: str) -> Life:
        """Return the whole life of an item. Raises NotFound."""
        async with self._database.reading() as connection:
            found = await self._all(connection, Item, items.c.id == item_id)
            if not found:
                raise NotFound(f"There is no item “{item_id}”.")
            item = found[0]
            told = await self._all(
                connection, Report, reports.c.item_id == item_id, order=(reports.c.start, reports.c.id)
            )
            ids = {"ids": self._matching.listed({report.reaction_id for report in told})}
            acts = await self._all(
                connection,
                Reaction,
                self._matching.one_of(reactions.c.id, "ids"),
                order=(reactions.c.first_reported_at, reactions.c.id),
                parameters=ids,
            )
            carrying = select(alert_reactions.c.alert_id).where(
                self._matching.one_of(alert_reactions.c.reaction_id, "ids")
            )
            return Life(
                item=item,
                feed=(await self._all(connection, Feed, feeds.c.id == item.feed_id))[0],
                story=_first(await self._all(connection, Story, stories.c.id == item.story_id)),
                original=_first(await self._all(connection, Item, items.c.id == item.duplicate_of)),
                revisions=await self._all(
                    connection, Revision, revisions.c.item_id == item_id, order=(revisions.c.replaced_at,)
                ),
                reports=told,
                reactions=await sourced(connection, self._matching, acts, Eyes(guild_id=None)),
                alerts=await self._all(
                    connection,
                    Alert,
                    or_(alerts.c.item_id == item_id, alerts.c.id.in_(carrying)),
                    order=(alerts.c.position,),
                    parameters=ids,
                ),
                verdicts=await self._all(
                    connection,
                    Verdict,
                    verdicts.c.item_id == item_id,
                    order=(verdicts.c.at, verdicts.c.subscription_id, verdicts.c.reaction_id),
                ),
            )

    async def tally(self, now: datetime) -> Tally:
        """Return the numbers of the whole database; what waits is what is due by now and served."""
        waits = (waiting(alerts), served(alerts))
        async with self._database.reading() as connection:

            async def count(table: Any, *conditions: Any) -> int:
                counted = select(func.count()).select_from(table).where(*conditions)
                return (await connection.execute(counted)).scalar_one()

            oldest = select(func.min(alerts.c.next_attempt_at)).where(*waits, alerts.c.next_attempt_at <= now)
            active = feeds.c.status == FeedStatus.ACTIVE
            return Tally(
                schema_revision=HEAD,
                feeds_active=await count(feeds, active),
                feeds_failing=await count(feeds, active, feeds.c.failures > 0),
                subscriptions=await count(subscriptions, subscriptions.c.status == SubscriptionStatus.ACTIVE),
                items=await count(items),
                relevant_items=await count(items, items.c.relevant),
                stories=await count(stories),
                reactions=await count(reactions),
                alerts_waiting=await count(alerts, *waits),
                alerts_posted=await count(alerts, alerts.c.status == AlertStatus.POSTED),
                oldest_waiting_since=(await connection.execute(oldest)).scalar(),
                next_poll_at=(await connection.execute(select(func.min(feeds.c.next_poll_at)).where(active))).scalar(),
            )

    async def _all(
        self,
        connection: AsyncConnection,
        value_type: type[Value],
        condition: Any,
        *,
        order: tuple[Any, ...] = (),
        parameters: dict[str, Any] | None = None,
    ) -> tuple[Value, ...]:
        wanted = select(*columns_of(value_type)).select_from(TABLE_OF[value_type]).where(condition).order_by(*order)
        return values_of((await connection.execute(wanted, parameters or {})).all(), value_type)


def _eyes_of(subscription: Subscription) -> Eyes:
    """Return what a subscription sees: the console everything, a channel what its guild may see."""
    everything = subscription.channel_kind is ChannelKind.CONSOLE
    return Eyes(guild_id=None if everything else subscription.guild_id)


def _first(values: tuple[Value, ...]) -> Value | None:
    return values[0] if values else None
