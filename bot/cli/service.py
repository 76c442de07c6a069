"""Commands that do the bot's work: `run`, `poll`, `demo`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import FAILED, fail, run, session_of

if TYPE_CHECKING:
    from bot.usecases.poll import Outcome

# How long `run` waits for a database that is not there yet, before it looks again.
PATIENCE_SECONDS = 10.0


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(demo)
    app.command("run")(run_service)
    app.command()(poll)


def run_service(
    context: typer.Context,
    roles: Annotated[
        str, typer.Option(help="What this process does, by commas: poll, deliver, gateway.")
    ] = "poll,deliver,gateway",
) -> None:
    """Run the service until it is told to stop. Without a Discord token it delivers to this terminal, and says so."""
    from bot.service import Role, Service

    session = session_of(context)
    session.log(default="info")
    try:
        chosen = frozenset(Role(each.strip()) for each in roles.split(",") if each.strip())
    except ValueError:
        fail(f"--roles is “{roles}”; it takes some of poll, deliver and gateway, by commas", code=2)

    async def work() -> None:
        async with session.app() as app:
            service = Service(app=app, console=session.console, roles=chosen, say=_remark)
            await service.serve()

    run(lambda: _patiently(work))


def poll(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(help="Poll this feed alone (address or title), due or not.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Poll what is due, once; the default.")] = True,
) -> None:
    """Fetch due feeds now, and write down what they bring.

    Delivers nothing, for that is what `run` is for, unless alerts.console asks for every alert on the terminal.
    """
    del once
    session = session_of(context)
    session.log()

    async def work() -> bool:
        from bot.console.outcomes import show_outcomes
        from bot.service import console_deliverer, listen_on_console
        from bot.usecases.poll import Poller

        async with session.app() as app:
            if app.settings.alerts.console:
                await listen_on_console(app, wanted=True)
            poller = Poller(app.desk())
            outcomes: tuple[Outcome, ...]
            if feed:
                outcome = await poller.poll_now((await app.curator().find(feed)).id)
                if outcome is None:
                    fail(f"{feed}: is paused, or is being polled by another process")
                outcomes = (outcome,)
            else:
                outcomes = await poller.poll_due()
            show_outcomes(session.console, outcomes)
            if app.settings.alerts.console:
                await console_deliverer(app, session.console).deliver_due()
            return all(outcome.error is None for outcome in outcomes)

    if not run(work):
        raise SystemExit(FAILED)


def demo(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option(help="Keep the demo's database here, to look into it afterwards.", show_default=False)
    ] = None,
) -> None:
    """Serve bundled sample feeds on loopback, run the whole pipeline on them, and show the alerts. Needs no token."""
    from bot.cli.demonstration import demonstrate

    session = session_of(context)
    session.log(default="error")
    run(lambda: demonstrate(session.console, data))


async def _patiently(work: Callable[[], Awaitable[None]]) -> None:
    """Do the work, from its beginning again however long the database takes to be there."""
    from bot.domain.errors import StoreUnavailable

    while True:
        try:
            await work()
        except StoreUnavailable as error:
            _remark(f"{error}; trying again in {PATIENCE_SECONDS:.0f} s")
            await asyncio.sleep(PATIENCE_SECONDS)
        else:
            return


def _remark(text: str) -> None:
    print(f"communique: {text}", file=sys.stderr, flush=True)
