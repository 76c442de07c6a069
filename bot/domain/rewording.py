"""Rewording: words that have another sense beside others than they have alone, and what they are read as."""

from __future__ import annotations

import re

_REWORDED = (
    # What is set on fire burns; nobody fires.
    (re.compile(r"\bset(?:s|ting)? fire to\b|\bset(?:s|ting)? (?=(?:\w+ ){0,3}on fire\b)|\bon fire\b"), "burn "),
    # What is shot down is downed, whatever it is called; what enters its second week or into force goes nowhere.
    (re.compile(r"\bsh(?:oots?|ot|ooting) down\b"), "downed"),
    (
        re.compile(r"\benter(?:s|ed|ing)? (?=into\b|force\b|its\b|(?:new|second|third|fourth|fifth|sixth|seventh)\b)"),
        "",
    ),
    # Who keeps the peace has made none.
    (re.compile(r"\bpeace (?=keep)|\bmaintien de la paix\b"), "peacekeepers "),
    # A call with somebody is a talk, no appeal.
    (re.compile(r"\bcalls? (?=with\b|between\b)"), "phone "),
    # Who rules hands down no ruling.
    (re.compile(r"\bruling (?=party\b|coalition\b|bloc\b|majority\b)"), ""),
    # A deal on arms lays none down; who is charged with the defence is none.
    (re.compile(r"\b(?:arms|weapons|military) (?=deals?\b)"), "weapons sale "),
    (re.compile(r"\bdefen[cs]e (?=ministry|minister|secretary|army|chief)"), ""),
    # Talks that end were held; what they bring nearer is not there yet.
    (re.compile(r"(?<=talks )(?:ends?|ended|wraps? up|conclude[sd]?)\b"), ""),
    (
        re.compile(
            r"\b(?:progress|closer|steps?) (?:to|towards?|on|in) (?:an? |the )?peace (?:deal|treaty|agreement|accord)\b"
        ),
        "progress talks",
    ),
    # Terms that are not kept are broken.
    (
        re.compile(r"\b(?:not|doesn t|fails to) (?:comply|complying|observe\w*|respect\w*|adher\w+|hold|holding)\b"),
        "violate",
    ),
    # Whom a court condemns in French, it sentences.
    (re.compile(r"\bcondamnée?s? (?=à\b)"), "verdict "),
    # An alliance is no treaty between two.
    (re.compile(r"\bcollective security treaty(?: organi[sz]ation)?\b"), "csto"),
    (re.compile(r"\bдоговор\w* о коллективной безопасности\b"), "одкб"),
)


def reworded(flat_title: str) -> str:
    """Return a folded headline in which such words are read as what they mean there."""
    for words, read in _REWORDED:
        flat_title = words.sub(read, flat_title)
    return flat_title
