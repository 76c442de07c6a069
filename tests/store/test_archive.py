from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.alerts import AlertStatus
from bot.domain.errors import NotFound
from bot.domain.feeds import FeedKind, FeedStatus
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType, Tier
from bot.domain.subscriptions import SubscriptionStatus


@pytest.fixture
async def archive(desk):
    """A desk with the operator's feed."""
    await desk.feed(kind=FeedKind.STATE)
    return desk


async def ids(desk, **asked) -> list[str]:
    return [each.reaction.id for each in await desk.store.reactions(ReactionQuery(**asked))]


class TestReactions:
    async def test_reactions_come_newest_first_with_their_sources(self, archive, make) -> None:
        await archive.told("old", by="a", hours=1, said={"quote": "q", "evidence": "e"})
        await archive.told("new", by="b", hours=2)
        new, old = await archive.store.reactions(ReactionQuery())
        assert (new.reaction.id, old.reaction.id) == ("new", "old")
        source = old.sources[0]
        assert (source.item_id, source.outlet, source.kind, source.title) == (
            "a",
            "Outlet of feed",
            FeedKind.STATE,
            "Title of a",
        )
        assert (source.quote, source.evidence, source.published) == ("q", "e", make.at(hours=1))

    async def test_limit_and_offset_turn_pages(self, archive) -> None:
        for number in range(7):
            await archive.told(str(number), hours=number)
        assert await ids(archive, limit=3) == ["6", "5", "4"]
        assert await ids(archive, limit=3, offset=3) == ["3", "2", "1"]
        assert await ids(archive, limit=3, offset=6) == ["0"]
        assert await ids(archive, limit=3, offset=9) == []

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"actors": frozenset({"FRA"})}, ["4", "1"]),
            ({"actors": frozenset({"FRA", "USA"})}, ["4", "2", "1"]),
            ({"targets": frozenset({"AZE"})}, ["4", "2", "1"]),
            ({"targets": frozenset({"ARM", "RUS"})}, ["3", "2"]),
            ({"types": frozenset({ReactionType.WARN})}, ["3"]),
            ({"families": frozenset({Family.CRITICISM})}, ["2", "1"]),
            ({"types": frozenset({ReactionType.WARN}), "families": frozenset({Family.CRITICISM})}, ["3", "2", "1"]),
            ({"actors": frozenset({"FRA"}), "types": frozenset({ReactionType.CONDEMN})}, ["1"]),
            ({"actors": frozenset({"FRA"}), "targets": frozenset({"RUS"})}, []),
            ({"types": frozenset({ReactionType.ACCUSE}), "targets": frozenset({"ARM"})}, ["2"]),
            ({"languages": frozenset({"hy"})}, ["2"]),
            ({"outlets": frozenset({"A, “B”", "none"})}, ["3"]),
            ({"tier": Tier.DIGEST}, ["4"]),
            ({"background": True}, ["3"]),
            ({"background": False, "tier": Tier.ALERT}, ["2", "1"]),
            ({"story_id": "another"}, ["3"]),
            ({"story_id": "another", "actors": frozenset({"FRA"})}, []),
            ({"text": "SHELLING"}, ["1"]),
            ({"text": "հայաստան"}, ["2"]),
            ({"text": "100%_"}, ["3"]),
        ],
    )
    async def test_each_part_of_a_query_narrows_it(self, archive, asked, found) -> None:
        await archive.told("1", hours=1, quote="Stop the shelling")
        await archive.told(
            "2",
            hours=2,
            actor="USA",
            type=ReactionType.ACCUSE,
            targets=("AZE", "ARM"),
            languages=("en", "hy"),
            evidence="ՀԱՅԱՍՏԱՆ",
        )
        await archive.told(
            "3",
            hours=3,
            actor="EU",
            type=ReactionType.WARN,
            targets=("RUS",),
            outlets=("A, “B”",),
            background=True,
            story_id="another",
            evidence="100%_sure",
        )
        await archive.told("4", hours=4, type=ReactionType.WELCOME, tier=Tier.DIGEST)
        assert await ids(archive, **asked) == found
        assert await archive.store.count_reactions(ReactionQuery(**asked, limit=1), most=9) == len(found)
        exported = [row.reaction.id async for row in archive.store.export_reactions(ReactionQuery(**asked, limit=1))]
        assert exported == found[::-1]

    async def test_since_is_inclusive_and_until_exclusive(self, archive, make) -> None:
        for hours in (1, 2, 3):
            await archive.told(str(hours), hours=hours)
        assert await ids(archive, since=make.at(hours=2)) == ["3", "2"]
        assert await ids(archive, until=make.at(hours=2)) == ["1"]
        actors = frozenset({"FRA", "USA"})
        assert await ids(archive, actors=actors, since=make.at(hours=2), until=make.at(hours=3)) == ["2"]

    async def test_the_newest_of_several_actors_are_the_newest_of_all(self, archive) -> None:
        for number in range(12):
            await archive.told(f"{number:02}", hours=number, actor=("FRA", "USA", "EU")[number % 3])
        assert await ids(archive, actors=frozenset({"FRA", "EU"}), limit=4) == ["11", "09", "08", "06"]

    async def test_a_target_finds_a_reaction_once_though_an_older_report_moved_its_time(self, archive, make) -> None:
        await archive.told("moved", hours=5)
        await archive.told("moved", by="older", hours=1, last_reported_at=make.at(hours=5), reports=2)
        await archive.told("other", by="other", hours=3)
        assert await ids(archive, targets=frozenset({"AZE"})) == ["other", "moved"]
        assert await ids(archive, targets=frozenset({"AZE"}), limit=1) == ["other"]

    @pytest.mark.parametrize(
        ("asked", "begins"),
        [
            ({}, 6),
            ({"actors": frozenset({"FRA"})}, 5),
            # In equal shares: the second newest of each, of which that of France is the later.
            ({"actors": frozenset({"FRA", "USA"})}, 8),
            ({"targets": frozenset({"ARM"})}, 2),
            ({"types": frozenset({ReactionType.CONDEMN})}, 5),
            ({"types": frozenset({ReactionType.WARN})}, None),
            ({"until": 7}, 3),
            ({"since": 6}, 6),
            ({"since": 7}, None),
            ({"actors": frozenset({"EU"})}, None),
            ({"actors": frozenset({"FRA"}), "story_id": "story"}, None),
        ],
    )
    async def test_a_question_reaches_back_until_there_is_too_much_to_look_through(
        self, archive, make, asked, begins
    ) -> None:
        for hours in range(1, 10):
            await archive.told(
                str(hours),
                hours=hours,
                actor=("FRA", "USA", "FRA")[hours % 3],
                targets=("ARM",) if hours % 2 == 0 else ("AZE",),
                type=ReactionType.WARN if hours % 3 == 1 else ReactionType.CONDEMN,
            )
        await archive.told("gone", hours=9, reports=0)
        bounds = {name: make.at(hours=asked[name]) for name in ("since", "until") if name in asked}
        reached = await archive.store.reach(ReactionQuery(**{**asked, **bounds}), most=3)
        assert reached == (None if begins is None else make.at(hours=begins))

    @pytest.mark.parametrize("asked", [{}, {"actors": frozenset({"FRA"})}, {"targets": frozenset({"AZE", "ARM"})}])
    async def test_no_more_are_counted_than_the_most(self, archive, asked) -> None:
        for number in range(5):
            await archive.told(str(number), hours=number, targets=("AZE", "ARM"))
        assert await archive.store.count_reactions(ReactionQuery(**asked), most=3) == 3
        assert await archive.store.count_reactions(ReactionQuery(**asked), most=5) == 5
        assert await archive.store.count_reactions(ReactionQuery(**asked), most=9) == 5

    async def test_what_nobody_reports_any_more_is_not_found(self, archive) -> None:
        await archive.told("gone", reports=0)
        await archive.write(withdrawn_reports=("item/gone",))
        assert await ids(archive) == []
        assert await archive.store.count_reactions(ReactionQuery(), most=9) == 0

    async def test_an_item_that_tells_a_reaction_twice_is_one_source(self, archive, make) -> None:
        await archive.told(said={"quote": "short"})
        twice = make.report("again", said={"quote": "a longer quote", "start": 50, "end": 60})
        await archive.write(reports=(twice,))
        found = (await archive.store.reactions(ReactionQuery()))[0]
        assert [source.quote for source in found.sources] == ["a longer quote"]


