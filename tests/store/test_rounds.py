from __future__ import annotations

import asyncio
import struct
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.alerts import AlertStatus
from bot.domain.feeds import FeedStatus
from bot.domain.reactions import ReactionType
from bot.domain.shelf import MOST_CANDIDATES
from bot.domain.subscriptions import Mode, SubscriptionStatus
from bot.domain.triage import Known, Lookups, Triage
from bot.store.recall import FINGERPRINTS_PER_KEY, ITEMS_PER_URL, REACTIONS_PER_ACT
from bot.usecases.ports import Case, Ruling

LEASE = timedelta(minutes=5)


async def recall(desk, **wanted) -> Known:
    async with desk.store.round() as round_:
        return await round_.recall(Lookups(**{"feed_id": "feed"} | wanted))


async def settle(desk, *cases: Case) -> tuple[Ruling | None, ...]:
    async with desk.store.round() as round_:
        return await round_.settle(cases)


async def claim(desk, *, owner="a", now=None, limit=10, **more):
    return await desk.store.claim_feeds(now=now or desk.make.NOW, lease=LEASE, owner=owner, limit=limit, **more)


class TestClaims:
    async def test_the_longest_overdue_feed_is_claimed_first(self, desk, make) -> None:
        await desk.feed("late", next_poll_at=make.at(minutes=-1))
        await desk.feed("later", next_poll_at=make.at(minutes=-2))
        await desk.feed("not yet", next_poll_at=make.at(minutes=1))
        assert [feed.id for feed in await claim(desk, limit=1)] == ["later"]
        assert [feed.id for feed in await claim(desk)] == ["late"]

    async def test_a_claimed_feed_is_nobodys_until_the_lease_ends(self, desk, make) -> None:
        await desk.feed()
        assert len(await claim(desk, owner="a")) == 1
        assert await claim(desk, owner="b") == ()
        assert await claim(desk, owner="a") == ()
        assert len(await claim(desk, owner="b", now=make.NOW + LEASE)) == 1

    async def test_only_active_feeds_are_claimed(self, desk, make) -> None:
        await desk.feed("paused", status=FeedStatus.PAUSED)
        await desk.feed("retired", status=FeedStatus.RETIRED)
        assert await claim(desk, force=True) == ()

    async def test_force_takes_feeds_that_are_not_due(self, desk, make) -> None:
        await desk.feed(next_poll_at=make.at(hours=1))
        assert await claim(desk) == ()
        assert len(await claim(desk, force=True)) == 1

    async def test_only_limits_the_choice(self, desk) -> None:
        await desk.feed("one")
        await desk.feed("two")
        assert [feed.id for feed in await claim(desk, only=frozenset({"two", "three"}))] == ["two"]

    async def test_a_released_feed_can_be_claimed_again(self, desk) -> None:
        await desk.feed()
        await claim(desk, owner="a")
        await desk.store.release_feeds(["feed"], owner="b")
        assert await claim(desk, owner="b") == ()
        await desk.store.release_feeds(["feed"], owner="a")
        assert len(await claim(desk, owner="b")) == 1

    async def test_saving_the_feed_in_a_round_lets_go_of_it(self, desk) -> None:
        feed = await desk.feed()
        await claim(desk)
        polled = replace(feed, etag='"x"', items_seen=30)
        async with desk.store.round() as round_:
            await round_.save_feeds([polled])
        assert await claim(desk) == (polled,)

    async def test_a_feed_that_was_stopped_while_it_was_polled_stays_stopped(self, desk) -> None:
        feed = await desk.feed()
        await claim(desk)
        await desk.store.save_feed(feed.paused())
        async with desk.store.round() as round_:
            await round_.save_feeds([replace(feed, title="Polled")])
        stored = await desk.store.feed("feed")
        assert (stored.status, stored.title) == (FeedStatus.PAUSED, "Polled")

    async def test_a_poll_may_stop_its_feed(self, desk) -> None:
        feed = await desk.feed()
        async with desk.store.round() as round_:
            await round_.save_feeds([replace(feed, status=FeedStatus.RETIRED)])
        assert (await desk.store.feed("feed")).status is FeedStatus.RETIRED

    async def test_many_who_claim_at_once_never_get_the_same_feed(self, desk) -> None:
        for number in range(20):
            await desk.feed(f"feed {number}")
        claimed = await asyncio.gather(*(claim(desk, owner=str(number), limit=4) for number in range(8)))
        ids = [feed.id for feeds in claimed for feed in feeds]
        assert len(ids) == len(set(ids)) == 20


