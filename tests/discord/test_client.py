"""The bot's life on Discord: commands sent when they have changed, errors told, the wrong token named."""

from __future__ import annotations

import asyncio
import re

import discord
import pytest
from discord import app_commands

from bot.discord.client import Communique, connected, invite_url, listen
from bot.discord.poster import DiscordMessenger
from bot.discord.synchronising import payload_of, same_commands
from bot.discord.words import languages, words_in
from bot.domain.errors import ChannelUnavailable, TokenRefused

SAME_EVERYWHERE = {"sources", "type", "public", "format"}
NAME = r"^[-_'\w]{1,32}$"


def puts(env) -> int:
    return sum(entry.method == "PUT" for entry in env.http_requests)


async def test_commands_are_sent_once_and_not_again_after_a_restart(simcord_env, services):
    assert puts(simcord_env) == 1

    await simcord_env.restart_bot(Communique(services))

    assert puts(simcord_env) == 1


async def test_commands_are_sent_again_when_they_have_changed(simcord_env, services, monkeypatch):
    from bot.discord.cogs.sources import SourcesCog

    monkeypatch.setattr(SourcesCog.sources, "description", "Something else.")
    monkeypatch.setattr(SourcesCog.sources, "_locale_description", None)

    await simcord_env.restart_bot(Communique(services))

    assert puts(simcord_env) == 2


async def test_what_discord_adds_to_a_command_is_no_change(simcord_env, simcord_bot):
    ours = await payload_of(simcord_bot.tree)
    theirs = [
        {**command, "id": "1", "version": "2", "application_id": "3", "default_permission": True, "nsfw": None}
        for command in reversed(ours)
    ]
    for command in theirs:
        if command["default_member_permissions"] is not None:
            command["default_member_permissions"] = str(command["default_member_permissions"])
    assert same_commands(ours, theirs)
    theirs[0]["description"] = "other"
    assert not same_commands(ours, theirs)


def test_only_the_guilds_intent_is_asked_for(services):
    client = Communique(services)
    assert client.intents == discord.Intents(guilds=True)


def strings(command: dict) -> list[tuple[str, dict]]:
    """Return every (name, part) of a command's payload, down to its options."""
    return [(command["name"], command)] + [found for option in command.get("options", ()) for found in strings(option)]


async def test_every_command_and_option_is_named_and_described_in_every_language_and_not_too_long(
    simcord_env, simcord_bot
):
    others = set(languages()) - {"en"}
    parts = [found for command in await payload_of(simcord_bot.tree) for found in strings(command)]
    for name, part in parts:
        assert all(words_in(language).command(name) is not None or name in SAME_EVERYWHERE for language in others), name
        if "description" not in part:  # a context menu has none, and its name may hold spaces
            continue
        described = {locale.partition("-")[0] for locale in part.get("description_localizations") or ()}
        assert described >= others, name
        for text in [part["description"], *part["description_localizations"].values()]:
            assert 1 <= len(text) <= 100, text
        for choice in part.get("choices") or ():
            assert all(
                len(text) <= 100 for text in (choice["name"], *(choice.get("name_localizations") or {}).values())
            )
        for text in [name, *(part.get("name_localizations") or {}).values()]:
            assert re.fullmatch(NAME, text), text
            assert text == text.lower(), text


async def test_no_two_commands_or_options_side_by_side_have_one_name_in_any_language(simcord_env, simcord_bot):
    commands = await payload_of(simcord_bot.tree)
    for siblings in [commands, *(part.get("options", []) for command in commands for _, part in strings(command))]:
        for locale in ("fr", "ru"):
            names = [(part.get("name_localizations") or {}).get(locale, part["name"]) for part in siblings]
            assert len(set(names)) == len(names), names


@pytest.mark.simcord(check_errors=False)
async def test_an_unexpected_error_is_told_under_the_id_that_the_log_has(simcord_env, place, fake_store, capsys):
    async def broken(*args, **kwargs):
        raise RuntimeError("boom")

    fake_store.feeds = broken
    result = await place.member.slash(place.channel, "sources")

    embed = result.response.embeds[0]
    incident = embed.footer.text.removeprefix("Error ")
    assert "boom" not in embed.description
    assert f"incident={incident}" in capsys.readouterr().out


async def test_errors_are_told_in_the_reader_s_language(simcord_env, services):
    from bot.discord.answers import _explained

    text = _explained(app_commands.NoPrivateMessage(), words_in("fr"), services.names)
    assert text == "Cela ne fonctionne que sur un serveur."


async def test_a_wrong_token_is_named_in_one_line_and_the_bot_goes_on_without(monkeypatch, capsys):
    async def refused(self, token):
        raise discord.LoginFailure("Improper token has been passed.")

    monkeypatch.setattr(discord.Client, "login", refused)
    async with connected(discord.Client(intents=discord.Intents.none()), "wr0ng", gateway=True) as accepted:
        assert not accepted
    (line,) = capsys.readouterr().out.splitlines()
    assert "COMMUNIQUE_DISCORD__TOKEN" in line
    assert "wr0ng" not in line


async def test_a_discord_that_cannot_be_reached_is_tried_again_and_posts_wait(monkeypatch, samples):
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")
    client = discord.Client(intents=discord.Intents(guilds=True))
    tries = []
    login = discord.Client.login

    async def counted(self, token):
        tries.append(token)
        await login(self, token)

    monkeypatch.setattr(discord.Client, "login", counted)
    monkeypatch.setattr("bot.discord.client._FIRST_RETRY", 0.01)
    async with connected(client, "token", gateway=True) as accepted:
        assert accepted
        with pytest.raises(ChannelUnavailable):
            await DiscordMessenger(client, samples.names).post(samples.message())
        while len(tries) < 3:  # noqa: ASYNC110 - the tries are what is waited for
            await asyncio.sleep(0.01)


async def test_a_token_refused_by_the_gateway_is_named_too(monkeypatch):
    async def closed(self, *, reconnect=True):
        error = discord.ConnectionClosed.__new__(discord.ConnectionClosed)
        error.code = 4004
        raise error

    monkeypatch.setattr(discord.Client, "connect", closed)
    with pytest.raises(TokenRefused):
        await listen(discord.Client(intents=discord.Intents(guilds=True)))


async def test_a_discord_that_refuses_the_commands_still_gets_a_bot_that_posts(simcord_env, services, monkeypatch):
    simcord_env.inject_error("GET", "/applications/*/commands", status=403, code=50001)
    bot = Communique(services)

    await simcord_env.restart_bot(bot)

    assert bot.is_ready()
    assert bot._is_synchronised, "tried again once connected"


def test_the_invitation_asks_for_no_more_than_is_used():
    asked = int(invite_url(1).split("permissions=")[1].split("&")[0])
    assert {name for name, wanted in discord.Permissions(asked) if wanted} == {
        "view_channel",
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "create_public_threads",
        "embed_links",
        "attach_files",
        "read_message_history",
    } - {"view_channel"}


async def test_a_bot_in_no_server_says_how_to_invite_it(simcord_env, services, capsys):
    await simcord_env.restart_bot(Communique(services))
    assert "permissions=" in capsys.readouterr().out
