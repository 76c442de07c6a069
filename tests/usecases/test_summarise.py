"""After an outage: a summary of what is older, and then the newest alerts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newsroom import Crash, entry

from bot.domain.alerts import AlertStatus
from bot.domain.backlog import BacklogRules

FEED = "https://outlet.example/rss"
CODES = ("FRA", "DEU", "USA", "IRN", "GBR", "TUR", "RUS", "GEO", "ITA", "POL")
OUTAGE = timedelta(hours=2)


@pytest.fixture
async def after_an_outage(newsroom):
    """Ten alerts that have waited for two hours, in a channel that takes four messages at a time like this."""
    newsroom.backlog = BacklogRules(most=4)
    await newsroom.subscribe()
    acts = [entry(f"Karabakh {n}: {code} condemn AZE", guid=f"g{n}", hours_ago=10 - n) for n, code in enumerate(CODES)]
    await newsroom.publish(FEED, *acts)
    await newsroom.poll()
    newsroom.clock.now += OUTAGE
    return newsroom


async def alerts_of(newsroom) -> list:
    return [alert async for alert in newsroom.store.export_alerts()]


async def test_a_backlog_is_told_in_one_message_and_the_newest_alerts_follow_in_order(after_an_outage) -> None:
    newsroom = after_an_outage
    assert (await newsroom.deliver()).posted == 4
    alerts = await alerts_of(newsroom)
    assert [alert.status for alert in alerts] == [AlertStatus.SUPPRESSED] * 7 + [AlertStatus.POSTED] * 3
    summary, *rest = newsroom.markers()
    assert rest == [alert.id for alert in alerts[7:]]
    assert all(summary in alert.reason for alert in alerts[:7])


async def test_the_summary_tells_just_what_its_alerts_would_have_told(after_an_outage) -> None:
    newsroom = after_an_outage
    editions = []
    original = newsroom.discord.post_digest

    async def post_digest(edition):
        editions.append(edition)
        return await original(edition)

    newsroom.discord.post_digest = post_digest
    await newsroom.deliver()
    (edition,) = editions
    assert {each.reaction.actor for each in edition.reactions} == set(CODES[:7])
    assert (edition.items, edition.movers) == (7, ())


async def test_what_was_summarised_is_not_alerted_later_either(after_an_outage) -> None:
    newsroom = after_an_outage
    await newsroom.deliver()
    newsroom.clock.pass_(hours=1)
    await newsroom.poll()
    assert (await newsroom.deliver()).posted == 0


async def test_a_summary_is_made_once_whatever_happens_to_its_message(after_an_outage) -> None:
    newsroom = after_an_outage
    for moment in ("lost after", "unavailable", "crash after"):
        newsroom.discord.plan = lambda _, moment=moment: moment
        try:
            await newsroom.deliver()
        except Crash:
            newsroom.restart()
        newsroom.clock.pass_(minutes=10)
    newsroom.discord.plan = lambda _: None
    await newsroom.deliver()
    assert len(newsroom.markers()) == 4
    assert len(set(newsroom.markers())) == 4


@pytest.mark.parametrize("taken", [0, 1, 6])
async def test_a_crash_while_folding_loses_nothing_and_repeats_nothing(after_an_outage, taken: int) -> None:
    newsroom = after_an_outage
    save, saved = newsroom.store.save_alert, 0

    async def save_alert(alert, *, expected=None) -> bool:
        nonlocal saved
        if alert.status is AlertStatus.SUPPRESSED:
            if saved == taken:
                raise Crash
            saved += 1
        return await save(alert, expected=expected)

    newsroom.store.save_alert = save_alert
    with pytest.raises(Crash):
        await newsroom.deliver()
    newsroom.store.save_alert = save
    newsroom.restart()
    newsroom.clock.pass_(minutes=5)
    told: list[str] = []
    original = newsroom.discord.post_digest

    async def post_digest(edition):
        told.extend(each.reaction.actor for each in edition.reactions)
        return await original(edition)

    newsroom.discord.post_digest = post_digest
    await newsroom.deliver()
    posted = [alert for alert in await alerts_of(newsroom) if alert.status is AlertStatus.POSTED]
    assert sorted([*told, *(CODES[int(alert.created_at.microsecond)] for alert in posted)]) == sorted(CODES)


async def test_without_a_limit_every_alert_is_posted(after_an_outage) -> None:
    newsroom = after_an_outage
    newsroom.backlog = BacklogRules(most=0)
    assert (await newsroom.deliver()).posted == len(CODES)
