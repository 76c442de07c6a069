"""What Discord answers, translated once into what the caller does next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.domain.errors import ChannelRefused, ChannelUnavailable, CommuniqueError, NotFound, PostUncertain, TokenRefused

LOGIN_REFUSED = (
    "Discord does not accept the token: copy it again (or reset it) in the developer portal under Bot, and set"
    " COMMUNIQUE_DISCORD__TOKEN"
)

UNKNOWN_MESSAGE = 10008
INVALID_FORM = 50035
THREAD_EXISTS = 160004
_TOO_MANY_EDITS = 30046
_SERVER_ERRORS = range(500, 600)

# Codes by which Discord says that this channel will not take messages from us until somebody acts.
_REFUSALS = {
    10003: "the channel is gone",
    10004: "the server is gone, or the bot was removed from it",
    10013: "the user is unknown",
    20026: "Discord has put the bot in quarantine",
    40001: "the bot is not authorised",
    40067: "the forum asks for a tag that the bot does not know",
    50001: "the bot cannot see the channel: give it View Channel",
    50007: "the user takes no direct messages from the bot",
    50008: "no messages can be sent to this kind of channel",
    50013: "the bot lacks a permission: give it Send Messages, Embed Links and, in threads, Send Messages in Threads",
    50083: "the thread is archived",
    160005: "the thread is locked",
    240000: "Discord's content filter of this server blocks the message",
    200000: "the server's AutoMod blocks the message",
    200001: "the server's AutoMod blocks the title",
}

# A request that left the process and whose answer did not arrive.
_LOST = (aiohttp.ClientError, OSError, TimeoutError)
# An answer of 200 that is no message: cut JSON (a ValueError), or a proxy's page, which discord.py takes for one.
_UNREADABLE = (ValueError, TypeError, KeyError)


@contextmanager
def sending(what: str) -> Iterator[None]:
    """Translate the errors of a call that makes a message, which may have been made whatever went wrong."""
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        # No connection was made, so nothing was sent.
        raise ChannelUnavailable(f"Discord cannot be reached for {what}: {error}") from error
    except (*_LOST, *_UNREADABLE) as error:
        raise PostUncertain(f"Discord's answer to {what} was lost: {_said(error)}") from error
    except (discord.HTTPException, discord.RateLimited) as error:
        if isinstance(error, discord.HTTPException) and error.status >= _SERVER_ERRORS.start:
            # Discord has been known to answer 5xx after it did the thing.
            raise PostUncertain(f"Discord answered {error.status} to {what}; it may be there all the same") from error
        raise _translated(error, what) from error


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Translate the errors of a call that changes nothing, or that may be made again without harm."""
    try:
        yield
    except (*_LOST, *_UNREADABLE) as error:
        raise ChannelUnavailable(f"Discord cannot be reached for {what}: {_said(error)}") from error
    except (discord.HTTPException, discord.RateLimited) as error:
        raise _translated(error, what) from error


def _said(error: Exception) -> str:
    # Some errors of the network say nothing but what they are.
    return str(error) or type(error).__name__


def _translated(error: discord.HTTPException | discord.RateLimited, what: str) -> CommuniqueError:
    if isinstance(error, discord.RateLimited):
        wait = timedelta(seconds=error.retry_after)
        return ChannelUnavailable(f"Discord asks to wait with {what}", retry_after=wait)
    if error.status == 401:  # noqa: PLR2004 - HTTP's own number
        return TokenRefused(LOGIN_REFUSED)
    if error.code == UNKNOWN_MESSAGE:
        return NotFound(f"the message of {what} was deleted")
    if error.status in {429, *_SERVER_ERRORS} or error.code == _TOO_MANY_EDITS:
        return ChannelUnavailable(f"Discord asks to wait with {what} ({error.status})", retry_after=_retry_after(error))
    reason = _REFUSALS.get(error.code)
    if reason is None and error.status not in {403, 404}:
        # A form that Discord refuses is a bug of ours, yet the channel must not be blocked by one message for ever.
        return ChannelRefused(f"Discord refused {what}: {error}")
    return ChannelRefused(f"Discord refused {what}: {reason or error}")


def _retry_after(error: discord.HTTPException) -> timedelta | None:
    text = error.response.headers.get("Retry-After", "")
    try:
        return timedelta(seconds=min(float(text), 3600.0))
    except ValueError:
        return None