class TestSettle:
    async def test_each_case_is_decided_on_what_those_before_it_left_and_all_is_written(self, desk, make) -> None:
        feed = await desk.feed()
        await claim(desk)
        seen = []

        def case(name: str) -> Case:
            def decide(known: Known) -> Ruling | None:
                seen.append([item.id for item in known.items])
                if not name:
                    return None
                written = Triage(items=(make.item(name, guid="the same"),), new_items=1)
                return Ruling(triage=written, at=make.NOW, feed=replace(feed, etag=name))

            return Case(wanted=Lookups(feed_id="feed", guids=frozenset({"the same"})), decide=decide)

        rulings = await settle(desk, case("a"), case(""), case("b"))
        assert seen == [[], ["a"], ["a"]]
        assert [ruling and ruling.feed and ruling.feed.etag for ruling in rulings] == ["a", None, "b"]
        known = await recall(desk, guids=frozenset({"the same"}))
        assert [item.id for item in known.items] == ["a", "b"]
        assert [stored.etag for stored in await claim(desk)] == ["b"]

    async def test_a_case_that_fails_takes_those_before_it_back_with_the_round(self, desk, make) -> None:
        feed = await desk.feed()

        def decide(_: Known) -> Ruling:
            return Ruling(triage=Triage(items=(make.item("a"),)), at=make.NOW, feed=replace(feed, etag="x"))

        def fail(_: Known) -> Ruling:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await settle(desk, *(Case(wanted=Lookups(feed_id="feed"), decide=each) for each in (decide, fail)))
        assert (await desk.store.feed("feed")).etag != "x"
        assert (await recall(desk, ids=frozenset({"a"}))).items == ()


class TestRecord:
    async def test_what_is_recorded_is_recalled_as_it_was(self, desk, make) -> None:
        await desk.feed()
        item = make.item(story_id="story", relevant=True, relevance="names Lachin", author="A. Author")
        written = {
            "items": (item,),
            "stories": (make.story(outlets=("Example", "Andere"), items=2),),
            "fingerprints": (
                make.fingerprint(
                    actors=("FRA", "AZE"),
                    acts=("FRA:condemn",),
                    signature=struct.pack("<3I", 0, 2**32 - 1, 7),
                    keys=(5, -(2**63), 2**63 - 1),
                ),
            ),
            "reactions": (make.reaction(quote="“Unacceptable”", role="minister", speaker="X", languages=("en", "hy")),),
            "reports": (
                make.report(said={"quote": "“Unacceptable”", "date": make.NOW.date(), "targets": ("AZE", "RUS")}),
            ),
            "alerts": (make.alert(),),
        }
        await desk.write(**written, revisions=(make.revision(),), verdicts=(make.verdict(),))
        known = await recall(desk, guids=frozenset({item.guid}), keys=((5,),))
        assert known == Known(**written, listed_in=frozenset({""}))

    async def test_recording_again_replaces_by_id(self, desk, make) -> None:
        await desk.feed()
        await desk.told()
        await desk.write(items=(make.item(title="Changed"),), reactions=(make.reaction(reports=2, outlets=("a", "b")),))
        known = await recall(desk, guids=frozenset({"guid of item"}))
        assert [item.title for item in known.items] == ["Changed"]
        assert [(each.reports, each.outlets) for each in known.reactions] == [(2, ("a", "b"))]

    async def test_a_round_that_fails_leaves_no_trace(self, desk, make) -> None:
        feed = await desk.feed()

        async def fail() -> None:
            async with desk.store.round() as round_:
                await round_.record(Triage(items=(make.item(),)), make.NOW)
                await round_.save_feeds([replace(feed, items_seen=1)])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        assert (await recall(desk, guids=frozenset({"guid of item"}))).items == ()
        assert await desk.store.feed("feed") == feed

    async def test_a_cancelled_round_leaves_no_trace(self, desk, make) -> None:
        await desk.feed()
        written = asyncio.Event()

        async def poll() -> None:
            async with desk.store.round() as round_:
                await round_.record(Triage(items=(make.item(),)), make.NOW)
                written.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(poll())
        await written.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await recall(desk, guids=frozenset({"guid of item"}))).items == ()

    async def test_rounds_take_turns(self, desk, make) -> None:
        """What one round writes is known to the next: the same item is new once, however many see it at once."""
        await desk.feed()
        new = []

        async def poll(number: int) -> None:
            async with desk.store.round() as round_:
                known = await round_.recall(Lookups(feed_id="feed", guids=frozenset({"guid of item"})))
                await asyncio.sleep(0.01)
                if not known.items:
                    new.append(number)
                    await round_.record(Triage(items=(make.item(),)), make.NOW)

        await asyncio.gather(*(poll(number) for number in range(5)))
        assert len(new) == 1

    async def test_reads_go_on_while_a_round_writes(self, desk, make) -> None:
        await desk.feed()
        async with desk.store.round() as round_:
            await round_.record(Triage(items=(make.item(),)), make.NOW)
            seen = await desk.store.known_items(feed_id="feed", guids=frozenset({"guid of item"}), urls=frozenset())
            assert seen == ()

    async def test_items_seen_again_are_dated_and_otherwise_as_they_were(self, desk, make) -> None:
        await desk.feed()
        await desk.write(items=(make.item("a"), make.item("b")))
        later = make.at(hours=2)
        async with desk.store.round() as round_:
            await round_.record(Triage(seen_again=("a",)), later)
        known = await recall(desk, guids=frozenset({"guid of a", "guid of b"}))
        assert known.items == (make.item("a", last_seen_at=later), make.item("b"))

    async def test_withdrawn_reports_are_gone(self, desk) -> None:
        await desk.feed()
        await desk.told("one")
        await desk.told("two")
        await desk.write(withdrawn_reports=("item/one",))
        known = await recall(desk, guids=frozenset({"guid of item"}))
        assert [report.id for report in known.reports] == ["item/two"]

    async def test_a_stored_alert_keeps_what_delivery_owns(self, desk, make) -> None:
        await desk.feed()
        alert = await desk.owe()
        posted = replace(alert, status=AlertStatus.POSTED, message_id="99", posted_at=make.at(minutes=1), attempts=1)
        await desk.store.save_alert(posted)
        stale = replace(alert, reactions=("reaction", "another"), edit_due_at=make.at(minutes=5), reason="stale")
        await desk.write(alerts=(stale,))
        known = await recall(desk, acts=frozenset({("FRA", ReactionType.CONDEMN)}))
        assert known.alerts == (replace(posted, reactions=("reaction", "another"), edit_due_at=make.at(minutes=5)),)


