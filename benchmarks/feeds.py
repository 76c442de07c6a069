"""How many feeds a second go through the whole pipeline: fetched, parsed, coded, grouped and stored.

    python benchmarks/feeds.py [--feeds 1000] [--items 30] [--relevant 0.02] [--peer PYTHON]
    python benchmarks/feeds.py --at 'http://127.0.0.1:8000/feed/{}' --grow http://127.0.0.1:8000/grow --plain '?plain'

Three rounds, first with validators and then without: cold (all is new), unchanged, and one new item in each feed. `--peer`
names an interpreter that has the feed library `reader` (Python 3.12 or later, in an environment of its own): it updates the
same feeds from the same server, in turn with ours. Both are timed from inside, without their start, beside a server in a
process of its own; processor time is that of a whole process tree. Memory is the most that our processes have together,
as proportional set size (PSS: a page that two processes share counts half in each) and as the plain sum of resident sets.

`--relevant` is the share of items about the conflict, which are coded and grouped as well; others are stored only. `--at`
measures on a server that is there already: `{}` stands for a feed's number, `--plain` is put behind it for the feeds without
validators, and `--grow` is asked for one new item in each.
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
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import psutil

from bot.app import opened, utc_now
from bot.config import Settings
from bot.domain.feeds import Feed, Listing, feed_id
from bot.domain.items import Article
from bot.usecases.poll import Poller

ROUNDS = ("cold", "unchanged", "one new each")
SENTENCE = "the minister said on tuesday that talks in the capital had ended without a statement from either side"
PROSE = SENTENCE.split()
SAID = (
    "condemns",
    "urges restraint over",
    "welcomes talks on",
    "is concerned about",
    "denies strikes in",
    "sends aid to",
)
WHO = ("France", "Germany", "Russia", "Turkey", "Iran", "Georgia", "The EU", "The UN", "Armenia", "Azerbaijan")
WHERE = ("Nagorno-Karabakh", "Stepanakert", "the Lachin corridor", "Khankendi")

# Both halves are given: addresses' pattern, number of feeds, what to ask for growth. Both print a line of JSON.
PEER = """
import json, sys, tempfile, time, logging, urllib.request
logging.disable(logging.CRITICAL)
from reader import make_reader
at, count, grow = sys.argv[1], int(sys.argv[2]), sys.argv[3]
reader = make_reader(tempfile.mkdtemp() + "/db.sqlite")
for number in range(count):
    reader.add_feed(at.format(number))
told = {}
for name in ("cold", "unchanged", "one new each"):
    if name == "one new each":
        urllib.request.urlopen(grow, timeout=300).read()
        # What the server writes anew is not to be timed.
        for number in range(count):
            urllib.request.urlopen(at.format(number), timeout=300).read()
    started, spent = time.perf_counter(), time.process_time()
    for _ in reader.update_feeds_iter(workers=8, scheduled=False):
        pass
    told[name] = count / (time.perf_counter() - started), (time.process_time() - spent) / count
