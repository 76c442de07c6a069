"""Everything that Discord shows of the bot is driven, by everybody who may come by: what is added must be added here.

The tables below name every command, option that completes, part of a dialogue and button; the tests compare them with
what there is, and then use each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord import SetupError

from bot.discord.client import Communique
from bot.discord.poster import DiscordMessenger
from bot.discord.views import dynamic_items
from bot.discord.views.subscribing import PREFIX
from bot.domain.alerts import AlertStatus
from bot.domain.entries import Entry, FeedDocument
from bot.domain.feeds import Feed, Listing
from bot.domain.guilds import Act, Change
from bot.domain.subscriptions import ChannelKind, Subscription

URL = "https://rhone-matin.example/rss"
LINK = "https://rhone-matin.example/paris-condemns"
OPML = b'<opml version="2.0"><body><outline text="Sport" xmlUrl="https://sport.example/rss"/></body></opml>'

# Command → options that it answers well to, and one set of options that it has to refuse in words (None: none is bad).
COMMANDS: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "reactions latest": ({"actor": "FRA", "type": "condemn", "since": "7d", "public": True}, {"actor": "Frnace"}),
    "reactions search": ({"text": "condemned", "actor": "France"}, {"text": "x", "since": "whenever"}),
    "reactions actor": ({"actor": "France"}, {"actor": "Nobody at all"}),
    "reactions story": ({"story": "story of r1"}, None),
    "reactions timeline": ({"since": "30d", "look": "light"}, {"type": "condem"}),
    "reactions board": ({}, {"until": "soon"}),
    "reactions export": ({"format": "csv"}, {"format": "json", "actor": "Nobody at all"}),
    "subscribe": ({}, None),
    "subscriptions list": ({}, None),
    "subscriptions edit": ({"subscription": "own"}, {"subscription": "none"}),
    "subscriptions pause": ({"subscription": "own"}, {"subscription": "none"}),
    "subscriptions resume": ({"subscription": "own"}, {"subscription": "none"}),
    "subscriptions remove": ({"subscription": "own"}, {"subscription": "none"}),
    "subscriptions test": ({"subscription": "own"}, {"subscription": "none"}),
    "why": ({"link": LINK}, {"link": "https://elsewhere.example/"}),
    "sources": ({}, None),
    "feeds add": ({"address": URL, "kind": "independent"}, {"address": "nonsense"}),
    "feeds list": ({}, None),
    "feeds health": ({}, None),
    "feeds test": ({"feed": "own feed"}, {"feed": "none"}),
    "feeds pause": ({"feed": "own feed"}, {"feed": "none"}),
    "feeds resume": ({"feed": "own feed"}, {"feed": "none"}),
    "feeds remove": ({"feed": "own feed"}, {"feed": "none"}),
    "feeds import": ({"file": ("feeds.opml", OPML)}, {"file": ("feeds.opml", b"hello")}),
    "feeds export": ({}, None),
    "admin log": ({}, None),
    "admin language": ({"language": "fr"}, None),
    "admin names": ({"names": "both"}, None),
    "admin corrections": ({}, None),
}
MENUS = {"Why this?"}
# What Discord shows only to those who manage the server.
FOR_MANAGERS = ("feeds", "admin")
# Option of a question to the archive → what is typed, and what must be among the choices then.
FILTERS = {
    "actor": ("États", "USA"),
    "target": ("azer", "AZE"),
    "type": ("accus", "accuse"),
    "since": ("", "7d"),
    "until": ("2023-09-21", "2023-09-21"),
    "language": ("fran", "fr"),
    "outlet": ("own", "Own Outlet"),
}
# Question to the archive → which of those it has.
ASKING = {
    "reactions latest": FILTERS.keys(),
    "reactions search": FILTERS.keys(),
    "reactions actor": {"actor", "since", "until"},
    "reactions timeline": FILTERS.keys(),
    "reactions board": FILTERS.keys() - {"actor", "target"},
    "reactions export": FILTERS.keys(),
}
# Command and option → the same.
COMPLETED = {
    **{(command, option): FILTERS[option] for command, options in ASKING.items() for option in sorted(options)},
    ("reactions story", "story"): ("paris", "story of r1"),
    ("subscriptions edit", "subscription"): ("", "own"),
    ("subscriptions pause", "subscription"): ("", "own"),
    ("subscriptions resume", "subscription"): ("", "own"),
    ("subscriptions remove", "subscription"): ("", "own"),
    ("subscriptions test", "subscription"): ("", "own"),
    ("feeds test", "feed"): ("own", "own feed"),
    ("feeds pause", "feed"): ("", "own feed"),
    ("feeds resume", "feed"): ("", "own feed"),
    ("feeds remove", "feed"): ("", "own feed"),
}
# Part of the subscribe dialogue → what is chosen in it; a form is opened and sent as it is.
SUBSCRIBING: dict[str, list[str] | None] = {
    "actors": ["FRA", "EU"],
    "families": ["criticism"],
    "mode": ["weekly 6"],
    "who": None,
    "what": None,
    "words": None,
    "when": None,
    "ping": None,
    "cancel": [],
    "confirm": [],
}
CORRECTING: dict[str, list[str] | None] = {
    "hostile": ["accuse"],
    "others": ["agree"],
    "who": None,
    "event": [],
    "none": [],
    "right": [],
    "save": [],
    "cancel": [],
}
PLACING = {"apart", "leave"}
# Buttons that outlive a restart, by how their custom ids begin.
BUTTONS = {"page", "digest", "why", "wrong", "log", "subscriptions"}


def leaves(tree: app_commands.CommandTree) -> dict[str, app_commands.Command]:
    """Return every command that can be typed, as it is typed."""
    return {
        command.qualified_name: command for command in tree.walk_commands() if isinstance(command, app_commands.Command)
    }


async def test_every_command_option_menu_and_button_is_in_the_inventory(simcord_env, simcord_bot):
    commands = leaves(simcord_bot.tree)
    completing = {
        (name, option.display_name)
        for name, command in commands.items()
        for option in command.parameters
        if option.autocomplete
    }
    menus = {menu.name for menu in simcord_bot.tree.get_commands(type=discord.AppCommandType.message)}
    assert commands.keys() == COMMANDS.keys()
    assert completing == COMPLETED.keys()
    assert menus == MENUS
    assert {item.__discord_ui_compiled_template__.pattern.partition(":")[0] for item in dynamic_items()} == BUTTONS
    for name, (good, bad) in COMMANDS.items():
        known = {option.display_name for option in commands[name].parameters}
        assert good.keys() | (bad or {}).keys() <= known, name


@pytest.fixture
def cast(simcord_env, place):
    """Everybody who may come by: a reader, a moderator of messages, who manages the server, and its owner's right hand."""
    roles = {
        "moderator": discord.Permissions(manage_messages=True),
        "admin": discord.Permissions(administrator=True),
    }
    people = {"member": place.member, "manager": place.manager}
    for name, permissions in roles.items():
        role = place.guild.create_role(name, permissions=permissions)
        people[name] = place.guild.add_member(simcord_env.create_user(name), roles=[role])
    return people


