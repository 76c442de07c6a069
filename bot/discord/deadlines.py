"""Requests that come too late, or that may have been done already, are not made.

Whoever was frozen, or sat out rate limits for long, wakes with a request in hand that somebody else may have made
meanwhile, and whose nonce Discord may have forgotten. So a call has a deadline, looked at when a request is about to be
written to its connection. And discord.py makes a request again by itself when Discord answers 500, which does not say that
nothing was done: with a nonce that does no harm, but a forum's post takes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from types import SimpleNamespace

import aiohttp

# Opening a post of a forum: it takes no nonce, so that made twice it is there twice.
_WITHOUT_NONCE = re.compile(r".*/channels/\d+/threads")
_SERVER_ERROR = 500


@dataclass(slots=True)
class _Call:
    """A call under way: its deadline, in seconds on the monotonic clock, which goes on while the process is frozen."""

    deadline: float
    may_be_done: bool = False


_call: ContextVar[_Call | None] = ContextVar("call", default=None)


class NotMade(TimeoutError):
    """A request was not made, because it was too late for it, or because an earlier one may have done its work."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let no request of the calls begun here be written after this many seconds, nor one that may have been done."""
    before = _call.set(_Call(monotonic() + seconds))
    try:
        yield
    finally:
        _call.reset(before)


def watch() -> aiohttp.TraceConfig:
    """Return what a client's session looks at its calls with."""
    trace = aiohttp.TraceConfig()
    # The first spares a connection; the next two are the last that is heard of before the request is written.
    trace.on_request_start.extend((_look_at_time, _look_at_doubt))
    trace.on_connection_create_end.append(_look_at_time)
    trace.on_connection_reuseconn.append(_look_at_time)
    trace.on_request_end.append(_answered)
    return trace


async def _look_at_time(*_: object) -> None:
    call = _call.get()
    if call is not None and monotonic() > call.deadline:
        raise NotMade("the request would come too late, and was not made")


async def _look_at_doubt(_session: object, _context: SimpleNamespace, request: aiohttp.TraceRequestStartParams) -> None:
    call = _call.get()
    if call is not None and call.may_be_done and _has_no_nonce(request):
        raise NotMade("Discord had trouble with the request and may have done it; it was not made again")


async def _answered(_session: object, _context: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
    call = _call.get()
    if call is not None and request.response.status >= _SERVER_ERROR and _has_no_nonce(request):
        call.may_be_done = True


def _has_no_nonce(request: aiohttp.TraceRequestStartParams | aiohttp.TraceRequestEndParams) -> bool:
    return request.method == "POST" and _WITHOUT_NONCE.fullmatch(request.url.path) is not None
