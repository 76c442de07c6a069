"""From the bytes of an answer to text: content codings undone within bounds, characters decoded whatever the label says."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brotli  # type: ignore[import-untyped]

try:
    from compression import zstd  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from backports import zstd
    except ImportError:  # Neither Python 3.14 nor the backport: we do not ask for zstd then.
        zstd = None

_ZSTD_ERRORS = (zstd.ZstdError, EOFError) if zstd else ()
ACCEPTED = "gzip, deflate, br" + (", zstd" if zstd else "")

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZLIB_BEGINNINGS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_BEGINNINGS = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_XML_ENCODING = re.compile(rb"""^[\s\x00]*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HTTP_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Labels as browsers read them: what calls itself Latin-1 is Windows-1252.
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "x-sjis": "cp932",
}
_READ_AS |= {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
    "utf8": "utf-8",
    "unicode": "utf-16",
    "tis-620": "cp874",
}
_NO_CHARSETS = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode",
    "raw",
    "rot",
    "hex",
    "base64",
    "bz2",
    "zlib",
    "uu",
    "quopri",
)
# A body is coded once, by a careless proxy twice; each further layer is work that somebody sends us.
_MAX_CODINGS = 3
# Compressed in blocks, 16 MiB are some hundred members; a body of nothing but beginnings holds hundreds of thousands.
_MAX_MEMBERS = 4096
# A stream is fed piece by piece: what is left over at a member's end is copied, and must not be the whole rest each time.
_PIECE = 64 * 1024
# Above this share of broken characters a document is in another encoding than it says.
_BROKEN_SHARE = 0.02


class TooLarge(Exception):
    """A body unfolds to more than the cap."""


class Undecodable(Exception):
    """A compressed body is damaged from its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body without its content coding; `whole` is false where the coded stream was damaged or cut."""

    body: bytes
    whole: bool = True


def decompressed(body: bytes, codings: str, *, limit: int) -> Decoded:
    """Return the body with its content codings undone, last applied first.

    A body that is not coded as its header says is taken as it is, and one that is gzip without saying so is unfolded:
    both are common. Raises TooLarge, Undecodable.
    """
    whole = True
    named = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(named) > _MAX_CODINGS:
        raise Undecodable(f"the body says it is coded {len(named)} times over")
    for coding in reversed(named):
        decode = _CODINGS.get(coding)
        if decode is None:
            if coding == "identity" or _looks_plain(body):
                continue
            raise Undecodable(f"the body is coded as {coding[:40]!r}, which we did not ask for")
        decoded = decode(body, limit)
        body, whole = decoded.body, whole and decoded.whole
    if body.startswith(_GZIP_MAGIC):
        decoded = _gunzipped(body, limit)
        body, whole = decoded.body, whole and decoded.whole
    if len(body) > limit:
        raise TooLarge
    return Decoded(body=body, whole=whole)


def text_of(body: bytes, content_type: str = "", *, markup: bool = True) -> str:
    """Return the text of a document, with what cannot be decoded replaced.

    A byte order mark decides; then the first of the header's, the document's own and UTF-8 that fits. Where none fits
    wholly, a few broken bytes in UTF-8 are replaced rather than the whole read as something else.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for beginning, encoding in _WIDE_BEGINNINGS:
        if markup and body.startswith(beginning):
            return body.decode(encoding, "replace")
    labels = _labels(body, content_type)
    for encoding in (*labels, "utf-8"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    for encoding in (*labels, "utf-8"):
        text = body.decode(encoding, "replace")
        if text.count("\ufffd") <= max(3, len(text) * _BROKEN_SHARE):
            return text
    return body.decode("cp1252", "replace")


def _labels(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the header and the document name, as Python names them."""
    named = [match[1] for match in (_HTTP_CHARSET.search(content_type),) if match]
    named += [
        match[1].decode("ascii")
        for match in (_XML_ENCODING.match(body[:400]), _META_CHARSET.search(body[:2048]))
        if match
    ]
    found = []
    for name in named:
        try:
            codec = codecs.lookup(_READ_AS.get(name.lower(), name))
        except (LookupError, ValueError):
            continue
        # A label of a wide encoding on bytes that did not look wide is a lie; `codecs` also knows rot13 and zip.
        if not codec.name.startswith(_NO_CHARSETS):
            found.append(codec.name)
    return found


def _gunzipped(body: bytes, limit: int) -> Decoded:
    """Return one or more gzip members unfolded."""
    if not body.startswith(_GZIP_MAGIC):
        return _coded_otherwise(body, limit, "gzip")
    return _unfolded(body, limit, lambda: zlib.decompressobj(wbits=31), _GZIP_MAGIC, "gzip")


