"""“Why this?”: on every alert, for every reader, after any restart."""

from __future__ import annotations

import re

import discord

from bot.discord.answers import Interaction, answer, answer_error, take_time, words_for
from bot.discord.explaining import why_embed
from bot.domain.queries import ReactionQuery

_REACTIONS_READ = 100


class WhyButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"why:(?P<alert>\w+):(?P<story>[^:]*):(?P<item>[^:]+)",
):
    """Explains the alert to whoever presses it."""

    def __init__(self, custom_id: str, item_id: str) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id, style=discord.ButtonStyle.secondary))
        self.item_id = item_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> WhyButton:
        """Return the button that was pressed."""
        return cls(match.string, match["item"])

    async def callback(self, interaction: Interaction) -> None:
        """Explain."""
        try:
            await take_time(interaction)
            await explain(interaction, self.item_id)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it; whoever pressed is told as well
            await answer_error(interaction, error)


async def explain(interaction: Interaction, item_id: str) -> None:
    """Answer with the life of an item, as far as this server may see it. Raises NotFound."""
    services = interaction.client.services
    guild = str(interaction.guild_id or "")
    life = await services.archive.life_of(item_id)
    outlets: tuple[str, ...] = ()
    if life.story is not None:
        told = await services.archive.reactions(
            ReactionQuery(story_id=life.story.id, guild_id=guild, limit=_REACTIONS_READ)
        )
        outlets = tuple(dict.fromkeys(source.outlet for sourced in told for source in sourced.sources))
    own = {each.id for each in await services.subscriptions.subscriptions(guild_id=guild)} if guild else set()
    verdicts = [verdict for verdict in life.verdicts if verdict.subscription_id in {*own, ""}]
    embed = why_embed(life, outlets, verdicts, services.names, words_for(interaction))
    await answer(interaction, embed=embed)
