"""A moderator's word: it changes what is told, edits what was posted, and holds against every later coding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsroom import entry

from bot.domain.amending import Ruling
from bot.domain.amendments import Decision
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import ReactionType
from bot.usecases.amend import Amended, Amender
from bot.usecases.gold import gold_row, read_gold

FEED = "https://outlet.example/rss"
OTHER = "https://other.example/rss"


@pytest.fixture
def office(newsroom_over, store):
    """A newsroom over each store, where France's condemnation was posted as two outlets report it."""
    return newsroom_over(store)


def amender(office) -> Amender:
    return Amender(rounds=office.store, amendments=office.store, clock=office.clock, rules=office.rules)


async def posted(office, title="Karabakh: FRA condemn AZE") -> None:
    await office.subscribe()
    await office.publish(FEED, entry(title, guid="1"))
    await office.poll()
    await office.deliver()


async def only_report(office):
    (told,) = await office.store.reactions(ReactionQuery())
    life = await office.store.life_of(told.sources[0].item_id)
    return next(each for each in life.reports if each.reaction_id == told.reaction.id)


async def ruled(office, decision=Decision.WRONG, **right) -> Amended:
    report = await only_report(office)
    return await amender(office).rule(ruling_on(report, decision, **right))


def ruling_on(report, decision, **right) -> Ruling:
    record = report.record
    own = {"actor": record.actor, "type": record.type, "targets": record.targets}
    return Ruling(
        item_id=report.item_id,
        coded=record,
        reaction_id=report.reaction_id,
        decision=decision,
        author="moderator",
        guild_id="guild",
        **own | right,
    )


async def acts(office) -> list[tuple[str, str, tuple[str, ...]]]:
    told = await office.store.reactions(ReactionQuery())
    return [(each.reaction.actor, each.reaction.type.value, each.reaction.targets) for each in told]


async def alert_of(office):
    (alert,) = [each async for each in office.store.export_alerts()]
    return alert


async def test_what_is_no_reaction_is_told_no_more_and_the_message_is_edited(office) -> None:
    await posted(office)
    assert await ruled(office) == Amended(records=1, messages=1)
    assert await acts(office) == []
    office.clock.pass_(minutes=2)
    assert (await office.deliver()).edited == 1
    (verdict,) = [each for each in (await office.store.life_of((await alert_of(office)).item_id)).verdicts
                  if not each.alerted]  # fmt: skip
    assert verdict.reason == "a moderator found it to be no reaction"


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ({"type": ReactionType.ACCUSE}, ("FRA", "accuse", ("AZE",))),
        ({"actor": "DEU"}, ("DEU", "condemn", ("AZE",))),
        ({"targets": ("ARM",)}, ("FRA", "condemn", ("ARM",))),
        ({"targets": ("ARM", "AZE")}, ("FRA", "condemn", ("ARM", "AZE"))),
        ({"targets": ()}, ("FRA", "condemn", ())),
    ],
)
@pytest.mark.parametrize("outlets", [1, 2])
async def test_the_message_tells_what_was_recoded(office, right, told, outlets) -> None:
    """However many outlets report it."""
    await posted(office)
    if outlets > 1:
        await office.publish(OTHER, entry("Karabakh: FRA condemn AZE", guid="2"))
        await office.poll()
    came_to = await ruled(office, Decision.RECODED, **right)
    assert (came_to.records, came_to.messages) == (outlets, 1)
    assert await acts(office) == [told]
    message = await office.store.alert_message(await alert_of(office))
    shown = [each.reaction for each in message.reactions]
    assert [(each.actor, each.type.value, each.targets) for each in shown] == [told]
    assert shown[0].reports == outlets


async def test_nobody_is_alerted_to_a_correction(office) -> None:
    await posted(office)
    await office.subscribe("c2", actors=frozenset({"DEU"}))
    await ruled(office, Decision.RECODED, actor="DEU")
    assert await office.deliver() is not None
    assert office.markers("c2") == []


async def test_a_correction_holds_when_the_item_is_coded_anew_and_after_a_restart(office) -> None:
    await posted(office)
    await ruled(office, Decision.RECODED, type=ReactionType.WARN)
    office.restart()
    office.clock.pass_(hours=1)
    await office.publish(FEED, entry("Karabakh: FRA condemn AZE", guid="1", summary="More of it: DEU welcome ARM"))
    await office.poll()
    assert sorted(await acts(office)) == [("DEU", "welcome", ("ARM",)), ("FRA", "warn", ("AZE",))]


async def test_what_was_found_wrong_does_not_come_back_with_a_new_wording(office) -> None:
    await posted(office)
    await ruled(office)
    office.clock.pass_(hours=1)
    await office.publish(FEED, entry("Karabakh: FRA condemn AZE", guid="1", summary="And that was that."))
    await office.poll()
    assert await acts(office) == []


async def test_a_decision_can_be_taken_back(office) -> None:
    await posted(office)
    report = await only_report(office)
    for decision, right in ((Decision.WRONG, {}), (Decision.RECODED, {"actor": "DEU"}), (Decision.RIGHT, {})):
        office.clock.pass_(minutes=5)
        await amender(office).rule(ruling_on(report, decision, **right))
        await office.deliver()
    assert await acts(office) == [("FRA", "condemn", ("AZE",))]
    assert [each.reports for each in (await only_reaction(office),)] == [1]
    message = await office.store.alert_message(await alert_of(office))
    assert [each.reaction.actor for each in message.reactions] == ["FRA"]
    (kept,) = await office.store.amendments()
    assert kept.decision is Decision.RIGHT


async def only_reaction(office):
    (told,) = await office.store.reactions(ReactionQuery())
    return told.reaction


