"""What a feed writes pings nobody, opens nothing and hides nothing, wherever the bot shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import discord
import pytest
from attacks import ATTACKS, live

from bot.discord.inert import clip, coded, escaped, linked, units
from bot.discord.rendering import AlertRenderer
from bot.domain.feeds import FeedKind


def test_the_probe_sees_what_is_live() -> None:
    for text in (
        "@everyone",
        "<@1>",
        "<@&1>",
        "<#12>",
        "</feeds add:1>",
        "<t:1:R>",
        "<:a:1>",
        "https://evil.example",
        "[x](<https://evil.example>)",
        "discord.gg/x",
        "\u202ex",
        "e" + "\u0301" * 9,
        "# x",
        "x`",
        "||x||",
        "\\\\`x",
    ):
        assert live(text), text
    assert not live("<t:1700000000:R> [Own \\[x\\]](https://a.example/y) \\`x\\` \\# x")


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("make", [escaped, clip, coded])
def test_no_attack_outlives_being_made_inert(make: Callable[[str, int], str], name: str) -> None:
    for limit in (20, 80, 256, 4000):
        shown = make(ATTACKS[name], limit)
        assert units(shown) <= limit + 1
        inside = shown.strip("`") if make is coded else shown
        found = live(inside, markdown=make is escaped)
        # In code nothing is a link or a ping; what is unseen or turned is not wanted there either.
        allowed = {
            "a ping",
            "a channel or a command",
            "a time",
            "an emoji",
            "a link",
            "a link to a person",
            "an invitation",
        }
        assert set(found) - (allowed | {"stacked marks"} if make is coded else set()) == set(), shown


@pytest.mark.parametrize("name", ATTACKS)
def test_a_text_that_is_too_long_is_cut_with_an_ellipsis_and_never_lost(name: str) -> None:
    text = ATTACKS[name]
    shown = escaped(f"Paris condemns {text}", 60)
    assert shown.startswith("Paris condemns")
    assert shown.endswith("…") or units(shown) <= 60


def texts_of(embed: discord.Embed) -> list[tuple[str, bool]]:
    """Return every text of an embed, and whether Discord reads markdown in it."""
    found = [(embed.title or "", True), (embed.description or "", True)]
    found += [(embed.author.name or "", False), (embed.footer.text or "", False)]
    for field in embed.fields:
        found += [(field.name or "", True), (field.value or "", True)]
    return found


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_is_live_in_any_answer(samples, everything, name: str) -> None:
    for embed in everything(ATTACKS[name], 3):
        for text, markdown in texts_of(embed):
            assert live(text, markdown=markdown) == [], (embed.title, text[:300])


@pytest.mark.parametrize("name", ATTACKS)
async def test_no_attack_is_live_in_an_alert(samples, name: str) -> None:
    attack = ATTACKS[name]
    sourced = samples.sourced(
        actor="OTHER", speaker=attack, role=attack, quote=attack, evidence=attack, outlets=(attack, "x")
    )
    source = samples.source(outlet=attack, title=attack, quote=attack, evidence=attack)
    item = samples.item(title=attack, outlet=attack, link=attack[:400], language=attack[:20])
    message = samples.message(replace(sourced, sources=(source,)), item=item)
    rendered = AlertRenderer(samples.names).render(replace(message, kind=FeedKind.STATE))

    for text, markdown in texts_of(rendered.embed):
        assert live(text, markdown=markdown) == [], text[:300]
    assert rendered.content is None
    assert rendered.allowed_mentions.to_dict() == {"parse": []}
    for url in filter(None, (rendered.embed.url, *(child.url for child in rendered.view.children))):
        # An attack that begins as an address is one; what stands in it goes no further than its path.
        assert url.startswith("https://")
        assert url.isascii()
        assert " " not in url


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:password@evil.example/",
        "https://evil.example@a.example/",
        "file:///etc/passwd",
        "//evil.example",
        "https://localhost/x",
        "https:///x",
        "https://evil.example\\@a.example/",
        "https://a.example:99999/",
        "discord://-/channels/1",
        "https://" + "a" * 3000 + ".example/",
        "https://evil.example/\u202egnp.exe)",
        "https://evil.example/) [x](https://evil.example",
    ],
)
async def test_an_address_that_is_none_or_dresses_as_another_is_not_linked(samples, link: str) -> None:
    rendered = AlertRenderer(samples.names).render(samples.message(item=samples.item(link=link)))
    linked = [rendered.embed.url, *(child.url for child in rendered.view.children)]
    for url in filter(None, linked):
        # What is left of it shows where it leads, and ends nothing that stands around it.
        assert url.startswith("https://evil.example/")
        assert url.isascii()
        assert " " not in url


@pytest.mark.parametrize(
    ("name", "is_linked"),
    [
        ("Rhône Matin", True),
        ("a.example", True),
        ("www.A.example", True),
        ("Dr. Smith vs. the rest", True),
        ("bank.example", False),
        ("https://bank.example/", False),
        ("bank\u200b.example: log in", False),
        ("ｂank.example", False),
    ],
)
def test_a_name_that_reads_like_another_address_is_not_linked(name: str, is_linked: bool) -> None:
    shown = linked(name, "https://news.a.example/feed", name_limit=80, url_limit=300)
    assert ("](" in shown) is is_linked
