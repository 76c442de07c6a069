"""Commands about coding: `analyze` and `lexicon`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import USED_WRONGLY, Session, fail, session_of
from bot.domain.entries import Entry
from bot.domain.errors import Invalid
from bot.domain.items import Article

if TYPE_CHECKING:
    from bot.analysis.analyst import LexiconAnalyst


# A stray byte is replaced; a file of them is a picture, or a text in another encoding.
MOST_UNREADABLE = 0.05
# Characters; a longer first line is a paragraph.
LONGEST_HEADLINE = 200


class Input(StrEnum):
    """What the files hold."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    JSONL = "jsonl"


class Form(StrEnum):
    """How readings are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


lexicon = typer.Typer(help="The packs that the analyst works by.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(analyze)


def analyze(
    context: typer.Context,
    files: Annotated[list[str] | None, typer.Argument(help="Files to read; - or nothing is standard input.")] = None,
    input_: Annotated[
        Input, typer.Option("--input", help="What the files hold; auto looks at name and content.")
    ] = Input.AUTO,
    form: Annotated[
        Form, typer.Option("--format", help="table for people, jsonl for programs (a line an item).")
    ] = Form.TABLE,
    with_text: Annotated[bool, typer.Option("--with-text", help="Also print the text that offsets count in.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was recognised, coded and nearly coded, and why.")
    ] = False,
) -> None:
    """Code texts: who did what towards whom, in whose words. Touches neither database nor network."""
    session = session_of(context)
    analyst = _analyst(session)
    articles = (article for name in files or ["-"] for article in _articles(name, input_))
    if explain:
        _explain(session, analyst, articles)
    elif form is Form.TABLE:
        _table(session, analyst, articles)
    else:
        _lines(analyst, articles, form, with_text=with_text)


@lexicon.command()
def check(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(help="A folder of packs; without one, the configured and the shipped.")
    ] = None,
) -> None:
    """Validate packs and run every entry's examples; names file and entry of what is wrong."""
    from bot.analysis.analyst import LexiconAnalyst
    from bot.lexicons import load
    from bot.lexicons.examples import failures

    session = session_of(context)
    folder = path or session.settings.analysis.lexicons
    if path is not None and not path.exists():
        fail(f"{path}: there is no such folder", code=USED_WRONGLY)
    analyst = LexiconAnalyst(load(folder, topic=session.settings.analysis.topic))
    count, wrong = failures(analyst, folder)
    for line in wrong:
        print(line)
    print(f"{count} examples run, {len(wrong)} wrong")
    raise SystemExit(1 if wrong else 0)


def _analyst(session: Session) -> LexiconAnalyst:
    from bot.app import load_analyst

    # Settings cost a third of a second to read: where there are none, there is nothing to wait for.
    named = session.config or any(name.startswith("COMMUNIQUE_") for name in os.environ) or Path("config.toml").exists()
    return load_analyst(session.settings if named else None)


def _lines(analyst: LexiconAnalyst, articles: Iterator[tuple[str, Article]], form: Form, *, with_text: bool) -> None:
    from bot.lexicons import actor_names
    from bot.usecases.export import named, reading_row

    names = actor_names().names["en"]
    write = sys.stdout.write
    rows = 0
    for item_id, article in articles:
        row = reading_row(item_id, article, analyst.read(article), with_text=with_text)
        reactions = row["reactions"]
        assert isinstance(reactions, list)
        row["reactions"] = [named(reaction, names) for reaction in reactions if isinstance(reaction, dict)]
        line = json.dumps(row, ensure_ascii=False)
        write(f"{line}\n" if form is Form.JSONL else f"{'[' if not rows else ','}\n{line}")
        rows += 1
    if form is Form.JSON:
        write("\n]\n" if rows else "[]\n")


def _table(session: Session, analyst: LexiconAnalyst, articles: Iterator[tuple[str, Article]]) -> None:
    from bot.console.coding import show_reading
    from bot.lexicons import actor_names

    names = actor_names()
    for item_id, article in articles:
        show_reading(session.console, item_id, article, analyst.read(article), names)


