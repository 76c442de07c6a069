"""The ids that a message carries in the custom ids of its buttons: what delivery looks for after a crash.

A custom id reads `action:id:id…`; an action's first id is the alert's or digest's own.
"""

from __future__ import annotations

import discord

# The alert's, its story's, its item's.
_WHY_IDS = 3


def marks_of(message: discord.Message) -> tuple[str, ...]:
    """Return the ids that the buttons of a message carry."""
    return tuple(part for custom_id in _custom_ids(message) for part in custom_id.split(":")[1:])


def item_of(message: discord.Message) -> str | None:
    """Return the item that an alert tells, or None where the message is no alert."""
    for custom_id in _custom_ids(message):
        action, *ids = custom_id.split(":")
        if action == "why" and len(ids) == _WHY_IDS:
            return ids[-1]
    return None


def _custom_ids(message: discord.Message) -> list[str]:
    return [
        child.custom_id or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button)
    ]
