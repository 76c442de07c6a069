"""The subscribe dialogue, step by step, as a member, a manager, and after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import discord
import pytest

from bot.discord.client import Communique
from bot.discord.views.subscriptions import PAGE
from bot.domain.reactions import Family, ReactionType, Tier
from bot.domain.subscriptions import ChannelKind, Filters, Mode, SubscriptionStatus


def part(result, name: str) -> str:
    """Return the custom id of a part of the panel."""
    ids = [child["custom_id"] for row in result.components for child in row["components"]]
    return next(each for each in ids if each.endswith(f":{name}"))


def fields(message) -> dict[str, str]:
    return {field.name: field.value for field in message.embeds[0].fields}


@pytest.fixture
async def panel(simcord_env, place, archive):
    """The panel as a manager sees it, with one reaction in the archive."""
    archive()
    result = await place.manager.slash(place.channel, "subscribe")
    return result.response


async def test_the_panel_shows_where_what_when_and_what_it_would_have_sent(panel, place):
    shown = fields(panel)
    assert shown["Where"] == place.channel.mention
    assert shown["When"] == "at once"
    assert shown["What it hears of"] == "everything but plain statements"
    assert "**1 reaction**" in shown["The last 7 days would have sent"]
    assert "Mind" not in shown


async def test_confirming_makes_the_subscription(panel, place, fake_store):
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    assert (made.channel_id, made.guild_id, made.created_by) == (
        str(place.channel.id),
        str(place.guild.id),
        str(place.manager.id),
    )
    assert made.channel_kind is ChannelKind.TEXT
    assert made.mode is Mode.INSTANT


async def test_selects_and_forms_build_the_filters_and_the_preview_follows(simcord_env, panel, place, fake_store):
    await place.manager.select(panel.message, ["ARM"], custom_id=part(panel, "actors"))
    assert fields(panel.message)["The last 7 days would have sent"].startswith("Nothing.")
    await place.manager.select(panel.message, ["FRA", "ARM"], custom_id=part(panel, "actors"))
    await place.manager.select(panel.message, ["criticism"], custom_id=part(panel, "families"))
    assert "1 reaction" in fields(panel.message)["The last 7 days would have sent"]
    await place.manager.select(panel.message, ["weekly 4"], custom_id=part(panel, "mode"))
    what = await place.manager.click(panel.message, custom_id=part(panel, "what"))
    ids = [label["component"]["custom_id"] for label in what.modal["components"]]
    await place.manager.submit_modal(what, dict(zip(ids, [["accuse"], ["agree"], ["alert"]], strict=True)))

    words = await place.manager.click(panel.message, custom_id=part(panel, "words"))
    ids = [label["component"]["custom_id"] for label in words.modal["components"]]
    await place.manager.submit_modal(
        words, dict(zip(ids, ["offensive, attack", "football", ["en", "fr"], "Rhône Matin", "2"], strict=True))
    )
    when = await place.manager.click(panel.message, custom_id=part(panel, "when"))
    ids = [label["component"]["custom_id"] for label in when.modal["components"]]
    await place.manager.submit_modal(
        when, dict(zip(ids, ["7:30", "yerevan", "22:00-06:00", ["True"], ["fr"]], strict=True))
    )
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    filters = made.filters
    assert filters.actors == {"FRA", "ARM"}
    assert filters.families == {Family.CRITICISM}
    assert filters.include == ("offensive", "attack")
    assert filters.exclude == ("football",)
    assert filters.languages == {"en", "fr"}
    assert filters.outlets == {"Rhône Matin"}
    assert filters.min_outlets == 2
    assert filters.types == {ReactionType.ACCUSE, ReactionType.AGREE}
    assert filters.tier is Tier.ALERT
    assert made.mode is Mode.WEEKLY
    assert made.schedule.tells_empty
    assert (made.schedule.at, made.schedule.timezone, made.schedule.weekday) == (time(7, 30), "Asia/Yerevan", 4)
    assert (made.schedule.quiet_from, made.schedule.quiet_until) == (time(22), time(6))
    assert made.language == "fr"


async def test_targets_are_typed_by_name(simcord_env, panel, place, fake_store):
    who = await place.manager.click(panel.message, custom_id=part(panel, "who"))
    ids = [label["component"]["custom_id"] for label in who.modal["components"]]
    await place.manager.submit_modal(who, dict(zip(ids, ["France", "Azerbaijan; armenia"], strict=True)))
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    assert made.filters.targets == {"AZE", "ARM"}


async def test_a_role_is_pinged_for_chosen_types_if_it_may_be(simcord_env, panel, place, fake_store):
    role = place.guild.create_role("Desk", mentionable=True)
    ping = await place.manager.click(panel.message, custom_id=part(panel, "ping"))
    role_id, types_id = [label["component"]["custom_id"] for label in ping.modal["components"]]

    await place.manager.submit_modal(ping, {role_id: [role], types_id: ["condemn", "military_action"]})
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    assert made.ping_role_id == str(role.id)
    assert made.ping_types == {ReactionType.CONDEMN, ReactionType.MILITARY_ACTION}


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("form", "values", "hint"),
    [
        ("who", ["Frnace", ""], "did you mean"),
        ("words", ["", "", [], "", "0"], "from 1 to 50"),
        ("when", ["25:00", "UTC", "", ["False"], ["en"]], "write it as 08:00"),
        ("when", ["8", "UTC", "late", ["False"], ["en"]], "22:00-07:00"),
        ("when", ["8", "Europe/Pariss", "", ["False"], ["en"]], "write one such as Europe/Paris"),
    ],
)
async def test_a_bad_entry_is_told_and_the_panel_stays_as_it_was(simcord_env, panel, place, form, values, hint):
    shown = await place.manager.click(panel.message, custom_id=part(panel, form))
    ids = [label["component"]["custom_id"] for label in shown.modal["components"]]

    result = await place.manager.submit_modal(shown, dict(zip(ids, values, strict=True)))

    assert hint in result.response.embeds[0].description
    assert fields(panel.message)["What it hears of"] == "everything but plain statements"


async def test_cancelling_makes_nothing(panel, place, fake_store):
    await place.manager.click(panel.message, custom_id=part(panel, "cancel"))
    assert not fake_store.rows.subscriptions


async def test_a_member_subscribes_himself_by_direct_message(simcord_env, place, fake_store):
    result = await place.member.slash(place.channel, "subscribe")
    panel = result.response
    assert fields(panel)["Where"] == "direct messages to you"

    await place.member.click(panel.message, custom_id=part(panel, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    assert made.channel_kind is ChannelKind.DIRECT
    assert made.guild_id == ""


@pytest.mark.simcord(check_errors=False)
async def test_a_member_may_not_have_the_bot_post_in_a_channel(simcord_env, place):
    result = await place.member.slash(place.channel, "subscribe", channel=place.channel)
    assert "subscribe yourself" in result.response.embeds[0].description


async def test_what_the_bot_lacks_in_the_channel_is_said_with_what_is_at_stake(simcord_env, place):
    bot_role = place.guild.me.roles[-1]
    shut = place.guild.create_text_channel(
        "shut", overwrites={bot_role: discord.PermissionOverwrite(read_message_history=False, send_messages=False)}
    )
    result = await place.manager.slash(place.channel, "subscribe", channel=shut)

    mind = fields(result.response)["Mind"]
    assert "Send Messages" in mind
    assert "could come twice" in mind


async def test_a_forum_is_subscribed_as_a_forum(simcord_env, place, fake_store):
    forum = place.guild.create_forum_channel("stories")
    result = await place.manager.slash(place.channel, "subscribe", channel=forum)
    await place.manager.click(result.response.message, custom_id=part(result.response, "confirm"))

    (made,) = fake_store.rows.subscriptions.values()
    assert made.channel_kind is ChannelKind.FORUM


async def test_a_panel_that_nobody_used_says_that_it_is_closed(simcord_env, panel):
    await simcord_env.advance_time(900)
    assert "This dialogue is closed" in panel.message.content


async def test_a_panel_from_before_a_restart_says_that_it_is_closed(simcord_env, services, panel, place, fake_store):
    await simcord_env.restart_bot(Communique(services))

    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    assert "This dialogue is closed" in panel.message.content
    assert not fake_store.rows.subscriptions


@pytest.fixture
async def subscribed(panel, place, fake_store):
    """A subscription of the channel."""
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))
    (made,) = fake_store.rows.subscriptions.values()
    return made


async def test_subscriptions_are_listed_for_who_may_change_them(simcord_env, place, subscribed):
    managers = await place.manager.slash(place.channel, "subscriptions list")
    members = await place.member.slash(place.channel, "subscriptions list")

    assert place.channel.mention in managers.response.embeds[0].fields[0].value
    assert "No subscriptions yet" in members.response.content


async def test_many_subscriptions_are_listed_in_pages_also_after_a_restart(
    simcord_env, place, subscribed, fake_store, services
):
    for number in range(PAGE + 1):
        channel = place.guild.create_text_channel(f"more-{number}")
        fake_store.rows.subscriptions[f"more {number}"] = replace(
            subscribed,
            id=f"more {number}",
            channel_id=str(channel.id),
            filters=Filters(include=tuple(f"a rather long word number {word}" for word in range(60))),
        )

    listed = await place.manager.slash(place.channel, "subscriptions list")
    first = listed.response.embeds[0]
    assert (len(first.fields), first.footer.text) == (PAGE, f"1–{PAGE} of {PAGE + 2}")
    assert len(first) < 6000

    await simcord_env.restart_bot(Communique(services))
    await place.manager.click(listed.response.message, custom_id=f"subscriptions:{PAGE}")
    second = listed.response.message.embeds[0]
    assert (len(second.fields), second.footer.text) == (2, f"{PAGE + 1}–{PAGE + 2} of {PAGE + 2}")

    for number in range(PAGE + 1):
        del fake_store.rows.subscriptions[f"more {number}"]
    await place.manager.click(listed.response.message, custom_id="subscriptions:0")
    (only,) = listed.response.message.embeds
    assert (len(only.fields), only.footer.text) == (1, "1 subscription")


async def test_a_subscription_is_paused_resumed_and_removed(simcord_env, place, subscribed, fake_store):
    for verb, status in (
        ("pause", SubscriptionStatus.PAUSED),
        ("resume", SubscriptionStatus.ACTIVE),
        ("remove", SubscriptionStatus.REMOVED),
    ):
        await place.manager.slash(place.channel, f"subscriptions {verb}", subscription=subscribed.id)
        assert fake_store.rows.subscriptions[subscribed.id].status is status


async def test_editing_opens_the_panel_with_what_it_has_and_saves_the_change(
    simcord_env, place, subscribed, fake_store
):
    result = await place.manager.slash(place.channel, "subscriptions edit", subscription=subscribed.id)
    panel = result.response
    assert panel.embeds[0].title == "Change the subscription"
    await place.manager.select(panel.message, ["hourly"], custom_id=part(panel, "mode"))
    await place.manager.click(panel.message, custom_id=part(panel, "confirm"))

    assert [each.mode for each in fake_store.rows.subscriptions.values()] == [Mode.HOURLY]


async def test_testing_shows_a_preview_and_whether_the_bot_may_post(simcord_env, place, subscribed):
    result = await place.manager.slash(place.channel, "subscriptions test", subscription=subscribed.id)
    shown = fields(result.response)
    assert "1 reaction" in shown["The last 7 days would have sent"]
    assert "I may post there." in shown["Where"]


@pytest.mark.simcord(check_errors=False)
async def test_a_member_cannot_touch_the_server_s_subscription(simcord_env, place, subscribed, fake_store):
    result = await place.member.slash(place.channel, "subscriptions remove", subscription=subscribed.id)

    assert "no such subscription here" in result.response.embeds[0].description
    assert fake_store.rows.subscriptions[subscribed.id].status is SubscriptionStatus.ACTIVE


async def test_subscriptions_are_completed_in_words(simcord_env, place, subscribed):
    choices = await place.manager.autocomplete(place.channel, "subscriptions pause", "subscription", "")
    assert [(each["name"], each["value"]) for each in choices] == [
        ("#news: at once · everything but plain statements", subscribed.id)
    ]


async def test_all_parts_answer_while_the_preview_is_asked_for(
    simcord_env, simcord_bot, panel, place, fake_store, monkeypatch
):
    """discord.py discards a press on a part that has no view: one that was replaced."""
    reactions, answering = fake_store.reactions, []
    parts = simcord_bot._connection._view_store._views[panel.message.id]

    async def watched(query):
        answering.extend(part.view is not None for part in parts.values())
        return await reactions(query)

    monkeypatch.setattr(fake_store, "reactions", watched)
    await place.manager.select(panel.message, ["FRA"], custom_id=part(panel, "actors"))
    await place.manager.select(panel.message, ["weekly 2"], custom_id=part(panel, "mode"))

    assert len(answering) == 2 * len(parts) == 2 * 10
    assert all(answering)


async def test_of_two_changes_the_later_one_is_shown_whichever_preview_comes_first(
    simcord_env, simcord_bot, panel, place, fake_store, monkeypatch
):
    reactions, view = fake_store.reactions, simcord_bot._connection._view_store
    shown = next(iter(view._views[panel.message.id].values())).view

    async def overtaken(query):
        # Before this preview is there, somebody has chosen again.
        shown._changes += 1
        return await reactions(query)

    monkeypatch.setattr(fake_store, "reactions", overtaken)
    await place.manager.select(panel.message, ["ARM"], custom_id=part(panel, "actors"))
    assert "1 reaction" in fields(panel.message)["The last 7 days would have sent"]
