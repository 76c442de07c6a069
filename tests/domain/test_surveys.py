"""Many reactions at once: counted once, in their place, with silence told from speech."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reactions import Family, ReactionType
from bot.domain.surveys import MOST_ACTORS, MOST_STEPS, REST, WATCHED, Bands, Tallied, board, silent, timeline

DAY = date(2023, 9, 19)
CONDEMN, WELCOME, APPEAL = ReactionType.CONDEMN, ReactionType.WELCOME, ReactionType.CALL_CEASEFIRE


def tallied(actor: str, kind: ReactionType, target: str = "", *, day: int = 0, count: int = 1) -> Tallied:
    return Tallied(day=DAY + timedelta(days=day), actor=actor, type=kind, target=target, count=count)


def test_a_board_tells_who_did_what_towards_whom_and_who_kept_silent() -> None:
    made = board(
        [tallied("FRA", CONDEMN, "AZE", count=3), tallied("FRA", APPEAL, "AZE"), tallied("IRN", WELCOME, "ARM")]
    )
    assert made.actors == ("FRA", "IRN")
    assert made.parties == ("ARM", "AZE", "NKR")
    french, iranian = made.cells
    assert french[0] is None
    assert french[1] is not None
    assert (french[1].count, french[1].tone) == (4, -1.25)
    assert french[1].families == (Family.CRITICISM, Family.APPEAL)
    assert iranian[0] is not None
    assert (iranian[1], iranian[2]) == (None, None)


def test_a_board_has_as_many_rows_as_a_phone_shows_the_busiest_first() -> None:
    made = board(tallied(f"A{number:02}", CONDEMN, "AZE", count=number + 1) for number in range(40))
    assert len(made.actors) == MOST_ACTORS
    assert made.actors[0] == "A39"


def test_what_is_aimed_at_nobody_asked_for_is_not_on_the_board() -> None:
    assert board([tallied("FRA", CONDEMN), tallied("FRA", CONDEMN, "RUS"), tallied("AZE", CONDEMN, "AZE")]).actors == ()


def test_a_timeline_counts_by_day_and_family() -> None:
    made = timeline(
        [tallied("FRA", CONDEMN), tallied("IRN", WELCOME, day=2, count=2), tallied("IRN", WELCOME, day=9)],
        since=DAY,
        until=DAY + timedelta(days=2),
    )
    assert made.days == (DAY, DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert made.bands == ("criticism", "support")
    assert made.counts == ((1, 0, 0), (0, 0, 2))
    assert made.tones == (-2.0, None, 2.0)


@given(st.integers(0, 4000), st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(ReactionType)), max_size=30))
def test_nothing_within_a_timeline_is_lost_and_it_is_never_too_fine(
    length: int, happened: list[tuple[int, ReactionType]]
) -> None:
    given_ = [tallied("FRA", kind, day=day) for day, kind in happened]
    made = timeline(given_, since=DAY, until=DAY + timedelta(days=length))
    assert len(made.days) <= MOST_STEPS
    assert sum(map(sum, made.counts)) == sum(day <= length for day, _ in happened)


def test_a_timeline_of_actors_has_the_busiest_and_one_band_for_the_rest() -> None:
    happened = [tallied(f"A{number}", CONDEMN, count=number + 1) for number in range(9)]
    made = timeline(happened, since=DAY, until=DAY, by=Bands.ACTORS, most=3)
    assert made.bands == ("A8", "A7", "A6", REST)
    assert made.counts == ((9,), (8,), (7,), (21,))
    few = timeline(happened[:2], since=DAY, until=DAY, by=Bands.ACTORS, most=3)
    assert few.bands == ("A1", "A0")
    others = timeline(
        [tallied("OTHER", CONDEMN, count=5), tallied("FRA", CONDEMN)], since=DAY, until=DAY, by=Bands.ACTORS
    )
    assert (others.bands, others.counts) == (("FRA", REST), ((1,), (5,)))


def test_who_is_watched_and_was_not_heard_is_silent() -> None:
    assert silent(["FRA", "ARM"], watched=("FRA", "NATO", "IRN")) == ("NATO", "IRN")
    assert silent(WATCHED) == ()