def _unfolded(body: bytes, limit: int, begun: Callable[[], Any], magic: bytes, coding: str) -> Decoded:
    """Return a body of one or more members unfolded, as far as it is not damaged; each is given to a stream of its own."""
    pieces: list[bytes] = []
    size, start = 0, 0
    for _ in range(_MAX_MEMBERS):
        if not body.startswith(magic, start):
            # What stands behind the last member (zeros, mostly) is nothing.
            return Decoded(body=b"".join(pieces))
        stream = begun()
        while not stream.eof:
            piece = body[start : start + _PIECE]
            if not piece:
                return Decoded(body=b"".join(pieces), whole=False)
            before = stream.copy() if coding == "gzip" else None
            try:
                pieces.append(stream.decompress(piece, limit - size + 1))
            except (zlib.error, *_ZSTD_ERRORS) as error:
                return _damaged([*pieces, *_salvaged(before, piece, limit - size)], coding, error)
            size += len(pieces[-1])
            if size > limit:
                raise TooLarge
            start += len(piece)
        start -= len(stream.unused_data)
    return Decoded(body=b"".join(pieces), whole=False)


def _inflated(body: bytes, limit: int) -> Decoded:
    """Return a `deflate` body unfolded, with the zlib wrapper that it should have or without, as many send it."""
    for wbits in (15, -15):
        if wbits < 0 and _looks_plain(body):
            break
        stream = zlib.decompressobj(wbits=wbits)
        try:
            piece = stream.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(piece) > limit:
            raise TooLarge
        return Decoded(body=piece, whole=stream.eof)
    return _coded_otherwise(body, limit, "deflate")


def _unbrotlied(body: bytes, limit: int) -> Decoded:
    stream = brotli.Decompressor()
    try:
        pieces = [stream.process(body, output_buffer_limit=limit + 1)]
        while len(pieces[-1]) and not stream.is_finished() and sum(map(len, pieces)) <= limit:
            pieces.append(stream.process(b"", output_buffer_limit=limit + 1))
    except brotli.error:
        return _coded_otherwise(body, limit, "br")
    unfolded = b"".join(pieces)
    if len(unfolded) > limit:
        raise TooLarge
    return Decoded(body=unfolded, whole=stream.is_finished())


def _unzstded(body: bytes, limit: int) -> Decoded:
    if zstd is None or not body.startswith(_ZSTD_MAGIC):
        return _coded_otherwise(body, limit, "zstd")
    # RFC 9659 allows windows up to 2^23 on the web; a larger one only costs us memory.
    options = {zstd.DecompressionParameter.window_log_max: 23}
    return _unfolded(body, limit, lambda: zstd.ZstdDecompressor(options=options), _ZSTD_MAGIC, "zstd")


def _salvaged(stream: Any, body: bytes, limit: int) -> list[bytes]:
    """Return what comes out of a stream before the damage in this piece; nothing of one that cannot be copied."""
    pieces: list[bytes] = []
    if stream is None:
        return pieces
    size, start, step = 0, 0, 4096
    while start < len(body):
        before = stream.copy()
        try:
            pieces.append(stream.decompress(body[start : start + step], limit))
        except zlib.error:
            # The damage is in this stretch: byte by byte up to it.
            if step == 1:
                break
            stream, step = before, 1
            continue
        start += step
        size += len(pieces[-1])
        if size > limit:
            raise TooLarge
    return pieces


def _coded_otherwise(body: bytes, limit: int, said: str) -> Decoded:
    """Return a body that was never coded as it is, and one by its own first bytes where another coding is said.

    Raises Undecodable for anything else.
    """
    if _looks_plain(body):
        return Decoded(body=body)
    if body.startswith(_GZIP_MAGIC):
        return _gunzipped(body, limit)
    if body.startswith(_ZSTD_MAGIC) and zstd is not None:
        return _unzstded(body, limit)
    if body.startswith(_ZLIB_BEGINNINGS) and said != "deflate":
        return _inflated(body, limit)
    raise Undecodable(f"the body says it is coded as {said}, and cannot be unfolded")


def _looks_plain(body: bytes) -> bool:
    return body.lstrip()[:1] in {b"<", b"{", b"\xef", b""}


def _damaged(pieces: list[bytes], coding: str, error: Exception) -> Decoded:
    if any(pieces):
        return Decoded(body=b"".join(pieces), whole=False)
    raise Undecodable(f"the body says it is coded as {coding}, and cannot be unfolded") from error


_CODINGS: dict[str, Callable[[bytes, int], Decoded]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
