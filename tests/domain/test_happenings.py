"""What a headline reports: read up to where it turns, by kinds of event, names and figures."""

from __future__ import annotations

import pytest

from bot.domain.fingerprints import folded
from bot.domain.happenings import (
    ABOUT,
    AHEAD,
    BEHIND,
    LED,
    STATEMENT,
    is_labelled,
    names,
    names_source,
    numbers,
    telling,
)
from bot.domain.headline_words import PLACES


def events(title: str, summary: str = "") -> tuple[str, ...]:
    return telling(title, flat_title=folded(title), flat_summary=folded(summary)).events


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Army launches offensive on hill towns", "offensive"),
        ("Both sides halt fighting", "ceasefire"),
        ("Rebels lay down arms", "ceasefire"),
        ("President snubs summit", "talks shunned"),
        ("Tbilisi offers to host talks", "talks offered"),
        ("Republic to cease to exist", "dissolution"),
        ("Baku expels two envoys", "expulsion"),
        ("Guards shut road to the pass", "blockade"),
        ("Border crossing opened after years", "reopening"),
        ("Helicopter shot down near border", "downing"),
        ("Gunman kills guard at embassy", "embassy attack"),
        ("Prisoners swapped at the border", "prisoners"),
        ("Parliament ratifies court treaty", "court joined"),
        ("Leaders sign accord", "peace deal"),
        ("Court jails leaders for life", "trial"),
        ("Four villages handed over", "handover"),
        ("Guards take control of four villages", "takeover"),
        ("Guards withdrew from the hill", "withdrawal"),
        ("Truce broken within minutes", "ceasefire broken"),
        ("Stadt unter Beschuss", "offensive"),
        ("Перемирие согласовано", "ceasefire"),
        ("Ateşkes sağlandı", "ceasefire"),
        ("Des milliers de réfugiés fuient", "exodus"),
        ("Oslo and Tbilisi seal arms deal", "armament"),
        ("Convoi pour la vallée en route", "aid"),
        ("Министры встретились в Осло", "talks"),
        ("Guards withdrawn from the hill", "withdrawal"),
        ("Oslo returns five detainees", "prisoners"),
        ("Начался вывод войск: о выводе колонн", "withdrawal"),
        ("Trois dirigeants condamnés à vingt ans", "trial"),
        ("Premier says country will leave Collective Security Treaty Organization", "alliance"),
    ],
)
def test_words_that_stand_together_make_a_kind_of_event(title, kind):
    assert kind in events(title)


def test_what_a_headline_turns_to_is_background():
    assert events("Thousands protest in the capital after ceasefire") == ("protest", BEHIND + "ceasefire")


def test_a_truce_that_is_demanded_is_no_truce():
    assert "ceasefire" not in events("Army launches operation and demands surrender")


def test_what_the_summary_alone_tells_is_marked_as_its_own():
    assert events("A new day", "Both sides agreed to a truce.") == (LED + "ceasefire",)
    assert events("Roads shut", "Both sides agreed to a truce.")[0] != LED + "ceasefire"


@pytest.mark.parametrize(
    "title",
    [
        "What we know about the offensive",
        "Why did the truce fail?",
        "The war over the valley, explained",
        "The view from the valley | Editorial",
        "Valley latest: shelling goes on",
        "Guerre : ce que l'on sait de l'offensive",
        "Что известно о перемирии",
        "Warum die Waffenruhe brüchig ist",
        "The valley: why the truce failed",
        "Photos: shelling in the valley",
        "International reaction to the shelling of the valley",
        "Condolences pour in after the shelling",
        "Truce makes Oslo a power broker in the valley",
    ],
)
def test_an_explanation_a_comment_or_a_ticker_is_about_the_news(title):
    assert events(title)[0] == ABOUT


@pytest.mark.parametrize(
    "title",
    [
        "Paris condemns the offensive",
        "Foreign minister: the shelling must stop",
        "Berlin verlangt Ende der Angriffe",
        "Москва призвала остановить бои",
        "Посол выступил с заявлением об обстреле дороги",
    ],
)
def test_what_somebody_says_of_an_event_is_a_statement_with_the_event_behind_it(title):
    said, *behind = events(title)

    assert said == STATEMENT
    assert all(kind.startswith(BEHIND) for kind in behind)


@pytest.mark.parametrize(
    "title",
    [
        "Observers deny shelling of the road",
        "Army warns of new offensive",
        "Alliance vows action on the border",
        "Ruling party slams attack on the road",
        "Oslo confirms shelling of the road",
        "Lone deputy: I hope the truce holds",
        "We will not forget the shelling",
    ],
)
def test_who_denies_confirms_or_speaks_of_we_has_said_something(title):
    assert events(title)[0] == STATEMENT


def test_who_confirms_to_come_to_a_meeting_has_not_spoken_of_it():
    assert events("Premier confirms attendance at summit")[0] != STATEMENT


