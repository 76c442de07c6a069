"""Samples of what consoles and channels show: a reaction, its report, an item, alerts, digests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.actors import ActorNames
from bot.domain.alerts import Alert, AlertMessage, Source, SourcedReaction, alert_id
from bot.domain.digests import Digest, Edition, Mover
from bot.domain.feeds import FeedKind
from bot.domain.items import Item
from bot.domain.reactions import Reaction, ReactionType, Tier
from bot.domain.subscriptions import Subscription

NOW = datetime(2023, 9, 19, 16, 30, tzinfo=UTC)
NAMES = ActorNames(names={"en": {"FRA": "France", "AZE": "Azerbaijan", "ARM": "Armenia", "OTHER": "Other"}})


@dataclass(frozen=True)
class Samples:
    """Makes the values that are shown, of a subscription of one channel; every part can be replaced."""

    now: datetime = NOW
    names: ActorNames = NAMES
    channel_id: str = "1000"

    def reaction(self, **changes: object) -> Reaction:
        made = Reaction(
            id="r1",
            story_id="s1",
            actor="FRA",
            type=ReactionType.CONDEMN,
            targets=("AZE",),
            speaker="Catherine Colonna",
            role="foreign minister",
            quote="Nothing can justify this unilateral use of force.",
            evidence="France condemned the operation launched by Azerbaijan.",
            tier=Tier.ALERT,
            first_reported_at=NOW - timedelta(hours=2),
            last_reported_at=NOW - timedelta(hours=1),
            reports=1,
            outlets=("Rhône Matin",),
            languages=("en",),
        )
        return replace(made, **changes)

    def source(self, **changes: object) -> Source:
        made = Source(
            item_id="i1",
            outlet="Rhône Matin",
            kind=FeedKind.INDEPENDENT,
            title="Paris condemns offensive in Nagorno-Karabakh",
            link="https://rhone-matin.example/paris-condemns",
            language="en",
            published=NOW - timedelta(hours=2),
            quote="Nothing can justify this unilateral use of force.",
            evidence="France condemned the operation launched by Azerbaijan.",
        )
        return replace(made, **changes)

    def sourced(self, **changes: object) -> SourcedReaction:
        return SourcedReaction(reaction=self.reaction(**changes), sources=(self.source(),))

    def item(self, **changes: object) -> Item:
        made = Item(
            id="i1",
            feed_id="f1",
            guid="guid-1",
            link="https://rhone-matin.example/paris-condemns",
            content_hash="h",
            title="Paris condemns offensive in Nagorno-Karabakh",
            outlet="Rhône Matin",
            published=NOW - timedelta(hours=2),
            first_seen_at=NOW,
            last_seen_at=NOW,
        )
        return replace(made, **changes)

    def message(self, *reactions: SourcedReaction, item: Item | None = None) -> AlertMessage:
        shown = reactions or (self.sourced(),)
        ids = tuple(sourced.reaction.id for sourced in shown)
        return AlertMessage(
            alert=Alert(
                id=alert_id("sub", "i1", ids),
                subscription_id="sub",
                channel_id=self.channel_id,
                item_id="i1",
                story_id="s1",
                reactions=ids,
                created_at=NOW,
                next_attempt_at=NOW,
            ),
            subscription=Subscription(id="sub", channel_id=self.channel_id, created_by="operator", created_at=NOW),
            item=item or self.item(),
            kind=FeedKind.INDEPENDENT,
            reactions=shown,
        )

    def edition(self, *reactions: SourcedReaction, movers: tuple[Mover, ...] = ()) -> Edition:
        return Edition(
            digest=Digest(
                id="d1",
                subscription_id="sub",
                channel_id=self.channel_id,
                since=NOW - timedelta(days=1),
                until=NOW,
                created_at=NOW,
                next_attempt_at=NOW,
            ),
            subscription=Subscription(id="sub", channel_id=self.channel_id, created_by="operator", created_at=NOW),
            reactions=reactions,
            movers=movers,
            items=12,
            stories=1,
            outlets=5,
        )
