"""Curate: which feeds are polled, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.errors import FeedRefused, Invalid, NotFound
from bot.domain.feeds import Feed, FeedKind, FeedStatus, FullText, Listing, feed_id
from bot.usecases.ports import Clock, Feeds, FeedSource, Fetched, FoundFeed

OPERATOR = ""
MAX_URL = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding a feed: `is_new` to the bot, or only to this list; `others` the page offers besides."""

    feed: Feed
    is_new: bool
    others: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Curator:
    """Adds, lists, tests and removes feeds. `guild_id` "" is the operator, whose feeds are everybody's."""

    feeds: Feeds
    source: FeedSource
    clock: Clock
    interval: timedelta
    full_text: FullText = FullText.AUTO

    def unlisted(self, url: str) -> Feed:
        """Return a feed for an address that is on no list, to be tested. Raises Invalid when it is no web address."""
        address, now = _checked(url), self.clock()
        return Feed(id=feed_id(address), url=address, added_at=now, next_poll_at=now)

    async def add(
        self,
        url: str,
        *,
        by: str,
        guild_id: str = OPERATOR,
        title: str = "",
        language: str | None = None,
        kind: FeedKind = FeedKind.UNKNOWN,
        homepage: str | None = None,
        look: bool = True,
    ) -> Added:
        """List the feed at an address, or the best one that the page there offers.

        With `look` false the address is taken at its word. Raises FeedRefused or FeedUnavailable when nothing usable is
        found, Invalid when it is no web address.
        """
        address = _checked(url)
        found = await self.source.discover(address) if look else (FoundFeed(url=address),)
        if not found:
            raise FeedRefused(
                f"{address}: there is no feed here and none is offered; give the address of the feed itself"
            )
        best, *others = found
        now = self.clock()
        feed = Feed(
            id=feed_id(best.url),
            url=best.url,
            # A page calls its feeds “RSS”; what they call themselves the first poll tells.
            title=title or (best.title if best.is_read else ""),
            homepage=homepage or (address if address != best.url else None),
            language=language,
            kind=kind,
            full_text=self.full_text,
            added_at=now,
            next_poll_at=now,
            interval=self.interval,
        )
        listing = Listing(feed_id=feed.id, guild_id=guild_id, added_by=by, added_at=now)
        is_new = await self.feeds.add_feed(feed, listing)
        stored = await self.feeds.feed(feed.id)
        if stored.status is FeedStatus.RETIRED:
            await self.feeds.save_feed(stored.resumed(now))
        return Added(feed=await self.feeds.feed(feed.id), is_new=is_new, others=tuple(others))

    async def find(self, text: str, *, guild_id: str | None = None) -> Feed:
        """Return the feed with this address, id or title (or the only one it begins). Raises NotFound or Invalid."""
        known = await self.feeds.feeds(guild_id=guild_id)
        wanted = text.strip().casefold()
        exact = [feed for feed in known if wanted in {feed.id, feed.url.casefold(), feed.name.casefold()}]
        close = exact or [
            feed for feed in known if wanted in feed.url.casefold() or feed.name.casefold().startswith(wanted)
        ]
        if not close:
            raise NotFound(f"no feed is called “{text}”; `feeds list` shows them all")
        if len(close) > 1 and not exact:
            names = ", ".join(feed.url for feed in close[:5])
            raise Invalid(f"“{text}” could be any of {len(close)} feeds ({names}); give the whole address")
        return close[0]

    async def test(self, feed: Feed) -> Fetched:
        """Fetch the feed now, unconditionally, and store nothing."""
        return await self.source.fetch(replace(feed, etag=None, last_modified=None, body_hash=None))

    async def pause(self, feed: Feed) -> Feed:
        """Stop polling the feed, for everybody who lists it."""
        await self.feeds.save_feed(feed.paused())
        return feed.paused()

    async def resume(self, feed: Feed) -> Feed:
        """Poll the feed again, at once."""
        resumed = feed.resumed(self.clock())
        await self.feeds.save_feed(resumed)
        return resumed

    async def remove(self, feed: Feed, *, guild_id: str = OPERATOR) -> None:
        """Take the feed off a list; nobody's feed is polled no more, and what it brought stays. Raises NotFound."""
        if not await self.feeds.unlist_feed(feed.id, guild_id=guild_id):
            raise NotFound(f"{feed.url} is not on this list")


def _checked(url: str) -> str:
    address = url.strip()
    if "://" not in address and "." in address:
        address = f"https://{address}"
    if not address.startswith(("http://", "https://")) or len(address) > MAX_URL or any(c.isspace() for c in address):
        raise Invalid(f"“{url[:200]}” is no web address; give one that begins with http:// or https://")
    return address
