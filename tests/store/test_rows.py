"""Store-then-read gives an equal value: whatever the fields hold, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.alerts import Alert
from bot.domain.digests import Digest
from bot.domain.feeds import Feed
from bot.domain.items import Item
from bot.domain.reactions import Reaction, Record, Report
from bot.domain.stories import Fingerprint, Story
from bot.domain.subscriptions import Subscription
from bot.domain.triage import Lookups, Triage
from bot.store.store import Store

words = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
moments = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
KEYS = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5, unique=True).map(tuple)
# What the type alone does not say.
OWN = {
    (Fingerprint, "keys"): KEYS,
    (Fingerprint, "signature"): st.binary(max_size=8),
}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: words,
    int: st.integers(0, 2**31 - 1),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: moments,
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)),
}


def anything(value_type: type, **fixed: Any) -> st.SearchStrategy[Any]:
    """Return values of this type with anything in every field, except for the fixed ones."""
    drawn = {
        name: OWN[value_type, name] if (value_type, name) in OWN else _anything_of(hint)
        for name, hint in get_type_hints(value_type).items()
        if name not in fixed
    }
    return st.builds(value_type, **drawn, **{name: st.just(value) for name, value in fixed.items()})


def _anything_of(hint: Any) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return st.none() | _anything_of(arguments[0])
    if origin in {tuple, frozenset}:
        return st.lists(_anything_of(arguments[0]), max_size=3).map(origin)
    return st.sampled_from(hint) if issubclass(hint, StrEnum) else anything(hint)


@pytest.fixture
def stored(store_url: str, make: Any) -> Any:
    """Run a test's questions in a loop of its own: Hypothesis calls it many times."""
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(store_url))
        runner.run(store.add_feed(make.feed(), make.listing()))
        runner.run(_write(store, Triage(items=(make.item(),), reactions=(make.reaction(),))))
        yield store, runner.run
        runner.run(store.aclose())


async def _write(store: Store, decided: Triage) -> None:
    async with store.round() as round_:
        await round_.record(decided, datetime(2023, 1, 1, tzinfo=UTC))


async def _recall(store: Store, **wanted: Any) -> Any:
    async with store.round() as round_:
        return await round_.recall(Lookups(**{"feed_id": "feed"} | wanted))


often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(anything(Item, id="item", feed_id="feed"))
def test_an_item_is_read_as_it_was_stored(stored: Any, item: Item) -> None:
    store, run = stored
    run(_write(store, Triage(items=(item,))))
    assert run(store.find_item("item")) == item
    if item.guid is not None:
        assert item in run(store.known_items(feed_id="feed", guids=frozenset({item.guid}), urls=frozenset()))
    assert item in run(_recall(store, content_hashes=frozenset({item.content_hash}))).items


@often
@given(anything(Fingerprint, item_id="item"))
def test_a_fingerprint_is_read_as_it_was_stored(stored: Any, fingerprint: Fingerprint) -> None:
    store, run = stored
    run(_write(store, Triage(fingerprints=(fingerprint,))))
    for key in fingerprint.keys:
        assert run(_recall(store, keys=((key,),))).fingerprints == (fingerprint,)


@often
@given(anything(Reaction, id="reaction", story_id="story"), anything(Story, id="story"), st.data())
def test_a_reaction_its_story_and_its_report_are_read_as_they_were_stored(
    stored: Any, reaction: Reaction, story: Story, data: Any
) -> None:
    store, run = stored
    record = data.draw(anything(Record))
    report = data.draw(anything(Report, id="report", item_id="item", reaction_id="reaction", record=record))
    run(_write(store, Triage(reactions=(reaction,), stories=(story,), reports=(report,))))
    known = run(_recall(store, acts=frozenset({(reaction.actor, reaction.type)})))
    assert known.reactions == (reaction,)
    assert known.stories == (story,)
    assert run(store.life_of("item")).reports == (report,)


@often
@given(anything(Alert, id="alert"), anything(Digest, id="digest", subscription_id="one"))
def test_an_alert_and_a_digest_are_read_as_they_were_stored(stored: Any, alert: Alert, digest: Digest) -> None:
    store, run = stored
    # Ids do not change: everything that an alert may never get again is given once.
    fixed = {
        "subscription_id": "s",
        "channel_id": "c",
        "item_id": "item",
        "story_id": "x",
        "created_at": alert.created_at,
    }
    alert = replace(alert, **fixed, id=f"alert {hash(alert.created_at)}")
    run(_write(store, Triage(alerts=(alert,))))
    run(_write(store, Triage(alerts=(alert,))))
    assert run(store.save_alert(alert))
    assert alert in run(store.life_of("item")).alerts
    digest = replace(digest, id=f"digest {hash(digest)}", subscription_id=f"{hash(digest)}")
    run(store.owe_digest(digest))
    assert run(store.last_digest(digest.subscription_id)) == digest


@often
@given(anything(Subscription, id="subscription"))
def test_a_subscription_is_read_as_it_was_stored(stored: Any, subscription: Subscription) -> None:
    store, run = stored
    if not run(store.subscriptions(include_removed=True)):
        run(store.add_subscription(subscription))
    run(store.save_subscription(subscription))
    assert run(store.subscription("subscription")) == subscription


@often
@given(anything(Feed, id="feed"))
def test_a_feed_is_read_as_it_was_stored(stored: Any, feed: Feed) -> None:
    store, run = stored
    run(store.save_feed(feed))
    assert run(store.feed("feed")) == feed


def test_text_that_no_database_takes_is_stored_with_a_stand_in(stored: Any, make: Any) -> None:
    store, run = stored
    odd = make.item("odd", guid="a\0b", title="half a \ud83d pair", content="NUL \0 inside")
    run(_write(store, Triage(items=(odd,))))
    found = run(store.known_items(feed_id="feed", guids=frozenset({"a\0b"}), urls=frozenset()))
    assert [(item.guid, item.title, item.content) for item in found] == [
        ("a\ufffdb", "half a \ufffd pair", "NUL \ufffd inside")
    ]


def test_a_guid_and_a_url_may_be_longer_than_an_index_entry(stored: Any, make: Any) -> None:
    store, run = stored
    endless = make.item("endless", guid="ю" * 20_000, canonical_url="https://example.org/" + "x" * 20_000)
    run(_write(store, Triage(items=(endless,))))
    assert run(store.find_item("ю" * 20_000)) == endless
    assert run(_recall(store, urls=frozenset({endless.canonical_url}))).items == (endless,)
