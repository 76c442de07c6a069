"""What is worked out of a word once: it tells the same as the pack, and never hides what a sentence may hold."""

from __future__ import annotations

import pytest

from bot.analysis import lexemes as lx
from bot.analysis.chunks import Kind
from bot.analysis.lexemes import Lexemes
from bot.analysis.pack import Pack, Slot
from bot.analysis.remembering import Remembered
from bot.analysis.text import tokens_of
from bot.lexicons.lexicon import packs

PACKS = packs()


@pytest.fixture(params=sorted(PACKS))
def lexemes(request: pytest.FixtureRequest) -> Lexemes:
    """Return the words of one shipped pack."""
    return Lexemes(PACKS[str(request.param)]())


def may(lexemes: Lexemes, words: tuple[str, ...]) -> int:
    """Return what a sentence of these words may hold."""
    found = 0
    for word in words:
        found |= lexemes[word].may
    return found


def test_flags_and_forms_are_those_of_the_pack(lexemes: Lexemes) -> None:
    """Every word of the pack keeps its flags, and each reading as a verb."""
    for norm, word in lexemes.pack.words.items():
        lexeme = lexemes[norm]
        assert lexeme.is_known
        assert lexeme.flags == word.flags
        assert [form[:4] for form in lexeme.forms] == [form[:4] for form in word.forms]
        assert lexeme.bare == tuple(form for form in lexeme.forms if not form.tail)


def test_no_sentence_with_a_phrase_is_passed_over(lexemes: Lexemes) -> None:
    """The words of each phrase of the pack tell that it may be there."""
    pack: Pack = lexemes.pack
    telling = [phrase.words for of_one in pack.phrases.values() for phrase in of_one]
    for bit, phrases in (
        (lx.MAY_HAVE_ADVERB, pack.adverb_phrases),
        (lx.MAY_HAVE_ADVERB, pack.negations),
        (lx.MAY_HAVE_ADVERB, pack.condition_phrases),
        (lx.MAY_HAVE_QUANTITY, pack.quantity_phrases),
        (lx.MAY_HAVE_ROLE_TAIL, pack.role_tails),
        (lx.MAY_HAVE_SOURCE, (*pack.source_phrases, *pack.pronoun_sources)),
        (lx.MAY_HAVE_PHRASE, (*telling, *pack.only_way)),
        (lx.MAY_SUM_UP, pack.latter),
    ):
        assert [phrase for phrase in phrases if not may(lexemes, phrase) & bit] == []


def test_no_sentence_with_a_telling_word_is_passed_over(lexemes: Lexemes) -> None:
    """The words that some rules are for tell that there is something to look for."""
    pack = lexemes.pack
    for bit, words in (
        (lx.MAY_GATHER, pack.gatherings),
        (lx.MAY_SUM_UP, pack.sides | pack.parties),
        (lx.MAY_BE_WRONG, pack.wrong),
        (lx.MAY_BE_HOME, pack.home),
        (lx.MAY_LAST, pack.lasting),
        (lx.MAY_BE_BLAMELESS, pack.blameless),
        (lx.MAY_BE_CALLED, pack.request_nouns),
        (lx.MAY_BE_PAPER, pack.papers),
    ):
        assert [word for word in words if not lexemes[word].may & bit] == []


@pytest.mark.parametrize("norm", ["zyx", "glavnostvo", "qarabağ"])
def test_unknown_word_is_a_noun_and_nothing_else(norm: str) -> None:
    """A word that no pack knows stands in a noun phrase."""
    lexeme = Lexemes(PACKS["en"]())[norm]
    assert lexeme.is_noun
    assert lexeme.begins_noun
    assert not lexeme.is_known


def test_word_that_may_do_more_is_not_taken_for_a_noun() -> None:
    """Verbs, prepositions, figures, marks and what ends like an adverb are looked at closely."""
    english = Lexemes(PACKS["en"]())
    for norm in ("condemned", "of", "15m", ",", "-", "swiftly", "him"):
        assert not english[norm].is_noun
    assert english["the"].begins_noun
    assert english["swiftly"].may & lx.MAY_BE_ADVERB
    assert english["15m"].may & lx.MAY_BE_AMOUNT
    assert english[","].ends_phrase


@pytest.mark.parametrize(
    ("norm", "kind"),
    [
        ("and", Kind.AND),
        ("but", Kind.BUT),
        (",", Kind.COMMA),
        ("who", Kind.RELATIVE),
        ("he", Kind.PRONOUN),
        ("amid", Kind.PREPOSITION),
    ],
)
def test_word_that_is_a_chunk_by_itself_has_its_kind(norm: str, kind: int) -> None:
    """What a word is wherever it stands is known beforehand."""
    assert Lexemes(PACKS["en"]())[norm].kind == kind


@pytest.mark.parametrize("norm", ["that", "condemned", "tuesday", "minister", "zyx", "the"])
def test_word_that_depends_on_its_place_has_no_kind(norm: str) -> None:
    """What a word is by the words around it is not known beforehand."""
    assert Lexemes(PACKS["en"]())[norm].kind == -1


def test_slots_are_those_of_all_forms() -> None:
    """A word that can be two forms of a verb has the slots of both."""
    lexeme = Lexemes(PACKS["en"]())["condemned"]
    assert lexeme.slots & Slot.PAST
    assert lexeme.slots & Slot.PARTICIPLE
    assert lexeme.is_plain_verb


def test_part_of_several_words_keeps_no_sense_of_its_own() -> None:
    """What is read as a part of "at least" is no word by itself any more, and a mark stays a mark."""
    english = Lexemes(PACKS["en"]())
    assert english["condemned"].without_senses().forms == ()
    assert not english["zyx"].without_senses().is_noun
    assert english[","].without_senses().ends_phrase


def test_words_of_an_item_are_told_by_their_place() -> None:
    """What a range of words may be leaves out the words beside it."""
    english = Lexemes(PACKS["en"]())
    tokens, norms = tokens_of("Aggression went on. Rain fell.")
    words = english.words(tokens, norms)
    assert words.norms == tuple(token.norm for token in words.tokens)
    assert words.may(0, 4) & lx.MAY_BE_WRONG
    assert not words.may(4, len(tokens)) & lx.MAY_BE_WRONG


def test_remembered_asks_once_and_begins_anew_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word is asked for once, until so many are known that all are forgotten."""
    monkeypatch.setattr("bot.analysis.remembering._MOST", 2)
    asked: list[str] = []

    def tell(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(tell)
    assert [lengths["a"], lengths["a"], lengths["bb"], lengths["ccc"], lengths["a"]] == [1, 1, 2, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert len(lengths) <= 2
