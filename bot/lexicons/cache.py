"""A file that keeps a compiled lexicon between two starts: plain values, and only ever our own."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

_DIGEST_SIZE = 32
_MONTH = 30 * 24 * 3600.0  # seconds
# Raised whenever what is kept changes its shape.
_FORMAT = b"communique lexicon 3"


def cache_key(sources: Iterable[Path]) -> str:
    """Return a name that changes with any byte of the sources, the format, and the interpreter."""
    digest = hashlib.blake2b(_FORMAT + (sys.implementation.cache_tag or "").encode(), digest_size=16)
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def default_cache_dir() -> Path:
    """Return where this user's programs keep what they can make again, by the XDG rules."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if os.path.isabs(home) else Path("~/.cache").expanduser()) / "communique"  # noqa: PTH117 - of a text


def load_compiled(folder: Path, key: str) -> object | None:
    """Return what was kept under this key, or None where there is nothing that can be trusted.

    A file that somebody else owns or may write is left alone, for `marshal` believes what it reads.
    """
    try:
        with (folder / f"{key}.lexicon").open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
            if hasattr(os, "getuid") and status.st_uid != os.getuid():
                return None
            content = file.read()
    except OSError:
        return None
    digest, payload = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    if hashlib.blake2b(payload, digest_size=_DIGEST_SIZE).digest() != digest:
        return None
    try:
        loaded: object = marshal.loads(payload)  # noqa: S302 - our own file: owner, rights and digest were checked
    except (ValueError, EOFError, TypeError):
        return None
    return loaded


def keep_compiled(folder: Path, key: str, value: object) -> None:
    """Keep the value under the key, in one step; a folder that cannot be written is no failure."""
    payload = marshal.dumps(value)  # type: ignore[arg-type]  # it raises ValueError for what it cannot take
    content = hashlib.blake2b(payload, digest_size=_DIGEST_SIZE).digest() + payload
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        Path(file.name).replace(folder / f"{key}.lexicon")
        for old in folder.glob("*.lexicon"):
            if (
                old.name != f"{key}.lexicon"
                and old.stat().st_mtime < Path(folder / f"{key}.lexicon").stat().st_mtime - _MONTH
            ):
                old.unlink()
