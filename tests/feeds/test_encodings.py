"""Bytes become text, within bounds and whatever the label says; the codings are the fault server's."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.encodings import Decoded, TooLarge, Undecodable, decompressed, text_of

TITLE = "Степанакерт – «удар» — Հայաստան"
RUSSIAN = "Степанакерт: «удар»"


def declared(encoding: str, title: str = RUSSIAN) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><title>{title}</title>'


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5", "cp866"])
def test_declared_encoding_is_read(encoding: str) -> None:
    body = declared(encoding, "Степанакерт: удар").encode(encoding)
    assert "Степанакерт: удар" in text_of(body)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_decides_over_every_label(encoding: str) -> None:
    body = declared("iso-8859-1", TITLE).encode(encoding)
    assert TITLE in text_of(body, "text/xml; charset=windows-1251")


def test_header_decides_where_the_document_is_silent() -> None:
    assert text_of("<t>удар</t>".encode("windows-1251"), "application/rss+xml; charset=windows-1251") == "<t>удар</t>"


def test_header_that_does_not_fit_gives_way_to_the_documents_word() -> None:
    body = declared("utf-8").encode("utf-8")
    assert RUSSIAN in text_of(body, "text/xml; charset=us-ascii") or RUSSIAN in text_of(body, "text/xml; charset=utf-8")
    assert RUSSIAN in text_of(declared("windows-1251").encode("windows-1251"), "text/xml; charset=utf-8")


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii"])
def test_latin_1_is_read_as_browsers_read_it(label: str) -> None:
    assert "“quoted” – €" in text_of(declared(label, "“quoted” – €").encode("cp1252"))


@pytest.mark.parametrize(
    "label", ["utf-16", "utf-7", "rot13", "hex", "zlib", "idna", "klingon", "unicode_escape", "x" * 39]
)
def test_label_that_cannot_be_is_passed_over(label: str) -> None:
    assert RUSSIAN in text_of(declared(label).encode("utf-8"))


def test_few_broken_bytes_are_replaced_and_the_rest_stands() -> None:
    text = text_of(b"<t>" + RUSSIAN.encode() * 50 + b"\xff\xfe\xc3" + RUSSIAN.encode() + b"</t>")
    assert text.count(RUSSIAN) == 51
    assert "\ufffd" in text


def test_another_encoding_than_it_says_is_not_read_as_ruins() -> None:
    text = text_of(declared("utf-8", "déjà vu à Évian, où l’été a été très sec").encode("cp1252"))
    assert "déjà vu à Évian" in text


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_bytes_stop_the_reader(body: bytes, content_type: str) -> None:
    assert isinstance(text_of(body, content_type), str)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "identity", "", "x"]))
def test_no_bytes_stop_the_unfolding(body: bytes, coding: str) -> None:
    try:
        decoded = decompressed(body, coding, limit=1000)
    except (TooLarge, Undecodable):
        return
    assert len(decoded.body) <= 1000


def test_damage_amid_a_stream_keeps_what_came_before() -> None:
    body = bytes(range(256)) * 400
    packed = bytearray(gzip.compress(b"".join(bytes([b ^ (n * 7 % 251)]) for n, b in enumerate(body))))
    packed[len(packed) // 2] ^= 0xFF
    decoded = decompressed(bytes(packed), "gzip", limit=10**6)
    assert not decoded.whole
    assert len(decoded.body) > 1000


def test_cap_holds_exactly() -> None:
    assert decompressed(zlib.compress(b"x" * 1000), "deflate", limit=1000) == Decoded(body=b"x" * 1000)
    with pytest.raises(TooLarge):
        decompressed(zlib.compress(b"x" * 1001), "deflate", limit=1000)
