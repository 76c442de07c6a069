from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import discord
import pytest

from bot.discord.client import Communique
from bot.discord.digests import DigestRenderer
from bot.discord.dossier import dossier_embed
from bot.discord.drafts import Draft, draft_embed
from bot.discord.explaining import why_embed
from bot.discord.feedlist import feed_health, feed_list
from bot.discord.listing import page_embed
from bot.discord.profile import profile_embed
from bot.discord.services import Services
from bot.discord.words import words_in
from bot.domain.decisions import Rules, Verdict
from bot.domain.digests import Mover
from bot.domain.entries import FeedDocument
from bot.domain.errors import FeedUnavailable
from bot.domain.feeds import Feed, Listing
from bot.domain.reactions import Reaction, Record, Report
from bot.domain.stories import Story
from bot.domain.subscriptions import ChannelKind, Filters
from bot.domain.urls import canonical_url
from bot.feeds.opml import read_opml, write_opml
from bot.usecases.administer import Administrator
from bot.usecases.amend import Amender
from bot.usecases.curate import Curator
from bot.usecases.ports import Fetched, FoundFeed, Life
from bot.usecases.subscribe import Preview, Subscriber


@pytest.fixture(scope="session")
def samples(sampling) -> Any:
    return sampling.Samples()


class Network:
    """A feed source that knows what it was told of."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[FoundFeed, ...]] = {}
        self.documents: dict[str, FeedDocument] = {}
        self.fetches = 0

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        return self.pages.get(url, (FoundFeed(url=url),) if url in self.documents else ())

    async def fetch(self, feed: Feed) -> Fetched:
        self.fetches += 1
        if feed.url not in self.documents:
            raise FeedUnavailable(f"{feed.url} answered 500; it will be asked again")
        return Fetched(document=self.documents[feed.url], latency=0.3)

    async def page(self, url: str) -> None:
        return None


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def services(fake_store, network, samples) -> Services:
    """The use-cases over a store in plain Python and a network of the test's own."""

    def clock() -> datetime:
        return samples.now

    return Services(
        names=samples.names,
        clock=clock,
        archive=fake_store,
        subscriptions=fake_store,
        feeds=fake_store,
        subscriber=Subscriber(subscriptions=fake_store, archive=fake_store, clock=clock),
        curator=Curator(feeds=fake_store, source=network, clock=clock, interval=timedelta(minutes=15)),
        amender=Amender(rounds=fake_store, amendments=fake_store, clock=clock, rules=Rules()),
        guilds=fake_store,
        administrator=Administrator(guilds=fake_store, clock=clock),
        read_list=read_opml,
        write_list=lambda feeds: write_opml(feeds, title="test", created=samples.now),
        feeds_per_guild=3,
    )


@pytest.fixture
def archive(fake_store, samples) -> Callable[..., Reaction]:
    """Return a way to put a reaction, reported by one item of one feed, into the store."""

    def put(name: str = "r1", *, guild: str = "", outlet: str = "Rhône Matin", **changes: object) -> Reaction:
        rows = fake_store.rows
        reaction = samples.reaction(id=name, story_id=f"story of {name}", outlets=(outlet,), **changes)
        feed = Feed(
            id=f"feed of {outlet}",
            url=f"https://{len(outlet)}.example/rss",
            title=outlet,
            added_at=samples.now,
            next_poll_at=samples.now,
        )
        rows.feeds[feed.id] = feed
        rows.listings[feed.id, guild] = Listing(feed_id=feed.id, guild_id=guild, added_by="x", added_at=samples.now)
        item = samples.item(
            id=f"item of {name}",
            canonical_url=canonical_url("https://rhone-matin.example/paris-condemns"),
            feed_id=feed.id,
            outlet=outlet,
            language="en",
            relevant=True,
            story_id=reaction.story_id,
        )
        rows.items[item.id] = item
        rows.reactions[name] = reaction
        rows.stories[reaction.story_id] = Story(
            id=reaction.story_id,
            title=item.title,
            first_item_id=item.id,
            started_at=samples.now,
            last_item_at=samples.now,
            outlets=(outlet,),
        )
        record = Record(
            actor=reaction.actor,
            type=reaction.type,
            targets=reaction.targets,
            speaker=reaction.speaker,
            role=reaction.role,
            quote=reaction.quote,
            evidence=reaction.evidence,
            start=0,
            end=len(reaction.evidence),
            cue="condemned",
            rule="condemn/verb",
            tier=reaction.tier,
            confidence=0.9,
        )
        rows.reports[f"report of {name}"] = Report(
            id=f"report of {name}",
            item_id=item.id,
            reaction_id=name,
            record=record,
            outlet=outlet,
            language="en",
            reported_at=reaction.first_reported_at,
            reason="new",
        )
        return reaction

    return put


