"""Topic files: what a conflict is known by, as an analyst keeps it, with examples that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.analysis.topics import Term, Topic, Weight
from bot.lexicons.actor_files import LANGUAGES
from bot.lexicons.reading import Table

_SECTIONS = {
    "strong": Weight.STRONG,
    "doubtful": Weight.DOUBTFUL,
    "area": Weight.AREA,
    "context": Weight.CONTEXT,
    "light": Weight.LIGHT,
    "diplomacy": Weight.DIPLOMACY,
    "unrelated": Weight.UNRELATED,
    "lookalikes": Weight.LOOKALIKE,
}
# Everyday words, which mean something else in the next language.
_OF_ONE_LANGUAGE = frozenset({Weight.CONTEXT, Weight.LIGHT, Weight.DIPLOMACY, Weight.UNRELATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic with the examples that prove it."""

    topic: Topic
    fires: tuple[str, ...]
    not_fires: tuple[str, ...]


def read_topic(file: Table) -> TopicEntry:
    """Return the topic that the file describes; raises LexiconInvalid for what cannot be meant."""
    file.only("id", "name", "side", "opponents", "dated", "examples", *_SECTIONS)
    terms = [
        Term(text=text, weight=weight, language=language if weight in _OF_ONE_LANGUAGE else "")
        for section, weight in _SECTIONS.items()
        for language, text in _texts_by_language(file.table(section))
    ]
    for side in file.tables("side"):
        side.only("name", *sorted(LANGUAGES))
        name = side.text("name")
        bare = Table(where=side.where, values={key: value for key, value in side.values.items() if key != "name"})
        terms.extend(Term(text=text, weight=Weight.SIDE, side=name) for _, text in _texts_by_language(bare))
    for dated in file.tables("dated"):
        terms.extend(_dated(dated))
    if not any(term.weight in {Weight.STRONG, Weight.SIDE} for term in terms):
        raise file.invalid('a topic needs something it is told by; write [strong] en = ["…"] or [[side]] tables')
    examples = file.table("examples")
    examples.only("fires", "not_fires")
    fires, not_fires = examples.texts("fires"), examples.texts("not_fires")
    if not fires or not not_fires:
        raise file.invalid("a topic proves itself: write [examples] with fires and not_fires")
    topic = Topic(id=file.text("id"), name=file.text("name"), terms=terms, opponents=_opponents(file))
    return TopicEntry(topic=topic, fires=fires, not_fires=not_fires)


def _opponents(file: Table) -> Iterator[frozenset[str]]:
    """Yield who faces whom, two codes of actors each."""
    for text in file.texts("opponents"):
        pair = frozenset(text.split())
        if len(pair) != 2:  # noqa: PLR2004 - one faces the other
            raise file.invalid(f"“opponents” holds “{text}”; write two codes, such as “ARM AZE”")
        yield pair


def _dated(table: Table) -> Iterator[Term]:
    """Yield strong terms that mean the topic for some days only."""
    table.only("name", "since", "until", *sorted(LANGUAGES))
    since, until = table.day("since"), table.day("until")
    if since is None or until is None or until < since:
        raise table.invalid("needs the days since and until which its terms mean the topic, in this order")
    bare = Table(where=table.where, values={key: table.values[key] for key in table.values if key in LANGUAGES})
    for _, text in _texts_by_language(bare):
        yield Term(text=text, weight=Weight.STRONG, since=since, until=until)


def _texts_by_language(table: Table) -> Iterator[tuple[str, str]]:
    table.only(*sorted(LANGUAGES))
    for language in table.values:
        for text in table.texts(language):
            if text.strip("* ") == "":
                raise table.invalid(f"“{language}” holds “{text}”, which would be found everywhere; write a word")
            yield ("" if language == "any" else language), text
