"""What the analyst codes in the sample items is what a careful reader finds in them (reactions.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from bot.analysis.analyst import LexiconAnalyst
from bot.demo.server import BROKEN, OUTLETS, filled_in
from bot.domain.drafting import drafts
from bot.domain.feeds import Feed, feed_id
from bot.domain.reactions import Tier
from bot.feeds.parse import read_document
from bot.lexicons import load

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EXPECTED = tomllib.loads(Path(__file__).with_name("reactions.toml").read_text("utf-8"))
PAGE = "\n\n".join(
    line.strip().removeprefix("<p>").removesuffix("</p>")
    for line in (files("bot.demo") / "pages" / "room-for-families.html").read_text("utf-8").splitlines()
    if line.startswith("<p>")
)


def items():
    """Yield every sample item, the one of mere headlines with its page's text."""
    folders = [files("bot.demo") / "feeds", files("bot.demo") / "feeds" / "later"]
    for file in (file for folder in folders for file in folder.iterdir() if file.name in OUTLETS.keys() - {BROKEN}):
        url = f"http://127.0.0.1/{file.name}"
        body = filled_in(file.read_text("utf-8"), now=NOW, here="http://127.0.0.1").encode()
        document = read_document(body, url=url, content_type="", now=NOW, max_items=100)
        feed = Feed(id=feed_id(url), url=url, title=document.title, added_at=NOW, next_poll_at=NOW)
        for draft in drafts(document.entries, replace(feed, language=document.language), NOW):
            is_bare = not draft.item.article.summary and not draft.item.article.content
            yield replace(draft.item, content=PAGE) if is_bare else draft.item


@pytest.fixture(scope="module")
def readings():
    analyst = LexiconAnalyst(load())
    return {item.guid: analyst.read(item.article) for item in items()}


def acts(texts):
    """Return "ACTOR type" of each expectation: targets are a matter of taste."""
    return {" ".join(text.split()[:2]) for text in texts}


def test_every_expectation_is_of_a_sample_item(readings):
    assert EXPECTED.keys() <= readings.keys()


def test_items_with_reactions_are_relevant(readings):
    assert [guid for guid in EXPECTED if not readings[guid].relevance.relevant] == []


def test_hardly_any_alert_is_wrong(readings):
    alerted = [
        (guid, f"{record.actor} {record.type}")
        for guid, reading in readings.items()
        for record in reading.records
        if record.tier is Tier.ALERT and not record.background and reading.relevance.relevant
    ]
    wrong = [
        (guid, act)
        for guid, act in alerted
        if act not in acts(EXPECTED.get(guid, {}).get("must", [])) | acts(EXPECTED.get(guid, {}).get("may", []))
    ]
    assert len(alerted) >= 40
    assert len(wrong) <= 2, wrong


def test_most_of_what_must_be_found_is_found(readings):
    wanted = [(guid, act) for guid, expected in EXPECTED.items() for act in acts(expected["must"])]
    missed = [
        (guid, act)
        for guid, act in wanted
        if act not in {f"{record.actor} {record.type}" for record in readings[guid].records}
    ]
    assert len(missed) <= 0.2 * len(wanted), missed
