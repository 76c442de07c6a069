"""Places that two sides call by two names, and which of them are written; naming them is a part of the dispute."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum


class PlaceNames(StrEnum):
    """Whose names of disputed places are written."""

    BOTH = "both"
    ARMENIAN = "armenian"
    AZERBAIJANI = "azerbaijani"


# (Armenian, Azerbaijani), as each side writes it in English.
DISPUTED = (
    ("Stepanakert", "Khankendi"),
    ("Shushi", "Shusha"),
    ("Martakert", "Aghdara"),
    ("Martuni", "Khojavend"),
    ("Askeran", "Asgaran"),
    ("Berdzor", "Lachin"),
    ("Karvachar", "Kalbajar"),
    ("Kovsakan", "Zangilan"),
    ("Akna", "Aghdam"),
    ("Artsakh", "Garabagh"),
)
# Further spellings that feeds have, folded, and the Armenian name in the table above.
_SPELLINGS = {
    "xankəndi": "Stepanakert",
    "khankendy": "Stepanakert",
    "hankendi": "Stepanakert",
    "stépanakert": "Stepanakert",
    "степанакерт": "Stepanakert",
    "степанакерте": "Stepanakert",
    "ханкенди": "Stepanakert",
    "şuşa": "Shushi",
    "шуша": "Shushi",
    "шуши": "Shushi",
    "choucha": "Shushi",
    "chouchi": "Shushi",
    "laçın": "Berdzor",
    "лачин": "Berdzor",
    "latchine": "Berdzor",
    "ağdərə": "Martakert",
    "мартакерт": "Martakert",
    "агдара": "Martakert",
    "мартуни": "Martuni",
    "ходжавенд": "Martuni",
    "kelbajar": "Karvachar",
    "kəlbəcər": "Karvachar",
    "кельбаджар": "Karvachar",
    "agdam": "Akna",
    "ağdam": "Akna",
    "агдам": "Akna",
    "арцах": "Artsakh",
    "qarabağ": "Artsakh",
}
_PAIRS = {armenian: (armenian, azerbaijani) for armenian, azerbaijani in DISPUTED}
_KNOWN = {name.casefold(): pair for pair in DISPUTED for name in pair} | {
    spelling: _PAIRS[armenian] for spelling, armenian in _SPELLINGS.items()
}
_WORD = re.compile(r"\w+")


def place_name(name: str, names: PlaceNames) -> str:
    """Return what a place is called: “Stepanakert / Khankendi”, or by one side's name; other places as they are given."""
    pair = _KNOWN.get(name.casefold())
    if pair is None:
        return name
    return {
        PlaceNames.BOTH: " / ".join(pair),
        PlaceNames.ARMENIAN: pair[0],
        PlaceNames.AZERBAIJANI: pair[1],
    }[names]


def disputed_in(text: str, names: PlaceNames, *, shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """Return the disputed places that a text speaks of, each once, as they are called here.

    `shown` spells a name in the reader's language.
    """
    pairs = dict.fromkeys(pair for word in _WORD.findall(text.casefold()) if (pair := _KNOWN.get(word)))
    wanted = {PlaceNames.BOTH: (0, 1), PlaceNames.ARMENIAN: (0,), PlaceNames.AZERBAIJANI: (1,)}[names]
    return tuple(" / ".join(shown(pair[side]) for side in wanted) for pair in pairs)
