"""An actor's profile: what it did last, its tone towards each party and how that moved, its most corroborated quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import discord

from bot.discord.inert import escaped
from bot.discord.listing import outlet_link
from bot.discord.rendering import act_text, actor_label, colour_of
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.alerts import SourcedReaction
from bot.domain.presentation import FAMILY_WORDS, leading_tone, quotation

READ = 300
_LATELY = timedelta(days=30)
_LAST_SHOWN = 5
_TARGETS_SHOWN = 6
_QUOTES_SHOWN = 3
_FAMILIES_SHOWN = 6
_QUOTE_LIMIT = 200


def profile_embed(
    code: str, reactions: tuple[SourcedReaction, ...], names: ActorNames, words: Words, now: datetime
) -> discord.Embed:
    """Return the profile of an actor from its reactions, newest first."""
    embed = discord.Embed(
        title=actor_label(names, words, code), colour=colour_of(leading_tone(reactions[:_LAST_SHOWN]))
    )
    embed.add_field(name=words("What it did last"), value=_last(reactions, names, words), inline=False)
    if towards := _towards(reactions, names, words, now):
        embed.add_field(name=words("Its tone, lately and before"), value=towards, inline=False)
    embed.add_field(name=words("What it does"), value=_families(reactions, words), inline=False)
    if quotes := _quotes(reactions):
        embed.add_field(name=words("Most corroborated quotes"), value=quotes, inline=False)
    embed.set_footer(text=words.plural("{number} reaction", "{number} reactions", len(reactions)))
    return embed


def _last(reactions: tuple[SourcedReaction, ...], names: ActorNames, words: Words) -> str:
    lines = []
    for sourced in reactions[:_LAST_SHOWN]:
        when = discord.utils.format_dt(sourced.reaction.first_reported_at, "d")
        lines.append(f"- {when} {act_text(names, words, sourced.reaction)}")
    return "\n".join(lines)[:1024]


def _towards(reactions: tuple[SourcedReaction, ...], names: ActorNames, words: Words, now: datetime) -> str:
    """Return the mean tone towards each party in the last 30 days, and in the time before."""
    lately: dict[str, list[int]] = defaultdict(list)
    before: dict[str, list[int]] = defaultdict(list)
    for sourced in reactions:
        reaction = sourced.reaction
        tones = lately if reaction.first_reported_at >= now - _LATELY else before
        for target in reaction.targets:
            tones[target].append(reaction.type.tone)
    parties = sorted({*lately, *before}, key=lambda code: (-len(lately[code]) - len(before[code]), code))
    lines = []
    for party in parties[:_TARGETS_SHOWN]:
        name = actor_label(names, words, party)
        lines.append(f"- {name}: {_mean(lately[party])} ({words('before')}: {_mean(before[party])})")
    return "\n".join(lines)[:1024]


def _mean(tones: list[int]) -> str:
    return f"{sum(tones) / len(tones):+.1f}" if tones else "—"


def _families(reactions: tuple[SourcedReaction, ...], words: Words) -> str:
    counts = Counter(sourced.reaction.type.family for sourced in reactions)
    return ", ".join(f"{words(FAMILY_WORDS[family])} {count}" for family, count in counts.most_common(_FAMILIES_SHOWN))


def _quotes(reactions: tuple[SourcedReaction, ...]) -> str:
    quoted = [sourced for sourced in reactions if quotation(sourced.reaction.quote)]
    quoted.sort(key=lambda sourced: -len(sourced.reaction.outlets))
    lines = []
    for sourced in quoted[:_QUOTES_SHOWN]:
        quote = escaped(quotation(sourced.reaction.quote) or "", _QUOTE_LIMIT)
        source = f" · {outlet_link(sourced.sources[0])}" if sourced.sources else ""
        lines.append(f"> “{quote}”{source} ({len(sourced.reaction.outlets)})")
    shown = "\n".join(lines)
    return shown if len(shown) <= _FIELD_LIMIT else "\n".join(lines[:1])[:_FIELD_LIMIT]


_FIELD_LIMIT = 1024
