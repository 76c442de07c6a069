"""Which words of a text tell something, and which forms are one word."""

from __future__ import annotations

from bot.domain.terms import stem, terms


def test_common_and_topical_words_tell_nothing():
    assert terms(["azerbaijan", "said", "that", "the", "lachin", "road", "would", "reopen"]) == (
        "lachin",
        "road",
        "reopen",
    )


def test_forms_of_a_word_share_a_stem():
    assert stem("talks") == stem("talk")
    assert stem("shelling") == stem("shelled") == stem("shells")
