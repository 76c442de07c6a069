"""Requests that come too late are not made.

Whoever was frozen, or sat out rate limits for long, wakes with a request in hand that somebody else may have made
meanwhile, and whose nonce Discord may have forgotten. So a call has a deadline, looked at when a request is about to be
written to its connection, also when discord.py tries again by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

import aiohttp

# Seconds on the monotonic clock; it goes on while the process is frozen.
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class TooLate(TimeoutError):
    """A request was about to be made after its deadline; this one was not made."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let no request of the calls begun here be written after this many seconds."""
    before = _deadline.set(monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(before)


def watch() -> aiohttp.TraceConfig:
    """Return what a client's session looks at its deadlines with."""

    async def look(*_: object) -> None:
        deadline = _deadline.get()
        if deadline is not None and monotonic() > deadline:
            raise TooLate("the request would come too late, and was not made")

    trace = aiohttp.TraceConfig()
    # The first spares a connection; the others are the last that is heard of before the request is written.
    trace.on_request_start.append(look)
    trace.on_connection_create_end.append(look)
    trace.on_connection_reuseconn.append(look)
    return trace
