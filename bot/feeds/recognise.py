"""What an answer is, told from its first bytes: a feed, a web page, a bot wall, or nothing of use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

_HEAD_BYTES = 8192
_WALL_BYTES = 65536

_FEED_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|rdf|channel)[\s>/]", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta|title|div|p|h1)[\s>/]", re.IGNORECASE)
# What stands before a root is passed over piece by piece and never gone back to: thirty empty comments could else be parted
# in a billion ways.
_ROOT = re.compile(
    rb"\s*+(?>(?><\?[^>]*+>|<!--.*?-->|<![^\[>]*+(?:\[[^\]]*+\]\s*+)?>)\s*+)*+<\s*+([A-Za-z][\w.:-]*+)", re.DOTALL
)
_OPML_ROOT = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_SITEMAP_ROOT = re.compile(rb"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x7fELF",
    b"RIFF",
    b"ID3",
    b"OggS",
    b"\x00\x00\x00\x18ftyp",
    b"7z\xbc",
)
_TITLE = re.compile(rb"<title[^>]{0,200}>\s*([^<]{1,200})", re.IGNORECASE)


class Kind(StrEnum):
    """What a body looks like."""

    FEED = "a feed"
    JSON = "JSON"
    PAGE = "a web page"
    OPML = "a list of feeds (OPML)"
    SITEMAP = "a sitemap"
    BINARY = "a file that is not text"
    EMPTY = "nothing"
    UNKNOWN = "something else"


# A wall's name and what gives it away in a page that stands where the feed should be.
_WALLS = (
    (
        "Cloudflare",
        (
            b"/cdn-cgi/challenge-platform",
            b"cf-browser-verification",
            b"cf_chl_",
            b"Attention Required! | Cloudflare",
            b"cf-error-details",
        ),
    ),
    ("DDoS-Guard", (b"ddos-guard",)),
    ("Imperva", (b"_Incapsula_Resource", b"Incapsula incident")),
    ("Sucuri", (b"sucuri_cloudproxy", b"Sucuri WebSite Firewall")),
    ("DataDome", (b"captcha-delivery.com", b"datadome")),
    ("Akamai", (b"errors.edgesuite.net", b"/_sec/cp_challenge", b"akam/13")),
    ("PerimeterX", (b"px-captcha", b"perimeterx", b"Pardon Our Interruption")),
    ("Anubis", (b"anubis_challenge", b"/.within.website/x/cmd/anubis")),
    ("QRATOR", (b"__qrator",)),
    (
        "a captcha",
        (
            b"g-recaptcha",
            b"h-captcha",
            b"hcaptcha.com",
            b"Just a moment...",
            b"Verify you are human",
            b"are you a robot",
            b"Enable JavaScript and cookies to continue",
        ),
    ),
)
_WALL_TITLES = re.compile(
    rb"just a moment|access denied|attention required|captcha|are you (?:a )?(?:human|robot)|security check"
    rb"|checking your browser|ddos|bot verification|verify",
    re.IGNORECASE,
)


def kind_of(body: bytes) -> Kind:
    """Return what a body looks like by its beginning; the document's own root decides, never the label."""
    head = body[:_HEAD_BYTES]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or head[:4].count(0) in {1, 2, 3}:
        head = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.removeprefix(b"\xef\xbb\xbf").strip()
    if not head:
        return Kind.EMPTY
    if head.startswith(_BINARY):
        return Kind.BINARY
    if head[:1] in {b"{", b"["}:
        return Kind.JSON
    root = _ROOT.match(head)
    named = b"<" + root[1] + b" " if root else b""
    for kind, pattern in (
        (Kind.FEED, _FEED_ROOT),
        (Kind.OPML, _OPML_ROOT),
        (Kind.SITEMAP, _SITEMAP_ROOT),
        (Kind.PAGE, _PAGE_ROOT),
    ):
        if pattern.match(named):
            return kind
    # Warnings of a script, or a broken prologue, may stand before the feed's root.
    if _FEED_ROOT.search(head):
        return Kind.FEED
    if _PAGE_ROOT.search(head):
        return Kind.PAGE
    return Kind.UNKNOWN


def wall_of(headers: Mapping[str, str], body: bytes) -> str | None:
    """Return the name of the bot wall that an answer comes from, or None where it looks like no wall."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "Cloudflare"
    page = body[:_WALL_BYTES]
    if kind_of(page) is not Kind.PAGE:
        return None
    found = next((name for name, signs in _WALLS if any(sign in page for sign in signs)), None)
    # Captcha scripts stand on ordinary pages too (for their comments): a wall is a small page, or says so in its title.
    title = _TITLE.search(page)
    says_so = bool(title and _WALL_TITLES.search(title[1]))
    if found and (says_so or len(body) < _WALL_BYTES // 4):
        return found
    return headers.get("Server", "a bot wall")[:40] if says_so and len(body) < _WALL_BYTES else None
