"""Commands about feeds: what an operator's list holds. A guild's own list is kept by slash commands."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import FAILED, fail, run, session_of
from bot.domain.errors import CommuniqueError, Disable, Wait
from bot.domain.feeds import FeedKind

if TYPE_CHECKING:
    from bot.domain.feeds import Feed
    from bot.usecases.curate import Curator

OPERATOR = "operator"

app = typer.Typer(help="The operator's feeds: polled for everybody.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="The feed's address, title or id.")]


@app.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="A feed, or a page that offers one.")],
    title: Annotated[str, typer.Option(help="What readers know the outlet by; else the feed's own title.")] = "",
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code, where the feed does not say.")] = None,
    kind: Annotated[FeedKind, typer.Option(help="Who speaks through the outlet.")] = FeedKind.UNKNOWN,
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Take the address at its word: add it without looking whether a feed is there."),
    ] = False,
) -> None:
    """Add a feed: its address, or a newspaper's home page."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        async with session.app() as opened:
            added = await opened.curator().add(
                url, by=OPERATOR, title=title, language=language, kind=kind, look=not trust
            )
            print(f"{'added' if added.is_new else 'was there already'}: {added.feed.name} <{added.feed.url}>")
            for other in added.others:
                print(f"the page also offers: {other.title} <{other.url}>")

    run(work)


@app.command("list")
def list_feeds(context: typer.Context) -> None:
    """List all feeds with their health and next poll."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        from bot.app import utc_now
        from bot.console.tables import show_feeds

        async with session.app() as opened:
            show_feeds(session.console, await opened.store.feeds(), utc_now())

    run(work)


@app.command()
def test(
    context: typer.Context,
    feed: Annotated[str | None, typer.Argument(help="The feed's address, title or id; or any address.")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Test every feed of the list.")] = False,
) -> None:
    """Fetch a feed now, store nothing, and say what came of it."""
    if not feed and not everyone:
        fail("name a feed, or say --all", code=2)
    session = session_of(context)
    session.log(default="error")

    async def work() -> bool:
        async with session.app() as opened:
            curator = opened.curator()
            wanted = list(await opened.store.feeds()) if everyone else [await _named_or_new(curator, str(feed))]
            # All at once, as they are polled, and told in the order of the list.
            asked = [asyncio.ensure_future(_tested(curator, each)) for each in wanted]
            answer = 0
            for each in asked:
                well, told = await each
                answer += well
                print(told, flush=True)
            if everyone:
                print(f"{answer} of {len(wanted)} feeds answer")
            return answer == len(wanted)

    if not run(work):
        raise SystemExit(FAILED)


@app.command()
def pause(context: typer.Context, feed: Named) -> None:
    """Stop polling a feed."""
    _change(context, feed, "pause")


@app.command()
def resume(context: typer.Context, feed: Named) -> None:
    """Poll a feed again, at once."""
    _change(context, feed, "resume")


@app.command()
def remove(context: typer.Context, feed: Named) -> None:
    """Take a feed off the list; what it brought stays."""
    _change(context, feed, "remove")


@app.command("import")
def import_feeds(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="An OPML file.")] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help="The curated starter list of this release.")] = False,
) -> None:
    """Add all feeds of an OPML file, or the curated starter list, without asking their servers first."""
    from bot.feeds.defaults import default_feeds
    from bot.feeds.opml import read_opml

    if defaults == bool(file):
        fail("name an OPML file, or say --defaults", code=2)
    session = session_of(context)
    session.log()
    if file is not None and not file.is_file():
        fail(f"{file}: there is no such file", code=2)
    listed = default_feeds() if file is None else read_opml(file.read_bytes())

    async def work() -> None:
        async with session.app() as opened:
            curator = opened.curator()
            new = 0
            for each in listed:
                try:
                    added = await curator.add(
                        each.url,
                        by=OPERATOR,
                        title=each.title,
                        language=each.language,
                        kind=each.kind,
                        homepage=each.homepage,
                        look=False,
                    )
                    new += added.is_new
                except CommuniqueError as error:
                    print(f"communique: left out: {error}", file=sys.stderr)
            print(f"{len(listed)} feeds listed, {new} of them new")

    run(work)


@app.command("export")
def export_feeds(context: typer.Context) -> None:
    """Print the list as OPML."""
    session = session_of(context)
    session.log()

    async def work() -> None:
        from bot.app import utc_now
        from bot.feeds.opml import write_opml

        async with session.app() as opened:
            print(write_opml(await opened.store.feeds(), title="communiqué", created=utc_now()))

    run(work)


def _change(context: typer.Context, name: str, verb: str) -> None:
    session = session_of(context)
    session.log()

    async def work() -> None:
        async with session.app() as opened:
            curator = opened.curator()
            feed = await curator.find(name)
            await getattr(curator, verb)(feed)
            print(f"{verb}d: {feed.name} <{feed.url}>")

    run(work)


async def _named_or_new(curator: Curator, name: str) -> Feed:
    from bot.domain.errors import NotFound

    try:
        return await curator.find(name)
    except NotFound:
        return curator.unlisted(name)


async def _tested(curator: Curator, feed: Feed) -> tuple[bool, str]:
    """Return whether a feed answers, and a line that tells what came of asking it."""
    try:
        fetched = await curator.test(feed)
    except (Wait, Disable) as error:
        return False, f"✗ {feed.name}: {error}"
    entries = fetched.document.entries if fetched.document else ()
    newest = max((entry.published for entry in entries if entry.published), default=None)
    dated = f", the newest of {newest:%Y-%m-%d %H:%M} UTC" if newest else ", undated" if entries else ""
    count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
    return True, f"✓ {feed.name}: {count}{dated}; answered in {fetched.latency:.1f} s"
