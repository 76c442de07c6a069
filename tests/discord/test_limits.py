"""Whatever feeds and people write, no answer is one that Discord refuses."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.digests import digest_buttons
from bot.discord.drafts import Draft
from bot.discord.inert import units
from bot.discord.views.forms import PingForm, WhatForm, WhenForm, WhoForm, WordsForm
from bot.discord.words import languages, words_in
from bot.domain.subscriptions import ChannelKind, Filters

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


@settings(max_examples=25, deadline=None)
@given(text=HOSTILE, many=st.integers(1, 40))
def test_no_text_makes_an_answer_that_discord_refuses(everything, text, many):
    assert [faults(embed) for embed in everything(text, many) if faults(embed)] == []


@pytest.mark.parametrize("many", [1, 5, 40])
def test_the_longest_texts_fit_as_well(everything, many):
    assert [faults(embed) for embed in everything(LONG, many) if faults(embed)] == []


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
