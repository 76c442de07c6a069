"""Buttons, selects and modals; those of messages that stay are answered by their custom ids, after any restart."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord.views.correcting import WrongButton
from bot.discord.views.log import LogButton
from bot.discord.views.pages import DigestButton, PageButton
from bot.discord.views.subscriptions import ListButton
from bot.discord.views.why import WhyButton


def dynamic_items() -> tuple[type[discord.ui.DynamicItem[Any]], ...]:
    """Return the buttons that are known by their custom ids alone."""
    return (PageButton, DigestButton, WhyButton, WrongButton, LogButton, ListButton)
