"""`/subscriptions`: those of the server for who manages it, one's own for everybody."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.choices import best
from bot.discord.drafts import draft_of, preview_text, subscription_line, where_text
from bot.discord.permissions import PostingChannel, what_is_missing
from bot.discord.services import Services
from bot.discord.views.subscribing import SubscribePanel
from bot.discord.views.subscriptions import answer_with_subscriptions, changeable
from bot.domain.errors import NotFound
from bot.domain.guilds import Act
from bot.domain.identity import content_id
from bot.domain.subscriptions import ChannelKind, Subscription

_COLOUR = 0x4A6FA5
Named = app_commands.Range[str, 1, 100]


async def complete_subscription(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete a subscription that one may change."""
    words, names = words_for(interaction), interaction.client.services.names
    offered = []
    for each in await changeable(interaction):
        channel = interaction.guild.get_channel_or_thread(int(each.channel_id)) if interaction.guild else None
        where = f"#{channel.name}" if channel else words("direct messages to you")
        offered.append((f"{where}: {subscription_line(each, words, names)}", each.id, ()))
    return best(current, offered)


class SubscriptionsCog(
    commands.GroupCog, name="subscriptions", description=locale_str("What comes to this server's channels, or to you.")
):
    """Subscriptions after they were made."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(name="list", description=locale_str("The subscriptions that you may change."))
    async def list_subscriptions(self, interaction: Interaction) -> None:
        """Answer with the subscriptions, what each hears of, when, and whether it is paused."""
        await take_time(interaction)
        await answer_with_subscriptions(interaction)

    @app_commands.command(name="edit", description=locale_str("Change what a subscription hears of, and when."))
    @app_commands.describe(subscription=locale_str("One of the subscriptions that you may change"))
    @app_commands.autocomplete(subscription=complete_subscription)
    async def edit(self, interaction: Interaction, subscription: Named) -> None:
        """Open the dialogue with what the subscription has."""
        await take_time(interaction)
        found = await self._chosen(interaction, subscription)
        words = words_for(interaction)
        channel = _channel_of(interaction, found)
        warnings = what_is_missing(channel, words) if channel is not None else ()
        session = content_id("panel", str(interaction.id))[:10]
        await SubscribePanel(self._services, draft_of(found), words, session=session, warnings=warnings).show(
            interaction
        )

    @app_commands.command(name="pause", description=locale_str("Stop a subscription for a while."))
    @app_commands.describe(subscription=locale_str("One of the subscriptions that you may change"))
    @app_commands.autocomplete(subscription=complete_subscription)
    async def pause(self, interaction: Interaction, subscription: Named) -> None:
        """Pause it."""
        await take_time(interaction)
        found = await self._chosen(interaction, subscription)
        await self._services.subscriber.pause(found)
        await self._note(interaction, Act.SUBSCRIPTION_PAUSED, found)
        await answer(interaction, words_for(interaction)("Paused. `/subscriptions resume` starts it again."))

    @app_commands.command(name="resume", description=locale_str("Start a paused subscription again."))
    @app_commands.describe(subscription=locale_str("One of the subscriptions that you may change"))
    @app_commands.autocomplete(subscription=complete_subscription)
    async def resume(self, interaction: Interaction, subscription: Named) -> None:
        """Resume it."""
        await take_time(interaction)
        found = await self._chosen(interaction, subscription)
        await self._services.subscriber.resume(found)
        await self._note(interaction, Act.SUBSCRIPTION_RESUMED, found)
        await answer(interaction, words_for(interaction)("It is served again."))

    @app_commands.command(name="remove", description=locale_str("End a subscription."))
    @app_commands.describe(subscription=locale_str("One of the subscriptions that you may change"))
    @app_commands.autocomplete(subscription=complete_subscription)
    async def remove(self, interaction: Interaction, subscription: Named) -> None:
        """Remove it."""
        await take_time(interaction)
        found = await self._chosen(interaction, subscription)
        await self._services.subscriber.remove(found)
        await self._note(interaction, Act.SUBSCRIPTION_REMOVED, found)
        await answer(interaction, words_for(interaction)("It is ended; what was posted stays."))

    @app_commands.command(
        name="test", description=locale_str("Show what the last 7 days would have sent, and whether I may post.")
    )
    @app_commands.describe(subscription=locale_str("One of the subscriptions that you may change"))
    @app_commands.autocomplete(subscription=complete_subscription)
    async def test(self, interaction: Interaction, subscription: Named) -> None:
        """Answer with a preview and with what keeps the bot from posting."""
        await take_time(interaction)
        words = words_for(interaction)
        found = await self._chosen(interaction, subscription)
        preview = await self._services.subscriber.preview(found.filters, guild_id=found.guild_id, mode=found.mode)
        embed = discord.Embed(title=words("Test of the subscription"), colour=_COLOUR)
        embed.add_field(
            name=words("The last 7 days would have sent"),
            value=preview_text(preview, self._services.names, words),
            inline=False,
        )
        channel = _channel_of(interaction, found)
        missing = what_is_missing(channel, words) if channel is not None else ()
        if channel is None and found.channel_kind is not ChannelKind.DIRECT:
            missing = (words("I cannot see the channel: give me View Channel."),)
        value = "\n".join(f"⚠️ {line}" for line in missing) or f"✅ {words('I may post there.')}"
        embed.add_field(
            name=words("Where"), value=f"{where_text(found.channel_kind, found.channel_id, words)}\n{value}"
        )
        await answer(interaction, embed=embed)

    async def _note(self, interaction: Interaction, act: Act, subscription: Subscription) -> None:
        await self._services.administrator.note(
            act, guild_id=subscription.guild_id, by=str(interaction.user.id), subject=subscription.channel_id
        )

    async def _chosen(self, interaction: Interaction, text: str) -> Subscription:
        """Return the subscription of this id, if whoever asks may change it. Raises NotFound otherwise."""
        for each in await changeable(interaction):
            if each.id == text.strip():
                return each
        raise NotFound(
            words_for(interaction)("there is no such subscription here; choose one from the list that appears")
        )


def _channel_of(interaction: Interaction, subscription: Subscription) -> PostingChannel | None:
    if interaction.guild is None or subscription.channel_kind is ChannelKind.DIRECT:
        return None
    channel = interaction.guild.get_channel_or_thread(int(subscription.channel_id))
    return channel if isinstance(channel, (discord.TextChannel, discord.Thread, discord.ForumChannel)) else None
