"""Retelling: what changes when moderators put items into another story.

The reactions of the stories concerned are gathered anew from what their items report, as if the items had always been
where they are now. Messages that told them otherwise are to be edited; nobody is alerted anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.decisions import Known, Rules, Triage, Verdict
from bot.domain.errors import Invalid
from bot.domain.items import Item
from bot.domain.novelty import Acts
from bot.domain.owing import Ledger
from bot.domain.placements import Placement, story_apart
from bot.domain.reactions import Reaction, Record, Report
from bot.domain.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What a moderator says of the story of an item: that of `with_story`, or, where that is None, another event."""

    item_id: str
    with_story: str | None
    author: str
    guild_id: str = ""
    reason: str = ""


def placed_by(placing: Placing, known: Known, now: datetime) -> tuple[Placement, ...]:
    """Return the placements that this comes to: of the item with its copies, or of all that is told with it.

    Taking apart moves the item and its near-verbatim copies; joining moves its whole story. Raises Invalid where nothing
    would move.
    """
    item = next((each for each in known.items if each.id == placing.item_id), None)
    if item is None or item.story_id is None:
        raise Invalid("the item belongs to no story")
    together = [each for each in known.items if each.story_id == item.story_id]
    if placing.with_story is None:
        moved = [each for each in together if item.id in {each.id, each.duplicate_of}]
        if len(moved) == len(together):
            raise Invalid("nothing else is told in its story: there is nothing to take apart")
        return tuple(_placement(placing, each, story_apart(item.id), item.title, now) for each in moved)
    story = next((each for each in known.stories if each.id == placing.with_story), None)
    if story is None:
        raise Invalid("there is no such story")
    if story.id == item.story_id:
        raise Invalid("they are one story already")
    return tuple(_placement(placing, each, story.id, story.title, now) for each in together)


def _placement(placing: Placing, item: Item, story_id: str, title: str, now: datetime) -> Placement:
    return Placement(
        item_id=item.id,
        story_id=story_id,
        title=title,
        apart=placing.with_story is None,
        guild_id=placing.guild_id,
        author=placing.author,
        at=now,
        reason=placing.reason,
    )


def concerned(known: Known, placements: Iterable[Placement]) -> frozenset[str]:
    """Return the ids of the reactions that these placements may tear or join: those of the stories on both sides."""
    stories = _stories(known, placements)
    inside = {item.id for item in known.items if item.story_id in stories}
    return frozenset(report.reaction_id for report in known.reports if report.item_id in inside)


def retell(known: Known, placements: Sequence[Placement], rules: Rules, now: datetime) -> Triage:
    """Decide what these placements change; one that is older than the placement it would replace changes nothing.

    `known` holds all items of the stories concerned and all that report their reactions (see `concerned`).
    """
    standing = {each.item_id: each for each in known.placements}
    new = [each for each in placements if each.item_id not in standing or standing[each.item_id].at < each.at]
    placed = {each.item_id: each for each in new}
    moving = {
        item.id for item in known.items if item.id in placed and item.story_id not in {None, placed[item.id].story_id}
    }
    if not moving:
        return Triage(placements=tuple(new))
    torn = concerned(known, [placed[name] for name in sorted(moving)])
    items = tuple(_moved(item, placed, moving, known.items) if item.id in moving else item for item in known.items)
    apart = frozenset(each.story_id for each in (standing | placed).values() if each.apart)
    reactions, reports = _gathered(items, known, torn, apart, rules)
    ledger = _mended(known, reactions, reports, rules, now)
    stories = _stories(known, [placed[name] for name in sorted(moving)])
    return Triage(
        items=tuple(item for item in items if item.id in moving),
        stories=tuple(_story(name, items, known.stories, placed.values()) for name in sorted(stories)),
        fingerprints=tuple(
            replace(mark, story_id=placed[mark.item_id].story_id)
            for mark in known.fingerprints
            if mark.item_id in moving
        ),
        reactions=reactions,
        reports=reports,
        alerts=ledger.written,
        verdicts=tuple(
            Verdict(item_id=name, subscription_id="", alerted=False, reason=placed[name].story_reason, at=now)
            for name in sorted(moving)
        ),
        placements=tuple(new),
    )


