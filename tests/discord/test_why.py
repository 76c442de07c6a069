"""Why an alert came, and why another did not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.client import Communique
from bot.discord.explaining import marked
from bot.discord.poster import DiscordMessenger
from bot.domain.decisions import Verdict


@pytest.fixture
async def alert(simcord_env, simcord_bot, place, archive, samples):
    """A posted alert, its item in the archive."""
    archive()
    message = samples.message(item=samples.item(id="item of r1"))
    message = replace(
        message,
        subscription=replace(message.subscription, channel_id=str(place.channel.id)),
        alert=replace(message.alert, story_id="story of r1"),
    )
    await DiscordMessenger(simcord_bot, samples.names).post(message)
    return place.channel.last_message


def explained(result):
    return result.response.embeds[0]


async def test_the_button_tells_the_sentence_the_deciding_word_the_rule_and_the_outlets(simcord_env, place, alert):
    embed = explained(await place.member.click(alert, label="Why this?"))

    assert "France **condemned** the operation launched by Azerbaijan." in embed.description
    assert "rule `condemn/verb`" in embed.description
    assert {field.name: field.value for field in embed.fields}["Story"].endswith("1 outlet: Rhône Matin")


async def test_the_button_works_after_a_restart_and_for_its_reader_alone(simcord_env, services, place, alert):
    await simcord_env.restart_bot(Communique(services))
    result = await place.member.click(place.channel.last_message, label="Why this?")
    assert result.ephemeral
    assert "**condemned**" in explained(result).description


async def test_the_menu_of_a_message_explains_it_too(simcord_env, place, alert):
    result = await place.member.context_menu(place.channel, "Why this?", alert)
    assert "**condemned**" in explained(result).description


@pytest.mark.simcord(check_errors=False)
async def test_the_menu_says_so_of_a_message_that_is_no_alert(simcord_env, place):
    message = await place.member.send(place.channel, "hello")
    result = await place.manager.context_menu(place.channel, "Why this?", message)
    assert "no alert of mine" in explained(result).description


async def test_a_link_tells_what_kept_an_article_from_being_alerted_here_and_nothing_of_elsewhere(
    simcord_env, place, archive, fake_store, samples
):
    archive()
    item = fake_store.rows.items["item of r1"]
    for name, guild, reason in (("here", str(place.guild.id), "it is too old"), ("there", "999", "secret filter")):
        fake_store.rows.subscriptions[name] = replace(
            samples.message().subscription, id=name, guild_id=guild, channel_id=f"channel of {name}"
        )
        fake_store.rows.verdicts[item.id, name, ""] = Verdict(
            item_id=item.id, subscription_id=name, alerted=False, reason=reason, at=samples.now
        )

    embed = explained(await place.member.slash(place.channel, "why", link=item.link))

    shown = {field.name: field.value for field in embed.fields}
    assert shown["Not alerted"] == "- it is too old"


@pytest.mark.simcord(check_errors=False)
async def test_an_article_of_another_server_s_feed_is_not_told_of(simcord_env, place, archive, fake_store):
    archive(guild="999")
    link = fake_store.rows.items["item of r1"].link
    result = await place.member.slash(place.channel, "why", link=link)
    assert "no article with this link" in explained(result).description


@pytest.mark.simcord(check_errors=False)
async def test_an_unknown_link_says_so(simcord_env, place):
    result = await place.member.slash(place.channel, "why", link="https://unknown.example/")
    assert explained(result).footer.text.startswith("Error ")


@pytest.mark.parametrize(
    ("evidence", "cue", "shown"),
    [
        ("France condemned it.", "condemned", "France **condemned** it."),
        ("*bold* France condemned it.", "CONDEMNED", "\\*bold\\* France **condemned** it."),
        ("France condemned it.", "absent", "France condemned it."),
        ("France condemned it.", "", "France condemned it."),
    ],
)
def test_the_deciding_word_is_marked_and_the_rest_escaped(evidence, cue, shown):
    assert marked(evidence, cue) == shown


async def test_all_reactions_of_a_digest_are_a_button_away(simcord_env, simcord_bot, place, archive, samples):
    archive()
    edition = samples.edition(samples.sourced())
    edition = replace(edition, subscription=replace(edition.subscription, channel_id=str(place.channel.id)))
    await DiscordMessenger(simcord_bot, samples.names).post_digest(edition)

    result = await place.member.click(place.channel.last_message, label="All reactions")

    assert result.ephemeral
    assert "**France**" in explained(result).description
