from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.alerts import AlertStatus
from bot.domain.errors import NotFound
from bot.domain.feeds import FeedKind
from bot.domain.subscriptions import ChannelKind, SubscriptionStatus

LEASE = timedelta(minutes=1)


@pytest.fixture
async def outbox(desk, make):
    """A desk with a feed and an active subscription of `channel`."""
    await desk.feed(kind=FeedKind.WIRE)
    await desk.store.add_subscription(make.subscription())
    return desk


async def claim(desk, *, owner="a", now=None, **more):
    return await desk.store.claim_channel(now=now or desk.make.NOW, lease=LEASE, owner=owner, **more)


class TestChannels:
    async def test_nothing_due_is_no_channel(self, outbox) -> None:
        assert await claim(outbox) is None

    async def test_the_longest_waiting_channel_comes_first(self, outbox, make) -> None:
        await outbox.owe("late", channel_id="late", next_attempt_at=make.at(minutes=-1))
        await outbox.owe("later", channel_id="later", next_attempt_at=make.at(minutes=-2))
        await outbox.owe("not yet", channel_id="not yet", next_attempt_at=make.at(minutes=1))
        assert [await claim(outbox) for _ in range(3)] == ["later", "late", None]

    @pytest.mark.parametrize("status", [AlertStatus.OWED, AlertStatus.SENDING, AlertStatus.UNCERTAIN])
    async def test_what_is_not_settled_is_due(self, outbox, status) -> None:
        await outbox.owe(status=status)
        assert await claim(outbox) == "channel"

    @pytest.mark.parametrize("status", [AlertStatus.POSTED, AlertStatus.SUPPRESSED, AlertStatus.DROPPED])
    async def test_what_is_settled_is_not_due(self, outbox, status, make) -> None:
        await outbox.owe(status=status)
        assert await claim(outbox) is None
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == ()

    async def test_a_due_edit_makes_its_channel_due(self, outbox, make) -> None:
        await outbox.owe(status=AlertStatus.POSTED, edit_due_at=make.at(minutes=1))
        assert await claim(outbox) is None
        assert await claim(outbox, now=make.at(minutes=1)) == "channel"

    async def test_a_digest_makes_its_channel_due(self, outbox, make) -> None:
        await outbox.store.owe_digest(make.digest())
        assert await claim(outbox) == "channel"

    @pytest.mark.parametrize("status", [SubscriptionStatus.PAUSED, SubscriptionStatus.REMOVED])
    async def test_a_subscription_that_is_not_served_makes_nothing_due(self, outbox, make, status) -> None:
        await outbox.owe()
        await outbox.owe("edit", status=AlertStatus.POSTED, edit_due_at=make.NOW)
        await outbox.store.owe_digest(make.digest())
        await outbox.store.save_subscription(make.subscription(status=status))
        assert await claim(outbox) is None
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == ()
        assert await outbox.store.due_edits("channel", now=make.NOW, limit=9) == ()
        assert await outbox.store.due_digests("channel", now=make.NOW, limit=9) == ()

    async def test_a_leased_channel_is_nobodys_until_the_lease_ends(self, outbox, make) -> None:
        await outbox.owe()
        assert await claim(outbox, owner="a") == "channel"
        assert await claim(outbox, owner="b") is None
        assert await claim(outbox, owner="a") is None
        assert await claim(outbox, owner="b", now=make.NOW + LEASE) == "channel"

    async def test_only_limits_the_choice(self, outbox) -> None:
        await outbox.owe("one", channel_id="one")
        await outbox.owe("two", channel_id="two")
        assert await claim(outbox, only=frozenset({"two"})) == "two"
        assert await claim(outbox, only=frozenset({"two"})) is None

    async def test_a_renewed_lease_lasts_longer(self, outbox, make) -> None:
        await outbox.owe()
        await claim(outbox)
        assert await outbox.store.renew_channel("channel", now=make.at(seconds=50), lease=LEASE, owner="a")
        assert await claim(outbox, owner="b", now=make.at(seconds=100)) is None

    async def test_a_lease_that_another_took_over_is_not_renewed(self, outbox, make) -> None:
        await outbox.owe()
        await claim(outbox, owner="frozen")
        await claim(outbox, owner="heir", now=make.NOW + LEASE)
        assert not await outbox.store.renew_channel("channel", now=make.NOW + LEASE, lease=LEASE, owner="frozen")
        assert await outbox.store.renew_channel("channel", now=make.NOW + LEASE, lease=LEASE, owner="heir")

    async def test_a_released_channel_can_be_claimed_at_once_but_only_by_its_owner_released(self, outbox) -> None:
        await outbox.owe()
        await claim(outbox, owner="a")
        await outbox.store.release_channel("channel", owner="b")
        assert await claim(outbox, owner="b") is None
        await outbox.store.release_channel("channel", owner="a")
        assert await claim(outbox, owner="b") == "channel"
        assert not await outbox.store.renew_channel("channel", now=outbox.make.NOW, lease=LEASE, owner="a")

    async def test_many_who_claim_at_once_never_get_the_same_channel(self, outbox) -> None:
        for number in range(10):
            await outbox.owe(f"alert {number}", channel_id=f"channel {number}")
        claimed = await asyncio.gather(*(claim(outbox, owner=str(number)) for number in range(16)))
        channels = [channel for channel in claimed if channel is not None]
        assert len(channels) == len(set(channels))
        assert len(channels) + len([1 for _ in range(10) if await claim(outbox, owner="late")]) == 10