def _stories(known: Known, placements: Iterable[Placement]) -> frozenset[str]:
    """Return the ids of the stories that placed items leave or join."""
    placed = {each.item_id: each.story_id for each in placements}
    left = {item.story_id for item in known.items if item.id in placed and item.story_id}
    return frozenset(left | set(placed.values()))


def _moved(item: Item, placed: dict[str, Placement], moving: set[str], items: Iterable[Item]) -> Item:
    placement = placed[item.id]
    original = next((each for each in items if each.id == item.duplicate_of), None)
    stays_a_copy = original is not None and original.id in moving and placed[original.id].story_id == placement.story_id
    return replace(
        item,
        story_id=placement.story_id,
        story_reason=placement.story_reason,
        duplicate_of=item.duplicate_of if stays_a_copy else None,
    )


def _gathered(
    items: Iterable[Item], known: Known, torn: frozenset[str], apart: frozenset[str], rules: Rules
) -> tuple[tuple[Reaction, ...], tuple[Report, ...]]:
    """Return the torn reactions as the items tell them where they are now, and the reports that changed.

    What is told in a story that was taken apart (`apart`) is no other story's reaction, however alike the words are.
    """
    told: dict[str, list[Record]] = defaultdict(list)
    for report in known.reports:
        if report.reaction_id in torn:
            told[report.item_id].append(report.record)
    titles = {story.id: story.title for story in known.stories}
    acts = Acts((), (), rules.window, lambda name: titles.get(name, ""), apart)
    for item in sorted(items, key=lambda item: (item.published, item.id)):
        if item.id in told:
            acts.tell(item, sorted(told[item.id], key=lambda record: (record.start, record.end, record.type)))
    before = {report.id: report.reaction_id for report in known.reports}
    reports = tuple(each for each in acts.reports if before.get(each.id) != each.reaction_id)
    gathered = {each.id: each for each in acts.written}
    earlier = {each.id: each for each in known.reactions}
    gone = [
        replace(each, reports=0, outlets=(), languages=())
        for each in known.reactions
        if each.id in torn and each.id not in gathered and each.reports
    ]
    changed = [each for name, each in gathered.items() if earlier.get(name) != each]
    return (*changed, *gone), reports


def _mended(
    known: Known, reactions: Iterable[Reaction], reports: Iterable[Report], rules: Rules, now: datetime
) -> Ledger:
    """Return the alerts, with each carrying what its own item reports now, and those that say otherwise to be edited."""
    ledger = Ledger(known.alerts, rules, now)
    was = {report.id: report.reaction_id for report in known.reports}
    becomes = {(each.item_id, was[each.id]): each.reaction_id for each in reports if each.id in was}
    for alert in known.alerts:
        ledger.recast(alert.id, {name: becomes.get((alert.item_id, name), name) for name in alert.reactions})
    for reaction in reactions:
        ledger.edit(reaction.id)
    return ledger


def _story(name: str, items: Iterable[Item], known: Iterable[Story], placements: Iterable[Placement]) -> Story:
    """Return a story as its items are now; one that everything has left keeps its name, and no item."""
    inside = sorted((item for item in items if item.story_id == name), key=lambda item: (item.published, item.id))
    story = next((each for each in known if each.id == name), None)
    if not inside:
        assert story is not None
        return replace(story, items=0, outlets=())
    title = next((each.title for each in placements if each.story_id == name and each.title), inside[0].title)
    opened = story or Story(
        id=name,
        title=title,
        first_item_id=inside[0].id,
        started_at=inside[0].published,
        last_item_at=inside[-1].published,
    )
    return replace(
        opened,
        started_at=inside[0].published,
        last_item_at=inside[-1].published,
        items=len(inside),
        outlets=tuple(dict.fromkeys(item.outlet for item in inside)),
    )