def test_who_refuses_to_condemn_has_spoken_and_who_refuses_to_meet_has_acted():
    assert events("Oslo refuses to condemn the offensive")[0] == STATEMENT
    assert events("Oslo does not recognise vote in the valley")[0] == STATEMENT
    assert events("Oslo refuses to attend the summit") == ("talks shunned",)


@pytest.mark.parametrize(
    ("title", "head", "speaks"),
    [
        ("Norwegian envoy: shelling of the road goes on", "", True),
        ("Oslo: shelling of the road goes on", "NOR", True),
        ("Baku: shelling of the road goes on", "AZE", True),
        ("Karabakh: shelling of the road goes on", "NKR", False),
        ("Breaking: shelling of the road goes on", "NOR", False),
        ("Fuel depot blast: shelling goes on", "NOR", False),
        ("Norwegian mission: shelling of the road goes on", "NOR", True),
        ("The valley: shelling of the road goes on", "ARM", False),
        ("A road that nobody wanted to have open: shelling", "NOR", False),
        ("Shelling of the road goes on", "NOR", False),
    ],
)
def test_before_a_colon_stands_a_speaker_or_a_label(title, head, speaks):
    told = telling(title, flat_title=folded(title), flat_summary="", head=head).events

    assert (told[0] == STATEMENT) is speaks


def test_a_count_of_the_dead_is_news_whoever_gives_it():
    assert "casualties" in events("Norwegian envoy: 12 killed in shelling of the road")
    assert events("Norwegian envoy: shelling of the road killed many")[0] == STATEMENT


def test_a_ministry_of_defence_tells_what_happened_in_its_own_country():
    assert events("Defence ministry: guards withdrawn from the hill") == ("withdrawal",)
    title = "Norwegian defence ministry: guards withdrawn from the hill"
    assert telling(title, flat_title=folded(title), flat_summary="", head="NOR").events[0] == STATEMENT


def test_what_a_court_decides_and_what_a_crowd_demands_is_an_event():
    for title, kind in (
        ("Court rejects plea for house arrest", "trial"),
        ("Protesters demand the exit of guards", "protest"),
    ):
        told = telling(title, flat_title=folded(title), flat_summary="", head="AZE", said=True).events
        assert told[0] == kind


def test_a_meeting_to_come_is_not_the_meeting():
    assert events("Ministers to meet in Oslo") == (AHEAD,)
    assert events("Ministers meet in Oslo") == ("talks",)
    assert events("Министры встретятся в Осло") == (AHEAD,)
    assert events("Premier will visit the valley") == (AHEAD,)
    assert events("Oslo to host signing of accord") == (AHEAD,)
    assert events("Accord signed in Oslo") == ("peace deal",)
    assert events("Republic will cease to exist") == ("dissolution",)


@pytest.mark.parametrize(
    ("title", "planned"),
    [
        ("Premier set for first visit to Oslo", True),
        ("Ministers due in Oslo for talks", True),
        ("Envoys set to meet in Oslo", True),
        ("Premier to arrive in Oslo for talks", True),
        ("Premier arrives in Oslo for talks", False),
    ],
)
def test_a_visit_that_is_due_has_not_been_paid(title, planned):
    assert (AHEAD in events(title)) is planned


def test_talks_that_end_were_held_and_talks_that_are_called_off_were_not():
    assert events("Oslo talks end with no word on the road") == ("talks",)
    assert events("Oslo talks cancelled over the road") == ("talks shunned",)


def test_progress_towards_a_deal_is_no_deal():
    assert "peace deal" not in events("Envoy sees progress toward a peace deal")
    assert events("Envoy sees peace deal signed in Oslo")[0] == "peace deal"


def test_terms_of_peace_that_are_broken_are_no_peace():
    assert "ceasefire broken" in events("Guards breach peace terms near the hill")


def test_pictures_that_come_with_the_news_do_not_make_it_about_the_news():
    for title in (
        "Both sides agree truce – VIDEO",
        "Both sides agree truce (PHOTOS)",
        "Both sides agree truce | video",
    ):
        assert events(title) == events("Both sides agree truce")
    assert events("Both sides agree truce – video of the signing")[0] == ABOUT


def test_what_is_set_on_fire_burns_and_nobody_fires():
    for title in (
        "Villagers set fire to homes in the valley",
        "Villagers set their houses on fire",
        "Departing families torch homes",
    ):
        assert events(title) == ("homes burned",)
    assert events("Guards fire on homes in the valley") == ("offensive",)


def test_what_is_shot_down_is_downed_whatever_it_is_called():
    assert events("Norwegian guards shot down Mi-99 over the hill") == ("downing",)
    assert "offensive" in events("Norwegian guards shot at the hill")


