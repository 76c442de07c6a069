"""Commands for operators: `check`, `status`, `db`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import FAILED, run, session_of

if TYPE_CHECKING:
    from bot.store.database import Database

db = typer.Typer(help="The database: its schema, a backup, a check.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(check)
    app.command()(status)


def check(context: typer.Context) -> None:
    """Look at configuration, database, lexicons and Discord token, and say what is wrong and what to do."""
    from bot.cli.checks import findings
    from bot.console.tables import show_findings

    session = session_of(context)
    found = run(lambda: findings(session))
    show_findings(session.console, found)
    if any(not finding.good for finding in found):
        raise SystemExit(FAILED)


def status(
    context: typer.Context,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Leave with 1 unless feeds are being polled and alerts go out.")
    ] = False,
) -> None:
    """Show how the bot is doing: feeds, what was found, what waits to be posted."""
    session = session_of(context)
    session.log(default="error")

    async def work() -> bool:
        from bot.app import utc_now
        from bot.console.tables import show_tally

        async with session.app() as opened:
            now = utc_now()
            tally = await opened.store.tally(now)
            show_tally(session.console, tally, now)
            return tally.is_well(now)

    if not run(work) and exit_code:
        raise SystemExit(FAILED)


@db.command()
def upgrade(context: typer.Context) -> None:
    """Bring the schema up to this release; done at every start as well."""
    from bot.store import schema

    async def work() -> None:
        async with _database(context) as database:
            before = await schema.upgrade(database)
            print(f"{database.place}: from {before or 'nothing'} to {schema.HEAD}")

    run(work)


@db.command()
def current(context: typer.Context) -> None:
    """Print the schema's revision, and the one this release works with."""
    from bot.store import schema

    async def work() -> None:
        async with _database(context) as database:
            print(f"{await schema.current_revision(database) or 'none'} (this release: {schema.HEAD})")

    run(work)


@db.command()
def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")],
) -> None:
    """Copy an SQLite database, as it is at one moment, while the bot goes on; the copy is checked."""
    from bot.store.upkeep import UpkeepStore

    async def work() -> None:
        async with _database(context) as database:
            await UpkeepStore(database).backup(target)
            print(f"{database.place}: copied to {target}")

    run(work)


@db.command(name="check")
def check_database(context: typer.Context) -> None:
    """Read the whole database and say what is damaged; leave with 1 if anything is."""
    from bot.store.upkeep import UpkeepStore

    async def work() -> tuple[str, ...]:
        async with _database(context) as database:
            faults = await UpkeepStore(database).faults()
            print("\n".join(faults) or f"{database.place}: sound")
            return faults

    if run(work):
        raise SystemExit(FAILED)


@db.command()
def prune(
    context: typer.Context,
    older_than: Annotated[str, typer.Option(help="Such as 180d: how long ago a feed showed the item last.")],
) -> None:
    """Let go of the texts of old items; what was said in them, and that they were seen, stays."""
    from bot.app import utc_now
    from bot.config import duration
    from bot.store.upkeep import UpkeepStore

    try:
        age = duration(older_than)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--older-than") from error

    async def work() -> None:
        async with _database(context) as database:
            pruned = await UpkeepStore(database).prune(last_seen_before=utc_now() - age)
            print(f"{database.place}: the texts of {pruned.items:,} items are gone; the room is used again")

    run(work)


@asynccontextmanager
async def _database(context: typer.Context) -> AsyncIterator[Database]:
    from bot.store.database import Database

    database = Database(session_of(context).settings.database.url.get_secret_value())
    try:
        yield database
    finally:
        await database.aclose()
