"""What the terminal's messenger tells besides alerts."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from rich.console import Console

from bot.console.messenger import ConsoleMessenger
from bot.domain.feeds import Feed
from bot.domain.notices import FeedNotice

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)


async def told(feed: Feed) -> str:
    out = io.StringIO()
    await ConsoleMessenger(Console(file=out), lambda: NOON).tell_of_feed(FeedNotice(feed=feed, added_by="operator"))
    return out.getvalue()


async def test_a_failing_feed_is_told_with_since_when_and_why_and_its_control_characters_do_nothing() -> None:
    feed = Feed(
        id="f",
        url="https://outlet.example/rss",
        title="Out\x1b[31mlet",
        added_at=NOON,
        next_poll_at=NOON,
        failing_since=NOON,
        last_error="404 Not Found",
    )
    text = await told(feed)
    assert "\x1b" not in text
    assert "(https://outlet.example/rss) has been failing since 2023-09-20 12:00 UTC: 404 Not Found" in text


async def test_a_recovered_feed_is_told_in_a_line() -> None:
    feed = Feed(id="f", url="https://outlet.example/rss", added_at=NOON, next_poll_at=NOON)
    assert await told(feed) == "The feed outlet.example (https://outlet.example/rss) works again.\n"