def _explain(session: Session, analyst: LexiconAnalyst, articles: Iterator[tuple[str, Article]]) -> None:
    from bot.console.coding import show_explanation
    from bot.lexicons import actor_names

    names = actor_names()
    for item_id, article in articles:
        show_explanation(session.console, item_id, article, analyst.explain(article), names)


def _articles(name: str, kind: Input) -> Iterator[tuple[str, Article]]:
    """Yield (id, article) of what a file holds, one at a time."""
    if name != "-" and not Path(name).is_file():
        fail(f"{name}: there is no such file", code=USED_WRONGLY)
    if kind is Input.JSONL or (kind is Input.AUTO and name.endswith((".jsonl", ".ndjson"))):
        yield from _of_jsonl(name)
        return
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    if kind is Input.AUTO:
        kind = _looks_like(name, raw)
    match kind:
        case Input.JSONL:
            yield from (_of_json(line, name, number) for number, line in enumerate(raw.splitlines(), 1) if line.strip())
        case Input.FEED:
            yield from _of_feed(name, raw)
        case Input.HTML:
            yield name, _of_html(name, raw)
        case _:
            yield name, _of_text(name, raw)


def _looks_like(name: str, raw: bytes) -> Input:
    head = raw[:2048].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or name.endswith((".html", ".htm")):
        return Input.HTML
    if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<?xml", b"jsonfeed.org")):
        return Input.FEED
    if head.startswith(b"{") and b'"title"' in head:
        return Input.JSONL
    return Input.TEXT


def _of_jsonl(name: str) -> Iterator[tuple[str, Article]]:
    with sys.stdin.buffer if name == "-" else Path(name).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _of_json(line, name, number)


def _of_json(line: bytes, name: str, number: int) -> tuple[str, Article]:
    from bot.usecases.past import read_item

    try:
        entry = read_item(json.loads(line), f"{name}:{number}").entry
    except (ValueError, Invalid) as error:
        raise Invalid(f"{name}, line {number}: is no item: {error}; an item is a JSON object with a title") from None
    return entry.guid or f"{name}:{number}", _article(entry)


def _of_feed(name: str, raw: bytes) -> Iterator[tuple[str, Article]]:
    from bot.app import utc_now
    from bot.feeds.parse import read_document
    from bot.feeds.reading import NotAFeed

    try:
        document = read_document(raw, url=f"file:{name}", content_type="", now=utc_now())
    except NotAFeed as error:
        raise Invalid(f"{name}: holds {error}; if it is something else, say so with --input") from None
    for number, entry in enumerate(document.entries, 1):
        yield entry.guid or entry.link or f"{name}:{number}", _article(entry)


def _article(entry: Entry) -> Article:
    from bot.domain.cleaning import wording

    words = wording(title=entry.title, summary=entry.summary, content=entry.content)
    return Article(
        title=words.title,
        summary=words.summary,
        content=words.content,
        language=entry.language,
        published=entry.published or entry.updated,
    )


def _of_html(name: str, raw: bytes) -> Article:
    from bot.feeds.articles import extract

    page = extract(raw, name)
    if page is None:
        raise Invalid(f"{name}: holds no article that could be found; save its text and use --input text")
    return Article(title=page.title, content=page.text, published=page.published)


def _of_text(name: str, raw: bytes) -> Article:
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").strip()
    if text.count("\ufffd") > MOST_UNREADABLE * len(text):
        raise Invalid(f"{name}: is no text in UTF-8; if it is text, convert it first: iconv -f WINDOWS-1251 -t UTF-8")
    head, _, rest = text.partition("\n")
    # A first line that stands alone and ends in no full stop is a headline.
    if (
        rest.startswith("\n")
        and rest.strip()
        and len(head) <= LONGEST_HEADLINE
        and not head.rstrip().endswith((".", "!", "”", '"', "»"))
    ):
        return Article(title=head.strip(), content=rest.strip())
    return Article(title="", content=text)
