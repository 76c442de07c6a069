"""`/reactions timeline` and `/reactions board`: many reactions seen at once, as text and as a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.asking import asked
from bot.discord.choices import COMPLETIONS, OPTIONS
from bot.discord.listing import what_to_widen
from bot.discord.services import Services
from bot.discord.surveying import (
    READ,
    board_text,
    picture_words,
    silence_text,
    tallied_by_day,
    tallied_by_target,
    timeline_text,
)
from bot.domain.alerts import SourcedReaction
from bot.domain.queries import ReactionQuery
from bot.domain.surveys import PARTIES, Bands, board, silent, timeline
from bot.usecases.query import within_reach

_COLOUR = 0x4A6FA5
_SPAN = timedelta(days=30)
Text = app_commands.Range[str, 1, 80]
Look = app_commands.Choice[str]
_LOOKS = [app_commands.Choice(name="dark", value="dark"), app_commands.Choice(name="light", value="light")]

_BANDS = [
    app_commands.Choice(name=locale_str("kinds of reaction"), value=Bands.FAMILIES.value),
    app_commands.Choice(name=locale_str("who reacts"), value=Bands.ACTORS.value),
]
# A board has them in its rows and columns.
_PARTIES = frozenset({"actor", "target"})
_MOMENT = timedelta(microseconds=1)


class SurveyCommands(commands.Cog):
    """The part of `/reactions` that draws; its class is a base of the cog, which discord.py gathers commands from."""

    _services: Services

    @app_commands.command(
        name="timeline", description=locale_str("Reactions through time, by kind and tone, as a picture.")
    )
    @app_commands.describe(
        **OPTIONS,
        everything=locale_str("Also what is said indirectly"),
        by=locale_str("What the bands are: kinds of reaction, or who reacts"),
        look=locale_str("For a dark or a light screen"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.rename(kind="type")
    @app_commands.choices(look=_LOOKS, by=_BANDS)
    @app_commands.autocomplete(**COMPLETIONS)
    async def timeline(
        self,
        interaction: Interaction,
        *,
        actor: Text | None = None,
        target: Text | None = None,
        kind: Text | None = None,
        since: Text | None = None,
        until: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        by: Look | None = None,
        look: Look | None = None,
        everything: bool = False,
        public: bool = False,
    ) -> None:
        """Answer with the line through time."""
        await take_time(interaction, public=public)
        words, names = words_for(interaction), self._services.names
        query = await self._spanned(
            asked(
                interaction,
                actor=actor,
                target=target,
                kind=kind,
                since=since,
                until=until,
                language=language,
                outlet=outlet,
                everything=everything,
            )
        )
        found = await self._read(query)
        if not found:
            await answer(interaction, what_to_widen(query, words), public=public)
            return
        # The end is not part of the time: until the 21st means up to the night before.
        until_day = (query.until - _MOMENT if query.until else self._services.clock()).date()
        since_day = query.since.date() if query.since else found[-1].reaction.first_reported_at.date()
        bands = Bands.ACTORS if by is not None and by.value == Bands.ACTORS else Bands.FAMILIES
        line = timeline(tallied_by_day(found), since=since_day, until=until_day, by=bands)
        title = words("Reactions through time")
        picture = None
        if self._services.pictures is not None:
            actors = line.bands if bands is Bands.ACTORS else ()
            captions = picture_words(title, actors, names, words)
            picture = await self._services.pictures.timeline(line, captions, dark=_is_dark(look))
        await _show(interaction, title, timeline_text(line, names, words), picture, read=len(found), public=public)

    @app_commands.command(
        name="board", description=locale_str("Who condemned, appealed, supported or kept silent on whom.")
    )
    @app_commands.describe(
        **{name: each for name, each in OPTIONS.items() if name not in _PARTIES},
        everything=locale_str("Also what is said indirectly"),
        look=locale_str("For a dark or a light screen"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.rename(kind="type")
    @app_commands.choices(look=_LOOKS)
    @app_commands.autocomplete(**{name: each for name, each in COMPLETIONS.items() if name not in _PARTIES})
    async def board(
        self,
        interaction: Interaction,
        kind: Text | None = None,
        since: Text | None = None,
        until: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        look: Look | None = None,
        *,
        everything: bool = False,
        public: bool = False,
    ) -> None:
        """Answer with the board."""
        await take_time(interaction, public=public)
        words, names = words_for(interaction), self._services.names
        wanted = asked(
            interaction,
            kind=kind,
            since=since,
            until=until,
            language=language,
            outlet=outlet,
            everything=everything,
        )
        query = await self._spanned(replace(wanted, targets=frozenset(PARTIES)))
        found = await self._read(query)
        drawn = board(tallied_by_target(found))
        if not drawn.actors:
            await answer(interaction, what_to_widen(query, words), public=public)
            return
        title = words("Who reacted to whom")
        end = query.until or self._services.clock()
        # Whoever is heard at all, at whatever target: of more than so many reactions the newest tell it.
        of_all = await within_reach(self._services.archive, ReactionQuery(since=query.since, until=end))
        assert of_all.since is not None
        heard = await self._services.archive.tones(since=of_all.since, until=end, guild_id=query.guild_id)
        quiet = silence_text(silent(heard), names, words)
        picture = None
        if self._services.pictures is not None:
            captions = picture_words(title, (*drawn.actors, *drawn.parties), names, words)
            picture = await self._services.pictures.board(drawn, captions, dark=_is_dark(look))
        text = board_text(drawn, names, words) + (f"\n\n{quiet}" if quiet else "")
        await _show(interaction, title, text, picture, read=len(found), public=public)

    async def _spanned(self, query: ReactionQuery) -> ReactionQuery:
        """Return the question with a beginning: the last 30 days, unless it has one, and no further than is looked."""
        begun = query if query.since else replace(query, since=(query.until or self._services.clock()) - _SPAN)
        return await within_reach(self._services.archive, begun)

    async def _read(self, query: ReactionQuery) -> tuple[SourcedReaction, ...]:
        return await self._services.archive.reactions(replace(query, limit=READ))


def _is_dark(look: Look | None) -> bool:
    return look is None or look.value == "dark"


async def _show(
    interaction: Interaction, title: str, text: str, picture: bytes | None, *, read: int, public: bool
) -> None:
    embed = discord.Embed(title=title, description=text, colour=_COLOUR)
    if read == READ:
        embed.set_footer(text=words_for(interaction)("from the newest {number} reactions of the time", number=read))
    file = None
    if picture is not None:
        file = discord.File(io.BytesIO(picture), filename="survey.png")
        embed.set_image(url="attachment://survey.png")
    await answer(interaction, embed=embed, file=file, public=public)
