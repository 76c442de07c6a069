"""Profiles: what a fingerprint says, laid out so that it is quickly compared.

An item is held against dozens of others, and each of those against the next: what a comparison looks at is worked out once
for each, as sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from bot.domain.fingerprints import folded
from bot.domain.happenings import ABOUT, AHEAD, BEHIND, BELLIGERENTS, HELD_ON_A_DAY, LED, STATEMENT
from bot.domain.happenings import names_source as _names_source
from bot.domain.stories import Fingerprint
from bot.domain.terms import terms
from bot.domain.vocabulary import KIN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_DAY: Final = 86_400

# What two sides do together is told of by each.
OF_BOTH = frozenset({"talks", "talks planned", "talks offered", "talks attended", "visit", STATEMENT})
# Kinds that are the doing of one party: another party's are another event.
OF_A_PARTY = frozenset(
    {
        STATEMENT,
        "expulsion",
        "summons",
        "visit",
        "armament",
        "drill",
        "aid",
        "mission",
        "resolution",
        "genocide",
        "recognition",
        "court",
    }
    | {"talks", "talks offered", "talks shunned", "talks attended", "sanctions", "alliance"}
)
# Kinds that a side does at home: the other side's are another event.
OWN_DOING = frozenset(
    {"mobilisation", "election", "resignation", "coup", "court joined", "expulsion", "summons", "protest"}
)


def microseconds(length: timedelta) -> int:
    """Return a length of time as profiles count it."""
    # Less than what divides by a microsecond takes, which goes through numbers of any length.
    return (length.days * _DAY + length.seconds) * _SECOND + length.microseconds


def moment(when: datetime) -> int:
    """Return a time as profiles have it."""
    return microseconds(when - _EPOCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The kinds of event that an item tells: as its news, in its lead, as background; and what follows from them."""

    kinds: frozenset[str]
    led: frozenset[str]
    behind: frozenset[str]
    done: frozenset[str]
    """The kinds of its news but that somebody said something."""
    families: frozenset[int]
    """The numbers of the families in KIN that these are of."""
    about_news: bool
    says: bool
    counts_dead: bool
    is_ahead: bool
    is_held: bool
    of_both: bool
    of_a_party: bool
    own_doing: bool
    occasion: str
    """What a protest is about: the first kind of its background, "" where none is told."""


@lru_cache(maxsize=2048)
def told_by(events: tuple[str, ...]) -> Told:
    """Return what a fingerprint's events tell."""
    kinds = frozenset(kind for kind in events if not kind.startswith((LED, BEHIND)))
    behind = [kind[1:] for kind in events if kind.startswith(BEHIND)]
    done = kinds - {STATEMENT}
    return Told(
        kinds=kinds,
        led=frozenset(kind[1:] for kind in events if kind.startswith(LED)),
        behind=frozenset(behind),
        done=done,
        families=frozenset(number for number, family in enumerate(KIN) if family & done),
        about_news=ABOUT in kinds,
        says=STATEMENT in kinds,
        counts_dead="casualties" in kinds,
        is_ahead=AHEAD in kinds,
        is_held=bool(kinds & HELD_ON_A_DAY),
        of_both=bool(kinds & OF_BOTH),
        of_a_party=bool(kinds & OF_A_PARTY),
        own_doing=bool(kinds & OWN_DOING),
        occasion=behind[0] if "protest" in kinds and behind else "",
    )


class Profile:
    """One item as it is compared: `at` in microseconds, `order` as candidates stand, `head` who does it, or ""."""

    __slots__ = (
        "actors",
        "acts",
        "at",
        "feed_id",
        "flat",
        "head",
        "is_foreign",
        "item_id",
        "language",
        "numbers",
        "order",
        "parties",
        "places",
        "signature",
        "story_id",
        "telling",
        "terms",
        "title",
        "told",
        "words",
    )

    def __init__(self, mark: Fingerprint) -> None:
        self.item_id, self.story_id, self.feed_id = mark.item_id, mark.story_id, mark.feed_id
        self.at = moment(mark.published)
        self.order = (self.at, mark.item_id)
        self.title, self.language = mark.title, mark.language
        self.flat, self.words = _headline(mark.title)
        self.numbers = mark.numbers
        # What no copy replaces: the telling words and figures of the headline.
        self.telling = self.words.union(mark.numbers) if mark.numbers else self.words
        self.terms, self.places = frozenset(mark.terms), frozenset(mark.places)
        self.actors, self.acts = mark.actors, mark.acts
        self.told = told_by(mark.events)
        self.head = _head(mark.actors, mark.acts, says=self.told.says)
        self.is_foreign = bool(self.head) and self.head not in BELLIGERENTS
        self.parties = _third_parties(mark.actors[:3], mark.acts[:1])
        self.signature = mark.signature


@lru_cache(maxsize=2048)
def _headline(title: str) -> tuple[str, frozenset[str]]:
    flat = folded(title)
    return flat, frozenset(terms(flat.split()))


@lru_cache(maxsize=4096)
def names_source(title: str) -> bool:
    """Return whether a headline begins with the source of its news ("Yerevan says …")."""
    return _names_source(title)


def _head(actors: tuple[str, ...], acts: tuple[str, ...], *, says: bool) -> str:
    """Return who does what an item tells: the actor named first, or, of something said, the third party that says it."""
    first = actors[0] if actors else ""
    speaker = acts[0].partition(":")[0] if says and acts else ""
    return speaker if first in BELLIGERENTS and speaker and speaker not in BELLIGERENTS else first


@lru_cache(maxsize=2048)
def _third_parties(actors: tuple[str, ...], acts: tuple[str, ...]) -> frozenset[str]:
    """Return the third parties at the head of an item."""
    return frozenset((*actors, *(act.partition(":")[0] for act in acts))) - BELLIGERENTS
