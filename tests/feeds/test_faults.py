"""Whatever a server does, the feed's poll ends soon and with the outcome a good bot has."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import asyncio
import gzip
import random
import re
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import brotli
import pytest
from faultserver import NOW, Client, FaultServer, Route, a_feed, settings_for_tests, write_rss

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.feeds.encodings import zstd
from bot.feeds.source import HttpFeedSource

pytestmark = pytest.mark.asyncio(loop_scope="module")

RSS = write_rss(3)
PAGE = b"<!doctype html><html><head><title>Example Times</title></head><body><h1>News</h1></body></html>"
CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """That many entries came."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fails:
    """The poll failed in these words: passing trouble, or a refusal."""

    error: type[Exception]
    words: str
    gone: bool = False
    retry_after: timedelta | None = None


def later(words: str, retry_after: timedelta | None = None) -> Fails:
    return Fails(error=FeedUnavailable, words=words, retry_after=retry_after)


def refused(words: str, *, gone: bool = False) -> Fails:
    return Fails(error=FeedRefused, words=words, gone=gone)


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> Route:
    async def route(client: Client) -> None:
        await client.answer(body, status=status, **headers)

    return route


def raw(data: bytes, *, close: bool = True) -> Route:
    async def route(client: Client) -> None:
        await client.send(data)
        if close:
            client.writer.close()

    return route


def status(code: int, **headers: str) -> Route:
    return answer(b"words", status=f"{code} X", **headers)


def sequence(*pieces: bytes | float, end: str = "close") -> Route:
    """Send pieces with pauses (seconds) between, then close, reset, or keep silent."""

    async def route(client: Client) -> None:
        for piece in pieces:
            if isinstance(piece, bytes):
                await client.send(piece)
            else:
                await asyncio.sleep(piece)
        if end == "reset":
            client.reset()
        elif end == "hang":
            await asyncio.sleep(60)
        else:
            client.writer.close()

    return route


async def drip(client: Client) -> None:
    await client.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await client.send(b" ")
        await asyncio.sleep(0.05)


async def drip_headers(client: Client) -> None:
    await client.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await client.send(b"X-More: yes\r\n")
        await asyncio.sleep(0.05)


def forever(piece: bytes) -> Route:
    async def route(client: Client) -> None:
        while True:
            await client.send(piece)
            await asyncio.sleep(0.001)

    return route


async def endless(client: Client) -> None:
    await client.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>")
    while True:
        await client.send(b"<item><title>again</title></item>" * 1000)


async def endless_chunks(client: Client) -> None:
    await client.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await client.send(b"fa00\r\n" + b" " * 0xFA00 + b"\r\n")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def raw_deflated(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


def xml(body: str, encoding: str = "utf-8") -> bytes:
    return body.encode(encoding)


def in_encoding(label: str, codec: str, title: str = "Известия: переговоры", *, declared: bool = True) -> bytes:
    head = f'<?xml version="1.0" encoding="{label}"?>' if declared else ""
    return f"{head}<rss version='2.0'><channel><title>t</title><item><title>{title}</title><link>https://example.org/1</link></item></channel></rss>".encode(
        codec
    )


# What does not compress: damage in it lies far behind the beginning.
NOISE = f"<category>{random.Random(1).randbytes(150_000).hex()}</category>"


def damaged(body: bytes) -> bytes:
    return body[:-20_000] + bytes(50) + body[-20_000 + 50 :]


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}{("&a" + (str(n - 1) if n else "") + ";") * 9}">'
        for n in range(12)
    )
    + "]><rss version='2.0'><channel><title>t</title><item><title>&a11;</title><link>https://example.org/1</link></item></channel></rss>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>A&e;B</title><link>https://example.org/1</link></item></channel></rss>'
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>T</title><id>urn:x</id>
<entry><title type="html">&lt;b&gt;A&lt;/b&gt;</title><id>urn:1</id><link href="/a"/><updated>2023-09-19T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry></feed>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://example.org/"><title>T</title></channel><item rdf:about="https://example.org/1"><title>A</title><link>https://example.org/1</link></item></rdf:RDF>"""
JSON_FEED = b'{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":1,"url":"https://example.org/1","title":"A","content_html":"<p>x</p>"},{"id":"2","content_text":"B"}]}'


