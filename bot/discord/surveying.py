"""Surveys in text, for readers without the picture and beside it: a board and a timeline in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

import discord

from bot.discord.rendering import actor_label, actor_name
from bot.discord.services import PictureWords
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.alerts import SourcedReaction
from bot.domain.presentation import FAMILY_WORDS
from bot.domain.reactions import Family
from bot.domain.surveys import REST, Bands, Board, Tallied, Timeline

# More reactions than this are not read for one picture; the newest are.
READ = 1500
_STEPS_SHOWN = 10
_BANDS_SHOWN = 3
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


def silence_text(quiet: Iterable[str], names: ActorNames, words: Words) -> str:
    """Return who was not heard in the time, "" where everybody was."""
    called = ", ".join(actor_label(names, words, code) for code in quiet)
    return words("Not heard in this time: {actors}", actors=called) if called else ""


def timeline_text(line: Timeline, names: ActorNames, words: Words) -> str:
    """Return a line for each of the last steps that has reactions: how many, in which bands, in which tone."""
    called = _called(line, names, words)
    lines = []
    for index, day in enumerate(line.days):
        counts = {band: row[index] for band, row in zip(line.bands, line.counts, strict=True) if row[index]}
        tone = line.tones[index]
        if not counts or tone is None:
            continue
        foremost = sorted(counts, key=lambda band: -counts[band])[:_BANDS_SHOWN]
        what = ", ".join(f"{called[band]} {counts[band]}" for band in foremost)
        when = discord.utils.format_dt(datetime.combine(day, time(12), tzinfo=UTC), "D")
        number = words.plural("{number} reaction", "{number} reactions", sum(counts.values()))
        lines.append(f"{when}: {number}, {words('tone')} {tone:+.1f} ({what})")
    return "\n".join(lines[-_STEPS_SHOWN:])


def _called(line: Timeline, names: ActorNames, words: Words) -> dict[str, str]:
    if line.by is Bands.FAMILIES:
        return {band: words(FAMILY_WORDS[Family(band)]) for band in line.bands}
    return {band: actor_name(names, words, band) if band != REST else words("others") for band in line.bands}


def picture_words(title: str, actors: Iterable[str], names: ActorNames, words: Words) -> PictureWords:
    """Return the words for a picture that names these actors."""
    # On a picture there is less room than in a list.
    short = {Family.APPEAL: words("appeals"), Family.CONCERN: words("concern"), Family.STATEMENT: words("statements")}
    return PictureWords(
        title=title,
        actors={code: actor_name(names, words, code) for code in actors if code != REST},
        families={family: words(text) for family, text in FAMILY_WORDS.items()} | short,
        tone=words("tone"),
        rest=words("others"),
    )
