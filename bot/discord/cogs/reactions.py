"""`/reactions`: questions to the archive."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, take_time
from bot.discord.choices import (
    chosen_actor,
    chosen_types,
    complete_actor,
    complete_language,
    complete_outlet,
    complete_since,
    complete_type,
)
from bot.discord.moments import moment
from bot.discord.questions import whole_hours
from bot.discord.services import Services
from bot.discord.views.pages import answer_with_page
from bot.domain.queries import ReactionQuery

_OPTION_LIMIT = 80
Text = app_commands.Range[str, 1, _OPTION_LIMIT]


class ReactionsCog(commands.GroupCog, name="reactions", description=locale_str("Who said what: ask the archive.")):
    """Questions to the archive."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(name="latest", description=locale_str("The newest reactions, as you filter them."))
    @app_commands.describe(
        actor=locale_str("Who reacts"),
        target=locale_str("Whom it is aimed at"),
        kind=locale_str("What was done: a type, or a family of types"),
        since=locale_str("How far back: 24h, 7d, 2023-09-19"),
        language=locale_str("Language of the report"),
        outlet=locale_str("Who reports it"),
        public=locale_str("Show the answer to everybody here"),
    )
    @app_commands.rename(kind="type")
    @app_commands.autocomplete(
        actor=complete_actor,
        target=complete_actor,
        kind=complete_type,
        since=complete_since,
        language=complete_language,
        outlet=complete_outlet,
    )
    async def latest(
        self,
        interaction: Interaction,
        actor: Text | None = None,
        target: Text | None = None,
        kind: Text | None = None,
        since: Text | None = None,
        language: Text | None = None,
        outlet: Text | None = None,
        *,
        public: bool = False,
    ) -> None:
        """Answer with the newest reactions, in pages."""
        await take_time(interaction, public=public)
        query = self._query(interaction, actor, target, kind, since, language, outlet)
        await answer_with_page(interaction, query, public=public)

    def _query(
        self,
        interaction: Interaction,
        actor: str | None,
        target: str | None,
        kind: str | None,
        since: str | None,
        language: str | None,
        outlet: str | None,
    ) -> ReactionQuery:
        names = self._services.names
        types, families = chosen_types(kind) if kind else (frozenset(), frozenset())
        return whole_hours(
            ReactionQuery(
                actors=frozenset({chosen_actor(actor, names)} if actor else ()),
                targets=frozenset({chosen_actor(target, names)} if target else ()),
                types=types,
                families=families,
                languages=frozenset({language.lower()} if language else ()),
                outlets=frozenset({outlet} if outlet else ()),
                since=moment(since, self._services.clock()),
                guild_id=str(interaction.guild_id or ""),
            )
        )
