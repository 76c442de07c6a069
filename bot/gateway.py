"""Discord joined to the app: the use-cases handed to the cogs, the client handed to the messenger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, utc_now
from bot.discord import client as discord_client
from bot.discord.client import Communique
from bot.discord.poster import DiscordMessenger
from bot.discord.services import Services
from bot.feeds.opml import read_opml, write_opml
from bot.usecases.ports import Messenger


def services_of(app: App) -> Services:
    """Return the use-cases that the cogs need."""
    return Services(
        names=app.names,
        clock=utc_now,
        archive=app.store,
        subscriptions=app.store,
        feeds=app.store,
        subscriber=app.subscriber(),
        curator=app.curator(),
        read_list=read_opml,
        write_list=lambda feeds: write_opml(feeds, title="communiqué", created=utc_now()),
    )


@asynccontextmanager
async def connected(app: App, token: str, *, commands: bool) -> AsyncIterator[Messenger]:
    """Stay connected to Discord for as long as this lasts, with the slash commands where `commands` says so.

    A token that Discord does not accept is said on the log; what is owed waits in the store.
    """
    client = Communique(services_of(app), with_commands=commands)
    async with discord_client.connected(client, token.strip(), gateway=commands):
        yield DiscordMessenger(client, app.names)
