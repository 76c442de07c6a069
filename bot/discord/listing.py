"""Reactions in pages: what a question to the archive is answered with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord

from bot.discord.inert import escaped, safe_link, units
from bot.discord.rendering import NAME_LIMIT, act_text, actor_name, colour_of, said_by
from bot.discord.words import Words
from bot.domain.actors import ActorNames, flag_of
from bot.domain.alerts import Source, SourcedReaction
from bot.domain.presentation import leading_tone
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType

PAGE = 5
_QUOTE_LIMIT = 220
_OUTLETS_LINKED = 3
_DESCRIPTION_LIMIT = 4000
_CUSTOM_ID_LIMIT = 100
_PREFIX = "page"
_HOUR = 3600


def page_embed(
    title: str, reactions: tuple[SourcedReaction, ...], names: ActorNames, words: Words, *, offset: int, total: int
) -> discord.Embed:
    """Return one page of reactions, newest first."""
    blocks: list[str] = []
    room = _DESCRIPTION_LIMIT
    for sourced in reactions:
        block = reaction_block(sourced, names, words)
        room -= units(block) + 2
        if room < 0:
            break
        blocks.append(block)
    embed = discord.Embed(title=title, description="\n\n".join(blocks), colour=colour_of(leading_tone(reactions)))
    embed.set_footer(
        text=words("{first}–{last} of {total}", first=offset + 1, last=offset + len(reactions), total=total)
    )
    return embed


def reaction_block(sourced: SourcedReaction, names: ActorNames, words: Words) -> str:
    """Return a reaction in a few lines: who did what to whom, the quote, who said it, when and where it is told."""
    reaction = sourced.reaction
    name = escaped(actor_name(names, words, reaction.actor, reaction.speaker), NAME_LIMIT) or reaction.actor
    lines = [f"{flag_of(reaction.actor)} **{name}** {act_text(names, words, reaction)}".lstrip()]
    if reaction.quote:
        lines.append(f"> “{escaped(reaction.quote, _QUOTE_LIMIT)}”")
    elif reaction.evidence:
        lines.append(f"> {escaped(reaction.evidence, _QUOTE_LIMIT)}")
    if speaker := said_by(reaction):
        lines.append(f"> — {speaker}")
    lines.append(f"-# {discord.utils.format_dt(reaction.first_reported_at, 'f')} · {_outlets(sourced, words)}")
    return "\n".join(lines)


def _outlets(sourced: SourcedReaction, words: Words) -> str:
    by_outlet = {source.outlet: source for source in reversed(sourced.sources)}
    ordered = [by_outlet[outlet] for outlet in dict.fromkeys(source.outlet for source in sourced.sources)]
    shown = ", ".join(outlet_link(source) for source in ordered[:_OUTLETS_LINKED])
    more = len(sourced.reaction.outlets) - min(len(ordered), _OUTLETS_LINKED)
    if more > 0:
        return words.plural("{shown} and {number} more", "{shown} and {number} more", more, shown=shown)
    return shown or ", ".join(escaped(outlet, NAME_LIMIT) for outlet in sourced.reaction.outlets[:_OUTLETS_LINKED])


def outlet_link(source: Source) -> str:
    """Return the outlet's name, linked to the item where it has an address that may be followed."""
    name = escaped(source.outlet, NAME_LIMIT) or "…"
    link = safe_link(source.link, 400)
    if link is None:
        return name
    return f"[{name}]({link.replace('(', '%28').replace(')', '%29')})"


def encoded(query: ReactionQuery, offset: int) -> str | None:
    """Return the custom id of a page of a question, or None where the question is too long for one.

    A button holds its question, so that it works after any restart.
    """
    parts = {
        "a": ",".join(sorted(query.actors)),
        "g": ",".join(sorted(query.targets)),
        "t": ",".join(sorted(query.types)),
        "f": ",".join(sorted(query.families)),
        "l": ",".join(sorted(query.languages)),
        "o": ",".join(sorted(query.outlets)),
        "y": query.story_id or "",
        "x": query.text or "",
        "s": _hours(query.since),
        "u": _hours(query.until),
    }
    text = ";".join(f"{key}{value}" for key, value in parts.items() if value)
    custom_id = f"{_PREFIX}:{offset}:{text}"
    is_exact = not any(";" in value for value in parts.values()) and "," not in "".join(query.outlets)
    return custom_id if is_exact and units(custom_id) <= _CUSTOM_ID_LIMIT else None


def decoded(text: str) -> ReactionQuery:
    """Return the question that a button holds; its since is a little earlier than asked, by less than an hour."""
    parts = {part[0]: part[1:] for part in text.split(";") if part}

    def listed(key: str) -> frozenset[str]:
        return frozenset(filter(None, parts.get(key, "").split(",")))

    return ReactionQuery(
        actors=listed("a"),
        targets=listed("g"),
        types=frozenset(ReactionType(each) for each in listed("t")),
        families=frozenset(Family(each) for each in listed("f")),
        languages=listed("l"),
        outlets=listed("o"),
        story_id=parts.get("y") or None,
        text=parts.get("x") or None,
        since=_moment(parts.get("s")),
        until=_moment(parts.get("u")),
    )


def whole_hours(query: ReactionQuery) -> ReactionQuery:
    """Return the question as a button would hold it, so that all of its pages ask the same."""
    return replace(query, since=_moment(_hours(query.since)), until=_moment(_hours(query.until)))


def _hours(moment: datetime | None) -> str:
    return "" if moment is None else str(int(moment.timestamp()) // _HOUR)


def _moment(hours: str | None) -> datetime | None:
    return datetime.fromtimestamp(0, UTC) + timedelta(hours=int(hours)) if hours else None


def what_to_widen(query: ReactionQuery, words: Words) -> str:
    """Return what to do about a question that nothing answers."""
    wide = [
        (query.outlets, words("ask all outlets")),
        (query.languages, words("ask all languages")),
        (query.text, words("search for fewer or other words")),
        (query.targets, words("leave out the target")),
        (query.types or query.families, words("ask for all types")),
        (query.since or query.until, words("go further back")),
        (query.actors, words("ask for all actors")),
    ]
    hints = [hint for narrows, hint in wide if narrows]
    if not hints:
        return words("There is nothing in the archive yet. `/sources` shows what is being read.")
    return words("Nothing found. To widen the question: {hints}.", hints=", ".join(hints[:3]))
