"""The command line: each module holds the commands of one concern; `main` puts them together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import bot
from bot.cli import archive, coding, corrections, feeds, operations, service, subscriptions
from bot.cli.session import Session, fail
from bot.domain.errors import CommuniqueError

app = typer.Typer(
    name="communique",
    help="A Discord bot that monitors diplomatic reactions to Nagorno-Karabakh: who said what, to whom, in whose words.",
    epilog="Start with `communique demo`. Every command takes --config FILE; `communique COMMAND --help` tells more.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (service, coding, archive, corrections, operations):
    room.register(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(subscriptions.app, name="subscriptions")
app.add_typer(operations.db, name="db")
app.add_typer(coding.lexicon, name="lexicon")


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"communique {bot.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            help="The settings file; else the variable COMMUNIQUE_CONFIG, else ./config.toml, else defaults.",
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version and leave.")
    ] = False,
) -> None:
    del version
    context.obj = Session(config=config)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `communique`: exit code 0 done, 1 failed, 2 used wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=_config_first(given), prog_name="communique")
    except CommuniqueError as error:
        fail(error)
    except BrokenPipeError:
        # Whoever read our output has seen enough; there is nobody left to tell.
        sys.stderr.close()
        raise SystemExit(0) from None


def _config_first(given: list[str]) -> list[str]:
    """Return the arguments with --config, wherever it stands, in front: it belongs to every command."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--config":
            front += [word, *([following] if (following := next(words, None)) is not None else [])]
        elif word.startswith("--config="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest
