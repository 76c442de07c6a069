"""Loads the shipped lexicon and whatever a user's folder adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict, cast

from bot.analysis import text as text_module
from bot.analysis import trie as trie_module
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.mentions import Namesake, Office, Person
from bot.analysis.topics import Topic
from bot.analysis.trie import Trie, compile_trie, languages_of
from bot.lexicons import actor_files
from bot.lexicons.actor_files import ActorEntries
from bot.lexicons.cache import cache_key, keep_compiled, load_compiled
from bot.lexicons.pack_tables import split_words
from bot.lexicons.reading import read_toml
from bot.lexicons.topic_files import read_topic

SHIPPED = Path(__file__).parent


class _Compiled(TypedDict):
    """A gazetteer as plain values: what the cache keeps."""

    trie: Trie
    persons: list[tuple[str, list[tuple[str, str, int, int]]]]
    namesakes: list[tuple[str, list[str], list[str], list[str]]]
    first_names: list[str]
    events: list[str]
    titles: list[str]
    owning: list[list[str]]
    particles: list[str]
    languages: list[str]
    names: dict[str, dict[str, str]]


def actor_paths(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the shipped actor files and then those of the user's folder, each group by name."""
    shipped = sorted((SHIPPED / "actors").glob("*.toml"))
    return (*shipped, *(sorted((folder / "actors").glob("*.toml")) if folder else ()))


def read_actors(paths: Sequence[Path]) -> ActorEntries:
    """Return what the files say; raises LexiconInvalid, which names file, entry and remedy."""
    entries = ActorEntries()
    for path in paths:
        entries.add(read_toml(path))
    return entries


def load_gazetteer(folder: Path | None = None, *, cache: Path | None = None) -> Gazetteer:
    """Return the gazetteer of the shipped actors and those of the user's folder (its `actors/*.toml`).

    With a `cache` folder the compiled form is kept there, under a name that changes with every byte it comes from.
    """
    return _gazetteer(_compiled(folder, cache))


def load_actor_names(folder: Path | None = None, *, cache: Path | None = None) -> dict[str, dict[str, str]]:
    """Return the name that each actor code is shown by: language → code → name."""
    return _compiled(folder, cache)["names"]


def _compiled(folder: Path | None, cache: Path | None) -> _Compiled:
    paths = actor_paths(folder)
    if cache is None:
        return _compile(read_actors(paths))
    code = (trie_module, text_module, actor_files)
    key = cache_key((*paths, *(Path(module.__file__) for module in code if module.__file__)))
    kept = load_compiled(cache, key)
    if kept is not None:
        # The key covers the code that made it, the digest its bytes: it is what _compile returned.
        return cast("_Compiled", kept)
    made = _compile(read_actors(paths))
    keep_compiled(cache, key, made)
    return made


def _compile(entries: ActorEntries) -> _Compiled:
    titles = {title.casefold() for title in entries.titles}
    surnames = {
        form.form.casefold() for entry in entries.persons.values() for form in entry.forms if not form.is_full_name
    }
    first = {
        entry.person.name.partition(" ")[0].casefold() for entry in entries.persons.values() if " " in entry.person.name
    }
    listed = {name.casefold() for name in entries.first_names}
    trie = compile_trie(entries.all_aliases())
    return {
        "trie": trie,
        "languages": sorted(languages_of(trie)),
        "persons": [_plain(entry.person) for entry in entries.persons.values()],
        "namesakes": [
            (
                entry.namesake.code,
                sorted(entry.namesake.forms),
                sorted(entry.namesake.signs),
                sorted(entry.namesake.unless),
            )
            for entry in entries.namesakes
        ],
        "first_names": sorted((first - titles - surnames) | listed),
        "events": sorted({event.casefold() for event in entries.events}),
        "titles": sorted({title.casefold() for title in entries.titles}),
        "owning": [list(words) for words in sorted({split_words(words) for words in entries.owning})],
        "particles": sorted({word.casefold() for word in entries.particles}),
        "names": {**entries.shown, "en": dict(entries.names)},
    }


def _plain(person: Person) -> tuple[str, list[tuple[str, str, int, int]]]:
    return person.name, [
        (office.actor, office.role, office.since.toordinal(), office.until.toordinal() if office.until else 0)
        for office in person.offices
    ]


def _gazetteer(compiled: _Compiled) -> Gazetteer:
    persons = [
        Person(
            name=name,
            offices=tuple(
                Office(
                    actor=actor,
                    role=role,
                    since=date.fromordinal(since),
                    until=date.fromordinal(until) if until else None,
                )
                for actor, role, since, until in offices
            ),
        )
        for name, offices in compiled["persons"]
    ]
    namesakes = [
        Namesake(code=code, forms=frozenset(forms), signs=frozenset(signs), unless=frozenset(unless))
        for code, forms, signs, unless in compiled["namesakes"]
    ]
    return Gazetteer(
        compiled["trie"],
        persons,
        namesakes=namesakes,
        first_names=compiled["first_names"],
        events=compiled["events"],
        titles=compiled["titles"],
        owning=compiled["owning"],
        particles=compiled["particles"],
        languages=compiled["languages"],
    )


def topic_paths(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the shipped topic files and then those of the user's folder (its `topics/*.toml`), each group by name."""
    shipped = sorted((SHIPPED / "topics").glob("*.toml"))
    return (*shipped, *(sorted((folder / "topics").glob("*.toml")) if folder else ()))


def load_topics(folder: Path | None = None) -> tuple[Topic, ...]:
    """Return the shipped topics and those of the user's folder; one with the same id takes the shipped one's place."""
    topics: dict[str, Topic] = {}
    for path in topic_paths(folder):
        topic = read_topic(read_toml(path)).topic
        topics[topic.id] = topic
    return tuple(topics.values())
