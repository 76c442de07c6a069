"""One story, one reaction, one alert: whatever feeds do to what they publish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.alerts import AlertStatus

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
CONDEMNS = "Paris speaks out [FRA condemn AZE]"


def test_a_new_item_is_stored_grouped_coded_and_owed_once(memory, entry, feed):
    decided = memory.poll(feed(), [entry(CONDEMNS)])

    assert decided.new_items == 1
    (item,) = memory.items.values()
    assert item.relevant
    assert item.story_id in memory.stories
    (reaction,) = memory.reactions.values()
    assert (reaction.actor, reaction.type, reaction.targets, reaction.outlets) == (
        "FRA",
        "condemn",
        ("AZE",),
        ("Outlet A",),
    )
    (alert,) = memory.alerts.values()
    assert alert.reactions == (reaction.id,)
    assert alert.status is AlertStatus.OWED


def test_a_second_poll_owes_nothing(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])

    again = memory.poll(feed(), [entry(CONDEMNS)], NOON + timedelta(minutes=15))

    assert again.new_items == 0
    assert again.alerts == again.items == again.verdicts == ()
    assert again.seen_again == tuple(memory.items)
