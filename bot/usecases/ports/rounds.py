"""What `poll` and whoever amends need of the store: rounds, and the leases of feeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.feeds import Feed
from bot.domain.items import Item
from bot.domain.triage import Known, Lookups, Triage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is to be written of one batch: what it means, the moment, and its feed as it is after its poll, if it was one."""

    triage: Triage
    at: datetime
    feed: Feed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A batch to be judged inside a round: what is to be recalled for it, and what is decided by that.

    `decide` computes, and touches neither the event loop nor the store: it may be called in another thread. It returns
    None where nothing is to be written.
    """

    wanted: Lookups
    decide: Callable[[Known], Ruling | None]


class Round(Protocol):
    """One write transaction: what is recalled in it stays true until it is committed, by whichever process."""

    async def recall(self, wanted: Lookups) -> Known:
        """Return all that bears on a batch."""
        ...

    async def record(self, decided: Triage, now: datetime) -> None:
        """Write what was decided."""
        ...

    async def settle(self, cases: Sequence[Case]) -> tuple[Ruling | None, ...]:
        """Recall, decide and record, one case after the other and each on what those before it left; return the rulings.

        Feeds of rulings are saved as by `save_feeds`. It does not hold up the event loop.
        """
        ...

    async def save_feeds(self, feeds: Sequence[Feed]) -> None:
        """Replace the feeds and let go of their leases; one that was paused or retired meanwhile stays so."""
        ...


class Rounds(Protocol):
    """What `poll` needs of the store. Raises StoreUnavailable when the database is away, locked or out of disk."""

    async def claim_feeds(
        self,
        *,
        now: datetime,
        lease: timedelta,
        owner: str,
        limit: int,
        only: frozenset[str] = frozenset(),
        force: bool = False,
    ) -> tuple[Feed, ...]:
        """Lease and return due feeds, longest overdue first; no other owner gets them until the lease ends.

        `only` limits the choice to these feed ids; `force` takes active feeds that are not due as well.
        """
        ...

    async def release_feeds(self, feed_ids: Sequence[str], *, owner: str) -> None:
        """Let go of leased feeds that were not polled after all."""
        ...

    async def known_items(self, *, feed_id: str, guids: frozenset[str], urls: frozenset[str]) -> tuple[Item, ...]:
        """Return the stored items of this feed with one of the guids or canonical URLs; a read outside any round."""
        ...

    def round(self) -> AbstractAsyncContextManager[Round]:
        """Open a round: one at a time over all processes; commits when left in peace, else leaves no trace."""
        ...
