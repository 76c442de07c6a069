"""Exports: whole tables, a page at a time, each page a short read of its own, so that nobody waits for the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Row, Select, and_, or_, select

from bot.domain.alerts import Alert
from bot.domain.items import Item
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, Report
from bot.domain.stories import Story
from bot.store.archive import ArchiveStore
from bot.store.rows import columns_of, value_of, values_of
from bot.store.tables import alerts, feeds, items, reactions, reports, stories
from bot.store.visibility import Eyes, best_report
from bot.usecases.ports import ItemRow, ReactionRow

PAGE = 500


class _Page(NamedTuple):
    """What an export says of the item that makes a report."""

    title: str
    published: datetime
    link: str | None


class ExportStore(ArchiveStore):
    """What `export` needs of the store (ports.Archive)."""

    async def export_items(self, *, since: datetime | None = None) -> AsyncIterator[ItemRow]:
        """Stream all items, oldest publication first; `since` is of their publication."""
        wanted = select(*columns_of(Item), feeds.c.url).join(feeds, feeds.c.id == items.c.feed_id)
        if since is not None:
            wanted = wanted.where(items.c.published >= since)
        async for page in self._pages(wanted, items.c.published, items.c.id):
            for row in page:
                yield ItemRow(item=value_of(row, Item), feed_url=row[-1])

    async def export_stories(self, *, since: datetime | None = None) -> AsyncIterator[Story]:
        """Stream all stories, oldest first; `since` is of their beginning. One that moderators emptied is none any more."""
        wanted = select(*columns_of(Story)).where(stories.c["items"] > 0)
        if since is not None:
            wanted = wanted.where(stories.c.started_at >= since)
        async for page in self._pages(wanted, stories.c.started_at, stories.c.id):
            for story in values_of(page, Story):
                yield story

    async def export_reactions(self, query: ReactionQuery) -> AsyncIterator[ReactionRow]:
        """Stream the reactions of a query, oldest first, each with its best report.

        All of them for whoever sees everything; for a guild the newest, up to the query's limit.
        """
        if query.guild_id is not None:
            async for row in self._seen_rows(query):
                yield row
            return
        asked = self._questions.asked(query, reactions)
        wanted = select(*columns_of(Reaction)).where(*asked.conditions)
        async for page in self._pages(wanted, reactions.c.first_reported_at, reactions.c.id, asked.parameters):
            for row in await self._with_best(values_of(page, Reaction), query.guild_id):
                yield row

    async def export_alerts(self, *, since: datetime | None = None) -> AsyncIterator[Alert]:
        """Stream all alerts in the order in which they were owed; `since` is of that time."""
        wanted = select(*columns_of(Alert), alerts.c.position).order_by(alerts.c.position).limit(PAGE)
        if since is not None:
            wanted = wanted.where(alerts.c.created_at >= since)
        last = 0
        while True:
            async with self._database.reading() as connection:
                page = (await connection.execute(wanted.where(alerts.c.position > last))).all()
            for alert in values_of(page, Alert):
                yield alert
            if len(page) < PAGE:
                return
            last = page[-1][-1]

    async def _seen_rows(self, query: ReactionQuery) -> AsyncIterator[ReactionRow]:
        """Stream what a guild sees: a reaction may begin later for it, so they are put in order first."""
        seen = (await self.reactions(query))[::-1]
        for start in range(0, len(seen), PAGE):
            page = tuple(each.reaction for each in seen[start : start + PAGE])
            for row in await self._with_best(page, query.guild_id):
                yield row

    async def _with_best(self, page: tuple[Reaction, ...], guild_id: str | None) -> list[ReactionRow]:
        """Return the reactions with the best of their reports that the guild may see."""
        wanted = (
            select(*columns_of(Report), items.c.title, items.c.published, items.c.link)
            .join(items, items.c.id == reports.c.item_id)
            .where(self._matching.one_of(reports.c.reaction_id, "ids"))
        )
        if guild_id is not None:
            wanted = wanted.where(reports.c.feed_id.not_in(Eyes(guild_id=guild_id).hidden_feeds))
        ids = {"ids": self._matching.listed(each.id for each in page)}
        told: dict[str, dict[str, tuple[Report, _Page]]] = defaultdict(dict)
        async with self._database.reading() as connection:
            for row in await connection.execute(wanted, ids):
                report = value_of(row, Report)
                told[report.reaction_id][report.id] = (report, _Page(*row[-3:]))
        rows = []
        for reaction in page:
            of_it = told.get(reaction.id)
            if not of_it:
                continue
            ordered = sorted(of_it.values(), key=lambda each: (each[0].reported_at, each[0].id))
            best = best_report([report for report, _ in ordered])
            rows.append(
                ReactionRow(
                    reaction=reaction,
                    report=best,
                    title=of_it[best.id][1].title,
                    published=of_it[best.id][1].published,
                    link=of_it[best.id][1].link,
                    links=tuple(dict.fromkeys(told_on.link for _, told_on in ordered if told_on.link)),
                )
            )
        return rows

    async def _pages(
        self, wanted: Select[Any], time: Column[Any], name: Column[Any], parameters: dict[str, Any] | None = None
    ) -> AsyncIterator[list[Row[Any]]]:
        """Yield the rows in the order of (time, name), a page at a time; the index on both finds where to go on."""
        wanted = wanted.add_columns(time.label("page_time"), name.label("page_name")).order_by(time, name).limit(PAGE)
        after: ColumnElement[bool] | None = None
        while True:
            statement = wanted if after is None else wanted.where(after)
            async with self._database.reading() as connection:
                page = (await connection.execute(statement, parameters or {})).all()
            yield [row[:-2] for row in page]
            if len(page) < PAGE:
                return
            last_time, last_name = page[-1][-2:]
            after = and_(time >= last_time, or_(time > last_time, name > last_name))
