"""What the container is built from agrees with what is tested."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bot

ROOT = Path(__file__).parent.parent


def blocks(name):
    """Return distribution → its requirement with version and hashes, as the lock file has it."""
    text = re.sub(r"(?m)^ *#.*\n", "", (ROOT / name).read_text("utf-8"))
    return {re.split(r"[=\[ ]", block)[0]: block.strip() for block in re.split(r"(?m)^(?=\w)", text) if block.strip()}


@pytest.mark.parametrize("name", ["requirements-build.lock", "requirements-compile.lock"])
def test_the_locks_of_the_build_repeat_the_development_lock_word_for_word(name):
    build, development = blocks(name), blocks("requirements-dev.lock")
    assert build
    assert build == {name: development[name] for name in build}


def test_the_build_lock_holds_all_that_the_build_backend_needs():
    asked = [Requirement(text) for text in requires("hatchling") or ()]
    needed = {one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})}
    assert {"hatchling"} | needed <= set(blocks("requirements-build.lock"))


def test_the_run_lock_holds_every_dependency_in_the_version_that_is_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    run, development = blocks("requirements.lock"), blocks("requirements-dev.lock")
    assert wanted - set(run) == set()
    assert run == {name: development.get(name) for name in run}


def test_lock_files_name_no_address():
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text("utf-8"), path.name


def test_the_image_carries_the_version_of_the_program():
    assert f'image.version="{bot.__version__}"' in (ROOT / "Dockerfile").read_text("utf-8")
    assert f"image: communique:{bot.__version__}\n" in (ROOT / "compose.yaml").read_text("utf-8")


def test_everything_that_the_dockerfile_copies_may_enter_the_build():
    instructions = re.findall(r"(?m)^COPY (?!--from)(.+)$", (ROOT / "Dockerfile").read_text("utf-8"))
    copied = {source for line in instructions for source in line.split()[:-1]}
    allowed = set(re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8")))
    assert copied == allowed
    assert all((ROOT / source).exists() for source in copied)
