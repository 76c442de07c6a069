"""Lists for operators: tables on a terminal, tab-separated lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.console.alerts import print_lines
from bot.console.inert import inert, plain
from bot.domain.actors import ActorNames
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.presentation import FAMILY_WORDS, KIND_WORDS, TYPE_WORDS
from bot.domain.reactions import Tier
from bot.domain.subscriptions import Filters, Mode, Subscription, SubscriptionStatus
from bot.usecases.ports import Tally

_GOOD, _BAD, _STILL = "green", "red", "yellow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that `check` looked at: whether it is good, and in words what is so or what to do."""

    subject: str
    good: bool
    text: str


def show_rows(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, empty: str) -> None:
    """Print rows under their columns; in a pipe, tab-separated with the columns first."""
    listed = [tuple(cell if isinstance(cell, Text) else inert(cell) for cell in row) for row in rows]
    if not console.is_terminal:
        print_lines(console, ["\t".join(columns), *("\t".join(cell.plain for cell in row) for row in listed)])
        return
    if not listed:
        print_lines(console, [empty])
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in listed:
        table.add_row(*row)
    console.print(table, highlight=False)


def show_feeds(console: Console, feeds: Sequence[Feed], now: datetime) -> None:
    """Print feeds with their health and next poll; on a terminal the address stands below the name."""
    empty = "no feeds yet: communique feeds add URL, or feeds import --defaults"
    columns = ("outlet", "kind", "language", "health", "next poll", "every", "answers in", "items")
    if console.is_terminal:
        show_rows(console, columns, [(_name_and_address(f), *_feed_cells(f, now)) for f in feeds], empty=empty)
    else:
        show_rows(console, (*columns, "address"), [(f.name, *_feed_cells(f, now), f.url) for f in feeds], empty=empty)


def _name_and_address(feed: Feed) -> Text:
    return Text.assemble((plain(feed.name), "bold"), "\n", (plain(feed.url), "dim"))


def _feed_cells(feed: Feed, now: datetime) -> tuple[str | Text, ...]:
    health, answers_in = _health(feed, now), "" if feed.latency is None else f"{feed.latency:.1f} s"
    next_poll, every = _next_poll(feed, now), span(feed.interval)
    return (_kind(feed), feed.language or "", health, next_poll, every, answers_in, str(feed.items_seen))


def _kind(feed: Feed) -> str:
    return KIND_WORDS[feed.kind]


def _health(feed: Feed, now: datetime) -> Text:
    if feed.status is not FeedStatus.ACTIVE:
        return Text(feed.status.value, style=_STILL)
    if feed.failures:
        since = f" for {span(now - feed.failing_since)}" if feed.failing_since else ""
        return Text(f"failing{since}: {plain(feed.last_error or 'no reason given')}", style=_BAD)
    if feed.last_success_at is None:
        return Text("not polled yet", style=_STILL)
    newest = f", new item {ago(feed.last_new_item_at, now)}" if feed.last_new_item_at else ""
    return Text(f"well, polled {ago(feed.last_success_at, now)}{newest}", style=_GOOD)


def _next_poll(feed: Feed, now: datetime) -> str:
    if feed.status is not FeedStatus.ACTIVE:
        return ""
    return "now" if feed.next_poll_at <= now else f"in {span(feed.next_poll_at - now)}"


def show_subscriptions(console: Console, subscriptions: Sequence[Subscription], names: ActorNames) -> None:
    """Print subscriptions with their filters and state."""
    rows = (
        (
            s.id,
            f"{s.channel_kind.value} {s.channel_id}",
            s.guild_id,
            _mode(s),
            filters_in_words(s.filters, names),
            _state(s),
        )
        for s in subscriptions
    )
    columns = ("id", "channel", "guild", "mode", "hears of", "state")
    show_rows(console, columns, rows, empty="no subscriptions yet: communique subscriptions add --channel ID")


def _mode(subscription: Subscription) -> str:
    schedule = subscription.schedule
    match subscription.mode:
        case Mode.INSTANT:
            return "at once"
        case Mode.HOURLY:
            return "hourly"
        case Mode.DAILY:
            return f"daily at {schedule.at:%H:%M} {schedule.timezone}"
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[schedule.weekday]
    return f"{weekday}s at {schedule.at:%H:%M} {schedule.timezone}"


def _state(subscription: Subscription) -> Text:
    if subscription.status is SubscriptionStatus.ACTIVE:
        return Text("active", style=_GOOD)
    reason = f": {plain(subscription.paused_reason)}" if subscription.paused_reason else ""
    return Text(f"{subscription.status.value}{reason}", style=_STILL)


def filters_in_words(filters: Filters, names: ActorNames) -> str:
    """Return what the filters let through, in words."""
    types = [TYPE_WORDS[kind] for kind in sorted(filters.types)] + [FAMILY_WORDS[f] for f in sorted(filters.families)]
    parts = (
        ("actors", [names.name(code) for code in sorted(filters.actors)]),
        ("towards", [names.name(code) for code in sorted(filters.targets)]),
        ("types", types),
        ("languages", sorted(filters.languages)),
        ("outlets", sorted(filters.outlets)),
        ("with", list(filters.include)),
        ("without", list(filters.exclude)),
        ("outlets at least", [str(filters.min_outlets)] if filters.min_outlets > 1 else []),
        ("said", ["directly"] if filters.tier is Tier.ALERT else []),
    )
    return "; ".join(f"{label}: {', '.join(values)}" for label, values in parts if values) or "everything"


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print what `check` found, a line each."""
    for finding in findings:
        mark = Text("✓ ", style=_GOOD) if finding.good else Text("✗ ", style=_BAD)
        line = Text.assemble(mark, (finding.subject, "bold"), ": ", inert(finding.text))
        console.print(line, soft_wrap=True, highlight=False)


def show_tally(console: Console, tally: Tally, now: datetime) -> None:
    """Print how the bot is doing."""
    waiting = str(tally.alerts_waiting)
    if tally.oldest_waiting_since is not None:
        waiting += f", the oldest for {span(now - tally.oldest_waiting_since)}"
    rows: tuple[tuple[str, str], ...] = (
        ("feeds", f"{tally.feeds_active} active, {tally.feeds_failing} failing"),
        ("subscriptions", str(tally.subscriptions)),
        ("items", f"{tally.items}, {tally.relevant_items} of them relevant"),
        ("stories", str(tally.stories)),
        ("reactions", str(tally.reactions)),
        ("alerts waiting", waiting),
        ("alerts posted", str(tally.alerts_posted)),
        ("schema", tally.schema_revision),
    )
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        console.print(Text.assemble((label.ljust(width + 2), "bold"), value), soft_wrap=True, highlight=False)


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago a time was."""
    return f"{span(now - moment)} ago"


def span(length: timedelta) -> str:
    """Return a duration in its largest whole unit."""
    seconds = max(int(length.total_seconds()), 0)
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