class TestEyes:
    """A guild sees the operator's feeds and its own; of the rest it learns nothing."""

    @pytest.fixture
    async def private(self, archive):
        """Beside the operator's feed, one of guild 7 and one of guild 8."""
        await archive.feed("seven", "7")
        await archive.feed("eight", "8")
        return archive

    async def test_what_only_other_guilds_feeds_tell_is_not_seen(self, private) -> None:
        await private.told("open", by="a", hours=1)
        await private.told("of seven", by="b", feed="seven", hours=2)
        await private.told("of eight", by="c", feed="eight", hours=3)
        assert await ids(private, guild_id="7") == ["of seven", "open"]
        assert await ids(private, guild_id="8") == ["of eight", "open"]
        assert await ids(private, guild_id="") == ["open"]
        assert await ids(private) == ["of eight", "of seven", "open"]
        assert await private.store.count_reactions(ReactionQuery(guild_id="7"), most=9) == 2

    async def test_a_feed_that_both_list_is_seen_by_both(self, private) -> None:
        await private.feed("shared", "7", "8")
        await private.told("shared", feed="shared")
        assert await ids(private, guild_id="7") == await ids(private, guild_id="8") == ["shared"]
        assert await ids(private, guild_id="9") == []

    @pytest.fixture
    async def mixed(self, private, make):
        """A reaction that a feed of guild 8 told first and best, and the operator's feed three hours later."""
        await private.told(
            "mixed", by="hidden", feed="eight", said={"quote": "the words that only eight has", "speaker": "Z"}
        )
        await private.told(
            "mixed",
            by="open",
            hours=3,
            said={"quote": "our words", "evidence": "they said our words"},
            quote="the words that only eight has",
            evidence="France condemned the attack",
            speaker="Z",
            reports=2,
            outlets=("Outlet of eight", "Outlet of feed"),
            languages=("az", "en"),
            first_reported_at=make.NOW,
        )
        return private

    async def test_a_mixed_reaction_is_seen_as_its_visible_reports_tell_it(self, mixed, make) -> None:
        seen = (await mixed.store.reactions(ReactionQuery(guild_id="7")))[0]
        assert [source.item_id for source in seen.sources] == ["open"]
        reaction = seen.reaction
        assert (reaction.id, reaction.quote, reaction.evidence, reaction.speaker) == (
            "mixed",
            "our words",
            "they said our words",
            None,
        )
        assert (reaction.reports, reaction.outlets, reaction.languages) == (1, ("Outlet of feed",), ("en",))
        assert reaction.first_reported_at == reaction.last_reported_at == make.at(hours=3)

    async def test_whoever_has_all_its_feeds_sees_it_whole(self, mixed) -> None:
        whole = (await mixed.store.reactions(ReactionQuery(guild_id="8")))[0]
        assert [source.item_id for source in whole.sources] == ["hidden", "open"]
        assert whole.reaction.reports == 2

    @pytest.mark.parametrize(
        ("asked", "sees"),
        [
            ({"text": "only eight"}, False),
            ({"text": "our words"}, True),
            ({"outlets": frozenset({"Outlet of eight"})}, False),
            ({"languages": frozenset({"az"})}, False),
            ({"outlets": frozenset({"Outlet of feed"})}, True),
        ],
    )
    async def test_no_query_tells_what_hidden_reports_said(self, mixed, asked, sees) -> None:
        assert await ids(mixed, guild_id="7", **asked) == (["mixed"] if sees else [])
        assert await mixed.store.count_reactions(ReactionQuery(guild_id="7", **asked), most=9) == sees

    async def test_its_time_is_that_of_its_first_visible_report(self, mixed, make) -> None:
        await mixed.told("between", by="other", hours=2)
        assert await ids(mixed, guild_id="7") == ["mixed", "between"]
        assert await ids(mixed, guild_id="8") == ["between", "mixed"]
        assert await ids(mixed, guild_id="7", limit=1) == ["mixed"]
        assert await ids(mixed, guild_id="7", offset=1) == ["between"]
        assert await ids(mixed, guild_id="7", until=make.at(hours=1)) == []
        assert await ids(mixed, guild_id="7", since=make.at(hours=3)) == ["mixed"]

    async def test_tones_count_what_is_seen(self, mixed, make) -> None:
        await mixed.told("of eight", by="c", feed="eight", hours=1)
        day = {"since": make.NOW, "until": make.at(days=1)}
        assert await mixed.store.tones(**day, guild_id="8") == {"FRA": (-2.0, 2)}
        assert await mixed.store.tones(**day, guild_id="7") == {"FRA": (-2.0, 1)}
        first_hours = {"since": make.NOW, "until": make.at(hours=2)}
        assert await mixed.store.tones(**first_hours, guild_id="7") == {}

    async def test_tones_leave_out_what_is_only_recalled(self, mixed, make) -> None:
        await mixed.told("recalled", by="d", feed="seven", hours=1, background=True)
        await mixed.told("mixed too", by="e", feed="seven", hours=1, background=True)
        day = {"since": make.NOW, "until": make.at(days=1)}
        assert await mixed.store.tones(**day, guild_id="7") == {"FRA": (-2.0, 1)}

    async def test_an_export_for_a_guild_holds_what_the_guild_sees(self, mixed) -> None:
        await mixed.told("of eight", by="c", feed="eight", hours=1)
        rows = [row async for row in mixed.store.export_reactions(ReactionQuery(guild_id="7"))]
        assert [(row.reaction.quote, row.report.item_id, row.link) for row in rows] == [
            ("our words", "open", "https://www.example.org/open?utm_source=rss")
        ]

    async def test_an_export_for_a_guild_holds_the_newest_up_to_its_limit_oldest_first(self, mixed) -> None:
        for number in (4, 5, 6):
            await mixed.told(f"open {number}", by=f"open {number}", hours=number)
        asked = ReactionQuery(guild_id="7", limit=3)
        assert [row.reaction.id async for row in mixed.store.export_reactions(asked)] == ["open 4", "open 5", "open 6"]

    async def test_no_more_are_counted_than_the_most_where_some_are_seen_in_part(self, mixed) -> None:
        await mixed.told("open too", by="open too", hours=1)
        for most, counted in ((1, 1), (2, 2), (9, 2)):
            assert await mixed.store.count_reactions(ReactionQuery(guild_id="7"), most=most) == counted

    @pytest.mark.parametrize(
        ("asked", "sees"),
        [
            ({"targets": frozenset({"AZE"})}, True),
            ({"targets": frozenset({"ARM"})}, False),
            ({"actors": frozenset({"FRA"}), "text": "our words"}, True),
            ({"actors": frozenset({"FRA"}), "types": frozenset({ReactionType.WARN})}, False),
        ],
    )
    async def test_what_is_seen_in_part_is_found_by_what_is_seen(self, mixed, asked, sees) -> None:
        assert await ids(mixed, guild_id="7", **asked) == (["mixed"] if sees else [])


