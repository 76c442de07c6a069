"""Commands about what was found: `replay`, `export`, `why`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import USED_WRONGLY, Session, fail, run, session_of
from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.app import App
    from bot.usecases.backfill import Replayed
    from bot.usecases.export import Row
    from bot.usecases.past import PastEntry

FEED_ENDINGS = (".xml", ".rss", ".atom", ".json")
LINE_ENDINGS = (".jsonl", ".ndjson")


class DeliverTo(StrEnum):
    """Where replayed alerts go."""

    CONSOLE = "console"
    NONE = "none"


class Kind(StrEnum):
    """What can be exported."""

    ITEMS = "items"
    STORIES = "stories"
    REACTIONS = "reactions"
    ALERTS = "alerts"
    CORRECTIONS = "corrections"


class Form(StrEnum):
    """The form of an export."""

    JSONL = "jsonl"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(replay)
    app.command()(export)
    app.command()(why)


def replay(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Feed documents, folders of them, or JSONL files of items.")],
    deliver: Annotated[
        DeliverTo, typer.Option(help="console prints the alerts; none keeps them as suppressed, never to be posted.")
    ] = DeliverTo.CONSOLE,
) -> None:
    """Run past items through the whole pipeline, in order, as if polled when they were published."""
    session = session_of(context)
    session.log()
    past = [entry for path in paths for entry in _past(path)]

    async def work() -> None:
        async with session.app() as app:
            total = await _replay(session, app, past, deliver)
        print(
            f"{total.items} new items, {total.relevant_items} relevant, {total.reactions} reactions written, "
            f"{total.alerts} alerts {'owed' if deliver is DeliverTo.CONSOLE else 'kept as suppressed'}",
            file=sys.stderr,
        )

    run(work)


async def _replay(session: Session, app: App, past: list[PastEntry], deliver: DeliverTo) -> Replayed:
    from rich.progress import Progress

    from bot.service import console_deliverer, listening_console
    from bot.usecases.backfill import Replayed

    backfiller = app.backfiller(alert_console=deliver is DeliverTo.CONSOLE)
    deliverer = console_deliverer(app, session.console)
    total = Replayed()
    async with listening_console(app):
        with Progress(console=session.errors, transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("replaying", total=len(past))
            async for total in backfiller.replay(past):
                progress.update(task, completed=total.items)
                if deliver is DeliverTo.CONSOLE:
                    await deliverer.deliver_due()
    return total


def export(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(help="What to print.")],
    form: Annotated[Form, typer.Option("--format", help="A JSON object a line, or CSV with a header.")] = Form.JSONL,
    since: Annotated[str | None, typer.Option(help="A date or time (ISO 8601): nothing older is printed.")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(help="Only reactions of this actor (code or name); repeatable.")
    ] = None,
) -> None:
    """Print everything stored of one kind, oldest first; streams."""
    session = session_of(context)
    session.log()
    start = moment(since)
    if actor and kind is not Kind.REACTIONS:
        fail("--actor goes with `export reactions`", code=USED_WRONGLY)
    if kind is Kind.CORRECTIONS and form is Form.CSV:
        fail("corrections are labelled items: they are written as JSON Lines alone", code=USED_WRONGLY)

    async def work() -> None:
        async with session.app() as app:
            await _print(_rows(app, kind, start, actor or []), form)

    run(work)


async def _print(rows: AsyncIterator[Row], form: Form) -> None:
    from bot.usecases.export import csv_row

    table: csv.DictWriter[str] | None = None
    async for row in rows:
        if form is Form.JSONL:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            continue
        cells = csv_row(row)
        if table is None:
            table = csv.DictWriter(sys.stdout, fieldnames=list(cells), lineterminator="\n")
            table.writeheader()
        table.writerow(cells)


async def _rows(app: App, kind: Kind, since: datetime | None, actors: list[str]) -> AsyncIterator[Row]:
    from bot.domain.queries import ReactionQuery
    from bot.usecases import export as rows
    from bot.usecases.gold import gold_row
    from bot.usecases.query import actor_code

    store = app.store
    match kind:
        case Kind.ITEMS:
            async for item in store.export_items(since=since):
                yield rows.item_row(item)
        case Kind.STORIES:
            async for story in store.export_stories(since=since):
                yield rows.story_row(story)
        case Kind.ALERTS:
            async for alert in store.export_alerts(since=since):
                yield rows.alert_row(alert)
        case Kind.CORRECTIONS:
            async for amended in store.export_amended(since=since):
                yield gold_row(amended)
        case Kind.REACTIONS:
            names = app.names
            query = ReactionQuery(actors=frozenset(actor_code(each, names) for each in actors), since=since)
            async for reaction in store.export_reactions(query):
                yield rows.reaction_row(reaction, names.names["en"])


def why(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="An item's link, guid or id.")],
) -> None:
    """Tell the whole life of an item in plain words: why relevant, which story, what was coded, who was alerted."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        from bot.console.lives import show_life

        async with session.app() as app:
            found = await app.store.find_item(item)
            show_life(session.console, await app.store.life_of(found.id), app.names)

    run(work)


def moment(text: str | None) -> datetime | None:
    """Return the time that an ISO 8601 date or time means, in UTC where it says no zone. Raises Invalid."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text}” is no date; write it as 2023-09-19 or 2023-09-19T16:30") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _past(path: Path) -> Iterator[PastEntry]:
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.suffix in FEED_ENDINGS + LINE_ENDINGS)
        if not inside:
            raise Invalid(f"{path}: holds no feed documents ({', '.join(FEED_ENDINGS)}) and no JSONL files")
        for each in inside:
            yield from _past(each)
    elif not path.is_file():
        fail(f"{path}: there is no such file or folder", code=USED_WRONGLY)
    elif path.suffix in LINE_ENDINGS:
        yield from _past_lines(path)
    else:
        yield from _past_document(path)


def _past_lines(path: Path) -> Iterator[PastEntry]:
    from bot.usecases.past import read_item

    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield read_item(json.loads(line), f"{path.name}:{number}")
                except (ValueError, Invalid) as error:
                    raise Invalid(f"{path}, line {number}: is no item: {error}") from None


def _past_document(path: Path) -> Iterator[PastEntry]:
    from bot.app import utc_now
    from bot.feeds.parse import read_document
    from bot.feeds.reading import NotAFeed
    from bot.usecases.past import PastEntry

    # One feed however many days it was kept: documents of the same name continue one another.
    url = f"replay:{path.stem}"
    try:
        document = read_document(path.read_bytes(), url=url, content_type="", now=utc_now(), max_items=1_000_000)
    except NotAFeed as error:
        print(f"communique: {path}: holds {error}; left out", file=sys.stderr)
        return
    # Documents list the newest first; the past is told from its beginning.
    for entry in reversed(document.entries):
        yield PastEntry(feed_url=url, feed_title=document.title, entry=entry)
