from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.console.alerts import show_alert, show_digest
from bot.console.inert import plain
from bot.console.messenger import ConsoleMessenger
from bot.domain.digests import Mover
from bot.domain.reactions import ReactionType


def printed(show, *, terminal: bool, width: int = 100) -> str:
    out = io.StringIO()
    show(Console(file=out, force_terminal=terminal, width=width, color_system="truecolor" if terminal else None))
    return out.getvalue()


def test_alert_on_a_terminal_shows_actor_type_target_quote_speaker_outlet_time_and_link(samples):
    text = printed(lambda c: show_alert(c, samples.message(), samples.names, samples.now), terminal=True)

    for shown in (
        "🇫🇷 France",
        "condemns",
        "🇦🇿 Azerbaijan",
        "“Nothing can justify this unilateral use of force.”",
        "Catherine Colonna, foreign minister",
        "Rhône Matin (independent)",
        "14:30 UTC",
        "https://rhone-matin.example/paris-condemns",
    ):
        assert shown in text


def test_alert_in_a_pipe_is_plain_lines_without_frame_colour_or_wrapping(samples):
    quote = "Nothing can justify this unilateral use of force. " * 5
    message = samples.message(samples.sourced(quote=quote), item=samples.item(id="i2"))

    lines = printed(lambda c: show_alert(c, message, samples.names, samples.now), terminal=False).splitlines()

    assert lines[0] == "14:30 UTC  Rhône Matin (independent): Paris condemns offensive in Nagorno-Karabakh"
    assert lines[1] == (f"  France condemns → Azerbaijan: “{quote.strip()}” — Catherine Colonna, foreign minister")
    assert lines[2] == "  https://rhone-matin.example/paris-condemns"


def test_one_actor_is_named_once_for_all_it_did(samples):
    message = samples.message(samples.sourced(), samples.sourced(id="r2", type=ReactionType.CALL_CEASEFIRE, quote=None))

    text = printed(lambda c: show_alert(c, message, samples.names, samples.now), terminal=True)

    assert text.count("🇫🇷 France") == 1
    assert "calls for a ceasefire" in text


def test_collective_actor_is_called_by_its_speaker_who_is_not_named_twice(samples):
    message = samples.message(samples.sourced(actor="NGO", speaker="Amnesty", role=None))

    text = printed(lambda c: show_alert(c, message, samples.names, samples.now), terminal=False)

    assert text.count("Amnesty") == 1


def test_evidence_stands_in_for_a_missing_quote_unless_the_title_says_it(samples):
    told = samples.message(samples.sourced(quote=None), item=samples.item(id="i2"))
    repeated = samples.message(
        samples.sourced(quote=None, evidence="Paris condemns offensive"), item=samples.item(id="i2")
    )

    with_evidence = printed(lambda c: show_alert(c, told, samples.names, samples.now), terminal=False)
    without = printed(lambda c: show_alert(c, repeated, samples.names, samples.now), terminal=False)

    assert "France condemned the operation launched by Azerbaijan." in with_evidence
    assert without.count("Paris condemns offensive") == 1


@pytest.mark.parametrize("terminal", [True, False])
def test_text_from_a_feed_is_inert_on_a_terminal(samples, terminal):
    hostile = "\x1b]8;;https://evil.example\x07click\x1b[2J [bold]x[/bold] :smile: \u202eabc\u2066\r\nsecond"
    message = samples.message(
        samples.sourced(quote=hostile, speaker=hostile, role=hostile),
        item=samples.item(id="i2", title=hostile, outlet=hostile, link="https://a.example/\x1b[31m"),
    )

    text = printed(lambda c: show_alert(c, message, samples.names, samples.now), terminal=terminal, width=400)

    assert "\x1b]8" not in text
    assert "\x1b[2J" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[bold]x[/bold] :smile:" in text


@given(st.text())
def test_plain_text_is_printable_single_spaced_and_stays_what_it_is(text):
    once = plain(text)

    assert all(character.isprintable() or character in "\u200c\u200d" for character in once)
    assert "  " not in once
    assert plain(once) == once


async def test_messenger_posts_once_under_the_alert_s_id_and_tells_of_further_outlets(samples):
    out = io.StringIO()
    messenger = ConsoleMessenger(Console(file=out), lambda: samples.now, samples.names)
    message = samples.message()

    posted = await messenger.post(message)
    await messenger.edit(samples.message(samples.sourced(outlets=("Rhône Matin", "Ararat Wire"))))

    assert posted == message.alert.id
    assert out.getvalue().count("Nothing can justify") == 1
    assert "also reported by Ararat Wire" in out.getvalue()
    assert await messenger.find(message.subscription, posted, since=samples.now) is None


async def test_messenger_tells_of_a_correction_and_not_of_every_new_wording(samples):
    out = io.StringIO()
    messenger = ConsoleMessenger(Console(file=out), lambda: samples.now, samples.names)
    alone = samples.sourced(outlets=(samples.item().outlet,))

    await messenger.edit(samples.message(alone, item=samples.item(title="New words")))
    await messenger.edit(samples.message(alone, item=samples.item(title="Put right", withdrawn=True)))

    (corrected,) = out.getvalue().splitlines()
    assert corrected.startswith("↻ corrected or taken back by ")
    assert corrected.endswith(": Put right")


def test_digest_tells_numbers_best_quote_and_who_moved(samples):
    edition = samples.edition(
        samples.sourced(outlets=("A", "B", "C")),
        samples.sourced(id="r2", type=ReactionType.CALL_CEASEFIRE, quote="Stop at once.", outlets=("A",)),
        movers=(Mover(actor="ARM", before=0.4, now=-1.6),),
    )

    for terminal in (True, False):
        text = printed(lambda c: show_digest(c, edition, samples.names, samples.now), terminal=terminal)
        assert "2 reactions · 1 actor · 1 story · 5 outlets" in text
        assert "Nothing can justify" in text
        assert "Stop at once." not in text
        assert "Armenia hardened: +0.4 → -1.6" in text
        assert "3 outlets" in text


def test_a_digest_has_the_quote_with_the_act_it_proves(samples):
    edition = samples.edition(
        samples.sourced(outlets=("A",), quote=None),
        samples.sourced(id="r2", type=ReactionType.CALL_CEASEFIRE, quote="Stop this at once.", outlets=("A",)),
        samples.sourced(id="r3", type=ReactionType.EXPRESS_CONCERN, quote=None, outlets=("A",)),
    )
    for terminal in (True, False):
        text = printed(lambda c: show_digest(c, edition, samples.names, samples.now), terminal=terminal)
        assert (
            text.index("condemns")
            < text.index("calls for a ceasefire")
            < text.index("Stop this at once.")
            < text.index("voices concern")
        )


def test_a_digest_tells_the_same_act_towards_the_same_targets_once(samples):
    edition = samples.edition(
        samples.sourced(outlets=("A", "B")),
        samples.sourced(id="r2", outlets=("B", "C"), quote=None),
        samples.sourced(id="r3", targets=("ARM",), outlets=("A",), quote=None),
    )
    text = printed(lambda c: show_digest(c, edition, samples.names, samples.now), terminal=False)
    assert text.count("condemns → Azerbaijan (3 outlets)") == 1
    assert text.count("condemns → Armenia (1 outlet)") == 1