class TestAlerts:
    async def test_due_alerts_come_in_the_order_in_which_they_were_owed(self, outbox, make) -> None:
        owed = tuple(make.alert(name) for name in ("zebra", "ape", "lion"))
        await outbox.write(items=(make.item(),), alerts=owed)
        await outbox.owe("late", next_attempt_at=make.at(minutes=1))
        await outbox.owe("elsewhere", channel_id="elsewhere")
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == owed
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=2) == owed[:2]

    async def test_an_alert_that_is_written_again_keeps_its_place(self, outbox, make) -> None:
        first, second = make.alert("first"), make.alert("second")
        await outbox.write(items=(make.item(),), alerts=(first, second))
        await outbox.write(alerts=(first,))
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == (first, second)

    async def test_a_saved_alert_has_what_delivery_owns(self, outbox, make) -> None:
        alert = await outbox.owe()
        saved = replace(
            alert,
            status=AlertStatus.UNCERTAIN,
            reason="r",
            next_attempt_at=make.at(seconds=-1),
            attempts=2,
            first_attempt_at=make.at(seconds=-5),
            last_error="lost",
        )
        assert await outbox.store.save_alert(saved)
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == (saved,)

    async def test_saving_an_alert_leaves_what_triage_owns(self, outbox, make) -> None:
        alert = await outbox.owe(edit_due_at=make.NOW)
        await outbox.store.save_alert(replace(alert, status=AlertStatus.POSTED, edit_due_at=None, reactions=()))
        assert [
            (each.edit_due_at, each.reactions)
            for each in await outbox.store.due_edits("channel", now=make.NOW, limit=9)
        ] == [(make.NOW, ("reaction",))]

    async def test_an_alert_is_saved_only_if_its_status_is_the_expected_one(self, outbox, make) -> None:
        alert = await outbox.owe()
        sending = replace(alert, status=AlertStatus.SENDING)
        assert await outbox.store.save_alert(sending, expected=AlertStatus.OWED)
        assert not await outbox.store.save_alert(replace(sending, attempts=9), expected=AlertStatus.OWED)
        assert await outbox.store.due_alerts("channel", now=make.NOW, limit=9) == (sending,)

    async def test_an_alert_that_is_not_stored_is_not_saved(self, outbox, make) -> None:
        assert not await outbox.store.save_alert(make.alert("unknown"))

    async def test_of_two_that_take_an_alert_one_gets_it(self, outbox, make) -> None:
        alert = await outbox.owe()
        taken = [
            outbox.store.save_alert(replace(alert, status=AlertStatus.SENDING), expected=AlertStatus.OWED)
            for _ in range(6)
        ]
        assert sorted(await asyncio.gather(*taken)) == [False] * 5 + [True]


class TestEdits:
    async def test_due_edits_come_longest_due_first(self, outbox, make) -> None:
        for name, minutes in (("late", -1), ("later", -2), ("not yet", 1)):
            await outbox.owe(name, status=AlertStatus.POSTED, edit_due_at=make.at(minutes=minutes))
        await outbox.owe("not posted", edit_due_at=make.at(minutes=-5))
        due = await outbox.store.due_edits("channel", now=make.NOW, limit=9)
        assert [alert.id for alert in due] == ["later", "late"]

    async def test_an_edit_that_is_done_is_not_due(self, outbox, make) -> None:
        alert = await outbox.owe(status=AlertStatus.POSTED, edit_due_at=make.NOW)
        await outbox.store.edit_done(replace(alert, edited_at=make.at(seconds=3)))
        assert await outbox.store.due_edits("channel", now=make.at(days=1), limit=9) == ()
        assert [row.edited_at async for row in outbox.store.export_alerts()] == [make.at(seconds=3)]

    async def test_a_wish_that_came_during_the_edit_stays(self, outbox, make) -> None:
        alert = await outbox.owe(status=AlertStatus.POSTED, edit_due_at=make.NOW)
        wish = make.at(minutes=1)
        await outbox.write(alerts=(replace(alert, edit_due_at=wish),))
        await outbox.store.edit_done(replace(alert, edited_at=make.at(seconds=3)))
        due = await outbox.store.due_edits("channel", now=wish, limit=9)
        assert due == (replace(alert, edit_due_at=wish, edited_at=make.at(seconds=3)),)


