"""What a poll came to, feed by feed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.console.alerts import counted
from bot.console.inert import plain
from bot.usecases.poll import Outcome


def show_outcomes(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print a line for each feed, those with an error last, and the sum."""
    for outcome in sorted(outcomes, key=lambda each: (each.error is not None, each.feed.name.casefold())):
        console.print(_line(outcome), soft_wrap=True, highlight=False)
    if len(outcomes) != 1:
        items = sum(outcome.new_items for outcome in outcomes)
        reactions = sum(outcome.reactions for outcome in outcomes)
        failed = sum(outcome.error is not None for outcome in outcomes)
        parts = [counted(len(outcomes), "feed"), counted(items, "new item"), counted(reactions, "reaction")]
        text = ", ".join(parts) + (f"; {counted(failed, 'feed')} failed, the others are unharmed" if failed else "")
        console.print(Text(text, style="bold"), soft_wrap=True, highlight=False)


def _line(outcome: Outcome) -> Text:
    name = plain(outcome.feed.name)
    if outcome.error is not None:
        return Text.assemble(("✗ ", "red"), name, ": ", (plain(outcome.error), "red"))
    if outcome.unchanged:
        return Text.assemble(("✓ ", "green"), name, (": nothing changed", "dim"))
    parts = [counted(outcome.new_items, "new item")]
    if outcome.new_items:
        parts.append(f"{outcome.relevant_items} relevant")
    if outcome.reactions:
        parts.append(counted(outcome.reactions, "reaction"))
    if outcome.alerts:
        parts.append(counted(outcome.alerts, "alert"))
    return Text.assemble(("✓ ", "green"), name, ": ", ", ".join(parts))