class TestRecall:
    async def test_nothing_is_known_of_an_empty_store(self, desk) -> None:
        assert await recall(desk, guids=frozenset({"g"}), keys=((1,),)) == Known(listed_in=frozenset())

    async def test_items_are_found_by_guid_within_their_feed_alone(self, desk, make) -> None:
        await desk.feed("feed")
        await desk.feed("other")
        await desk.write(items=(make.item("ours", guid="1"), make.item("theirs", guid="1", feed_id="other")))
        assert [item.id for item in (await recall(desk, guids=frozenset({"1"}))).items] == ["ours"]

    @pytest.mark.parametrize("part", ["urls", "content_hashes"])
    async def test_items_are_found_by_url_and_hash_in_every_feed(self, desk, make, part) -> None:
        await desk.feed("feed")
        await desk.feed("other")
        shared = {"canonical_url": "https://example.org/x", "content_hash": "same"}
        await desk.write(items=(make.item("ours", **shared), make.item("theirs", feed_id="other", **shared)))
        wanted = {"urls": "https://example.org/x", "content_hashes": "same"}[part]
        assert [item.id for item in (await recall(desk, **{part: frozenset({wanted})})).items] == ["ours", "theirs"]

    async def test_known_items_are_those_of_the_feed(self, desk, make) -> None:
        await desk.feed("feed")
        await desk.feed("other")
        await desk.write(
            items=(
                make.item("by guid", guid="1"),
                make.item("by url", canonical_url="https://example.org/x"),
                make.item("elsewhere", canonical_url="https://example.org/x", feed_id="other"),
            )
        )
        found = await desk.store.known_items(
            feed_id="feed", guids=frozenset({"1"}), urls=frozenset({"https://example.org/x"})
        )
        assert {item.id for item in found} == {"by guid", "by url"}

    async def test_fingerprints_share_a_key_within_the_time(self, desk, make) -> None:
        await desk.feed()
        prints = [
            make.fingerprint(str(hour), published=make.at(hours=hour), keys=(7, hour), story_id=f"story {hour}")
            for hour in range(6)
        ]
        await desk.write(items=tuple(make.item(each.item_id) for each in prints), fingerprints=tuple(prints))
        found = await recall(
            desk, keys=((7, 12345),), published_from=make.at(hours=1), published_until=make.at(hours=3)
        )
        assert found.fingerprints == tuple(prints[1:4])
        assert (await recall(desk, keys=((2, 3),))).fingerprints == tuple(prints[2:4])

    async def test_a_fingerprint_that_changed_is_not_found_by_its_old_keys(self, desk, make) -> None:
        await desk.feed()
        await desk.write(items=(make.item(),), fingerprints=(make.fingerprint(keys=(1, 2)),))
        changed = make.fingerprint(keys=(2, 3), published=make.at(hours=1))
        await desk.write(fingerprints=(changed,))
        assert (await recall(desk, keys=((1,),))).fingerprints == ()
        assert (await recall(desk, keys=((2,),))).fingerprints == (changed,)
        assert (await recall(desk, keys=((3,),))).fingerprints == (changed,)

    async def test_reactions_are_those_of_the_act_reported_since(self, desk, make) -> None:
        await desk.feed()
        await desk.write(
            reactions=(
                make.reaction("old", last_reported_at=make.at(hours=-40), first_reported_at=make.at(hours=-40)),
                make.reaction("reported again", first_reported_at=make.at(hours=-40)),
                make.reaction("other type", type=ReactionType.WARN),
                make.reaction("other actor", actor="USA"),
            )
        )
        found = await recall(desk, acts=frozenset({("FRA", ReactionType.CONDEMN)}), reported_from=make.at(hours=-36))
        assert [each.id for each in found.reactions] == ["reported again"]

    async def test_reactions_of_an_item_of_the_past_are_those_of_its_time(self, desk, make) -> None:
        await desk.feed()
        await desk.write(
            reactions=(
                make.reaction("then", first_reported_at=make.at(hours=-90), last_reported_at=make.at(hours=-80)),
                make.reaction("retold", first_reported_at=make.at(hours=-90), last_reported_at=make.at(hours=-1)),
                make.reaction("since", first_reported_at=make.at(hours=-20), last_reported_at=make.at(hours=-1)),
            )
        )
        found = await recall(
            desk,
            acts=frozenset({("FRA", ReactionType.CONDEMN)}),
            reported_from=make.at(hours=-120),
            reported_until=make.at(hours=-48),
        )
        assert [each.id for each in found.reactions] == ["retold", "then"]

    async def test_reactions_that_a_known_item_reports_are_recalled_however_old(self, desk, make) -> None:
        await desk.feed()
        await desk.told("old", hours=-100)
        found = await recall(desk, guids=frozenset({"guid of item"}), reported_from=make.NOW)
        assert [each.id for each in found.reactions] == ["old"]
        assert [each.id for each in found.reports] == ["item/old"]

    async def test_what_was_told_around_a_known_item_is_recalled_whenever_its_feed_says_now_that_it_was(
        self, desk, make
    ) -> None:
        await desk.feed()
        then = make.at(hours=-60)
        await desk.write(
            items=(make.item(published=make.at(hours=-50)),),
            reactions=(make.reaction("then", first_reported_at=then, last_reported_at=then),),
            fingerprints=(make.fingerprint(keys=(1,), published=then),),
        )
        window = {
            "acts": frozenset({("FRA", ReactionType.CONDEMN)}),
            "keys": ((1,),),
            "published_from": make.at(hours=-36),
            "reported_from": make.at(hours=-36),
            "first": make.NOW,
            "last": make.NOW,
        }
        found = await recall(desk, guids=frozenset({"guid of item"}), **window)
        assert [each.id for each in found.reactions] == ["then"]
        assert len(found.fingerprints) == 1
        assert (await recall(desk, **window)).reactions == ()

    async def test_stories_of_all_that_is_recalled_come_with_it(self, desk, make) -> None:
        await desk.feed()
        stories = tuple(make.story(name) for name in ("of item", "of print", "of reaction", "of none"))
        await desk.write(
            stories=stories,
            items=(make.item(story_id="of item"), make.item("other")),
            fingerprints=(make.fingerprint("other", story_id="of print"),),
            reactions=(make.reaction(story_id="of reaction"),),
        )
        found = await recall(
            desk,
            guids=frozenset({"guid of item"}),
            keys=((1,),),
            acts=frozenset({("FRA", ReactionType.CONDEMN)}),
        )
        assert {story.id for story in found.stories} == {"of item", "of print", "of reaction"}

    async def test_subscriptions_are_the_active_instant_ones(self, desk, make) -> None:
        for name, given in (
            ("instant", {}),
            ("daily", {"mode": Mode.DAILY}),
            ("paused", {"status": SubscriptionStatus.PAUSED}),
            ("removed", {"status": SubscriptionStatus.REMOVED}),
        ):
            await desk.store.add_subscription(make.subscription(name, **given))
        assert [each.id for each in (await recall(desk)).subscriptions] == ["instant"]

    async def test_alerts_are_those_that_carry_a_recalled_reaction(self, desk, make) -> None:
        await desk.feed()
        await desk.told("one")
        await desk.told("two", by="other")
        await desk.write(
            alerts=(
                make.alert("both", reactions=("two", "one")),
                make.alert("one", reactions=("one",)),
                make.alert("two", reactions=("two",)),
            )
        )
        found = await recall(desk, guids=frozenset({"guid of item"}))
        assert [(alert.id, alert.reactions) for alert in found.alerts] == [("both", ("two", "one")), ("one", ("one",))]

    async def test_the_guilds_that_list_the_feed_are_known(self, desk) -> None:
        await desk.feed("feed", "", "7")
        await desk.feed("other", "8")
        assert (await recall(desk)).listed_in == {"", "7"}

    async def test_many_things_are_asked_for_at_once(self, desk, make) -> None:
        """Neither database has a limit here that a large feed could meet."""
        await desk.feed()
        await desk.write(items=tuple(make.item(str(number)) for number in range(50)))
        guids = frozenset(f"guid of {number}" for number in range(40_000))
        assert len((await recall(desk, guids=guids, keys=(tuple(range(40_000)),))).items) == 50


