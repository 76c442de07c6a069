"""Pictures: real PNGs of the promised size, drawn elsewhere, drawn once."""

from __future__ import annotations

import os
import signal
import struct
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.charts.artist import Artist
from bot.charts.drawing import DPI, FAMILY_COLOURS, WIDTH, Captions, tone_colour
from bot.domain.reactions import Family, ReactionType
from bot.domain.surveys import Bands, Tallied, board, timeline

DAY = date(2023, 9, 19)
TALLIED = [
    Tallied(day=DAY + timedelta(days=number % 5), actor=actor, type=kind, target="AZE", count=number % 3 + 1)
    for number, (actor, kind) in enumerate(
        (actor, kind) for actor in ("FRA", "IRN", "EU") for kind in (ReactionType.CONDEMN, ReactionType.WELCOME)
    )
]
CAPTIONS = Captions(
    title="Who said what to whom",
    actors={code: code for code in ("FRA", "IRN", "EU", "ARM", "AZE", "NKR")},
    families={family: family.value for family in Family},
)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.fixture
async def artist():
    drawing = Artist()
    yield drawing
    await drawing.aclose()


@pytest.mark.slow
async def test_boards_and_timelines_are_pictures_as_wide_as_a_phone(artist: Artist) -> None:
    line = timeline(TALLIED, since=DAY, until=DAY + timedelta(days=10))
    actors = timeline(TALLIED, since=DAY, until=DAY + timedelta(days=10), by=Bands.ACTORS, most=2)
    for picture in (
        await artist.board(board(TALLIED), CAPTIONS),
        await artist.timeline(actors, CAPTIONS),
        await artist.timeline(line, CAPTIONS),
        await artist.timeline(line, CAPTIONS, dark=False),
        await artist.board(board([]), CAPTIONS),
    ):
        assert size_of(picture)[0] == WIDTH * DPI
        assert len(picture) < 200_000


@pytest.mark.slow
async def test_a_picture_is_drawn_once_and_each_theme_has_its_own(artist: Artist) -> None:
    first = await artist.board(board(TALLIED), CAPTIONS)
    assert await artist.board(board(TALLIED), CAPTIONS) is first
    assert await artist.board(board(TALLIED), CAPTIONS, dark=False) != first
    in_french = replace(CAPTIONS, families={family: f"{family.value} (fr)" for family in Family})
    assert await artist.board(board(TALLIED), in_french) != first, "words differ although the title is one"


@pytest.mark.slow
async def test_a_worker_that_was_killed_is_replaced(artist: Artist) -> None:
    await artist.board(board(TALLIED), CAPTIONS)
    assert artist._pool is not None
    for pid in list(artist._pool._processes):
        os.kill(pid, signal.SIGKILL)
    assert size_of(await artist.board(board(TALLIED), CAPTIONS, dark=False))


def test_every_family_has_a_colour_of_its_own() -> None:
    assert set(FAMILY_COLOURS) == set(Family)
    assert len(set(FAMILY_COLOURS.values())) == len(Family)


def test_tones_go_from_vermilion_over_grey_to_blue() -> None:
    assert (tone_colour(-4), tone_colour(0), tone_colour(3)) == ("#d55e00", "#8c8c8c", "#0072b2")