async def test_a_reaction_was_met_when_the_first_item_that_reports_it_was_seen(archive, make) -> None:
    await archive.told("early", by="a", hours=-1, met=0)
    await archive.told("early", by="b", hours=-1, met=5)
    await archive.told("late", by="c", hours=-1, met=2)
    assert await ids(archive, met_since=make.at(hours=1)) == ["late"]
    assert await ids(archive, met_until=make.at(hours=2)) == ["early"]
    assert await ids(archive, met_since=make.at(), met_until=make.at(hours=3)) == ["late", "early"]


async def test_tones_are_means_by_actor_within_the_time(archive, make) -> None:
    await archive.told("1", by="a", hours=1, type=ReactionType.CONDEMN)
    await archive.told("2", by="b", hours=2, type=ReactionType.WELCOME)
    await archive.told("3", by="c", hours=2, actor="AZE", type=ReactionType.MILITARY_ACTION)
    await archive.told("4", by="d", hours=3, actor="USA")
    found = await archive.store.tones(since=make.at(hours=1), until=make.at(hours=3), guild_id=None)
    assert found == {"AZE": (-4.0, 1), "FRA": (0.0, 2)}


async def test_a_story_is_found_by_its_id(archive, make) -> None:
    await archive.write(stories=(make.story(outlets=("a", "b")),))
    assert await archive.store.story("story") == make.story(outlets=("a", "b"))
    with pytest.raises(NotFound):
        await archive.store.story("none")


