"""The whole life of an item in plain words: what `why` tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.console.alerts import attribution
from bot.console.inert import plain
from bot.domain.actors import ActorNames
from bot.domain.alerts import Alert
from bot.domain.presentation import own_name
from bot.domain.reactions import Reaction, Report
from bot.usecases.ports import Life


def show_life(console: Console, life: Life, names: ActorNames) -> None:
    """Print why the item is relevant, which story it tells, what was coded, and who was alerted or not, and why."""
    for heading, lines in _sections(life, names):
        console.print(Text(heading, style="bold"), soft_wrap=True, highlight=False)
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True, highlight=False)


def _sections(life: Life, names: ActorNames) -> Iterator[tuple[str, list[str]]]:
    item = life.item
    yield plain(item.title) or item.id, list(_origin(life))
    if not item.relevant:
        yield (
            "Relevance",
            [f"not relevant: {plain(item.relevance)}", "it is remembered; nothing of it is coded or told"],
        )
    else:
        yield "Relevance", [f"relevant: {plain(item.relevance)}"]
        yield "Story", list(_story(life))
        yield "What was coded", list(_coded(life, names)) or ["nobody's reaction is told"]
        yield "Alerts", list(_alerts(life, names))


def _origin(life: Life) -> Iterator[str]:
    item = life.item
    yield f"{plain(item.outlet)}, published {_time(item.published)}, first seen {_time(item.first_seen_at)}"
    yield f"feed {plain(life.feed.name)} <{plain(life.feed.url)}>"
    if item.link:
        yield plain(item.link)
    if item.withdrawn:
        yield "its outlet has corrected it, or taken it back"
    if life.original is not None:
        yield f"a copy of “{plain(life.original.title)}” by {plain(life.original.outlet)}"
    for revision in life.revisions:
        before = f"before: “{plain(revision.title)}”" if revision.title != item.title else "under the same title"
        yield f"reworded {_time(revision.replaced_at)}, {before}"


def _story(life: Life) -> Iterator[str]:
    if life.story is None:
        yield "none"
        return
    story = life.story
    yield f"“{plain(story.title)}”: {plain(life.item.story_reason)}"
    yield f"{story.items} items by {', '.join(map(plain, story.outlets))}, since {_time(story.started_at)}"


def _coded(life: Life, names: ActorNames) -> Iterator[str]:
    shown = {sourced.reaction.id: sourced for sourced in life.reactions}
    for report in life.reports:
        yield from _report(report, names)
        if (sourced := shown.get(report.reaction_id)) is not None:
            yield f"    counted as: {report.reason or 'new'}; reported by {_outlets(sourced.reaction)}"


def _outlets(reaction: Reaction) -> str:
    return ", ".join(
        f"{plain(outlet)}{' (a copy)' if outlet in reaction.copying else ''}" for outlet in reaction.outlets
    )


def _report(report: Report, names: ActorNames) -> Iterator[str]:
    record = report.record
    actor = plain(names.name(record.actor, speaker=own_name(record)))
    targets = ", ".join(plain(names.name(code)) for code in record.targets)
    said_by = attribution(record)
    yield f"{actor}: {record.type.value}{f' → {targets}' if targets else ''}{f', {said_by}' if said_by else ''}"
    yield f"    “{plain(record.evidence)}”"
    cue = f"because of “{plain(record.cue)}”" if record.cue else "with no word that decides"
    yield f"    {cue} (rule {record.rule}, {record.tier.value} tier, {record.confidence:.2f})"
    if record.background:
        yield "    an earlier act, told as background"


def _alerts(life: Life, names: ActorNames) -> Iterator[str]:
    for alert in life.alerts:
        yield _alert(alert, life.item.id)
    channels = {alert.subscription_id: f"channel {alert.channel_id}" for alert in life.alerts} | {"": "everybody"}
    acts = {
        found.reaction.id: f" of {names.name(found.reaction.actor)}: {found.reaction.type.value}"
        for found in life.reactions
    }
    for verdict in life.verdicts:
        if not verdict.alerted:
            whom = channels.get(verdict.subscription_id, f"subscription {verdict.subscription_id}")
            yield f"{whom}: not told{acts.get(verdict.reaction_id, '')}: {plain(verdict.reason)}"
    if not life.alerts and not life.verdicts:
        yield "no subscription was there to be alerted"


def _alert(alert: Alert, item_id: str) -> str:
    posted = f", message {alert.message_id} {_time(alert.posted_at)}" if alert.posted_at else ""
    error = f", last error: {plain(alert.last_error)}" if alert.last_error else ""
    reason = f" ({plain(alert.reason)})" if alert.reason else ""
    carried = "" if alert.item_id == item_id else "told in another item's alert, "
    return f"channel {alert.channel_id}: {carried}{alert.status.value}{reason}{posted}{error}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
