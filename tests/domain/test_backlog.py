"""Which alerts of an outage are told in a summary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import Alert, AlertStatus
from bot.domain.backlog import BacklogRules, folded, is_summary, summary_of, told_in
from bot.domain.digests import Digest, digest_id

NOON = datetime(2023, 9, 20, 12, tzinfo=UTC)
RULES = BacklogRules(most=3, age=timedelta(hours=1))


def alert(number: int, *, hours: float = 2, subscription: str = "s", status: AlertStatus = AlertStatus.OWED) -> Alert:
    """Return an alert that has been waiting for so long."""
    return Alert(
        id=f"a{number}",
        subscription_id=subscription,
        channel_id="c",
        item_id=f"i{number}",
        story_id="t",
        reactions=(f"r{number}",),
        status=status,
        created_at=NOON - timedelta(hours=hours) + timedelta(seconds=number),
        next_attempt_at=NOON,
    )


def fold(*alerts: Alert, rules: BacklogRules = RULES) -> list[list[str]]:
    return [[each.id for each in group] for group in folded(alerts, rules, NOON)]


def test_the_newest_are_kept_so_that_with_the_summary_there_are_as_many_messages_as_the_rules_allow() -> None:
    assert fold(*(alert(number) for number in range(6))) == [["a0", "a1", "a2", "a3"]]


def test_as_many_as_the_rules_allow_are_no_backlog() -> None:
    assert fold(*(alert(number) for number in range(3))) == []
    assert fold(*(alert(number) for number in range(4))) == [["a0", "a1"]]


def test_many_alerts_at_once_are_no_backlog() -> None:
    """A busy hour, or a new feed, is told alert by alert."""
    assert fold(*(alert(number, hours=0.9) for number in range(300))) == []


def test_with_zero_every_alert_is_posted() -> None:
    assert fold(*(alert(number) for number in range(300)), rules=BacklogRules(most=0)) == []


def test_alerts_that_may_have_been_posted_are_not_folded() -> None:
    doubtful = [alert(0, status=AlertStatus.SENDING), alert(1, status=AlertStatus.UNCERTAIN)]
    assert fold(*doubtful, *(alert(number) for number in range(2, 7))) == [["a2", "a3", "a4"]]


def test_each_subscription_of_a_channel_has_its_own_backlog() -> None:
    mixed = [alert(number, subscription="few" if number % 3 == 0 else "many") for number in range(9)]
    assert fold(*mixed) == [["a1", "a2", "a4", "a5"]]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5), st.sampled_from(AlertStatus)), max_size=30))
def test_what_is_folded_is_older_than_what_is_kept_and_nothing_is_folded_twice(drawn) -> None:
    waiting = sorted(
        (alert(number, hours=h, subscription=s, status=status) for number, (s, h, status) in enumerate(drawn)),
        key=lambda each: each.created_at,
    )
    groups = list(folded(waiting, RULES, NOON))
    taken = [each.id for group in groups for each in group]
    assert len(taken) == len(set(taken))
    for group in groups:
        kept = [each for each in waiting if each.subscription_id == group[0].subscription_id and each.id not in taken]
        owed = [each.created_at for each in kept if each.status is AlertStatus.OWED]
        assert all(each.created_at <= min(owed, default=NOON) for each in group)


def test_a_summary_spans_its_alerts_and_is_told_from_a_digest_of_a_slot() -> None:
    alerts = [alert(0), alert(1)]
    summary = summary_of(alerts, NOON)
    assert all(summary.since <= each.created_at < summary.until for each in alerts)
    assert is_summary(summary)
    assert summary.id in told_in(summary)
    assert summary_of(alerts, NOON + timedelta(hours=1)).id == summary.id
    slot = Digest(
        id=digest_id("s", NOON),
        subscription_id="s",
        channel_id="c",
        since=NOON,
        until=NOON,
        created_at=NOON,
        next_attempt_at=NOON,
    )
    assert not is_summary(slot)
