"""What every command shares: its settings, its terminal, and how it ends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from bot.domain.errors import CommuniqueError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import App
    from bot.config import Settings

FAILED = 1
USED_WRONGLY = 2

T = TypeVar("T")


@dataclass
class Session:
    """One run of the command line. `config` is what --config named."""

    config: Path | None = None

    @cached_property
    def settings(self) -> Settings:
        """Return the settings. Raises ConfigurationInvalid."""
        from bot.config import load_settings

        return load_settings(self.config)

    @cached_property
    def console(self) -> Console:
        """Return standard output: coloured on a terminal, plain in a pipe."""
        from rich.console import Console

        return Console(soft_wrap=not sys.stdout.isatty())

    @cached_property
    def errors(self) -> Console:
        """Return standard error, where progress and remarks go."""
        from rich.console import Console

        return Console(stderr=True)

    def log(self, *, default: str = "warning") -> None:
        """Set up logging on standard error: as configured for the service, quieter for a single command."""
        from bot.logs import configure_logs

        level = self.settings.log.level if default == "info" else default
        configure_logs(level=level, form=self.settings.log.format)

    @asynccontextmanager
    async def app(self) -> AsyncIterator[App]:
        """Open the app: the store and whatever else is asked of it."""
        from bot.app import opened

        async with opened(self.settings) as app:
            yield app


def session_of(context: typer.Context) -> Session:
    """Return the session that the root command opened."""
    session = context.find_object(Session)
    assert session is not None
    return session


def run(work: Callable[[], Coroutine[None, None, T]]) -> T:
    """Run a command's asynchronous part; an interrupt ends it without a traceback."""
    try:
        return asyncio.run(work())
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def fail(error: CommuniqueError | str, *, code: int = FAILED) -> NoReturn:
    """Say on standard error what is wrong and what to do, one line each, and leave."""
    for line in str(error).splitlines():
        # Printed, not rendered: nothing in it is markup.
        print(f"communique: {line}", file=sys.stderr)
    raise SystemExit(code)
