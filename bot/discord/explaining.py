"""Why an item was alerted, or was not: the words that fired, the rule, the story's outlets, and what kept it back."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.discord.inert import clip, escaped, safe_link, units
from bot.discord.reasons import told
from bot.discord.rendering import NAME_LIMIT, act_text, actor_name, colour_of
from bot.discord.words import Words
from bot.domain.actors import ActorNames, flag_of
from bot.domain.decisions import Verdict
from bot.domain.places import disputed_in
from bot.domain.presentation import own_name
from bot.domain.reactions import Report, Tier
from bot.usecases.ports import Life

_TITLE_LIMIT = 256
_EVIDENCE_LIMIT = 350
_DESCRIPTION_LIMIT = 3500
_FIELD_LIMIT = 1000
_REASON_LIMIT = 300
_OUTLETS_SHOWN = 12


def why_embed(
    life: Life, outlets: tuple[str, ...], verdicts: Iterable[Verdict], names: ActorNames, words: Words
) -> discord.Embed:
    """Return the life of an item in words; `outlets` are those of its story that the asker may see."""
    item = life.item
    blocks: list[str] = []
    room = _DESCRIPTION_LIMIT
    for report in life.reports:
        block = _report_block(report, names, words)
        room -= units(block) + 2
        if room < 0:
            break
        blocks.append(block)
    tones = [report.record.type.tone for report in life.reports] or [0]
    embed = discord.Embed(
        title=escaped(item.title, _TITLE_LIMIT) or None,
        url=safe_link(item.link, 2048),
        description="\n\n".join(blocks) or words("Nobody's reaction was found in it."),
        colour=colour_of(max(tones, key=abs)),
    )
    relevance = _relevance(item.relevance, names, words)
    label = words("Relevant") if item.relevant else words("Not relevant")
    embed.add_field(name=label, value=relevance, inline=False)
    if life.story is not None:
        embed.add_field(name=words("Story"), value=_story(life, outlets, names, words), inline=False)
    kept_back = [verdict for verdict in verdicts if not verdict.alerted]
    if kept_back:
        lines = dict.fromkeys(f"- {escaped(told(verdict.reason, names, words), 200)}" for verdict in kept_back)
        embed.add_field(name=words("Not alerted"), value=_lines(lines), inline=False)
    return embed


def _report_block(report: Report, names: ActorNames, words: Words) -> str:
    record = report.record
    name = escaped(actor_name(names, words, record.actor, own_name(record)), NAME_LIMIT) or record.actor
    lines = [f"{flag_of(record.actor)} **{name}** {act_text(names, words, record)}".lstrip()]
    lines.append(f"> {marked(record.evidence, record.cue)}")
    rule = clip(record.rule, 80).replace("`", "")
    if record.cue:
        lines.append("-# " + words("because of “{cue}” · rule `{rule}`", cue=escaped(record.cue, 80), rule=rule))
    else:
        lines.append("-# " + words("rule `{rule}`", rule=rule))
    if record.tier is Tier.DIGEST:
        lines.append("-# " + words("said indirectly: for digests, not for alerts"))
    if record.background:
        lines.append("-# " + words("an earlier act, told as background"))
    return "\n".join(lines)


def marked(evidence: str, cue: str) -> str:
    """Return the sentence with the deciding word in bold."""
    start = evidence.casefold().find(cue.casefold()) if cue else -1
    if start < 0 or len(evidence) > _EVIDENCE_LIMIT:
        return escaped(evidence, _EVIDENCE_LIMIT)
    end = start + len(cue)
    before, word, after = (
        escaped(part, _EVIDENCE_LIMIT) for part in (evidence[:start], evidence[start:end], evidence[end:])
    )
    # Escaping trims: put the spaces back that stood around the word.
    left = " " if evidence[:start].endswith(" ") and before else ""
    right = " " if evidence[end:].startswith(" ") and after else ""
    return f"{before}{left}**{word}**{right}{after}"


def _relevance(reason: str, names: ActorNames, words: Words) -> str:
    """Return why an item is relevant, and what the disputed places in that are called here."""
    shown = escaped(told(reason, names, words), _REASON_LIMIT) or "—"
    places = disputed_in(reason, words.place_names, shown=words)
    return f"{shown}\n-# {', '.join(places)}" if places else shown


def _story(life: Life, outlets: tuple[str, ...], names: ActorNames, words: Words) -> str:
    reason = escaped(told(life.item.story_reason, names, words), _REASON_LIMIT)
    shown = ", ".join(escaped(outlet, NAME_LIMIT) for outlet in outlets[:_OUTLETS_SHOWN])
    count = words.plural("{number} outlet", "{number} outlets", len(outlets))
    lines = [part for part in (reason, f"{count}: {shown}" if shown else "") if part]
    return "\n".join(lines)[:_FIELD_LIMIT] or "—"


def _lines(lines: Iterable[str]) -> str:
    shown: list[str] = []
    room = _FIELD_LIMIT
    for line in lines:
        room -= units(line) + 1
        if room < 0:
            break
        shown.append(line)
    return "\n".join(shown)
