"""Amend: a moderator's word on what was coded, kept for ever and put into effect at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.amending import Ruling, amend, decided_by
from bot.domain.amendments import Amendment, Decision
from bot.domain.decisions import Known, Lookups, Rules, Triage
from bot.domain.placements import Placement
from bot.domain.retelling import Placing, concerned, placed_by, retell
from bot.usecases.ports import Amendments, Clock, Round, Rounds

log = structlog.get_logger(__name__)

# Decisions of an import in one round: the polls of other feeds wait meanwhile.
BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What a ruling came to: how many records it decided on, and how many posted messages are to be edited."""

    records: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Amender:
    """Takes what moderators say."""

    rounds: Rounds
    amendments: Amendments
    clock: Clock
    rules: Rules

    async def rule(self, ruling: Ruling) -> Amended:
        """Put a ruling into effect on every report of the reaction, and have the messages that told it edited.

        Recoding a record to what it was coded as is to find it right.
        """
        is_same = (ruling.actor, ruling.type, set(ruling.targets)) == (
            ruling.coded.actor,
            ruling.coded.type,
            set(ruling.coded.targets),
        )
        if ruling.decision is Decision.RECODED and is_same:
            ruling = replace(ruling, decision=Decision.RIGHT)
        now = self.clock()
        acts = {(ruling.actor, ruling.type), (ruling.coded.actor, ruling.coded.type)}
        wanted = Lookups(
            feed_id="",
            ids=frozenset({ruling.item_id}),
            told=frozenset({ruling.reaction_id}),
            acts=frozenset(acts),
        )
        async with self.rounds.round() as round_:
            known = await round_.recall(wanted)
            decided = amend(known, decided_by(ruling, known, now), self.rules, now)
            await round_.record(decided, now)
        came_to = _amended(known, decided)
        log.info(
            "reaction corrected",
            decision=str(ruling.decision),
            reaction=ruling.reaction_id,
            rule=ruling.coded.rule,
            author=ruling.author,
            guild=ruling.guild_id,
            records=came_to.records,
            messages=came_to.messages,
        )
        return came_to

    async def place(self, placing: Placing) -> Amended:
        """Take an item out of its story, or join its story to another, and have the messages concerned edited.

        Raises Invalid where nothing would move.
        """
        now = self.clock()
        async with self.rounds.round() as round_:
            item = await round_.recall(Lookups(feed_id="", ids=frozenset({placing.item_id})))
            own = {each.story_id for each in item.items if each.story_id}
            sides = frozenset(own | ({placing.with_story} if placing.with_story else set()))
            known = await round_.recall(Lookups(feed_id="", ids=frozenset({placing.item_id}), stories=sides))
            decided = await self._retold(round_, placed_by(placing, known, now), now)
        came_to = _amended(known, decided)
        log.info(
            "story corrected",
            item=placing.item_id,
            story=decided.placements[0].story_id,
            author=placing.author,
            guild=placing.guild_id,
            items=len(decided.items),
            messages=came_to.messages,
        )
        return came_to

    async def _retold(self, round_: Round, placements: tuple[Placement, ...], now: datetime) -> Triage:
        """Recall all that the placements tear or join, and write what becomes of it."""
        names = frozenset(each.item_id for each in placements)
        stored = await round_.recall(Lookups(feed_id="", ids=names, amended=names))
        sides = frozenset(each.story_id for each in placements)
        sides |= {each.story_id for each in stored.items if each.id in names and each.story_id}
        known = await round_.recall(Lookups(feed_id="", ids=names, amended=names, stories=sides))
        torn = concerned(known, placements)
        known = await round_.recall(Lookups(feed_id="", ids=names, amended=names, stories=sides, told=torn))
        decided = await asyncio.to_thread(retell, known, placements, self.rules, now)
        await round_.record(decided, now)
        return decided

    async def restore(self, decided: Sequence[Amendment], placed: Sequence[Placement] = ()) -> Amended:
        """Take over decisions that were made elsewhere, unless a later one on the same record or item is known.

        Those on items that are not stored yet take effect when the item comes.
        """
        total = Amended()
        by_story: dict[str, list[Placement]] = defaultdict(list)
        for each in placed:
            by_story[each.story_id].append(each)
        for together in by_story.values():
            async with self.rounds.round() as round_:
                retold = await self._retold(round_, tuple(together), self.clock())
            total = Amended(records=total.records + len(retold.placements), messages=total.messages)
        ordered = sorted(decided, key=lambda each: (each.item_id, each.at, each.id))
        for start in range(0, len(ordered), BATCH):
            came_to = await self._restore(ordered[start : start + BATCH])
            total = Amended(records=total.records + came_to.records, messages=total.messages + came_to.messages)
        return total

    async def _restore(self, batch: Sequence[Amendment]) -> Amended:
        now = self.clock()
        names = frozenset(each.item_id for each in batch)
        wanted = Lookups(
            feed_id="",
            ids=names,
            amended=names,
            told=frozenset(each.reaction_id for each in batch if each.reaction_id),
            acts=frozenset((each.actor, each.type) for each in batch),
        )
        async with self.rounds.round() as round_:
            known = await round_.recall(wanted)
            stored = {each.id: each.at for each in known.amendments}
            # Of several on one record in the same file the last stands.
            new = {each.id: each for each in batch if each.id not in stored or stored[each.id] < each.at}
            amending = await asyncio.to_thread(amend, known, tuple(new.values()), self.rules, now)
            await round_.record(amending, now)
        return _amended(known, amending)


def _amended(known: Known, decided: Triage) -> Amended:
    alerts = {alert.id: alert for alert in (*known.alerts, *decided.alerts)}
    changed = {reaction.id for reaction in decided.reactions}
    due = (alert for alert in alerts.values() if alert.edit_due_at is not None)
    return Amended(
        records=len(decided.amendments) + len(decided.placements),
        messages=sum(not changed.isdisjoint(alert.reactions) for alert in due),
    )
