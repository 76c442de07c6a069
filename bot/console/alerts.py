"""An alert and a digest as a terminal shows them, and as a pipe gets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.console.inert import inert, plain
from bot.domain.actors import ActorNames, flag_of
from bot.domain.alerts import AlertMessage, SourcedReaction
from bot.domain.digests import Edition, Mover
from bot.domain.presentation import (
    KIND_WORDS,
    act_words,
    acts_of,
    attribution_of,
    by_actor,
    further_outlets,
    leading_tone,
    own_name,
    quote_in,
    source_in,
)
from bot.domain.reactions import Reaction, Record

# From hostile to cooperative, told apart by readers who see no red or no green.
_TONE_STYLES = {-4: "red3", -3: "red1", -2: "dark_orange", -1: "gold3", 0: "grey62", 1: "sky_blue2"}
_COOPERATIVE = "dodger_blue2"
_WIDEST = 100


def tone_style(tone: int) -> str:
    """Return the colour that stands for a tone."""
    return _TONE_STYLES.get(tone, _COOPERATIVE)


def when(moment: datetime, now: datetime) -> str:
    """Return the time in UTC, without the day when that is today."""
    return f"{moment:%H:%M} UTC" if moment.date() == now.date() else f"{moment:%Y-%m-%d %H:%M} UTC"


def actor_label(names: ActorNames, code: str, speaker: str | None = None) -> str:
    """Return flag and name."""
    name = plain(names.name(code, speaker=speaker))
    flag = flag_of(code)
    return f"{flag} {name}" if flag else name


def attribution(reaction: Reaction | Record) -> str:
    """Return who spoke and as what, or "" where the text names nobody besides the actor."""
    return ", ".join(map(plain, attribution_of(reaction)))


def act_line(names: ActorNames, reaction: Reaction) -> Text:
    """Return the type in words, in the colour of its tone, and whom it is aimed at."""
    line = Text(act_words(reaction), style=f"bold {tone_style(reaction.type.tone)}")
    if reaction.targets:
        line.append(" → ", style="dim")
        line.append(", ".join(actor_label(names, code) for code in reaction.targets), style="not bold default")
    return line


def alert_panel(message: AlertMessage, names: ActorNames, now: datetime) -> RenderableType:
    """Return the alert as a panel, its frame in the colour of the tone that stands out."""
    item = message.item
    parts: list[RenderableType] = [inert(item.title, "bold"), Text()]
    told = {item.title}
    for group in by_actor(message.reactions):
        parts.extend(_actor_part(group, names, item.id, told))
    others = further_outlets(message)
    if others:
        parts.append(Text("also reported by " + ", ".join(map(plain, others)), style="dim"))
    if item.link:
        parts.append(Text(plain(item.link), style="dim underline", overflow="fold"))
    kind = KIND_WORDS[message.kind]
    outlet = plain(item.outlet) + (f" ({kind})" if kind else "")
    return Panel(
        Group(*parts),
        title=Text(outlet, style="bold"),
        title_align="left",
        subtitle=Text(when(item.published, now), style="dim"),
        subtitle_align="right",
        border_style=tone_style(leading_tone(message.reactions)),
        padding=(0, 1),
        width=None,
    )


def _actor_part(
    group: tuple[SourcedReaction, ...], names: ActorNames, item_id: str, told: set[str]
) -> Iterator[RenderableType]:
    first = group[0].reaction
    heading = Text(actor_label(names, first.actor, own_name(first)), style="bold")
    for position, sourced in enumerate(group):
        lead = heading if position == 0 else Text("   and")
        yield Text.assemble(lead, " ", act_line(names, sourced.reaction))
        words = _words(sourced, item_id, told)
        if words is not None:
            yield Padding(words, (0, 0, 0, 3))
    yield Text()


def _words(sourced: SourcedReaction, item_id: str, told: set[str]) -> Text | None:
    """Return the quote, or the evidence where there is none, and who said it; nothing that was told already."""
    quoted = quote_in(sourced, item_id)
    source = source_in(sourced, item_id)
    text = quoted or (source.evidence if source else "") or sourced.reaction.evidence
    words = Text()
    if text and not any(text in earlier for earlier in told):
        told.add(text)
        words.append(f"“{plain(text)}”" if quoted else plain(text), style="italic" if quoted else "")
    said_by = attribution(sourced.reaction)
    if said_by and (words or said_by not in told):
        told.add(said_by)
        words.append(f"{' ' if words else ''}— {said_by}", style="dim")
    return words or None


def alert_lines(message: AlertMessage, names: ActorNames, now: datetime) -> Iterator[str]:
    """Yield the alert as plain lines, for a pipe or a log file."""
    item = message.item
    kind = KIND_WORDS[message.kind]
    yield f"{when(item.published, now)}  {plain(item.outlet)}{f' ({kind})' if kind else ''}: {plain(item.title)}"
    told = {item.title}
    for group in by_actor(message.reactions):
        for sourced in group:
            reaction = sourced.reaction
            actor = plain(names.name(reaction.actor, speaker=own_name(reaction)))
            words = _words(sourced, item.id, told)
            yield f"  {actor} {plain_act(names, reaction)}{_joined(words)}"
    if others := further_outlets(message):
        yield "  also reported by " + ", ".join(map(plain, others))
    if item.link:
        yield "  " + plain(item.link)


def _joined(words: Text | None) -> str:
    if words is None:
        return ""
    return f" {words.plain}" if words.plain.startswith("—") else f": {words.plain}"


def plain_act(names: ActorNames, reaction: Reaction) -> str:
    """Return type and targets in words, without flags or colour."""
    targets = ", ".join(plain(names.name(code)) for code in reaction.targets)
    return act_words(reaction) + (f" → {targets}" if targets else "")


def show_alert(console: Console, message: AlertMessage, names: ActorNames, now: datetime) -> None:
    """Print the alert."""
    if console.is_terminal:
        panel = alert_panel(message, names, now)
        console.print(panel, width=min(console.width, _WIDEST), highlight=False)
        return
    print_lines(console, alert_lines(message, names, now))


def show_further_reports(console: Console, message: AlertMessage) -> None:
    """Print the one line that tells what is new about an alert printed earlier."""
    if message.item.withdrawn:
        news = f"corrected or taken back by {plain(message.item.outlet)}"
    else:
        news = "also reported by " + ", ".join(map(plain, further_outlets(message)))
    line = f"↻ {news}: {plain(message.item.title)}"
    if console.is_terminal:
        console.print(Text(line, style="dim"), highlight=False)
    else:
        print_lines(console, [line])


def print_lines(console: Console, lines: Iterator[str] | list[str]) -> None:
    """Print lines as they are: neither wrapped, nor marked up, nor coloured."""
    for line in lines:
        # Past rich, which widens tabs.
        console.file.write(line + "\n")


def show_digest(console: Console, edition: Edition, names: ActorNames, now: datetime) -> None:
    """Print the digest: its numbers, each actor's new reactions with the best quote, and who moved."""
    if console.is_terminal:
        panel = digest_panel(edition, names, now)
        console.print(panel, width=min(console.width, _WIDEST), highlight=False)
        return
    print_lines(console, digest_lines(edition, names, now))


