"""Manners towards one host: few visits at once, and a pause between their beginnings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class _Door:
    """One host's turns. `visitors` counts who is in or waits: nobody, and the pause over, means it can be forgotten."""

    turns: asyncio.Semaphore
    next_start: float = 0.0
    visitors: int = 0


class Arrivals:
    """Lets the first visitors to a host arrive a moment apart, where nothing else keeps them apart.

    A small server keeps a handful of connections waiting; of a hundred that come at once the system drops the others, and
    they are heard again seconds later or not at all. Those who come later mostly find a connection that was kept.
    """

    def __init__(self, *, gap: timedelta, count: int) -> None:
        self._gap = gap.total_seconds()
        self._count = count
        self._hosts: dict[str, tuple[int, float]] = {}

    async def arrive(self, host: str) -> None:
        """Wait for the moment to arrive at this host."""
        now = asyncio.get_running_loop().time()
        arrived, last = self._hosts.get(host, (0, 0.0))
        if arrived >= self._count:
            return
        start = max(now, last + self._gap)
        self._hosts[host] = (arrived + 1, start)
        if start > now:
            await asyncio.sleep(start - now)


class HostSpacing:
    """Lets visitors to a host in, a few at a time and with a pause in between; other hosts never wait."""

    def __init__(self, *, per_host: int, spacing: timedelta) -> None:
        self._per_host = per_host
        self._spacing = spacing.total_seconds()
        self._doors: dict[str, _Door] = {}

    @asynccontextmanager
    async def visit(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at this host, and hold it."""
        loop = asyncio.get_running_loop()
        door = self._doors.setdefault(host, _Door(turns=asyncio.Semaphore(self._per_host)))
        door.visitors += 1
        try:
            async with door.turns:
                start = max(door.next_start, loop.time())
                door.next_start = start + self._spacing
                if start > loop.time():
                    await asyncio.sleep(start - loop.time())
                yield
        finally:
            door.visitors -= 1
            self._forget_the_rested(loop.time())

    def _forget_the_rested(self, now: float) -> None:
        if len(self._doors) < 256:  # noqa: PLR2004 - as many cost nothing to keep
            return
        for host in [host for host, door in self._doors.items() if not door.visitors and door.next_start < now]:
            del self._doors[host]