async def test_recoding_to_the_same_is_to_find_it_right(office) -> None:
    await posted(office)
    await ruled(office, Decision.RECODED)
    (kept,) = await office.store.amendments()
    assert kept.decision is Decision.RIGHT


async def test_other_reactions_of_the_item_stay_as_they_are(office) -> None:
    await posted(office, "Karabakh: FRA condemn AZE, DEU welcome ARM")
    told = {each.reaction.actor: each for each in await office.store.reactions(ReactionQuery())}
    life = await office.store.life_of(told["FRA"].sources[0].item_id)
    report = next(each for each in life.reports if each.record.actor == "FRA")
    await amender(office).rule(ruling_on(report, Decision.WRONG))
    (left,) = await office.store.reactions(ReactionQuery())
    assert left == told["DEU"]
    message = await office.store.alert_message(await alert_of(office))
    assert [each.reaction.actor for each in message.reactions] == ["DEU"]


async def test_rules_are_scored_by_what_was_decided(office) -> None:
    await posted(office, "Karabakh: FRA condemn AZE, DEU welcome ARM")
    life = await office.store.life_of((await alert_of(office)).item_id)
    await amender(office).rule(ruling_on(life.reports[0], Decision.WRONG))
    (score,) = await office.store.precision()
    assert (score.rule, score.kept, score.wrong, score.precision) == ("scripted", 1, 1, 0.5)


@pytest.mark.parametrize("comes", ["before", "after"])
async def test_corrections_survive_an_export_and_an_import_elsewhere(office, newsroom_over, fake_store, comes) -> None:
    """The item may be there already, or come later."""
    await posted(office, "Karabakh: FRA condemn AZE, DEU welcome ARM")
    life = await office.store.life_of((await alert_of(office)).item_id)
    first, second = life.reports
    await amender(office).rule(ruling_on(first, Decision.RECODED, type=ReactionType.DENY, reason="read it again"))
    await amender(office).rule(ruling_on(second, Decision.WRONG))
    rows = [gold_row(each) async for each in office.store.export_amended()]

    elsewhere = newsroom_over(type(fake_store)())
    if comes == "before":
        await posted(elsewhere, "Karabakh: FRA condemn AZE, DEU welcome ARM")
    decided = [each for row in rows for each in read_gold(row)[0]]
    assert (await amender(elsewhere).restore(decided)).records == 2
    if comes == "after":
        await posted(elsewhere, "Karabakh: FRA condemn AZE, DEU welcome ARM")

    assert await acts(elsewhere) == [("FRA", "deny", ("AZE",))]
    assert sorted(await elsewhere.store.amendments(), key=lambda each: each.id) == sorted(
        await office.store.amendments(), key=lambda each: each.id
    )
    assert [gold_row(each) async for each in elsewhere.store.export_amended()] == rows
    assert await elsewhere.store.precision() == await office.store.precision()
    assert await amender(elsewhere).restore(decided) == Amended()


async def test_a_labelled_item_has_the_records_that_stand(office) -> None:
    await posted(office)
    await ruled(office, Decision.RECODED, targets=())
    (row,) = [gold_row(each) async for each in office.store.export_amended()]
    assert (row["title"], row["source"], row["relevant"]) == ("Karabakh: FRA condemn AZE", FEED, True)
    (record,) = row["reactions"]
    assert (record["actor"], record["type"], record["targets"]) == ("FRA", "condemn", [])
    (correction,) = row["corrections"]
    assert correction["coded"]["targets"] == ["AZE"]
    assert (correction["author"], correction["guild"]) == ("moderator", "guild")


async def test_an_older_decision_does_not_replace_a_later_one(office) -> None:
    await posted(office)
    await ruled(office)
    (stands,) = await office.store.amendments()
    older = replace(stands, decision=Decision.RIGHT, at=stands.at.replace(year=2020))
    assert await amender(office).restore([older]) == Amended()
    assert await office.store.amendments() == (stands,)


async def test_a_guild_with_feeds_hidden_from_others_has_its_message_edited_too(office, make) -> None:
    """What is seen of a reaction that nobody tells any more is its end."""
    await posted(office)
    hidden = make.feed("hidden")
    await office.store.add_feed(hidden, make.listing("hidden", "another guild"))
    await ruled(office)
    message = await office.store.alert_message(await alert_of(office))
    assert [(each.reaction.actor, each.reaction.reports, each.sources) for each in message.reactions] == [
        ("FRA", 0, ())
    ]


async def test_a_copy_that_comes_later_is_told_as_the_original_was_corrected(office) -> None:
    """Also when the copy is worded anew afterwards."""
    long = "The ministry said so in the evening, after the council had met behind closed doors for four hours."
    await office.subscribe()
    await office.publish(FEED, entry("Karabakh: FRA condemn AZE, DEU welcome ARM", guid="1", summary=long))
    await office.poll()
    await office.deliver()
    life = await office.store.life_of((await alert_of(office)).item_id)
    first, second = life.reports
    await amender(office).rule(ruling_on(first, Decision.WRONG))
    await amender(office).rule(ruling_on(second, Decision.RECODED, type=ReactionType.WARN))
    office.clock.pass_(hours=1)
    for more in ("", " More follows."):
        copy = entry("Karabakh: FRA condemn AZE, DEU welcome ARM", guid="2", summary=long + more)
        await office.publish(OTHER, replace(copy, link="https://other.example/2"))
        await office.poll()
        told = await office.store.reactions(ReactionQuery())
        assert [(each.reaction.actor, each.reaction.type.value, each.reaction.reports) for each in told] == [
            ("DEU", "warn", 2)
        ]
    assert await office.store.count_amendments() == 4
    assert len([each async for each in office.store.export_alerts()]) == 1
