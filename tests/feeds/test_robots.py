"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.robots import EVERYTHING, NOTHING, read_robots

SITE = "https://example.org"


def allows(rules: str, path: str) -> bool:
    return read_robots(rules).allows(SITE + path)


def everybody(rules: str) -> str:
    return f"User-agent: *\n{rules}"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /private", "/private/1", False),
        ("Disallow: /private", "/news", True),
        ("Disallow:", "/news", True),
        ("Disallow: /", "/", False),
        ("Disallow: /\nAllow: /news", "/news/1", True),
        ("Allow: /news\nDisallow: /news/drafts", "/news/drafts/1", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("Disallow: /*/print", "/news/1/print", False),
        ("Disallow: /a*b*c", "/aXbYcZ", False),
        ("Disallow: /a*b*c", "/aXcYb", True),
        ("Disallow: /news$", "/news", False),
        ("Disallow: /news$", "/news/1", True),
        ("Disallow: /*?print=", "/news?print=1", False),
        ("Disallow: /п", "/п/1", False),
        ("Disallow: /%D0%BF", "/п/1", False),
        ("Disallow: /private # ours", "/private", False),
        ("disallow:/private", "/private", False),
        ("Disallow: /", "/robots.txt", True),
        ("Crawl-delay: 10\nSitemap: https://example.org/s.xml", "/news", True),
    ],
)
def test_rule_holds_for_everybody(rules: str, path: str, *, allowed: bool) -> None:
    assert allows(everybody(rules), path) is allowed


def test_group_that_names_us_counts_alone() -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: Communique/2.0\nUser-agent: otherbot\nDisallow: /private"
    assert allows(rules, "/news")
    assert not allows(rules, "/private")


def test_group_that_names_us_may_allow_all() -> None:
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: communique\nDisallow:", "/news")


def test_group_for_others_does_not_concern_us() -> None:
    assert allows("User-agent: GPTBot\nDisallow: /", "/news")


def test_rules_before_any_group_concern_nobody() -> None:
    assert allows("Disallow: /\nUser-agent: *\nAllow: /", "/news")


def test_everything_and_nothing() -> None:
    assert EVERYTHING.allows(SITE + "/x")
    assert not NOTHING.allows(SITE + "/x")


@given(st.text(max_size=300), st.text(alphabet="/a*?$%&", max_size=20))
def test_no_file_stops_the_reader(rules: str, path: str) -> None:
    assert isinstance(allows(rules, "/" + path), bool)
    assert isinstance(allows(everybody("Disallow: " + rules), "/" + path), bool)
