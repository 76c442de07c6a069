"""Feed text made inert for a terminal: no control sequence, no hidden or turned text, no markup."""

from __future__ import annotations

import unicodedata

from rich.text import Text

# Cc: escape sequences, bells, cursor moves. Cf: bidi overrides, zero-width and tag characters. Cs: lone surrogates,
# which no terminal encoding takes. Zl, Zp: line ends in disguise.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# The joiner that holds family emoji together, and the one Persian is written with.
_KEPT = frozenset("\u200c\u200d")
# What reorders or conceals the text around it is dropped; what ended a line or moved the cursor becomes a space.
_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """Return the text as one line of printable characters."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(
        character
        if character in _KEPT or (category := unicodedata.category(character)) not in _HARMFUL
        else ""
        if category in _DROPPED
        else " "
        for character in text
    )
    return " ".join(kept.split())


def inert(text: str, style: str = "") -> Text:
    """Return the text for rich, whose markup and emoji codes it is not searched for."""
    return Text(plain(text), style=style)
