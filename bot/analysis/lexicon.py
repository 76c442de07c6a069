"""All the words the analyst works by: actors, topics, and a pack for each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.pack import Pack
from bot.analysis.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Actors, topics and language packs.

    `pack` returns the pack of a language by its ISO 639-1 code, or None where there is none; packs are read when they
    are first asked for.
    """

    gazetteer: Gazetteer
    topics: tuple[Topic, ...]
    pack: Callable[[str], Pack | None]
