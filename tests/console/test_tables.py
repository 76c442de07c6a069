from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from bot.console.coding import show_reading
from bot.console.lives import show_life
from bot.console.outcomes import show_outcomes
from bot.console.tables import (
    Finding,
    filters_in_words,
    show_feeds,
    show_findings,
    show_subscriptions,
    show_tally,
    span,
)
from bot.domain.alerts import Alert, AlertStatus
from bot.domain.analyst import Reading, Relevance
from bot.domain.decisions import Verdict
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.items import Article, Revision
from bot.domain.reactions import ReactionType, Record, Report, Tier
from bot.domain.subscriptions import Filters, Mode, Schedule, SubscriptionStatus
from bot.usecases.poll import Outcome
from bot.usecases.ports import Life, Tally


@pytest.fixture
def feed(samples) -> Feed:
    return Feed(
        id="f1",
        url="https://rhone-matin.example/rss",
        title="Rhône\x1b[2J Matin",
        added_at=samples.now,
        next_poll_at=samples.now + timedelta(minutes=4),
        last_success_at=samples.now - timedelta(minutes=11),
        items_seen=7,
        interval=timedelta(minutes=20),
        latency=0.42,
    )


def told(show, *, terminal: bool = False) -> str:
    out = io.StringIO()
    show(Console(file=out, force_terminal=terminal, width=160))
    return out.getvalue()


def test_feeds_in_a_pipe_are_tab_separated_with_their_health(samples, feed):
    failing = replace(feed, failures=3, failing_since=samples.now - timedelta(hours=5), last_error="answered 500")
    paused = replace(feed, status=FeedStatus.PAUSED)

    lines = told(lambda console: show_feeds(console, [feed, failing, paused], samples.now)).splitlines()

    assert lines[0].split("\t")[0] == "outlet"
    assert lines[1].split("\t")[3:8] == ["well, polled 11 min ago", "in 4 min", "20 min", "0.4 s", "7"]
    assert lines[2].split("\t")[3] == "failing for 5 h: answered 500"
    assert lines[3].split("\t")[3:5] == ["paused", ""]
    assert "\x1b" not in lines[1]


def test_an_empty_list_on_a_terminal_says_what_to_do(samples):
    assert "feeds add" in told(lambda console: show_feeds(console, [], samples.now), terminal=True)


def test_subscriptions_say_what_they_hear_of_when_and_whether(samples):
    subscription = replace(
        samples.message().subscription,
        filters=Filters(actors=frozenset({"FRA"}), types=frozenset({ReactionType.CONDEMN}), min_outlets=2),
        mode=Mode.WEEKLY,
        schedule=Schedule(timezone="Asia/Yerevan", weekday=4),
        status=SubscriptionStatus.PAUSED,
        paused_reason="paused by hand",
    )

    text = told(lambda console: show_subscriptions(console, [subscription], samples.names))

    assert "actors: France; types: condemns; outlets at least: 2" in text
    assert "Fridays at 08:00 Asia/Yerevan" in text
    assert "paused: paused by hand" in text


def test_no_filters_let_everything_through(samples):
    assert filters_in_words(Filters(), samples.names) == "everything"


def test_findings_are_marked_good_or_bad():
    found = [
        Finding(subject="database", good=True, text="reached"),
        Finding(subject="token", good=False, text="is wrong"),
    ]

    assert told(lambda console: show_findings(console, found)).splitlines() == [
        "✓ database: reached",
        "✗ token: is wrong",
    ]


def test_tally_tells_how_long_the_oldest_alert_waits(samples):
    tally = Tally(
        schema_revision="0001",
        feeds_active=3,
        feeds_failing=1,
        subscriptions=2,
        items=10,
        relevant_items=4,
        stories=3,
        reactions=5,
        alerts_waiting=1,
        alerts_posted=9,
        oldest_waiting_since=samples.now - timedelta(minutes=3),
    )

    assert "1, the oldest for 3 min" in told(lambda console: show_tally(console, tally, samples.now))


def test_outcomes_tell_errors_last_and_the_sum(feed):
    good = Outcome(feed=replace(feed, title="Z"), new_items=3, relevant_items=1, reactions=2)
    bad = Outcome(feed=replace(feed, title="A"), error="answered 404")

    lines = told(lambda console: show_outcomes(console, [bad, good])).splitlines()

    assert lines == [
        "✓ Z: 3 new items, 1 relevant, 2 reactions",
        "✗ A: answered 404",
        "2 feeds, 3 new items, 2 reactions; 1 feed failed, the others are unharmed",
    ]


