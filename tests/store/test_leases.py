"""Leases seen as a whole, on every kind of store."""

from __future__ import annotations

from datetime import timedelta

LEASE = timedelta(minutes=1)


async def claim_both(desk, *, feeds_by: str, channel_by: str) -> None:
    """Lease the feed to one owner and the channel to another."""
    await desk.feed()
    await desk.store.add_subscription(desk.make.subscription())
    await desk.owe()
    assert await desk.store.claim_feeds(now=desk.make.NOW, lease=LEASE, owner=feeds_by, limit=9)
    assert await desk.store.claim_channel(now=desk.make.NOW, lease=LEASE, owner=channel_by)


async def test_everybody_who_holds_a_lease_is_named(desk) -> None:
    assert await desk.store.lease_owners() == frozenset()
    await claim_both(desk, feeds_by="poller", channel_by="deliverer")
    assert await desk.store.lease_owners() == {"poller", "deliverer"}


async def test_ended_leases_are_free_at_once_and_the_others_run_on(desk) -> None:
    await claim_both(desk, feeds_by="dead", channel_by="alive")
    assert await desk.store.end_leases(["dead", "unknown"]) == 1
    assert await desk.store.claim_feeds(now=desk.make.NOW, lease=LEASE, owner="heir", limit=9)
    assert await desk.store.claim_channel(now=desk.make.NOW, lease=LEASE, owner="heir") is None
    assert await desk.store.end_leases(["alive"]) == 1
    assert await desk.store.claim_channel(now=desk.make.NOW, lease=LEASE, owner="heir") == "channel"


async def test_whose_leases_were_ended_does_not_get_them_back_by_renewing(desk) -> None:
    await claim_both(desk, feeds_by="a", channel_by="a")
    await desk.store.end_leases(["a"])
    assert not await desk.store.renew_channel("channel", now=desk.make.NOW, lease=LEASE, owner="a")
