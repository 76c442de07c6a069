"""The whole lexicon in one value: shipped actors, topics and packs, and those of a user's folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache as remembered
from functools import partial
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

    `folder` holds a user's own `actors/*.toml`, `topics/*.toml` and packs (`xx.toml`), which extend the shipped pack of
    the same language. `topic` is the id of the only topic to follow; by default all are followed.
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


def packs(folder: Path | None = None) -> dict[str, Callable[[], Pack]]:
    """Return what reads each language's pack: the shipped one, the user's, or his laid over the shipped one."""
    shipped = {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}
    own = {} if folder is None else {path.stem: path for path in sorted(folder.glob("*.toml"))}
    found = {language: partial(read_pack, path) for language, path in shipped.items()}
    found |= {language: partial(read_pack, path, onto=shipped.get(language)) for language, path in own.items()}
    return {language: remembered(reads) for language, reads in found.items()}


def _shelf(folder: Path | None) -> Callable[[str], Pack | None]:
    """Return what gives the pack of a language, each read when it is first asked for."""
    known = packs(folder)

    def pack(language: str) -> Pack | None:
        return known[language]() if language in known else None

    return pack
