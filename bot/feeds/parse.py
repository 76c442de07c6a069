"""A feed document's bytes become entries. Runs in a worker process: what hostile input does to feedparser stays there.

RSS 0.9x to 2.0, RDF and Atom are read by feedparser, with its sanitiser off: the entries' texts are cleaned to plain text
here anyway, at a fraction of the cost. JSON Feed is read by `json_feed`.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from datetime import datetime
from html.entities import html5
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from feedparser.mixin import _FeedParserMixin

from bot.domain.cleaning import clean, clean_line
from bot.domain.entries import Entry, FeedDocument
from bot.feeds.dates import clamped, from_struct, read_date
from bot.feeds.encodings import text_of
from bot.feeds.json_feed import read_json_feed
from bot.feeds.plain_rss import NotPlain, read_plain_rss
from bot.feeds.reading import NotAFeed
from bot.feeds.recognise import Kind, kind_of
from bot.feeds.wishes import wish_minutes

MAX_LINK = 2048
MAX_GUID = 2048
# Raw text of one field; an article is a tenth of it. Beyond is a mistake or an attack, and the analyst's time.
MAX_FIELD = 400_000
MAX_TITLE = 2_000
MAX_AUTHOR = 200

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")
_DECLARATION = re.compile(r"\A[^<]*<\?xml[^>]{0,300}\?>\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)>", re.DOTALL)
_NESTED_ENTITY = re.compile(r"""<!ENTITY\s+%|<!ENTITY[^>]*?(["'])[^"']{0,4000}?&(?:(?!\1).)*?\1""", re.DOTALL)
_MANY_ENTITIES = 300
_CHARACTER_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,12});")
_HTML_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
_LONG_TAG = re.compile(r"<([A-Za-z_][\w:.-]*)(\s[^<>]{4000,}?)(/?)>")
_MANY_ATTRIBUTES = 300


def read_document(body: bytes, *, url: str, content_type: str, now: datetime, max_items: int = 1000) -> FeedDocument:
    """Return a feed document's entries in document order, their texts cleaned, links resolved and dates clamped.

    Raises NotAFeed. Whatever else goes wrong inside a document costs what is broken, not the rest.
    """
    text = text_of(body, content_type)
    kind = kind_of(text[:8192].encode("utf-8", "replace"))
    if kind is Kind.JSON:
        document = read_json_feed(text, url=url, now=now, max_items=max_items)
        if document is None:
            raise NotAFeed("JSON that is no JSON Feed")
        return document
    if kind in {Kind.PAGE, Kind.OPML, Kind.SITEMAP, Kind.EMPTY, Kind.BINARY}:
        raise NotAFeed(str(kind))
    text = _prepared(text)
    parsed = _parsed(text)
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed("a document in which no feed is found" if kind is Kind.FEED else str(kind))
    return _document(parsed, text, url=url, now=now, max_items=max_items)


def web_link(base: str, link: object) -> str | None:
    """Return an entry's link, resolved against its document, or None where it is no web address of tolerable length."""
    if not isinstance(link, str) or not link.strip():
        return None
    written = link.strip()
    try:
        resolved = written if written.startswith(("http://", "https://")) else urljoin(base, written)
        parts = urlsplit(resolved)
        # A port that cannot be makes Discord refuse the whole message.
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not has_host or not resolved[:8].lower().startswith(("http://", "https://")) or len(resolved) > MAX_LINK:
        return None
    return resolved if resolved.isprintable() and " " not in resolved else _escaped(resolved)


def _escaped(link: str) -> str | None:
    """Return a link with the blanks in it escaped and line ends dropped, as browsers do."""
    joined = re.sub(r"[\r\n\t]+", "", link).replace(" ", "%20")
    return joined if joined.isprintable() and len(joined) <= MAX_LINK else None


def _parsed(text: str) -> Any:
    """Return what is found in the document, by feedparser's keys; nothing here sees an address, so nothing opens one."""
    document = b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")
    try:
        return read_plain_rss(document)
    except NotPlain:
        return _parsed_by_feedparser(document)


def _parsed_by_feedparser(document: bytes) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:
        # Its loose parser follows documents anywhere, into any exception.
        raise NotAFeed(f"a document that cannot be parsed ({type(error).__name__})") from error


def _prepared(text: str) -> str:
    """Return the document without what only stops a parser: controls, a declaration that is wrong by now, entity bombs."""
    text = _DECLARATION.sub("", _NOT_XML.sub("", text.lstrip("\ufeff \t\r\n")), count=1)
    text = _HTML_ENTITY.sub(_known_entity, text)
    if "&#" in text:
        text = _CHARACTER_REFERENCE.sub(_possible_reference, text)
    text = _LONG_TAG.sub(_without_flood, text)
    if "<!ENTITY" in text and (text.count("<!ENTITY") > _MANY_ENTITIES or _NESTED_ENTITY.search(text)):
        # Entities made of entities are an attack, or a DTD: both can be done without.
        text = _DOCTYPE.sub("", text, count=1) if _DOCTYPE.search(text) else text.replace("<!ENTITY", "<!--", 1)
    return text


def _known_entity(entity: re.Match[str]) -> str:
    """Return the character of an HTML entity; XML knows five of them, and drops the others silently where a DTD is named."""
    character = html5.get(entity[1], entity[0])
    return character if "<" not in character and "&" not in character else entity[0].lower()


