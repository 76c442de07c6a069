"""Feed text made inert for Discord, and cut to its limits between graphemes.

Discord counts code points; its clients count UTF-16 units. What fits by the larger count fits by both.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit, urlunsplit

import regex  # type: ignore[import-untyped] # it ships none; \X is what it is here for

ELLIPSIS = "…"
# Stands between two characters that together would mean something to Discord; shown as nothing.
_BREAK = "\u200b"

_SPACES = regex.compile(r"[\s\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+")
# Bidi controls and overrides, zero-width and tag characters, lone surrogates, unassigned and private ones, and the
# blanks that are letters to Unicode. The two joiners stay: families of emoji and Persian are written with them.
_UNSEEN = regex.compile(
    r"[\p{Cf}\p{Cs}\p{Cn}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0--[\u200c\u200d]]+", regex.V1
)
_JOINER_RUNS = regex.compile(r"(?<![\p{L}\p{M}\p{So}\p{Sk}])[\u200c\u200d]+|([\u200c\u200d])[\u200c\u200d]+")
# A letter with dozens of accents paints over the lines around it; no script needs more than four.
_MARK_RUNS = regex.compile(r"(\p{M}{4})\p{M}+")
_MENTIONS = regex.compile(r"@(?=everyone|here|[!&]?\d)", regex.IGNORECASE)
_TAGS = regex.compile(r"<(?=[@#:/]|a:|t:|id:|https?:|\w+:)", regex.IGNORECASE)
_LINKS = regex.compile(r"(?<=\w:)(?=//)")
_INVITES = regex.compile(r"(?<=discord(?:app)?)(?=\.(?:gg|com|me|io|li|new|gift|media)\b)", regex.IGNORECASE)

_MARKDOWN = frozenset("\\`*_~|[]<>")
# What would make the whole line a heading, a list or small print; its last character is escaped.
_LINE_LEAD = regex.compile(r"#|[+-]|\d+[.)]")
_HOST = regex.compile(r"(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9-]{2,63}\.?")
# What a reader takes for an address: a host with a top-level domain of letters, whatever stands around it.
_NAMED_HOST = regex.compile(r"(?:[\w-]+\.)+\p{L}{2,}")
_GRAPHEME = regex.compile(r"\X")
# No grapheme that anybody reads is longer; what is, is cut inside.
_LONGEST_GRAPHEME = 32
# More than this is never looked at: what is cut to thousands need not be cleaned by the million.
_LOOKED_AT = 65_536


def units(text: str) -> int:
    """Return the length that Discord may count: UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def inert(text: str) -> str:
    """Return the text as one line that pings nobody, links nowhere, and hides or turns nothing.

    Markdown is left as it is: for the places that know none (author, footer, button, thread name).
    """
    line: str = _SPACES.sub(" ", text)
    line = _UNSEEN.sub("", line)
    line = _JOINER_RUNS.sub(r"\1", line)
    line = _MARK_RUNS.sub(r"\1", line)
    line = _SPACES.sub(" ", line).strip()
    line = _MENTIONS.sub("@" + _BREAK, line)
    line = _TAGS.sub("<" + _BREAK, line)
    for broken in (_LINKS, _INVITES):
        line = broken.sub(_BREAK, line)
    return line


def clip(text: str, limit: int) -> str:
    """Return the inert text within so many units, cut on a grapheme and ended by "…" where it was longer."""
    return _cut(text, limit, escape=False)


def coded(text: str, limit: int) -> str:
    """Return the text as code, to be copied as it is: nothing in code is clicked or pings, and no backtick ends it."""
    line = _UNSEEN.sub("", _SPACES.sub(" ", text[:_LOOKED_AT])).replace("`", "").strip()
    cut = _cut_plain(line, limit - 2)
    return f"`{cut}`" if cut else ""


def escaped(text: str, limit: int) -> str:
    """Return the inert text with its markdown escaped, within so many units, cut as `clip` cuts."""
    return _cut(text, limit, escape=True)


def _cut_plain(line: str, limit: int) -> str:
    if units(line) <= limit:
        return line
    shown, room = "", limit - len(ELLIPSIS)
    for match in _GRAPHEME.finditer(line):
        room -= units(match.group())
        if room < 0:
            break
        shown += match.group()
    return shown + ELLIPSIS


def _cut(text: str, limit: int, *, escape: bool) -> str:
    line = inert(text[:_LOOKED_AT])
    lead = _LINE_LEAD.match(line) if escape else None
    pieces: list[str] = []
    room = limit
    before_ellipsis = 0
    for match in _GRAPHEME.finditer(line):
        piece = match.group()[:_LONGEST_GRAPHEME]
        if escape:
            piece = _escape(piece, lead=lead is not None and match.end() == lead.end())
        room -= units(piece)
        if room < 0:
            return "".join(pieces[:before_ellipsis]).rstrip() + ELLIPSIS
        pieces.append(piece)
        if room >= len(ELLIPSIS):
            before_ellipsis = len(pieces)
    if len(text) > _LOOKED_AT:
        pieces[before_ellipsis:] = [ELLIPSIS]
    return "".join(pieces)


def _escape(grapheme: str, *, lead: bool) -> str:
    escaped_marks = "".join("\\" + character if character in _MARKDOWN else character for character in grapheme)
    return "\\" + escaped_marks if lead and escaped_marks == grapheme else escaped_marks


def safe_link(url: str | None, limit: int) -> str | None:
    """Return the address as Discord takes it, or None where it is no web address that a reader should follow.

    Only http and https, a host with a dot in it or an IP address, no credentials (they dress one host up as another);
    non-ASCII hosts in their IDNA spelling, so that look-alike letters show.
    """
    if not url or len(url) > limit:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
        path, query, fragment = (
            quote(part, safe="%/:=&?~#+!$,;'@()*[]-._") for part in (parts.path, parts.query, parts.fragment)
        )
    except ValueError:  # malformed brackets, ports, lone surrogates, or a host that IDNA refuses
        return None
    if parts.scheme.lower() not in {"http", "https"} or parts.username is not None or not _is_host(host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    link = urlunsplit((parts.scheme.lower(), netloc, path.replace("?", "%3F").replace("#", "%23"), query, fragment))
    return link if len(link) <= limit else None


def linked(name: str, url: str | None, *, name_limit: int, url_limit: int) -> str:
    """Return a name that leads to its address, or the name alone where that is none, or where it names another host."""
    shown = escaped(name, name_limit) or ELLIPSIS
    link = safe_link(url, url_limit)
    if link is None or _dresses_up(name, (urlsplit(link).hostname or "").removeprefix("www.")):
        return shown
    return f"[{shown}]({link.replace('(', '%28').replace(')', '%29')})"


def _dresses_up(name: str, host: str) -> bool:
    """Return whether a name reads like the address of another host than it leads to."""
    line = inert(name[:_LOOKED_AT]).replace(_BREAK, "").casefold()
    named = (match.group().removeprefix("www.") for match in _NAMED_HOST.finditer(line))
    return any(each != host and not host.endswith(f".{each}") for each in named)


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None
    return True
