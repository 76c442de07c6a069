"""The dossier of one event: who said what in order, every outlet with its link, and which claims rest on one source."""

from __future__ import annotations

import discord

from bot.discord.inert import escaped, units
from bot.discord.listing import outlet_link
from bot.discord.rendering import NAME_LIMIT, TITLE_LIMIT, act_text, actor_name, colour_of
from bot.discord.words import Words
from bot.domain.actors import ActorNames, flag_of
from bot.domain.alerts import SourcedReaction
from bot.domain.presentation import leading_tone, own_name, quotation
from bot.domain.reactions import Tier

READ = 200
_DESCRIPTION_LIMIT = 3900
_FIELD_LIMIT = 1024
_QUOTE_LIMIT = 140


def dossier_embed(reactions: tuple[SourcedReaction, ...], names: ActorNames, words: Words) -> discord.Embed:
    """Return a story from its reactions, oldest first; as many as fit, and how many more there are.

    Its headline is the first that the asker may see: the story's own may be of an outlet that others read.
    """
    headline = next((source.title for sourced in reactions for source in sourced.sources), "")
    lines: list[str] = []
    room = _DESCRIPTION_LIMIT
    for sourced in reactions:
        line = _line(sourced, names, words)
        room -= units(line) + 1
        if room < 0:
            more = len(reactions) - len(lines)
            lines.append(words.plural("… and {number} more reaction", "… and {number} more reactions", more))
            break
        lines.append(line)
    embed = discord.Embed(
        title=escaped(headline, TITLE_LIMIT) or None,
        description="\n".join(lines),
        colour=colour_of(leading_tone(reactions)),
        timestamp=reactions[0].reaction.first_reported_at,
    )
    embed.add_field(name=words("Outlets"), value=_outlets(reactions), inline=False)
    alone = sum(len(sourced.reaction.outlets) == 1 for sourced in reactions)
    text = words.plural("{number} reaction", "{number} reactions", len(reactions))
    if alone:
        text += " · " + words.plural("{number} rests on one outlet", "{number} rest on one outlet", alone)
    embed.set_footer(text=text)
    return embed


def _line(sourced: SourcedReaction, names: ActorNames, words: Words) -> str:
    reaction = sourced.reaction
    name = escaped(actor_name(names, words, reaction.actor, own_name(reaction)), NAME_LIMIT) or reaction.actor
    when = discord.utils.format_dt(reaction.first_reported_at, "t")
    indirectly = f" · *{words('indirectly')}*" if reaction.tier is Tier.DIGEST else ""
    mark = " ⚠️" if len(reaction.outlets) == 1 else f" ({len(reaction.outlets)})"
    line = f"{when} {flag_of(reaction.actor)} **{name}** {act_text(names, words, reaction)}{indirectly}{mark}"
    if quote := quotation(reaction.quote):
        line += f"\n> “{escaped(quote, _QUOTE_LIMIT)}”"
    return line


def _outlets(reactions: tuple[SourcedReaction, ...]) -> str:
    by_outlet = {source.outlet: source for sourced in reversed(reactions) for source in reversed(sourced.sources)}
    shown: list[str] = []
    room = _FIELD_LIMIT - 4
    for source in by_outlet.values():
        link = outlet_link(source)
        room -= units(link) + 2
        if room < 0:
            shown.append("…")
            break
        shown.append(link)
    return ", ".join(shown) or "—"
