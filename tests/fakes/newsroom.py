"""Stand-ins for what surrounds the use-cases: a clock to turn, feeds to script, a simple analyst, a Discord to break."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.alerts import AlertMessage
from bot.domain.analyst import Reading, Relevance, read_if_relevant
from bot.domain.digests import Edition
from bot.domain.entries import Entry, FeedDocument
from bot.domain.errors import ChannelRefused, ChannelUnavailable, NotFound, PostUncertain
from bot.domain.feeds import Feed, outlet_of
from bot.domain.items import Article
from bot.domain.notices import FeedNotice
from bot.domain.reactions import ReactionType, Record, Tier
from bot.domain.subscriptions import Subscription
from bot.usecases.ports import Fetched, FoundFeed, Page

NOON = datetime(2023, 9, 19, 12, 0, tzinfo=UTC)

_ACT = re.compile(r"\b([A-Z]{2,4}) ([a-z_]+)(?: ([A-Z]{2,4}))?(?:: “([^”]*)”)?")


class Clock:
    """Time that moves only when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)


class ScriptedAnalyst:
    """Codes texts that say it plainly: "FRA condemn AZE: “words”", relevant where Karabakh is named."""

    def relevance(self, article: Article) -> Relevance:
        """Return whether the article names Karabakh."""
        relevant = "Karabakh" in article.text
        return Relevance(relevant=relevant, reason="names Karabakh" if relevant else "does not name Karabakh")

    def read(self, article: Article, relevance: Relevance | None = None) -> Reading:
        """Return a record for each act that is spelt out."""
        text = article.text
        acts = [match for match in _ACT.finditer(text) if match[2] in set(ReactionType)]
        records = {
            (match[1], match[2], match[3]): Record(
                actor=match[1],
                type=ReactionType(match[2]),
                targets=(match[3],) if match[3] else (),
                quote=match[4],
                evidence=match[0],
                start=match.start(),
                end=match.end(),
                cue=match[2],
                rule="scripted",
                tier=Tier.ALERT,
                confidence=1.0,
            )
            for match in acts
        }
        actors = dict.fromkeys(code for match in acts for code in (match[1], match[3]) if code)
        return Reading(
            language="en",
            relevance=relevance or self.relevance(article),
            records=tuple(records.values()),
            actors=tuple(actors),
        )


class ScriptedCoder:
    """Answers `Coder` with the scripted analyst."""

    async def read(self, articles: Sequence[Article]) -> tuple[Reading, ...]:
        """Return a reading of each article."""
        return tuple(read_if_relevant(ScriptedAnalyst(), article) for article in articles)


@dataclass
class ScriptedFeeds:
    """Feeds whose next answer is set by hand: entries, or an error to raise."""

    answers: dict[str, tuple[Entry, ...] | Exception] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)

    async def fetch(self, feed: Feed) -> Fetched:
        """Return the answer that was set for this address."""
        self.fetched.append(feed.url)
        answer = self.answers.get(feed.url, ())
        if isinstance(answer, Exception):
            raise answer
        return Fetched(document=FeedDocument(title=feed.title or outlet_of(feed.url), entries=answer))

    async def look(self, feed: Feed) -> Fetched:
        """Return the same: nothing of it is read here."""
        return await self.fetch(feed)

    async def page(self, url: str) -> Page | None:
        """Return the page that was set for this address."""
        self.visited.append(url)
        return self.pages.get(url)

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """Return the address itself when an answer was set for it."""
        return (FoundFeed(url=url),) if url in self.answers else ()


def outlets_shown(message: AlertMessage) -> tuple[int, ...]:
    """Return how many outlets a message names for each of its reactions: one that tells it twice is named once."""
    return tuple(len({source.outlet for source in each.sources}) for each in message.reactions)


class Crash(BaseException):
    """The process is gone: nobody catches this."""


@dataclass
class Post:
    """One message in a channel."""

    id: str
    marker: str
    outlets: tuple[int, ...]
    at: datetime
    deleted: bool = False


@dataclass
class BreakableDiscord:
    """Channels that keep what is posted, remember nonces for a while, and fail as they are told.

    `plan` is asked before each call with the verb and returns what goes wrong: None, "unavailable", "refused",
    "lost before", "lost after", "crash before", "crash after".
    """

    clock: Callable[[], datetime]
    plan: Callable[[str], str | None] = lambda _: None
    memory: timedelta = timedelta(minutes=3)
    posts: dict[str, list[Post]] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    notices: list[FeedNotice] = field(default_factory=list)
    edits: int = 0

    async def post(self, message: AlertMessage) -> str:
        """Post, once for one nonce within the memory."""
        shown = outlets_shown(message)
        return self._do("post", lambda: self._posted(message.subscription.channel_id, message.alert.id, shown))

    async def post_digest(self, edition: Edition) -> str:
        """Post a digest by the same rules."""
        return self._do("post", lambda: self._posted(edition.subscription.channel_id, edition.digest.id, ()))

    async def edit(self, message: AlertMessage) -> None:
        """Edit the post that carries the alert's id."""

        def act() -> str:
            post = self._find(message.subscription.channel_id, message.alert.message_id)
            post.outlets = outlets_shown(message)
            self.edits += 1
            return post.id

        self._do("edit", act)

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Look through the channel from a time on."""
        self._do("find", lambda: "")
        for post in self.posts.get(subscription.channel_id, []):
            if post.marker == marker and post.at >= since and not post.deleted:
                return post.id
        return None

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Remember who was told."""
        self.told.append((subscription.id, reason))

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Remember the notice, or fail as planned."""
        self._do("notice", lambda: "")
        self.notices.append(notice)

    def _do(self, verb: str, act: Callable[[], str]) -> str:
        match self.plan(verb):
            case "unavailable":
                raise ChannelUnavailable("429", retry_after=timedelta(seconds=3))
            case "refused":
                raise ChannelRefused("50001: missing access; give the bot View Channel")
            case "lost before":
                raise PostUncertain("connection dropped")
            case "lost after":
                act()
                raise PostUncertain("connection dropped")
            case "crash before":
                raise Crash
            case "crash after":
                act()
                raise Crash
            case _:
                return act()

    def _posted(self, channel: str, marker: str, outlets: tuple[int, ...]) -> str:
        there = self.posts.setdefault(channel, [])
        for post in there:
            if post.marker == marker and self.clock() - post.at < self.memory:
                if post.deleted:
                    raise NotFound("10008: the message was deleted")
                return post.id
        there.append(Post(id=f"{channel}-{len(there) + 1}", marker=marker, outlets=outlets, at=self.clock()))
        return there[-1].id

    def _find(self, channel: str, message_id: str | None) -> Post:
        for post in self.posts.get(channel, []):
            if post.id == message_id and not post.deleted:
                return post
        raise NotFound("10008: the message was deleted")


def entry(title: str, *, guid: str | None = None, hours_ago: float = 1, now: datetime = NOON, **parts: str) -> Entry:
    """Return an entry about Karabakh, published some hours before noon."""
    return Entry(
        guid=guid or f"guid-{title}",
        link=parts.pop("link", f"https://outlet.example/{(guid or title).replace(' ', '-')}"),
        title=title,
        published=now - timedelta(hours=hours_ago),
        **parts,  # type: ignore[arg-type]
    )
