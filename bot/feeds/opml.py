"""Lists of feeds as other readers keep them: OPML 1.0 and 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from html import unescape
from xml.etree import ElementTree as ET

from bot.domain.cleaning import clean_line
from bot.domain.errors import Invalid
from bot.domain.feeds import Feed, FeedKind
from bot.feeds.encodings import text_of
from bot.feeds.listing import ListedFeed

MAX_BYTES = 8 * 1024 * 1024
MAX_FEEDS = 5_000
MAX_DEPTH = 50
_OUTLINE = re.compile(r"<outline\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<\?xml[^>]*\?>", re.DOTALL)
# Our own attribute, in a namespace of its own as the specification asks.
_NAMESPACE = "https://opml.invalid/communique"


def read_opml(document: bytes) -> tuple[ListedFeed, ...]:
    """Return the feeds that an OPML document lists, each address once, folders flattened.

    A document that is not well-formed is read as far as its outlines can be told. Raises Invalid where it lists none.
    """
    if len(document) > MAX_BYTES:
        raise Invalid(f"the list has {len(document):,} bytes; lists of up to {MAX_BYTES:,} are read")
    text = text_of(document)
    found: dict[str, ListedFeed] = {}
    for attributes in _outlines(text):
        listed = _listed(
            {name.rpartition("}")[2].rpartition(":")[2].lower(): value for name, value in attributes.items()}
        )
        if listed is not None:
            found.setdefault(listed.url, listed)
        if len(found) >= MAX_FEEDS:
            break
    if not found:
        raise Invalid('no feed is listed there: an OPML document has <outline xmlUrl="https://…"/> for each feed')
    return tuple(found.values())


def write_opml(feeds: Iterable[Feed], *, title: str, created: datetime) -> str:
    """Return the feeds as an OPML 2.0 document that other readers, and `read_opml`, take."""
    ET.register_namespace("communique", _NAMESPACE)
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "dateCreated").text = format_datetime(created, usegmt=True)
    body = ET.SubElement(root, "body")
    for feed in feeds:
        attributes = {
            "type": "rss",
            "text": feed.name,
            "title": feed.title,
            "xmlUrl": feed.url,
            "htmlUrl": feed.homepage or "",
            "language": feed.language or "",
            f"{{{_NAMESPACE}}}kind": "" if feed.kind is FeedKind.UNKNOWN else feed.kind.value,
        }
        ET.SubElement(body, "outline", {name: _writable(value) for name, value in attributes.items() if value})
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _outlines(text: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of each outline. Entities of a DTD are not needed, so there are none to explode."""
    plain = _DOCTYPE.sub("", text)
    try:
        root = ET.fromstring(plain)  # noqa: S314 - no document type is left in it
    except ET.ParseError:
        for outline in _OUTLINE.finditer(plain):
            yield {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(outline[1])}
        return
    for element in root.iter():
        if str(element.tag).rpartition("}")[2].lower() == "outline":
            yield dict(element.attrib)


def _listed(attributes: dict[str, str]) -> ListedFeed | None:
    """Return the feed of an outline, or None for a folder or a link."""
    url = attributes.get("xmlurl", "").strip()
    url = re.sub(r"^feed:(?://)?(?=https?:)", "", url)
    if not re.match(r"https?://[^\s/]", url, re.IGNORECASE) or len(url) > 2048:  # noqa: PLR2004 - as for links
        return None
    homepage = attributes.get("htmlurl", "").strip()
    language = attributes.get("language", "").strip().lower()
    kind = attributes.get("kind", "").strip().lower()
    return ListedFeed(
        url=url,
        title=clean_line(attributes.get("title") or attributes.get("text") or "")[:200],
        homepage=homepage if homepage.startswith(("http://", "https://")) else None,
        language=language if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", language) and language != "unknown" else None,
        kind=FeedKind(kind) if kind in list(FeedKind) else FeedKind.UNKNOWN,
    )


def _writable(value: str) -> str:
    """Return the value without what XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", value)
