"""The examples that entries of language packs carry, run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.analysis.entries import Example
from bot.domain.analyst import Analyst
from bot.domain.items import Article
from bot.domain.reactions import Record
from bot.lexicons.lexicon import packs

# Office-holders and what counts as background depend on the day: examples are read as news of this one.
DAY = datetime(2023, 9, 20, 12, tzinfo=UTC)


def failures(analyst: Analyst, folder: Path | None = None) -> tuple[int, list[str]]:
    """Return how many examples were run, and what is wrong with those that fail, naming file and entry."""
    count, wrong = 0, []
    for language, read in packs(folder).items():
        for example in read().examples:
            count += 1
            wrong += [f"{language}.toml: {example.entry}: {fault}" for fault in problems(analyst, example, language)]
    return count, wrong


def problems(analyst: Analyst, example: Example, language: str) -> Iterator[str]:
    """Yield what is wrong with one example."""
    records = analyst.read(_article(example.text, language)).records
    by_entry = [record for record in records if example.entry in record.rule.split("/")]
    if not example.fires:
        if by_entry:
            yield f"must be silent on {example.text!r}, but says {_told(by_entry)}"
        return
    if not by_entry:
        yield f"must fire on {example.text!r}, but {_told(records)}"
        return
    actor, kind, targets = (*example.expected.split(), "", "")[:3]
    wanted = {target for target in targets.split(",") if target}
    fitting = [r for r in by_entry if r.actor == actor and r.type == kind and wanted <= set(r.targets)]
    if not fitting:
        yield f"must say {example.expected!r} of {example.text!r}, but says {_told(by_entry)}"


def _article(text: str, language: str) -> Article:
    """Return an example as a headline, or as a sentence below one where it ends in a full stop."""
    if text.endswith((".", "”", "»", "!", "։")):
        return Article(title="", summary=text, language=language, published=DAY)
    return Article(title=text, language=language, published=DAY)


def _told(records: tuple[Record, ...] | list[Record]) -> str:
    if not records:
        return "nothing is coded"
    return "; ".join(f"{r.actor} {r.type} {','.join(r.targets)} by {r.rule}" for r in records)
