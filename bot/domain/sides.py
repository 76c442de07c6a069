"""Sides: which of the two sides a headline names, as who takes part in what it tells, and whose dead it counts."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bot.domain.happenings import folded_words, is_labelled
from bot.domain.headline_words import OF_KARABAKH, PEOPLE, PEOPLE_BEFORE, SIDES, SPEAKERS

_AND = frozenset({"and", "et", "und", "y", "e", "i", "и", "ve", "և"})
_BEGINNINGS = {side: tuple(words.split()) for side, words in SIDES.items()}
_EVERY = tuple(word for words in _BEGINNINGS.values() for word in words)
_PEOPLE = (*PEOPLE.split(), *PEOPLE_BEFORE.split())
_SPEAKERS = (*SPEAKERS.split(), "leader", "pm", "fm")
# What a side has ("Azerbaijan's blockade"), unless that is somebody who speaks or acts for it.
_OWNED = re.compile(r"([^\W\d_]+)[’']s? ((?:[^\W\d_]+ ){0,1}[^\W\d_]+)")
_BETWEEN = re.compile(
    r"[^\W\d_]+[-–][^\W\d_]+ (?:state )?"
    r"(?:border|frontier|relations|peace|conflict|normali[sz]ation|settlement|process|treaty)",
    re.IGNORECASE,
)
_OF_KARABAKH = tuple(OF_KARABAKH.split())
# Of these languages, whose people they are may follow ("soldats arméniens", "Soldaten Armeniens").
_PEOPLE_BEFORE = tuple(PEOPLE_BEFORE.split())
_OWN = frozenset({"its", "ses", "ihrer", "своих"})
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
    """Return the sides of whose people a headline tells ("Armenian soldiers", "soldats arméniens").

    Where none is named, a side that speaks before the colon tells of its own.
    """
    speaker, colon, said = title.partition(": ")
    if is_labelled(title) and not any(word.startswith(_SPEAKERS) for word in folded_words(speaker)):
        # Where it happened, or what it is about, has no people.
        title, colon = said, ""
    words = folded_words(title)
    told: set[str] = set()
    for at, word in enumerate(words):
        if word.startswith(_PEOPLE):
            before = words[max(at - _NEAR, 0) : at]
            told.update(map(_side_of, before))
            if not _OWN.isdisjoint(before):
                # "Yerevan says three of its soldiers died": whoever is named first.
                told.add(next(filter(None, map(_side_of, words[:at])), ""))
            told.update(map(_side_of, words[at + 1 : at + 2] if word.startswith(_PEOPLE_BEFORE) else ()))
    if not told - {""} and colon and any(word.startswith(_PEOPLE) for word in folded_words(said)):
        told.update(map(_side_of, folded_words(speaker)))
    return frozenset(told - {""})


def _side_of(word: str) -> str:
    """Return the side on which somebody falls whom this word names: those of Karabakh fall on the Armenian one."""
    return "ARM" if word.startswith(_OF_KARABAKH) else _side(word)


def _side(word: str) -> str:
    return next((side for side, beginnings in _BEGINNINGS.items() if word.startswith(beginnings)), "")