@pytest.mark.parametrize(
    "words",
    [
        "item",
        " item\n",
        "tag:example.org,2023:1",
        "https://www.example.org/news/item?utm_source=rss",
        "http://example.org/news/item/#top",
        "example.org/news/item",
    ],
)
async def test_an_item_is_found_by_id_guid_or_any_spelling_of_its_link(archive, make, words) -> None:
    item = make.item(guid="tag:example.org,2023:1", canonical_url="https://example.org/news/item")
    await archive.write(items=(item, make.item("other")))
    assert await archive.store.find_item(words) == item


async def test_of_several_items_with_one_link_the_first_seen_is_found(archive, make) -> None:
    shared = {"canonical_url": "https://example.org/x"}
    items = (make.item("later", first_seen_at=make.at(hours=1), **shared), make.item("sooner", **shared))
    await archive.write(items=items)
    assert (await archive.store.find_item("https://example.org/x")).id == "sooner"


@pytest.mark.parametrize("words", ["", "nothing", "https://example.org/nothing"])
async def test_what_no_item_has_is_not_found(archive, make, words) -> None:
    await archive.write(items=(make.item(),))
    with pytest.raises(NotFound):
        await archive.store.find_item(words)


async def test_a_life_holds_all_that_happened_to_an_item(archive, make) -> None:
    await archive.told("ours", by="item")
    await archive.told("theirs", by="original", said={"start": 5})
    item = make.item(story_id="story", duplicate_of="original", outlet="Outlet of feed")
    revisions = (make.revision(), make.revision(replaced_at=make.at(hours=1), title="Between"))
    verdicts = (make.verdict(subscription_id="a"), make.verdict(subscription_id="b", alerted=True, reason="new"))
    alerts = (
        make.alert("of the item", reactions=("other",)),
        make.alert("of the reaction", item_id="original", reactions=("ours",)),
        make.alert("of neither", item_id="original", reactions=("theirs",)),
    )
    await archive.write(items=(item,), revisions=revisions[::-1], verdicts=verdicts[::-1], alerts=alerts)
    life = await archive.store.life_of("item")
    assert (life.item, life.feed.id, life.story) == (item, "feed", make.story())
    assert life.original is not None
    assert life.original.id == "original"
    assert (life.revisions, life.verdicts) == (revisions, verdicts)
    assert [report.id for report in life.reports] == ["item/ours"]
    assert [each.reaction.id for each in life.reactions] == ["ours"]
    assert life.alerts == alerts[:2]


