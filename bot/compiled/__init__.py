"""Machine code of what only computes, used for as long as it fits its sources.

`python -m bot.compiled.build` makes it with mypyc, into a folder of the environment; it does the same as the sources, two to
three times as fast. Whoever changes a source is back at Python until it is built again, and without any build nothing is
different. `COMMUNIQUE_COMPILED=off` leaves it aside.
"""

from __future__ import annotations

import hashlib
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Final

VARIABLE: Final = "COMMUNIQUE_COMPILED"
ROOMS: Final = ("analysis", "domain")
MANIFEST: Final = "sources"
# Modules of the domain whose values are passed about in one process and kept nowhere.
OWN_VALUES: Final = frozenset({"cleaning", "grouping", "happenings", "novelty", "profiles", "retelling"})

_PACKAGE: Final = Path(__file__).parent.parent
_ENDINGS: Final = tuple(importlib.machinery.EXTENSION_SUFFIXES)
# mypyc puts the code of all modules in one library of a name of its own, which each module imports.
_LIBRARY: Final = "__mypyc"


def home(prefix: str = sys.prefix) -> Path:
    """Return the folder of an environment that the machine code is kept in."""
    return Path(prefix) / "share" / "communique" / "compiled"


def sources(package: Path = _PACKAGE) -> list[Path]:
    """Return the modules that are compiled: the analyst's, and those of the domain that define no values but their own.

    Other values of the domain stay as they are written: the store reads the types of their fields, which compiling takes
    away, and they travel between processes.
    """
    return [path for path in _written(package) if _computes(path)]


def _written(package: Path) -> list[Path]:
    return sorted(path for room in ROOMS for path in (package / room).glob("*.py"))


def _computes(path: Path) -> bool:
    if path.stem == "__init__":
        return False
    if path.parent.name != "domain" or path.stem in OWN_VALUES:
        return True
    return "\n@dataclass" not in path.read_text(encoding="utf-8")


def fingerprint(package: Path = _PACKAGE) -> str:
    """Return a name that changes with any byte of the rooms, with what of them is compiled, and with the interpreter.

    What is not compiled counts as well: its constants may stand in the machine code of what is.
    """
    digest = hashlib.blake2b((sys.implementation.cache_tag or "").encode(), digest_size=16)
    for path in _written(package):
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name}:{_computes(path)}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def fits(folder: Path, package: Path = _PACKAGE) -> bool:
    """Return whether the folder holds machine code of these very sources."""
    try:
        kept = (folder / MANIFEST).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False
    return kept == fingerprint(package)


class CompiledFinder(MetaPathFinder):
    """Finds the compiled modules in a folder; knows nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rooms = tuple(f"{_PACKAGE.name}.{room}." for room in ROOMS)

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where a module's machine code is, or None for the finders behind."""
        if not fullname.startswith(self._rooms) and not fullname.endswith(_LIBRARY):
            return None
        stem = self._folder.joinpath(*fullname.split("."))
        for ending in _ENDINGS:
            place = stem.with_name(stem.name + ending)
            if place.is_file():
                loader = importlib.machinery.ExtensionFileLoader(fullname, str(place))
                return importlib.util.spec_from_file_location(fullname, place, loader=loader)
        return None


def attach() -> None:
    """Let the rooms be imported from machine code, where there is any that fits."""
    folder = home()
    if os.environ.get(VARIABLE, "").lower() != "off" and fits(folder):
        sys.meta_path.insert(0, CompiledFinder(folder))
