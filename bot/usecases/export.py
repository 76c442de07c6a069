"""Export: values as the flat rows that `analyze` and `export` print, JSON or CSV; the outside world's contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.domain.alerts import Alert
from bot.domain.analyst import Reading
from bot.domain.citation import citation
from bot.domain.items import Article
from bot.domain.reactions import CODEBOOK, Record, Report
from bot.domain.stories import Story

if TYPE_CHECKING:
    # What the store gives; `analyze` has no store, and starts without all that it takes.
    from bot.usecases.ports import ItemRow, ReactionRow

Plain = None | str | int | float | bool | list["Plain"] | dict[str, "Plain"]
Row = dict[str, Plain]


def reading_row(item_id: str, article: Article, reading: Reading, *, with_text: bool = False) -> Row:
    """Return the line that `analyze` prints for an item; offsets count characters of `text`."""
    row: Row = {
        "id": item_id,
        "language": reading.language,
        "relevant": reading.relevance.relevant,
        "relevance": {
            "reason": reading.relevance.reason,
            "topic": reading.relevance.topic,
            "terms": list(reading.relevance.terms),
            "excluded_by": list(reading.relevance.excluded_by),
        },
        "reactions": [dict(record_row(record)) for record in reading.records],
        "statements": [_plain(asdict(statement)) for statement in reading.statements],
    }
    return row | {"text": article.text} if with_text else row


def record_row(record: Record) -> Row:
    """Return a record with its type's family and tone."""
    return {
        "actor": record.actor,
        "actor_name": None,
        "speaker": record.speaker,
        "role": record.role,
        "type": record.type.value,
        "family": record.type.family.value,
        "tone": record.type.tone,
        "targets": list(record.targets),
        "quote": record.quote,
        "evidence": record.evidence,
        "start": record.start,
        "end": record.end,
        "cue": record.cue,
        "rule": record.rule,
        "tier": record.tier.value,
        "confidence": round(record.confidence, 2),
        "background": record.background,
        "date": _plain(record.date),
    }


def named(row: Row, names: Mapping[str, str]) -> Row:
    """Return the row with `actor_name` filled in from actor codes."""
    return row | {"actor_name": names.get(str(row["actor"]), row["actor"])}


def item_row(row: ItemRow) -> Row:
    """Return an item as `export items` prints it; `guid` and `link` are as the feed had them."""
    item = row.item
    return {
        "id": item.id,
        "guid": item.guid,
        "link": item.link,
        "title": item.title,
        "published": _plain(item.published),
        "feed": row.feed_url,
        "outlet": item.outlet,
        "language": item.language,
        "relevant": item.relevant,
        "relevance": item.relevance,
        "story_id": item.story_id,
        "story_reason": item.story_reason,
        "duplicate_of": item.duplicate_of,
        "withdrawn": item.withdrawn,
        "first_seen_at": _plain(item.first_seen_at),
        "last_seen_at": _plain(item.last_seen_at),
    }


def story_row(story: Story) -> Row:
    """Return a story as `export stories` prints it."""
    return {
        "id": story.id,
        "title": story.title,
        "first_item_id": story.first_item_id,
        "started_at": _plain(story.started_at),
        "last_item_at": _plain(story.last_item_at),
        "items": story.items,
        "outlets": list(story.outlets),
    }


def reaction_row(row: ReactionRow, names: Mapping[str, str]) -> Row:
    """Return a reaction as `export reactions` prints it: its best report's record, how it was reported, how to cite it."""
    reaction, report = row.reaction, row.report
    cited = citation(
        reaction, names=names, outlet=report.outlet, title=row.title, published=row.published, link=row.link
    )
    return {
        "id": reaction.id,
        **named(record_row(report.record), names),
        "speaker": reaction.speaker,
        "role": reaction.role,
        "targets": list(reaction.targets),
        "quote": reaction.quote,
        "tier": reaction.tier.value,
        "background": reaction.background,
        "first_reported_at": _plain(reaction.first_reported_at),
        "last_reported_at": _plain(reaction.last_reported_at),
        "reports": reaction.reports,
        "outlets": list(reaction.outlets),
        "languages": list(reaction.languages),
        "story_id": reaction.story_id,
        "item_id": report.item_id,
        "link": row.link,
        "links": list(row.links),
        "codebook": CODEBOOK,
        "citation": cited,
    }


def alert_row(alert: Alert) -> Row:
    """Return an alert as `export alerts` prints it."""
    return {
        "id": alert.id,
        "subscription": alert.subscription_id,
        "channel_id": alert.channel_id,
        "status": alert.status.value,
        "message_id": alert.message_id,
        "reactions": list(alert.reactions),
        "attempts": alert.attempts,
        "created_at": _plain(alert.created_at),
        "posted_at": _plain(alert.posted_at),
        "item_id": alert.item_id,
        "reason": alert.reason,
        "last_error": alert.last_error,
    }


def report_row(report: Report) -> Row:
    """Return a report with its record, as `why` and exports of single items show it."""
    return {"item_id": report.item_id, "outlet": report.outlet, "reason": report.reason, **record_row(report.record)}


def csv_row(row: Row) -> dict[str, str]:
    """Return the row as CSV cells: lists joined by "; ", absent values empty, nothing that a spreadsheet would run."""
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _cell("; ".join(_cell(part) for part in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    # A feed's text that begins so is a formula to a spreadsheet.
    return f"'{text}" if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _plain(value: object) -> Plain:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_plain(part) for part in value]
    assert value is None or isinstance(value, str | int | float | bool)
    return value