class TestDigests:
    async def test_a_slot_is_owed_once(self, outbox, make) -> None:
        assert await outbox.store.owe_digest(make.digest())
        assert not await outbox.store.owe_digest(make.digest(attempts=5))
        assert await outbox.store.due_digests("channel", now=make.NOW, limit=9) == (make.digest(),)

    async def test_digests_come_by_the_end_of_their_slot(self, outbox, make) -> None:
        for name, hours in (("b", 2), ("a", 1), ("not yet", 3)):
            due = make.at(hours=9) if name == "not yet" else make.NOW
            await outbox.store.owe_digest(make.digest(name, until=make.at(hours=hours), next_attempt_at=due))
        found = await outbox.store.due_digests("channel", now=make.NOW, limit=9)
        assert [digest.id for digest in found] == ["a", "b"]

    async def test_a_digest_is_saved_like_an_alert(self, outbox, make) -> None:
        await outbox.store.owe_digest(make.digest())
        posted = make.digest(status=AlertStatus.POSTED, message_id="5", posted_at=make.NOW, attempts=1)
        assert not await outbox.store.save_digest(posted, expected=AlertStatus.SENDING)
        assert await outbox.store.save_digest(posted, expected=AlertStatus.OWED)
        assert await outbox.store.last_digest("subscription") == posted

    async def test_the_last_digest_has_the_latest_slot(self, outbox, make) -> None:
        assert await outbox.store.last_digest("subscription") is None
        for name, hours in (("a", 1), ("c", 3), ("b", 2)):
            await outbox.store.owe_digest(make.digest(name, until=make.at(hours=hours)))
        last = await outbox.store.last_digest("subscription")
        assert last is not None
        assert last.id == "c"


class TestMessages:
    async def test_a_message_shows_the_reactions_with_their_sources(self, outbox, make) -> None:
        await outbox.told("one", said={"quote": "first"})
        await outbox.told("two")
        alert = make.alert(reactions=("two", "one"))
        await outbox.write(alerts=(alert,))
        message = await outbox.store.alert_message(alert)
        assert (message.alert, message.subscription) == (alert, make.subscription())
        assert (message.item.id, message.kind) == ("item", FeedKind.WIRE)
        assert [each.reaction.id for each in message.reactions] == ["two", "one"]
        assert [(each.item_id, each.quote) for each in message.reactions[1].sources] == [("item", "first")]

    async def test_sources_come_first_report_first(self, outbox, make) -> None:
        await outbox.told("one", by="later", hours=2)
        await outbox.told("one", by="sooner", hours=1)
        alert = make.alert(reactions=("one",), item_id="sooner")
        message = await outbox.store.alert_message(alert)
        assert [source.item_id for source in message.reactions[0].sources] == ["sooner", "later"]

    async def test_a_message_without_its_subscription_or_item_is_not_found(self, outbox, make) -> None:
        alert = await outbox.owe()
        for gone in ({"subscription_id": "gone"}, {"item_id": "gone"}):
            with pytest.raises(NotFound):
                await outbox.store.alert_message(replace(alert, **gone))

    async def test_what_nobody_reports_any_more_is_left_out_while_something_stays(self, outbox, make) -> None:
        await outbox.told("stays")
        await outbox.told("goes")
        await outbox.write(withdrawn_reports=("item/goes",))
        both = await outbox.store.alert_message(make.alert(reactions=("goes", "stays")))
        assert [each.reaction.id for each in both.reactions] == ["stays"]
        alone = await outbox.store.alert_message(make.alert(reactions=("goes",)))
        assert [each.reaction.id for each in alone.reactions] == ["goes"]

    async def test_a_guilds_message_shows_no_source_that_the_guild_does_not_have(self, outbox, make) -> None:
        await outbox.feed("private", "another guild")
        await outbox.told(
            "one", by="hidden", feed="private", hours=-1, said={"quote": "a secret wording of some length"}
        )
        await outbox.told(
            "one",
            by="open",
            outlets=("Outlet of private", "Outlet of feed"),
            reports=2,
            quote="a secret wording of some length",
            first_reported_at=make.at(hours=-1),
            said={"quote": "plain words"},
        )
        alert = make.alert(reactions=("one",), item_id="open")
        seen = (await outbox.store.alert_message(alert)).reactions[0]
        assert [source.item_id for source in seen.sources] == ["open"]
        assert (seen.reaction.quote, seen.reaction.outlets, seen.reaction.reports) == (
            "plain words",
            ("Outlet of feed",),
            1,
        )
        assert seen.reaction.first_reported_at == make.NOW

    async def test_the_console_is_shown_everything(self, outbox, make) -> None:
        await outbox.feed("private", "another guild")
        await outbox.told("one", by="hidden", feed="private")
        console = make.subscription("console", channel_kind=ChannelKind.CONSOLE, channel_id="console", guild_id="")
        await outbox.store.add_subscription(console)
        alert = make.alert(reactions=("one",), item_id="hidden", subscription_id="console")
        assert len((await outbox.store.alert_message(alert)).reactions[0].sources) == 1

    async def test_a_message_of_which_the_guild_may_see_nothing_is_not_found(self, outbox, make) -> None:
        await outbox.feed("private", "another guild")
        await outbox.told("one", by="hidden", feed="private")
        with pytest.raises(NotFound):
            await outbox.store.alert_message(make.alert(reactions=("one",), item_id="hidden"))