@pytest.fixture
def stocked(place, archive, network, samples, fake_store):
    """A server with a feed, a story, a subscription in its channel, and one of each person by direct message."""
    archive()
    entries = (Entry(guid="1", title="Paris condemns", published=samples.now),)
    network.documents[URL] = FeedDocument(title="Rhône Matin", entries=entries)
    feed = Feed(
        id="own feed", url="https://own.example/rss", title="Own Outlet", added_at=samples.now, next_poll_at=samples.now
    )
    network.documents[feed.url] = FeedDocument(title="Own Outlet", entries=entries)
    guild = str(place.guild.id)
    fake_store.rows.feeds[feed.id] = feed
    fake_store.rows.listings[feed.id, guild] = Listing(
        feed_id=feed.id, guild_id=guild, added_by="x", added_at=samples.now
    )
    fake_store.rows.subscriptions["own"] = Subscription(
        id="own", channel_id=str(place.channel.id), guild_id=guild, created_by="x", created_at=samples.now
    )
    for number in range(11):
        fake_store.rows.changes[str(number)] = Change(
            id=str(number), guild_id=guild, author="1", act=Act.FEED_ADDED, at=samples.now
        )


def is_error(result) -> bool:
    shown = [message for message in (result.response, *result.followups) if message is not None]
    footers = [embed.footer.text or "" for message in shown for embed in message.embeds]
    return any(text.startswith(("Error", "Erreur", "Ошибка")) for text in footers)


@pytest.mark.parametrize("who", ["member", "moderator", "manager", "admin"])
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.simcord(check_errors=False)
async def test_every_command_answers_everybody_who_is_shown_it_and_nobody_else_is(
    simcord_env, place, cast, stocked, name, who
):
    person = cast[who]
    is_managing = who in {"manager", "admin"}
    if name.partition(" ")[0] in FOR_MANAGERS and not is_managing:
        assert name not in person.available_commands(place.channel)
        with pytest.raises(SetupError):
            await person.slash(place.channel, name, **COMMANDS[name][0])
        return
    assert name in person.available_commands(place.channel)

    result = await person.slash(place.channel, name, **COMMANDS[name][0])

    assert result.acknowledged
    # A server's subscription is none of a reader's business, and is said not to be there.
    is_foreign = name.startswith("subscriptions ") and name != "subscriptions list" and not is_managing
    assert is_error(result) is is_foreign, result.response and result.response.embeds


