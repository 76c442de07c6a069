"""The command line as a user has it: a process of its own, an empty folder, no configuration of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Communique = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables a command is started with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
    return kept | {"COMMUNIQUE_DATABASE__URL": f"sqlite:///{tmp_path}/bot.sqlite3", "COLUMNS": "120", "NO_COLOR": "1"}


@pytest.fixture
def communique(tmp_path: Path, environment: dict[str, str]) -> Communique:
    """Run `communique` and return what it said; `input` is its standard input."""

    def run(*arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])} | variables,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run
