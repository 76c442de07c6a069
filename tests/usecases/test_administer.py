"""A server's choices are kept and every change is written into its log."""

from __future__ import annotations

import pytest

from bot.domain.guilds import Act, Preferences
from bot.domain.places import PlaceNames
from bot.usecases.administer import LONGEST, Administrator


@pytest.fixture
def administrator(newsroom) -> Administrator:
    return Administrator(guilds=newsroom.store, clock=newsroom.clock)


async def test_one_choice_leaves_the_other_as_it_was(newsroom, administrator: Administrator) -> None:
    await administrator.choose_language("fr", guild_id="g", by="1")
    await administrator.choose_place_names(PlaceNames.AZERBAIJANI, guild_id="g", by="2")
    expected = Preferences(guild_id="g", language="fr", place_names=PlaceNames.AZERBAIJANI)
    assert await newsroom.store.preferences("g") == expected


async def test_who_chose_what_and_when_stands_in_the_log(newsroom, administrator: Administrator) -> None:
    began = newsroom.clock()
    await administrator.choose_language("fr", guild_id="g", by="1")
    newsroom.clock.pass_(hours=1)
    await administrator.choose_language(None, guild_id="g", by="2")
    lines = await newsroom.store.changes("g", limit=9)
    assert [(line.author, line.act, line.subject) for line in lines] == [
        ("2", Act.LANGUAGE_CHOSEN, ""),
        ("1", Act.LANGUAGE_CHOSEN, "fr"),
    ]
    assert lines[1].at == began


async def test_direct_messages_have_no_log(newsroom, administrator: Administrator) -> None:
    await administrator.note(Act.SUBSCRIBED, guild_id="", by="1", subject="9")
    assert await newsroom.store.count_changes("") == 0


async def test_a_name_of_any_length_fits_into_a_line(newsroom, administrator: Administrator) -> None:
    await administrator.note(Act.FEED_ADDED, guild_id="g", by="1", subject="x" * 5000)
    (line,) = await newsroom.store.changes("g", limit=1)
    assert len(line.subject) == LONGEST
