"""The analyst: an article goes in, a reading comes out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.drafts import Draft
from bot.analysis.gazetteer import ActorMention
from bot.analysis.language import language_of
from bot.analysis.lexicon import Lexicon
from bot.analysis.reading import Attribution, Findings, Reader
from bot.analysis.relevance import relevance
from bot.analysis.settling import drop_domestic, drop_needless, record, settle
from bot.analysis.text import Token, tokenize
from bot.domain.analyst import Reading, Relevance
from bot.domain.items import Article
from bot.domain.reactions import Statement


class LexiconAnalyst:
    """Codes articles by a lexicon. Pure, and safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def relevance(self, article: Article) -> Relevance:
        """Return whether the article is about the topic."""
        return relevance(article, self._lexicon.topics)

    def read(self, article: Article) -> Reading:
        """Return all that is coded in the article."""
        language = language_of(article.text, article.language)
        tokens = tokenize(article.text)
        mentions = self._mentions(article, tokens, language)
        pack = self._lexicon.pack(language)
        findings = Findings()
        drafts: list[Draft] = []
        if pack is not None:
            findings = Reader(article, tokens, mentions, pack).read()
            drafts = drop_domestic(drop_needless(settle(findings.drafts)), {mention.code for mention in mentions})
        text = article.text
        return Reading(
            language=language,
            relevance=self.relevance(article),
            records=tuple(record(d, text, _bounds(tokens, d.start, d.end), _quote_bounds(tokens, d)) for d in drafts),
            statements=tuple(_statement(a, text, tokens) for a in findings.attributions),
            actors=tuple(dict.fromkeys(mention.code for mention in mentions)),
        )

    def _mentions(self, article: Article, tokens: tuple[Token, ...], language: str) -> Sequence[ActorMention]:
        day = article.published.date() if article.published else None
        return self._lexicon.gazetteer.find(tokens, day, language)


def _bounds(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    return tokens[start].start, tokens[end - 1].end


def _quote_bounds(tokens: Sequence[Token], draft: Draft) -> tuple[int, int] | None:
    if draft.quote is None or draft.quote[0] >= draft.quote[1]:
        return None
    return _bounds(tokens, *draft.quote)


def _statement(attribution: Attribution, text: str, tokens: Sequence[Token]) -> Statement:
    start, end = (
        _bounds(tokens, *attribution.quote.inner) if attribution.quote.inner[0] < attribution.quote.inner[1] else (0, 0)
    )
    speaker = None
    if attribution.speaker is not None:
        first, last = _bounds(tokens, *attribution.speaker)
        speaker = text[first:last]
    return Statement(
        speaker_text=speaker,
        actor=attribution.who[0].code if attribution.who else None,
        quote=text[start:end],
        start=start,
        end=end,
    )
