"""Addresses: the one form in which two outlets' links to the same article meet."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

MAX_LENGTH = 2048

# Parameters that say where a reader came from, never what is shown. Exact names, then beginnings of names.
_TRACKING_NAMES = (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh mc_cid mc_eid _ga _gl _hsenc"
    " _hsmi hsctatracking mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid rb_clickid s_cid soc_src soc_trk cmpid"
    " campaign_id cmp ncid ns_mchannel ns_source ns_campaign ns_linkname ns_fee ito smid smtyp taid spm scid sref ref_src"
    " ref_url referrer share shared socialshare at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_format"
    " at_link_id at_link_origin at_link_type at_ptr_name at_bbc_team at_creation at_ptr at_campaign_type traffic_source"
    " feature fromrss rss from_rss partner syn ocid icid cid_source xtor guccounter guce_referrer guce_referrer_sig"
    " __twitter_impression amp_js_v amp_gsa usqp outputtype output amp wprov source_medium mbid trk trkcampaign"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())
_TRACKING_BEGINNING_NAMES = "utm_ utm- pk_ piwik_ mtm_ matomo_ hsa_ fb_ ga_ itm_ stm_ wt. at_ oc_"
_TRACKING_BEGINNINGS = tuple(_TRACKING_BEGINNING_NAMES.split())
# `ref` and its kin carry content on code hosts, not on news sites; these values are known to be chatter.
_CHATTER = {
    "source": {"rss", "feed", "twitter", "facebook", "social"},
    "ref": {"rss", "feed", "hp", "home", "twitter"},
    "from": {"rss", "feed"},
}
# `output=amp` and the like select a form of the same page; other values of these names are content.
_ONLY_WITH = {
    "output": {"amp", "1"},
    "outputtype": {"amp"},
    "amp": {"", "1", "true"},
    "feature": {"rss", "share", "youtu.be"},
    "rss": {"", "1"},
}

_MOBILE_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
# en.m.wikipedia.org, news.amp.example.org
_INNER_MOBILE = re.compile(r"(?<=[a-z0-9])\.(?:m|amp)\.(?=[^.]+\.)")
_AMP_ENDING = re.compile(r"(?:/amp(?:\.html?)?|\.amp(?:\.html?)?|/amp/index\.html?)/*$")
_AMP_SEGMENT = re.compile(r"/amp(?=/.)")
_SLASHES = re.compile("/{2,}")
_ESCAPE = re.compile("%([0-9a-fA-F]{2})")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_CACHE_HOST = re.compile(r"^[a-z0-9-]+\.cdn\.ampproject\.org$|^cdn\.ampproject\.org$")
_AMP_CACHE_PATH = re.compile(r"^/(?:[a-z]/){1,2}(?:s/)?(?=[a-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)
_GOOGLE_HOST = re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}$")
# Pages that only pass a reader on: host ending → parameters that hold the target.
_WRAPPERS = {
    "news.google.com": ("url",),
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "out.reddit.com": ("url",),
    "t.umblr.com": ("z",),
    "vk.com": ("to",),
    "click.linksynergy.com": ("murl",),
    "apple.news": ("url",),
    "away.vk.com": ("to",),
    "www.bing.com": ("url",),
    "bing.com": ("url",),
}
_PLAIN = re.compile(r"[\w.~-]+", re.ASCII)
_PLAIN_ADDRESS = re.compile(r"[^%\s]+")
_URL_IN_BYTES = re.compile(rb"https?://[\x21-\x7e]{6,2000}")
MAX_STEPS = 24


def canonical_url(url: str | None) -> str | None:
    """Return the form of an address that its mobile, AMP, tracked and wrapped variants share; None for no web address.

    The result is for comparing, not for opening: the scheme is always https and `www.` is dropped. Canonicalising it again
    gives it unchanged.
    """
    current = url
    # Each step may bring the next to light: a wrapper in a wrapper, `/amp/index.html`, `m.www.example.org`.
    for _ in range(MAX_STEPS):
        if not current:
            return None
        settled = _unwrapped(current) or _once(current)
        if settled == current:
            return current
        current = settled
    return current


def may_be(address: str, url: str | None) -> bool:
    """Return whether an address could have this canonical form, by a look that costs next to nothing.

    False is certain: the last segment of the form's path stands in every plain spelling of it.
    """
    if not url:
        return False
    host_and_path = address.partition("?")[0].removeprefix("https://")
    segment = host_and_path.rpartition("/")[2] if "/" in host_and_path else ""
    # What is escaped, wrapped or spread out does not show.
    return not _PLAIN.fullmatch(segment) or segment in url or not _PLAIN_ADDRESS.fullmatch(url) or "google." in url


def without_credentials(url: str) -> str:
    """Return the address as it may be shown: a password in it is for the server alone."""
    return re.sub(r"(?<=://)[^/?#]*@", "", url)


def host_of(url: str) -> str:
    """Return the host of an address, lower case, or the empty string."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _once(url: str) -> str | None:
    """Return the address with one layer of variation off, as `//host/path?query`."""
    parts = _split(url)
    if parts is None:
        return None
    host, port, path, query = parts
    return urlunsplit(("https", _host(host) + port, _path(path), _query(query), ""))


