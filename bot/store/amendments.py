"""What moderators decided, and how the rules did by it (ports.Amendments)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import func, select, union

from bot.domain.amendments import Amendment, RuleScore, scores
from bot.domain.items import Item
from bot.domain.placements import Placement
from bot.domain.reactions import Report
from bot.store.database import Database
from bot.store.rows import columns_of, value_of, values_of
from bot.store.tables import amendments, feeds, items, placements, reports
from bot.usecases.ports import AmendedItem

_PAGE = 200


class AmendmentStore:
    """What commands need of the store about decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def amendments(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25, offset: int = 0
    ) -> tuple[Amendment, ...]:
        """Return the decisions on an item, of a guild's moderators, or all; the latest first."""
        wanted = (
            select(*columns_of(Amendment))
            .order_by(amendments.c.at.desc(), amendments.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        if item_id is not None:
            wanted = wanted.where(amendments.c.item_id == item_id)
        if guild_id is not None:
            wanted = wanted.where(amendments.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            return values_of((await connection.execute(wanted)).all(), Amendment)

    async def placements(
        self, *, item_id: str | None = None, guild_id: str | None = None, limit: int = 25
    ) -> tuple[Placement, ...]:
        """Return the placement of an item, those of a guild's moderators, or all; the latest first."""
        wanted = (
            select(*columns_of(Placement)).order_by(placements.c.at.desc(), placements.c.item_id.desc()).limit(limit)
        )
        if item_id is not None:
            wanted = wanted.where(placements.c.item_id == item_id)
        if guild_id is not None:
            wanted = wanted.where(placements.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            return values_of((await connection.execute(wanted)).all(), Placement)

    async def count_amendments(self, *, guild_id: str | None = None) -> int:
        """Return how many decisions there are, whatever the limit."""
        wanted = select(func.count()).select_from(amendments)
        if guild_id is not None:
            wanted = wanted.where(amendments.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            return (await connection.execute(wanted)).scalar_one()

    async def precision(self) -> tuple[RuleScore, ...]:
        """Return how each rule did in the items that moderators decided on, those corrected most first."""
        looked_at = select(amendments.c.item_id)
        async with self._database.reading() as connection:
            decided = values_of((await connection.execute(select(*columns_of(Amendment)))).all(), Amendment)
            told = await connection.execute(select(*columns_of(Report)).where(reports.c.item_id.in_(looked_at)))
            return scores(decided, values_of(told.all(), Report))

    async def export_amended(self, *, since: datetime | None = None) -> AsyncIterator[AmendedItem]:
        """Stream the items with decisions taken since then, in the order of their ids."""
        last = ""
        while True:
            parts = []
            for table in (amendments, placements):
                part = select(table.c.item_id).where(table.c.item_id > last)
                parts.append(part if since is None else part.where(table.c.at >= since))
            decided_on = union(*parts).subquery()
            wanted = select(decided_on.c.item_id).order_by(decided_on.c.item_id).limit(_PAGE)
            async with self._database.reading() as connection:
                names = (await connection.execute(wanted)).scalars().all()
            for name in names:
                yield await self._amended(name, since)
            if len(names) < _PAGE:
                return
            last = names[-1]

    async def _amended(self, item_id: str, since: datetime | None) -> AmendedItem:
        decided = select(*columns_of(Amendment)).where(amendments.c.item_id == item_id)
        if since is not None:
            decided = decided.where(amendments.c.at >= since)
        placed = select(*columns_of(Placement)).where(placements.c.item_id == item_id)
        if since is not None:
            placed = placed.where(placements.c.at >= since)
        told = select(*columns_of(Report)).where(reports.c.item_id == item_id)
        stored = (
            select(*columns_of(Item), feeds.c.url)
            .join(feeds, feeds.c.id == items.c.feed_id)
            .where(items.c.id == item_id)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(stored)).first()
            found = await connection.execute(decided.order_by(amendments.c.at, amendments.c.id))
            placement = (await connection.execute(placed)).first()
            ordered = await connection.execute(told.order_by(reports.c.start, reports.c.id))
            return AmendedItem(
                item_id=item_id,
                item=None if row is None else value_of(row, Item),
                feed_url="" if row is None else row[-1],
                reports=values_of(ordered.all(), Report),
                amendments=values_of(found.all(), Amendment),
                placement=None if placement is None else value_of(placement, Placement),
            )
