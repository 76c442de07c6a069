"""Every word that Discord's users see, in their language: gettext catalogues, read from their .po files.

English is the language of the source; `locale/<language>/LC_MESSAGES/communique.po` holds the others. They are compiled in
memory when first asked for: a few milliseconds, no build step, and no binary that may be older than its source.
"""

from __future__ import annotations

import ast
import io
import struct
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from bot.domain.places import PlaceNames

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "communique"
SOURCE_LANGUAGE = "en"
_CONTEXT_MARK = "\x04"
_MO_MAGIC = 0x950412DE
_MO_HEADER = 7 * 4


class Words:
    """The words of one language, and whose names of disputed places are written in it."""

    def __init__(self, language: str, catalogue: NullTranslations, place_names: PlaceNames = PlaceNames.BOTH) -> None:
        self.language = language
        self.place_names = place_names
        self._catalogue = catalogue

    def __call__(self, message: str, **fields: object) -> str:
        """Return the message in this language, its {fields} filled in."""
        return self._catalogue.gettext(message).format(**fields)

    def plural(self, one: str, many: str, number: int, **fields: object) -> str:
        """Return the form that goes with the number, which is the field {number} too."""
        return self._catalogue.ngettext(one, many, number).format(number=number, **fields)

    def command(self, message: str) -> str | None:
        """Return the name of a command or option, or None where the language has none of its own."""
        found = self._catalogue.pgettext("command", message)
        return None if found == message else found


def languages() -> tuple[str, ...]:
    """Return the languages there are words in, English first."""
    others = sorted(path.parent.parent.name for path in LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return (SOURCE_LANGUAGE, *others)


def language_of(locale: str) -> str:
    """Return the language that serves a locale such as `en-GB`: its own, else English."""
    language = locale.partition("-")[0].lower()
    return language if language in languages_known() else SOURCE_LANGUAGE


@cache
def languages_known() -> frozenset[str]:
    """Return the same as `languages`, looked up once."""
    return frozenset(languages())


@cache
def words_in(language: str, place_names: PlaceNames = PlaceNames.BOTH) -> Words:
    """Return the words of a language, English where there are none."""
    if language not in languages_known() or language == SOURCE_LANGUAGE:
        return Words(SOURCE_LANGUAGE, NullTranslations(), place_names)
    return Words(language, _catalogue(language), place_names)


@cache
def _catalogue(language: str) -> GNUTranslations:
    path = LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return GNUTranslations(io.BytesIO(compiled(path.read_text(encoding="utf-8"))))


def compiled(po: str) -> bytes:
    """Return the text of a .po file in gettext's binary form; entries without a translation are left out."""
    entries = sorted(
        (_key(entry).encode(), _value(entry).encode()) for entry in parsed(po) if _value(entry) and not entry.fuzzy
    )
    keys, values = b"", b""
    offsets: list[tuple[int, int, int, int]] = []
    for key, value in entries:
        offsets.append((len(key), len(keys), len(value), len(values)))
        keys += key + b"\0"
        values += value + b"\0"
    keys_start = _MO_HEADER + 16 * len(entries)
    values_start = keys_start + len(keys)
    header = struct.pack(
        "<7I", _MO_MAGIC, 0, len(entries), _MO_HEADER, _MO_HEADER + 8 * len(entries), 0, _MO_HEADER + 16 * len(entries)
    )
    key_table = b"".join(struct.pack("<2I", size, keys_start + start) for size, start, _, _ in offsets)
    value_table = b"".join(struct.pack("<2I", size, values_start + start) for _, _, size, start in offsets)
    return header + key_table + value_table + keys + values


class Entry:
    """One message of a .po file: keyword (`msgid`, `msgstr[0]` …) → text."""

    __slots__ = ("fuzzy", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.fuzzy = False


def parsed(po: str) -> Iterator[Entry]:
    """Yield the entries of a .po file, the header (its msgid is "") first."""
    entry, keyword = Entry(), ""
    for line in (*po.splitlines(), ""):
        text = line.strip()
        if not text:
            if entry.texts:
                yield entry
            entry, keyword = Entry(), ""
        elif text.startswith("#"):
            entry.fuzzy = entry.fuzzy or (text.startswith("#,") and "fuzzy" in text)
        elif text.startswith('"'):
            entry.texts[keyword] += ast.literal_eval(text)
        else:
            keyword, _, literal = text.partition(" ")
            entry.texts[keyword] = ast.literal_eval(literal)


def _key(entry: Entry) -> str:
    texts = entry.texts
    context = texts["msgctxt"] + _CONTEXT_MARK if "msgctxt" in texts else ""
    plural = "\0" + texts["msgid_plural"] if "msgid_plural" in texts else ""
    return context + texts["msgid"] + plural


def _value(entry: Entry) -> str:
    forms = [text for keyword, text in entry.texts.items() if keyword.startswith("msgstr")]
    return "\0".join(forms) if all(forms) else ""


@cache
def actors_in(language: str) -> Mapping[str, str]:
    """Return what the actors are called in a language, by code; empty for English, which the lexicons speak."""
    with (LOCALE_DIR / "actors.toml").open("rb") as file:
        called: Mapping[str, Mapping[str, str]] = tomllib.load(file)
    return called.get(language, {})
