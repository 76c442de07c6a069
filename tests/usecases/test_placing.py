"""A moderator's word on stories: what was joined wrongly comes apart, what was torn is joined, for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsroom import entry

from bot.domain.errors import Invalid
from bot.domain.queries import ReactionQuery
from bot.domain.retelling import Placing
from bot.usecases.amend import Amended, Amender
from bot.usecases.gold import gold_row, read_gold

FEED = "https://outlet.example/rss"
OTHER = "https://other.example/rss"
SAME = "Karabakh: FRA condemn AZE: “We cannot accept this use of force at all”"
ANOTHER = (
    "Court in The Hague hears the case on Karabakh, FRA condemn AZE: “The judges have to be heard by everybody here”"
)


@pytest.fixture
def office(newsroom_over, store):
    return newsroom_over(store)


def amender(office) -> Amender:
    return Amender(rounds=office.store, amendments=office.store, clock=office.clock, rules=office.rules)


async def told_twice(office, second: str) -> None:
    """Have one outlet tell it and be posted, and another tell the second headline: at once, or the day after."""
    await office.subscribe()
    await office.publish(FEED, entry(SAME, guid="1", now=office.clock.now))
    await office.poll()
    await office.deliver()
    office.clock.pass_(hours=0.2 if second == SAME else 23)
    copy = entry(second, guid="2", hours_ago=0.5, now=office.clock.now)
    await office.publish(OTHER, replace(copy, link="https://other.example/2"))
    await office.poll()
    await office.deliver()
    office.clock.pass_(minutes=10)


async def items_by_guid(office):
    return {row.item.guid: row.item async for row in office.store.export_items()}


async def placed(office, guid: str, with_: str | None = None) -> Amended:
    items = await items_by_guid(office)
    story = items[with_].story_id if with_ else None
    placing = Placing(item_id=items[guid].id, with_story=story, author="moderator", guild_id="guild", reason="read it")
    return await amender(office).place(placing)


async def told(office) -> list[tuple[str, int]]:
    """Return each reaction's story's first outlet and its number of reports, the oldest first."""
    found = await office.store.reactions(ReactionQuery())
    return [(each.sources[0].outlet, each.reaction.reports) for each in reversed(found)]


async def test_what_tells_another_event_is_taken_apart(office) -> None:
    await told_twice(office, SAME)
    assert await told(office) == [("outlet.example", 2)]
    assert await placed(office, "2") == Amended(records=1, messages=1)
    assert await told(office) == [("outlet.example", 1), ("other.example", 1)]
    items = await items_by_guid(office)
    assert items["1"].story_id != items["2"].story_id
    assert items["2"].story_reason == "a moderator found that it tells another event"
    assert items["2"].duplicate_of is None
    stories = [each async for each in office.store.export_stories()]
    assert [(each.items, each.outlets) for each in stories] == [(1, ("outlet.example",)), (1, ("other.example",))]


async def test_the_posted_message_no_longer_counts_what_was_taken_out_and_nobody_is_alerted(office) -> None:
    await told_twice(office, SAME)
    await placed(office, "2")
    assert (await office.deliver()).edited == 1
    (alert,) = [each async for each in office.store.export_alerts()]
    message = await office.store.alert_message(alert)
    assert [each.reaction.outlets for each in message.reactions] == [("outlet.example",)]


async def test_the_first_item_can_be_taken_out_and_the_others_keep_the_story(office) -> None:
    await told_twice(office, ANOTHER)
    await placed(office, "2", with_="1")
    office.clock.pass_(minutes=1)
    items = await items_by_guid(office)
    await placed(office, "1")
    after = await items_by_guid(office)
    assert after["2"].story_id == items["2"].story_id
    assert after["1"].story_id != items["1"].story_id
    assert await told(office) == [("outlet.example", 1), ("other.example", 1)]
    for alert in [each async for each in office.store.export_alerts()]:
        message = await office.store.alert_message(alert)
        assert [source.item_id for each in message.reactions for source in each.sources] == [alert.item_id]


async def test_what_tells_the_same_event_is_joined(office) -> None:
    await told_twice(office, ANOTHER)
    assert await told(office) == [("outlet.example", 1), ("other.example", 1)]
    came_to = await placed(office, "2", with_="1")
    assert came_to.records == 1
    assert await told(office) == [("outlet.example", 2)]
    items = await items_by_guid(office)
    assert items["1"].story_id == items["2"].story_id
    (story,) = [each async for each in office.store.export_stories()]
    assert (story.items, story.outlets) == (2, ("outlet.example", "other.example"))
    for alert in [each async for each in office.store.export_alerts()]:
        message = await office.store.alert_message(alert)
        assert [each.reaction.reports for each in message.reactions] == [2]


async def test_joining_is_undone_by_taking_apart(office) -> None:
    await told_twice(office, ANOTHER)
    before = {each.reaction.id for each in await office.store.reactions(ReactionQuery())}
    await placed(office, "2", with_="1")
    office.clock.pass_(minutes=1)
    await placed(office, "2")
    assert await told(office) == [("outlet.example", 1), ("other.example", 1)]
    assert {each.reaction.id for each in await office.store.reactions(ReactionQuery())} == before
    (kept,) = await office.store.placements()
    assert kept.apart


async def test_a_placement_holds_when_the_item_is_worded_anew_and_after_a_restart(office) -> None:
    await told_twice(office, SAME)
    await placed(office, "2")
    office.restart()
    office.clock.pass_(hours=1)
    again = entry(SAME, guid="2", now=office.clock.now, summary="More of it: DEU welcome ARM")
    await office.publish(OTHER, replace(again, link="https://other.example/2"))
    await office.poll()
    items = await items_by_guid(office)
    assert items["1"].story_id != items["2"].story_id
    assert ("outlet.example", 1) in await told(office)


async def test_placements_of_a_server_are_listed_the_latest_first(office) -> None:
    await told_twice(office, SAME)
    await placed(office, "2")
    (kept,) = await office.store.placements(guild_id="guild")
    assert (kept.author, kept.reason, kept.title) == ("moderator", "read it", SAME)
    assert await office.store.placements(guild_id="another") == ()
    assert await office.store.placements(item_id=kept.item_id) == (kept,)


@pytest.mark.parametrize("comes", ["before", "after"])
@pytest.mark.parametrize("what", ["apart", "joined"])
async def test_placements_survive_an_export_and_an_import_elsewhere(
    office, newsroom_over, fake_store, what, comes
) -> None:
    """The items may be there already, or come later."""
    second = SAME if what == "apart" else ANOTHER
    await told_twice(office, second)
    await placed(office, "2", with_=None if what == "apart" else "1")
    rows = [gold_row(each) async for each in office.store.export_amended()]
    (placement,) = [each for row in rows if (each := read_gold(row)[1])]

    elsewhere = newsroom_over(type(fake_store)())
    if comes == "before":
        await told_twice(elsewhere, second)
    assert (await amender(elsewhere).restore((), [placement])).records == 1
    if comes == "after":
        await told_twice(elsewhere, second)

    assert await told(elsewhere) == await told(office)
    assert await elsewhere.store.placements() == await office.store.placements()
    assert await amender(elsewhere).restore((), [placement]) == Amended()


@pytest.mark.parametrize(
    ("guid", "with_", "why"),
    [("1", None, "nothing to take apart"), ("1", "1", "one story already"), ("3", None, "belongs to no story")],
)
async def test_what_would_move_nothing_is_refused_in_words(office, guid, with_, why) -> None:
    await told_twice(office, ANOTHER)
    await office.publish(OTHER, replace(entry("The weather", guid="3"), link="https://other.example/3"))
    await office.poll()
    with pytest.raises(Invalid, match=why):
        await placed(office, guid, with_=with_)


async def test_a_story_that_is_not_there_is_refused(office) -> None:
    await told_twice(office, ANOTHER)
    items = await items_by_guid(office)
    with pytest.raises(Invalid, match="no such story"):
        await amender(office).place(Placing(item_id=items["1"].id, with_story="nowhere", author="moderator"))
