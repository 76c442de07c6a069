"""Taking over from the dead."""

from __future__ import annotations

import pytest
from newsroom import Crash, entry

from bot.usecases.inherit import end_leases_of_the_dead


async def test_what_a_dead_process_was_sending_is_settled_without_waiting_for_its_lease(newsroom) -> None:
    await newsroom.subscribe()
    await newsroom.publish("https://outlet.example/rss", entry("Karabakh: FRA condemn AZE"))
    await newsroom.poll()
    newsroom.discord.plan = lambda verb: "crash after" if verb == "post" else None
    with pytest.raises(Crash):
        await newsroom.deliver()
    newsroom.discord.plan = lambda _: None
    newsroom.restart()
    assert await end_leases_of_the_dead(newsroom.store, is_gone=lambda owner: owner == "first") == 1
    assert (await newsroom.deliver()).posted == 1
    assert len(newsroom.markers()) == 1


async def test_the_leases_of_whoever_may_be_alive_are_left_alone(newsroom) -> None:
    await newsroom.publish("https://outlet.example/rss")
    await newsroom.store.claim_feeds(
        now=newsroom.clock(), lease=newsroom.rules.max_age, owner="somewhere else", limit=1
    )
    assert await end_leases_of_the_dead(newsroom.store, is_gone=lambda _: False) == 0
    assert await newsroom.store.lease_owners() == {"somewhere else"}
