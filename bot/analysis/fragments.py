"""Quoted words within a sentence, and which of its acts they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.coding import Coder
from bot.analysis.drafts import Draft
from bot.analysis.layout import Layout
from bot.analysis.pack import Pack
from bot.analysis.sentences import Quotation
from bot.analysis.text import Token


def said_beside(draft: Draft, layout: Layout, coder: Coder) -> tuple[int, int] | None:
    """Return what the actor of a draft says in the same sentence: "“…,” the ministry said, urging Baku to stop"."""
    for number, quote in enumerate(layout.sayings):
        who, _ = coder.quote_speakers.get(number, ((), None))
        if any(one.code == draft.who.code for one in who):
            return quote.inner
    return None


def fragment_in(
    draft: Draft, fragments: tuple[Quotation, ...], tokens: Sequence[Token], pack: Pack
) -> tuple[int, int] | None:
    """Return the longest quotation inside an act, of several the one that tells what is asked."""
    inside = [quote for quote in fragments if draft.start <= quote.start and quote.end <= draft.end + 1]
    if not inside:
        return None
    if len(inside) > 1 and (asked := next((one for one in pack.contents if draft.rule.endswith(f"/{one.id}")), None)):
        # "asked to “end the bloodshed” and for “a settlement”": to each what it asks for.
        telling = [q for q in inside if any(token.norm in asked.any for token in tokens[q.start : q.end])]
        inside = telling or inside
    # What stands before the verb is another verb's: "has “enough” shells and threatened “a response”".
    inside = [quote for quote in inside if quote.start >= draft.cue_at[0]] or inside
    longest = max(inside, key=lambda quote: quote.end - quote.start)
    return longest.inner


def fragment_beside(draft: Draft, layout: Layout, coder: Coder) -> tuple[int, int] | None:
    """Return the quoted words of a sentence that tells of one actor only: "Ankara warns Paris: 'red line'"."""
    if len({one.who.code for one in coder.drafts}) > 1:
        return None
    fit = [quote for quote in layout.fragments if coder.may_be_words_of(draft.who, quote.start)]
    return max(fit, key=lambda quote: quote.end - quote.start).inner if fit else None
