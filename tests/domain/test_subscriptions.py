"""What a subscription lets through, and in which words it keeps the rest back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.reactions import Family, Reaction, ReactionType, Tier
from bot.domain.subscriptions import (
    ChannelKind,
    Filters,
    Mode,
    Schedule,
    Subscription,
    console_subscription,
    objection,
    subscription_id,
)

NOON = datetime(2023, 9, 19, 12, tzinfo=UTC)
CONDEMNED = Reaction(
    id="r",
    story_id="s",
    actor="FRA",
    type=ReactionType.CONDEMN,
    targets=("AZE",),
    evidence="France condemned the offensive",
    tier=Tier.ALERT,
    first_reported_at=NOON,
    last_reported_at=NOON,
    outlets=("Outlet",),
    languages=("en",),
)
STATED = replace(CONDEMNED, type=ReactionType.REPORT)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(actors=frozenset({"FRA", "DEU"})),
        Filters(targets=frozenset({"AZE"})),
        Filters(types=frozenset({ReactionType.CONDEMN})),
        Filters(families=frozenset({Family.CRITICISM})),
        Filters(types=frozenset({ReactionType.WARN}), families=frozenset({Family.CRITICISM})),
        Filters(languages=frozenset({"en"}), outlets=frozenset({"Outlet"})),
        Filters(include=("OFFENSIVE",)),
        Filters(exclude=("football",)),
    ],
)
def test_what_is_asked_for_is_let_through(filters: Filters) -> None:
    assert objection(filters, CONDEMNED, text="The offensive goes on") is None


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(actors=frozenset({"DEU"})), "does not ask for FRA"),
        (Filters(targets=frozenset({"ARM"})), "aimed at nobody"),
        (Filters(types=frozenset({ReactionType.WARN})), "does not ask for condemn"),
        (Filters(families=frozenset({Family.SUPPORT})), "does not ask for condemn"),
        (Filters(languages=frozenset({"fr"})), "other languages"),
        (Filters(outlets=frozenset({"Other"})), "other outlets"),
        (Filters(include=("Lachin",)), "none of the subscription's words"),
        (Filters(exclude=("offensive",)), "excludes “offensive”"),
        (Filters(min_outlets=2), "fewer than 2 outlets"),
    ],
)
def test_what_is_not_asked_for_is_kept_back_with_the_reason(filters: Filters, said: str) -> None:
    assert said in str(objection(filters, CONDEMNED, text="The offensive goes on"))


def test_plain_statements_are_alerted_only_where_they_are_asked_for() -> None:
    assert "only where a subscription asks" in str(objection(Filters(), STATED, text=""))
    assert objection(Filters(types=frozenset({ReactionType.REPORT})), STATED, text="") is None
    assert objection(Filters(families=frozenset({Family.STATEMENT})), STATED, text="") is None


def test_what_is_told_indirectly_waits_for_the_digest_and_the_past_for_nobody() -> None:
    indirect = replace(CONDEMNED, tier=Tier.DIGEST)
    assert "indirectly" in str(objection(Filters(), indirect, text=""))
    assert objection(Filters(), indirect, text="", digest=True) is None
    assert "earlier act" in str(objection(Filters(), replace(CONDEMNED, background=True), text="", digest=True))


@pytest.mark.parametrize(
    ("guild", "kind", "listed_in", "seen"),
    [
        ("g1", ChannelKind.TEXT, {""}, True),
        ("g1", ChannelKind.TEXT, {"g1", "g2"}, True),
        ("g1", ChannelKind.TEXT, {"g2"}, False),
        ("", ChannelKind.DIRECT, {"g2"}, False),
        ("", ChannelKind.CONSOLE, {"g2"}, True),
    ],
)
def test_a_guild_sees_its_own_feeds_and_the_operators(
    guild: str, kind: ChannelKind, listed_in: set[str], seen: bool
) -> None:
    subscription = Subscription(
        id="s", channel_id="c", channel_kind=kind, guild_id=guild, created_by="a", created_at=NOON
    )
    assert subscription.sees(frozenset(listed_in)) is seen


@pytest.mark.parametrize(("hour", "quiet"), [(21, False), (22, True), (23, True), (3, True), (7, False), (12, False)])
def test_quiet_hours_are_the_subscribers_own_and_may_span_midnight(hour: int, quiet: bool) -> None:
    schedule = Schedule(timezone="Asia/Yerevan", quiet_from=time(2), quiet_until=time(11))
    # Yerevan is four hours ahead.
    assert schedule.is_quiet(datetime(2023, 9, 19, hour, tzinfo=UTC)) is quiet


def test_two_orders_made_in_one_moment_have_two_ids_and_the_consoles_is_always_the_same() -> None:
    one = subscription_id("c", "a", NOON, Mode.INSTANT, Filters(actors=frozenset({"FRA", "DEU"})))
    same = subscription_id("c", "a", NOON, Mode.INSTANT, Filters(actors=frozenset({"DEU", "FRA"})))
    other = subscription_id("c", "a", NOON, Mode.DAILY, Filters(actors=frozenset({"DEU", "FRA"})))
    assert one == same != other
    assert console_subscription(NOON).id == console_subscription(NOON.replace(year=2024)).id