def _split(url: str) -> tuple[str, str, str, str] | None:
    """Return host, ":port" (empty for the usual ones), path and query, or None where it is no web address."""
    text = "".join(url.split())[: MAX_LENGTH * 2]
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", ""} or not host or not (parts.scheme or text.startswith("//")):
        return None
    return host.rstrip("."), f":{port}" if port and port not in {80, 443} else "", parts.path, parts.query


def _host(host: str) -> str:
    """Return the host in ASCII, lower case, without what only says how the page is shown."""
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        host = quote(host)
    host = host.lower().strip(".")
    if ":" in host:
        return f"[{host}]"
    return _INNER_MOBILE.sub(".", _MOBILE_HOST.sub("", host))


def _path(path: str) -> str:
    """Return the path with one way of escaping, without AMP's marks, an index page or a final slash."""
    path = quote(_ESCAPE.sub(_plainer, path), safe="/:@!$&'()*+,;=~-._%")
    path = _AMP_ENDING.sub("", _AMP_SEGMENT.sub("", _SLASHES.sub("/", path).rstrip("/")))
    return _INDEX.sub("", path).rstrip("/")


def _plainer(escape: re.Match[str]) -> str:
    """Return an escaped letter, digit or `-._~` as itself, any other escape in capitals (RFC 3986 §6.2.2)."""
    character = chr(int(escape[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()


def _query(query: str) -> str:
    """Return the parameters that select content, sorted: their order never does."""
    if not query:
        return ""
    pairs = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _is_tracking(name.lower(), value.lower())
    ]
    return urlencode(sorted(pairs))


def _is_tracking(name: str, value: str) -> bool:
    if name in _ONLY_WITH:
        return value in _ONLY_WITH[name]
    if name.startswith(_TRACKING_BEGINNINGS) or name in _TRACKING:
        return True
    return value in _CHATTER.get(name, ())


def _unwrapped(url: str) -> str | None:
    """Return the address that this one only passes a reader on to, or None."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if host == "news.google.com" and (article := re.search(r"/articles/([\w-]+)", parts.path)):
        return _inside_google_news(article[1])
    if _AMP_CACHE_HOST.match(host) or (_GOOGLE_HOST.match(host) and parts.path.startswith("/amp/")):
        return _inside_amp_cache(parts.path, parts.query)
    if _GOOGLE_HOST.match(host) and parts.path == "/url":
        return _target(parts.query, ("url", "q"))
    if host in _WRAPPERS:
        return _target(parts.query, _WRAPPERS[host])
    if host.endswith("feedproxy.google.com") or host.startswith(("feeds.feedburner.com", "rss.feedsportal.com")):
        return _target(parts.query, ("url", "link", "u"))
    return None


def _target(query: str, names: tuple[str, ...]) -> str | None:
    """Return the first of these parameters that holds a web address."""
    values = dict(parse_qsl(query))
    return next((values[name] for name in names if values.get(name, "").startswith(("http://", "https://"))), None)


def _inside_google_news(code: str) -> str | None:
    """Return the address that the older kind of Google News link carries in base64; the newer kind hides it."""
    try:
        held = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return None
    found = _URL_IN_BYTES.search(held)
    return re.split(rb"[^\x21-\x7e]", found[0])[0].decode("ascii") if found else None


def _inside_amp_cache(path: str, query: str) -> str | None:
    """Return the address behind a copy on an AMP cache: `/c/s/host/path`, `/amp/s/host/path`."""
    if path.startswith("/amp/"):
        held = path.removeprefix("/amp/").removeprefix("s/")
    else:
        matched = _AMP_CACHE_PATH.match(path)
        if not matched:
            return None
        held = path[matched.end() :]
    return f"https://{held}" + (f"?{query}" if query else "") if "." in held.partition("/")[0] else None
