"""What a server has chosen and the log of its changes are read as they were written, each server's own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from bot.domain.guilds import Act, Change, Preferences
from bot.domain.places import PlaceNames


def change(make: ModuleType, number: int, guild: str = "guild") -> Change:
    return Change(
        id=f"change {guild} {number}",
        guild_id=guild,
        author="42",
        act=Act.FEED_ADDED,
        subject="An outlet “so called”",
        detail="https://outlet.example/rss",
        at=make.at(hours=number),
    )


async def test_a_server_that_has_chosen_nothing_has_the_defaults(store: Any) -> None:
    assert await store.preferences("guild") == Preferences(guild_id="guild", language=None, place_names=PlaceNames.BOTH)


async def test_the_last_choice_stands_and_is_no_other_server_s(store: Any) -> None:
    await store.save_preferences(Preferences(guild_id="guild", language="fr"))
    chosen = Preferences(guild_id="guild", language="ru", place_names=PlaceNames.ARMENIAN)
    await store.save_preferences(chosen)
    assert await store.preferences("guild") == chosen
    assert await store.preferences("other") == Preferences(guild_id="other")


async def test_a_log_is_read_in_pages_the_latest_first(store: Any, make: ModuleType) -> None:
    lines = [change(make, number) for number in range(5)]
    for line in (*lines, change(make, 9, "other")):
        await store.add_change(line)
    await store.add_change(lines[0])
    assert await store.changes("guild", limit=2) == (lines[4], lines[3])
    assert await store.changes("guild", limit=9, offset=3) == (lines[1], lines[0])
    assert await store.count_changes("guild") == 5
