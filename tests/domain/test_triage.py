"""What a batch comes to: stories, reactions, and who is owed what and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.alerts import AlertStatus
from bot.domain.decisions import Rules
from bot.domain.reactions import ReactionType, Tier
from bot.domain.subscriptions import ChannelKind
from bot.domain.triage import drafts, lookups, triage

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONDEMNS = "Paris speaks out [FRA condemn AZE]"
FRANCE = "FRA condemns"


def reasons(memory, subscription="subscription-1"):
    return [v.reason for v in memory.verdicts.values() if v.subscription_id in {subscription, ""}]


def alerts(memory, channel="1"):
    return [alert for alert in memory.alerts.values() if alert.channel_id == channel]


def test_a_new_item_is_stored_grouped_coded_and_owed_once(memory, entry, feed):
    decided = memory.poll(feed(), [entry(CONDEMNS)])

    assert decided.new_items == 1
    (item,) = memory.items.values()
    assert item.relevant
    assert item.story_id in memory.stories
    (reaction,) = memory.reactions.values()
    assert (reaction.actor, reaction.type, reaction.targets) == ("FRA", "condemn", ("AZE",))
    assert reaction.outlets == ("Outlet A",)
    (alert,) = memory.alerts.values()
    assert alert.reactions == (reaction.id,)
    assert alert.status is AlertStatus.OWED
    assert alert.next_attempt_at == NOON


def test_an_item_about_something_else_is_remembered_and_not_grouped(memory, entry, feed):
    memory.poll(feed(), [entry("A festival elsewhere [FRA condemn AZE]")])

    (item,) = memory.items.values()
    assert not item.relevant
    assert item.relevance == "about elsewhere"
    assert item.story_id is None
    assert not any((memory.stories, memory.fingerprints, memory.reactions, memory.alerts, memory.verdicts))


def test_fifty_outlets_with_one_statement_make_one_alert_with_fifty_outlets(memory, entry, feed):
    for number in range(50):
        minute = NOON + timedelta(minutes=number)
        memory.poll(feed(f"Outlet {number}"), [entry(CONDEMNS, slug=f"s{number}", at=minute)], minute)

    (reaction,) = memory.reactions.values()
    assert len(reaction.outlets) == reaction.reports == 50
    assert len(memory.alerts) == 1
    assert len(memory.stories) == 1


def test_a_further_outlet_has_the_posted_message_edited_and_no_new_one_made(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.post()

    later = NOON + HOUR
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b", at=later)], later)

    (alert,) = memory.alerts.values()
    assert alert.edit_due_at == later
    assert "an earlier alert tells it already" in reasons(memory)


def test_edits_of_one_message_keep_their_distance(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.post()

    soon = NOON + timedelta(seconds=10)
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b", at=soon)], soon)
    memory.poll(feed("Outlet C"), [entry(CONDEMNS, slug="c", at=soon)], soon + timedelta(seconds=20))

    (alert,) = memory.alerts.values()
    assert alert.edit_due_at == NOON + memory.rules.edit_every


def test_a_message_not_posted_yet_needs_no_edit(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    (alert,) = memory.alerts.values()
    assert alert.edit_due_at is None


def test_the_same_outlet_reporting_again_edits_nothing(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.post()
    memory.poll(feed(), [entry(CONDEMNS, slug="again", at=NOON + HOUR)], NOON + HOUR)

    (alert,) = memory.alerts.values()
    assert alert.edit_due_at is None
    assert len(memory.items) == 2


def test_an_alert_may_be_under_way_when_a_further_outlet_comes(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    (alert,) = memory.alerts.values()
    memory.alerts[alert.id] = replace(alert, status=AlertStatus.SENDING)

    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    assert memory.alerts[alert.id].edit_due_at == NOON + memory.rules.edit_every


@pytest.mark.parametrize("round_up_first", [False, True])
def test_a_round_up_retells_what_was_told_in_other_words(memory, entry, feed, round_up_first):
    titles = ["France has no words for it [FRA condemn AZE]", "World reacts: from Paris [FRA condemn] to Rome"]
    first, second = reversed(titles) if round_up_first else titles
    memory.poll(feed(), [entry(first)])
    memory.poll(feed("Outlet B"), [entry(second, at=NOON + HOUR)], NOON + HOUR)

    assert len(memory.stories) == 2
    assert [reaction.reports for reaction in memory.reactions.values()] == [2]
    assert len(memory.alerts) == 1


def test_what_an_item_recalls_beside_its_own_news_is_no_new_reaction(memory, entry, feed):
    memory.poll(feed(), [entry("France has no words for it [FRA condemn AZE]")])
    memory.poll(feed("Outlet B"), [entry("Berlin acts [DEU sanction AZE]", summary="Paris was angry [FRA condemn]")])
    memory.poll(feed("Outlet C"), [entry("Rome acts [ITA warn AZE] after hours of anger [FRA condemn]")])

    told = {reaction.actor: reaction.reports for reaction in memory.reactions.values()}
    assert told == {"FRA": 3, "DEU": 1, "ITA": 1}


def test_what_an_item_tells_in_its_text_alone_is_its_news(memory, entry, feed):
    first, second = "“they fired upon our post by the lake”", "“what was done to the orchard is a crime”"
    memory.poll(feed(), [entry(f"Yerevan on the lake post [ARM accuse AZE {first}]")])
    memory.poll(
        feed("Outlet B"), [entry("A note of the ministry", summary=f"The orchard burns [ARM accuse AZE {second}]")]
    )

    assert len(memory.stories) == len(memory.reactions) == 2


def test_an_alert_holds_all_reactions_of_its_item_that_are_new(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.poll(
        feed("B"), [entry("Paris speaks out [FRA condemn AZE] [FRA call_ceasefire AZE] [DEU warn AZE]", slug="b")]
    )

    first, second = memory.alerts.values()
    told = [memory.reactions[name] for name in second.reactions]
    assert [(reaction.actor, reaction.type) for reaction in told] == [("FRA", "call_ceasefire"), ("DEU", "warn")]
    assert set(first.reactions).isdisjoint(second.reactions)


def test_records_of_one_item_that_are_the_same_act_make_one_reaction_with_one_report_counted(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS, summary="France was clear [FRA condemn]")])

    (reaction,) = memory.reactions.values()
    assert reaction.reports == 1
    assert len(memory.reports) == 2


def test_an_item_too_old_when_first_seen_is_coded_and_never_alerted(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS, at=NOON - timedelta(hours=25))])

    assert memory.reactions
    assert not memory.alerts
    assert reasons(memory) == ["it was older than 24 hours when it was first seen"]


def test_there_is_no_other_age_rule(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS, at=NOON - timedelta(hours=23))])

    assert memory.alerts


def test_a_fresh_report_of_what_an_old_item_told_is_owed(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS, at=NOON - timedelta(hours=30))])
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    assert len(memory.alerts) == 1


def test_digest_tier_and_background_are_stored_and_never_alerted(memory, entry, feed):
    memory.poll(feed(), [entry("Paris [fra condemn AZE] and before [-FRA call_ceasefire AZE]")])

    assert len(memory.reactions) == 2
    assert not memory.alerts
    assert reasons(memory) == ["the text says it indirectly (digest tier)", "it tells of an earlier act"]


def test_a_digest_tier_reaction_that_somebody_says_directly_is_owed_then(memory, entry, feed):
    memory.poll(feed(), [entry("Paris speaks out [fra condemn AZE]")])
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    (reaction,) = memory.reactions.values()
    assert reaction.tier is Tier.ALERT
    (alert,) = memory.alerts.values()
    assert memory.items[alert.item_id].outlet == "Outlet B"


def test_quiet_types_are_owed_only_where_they_are_asked_for(memory, entry, feed, subscription):
    memory.subscriptions.append(subscription("2", types=frozenset({ReactionType.REPORT})))
    memory.poll(feed(), [entry("Baku tells [AZE report]")])

    assert not alerts(memory, "1")
    assert len(alerts(memory, "2")) == 1
    assert "report is alerted only where a subscription asks for it" in reasons(memory)


def test_a_subscription_that_waits_for_two_outlets_is_owed_with_the_second(memory, entry, feed, subscription):
    memory.subscriptions[:] = [subscription("1", min_outlets=2)]
    memory.poll(feed(), [entry(CONDEMNS)])
    assert not memory.alerts
    assert reasons(memory) == ["fewer than 2 outlets tell it in words of their own so far"]

    memory.poll(feed("Outlet B"), [entry("Of the border raid: " + CONDEMNS, slug="b")])

    (alert,) = memory.alerts.values()
    assert alert.reason == "new to the subscription, reported by 2 outlets"


def test_a_copy_is_no_second_voice_until_its_outlet_tells_it_in_words_of_its_own(memory, entry, feed, subscription):
    memory.subscriptions[:] = [subscription("1", min_outlets=2)]
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    (reaction,) = memory.reactions.values()
    assert (reaction.outlets, reaction.copying) == (("Outlet A", "Outlet B"), ("Outlet B",))
    assert not memory.alerts

    memory.poll(feed("Outlet B"), [entry("Of the border raid: " + CONDEMNS, slug="b2")])

    (reaction,) = memory.reactions.values()
    assert (reaction.independent_outlets, reaction.copying) == (2, ())
    assert len(memory.alerts) == 1


def test_one_page_in_two_feeds_is_one_outlet(memory, entry, feed, subscription):
    memory.subscriptions[:] = [subscription("1", min_outlets=2)]
    memory.poll(feed("World news"), [entry(CONDEMNS)])
    memory.poll(feed("Europe news"), [entry(CONDEMNS)])

    (reaction,) = memory.reactions.values()
    assert reaction.outlets == ("World news",)
    assert not memory.alerts
    copy = next(item for item in memory.items.values() if item.duplicate_of)
    assert copy.story_reason == "the same page as an item of World news"


def test_each_subscription_is_owed_what_is_new_to_it(memory, entry, feed, subscription):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.subscriptions.append(subscription("2"))
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    assert len(alerts(memory, "1")) == len(alerts(memory, "2")) == 1


def test_what_a_feed_of_one_guild_brings_is_shown_there_alone(memory, entry, feed, subscription):
    ours, theirs = (
        replace(subscription(channel), guild_id=guild) for channel, guild in (("1", "ours"), ("2", "theirs"))
    )
    console = replace(subscription("console"), channel_kind=ChannelKind.CONSOLE)
    memory.subscriptions[:] = [ours, theirs, console]
    memory.listed_in = frozenset({"ours"})
    memory.poll(feed(), [entry(CONDEMNS)])

    assert {alert.channel_id for alert in memory.alerts.values()} == {"1", "console"}
    assert not [v for v in memory.verdicts.values() if v.subscription_id == theirs.id]


def test_a_replayed_alert_is_kept_suppressed_and_counts_as_told(memory, entry, feed):
    memory.rules = Rules(suppress=True)
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.rules = Rules()
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b")])

    (alert,) = memory.alerts.values()
    assert alert.status is AlertStatus.SUPPRESSED
    assert alert.edit_due_at is None


def test_alerts_of_a_batch_are_in_order_of_publication_then_of_subscription(memory, entry, feed, subscription):
    memory.subscriptions.append(subscription("2"))
    entries = [
        entry("Berlin warns [DEU warn AZE]", at=NOON - HOUR),
        entry("Rome calls [ITA call_dialogue AZE]", at=NOON - 3 * HOUR),
        entry("Paris speaks out [FRA condemn AZE]", at=NOON - 2 * HOUR),
    ]
    decided = memory.poll(feed(), entries)

    in_order = sorted(decided.alerts, key=lambda alert: (alert.created_at, alert.id))
    assert in_order == list(decided.alerts)
    told = [(memory.reactions[alert.reactions[0]].actor, alert.channel_id) for alert in in_order]
    assert told == [(actor, channel) for actor in ("ITA", "FRA", "DEU") for channel in ("1", "2")]
    assert {alert.next_attempt_at for alert in in_order} == {NOON}


def test_a_near_verbatim_copy_of_another_feed_is_a_duplicate_in_the_same_story(memory, entry, feed):
    text = (
        "The ministry said in the evening that the road had been shut [FRA condemn AZE] and would stay shut for weeks."
    )
    memory.poll(feed(), [entry("The road is shut", summary=text)])
    memory.poll(feed("Outlet B"), [entry("BREAKING: The road is shut | Agency", summary=text, slug="b")])

    original, copy = memory.items.values()
    assert copy.duplicate_of == original.id
    assert copy.story_id == original.story_id
    assert len(memory.alerts) == 1


def test_a_story_counts_its_items_and_outlets(memory, entry, feed):
    memory.poll(feed(), [entry(CONDEMNS)])
    memory.poll(feed("Outlet B"), [entry(CONDEMNS, slug="b", at=NOON + HOUR)], NOON + HOUR)

    (story,) = memory.stories.values()
    assert (story.items, story.outlets) == (2, ("Outlet A", "Outlet B"))
    assert (story.started_at, story.last_item_at) == (NOON, NOON + HOUR)
    assert story.title == CONDEMNS


def test_every_decision_about_a_subscription_has_its_verdict(memory, entry, feed, subscription):
    memory.subscriptions.append(subscription("2", actors=frozenset({"DEU"})))
    memory.poll(feed(), [entry(CONDEMNS)])

    told = {(v.subscription_id, v.alerted): v.reason for v in memory.verdicts.values()}
    assert told == {
        ("subscription-1", True): "new to the subscription",
        ("subscription-2", False): "the subscription does not ask for FRA",
    }


def test_what_nobody_is_alerted_to_is_said_once_for_all(memory, entry, feed, subscription):
    memory.subscriptions.append(subscription("2"))
    memory.poll(feed(), [entry("Baku tells [AZE report] [fra condemn AZE]")])

    assert [v.subscription_id for v in memory.verdicts.values()] == ["", ""]


def test_a_relevant_item_without_reactions_says_so_once(memory, entry, feed, subscription):
    memory.subscriptions.append(subscription("2"))
    memory.poll(feed(), [entry("Quiet day here")])

    assert [(v.subscription_id, v.reason) for v in memory.verdicts.values()] == [("", "no reaction was found in it")]


def test_a_draft_nobody_read_is_left_for_the_next_poll(memory, entry, feed):
    """What an unlocked look took for known and the round does not know has no reading to judge it by."""
    batch = drafts([entry(CONDEMNS)], feed(), NOON)
    decided = triage(batch, feed(), memory.recall(lookups(batch, feed(), memory.rules)), memory.rules, NOON)

    assert decided.new_items == 0
    assert decided.items == ()
