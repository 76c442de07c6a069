"""What moderators decided is kept, recalled with the items it is about, and counted by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from bot.domain.amendments import Amendment, Decision, RuleScore, amendment_id
from bot.domain.decisions import Lookups
from bot.domain.reactions import ReactionType


@pytest.fixture
def amendment(make: ModuleType) -> Any:
    """Make a decision on an item's record; what the record says is given as `said`."""

    def made(item: str = "item", *, said: dict[str, Any] | None = None, **given: Any) -> Amendment:
        coded = make.record(**(said or {}))
        own = {
            "id": amendment_id(item, coded),
            "item_id": item,
            "coded": coded,
            "decision": Decision.WRONG,
            "actor": coded.actor,
            "type": coded.type,
            "targets": coded.targets,
            "reaction_id": "reaction",
            "guild_id": "guild",
            "author": "somebody",
            "at": make.NOW,
        }
        return Amendment(**own | given)

    return made


async def recalled(store: Any, **wanted: Any) -> Any:
    async with store.round() as round_:
        return await round_.recall(Lookups(feed_id="", **wanted))


async def test_a_decision_is_read_as_it_was_written(desk: Any, amendment: Any) -> None:
    whole = amendment(
        said={"speaker": "C. Colonna", "quote": "never", "date": date(2023, 9, 19), "background": True},
        decision=Decision.RECODED,
        type=ReactionType.ACCUSE,
        targets=("ARM", "AZE"),
        reason="she named a wrong",
    )
    await desk.write(amendments=(whole,))
    assert await desk.store.amendments() == (whole,)


async def test_the_last_decision_on_a_record_stands(desk: Any, make: ModuleType, amendment: Any) -> None:
    first = amendment()
    last = replace(first, decision=Decision.RIGHT, at=make.at(hours=1))
    await desk.write(amendments=(first,))
    await desk.write(amendments=(last,))
    assert await desk.store.amendments() == (last,)


async def test_decisions_are_listed_by_guild_and_item_the_latest_first(
    desk: Any, make: ModuleType, amendment: Any
) -> None:
    ours = tuple(amendment(f"item {n}", at=make.at(hours=n)) for n in range(3))
    theirs = amendment("item 0", said={"actor": "USA"}, guild_id="theirs", at=make.at(hours=5))
    await desk.write(amendments=(*ours, theirs))
    listed = await desk.store.amendments(guild_id="guild", limit=2)
    assert listed == (ours[2], ours[1])
    assert await desk.store.amendments(guild_id="guild", limit=2, offset=2) == (ours[0],)
    assert await desk.store.amendments(item_id="item 0") == (theirs, ours[0])
    assert await desk.store.count_amendments(guild_id="guild") == 3
    assert await desk.store.count_amendments() == 4


async def test_a_round_recalls_the_decisions_on_its_items_stored_or_not(desk: Any, amendment: Any) -> None:
    await desk.feed()
    await desk.told()
    here, awaited, elsewhere = amendment(), amendment("awaited"), amendment("elsewhere")
    await desk.write(amendments=(here, awaited, elsewhere))
    known = await recalled(desk.store, content_hashes=frozenset({"hash of item"}), amended=frozenset({"awaited"}))
    assert {each.item_id for each in known.amendments} == {"item", "awaited"}


async def test_a_round_recalls_the_items_that_tell_a_reaction_or_did_until_they_were_amended(
    desk: Any, amendment: Any
) -> None:
    await desk.feed()
    await desk.told()
    await desk.told("other", by="amended")
    await desk.told("third", by="third")
    await desk.write(amendments=(amendment("amended"),))
    known = await recalled(desk.store, told=frozenset({"reaction"}))
    assert {item.id for item in known.items} == {"item", "amended"}
    assert {each.id for each in known.reactions} == {"reaction", "other"}
    assert {each.item_id for each in known.amendments} == {"amended"}
    assert {item.id for item in (await recalled(desk.store, ids=frozenset({"third"}))).items} == {"third"}


async def test_a_reaction_that_nobody_tells_any_more_is_recalled_by_its_id(desk: Any, make: ModuleType) -> None:
    gone = make.reaction("gone", reports=0, outlets=())
    await desk.write(stories=(make.story(),), reactions=(gone,))
    assert (await recalled(desk.store, told=frozenset({"gone"}))).reactions == (gone,)


async def test_a_rule_is_counted_over_the_items_that_were_decided_on(desk: Any, amendment: Any) -> None:
    await desk.feed()
    await desk.told("kept", said={"rule": "a", "evidence": "kept"})
    await desk.told("unseen", by="unseen", said={"rule": "a", "evidence": "unseen"})
    await desk.write(
        amendments=(
            amendment(said={"rule": "a", "evidence": "wrong"}),
            amendment(said={"rule": "b", "actor": "USA"}, decision=Decision.RECODED, actor="GBR"),
        )
    )
    assert await desk.store.precision() == (
        RuleScore(rule="b", recoded=1),
        RuleScore(rule="a", kept=1, wrong=1),
    )


async def test_amended_items_are_exported_with_what_they_tell_now(desk: Any, make: ModuleType, amendment: Any) -> None:
    await desk.feed()
    await desk.told()
    early, late = amendment("item", at=make.at(hours=-1)), amendment("awaited", at=make.at(hours=1))
    await desk.write(amendments=(early, late))
    exported = [each async for each in desk.store.export_amended()]
    assert [(each.item_id, each.feed_url, each.amendments) for each in exported] == [
        ("awaited", "", (late,)),
        ("item", "https://feed.example/rss", (early,)),
    ]
    assert exported[0].item is None
    assert exported[1].item.title == "Title of item"
    assert [each.reaction_id for each in exported[1].reports] == ["reaction"]
    assert [each.item_id async for each in desk.store.export_amended(since=make.NOW)] == ["awaited"]


async def test_a_decision_survives_a_restart(store_url: str, amendment: Any) -> None:
    from bot.domain.decisions import Triage
    from bot.store.store import Store

    first = await Store.open(store_url)
    async with first.round() as round_:
        await round_.record(Triage(amendments=(amendment(),)), amendment().at)
    await first.aclose()
    second = await Store.open(store_url)
    assert await second.amendments() == (amendment(),)
    await second.aclose()
