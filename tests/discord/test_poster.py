"""The messenger against discord.py's real machinery and a simulated Discord."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.discord.poster import DiscordMessenger
from bot.domain.alerts import AlertMessage
from bot.domain.errors import ChannelRefused, NotFound, PostUncertain
from bot.domain.reactions import ReactionType
from bot.domain.subscriptions import ChannelKind, Mode


@pytest.fixture
def simcord_bot():
    return discord.Client(intents=discord.Intents(guilds=True))


@pytest.fixture
def messenger(simcord_env, simcord_bot, samples):
    return DiscordMessenger(simcord_bot, samples.names)


def addressed(message: AlertMessage, channel, *, kind: ChannelKind = ChannelKind.TEXT, **alert) -> AlertMessage:
    """Return the message for this channel."""
    return replace(
        message,
        subscription=replace(message.subscription, channel_id=str(channel.id), channel_kind=kind, guild_id=""),
        alert=replace(message.alert, channel_id=str(channel.id), **alert),
    )


async def test_alert_is_posted_with_embed_and_buttons_and_pings_nobody(simcord_env, messenger, samples):
    channel = simcord_env.create_guild().create_text_channel("news")

    posted = await messenger.post(addressed(samples.message(), channel))

    message = channel.last_message
    assert posted == str(message.id)
    assert message.embeds[0].title == "Paris condemns offensive in Nagorno-Karabakh"
    assert [button.label for button in message.components[0].children][:2] == ["Source", "Why this?"]
    assert message.content == ""


async def test_hostile_text_pings_nobody_and_links_nowhere(simcord_env, messenger, samples):
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("news")
    alice = guild.add_member(simcord_env.create_user("alice"))
    attack = f"@everyone <@{alice.id}> [x](https://evil.example) https://evil.example discord.gg/abc \u202e"
    message = samples.message(
        samples.sourced(quote=attack, speaker=attack), item=samples.item(id="i2", title=attack, outlet=attack)
    )

    await messenger.post(addressed(message, channel))

    posted = channel.last_message
    embed = posted.embeds[0]
    assert not posted.mentions
    assert not posted.mention_everyone
    for text in (embed.title, embed.description, embed.author.name):
        assert "@everyone" not in text
        assert f"<@{alice.id}>" not in text
        assert "https://evil" not in text
        assert "\u202e" not in text


async def test_posted_alert_is_found_by_its_id_and_others_are_not(simcord_env, messenger, samples):
    channel = simcord_env.create_guild().create_text_channel("news")
    message = addressed(samples.message(), channel)
    posted = await messenger.post(message)
    since = simcord_env.now()

    assert await messenger.find(message.subscription, message.alert.id, since=since) == posted
    assert await messenger.find(message.subscription, "another", since=since) is None


async def test_a_message_of_somebody_else_is_never_taken_for_ours(simcord_env, messenger, samples):
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("news")
    alice = guild.add_member(simcord_env.create_user("alice"))
    message = addressed(samples.message(), channel)
    await alice.send(channel, message.alert.id)

    assert await messenger.find(message.subscription, message.alert.id, since=simcord_env.now()) is None


async def test_edit_tells_of_further_outlets_in_the_same_message(simcord_env, messenger, samples):
    channel = simcord_env.create_guild().create_text_channel("news")
    posted = await messenger.post(addressed(samples.message(), channel))
    grown = samples.message(samples.sourced(outlets=("Rhône Matin", "Ararat Wire")))

    await messenger.edit(addressed(grown, channel, message_id=posted))

    assert len(channel.history()) == 1
    assert "also reported by Ararat Wire" in channel.last_message.embeds[0].description


async def test_edit_of_a_deleted_message_is_not_found(simcord_env, messenger, samples):
    channel = simcord_env.create_guild().create_text_channel("news")
    posted = await messenger.post(addressed(samples.message(), channel))
    await channel.last_message.delete()

    with pytest.raises(NotFound):
        await messenger.edit(addressed(samples.message(), channel, message_id=posted))


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, 50001, ChannelRefused),
        (403, 50013, ChannelRefused),
        (404, 10003, ChannelRefused),
        (403, 50007, ChannelRefused),
        (404, 10008, NotFound),
        (503, 0, PostUncertain),
        (400, 240000, ChannelRefused),
    ],
)
async def test_what_discord_answers_is_classed_by_what_to_do_next(simcord_env, messenger, samples, status, code, error):
    channel = simcord_env.create_guild().create_text_channel("news")
    simcord_env.inject_error("POST", "/channels/*/messages", status=status, code=code, message="no")

    with pytest.raises(error):
        await messenger.post(addressed(samples.message(), channel))


async def test_a_channel_id_that_is_none_is_refused_without_asking_discord(simcord_env, messenger, samples):
    message = samples.message()

    with pytest.raises(ChannelRefused):
        await messenger.post(replace(message, subscription=replace(message.subscription, channel_id="nowhere")))


async def test_forum_gets_one_post_per_story_and_further_alerts_below_it(simcord_env, messenger, samples):
    guild = simcord_env.create_guild()
    forum = guild.create_forum_channel("stories")
    first = addressed(samples.message(), forum, kind=ChannelKind.FORUM)
    second = addressed(
        samples.message(samples.sourced(id="r2", type=ReactionType.WARN)), forum, kind=ChannelKind.FORUM, id="a2"
    )
    other = addressed(samples.message(), forum, kind=ChannelKind.FORUM, id="a3", story_id="s2")

    opened = await messenger.post(first)
    followed = await messenger.post(second)
    apart = await messenger.post(other)

    assert [len(thread.history()) for thread in forum.threads] == [2, 1]
    assert followed.split("/")[0] == opened.split("/")[0]
    assert apart != opened


async def test_after_a_restart_a_story_s_post_is_found_again(simcord_env, simcord_bot, messenger, samples):
    guild = simcord_env.create_guild()
    forum = guild.create_forum_channel("stories")
    first = addressed(samples.message(), forum, kind=ChannelKind.FORUM)
    opened = await messenger.post(first)

    fresh = DiscordMessenger(simcord_bot, samples.names)
    followed = await fresh.post(replace(first, alert=replace(first.alert, id="a2")))

    assert followed.startswith(opened.split("/")[0] + "/")
    assert await fresh.find(first.subscription, first.alert.id, since=simcord_env.now()) == opened
    assert await fresh.find(first.subscription, "a2", since=simcord_env.now()) == followed


async def test_later_alert_in_a_story_s_post_is_edited_there(simcord_env, messenger, samples):
    forum = simcord_env.create_guild().create_forum_channel("stories")
    await messenger.post(addressed(samples.message(), forum, kind=ChannelKind.FORUM))
    followed = await messenger.post(addressed(samples.message(), forum, kind=ChannelKind.FORUM, id="a2"))
    grown = samples.message(samples.sourced(outlets=("Rhône Matin", "Ararat Wire")))

    await messenger.edit(addressed(grown, forum, kind=ChannelKind.FORUM, id="a2", message_id=followed))

    opening, later = forum.threads[0].history()
    assert "also reported" not in opening.embeds[0].description
    assert "also reported by Ararat Wire" in later.embeds[0].description


async def test_digest_that_is_long_continues_in_a_thread(simcord_env, messenger, samples):
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("news")
    edition = samples.edition(
        *(samples.sourced(id=f"r{number}", actor=f"A{number}", quote="word " * 60) for number in range(40))
    )
    subscription = replace(edition.subscription, channel_id=str(channel.id), guild_id=str(guild.id), mode=Mode.DAILY)

    posted = await messenger.post_digest(replace(edition, subscription=subscription))

    message = channel.history()[0]
    assert posted == str(message.id)
    assert message.embeds[0].title == "Reactions of the day"
    assert "**40 reactions · 40 actors" in message.embeds[0].description
    assert [len(thread.history()) > 1 for thread in channel.threads] == [True]
    assert await messenger.find(subscription, "d1", since=simcord_env.now()) == posted


async def test_admins_are_told_by_the_maker_s_direct_messages(simcord_env, messenger, samples):
    guild = simcord_env.create_guild()
    maker = simcord_env.create_user("maker")
    guild.add_member(maker)
    subscription = replace(samples.message().subscription, created_by=str(maker.id), guild_id=str(guild.id))

    await messenger.tell_admins(subscription, "the bot cannot see the channel")

    assert "the bot cannot see the channel" in maker.dm_channel.last_message.content


async def test_nobody_to_tell_is_no_error(simcord_env, messenger, samples):
    await messenger.tell_admins(samples.message().subscription, "gone")
    assert simcord_env.now() > samples.now - timedelta(days=1)


class Pictures:
    """Draws, or cannot."""

    def __init__(self, picture: bytes | None) -> None:
        self.picture = picture

    async def board(self, board, captions, **words) -> bytes:
        if self.picture is None:
            raise RuntimeError("no ink")
        return self.picture

    async def timeline(self, line, **words) -> bytes:
        raise AssertionError


@pytest.mark.parametrize(("actors", "picture", "shown"), [(3, b"png", True), (2, b"png", False), (3, None, False)])
@pytest.mark.parametrize("kind", [ChannelKind.TEXT, ChannelKind.FORUM])
async def test_digest_carries_a_board_where_there_is_something_to_see_and_somebody_to_draw_it(
    simcord_env, simcord_bot, samples, actors, picture, shown, kind
):
    guild = simcord_env.create_guild()
    is_forum = kind is ChannelKind.FORUM
    channel = guild.create_forum_channel("news") if is_forum else guild.create_text_channel("news")
    messenger = DiscordMessenger(simcord_bot, samples.names, pictures=Pictures(picture))
    edition = samples.edition(*(samples.sourced(id=f"r{number}", actor=f"A{number}") for number in range(actors)))
    subscription = replace(edition.subscription, channel_id=str(channel.id), channel_kind=kind)

    await messenger.post_digest(replace(edition, subscription=subscription))

    place = channel.threads[0] if is_forum else channel
    message = place.history()[0]
    assert [attachment.filename for attachment in message.attachments] == (["board.png"] if shown else [])
    assert bool(message.embeds[0].image.url) is shown
