"""How an explanation is made of what reading an item brought to light."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.analysis.drafts import Draft
from bot.analysis.explanation import Because, Explanation, Mark, MarkKind, Miss
from bot.analysis.gazetteer import ActorMention
from bot.analysis.quoting import Findings
from bot.analysis.text import Token
from bot.domain.analyst import Reading
from bot.domain.items import Article
from bot.domain.reactions import Record


@dataclass(slots=True, kw_only=True)
class Examined:
    """An item as it was read, with all that the reading rests on; `kept` are the drafts of its records, in order."""

    reading: Reading
    tokens: tuple[Token, ...]
    mentions: tuple[ActorMention, ...]
    findings: Findings
    kept: list[Draft]
    dropped: list[tuple[Draft, str]]


def explained(article: Article, examined: Examined) -> Explanation:
    """Return the explanation of an examined item."""
    tokens = examined.tokens
    marks = sorted(_marks(examined), key=lambda mark: (mark.start, -mark.end, mark.kind))
    misses = [
        Miss(start=start, end=end, cue=miss.cue, reason=miss.reason)
        for miss in examined.findings.misses
        for start, end in [bounds(tokens, miss.start, miss.end)]
    ]
    misses += [
        Miss(start=start, end=end, cue=draft.cue, reason=f"{draft.who.code} {draft.type}: {reason}")
        for draft, reason in examined.dropped
        for start, end in [bounds(tokens, *draft.cue_at)]
    ]
    return Explanation(
        text=article.text,
        reading=examined.reading,
        marks=tuple(marks),
        because=tuple(
            Because(record=record, reasons=tuple(_reasons(record, draft)))
            for record, draft in zip(examined.reading.records, examined.kept, strict=True)
        ),
        misses=tuple(sorted(misses, key=lambda miss: (miss.start, miss.end))),
    )


def _marks(examined: Examined) -> Iterator[Mark]:
    tokens = examined.tokens
    for mention in examined.mentions:
        start, end = bounds(tokens, mention.start_token, mention.end_token)
        yield Mark(start=start, end=end, kind=MarkKind.MENTION, label=f"{mention.code} {mention.kind}")
    for draft in examined.kept:
        start, end = bounds(tokens, *draft.cue_at)
        yield Mark(start=start, end=end, kind=MarkKind.CUE, label=str(draft.type))
    for attribution in examined.findings.attributions:
        code = attribution.who[0].code if attribution.who else ""
        start, end = bounds(tokens, attribution.quote.start, attribution.quote.end)
        yield Mark(start=start, end=end, kind=MarkKind.QUOTE, label=code or "nobody")
        if attribution.speaker is not None:
            start, end = bounds(tokens, *attribution.speaker)
            yield Mark(start=start, end=end, kind=MarkKind.SPEAKER, label=code or "unknown")


def _reasons(record: Record, draft: Draft) -> Iterator[str]:
    cue = f"“{record.cue}”" if record.cue else "a quotation"
    yield f"{cue} is entry {record.rule!r}"
    yield f"{record.tier} tier: {draft.why}" if draft.why else f"{record.tier} tier"
    if draft.who.indirect:
        yield "the actor is taken up from before: a pronoun or a bare role that only one fits"
    if record.background:
        yield "the text dates it before the news: background"


def bounds(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Return the offsets of a range of tokens."""
    return tokens[start].start, tokens[max(end, start + 1) - 1].end


def quote_bounds(tokens: Sequence[Token], draft: Draft) -> tuple[int, int] | None:
    """Return the offsets of a draft's quote, if it has one."""
    if draft.quote is None or draft.quote[0] >= draft.quote[1]:
        return None
    return bounds(tokens, *draft.quote)
