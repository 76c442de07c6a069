"""Makes the machine code: `python -m bot.compiled.build [--into PREFIX]`.

Needs mypy with setuptools, a C compiler, and a minute or two. `--into` names the environment that the code is for, where it
is another one than that of the interpreter.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bot.compiled import MANIFEST, fingerprint, fits, home, sources

# Beyond this, compiling takes twice as long, and reading is no faster.
_OPTIMISATION = "1"


def build(folder: Path) -> None:
    """Compile the rooms into the folder, in one step. Raises SystemExit with advice where that cannot be done."""
    try:
        from mypyc.build import mypycify  # noqa: PLC0415 - of the development environment alone
        from setuptools import Distribution  # noqa: PLC0415
        from setuptools.errors import BaseError  # noqa: PLC0415
    except ImportError as error:
        raise SystemExit(f"{error.name} is missing: `make compiled` makes an environment that has it") from error
    modules = sources()
    root = modules[0].parents[2]
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(root):
        extensions = mypycify(
            # What the rooms import of others need not be installed where they are only compiled.
            [
                "--ignore-missing-imports",
                f"--cache-dir={scratch}/mypy",
                *(str(path.relative_to(root)) for path in modules),
            ],
            opt_level=_OPTIMISATION,
            multi_file=True,
            target_dir=f"{scratch}/c",
        )
        command = Distribution({"name": "communique-compiled", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = f"{scratch}/out", f"{scratch}/objects"
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        try:
            command.run()
        except BaseError as error:
            raise SystemExit(f"the C compiler failed: {error}; without it the bot runs as Python") from error
        made = Path(scratch) / "out"
        (made / MANIFEST).write_text(fingerprint(), encoding="ascii")
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        # The manifest is last: a copy that was interrupted fits nothing.
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns(MANIFEST))
        shutil.copy(made / MANIFEST, folder / MANIFEST)


def main() -> None:
    """Build what is not there yet."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--into", default=sys.prefix, help="the environment that the code is for")
    folder = home(arguments.parse_args().into)
    if not fits(folder):
        build(folder)
    sys.stdout.write(f"machine code of {len(sources())} modules: {folder}\n")


if __name__ == "__main__":
    main()
