"""What may ping: kinds of reaction by how often their words meant them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.domain.analyst import Reading
from bot.domain.items import Article
from bot.domain.reactions import ReactionType, Record, Tier

_T = ReactionType
Read = Callable[..., Reading]


def of(kind: ReactionType, records: tuple[Record, ...]) -> Record:
    (record,) = (record for record in records if record.type is kind)
    return record


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (_T.THREATEN, "Azerbaijan threatens to use force against Armenia"),
        (_T.WARN, "Iran warns Azerbaijan against changing its border with Armenia"),
        (_T.EXPRESS_SUPPORT, "Turkey backs Azerbaijan over Karabakh"),
        (_T.AGREE, "Greece agreed with Azerbaijan on a gas deal"),
        (_T.DEMAND_WITHDRAWAL, "Greece demands that Azerbaijan withdraw its troops from Armenia"),
    ],
)
def test_what_is_often_only_spoken_of_alerts_in_a_headline_alone(read: Read, kind: ReactionType, sentence: str) -> None:
    headline = of(kind, read(title=sentence).records)
    below = of(kind, read(f"{sentence}.", title="A day in the South Caucasus").records)
    assert (headline.tier, below.tier) == (Tier.ALERT, Tier.DIGEST)
    assert headline.confidence > below.confidence


def test_what_little_else_means_alerts_wherever_it_stands(read: Read) -> None:
    sentence = "Greece condemned the attack by Azerbaijan"
    for reading in (read(title=sentence), read(f"{sentence}."), read(content=f"It was a long day. {sentence}.")):
        assert of(_T.CONDEMN, reading.records).tier is Tier.ALERT


def test_a_pronoun_that_condemns_alerts_and_one_that_calls_for_talks_does_not(read: Read) -> None:
    condemns = read("Emmanuel Macron arrived at noon. He condemned the attack by Azerbaijan.")
    calls = read("Emmanuel Macron arrived at noon. He urged Armenia and Azerbaijan to return to talks.")
    assert of(_T.CONDEMN, condemns.records).tier is Tier.ALERT
    assert of(_T.CALL_DIALOGUE, calls.records).tier is Tier.DIGEST


def test_the_better_telling_of_an_act_counts(read: Read) -> None:
    reading = read("Iran warned Azerbaijan on Monday.", title="Iran warns Azerbaijan over the corridor")
    assert of(_T.WARN, reading.records).tier is Tier.ALERT


def test_who_only_tells_alerts_nobody(read: Read) -> None:
    for sentence in (
        "Nikol Pashinyan said that the roads to Goris were good.",
        "“The roads are good,” Nikol Pashinyan said.",
    ):
        assert of(_T.REPORT, read(sentence).records).tier is Tier.DIGEST


def test_the_tier_is_explained(analyst: LexiconAnalyst) -> None:
    article = Article(title="A day in the South Caucasus", summary="Iran warned Azerbaijan.", content="", language="en")
    (coded,) = (coded for coded in analyst.explain(article).because if coded.record.type is _T.WARN)
    assert any("below the headline" in reason for reason in coded.reasons)
