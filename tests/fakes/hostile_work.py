"""Work that misbehaves: workers import it by name."""

from __future__ import annotations

import os
import re
import signal
import sys
import time


def echo(value: object) -> object:
    return value


def pid() -> int:
    return os.getpid()


def wait(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def hold_the_interpreter() -> None:
    """One call into C that lasts for minutes."""
    re.match(r"(a+)+$", "a" * 40 + "b")


def ignore_being_told_to_stop() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def eat_memory(size: int) -> int:
    return len(bytearray(size))


def die(code: int) -> None:
    os._exit(code)


def recurse() -> int:
    return 1 + recurse()


def main_module_has_a_file() -> bool:
    return hasattr(sys.modules["__main__"], "__file__") and "pytest" in str(sys.modules["__main__"].__file__)


def misunderstand() -> None:
    raise ValueError("no document")
