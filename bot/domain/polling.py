"""When a feed is asked again: its own rhythm within bounds, patience with trouble, and no more than its server wants.

Pure: `now` and the jitter (0 to 1) are handed in, so that the same answer always gives the same schedule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.domain.feeds import Feed, FeedStatus

# Half the usual distance between two items: so that one waits, on average, a quarter of it.
POLLS_PER_ITEM = 2
# The newest items tell the rhythm; older ones tell what it was.
ITEMS_OF_RHYTHM = 10
# Without news the distance grows by this much a poll, so that a quiet feed costs its server little.
QUIET_GROWTH = 1.25
# A feed that has been quiet for a while may stay so: never wait longer than this part of its silence.
SHARE_OF_SILENCE = 8
# One failure is an accident: the first retry comes soon, the distance doubles from there.
FIRST_RETRY = timedelta(minutes=1)
# However long a server asks us to wait, we look again within this time.
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingRules:
    """The operator's bounds. `jitter_share` spreads feeds apart: the part of the interval that chance may add or take."""

    min_interval: timedelta = timedelta(minutes=5)
    max_interval: timedelta = timedelta(hours=2)
    jitter_share: float = 0.1

    def bounded(self, interval: timedelta) -> timedelta:
        """Return the interval, or the bound that it passes."""
        return max(self.min_interval, min(interval, max(self.max_interval, self.min_interval)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a successful poll brought: the HTTP memory to keep, and what it says about when to come again.

    `published` are the times of the document's items, empty when nothing changed; `new_items` counts those not seen
    before. `entry_marks` replace the feed's, unless they are None. `fresh_for` is what the headers promise, `wish` what
    the document asks for.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    entry_marks: tuple[int, ...] | None = None
    moved_to: str | None = None
    fresh_for: timedelta | None = None
    wish: timedelta | None = None
    latency: float = 0.0
    new_items: int = 0
    published: tuple[datetime, ...] = ()
    title: str = ""
    homepage: str | None = None
    language: str | None = None


def after_answer(feed: Feed, answer: Answer, *, now: datetime, rules: PollingRules, jitter: float = 0.5) -> Feed:
    """Return the feed after it answered, changed or not: healthy, with its next poll.

    What the operator set (title, home page, language) stays; what is missing is taken from the document. The id stays
    when the feed moves: its items are its own.
    """
    interval = next_interval(feed, answer, now=now, rules=rules)
    asked = max((wait for wait in (answer.fresh_for, answer.wish) if wait), default=timedelta())
    wait = max(_spread(interval, rules, jitter), rules.bounded(asked) if asked else timedelta())
    return replace(
        feed,
        url=answer.moved_to or feed.url,
        title=feed.title or answer.title,
        homepage=feed.homepage or answer.homepage,
        language=feed.language or answer.language,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        entry_marks=feed.entry_marks if answer.entry_marks is None else answer.entry_marks,
        interval=interval,
        next_poll_at=now + wait,
        last_polled_at=now,
        last_success_at=now,
        last_new_item_at=now if answer.new_items else feed.last_new_item_at,
        failing_since=None,
        failures=0,
        last_error=None,
        latency=answer.latency,
        items_seen=feed.items_seen + answer.new_items,
    )


def after_failure(
    feed: Feed,
    error: str,
    *,
    now: datetime,
    rules: PollingRules,
    retry_after: timedelta | None = None,
    jitter: float = 0.5,
) -> Feed:
    """Return the feed after passing trouble: asked again soon, then less and less often, never given up.

    A server that names its own time is asked then, within a day, and never sooner than the bounds allow.
    """
    interval = max(feed.interval, rules.min_interval)
    doubled = min(FIRST_RETRY, interval) * 2 ** min(feed.failures, 16)
    wait = _spread(min(doubled, max(rules.max_interval, interval)), rules, jitter)
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_WAIT), rules.min_interval)
    return _failed(feed, error, now=now, wait=wait)


def after_refusal(
    feed: Feed, error: str, *, now: datetime, rules: PollingRules, gone: bool = False, jitter: float = 0.5
) -> Feed:
    """Return the feed after an answer that waiting will not change: asked seldom, and retired when the server said 410.

    A refused feed stays active: sites are moved and put back, and outages speak with wrong statuses. The distance
    doubles from the usual one to the longest.
    """
    if gone:
        return replace(_failed(feed, error, now=now, wait=rules.max_interval), status=FeedStatus.RETIRED)
    doubled = rules.bounded(feed.interval) * 2 ** min(feed.failures, 16)
    return _failed(feed, error, now=now, wait=_spread(rules.bounded(doubled), rules, jitter))


def next_interval(feed: Feed, answer: Answer, *, now: datetime, rules: PollingRules) -> timedelta:
    """Return the distance to the next poll by the feed's own rhythm, within the rules' bounds."""
    rhythm = rhythm_of(answer.published)
    if answer.new_items:
        # Several new items at once say that we came late, whatever their dates claim.
        late = feed.interval / answer.new_items if feed.last_success_at and answer.new_items > 1 else feed.interval
        return rules.bounded(min(late, rhythm / POLLS_PER_ITEM) if rhythm else late)
    grown = feed.interval * QUIET_GROWTH
    if rhythm and not feed.last_new_item_at:
        grown = max(grown, rhythm / POLLS_PER_ITEM)
    if feed.last_new_item_at:
        grown = min(grown, max((now - feed.last_new_item_at) / SHARE_OF_SILENCE, feed.interval))
    return rules.bounded(grown)


def rhythm_of(published: Iterable[datetime]) -> timedelta | None:
    """Return the usual distance between the newest items, or None where fewer than three tell one.

    Items that share a time came as one batch and count as one.
    """
    newest = sorted(set(published), reverse=True)[:ITEMS_OF_RHYTHM]
    if len(newest) < 3:  # noqa: PLR2004 - two distances are the least that can agree
        return None
    gaps = ((later - earlier).total_seconds() for later, earlier in pairwise(newest))
    return timedelta(seconds=median(gaps))


def owes_failure_notice(feed: Feed, *, now: datetime, after: timedelta = timedelta(days=1)) -> bool:
    """Return whether admins should be told, once, that the feed has been failing this long."""
    return feed.failing_since is not None and feed.admins_told_at is None and now - feed.failing_since >= after


def owes_recovery_notice(feed: Feed) -> bool:
    """Return whether admins were told of a failure that is over."""
    return feed.failing_since is None and feed.admins_told_at is not None


def _failed(feed: Feed, error: str, *, now: datetime, wait: timedelta) -> Feed:
    return replace(
        feed,
        next_poll_at=now + wait,
        last_polled_at=now,
        failing_since=feed.failing_since or now,
        failures=feed.failures + 1,
        last_error=error,
    )


def _spread(interval: timedelta, rules: PollingRules, jitter: float) -> timedelta:
    """Return the interval moved by chance, so that feeds added together drift apart."""
    return interval * (1 + rules.jitter_share * (2 * jitter - 1))