@pytest.mark.parametrize("name", [name for name, (_, bad) in COMMANDS.items() if bad])
@pytest.mark.simcord(check_errors=False)
async def test_every_bad_option_is_refused_in_words_and_under_an_id_that_the_log_has(
    simcord_env, place, cast, stocked, name, capsys
):
    result = await cast["manager"].slash(place.channel, name, **COMMANDS[name][1])

    assert is_error(result)
    (embed,) = result.response.embeds
    assert embed.description.startswith("That did not work: ")
    assert f"incident={embed.footer.text.rpartition(' ')[2]}" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "option"), COMPLETED)
async def test_every_option_that_completes_does_with_nothing_and_with_what_is_typed(
    simcord_env, place, cast, stocked, name, option
):
    typed, expected = COMPLETED[name, option]
    for text in ("", typed, "zzzz", "x" * 100):
        choices = await cast["manager"].autocomplete(place.channel, name, option, text)
        assert len(choices) <= 25
        assert all(1 <= len(choice["name"]) <= 100 for choice in choices)
        if text == typed:
            assert expected in {choice["value"] for choice in choices}


def parts(message) -> dict[str, str]:
    """Return the parts of a dialogue: their names and their custom ids."""
    ids = [child["custom_id"] for row in message.components for child in row["components"]]
    return {custom_id.rpartition(":")[2]: custom_id for custom_id in ids if custom_id.startswith(PREFIX)}


@dataclass(frozen=True)
class PanelMessage:
    """A message as a dialogue has changed it."""

    message: discord.Message

    @property
    def components(self) -> list[dict[str, Any]]:
        return [row.to_dict() for row in self.message.components]


async def use(person, panel, name: str, chosen: list[str] | None) -> Any:
    """Press a button, choose in a select, or open a form and send it as it is."""
    custom_id = parts(panel)[name]
    if chosen:
        return await person.select(panel.message, chosen, custom_id=custom_id)
    pressed = await person.click(panel.message, custom_id=custom_id)
    if chosen is not None:
        return pressed
    filled = {}
    for label in pressed.modal["components"]:
        field = label["component"]
        options = [option["value"] for option in field.get("options", ()) if option.get("default")]
        filled[field["custom_id"]] = field.get("value") or "" if field["type"] == 4 else options
    return await person.submit_modal(pressed, filled)


async def test_the_subscribe_dialogue_has_the_parts_of_the_inventory_and_no_others(simcord_env, place, stocked):
    panel = (await place.manager.slash(place.channel, "subscribe")).response
    assert parts(panel).keys() == SUBSCRIBING.keys()
    direct = (await place.member.slash(place.channel, "subscribe")).response
    assert parts(direct).keys() == SUBSCRIBING.keys() - {"ping"}, "a direct message has no roles"


@pytest.mark.parametrize("who", ["member", "moderator", "manager", "admin"])
async def test_every_part_of_the_subscribe_dialogue_answers(simcord_env, place, cast, stocked, who, fake_store):
    for last in ("cancel", "confirm"):
        panel = (await cast[who].slash(place.channel, "subscribe")).response
        for name in [name for name in SUBSCRIBING if name in parts(panel) and name not in {"cancel", "confirm"}]:
            result = await use(cast[who], panel, name, SUBSCRIBING[name])
            assert result.acknowledged
            assert not is_error(result), name
        before = len(fake_store.rows.subscriptions)
        await use(cast[who], panel, last, [])
        assert len(fake_store.rows.subscriptions) == before + (last == "confirm")


@pytest.fixture
async def alert(simcord_env, simcord_bot, place, samples, fake_store, stocked):
    """A posted alert, and all that it is made of."""
    message = samples.message(item=samples.item(id="item of r1"))
    subscription = replace(message.subscription, channel_id=str(place.channel.id), guild_id=str(place.guild.id))
    owed = replace(message.alert, item_id="item of r1", story_id="story of r1", channel_id=str(place.channel.id))
    messenger = DiscordMessenger(simcord_bot, samples.names, guilds=fake_store)
    posted = await messenger.post(replace(message, subscription=subscription, alert=owed))
    fake_store.rows.subscriptions[subscription.id] = subscription
    fake_store.rows.alerts[owed.id] = replace(owed, status=AlertStatus.POSTED, message_id=posted, posted_at=samples.now)
    return place.channel.last_message


