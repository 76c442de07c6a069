"""What goes wrong with TLS is told apart: a certificate that nobody vouches for, another protocol, silence."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from faultserver import NOW, a_feed, settings_for_tests, write_rss

from bot.domain.errors import FeedUnavailable
from bot.feeds.source import HttpFeedSource

# Made for these tests, signed by itself.
CERTIFICATE = Path(__file__).parents[1] / "fakes" / "selfsigned.pem"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(write_rss()) + write_rss()


def certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


async def answering(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(ANSWER)
    await writer.drain()


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def closing(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Say nothing and go."""


@asynccontextmanager
async def serving(conversation, context: ssl.SSLContext | None) -> AsyncIterator[str]:
    talks: set[asyncio.Task[None] | None] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        await conversation(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(converse, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/rss"
    finally:
        server.close()
        await asyncio.gather(*filter(None, talks))


@pytest.mark.parametrize(
    ("conversation", "is_tls", "words"),
    [
        (answering, True, "shows a certificate that we do not trust: self-signed certificate"),
        (answering, False, "does not speak TLS that we understand"),
        (closing, False, "closed the connection|cannot be reached"),
        (silent, False, "did not begin to answer within|did not take our connection within"),
    ],
    ids=["self-signed", "plain http", "closed", "silent"],
)
async def test_a_server_without_good_tls_is_asked_again_later(conversation, is_tls: bool, words: str) -> None:
    async with (
        serving(conversation, certified() if is_tls else None) as url,
        HttpFeedSource(settings_for_tests(), lambda: NOW) as source,
    ):
        with pytest.raises(FeedUnavailable, match=words):
            await source.fetch(a_feed(url))
