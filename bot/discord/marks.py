"""The ids that a message carries in the custom ids of its buttons: what delivery looks for after a crash.

A custom id reads `action:id:id…`; an action's first id is the alert's or digest's own.
"""

from __future__ import annotations

import discord


def marks_of(message: discord.Message) -> tuple[str, ...]:
    """Return the ids that the buttons of a message carry."""
    return tuple(
        part
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button)
        for part in (child.custom_id or "").split(":")[1:]
    )
