"""Whatever feeds and people write, no answer is one that Discord refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.digests import DigestRenderer, digest_buttons
from bot.discord.dossier import dossier_embed
from bot.discord.drafts import Draft, draft_embed
from bot.discord.explaining import why_embed
from bot.discord.feedlist import feed_health, feed_list
from bot.discord.inert import units
from bot.discord.listing import page_embed
from bot.discord.profile import profile_embed
from bot.discord.views.forms import PingForm, WhatForm, WhenForm, WhoForm, WordsForm
from bot.discord.words import languages, words_in
from bot.domain.decisions import Verdict
from bot.domain.digests import Mover
from bot.domain.feeds import Feed
from bot.domain.reactions import Record, Report
from bot.domain.subscriptions import ChannelKind, Filters
from bot.usecases.ports import Life
from bot.usecases.subscribe import Preview

HOSTILE = st.text(st.characters(), max_size=2500) | st.text(st.sampled_from("*_`@<🇫\u0301\u200d\n[]()#"), max_size=2500)
LONG = "W\u0301*" * 3000


def faults(embed: discord.Embed) -> list[str]:
    """Return which of Discord's limits the embed breaks."""
    sizes = {
        "title": (embed.title, 256),
        "description": (embed.description, 4096),
        "author": (embed.author.name, 256),
        "footer": (embed.footer.text, 2048),
        **{f"name {number}": (field.name, 256) for number, field in enumerate(embed.fields)},
        **{f"value {number}": (field.value, 1024) for number, field in enumerate(embed.fields)},
    }
    found = [name for name, (text, limit) in sizes.items() if units(text or "") > limit]
    found += [f"empty {field.name}" for field in embed.fields if not (field.name or "").strip() or not field.value]
    if sum(units(text or "") for text, _ in sizes.values()) > 6000:
        found.append("sum")
    return found


def everything(samples, text: str, many: int) -> list[discord.Embed]:
    """Return every kind of answer about reactions, filled with this text."""
    sourced = [
        replace(
            samples.sourced(
                id=f"r{number}", quote=text, evidence=text, speaker=text, role=text, outlets=(text, "x", "y")
            ),
            sources=(
                replace(samples.source(), outlet=text + str(number), title=text, link="https://a.example/" + text),
            ),
        )
        for number in range(many)
    ]
    reactions = tuple(sourced)
    item = samples.item(title=text, outlet=text, relevance=text, story_reason=text, relevant=True)
    report = Report(
        id="p",
        item_id=item.id,
        reaction_id="r0",
        record=Record(
            actor="OTHER",
            type=reactions[0].reaction.type,
            speaker=text,
            evidence=text,
            start=0,
            end=1,
            cue=text[:40],
            rule=text,
            tier=reactions[0].reaction.tier,
            confidence=1.0,
        ),
        outlet=text,
        language="en",
        reported_at=samples.now,
    )
    feed = Feed(
        id="f",
        url="https://f.example/",
        title=text,
        added_at=samples.now,
        next_poll_at=samples.now,
        failures=1,
        last_error=text,
    )
    verdict = Verdict(item_id=item.id, subscription_id="s", alerted=False, reason=text, at=samples.now)
    life = Life(
        item=item,
        feed=feed,
        story=None,
        original=None,
        revisions=(),
        reports=(report,) * many,
        reactions=reactions,
        alerts=(),
        verdicts=(verdict,) * many,
    )
    words, names = words_in("ru"), samples.names
    filters = Filters(outlets=frozenset({text}), include=(text,) * 3, exclude=(text,) * 3)
    draft = Draft(channel_id="1", kind=ChannelKind.TEXT, guild_id="1", filters=filters)
    edition = samples.edition(*reactions, movers=(Mover(actor="FRA", before=0.0, now=1.0),) * many)
    return [
        page_embed("T", reactions[:5], names, words, offset=0, total=many),
        dossier_embed(reactions, names, words),
        profile_embed("FRA", reactions, names, words, samples.now + timedelta(days=1)),
        why_embed(life, (text,) * many, life.verdicts, names, words),
        feed_health("T", (feed,) * many, names, words),
        feed_list("T", (feed,) * many, words, own=frozenset({"f"})),
        draft_embed(
            draft,
            Preview(reactions=reactions),
            names,
            words,
            now=samples.now,
            warnings=(text[:200] or "x",) * 4,
        ),
        *DigestRenderer(names).render(edition),
    ]


@settings(max_examples=25, deadline=None)
@given(text=HOSTILE, many=st.integers(1, 40))
def test_no_text_makes_an_answer_that_discord_refuses(samples, text, many):
    assert [faults(embed) for embed in everything(samples, text, many) if faults(embed)] == []


@pytest.mark.parametrize("many", [1, 5, 40])
def test_the_longest_texts_fit_as_well(samples, many):
    assert [faults(embed) for embed in everything(samples, LONG, many) if faults(embed)] == []


@pytest.mark.parametrize("language", languages())
async def test_forms_fit_in_every_language(samples, language):
    words = words_in(language)
    draft = Draft(channel_id="1", kind=ChannelKind.TEXT, guild_id="1", filters=Filters(include=("x" * 300,) * 20))

    async def taken(*_):
        raise AssertionError

    for form in (WhoForm, WhatForm, WordsForm, WhenForm, PingForm):
        shown = form(draft, words, samples.names, taken, "draft:1:form").to_dict()
        assert len(shown["title"]) <= 45
        for label in shown["components"]:
            assert len(label["label"]) <= 45, label["label"]
            assert len(label["component"].get("placeholder") or "") <= 100
            options = label["component"].get("options", ())
            assert len(options) <= 25
            assert all(len(option["label"]) <= 100 for option in options)


@pytest.mark.parametrize("language", languages())
async def test_buttons_of_a_digest_hold_its_id_however_much_is_filtered(samples, language):
    edition = samples.edition()
    actors = frozenset(f"A{number}" for number in range(40))
    narrow = replace(edition, subscription=replace(edition.subscription, filters=Filters(actors=actors)))
    for each in (edition, narrow):
        (button,) = digest_buttons(each, words_in(language)).children
        assert button.custom_id.startswith("digest:d1:")
        assert len(button.custom_id) <= 100
