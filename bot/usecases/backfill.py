"""Backfill: run documents of the past through the whole pipeline, as if polled when they were published."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.alerts import AlertStatus
from bot.domain.analyst import Analyst, read_if_relevant
from bot.domain.feeds import Feed, FeedKind, FeedStatus, Listing, feed_id
from bot.domain.subscriptions import CONSOLE
from bot.domain.triage import Draft, Known, Rules, Triage, drafts, lookups, triage
from bot.usecases.past import PastEntry
from bot.usecases.ports import Case, Clock, Feeds, Round, Rounds, Ruling

# Items written in one transaction: enough to be fast, few enough to lose little when the plug is pulled.
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a backfill has come to so far."""

    items: int = 0
    relevant_items: int = 0
    reactions: int = 0
    alerts: int = 0

    def plus(self, decided: Triage) -> Replayed:
        """Return the sum with one more run."""
        return Replayed(
            items=self.items + decided.new_items,
            relevant_items=self.relevant_items + sum(item.relevant for item in decided.items),
            reactions=self.reactions + len(decided.reactions),
            alerts=self.alerts + len(decided.alerts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfiller:
    """Judges past entries in the order of publication. With `alert_console` false every alert is kept, suppressed."""

    rounds: Rounds
    feeds: Feeds
    analyst: Analyst
    clock: Clock
    rules: Rules
    alert_console: bool = False

    async def replay(self, past: Sequence[PastEntry]) -> AsyncIterator[Replayed]:
        """Write all entries, a batch at a time, and yield what has come of them so far."""
        total = Replayed()
        feeds = await self._feeds_of(past)
        ordered = self._drafted(past, feeds)
        for start in range(0, len(ordered), BATCH):
            async with self.rounds.round() as round_:
                for url, run in _runs(ordered[start : start + BATCH]):
                    total = total.plus(await self._judge(round_, feeds[url], run))
            yield total

    async def _judge(self, round_: Round, feed: Feed, run: tuple[Draft, ...]) -> Triage:
        # As if polled at publication: the last of the run is the newest thing known then.
        now = run[-1].item.published

        def decide(known: Known) -> Ruling:
            return Ruling(triage=self._muted(triage(run, feed, known, self.rules, now)), at=now)

        (ruling,) = await round_.settle([Case(wanted=lookups(run, feed, self.rules), decide=decide)])
        assert ruling is not None
        return ruling.triage

    def _muted(self, decided: Triage) -> Triage:
        alerts = tuple(
            alert
            if alert.status is not AlertStatus.OWED or (self.alert_console and alert.channel_id == CONSOLE)
            else replace(alert, status=AlertStatus.SUPPRESSED, reason="replayed, not polled")
            for alert in decided.alerts
        )
        return replace(decided, alerts=alerts)

    async def _feeds_of(self, past: Iterable[PastEntry]) -> dict[str, Feed]:
        """Return the stored feed of each address; one that is new is stored paused, so that nobody polls it."""
        feeds = {}
        now = self.clock()
        for url, title in {each.feed_url: each.feed_title for each in past}.items():
            feed = Feed(
                id=feed_id(url),
                url=url,
                title=title,
                kind=FeedKind.UNKNOWN,
                status=FeedStatus.PAUSED,
                added_at=now,
                next_poll_at=now,
            )
            listing = Listing(feed_id=feed.id, added_by="replay", added_at=now)
            await self.feeds.add_feed(feed, listing)
            feeds[url] = await self.feeds.feed(feed.id)
        return feeds

    def _drafted(self, past: Iterable[PastEntry], feeds: dict[str, Feed]) -> list[tuple[str, Draft]]:
        drafted = []
        latest = datetime.min.replace(tzinfo=self.clock().tzinfo)
        for each in past:
            # An undated entry stands where its document has it: after the one before.
            when = each.entry.published or each.entry.updated or (latest if latest.year > 1 else self.clock())
            latest = when
            drafted += [
                (each.feed_url, replace(draft, reading=read_if_relevant(self.analyst, draft.item.article)))
                for draft in drafts((each.entry,), feeds[each.feed_url], when)
            ]
        drafted.sort(key=lambda pair: (pair[1].item.published, pair[1].item.id))
        return drafted


def _runs(ordered: Sequence[tuple[str, Draft]]) -> Iterable[tuple[str, tuple[Draft, ...]]]:
    """Yield neighbours of one feed together: a run is judged in one go, which is the same as one by one."""
    run: list[Draft] = []
    for index, (url, draft) in enumerate(ordered):
        run.append(draft)
        if index + 1 == len(ordered) or ordered[index + 1][0] != url:
            yield url, tuple(run)
            run = []
