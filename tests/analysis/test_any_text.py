"""What holds of any text at all: it is read without an error, evidence is where it says, and length costs its length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.analysis.analyst import LexiconAnalyst
from bot.analysis.text import tokenize
from bot.domain.analyst import Reading
from bot.domain.items import Article

WORDS = """
France Azerbaijan Macron Baku Armenian the EU's he its who that and but if not will has been said says condemned attack
against by of to in on Tuesday 2020 must stop warns , . : ; — - “ ” " ' ’ « » ( ) ? ! … ministry troops president former
protesters accuse accuses calls for ceasefire Франция осудила заявил Bakou a condamné
"""
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split()), max_size=60).map(" ".join))


def check(reading: Reading, text: str) -> None:
    folded = " ".join(token.norm for token in tokenize(text))
    for record in reading.records:
        assert text[record.start : record.end] == record.evidence != ""
        assert record.quote is None or record.quote in text
        assert record.speaker is None or record.speaker in text
        # A cue is what the lexicon knows of the words: folded, and one space between them.
        assert all(word in folded for word in record.cue.split())
        assert 0 <= record.confidence <= 1
        assert record.actor not in record.targets
    for statement in reading.statements:
        assert text[statement.start : statement.end] == statement.quote


@given(title=TEXTS, summary=TEXTS, content=TEXTS, language=st.sampled_from(["en", "fr", "ru", "de", None]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_read_and_its_evidence_is_where_it_says(
    analyst: LexiconAnalyst, title: str, summary: str, content: str, language: str | None
) -> None:
    article = Article(title=title, summary=summary, content=content, language=language)
    check(analyst.read(article), article.text)


@given(summary=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_record_is_explained_and_every_mark_lies_in_the_text(analyst: LexiconAnalyst, summary: str) -> None:
    explanation = analyst.explain(Article(title="", summary=summary, language="en"))
    assert [because.record for because in explanation.because] == list(explanation.reading.records)
    assert all(because.reasons for because in explanation.because)
    spans = [(mark.start, mark.end) for mark in explanation.marks]
    spans += [(miss.start, miss.end) for miss in explanation.misses]
    assert all(0 <= start <= end <= len(explanation.text) for start, end in spans)


def calls(work: Callable[[], object]) -> int:
    """Return how many Python functions are called: a measure of work that no busy machine disturbs."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "stretch",
    [
        "France condemned the attack by Azerbaijan on the town. ",
        "France condemned the attack by Azerbaijan on the town and ",
        "“Azerbaijan must stop,” said Emmanuel Macron. ",
        "“Azerbaijan must stop said Emmanuel Macron. ",
        "‘Azerbaijan must stop, said Emmanuel Macron. ",
        "France, Germany, ",
        "Macron: ",
        "He said so. The minister condemned the attack. ",
        "(he ‘said' ",
        "Baku\n\n",
        "Armenia and France and ",
        "Macron Putin Baku ",
        "(",
        "(Baku) [Iran] ",
        "France — Baku — ",
        "France, which said that Baku, which said that ",
        "if France condemned Baku, unless Iran denied it, ",
        "Macron urged Baku to want to try to begin to ",
        "the former deputy foreign minister of the republic of ",
        "\u202eBaku\u202c \u2066France\u2069 ",
        "Ba\x00ku France\x00 ",
        "Baku \ud800 France \udfff ",
    ],
)
def test_ten_times_the_text_is_ten_times_the_work(stretch: str, analyst: LexiconAnalyst) -> None:
    def work(times: int) -> int:
        article = Article(title="", content=stretch * times, language="en")
        return calls(lambda: analyst.read(article))

    work(1)
    assert work(800) < 15 * work(80)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "France condemned the attack by Azerbaijan on the town and " * 18_000,
        "“Azerbaijan must stop,” said Emmanuel Macron. " * 10_000,
        '“ « ‘ " ( [' * 50_000,
        "a" * 1_000_000,
        "." * 300_000,
        "😀🇦🇲\u202e " * 100_000,
        "Armenia, France, " * 50_000,
        "(" * 300_000,
        "“Baku (France [" * 60_000,
        "\u200fFrance \u202bBaku\u202c \u2067Macron\u2069 " * 30_000,
        "Ba\x00ku France\x00 \ud800 " * 50_000,
    ],
    ids=[
        "one paragraph",
        "quotes",
        "unbalanced marks",
        "one word",
        "full stops",
        "emoji",
        "names",
        "parentheses",
        "marks never closed",
        "right to left",
        "NUL and lone surrogates",
    ],
)
def test_a_megabyte_is_read(text: str, analyst: LexiconAnalyst) -> None:
    article = Article(title="France condemns attack by Azerbaijan", content=text, language="en")
    reading = analyst.read(article)
    check(reading, article.text)
    assert [record.actor for record in reading.records][:1] == ["FRA"]