def test_troops_that_enter_take_over_and_what_enters_into_force_does_not():
    for title in ("Army enters the valley", "Truppen rücken in das Tal ein", "Войска вошли в долину"):
        assert events(title) == ("takeover",)
    for title in ("Truce enters into force, army says", "Army pay dispute enters second week"):
        assert "takeover" not in events(title)


def test_who_keeps_the_peace_has_made_none():
    for title in (
        "Oslo sends peace keepers to the valley",
        "Oslo envoie des soldats de maintien de la paix",
        "Oslo entsendet Friedenstruppen in das Tal",
    ):
        assert events(title) == ("mission",)


def test_a_victory_is_marked_by_a_parade():
    assert events("Oslo holds parade in the main square") == ("parade",)
    assert events("Oslo celebrates victory in the valley") == ("parade",)


def test_a_call_with_somebody_is_a_talk_and_a_call_for_something_an_appeal():
    assert events("Minister's call with envoy") == ("talks",)
    assert events("Minister calls for calm")[0] == STATEMENT


def test_a_later_toll_is_another_kind_than_the_blow():
    assert events("Death toll rises in hill town") == ("toll",)
    assert "casualties" in events("Two killed in hill town")


def test_the_fighting_that_a_truce_ends_is_not_its_news():
    assert events("Sides agree truce in fighting") == ("ceasefire",)


@pytest.mark.parametrize(
    ("title", "names_it"),
    [
        ("Yerevan says road is shut", True),
        ("The defence ministry reports shelling", True),
        ("Road shut, as the ministry of the valley says", False),
        ("Road is shut", False),
    ],
)
def test_a_source_is_named_at_the_beginning(title, names_it):
    assert names_source(title) is names_it


def test_figures_are_read_in_digits_and_in_words():
    assert numbers("At least 1,200 flee, four killed, 12 missing") == ("1200", "12", "4")


def test_names_are_told_by_their_capitals_where_capitals_mean_something():
    assert names("Envoys from Norway meet in Granada") == {"norway", "granada"}
    assert names("Envoys From Norway Meet In Granada Today") == set()


def test_a_label_before_a_colon_is_what_the_news_is_about():
    assert events("Valley truce: thousands protest in the capital") == ("protest", BEHIND + "ceasefire")
    assert events("Valley truce: a fragile moment")[0] == "ceasefire"


def test_before_a_full_stop_only_the_fighting_that_goes_on_is_a_topic():
    assert events("Fighting in the valley. Truce agreed")[0] == "ceasefire"
    assert events("Truce in the valley. Talks in Oslo")[0] == "ceasefire"
    assert events("U.S. condemns shelling")[0] == STATEMENT


def test_peacekeepers_who_are_hit_are_an_event_of_their_own():
    assert events("Two peacekeepers killed in the valley") == ("mission hit",)


@pytest.mark.parametrize(
    ("title", "labelled"),
    [
        ("Nagorno-Karabakh: school shelled", True),
        ("Karabakh conflict: school shelled", False),
        ("School in Karabakh shelled", False),
        ("Karabakh:", False),
    ],
)
def test_a_label_is_nothing_but_the_topic(title, labelled):
    assert is_labelled(title) is labelled


def test_a_long_clause_is_told_before_a_headline_turns_whatever_it_tells():
    assert events("Deputies stand in silence after clashes") == (BEHIND + "offensive",)


def test_terms_that_are_not_kept_are_broken():
    assert events("Baku is not complying with the truce")[0] == "ceasefire broken"
    assert events("Truce falters in the valley") == ("ceasefire broken",)
    assert "ceasefire broken" not in events("Both sides comply with the truce")


def test_a_verb_of_saying_may_stand_at_the_end():
    assert events("Bakanlık köprüdeki saldırıyı kınadı")[0] == STATEMENT
    assert events("Köprüye saldırı")[0] == "offensive"


def test_what_is_known_to_be_said_is_a_statement_however_it_is_worded():
    def told(title: str, summary: str = "", **known: bool) -> tuple[str, ...]:
        return telling(title, flat_title=folded(title), flat_summary=folded(summary), **known).events

    assert told("Closing of the road harms talks – Norwegian ministry", said=True)[0] == STATEMENT
    assert told("The road to the valley", "Oslo regrets that the road is closed.", said_in_lead=True)[0] == STATEMENT
    assert told("Hague court orders opening of the road", said=True)[0] == "court"
    assert told("Guards shut road to the valley", "Oslo regrets it.", said_in_lead=True)[0] == "blockade"


def test_no_word_stands_under_two_places():
    words = [word for listed in PLACES.values() for word in listed.split()]

    assert len(words) == len(set(words))


def test_a_war_is_what_news_are_about_until_it_begins_or_ends():
    assert events("The war over the valley and its neighbours") == ()
    assert events("Leaders sign deal to end war") == ("ceasefire", "peace deal")
    assert events("Neighbours launch war") == ("offensive",)
