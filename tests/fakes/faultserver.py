"""A server that does what servers do wrong, on loopback, and settings under which it may be visited."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

from bot.domain.feeds import Feed, feed_id
from bot.feeds.settings import FeedSettings

NOW = datetime(2023, 9, 20, 12, tzinfo=UTC)
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    path: str
    headers: dict[str, str]


@dataclass(slots=True, kw_only=True)
class Client:
    """One connection's writing side, as a route sees it."""

    request: Request
    writer: asyncio.StreamWriter
    host: str

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(
        self, body: bytes = b"", *, status: str = "200 OK", length: int | None = None, **headers: str
    ) -> None:
        head = {"Content-Type": "application/rss+xml", "Content-Length": str(len(body) if length is None else length)}
        head |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value != "-")
        await self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body)

    def reset(self) -> None:
        self.writer.transport.abort()


Route = Callable[[Client], Awaitable[None]]


@dataclass(slots=True)
class FaultServer:
    """Routes by path; whatever is asked is remembered."""

    url: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def at(self, path: str, route: Route) -> str:
        self.routes[path] = route
        return self.url + path

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
                request = Request(
                    path=head[0].split(" ")[1], headers={name.lower(): value for name, value in fields.items()}
                )
                self.requests.append(request)
                route = self.routes.get(request.path, _missing)
                await route(Client(request=request, writer=writer, host=self.url))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


async def _missing(client: Client) -> None:
    await client.answer(b"not here", status="404 Not Found", Content_Type="text/plain")


@asynccontextmanager
async def fault_server(address: str = "127.0.0.1") -> AsyncIterator[FaultServer]:
    faults = FaultServer()
    server = await asyncio.start_server(faults.converse, address, 0, limit=256 * 1024)
    host = f"[{address}]" if ":" in address else address
    faults.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield faults
    finally:
        server.close()


def settings_for_tests(**changes: object) -> FeedSettings:
    """Loopback at 127.0.0.1 alone is allowed, and patience is short."""
    few = {
        "user_agent": "communique/test (+https://example.org/contact)",
        "allow_networks": (ip_network("127.0.0.1/32"),),
        "body_bytes": 2 * MIB,
        "decompressed_bytes": 4 * MIB,
        "headers_timeout": timedelta(seconds=1.5),
        "total_timeout": timedelta(seconds=2.5),
        "connect_timeout": timedelta(seconds=1.5),
        "quick_parse": timedelta(seconds=6),
        "parse_deadline": timedelta(seconds=30),
        "parse_workers": 2,
    }
    return FeedSettings(**(few | changes))  # type: ignore[arg-type]


def a_feed(url: str, **changes: object) -> Feed:
    return Feed(id=feed_id(url), url=url, added_at=NOW, next_poll_at=NOW, **changes)  # type: ignore[arg-type]


def write_rss(items: int = 2, *, inside: str = "", channel: str = "") -> bytes:
    """Return an RSS 2.0 document; `inside` stands in every item, `channel` before the first."""
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example Times</title>{channel}'
    link = "<link>https://example.org/</link>"
    told = "".join(
        f"<item><title>Item {number}</title><link>https://example.org/{number}</link><guid>id-{number}</guid>"
        f"<pubDate>Tue, 19 Sep 2023 1{number % 10}:30:00 GMT</pubDate><description>Text {number}.</description>"
        f"{inside}</item>"
        for number in range(items)
    )
    return f"{head}{link}{told}</channel></rss>".encode()


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
