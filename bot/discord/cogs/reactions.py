"""`/reactions`: questions to the archive."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord import dossier, profile
from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.asking import asked
from bot.discord.choices import COMPLETIONS, OPTIONS, best, chosen_actor, complete_actor, complete_since
from bot.discord.cogs.surveys import SurveyCommands
from bot.discord.inert import inert
from bot.discord.listing import what_to_widen
from bot.discord.services import Services
from bot.discord.views.pages import answer_with_page
from bot.domain.queries import ReactionQuery
from bot.usecases.export import Row, reaction_row
from bot.usecases.query import within_reach

_OPTION_LIMIT = 80
_STORIES_READ = 150
_EXPORT_LIMIT = 2000
Text = app_commands.Range[str, 1, _OPTION_LIMIT]


async def complete_story(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete a story by any headline it is told under, the latest first; it is shown by its first."""
    archive = interaction.client.services.archive
    query = ReactionQuery(guild_id=str(interaction.guild_id or ""), limit=_STORIES_READ)
    found = await archive.reactions(await within_reach(archive, query))
    titles: dict[str, dict[str, None]] = {each.reaction.story_id: {} for each in found if each.sources}
    for each in reversed(found):
        for source in each.sources:
            titles[each.reaction.story_id][source.title] = None
    return best(current, [(next(iter(told)), story, tuple(told)) for story, told in titles.items()])


class ReactionsCog(
    SurveyCommands, commands.GroupCog, name="reactions", description=locale_str("Who said what: ask the archive.")
):
    """Questions to the archive."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(name="latest", description=locale_str("The newest reactions, as you filter them."))
    @app_commands.describe(
        **OPTIONS,
        everything=locale_str("Also what is said indirectly"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.rename(kind="type")
    @app_commands.autocomplete(**COMPLETIONS)
    async def latest(
        self,
        interaction: Interaction,
        actor: Text | None = None,
        target: Text | None = None,
        kind: Text | None = None,
        since: Text | None = None,
        until: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        *,
        everything: bool = False,
        public: bool = False,
    ) -> None:
        """Answer with the newest reactions, in pages."""
        await take_time(interaction, public=public)
        query = asked(
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
        await answer_with_page(interaction, query, public=public)

    @app_commands.command(name="search", description=locale_str("Reactions whose words hold these."))
    @app_commands.describe(
        text=locale_str("Words of the quote or the sentence"),
        **OPTIONS,
        everything=locale_str("Also what is said indirectly"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.rename(kind="type")
    @app_commands.autocomplete(**COMPLETIONS)
    async def search(
        self,
        interaction: Interaction,
        text: Text,
        *,
        actor: Text | None = None,
        target: Text | None = None,
        kind: Text | None = None,
        since: Text | None = None,
        until: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        everything: bool = False,
        public: bool = False,
    ) -> None:
        """Answer with the reactions that hold the words, in pages."""
        await take_time(interaction, public=public)
        query = asked(
            interaction,
            text=text,
            actor=actor,
            target=target,
            kind=kind,
            since=since,
            until=until,
            language=language,
            outlet=outlet,
            everything=everything,
        )
        await answer_with_page(interaction, query, public=public)

    @app_commands.command(name="actor", description=locale_str("An actor's profile: acts, tone, quotes."))
    @app_commands.describe(
        actor=locale_str("Who reacts"),
        since=locale_str("How far back: 24h, 7d, 2023-09-19"),
        until=locale_str("Up to when: 24h, 7d, 2023-09-21"),
        everything=locale_str("Also what is said indirectly"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.autocomplete(actor=complete_actor, since=complete_since, until=complete_since)
    async def actor(
        self,
        interaction: Interaction,
        actor: Text,
        since: Text | None = None,
        until: Text | None = None,
        *,
        everything: bool = False,
        public: bool = False,
    ) -> None:
        """Answer with the profile of an actor."""
        await take_time(interaction, public=public)
        words, names = words_for(interaction), self._services.names
        code = chosen_actor(actor, names)
        query = asked(interaction, actor=code, since=since, until=until, everything=everything)
        archive = self._services.archive
        found = await archive.reactions(replace(await within_reach(archive, query), limit=profile.READ))
        if not found:
            await answer(interaction, what_to_widen(query, words), public=public)
            return
        embed = profile.profile_embed(code, found, names, words, self._services.clock())
        await answer(interaction, embed=embed, public=public)

    @app_commands.command(
        name="story", description=locale_str("The dossier of one event: who said what, by whom it is told.")
    )
    @app_commands.describe(
        story=locale_str("The event, by its headline"), public=locale_str("Show the answer to everybody here")
    )
    @app_commands.autocomplete(story=complete_story)
    async def story(self, interaction: Interaction, story: Text, *, public: bool = False) -> None:
        """Answer with the dossier of a story."""
        await take_time(interaction, public=public)
        words = words_for(interaction)
        guild = str(interaction.guild_id or "")
        query = ReactionQuery(story_id=story, guild_id=guild, background=False, limit=dossier.READ)
        found = await self._services.archive.reactions(query)
        if not found:
            await answer(interaction, words("There is no such story here; choose one from the list that appears."))
            return
        embed = dossier.dossier_embed(tuple(reversed(found)), self._services.names, words)
        await answer(interaction, embed=embed, public=public)

    @app_commands.command(name="export", description=locale_str("Reactions as a file, with links and evidence."))
    @app_commands.describe(
        form=locale_str("The file's format"),
        **OPTIONS,
        directly=locale_str("Only what is said directly"),
    )
    @app_commands.rename(form="format", kind="type")
    @app_commands.choices(
        form=[app_commands.Choice(name="CSV", value="csv"), app_commands.Choice(name="JSON", value="json")]
    )
    @app_commands.autocomplete(**COMPLETIONS)
    async def export(
        self,
        interaction: Interaction,
        form: app_commands.Choice[str],
        *,
        actor: Text | None = None,
        target: Text | None = None,
        kind: Text | None = None,
        since: Text | None = None,
        until: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        directly: bool = False,
    ) -> None:
        """Answer with a file of the reactions that are asked for."""
        await take_time(interaction)
        words = words_for(interaction)
        query = asked(
            interaction,
            actor=actor,
            target=target,
            kind=kind,
            since=since,
            until=until,
            language=language,
            outlet=outlet,
            everything=not directly,
        )
        archive, called = self._services.archive, self._services.names.names.get("en", {})
        near = replace(await within_reach(archive, query), limit=_EXPORT_LIMIT)
        rows: list[Row] = [reaction_row(each, called) async for each in archive.export_reactions(near)]
        if not rows:
            await answer(interaction, what_to_widen(query, words))
            return
        content = as_csv(rows) if form.value == "csv" else json.dumps(rows, ensure_ascii=False, indent=1)
        file = discord.File(io.BytesIO(content.encode()), filename=f"reactions.{form.value}")
        text = words.plural("{number} reaction", "{number} reactions", len(rows))
        if len(rows) == _EXPORT_LIMIT:
            text += ". " + words("There are more: narrow the question, or ask the operator for `communique export`.")
        await answer(interaction, text, file=file)


def as_csv(rows: list[Row]) -> str:
    """Return rows as CSV that a spreadsheet may open: no cell of it is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = list(rows[0])
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    text = "" if value is None else inert(str(value)).replace("\u200b", "") if isinstance(value, str) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text
