"""Moderators' decisions as Discord shows them: what was coded, what it is, who said so; and how the rules did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import discord

from bot.discord.inert import clip, escaped, units
from bot.discord.reasons import told
from bot.discord.rendering import NAME_LIMIT, act_text, actor_name, colour_of
from bot.discord.words import Words
from bot.domain.actors import ActorNames, flag_of
from bot.domain.amendments import MODERATOR, Amendment, Decision, RuleScore, amendment_id
from bot.domain.placements import Placement
from bot.domain.presentation import act_words, own_name
from bot.domain.reactions import Record
from bot.usecases.ports import Life

_EVIDENCE_LIMIT = 350
_DESCRIPTION_LIMIT = 3800
_RULES_SHOWN = 10
_PLACED_SHOWN = 3
# A select holds so many.
TOLD_LIMIT = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record of an item that can be decided on: as it was coded, and the decision that stands, if there is one."""

    coded: Record
    reaction_id: str
    stands: Amendment | None = None

    @property
    def record(self) -> Record | None:
        """Return the record as it stands, None where it was found to be no reaction."""
        if self.stands is None:
            return self.coded
        return None if self.stands.decision is Decision.WRONG else self.stands.record


def told_of(life: Life, decided: Iterable[Amendment], alert_id: str) -> tuple[Told, ...]:
    """Return what an item tells or told until it was corrected, what the alert carries first."""
    standing = {each.id: each for each in decided}
    found: dict[str, Told] = {}
    for report in life.reports:
        name = amendment_id(life.item.id, report.record)
        if report.record.rule != MODERATOR:
            found[name] = Told(coded=report.record, reaction_id=report.reaction_id, stands=standing.get(name))
    for name, each in standing.items():
        found.setdefault(name, Told(coded=each.coded, reaction_id=each.reaction_id, stands=each))
    carried = {reaction for alert in life.alerts if alert.id == alert_id for reaction in alert.reactions}
    ordered = sorted(
        found.values(),
        key=lambda told: (
            told.reaction_id not in carried and told.stands is None,
            told.coded.start,
            told.coded.type,
        ),
    )
    return tuple(ordered[:TOLD_LIMIT])


def record_line(record: Record, names: ActorNames, words: Words) -> str:
    """Return who does what towards whom, in one line."""
    name = escaped(actor_name(names, words, record.actor, own_name(record)), NAME_LIMIT) or record.actor
    return f"{flag_of(record.actor)} **{name}** {act_text(names, words, record)}".lstrip()


def plain_line(record: Record, names: ActorNames, words: Words) -> str:
    """Return the same for where no markdown is read."""
    parts = [actor_name(names, words, record.actor, own_name(record)), words(act_words(record))]
    targets = ", ".join(actor_name(names, words, code) for code in record.targets)
    return " ".join(parts) + (f" → {targets}" if targets else "")


def panel_embed(told: Told, draft: Record, names: ActorNames, words: Words) -> discord.Embed:
    """Return one record with the words that show it, and what would become of it."""
    lines = [
        f"> {escaped(told.coded.evidence, _EVIDENCE_LIMIT)}",
        words("Coded: {record}", record=record_line(told.coded, names, words)),
        "-# " + words("rule `{rule}`", rule=clip(told.coded.rule, 80).replace("`", "")),
    ]
    if told.stands is not None:
        lines.append(decision_line(told.stands, names, words))
    if draft != (told.record or told.coded):
        lines.append(words("It will be: {record}", record=record_line(draft, names, words)))
    return discord.Embed(
        title=words("What is wrong with it?"), description="\n".join(lines), colour=colour_of(draft.type.tone)
    )


def decision_line(decided: Amendment, names: ActorNames, words: Words) -> str:
    """Return what was decided, by whom and when."""
    if decided.decision is Decision.RECODED:
        what = record_line(decided.record, names, words)
    elif decided.decision is Decision.WRONG:
        what = words("no reaction")
    else:
        what = words("right as it was coded")
    author = f"<@{decided.author}>" if decided.author.isdecimal() else escaped(decided.author, NAME_LIMIT)
    when = discord.utils.format_dt(decided.at, "R")
    line = words("{author} {when}: {what}", author=author or "—", when=when, what=what)
    reason = escaped(decided.reason, 200)
    return f"{line}\n-# {reason}" if reason else line


def placement_block(placed: Placement, names: ActorNames, words: Words) -> str:
    """Return what was decided about the story of an item, by whom and when."""
    author = f"<@{placed.author}>" if placed.author.isdecimal() else escaped(placed.author, NAME_LIMIT)
    when = discord.utils.format_dt(placed.at, "R")
    what = told(placed.story_reason, names, words)
    return f"{escaped(placed.title, 150)}\n" + words(
        "{author} {when}: {what}", author=author or "—", when=when, what=what
    )


def corrections_embed(
    decided: tuple[Amendment, ...],
    placed: tuple[Placement, ...],
    total: int,
    scores: tuple[RuleScore, ...],
    names: ActorNames,
    words: Words,
) -> discord.Embed:
    """Return the latest decisions of a server, and the precision of the rules that were corrected most."""
    embed = discord.Embed(title=words("Corrections"), colour=colour_of(0))
    blocks: list[str] = []
    room = _DESCRIPTION_LIMIT
    for each in decided:
        rule = clip(each.coded.rule, 60).replace("`", "")
        block = f"~~{record_line(each.coded, names, words)}~~ `{rule}`\n{decision_line(each, names, words)}"
        if each.decision is Decision.RIGHT:
            block = block.replace("~~", "")
        room -= units(block) + 2
        if room < 0:
            break
        blocks.append(block)
    embed.description = "\n\n".join(blocks)
    if total > len(blocks):
        embed.set_footer(
            text=words.plural("the latest of {number} correction", "the latest of {number} corrections", total)
        )
    if placed:
        shown = "\n".join(placement_block(each, names, words) for each in placed[:_PLACED_SHOWN])
        embed.add_field(name=words("Events taken apart or joined"), value=shown[:1024], inline=False)
    table = [_score_line(score, words) for score in scores[:_RULES_SHOWN]]
    if table:
        embed.add_field(name=words("Precision of the rules, where somebody looked"), value="\n".join(table)[:1024])
    return embed


def _score_line(score: RuleScore, words: Words) -> str:
    return words(
        "`{rule}` {percent} % ({kept} right, {wrong} no reaction, {recoded} changed)",
        rule=clip(score.rule, 40).replace("`", ""),
        percent=round(100 * score.precision),
        kept=score.kept,
        wrong=score.wrong,
        recoded=score.recoded,
    )
