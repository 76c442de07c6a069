"""Subscribe: give a channel its standing order, and change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.alerts import SourcedReaction
from bot.domain.errors import Invalid
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import ReactionType, Tier
from bot.domain.subscriptions import (
    ChannelKind,
    Filters,
    Mode,
    Schedule,
    Subscription,
    SubscriptionStatus,
    objection,
    subscription_id,
)
from bot.usecases.ports import Archive, Clock, Subscriptions

PREVIEW = timedelta(days=7)
PREVIEW_READS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a subscription would have been sent, newest first; there may be more where `is_cut`."""

    reactions: tuple[SourcedReaction, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Makes, shows and changes subscriptions.

    `most_per_guild` and `most_per_person` are how many one server, and one person in direct messages, may have.
    """

    subscriptions: Subscriptions
    archive: Archive
    clock: Clock
    most_per_guild: int | None = None
    most_per_person: int | None = None

    async def subscribe(
        self,
        *,
        channel_id: str,
        by: str,
        guild_id: str = "",
        kind: ChannelKind = ChannelKind.TEXT,
        filters: Filters | None = None,
        mode: Mode = Mode.INSTANT,
        schedule: Schedule | None = None,
        ping_role_id: str | None = None,
        ping_types: frozenset[ReactionType] = frozenset(),
        language: str = "en",
    ) -> Subscription:
        """Add a subscription. Raises Invalid when it is there already or cannot be kept as asked."""
        now = self.clock()
        made = Subscription(
            id=subscription_id(channel_id, by, now, mode, filters or Filters()),
            channel_id=channel_id,
            channel_kind=kind,
            guild_id=guild_id,
            filters=filters or Filters(),
            mode=mode,
            schedule=schedule or Schedule(),
            ping_role_id=ping_role_id,
            ping_types=ping_types,
            language=language,
            created_by=by,
            created_at=now,
        )
        _check(made)
        for other in await self.subscriptions.subscriptions(channel_id=channel_id):
            if (other.filters, other.mode) == (made.filters, made.mode):
                raise Invalid(f"this channel has that subscription already ({other.id})")
        await self._make_room(made)
        await self.subscriptions.add_subscription(made)
        return made

    async def _make_room(self, made: Subscription) -> None:
        """Raise Invalid where whom it is for has as many subscriptions as it may."""
        if made.channel_kind is ChannelKind.DIRECT:
            most = self.most_per_person
            there = await self.subscriptions.subscriptions(guild_id="", created_by=made.created_by)
        else:
            most = self.most_per_guild
            there = await self.subscriptions.subscriptions(guild_id=made.guild_id)
        if most is not None and len(there) >= most:
            raise Invalid(f"there are {most} subscriptions already, which is the most; remove one first")

    async def preview(
        self, filters: Filters, *, guild_id: str | None = None, mode: Mode = Mode.INSTANT, most: int = PREVIEW_READS
    ) -> Preview:
        """Return what these filters would have let through in the last seven days."""
        query = ReactionQuery(
            actors=filters.actors,
            targets=filters.targets,
            types=filters.types,
            families=filters.families,
            languages=filters.languages,
            outlets=filters.outlets,
            tier=Tier.ALERT if mode is Mode.INSTANT or filters.tier is Tier.ALERT else None,
            since=self.clock() - PREVIEW,
            guild_id=guild_id,
            background=False,
            limit=most,
        )
        found = await self.archive.reactions(query)
        is_digest = mode is not Mode.INSTANT
        wanted = (each for each in found if not objection(filters, each.reaction, text=_told(each), digest=is_digest))
        return Preview(reactions=tuple(wanted), is_cut=len(found) == most)

    async def save(self, changed: Subscription) -> Subscription:
        """Replace a subscription. Raises Invalid when it cannot be kept as asked."""
        _check(changed)
        await self.subscriptions.save_subscription(changed)
        return changed

    async def pause(self, subscription: Subscription, *, reason: str = "paused by hand") -> Subscription:
        """Stop serving it; what it is owed meanwhile is not made up for."""
        return await self.save(replace(subscription, status=SubscriptionStatus.PAUSED, paused_reason=reason))

    async def resume(self, subscription: Subscription) -> Subscription:
        """Serve it again."""
        return await self.save(replace(subscription, status=SubscriptionStatus.ACTIVE, paused_reason=None))

    async def remove(self, subscription: Subscription) -> Subscription:
        """End it; what it was sent stays on record."""
        return await self.save(replace(subscription, status=SubscriptionStatus.REMOVED))


def _told(sourced: SourcedReaction) -> str:
    return "\n".join(f"{source.title}\n{source.evidence}" for source in sourced.sources)


def _check(subscription: Subscription) -> None:
    if not subscription.channel_id:
        raise Invalid("a subscription needs a channel")
    try:
        ZoneInfo(subscription.schedule.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(
            f"“{subscription.schedule.timezone}” is no time zone; use a name such as Europe/Paris or Asia/Yerevan"
        ) from None
    if subscription.filters.min_outlets < 1:
        raise Invalid("min_outlets is at least 1")
    if subscription.schedule.weekday not in range(7):
        raise Invalid("the weekday is 0 (Monday) to 6 (Sunday)")
