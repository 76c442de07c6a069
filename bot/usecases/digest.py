"""Digest: owe each digest subscription its slot, once, and gather what it tells."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.alerts import SourcedReaction
from bot.domain.backlog import is_summary, told_in
from bot.domain.digests import Digest, Edition, Mover, due_digest, movers, prominence
from bot.domain.errors import NotFound
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Tier
from bot.domain.subscriptions import ChannelKind, Mode, Subscription, SubscriptionStatus, objection
from bot.usecases.ports import Archive, Clock, Outbox, Subscriptions

# What an actor's tone is held against.
MEMORY = timedelta(days=30)
# An item that was published this long before the slot is no news.
STALE = timedelta(hours=24)
# More reactions than a busy week brings; of more the newest are counted.
LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Owes digests and gathers editions."""

    outbox: Outbox
    subscriptions: Subscriptions
    archive: Archive
    clock: Clock

    async def owe_digests(self) -> int:
        """Owe every digest subscription the slot that has ended; return how many digests are new."""
        owed = 0
        for subscription in await self.subscriptions.subscriptions():
            if subscription.mode is Mode.INSTANT or subscription.status is not SubscriptionStatus.ACTIVE:
                continue
            digest = due_digest(subscription, await self.archive.last_digest(subscription.id), self.clock())
            if digest is not None:
                owed += await self.outbox.owe_digest(digest)
        return owed

    async def edition(self, digest: Digest) -> Edition:
        """Return all that the message of a digest shows. Raises NotFound when its subscription is gone."""
        subscription = await self.subscriptions.subscription(digest.subscription_id)
        if is_summary(digest):
            return await self._summary(digest, subscription)
        return await edition_of(digest, subscription, self.archive)

    async def _summary(self, digest: Digest, subscription: Subscription) -> Edition:
        """Return the edition of a backlog: just what its alerts would have told."""
        wanted: dict[str, SourcedReaction] = {}
        async for alert in self.archive.export_alerts(since=digest.since):
            if alert.reason == told_in(digest):
                with suppress(NotFound):
                    message = await self.outbox.alert_message(alert)
                    wanted |= {sourced.reaction.id: sourced for sourced in message.reactions}
        return _edition(digest, subscription, list(wanted.values()))


async def edition_of(digest: Digest, subscription: Subscription, archive: Archive) -> Edition:
    """Return the edition of a slot for a subscription: what it asks for, the most reported first."""
    filters = subscription.filters
    guild = None if subscription.channel_kind is ChannelKind.CONSOLE else subscription.guild_id
    query = ReactionQuery(
        actors=filters.actors,
        targets=filters.targets,
        types=filters.types,
        families=filters.families,
        languages=filters.languages,
        outlets=filters.outlets,
        background=False,
        tier=Tier.ALERT if filters.tier is Tier.ALERT else None,
        # What is told is what was met in the slot: an item published before it may have been polled in it. What was old
        # news by then is nobody's, as with alerts.
        since=digest.since - STALE,
        met_since=digest.since,
        met_until=digest.until,
        guild_id=guild,
        limit=LONGEST,
    )
    found = await archive.reactions(query)
    wanted = [each for each in found if not objection(filters, each.reaction, text=_text(each), digest=True)]
    return _edition(
        digest,
        subscription,
        wanted,
        movers=tuple(
            mover
            for mover in movers(
                await archive.tones(since=digest.since, until=digest.until, guild_id=guild),
                await archive.tones(since=digest.since - MEMORY, until=digest.since, guild_id=guild),
            )
            if not filters.actors or mover.actor in filters.actors
        ),
    )


def _edition(
    digest: Digest, subscription: Subscription, wanted: list[SourcedReaction], movers: tuple[Mover, ...] = ()
) -> Edition:
    wanted.sort(key=prominence)
    sources = [source for sourced in wanted for source in sourced.sources]
    return Edition(
        digest=digest,
        subscription=subscription,
        reactions=tuple(wanted),
        movers=movers,
        items=len({source.item_id for source in sources}),
        stories=len({sourced.reaction.story_id for sourced in wanted}),
        outlets=len({source.outlet for source in sources}),
    )


def _text(sourced: SourcedReaction) -> str:
    return "\n".join(f"{source.title}\n{source.evidence}\n{source.quote or ''}" for source in sourced.sources)
