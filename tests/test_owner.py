"""The name of a process: who is dead for certain, and of whom nothing is known."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.app import is_gone, new_owner

SAY_OWNER_AND_WAIT = "from bot.app import new_owner; print(new_owner(), flush=True); input()"


def test_two_names_are_never_alike_and_both_live() -> None:
    one, other = new_owner(), new_owner()
    assert one != other
    assert not is_gone(one)
    assert not is_gone(other)


def test_a_killed_process_is_gone_even_before_anybody_has_buried_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SAY_OWNER_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        owner = process.stdout.readline().strip()
        assert not is_gone(owner)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(owner), "it is a zombie"
    assert is_gone(owner), "it is buried"


def test_a_run_before_ours_under_our_own_number_is_gone() -> None:
    """In a container every run may have the number 1."""
    here, number, token = new_owner().split(":")
    started = int(token.partition("-")[0])
    assert is_gone(f"{here}:{number}:{started - 1}-abcd")


@pytest.mark.parametrize("owner", ["", "somebody", "elsewhere/0/1:1:5-abcd", "a:b:c"])
def test_of_another_machine_nothing_is_known(owner: str) -> None:
    assert not is_gone(owner)


def test_where_nothing_can_be_told_nobody_is_gone(monkeypatch, tmp_path) -> None:
    """A system without /proc: leases end by themselves there."""
    monkeypatch.setattr("bot.app._PROC", tmp_path)
    here, _, token = new_owner().split(":")
    assert not is_gone(f"{here}:999999:{token}")
