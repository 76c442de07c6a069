"""What the tests of the store have in common."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from bot.domain.triage import Triage


class Desk:
    """A store with shorthands for what most tests begin with."""

    def __init__(self, store: Any, make: ModuleType) -> None:
        self.store = store
        self.make = make

    async def feed(self, name: str = "feed", *guilds: str, **given: Any) -> Any:
        """Add a feed to the lists of these guilds, the operator's by default."""
        feed = self.make.feed(name, **given)
        for guild in guilds or ("",):
            await self.store.add_feed(feed, self.make.listing(name, guild))
        return feed

    async def write(self, **decided: Any) -> None:
        """Write what a triage decided, in a round of its own."""
        async with self.store.round() as round_:
            await round_.record(Triage(**decided), self.make.NOW)

    async def told(
        self,
        reaction: str = "reaction",
        *,
        by: str = "item",
        feed: str = "feed",
        said: dict[str, Any] | None = None,
        hours: float = 0,
        met: float = 0,
        **given: Any,
    ) -> None:
        """Write that an item of a feed reports a reaction, that many hours after noon; `given` is the whole reaction.

        The item was first seen `met` hours after noon.
        """
        make, when = self.make, self.make.at(hours=hours)
        outlet = f"Outlet of {feed}"
        own = {"first_reported_at": when, "last_reported_at": when, "outlets": (outlet,)} | given
        report = make.report(f"{by}/{reaction}", of=reaction, by=by, outlet=outlet, reported_at=when, said=said or {})
        await self.write(
            items=(make.item(by, feed_id=feed, outlet=outlet, published=when, first_seen_at=make.at(hours=met)),),
            stories=(make.story(),),
            reactions=(make.reaction(reaction, **own),),
            reports=(report,),
        )

    async def owe(self, name: str = "alert", **given: Any) -> Any:
        """Write an alert of an item that reports a reaction; the subscription must be there."""
        alert = self.make.alert(name, **given)
        await self.write(items=(self.make.item(),), reactions=(self.make.reaction(),), alerts=(alert,))
        return alert


@pytest.fixture
def desk(store: Any, make: ModuleType) -> Desk:
    """An empty store of each kind, with shorthands."""
    return Desk(store, make)


@pytest.fixture
def real_desk(real_store: Any, make: ModuleType) -> Desk:
    """An empty store on each database, with shorthands."""
    return Desk(real_store, make)