ANSWERS: dict[str, tuple[Route, Items | Fails]] = {
    # Documents
    "rss": (answer(RSS), Items(count=3)),
    "atom": (answer(ATOM), Items(count=1)),
    "rdf": (answer(RDF), Items(count=1)),
    "rss 0.91": (answer(RSS.replace(b'"2.0"', b'"0.91"')), Items(count=3)),
    "json feed": (answer(JSON_FEED, Content_Type="application/feed+json"), Items(count=2)),
    "json feed as text": (answer(JSON_FEED, Content_Type="text/plain"), Items(count=2)),
    "feed without items": (answer(write_rss(0)), Items(count=0)),
    "feed called html": (answer(RSS, Content_Type="text/html"), Items(count=3)),
    "feed without a type": (answer(RSS, Content_Type="-"), Items(count=3)),
    "feed called an image": (answer(RSS, Content_Type="image/png"), Items(count=3)),
    "status 203": (answer(RSS, status="203 Non-Authoritative Information"), Items(count=3)),
    "status 206": (answer(RSS, status="206 Partial Content"), Items(count=3)),
    "status 226": (answer(RSS, status="226 IM Used"), Items(count=3)),
    "no reason phrase": (raw(b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n" % len(RSS) + RSS), Items(count=3)),
    "http 1.0": (raw(b"HTTP/1.0 200 OK\r\n\r\n" + RSS), Items(count=3)),
    "no length": (raw(HEAD + b"\r\n" + RSS), Items(count=3)),
    "chunked": (raw(CHUNKED + chunk(RSS[:50]) + chunk(RSS[50:]) + b"0\r\n\r\n"), Items(count=3)),
    "chunked byte by byte": (raw(CHUNKED + b"".join(chunk(RSS[i : i + 1]) for i in range(len(RSS))) + b"0\r\n\r\n"), Items(count=3)),
    "slow but in time": (sequence(HEAD + b"Content-Length: %d\r\n\r\n" % len(RSS), 0.3, RSS[:100], 0.3, RSS[100:]), Items(count=3)),
    # Nothing of use
    "empty body": (answer(b""), later("empty body")),
    "blank body": (answer(b" \n\t "), later("empty body")),
    "only a byte order mark": (answer(b"\xef\xbb\xbf"), later("empty body")),
    "only a declaration": (answer(b'<?xml version="1.0"?>'), refused("not a feed")),
    "a web page": (answer(PAGE, Content_Type="text/html"), refused("answered 200 with a web page, not a feed; `feeds add` the page instead")),
    "a web page called rss": (answer(PAGE), refused("with a web page, not a feed")),
    "an xhtml page": (answer(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml"><p/></html>'), refused("a web page")),
    "an opml list": (answer(b"<opml version='2.0'><body/></opml>"), refused("`feeds import`")),
    "a sitemap": (answer(b"<?xml version='1.0'?><urlset xmlns='x'><url/></urlset>"), refused("sitemap")),
    "a pdf": (answer(b"%PDF-1.7\n%\xe2\xe3"), refused("not text")),
    "an image": (answer(b"\x89PNG\r\n\x1a\n" + bytes(100)), refused("not text")),
    "random bytes": (answer(bytes(range(256)) * 20), refused("not a feed")),
    "plain words": (answer(b"Service temporarily unavailable"), refused("not a feed")),
    "other xml": (answer(b"<?xml version='1.0'?><note><to>you</to></note>"), refused("not a feed")),
    "other json": (answer(b'{"error": "no"}'), refused("no JSON Feed")),
    "broken json": (answer(b'{"version": "https://jsonfeed.org/version/1", "items": ['), refused("no JSON Feed")),
    "deep json": (answer(b'{"items":' + b"[" * 100_000), refused("no JSON Feed")),
    "json of wrong types": (answer(b'{"version":"https://jsonfeed.org/version/1","items":[1,null,"x",{"id":"1","url":5,"title":["x"],"content_text":"ok"}]}'), Items(count=1)),
    # Statuses
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), later("204")),
    "205": (answer(b"", status="205 Reset"), later("205")),
    "304 to a first visit": (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), later("304 although we have nothing")),
    "101": (raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"), later("101")),
    "100 for ever": (forever(b"HTTP/1.1 100 Continue\r\n\r\n"), later("did not begin to answer within")),
    "300": (answer(RSS, status="300 X", Location="/elsewhere"), refused("300")),
    "305": (status(305), refused("305")),
    "400": (status(400), refused("400")),
    "401": (status(401), refused("401: it wants a user name and password")),
    "402": (status(402), refused("402")),
    "403": (status(403), refused("403: it forbids us")),
    "404": (status(404), refused("404: it is not found")),
    "405": (status(405), refused("405")),
    "406": (status(406), refused("406")),
    "408": (status(408), later("408")),
    "410": (status(410), refused("gone for good", gone=True)),
    "418": (status(418), refused("418")),
    "421": (status(421), later("421")),
    "425": (status(425), later("425")),
    "429": (status(429), later("429: it asks us to come less often")),
    "429 with seconds": (status(429, Retry_After="120"), later("429", timedelta(minutes=2))),
    "429 with a date": (status(429, Retry_After="Wed, 20 Sep 2023 13:00:00 GMT"), later("429", timedelta(hours=1))),
    "429 with a past date": (status(429, Retry_After="Wed, 20 Sep 2000 13:00:00 GMT"), later("429", timedelta(0))),
    "429 with nonsense": (status(429, Retry_After="soon"), later("429", None)),
    "429 for ever": (status(429, Retry_After="99999999999"), later("429", timedelta(days=31))),
    "429 with a negative number": (status(429, Retry_After="-5"), later("429", None)),
    "429 with half a second": (status(429, Retry_After="0.5"), later("429", timedelta(seconds=0.5))),
    "429 with a date of old": (status(429, Retry_After="Wednesday, 20-Sep-23 13:00:00 GMT"), later("429", timedelta(hours=1))),
    "429 with a date of C": (status(429, Retry_After="Wed Sep 20 13:00:00 2023"), later("429", timedelta(hours=1))),
    "429 until the end of time": (status(429, Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"), later("429", timedelta(days=31))),
    "429 with a novel": (status(429, Retry_After="in a while " * 3000), later("429", None)),
    "451": (status(451), refused("legal")),
    "499": (status(499), refused("499")),
    "500": (status(500), later("500")),
    "501": (status(501), later("501")),
    "502": (status(502), later("502")),
    "503": (status(503), later("503")),
    "503 with seconds": (status(503, Retry_After="3600"), later("503", timedelta(hours=1))),
    "504": (status(504), later("504")),
    "507": (status(507), later("507")),
    "522": (status(522), later("Cloudflare cannot reach")),
    "599": (status(599), later("599")),
    "999": (status(999), refused("forbids robots")),
    "500 with a feed in it": (answer(RSS, status="500 X"), later("500")),
    "404 with a feed in it": (answer(RSS, status="404 X"), refused("404")),
    "100 and then nothing": (sequence(b"HTTP/1.1 100 Continue\r\n\r\n", end="hang"), later("did not begin to answer within")),
    "100 and then a feed": (raw(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(RSS) + RSS), Items(count=3)),
    "103 and then a feed": (raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(RSS) + RSS), Items(count=3)),
    "407": (status(407), refused("407: it lies behind a proxy")),
    "416": (status(416), refused("416")),
    "426": (status(426), refused("426")),
    "431": (status(431), refused("431")),
    "511": (status(511), later("511")),
    "520": (status(520), later("Cloudflare cannot reach")),
    "600": (status(600), later("600")),
    "status of nothing": (raw(b"HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n"), later("answered 0")),
    "status of four digits": (raw(b"HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n"), later("HTTP")),
    "200 with an address to go to": (answer(RSS, Location="http://127.0.0.9/"), Items(count=3)),
    "nothing but a refresh": (answer(b"", Refresh="0; url=http://127.0.0.9/"), later("empty body")),
    "a part of a whole": (answer(RSS, status="206 X", Content_Range="bytes 100-200/5000"), Items(count=3)),
    # Bot walls
    "a page that sends elsewhere": (answer(b"<html><head><meta http-equiv='refresh' content='0; url=http://127.0.0.9/'></head></html>"), refused("a web page")),
    "a page to log in": (answer(b"<html><title>Log in</title><form action=/login><input type=password></form></html>"), refused("a web page")),
    "a script alone": (answer(b"<script>document.cookie='a=1';location.reload()</script>", Content_Type="text/html"), refused("a web page")),
    "cloudflare header": (answer(b"no", status="403 X", cf_mitigated="challenge"), refused("bot wall (Cloudflare)")),
    "cloudflare page": (answer(CHALLENGE, status="503 X", Content_Type="text/html"), refused("bot wall (Cloudflare)")),
    "cloudflare page as 200": (answer(CHALLENGE, Content_Type="text/html"), refused("bot wall (Cloudflare) instead of a feed")),
    "ddos-guard": (answer(b"<html><title>DDoS-Guard</title><script src='/.well-known/ddos-guard/js'></script></html>", status="403 X"), refused("DDoS-Guard")),
    "incapsula": (answer(b"<html><iframe src='/_Incapsula_Resource?x'></iframe></html>"), refused("Imperva")),
    "captcha": (answer(b"<html><head><title>Captcha</title></head><div class='g-recaptcha'></div></html>", status="403 X"), refused("captcha")),
    # Headers
    "no header at all": (raw(b"HTTP/1.1 200 OK\r\n\r\n" + RSS), Items(count=3)),
    "line feeds alone": (raw(b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(RSS) + RSS), Items(count=3)),
    "folded header": (raw(b"HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: %d\r\n\r\n" % len(RSS) + RSS), Items(count=3)),
    "http 2 in words": (raw(b"HTTP/2 200\r\n\r\n" + RSS), later("HTTP")),
    "a radio": (raw(b"ICY 200 OK\r\n\r\n" + RSS), later("HTTP")),
    "length and chunks": (raw(HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunk(RSS) + b"0\r\n\r\n"), later("HTTP")),
    "length in hexadecimals": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n" + RSS), later("HTTP")),
    "cache for ever": (answer(RSS, Cache_Control="max-age=" + "9" * 30_000), Items(count=3)),
    "cache of many words": (answer(RSS, Cache_Control="a," * 20_000), Items(count=3)),
    "large cookie": (answer(RSS, Set_Cookie="a=" + "x" * 20_000), Items(count=3)),
    "two hundred headers": (raw(HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n" + RSS), Items(count=3)),
    "endless header": (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n"), later("HTTP")),
    "thousands of headers": (raw(HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n" + RSS), later("HTTP")),
    "bytes above ascii in headers": (raw(HEAD + "X-Name: Известия\r\n".encode() + b"\r\n" + RSS), Items(count=3)),
    "header without colon": (raw(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + RSS), later("HTTP")),
    "header of a megabyte": (raw(HEAD + b"".join(b"X-%d: " % n + b"y" * 1000 + b"\r\n" for n in range(1000)) + b"\r\n" + RSS), later("HTTP")),
    "four hundred cookies": (raw(HEAD + b"".join(b"Set-Cookie: a%d=b\r\n" % n for n in range(400)) + b"\r\n" + RSS), Items(count=3)),
    "blank before the colon": (raw(b"HTTP/1.1 200 OK\r\nContent-Length : %d\r\n\r\n" % len(RSS) + RSS), Items(count=3)),
    "blank lines before the status": (raw(b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + RSS), Items(count=3)),
    "carriage returns alone": (raw(b"HTTP/1.1 200 OK\rContent-Length: 3\r\r" + RSS), later("HTTP")),
    "http 1.9": (raw(b"HTTP/1.9 200 OK\r\n\r\n" + RSS), later("HTTP")),
    "a reason of bytes": (raw(b"HTTP/1.1 200 \xff\xfe\x01\r\n\r\n" + RSS), Items(count=3)),
    "a reason of a novel": (raw(b"HTTP/1.1 200 " + b"O" * 60_000 + b"\r\n\r\n" + RSS), Items(count=3)),
    "a type of nothing": (answer(RSS, Content_Type=";;;"), Items(count=3)),
    "a charset of nonsense": (answer(RSS, Content_Type='application/rss+xml; charset="; charset=x; ;;=\\"'), Items(count=3)),
    "cache of contradictions": (answer(RSS, Cache_Control='no-store, max-age=99999, max-age=-1, private="x', Expires="Thu, 99 Foo 2099", Age="9" * 400), Items(count=3)),
    "kept for ever": (raw(b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=9999999999, max=-1\r\nContent-Length: %d\r\n\r\n" % len(RSS) + RSS, close=False), Items(count=3)),
    "two validators": (raw(HEAD + b'ETag: "a"\r\nETag: "b"\r\n\r\n' + RSS), Items(count=3)),
    "a null in a header": (raw(HEAD + b"X: a\x00b\r\n\r\n" + RSS), later("HTTP")),
    "length as a list": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nabcde"), later("HTTP")),
    "length of thousands of digits": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n" + RSS), later("HTTP")),
    "gopher": (raw(b"iHello\tfake\t(NULL)\t0\r\n.\r\n"), later("HTTP")),
    "ftp": (raw(b"220 ready\r\n"), later("HTTP")),
    "not http": (raw(b"SSH-2.0-OpenSSH_9.0\r\n"), later("HTTP")),
    "http 0.9": (raw(RSS), later("HTTP")),
    "status of letters": (raw(b"HTTP/1.1 OK 200\r\n\r\n"), later("HTTP")),
    "a tls server": (raw(b"\x15\x03\x01\x00\x02\x02\x50"), later("HTTP")),
    "two lengths": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"), later("HTTP")),
    "negative length": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcdef"), later("HTTP")),
    "length of letters": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nabcdef"), later("HTTP")),
    # Connections
    "silence": (sequence(end="hang"), later("did not begin to answer within")),
    "silence after the head": (sequence(HEAD + b"Content-Length: 500\r\n\r\n", end="hang"), later("was not done within")),
    "silence amid the body": (sequence(HEAD + b"Content-Length: 9999\r\n\r\n" + RSS, end="hang"), later("was not done within")),
    "drip": (drip, later("was not done within")),
    "drip of headers": (drip_headers, later("did not begin to answer within")),
    "closed at once": (sequence(), later("closed the connection")),
    "reset at once": (sequence(end="reset"), later(";")),
    "reset amid the head": (sequence(b"HTTP/1.1 200 OK\r\nContent", end="reset"), later(";")),
    "reset before the body": (sequence(HEAD + b"Content-Length: 500\r\n\r\n", 0.05, end="reset"), later(";")),
    "reset amid the body": (sequence(HEAD + b"Content-Length: 99999\r\n\r\n" + RSS[:-180], 0.05, end="reset"), Items(count=2)),
    "shorter than it says": (raw(HEAD + b"Content-Length: 99999\r\n\r\n" + RSS), Items(count=3)),
    "longer than it says": (raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(RSS) + RSS + b"garbage after the end"), later("HTTP")),
    "two answers to one question": (raw((HEAD + b"Content-Length: %d\r\n\r\n" % len(RSS) + RSS) * 2), Items(count=3)),
    "data after it said close": (raw(HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(RSS) + RSS + b"x"), later("HTTP")),
    "endless body": (endless, refused("sends more than 2 MiB")),
    "endless chunks": (endless_chunks, refused("sends more than 2 MiB")),
    "says it is huge": (answer(b"<rss>", Content_Length="99999999999"), refused("sends more than 2 MiB")),
    "20 MB": (answer(b" " * 20_000_000), refused("sends more than 2 MiB")),
    # Chunks
    "bad chunk size": (raw(CHUNKED + b"zz\r\n" + RSS), later(";")),
    "chunk cut short": (raw(CHUNKED + chunk(RSS) + b"400\r\nabc"), Items(count=3)),
    "chunks with trailers": (raw(CHUNKED + chunk(RSS) + b"0\r\nX-Sum: 1\r\n\r\n"), Items(count=3)),
    "chunks with extensions": (raw(CHUNKED + b"%x;a=b\r\n" % len(RSS) + RSS + b"\r\n0\r\n\r\n"), Items(count=3)),
    "no last chunk": (raw(CHUNKED + chunk(RSS)), Items(count=3)),
    "chunk size of a terabyte": (raw(CHUNKED + b"fffffffffff\r\n" + RSS), Items(count=3)),
    "negative chunk": (raw(CHUNKED + b"-5\r\n" + RSS), later(";")),
    "chunk with a long extension": (raw(CHUNKED + b"5;" + b"a" * 300_000 + b"\r\nhello\r\n0\r\n\r\n"), refused("not a feed")),
    "trailers without end": (raw(CHUNKED + chunk(RSS) + b"0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n"), later(";")),
    "chunked twice": (raw(HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + chunk(RSS) + b"0\r\n\r\n"), Items(count=3)),
    "unknown transfer coding": (raw(HEAD + b"Transfer-Encoding: bogus\r\n\r\n" + RSS), Items(count=3)),
    # Content codings
    "gzip": (answer(gzip.compress(RSS), Content_Encoding="gzip"), Items(count=3)),
    "x-gzip": (answer(gzip.compress(RSS), Content_Encoding="x-gzip"), Items(count=3)),
    "deflate": (answer(zlib.compress(RSS), Content_Encoding="deflate"), Items(count=3)),
    "raw deflate": (answer(raw_deflated(RSS), Content_Encoding="deflate"), Items(count=3)),
    "brotli": (answer(brotli.compress(RSS), Content_Encoding="br"), Items(count=3)),
    "zstd": (answer(zstd.compress(RSS), Content_Encoding="zstd"), Items(count=3)),
    "gzip in upper case": (answer(gzip.compress(RSS), Content_Encoding="GZIP"), Items(count=3)),
    "gzip twice": (answer(gzip.compress(gzip.compress(RSS)), Content_Encoding="gzip, gzip"), Items(count=3)),
    "gzip unsaid": (answer(gzip.compress(RSS)), Items(count=3)),
    "gzip said of plain text": (answer(RSS, Content_Encoding="gzip"), Items(count=3)),
    "deflate said of plain text": (answer(RSS, Content_Encoding="deflate"), Items(count=3)),
    "brotli said of plain text": (answer(RSS, Content_Encoding="br"), Items(count=3)),
    "identity": (answer(RSS, Content_Encoding="identity"), Items(count=3)),
    "gzip of two members": (answer(gzip.compress(RSS[:100]) + gzip.compress(RSS[100:]), Content_Encoding="gzip"), Items(count=3)),
    "gzip with garbage behind": (answer(gzip.compress(RSS) + b"\0\0\0\0", Content_Encoding="gzip"), Items(count=3)),
    "gzip without its end": (answer(gzip.compress(RSS)[:-8], Content_Encoding="gzip"), Items(count=3)),
    "gzip with a wrong checksum": (answer(gzip.compress(RSS)[:-8] + b"12345678", Content_Encoding="gzip"), Items(count=3)),
    "gzip of noise": (answer(b"\x1f\x8b\x08" + b"\xff" * 300, Content_Encoding="gzip"), later("cannot be unfolded")),
    "noise called brotli": (answer(b"\xff" * 300, Content_Encoding="br"), later("cannot be unfolded")),
    "unknown coding": (answer(b"\x01\x02", Content_Encoding="compress"), later("'compress'")),
    "gzip called brotli": (answer(gzip.compress(RSS), Content_Encoding="br"), Items(count=3)),
    "gzip called deflate": (answer(gzip.compress(RSS), Content_Encoding="deflate"), Items(count=3)),
    "zlib called gzip": (answer(zlib.compress(RSS), Content_Encoding="gzip"), Items(count=3)),
    "zstd called gzip": (answer(zstd.compress(RSS), Content_Encoding="gzip"), Items(count=3)),
    "coding that is a charset": (answer(RSS, Content_Encoding="UTF-8"), Items(count=3)),
    "coding of no name": (answer(RSS, Content_Encoding=""), Items(count=3)),
    "transfer coding gzip": (raw(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunk(gzip.compress(RSS)) + b"0\r\n\r\n"), Items(count=3)),
    "brotli cut short": (answer(brotli.compress(RSS)[:-5], Content_Encoding="br"), Items(count=3)),
    "zstd cut short": (answer(zstd.compress(RSS)[:-3], Content_Encoding="zstd"), later("broke off before its first item")),
    "gzip damaged far in": (answer(damaged(gzip.compress(write_rss(3, inside=NOISE))), Content_Encoding="gzip"), Items(count=3)),
    "gzip in hundreds of layers": (answer(gzip.compress(b"x"), Content_Encoding=", ".join(["gzip"] * 300)), later("coded 300 times over")),
    "nothing but beginnings of gzip": (answer(gzip.compress(b"") * 60_000 + gzip.compress(RSS), Content_Encoding="gzip"), later("broke off")),
    "nothing but empty frames of zstd": (answer(zstd.compress(b"") * 80_000 + zstd.compress(RSS), Content_Encoding="zstd"), later("broke off")),
    "gzip bomb": (answer(gzip.compress(b" " * 200_000_000), Content_Encoding="gzip"), refused("4 MiB unfolded")),
    "brotli bomb": (answer(brotli.compress(b" " * 200_000_000, quality=1), Content_Encoding="br"), refused("4 MiB unfolded")),
    "zstd bomb": (answer(zstd.compress(b" " * 200_000_000), Content_Encoding="zstd"), refused("4 MiB unfolded")),
    "deflate bomb": (answer(zlib.compress(b" " * 200_000_000), Content_Encoding="deflate"), refused("4 MiB unfolded")),
    "gzip bomb in gzip": (answer(gzip.compress(gzip.compress(b" " * 500_000_000)), Content_Encoding="gzip, gzip"), refused("4 MiB unfolded")),
    "gzip bomb unsaid": (answer(gzip.compress(b" " * 200_000_000)), refused("4 MiB unfolded")),
    # Characters
    "utf-8 with mark": (answer(b"\xef\xbb\xbf" + RSS), Items(count=3)),
    "utf-16 with mark": (answer(in_encoding("utf-16", "utf-16")), Items(count=1)),
    "utf-16 little without mark": (answer(in_encoding("utf-16", "utf-16-le")), Items(count=1)),
    "utf-16 big without mark": (answer(in_encoding("utf-16", "utf-16-be")), Items(count=1)),
    "utf-32": (answer(in_encoding("utf-32", "utf-32")), Items(count=1)),
    "utf-16 said of utf-8": (answer(in_encoding("utf-16", "utf-8")), Items(count=1)),
    "rot13": (answer(in_encoding("rot13", "utf-8")), Items(count=1)),
    "unknown encoding": (answer(in_encoding("x-klingon", "utf-8")), Items(count=1)),
    "utf-7": (answer(in_encoding("utf-7", "ascii", "Talks")), Items(count=1)),
    "xml 1.1": (answer(RSS.replace(b'version="1.0"', b'version="1.1"', 1)), Items(count=3)),
    "xml of a version to come": (answer(RSS.replace(b'version="1.0"', b'version="9.9"', 1)), Items(count=3)),
    "nothing but nulls": (answer(bytes(5000)), refused("not a feed")),
    "nulls first": (answer(bytes(2) + RSS), Items(count=3)),
    "nulls between letters": (answer(RSS.replace(b"Text", b"T\0e\0x\0t")), Items(count=3)),
    "json with mark": (answer(b"\xef\xbb\xbf" + JSON_FEED), Items(count=2)),
    "json in utf-16": (answer(JSON_FEED.decode().encode("utf-16")), Items(count=2)),
    "leading blank lines": (answer(b"\n\n  " + RSS), Items(count=3)),
    "empty comments before nothing": (answer(b"<!---->" * 1000 + b"x"), refused("not a feed")),
    "instructions before nothing": (answer(b"<?a?>" * 1500 + b"x"), refused("not a feed")),
    "doctypes before nothing": (answer(b"<!a [x]>" * 900 + b"x"), refused("not a feed")),
    "warnings before the feed": (answer(b"<br />\n<b>Warning</b>: mysql_connect() in db.php on line 3<br />\n" + RSS), Items(count=3)),
    "words after the feed": (answer(RSS + b"<!-- cached --><script>x</script>"), Items(count=3)),
    "control characters": (answer(RSS.replace(b"Text", b"Te\x00\x08\x0bxt")), Items(count=3)),
    "reference to a control character": (answer(RSS.replace(b"Text", b"Te&#x1F;xt")), Items(count=3)),
    "reference to nothing": (answer(RSS.replace(b"Text", b"Te&#xFFFFFFFF;&#99999999999;&#xD800;xt")), Items(count=3)),
    "broken utf-8": (answer(RSS.replace(b"Text", b"T\xff\xfe\xc3xt")), Items(count=3)),
    # Markup
    "bare ampersand": (answer(RSS.replace(b"Text", b"Q&A & more")), Items(count=3)),
    "html entities": (answer(RSS.replace(b"Text", b"caf&eacute;&nbsp;")), Items(count=3)),
    "undeclared namespace": (answer(write_rss(2, inside="<media:thumbnail url='x'/><dc:creator>Me</dc:creator>")), Items(count=2)),
    "unclosed tags": (answer(write_rss(2, inside="<category>x")), Items(count=2)),
    "html inside unescaped": (answer(RSS.replace(b"Text", b"<p>A<br>B<img src='x'></p>")), Items(count=3)),
    "cut amid an item": (answer(RSS[: RSS.rindex(b"<title>") + 10]), Items(count=2)),
    "cut after an item": (answer(RSS[: RSS.rindex(b"</channel>")]), Items(count=3)),
    "upper case": (answer(RSS.replace(b"item>", b"ITEM>")), Items(count=3)),
    "items outside the channel": (answer(b"<rss version='2.0'><channel><title>t</title></channel><item><title>a</title><link>https://example.org/1</link></item></rss>"), Items(count=1)),
    "items without anything": (answer(b"<rss version='2.0'><channel><title>t</title><item/><item></item><item><title>a</title></item></channel></rss>"), Items(count=1)),
    "no namespace for atom": (answer(ATOM.replace(b' xmlns="http://www.w3.org/2005/Atom"', b"")), Items(count=1)),
    "two documents in one": (answer(RSS + RSS), Items(count=6)),
    "rss 0.90": (answer(RDF.replace(b"http://purl.org/rss/1.0/", b"http://my.netscape.com/rdf/simple/0.9/")), Items(count=1)),
    "cdf": (answer(b'<?xml version="1.0"?><CHANNEL HREF="https://example.org/"><TITLE>T</TITLE><ITEM HREF="https://example.org/1"><TITLE>A</TITLE></ITEM></CHANNEL>'), Items(count=1)),
    "cdata in cdata": (answer(RSS.replace(b"Text 1.", b"<![CDATA[a <![CDATA[b]]> c]]>")), Items(count=3)),
    "an attribute twice": (answer(write_rss(2, inside='<x a="1" a="2"/>')), Items(count=2)),
    "an attribute of no namespace": (answer(write_rss(2, inside='<x y:z="1"/>')), Items(count=2)),
    "a namespace of no name": (answer(RSS.replace(b"<rss ", b'<rss xmlns:="x" xmlns:a="" ')), Items(count=3)),
    "a tag that opens in an attribute": (answer(write_rss(2, inside='<x a="<"/>')), Items(count=2)),
    "a program left in": (answer(write_rss(2, inside="<?php echo 1; ?>")), Items(count=2)),
    "an error amid the feed": (answer(RSS[:150] + b"<br /><b>Fatal error</b>: x" + RSS[150:]), Items(count=3)),
    "a declaration in every item": (answer(write_rss(2, inside='<?xml version="1.0"?>')), Items(count=2)),
    "an item in an item": (answer(write_rss(1, inside="<item><title>in</title><link>https://example.org/in</link></item>")), Items(count=2)),
    "many channels": (answer(b'<rss version="2.0">' + b"<channel><title>t</title><item><title>a</title></item></channel>" * 3 + b"</rss>"), Items(count=3)),
    "dates that cannot be": (answer(write_rss(1, inside="<dc:date>0000-00-00T00:00:00Z</dc:date><updated>9999-12-31T23:59:59-23:59</updated>")), Items(count=1)),
    "wishes that cannot be": (answer(write_rss(1, channel="<ttl>" + "9" * 400 + "</ttl><skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>")), Items(count=1)),
    "a base that runs": (answer(ATOM.replace(b"<feed ", b'<feed xml:base="javascript:" ')), Items(count=1)),
    "a base that is none": (answer(ATOM.replace(b"<feed ", b'<feed xml:base="http://[bad/" ')), Items(count=1)),
    "a content that is elsewhere": (answer(ATOM.replace(b"<updated>", b'<content src="http://127.0.0.9/x" type="text/html"/><updated>')), Items(count=1)),
    "a content of bytes": (answer(ATOM.replace(b"<updated>", b'<content type="application/octet-stream">!!</content><updated>')), Items(count=1)),
    "json with numbers that cannot be": (answer(b'{"version":"https://jsonfeed.org/version/1","items":[{"id":' + b"9" * 5000 + b',"content_text":"x","date_published":1e999},{"id":NaN,"content_text":"y"}]}'), Items(count=2)),
    "json with half a letter": (answer(b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"\\ud800","content_text":"x\\udfff","authors":[null,{"name":5}]}]}'), Items(count=1)),
    "json in a call": (answer(b"show(" + JSON_FEED + b")"), refused("not a feed")),
    "a picture as xml": (answer(b'<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'), refused("not a feed")),
    "an envelope": (answer(b'<soap:Envelope xmlns:soap="x"><soap:Body><soap:Fault/></soap:Body></soap:Envelope>'), refused("not a feed")),
    # Bombs
    "a file to be included": (answer(write_rss(1, inside='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')), Items(count=1)),
    "an id of half a megabyte": (answer(RSS.replace(b"id-1", b"g" * 500_000)), Items(count=3)),
    "a billion laughs": (answer(xml(BILLION)), Items(count=1)),
    "a quadratic blow-up": (answer(xml('<!DOCTYPE x [<!ENTITY a "' + "x" * 50_000 + '">]><rss version="2.0"><channel><item><title>t</title><description>' + "&a;" * 5_000 + "</description></item></channel></rss>")), Items(count=1)),
    "an external entity": (answer(xml(EXTERNAL)), Items(count=1)),
    "an external doctype": (answer(b'<!DOCTYPE rss SYSTEM "http://127.0.0.9/evil.dtd">' + RSS.partition(b"?>")[2]), Items(count=3)),
    "parameter entities": (answer(b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.9/p"> %p;]>' + RSS.partition(b"?>")[2]), Items(count=3)),
    "quadratic author": (answer(write_rss(1, inside="<author>" + "a." * 60_000 + "</author>")), Items(count=1)),
    "quadratic itunes author": (answer(write_rss(1, inside="<itunes:author>" + "a-" * 60_000 + "</itunes:author>")), Items(count=1)),
    "quadratic managing editor": (answer(write_rss(1, channel="<managingEditor>" + "a@a." * 30_000 + "</managingEditor>")), Items(count=1)),
    "fifty thousand attributes": (answer(write_rss(1, inside="<x " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>")), Items(count=1)),
    "deep nesting": (answer(write_rss(1, inside="<x>" * 20_000 + "</x>" * 20_000)), Items(count=1)),
    "deep nesting of html": (answer(write_rss(1).replace(b"Text", b"&lt;div&gt;" * 20_000)), Items(count=1)),
    "deep nesting left open": (answer(write_rss(1, inside="<x>" * 20_000)), Items(count=1)),
    "ten thousand items": (answer(b"<rss version='2.0'><channel>" + b"<item><title>a</title></item>" * 10_000 + b"</channel></rss>"), Items(count=1000)),
    "a title of a megabyte": (answer(RSS.replace(b"Item 1", b"x" * 1_000_000)), Items(count=3)),
    "a link of a megabyte": (answer(RSS.replace(b"https://example.org/1<", b"https://example.org/" + b"x" * 1_000_000 + b"<")), Items(count=3)),
    "thousands of namespaces": (answer(write_rss(1, inside="".join(f"<x xmlns:a{n}='u{n}'>" for n in range(3000)) + "</x>" * 3000)), Items(count=1)),
    "many less-than signs": (answer(write_rss(1).replace(b"Text", b"&lt;" * 100_000)), Items(count=1)),
    "many doctype brackets": (answer(b"<!DOCTYPE x [" + b"<!ENTITY a 'b'>" * 20_000 + b"]>" + RSS.partition(b"?>")[2]), Items(count=3)),
    "unclosed cdata": (answer(RSS.replace(b"Text 2.", b"<![CDATA[never closed")), Items(count=3)),
    "unclosed comment": (answer(RSS.replace(b"Text 2.", b"<!-- never closed")), Items(count=3)),
    "many comments": (answer(RSS.replace(b"Text 2.", b"<!--" * 50_000)), Items(count=3)),
    "a processing instruction that includes": (answer(b'<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.9/x"?>' + RSS.partition(b"?>")[2]), Items(count=3)),
}  # fmt: skip


def _named(name: str) -> str:
    return "/" + re.sub(r"\W+", "-", name)


@pytest.mark.parametrize("name", ANSWERS)
async def test_outcome_is_the_one_a_good_bot_has(name: str, server: FaultServer, source: HttpFeedSource) -> None:
    route, wanted = ANSWERS[name]
    feed = a_feed(server.at(_named(name), route))
    async with asyncio.timeout(45):
        if isinstance(wanted, Items):
            document = (await source.fetch(feed)).document
            assert document is not None
            assert len(document.entries) == wanted.count
            return
        with pytest.raises(wanted.error, match=re.escape(wanted.words)) as caught:
            await source.fetch(feed)
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 400
    if isinstance(caught.value, FeedRefused):
        assert caught.value.gone is wanted.gone
    elif isinstance(caught.value, FeedUnavailable):
        assert caught.value.retry_after == wanted.retry_after


async def test_all_faults_at_once_fail_no_healthy_feed(server: FaultServer) -> None:
    """A hundred healthy feeds come in while every fault above is in flight beside them."""
    # Faults, healthy feeds and bot share one process here: patience is for a busy machine.
    patience = timedelta(seconds=20)
    patient = settings_for_tests(headers_timeout=patience, total_timeout=patience, connect_timeout=patience)
    async with HttpFeedSource(patient, lambda: NOW) as source:
        faulty = [
            asyncio.ensure_future(_outcome(source.fetch, server.at(_named(name), route)))
            for name, (route, _) in ANSWERS.items()
        ]
        healthy = [server.at(f"/healthy/{n}", answer(write_rss(2, channel=f"<!-- {n} -->"))) for n in range(100)]
        assert all(await asyncio.gather(*(_outcome(source.fetch, url) for url in healthy)))
        async with asyncio.timeout(120):
            await asyncio.gather(*faulty)


@pytest.mark.parametrize(
    "fault", [sequence(end="hang"), drip, sequence(HEAD + b"Content-Length: 9\r\n\r\n", end="hang")]
)
async def test_hanging_feeds_delay_no_healthy_one(fault: Route, server: FaultServer) -> None:
    """Twenty feeds that would hang for minutes are still hanging when a hundred healthy ones are in."""
    patience = timedelta(minutes=5)
    patient = settings_for_tests(headers_timeout=patience, total_timeout=patience, connect_timeout=patience)
    async with HttpFeedSource(patient, lambda: NOW) as source:
        hanging = [
            asyncio.ensure_future(_outcome(source.fetch, server.at(f"/hanging/{number}", fault)))
            for number in range(20)
        ]
        healthy = [server.at(f"/well/{n}", answer(write_rss(2, channel=f"<!-- {n} -->"))) for n in range(100)]
        async with asyncio.timeout(120):
            assert all(await asyncio.gather(*(_outcome(source.fetch, url) for url in healthy)))
        assert not any(feed.done() for feed in hanging)
        for feed in hanging:
            feed.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)


async def _outcome(fetch: Callable[..., Awaitable[object]], url: str) -> bool:
    try:
        await fetch(a_feed(url))
    except (FeedRefused, FeedUnavailable):
        return False
    return True
