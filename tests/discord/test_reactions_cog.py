"""Questions to the archive, asked as people ask them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.client import Communique
from bot.discord.listing import COUNTED, page_embed
from bot.discord.questions import decoded, encoded, whole_hours, written
from bot.discord.words import words_in
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType, Tier
from bot.usecases import query


def shown(result) -> str:
    """Return the description of the one embed of an answer."""
    message = result.response
    return message.embeds[0].description if message.embeds else message.content


async def test_latest_answers_with_reactions_quotes_and_linked_outlets(simcord_env, place, archive):
    archive()

    result = await place.member.slash(place.channel, "reactions latest")

    assert result.ephemeral
    text = shown(result)
    assert "🇫🇷 **France** condemns → 🇦🇿 Azerbaijan" in text
    assert "“Nothing can justify this unilateral use of force.”" in text
    assert "[Rhône Matin](https://rhone-matin.example/paris-condemns)" in text


async def test_latest_can_be_shown_to_everybody(simcord_env, place, archive):
    archive()
    result = await place.member.slash(place.channel, "reactions latest", public=True)
    assert not result.ephemeral


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"actor": "FRA"}, True),
        ({"actor": "France"}, True),
        ({"actor": "ARM"}, False),
        ({"target": "AZE"}, True),
        ({"type": "condemn"}, True),
        ({"type": "criticism"}, True),
        ({"type": "appeal"}, False),
        ({"since": "24h"}, True),
        ({"since": "1h"}, False),
        ({"since": "2023-09-19"}, True),
        ({"language": "en"}, True),
        ({"language": "ru"}, False),
        ({"outlet": "Rhône Matin"}, True),
        ({"outlet": "Ararat Wire"}, False),
    ],
)
async def test_every_option_narrows_the_answer(simcord_env, place, archive, options, found):
    archive()
    result = await place.member.slash(place.channel, "reactions latest", **options)
    assert ("**France**" in shown(result)) is found


async def test_an_empty_answer_says_what_to_widen(simcord_env, place, archive):
    archive()
    result = await place.member.slash(place.channel, "reactions latest", actor="ARM", since="7d")
    assert shown(result) == (
        "Nothing found. To widen the question: go further back, ask for all actors, "
        "ask for what is said indirectly too (`everything`)."
    )


async def test_an_empty_archive_says_so(simcord_env, place):
    result = await place.member.slash(place.channel, "reactions latest")
    assert "`/sources`" in shown(result)


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"actor": "Frnace"}, "did you mean France?"),
        ({"type": "condem"}, "condemn"),
        ({"since": "whenever"}, "write 24h, 7d"),
    ],
)
async def test_a_bad_option_is_told_with_what_is_allowed_and_an_id(simcord_env, place, archive, options, hint):
    result = await place.member.slash(place.channel, "reactions latest", **options)

    embed = result.response.embeds[0]
    assert hint in embed.description
    assert embed.footer.text.startswith("Error ")


async def test_what_another_server_s_feed_told_is_not_shown(simcord_env, place, archive):
    archive(guild="999")
    assert "**France**" not in shown(await place.member.slash(place.channel, "reactions latest"))


async def test_an_answer_says_how_far_back_was_looked_where_that_was_not_all(simcord_env, place, archive, monkeypatch):
    for day in (15, 16, 17, 18):
        archive(f"r{day}", first_reported_at=datetime(2023, 9, day, tzinfo=UTC))
    monkeypatch.setattr(query, "FURTHEST", 2)

    found = (await place.member.slash(place.channel, "reactions latest")).response.embeds[0]
    assert found.footer.text == "1–3 of 3 · looked back to 2023-09-16; ask for what was before with `until`"

    result = await place.member.slash(place.channel, "reactions search", text="of which nobody spoke")
    assert "Nothing found" in result.response.content
    assert "looked back to 2023-09-16" in result.response.content


async def test_pages_turn_and_keep_turning_after_a_restart(simcord_env, simcord_bot, services, place, archive):
    from bot.discord.client import Communique

    for number in range(12):
        archive(f"r{number}", type=ReactionType.CONDEMN, quote=f"Quote {number}.")
    await place.member.slash(place.channel, "reactions latest", actor="FRA", public=True)
    message = place.channel.last_message
    assert message.embeds[0].footer.text == "1–5 of 12"

    await place.member.click(message, label="▶")
    assert place.channel.last_message.embeds[0].footer.text == "6–10 of 12"

    await simcord_env.restart_bot(Communique(services))
    await place.member.click(place.channel.last_message, label="▶")
    assert place.channel.last_message.embeds[0].footer.text == "11–12 of 12"
    assert [button.label for button in place.channel.last_message.components[0].children] == ["◀"]


async def test_actors_are_completed_by_any_spelling_in_the_reader_s_words(simcord_env, place):
    choices = await place.member.autocomplete(place.channel, "reactions latest", "actor", "fra")
    assert {"name": "🇫🇷 France", "value": "FRA"} in [{key: each[key] for key in ("name", "value")} for each in choices]


@pytest.mark.parametrize(("option", "typed"), [("type", "ceas"), ("since", ""), ("language", "ру"), ("outlet", "rho")])
async def test_every_other_option_completes_too(simcord_env, place, archive, option, typed):
    archive()
    choices = await place.member.autocomplete(place.channel, "reactions latest", option, typed)
    assert 0 < len(choices) <= 25


def test_a_button_holds_its_whole_question(samples):
    query = whole_hours(
        ReactionQuery(
            actors=frozenset({"FRA"}),
            targets=frozenset({"AZE"}),
            types=frozenset({ReactionType.CONDEMN}),
            families=frozenset({Family.APPEAL}),
            languages=frozenset({"en"}),
            outlets=frozenset({"Rhône Matin"}),
            text="ceasefire",
            tier=Tier.ALERT,
            background=False,
            since=samples.now - timedelta(days=3),
        )
    )
    custom_id = encoded(query, "page:10")
    assert custom_id is not None
    assert decoded(custom_id.split(":", 2)[2]) == query


def test_a_question_too_long_for_a_custom_id_has_none():
    assert encoded(ReactionQuery(text="x" * 100), "page:5") is None


@given(st.text(max_size=40), st.frozensets(st.text(min_size=1, max_size=20), max_size=2))
def test_whatever_is_looked_for_comes_back_from_a_button(text, outlets):
    asked = ReactionQuery(text=text or None, outlets=outlets, background=False)
    assert decoded(written(asked)) == asked


async def test_the_pages_of_a_long_question_are_turned_after_a_restart(simcord_env, services, place, archive):
    words = "the negotiations about a lasting settlement, and the roads; which"
    outlet = "A Gazette of the Southern Caucasus and Beyond"
    for number in range(7):
        archive(f"r{number}", outlet=outlet, evidence=f"{words} were opened {number}.", quote=None)
    result = await place.member.slash(
        place.channel,
        "reactions search",
        text=words,
        outlet=outlet,
        actor="FRA",
        target="AZE",
        type="condemn",
        since="7d",
    )
    assert result.response.embeds[0].footer.text == "1–5 of 7"
    await simcord_env.restart_bot(Communique(services))
    await place.member.click(result.response.message, label="▶")
    assert result.response.message.embeds[0].footer.text == "6–7 of 7"
    await place.member.click(result.response.message, label="◀")
    assert result.response.message.embeds[0].footer.text == "1–5 of 7"


async def test_search_finds_words_of_the_quote(simcord_env, place, archive):
    archive()
    assert "**France**" in shown(await place.member.slash(place.channel, "reactions search", text="unilateral"))
    assert "fewer or other words" in shown(await place.member.slash(place.channel, "reactions search", text="football"))


async def test_a_profile_tells_last_acts_tone_families_and_quotes(simcord_env, place, archive, samples):
    archive("r1")
    archive("r2", type=ReactionType.WELCOME, first_reported_at=samples.now - timedelta(days=60), quote=None)

    result = await place.member.slash(place.channel, "reactions actor", actor="France")

    embed = result.response.embeds[0]
    fields = {field.name: field.value for field in embed.fields}
    assert embed.title == "🇫🇷 France"
    assert fields["What it did last"].count("\n") == 1
    assert fields["Its tone, lately and before"] == "- 🇦🇿 Azerbaijan: -2.0 (before: +2.0)"
    assert fields["What it does"] == "criticism 1, support 1"
    assert "“Nothing can justify this unilateral use of force.”" in fields["Most corroborated quotes"]


async def test_a_dossier_tells_who_said_what_in_order_and_what_rests_on_one_outlet(
    simcord_env, place, archive, fake_store, samples
):
    archive("r1")
    archive("r2", type=ReactionType.WARN, first_reported_at=samples.now - timedelta(hours=5), outlet="Ararat Wire")
    rows = fake_store.rows
    rows.reactions["r2"] = replace(rows.reactions["r2"], story_id="story of r1")
    rows.items["item of r2"] = replace(rows.items["item of r2"], story_id="story of r1")

    result = await place.member.slash(place.channel, "reactions story", story="story of r1")

    embed = result.response.embeds[0]
    assert embed.description.index("warns") < embed.description.index("condemns")
    assert embed.footer.text == "2 reactions · 2 rest on one outlet"
    assert "[Ararat Wire](" in embed.fields[0].value


async def test_a_dossier_marks_what_is_said_indirectly_and_leaves_out_what_was_done_before(
    simcord_env, place, archive, fake_store
):
    archive("r1")
    for name, changes in (("r2", {"tier": Tier.DIGEST, "actor": "ARM"}), ("r3", {"background": True, "actor": "RUS"})):
        archive(name, **changes)
        fake_store.rows.reactions[name] = replace(fake_store.rows.reactions[name], story_id="story of r1")
    text = shown(await place.member.slash(place.channel, "reactions story", story="story of r1"))
    assert "**Armenia** condemns → 🇦🇿 Azerbaijan · *indirectly*" in text
    assert text.count("indirectly") == 1
    assert "RUS" not in text


async def test_stories_are_completed_by_their_headlines(simcord_env, place, archive):
    archive()
    choices = await place.member.autocomplete(place.channel, "reactions story", "story", "offensive")
    assert [(each["name"], each["value"]) for each in choices] == [
        ("Paris condemns offensive in Nagorno-Karabakh", "story of r1")
    ]


async def test_a_story_is_found_by_any_headline_it_is_told_under(simcord_env, place, archive, fake_store):
    archive("r1")
    archive("r2", outlet="Ararat Wire", actor="ARM")
    rows = fake_store.rows
    rows.reactions["r2"] = replace(rows.reactions["r2"], story_id="story of r1")
    rows.items["item of r2"] = replace(
        rows.items["item of r2"], title="Shelling begins before dawn", story_id="story of r1"
    )
    choices = await place.member.autocomplete(place.channel, "reactions story", "story", "before dawn")
    assert [each["value"] for each in choices] == ["story of r1"]


async def test_an_unknown_story_says_so(simcord_env, place):
    assert "no such story" in shown(await place.member.slash(place.channel, "reactions story", story="x"))


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_an_export_is_a_file_with_links_and_evidence(simcord_env, place, archive, form):
    archive()
    result = await place.member.slash(place.channel, "reactions export", format=form)

    (attachment,) = result.response.attachments
    assert attachment.filename == f"reactions.{form}"
    content = (await attachment.read()).decode("utf-8-sig")
    assert "France condemned the operation launched by Azerbaijan." in content
    assert "France condemns → Azerbaijan: “Nothing can justify this unilateral use of force.”" in content


async def test_an_export_holds_what_is_asked_for_alone(simcord_env, place, archive):
    archive("r1", evidence="Said outright.")
    archive("r2", evidence="Hinted at.", tier=Tier.DIGEST)
    archive("r3", evidence="Said of Armenia.", targets=("ARM",))
    result = await place.member.slash(
        place.channel,
        "reactions export",
        format="json",
        target="AZE",
        outlet="Rhône Matin",
        language="en",
        directly=True,
    )
    (attachment,) = result.response.attachments
    content = (await attachment.read()).decode("utf-8-sig")
    assert "Said outright." in content
    assert "Hinted at." not in content
    assert "Said of Armenia." not in content


async def test_a_profile_is_of_the_time_that_is_asked_for(simcord_env, place, archive, samples):
    archive("r1", first_reported_at=samples.now - timedelta(days=40))
    archive("r2", type=ReactionType.WELCOME, first_reported_at=samples.now - timedelta(days=2))
    result = await place.member.slash(place.channel, "reactions actor", actor="FRA", since="60d", until="7d")
    assert result.response.embeds[0].footer.text == "1 reaction"


async def test_a_search_is_narrowed_like_any_question(simcord_env, place, archive):
    archive("r1", evidence="France condemned the operation.")
    archive("r2", evidence="France condemned the mine.", targets=("ARM",))
    result = await place.member.slash(place.channel, "reactions search", text="condemned", target="ARM")
    assert result.response.embeds[0].footer.text == "1–1 of 1"


def test_no_cell_of_an_export_is_taken_for_a_formula():
    from bot.discord.cogs.reactions import as_csv

    assert "'=HYPERLINK" in as_csv([{"quote": "=HYPERLINK(1)"}])


async def test_an_export_of_nothing_says_what_to_widen(simcord_env, place):
    assert "`/sources`" in shown(await place.member.slash(place.channel, "reactions export", format="csv"))


async def test_what_is_said_indirectly_is_shown_where_it_is_asked_for(simcord_env, place, archive):
    archive(tier=Tier.DIGEST)
    hidden = await place.member.slash(place.channel, "reactions latest", actor="FRA")
    told = await place.member.slash(place.channel, "reactions latest", actor="FRA", everything=True)
    assert "`everything`" in shown(hidden)
    assert "**France**" in shown(told)


def test_more_than_a_thousand_are_not_counted(samples):
    shown = page_embed("Reactions", (samples.sourced(),), samples.names, words_in("en"), offset=995, total=COUNTED + 1)
    assert shown.footer.text == "996–996 of more than 1000"
