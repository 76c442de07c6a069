"""A draft: a record as the grammar finds it, before the item's drafts are settled into records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Who
from bot.domain.reactions import ReactionType, Tier

# Stands in `among` for parties abroad that nobody names: "the West", "foreign powers".
ABROAD: Final = ""
# Acts that tell no more than that somebody spoke.
QUIET: Final = frozenset({t.REPORT, t.ANNOUNCE_ACTION})


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """Who did what, to whom; `start` and `end` are the tokens of the evidence, `cue_at` those of the cue.

    `blameless` tells that what is condemned or to end is nobody's deed in particular: "the escalation".
    `refers` tells that it is about a deed or a meeting told before: "the move", "the talks".
    `why` says in words why the draft has its tier. `among` are the actors that its sentence and the title name, without
    private persons. `is_at_home` tells that somebody out of office and the state he once spoke for are at odds.

    Mutable while an item is read: targets and speakers are completed from other sentences of it.
    """

    who: Who
    type: ReactionType
    targets: tuple[str, ...]
    start: int
    end: int
    cue: str
    rule: str
    tier: Tier = Tier.ALERT
    confidence: float = 0.9
    quote: tuple[int, int] | None = None
    background: bool = False
    day: date | None = None
    part: int = 0
    cue_at: tuple[int, int] = (0, 0)
    why: str = ""
    blameless: bool = False
    refers: bool = False
    among: frozenset[str] = frozenset()
    is_at_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """An act that was seen and not coded, and why: for `explain`."""

    cue: str
    start: int
    end: int
    reason: str
