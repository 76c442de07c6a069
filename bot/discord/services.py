"""What the cogs need of the rest of the bot: the use-cases, put together by the composition root."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.actors import ActorNames
from bot.domain.entries import Entry
from bot.domain.errors import Invalid
from bot.domain.feeds import Feed, FeedKind
from bot.domain.reactions import Family, Record
from bot.domain.surveys import Board, Timeline
from bot.usecases.administer import Administrator
from bot.usecases.amend import Amender
from bot.usecases.curate import Curator
from bot.usecases.ports import Archive, Feeds, Guilds, Subscriptions
from bot.usecases.subscribe import Subscriber


class ListedFeed(Protocol):
    """A line of a list of feeds, before anybody asked its server."""

    @property
    def url(self) -> str:
        """The feed's address."""

    @property
    def title(self) -> str:
        """What the list calls it, or ""."""

    @property
    def homepage(self) -> str | None:
        """The page it belongs to."""

    @property
    def language(self) -> str | None:
        """Its language, an ISO 639-1 code."""

    @property
    def kind(self) -> FeedKind:
        """Who speaks through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """The words to write on a picture, in the reader's language; `note` is the small print below it."""

    title: str
    note: str = ""
    actors: Mapping[str, str]
    families: Mapping[Family, str]
    tone: str = "tone"
    rest: str = "others"


class Pictures(Protocol):
    """Draws surveys as PNG, off the event loop."""

    async def timeline(self, line: Timeline, captions: PictureWords, *, dark: bool) -> bytes:
        """Draw reactions through time."""
        ...

    async def board(self, board: Board, captions: PictureWords, *, dark: bool) -> bytes:
        """Draw who did what towards whom."""
        ...


def _no_list(_document: bytes) -> Sequence[ListedFeed]:
    raise Invalid("lists of feeds cannot be read here")


def _no_document(_feeds: Sequence[Feed]) -> str:
    raise Invalid("lists of feeds cannot be written here")


async def _no_records(_entries: Sequence[Entry]) -> tuple[Record, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use-cases and the reading side of the store, as Discord uses them.

    `read_list` and `write_list` read and write OPML (Invalid where a document is none); `feeds_per_guild` is how many
    feeds of its own one server may have; without `pictures` surveys are told in text alone.
    `correctors` are the servers whose moderators may correct what is coded, which holds for all; every server's when empty.
    `code` returns what the analyst finds in entries that could be alerted.
    """

    names: ActorNames
    clock: Callable[[], datetime]
    archive: Archive
    subscriptions: Subscriptions
    feeds: Feeds
    subscriber: Subscriber
    curator: Curator
    amender: Amender
    guilds: Guilds
    administrator: Administrator
    read_list: Callable[[bytes], Sequence[ListedFeed]] = _no_list
    write_list: Callable[[Sequence[Feed]], str] = _no_document
    feeds_per_guild: int = 100
    correctors: frozenset[str] = frozenset()
    pictures: Pictures | None = None
    code: Callable[[Sequence[Entry]], Awaitable[tuple[Record, ...]]] = _no_records
