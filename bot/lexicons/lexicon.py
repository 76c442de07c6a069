"""The whole lexicon in one value: shipped actors, topics and packs, and those of a user's folder."""

from __future__ import annotations

from functools import cache as remembered
from pathlib import Path

from bot.analysis.lexicon import Lexicon
from bot.analysis.pack import Pack
from bot.domain.actors import ActorNames
from bot.domain.errors import LexiconInvalid
from bot.lexicons.cache import default_cache_dir
from bot.lexicons.loader import SHIPPED, load_actor_names, load_gazetteer, load_topics
from bot.lexicons.packs import read_pack


def load(folder: Path | None = None, *, topic: str | None = None, cache: Path | None = None) -> Lexicon:
    """Return the lexicon; raises LexiconInvalid, which names file and entry.

    `folder` holds a user's own `actors/*.toml`, `topics/*.toml` and packs (`xx.toml`), which take the place of shipped
    packs of the same language. `topic` is the id of the only topic to follow; by default all are followed.
    """
    topics = load_topics(folder)
    if topic is not None:
        named = tuple(one for one in topics if one.id == topic)
        if not named:
            known = ", ".join(sorted(one.id for one in topics))
            raise LexiconInvalid(f"there is no topic {topic!r}; known are {known}")
        topics = named
    return Lexicon(
        gazetteer=load_gazetteer(folder, cache=cache or default_cache_dir()), topics=topics, pack=_shelf(folder)
    )


def actor_names(folder: Path | None = None, *, cache: Path | None = None) -> ActorNames:
    """Return what readers call the actors, by language."""
    return ActorNames(names=load_actor_names(folder, cache=cache or default_cache_dir()))


def pack_paths(folder: Path | None = None) -> dict[str, Path]:
    """Return the file of each language's pack, the user's before the shipped one."""
    found = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    if folder is not None:
        found |= {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return found


class _shelf:  # noqa: N801 - a function with a memory
    """Packs by language, each read when it is first asked for."""

    def __init__(self, folder: Path | None) -> None:
        self._paths = pack_paths(folder)
        self._read = remembered(read_pack)

    def __call__(self, language: str) -> Pack | None:
        """Return the pack of a language, or None."""
        path = self._paths.get(language)
        return None if path is None else self._read(path)
