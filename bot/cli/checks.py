"""What `check` looks at: each part of a working bot, and what to do where one does not work."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.cli.session import Session
from bot.console.tables import Finding
from bot.domain.errors import CommuniqueError


async def findings(session: Session) -> tuple[Finding, ...]:
    """Return what was found, part by part; a later part is looked at even where an earlier one is broken."""
    return tuple([finding async for finding in _look(session)])


async def _look(session: Session) -> AsyncIterator[Finding]:
    try:
        settings = session.settings
    except CommuniqueError as error:
        yield Finding(subject="configuration", good=False, text=str(error))
        return
    from bot.config import config_in_use

    used = config_in_use(session.config)
    yield Finding(subject="configuration", good=True, text=f"read from {used}" if used else "no file; defaults hold")
    yield await _database(session)
    yield _lexicons(session)
    token = settings.discord.token
    if token is None:
        text = "no token: alerts go to the terminal; set COMMUNIQUE_DISCORD__TOKEN to post them"
        yield Finding(subject="Discord", good=True, text=text)
        return
    yield await _discord(token.get_secret_value())


async def _database(session: Session) -> Finding:
    from bot.app import utc_now

    try:
        async with session.app() as app:
            tally = await app.store.tally(utc_now())
    except CommuniqueError as error:
        return Finding(subject="database", good=False, text=str(error))
    feeds = f"{tally.feeds_active} active feeds"
    hint = "" if tally.feeds_active else "; add some: communique feeds import --defaults"
    return Finding(subject="database", good=True, text=f"schema {tally.schema_revision}, {feeds}{hint}")


def _lexicons(session: Session) -> Finding:
    from bot.app import load_analyst

    try:
        load_analyst(session.settings)
    except CommuniqueError as error:
        return Finding(subject="lexicons", good=False, text=str(error))
    own = session.settings.analysis.lexicons
    return Finding(subject="lexicons", good=True, text=f"shipped packs and {own}" if own else "shipped packs")


async def _discord(token: str) -> Finding:
    from bot.discord.token import bot_of

    try:
        return Finding(subject="Discord", good=True, text=f"the token is {await bot_of(token)}'s")
    except CommuniqueError as error:
        return Finding(subject="Discord", good=False, text=str(error))
