"""The bot's command line with Discord's address turned to a stand-in (variable STAND_IN, as host:port).

STAND_IN_LEASE, in seconds, shortens the leases, for tests that have to outlast one.
"""

from __future__ import annotations

import os
from datetime import timedelta


def turn() -> None:
    """Turn discord.py's addresses; nothing else of it is touched."""
    import discord.gateway
    import discord.http
    import yarl

    place = os.environ["STAND_IN"]
    discord.http.Route.BASE = f"http://{place}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{place}/gateway")


def shorten() -> None:
    """Shorten the leases."""
    if seconds := os.environ.get("STAND_IN_LEASE"):
        from bot.discord.poster import DiscordMessenger
        from bot.usecases import deliver, poll

        deliver.LEASE = poll.LEASE = timedelta(seconds=float(seconds))
        # As it is outside of tests: an answer is awaited for three quarters of a lease.
        DiscordMessenger.__init__.__kwdefaults__["answer_within"] = 0.75 * deliver.LEASE


# Parsing processes import this file again, under another name.
if __name__ == "__main__":
    from bot.cli import main

    turn()
    shorten()
    main()
