"""Reactions in pages: what a question to the archive is answered with."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.discord.inert import escaped, linked, units
from bot.discord.rendering import NAME_LIMIT, act_text, actor_name, colour_of, said_by
from bot.discord.words import Words
from bot.domain.actors import ActorNames, flag_of
from bot.domain.alerts import Source, SourcedReaction
from bot.domain.presentation import leading_tone, own_name, quotation
from bot.domain.queries import ReactionQuery

PAGE = 5
# More than this are not counted, nor turned to page by page.
COUNTED = 1000
_QUOTE_LIMIT = 220
_OUTLETS_LINKED = 3
_DESCRIPTION_LIMIT = 4000


def page_embed(
    title: str,
    reactions: tuple[SourcedReaction, ...],
    names: ActorNames,
    words: Words,
    *,
    offset: int,
    total: int,
    reached: datetime | None = None,
) -> discord.Embed:
    """Return one page of reactions, newest first; `reached` is how far back was looked, where that was not all."""
    blocks: list[str] = []
    room = _DESCRIPTION_LIMIT
    for sourced in reactions:
        block = reaction_block(sourced, names, words)
        room -= units(block) + 2
        if room < 0:
            break
        blocks.append(block)
    embed = discord.Embed(title=title, description="\n\n".join(blocks), colour=colour_of(leading_tone(reactions)))
    shown = {"first": offset + 1, "last": offset + len(reactions), "total": min(total, COUNTED)}
    notes = []
    if total > COUNTED:
        notes.append(words("{first}–{last} of more than {total}", **shown))
    elif total:
        notes.append(words("{first}–{last} of {total}", **shown))
    if reached is not None:
        notes.append(looked_back(reached, words))
    return embed.set_footer(text=" · ".join(notes) or None)


def reached_by(near: ReactionQuery, asked: ReactionQuery) -> datetime | None:
    """Return how far back was looked for a question, where that was not all that was asked."""
    return near.since if near.since != asked.since else None


def looked_back(reached: datetime, words: Words) -> str:
    """Return the note that what is older was not looked at, and how to come by it."""
    return words("looked back to {day}; ask for what was before with `until`", day=f"{reached:%Y-%m-%d}")


def reaction_block(sourced: SourcedReaction, names: ActorNames, words: Words) -> str:
    """Return a reaction in a few lines: who did what to whom, the quote, who said it, when and where it is told."""
    reaction = sourced.reaction
    name = escaped(actor_name(names, words, reaction.actor, own_name(reaction)), NAME_LIMIT) or reaction.actor
    lines = [f"{flag_of(reaction.actor)} **{name}** {act_text(names, words, reaction)}".lstrip()]
    if quote := quotation(reaction.quote):
        lines.append(f"> “{escaped(quote, _QUOTE_LIMIT)}”")
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
    return linked(source.outlet, source.link, name_limit=NAME_LIMIT, url_limit=400)


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
        (query.tier, words("ask for what is said indirectly too (`everything`)")),
    ]
    hints = [hint for narrows, hint in wide if narrows]
    if hints == [wide[-1][1]] or not hints:
        return words("There is nothing here yet. `/sources` shows what is being read.")
    return words("Nothing found. To widen the question: {hints}.", hints=", ".join(hints[:3]))
