"""Topics: the shipped one keeps its promises, and another conflict is another file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.analysis.relevance import relevance
from bot.analysis.topics import Topic
from bot.domain.analyst import Relevance
from bot.domain.errors import LexiconInvalid
from bot.domain.items import Article
from bot.lexicons.loader import load_topics, topic_paths
from bot.lexicons.reading import read_toml
from bot.lexicons.topic_files import read_topic

CYPRUS = """
id = "cyprus"
name = "Cyprus"
[strong]
en = ["green line", "cyprus talks", "varosha"]
[[side]]
name = "Nicosia"
en = ["cyprus", "greek cypriot*", "nicosia"]
[[side]]
name = "Northern Cyprus"
en = ["turkish cypriot*", "northern cyprus"]
[context]
en = ["buffer zone", "reunification", "peacekeepers"]
[light]
en = ["crossing", "army"]
[unrelated]
en = ["holiday*", "football"]
[examples]
fires = ["Two shots in the buffer zone of Cyprus", "Greek Cypriots and Turkish Cypriots open a crossing"]
not_fires = ["Cheap holidays in Cyprus", "Cyprus draws with Malta: football"]
"""


def test_name_that_a_club_has_too_counts_where_nothing_shows_sport() -> None:
    topics = load_topics()
    assert about(topics, "Aliyev visits Qarabağ villages").relevant
    assert not about(topics, "Qarabağ beat Ajax", "The coach praised his squad.", language="en").relevant


def test_persian_names_are_known_without_their_joints() -> None:
    topics = load_topics()
    assert about(topics, "درگیری در قرهباغ", language="fa").relevant
    assert about(topics, "درگیری در قره\u200cباغ", language="fa").relevant


def test_armenian_visit_that_goes_on_to_the_neighbour_is_not_about_the_conflict() -> None:
    assert not about(load_topics(), "Նախագահը ժամանել է Երևան", "Ապա նա կմեկնի Բաքու։", language="hy").relevant


def test_topic_tells_who_faces_whom(tmp_path: Path) -> None:
    path = tmp_path / "cyprus.toml"
    path.write_text(CYPRUS.replace('name = "Cyprus"', 'name = "Cyprus"\nopponents = ["CYP TUR"]', 1), encoding="utf-8")
    assert read_topic(read_toml(path)).topic.opponents == (frozenset({"CYP", "TUR"}),)
    path.write_text(CYPRUS.replace('name = "Cyprus"', 'name = "Cyprus"\nopponents = ["CYP"]', 1), encoding="utf-8")
    with pytest.raises(LexiconInvalid, match="two codes"):
        read_topic(read_toml(path))


@pytest.mark.parametrize("path", topic_paths(), ids=lambda path: path.stem)
def test_shipped_topic_fires_on_its_examples_and_on_no_counterexample(path: Path) -> None:
    entry = read_topic(read_toml(path))
    for text in entry.fires:
        assert relevance(Article(title=text), (entry.topic,)).relevant, text
    for text in entry.not_fires:
        assert not relevance(Article(title=text), (entry.topic,)).relevant, text


def about(topics: tuple[Topic, ...], title: str, summary: str = "", **known: object) -> Relevance:
    return relevance(Article(title=title, summary=summary, **known), topics)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "title",
    [
        "Villagers return to Lachin",
        "Нагорный Карабах: переговоры в Евлахе",
        "Les Arméniens du Haut-Karabakh quittent leurs maisons",
        "Bergkarabach: Verhandlungen begonnen",
        "Արցախից տեղահանվածները բողոքում են",
        "Qarabağdan xəbərlər",
        "Karabağ'da yeni dönem",
        "Górski Karabach: rozmowy",
        "El Alto Karabaj sin gas",
        "ナゴルノ・カラバフで停戦",
        "مذاکرات درباره قره باغ",
        "ყარაბაღში ცეცხლი შეწყდა",
    ],
)
def test_topic_is_known_in_many_languages(topics: tuple[Topic, ...], title: str) -> None:
    assert about(topics, title).relevant


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Qarabağ FK hold Leverkusen", "The side from Agdam scored late in Baku."),
        ("Verstappen fastest in Baku", "Azerbaijan Grand Prix: the F1 leader was quickest."),
        ("Five Karabakh carpets at auction", ""),
        ("Karabakh horse wins at Windsor", ""),
        ("Armenia 1-1 Wales", "A late goal in the Nations League."),
        ("Oil price slides", "Crude from Azerbaijan and Kazakhstan was cheaper."),
        ("Georgia Republicans split over the governor", ""),
        ("Ukraine says its army holds the town", "Armenia is among the countries that sent aid."),
        ("Azerbaijan Airlines resumes flights", ""),
    ],
)
def test_look_alike_is_not_the_topic(topics: tuple[Topic, ...], title: str, summary: str) -> None:
    verdict = about(topics, title, summary)
    assert not verdict.relevant, verdict


def test_footballer_who_is_asked_about_karabakh_is_on_the_topic(topics: tuple[Topic, ...]) -> None:
    assert about(topics, "Football: striker speaks of his village in Nagorno-Karabakh").relevant


def test_relevance_gives_its_reason_and_its_words(topics: tuple[Topic, ...]) -> None:
    verdict = about(topics, "Baku and Yerevan to exchange prisoners")
    assert verdict.relevant
    assert verdict.topic == "nagorno_karabakh"
    assert verdict.reason == "its title names Armenia and Azerbaijan"
    assert verdict.terms[:2] == ("Baku", "Yerevan")


def test_irrelevance_names_what_speaks_against(topics: tuple[Topic, ...]) -> None:
    verdict = about(topics, "Grand Prix in Baku")
    assert not verdict.relevant
    assert verdict.excluded_by == ("Grand Prix",)
    assert "Grand Prix" in verdict.reason


def test_mention_far_down_a_long_article_is_in_passing(topics: tuple[Topic, ...]) -> None:
    filler = "The court heard the case of the two brothers. " * 60
    assert not about(topics, "Court hears brothers", filler + "One once served in Nagorno-Karabakh.").relevant
    assert about(topics, "Court hears brothers", filler + "Karabakh, Karabakh and again Karabakh.").relevant


def test_dated_term_means_the_topic_only_in_its_days(topics: tuple[Topic, ...]) -> None:
    def on(day: datetime | None) -> bool:
        return about(topics, "Ankara welcomes the Washington summit", published=day).relevant

    assert on(datetime(2025, 8, 9, tzinfo=UTC))
    assert not on(datetime(2024, 8, 9, tzinfo=UTC))
    assert not on(None)


def test_everyday_words_count_in_their_own_language_only(topics: tuple[Topic, ...]) -> None:
    # "Front" is a word of war in French, of anything in English.
    assert about(topics, "L'Arménie renforce son front", language="fr").relevant
    assert not about(topics, "Armenia's shop front", language="en").relevant


def test_another_conflict_is_another_file(user_folder: Path) -> None:
    (user_folder / "topics" / "cyprus.toml").write_text(CYPRUS, encoding="utf-8")
    entry = read_topic(read_toml(user_folder / "topics" / "cyprus.toml"))
    both = load_topics(user_folder)
    assert [topic.id for topic in both] == ["nagorno_karabakh", "cyprus"]
    for text in entry.fires:
        assert relevance(Article(title=text), both).topic == "cyprus"
    for text in entry.not_fires:
        assert not relevance(Article(title=text), both).relevant
    assert relevance(Article(title="Baku and Yerevan sign"), both).topic == "nagorno_karabakh"


def test_user_topic_of_the_same_id_takes_the_shipped_ones_place(user_folder: Path) -> None:
    (user_folder / "topics" / "mine.toml").write_text(
        CYPRUS.replace('"cyprus"', '"nagorno_karabakh"'), encoding="utf-8"
    )
    (topic,) = load_topics(user_folder)
    assert topic.name == "Cyprus"
