"""Feeds as a server's admins keep them, and as its readers see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.discord.client import Communique
from bot.domain.entries import Entry, FeedDocument
from bot.domain.feeds import Feed, FeedStatus, Listing
from bot.domain.reactions import Record
from bot.usecases.ports import FoundFeed

HOME = "https://rhone-matin.example/"
FEED = "https://rhone-matin.example/rss"


def shown(result):
    message = result.response
    return message.embeds[0].description if message.embeds else message.content


@pytest.fixture
def outlet(network, samples):
    """An outlet whose home page offers two feeds."""
    entries = (Entry(guid="1", title="Paris <b>condemns</b> @everyone", published=samples.now - timedelta(hours=1)),)
    network.documents[FEED] = FeedDocument(title="Rhône Matin", entries=entries)
    network.pages[HOME] = (FoundFeed(url=FEED, title="Rhône Matin"), FoundFeed(url=FEED + "/sport", title="Sport"))


@pytest.fixture
def listed(fake_store, place, samples):
    """Put a feed on a list, this server's own unless told otherwise."""

    def put(name: str = "Rhône Matin", guild: str | None = None, **changes) -> Feed:
        url = f"https://{abs(hash(name))}.example/rss"
        feed = Feed(id=f"id of {name}".casefold(), url=url, title=name, added_at=samples.now, next_poll_at=samples.now)
        feed = replace(feed, **changes)
        fake_store.rows.feeds[feed.id] = feed
        owner = str(place.guild.id) if guild is None else guild
        fake_store.rows.listings[feed.id, owner] = Listing(
            feed_id=feed.id, guild_id=owner, added_by="x", added_at=samples.now
        )
        return feed

    return put


async def test_a_home_page_is_looked_through_for_its_feed_and_the_newest_entries_are_shown(
    simcord_env, place, outlet, fake_store
):
    result = await place.manager.slash(place.channel, "feeds add", address=HOME)

    embed = result.response.embeds[0]
    assert "[Rhône Matin](https://rhone-matin.example/) is being read from now on." in embed.description
    assert "The page also offers: Sport" in embed.description
    assert "Paris condemns @\u200beveryone" in embed.fields[0].value
    assert [(listing.guild_id, listing.added_by) for listing in fake_store.rows.listings.values()] == [
        (str(place.guild.id), str(place.manager.id))
    ]


@pytest.mark.simcord(check_errors=False)
async def test_an_address_without_a_feed_is_refused_in_words(simcord_env, place):
    result = await place.manager.slash(place.channel, "feeds add", address="https://nothing.example/")
    assert "there is no feed here" in shown(result)


async def test_a_feed_that_cannot_be_read_just_now_is_added_all_the_same(simcord_env, place, network, fake_store):
    network.pages[FEED] = (FoundFeed(url=FEED),)

    result = await place.manager.slash(place.channel, "feeds add", address=FEED)

    assert "could not be read just now" in result.response.embeds[0].fields[0].value
    assert len(fake_store.rows.feeds) == 1


async def test_members_do_not_see_the_feeds_commands_and_managers_do(simcord_env, place):
    assert not any(name.startswith("feeds") for name in place.member.available_commands(place.channel))
    assert any(name.startswith("feeds") for name in place.manager.available_commands(place.channel))


async def test_a_server_sees_its_own_feeds_and_the_operator_s_and_no_others(simcord_env, place, listed):
    listed("Own Outlet")
    listed("Operator's Outlet", "")
    listed("Foreign Outlet", "999")

    text = shown(await place.manager.slash(place.channel, "feeds list"))

    assert "Own Outlet" in text
    assert "Operator's Outlet" in text
    assert "Foreign Outlet" not in text


async def test_readers_see_the_sources_without_those_that_are_paused(simcord_env, place, listed):
    listed("Own Outlet")
    listed("Paused Outlet", status=FeedStatus.PAUSED)

    text = shown(await place.member.slash(place.channel, "sources"))

    assert "Own Outlet" in text
    assert "Paused Outlet" not in text


async def test_health_tells_trouble_first_with_the_server_s_words(simcord_env, place, listed, samples):
    listed("Well", last_success_at=samples.now)
    listed("Ill", failures=4, failing_since=samples.now, last_error="answered 500 <@1>")

    lines = shown(await place.manager.slash(place.channel, "feeds health")).splitlines()

    assert lines[0] == "**🔴 1 · 🟢 1**"
    assert lines[1].startswith("🔴")
    assert lines[2] == "> answered 500 \\<\u200b@\u200b1\\>"
    assert lines[3].startswith("🟢")


async def test_testing_a_feed_shows_its_entries_and_stores_nothing(simcord_env, place, listed, network, samples):
    feed = listed("Own Outlet")
    network.documents[feed.url] = FeedDocument(entries=(Entry(title="A headline"),))

    result = await place.manager.slash(place.channel, "feeds test", feed="Own Outlet")

    assert "A headline" in shown(result)


