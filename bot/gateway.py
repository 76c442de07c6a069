"""Discord joined to the app: the use-cases handed to the cogs, the client handed to the messenger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from bot.app import App, utc_now
from bot.charts.artist import Artist
from bot.charts.drawing import Captions
from bot.discord import client as discord_client
from bot.discord.client import Communique
from bot.discord.poster import DiscordMessenger
from bot.discord.services import PictureWords, Services
from bot.domain.cleaning import wording
from bot.domain.entries import Entry
from bot.domain.items import Article
from bot.domain.reactions import Record, Tier
from bot.domain.surveys import Board, Timeline
from bot.feeds.opml import read_opml, write_opml
from bot.usecases.ports import Messenger


class Drawn:
    """The artist, as the cogs ask for pictures."""

    def __init__(self, artist: Artist) -> None:
        self._artist = artist

    async def timeline(self, line: Timeline, captions: PictureWords, *, dark: bool) -> bytes:
        """Draw reactions through time."""
        return await self._artist.timeline(line, _captions(captions), dark=dark)

    async def board(self, board: Board, captions: PictureWords, *, dark: bool) -> bytes:
        """Draw who did what towards whom."""
        return await self._artist.board(board, _captions(captions), dark=dark)


def _captions(words: PictureWords) -> Captions:
    return Captions(
        title=words.title,
        subtitle=words.note,
        actors=words.actors,
        families=words.families,
        tone=words.tone,
        rest=words.rest,
    )


async def coded(app: App, entries: Sequence[Entry]) -> tuple[Record, ...]:
    """Return what the analyst finds in entries that could be alerted; read beside the event loop."""

    def read() -> tuple[Record, ...]:
        found: list[Record] = []
        for entry in entries:
            words = wording(title=entry.title, summary=entry.summary, content=entry.content)
            article = Article(title=words.title, summary=words.summary, content=words.content, language=entry.language)
            if app.analyst.relevance(article).relevant:
                found += app.analyst.read(article).records
        return tuple(record for record in found if record.tier is Tier.ALERT and not record.background)

    return await asyncio.to_thread(read)


def services_of(app: App, artist: Artist) -> Services:
    """Return the use-cases that the cogs need."""
    return Services(
        names=app.names,
        clock=utc_now,
        archive=app.store,
        subscriptions=app.store,
        feeds=app.store,
        subscriber=replace(
            app.subscriber(),
            most_per_guild=app.settings.discord.subscriptions_per_guild,
            most_per_person=app.settings.discord.subscriptions_per_person,
        ),
        curator=app.curator(),
        amender=app.amender(),
        guilds=app.store,
        administrator=app.administrator(),
        feeds_per_guild=app.settings.discord.feeds_per_guild,
        correctors=frozenset(app.settings.discord.correctors),
        read_list=read_opml,
        write_list=lambda feeds: write_opml(feeds, title="communiqué", created=utc_now()),
        pictures=Drawn(artist),
        code=partial(coded, app),
    )


@asynccontextmanager
async def connected(app: App, token: str, *, commands: bool) -> AsyncIterator[Messenger]:
    """Stay connected to Discord for as long as this lasts, with the slash commands where `commands` says so.

    A token that Discord does not accept is said on the log; what is owed waits in the store.
    """
    artist = Artist()
    client = Communique(services_of(app, artist), with_commands=commands)
    try:
        async with discord_client.connected(client, token.strip(), gateway=commands):
            yield DiscordMessenger(client, app.names, pictures=Drawn(artist), guilds=app.store)
    finally:
        await artist.aclose()
