"""Commands are sent to Discord when they differ from those it has, and at no other time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
import structlog
from discord import app_commands

log = structlog.get_logger()

# What Discord adds to a command of ours.
_THEIRS = frozenset({"id", "version", "application_id", "guild_id", "default_permission", "handler", "dm_permission"})
# What Discord takes an absent key for.
_DEFAULTS: Mapping[str, Any] = {"integration_types": ["0"]}


async def synchronise(tree: app_commands.CommandTree[Any]) -> bool:
    """Send the commands to Discord unless it has just these; return whether they were sent."""
    client = tree.client
    assert client.application_id is not None
    route = discord.http.Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    # fetch_commands leaves the translations out.
    there = await client.http.request(route, params={"with_localizations": "true"})
    ours = await payload_of(tree)
    if same_commands(ours, there):
        log.info("commands are up to date", commands=len(ours))
        return False
    await tree.sync()
    log.info("commands synchronised", commands=len(ours))
    return True


async def payload_of(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Return the commands as they are sent."""
    translator = tree.translator
    commands: list[app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu] = [
        *tree.get_commands(type=discord.AppCommandType.chat_input),
        *tree.get_commands(type=discord.AppCommandType.message),
    ]
    if translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, translator) for command in commands]


def same_commands(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    """Return whether both lists describe the same commands, whatever their order and what Discord adds."""

    def by_name(commands: list[dict[str, Any]]) -> dict[tuple[Any, Any], Any]:
        return {(command.get("type", 1), command["name"]): _essence(command) for command in commands}

    return by_name(ours) == by_name(theirs)


def _essence(value: Any) -> Any:
    """Return a part of a command without what goes without saying."""
    if isinstance(value, dict):
        return {
            str(key): essence
            for key, part in value.items()
            if key not in _THEIRS
            and (essence := _essence(part)) not in (None, False, [], {}, "")
            and essence != _DEFAULTS.get(str(key))
        }
    if isinstance(value, list):
        return [_essence(part) for part in value]
    # Permissions are numbers to us and strings to Discord.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
