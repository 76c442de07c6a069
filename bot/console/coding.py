"""What the analyst made of a text: who said what, in a table or in lines."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.console.alerts import actor_label, attribution, print_lines, tone_style
from bot.console.explanation import show_explanation
from bot.console.inert import inert, plain
from bot.domain.actors import ActorNames
from bot.domain.analyst import Reading
from bot.domain.items import Article
from bot.domain.presentation import act_words, own_name, quotation
from bot.domain.reactions import Record, Tier

# Wider lines of prose are hard to read.
_WIDEST = 140


def show_reading(console: Console, item_id: str, article: Article, reading: Reading, names: ActorNames) -> None:
    """Print who said what in one article, in the order of the text."""
    records = sorted(reading.records, key=lambda record: (record.start, record.end))
    if not console.is_terminal:
        print_lines(console, _lines(item_id, article, reading, records, names))
        return
    console.print(_heading(item_id, article, reading), soft_wrap=True, highlight=False)
    if not records:
        console.print(Text("  nobody's reaction is told", style="dim"), highlight=False)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    table.add_column("who", ratio=2, overflow="fold")
    table.add_column("did what, to whom", ratio=3, overflow="fold")
    table.add_column("in whose words", ratio=5, overflow="fold")
    for record in records:
        table.add_row(*_row(record, names))
    console.print(table, width=min(console.width, _WIDEST), highlight=False)


def _heading(item_id: str, article: Article, reading: Reading) -> Text:
    title = plain(article.title) or plain(item_id)
    line = Text(title, style="bold")
    relevance = reading.relevance
    verdict = "relevant" if relevance.relevant else "not relevant"
    line.append(f"\n{reading.language} · {verdict}: {plain(relevance.reason)}", style="not bold dim")
    return line


def _row(record: Record, names: ActorNames) -> tuple[Text, Text, Text]:
    who = Text(actor_label(names, record.actor, own_name(record)), style="bold")
    if said_by := attribution(record):
        who.append(f"\n{said_by}", style="not bold dim")
    what = Text(act_words(record), style=tone_style(record.type.tone))
    if record.targets:
        what.append(" → ", style="dim")
        what.append(", ".join(actor_label(names, code) for code in record.targets), style="default")
    if remarks := _remarks(record):
        what.append(f"\n{remarks}", style="dim")
    quote = quotation(record.quote)
    words = Text(f"“{plain(quote)}”", style="italic") if quote else inert(record.evidence)
    return who, what, words


def _remarks(record: Record) -> str:
    remarks = []
    if record.tier is not Tier.ALERT:
        remarks.append("said indirectly")
    if record.background:
        remarks.append("earlier act")
    if record.date is not None:
        remarks.append(record.date.isoformat())
    return ", ".join(remarks)


def _lines(item_id: str, article: Article, reading: Reading, records: list[Record], names: ActorNames) -> Iterator[str]:
    verdict = "relevant" if reading.relevance.relevant else "not relevant"
    yield f"{plain(article.title) or plain(item_id)} [{reading.language}, {verdict}: {plain(reading.relevance.reason)}]"
    for record in records:
        actor = plain(names.name(record.actor, speaker=own_name(record)))
        targets = ", ".join(plain(names.name(code)) for code in record.targets)
        said_by = attribution(record)
        quote = quotation(record.quote)
        words = f"“{plain(quote)}”" if quote else plain(record.evidence)
        remarks = _remarks(record)
        yield (
            f"  {actor}{f' ({said_by})' if said_by else ''} {act_words(record)}"
            f"{f' → {targets}' if targets else ''}{f' [{remarks}]' if remarks else ''}: {words}"
        )


__all__ = ["show_explanation", "show_reading"]
