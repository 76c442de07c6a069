"""The feeds that a web page offers. Runs in a worker process."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bot.domain.cleaning import clean_line
from bot.feeds.encodings import text_of

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/x-rss+xml",
        "text/rss+xml",
        "application/rss",
        "application/atom",
    }
)
# Types that feeds are sometimes announced with, believed only where the address agrees.
_LOOSE_TYPES = frozenset({"application/xml", "text/xml", "application/json", ""})
# Where feeds usually are, in the order of asking.
COMMON_PATHS = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    "/feed.json",
)
_FEED_ADDRESS = re.compile(r"(?:^|[/._=-])(?:rss2?|feeds?|atom|rdf)(?:[/._?=-]|$)|\.(?:rss|rdf|atom)$", re.IGNORECASE)
_LESSER = re.compile(r"comment|коммент|yorum|podcast|/author/|/tag/|oembed|wp-json|replytocom", re.IGNORECASE)
MAX_FOUND = 20

Offer = tuple[str, str]
"""Address and title."""


def read_offers(body: bytes, url: str, content_type: str) -> list[Offer]:
    """Return the feeds that a page links to, best first: those it declares, then those it merely links; comments last."""
    page = _FeedLinks(url)
    page.feed(text_of(body, content_type)[:2_000_000])
    page.close()
    declared = [(False, *offer) for offer in page.declared]
    linked = [(True, *offer) for offer in page.linked]
    ranked = sorted(declared + linked, key=lambda offer: (bool(_LESSER.search(offer[1] + " " + offer[2])), offer[0]))
    best: dict[str, str] = {}
    for _, address, title in ranked:
        best.setdefault(address, title)
    return list(best.items())[:MAX_FOUND]


def common_addresses(url: str) -> list[str]:
    """Return where the feeds of a site usually are: below the given path first, then at its root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    folder = parts.path.rpartition("/")[0] if "." in parts.path.rpartition("/")[2] else parts.path.rstrip("/")
    below = [root + folder + path for path in COMMON_PATHS[:3]] if folder else []
    return list(dict.fromkeys([*below, *(root + path for path in COMMON_PATHS)]))


class _FeedLinks(HTMLParser):
    """Collects `<link rel=alternate>` feeds and anchors that look like feeds."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = url
        self._open: tuple[str, list[str]] | None = None
        self.declared: list[Offer] = []
        self.linked: list[Offer] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a link, an anchor, or the page's base."""
        attributes = {name: value or "" for name, value in attrs}
        href = attributes.get("href", "").strip()
        if tag == "base" and href:
            self._base = _joined(self._base, href) or self._base
        elif tag == "link" and href:
            self._take_link(attributes, href)
        elif tag == "a" and href and _FEED_ADDRESS.search(href):
            address = _joined(self._base, href)
            self._open = (address, []) if address else None

    def handle_data(self, data: str) -> None:
        """Take the words of an open anchor."""
        if self._open is not None and len(self._open[1]) < 10:  # noqa: PLR2004 - a title, no article
            self._open[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close an anchor."""
        if tag == "a" and self._open is not None:
            self.linked.append((self._open[0], clean_line("".join(self._open[1]))[:100]))
            self._open = None

    def _take_link(self, attributes: dict[str, str], href: str) -> None:
        relations = attributes.get("rel", "").lower().split()
        media_type = attributes.get("type", "").partition(";")[0].strip().lower()
        if not {"alternate", "feed"} & set(relations) or "stylesheet" in relations:
            return
        address = _joined(self._base, href)
        announced = media_type in FEED_TYPES or "feed" in relations
        if address and (
            announced or (media_type in _LOOSE_TYPES and _FEED_ADDRESS.search(href) and "hreflang" not in attributes)
        ):
            self.declared.append((address, clean_line(attributes.get("title", ""))[:100]))


def _joined(base: str, href: str) -> str | None:
    """Return a web address; `feed:` is an old way of writing http."""
    written = re.sub(r"^feed:(?://)?(?=https?:)", "", href)
    written = re.sub(r"^feed://", "http://", written)
    try:
        joined = urljoin(base, written)
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) and len(joined) <= 2048 else None  # noqa: PLR2004 - as for entries
