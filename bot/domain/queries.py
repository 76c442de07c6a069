"""A question to the archive: which reactions, and whose eyes ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.reactions import Family, ReactionType, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionQuery:
    """Which reactions are wanted, newest first; an empty field asks for all.

    `since` (inclusive) and `until` (exclusive) bound `first_reported_at`; `met_since` and `met_until` bound when the first
    item that reports it was first seen, which may be long after it was published; `text` is looked for in quote and
    evidence; `guild_id` limits the answer to what that guild may see ("" sees the operator's feeds alone, None sees
    everything).
    """

    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    types: frozenset[ReactionType] = frozenset()
    families: frozenset[Family] = frozenset()
    languages: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    tier: Tier | None = None
    background: bool | None = None
    story_id: str | None = None
    text: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    met_since: datetime | None = None
    met_until: datetime | None = None
    guild_id: str | None = None
    limit: int = 50
    offset: int = 0
