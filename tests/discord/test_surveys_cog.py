"""Many reactions seen at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.discord.client import Communique
from bot.domain.reactions import ReactionType

PNG = b"\x89PNG drawn"


class Pictures:
    """Remembers what was to be drawn."""

    def __init__(self) -> None:
        self.asked: list[dict] = []

    async def timeline(self, line, captions, **look) -> bytes:
        self.asked.append({"survey": line, "captions": captions, **look})
        return PNG

    async def board(self, board, captions, **look) -> bytes:
        self.asked.append({"survey": board, "captions": captions, **look})
        return PNG


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture
def simcord_bot(services, pictures) -> Communique:
    return Communique(replace(services, pictures=pictures))


async def test_a_timeline_is_told_in_text_and_drawn_in_the_reader_s_words(
    simcord_env, place, archive, pictures, samples
):
    archive("r1")
    archive("r2", type=ReactionType.CALL_CEASEFIRE, first_reported_at=samples.now - timedelta(days=2))

    result = await place.member.slash(place.channel, "reactions timeline", since="7d")

    embed = result.response.embeds[0]
    assert embed.description.count("1 reaction, tone") == 2
    assert "criticism 1" in embed.description
    assert embed.image.url.endswith("survey.png")
    (attachment,) = result.response.attachments
    assert await attachment.read() == PNG
    assert len(pictures.asked[0]["survey"].days) == 8
    assert pictures.asked[0]["dark"] is True


async def test_a_board_tells_who_reacted_to_whom_in_which_tone(simcord_env, place, archive, pictures):
    archive("r1")
    archive("r2", actor="RUS", targets=("ARM", "AZE"), type=ReactionType.CALL_CEASEFIRE)

    result = await place.member.slash(place.channel, "reactions board", since="7d", look="light")

    text = result.response.embeds[0].description
    assert "**🇫🇷 France** → 🇦🇿 Azerbaijan -2.0 (1)" in text
    assert "🇦🇲 Armenia +1.0 (1), 🇦🇿 Azerbaijan +1.0 (1)" in text
    assert pictures.asked[0]["dark"] is False
    assert pictures.asked[0]["captions"].actors["FRA"] == "France"


@pytest.mark.parametrize("command", ["timeline", "board"])
async def test_a_survey_of_nothing_says_what_to_widen(simcord_env, place, command):
    result = await place.member.slash(place.channel, f"reactions {command}")
    assert "go further back" in result.response.content


async def test_without_an_artist_a_survey_is_told_in_text(simcord_env, services, place, archive):
    archive()
    await simcord_env.restart_bot(Communique(services))
    result = await place.member.slash(place.channel, "reactions board", since="7d")
    assert "France" in result.response.embeds[0].description
    assert not result.response.attachments


async def test_a_survey_of_more_than_is_read_says_of_how_many_it_is(simcord_env, place, archive, monkeypatch):
    monkeypatch.setattr("bot.discord.cogs.surveys.READ", 2)
    for number in range(3):
        archive(f"r{number}")
    result = await place.member.slash(place.channel, "reactions board", since="7d")
    assert result.response.embeds[0].footer.text == "from the newest 2 reactions of the time"


async def test_a_timeline_can_be_of_who_reacts(simcord_env, place, archive, pictures):
    archive("r1")
    archive("r2", actor="ARM", type=ReactionType.CALL_CEASEFIRE)
    result = await place.member.slash(place.channel, "reactions timeline", since="7d", by="actors")
    assert pictures.asked[0]["survey"].bands == ("ARM", "FRA")
    assert "Armenia 1, France 1" in result.response.embeds[0].description


async def test_a_timeline_ends_with_the_day_before_its_end(simcord_env, place, archive, pictures):
    archive("r1")
    await place.member.slash(place.channel, "reactions timeline", since="2023-09-18", until="2023-09-20")
    assert [f"{day:%d}" for day in pictures.asked[0]["survey"].days] == ["18", "19"]


async def test_a_board_names_those_who_were_not_heard(simcord_env, place, archive):
    archive("r1")
    archive("r2", actor="NATO", targets=())
    result = await place.member.slash(place.channel, "reactions board", since="7d")
    quiet = result.response.embeds[0].description.partition("Not heard in this time: ")[2]
    assert "OSCE" in quiet
    assert "France" not in quiet
    assert "NATO" not in quiet
