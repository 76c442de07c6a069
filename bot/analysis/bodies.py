"""Actors that are no states: what the world's bodies and courts are, and which enclave is whose."""

from __future__ import annotations

from typing import Final

# The people of an enclave is called by the same word as a state's: which of them acts there is told by the place.
ENCLAVES: Final = {"NKR": "ARM"}
# Those who have no home to quarrel in, and are asked for what states would be told.
INTERNATIONAL: Final = frozenset(
    [
        "EU",
        "UN",
        "UNSC",
        "OSCE",
        "NATO",
        "CSTO",
        "CIS",
        "EAEU",
        "OTS",
        "TURKPA",
        "OIC",
        "NAM",
        "COE",
        "PACE",
        "ECHR",
        "ICJ",
        "ICC",
        "ICRC",
        "VAT",
        "G7",
        "IPU",
        "OIF",
        "NGO",
        "NKR",
    ]
)
# Those of them that are no place: they are no side of a matter, and something may be decided in them.
BODIES_ONLY: Final = INTERNATIONAL - frozenset(ENCLAVES)
# Those that sit and decide.
BODIES: Final = frozenset({"UNSC", "OSCE", "UN", "EU", "NATO", "CSTO", "PACE", "COE", "OIC"})
WORLD_COURTS: Final = frozenset({"ICJ", "ECHR", "ICC"})
# Those that rule or decide, and are not whom a case is brought against.
RULING: Final = WORLD_COURTS | {"UNSC", "UN"}
