"""An item: an entry cleaned to plain text, with an identity that survives what feeds do to their entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the analyst reads: cleaned text in three parts, and what is known of it.

    `text` joins the non-empty parts by blank lines; every offset in a record counts characters of it.
    """

    title: str
    summary: str = ""
    content: str = ""
    language: str | None = None
    published: datetime | None = None
    # Asked for by every step that reads an article, and so joined once.
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join title, summary and content by blank lines."""
        object.__setattr__(self, "text", "\n\n".join(filter(None, (self.title, self.summary, self.content))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One news item, stored whether or not it is relevant.

    `id` never changes once given. `guid` and `link` are verbatim as the feed had them; `canonical_url` and
    `content_hash` are what other tellings of the same item are recognised by. `published` is the feed's claim, or else
    `first_seen_at`. `relevance` and `story_reason` are the reasons in words that `why` shows; `duplicate_of` is the id of
    the item that this is a near-verbatim copy of.
    """

    id: str
    feed_id: str
    guid: str | None = None
    link: str | None = None
    canonical_url: str | None = None
    content_hash: str
    title: str
    summary: str = ""
    content: str = ""
    author: str | None = None
    language: str = ""
    outlet: str
    published: datetime
    first_seen_at: datetime
    last_seen_at: datetime
    relevant: bool = False
    relevance: str = ""
    story_id: str | None = None
    story_reason: str = ""
    duplicate_of: str | None = None
    withdrawn: bool = False

    @property
    def article(self) -> Article:
        """Return the item as the analyst reads it."""
        return Article(
            title=self.title,
            summary=self.summary,
            content=self.content,
            language=self.language or None,
            published=self.published,
        )

    @property
    def text_of_feed(self) -> str:
        """Return what the feed itself told beyond the title."""
        return self.content or self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The wording an item had before its outlet changed it."""

    item_id: str
    content_hash: str
    title: str
    summary: str
    content: str
    replaced_at: datetime
