"""How many items a second the store takes in: feeds of new items, one round each, everything that comes with them.

    python benchmarks/store_rounds.py [--url URL] [--feeds 1000] [--items 30] [--relevant 1.0] [--profile]

Each relevant item brings a fingerprint of 20 keys, a story, a reaction, a report, an alert and its verdict; the others
are remembered only. A round recalls what a poll recalls (guids, URLs, hashes, keys, acts), writes, and saves its feed.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot.domain.alerts import Alert, alert_id
from bot.domain.feeds import Feed, Listing, feed_id
from bot.domain.identity import content_id
from bot.domain.items import Item
from bot.domain.reactions import Reaction, ReactionType, Record, Report, Tier, reaction_id, report_id
from bot.domain.stories import Fingerprint, Story, story_id
from bot.domain.triage import Lookups, Triage, Verdict
from bot.store.store import Store

NOW = datetime(2023, 9, 19, 12, tzinfo=UTC)
ACTORS = ("ARM", "AZE", "RUS", "FRA", "USA", "TUR", "EU", "UN", "IRN", "GEO", "DEU", "NKR", "OTHER", "NGO")
TYPES = tuple(ReactionType)
TEXT = "The foreign ministry said on Tuesday that shelling along the road had not stopped since the morning. " * 6


def batch(feed: Feed, number: int, items: int, relevant: float, chance: random.Random) -> tuple[Lookups, Triage]:
    """Return the look-ups and the outcome of one poll that finds only new items."""
    made = [_item(feed, number, position, relevant=chance.random() < relevant) for position in range(items)]
    told = [_told(item, chance) for item in made if item.relevant]
    prints = [each[0] for each in told]
    reports = [each[3] for each in told]
    wanted = Lookups(
        feed_id=feed.id,
        guids=frozenset(item.guid for item in made if item.guid),
        urls=frozenset(item.canonical_url for item in made if item.canonical_url),
        content_hashes=frozenset(item.content_hash for item in made),
        keys=frozenset(key for each in prints for key in each.keys),
        published_from=NOW - timedelta(days=400),
        published_until=NOW + timedelta(days=400),
        acts=frozenset((report.record.actor, report.record.type) for report in reports),
        reported_from=made[0].published - timedelta(hours=1),
    )
    decided = Triage(
        items=tuple(made),
        fingerprints=tuple(prints),
        stories=tuple(each[1] for each in told),
        reactions=tuple(each[2] for each in told),
        reports=tuple(reports),
        alerts=tuple(each[4] for each in told),
        verdicts=tuple(each[5] for each in told),
        new_items=len(made),
    )
    return wanted, decided


def _item(feed: Feed, number: int, position: int, *, relevant: bool) -> Item:
    name = f"{number}-{position}"
    item_id = content_id("item", feed.id, name)
    published = NOW + timedelta(seconds=number * 7 + position)
    return Item(
        id=item_id,
        feed_id=feed.id,
        guid=f"https://{number % 50}.example.org/news/2023/09/19/{name}",
        link=f"https://{number % 50}.example.org/news/2023/09/19/{name}?utm_source=rss",
        canonical_url=f"https://{number % 50}.example.org/news/2023/09/19/{name}",
        content_hash=content_id("hash", name),
        title=f"Ministry calls for calm on the road, report number {name}",
        summary=TEXT[:200],
        content=TEXT,
        language="en",
        outlet=feed.title,
        published=published,
        first_seen_at=published,
        last_seen_at=published,
        relevant=relevant,
        relevance="names Lachin",
        story_id=story_id(item_id) if relevant else None,
        story_reason="first of its story",
    )


def _told(item: Item, chance: random.Random) -> tuple[Fingerprint, Story, Reaction, Report, Alert, Verdict]:
    """Return what a relevant item brings with it."""
    record = Record(
        actor=chance.choice(ACTORS),
        type=chance.choice(TYPES),
        targets=(chance.choice(ACTORS),),
        speaker="Spokesperson",
        quote="We call on all sides to stop the shelling at once and to open the road",
        evidence=TEXT[:160],
        start=0,
        end=160,
        cue="call",
        rule="en.call",
        tier=Tier.ALERT,
        confidence=0.9,
    )
    story = Story(
        id=story_id(item.id),
        title=item.title,
        first_item_id=item.id,
        started_at=item.published,
        last_item_at=item.published,
        outlets=(item.outlet,),
    )
    fingerprint = Fingerprint(
        item_id=item.id,
        story_id=story.id,
        feed_id=item.feed_id,
        published=item.published,
        title=item.title,
        language="en",
        actors=("ARM", "AZE"),
        acts=(f"{record.actor}:{record.type}",),
        numbers=("19",),
        terms=("shelling", "road"),
        signature=chance.randbytes(128),
        # Two of the keys are shared by many, as those of stock phrases are.
        keys=(*(chance.getrandbits(63) for _ in range(18)), chance.randrange(500), 1000 + chance.randrange(50)),
    )
    reaction = Reaction(
        id=reaction_id(item.id, record),
        story_id=story.id,
        actor=record.actor,
        type=record.type,
        targets=record.targets,
        speaker=record.speaker,
        quote=record.quote,
        evidence=record.evidence,
        tier=record.tier,
        first_reported_at=item.published,
        last_reported_at=item.published,
        outlets=(item.outlet,),
        languages=("en",),
    )
    report = Report(
        id=report_id(item.id, record),
        item_id=item.id,
        reaction_id=reaction.id,
        record=record,
        outlet=item.outlet,
        language="en",
        reported_at=item.published,
        reason="first report of it",
    )
    alert = Alert(
        id=alert_id("console", item.id, (reaction.id,)),
        subscription_id="console",
        channel_id="console",
        item_id=item.id,
        story_id=story.id,
        reactions=(reaction.id,),
        created_at=item.published,
        next_attempt_at=item.published,
    )
    verdict = Verdict(
        item_id=item.id,
        subscription_id="console",
        reaction_id=reaction.id,
        alerted=True,
        reason="new",
        at=item.published,
    )
    return fingerprint, story, reaction, report, alert, verdict


def feed_number(number: int) -> Feed:
    """Return one of any number of feeds."""
    url = f"https://{number}.example.org/rss"
    return Feed(id=feed_id(url), url=url, title=f"Outlet {number}", added_at=NOW, next_poll_at=NOW)


async def measure(url: str, feeds: int, items: int, relevant: float, profile: cProfile.Profile | None) -> None:
    """Poll each feed once and print what it cost."""
    chance = random.Random(7)
    store = await Store.open(url)
    all_feeds = [feed_number(number) for number in range(feeds)]
    for feed in all_feeds:
        await store.add_feed(feed, Listing(feed_id=feed.id, added_by="benchmark", added_at=NOW))
    recalls, records, commits = [], [], []
    for number, feed in enumerate(all_feeds):
        wanted, decided = batch(feed, number, items, relevant, chance)
        if profile:
            profile.enable()
        started = perf_counter()
        async with store.round() as round_:
            await round_.recall(wanted)
            recalled = perf_counter()
            await round_.record(decided, NOW)
            await round_.save_feeds([feed])
            recorded = perf_counter()
        ended = perf_counter()
        if profile:
            profile.disable()
        recalls.append(recalled - started)
        records.append(recorded - recalled)
        commits.append(ended - recorded)
    await store.aclose()
    total = sum(recalls) + sum(records) + sum(commits)
    print(
        f"{feeds} rounds of {items} items, {relevant:.0%} relevant: {total:.2f} s, {feeds * items / total:,.0f} items/s"
    )
    for name, times in (("recall", recalls), ("record", records), ("commit", commits)):
        times.sort()
        print(f"  {name}: mean {sum(times) / feeds * 1e3:.2f} ms, p99 {times[int(feeds * 0.99)] * 1e3:.2f} ms a round")


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="default: an SQLite file of its own")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--relevant", type=float, default=1.0)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    profile = cProfile.Profile() if asked.profile else None
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'rounds.db'}"
        asyncio.run(measure(url, asked.feeds, asked.items, asked.relevant, profile))
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
