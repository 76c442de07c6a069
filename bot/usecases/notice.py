"""Notice: those who keep a feed are told once when it has been failing for a day, and once when it is back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import ChannelUnavailable
from bot.domain.feeds import Feed, FeedStatus, Listing
from bot.domain.notices import FeedNotice
from bot.domain.polling import owes_failure_notice, owes_recovery_notice
from bot.domain.subscriptions import SubscriptionStatus
from bot.usecases.ports import Clock, Feeds, Messenger, Rounds, Subscriptions

log = structlog.get_logger(__name__)

# Longer than it takes to tell everybody.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticer:
    """Tells of feeds that have been failing, and of those that are back."""

    feeds: Feeds
    rounds: Rounds
    subscriptions: Subscriptions
    messenger: Messenger
    clock: Clock
    owner: str

    async def tell_due(self) -> int:
        """Tell of every feed that is owed a notice; return of how many. One that is being polled waits for the next time."""
        told = 0
        for feed in await self.feeds.feeds():
            if _owes(feed, self.clock()):
                told += await self._tell_leased(feed.id)
        return told

    async def _tell_leased(self, feed_id: str) -> bool:
        """Tell of one feed, and write that it was told, while nobody polls it: a poll would write the feed as it was."""
        now = self.clock()
        leased = await self.rounds.claim_feeds(
            now=now, lease=LEASE, owner=self.owner, limit=1, only=frozenset({feed_id}), force=True
        )
        for feed in leased:
            if _owes(feed, now) and await self._tell(feed):
                told_at = None if owes_recovery_notice(feed) else now
                async with self.rounds.round() as round_:
                    await round_.save_feeds([replace(feed, admins_told_at=told_at)])
                return True
            await self.rounds.release_feeds([feed.id], owner=self.owner)
        return False

    async def _tell(self, feed: Feed) -> bool:
        """Tell everybody who lists the feed; return False when nobody can be told yet."""
        reached = unreached = 0
        for listing in await self.feeds.listings(feed_id=feed.id):
            try:
                await self.messenger.tell_of_feed(await self._notice(feed, listing))
            except ChannelUnavailable as error:
                log.info("notice put off", feed=feed.url, guild=listing.guild_id, error=str(error))
                unreached += 1
            else:
                reached += 1
        log.warning(
            "feed is back" if feed.failing_since is None else "feed has been failing",
            feed=feed.url,
            since=feed.failing_since.isoformat() if feed.failing_since else None,
            error=feed.last_error,
            told=reached,
        )
        # Once some were told, the others are not worth telling those again.
        return reached > 0 or unreached == 0

    async def _notice(self, feed: Feed, listing: Listing) -> FeedNotice:
        """Return the notice in the language that the guild has chosen for its channels."""
        theirs = await self.subscriptions.subscriptions(guild_id=listing.guild_id) if listing.guild_id else ()
        spoken = [each.language for each in theirs if each.status is not SubscriptionStatus.REMOVED]
        return FeedNotice(
            feed=feed, guild_id=listing.guild_id, added_by=listing.added_by, language=spoken[0] if spoken else "en"
        )


def _owes(feed: Feed, now: datetime) -> bool:
    return feed.status is FeedStatus.ACTIVE and (owes_failure_notice(feed, now=now) or owes_recovery_notice(feed))
