"""Surveys: many reactions seen at once, as a line through time or as a board of who did what towards whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.reactions import Family, ReactionType

# Whoever the conflict is about: the columns of a board unless others are asked for.
PARTIES = ("ARM", "AZE", "NKR")
# Whose silence is news: the co-chairs of the Minsk Group, the neighbours, and the bodies that the conflict comes before.
WATCHED = (
    *("USA", "FRA", "RUS", "TUR", "IRN", "GEO", "GBR", "DEU", "CHN", "IND"),
    *("EU", "UN", "UNSC", "OSCE", "COE", "NATO", "CSTO", "ICRC"),
)
# Bands that a reader still tells apart; the other actors are one more.
MOST_BANDS = 7
REST = ""
# Rows that a phone still shows.
MOST_ACTORS = 14
# Points of a line that a phone still tells apart; a longer time is told in steps of several days.
MOST_STEPS = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """How many reactions of one type an actor aimed at one target on one day (UTC); `target` is "" for none."""

    day: date
    actor: str
    type: ReactionType
    target: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What an actor did towards a party: how much, in which mean tone (-4 to 3), mostly of which families."""

    count: int
    tone: float
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Who did what towards whom. `cells` holds a row for each actor and in it a cell, or None for silence, per party."""

    actors: tuple[str, ...]
    parties: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]


class Bands(StrEnum):
    """What the bands of a timeline are."""

    FAMILIES = "families"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Reactions through time: for each step its first day, its count by band, and its mean tone (None: no reaction).

    `step` is the length of a step in days. The bands are families that occur, in the codebook's order, or the codes of
    the most active actors, the most active first, with REST for all others; `counts` holds one row per band with one
    number per step.
    """

    days: tuple[date, ...]
    step: int
    by: Bands = Bands.FAMILIES
    bands: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    tones: tuple[float | None, ...]


def board(tallied: Iterable[Tallied], *, parties: tuple[str, ...] = PARTIES, most: int = MOST_ACTORS) -> Board:
    """Return the board of the most active actors, the most active first; what is aimed at nobody asked for is left out."""
    counts: dict[tuple[str, str], Counter[ReactionType]] = defaultdict(Counter)
    busy: Counter[str] = Counter()
    for each in tallied:
        if each.target in parties and each.actor != each.target:
            counts[each.actor, each.target][each.type] += each.count
            busy[each.actor] += each.count
    actors = tuple(sorted(busy, key=lambda actor: (-busy[actor], actor))[:most])
    cells = tuple(tuple(_cell(counts.get((actor, party))) for party in parties) for actor in actors)
    return Board(actors=actors, parties=parties, cells=cells)


def _cell(types: Counter[ReactionType] | None) -> Cell | None:
    if not types:
        return None
    families: Counter[Family] = Counter()
    for kind, count in types.items():
        families[kind.family] += count
    return Cell(
        count=types.total(),
        tone=sum(kind.tone * count for kind, count in types.items()) / types.total(),
        families=tuple(sorted(families, key=lambda family: (-families[family], family))),
    )


def timeline(
    tallied: Iterable[Tallied], *, since: date, until: date, by: Bands = Bands.FAMILIES, most: int = MOST_BANDS
) -> Timeline:
    """Return the line from `since` to `until`, both included; a reaction counts once, however many it is aimed at.

    `tallied` must hold no target, or one row per reaction: see `Tallied`.
    """
    length = (until - since).days + 1
    step = max(1, -(-length // MOST_STEPS))
    days = tuple(since + timedelta(days=offset) for offset in range(0, max(length, 1), step))
    within = [each for each in tallied if since <= each.day <= until]
    bands = _families(within) if by is Bands.FAMILIES else _busiest(within, most)
    counts = {band: [0] * len(days) for band in bands}
    tones: list[list[tuple[int, int]]] = [[] for _ in days]
    for each in within:
        index = (each.day - since).days // step
        band = each.type.family.value if by is Bands.FAMILIES else each.actor
        counts[band if band in counts else REST][index] += each.count
        tones[index].append((each.type.tone, each.count))
    return Timeline(
        days=days,
        step=step,
        by=by,
        bands=bands,
        counts=tuple(tuple(counts[band]) for band in bands),
        tones=tuple(_mean(step_tones) for step_tones in tones),
    )


def _families(tallied: Iterable[Tallied]) -> tuple[str, ...]:
    told = {each.type.family for each in tallied if each.count}
    return tuple(family.value for family in Family if family in told)


def _busiest(tallied: Iterable[Tallied], most: int) -> tuple[str, ...]:
    busy: Counter[str] = Counter()
    for each in tallied:
        busy[each.actor] += each.count
    # Those without a code are no one actor: they are among the rest.
    ordered = sorted((actor for actor in busy if actor != "OTHER"), key=lambda actor: (-busy[actor], actor))
    return (*ordered[:most], REST) if len(ordered) > most or "OTHER" in busy else tuple(ordered)


def silent(heard: Iterable[str], watched: Iterable[str] = WATCHED) -> tuple[str, ...]:
    """Return who of those that are watched was not heard."""
    spoke = frozenset(heard)
    return tuple(actor for actor in watched if actor not in spoke)


def _mean(tones: list[tuple[int, int]]) -> float | None:
    total = sum(count for _, count in tones)
    return sum(tone * count for tone, count in tones) / total if total else None
