from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.inert import clip, escaped, inert, safe_link, units

PIECES = st.one_of(
    st.characters(),
    st.sampled_from("@<>#*_`~|[]()\\:/\u202e\u2066\u200b\u200d\u0301🇫🇷👩👨\ud800"),
    st.sampled_from(["@everyone", "<@123>", "https://a.b", "discord.gg/x", "\n# ", "\x1b"]),
)
SPICY = st.lists(PIECES, max_size=60).map("".join)


@pytest.mark.parametrize(
    "attack",
    [
        "@everyone",
        "@HERE",
        "<@123456789012345678>",
        "<@!123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "</feeds add:123456789012345678>",
        "<t:1700000000:R>",
        "<:smile:123456789012345678>",
        "<a:smile:123456789012345678>",
        "<id:customize>",
        "https://evil.example/path",
        "HTTP://evil.example",
        "ftp://evil.example",
        "discord.gg/abcdef",
        "discord.com/invite/abcdef",
        "discordapp.com/invite/abcdef",
    ],
)
def test_what_discord_would_act_on_is_broken_apart_yet_still_legible(attack):
    shown = inert(f"before {attack} after")

    assert attack not in shown
    assert shown.replace("\u200b", "") == f"before {attack} after"


def test_a_mention_hidden_by_zero_width_characters_is_not_put_together_by_cleaning():
    assert "@everyone" not in inert("@\u200b\u200beveryone @every\u2060one <\u200b@123>")
    assert "<@" not in inert("<\u200b@123>")


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\u200b", "\u200e", "\ufeff", "\U000e0041", "\ud800", "\x1b"])
def test_bidi_controls_zero_width_characters_and_surrogates_are_dropped(control):
    assert control not in inert(f"a{control}b").replace("@\u200b", "")


def test_accents_piled_on_a_letter_are_limited():
    assert len(inert("e" + "\u0301" * 500)) == 5


def test_families_of_emoji_stay_together():
    assert inert("👩\u200d👩\u200d👧") == "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _it_ `code` ~~s~~ ||spoiler||", r"\*\*bold\*\* \_it\_ \`code\` \~\~s\~\~ \|\|spoiler\|\|"),
        ("[text](address)", r"\[text\](address)"),
        ("# Heading", r"\# Heading"),
        ("- item", r"\- item"),
        ("-# small", r"\-# small"),
        ("1. first", r"1\. first"),
        ("> quote", r"\> quote"),
        ("back\\slash", r"back\\slash"),
        ("3.5 million", r"3\.5 million"),
        ("a - b # c 1. d", "a - b # c 1. d"),
    ],
)
def test_markdown_is_escaped(text, shown):
    assert escaped(text, 200) == shown


def test_text_that_is_too_long_is_cut_on_a_grapheme_with_an_ellipsis():
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"
    assert clip("ab🇫🇷🇦🇿", 8) == "ab🇫🇷…"
    assert clip("ab👩\u200d👩\u200d👧", 5) == "ab…"


def test_an_escape_is_never_parted_from_what_it_escapes():
    assert escaped("a*b", 3) == "a…"
    assert escaped("****", 5) == r"\*\*…"


@given(SPICY, st.integers(min_value=1, max_value=300))
def test_cut_text_fits_and_stays_harmless(text, limit):
    for shown in (clip(text, limit), escaped(text, limit)):
        assert units(shown) <= limit
        assert not re.search(r"@(everyone|here|\d)|<[@#]|\w://", shown, re.IGNORECASE)
        assert "\n" not in shown
        shown.encode("utf-8")
        assert all(unicodedata.category(character) != "Cf" for character in re.sub("[\u200b-\u200d]", "", shown))


@given(SPICY)
def test_inert_text_is_a_fixed_point(text):
    assert inert(inert(text).replace("\u200b", "")) == inert(text)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        ("HTTPS://News.Example/Ä b", "https://news.example/%C3%84%20b"),
        ("https://ереван.example/", "https://xn--80adia6bo.example/"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://news.example/%D0%B0", "https://news.example/%D0%B0"),
    ],
)
def test_web_addresses_are_links(url, link):
    assert safe_link(url, 512) == link


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://user@evil.example/",
        "https://bank.example:pass@evil.example/",
        "https:///path",
        "https://[::1",
        "https://host:99999999/",
        "https://nodots/",
        "https://a..b/",
        "https://news.example/" + "x" * 500,
        "discord://-/channels",
    ],
)
def test_what_is_no_address_to_follow_is_no_link(url):
    assert safe_link(url, 512) is None


@given(st.text())
def test_no_text_makes_a_link_that_discord_refuses(text):
    link = safe_link("https://" + text, 512)
    assert link is None or re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[A-Za-z0-9._-]+)(:\d+)?([/?#][!-~]*)?", link)
