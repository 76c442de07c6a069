"""The subscriptions that somebody may change, in pages whose buttons work after any restart."""

from __future__ import annotations

import discord

from bot.discord.answers import Interaction, answer, words_for
from bot.discord.drafts import filters_text, when_text, where_text
from bot.discord.inert import escaped
from bot.discord.permissions import may_change
from bot.discord.reasons import told
from bot.discord.services import Services
from bot.discord.views.lasting import TurningButton, turning
from bot.discord.words import Words
from bot.domain.subscriptions import Subscription, SubscriptionStatus

# So many as an embed of 6,000 characters holds, whatever their filters.
PAGE = 6
_HEADING_LIMIT = 200
_VALUE_LIMIT = 750
_COLOUR = 0x4A6FA5


class ListButton(TurningButton, template=r"subscriptions:(?P<offset>\d{1,6})"):
    """Shows another page of the list in the same message."""

    async def page(self, interaction: Interaction, offset: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page, and the buttons to its neighbours."""
        return await _page(interaction, offset)


async def changeable(interaction: Interaction) -> tuple[Subscription, ...]:
    """Return the subscriptions that whoever asks may change."""
    store = interaction.client.services.subscriptions
    guild = await store.subscriptions(guild_id=str(interaction.guild_id)) if interaction.guild_id else ()
    direct = await store.subscriptions(guild_id="", created_by=str(interaction.user.id))
    return tuple(each for each in (*guild, *direct) if may_change(interaction, each))


async def answer_with_subscriptions(interaction: Interaction) -> None:
    """Answer with the first page of the list."""
    embed, view = await _page(interaction, 0)
    if not embed.fields:
        await answer(interaction, words_for(interaction)("No subscriptions yet. `/subscribe` makes one."))
    else:
        await answer(interaction, embed=embed, view=view)


async def _page(interaction: Interaction, offset: int) -> tuple[discord.Embed, discord.ui.View | None]:
    words, services = words_for(interaction), interaction.client.services
    found = await changeable(interaction)
    # Some may have been ended since the button was made.
    offset = min(offset, max((len(found) - 1) // PAGE * PAGE, 0))
    shown = found[offset : offset + PAGE]
    embed = discord.Embed(title=words("Subscriptions"), colour=_COLOUR)
    for each in shown:
        embed.add_field(name=_heading(each, words), value=_value(each, services, words), inline=False)
    view = turning(lambda target: f"subscriptions:{target}", ListButton, offset=offset, page=PAGE, total=len(found))
    if view is None:
        embed.set_footer(text=words.plural("{number} subscription", "{number} subscriptions", len(found)))
    else:
        place = words("{first}–{last} of {total}", first=offset + 1, last=offset + len(shown), total=len(found))
        embed.set_footer(text=place)
    return embed, view


def _heading(subscription: Subscription, words: Words) -> str:
    state = "▶️" if subscription.status is SubscriptionStatus.ACTIVE else "⏸️"
    return f"{state} {when_text(subscription.mode, subscription.schedule, words)}"[:_HEADING_LIMIT]


def _value(subscription: Subscription, services: Services, words: Words) -> str:
    lines = [
        where_text(subscription.channel_kind, subscription.channel_id, words),
        filters_text(subscription.filters, services.names, words),
    ]
    if subscription.paused_reason and subscription.status is SubscriptionStatus.PAUSED:
        lines.append(
            words("paused: {reason}", reason=escaped(told(subscription.paused_reason, services.names, words), 200))
        )
    text = "\n".join(lines)
    return text if len(text) <= _VALUE_LIMIT else f"{text[: _VALUE_LIMIT - 1]}…"