def digest_panel(edition: Edition, names: ActorNames, now: datetime) -> RenderableType:
    """Return the digest as a panel."""
    parts: list[RenderableType] = [Text(numbers_line(edition), style="bold"), Text()]
    for group in by_actor(edition.reactions):
        first = group[0].reaction
        parts.append(Text(actor_label(names, first.actor, own_name(first)), style="bold"))
        for act in acts_of(group):
            line = Text.assemble("   ", act_line(names, act.reaction))
            line.append(f"  {counted(act.outlets, 'outlet')}", style="dim")
            parts.append(line)
            if act.quote:
                parts.append(Padding(Text(f"“{plain(act.quote)}”", style="italic"), (0, 0, 0, 5)))
        parts.append(Text())
    parts.extend(inert(mover_line(mover, names), "bold") for mover in edition.movers)
    title = f"Digest · {when(edition.digest.since, now)} to {when(edition.digest.until, now)}"
    return Panel(Group(*parts), title=Text(title, style="bold"), title_align="left", padding=(0, 1))


def digest_lines(edition: Edition, names: ActorNames, now: datetime) -> Iterator[str]:
    """Yield the digest as plain lines."""
    yield f"Digest, {when(edition.digest.since, now)} to {when(edition.digest.until, now)}: {numbers_line(edition)}"
    for group in by_actor(edition.reactions):
        for act in acts_of(group):
            actor = plain(names.name(act.reaction.actor, speaker=own_name(act.reaction)))
            yield f"  {actor} {plain_act(names, act.reaction)} ({counted(act.outlets, 'outlet')})"
            if act.quote:
                yield f"    “{plain(act.quote)}”"
    for mover in edition.movers:
        yield "  " + mover_line(mover, names)


def numbers_line(edition: Edition) -> str:
    """Return the digest's headline numbers."""
    counts = (
        (len(edition.reactions), "reaction"),
        (len(by_actor(edition.reactions)), "actor"),
        (edition.stories, "story"),
        (edition.outlets, "outlet"),
    )
    return " · ".join(counted(number, noun) for number, noun in counts)


def counted(number: int, noun: str) -> str:
    """Return the number with its noun in the right number."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def mover_line(mover: Mover, names: ActorNames) -> str:
    """Return in words which way an actor's tone went."""
    direction = "hardened" if mover.now < mover.before else "softened"
    return f"{names.name(mover.actor)} {direction}: {mover.before:+.1f} → {mover.now:+.1f}"