@pytest.fixture
def simcord_bot(services) -> Communique:
    return Communique(services)


@dataclass
class Place:
    """A server with a channel, and one of each who may come by."""

    guild: Any
    channel: Any
    member: Any
    manager: Any


@pytest.fixture
def place(simcord_env) -> Place:
    guild = simcord_env.create_guild("Newsroom")
    channel = guild.create_text_channel("news")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    member = guild.add_member(simcord_env.create_user("member"))
    manager = guild.add_member(simcord_env.create_user("manager"), roles=[managers])
    return Place(guild=guild, channel=channel, member=member, manager=manager)


def _everything(samples: Any, text: str, many: int) -> list[discord.Embed]:
    """Return every kind of answer about reactions, filled with this text."""
    sourced = [
        replace(
            samples.sourced(
                id=f"r{number}", quote=text, evidence=text, speaker=text, role=text, outlets=(text, "x", "y")
            ),
            sources=(
                replace(samples.source(), outlet=text + str(number), title=text, link="https://a.example/" + text),
            ),
        )
        for number in range(many)
    ]
    reactions = tuple(sourced)
    item = samples.item(title=text, outlet=text, relevance=text, story_reason=text, relevant=True)
    report = Report(
        id="p",
        item_id=item.id,
        reaction_id="r0",
        record=Record(
            actor="OTHER",
            type=reactions[0].reaction.type,
            speaker=text,
            evidence=text,
            start=0,
            end=1,
            cue=text[:40],
            rule=text,
            tier=reactions[0].reaction.tier,
            confidence=1.0,
        ),
        outlet=text,
        language="en",
        reported_at=samples.now,
    )
    feed = Feed(
        id="f",
        url="https://f.example/",
        title=text,
        added_at=samples.now,
        next_poll_at=samples.now,
        failures=1,
        last_error=text,
    )
    verdict = Verdict(item_id=item.id, subscription_id="s", alerted=False, reason=text, at=samples.now)
    life = Life(
        item=item,
        feed=feed,
        story=None,
        original=None,
        revisions=(),
        reports=(report,) * many,
        reactions=reactions,
        alerts=(),
        verdicts=(verdict,) * many,
    )
    words, names = words_in("ru"), samples.names
    filters = Filters(outlets=frozenset({text}), include=(text,) * 3, exclude=(text,) * 3)
    draft = Draft(channel_id="1", kind=ChannelKind.TEXT, guild_id="1", filters=filters)
    edition = samples.edition(*reactions, movers=(Mover(actor="FRA", before=0.0, now=1.0),) * many)
    return [
        page_embed("T", reactions[:5], names, words, offset=0, total=many),
        dossier_embed(reactions, names, words),
        profile_embed("FRA", reactions, names, words, samples.now + timedelta(days=1)),
        why_embed(life, (text,) * many, life.verdicts, names, words),
        feed_health("T", (feed,) * many, names, words),
        feed_list("T", (feed,) * many, words, own=frozenset({"f"})),
        draft_embed(
            draft,
            Preview(reactions=reactions),
            names,
            words,
            now=samples.now,
            warnings=("W" * 200,) * 4,
        ),
        *DigestRenderer(names).render(edition),
    ]


@pytest.fixture(scope="session")
def everything(samples) -> Callable[[str, int], list[discord.Embed]]:
    """Return what makes every kind of answer about so many reactions, filled with a text."""
    return partial(_everything, samples)
