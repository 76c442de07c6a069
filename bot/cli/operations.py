"""Commands for operators: `check`, `status`, `db`."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.session import FAILED, run, session_of

db = typer.Typer(help="The database's schema.", no_args_is_help=True)


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
    from bot.store.schema import current_revision, upgrade_schema

    session = session_of(context)
    url = session.settings.database.url.get_secret_value()

    async def work() -> None:
        await upgrade_schema(url)
        print(f"schema at {await current_revision(url)}")

    run(work)


@db.command()
def current(context: typer.Context) -> None:
    """Print the schema's revision, and the one this release brings."""
    from bot.store.schema import current_revision, head_revision

    session = session_of(context)

    async def work() -> None:
        url = session.settings.database.url.get_secret_value()
        print(f"{await current_revision(url) or 'none'} (this release: {head_revision()})")

    run(work)