@pytest.fixture
def subscribers(place, cast, samples, fake_store):
    """Everybody who may come by, each with more subscriptions than one page lists."""
    for person in cast.values():
        for number in range(9):
            name = f"{number} of {person.id}"
            fake_store.rows.subscriptions[name] = Subscription(
                id=name,
                channel_id=str(place.channel.id),
                channel_kind=ChannelKind.DIRECT,
                created_by=str(person.id),
                created_at=samples.now,
            )
    return cast


@pytest.fixture
async def digest(simcord_bot, place, samples):
    """A posted digest."""
    edition = samples.edition(samples.sourced())
    subscription = replace(edition.subscription, channel_id=str(place.channel.id))
    await DiscordMessenger(simcord_bot, samples.names).post_digest(replace(edition, subscription=subscription))
    return place.channel.last_message


async def test_the_correcting_dialogue_has_the_parts_of_the_inventory_and_each_answers(simcord_env, place, cast, alert):
    for last in ("event", "cancel", "right", "none", "save"):
        panel = (await cast["moderator"].click(alert, label="Wrong?")).response
        assert parts(panel).keys() == CORRECTING.keys()
        for name in ("who", "hostile", "others"):
            result = await use(cast["moderator"], panel, name, CORRECTING[name])
            assert not is_error(result), name
        await use(cast["moderator"], panel, last, [])
        if last == "event":
            # The question which event it tells takes the panel's place.
            assert parts(PanelMessage(panel.message)).keys() == PLACING
            await cast["moderator"].click(panel.message, custom_id=parts(PanelMessage(panel.message))["leave"])
        assert not panel.message.components


@pytest.mark.parametrize("who", ["member", "moderator", "manager", "admin"])
async def test_every_button_that_outlives_a_restart_answers_everybody(
    simcord_env, services, place, subscribers, alert, digest, archive, who
):
    cast = subscribers
    for number in range(2, 9):
        archive(f"r{number}")
    await cast[who].slash(place.channel, "reactions latest", public=True)
    pages = place.channel.last_message
    await simcord_env.restart_bot(Communique(services))

    pressed = {}
    for message in (alert, digest, pages):
        for row in message.components:
            for button in row.children:
                if button.custom_id:
                    result = await cast[who].click(message, custom_id=button.custom_id)
                    assert result.acknowledged
                    assert not is_error(result), button.custom_id
                    pressed[button.custom_id.partition(":")[0]] = True
    listed = await cast[who].slash(place.channel, "subscriptions list")
    assert not is_error(await cast[who].click(listed.response.message, label="▶"))
    pressed["subscriptions"] = True
    if who in {"manager", "admin"}:
        log = await cast[who].slash(place.channel, "admin log")
        assert not is_error(await cast[who].click(log.response.message, label="▶"))
        pressed["log"] = True
    assert pressed.keys() == (BUTTONS if who in {"manager", "admin"} else BUTTONS - {"log"})
    assert not is_error(await cast[who].context_menu(place.channel, "Why this?", alert))


@pytest.mark.parametrize("who", ["member", "manager"])
@pytest.mark.parametrize("name", ["actors", "confirm", "who"])
async def test_every_sort_of_part_says_that_a_dialogue_from_before_a_restart_is_closed(
    simcord_env, services, place, cast, stocked, who, name, fake_store
):
    panel = (await cast[who].slash(place.channel, "subscribe")).response
    await simcord_env.restart_bot(Communique(services))
    before = dict(fake_store.rows.subscriptions)

    custom_id = parts(panel)[name]
    if SUBSCRIBING[name]:
        await cast[who].select(panel.message, SUBSCRIBING[name], custom_id=custom_id)
    else:
        await cast[who].click(panel.message, custom_id=custom_id)

    assert "This dialogue is closed" in panel.message.content
    assert fake_store.rows.subscriptions == before


async def test_a_form_from_before_a_restart_says_that_it_is_closed(simcord_env, services, place, cast, stocked):
    panel = (await cast["manager"].slash(place.channel, "subscribe")).response
    shown = await cast["manager"].click(panel.message, custom_id=parts(panel)["who"])
    await simcord_env.restart_bot(Communique(services))
    ids = [label["component"]["custom_id"] for label in shown.modal["components"]]

    result = await cast["manager"].submit_modal(shown, dict.fromkeys(ids, "France"))

    assert "This dialogue is closed" in result.response.content