def _possible_reference(reference: re.Match[str]) -> str:
    """Return a reference to a character that XML can hold; expat gives up on any other, and feedparser with it."""
    number = int(reference[1][1:], 16) if reference[1][0] in "xX" else int(reference[1])
    possible = number <= sys.maxunicode and not _NOT_XML.match(chr(number))
    return reference[0] if possible else ""


def _without_flood(tag: re.Match[str]) -> str:
    """Return a tag without its attributes where they are hundreds: Python's own SAX reader takes quadratic time for them."""
    return f"<{tag[1]}{tag[3]}>" if tag[2].count("=") > _MANY_ATTRIBUTES else tag[0]


def _document(parsed: Any, text: str, *, url: str, now: datetime, max_items: int) -> FeedDocument:
    feed = parsed.feed
    raw = parsed.entries[:max_items]
    # A document that ends before its end may end inside an item: what is left of that one is no item.
    if raw and len(parsed.entries) == len(raw) and parsed.bozo and _is_stump(raw[-1], text):
        raw = raw[:-1]
    homepage = web_link(url, feed.get("link"))
    base = homepage or url
    language = _language(feed)
    entries = (_entry(entry, base=base, language=language, now=now) for entry in raw)
    return FeedDocument(
        title=clean_line(_text(feed.get("title"))[:MAX_TITLE]),
        homepage=homepage,
        language=language,
        ttl_minutes=wish_minutes(feed, text[:20_000], now),
        entries=tuple(entry for entry in entries if entry.title or entry.summary or entry.content or entry.link),
    )


def _is_stump(entry: Any, text: str) -> bool:
    """Return whether the last entry of a document was cut before it could say what it is."""
    opened = max(text.rfind("<item"), text.rfind("<entry"))
    if max(text.rfind("</item"), text.rfind("</entry")) > opened:
        return False
    return not (dict.get(entry, "title") and (dict.get(entry, "link") or dict.get(entry, "id")))


def _entry(entry: Any, *, base: str, language: str | None, now: datetime) -> Entry:
    """Return one entry. Every field stands alone: one that cannot be read is missing."""
    # FeedParserDict answers for missing keys with others', and warns; `dict.get` sees what is there.
    get: Callable[[str], Any] = lambda key: dict.get(entry, key)  # noqa: E731 - a name for a bound method with its class
    guid = _text(get("id"))[:MAX_GUID].strip() or None
    # feedparser takes every guid for a permalink unless it says otherwise; most of those are numbers.
    link = None if get("link") == guid and not str(guid).startswith(("http", "/")) else get("link")
    return Entry(
        guid=guid,
        link=web_link(base, link) or _alternate(base, get("links")) or _permalink(guid),
        title=clean_line(_text(get("title"))[:MAX_TITLE]),
        summary=clean(_text(get("summary"))[:MAX_FIELD]),
        content=clean(_content(get("content"))[:MAX_FIELD]),
        author=_author(entry),
        language=_language(get("title_detail") or {}) or _language(entry) or language,
        published=clamped(_moment(entry, "published") or _moment(entry, "created"), now),
        updated=clamped(_moment(entry, "updated"), now),
    )


def _moment(entry: Any, key: str) -> datetime | None:
    """Return a date by our own reading, which knows the region's zones and months, or else by feedparser's."""
    return read_date(_text(dict.get(entry, key))) or from_struct(dict.get(entry, f"{key}_parsed"))


def _content(contents: Any) -> str:
    """Return the fullest of an entry's content elements that is text."""
    if not isinstance(contents, list):
        return ""
    texts = [_text(content.get("value")) for content in contents if _is_text(str(content.get("type", "")))]
    return max(texts, key=len, default="")


def _is_text(media_type: str) -> bool:
    return not media_type or media_type.startswith("text/") or media_type.endswith(("html", "xml"))


def _alternate(base: str, links: Any) -> str | None:
    """Return the first link of an entry that leads to the article itself."""
    if not isinstance(links, list):
        return None
    usable = (
        web_link(base, link.get("href")) for link in links if link.get("rel") in {None, "alternate", "related", "via"}
    )
    return next((link for link in usable if link), None)


def _permalink(guid: str | None) -> str | None:
    return (
        guid
        if guid and guid.startswith(("http://", "https://")) and len(guid) <= MAX_LINK and " " not in guid
        else None
    )


def _author(entry: Any) -> str | None:
    author = _text(dict.get(entry, "author")) or _text((dict.get(entry, "author_detail") or {}).get("name"))
    return clean_line(author[: MAX_AUTHOR * 2])[:MAX_AUTHOR] or None


def _language(holder: Any) -> str | None:
    """Return the language that an element declares, as a lower-case tag, or None for what is no tag."""
    declared = _text(dict.get(holder, "language")).strip().replace("_", "-").lower()
    return (
        declared
        if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}", declared) and declared not in {"und", "xx"}
        else None
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _with_short_author(sync: Callable[..., None]) -> Callable[..., None]:
    """Return feedparser's author reading, kept from long ones: its pattern takes quadratic time (feedparser issue 562)."""

    def sync_author_detail(parser: Any, key: str = "author") -> None:
        context = parser._get_context()  # noqa: SLF001 - feedparser offers no other place to stand
        author = context.get(key)
        if isinstance(author, str) and len(author) > MAX_AUTHOR * 2:
            context[key] = author[: MAX_AUTHOR * 2]
        sync(parser, key)

    return sync_author_detail


_FeedParserMixin._sync_author_detail = _with_short_author(_FeedParserMixin._sync_author_detail)  # noqa: SLF001 - as above
