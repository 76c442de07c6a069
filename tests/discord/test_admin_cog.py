"""What a server chooses for itself, and the log of who changed what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.discord.client import Communique
from bot.domain.errors import StoreUnavailable
from bot.domain.guilds import Act, Change
from bot.domain.places import PlaceNames


def shown(result) -> str:
    message = result.response
    return message.embeds[0].description if message.embeds else message.content


@pytest.fixture
def changed(fake_store, place, samples):
    """Write so many lines into the server's log, and one into another's."""

    def write(number: int, act: Act = Act.FEED_ADDED, **given) -> None:
        for at in range(number):
            own = {"author": "77", "subject": f"Outlet {at}", "at": samples.now + timedelta(minutes=at)}
            change = Change(id=f"{act} {at}", guild_id=str(place.guild.id), act=act, **own | given)
            fake_store.rows.changes[change.id] = change
        foreign = Change(id="x", guild_id="1", author="1", act=Act.FEED_ADDED, subject="Foreign", at=samples.now)
        fake_store.rows.changes["x"] = foreign

    return write


async def test_members_do_not_see_the_admin_commands_and_managers_do(simcord_env, place):
    assert not any(name.startswith("admin") for name in place.member.available_commands(place.channel))
    assert any(name.startswith("admin") for name in place.manager.available_commands(place.channel))


async def test_the_log_is_empty_at_first_and_says_so(simcord_env, place):
    assert shown(await place.manager.slash(place.channel, "admin log")) == "Nothing was changed here yet."


async def test_the_log_is_turned_in_pages_after_a_restart_too(simcord_env, services, place, changed):
    changed(23)
    first = await place.manager.slash(place.channel, "admin log")
    text = shown(first)
    assert text.splitlines()[0].endswith("<@77>: added the feed **Outlet 22**")
    assert "Foreign" not in text
    assert first.response.embeds[0].footer.text == "1–10 of 23"

    await simcord_env.restart_bot(Communique(services))
    shown_after = first
    for label, footer in (("▶", "11–20 of 23"), ("▶", "21–23 of 23"), ("◀", "11–20 of 23")):
        shown_after = await place.manager.click(shown_after.response.message, label=label)
        assert shown_after.response.message.embeds[0].footer.text == footer


@pytest.mark.simcord(check_errors=False)
async def test_a_page_that_cannot_be_read_is_told(simcord_env, place, changed, fake_store):
    changed(11)
    result = await place.manager.slash(place.channel, "admin log")

    async def away(*_, **__):
        raise StoreUnavailable("locked")

    fake_store.changes = away
    pressed = await place.manager.click(result.response.message, label="▶")
    assert "cannot be reached" in pressed.followups[-1].embeds[0].description


@pytest.mark.parametrize("act", Act)
async def test_every_kind_of_change_has_words_in_every_language(simcord_env, place, act, fake_store, samples):
    from bot.discord.views.log import change_line
    from bot.discord.words import languages, words_in

    subject = {Act.LANGUAGE_CHOSEN: "fr", Act.PLACE_NAMES_CHOSEN: "both", Act.FEEDS_IMPORTED: "5"}.get(act, "123")
    change = Change(id="c", guild_id="1", author="42", act=act, subject=subject, detail="@everyone", at=samples.now)
    lines = {change_line(change, words_in(language)) for language in languages()}
    assert len(lines) == len(languages())
    assert all("@everyone" not in line for line in lines)


async def test_what_commands_change_stands_in_the_log(simcord_env, place, network, fake_store, archive):
    from bot.domain.entries import FeedDocument

    url = "https://rhone-matin.example/rss"
    network.documents[url] = FeedDocument(title="Rhône Matin")
    await place.manager.slash(place.channel, "feeds add", address=url)
    (feed,) = fake_store.rows.feeds
    for verb in ("pause", "resume", "remove"):
        await place.manager.slash(place.channel, f"feeds {verb}", feed=feed)
    opml = b'<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss"/></body></opml>'
    await place.manager.slash(place.channel, "feeds import", file=("feeds.opml", opml))
    panel = (await place.manager.slash(place.channel, "subscribe")).response
    ids = [child["custom_id"] for row in panel.components for child in row["components"]]
    await place.manager.click(panel.message, custom_id=next(each for each in ids if each.endswith(":confirm")))
    (subscription,) = fake_store.rows.subscriptions
    for verb in ("pause", "resume", "remove"):
        await place.manager.slash(place.channel, f"subscriptions {verb}", subscription=subscription)
    await place.manager.slash(place.channel, "admin language", language="en")
    await place.manager.slash(place.channel, "admin names", names="armenian")

    assert [change.act for change in fake_store.rows.changes.values()] == [
        Act.FEED_ADDED,
        Act.FEED_PAUSED,
        Act.FEED_RESUMED,
        Act.FEED_REMOVED,
        Act.FEEDS_IMPORTED,
        Act.SUBSCRIBED,
        Act.SUBSCRIPTION_PAUSED,
        Act.SUBSCRIPTION_RESUMED,
        Act.SUBSCRIPTION_REMOVED,
        Act.LANGUAGE_CHOSEN,
        Act.PLACE_NAMES_CHOSEN,
    ]
    assert {change.author for change in fake_store.rows.changes.values()} == {str(place.manager.id)}


async def test_what_a_member_does_for_himself_is_in_no_log(simcord_env, place, fake_store):
    panel = (await place.member.slash(place.channel, "subscribe")).response
    ids = [child["custom_id"] for row in panel.components for child in row["components"]]
    await place.member.click(panel.message, custom_id=next(each for each in ids if each.endswith(":confirm")))
    assert fake_store.rows.subscriptions
    assert not fake_store.rows.changes


async def test_a_server_s_language_wins_over_the_reader_s_own(simcord_env, place, fake_store):
    assert "own Discord" in shown(await place.manager.slash(place.channel, "admin language"))

    taken = await place.manager.slash(place.channel, "admin language", language="fr")

    assert shown(taken).startswith("Ici, je parle français.")
    assert "Rien n’est lu" in shown(await place.member.slash(place.channel, "sources"))


async def test_a_server_s_language_is_known_again_after_a_restart(simcord_env, services, place):
    await place.manager.slash(place.channel, "admin language", language="ru")
    await simcord_env.restart_bot(Communique(services))
    choices = await place.member.autocomplete(place.channel, "reactions latest", "actor", "")
    assert "Армения" in choices[0]["name"]


async def test_everybody_is_answered_in_his_own_language_again(simcord_env, place):
    await place.manager.slash(place.channel, "admin language", language="fr")
    back = await place.manager.slash(place.channel, "admin language", language="own")
    assert shown(back) == "Everybody is answered in the language of their own Discord."


async def test_new_subscriptions_speak_the_server_s_language(simcord_env, place, fake_store):
    await place.manager.slash(place.channel, "admin language", language="ru")
    panel = (await place.manager.slash(place.channel, "subscribe")).response
    ids = [child["custom_id"] for row in panel.components for child in row["components"]]
    await place.manager.click(panel.message, custom_id=next(each for each in ids if each.endswith(":confirm")))
    (made,) = fake_store.rows.subscriptions.values()
    assert made.language == "ru"


async def test_places_have_both_names_until_a_server_chooses(simcord_env, place, archive, fake_store):
    archive(actor="NKR", targets=())
    both = await place.manager.slash(place.channel, "admin names")
    assert "Stepanakert / Khankendi" in shown(both)
    assert "Nagorno-Karabakh authorities" in shown(await place.member.slash(place.channel, "reactions latest"))

    chosen = await place.manager.slash(place.channel, "admin names", names="azerbaijani")

    assert "Khankendi" in shown(chosen)
    assert "Stepanakert" not in shown(chosen)
    assert "Garabagh authorities" in shown(await place.member.slash(place.channel, "reactions latest"))


async def test_alerts_and_digests_are_written_as_the_server_has_chosen(samples, fake_store):
    from dataclasses import replace

    from bot.discord.digests import DigestRenderer
    from bot.discord.rendering import AlertRenderer

    told = samples.sourced(actor="NKR")
    message = samples.message(told)
    edition = samples.edition(told)
    for names, called in (
        (PlaceNames.BOTH, "Nagorno-Karabakh authorities"),
        (PlaceNames.ARMENIAN, "Artsakh authorities"),
        (PlaceNames.AZERBAIJANI, "Garabagh authorities"),
    ):
        assert called in AlertRenderer(samples.names).render(message, names).embed.description
        assert called in DigestRenderer(samples.names).render(replace(edition), names)[0].description


@pytest.mark.simcord(check_errors=False)
async def test_a_store_that_is_away_keeps_nobody_from_an_answer_in_his_own_language(simcord_env, place, fake_store):
    async def away(*_):
        raise StoreUnavailable("locked")

    fake_store.preferences = away
    assert "Nothing is being read yet" in shown(await place.member.slash(place.channel, "sources"))
