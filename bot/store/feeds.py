"""The list of feeds (ports.Feeds)."""

from __future__ import annotations

from sqlalchemy import Select, delete, select, update

from bot.domain.errors import NotFound
from bot.domain.feeds import Feed, FeedStatus, Listing
from bot.store.database import Database
from bot.store.rows import columns_of, inserting, rows_of, value_of, values_of
from bot.store.tables import feeds, listings


class FeedStore:
    """What commands need of the store about feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_feed(self, feed: Feed, listing: Listing) -> bool:
        """Insert the feed unless it is there, and list it; returns whether the feed is new to the bot."""
        insert_feed = inserting(feeds, sqlite_=self._database.is_sqlite).on_conflict_do_nothing().returning(feeds.c.id)
        insert_listing = inserting(listings, sqlite_=self._database.is_sqlite).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            added = await connection.execute(insert_feed, rows_of([feed], Feed))
            is_new = added.first() is not None
            await connection.execute(insert_listing, rows_of([listing], Listing))
        return is_new

    async def feed(self, feed_id: str) -> Feed:
        """Return one by its id. Raises NotFound."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*columns_of(Feed)).where(feeds.c.id == feed_id))).first()
        if row is None:
            raise NotFound(f"There is no feed “{feed_id}”; `communique feeds list` shows all.")
        return value_of(row, Feed)

    async def feeds(self, *, guild_id: str | None = None) -> tuple[Feed, ...]:
        """Return the feeds a guild sees (its own and the operator's), or all; by name."""
        wanted = select(*columns_of(Feed))
        if guild_id is not None:
            wanted = wanted.where(feeds.c.id.in_(seen_by(guild_id)))
        async with self._database.reading() as connection:
            found = values_of((await connection.execute(wanted)).all(), Feed)
        return tuple(sorted(found, key=lambda feed: (feed.name.casefold(), feed.id)))

    async def listings(self, *, feed_id: str | None = None, guild_id: str | None = None) -> tuple[Listing, ...]:
        """Return who lists which feed."""
        wanted = select(*columns_of(Listing)).order_by(listings.c.added_at, listings.c.feed_id, listings.c.guild_id)
        if feed_id is not None:
            wanted = wanted.where(listings.c.feed_id == feed_id)
        if guild_id is not None:
            wanted = wanted.where(listings.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            return values_of((await connection.execute(wanted)).all(), Listing)

    async def save_feed(self, feed: Feed) -> None:
        """Replace a feed; whoever polls it just now keeps its lease."""
        row = rows_of([feed], Feed)[0]
        async with self._database.writing() as connection:
            await connection.execute(update(feeds).where(feeds.c.id == feed.id).values(row))

    async def unlist_feed(self, feed_id: str, *, guild_id: str) -> bool:
        """Take the feed off a guild's list; a feed nobody lists any more is retired. Returns whether it was listed."""
        unlist = delete(listings).where(listings.c.feed_id == feed_id, listings.c.guild_id == guild_id)
        still_listed = select(listings.c.feed_id).where(listings.c.feed_id == feed_id).exists()
        retire = update(feeds).where(feeds.c.id == feed_id, ~still_listed).values(status=FeedStatus.RETIRED)
        async with self._database.writing() as connection:
            if not (await connection.execute(unlist)).rowcount:
                return False
            await connection.execute(retire)
        return True


def seen_by(guild_id: str) -> Select[tuple[str]]:
    """Return a SELECT of the feeds a guild sees: its own and the operator's."""
    return select(listings.c.feed_id).where(listings.c.guild_id.in_(("", guild_id)))
