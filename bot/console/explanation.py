"""How the analyst read a text: what was recognised, what was coded and why, what was nearly coded and why not."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bot.analysis.explanation import Because, Explanation, Mark, MarkKind, Miss
from bot.console.alerts import actor_label, attribution, tone_style
from bot.console.inert import plain
from bot.domain.actors import ActorNames
from bot.domain.items import Article
from bot.domain.presentation import act_words, own_name

_STYLES = {
    MarkKind.MENTION: "cyan",
    MarkKind.CUE: "bold yellow",
    MarkKind.SPEAKER: "green",
    MarkKind.QUOTE: "italic",
}
# In a pipe there is no colour: the same marks in brackets.
_BRACKETS = {
    MarkKind.MENTION: ("[", "]"),
    MarkKind.CUE: ("{", "}"),
    MarkKind.SPEAKER: ("<", ">"),
    MarkKind.QUOTE: ("«", "»"),
}


def show_explanation(
    console: Console, item_id: str, article: Article, explanation: Explanation, names: ActorNames
) -> None:
    """Print the text with what was recognised in it, the records with their reasons, and the near misses."""

    def line(text: Text | str, style: str = "") -> None:
        shown = Text(text, style=style) if isinstance(text, str) else text
        console.print(shown, soft_wrap=not console.is_terminal, highlight=False)

    reading = explanation.reading
    line(plain(article.title) or plain(item_id), "bold")
    verdict = "relevant" if reading.relevance.relevant else "not relevant"
    line(f"{reading.language} · {verdict}: {plain(reading.relevance.reason)}", "dim")
    line("")
    line(_legend(colour=console.is_terminal))
    line(marked_text(explanation, colour=console.is_terminal))
    line("")
    line(f"coded: {len(explanation.because)}", "bold")
    for because in explanation.because:
        for part in _record_lines(because, names):
            line(part)
    line(f"nearly coded: {len(explanation.misses)}", "bold")
    for miss in explanation.misses:
        line(_miss_line(miss, explanation.text))
    line("")


def _legend(*, colour: bool) -> Text:
    legend = Text("", style="dim")
    for kind, (left, right) in _BRACKETS.items():
        legend.append(kind.value if colour else f"{left}{kind.value}{right}", style=_STYLES[kind] if colour else "")
        legend.append("  ")
    return legend


def marked_text(explanation: Explanation, *, colour: bool) -> Text:
    """Return the text with its marks: in colour with small labels, or in brackets."""
    events: list[tuple[int, int, int, Mark]] = []
    for mark in dict.fromkeys(explanation.marks):
        # At one place ends come before beginnings, and what is longer begins first and ends last.
        events.append((mark.start, 1, -mark.end, mark))
        events.append((mark.end, 0, -mark.start, mark))
    events.sort(key=lambda event: event[:3])
    shown, at = Text(), 0
    open_marks: list[Mark] = []
    for position, begins, _, mark in events:
        shown.append(_legible(explanation.text[at:position]), style=_style(open_marks) if colour else "")
        at = max(at, position)
        left, right = _BRACKETS[mark.kind]
        if begins:
            open_marks.append(mark)
            shown.append("" if colour else left)
        else:
            open_marks.remove(mark)
            label = "" if mark.kind is MarkKind.QUOTE else f"={plain(mark.label)}"
            shown.append(label if colour else f"{label}{right}", style="dim" if colour else "")
    shown.append(_legible(explanation.text[at:]))
    return shown


def _style(open_marks: list[Mark]) -> str:
    return " ".join(dict.fromkeys(_STYLES[mark.kind] for mark in open_marks)) if open_marks else ""


def _legible(text: str) -> str:
    """Return a piece of the text with its line ends and without what is harmful."""
    lines = text.split("\n")
    kept = [
        ("" if not line.strip() else f"{' ' * line.startswith(' ')}{plain(line)}{' ' * line.endswith(' ')}")
        for line in lines
    ]
    return "\n".join(kept) if text.strip() else ("\n" * text.count("\n") or " " * bool(text))


def _record_lines(because: Because, names: ActorNames) -> list[Text]:
    record = because.record
    head = Text("  ")
    head.append(actor_label(names, record.actor, own_name(record)), style="bold")
    head.append(f" {act_words(record)}", style=tone_style(record.type.tone))
    if record.targets:
        head.append(" → " + ", ".join(actor_label(names, code) for code in record.targets))
    if said_by := attribution(record):
        head.append(f" — {said_by}", style="dim")
    head.append(f"  [{record.tier.value}, {record.confidence:.2f}, rule {plain(record.rule)}]", style="dim")
    lines = [head, Text(f"    {plain(record.evidence)}", style="italic")]
    lines += [Text(f"    · {plain(reason)}", style="dim") for reason in because.reasons]
    return lines


def _miss_line(miss: Miss, text: str) -> Text:
    around = text[max(miss.start - 40, 0) : miss.end + 40]
    return Text.assemble(
        "  ", (plain(miss.cue), "yellow"), f": {plain(miss.reason)}", (f"  … {plain(around)} …", "dim")
    )
