"""The bot's token: whether Discord accepts it, and whose it is."""

from __future__ import annotations

import aiohttp
import discord

from bot.domain.errors import ChannelUnavailable, TokenRefused

ADVICE = "make a new one at the developer portal (Bot, Reset Token) and set COMMUNIQUE_DISCORD__TOKEN"


async def bot_of(token: str) -> str:
    """Return the name of the bot that this token belongs to.

    Raises TokenRefused when Discord does not accept it, ChannelUnavailable when Discord cannot be reached.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token.strip())
        except discord.LoginFailure:
            raise TokenRefused(f"Discord does not accept the token; {ADVICE}") from None
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            raise ChannelUnavailable(f"Discord cannot be reached ({type(error).__name__}); try again later") from None
        return str(client.user)
