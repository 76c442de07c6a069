from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.inert import units
from bot.discord.rendering import AlertRenderer
from bot.domain.reactions import ReactionType


def fits(embed: discord.Embed) -> bool:
    """Return whether Discord takes the embed: its own limits, written down a second time."""
    sizes = [
        (units(embed.title or ""), 256),
        (units(embed.description or ""), 4096),
        (units(embed.author.name or ""), 256),
        (units(embed.footer.text or ""), 2048),
        (len(embed.fields), 25),
        *((units(field.name or ""), 256) for field in embed.fields),
        *((units(field.value or ""), 1024) for field in embed.fields),
    ]
    is_filled = bool((embed.description or "").strip()) and all(field.name and field.value for field in embed.fields)
    return is_filled and all(size <= limit for size, limit in sizes) and sum(size for size, _ in sizes) <= 6000


async def test_alert_tells_actor_type_targets_quote_speaker_role_outlet_kind_and_time(samples):
    embed = AlertRenderer(samples.names).render(samples.message()).embed

    assert embed.title == "Paris condemns offensive in Nagorno-Karabakh"
    assert embed.url == "https://rhone-matin.example/paris-condemns"
    assert embed.description == (
        "🇫🇷 **France** condemns → 🇦🇿 Azerbaijan\n"
        "> “Nothing can justify this unilateral use of force.”\n"
        "> — Catherine Colonna, foreign minister"
    )
    assert embed.author.name == "Rhône Matin · independent"
    assert embed.timestamp == samples.now - timedelta(hours=2)
    assert fits(embed)


async def test_alert_is_told_in_the_language_of_its_subscription_and_quotes_in_its_own(samples):
    message = samples.message(item=samples.item(language="en"))
    french = replace(message, subscription=replace(message.subscription, language="fr"))

    embed = AlertRenderer(samples.names).render(french).embed

    assert "condamne" in embed.description
    assert "Nothing can justify" in embed.description
    assert embed.author.name.endswith(" · EN")


async def test_hostile_and_friendly_alerts_differ_in_colour(samples):
    def colour(type_: ReactionType) -> discord.Colour | None:
        return AlertRenderer(samples.names).render(samples.message(samples.sourced(type=type_))).embed.colour

    assert len({colour(kind) for kind in (ReactionType.MILITARY_ACTION, ReactionType.REPORT, ReactionType.AGREE)}) == 3


async def test_reactions_are_grouped_by_actor_and_a_quote_is_told_once(samples):
    message = samples.message(
        samples.sourced(),
        samples.sourced(id="r2", actor="ARM", targets=(), speaker=None, role=None, quote="Help us."),
        samples.sourced(id="r3", type=ReactionType.CALL_CEASEFIRE),
        item=samples.item(id="i2"),
    )

    description = AlertRenderer(samples.names).render(message).embed.description

    assert description.count("**France**") == 1
    assert description.index("calls for a ceasefire") < description.index("**Armenia**")
    assert description.count("Nothing can justify") == 1


async def test_further_outlets_are_named_and_the_many_counted(samples):
    outlets = ("Rhône Matin", *(f"Outlet {number}" for number in range(11)))

    description = (
        AlertRenderer(samples.names).render(samples.message(samples.sourced(outlets=outlets))).embed.description
    )

    assert description.splitlines()[-1] == (
        "-# also reported by " + ", ".join(f"Outlet {number}" for number in range(8)) + " and 3 more"
    )


async def test_what_the_outlet_corrected_is_marked_beneath_all_else(samples):
    message = samples.message(item=samples.item(withdrawn=True))

    lines = AlertRenderer(samples.names).render(message).embed.description.splitlines()

    assert lines[-1] == "-# ⚠️ its outlet has corrected it, or taken it back"


async def test_buttons_carry_the_alert_s_id_and_the_checked_link(samples):
    message = samples.message()
    view = AlertRenderer(samples.names).render(message).view

    link, *rest = view.children
    assert link.url == "https://rhone-matin.example/paris-condemns"
    ids = f"{message.alert.id}:s1:i1"
    assert [button.custom_id for button in rest] == [f"why:{ids}", f"wrong:{ids}"]
    assert view.is_finished(), "a live view would be kept in memory for every alert ever posted"


async def test_unsafe_link_is_left_out_and_the_alert_is_not(samples):
    rendered = AlertRenderer(samples.names).render(samples.message(item=samples.item(link="javascript:alert(1)")))

    assert rendered.embed.url is None
    assert all(button.url is None for button in rendered.view.children)


async def test_role_is_pinged_for_the_chosen_types_only(samples):
    message = samples.message()
    asked = replace(
        message.subscription, ping_role_id="42", ping_types=frozenset({ReactionType.CONDEMN, ReactionType.THREATEN})
    )
    other = replace(asked, ping_types=frozenset({ReactionType.THREATEN}))

    pinging = AlertRenderer(samples.names).render(replace(message, subscription=asked))
    silent = AlertRenderer(samples.names).render(replace(message, subscription=other))

    assert pinging.content == "<@&42>"
    assert pinging.allowed_mentions.to_dict() == {"parse": [], "roles": [42]}
    assert silent.content is None
    assert silent.allowed_mentions.to_dict()["parse"] == []


async def test_too_many_reactions_are_counted_not_lost(samples):
    reactions = [
        samples.sourced(id=f"r{number}", actor=f"A{number:03}", quote="x" * 300, speaker="S" * 100)
        for number in range(150)
    ]

    embed = AlertRenderer(samples.names).render(samples.message(*reactions)).embed

    assert fits(embed)
    assert "more reactions" in embed.description


TEXT = st.text(st.characters(), max_size=3000) | st.text(st.sampled_from("*_`@<🇫\u0301\u200d\n\ud800"), max_size=3000)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, quote=TEXT, speaker=TEXT, outlet=TEXT, link=TEXT, many=st.integers(1, 30))
async def test_no_text_makes_a_message_that_discord_refuses(samples, title, quote, speaker, outlet, link, many):
    reactions = [
        samples.sourced(
            id=f"r{number}", quote=quote, speaker=speaker, role=speaker, evidence=quote, outlets=(outlet, "x")
        )
        for number in range(many)
    ]
    item = samples.item(id="other", title=title, outlet=outlet, link="https://" + link)

    rendered = AlertRenderer(samples.names).render(samples.message(*reactions, item=item))

    assert fits(rendered.embed)
    assert discord.utils._to_json(rendered.embed.to_dict()).encode("utf-8")
    for button in rendered.view.children:
        assert len(button.url or "") <= 512
        assert len(button.custom_id or "") <= 100
