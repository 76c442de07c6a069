"""A user's pack laid over the shipped one of its language."""

from __future__ import annotations

from collections.abc import Mapping

Document = Mapping[str, object]


def extended(shipped: Document, own: Document) -> dict[str, object]:
    """Return the shipped pack with a user's laid over it.

    Lists of words are added to, an entry takes the place of the one with its id, a new entry is asked before the shipped
    ones, and any other value replaces the shipped one. A pack with `replaces = true` in [language] stands alone.
    """
    language = own.get("language")
    if isinstance(language, dict) and language.get("replaces") is True:
        return dict(own)
    return _merged(shipped, own)


def _merged(below: Document, above: Document) -> dict[str, object]:
    found = dict(below)
    for key, value in above.items():
        known = below.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            found[key] = _merged(known, value)
        elif isinstance(known, list) and isinstance(value, list) and key != "inflection":
            found[key] = [*value, *_left(known, value)]
        else:
            found[key] = value
    return found


def _left(known: list[object], value: list[object]) -> list[object]:
    """Return what a list still has beside a user's: every word, and the entries whose ids he does not have."""
    own = {entry.get("id") for entry in value if isinstance(entry, dict)}
    return [entry for entry in known if not isinstance(entry, dict) or entry.get("id") not in own]