async def test_an_own_feed_is_paused_resumed_and_removed(simcord_env, place, listed, fake_store):
    feed = listed("Own Outlet")

    await place.manager.slash(place.channel, "feeds pause", feed=feed.id)
    assert fake_store.rows.feeds[feed.id].status is FeedStatus.PAUSED
    await place.manager.slash(place.channel, "feeds resume", feed=feed.id)
    assert fake_store.rows.feeds[feed.id].status is FeedStatus.ACTIVE
    await place.manager.slash(place.channel, "feeds remove", feed=feed.id)
    assert not fake_store.rows.listings


@pytest.mark.simcord(check_errors=False)
async def test_a_feed_that_others_read_too_cannot_be_stopped_for_them(simcord_env, place, listed, fake_store):
    feed = listed("Shared Outlet")
    listed("Shared Outlet", "999")

    result = await place.manager.slash(place.channel, "feeds pause", feed=feed.id)

    assert "cannot be stopped for them" in shown(result)
    assert fake_store.rows.feeds[feed.id].status is FeedStatus.ACTIVE


@pytest.mark.simcord(check_errors=False)
async def test_a_foreign_server_s_feed_cannot_be_named(simcord_env, place, listed):
    feed = listed("Foreign Outlet", "999")
    result = await place.manager.slash(place.channel, "feeds test", feed=feed.id)
    assert "no feed is called" in shown(result)


async def test_feeds_are_completed_by_name_or_address(simcord_env, place, listed):
    listed("Own Outlet")
    choices = await place.manager.autocomplete(place.channel, "feeds test", "feed", "own")
    assert [choice["name"] for choice in choices] == ["Own Outlet"]


async def test_empty_lists_say_what_to_do(simcord_env, place):
    assert "`/feeds add`" in shown(await place.manager.slash(place.channel, "feeds list"))
    assert "`/feeds add`" in shown(await place.member.slash(place.channel, "sources"))


OPML = b"""<opml version="2.0"><body>
<outline text="Rhone Matin" xmlUrl="https://rhone-matin.example/rss" htmlUrl="https://rhone-matin.example/"/>
<outline text="Ararat Wire" xmlUrl="https://ararat-wire.example/feed"/>
</body></opml>"""


async def test_a_list_of_feeds_is_imported_and_exported_again(simcord_env, place, fake_store):
    result = await place.manager.slash(place.channel, "feeds import", file=("feeds.opml", OPML))
    assert result.response.content == "2 feeds are on the list."
    assert {feed.title for feed in fake_store.rows.feeds.values()} == {"Rhone Matin", "Ararat Wire"}

    exported = await place.manager.slash(place.channel, "feeds export")
    (attachment,) = exported.response.attachments
    assert b"https://ararat-wire.example/feed" in await attachment.read()


@pytest.mark.simcord(check_errors=False)
async def test_a_file_that_is_no_list_is_refused_in_words(simcord_env, place):
    result = await place.manager.slash(place.channel, "feeds import", file=("feeds.opml", b"hello"))
    assert "OPML" in shown(result)


@pytest.mark.simcord(check_errors=False)
async def test_a_server_has_so_many_feeds_of_its_own_and_no_more(simcord_env, place, listed, outlet, fake_store):
    listed("One")
    listed("Two")
    listed("Three")
    result = await place.manager.slash(place.channel, "feeds add", address=FEED)
    assert "3 feeds already" in shown(result)
    assert len(fake_store.rows.feeds) == 3


async def test_an_import_fills_the_list_up_to_its_most(simcord_env, place, listed, fake_store):
    listed("One")
    listed("Two")
    result = await place.manager.slash(place.channel, "feeds import", file=("feeds.opml", OPML))
    assert result.response.content == "1 feed is on the list. 1 was left out."


async def test_what_a_new_feed_would_have_posted_is_shown(simcord_env, simcord_bot, services, place, outlet, samples):
    asked = []

    async def code(entries):
        asked.extend(entries)
        reaction = samples.reaction()
        return (
            Record(
                actor=reaction.actor,
                type=reaction.type,
                targets=reaction.targets,
                evidence="x",
                start=0,
                end=1,
                cue="x",
                rule="x",
                tier=reaction.tier,
                confidence=1.0,
            ),
        )

    await simcord_env.restart_bot(Communique(replace(services, code=code)))
    result = await place.manager.slash(place.channel, "feeds add", address=HOME)

    shown_fields = {field.name: field.value for field in result.response.embeds[0].fields}
    assert shown_fields["It would have posted"] == "- 🇫🇷 France condemns → 🇦🇿 Azerbaijan"
    assert len(asked) == 1