class TestBounds:
    """What thousands share does not load thousands: the newest are recalled (the real store alone counts)."""

    async def test_of_one_url_the_newest_items(self, real_desk, make) -> None:
        await real_desk.feed()
        items = [
            make.item(str(n), canonical_url="https://example.org/", published=make.at(minutes=n)) for n in range(60)
        ]
        await real_desk.write(items=tuple(items))
        found = await recall(real_desk, urls=frozenset({"https://example.org/"}))
        assert found.items == tuple(items[-ITEMS_PER_URL:])

    async def test_of_one_key_the_newest_fingerprints_within_the_time(self, real_desk, make) -> None:
        await real_desk.feed()
        prints = [make.fingerprint(str(n), published=make.at(minutes=n), keys=(7,)) for n in range(200)]
        await real_desk.write(items=tuple(make.item(each.item_id) for each in prints), fingerprints=tuple(prints))
        found = await recall(real_desk, keys=((7,),), published_until=make.at(minutes=149))
        assert found.fingerprints == tuple(prints[150 - FINGERPRINTS_PER_KEY : 150])

    async def test_of_many_keys_what_shares_a_drafts_rarest(self, real_desk, make) -> None:
        """Each draft has its own: what one shares with many takes no place from what another shares with few."""
        await real_desk.feed()
        common = [make.fingerprint(f"c{n}", published=make.at(minutes=n), keys=(7, 8)) for n in range(MOST_CANDIDATES)]
        rare = make.fingerprint("rare", published=make.at(minutes=-9), keys=(1,))
        await real_desk.write(
            items=tuple(make.item(each.item_id) for each in (*common, rare)), fingerprints=(*common, rare)
        )
        found = await recall(real_desk, keys=((7, 1),))
        assert found.fingerprints == (rare, *common[1:])
        found = await recall(real_desk, keys=((1,), (8,)))
        assert found.fingerprints == (rare, *common)

    async def test_of_one_act_the_last_reported_reactions(self, real_desk, make) -> None:
        told = [make.reaction(str(n), last_reported_at=make.at(minutes=n)) for n in range(REACTIONS_PER_ACT + 20)]
        await real_desk.write(reactions=tuple(told))
        found = await recall(real_desk, acts=frozenset({("FRA", ReactionType.CONDEMN)}))
        assert {each.id for each in found.reactions} == {each.id for each in told[20:]}
