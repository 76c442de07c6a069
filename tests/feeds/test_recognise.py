"""What an answer is, by its first bytes."""

from __future__ import annotations

import pytest

from bot.feeds.recognise import Kind, kind_of, wall_of


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"<rss version='2.0'>", Kind.FEED),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?>\n<!-- made by us -->\n<feed xmlns='x'>", Kind.FEED),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", Kind.FEED),
        (b"<?xml-stylesheet href='x'?><rdf:RDF xmlns:rdf='x'>", Kind.FEED),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", Kind.FEED),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), Kind.FEED),
        ("<rss version='2.0'>".encode("utf-16-le"), Kind.FEED),
        (b"Warning: something in /x.php<br><rss version='2.0'>", Kind.FEED),
        (b"<html><body>", Kind.PAGE),
        (b"\n<!DOCTYPE html>\n<html lang='en'><title>All our feeds and RSS</title>", Kind.PAGE),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>", Kind.PAGE),
        (b"<div>404</div>", Kind.PAGE),
        (b'{"version": "https://jsonfeed.org/version/1"}', Kind.JSON),
        (b"[1]", Kind.JSON),
        (b"<opml version='1.0'>", Kind.OPML),
        (b"<?xml version='1.0'?><sitemapindex>", Kind.SITEMAP),
        (b"%PDF-1.4", Kind.BINARY),
        (b"PK\x03\x04", Kind.BINARY),
        (b"", Kind.EMPTY),
        (b" \r\n\t", Kind.EMPTY),
        (b"Service unavailable", Kind.UNKNOWN),
        (b"<note>", Kind.UNKNOWN),
    ],
)
def test_root_tells_what_a_body_is(beginning: bytes, kind: Kind) -> None:
    assert kind_of(beginning) is kind


def test_ordinary_page_with_a_captcha_for_its_comments_is_no_wall() -> None:
    page = (
        b"<html><head><title>News of the day</title><script src='https://hcaptcha.com/1/api.js'></script></head>"
        + b"<p>text</p>" * 9000
    )
    assert wall_of({}, page) is None


def test_feed_that_writes_about_captchas_is_no_wall() -> None:
    assert (
        wall_of({"Server": "nginx"}, b"<rss><channel><title>Just a moment... captcha</title></channel></rss>") is None
    )


def test_wall_is_named_by_whoever_built_it() -> None:
    assert wall_of({"cf-mitigated": "challenge"}, b"") == "Cloudflare"
    assert wall_of({}, b"<html><title>Access Denied</title>Reference errors.edgesuite.net</html>") == "Akamai"
    assert wall_of({"Server": "own wall"}, b"<html><title>Are you human?</title></html>") == "own wall"
