"""What `deliver`, `digest` and `notice` need: the outbox, who is at work, and a messenger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alerts import Alert, AlertMessage, AlertStatus
from bot.domain.digests import Digest, Edition
from bot.domain.notices import FeedNotice
from bot.domain.subscriptions import Subscription


class Outbox(Protocol):
    """What `deliver` needs of the store."""

    async def claim_channel(
        self, *, now: datetime, lease: timedelta, owner: str, only: frozenset[str] = frozenset()
    ) -> str | None:
        """Lease the channel with the longest-waiting due alert, digest or edit, and return its id; None when none is due.

        Channels of paused or removed subscriptions are not due, nor are leased ones, whoever leased them. `only` limits
        the choice to these channel ids.
        """
        ...

    async def renew_channel(self, channel_id: str, *, now: datetime, lease: timedelta, owner: str) -> bool:
        """Extend a lease; False when it is no longer ours, and then nothing more may be sent for it."""
        ...

    async def release_channel(self, channel_id: str, *, owner: str) -> None:
        """Let go of a leased channel."""
        ...

    async def due_alerts(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return the alerts to be posted here (owed, sending or uncertain, whose time has come), oldest first."""
        ...

    async def due_edits(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Alert, ...]:
        """Return posted alerts whose edit is due, oldest first."""
        ...

    async def due_digests(self, channel_id: str, *, now: datetime, limit: int) -> tuple[Digest, ...]:
        """Return the digests to be posted here, oldest first."""
        ...

    async def alert_message(self, alert: Alert) -> AlertMessage:
        """Return all that the message of this alert shows. Raises NotFound when its subscription or item is gone."""
        ...

    async def save_alert(self, alert: Alert, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come; with `expected`, only if the stored status is still that one.

        Delivery owns `status`, `reason`, `next_attempt_at`, `attempts`, `first_attempt_at`, `message_id`, `posted_at`,
        `edited_at` and `last_error`: only these are written, and `Round.record` leaves them alone on an alert that is
        stored already (it writes `edit_due_at` there), so that a round and a delivery never undo each other. Returns
        whether anything was written.
        """
        ...

    async def edit_done(self, alert: Alert) -> None:
        """Write `edited_at`, and clear `edit_due_at` if it is still the alert's: a later wish for an edit stays."""
        ...

    async def owe_digest(self, digest: Digest) -> bool:
        """Insert the digest unless its slot has one already, whoever made it; return whether it was inserted."""
        ...

    async def save_digest(self, digest: Digest, *, expected: AlertStatus | None = None) -> bool:
        """Write how far delivery has come, as `save_alert` does."""
        ...

    async def pause_channel(self, channel_id: str, *, reason: str, now: datetime) -> tuple[Subscription, ...]:
        """Pause the active subscriptions of the channel; return those paused now, so that admins are told once."""
        ...


class Leases(Protocol):
    """Who is at work: the leases of all processes on feeds and channels."""

    async def lease_owners(self) -> frozenset[str]:
        """Return everybody who holds a lease on a feed or a channel, ended or not."""
        ...

    async def end_leases(self, owners: Iterable[str]) -> int:
        """End every lease of these owners, who are known to be dead; return how many there were."""
        ...


class Messenger(Protocol):
    """Posts to one kind of channel.

    `post`, `post_digest` and `edit` raise ChannelUnavailable when nothing was posted and later may do,
    ChannelRefused when it will not until somebody acts, PostUncertain when the answer was lost.
    """

    async def post(self, message: AlertMessage) -> str:
        """Post an alert under its id as nonce; return the id of the message (the same one for the same alert)."""
        ...

    async def post_digest(self, edition: Edition) -> str:
        """Post a digest under its id as nonce; return the id of its first message."""
        ...

    async def edit(self, message: AlertMessage) -> None:
        """Bring a posted message up to what is known. Raises NotFound when people have deleted it."""
        ...

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Search the channel's recent history for the message that carries this alert's or digest's id."""
        ...

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Tell the guild's admins, as well as may be, why a subscription was paused. Never raises a CommuniqueError."""
        ...

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell those who keep a feed that it has been failing or is back, as well as may be.

        Raises ChannelUnavailable when nobody can be told before later; no other CommuniqueError.
        """
        ...
