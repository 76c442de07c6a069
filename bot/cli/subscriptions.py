"""Commands about subscriptions: what slash commands do, for operators and tests."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.session import fail, run, session_of
from bot.domain.reactions import Tier
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule

OPERATOR = "operator"

app = typer.Typer(help="Which channel hears of what.", no_args_is_help=True)


@app.command()
def add(
    context: typer.Context,
    channel: Annotated[str, typer.Option(help="The Discord channel's id.")],
    guild: Annotated[str, typer.Option(help="The id of its guild; needed to see that guild's own feeds.")] = "",
    kind: Annotated[ChannelKind, typer.Option(help="What sort of channel it is.")] = ChannelKind.TEXT,
    actor: Annotated[list[str] | None, typer.Option(help="Only this actor (code or name); repeatable.")] = None,
    target: Annotated[list[str] | None, typer.Option(help="Only what is aimed at this actor; repeatable.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only this reaction type; repeatable.")] = None,
    family: Annotated[list[str] | None, typer.Option(help="Only this family of types; repeatable.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only reported in this language; repeatable.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only reported by this outlet; repeatable.")] = None,
    include: Annotated[list[str] | None, typer.Option(help="Only items with this word; repeatable.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="No items with this word; repeatable.")] = None,
    tier: Annotated[
        Tier, typer.Option(help="“alert” keeps what texts say indirectly out of digests too.")
    ] = Tier.DIGEST,
    min_outlets: Annotated[int, typer.Option(help="Wait until so many outlets report it.", min=1)] = 1,
    mode: Annotated[Mode, typer.Option(help="At once, or as a digest.")] = Mode.INSTANT,
    at: Annotated[str, typer.Option(help="Local time of daily and weekly digests, HH:MM.")] = "08:00",
    timezone: Annotated[str, typer.Option(help="An IANA time zone, such as Asia/Yerevan.")] = "UTC",
) -> None:
    """Subscribe a channel."""
    session = session_of(context)
    session.log()
    if not channel.isdecimal():
        note = f"note: “{channel}” is no Discord channel's id, which is a number (right-click, Copy Channel ID)"
        print(f"{note}; Discord will refuse what is posted there", file=sys.stderr)

    async def work() -> None:
        from datetime import time

        from bot.usecases.query import actor_code, reaction_type
        from bot.usecases.query import family as family_of

        async with session.app() as opened:
            names = opened.names
            filters = Filters(
                actors=frozenset(actor_code(each, names) for each in actor or ()),
                targets=frozenset(actor_code(each, names) for each in target or ()),
                types=frozenset(reaction_type(each) for each in type_ or ()),
                families=frozenset(family_of(each) for each in family or ()),
                languages=frozenset(language or ()),
                outlets=frozenset(outlet or ()),
                include=tuple(include or ()),
                exclude=tuple(exclude or ()),
                min_outlets=min_outlets,
                tier=tier,
            )
            try:
                schedule = Schedule(timezone=timezone, at=time.fromisoformat(at))
            except ValueError:
                fail(f"--at is “{at}”; write a time as 08:00", code=2)
            made = await opened.subscriber().subscribe(
                channel_id=channel,
                guild_id=guild,
                kind=kind,
                filters=filters,
                mode=mode,
                schedule=schedule,
                by=OPERATOR,
            )
            print(made.id)

    run(work)


@app.command("list")
def list_subscriptions(context: typer.Context) -> None:
    """List all subscriptions with their filters and state."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        from bot.console.tables import show_subscriptions

        async with session.app() as opened:
            show_subscriptions(session.console, await opened.store.subscriptions(), opened.names)

    run(work)


@app.command()
def remove(
    context: typer.Context,
    subscription: Annotated[str, typer.Argument(help="The id that `subscriptions list` shows.")],
) -> None:
    """End a subscription; what it was sent stays on record."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        async with session.app() as opened:
            removed = await opened.subscriber().remove(await opened.store.subscription(subscription))
            print(f"removed: {removed.id}")

    run(work)
