"""A digest says first what a reader in a hurry wants to know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord.digests import MAX_PAGES, DigestRenderer
from bot.discord.inert import units
from bot.domain.digests import Mover
from bot.domain.reactions import ReactionType


@pytest.fixture
def render(samples):
    return DigestRenderer(samples.names).render


def test_the_numbers_who_moved_and_what_is_corroborated_come_before_the_actors(samples, render) -> None:
    told = samples.sourced(outlets=("A", "B", "C"))
    alone = samples.sourced(id="r2", actor="ARM", type=ReactionType.DENY, targets=(), outlets=("A",))
    edition = samples.edition(told, alone, movers=(Mover(actor="FRA", before=0.5, now=-1.5),))
    (page,) = render(edition)

    lines = page.description.splitlines()
    assert lines[1] == "**2 reactions · 2 actors · 1 story · 5 outlets · 1 corroborated**"
    assert lines[3:5] == ["**Who moved, against their own last 30 days**", "📉 🇫🇷 France hardened: +0.5 → -1.5"]
    assert lines[6:8] == [
        "**Corroborated by several outlets**",
        "- 🇫🇷 France condemns → 🇦🇿 Azerbaijan · 3 outlets",
    ]
    assert lines[9:12] == [
        "🇫🇷 **France** · 3 outlets",
        "- condemns → 🇦🇿 Azerbaijan · 3 outlets",
        "> “Nothing can justify this unilateral use of force.”",
    ]
    assert lines[13:15] == ["🇦🇲 **Armenia** · 1 outlet", "- denies"]


def test_a_quote_stands_below_the_act_it_proves(samples, render) -> None:
    acts = (
        samples.sourced(quote=None, outlets=("A",)),
        samples.sourced(id="r2", type=ReactionType.CALL_CEASEFIRE, quote="Stop this at once.", outlets=("A",)),
        samples.sourced(id="r3", type=ReactionType.EXPRESS_CONCERN, quote=None, outlets=("A",)),
    )
    (page,) = render(samples.edition(*acts))
    assert [line.split(" →")[0] for line in page.description.splitlines()[-4:]] == [
        "- condemns",
        "- calls for a ceasefire",
        "> “Stop this at once.”",
        "- voices concern",
    ]


def test_an_empty_digest_says_so(samples, render) -> None:
    (page,) = render(samples.edition())
    assert page.description.endswith("Nothing new in this time.")


def test_what_has_no_room_is_counted_and_not_lost(samples, render) -> None:
    many = [
        samples.sourced(id=f"r{number}", actor="OTHER", speaker=f"Speaker number {number}", quote="word " * 60)
        for number in range(400)
    ]
    pages = render(samples.edition(*many))
    assert len(pages) == MAX_PAGES
    assert all(units(page.description) <= 4096 for page in pages)
    shown = sum(page.description.count("**Speaker number") for page in pages)
    assert pages[-1].description.splitlines()[-1] == f"… and {400 - shown} more actors"
    assert sum(map(len, pages[:1])) <= 6000


def test_a_digest_is_in_the_language_of_its_subscription(samples, render) -> None:
    edition = samples.edition(samples.sourced(outlets=("A", "B")))
    (page,) = render(replace(edition, subscription=replace(edition.subscription, language="ru")))
    assert "1 реакция" in page.description
    assert "Подтверждено несколькими изданиями" in page.description