async def test_the_life_of_an_unknown_item_is_not_found(archive) -> None:
    with pytest.raises(NotFound):
        await archive.store.life_of("nothing")


async def test_an_uneventful_life_is_short(archive, make) -> None:
    await archive.write(items=(make.item(),))
    life = await archive.store.life_of("item")
    assert (life.story, life.original, life.revisions, life.reports) == (None, None, (), ())
    assert (life.reactions, life.alerts, life.verdicts) == ((), (), ())


async def test_the_tally_counts_everything(archive, make) -> None:
    await archive.feed("failing", failures=2)
    await archive.feed("paused", status=FeedStatus.PAUSED, failures=2)
    await archive.store.add_subscription(make.subscription())
    await archive.store.add_subscription(make.subscription("paused", status=SubscriptionStatus.PAUSED))
    await archive.told()
    await archive.write(
        items=(make.item("relevant", relevant=True), make.item("not")),
        alerts=(
            make.alert("waits", created_at=make.at(minutes=-9), next_attempt_at=make.at(minutes=-5)),
            make.alert("quiet", created_at=make.at(minutes=-9), next_attempt_at=make.at(hours=1)),
            make.alert("posted", status=AlertStatus.POSTED),
            make.alert("not served", subscription_id="paused", next_attempt_at=make.at(days=-1)),
        ),
    )
    tally = await archive.store.tally(make.NOW)
    assert (tally.feeds_active, tally.feeds_failing, tally.subscriptions) == (2, 1, 1)
    assert (tally.items, tally.relevant_items, tally.stories, tally.reactions) == (3, 1, 1, 1)
    assert (tally.alerts_waiting, tally.alerts_posted) == (2, 1)
    assert (tally.oldest_waiting_since, tally.next_poll_at) == (make.at(minutes=-5), make.NOW)


