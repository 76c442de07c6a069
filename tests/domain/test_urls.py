"""Two links to one article have one canonical form."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.urls import canonical_url, host_of, may_be, without_credentials

_ADDRESS_PIECES = st.sampled_from(
    [
        "https://", "http://", "//", "www.", "m.", "amp.", "example.org", "news.google.com", ":443", ":8080", "/", "//", "/amp",
        "/amp/", "/index.html", "/a", "%41", "%2f", "%zz", "%", "?", "&", "=", "utm_source", "id", "amp", "1", "#", "é", "ß",
        "/rss/articles/", "/url", "url=", "@", "user:pw", "[::1]", "xn--", "..", " ", "\n", "cdn.ampproject.org/c/s/", ";", "+",
    ]
)  # fmt: skip
_ADDRESSES = st.one_of(
    st.text(), st.lists(_ADDRESS_PIECES, max_size=14).map(lambda pieces: "https://" + "".join(pieces))
)


@given(_ADDRESSES)
def test_canonical_address_is_its_own_canonical_address(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical is None or canonical_url(canonical) == canonical


@given(_ADDRESSES, _ADDRESSES)
def test_a_quick_look_never_misses_an_address_of_this_form(one: str, other: str) -> None:
    form = canonical_url(one)
    if form is not None:
        assert may_be(form, one)
        assert may_be(form, other) or canonical_url(other) != form


def test_a_quick_look_tells_most_addresses_apart() -> None:
    form = "https://example.org/world/talks-7"
    assert not may_be(form, "https://example.org/world/talks-8?utm_source=rss")
    assert not may_be(form, None)
    assert may_be(form, "http://m.example.org/world/talks-7/amp/")
    assert may_be(form, "https://example.org/world/t%61lks-7")


def _google_news(url: str) -> str:
    held = b"\x08\x13\x22" + bytes([len(url)]) + url.encode() + b"\xd2\x01\x00"
    return "https://news.google.com/rss/articles/" + base64.urlsafe_b64encode(held).decode().rstrip("=") + "?oc=5"


@pytest.mark.parametrize(
    "variant",
    [
        "https://example.org/world/talks",
        "http://example.org/world/talks/",
        "https://www.example.org/world/talks?utm_source=rss&utm_medium=feed",
        "https://m.example.org/world/talks#comments",
        "https://mobile.example.org/world/talks?fbclid=abc",
        "https://amp.example.org/world/talks",
        "https://example.org/world/talks/amp/",
        "https://example.org/amp/world/talks",
        "https://example.org/world/talks.amp?at_medium=RSS&at_campaign=x",
        "https://example.org/world/talks?output=amp",
        "https://EXAMPLE.org:443/world//talks/index.html",
        "https://example.org/world/t%61lks",
        "https://www.google.com/amp/s/example.org/world/talks",
        "https://example-org.cdn.ampproject.org/c/s/example.org/world/talks",
        "https://www.google.com/url?rct=j&url=https://example.org/world/talks&ct=ga",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fworld%2Ftalks&h=x",
        _google_news("https://www.example.org/world/talks"),
        "  https://example.org/world/talks\n",
    ],
)
def test_variants_of_one_article_meet(variant: str) -> None:
    assert may_be("https://example.org/world/talks", variant)
    assert canonical_url(variant) == "https://example.org/world/talks"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?p=5", "https://example.org/"),
        ("https://russian.example.org/a", "https://example.org/a"),
        ("https://example.org/c?feature=live", "https://example.org/c"),
        ("https://example.org/c?ref=12", "https://example.org/c?ref=13"),
    ],
)
def test_different_articles_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_order_of_parameters_says_nothing() -> None:
    assert canonical_url("https://example.org/a?b=2&a=1") == canonical_url("https://example.org/a?a=1&b=2")


def test_host_in_its_own_letters_meets_its_ascii_form() -> None:
    assert canonical_url("https://пример.org/a") == canonical_url("https://xn--e1afmkfd.org/a")


def test_newer_google_news_links_hide_their_target_and_stay() -> None:
    hidden = "https://news.google.com/rss/articles/CBMiABAAAUVN"
    assert canonical_url(hidden) == "https://news.google.com/rss/articles/CBMiABAAAUVN"


@pytest.mark.parametrize(
    "none",
    [None, "", "mailto:a@example.org", "javascript:x", "/relative", "http://", "http://[::1", "https://a:b/c", "word"],
)
def test_what_is_no_web_address_has_no_canonical_form(none: str | None) -> None:
    assert canonical_url(none) is None


def test_passwords_are_not_shown() -> None:
    assert without_credentials("https://me:secret@example.org/feed?a=@b") == "https://example.org/feed?a=@b"
    assert without_credentials("https://example.org/@someone") == "https://example.org/@someone"


def test_host_is_lower_case_without_port_or_password() -> None:
    assert host_of("https://me:pw@Example.ORG.:8443/x") == "example.org"
    assert host_of("http://[broken") == ""
