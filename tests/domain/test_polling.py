"""When a feed is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import Feed, FeedStatus, feed_id
from bot.domain.polling import (
    LONGEST_WAIT,
    Answer,
    PollingRules,
    after_answer,
    after_failure,
    after_refusal,
    owes_failure_notice,
    owes_recovery_notice,
    rhythm_of,
)

NOW = datetime(2023, 9, 19, 12, tzinfo=UTC)
RULES = PollingRules(min_interval=timedelta(minutes=5), max_interval=timedelta(hours=6))
URL = "https://example.org/feed"
MIDDLE = 0.5


def a_feed(**changes: object) -> Feed:
    feed = Feed(id=feed_id(URL), url=URL, added_at=NOW - timedelta(days=9), next_poll_at=NOW)
    return replace(feed, **changes)  # type: ignore[arg-type]


def every(gap: timedelta, count: int = 12) -> tuple[datetime, ...]:
    return tuple(NOW - gap * number for number in range(count))


def wait_of(feed: Feed) -> timedelta:
    return feed.next_poll_at - NOW


def test_answer_makes_a_failing_feed_healthy_and_keeps_its_validators() -> None:
    sick = a_feed(failures=4, failing_since=NOW - timedelta(hours=1), last_error="timed out")
    well = after_answer(
        sick,
        Answer(etag='W/"x"', last_modified="yesterday", body_hash="h", latency=0.2, new_items=3),
        now=NOW,
        rules=RULES,
    )
    assert (well.failures, well.failing_since, well.last_error) == (0, None, None)
    assert (well.etag, well.last_modified, well.body_hash, well.latency) == ('W/"x"', "yesterday", "h", 0.2)
    assert (well.items_seen, well.last_new_item_at, well.last_success_at) == (3, NOW, NOW)


def test_busy_feed_is_asked_at_the_least_interval() -> None:
    busy = after_answer(
        a_feed(), Answer(new_items=1, published=every(timedelta(minutes=2))), now=NOW, rules=RULES, jitter=MIDDLE
    )
    assert wait_of(busy) == RULES.min_interval


def test_interval_follows_the_feeds_own_rhythm() -> None:
    hourly = Answer(new_items=1, published=every(timedelta(hours=1)))
    feed = a_feed(interval=timedelta(hours=3))
    assert after_answer(feed, hourly, now=NOW, rules=RULES).interval == timedelta(minutes=30)


def test_batch_of_items_with_one_time_counts_once() -> None:
    batch = (NOW,) * 20 + (NOW - timedelta(hours=4),) * 20 + (NOW - timedelta(hours=8),)
    assert rhythm_of(batch) == timedelta(hours=4)


def test_two_items_tell_no_rhythm() -> None:
    assert rhythm_of((NOW, NOW - timedelta(hours=1))) is None


def test_quiet_feed_is_asked_less_often_but_never_beyond_the_bound() -> None:
    feed = a_feed(last_new_item_at=NOW - timedelta(days=30), last_success_at=NOW)
    intervals = []
    for _ in range(40):
        feed = after_answer(feed, Answer(), now=NOW, rules=RULES)
        intervals.append(feed.interval)
    assert intervals == sorted(intervals)
    assert intervals[-1] == RULES.max_interval


def test_feed_that_had_news_a_while_ago_is_not_asked_much_less_often_yet() -> None:
    feed = a_feed(last_new_item_at=NOW - timedelta(hours=2), interval=timedelta(minutes=14))
    assert after_answer(feed, Answer(), now=NOW, rules=RULES).interval == timedelta(minutes=15)


def test_several_new_items_at_once_say_that_we_came_late() -> None:
    feed = a_feed(interval=timedelta(hours=1), last_success_at=NOW - timedelta(hours=1))
    assert after_answer(feed, Answer(new_items=4), now=NOW, rules=RULES).interval == timedelta(minutes=15)


@pytest.mark.parametrize("wish", ["fresh_for", "wish"])
def test_headers_and_document_may_ask_for_patience_within_bounds(wish: str) -> None:
    patient = after_answer(a_feed(), Answer(**{wish: timedelta(hours=2)}), now=NOW, rules=RULES)  # type: ignore[arg-type]
    assert wait_of(patient) == timedelta(hours=2)
    forever = after_answer(a_feed(), Answer(**{wish: timedelta(days=90)}), now=NOW, rules=RULES)  # type: ignore[arg-type]
    assert wait_of(forever) == RULES.max_interval


def test_moved_feed_has_its_new_address_and_its_old_id() -> None:
    moved = after_answer(a_feed(), Answer(moved_to="https://example.org/new"), now=NOW, rules=RULES)
    assert (moved.url, moved.id) == ("https://example.org/new", feed_id(URL))


def test_what_the_operator_named_is_not_renamed_by_the_document() -> None:
    answer = Answer(title="Feed of Example", homepage="https://example.org/", language="en")
    assert after_answer(a_feed(title="Ours"), answer, now=NOW, rules=RULES).title == "Ours"
    assert after_answer(a_feed(), answer, now=NOW, rules=RULES).title == "Feed of Example"


def test_first_failure_is_retried_within_a_minute_or_so() -> None:
    failed = after_failure(a_feed(), "timed out", now=NOW, rules=RULES)
    assert wait_of(failed) <= timedelta(minutes=1, seconds=10)
    assert (failed.failures, failed.failing_since, failed.last_error) == (1, NOW, "timed out")
    assert failed.status is FeedStatus.ACTIVE


def test_failures_double_the_wait_up_to_the_longest_interval() -> None:
    feed, waits = a_feed(), []
    for _ in range(20):
        feed = after_failure(feed, "away", now=NOW, rules=RULES)
        waits.append(wait_of(feed))
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == RULES.max_interval
    assert feed.status is FeedStatus.ACTIVE


def test_failing_since_names_the_first_failure() -> None:
    once = after_failure(a_feed(), "a", now=NOW, rules=RULES)
    again = after_failure(once, "b", now=NOW + timedelta(hours=1), rules=RULES)
    assert again.failing_since == NOW


def test_server_that_names_a_time_is_asked_then() -> None:
    asked = after_failure(a_feed(), "429", now=NOW, rules=RULES, retry_after=timedelta(hours=3))
    assert wait_of(asked) == timedelta(hours=3)


def test_retry_after_is_clamped_both_ways() -> None:
    eager = after_failure(a_feed(), "429", now=NOW, rules=RULES, retry_after=timedelta(0))
    assert wait_of(eager) >= RULES.min_interval
    endless = after_failure(a_feed(), "429", now=NOW, rules=RULES, retry_after=timedelta(days=365))
    assert wait_of(endless) == LONGEST_WAIT


def test_refusal_keeps_the_feed_and_asks_seldom() -> None:
    feed = a_feed()
    for _ in range(30):
        feed = after_refusal(feed, "403", now=NOW, rules=RULES)
    assert feed.status is FeedStatus.ACTIVE
    assert wait_of(feed) == RULES.max_interval


def test_gone_retires_the_feed() -> None:
    assert after_refusal(a_feed(), "410", now=NOW, rules=RULES, gone=True).status is FeedStatus.RETIRED


def test_admins_are_owed_one_notice_after_a_day_and_one_when_it_is_back() -> None:
    failing = after_failure(a_feed(), "away", now=NOW, rules=RULES)
    assert not owes_failure_notice(failing, now=NOW + timedelta(hours=23))
    assert owes_failure_notice(failing, now=NOW + timedelta(hours=24))
    told = replace(failing, admins_told_at=NOW + timedelta(hours=24))
    assert not owes_failure_notice(told, now=NOW + timedelta(days=3))
    assert not owes_recovery_notice(told)
    assert owes_recovery_notice(after_answer(told, Answer(), now=NOW, rules=RULES))


@given(
    interval=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)),
    failures=st.integers(0, 10_000),
    jitter=st.floats(0, 1),
    new_items=st.integers(0, 5000),
    gap=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900)),
    promise=st.none() | st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=31)),
)
def test_no_answer_or_failure_makes_a_feed_hammered_or_forgotten(
    interval: timedelta, failures: int, jitter: float, new_items: int, gap: timedelta, promise: timedelta | None
) -> None:
    """Every next poll lies between half a minute and the longest interval with its jitter, or what a server asked for."""
    feed = a_feed(interval=interval, failures=failures)
    answer = Answer(new_items=new_items, published=every(gap, 5), fresh_for=promise)
    answered = after_answer(feed, answer, now=NOW, rules=RULES, jitter=jitter)
    assert RULES.min_interval * 0.9 <= wait_of(answered) <= RULES.max_interval * 1.1
    assert RULES.min_interval <= answered.interval <= RULES.max_interval
    failed = after_failure(feed, "away", now=NOW, rules=RULES, retry_after=promise, jitter=jitter)
    longest = max(RULES.max_interval, interval, promise or timedelta())
    assert timedelta(seconds=50) <= wait_of(failed) <= longest * 1.1
    refused = after_refusal(feed, "403", now=NOW, rules=RULES, jitter=jitter)
    assert RULES.min_interval * 0.9 <= wait_of(refused) <= RULES.max_interval * 1.1


def test_jitter_moves_polls_apart_by_a_tenth() -> None:
    early, late = (
        wait_of(after_answer(a_feed(), Answer(), now=NOW, rules=RULES, jitter=chance)) for chance in (0.0, 1.0)
    )
    assert early < late
    assert late - early == after_answer(a_feed(), Answer(), now=NOW, rules=RULES).interval * 0.2