async def test_the_tally_of_an_empty_store_is_zero(desk, make) -> None:
    tally = await desk.store.tally(make.NOW)
    assert (tally.items, tally.alerts_waiting, tally.oldest_waiting_since) == (0, 0, None)
    assert tally.schema_revision


class TestExports:
    async def test_items_are_exported_by_publication_with_their_feeds_address(self, archive, make) -> None:
        items = [make.item(f"{n:04}", published=make.at(minutes=-(n // 2))) for n in range(1203)]
        await archive.write(items=tuple(items))
        rows = [row async for row in archive.store.export_items()]
        assert [row.item for row in rows] == sorted(items, key=lambda item: (item.published, item.id))
        assert {row.feed_url for row in rows} == {"https://feed.example/rss"}

    async def test_items_are_exported_since_a_publication(self, archive, make) -> None:
        await archive.write(items=tuple(make.item(str(n), published=make.at(hours=n)) for n in range(4)))
        assert [row.item.id async for row in archive.store.export_items(since=make.at(hours=2))] == ["2", "3"]

    async def test_stories_are_exported_oldest_first(self, archive, make) -> None:
        stories = tuple(make.story(str(n), started_at=make.at(hours=-n)) for n in range(3))
        await archive.write(stories=stories)
        assert tuple([each async for each in archive.store.export_stories()]) == stories[::-1]
        assert [each.id async for each in archive.store.export_stories(since=make.at(hours=-1))] == ["1", "0"]

    async def test_reactions_are_exported_with_their_best_report(self, archive) -> None:
        await archive.told(by="direct", said={"quote": "short"}, hours=1)
        await archive.told(by="best", said={"quote": "a longer quote"}, hours=2)
        await archive.told(by="weak", said={"quote": "the longest quote of them all", "tier": Tier.DIGEST}, hours=0)
        rows = [row async for row in archive.store.export_reactions(ReactionQuery())]
        assert [(row.reaction.id, row.report.item_id, row.link) for row in rows] == [
            ("reaction", "best", "https://www.example.org/best?utm_source=rss")
        ]

    async def test_an_exported_reaction_names_every_item_that_reports_it_in_the_order_of_reports(self, archive) -> None:
        await archive.told(by="later", said={"quote": "the longer quote"}, hours=2)
        await archive.told(by="first", hours=1)
        (row,) = [row async for row in archive.store.export_reactions(ReactionQuery())]
        assert [link.partition("?")[0] for link in row.links] == [
            "https://www.example.org/first",
            "https://www.example.org/later",
        ]
        assert row.title
        assert row.link == row.links[1]

    async def test_alerts_are_exported_in_the_order_in_which_they_were_owed(self, archive, make) -> None:
        alerts = tuple(
            make.alert(f"{n * 7919 % 1009:04}", created_at=make.NOW + timedelta(seconds=n)) for n in range(1009)
        )
        await archive.write(alerts=alerts)
        assert tuple([each async for each in archive.store.export_alerts()]) == alerts
        late = [each async for each in archive.store.export_alerts(since=make.at(seconds=1000))]
        assert tuple(late) == alerts[1000:]
