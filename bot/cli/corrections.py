"""`import`: what moderators decided elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import USED_WRONGLY, fail, run, session_of
from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.domain.amendments import Amendment
    from bot.domain.placements import Placement


class Importable(StrEnum):
    """What can be imported."""

    CORRECTIONS = "corrections"


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("import")(import_)


def import_(
    context: typer.Context,
    kind: Annotated[Importable, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="JSON Lines, as `communique export corrections` prints them.")],
) -> None:
    """Take over what moderators decided elsewhere; on each record the latest decision stands."""
    session = session_of(context)
    session.log()
    if not file.is_file():
        fail(f"{file}: there is no such file", code=USED_WRONGLY)
    decided: list[Amendment] = []
    placed: list[Placement] = []
    for corrections, placement in _decided(file):
        decided += corrections
        placed += [placement] if placement else []

    async def work() -> None:
        async with session.app() as app:
            total = await app.amender().restore(decided, placed)
        read = len(decided) + len(placed)
        print(f"{read} {kind.value} read, {total.records} new or later than those known", file=sys.stderr)

    run(work)


def _decided(path: Path) -> Iterator[tuple[tuple[Amendment, ...], Placement | None]]:
    from bot.usecases.gold import read_gold

    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield read_gold(json.loads(line))
                except (ValueError, Invalid) as error:
                    raise Invalid(f"{path}, line {number}: is no labelled item: {error}") from None
