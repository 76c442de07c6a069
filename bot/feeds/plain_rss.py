"""Ordinary RSS 2.0, read by expat directly: several times cheaper than feedparser, which reads all other documents.

Ordinary is a document that is well-formed and holds no element whose meaning depends on another. At the first that does,
NotPlain is raised and feedparser reads the document; where both read it, both read the same (a test).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from feedparser.html import _cp1252
from feedparser.mixin import _FeedParserMixin

_SEPARATOR = "\x1f"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_SY = "http://purl.org/rss/1.0/modules/syndication/"
_ATOM = "http://www.w3.org/2005/Atom"
_MEDIA = "http://search.yahoo.com/mrss/"

# An element's text goes to this key, which is feedparser's.
_ITEM_TEXTS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "pubDate": "published",
    "description": "summary",
    "author": "author",
    _CONTENT + _SEPARATOR + "encoded": "content",
    _DC + _SEPARATOR + "creator": "author",
    _DC + _SEPARATOR + "date": "updated",
}
_CHANNEL_TEXTS = {
    "title": "title",
    "link": "link",
    "language": "language",
    "ttl": "ttl",
    "generator": "generator",
    _SY + _SEPARATOR + "updatePeriod": "sy_updateperiod",
    _SY + _SEPARATOR + "updateFrequency": "sy_updatefrequency",
}
# Elements, with all that is in them, that say nothing which an entry has.
_SILENT = frozenset({"category", "comments", "enclosure", "source"})
_SILENT_IN_CHANNEL = frozenset(
    {
        "category",
        "cloud",
        "copyright",
        "description",
        "docs",
        "image",
        "lastBuildDate",
        "managingEditor",
        "pubDate",
        "rating",
    }
) | {"skipDays", "skipHours", "textInput", "webMaster"}
_SILENT_DC = frozenset({"subject", "publisher", "rights", "format", "type", "source"})
_SILENT_MEDIA = frozenset(
    {"content", "group", "thumbnail", "credit", "keywords", "category", "rating", "player", "copyright"}
)
_SILENT_PREFIXES = frozenset(
    {"slash", "wfw", "thr", "feedburner", "creativeCommons", "prism", "trackback", "geo", "sy"}
)
_KNOWN_NAMESPACES = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}
_RELATIONS_ELSEWHERE = frozenset({"self", "hub", "next", "previous", "first", "last", "replies", "search", "license"})


class NotPlain(Exception):
    """The document is not ordinary: feedparser reads it."""


@dataclass(slots=True)
class PlainRss:
    """What feedparser would have found, by its keys."""

    feed: dict[str, Any] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    bozo: bool = False

    def get(self, key: str) -> str | None:
        """Return the version, which is all that is asked for."""
        return "rss20" if key == "version" else None


def read_plain_rss(document: bytes) -> PlainRss:
    """Return the channel and items of an ordinary RSS document; raises NotPlain for any other."""
    reader = _Reader()
    try:
        reader.parser.Parse(document, True)
    except expat.ExpatError as error:
        raise NotPlain(str(error)) from None
    return reader.found


class _Reader:
    """Follows the document three levels down: rss, channel, and the channel's or an item's elements."""

    def __init__(self) -> None:
        self.found = PlainRss()
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._depth = 0
        self._item: dict[str, Any] | None = None
        self._key: str | None = None
        self._text: list[str] = []
        self._silent_from = 0
        self._guid_is_link = True

    def _doctype(self, *_: object) -> None:
        # A document type may bring entities, and with them what expat leaves out silently.
        raise NotPlain("doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._silent_from:
            self._still_silent(name)
        elif self._key is not None:
            raise NotPlain("markup in a text")
        elif self._depth <= 2:  # noqa: PLR2004 - rss, channel
            if name != ("rss", "channel")[self._depth - 1] or any(_SEPARATOR in attribute for attribute in attributes):
                raise NotPlain(name)
        elif self._item is not None:
            self._start_in_item(name, attributes)
        elif name == "item" and not attributes:
            self._item = {}
        else:
            self._start_in_channel(name, attributes)

    def _start_in_item(self, name: str, attributes: dict[str, str]) -> None:
        assert self._item is not None
        key = _ITEM_TEXTS.get(name)
        if key is None:
            self._be_silent(name, attributes, _SILENT)
            return
        if key in self._item or (attributes and key != "id"):
            raise NotPlain(name)
        if key == "id":
            if attributes.keys() - {"isPermaLink"}:
                raise NotPlain(name)
            self._guid_is_link = attributes.get("isPermaLink", "true") == "true"
        self._key = key
        self._text.clear()

    def _start_in_channel(self, name: str, attributes: dict[str, str]) -> None:
        key = _CHANNEL_TEXTS.get(name)
        if key is None:
            self._be_silent(name, attributes, _SILENT_IN_CHANNEL)
        elif key in self.found.feed or attributes:
            raise NotPlain(name)
        else:
            self._key = key
            self._text.clear()

    def _be_silent(self, name: str, attributes: dict[str, str], silent: frozenset[str]) -> None:
        """Pass over an element and all that is in it; raise NotPlain for one that may mean something."""
        if name not in silent and not _is_silent(name, attributes):
            raise NotPlain(name)
        if any(attribute.startswith("http://www.w3.org/XML/1998/namespace") for attribute in attributes):
            raise NotPlain(name)
        self._silent_from = self._depth

    def _still_silent(self, name: str) -> None:
        # Inside `image` and the like stand the channel's own names; inside an extension they would be read as the item's.
        if self._item is not None and not _is_silent(name, {}):
            raise NotPlain(name)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._silent_from:
            if self._depth < self._silent_from:
                self._silent_from = 0
        elif self._key is not None:
            self._keep()
        elif name == "item" and self._item is not None:
            self._finish(self._item)
            self._item = None

    def _data(self, text: str) -> None:
        if self._key is not None:
            self._text.append(text)

    def _keep(self) -> None:
        holder = self.found.feed if self._item is None else self._item
        key, self._key = self._key, None
        assert key is not None
        holder[key] = _mended("".join(self._text).strip())

    def _finish(self, item: dict[str, Any]) -> None:
        """Complete an item as feedparser does: a permalink is a link, a text without summary is one."""
        if "id" in item and self._guid_is_link:
            item.setdefault("link", item["id"])
        if "content" in item:
            item.setdefault("summary", item["content"])
            item["content"] = [{"type": "text/html", "value": item["content"]}]
        self.found.entries.append(item)


def _is_silent(name: str, attributes: dict[str, str]) -> bool:
    """Return whether an element of an extension says nothing that an entry has."""
    namespace, separator, local = name.rpartition(_SEPARATOR)
    if not separator:
        return False
    if namespace == _ATOM:
        return local == "link" and attributes.get("rel") in _RELATIONS_ELSEWHERE
    if namespace == _DC:
        return local in _SILENT_DC
    if namespace == _MEDIA:
        return local in _SILENT_MEDIA
    prefix = _KNOWN_NAMESPACES.get(namespace.lower())
    return prefix in _SILENT_PREFIXES if prefix is not None else "backend.userland.com" not in namespace


def _mended(text: str) -> str:
    """Return a text with the two mendings that feedparser makes: UTF-8 that was read as Latin-1, and Windows' own codes."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_cp1252)
