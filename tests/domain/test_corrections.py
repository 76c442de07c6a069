"""What an outlet says of its own text is noticed, and the world's withdrawals are not."""

from __future__ import annotations

import pytest

from bot.domain.corrections import is_withdrawn
from tests.fakes.values import item

FILLER = "The two sides met at the border for an hour. " * 40


@pytest.mark.parametrize(
    "words",
    [
        "CORRECTION: Minister spoke on Monday",
        "Corrected: Minister spoke on Monday",
        "(Corrects name of ministry) The minister spoke",
        "This article has been amended to correct the date.",
        "The story was withdrawn.",
        "We have retracted this report.",
        "RECTIFICATIF : la réunion a eu lieu lundi",
        "Cet article a été retiré.",
        "Исправлено: встреча была в понедельник",
        "Эта новость была удалена.",
        "Заголовок был исправлен.",
    ],
)
def test_a_note_about_the_text_is_noticed_at_either_edge(words: str) -> None:
    assert is_withdrawn(item(title="Minister speaks", summary="", content=words))
    assert is_withdrawn(item(title=words, summary=FILLER, content=""))


def test_a_note_at_the_end_of_a_long_text_is_noticed_and_one_amid_it_is_not() -> None:
    note = "This article has been corrected. "
    assert is_withdrawn(item(title="t", summary="", content=FILLER + note))
    assert not is_withdrawn(item(title="t", summary="", content=FILLER + note + FILLER))


@pytest.mark.parametrize(
    "words",
    ["Troops have withdrawn from the village", "The minister corrected himself", "Российские войска были выведены"],
)
def test_what_the_world_takes_back_is_news(words: str) -> None:
    assert not is_withdrawn(item(title=words, summary=FILLER, content=""))
