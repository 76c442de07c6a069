"""The bot's command line with Discord's address turned to a stand-in (variable STAND_IN, as host:port)."""

from __future__ import annotations

import os


def turn() -> None:
    """Turn discord.py's addresses; nothing else of it is touched."""
    import discord.gateway
    import discord.http
    import yarl

    place = os.environ["STAND_IN"]
    discord.http.Route.BASE = f"http://{place}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{place}/gateway")


# Parsing processes import this file again, under another name.
if __name__ == "__main__":
    from bot.cli import main

    turn()
    main()
