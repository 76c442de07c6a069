"""“Why this?”: on every alert, for every reader, after any restart."""

from __future__ import annotations

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.explaining import why_embed
from bot.discord.views.lasting import LastingButton
from bot.domain.queries import ReactionQuery

_REACTIONS_READ = 100


class WhyButton(LastingButton, template=r"why:(?P<alert>\w+):(?P<story>[^:]*):(?P<item>[^:]+)"):
    """Explains the alert to whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Explain."""
        await take_time(interaction)
        await explain(interaction, self.told["item"])


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
