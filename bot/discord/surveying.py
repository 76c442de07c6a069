"""Surveys in text, for readers without the picture and beside it: a board and a timeline in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

import discord

from bot.discord.rendering import actor_label, actor_name
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.alerts import SourcedReaction
from bot.domain.presentation import FAMILY_WORDS
from bot.domain.reactions import Family
from bot.domain.surveys import Board, Tallied, Timeline

# More reactions than this are not read for one picture; the newest are.
READ = 1500
_STEPS_SHOWN = 10
_FAMILIES_SHOWN = 3
_DESCRIPTION_LIMIT = 4000


def tallied_by_target(reactions: Iterable[SourcedReaction]) -> tuple[Tallied, ...]:
    """Return a row for each target of each reaction, as boards count."""
    return tuple(
        Tallied(
            day=each.reaction.first_reported_at.date(),
            actor=each.reaction.actor,
            type=each.reaction.type,
            target=target,
        )
        for each in reactions
        for target in each.reaction.targets
    )


def tallied_by_day(reactions: Iterable[SourcedReaction]) -> tuple[Tallied, ...]:
    """Return a row for each reaction, as timelines count."""
    return tuple(
        Tallied(day=each.reaction.first_reported_at.date(), actor=each.reaction.actor, type=each.reaction.type)
        for each in reactions
    )


def board_text(board: Board, names: ActorNames, words: Words) -> str:
    """Return a line for each actor: its mean tone towards each party, and how often it reacted."""
    lines = []
    for actor, cells in zip(board.actors, board.cells, strict=True):
        told = [
            f"{actor_label(names, words, party)} {cell.tone:+.1f} ({cell.count})"
            for party, cell in zip(board.parties, cells, strict=True)
            if cell is not None
        ]
        lines.append(f"**{actor_label(names, words, actor)}** → {', '.join(told)}")
    return "\n".join(lines)[:_DESCRIPTION_LIMIT]


def timeline_text(line: Timeline, words: Words) -> str:
    """Return a line for each of the last steps that has reactions: how many, of which families, in which tone."""
    lines = []
    for index, day in enumerate(line.days):
        counts = {family: row[index] for family, row in zip(line.families, line.counts, strict=True) if row[index]}
        tone = line.tones[index]
        if not counts or tone is None:
            continue
        foremost = sorted(counts, key=lambda family: -counts[family])[:_FAMILIES_SHOWN]
        what = ", ".join(f"{words(FAMILY_WORDS[family])} {counts[family]}" for family in foremost)
        when = discord.utils.format_dt(datetime.combine(day, time(12), tzinfo=UTC), "D")
        number = words.plural("{number} reaction", "{number} reactions", sum(counts.values()))
        lines.append(f"{when}: {number}, {words('tone')} {tone:+.1f} ({what})")
    return "\n".join(lines[-_STEPS_SHOWN:])


def actor_captions(codes: Iterable[str], names: ActorNames, words: Words) -> dict[str, str]:
    """Return what is written on a picture for these actors."""
    return {code: actor_name(names, words, code) for code in codes}


def family_captions(words: Words) -> dict[Family, str]:
    """Return what is written on a picture for the families, where there is less room than in a list."""
    short = {Family.APPEAL: words("appeals"), Family.CONCERN: words("concern"), Family.STATEMENT: words("statements")}
    return {family: words(text) for family, text in FAMILY_WORDS.items()} | short
