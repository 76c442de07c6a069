"""Inherit: what a dead process had leased is free again, without waiting for its leases to end."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.usecases.ports import Leases

log = structlog.get_logger(__name__)


async def end_leases_of_the_dead(leases: Leases, *, is_gone: Callable[[str], bool]) -> int:
    """End the leases of owners that are gone for certain; return how many there were.

    What such an owner was sending is in doubt, as after any crash, and is settled by whoever leases the channel next.
    """
    gone = sorted(filter(is_gone, await leases.lease_owners()))
    if not gone:
        return 0
    ended = await leases.end_leases(gone)
    log.info("leases of the dead ended", owners=gone, leases=ended)
    return ended