print(json.dumps(told))
"""


class SyntheticFeeds:
    """Feeds of a few sentences an item; `/grow` adds one new item to each."""

    def __init__(self, items: int, relevant: float) -> None:
        self.items, self.relevant = items, relevant
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
        if chance.random() < self.relevant:
            title = f"{chance.choice(WHO)} {chance.choice(SAID)} {chance.choice(WHERE)}"
        else:
            title = " ".join(chance.choices(PROSE, k=9))
        text = " ".join(chance.choices(PROSE, k=110))
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
            self.written.clear()
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        body, etag = self.document(int(path.removeprefix("/feed/").partition("?")[0]))
        if "?plain" in path:
            etag = ""
        if etag and etag in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        validator = f"ETag: {etag}\r\n" if etag else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n{validator}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def serve(feeds: int, items: int, relevant: float) -> None:
    """Serve until the process is ended; the port is the first line printed."""
    synthetic = SyntheticFeeds(items, relevant)
    for number in range(feeds):
        synthetic.document(number)
    server = await asyncio.start_server(synthetic.converse, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def a_server(feeds: int, items: int, relevant: float) -> Iterator[str]:
    """Run the server in a process of its own."""
    given = ["--feeds", str(feeds), "--items", str(items), "--relevant", str(relevant)]
    with subprocess.Popen([sys.executable, __file__, "--serve", *given], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


async def poll_all(at: str, count: int, grow: str) -> dict[str, tuple[float, float]]:
    """Return for each round feeds a second and the seconds of processor time a feed, of this process and its workers."""
    told: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate(
            {
                "database": {"url": f"sqlite:///{folder}/feeds.sqlite3"},
                "feeds": {
                    "allow_networks": (ip_network("127.0.0.0/8"),),
                    "min_interval": timedelta(seconds=1),
                    "max_interval": timedelta(seconds=1),
                    "timeout": timedelta(minutes=5),
                },
            }
        )
        async with opened(settings) as app:
            for number in range(count):
                url, now = at.format(number), utc_now()
                feed = Feed(id=feed_id(url), url=url, added_at=now, next_poll_at=now)
                await app.store.add_feed(feed, Listing(feed_id=feed.id, added_by="benchmark", added_at=now))
            # The peer has nothing of the kind to load; ours is loaded once in a process's life.
            await app.desk().coder.read([Article(title="Karabakh", language="en")])
            for name in ROUNDS:
                if name == ROUNDS[2]:
                    await asyncio.to_thread(_grow, grow, at, count)
                await asyncio.sleep(1.5)
                started, spent = time.perf_counter(), _processor_time()
                outcomes = await Poller(app.desk()).poll_due()
                seconds = time.perf_counter() - started
                told[name] = (count / seconds, (_processor_time() - spent) / count)
                failed = [outcome.error for outcome in outcomes if outcome.error]
                assert len(outcomes) == count, (name, len(outcomes))
                assert not failed, failed[:3]
    return told


def _processor_time() -> float:
    me = psutil.Process()
    return sum(
        each.cpu_times().user + each.cpu_times().system
        for each in (me, *me.children(recursive=True))
        if each.is_running()
    )


def _grow(grow: str, at: str, count: int) -> None:
    for url in (grow, *(at.format(number) for number in range(count))):
        with urllib.request.urlopen(url, timeout=300) as answer:
            answer.read()


def ours(at: str, count: int, grow: str) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Return what a process of ours tells of itself, and the most memory (MiB) that it and its children had: PSS and RSS."""
    arguments = [sys.executable, __file__, "--ours", "--at", at, "--feeds", str(count), "--grow", grow]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        peaks, ended = [0.0, 0.0], threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
        watch.start()
        told = process.stdout.read()
        ended.set()
        watch.join()
    # What is logged stands before.
    rates: dict[str, tuple[float, float]] = json.loads(told.splitlines()[-1])
    return rates, peaks[0], peaks[1]


def _watch(number: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(0.2):
        try:
            top = psutil.Process(number)
            sizes: list[Any] = [each.memory_full_info() for each in (top, *top.children(recursive=True))]
        except psutil.Error:
            continue
        peaks[0] = max(peaks[0], sum(size.pss for size in sizes) / 2**20)
        peaks[1] = max(peaks[1], sum(size.rss for size in sizes) / 2**20)


def theirs(python: str, at: str, count: int, grow: str) -> dict[str, tuple[float, float]]:
    """Return the same of the peer."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(PEER, encoding="utf-8")
        told = subprocess.run(
            [python, str(script), at, str(count), grow], check=True, capture_output=True, text=True
        ).stdout
    rates: dict[str, tuple[float, float]] = json.loads(told)
    return rates


def measure(label: str, at: str, grow: str, count: int, peer: str | None) -> None:
    """Print a line per round."""
    theirs_told = theirs(peer, at, count, grow) if peer else {}
    told, pss, rss = ours(at, count, grow)
    print(f"{label}: {count} feeds; at most {pss:.0f} MiB (PSS), {rss:.0f} MiB (RSS) in all our processes")
    for name, (rate, spent) in told.items():
        line = f"  {name:13} {rate:8.1f} feeds/s {spent * 1000:7.2f} ms of processor a feed"
        if theirs_told:
            their_rate, their_spent = theirs_told[name]
            line += f"   reader {their_rate:7.1f} {their_spent * 1000:6.2f}   {rate / their_rate:5.1f} times as fast"
        print(line, flush=True)


def main() -> None:
    """Measure with validators and without."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--relevant", type=float, default=0.02)
    parser.add_argument("--peer", help="an interpreter with `reader`")
    parser.add_argument("--at", help="addresses of feeds on a server that is there")
    parser.add_argument("--grow", help="the address there that adds an item to each feed")
    parser.add_argument("--plain", default="?plain", help="what makes an address there one without validators")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ours", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        asyncio.run(serve(chosen.feeds, chosen.items, chosen.relevant))
        return
    if chosen.ours:
        print(json.dumps(asyncio.run(poll_all(chosen.at, chosen.feeds, chosen.grow))))
        return
    for suffix, label in (("", "with validators"), (chosen.plain, "without validators")):
        if chosen.at:
            measure(label, chosen.at + suffix, chosen.grow, chosen.feeds, chosen.peer)
        else:
            with a_server(chosen.feeds, chosen.items, chosen.relevant) as base:
                measure(label, f"{base}/feed/{{}}{suffix}", f"{base}/grow", chosen.feeds, chosen.peer)


if __name__ == "__main__":
    main()
