"""How many feeds a second are fetched and parsed: cold, unchanged with and without validators, and with one new item each.

    python benchmarks/feeds.py [--feeds 300] [--items 30] [--peer PYTHON]

`--peer` names an interpreter that has the feed library `reader` (Python 3.12 or later, in an environment of its own); it
then updates the same feeds from the same server, in turn with ours, and the last line gives the ratios. The server runs
in a process of its own on loopback. Memory is the sum over our process and its workers.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from time import perf_counter

import psutil

from bot.domain.feeds import Feed, feed_id
from bot.feeds.settings import FeedSettings
from bot.feeds.source import HttpFeedSource

NOW = datetime(2023, 9, 20, tzinfo=UTC)
ROUNDS = ("cold", "unchanged", "one new each")
SENTENCE = "the minister said on tuesday that talks in the capital had ended without a statement from either side"
WORDS = SENTENCE.split()
AT_ONCE = 64

PEER = """
import json, sys, tempfile, time, logging, urllib.request
logging.disable(logging.CRITICAL)
from reader import make_reader
base, count, query = sys.argv[1], int(sys.argv[2]), sys.argv[3]
reader = make_reader(tempfile.mkdtemp() + "/db.sqlite")
for number in range(count):
    reader.add_feed(f"{base}/feed/{number}{query}")
told = {}
for name in ("cold", "unchanged", "one new each"):
    if name == "one new each":
        urllib.request.urlopen(f"{base}/grow", timeout=60).read()
    started = time.perf_counter()
    for _ in reader.update_feeds_iter(workers=8, scheduled=False):
        pass
    told[name] = count / (time.perf_counter() - started)
print(json.dumps(told))
"""


class SyntheticFeeds:
    """Feeds of a few sentences an item; `/grow` adds one new item to each."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.newest = items
        self.written: dict[int, tuple[bytes, str]] = {}

    def document(self, number: int) -> tuple[bytes, str]:
        """Return a feed's body and its ETag."""
        if number not in self.written:
            items = "".join(self._item(number, item) for item in range(self.newest, self.newest - self.items, -1))
            head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {number}</title>"
            body = f"{head}{items}</channel></rss>".encode()
            self.written[number] = (body, f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        return self.written[number]

    def _item(self, feed: int, item: int) -> str:
        chance = random.Random(feed * 100_003 + item)
        text = " ".join(chance.choices(WORDS, k=60))
        title = " ".join(chance.choices(WORDS, k=9))
        return (
            f"<item><title>{title} {feed}.{item}</title><guid isPermaLink='false'>{feed}-{item}</guid>"
            f"<link>https://example.org/{feed}/{item}?utm_source=rss</link>"
            f"<pubDate>Tue, 19 Sep 2023 12:{item % 60:02}:00 GMT</pubDate><description>&lt;p&gt;{text}.&lt;/p&gt;"
            "&lt;p&gt;&lt;a href='https://example.org/'&gt;more&lt;/a&gt;&lt;/p&gt;</description></item>"
        )

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(head.split(" ", 2)[1], head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, path: str, head: str) -> bytes:
        if path == "/grow":
            self.newest += 1
            for number in list(self.written):
                del self.written[number]
                self.document(number)
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        body, etag = self.document(int(path.removeprefix("/feed/").partition("?")[0]))
        if "?plain" in path:
            etag = ""
        if etag and etag in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        validator = f"ETag: {etag}\r\n" if etag else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n{validator}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def serve(feeds: int, items: int) -> None:
    """Serve until the process is ended; the port is the first line printed."""
    synthetic = SyntheticFeeds(items)
    for number in range(feeds):
        synthetic.document(number)
    server = await asyncio.start_server(synthetic.converse, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def a_server(feeds: int, items: int) -> Iterator[str]:
    """Run the server in a process of its own."""
    arguments = [sys.executable, __file__, "--serve", "--feeds", str(feeds), "--items", str(items)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.terminate()


@asynccontextmanager
async def a_source() -> AsyncIterator[HttpFeedSource]:
    """Open a source that may visit loopback."""
    settings = FeedSettings(allow_networks=(ip_network("127.0.0.1/32"),), total_timeout=timedelta(minutes=5))
    async with HttpFeedSource(settings, lambda: NOW) as source:
        yield source


async def ours(base: str, count: int, query: str) -> tuple[dict[str, float], float]:
    """Return feeds a second in each round, and the peak memory of all our processes in MiB."""
    feeds = [_a_feed(f"{base}/feed/{number}{query}") for number in range(count)]
    places = asyncio.Semaphore(AT_ONCE)
    rates: dict[str, float] = {}
    peak = 0.0
    async with a_source() as source:

        async def poll(feed: Feed) -> Feed:
            async with places:
                fetched = await source.fetch(feed)
            return replace(feed, etag=fetched.etag, last_modified=fetched.last_modified, body_hash=fetched.body_hash)

        for name in ROUNDS:
            if name == ROUNDS[2]:
                await asyncio.to_thread(_grow, base)
            started = perf_counter()
            feeds = list(await asyncio.gather(*map(poll, feeds)))
            rates[name] = count / (perf_counter() - started)
            peak = max(peak, _memory())
    return rates, peak


def theirs(python: str, base: str, count: int, query: str) -> dict[str, float]:
    """Return the peer's feeds a second in each round."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(PEER)
        script.flush()
        told = subprocess.run(
            [python, script.name, base, str(count), query], check=True, capture_output=True, text=True
        )
    rates: dict[str, float] = json.loads(told.stdout)
    return rates


def _a_feed(url: str) -> Feed:
    return Feed(id=feed_id(url), url=url, added_at=NOW, next_poll_at=NOW)


def _grow(base: str) -> None:
    with urllib.request.urlopen(f"{base}/grow", timeout=60) as answer:
        answer.read()


def _memory() -> float:
    me = psutil.Process()
    return (
        sum(
            process.memory_info().rss
            for process in (me, *me.children(recursive=True))
            if "--serve" not in process.cmdline()
        )
        / 2**20
    )


def main() -> None:
    """Measure, and print a line per round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--peer", help="an interpreter with `reader`")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        asyncio.run(serve(chosen.feeds, chosen.items))
        return
    for query, label in (("", "with validators"), ("?plain", "without validators")):
        with a_server(chosen.feeds, chosen.items) as base:
            rates, peak = asyncio.run(ours(base, chosen.feeds, query))
            peer = theirs(chosen.peer, base, chosen.feeds, query) if chosen.peer else {}
        print(f"{label}: {chosen.feeds} feeds of {chosen.items} items, {peak:.0f} MiB at most")
        for name, rate in rates.items():
            beside = f"   reader {peer[name]:7.1f}   ratio {rate / peer[name]:6.1f}" if peer else ""
            print(f"  {name:13} {rate:8.1f} feeds/s{beside}")


if __name__ == "__main__":
    main()