def record(**changes) -> Record:
    made = Record(
        actor="FRA",
        type=ReactionType.CONDEMN,
        targets=("AZE",),
        speaker="Catherine Colonna",
        quote="Nothing can justify it.",
        evidence="Nothing can justify it.",
        start=0,
        end=23,
        cue="condemned",
        rule="condemn",
        tier=Tier.ALERT,
        confidence=0.9,
    )
    return replace(made, **changes)


@pytest.mark.parametrize("terminal", [True, False])
def test_reading_tells_who_did_what_in_whose_words_in_the_order_of_the_text(samples, terminal):
    reading = Reading(
        language="en",
        relevance=Relevance(relevant=True, reason="names Nagorno-Karabakh"),
        records=(record(actor="ARM", start=50, tier=Tier.DIGEST, targets=()), record()),
    )

    text = told(
        lambda console: show_reading(console, "i1", Article(title="A \x1b[2Jtitle"), reading, samples.names),
        terminal=terminal,
    )

    assert text.index("France") < text.index("Armenia")
    assert "“Nothing can justify it.”" in text
    assert "said indirectly" in text
    assert "\x1b[2J" not in text


def test_life_tells_relevance_story_coding_and_why_nobody_was_alerted(samples, feed):
    item = samples.item(relevant=True, relevance="names Nagorno-Karabakh", story_reason="first of its kind")
    report = Report(
        id="p1",
        item_id=item.id,
        reaction_id="r1",
        record=record(),
        outlet="Rhône Matin",
        language="en",
        reported_at=samples.now,
        reason="new",
    )
    life = Life(
        item=item,
        feed=feed,
        story=None,
        original=None,
        revisions=(),
        reports=(report,),
        reactions=(samples.sourced(),),
        alerts=(),
        verdicts=(
            Verdict(item_id=item.id, subscription_id="sub", alerted=False, reason="it is too old", at=samples.now),
        ),
    )

    text = told(lambda console: show_life(console, life, samples.names))

    for shown in ("names Nagorno-Karabakh", "“condemned” (rule condemn", "reported by Rhône Matin", "it is too old"):
        assert shown in text


def test_life_of_what_was_corrected_copied_and_told_elsewhere_says_so(samples, feed):
    item = samples.item(relevant=True, relevance="names Nagorno-Karabakh", title="New title", withdrawn=True)
    earlier = Revision(
        item_id=item.id, content_hash="h", title="Old title", summary="", content="", replaced_at=samples.now
    )
    sourced = samples.sourced()
    copied = replace(sourced.reaction, outlets=("Rhône Matin", "The Wire"), copying=("The Wire",))
    life = Life(
        item=item,
        feed=feed,
        story=None,
        original=None,
        revisions=(earlier, replace(earlier, title="New title")),
        reports=(
            Report(
                id="p1",
                item_id=item.id,
                reaction_id=copied.id,
                record=record(cue=""),
                outlet="Rhône Matin",
                language="en",
                reported_at=samples.now,
            ),
        ),
        reactions=(replace(sourced, reaction=copied),),
        alerts=(
            Alert(
                id="a1",
                subscription_id="s1",
                channel_id="c1",
                item_id="of another outlet",
                story_id="s",
                reactions=(copied.id,),
                status=AlertStatus.POSTED,
                created_at=samples.now,
                next_attempt_at=samples.now,
            ),
        ),
        verdicts=(),
    )

    text = told(lambda console: show_life(console, life, samples.names))

    for shown in (
        "its outlet has corrected it, or taken it back",
        "before: “Old title”",
        "under the same title",
        "reported by Rhône Matin, The Wire (a copy)",
        "with no word that decides (rule condemn",
        "channel c1: told in another item's alert, posted",
    ):
        assert shown in text


def test_life_of_what_is_not_relevant_ends_there(samples, feed):
    item = samples.item(relevant=False, relevance="names no topic")
    life = Life(
        item=item, feed=feed, story=None, original=None, revisions=(), reports=(), reactions=(), alerts=(), verdicts=()
    )

    text = told(lambda console: show_life(console, life, samples.names))

    assert "not relevant: names no topic" in text
    assert "nothing of it is coded or told" in text
    assert "Alerts" not in text


def test_spans_are_told_in_their_largest_unit():
    spans = [span(timedelta(seconds=seconds)) for seconds in (-1, 59, 61, 3_700, 90_000)]
    assert spans == ["0 s", "59 s", "1 min", "1 h", "1 d"]
