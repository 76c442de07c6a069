"""Lists of parties, sorted by whom they name and behind which preposition."""

from __future__ import annotations

from bot.analysis.clauses import Party


def codes_of(parties: list[Party]) -> list[str]:
    """Return the codes of parties, in order."""
    return [party.code for party in parties]


def after(parties: list[Party], prepositions: frozenset[str]) -> list[str]:
    """Return the codes of parties behind one of the prepositions."""
    return [party.code for party in parties if party.preposition in prepositions]


def others_in(codes: list[str], own: set[str]) -> list[str]:
    """Return the codes without those of the doer."""
    return [code for code in codes if code not in own]


def others_of(parties: list[Party], own: set[str]) -> list[Party]:
    """Return the parties without the doer."""
    return [party for party in parties if party.code not in own]
