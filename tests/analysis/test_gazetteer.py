"""The gazetteer's rules, on a lexicon of a few entries."""

from collections.abc import Iterator
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.gazetteer import Gazetteer, MentionKind
from bot.analysis.mentions import Alias, Namesake, Office, Person
from bot.analysis.text import Token, tokenize


def alias(form: str, code: str, kind: MentionKind = MentionKind.NAME, **known: object) -> Alias:
    return Alias(form=form, code=code, kind=kind, name=code.title(), **known)  # type: ignore[arg-type]


ROSS = Person(
    name="Ann Ross",
    offices=(
        Office(actor="AAA", role="minister", since=date(2020, 1, 1), until=date(2021, 1, 1)),
        Office(actor="BBB", role="envoy", since=date(2022, 1, 1)),
    ),
)
GAZETTEER = Gazetteer.of(
    [
        Alias(form="Aland Times", code="", kind=MentionKind.LOOKALIKE, name="Aland Times"),
        alias("Aland", "AAA"),
        alias("Aland Islands", "BBB"),
        alias("New-Aland", "CCC"),
        alias("AU", "DDD"),
        alias("Ålborg", "EEE", MentionKind.CAPITAL),
        alias("Alandic", "AAA", MentionKind.DEMONYM),
        alias("Senate", "FFF", MentionKind.ORGAN),
        alias("Ann Ross", "OTHER", MentionKind.PERSON, person=0),
        alias("Ross", "OTHER", MentionKind.PERSON, person=0, is_full_name=False),
        alias("Vord", "AAA", language="fr"),
        alias("Vord", "BBB", language="de"),
    ],
    [ROSS],
    namesakes=[
        Namesake(code="AAA", forms=frozenset({"aland"}), signs=frozenset({"ferry"}), unless=frozenset({"army"}))
    ],
    first_names=["bob"],
    events=["summit"],
    titles=["minister"],
    owning=[("'s",), ("of", "the")],
    particles=["von"],
)


def codes(text: str, on: date | None = None, language: str | None = None) -> list[str]:
    return [mention.code for mention in GAZETTEER.find(tokenize(text), on, language)]


def test_longest_form_wins() -> None:
    assert codes("the Aland Islands and Aland") == ["BBB", "AAA"]


def test_lookalike_hides_what_is_in_it() -> None:
    assert codes("the Aland Times") == []


def test_capitals_of_a_form_are_needed() -> None:
    assert codes("aland ALAND Aland") == ["AAA", "AAA"]


def test_acronym_is_only_found_in_capitals() -> None:
    assert codes("au Au AU") == ["DDD"]


def test_hyphen_may_be_missing() -> None:
    assert codes("New Aland, New-Aland, New‐Aland") == ["CCC", "CCC", "CCC"]


def test_accents_may_be_missing() -> None:
    assert codes("Alborg and Ålborg") == ["EEE", "EEE"]


def test_capital_before_an_occasion_is_no_actor() -> None:
    assert codes("the Ålborg summit") == []


def test_organ_belongs_to_whoever_owns_it() -> None:
    assert codes("the Alandic Senate") == ["AAA", "AAA"]
    assert codes("Aland's Senate") == ["AAA", "AAA"]
    assert codes("the Senate of the Aland Islands") == ["BBB", "BBB"]
    assert codes("the Senate told Aland") == ["FFF", "AAA"]


def test_form_of_one_language_is_found_in_that_language() -> None:
    assert codes("Vord", language="fr") == ["AAA"]
    assert codes("Vord", language="de") == ["BBB"]
    assert codes("Vord", language="xx") == ["AAA"]


def test_namesake_is_told_by_its_company() -> None:
    assert codes("the ferry to Aland") == []
    assert codes("the army took the ferry to Aland") == ["AAA"]


def test_offices_change_on_their_days() -> None:
    assert codes("Ross", date(2020, 6, 1)) == ["AAA"]
    assert codes("Ross", date(2021, 6, 1)) == ["OTHER"]
    assert codes("Ross", date(2023, 6, 1)) == ["BBB"]
    assert codes("Ross") == ["BBB"]


def test_out_of_office_says_what_was() -> None:
    (mention,) = GAZETTEER.find(tokenize("Ross"), date(2021, 6, 1))
    assert (mention.role, mention.in_office, mention.name) == ("former minister", False, "Other")


def test_bare_surname_long_before_any_office_is_somebody_elses() -> None:
    assert codes("Ross", date(2015, 6, 1)) == []
    assert codes("Ann Ross", date(2015, 6, 1)) == ["OTHER"]


def test_first_name_before_a_surname_makes_it_somebody_elses() -> None:
    assert codes("Bob Ross paints") == []
    assert codes("Bob Ross paints. Ross sells.") == []
    assert codes("Ann Ross and Ross") == ["BBB", "BBB"]
    assert codes("so said Minister Ross") == ["BBB"]
    assert codes("so said painter Gustav Ross") == []


class Walked(list[Token]):
    """Tokens that count how often somebody goes through all of them."""

    walks = 0

    def __iter__(self) -> Iterator[Token]:
        self.walks += 1
        return super().__iter__()


def test_what_is_named_often_has_the_text_gone_through_no_more_often() -> None:
    """The signs of a namesake are looked for once in a text, however often the name stands there."""
    walks = []
    for times in (2, 40):
        tokens = Walked(tokenize("The ferry left. " + "Aland waits. " * times))
        assert GAZETTEER.find(tokens) == ()
        walks.append(tokens.walks)
    assert walks[0] == walks[1]


@settings(deadline=None)
@given(st.text(alphabet="Aland Ros'-.’ISTUNu \n", max_size=200))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in GAZETTEER.find(tokenize(text)):
        assert end <= mention.start_token < mention.end_token
        end = mention.end_token
    assert end <= len(tokenize(text))
