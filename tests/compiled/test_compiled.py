"""Machine code is used where it fits the sources, and says what they say."""

from __future__ import annotations

import importlib.machinery
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot import compiled
from bot.compiled import MANIFEST, OWN_VALUES, ROOMS, VARIABLE, CompiledFinder, fingerprint, fits, home, sources
from bot.domain.analyst import Reading
from bot.domain.entries import Entry, FeedDocument
from bot.domain.items import Article
from bot.domain.reactions import Record, Statement
from bot.store.tables import TABLE_OF

PACKAGE = Path(bot.__file__).parent
SAMPLES = sorted(path for path in (PACKAGE / "demo/feeds").rglob("*.xml"))
ENDING = importlib.machinery.EXTENSION_SUFFIXES[0]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(PACKAGE / room, tmp_path / "bot" / room)
    return tmp_path / "bot"


def python(*arguments: str, compiled: str, seed: str = "1") -> str:
    told = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, VARIABLE: compiled, "PYTHONHASHSEED": seed},
    )
    assert told.stdout, told.stderr
    return told.stdout


def test_what_computes_is_compiled_and_values_of_the_domain_are_not() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in sources()}
    assert {"analysis/chunking.py", "analysis/chunks.py", "domain/triage.py", "domain/urls.py"} <= names
    assert {f"domain/{name}.py" for name in OWN_VALUES} <= names
    assert names.isdisjoint({"analysis/__init__.py", "domain/__init__.py", "domain/items.py", "domain/reactions.py"})


def test_values_that_are_compiled_are_none_that_the_store_keeps_or_that_travel() -> None:
    stored = {kind.__module__ for kind in TABLE_OF}
    travelling = {kind.__module__ for kind in (Article, Entry, FeedDocument, Reading, Record, Statement)}
    assert {f"bot.domain.{name}" for name in OWN_VALUES}.isdisjoint(stored | travelling)


def test_what_is_compiled_is_part_of_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    monkeypatch.setattr(compiled, "OWN_VALUES", OWN_VALUES - {"profiles"})
    assert fingerprint() != before


@pytest.mark.parametrize("module", ["analysis/text.py", "domain/items.py"])
def test_any_byte_of_the_rooms_is_another_fingerprint(package: Path, module: str) -> None:
    before = fingerprint(package)
    assert before == fingerprint(PACKAGE)
    source = package / module
    source.write_bytes(source.read_bytes() + b"\n")
    assert fingerprint(package) != before


def test_machine_code_fits_the_sources_it_was_made_of_and_no_others(package: Path, tmp_path: Path) -> None:
    assert not fits(tmp_path / "nowhere", package)
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe")
    assert not fits(tmp_path, package)
    (tmp_path / MANIFEST).write_text(fingerprint(package), encoding="ascii")
    assert fits(tmp_path, package)
    (package / "domain/urls.py").unlink()
    assert not fits(tmp_path, package)


def test_only_what_is_there_and_of_the_rooms_is_found(tmp_path: Path) -> None:
    for place in ("bot/analysis/text", "bot/store/tables", "ab12__mypyc"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{place}{ENDING}").touch()
    finder = CompiledFinder(tmp_path)
    found = finder.find_spec("bot.analysis.text")
    assert found is not None
    assert found.origin == str(tmp_path / f"bot/analysis/text{ENDING}")
    assert finder.find_spec("ab12__mypyc") is not None
    for other in ("bot.analysis.nouns", "bot.store.tables", "bot.analysis", "json", "other__mypyc"):
        assert finder.find_spec(other) is None


def test_it_can_be_left_aside() -> None:
    told = python("-c", "import bot.analysis.text as module; print(module.__file__)", compiled="off")
    assert told.strip() == str(PACKAGE / "analysis/text.py")


@pytest.mark.skipif(not fits(home()), reason="no machine code is built: `make compiled`")
def test_it_is_used_and_says_what_the_sources_say() -> None:
    told = python("-c", "import bot.domain.triage as module; print(module.__file__)", compiled="on")
    assert told.startswith(str(home()))
    command = ("-m", "bot", "analyze", "--format", "jsonl", *map(str, SAMPLES))
    assert python(*command, compiled="on") == python(*command, compiled="off")


def test_what_is_coded_does_not_depend_on_the_order_of_sets() -> None:
    command = ("-m", "bot", "analyze", "--format", "jsonl", *map(str, SAMPLES))
    told = python(*command, compiled="off")
    assert any(json.loads(line)["reactions"] for line in told.splitlines())
    assert told == python(*command, compiled="off", seed="2") == python(*command, compiled="off", seed="3")
