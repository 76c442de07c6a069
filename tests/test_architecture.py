"""The rooms: held by import-linter, and the linter itself is held by planted breaches."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BREACHES = {
    "an adapter imports another adapter": ("bot/console/inert.py", "import bot.store.tables", "point inwards"),
    "the domain imports a use-case": ("bot/domain/items.py", "import bot.usecases.ports", "point inwards"),
    "analysis imports its own data": ("bot/analysis/text.py", "import bot.lexicons.loader", "point inwards"),
    "a room nobody named": ("bot/utils.py", "X = 1", "point inwards"),
    "a use-case imports another": ("bot/usecases/curate.py", "import bot.usecases.poll", "share only their ports"),
    "the domain imports a library": ("bot/domain/feeds.py", "import rich", "standard library alone"),
    "discord outside its room": ("bot/console/inert.py", "import discord", "Discord is spoken"),
    "sqlalchemy outside its room": ("bot/usecases/digest.py", "import sqlalchemy", "SQL is spoken"),
    "feedparser outside its room": ("bot/usecases/past.py", "import feedparser", "parsed in one room"),
    "apscheduler outside its room": ("bot/app.py", "import apscheduler", "ticks in one room"),
    "aiohttp outside its rooms": ("bot/console/inert.py", "import aiohttp", "HTTP is spoken"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the package that may be spoilt."""
    shutil.copytree(
        ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__", "*.toml", "feeds/*.xml")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_of_each_contract_fails(breach: str, checkout: Path) -> None:
    """Every contract catches what it is there to catch."""
    path, line, contract = BREACHES[breach]
    spoilt = checkout / path
    spoilt.write_text((spoilt.read_text() if spoilt.exists() else '"""A room."""\n') + f"\n{line}\n")
    result = lint_imports(checkout)
    broken = [told for told in result.stdout.splitlines() if told.endswith("BROKEN")]
    assert result.returncode == 1, result.stdout + result.stderr
    assert any(contract in told for told in broken), result.stdout


def test_only_the_composition_root_reads_the_clock() -> None:
    """The ban on reading the time is lifted in one file."""
    lifted = [path for path in (ROOT / "bot").rglob("*.py") if "noqa: TID251" in path.read_text(encoding="utf-8")]
    assert lifted == [ROOT / "bot" / "app.py"]
