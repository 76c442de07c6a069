"""Statements: whether an item's news is what somebody says of an event, going by what was coded in it.

A headline tells its speaker by its first words ("Oslo: …"), by its verb, or by neither ("Closing of the road harms talks
– Norwegian ministry"). What the analyst coded knows: the first act in a headline is the news.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from bot.domain.happenings import BELLIGERENTS, headline_end
from bot.domain.reactions import COLLECTIVE_ACTORS, Family, ReactionType, Record

# What a party says of what another did; all other acts are doings of its own.
_SAYING = frozenset({Family.CRITICISM, Family.REBUTTAL, Family.CONCERN, Family.THREAT, Family.SUPPORT, Family.APPEAL})
# What a side accuses the other of is what that has done, and what it refuses it does not do: both are its news.
_NEWS_OF_A_SIDE = frozenset({ReactionType.ACCUSE, ReactionType.REFUSE})


class Said(Enum):
    """Where an item tells first that somebody says something of another's doing."""

    NOWHERE = auto()
    HEADLINE = auto()
    LEAD = auto()


def said_in(records: Sequence[Record], title: str, head: str) -> Said:
    """Return where the first act that is told is a saying about what another did; `head` is the actor named first.

    A lead counts only under a headline in which nothing is coded.
    """
    told = sorted((record for record in records if not record.background), key=lambda record: record.start)
    if not told or not _is_saying(told[0], head):
        return Said.NOWHERE
    if told[0].start < headline_end(title):
        return Said.HEADLINE
    # What stands where a headline has turned is the background of its news.
    return Said.LEAD if told[0].start >= len(title) else Said.NOWHERE


def _is_saying(record: Record, head: str) -> bool:
    if record.actor in COLLECTIVE_ACTORS:
        return False
    foreign = record.actor not in BELLIGERENTS
    if record.type is ReactionType.REPORT:
        # Where another than the one who reports is named first, the report is a comment on that one; what the sides
        # report of each other is their news.
        return bool(head) and head != record.actor and (foreign or head not in BELLIGERENTS)
    return record.type.family in _SAYING and (foreign or record.type not in _NEWS_OF_A_SIDE)
