"""Time zones are read as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.discord.words import words_in
from bot.discord.zones import read_zone
from bot.domain.errors import Invalid

WORDS = words_in("en")


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("europe/paris", "Europe/Paris"),
        ("paris", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("yerevan", "Asia/Yerevan"),
        ("Ереван", "Asia/Yerevan"),
        ("Stepanakert", "Asia/Yerevan"),
        ("Khankendi", "Asia/Baku"),
        ("washington", "America/New_York"),
        ("", "UTC"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(written: str, zone: str) -> None:
    assert read_zone(written, WORDS) == zone


@pytest.mark.parametrize(("written", "hours"), [("UTC+4", 4), ("+4", 4), ("GMT-5", -5), ("UTC+00", 0), ("+04:00", 4)])
def test_an_offset_is_read_eastwards(written: str, hours: int) -> None:
    noon = datetime(2023, 9, 19, 12, tzinfo=ZoneInfo(read_zone(written, WORDS)))
    assert noon.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(("written", "near"), [("Europe/Pariss", "Europe/Paris"), ("Yerevn", "Asia/Yerevan")])
def test_what_is_no_zone_is_told_with_the_nearest(written: str, near: str) -> None:
    with pytest.raises(Invalid, match=near):
        read_zone(written, WORDS)


def test_an_offset_that_is_nowhere_is_no_zone() -> None:
    with pytest.raises(Invalid):
        read_zone("UTC+29", WORDS)
