"""The article on a web page, by trafilatura. Runs in a worker process: a page is as hostile as a feed."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]

from bot.domain.cleaning import clean, clean_line
from bot.feeds.dates import clamped, read_date
from bot.feeds.encodings import text_of
from bot.feeds.reading import PackedPage
from bot.usecases.ports import Page

MAX_TEXT = 100_000
# Less is a cookie notice, a teaser before a paywall, or an empty template.
MIN_TEXT = 200
_MAX_JSON = 300_000
_FAR_FUTURE = datetime(9000, 1, 1, tzinfo=UTC)

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publishdate' or @name='publish-date' or @name='date']/@content",
    "//meta[@name='parsely-pub-date' or @name='sailthru.date' or @property='og:article:published_time']/@content",
    "//article//time/@datetime",
    "//time[@pubdate]/@datetime",
)
for _talkative in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report")


def read_page(body: bytes, url: str, content_type: str, now: datetime) -> PackedPage | None:
    """Return the article's title, text as paragraphs apart, author and time; None where the page holds no article.

    The time is the most exact that the page gives: trafilatura finds the day, the page's own marks the minute.
    """
    markup = text_of(body, content_type)
    tree = _tree(markup)
    if tree is None:
        return None
    marks = list(_linked_data(tree))
    published, author = _published(tree, marks), _author(marks)
    found = _extracted(tree, url)
    if found is None:
        return None
    title = clean_line(found.title or "")
    text = _paragraphs(found.body, title) or clean(found.text or "")
    if len(text) < MIN_TEXT:
        return None
    day = read_date(found.date) if published is None else None
    return (
        title,
        text[:MAX_TEXT],
        author or clean_line(found.author or "")[:200] or None,
        clamped(published or day, now),
    )


def _extracted(tree: Any, url: str) -> Any:
    """Return what trafilatura finds, silently: what it cannot read of a page is no news to an operator."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return trafilatura.bare_extraction(
            tree, url=url, include_comments=False, include_tables=False, with_metadata=True
        )


def extract(body: bytes, url: str, *, content_type: str = "", now: datetime | None = None) -> Page | None:
    """Return the article of a page that is at hand, read in this process: for documents of one's own."""
    read = read_page(body, url, content_type, now or _FAR_FUTURE)
    if read is None:
        return None
    title, text, author, published = read
    return Page(url=url, title=title, text=text, author=author, published=published)


def _tree(markup: str) -> Any:
    """Return the page as a tree, or None where it is none."""
    try:
        # Parsed from bytes: lxml refuses text that declares an encoding.
        return html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.LxmlError, ValueError):
        return None


def _paragraphs(body: Any, title: str) -> str:
    """Return the extracted body as paragraphs with blank lines between, without the headline that the title repeats."""
    if body is None:
        return ""
    texts = (
        " ".join("".join(element.itertext()).split())
        for element in body.iter("p", "head", "item", "quote")
        if _is_leaf(element)
    )
    return clean("\n\n".join(text for text in texts if text and text != title))


def _is_leaf(element: Any) -> bool:
    """Return whether no paragraph stands inside this one: its text would come twice."""
    return next(element.iter("p", "head", "item", "quote"), element) is element and not any(
        child.tag in {"p", "head", "item", "quote"} for child in element.iterdescendants()
    )


def _published(tree: Any, marks: list[dict[str, Any]]) -> datetime | None:
    """Return the time that the page's own marks give, only with an hour: a bare day is worth less than the feed's time."""
    written = [str(mark.get("datePublished", "")) for mark in marks]
    for path in _PUBLISHED:
        written += tree.xpath(path)[:3]
    moments = (read_date(text) for text in written if ":" in text)
    return next((moment for moment in moments if moment), None)


def _author(marks: list[dict[str, Any]]) -> str | None:
    for mark in marks:
        author = mark.get("author")
        names = [name for name in (_name(one) for one in (author if isinstance(author, list) else [author])) if name]
        if names:
            return ", ".join(names)[:200]
    return None


def _name(author: object) -> str:
    name = author.get("name") if isinstance(author, dict) else author
    return clean_line(name) if isinstance(name, str) and not name.startswith("http") else ""


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD descriptions of articles on the page."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:10]:
        try:
            held = json.loads((script.text or "")[:_MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        listed = held if isinstance(held, list) else held.get("@graph", [held]) if isinstance(held, dict) else []
        for thing in listed if isinstance(listed, list) else [listed]:
            if isinstance(thing, dict) and _ARTICLE_TYPES.search(str(thing.get("@type", ""))):
                yield thing
