"""Cleaning: what an entry holds, HTML or not, becomes plain text with its paragraphs.

Markup goes, entities become characters, every kind of space becomes one space, and a blank line stands between
paragraphs. Feeds escape twice as often as they escape wrongly, so cleaning repeats until nothing changes: cleaned text
is a fixed point, and cleaning it again is free.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

# Passes that undo escaping of escaping; what is still changing then was made to keep changing.
MAX_PASSES = 8

# Controls, soft hyphen, zero-width, bidi marks and overrides, annotation and tag characters, lone surrogates,
# noncharacters: none is seen by a reader, all can hide or turn words. U+200C goes too: Persian is read without it.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\x0b\x0c]")
_PARAGRAPH_ENDS = re.compile("[\u2029\x1c-\x1f]")
_BLANK_LINE = re.compile(r"\n\s*\n")
# The marks of a break while one pass runs: both are dropped from, or turned in, the text before.
_BREAK, _LINE = "\n\n", "\x1e"
_SOFT_LINE = re.compile(r"(.?)[^\S\x1e\n]*\x1e[^\S\x1e\n]*(?=(.?))", re.DOTALL)

# Whatever needs more than dropping characters and joining spaces.
_MARKUP = re.compile("[<&]")
_COMMENT = re.compile(r"<!--.*?(?:--!?>|\Z)|<[!?](?!\[CDATA\[)[a-zA-Z\[/][^<>]*+>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SILENT = re.compile(
    r"<(script|style|template|svg|iframe|object|noscript|canvas|audio|video|select)\b[^<>]*+>", re.IGNORECASE
)
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:.-]*+)((?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+'|"[^"]*+"|'[^']*+'|["'])*+)>""")
# A summary cut by its length may end inside a tag.
_CUT_TAG = re.compile(r"""</?[a-zA-Z][\w:.-]*+\s++[\w:.-]++=[^<>]*+\Z|<!--?\Z|<[/!]?\Z""")
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}+;?|#[xX][0-9a-fA-F]{1,6}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;|(?:nbsp|quot|amp|lt|gt)(?![A-Za-z0-9=]))"
)

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol optgroup option p pre section summary table tbody tfoot"
    " thead title tr ul head channel item"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE_NAMES = (
    "a abbr acronym applet audio b base basefont bdi bdo big blink button canvas cite code col colgroup data datalist del"
    " dfn dir em embed font frame frameset i iframe img input ins kbd label legend link map mark marquee meta meter nobr"
    " noembed noframes noscript object output param picture progress q rp rt ruby s samp script select slot small source"
    " span strike strong style sub sup svg path template textarea time tt u var video wbr amp-img"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_CELLS = frozenset({"td", "th"})

# What blogging software adds after the text, and a cut text's own sign that it goes on behind its link.
_TRAILERS = re.compile(
    r"\s*(?:The post .{1,300}? (?:first )?appeared (?:first )?on .{1,120}?\.?"
    r"|(?:Continue reading|Read more|Read the full (?:story|article)|Lire la suite|Читать далее|Devamını oku)\b[^.\n]{0,120}"
    r"|\[?\s*(?:\.\.\.|…)\s*\]?(?:\s*(?:more|Read more|\[\+\d+ chars\]))?)\s*\Z",
    re.IGNORECASE | re.DOTALL,
)

_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
# One of these is in whatever `_TRAILERS` finds: most texts end without any.
_TRAILER_SIGNS = (
    *("...", "…", "appeared", "continue reading", "read more", "read the full"),
    *("lire la suite", "читать далее", "devam"),
)
# Several stand in a row; beyond that it is no trailer.
_MAX_TRAILERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An entry's three texts, cleaned, none of them repeating another."""

    title: str
    summary: str
    content: str


def clean(text: str) -> str:
    """Return the text without markup, its paragraphs joined by blank lines; cleaning that again changes nothing."""
    for _ in range(MAX_PASSES):
        cleaned = _settled(_without_markup(text)) if _MARKUP.search(text) else _settled(text)
        if cleaned == text:
            return cleaned
        text = cleaned
        if not _MARKUP.search(text):
            return text
    return _settled(re.sub("[<>&]", " ", text))


def clean_line(text: str) -> str:
    """Return the cleaned text on one line, for titles and names."""
    return " ".join(clean(text).split())


def wording(*, title: str, summary: str = "", content: str = "") -> Wording:
    """Return an entry's texts cleaned, without what blogging software appends and without saying anything twice.

    A summary goes where it is the title again, or where the content tells all of it; the content goes where it is the
    summary again. An entry without a title gets its first sentence as one, cut at 160 characters.
    """
    summary, content = _body(summary), _body(content)
    title = clean_line(title) or clean_line(_first_words(summary)) or clean_line(_first_words(content))
    if summary and _key(summary) == _key(title):
        summary = ""
    if content and _key(content) in {_key(summary), _key(title)}:
        content = ""
    if summary and content and _tells(content, summary):
        summary = ""
    return Wording(title=title, summary=summary, content=content)


def _body(text: str) -> str:
    """Return the text cleaned and without its trailers; what dropping one uncovers is cleaned as well."""
    text = clean(text)
    while (shorter := without_trailer(text)) != text:
        text = clean(shorter)
    return text


def without_trailer(text: str) -> str:
    """Return cleaned text without "The post … appeared first on …", "Continue reading …" or a final ellipsis sign."""
    for _ in range(_MAX_TRAILERS):
        end = text[-600:].casefold()
        if not any(sign in end for sign in _TRAILER_SIGNS):
            return text
        shorter = _TRAILERS.sub("", text[-600:])
        if len(shorter) == len(text[-600:]):
            return text
        text = (text[:-600] + shorter).rstrip()
    return text


def _settled(text: str) -> str:
    """Return the text composed, without unseen characters, its spaces joined and its paragraphs apart."""
    if not (text.isascii() and text.replace("\n", " ").isprintable()):
        text = _PARAGRAPH_ENDS.sub(_BREAK, _LINE_ENDS.sub("\n", text))
        text = _UNSEEN.sub("", text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    if "\n" not in text:
        return " ".join(text.split())
    paragraphs = (" ".join(paragraph.split()) for paragraph in _BLANK_LINE.split(text))
    return _BREAK.join(paragraph for paragraph in paragraphs if paragraph)


def _without_markup(text: str) -> str:
    """Return the text with its tags turned into breaks or nothing, and its entities into characters."""
    text = _PARAGRAPH_ENDS.sub(_BREAK, text)
    if "<!" in text or "]]>" in text:
        text = _CDATA.sub("", _COMMENT.sub("", text))
    if "<" in text:
        text = _TAG.sub(_instead_of_tag, _without_silent(text))
    if "<" in text:
        text = _CUT_TAG.sub("", text)
    if _LINE in text:
        text = _SOFT_LINE.sub(_instead_of_line, text)
    if "&" in text:
        text = _ENTITY.sub(_character, _AMPERSANDS.sub("&", text))
    return text


def _without_silent(text: str) -> str:
    """Return the text without the elements whose content nobody reads; one that is never closed is only a tag."""
    kept, position, lower, unclosed = [], 0, "", set()
    for opening in _SILENT.finditer(text):
        name = opening[1].lower()
        if opening.start() < position or name in unclosed:
            continue
        # Lower-casing may change the length of what is not ASCII; offsets must hold.
        lower = lower or re.sub("[A-Z]+", lambda capitals: capitals[0].lower(), text)
        end = lower.find("</" + name, opening.end())
        if end < 0:
            unclosed.add(name)
            continue
        kept.append(text[position : opening.start()])
        position = text.find(">", end) + 1 or len(text)
    return " ".join((*kept, text[position:])) if kept else text


def _instead_of_tag(tag: re.Match[str]) -> str:
    """Return what a reader sees where this tag stands; the tag itself where it is no tag but text."""
    name, rest = tag[2].lower(), tag[3]
    if name in _BLOCKS:
        return _BREAK
    if name == "br":
        return _LINE
    if name in _CELLS:
        return " "
    # "if a<b and c>d" is arithmetic: a one-letter tag has attributes or nothing.
    if len(name) == 1 and rest.strip(" /\t\n") and "=" not in rest:
        return tag[0]
    if name in _INLINE or ":" in name or "-" in name:
        return ""
    return tag[0]


def _instead_of_line(line: re.Match[str]) -> str:
    """Return a space for a `<br>` inside a sentence, a blank line for one between sentences."""
    before, after = line[1], line[2]
    inside = after.islower() and (before.isalnum() or before in ",;-–")
    return before + (" " if inside else _BREAK)


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _key(text: str) -> str:
    """Return what two wordings of the same text share: their letters and digits."""
    if text.isascii():
        return text.lower().encode().translate(None, _SIGNS).decode()
    return "".join(filter(str.isalnum, text.casefold()))


def _tells(content: str, summary: str) -> bool:
    """Return whether the content holds the summary, whole or, where that was cut, up to the cut."""
    told, said = _key(content), _key(summary)
    return said in told or (len(said) > 80 and said[:-20] in told)  # noqa: PLR2004 - a cut word and an ellipsis at most


def _first_words(text: str) -> str:
    """Return the first sentence of a text, at most 160 characters of it; nothing of nothing."""
    if not text:
        return ""
    sentence = re.match(r".{1,160}?(?:[.!?…](?=\s|\Z)|\n|\Z)", text, re.DOTALL)
    return sentence[0].strip() if sentence else text[:159].rsplit(" ", 1)[0].strip() + "…"
