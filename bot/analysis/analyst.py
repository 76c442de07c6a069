"""The analyst: an article goes in, a reading comes out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis.bearers import Bearers
from bot.analysis.callings import with_callings
from bot.analysis.drafts import Draft
from bot.analysis.explaining import Examined, bounds, explained, quote_bounds
from bot.analysis.explanation import Explanation
from bot.analysis.language import language_of
from bot.analysis.lexemes import Lexemes
from bot.analysis.lexicon import Lexicon
from bot.analysis.mentions import ActorMention, MentionKind
from bot.analysis.quoting import Attribution, Findings
from bot.analysis.reading import Reader
from bot.analysis.relevance import relevance
from bot.analysis.settling import record, settled
from bot.analysis.strangers import only_titled, with_stranger
from bot.analysis.text import Token, tokens_of
from bot.domain.analyst import Reading, Relevance
from bot.domain.items import Article
from bot.domain.reactions import COLLECTIVE_ACTORS, Statement

_NO_PARTIES = frozenset({MentionKind.REGION, MentionKind.PEOPLE})


class LexiconAnalyst:
    """Codes articles by a lexicon. Pure, and safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lexemes: dict[str, Lexemes | None] = {}

    def relevance(self, article: Article) -> Relevance:
        """Return whether the article is about the topic."""
        return relevance(article, self._lexicon.topics)

    def read(self, article: Article, relevance: Relevance | None = None) -> Reading:
        """Return all that is coded in the article; its relevance is not judged again where it is given."""
        return self._examine(article, relevance).reading

    def explain(self, article: Article) -> Explanation:
        """Return what was recognised, coded and nearly coded in the article, and why."""
        return explained(article, self._examine(article))

    def _examine(self, article: Article, about: Relevance | None = None) -> Examined:
        text = article.text
        language = language_of(text, article.language)
        tokens, norms = tokens_of(text)
        lexemes = self._lexemes_of(language)
        words = lexemes.words(tokens, norms) if lexemes is not None else None
        day = article.published.date() if article.published else None
        mentions: Sequence[ActorMention] = self._lexicon.gazetteer.find(
            tokens, day, language, norms=norms, beginnings=words.names() if words is not None else None
        )
        if words is not None and words.pack.callings:
            mentions = with_callings(mentions, words)
        codes = [mention.code for mention in mentions]
        about = about or relevance(article, self._lexicon.topics)
        findings = Findings()
        kept: list[Draft] = []
        dropped: list[tuple[Draft, str]] = []
        if words is not None:
            topic = (
                next((one for one in self._lexicon.topics if one.id == about.topic), None) if about.relevant else None
            )
            opponents = topic.opponents if topic is not None else ()
            reader = Reader(article, words, mentions, opponents)
            findings = reader.read()
            if (stranger := reader.stranger()) and (code := only_titled(findings.drafts, words.pack)):
                # Who that is was told in pieces: read once more with it known.
                mentions = with_stranger(mentions, words, stranger, code)
                findings = Reader(article, words, mentions, opponents).read()
            if findings.drafts:
                parties = {mention.code for mention in mentions if mention.kind not in _NO_PARTIES} - COLLECTIVE_ACTORS
                Bearers(words.pack, _as_told(mentions, text, tokens)).name(findings.drafts)
                kept, dropped = settled(
                    findings.drafts,
                    set(codes),
                    parties,
                    opponents,
                    is_topical=about.relevant,
                )
        reading = Reading(
            language=language,
            relevance=about,
            records=tuple(record(d, text, bounds(tokens, d.start, d.end), quote_bounds(tokens, d)) for d in kept),
            statements=tuple(_statement(a, text, tokens) for a in findings.attributions),
            actors=tuple(dict.fromkeys(codes)),
        )
        return Examined(
            reading=reading, tokens=tokens, mentions=tuple(mentions), findings=findings, kept=kept, dropped=dropped
        )

    def _lexemes_of(self, language: str) -> Lexemes | None:
        """Return the words of a language, or None where there is no pack of it."""
        if language not in self._lexemes:
            pack = self._lexicon.pack(language)
            self._lexemes[language] = None if pack is None else Lexemes(pack, self._lexicon.gazetteer.firsts)
        return self._lexemes[language]


def _as_told(mentions: Sequence[ActorMention], text: str, tokens: Sequence[Token]) -> list[tuple[ActorMention, str]]:
    """Return the mentions, each with what the text calls the actor, or in the nominative, where a language has cases."""
    return [(m, m.nominative or text[tokens[m.start_token].start : tokens[m.end_token - 1].end]) for m in mentions]


def _statement(attribution: Attribution, text: str, tokens: Sequence[Token]) -> Statement:
    start, end = (
        bounds(tokens, *attribution.quote.inner) if attribution.quote.inner[0] < attribution.quote.inner[1] else (0, 0)
    )
    speaker = None
    if attribution.speaker is not None:
        first, last = bounds(tokens, *attribution.speaker)
        speaker = text[first:last]
    return Statement(
        speaker_text=speaker,
        actor=attribution.who[0].code if attribution.who else None,
        quote=text[start:end],
        start=start,
        end=end,
    )
