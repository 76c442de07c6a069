"""Texts that a hostile feed would have a channel show, and what of a shown text would still do something."""

from __future__ import annotations

import re

ATTACKS = {
    "everyone": "@everyone @here @\u200beveryone @EVERYONE ＠everyone",
    "people": "<@111111111111111111> <@!111111111111111111> @111111111111111111",
    "roles": "<@&222222222222222222>",
    "channels": "<#333333333333333333> <id:customize> <id:browse>",
    "commands": "</feeds add:123456789012345678>",
    "times": "<t:1700000000:R> <t:1700000000>",
    "emoji": "<:kek:444444444444444444> <a:kek:444444444444444444>",
    "masked links": "[click here](https://evil.example/x) [ｔｅｘｔ](<https://evil.example> 'title')",
    "nested links": "[a[b](https://evil.example)c](https://evil.example/d) ![x](https://evil.example/i.png)",
    "reference links": "[x][1] [1]: https://evil.example",
    "bare links": "https://evil.example/phish HTTP://EVIL.EXAMPLE hxxp://x steam://run/1 discord://-/channels/1",
    "angle links": "<https://evil.example/angle> <mailto:a@evil.example> <tel:+123456> <sms:+1>",
    "split links": "ht\u200btps://evil.example h\u00adttps://evil.example https\u2060://evil.example http:\ufeff//x.example",
    "invitations": "discord.gg/abcdef https://discord.gg/abc discordapp.com/invite/x DISCORD.GG/x discord.com/channels/1",
    "look-alikes": "https://еvil.example/а http://xn--e1afmkfd.example",
    "headings": "# Big\n## Bigger\n### Biggest",
    "lists": "- one\n* two\n+ three\n1. four\n2) five",
    "quotes": "> one\n>>> all the rest",
    "small print": "-# also reported by everybody",
    "marks": "||spoiler|| ~~strike~~ __under__ **bold** _it_ *x* ***all***",
    "code": "```py\nprint()\n``` `inline` ``two``",
    "escapes": "\\[x](https://evil.example) \\\\[x](https://evil.example) \\* \\\\* \\\\\\* \\@everyone \\<@1>",
    "zero width": "a\u200bb\u200c\u200d\u200d\u200dc\ufeff\u2060d\u00ad\u180e\u200e",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u2067y \u200f\u061c \u202a\u202b\u202d",
    "tag characters": "\U000e0041\U000e0042 \U000e007f",
    "blanks": "\u3164\u3164 \u2800 \uffa0 \u115f x",
    "stacked marks": "Z" + "\u0301\u0302\u0303\u0304" * 20 + "a",
    "ten thousand marks": "e" + "\u0301" * 10_000,
    "right to left": "שלום עולם مرحبا بالعالم",
    "controls": "a\x00b\x07c\x1b[31md\x7fe\x85f\u2028g\u2029h\r\ni",
    "surrogates": "a\ud83db\udc00c",
    "long": "a long sentence that goes on and on, " * 600,
    "long word": "W" * 9000,
    "families of emoji": "👨‍👩‍👧‍👦" * 2000,
    "fields": "{actor} {number} {0} %s %(x)s ${y}",
}

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LIVE = {
    "a ping": r"@(?:everyone|here)\b|<@[!&]?\d",
    "a channel or a command": r"<(?:#\d|/\w|id:)",
    "a time": r"<t:\d",
    "an emoji": r"<a?:\w+:\d",
    "a link": r"(?:https?|steam|discord)://\S",
    "a link to a person": r"<(?:mailto|tel|sms):",
    "an invitation": r"discord(?:app)?\.(?:gg|com)",
    "a turn of direction": "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]",
    "something unseen": (
        "[\u00ad\u180e\u2060-\u2064\ufeff\U000e0000-\U000e007f\u3164\uffa0\u2800\x00-\x09\x0b-\x1f\x7f-\x9f]"
    ),
    "stacked marks": r"[\u0300-\u036f]{5}",
    "a lone surrogate": "[\ud800-\udfff]",
}
_MARKUP = {
    "code": r"`",
    "a spoiler": r"\|\|",
    "a strike": r"~~",
    "an underline": r"__",
    "a masked link": r"\]\(",
    "a block": r"(?m)^(?:#{1,3} |>>> |[*+] |\d+[.)] )",
}
# What the bot itself writes: times, the channel of a draft, links to what was checked, and code, which nothing in it ends.
_OWN = re.compile(r"<#1>|<t:\d{9,11}:[a-zA-Z]>|\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\(https://[af]\.example/[^\s()]*\)")
_CODE = re.compile(r"`[^`\n]*`")


def live(text: str, *, markdown: bool = True) -> list[str]:
    """Return what of a text would do something in Discord, besides the bot's own times and links to a.example."""
    plain = _OWN.sub(lambda own: own["label"] or "", text) if markdown else text
    plain = _CODE.sub("", _ESCAPED.sub("\ue000", plain)) if markdown else plain
    patterns = {**_LIVE, **(_MARKUP if markdown else {})}
    return [name for name, pattern in patterns.items() if re.search(pattern, plain, re.IGNORECASE)]
