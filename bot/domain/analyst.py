"""The analyst as the rest of the program sees it: an article goes in, relevance, records and statements come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.items import Article
from bot.domain.reactions import Record, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """Whether an article is about the topic, and what decided it.

    `terms` are the words of the article that count for it, `excluded_by` the look-alikes that count against it, both as
    they stand in the text; `reason` is one sentence for a reader.
    """

    relevant: bool
    reason: str
    topic: str | None = None
    terms: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the analyst made of one article. `language` is an ISO 639-1 code, or "und".

    `actors` lists the actor codes the article mentions, in order of first mention, each once: stories are told apart
    by it.
    """

    language: str
    relevance: Relevance
    records: tuple[Record, ...] = ()
    statements: tuple[Statement, ...] = ()
    actors: tuple[str, ...] = ()


class Analyst(Protocol):
    """Reads articles. Pure: the same article gives the same answer, and nothing is touched."""

    def relevance(self, article: Article) -> Relevance:
        """Return whether the article is about the topic; cheap, for every item."""
        ...

    def read(self, article: Article, relevance: Relevance | None = None) -> Reading:
        """Return all that is coded in the article; for relevant items, and for `analyze`.

        `relevance` is the article's, where it is known already.
        """
        ...


def read_if_relevant(analyst: Analyst, article: Article) -> Reading:
    """Return the analyst's reading of an article; one that is not relevant is not coded."""
    relevance = analyst.relevance(article)
    if not relevance.relevant:
        return Reading(language=article.language or "und", relevance=relevance)
    return analyst.read(article, relevance)
