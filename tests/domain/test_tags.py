"""What words are tagged with, and which kinds of event tags make together."""

from __future__ import annotations

from bot.domain.tags import kinds, tag_of
from bot.domain.vocabulary import ALONE, COMBINED, KIN, TAGGED


def test_a_word_is_known_by_its_beginning_or_as_a_whole() -> None:
    assert tag_of("shelling") == tag_of("shell") == "FIGHT"
    assert tag_of("shellfish") is None


def test_the_vocabulary_names_only_tags_and_kinds_that_exist():
    tags = {*TAGGED, *ALONE.values()}
    made = {kind for *_, kind in COMBINED} | {tag for tag in TAGGED if tag.islower()} | set(ALONE.values())

    assert {tag for one, other, _ in COMBINED for tag in (one, other)} <= tags
    assert set(ALONE) <= set(TAGGED)
    assert {kind for kin in KIN for kind in kin} <= made


def test_words_without_an_event_make_no_kind():
    assert kinds(["a", "quiet", "day", "in", "the", "valley"]) == ()


def test_a_post_that_is_hit_is_where_it_happened() -> None:
    assert kinds(["guards", "fire", "at", "checkpoint"]) == ("offensive",)
    assert kinds(["guards", "install", "checkpoint"]) == ("checkpoint",)
    assert kinds(["observers", "come", "under", "fire"]) == ("offensive",)
