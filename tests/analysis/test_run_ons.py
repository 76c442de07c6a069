"""A standfirst that lacks its full stop ends where the text behind it begins; names that go with what is before stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.analysis.lexemes import Lexemes
from bot.analysis.run_ons import parted
from bot.analysis.sentences import sentences
from bot.analysis.text import tokens_of
from bot.lexicons import load

DAY = date(2023, 9, 20)
BREAK = " | "


Part = Callable[..., str]


@pytest.fixture(scope="session")
def part(tmp_path_factory: pytest.TempPathFactory) -> Part:
    lexicon = load(cache=tmp_path_factory.mktemp("lexicon"))

    def part(text: str, language: str = "en") -> str:
        """Return the text with a bar at each place where a sentence was found to begin."""
        tokens, norms = tokens_of(text)
        pack = lexicon.pack(language)
        assert pack is not None
        words = Lexemes(pack).words(tokens, norms)
        found_names = lexicon.gazetteer.find(tokens, DAY, language, norms=norms)
        mentions = {one.start_token: one for one in found_names}
        ends = {one.end_token: one for one in found_names}
        found = [
            one
            for sentence in sentences(
                text, tokens, summary_at=0, content_at=len(text) + 1, abbreviations=pack.abbreviations
            )
            for one in parted(sentence, words, mentions, ends)
        ]
        return BREAK.join(text[tokens[one.start].start : tokens[one.end - 1].end] for one in found)

    return part


@pytest.mark.parametrize(
    "text",
    [
        "Ministers from nine states gather amid fears of new fighting | The president of Peru said talks would go on.",
        "Envoy says the road must be opened within days | After a week of talks, Peru has lifted its blockade.",
        "Talks in Lima end without any result | But Chile says it will go on negotiating with its neighbour.",
        "Government accuses its neighbour of arming local militias | Chile has recalled its ambassador to Peru.",
        "Envoys say thousands have fled from the fighting in Peru | Chile has sent two planes with tents and blankets.",
        "Leader tells of ‘terrible losses’ among his troops | In a speech on Monday he blamed Chile for them.",
        "Critics call the decision on the border ‘a grave error’ | The government of Chile has defended the closure.",
    ],
)
def test_a_sentence_begins_at_a_capital_that_nothing_before_explains(part: Part, text: str) -> None:
    assert part(text.replace(BREAK, " ")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Norway has condemned the attack on the northern Peru region and on a hospital that stands close to it.",
        "Norway says it will not join the talks that the foreign ministers of fiscally hawkish Germany have proposed.",
        "Norway has called for peace between longtime foes Armenia and Azerbaijan, its prime minister has said.",
        "Norway rejected the timetable Peru has proposed for a meeting of the leaders of all neighbouring states.",
        "Norway has said that the arms France has sold to its neighbours threaten the peace in the whole region.",
        "The minister told reporters for The Hill on Sunday that the border would be closed for a long time.",
        "The minister met his counterpart from Greece Nikos Dendias, who has backed the proposal of the commission.",
        "Norway’s court at The Hague has heard the judges’ opinion on what the former US president has declared.",
        "The minister said that he believes Uruguay will send a plane with tents and blankets within a few days.",
    ],
)
def test_a_name_that_goes_with_the_words_before_begins_nothing(part: Part, text: str) -> None:
    assert part(text) == text


def test_where_cases_tell_what_goes_with_what_a_name_begins_nothing(part: Part) -> None:
    text = "Министр сообщил журналистам о неизбежности нового курса Армении на сближение с соседями и с Европой."
    assert part(text, "ru") == text


def test_quotations_stay_with_the_sentence_they_stand_in(part: Part) -> None:
    text = "Envoy calls the raids ‘a crime’ and wants them stopped | The minister said “we will answer soon” on Friday."
    assert part(text.replace(BREAK, " ")) == text
