"""`/admin`: what those who manage a server ask of the bot itself."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.decisions import corrections_embed
from bot.discord.services import Services

_SHOWN = 10


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class AdminCog(commands.GroupCog, name="admin", description=locale_str("For those who manage the server.")):
    """The server's own corrections."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(
        name="corrections", description=locale_str("What was corrected here, and how precise the rules are.")
    )
    async def corrections(self, interaction: Interaction) -> None:
        """Answer with the server's latest corrections and the precision of the rules."""
        await take_time(interaction)
        words = words_for(interaction)
        guild = str(interaction.guild_id)
        amendments = self._services.amender.amendments
        decided = await amendments.amendments(guild_id=guild, limit=_SHOWN)
        if not decided:
            await answer(interaction, words("Nothing was corrected here yet. The button “Wrong?” of an alert does it."))
            return
        total = await amendments.count_amendments(guild_id=guild)
        scores = await amendments.precision()
        await answer(interaction, embed=corrections_embed(decided, total, scores, self._services.names, words))
