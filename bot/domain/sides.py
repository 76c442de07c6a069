"""Sides: which of the two sides a headline names, as who takes part in what it tells, and whose dead it counts."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bot.domain.happenings import folded_words
from bot.domain.headline_words import PEOPLE, SIDES, SPEAKERS

_AND = frozenset({"and", "et", "und", "y", "e", "i", "и", "ve", "և"})
_BEGINNINGS = {side: tuple(words.split()) for side, words in SIDES.items()}
_EVERY = tuple(word for words in _BEGINNINGS.values() for word in words)
_PEOPLE, _SPEAKERS = tuple(PEOPLE.split()), (*SPEAKERS.split(), "leader", "pm", "fm", "mfa")
# What a side has ("Azerbaijan's blockade"), unless that is somebody who speaks or acts for it.
_OWNED = re.compile(r"([^\W\d_]+)[’']s? ((?:[^\W\d_]+ ){0,1}[^\W\d_]+)")
_BETWEEN = re.compile(
    r"[^\W\d_]+[-–][^\W\d_]+ (?:state )?"
    r"(?:border|frontier|relations|peace|conflict|normali[sz]ation|settlement|process|treaty)",
    re.IGNORECASE,
)
# How many words after a side its people are named ("Armenian border guards").
_NEAR = 2


def joins_sides(title: str) -> bool:
    """Return whether a headline joins the two sides ("Armenia and Azerbaijan", "Baku-Yerevan")."""
    words = folded_words(title)
    sides = [word.startswith(_EVERY) for word in words if word not in _AND]
    joined = any(word in _AND for word in words) or "-" in title or "–" in title
    return joined and any(one and other for one, other in pairwise(sides))


@lru_cache(maxsize=2048)
def taking_part(title: str) -> frozenset[str]:
    """Return the sides that a headline names otherwise than by what they have or did ("Azerbaijan's blockade").

    What lies between the two ("the Armenian-Azerbaijani border") names neither as taking part.
    """
    shown = _BETWEEN.sub(" ", _OWNED.sub(_without_owner, title))
    return frozenset(side for word in folded_words(shown) if (side := _side(word)))


def _without_owner(owned: re.Match[str]) -> str:
    for_it = any(word.startswith(_SPEAKERS) for word in folded_words(owned[2]))
    return owned[0] if for_it else owned[2]


@lru_cache(maxsize=2048)
def fallen(title: str) -> frozenset[str]:
    """Return the sides of whose people a headline tells ("Armenian soldiers")."""
    words = folded_words(title)
    return frozenset(
        side
        for at, word in enumerate(words)
        if (side := _side(word)) and any(near.startswith(_PEOPLE) for near in words[at + 1 : at + 1 + _NEAR])
    )


def _side(word: str) -> str:
    return next((side for side, beginnings in _BEGINNINGS.items() if word.startswith(beginnings)), "")
