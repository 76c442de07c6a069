"""What weighs for a topic, and what against it, on a topic of a few terms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.relevance import relevance
from bot.analysis.topics import Term, Topic, Weight
from bot.domain.items import Article

TOPIC = Topic(
    id="t",
    name="the Topic",
    terms=[
        Term(text="pinewood*", weight=Weight.STRONG),
        Term(text="north road", weight=Weight.STRONG),
        Term(text="*森", weight=Weight.STRONG),
        Term(text="pinewood furniture", weight=Weight.LOOKALIKE),
        Term(text="east*", weight=Weight.SIDE, side="East"),
        Term(text="west*", weight=Weight.SIDE, side="West"),
        Term(text="valley", weight=Weight.AREA),
        Term(text="ceasefire", weight=Weight.CONTEXT),
        Term(text="army", weight=Weight.LIGHT),
        Term(text="border", weight=Weight.LIGHT),
        Term(text="WAR", weight=Weight.LIGHT),
        Term(text="match", weight=Weight.UNRELATED),
    ],
)


def judged(title: str, summary: str = "") -> bool:
    return relevance(Article(title=title, summary=summary), (TOPIC,)).relevant


@pytest.mark.parametrize(
    "title",
    [
        "Pinewoods burn",
        "On the north road",
        "深い森で",
        "East and West",
        "Eastern ceasefire",
        "Eastern army at the border",
        "Ceasefire in the valley",
        "Pinewood match",
    ],
)
def test_enough(title: str) -> None:
    assert judged(title)


@pytest.mark.parametrize(
    "title",
    [
        "Pinewood furniture",
        "A road north",
        "Eastern cooking",
        "Eastern army",
        "Eastern army, army and army",
        "Eastern war at the army",
        "The valley",
        "A ceasefire",
        "East and West play a match",
        "",
    ],
)
def test_not_enough(title: str) -> None:
    assert not judged(title)


def test_both_sides_below_the_title_need_a_word_of_the_conflict() -> None:
    assert not judged("News", "East and West.")
    assert judged("News", "East and West, the army.")


def test_first_topic_that_fits_is_named() -> None:
    other = Topic(id="o", name="Other", terms=[Term(text="pinewood", weight=Weight.STRONG)])
    assert relevance(Article(title="Pinewood"), (other, TOPIC)).topic == "o"
    assert relevance(Article(title="East and West"), (other, TOPIC)).topic == "t"


def test_no_topic_is_no_relevance() -> None:
    assert not relevance(Article(title="Pinewood"), ()).relevant


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
def test_quick_look_passes_over_nothing_that_a_close_one_would_keep(title: str, summary: str) -> None:
    article = Article(title=f"{title} pinewoods {summary}")
    assert judged(article.title) == any(True for hit in _hits(article.title) if hit.term.weight is Weight.STRONG)


def _hits(text: str) -> list[object]:
    from bot.analysis.text import tokenize

    return list(TOPIC.hits(tokenize(text)))
