"""Who may do what, and what the bot lacks where it is to post."""

from __future__ import annotations

import discord

from bot.discord.answers import Interaction
from bot.discord.words import Words
from bot.domain.subscriptions import ChannelKind, Subscription

PostingChannel = discord.TextChannel | discord.Thread | discord.ForumChannel


def may_manage(interaction: Interaction) -> bool:
    """Return whether whoever asks may manage the server, or the channel they ask in."""
    permissions = interaction.permissions
    return interaction.guild_id is not None and (permissions.manage_guild or permissions.manage_channels)


def may_correct(interaction: Interaction) -> bool:
    """Return whether whoever asks may correct what was coded: who may manage the server, or the messages here.

    A correction holds for all servers, so that the operator may say whose moderators make them.
    """
    permissions, chosen = interaction.permissions, interaction.client.services.correctors
    if interaction.guild_id is None or (chosen and str(interaction.guild_id) not in chosen):
        return False
    return permissions.manage_guild or permissions.manage_messages


def may_manage_channel(interaction: Interaction, channel: PostingChannel) -> bool:
    """Return whether whoever asks may have the bot post there."""
    if not isinstance(interaction.user, discord.Member):
        return False
    permissions = channel.permissions_for(interaction.user)
    return permissions.manage_guild or permissions.manage_channels


def may_change(interaction: Interaction, subscription: Subscription) -> bool:
    """Return whether whoever asks may change a subscription: their own direct one, or one of a server they manage."""
    if subscription.channel_kind is ChannelKind.DIRECT:
        return subscription.created_by == str(interaction.user.id)
    return subscription.guild_id == str(interaction.guild_id) and may_manage(interaction)


def kind_of(channel: PostingChannel) -> ChannelKind:
    """Return what sort of channel it is to a subscription."""
    if isinstance(channel, discord.ForumChannel):
        return ChannelKind.FORUM
    return ChannelKind.THREAD if isinstance(channel, discord.Thread) else ChannelKind.TEXT


def what_is_missing(channel: PostingChannel, words: Words) -> tuple[str, ...]:
    """Return the permissions that the bot lacks there, each with what is at stake."""
    me = channel.guild.me
    permissions = channel.permissions_for(me)
    may_send = (
        permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages
    )
    needed = (
        (permissions.view_channel, words("I cannot see the channel: give me View Channel.")),
        (may_send, words("I may not write there: give me Send Messages.")),
        (permissions.embed_links, words("Alerts would be empty: give me Embed Links.")),
        (
            permissions.read_message_history,
            words("After a crash an alert could come twice: give me Read Message History, so that I can look."),
        ),
    )
    return tuple(text for is_given, text in needed if not is_given)
