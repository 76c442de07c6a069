"""Who may see what: a reaction as one guild sees it, told only by the feeds it has.

A guild sees the operator's feeds and its own. A reaction that feeds of both kinds report is shown to it as if the others
had never told it: their words, their names, their number and their time are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Source, SourcedReaction
from bot.domain.items import Item
from bot.domain.novelty import joined, opened
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Reaction, ReactionType, Report
from bot.store.feeds import seen_by
from bot.store.matching import Matching
from bot.store.rows import columns_of, value_of
from bot.store.tables import feeds, items, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Who asks. `guild_id` None sees everything; otherwise some feeds may be hidden from it."""

    guild_id: str | None

    @property
    def hidden_feeds(self) -> Select[tuple[str]]:
        """Return a SELECT of the feeds that neither this guild nor the operator lists."""
        return select(feeds.c.id).where(feeds.c.id.not_in(seen_by(self.guild_id or "")))

    def told_by_hidden(self, reaction: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a hidden feed reports the reaction."""
        return exists().where(reports.c.reaction_id == reaction, reports.c.feed_id.in_(self.hidden_feeds))

    def told_by_visible(self, reaction: ColumnElement[str], *telling: ColumnElement[bool]) -> ColumnElement[bool]:
        """Return the condition that a feed which is not hidden reports the reaction; and so, where `telling` says how."""
        return exists().where(reports.c.reaction_id == reaction, self._is_visible, *telling)

    def first_told(self, reaction: ColumnElement[str]) -> ColumnElement[datetime]:
        """Return when a feed that is not hidden first reported the reaction."""
        first = select(func.min(reports.c.reported_at)).where(reports.c.reaction_id == reaction, self._is_visible)
        return first.scalar_subquery()

    @property
    def _is_visible(self) -> ColumnElement[bool]:
        return reports.c.feed_id.in_(seen_by(self.guild_id or ""))

    async def see_all(self, connection: AsyncConnection) -> bool:
        """Return whether nothing is hidden, as it is where guilds add no feeds of their own."""
        if self.guild_id is None:
            return True
        return (await connection.execute(self.hidden_feeds.limit(1))).first() is None


async def sourced(
    connection: AsyncConnection, matching: Matching, reactions: Sequence[Reaction], eyes: Eyes
) -> tuple[SourcedReaction, ...]:
    """Return the reactions with their sources, in their order, as these eyes see them; what they may not see is left out."""
    ids = {"ids": matching.listed(reaction.id for reaction in reactions)}
    told = defaultdict(list)
    for report, source in await _told(connection, matching, ids, eyes):
        told[report.reaction_id].append((report, source))
    if await eyes.see_all(connection):
        return tuple(SourcedReaction(reaction=each, sources=sources_of(told[each.id])) for each in reactions)
    mixed = await _mixed(connection, matching, ids, eyes)
    by_item = await _items_of(connection, matching, [report for name in mixed for report, _ in told[name]])
    seen = []
    for reaction in reactions:
        if not told[reaction.id]:
            continue
        visible = [report for report, _ in told[reaction.id]]
        shown = retold(reaction, visible, by_item) if reaction.id in mixed else reaction
        seen.append(SourcedReaction(reaction=shown, sources=sources_of(told[reaction.id])))
    return tuple(seen)


def retold(reaction: Reaction, visible: Sequence[Report], items_by_id: dict[str, Item]) -> Reaction:
    """Return the reaction as it would be if only these reports had been made, oldest first."""
    first, *further = visible
    seen = opened(first.record, _as_reported(first, items_by_id), reaction.story_id)
    counted = {first.item_id}
    for report in further:
        item = _as_reported(report, items_by_id)
        seen = joined(seen, report.record, item, counted=report.item_id in counted)
        counted.add(report.item_id)
    return replace(seen, id=reaction.id)


def sources_of(told: Iterable[tuple[Report, Source]]) -> tuple[Source, ...]:
    """Return one source for each item, first report first; an item that tells it twice shows its longer quote."""
    best: dict[str, Source] = {}
    for _, source in told:
        known = best.get(source.item_id)
        if known is None or len(source.quote or "") > len(known.quote or ""):
            best[source.item_id] = source
    return tuple(best.values())


def best_report(told: Sequence[Report]) -> Report:
    """Return the report that tells a reaction best: the better tier, then the longest quote, then the first."""
    return min(told, key=lambda each: (each.record.tier.rank, -len(each.record.quote or ""), each.reported_at, each.id))


def asks_for(query: ReactionQuery, reaction: Reaction) -> bool:
    """Return whether a query asks for a reaction, its story and times included."""
    words = f"{reaction.quote or ''}\n{reaction.evidence}".casefold()
    types = asked_types(query)
    return (
        reaction.reports > 0
        and (not query.actors or reaction.actor in query.actors)
        and (not types or reaction.type in types)
        and (not query.targets or not query.targets.isdisjoint(reaction.targets))
        and (not query.languages or not query.languages.isdisjoint(reaction.languages))
        and (not query.outlets or not query.outlets.isdisjoint(reaction.outlets))
        and (query.tier is None or reaction.tier is query.tier)
        and (query.background is None or reaction.background == query.background)
        and (query.story_id is None or reaction.story_id == query.story_id)
        and (query.text is None or query.text.casefold() in words)
        and (query.since is None or reaction.first_reported_at >= query.since)
        and (query.until is None or reaction.first_reported_at < query.until)
    )


def asked_types(query: ReactionQuery) -> frozenset[ReactionType]:
    """Return the types that a query names, those of its families included; none when it asks for all."""
    return query.types | {each for each in ReactionType if each.family in query.families}


async def _told(
    connection: AsyncConnection, matching: Matching, ids: dict[str, object], eyes: Eyes
) -> list[tuple[Report, Source]]:
    """Return the visible reports of these reactions with what a reader is shown of each, oldest first."""
    wanted = (
        select(*columns_of(Report), items.c.title, items.c.link, items.c.published, feeds.c.kind)
        .join(items, items.c.id == reports.c.item_id)
        .join(feeds, feeds.c.id == reports.c.feed_id)
        .where(matching.one_of(reports.c.reaction_id, "ids"))
        .order_by(reports.c.reported_at, reports.c.item_id, reports.c.start, reports.c.id)
    )
    if eyes.guild_id is not None:
        wanted = wanted.where(reports.c.feed_id.in_(seen_by(eyes.guild_id)))
    told = []
    for row in (await connection.execute(wanted, ids)).all():
        report = value_of(row, Report)
        title, link, published, kind = row[-4:]
        source = Source(
            item_id=report.item_id,
            outlet=report.outlet,
            kind=kind,
            title=title,
            link=link,
            language=report.language,
            published=published,
            quote=report.record.quote,
            evidence=report.record.evidence,
        )
        told.append((report, source))
    return told


async def _mixed(connection: AsyncConnection, matching: Matching, ids: dict[str, object], eyes: Eyes) -> set[str]:
    """Return which of these reactions a hidden feed reports as well."""
    wanted = select(reports.c.reaction_id).where(
        matching.one_of(reports.c.reaction_id, "ids"), reports.c.feed_id.in_(eyes.hidden_feeds)
    )
    return set((await connection.execute(wanted, ids)).scalars())


async def _items_of(connection: AsyncConnection, matching: Matching, told: Iterable[Report]) -> dict[str, Item]:
    ids = matching.listed({report.item_id for report in told})
    wanted = select(*columns_of(Item)).where(matching.one_of(items.c.id, "ids"))
    found = (value_of(row, Item) for row in await connection.execute(wanted, {"ids": ids}))
    return {item.id: item for item in found}


def _as_reported(report: Report, items_by_id: dict[str, Item]) -> Item:
    return replace(
        items_by_id[report.item_id], published=report.reported_at, outlet=report.outlet, language=report.language
    )
