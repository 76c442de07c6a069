"""“Wrong?”: what a moderator says of an alert changes it, and is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.discord.client import Communique
from bot.discord.poster import DiscordMessenger
from bot.domain.alerts import AlertStatus
from bot.domain.amendments import Decision
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import ReactionType
from bot.domain.subscriptions import ChannelKind


def part(result, name: str) -> str:
    """Return the custom id of a part of the panel."""
    ids = [child["custom_id"] for row in result.components for child in row["components"]]
    return next(each for each in ids if each.endswith(f":{name}"))


@pytest.fixture
def moderator(simcord_env, place):
    """Somebody who may delete messages, and manage nothing else."""
    role = place.guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return place.guild.add_member(simcord_env.create_user("moderator"), roles=[role])


@pytest.fixture
async def messenger(simcord_env, simcord_bot, samples) -> DiscordMessenger:
    return DiscordMessenger(simcord_bot, samples.names)


@pytest.fixture
async def alert(messenger, place, archive, samples, fake_store):
    """A posted alert, with all that it is made of in the archive."""
    archive()
    message = samples.message(item=samples.item(id="item of r1"))
    subscription = replace(message.subscription, channel_id=str(place.channel.id), guild_id=str(place.guild.id))
    owed = replace(message.alert, item_id="item of r1", story_id="story of r1", channel_id=str(place.channel.id))
    message = replace(message, subscription=subscription, alert=owed)
    message_id = await messenger.post(message)
    fake_store.rows.subscriptions[subscription.id] = subscription
    fake_store.rows.alerts[owed.id] = replace(
        owed, status=AlertStatus.POSTED, message_id=message_id, posted_at=samples.now
    )
    return place.channel.last_message


async def edited(fake_store, messenger, place):
    """Do what delivery does with a due edit, and return the message."""
    (stored,) = fake_store.rows.alerts.values()
    assert stored.edit_due_at is not None
    await messenger.edit(await fake_store.alert_message(stored))
    return place.channel.last_message.embeds[0].description


async def told(fake_store) -> list[tuple[str, str, tuple[str, ...]]]:
    found = await fake_store.reactions(ReactionQuery())
    return [(each.reaction.actor, each.reaction.type.value, each.reaction.targets) for each in found]


async def test_the_panel_shows_the_words_the_coding_and_the_rule(place, alert, moderator):
    panel = (await moderator.click(alert, label="Wrong?")).response
    shown = panel.embeds[0].description
    assert "France condemned the operation launched by Azerbaijan." in shown
    assert "Coded: 🇫🇷 **France** condemns → 🇦🇿 Azerbaijan" in shown
    assert "rule `condemn/verb`" in shown
    assert panel.ephemeral


async def test_readers_may_not_correct(place, alert, fake_store):
    result = await place.member.click(alert, label="Wrong?")
    assert "made by moderators" in result.response.content
    assert fake_store.rows.amendments == {}


async def test_moderators_correct_where_the_operator_lets_them(simcord_env, services, place, alert, moderator):
    """A correction holds for every server, so not every server may make one."""
    await simcord_env.restart_bot(Communique(replace(services, correctors=frozenset({"999"}))))
    result = await moderator.click(place.channel.last_message, label="Wrong?")
    assert "where the bot's operator lets them" in result.response.content
    await simcord_env.restart_bot(Communique(replace(services, correctors=frozenset({str(place.guild.id)}))))
    assert (await moderator.click(place.channel.last_message, label="Wrong?")).response.embeds


async def test_no_reaction_takes_back_what_was_told(place, alert, moderator, messenger, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    result = await moderator.click(panel.message, custom_id=part(panel, "none"))

    assert "it holds from now on" in panel.message.content
    assert "1 message is being edited." in panel.message.content
    assert result is not None
    assert await told(fake_store) == []
    (kept,) = fake_store.rows.amendments.values()
    assert (kept.decision, kept.author, kept.guild_id) == (Decision.WRONG, str(moderator.id), str(place.guild.id))
    description = await edited(fake_store, messenger, place)
    assert description.startswith("~~🇫🇷 **France** condemns → 🇦🇿 Azerbaijan~~\n-# Taken back")
    assert "Nothing can justify" not in description


async def test_another_type_is_saved_only_when_it_is_said_to_be(place, alert, moderator, messenger, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.select(panel.message, ["accuse"], custom_id=part(panel, "hostile"))
    assert "It will be: 🇫🇷 **France** accuses" in panel.message.embeds[0].description
    assert fake_store.rows.amendments == {}

    await moderator.click(panel.message, custom_id=part(panel, "save"))
    assert await told(fake_store) == [("FRA", "accuse", ("AZE",))]
    assert "**France** accuses" in await edited(fake_store, messenger, place)


async def test_actor_targets_and_reason_are_typed(place, alert, moderator, messenger, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    form = await moderator.click(panel.message, custom_id=part(panel, "who"))
    ids = [label["component"]["custom_id"] for label in form.modal["components"]]
    await moderator.submit_modal(form, dict(zip(ids, ["armenia", "France, AZE", "it was Yerevan"], strict=True)))
    await moderator.select(panel.message, ["welcome"], custom_id=part(panel, "others"))
    await moderator.click(panel.message, custom_id=part(panel, "save"))

    assert await told(fake_store) == [("ARM", "welcome", ("FRA", "AZE"))]
    (kept,) = fake_store.rows.amendments.values()
    assert (kept.actor, kept.type, kept.reason) == ("ARM", ReactionType.WELCOME, "it was Yerevan")
    assert "**Armenia** welcomes" in await edited(fake_store, messenger, place)


@pytest.mark.simcord(check_errors=False)
async def test_nobody_is_called_so(place, alert, moderator, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    form = await moderator.click(panel.message, custom_id=part(panel, "who"))
    ids = [label["component"]["custom_id"] for label in form.modal["components"]]
    result = await moderator.submit_modal(form, dict(zip(ids, ["Atlantis", "", ""], strict=True)))
    assert "Atlantis" in result.response.embeds[0].description


async def test_a_correction_is_taken_back_by_finding_it_right(place, alert, moderator, messenger, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.click(panel.message, custom_id=part(panel, "none"))
    again = (await moderator.click(alert, label="Wrong?")).response
    assert "no reaction" in again.embeds[0].description
    await moderator.click(again.message, custom_id=part(again, "right"))

    assert await told(fake_store) == [("FRA", "condemn", ("AZE",))]
    assert "Nothing can justify" in await edited(fake_store, messenger, place)


async def test_of_several_reactions_one_is_chosen(place, alert, moderator, archive, fake_store):
    archive("r2", actor="ARM", type=ReactionType.WELCOME, targets=(), evidence="Armenia welcomed it.")
    rows = fake_store.rows
    rows.reports["report of r2"] = replace(rows.reports["report of r2"], item_id="item of r1")
    rows.items.pop("item of r2")

    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.select(panel.message, ["1"], custom_id=part(panel, "which"))
    assert "Armenia welcomed it." in panel.message.embeds[0].description
    await moderator.click(panel.message, custom_id=part(panel, "none"))
    assert await told(fake_store) == [("FRA", "condemn", ("AZE",))]


async def test_cancelling_changes_nothing(place, alert, moderator, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.click(panel.message, custom_id=part(panel, "cancel"))
    assert panel.message.content == "Nothing was changed."
    assert fake_store.rows.amendments == {}


async def test_the_button_works_after_a_restart_and_an_older_panel_says_that_it_is_closed(
    simcord_env, services, place, alert, moderator
):
    old = (await moderator.click(alert, label="Wrong?")).response
    await simcord_env.restart_bot(Communique(services))
    await moderator.click(old.message, custom_id=part(old, "none"))
    assert "This dialogue is closed" in old.message.content
    fresh = (await moderator.click(place.channel.last_message, label="Wrong?")).response
    assert "Coded:" in fresh.embeds[0].description


async def test_a_direct_message_has_no_such_button(samples, messenger):
    from bot.discord.rendering import AlertRenderer

    message = samples.message()
    direct = replace(message, subscription=replace(message.subscription, channel_kind=ChannelKind.DIRECT))
    view = AlertRenderer(samples.names).render(direct).view
    assert [getattr(child, "label", None) for child in view.children] == ["Source", "Why this?"]


async def test_corrections_are_listed_with_the_precision_of_the_rules(place, alert, moderator, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.click(panel.message, custom_id=part(panel, "none"))

    embed = (await place.manager.slash(place.channel, "admin corrections")).response.embeds[0]
    assert "~~🇫🇷 **France** condemns → 🇦🇿 Azerbaijan~~ `condemn/verb`" in embed.description
    assert f"<@{moderator.id}>" in embed.description
    assert embed.description.endswith(": no reaction")
    assert embed.fields[0].value == "`condemn/verb` 0 % (0 right, 1 no reaction, 0 changed)"


async def test_corrections_of_another_server_are_not_listed(place, alert, moderator, fake_store):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.click(panel.message, custom_id=part(panel, "none"))
    rows = fake_store.rows
    rows.amendments = {name: replace(each, guild_id="999") for name, each in rows.amendments.items()}
    result = await place.manager.slash(place.channel, "admin corrections")
    assert result.response.content.startswith("Nothing was corrected here yet.")


@pytest.fixture
def second_outlet(archive, fake_store, samples):
    """Another article that is told in the same story, and one in a story of its own."""
    archive("r2", outlet="Ararat Wire", type=ReactionType.WELCOME, first_reported_at=samples.now - timedelta(hours=3))
    archive("r3", outlet="Caspian Courier", actor="ARM", first_reported_at=samples.now - timedelta(hours=4))
    rows = fake_store.rows
    for name in ("r1", "r2"):
        item = f"item of {name}"
        rows.items[item] = replace(rows.items[item], story_id="story of r1")
    rows.reactions["r2"] = replace(rows.reactions["r2"], story_id="story of r1")
    rows.stories["story of r1"] = replace(rows.stories["story of r1"], items=2)
    rows.items["item of r3"] = replace(rows.items["item of r3"], title="Yerevan speaks of the road")


async def event_panel(place, alert, moderator):
    panel = (await moderator.click(alert, label="Wrong?")).response
    await moderator.click(panel.message, custom_id=part(panel, "event"))
    return panel


def part_of_message(message, name: str) -> str:
    return next(
        child.custom_id for row in message.components for child in row.children if child.custom_id.endswith(name)
    )


async def test_an_article_of_another_event_is_taken_out_of_its_story(
    place, alert, moderator, messenger, fake_store, second_outlet
):
    panel = await event_panel(place, alert, moderator)
    assert "2 articles tell this event" in panel.message.embeds[0].description
    await moderator.click(panel.message, custom_id=part_of_message(panel.message, "apart"))
    assert "it holds from now on" in panel.message.content
    rows = fake_store.rows
    assert rows.items["item of r1"].story_id != rows.items["item of r2"].story_id
    (kept,) = rows.placements.values()
    assert (kept.author, kept.guild_id, kept.apart) == (str(moderator.id), str(place.guild.id), True)


async def test_an_article_is_joined_to_the_event_that_is_chosen(place, alert, moderator, fake_store, second_outlet):
    panel = await event_panel(place, alert, moderator)
    await moderator.select(panel.message, ["story of r3"], custom_id=part_of_message(panel.message, "story"))
    rows = fake_store.rows
    assert {rows.items[f"item of {name}"].story_id for name in ("r1", "r2", "r3")} == {"story of r3"}
    embed = (await place.manager.slash(place.channel, "admin corrections")).response.embeds[0]
    assert "tells the same event" in embed.fields[0].value


async def test_leaving_the_question_of_the_event_changes_nothing(place, alert, moderator, fake_store, second_outlet):
    panel = await event_panel(place, alert, moderator)
    await moderator.click(panel.message, custom_id=part_of_message(panel.message, "leave"))
    assert panel.message.content == "Nothing was changed."
    assert fake_store.rows.placements == {}


async def test_an_article_alone_in_its_story_cannot_be_taken_apart(place, alert, moderator):
    panel = await event_panel(place, alert, moderator)
    buttons = [child for row in panel.message.components for child in row.children if child.custom_id.endswith("apart")]
    assert [each.disabled for each in buttons] == [True]
