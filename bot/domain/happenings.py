"""Happenings: what kind of event a headline reports, where, in which figures and with which telling words.

A headline is read up to where it turns ("… after ceasefire"): what comes before is what happened, what comes after is
its background. Words are tagged by their beginnings, and tags that stand together make a kind of event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from bot.domain.headline_words import (
    ABOUT_NEWS,
    ABOUT_NEWS_FIRST,
    COMMON,
    PLACES,
    PLANNED,
    SAID_LAST,
    SPEAKERS,
    TOPICAL,
    TURNS,
)
from bot.domain.rewording import reworded
from bot.domain.tags import kinds, tag_of
from bot.domain.terms import terms

ABOUT = "about the news"
"""The kind of an item that explains, comments or rounds up: never the event itself."""

STATEMENT = "statement"
"""The kind of an item that tells what somebody says of an event: it is the speaker's, not the event's."""

AHEAD = "talks planned"
"""The kind of an item that tells of a meeting or a visit to come: it is not that meeting."""

COURT = "court"
"""The kind of an item that tells what a court does; it is also the tag of such words."""

HELD_ON_A_DAY = frozenset({"talks", "visit", "peace deal"})
"""The kinds that are announced before they are held."""

LED, BEHIND = "-", "~"
"""The marks of a kind that only the summary's lead tells, the title telling none, and of one that is background."""

MAX_BACKGROUND = 4
# How many words of a summary are read for what happened: its lead, not its background.
LEAD_WORDS = 45
MAX_TERMS = 20
# An actor, a verb and an object have been told before a headline turns.
SENTENCE_WORDS = 3
BELLIGERENTS = frozenset({"ARM", "AZE", "NKR"})
"""The parties to the conflict; every other actor is a third party."""

# Tags of words that name who acts, before what is done: "Observers deny …", "Embassy: …".
_WHO_ACTS = frozenset({"mission", "DIPLOMAT", "ARMS", "STATE", "alliance"})

# Who speaks is named in few words.
MAX_SPEAKER_WORDS = 6
# A source is named, with its verb, in the first few words.
SOURCE_WORDS = 5
_SAID_LAST = frozenset(SAID_LAST.split())
_TELLS = frozenset({"says", "said", "reports", "claims"})

_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*")
# A question at the end, or a ticker ("… latest: …", "… – live").
_NO_NEWS_SIGN = re.compile(r"[?？]\s*$|\blatest\s*:|[-–—:|]\s*live\s*$|\blive\s*:", re.IGNORECASE)
# What follows a colon or a dash is asked or explained ("Karabakh: why …"), or is a comment ("… – analysis").
_ABOUT_AFTER_SIGN = re.compile(rf"(?:[:|]|\s[-–—])\s*(?:{ABOUT_NEWS_FIRST})\b", re.IGNORECASE)
_ABOUT = re.compile(rf"\b(?:{ABOUT_NEWS})\b|^(?:{ABOUT_NEWS_FIRST})\b")
# What a headline says that it comes with is no part of what it tells ("… – VIDEO", "… (PHOTOS)").
_ENCLOSED = re.compile(r"\s*[-–—|:(\[]\s*(?:photos?|pictures|video|фото|видео|map)\s*[)\]]?\s*$", re.IGNORECASE)
# What a headline says as "we", somebody says.
_FIRST_PERSON = re.compile(r"\b(?:we|nous|wir|мы)\b|\bi (?:hope|believe|think|am|have|will)\b")
_DEFENCE = re.compile(r"\b(?:defen[cs]e ministry|ministry of defen[cs]e|министерство обороны)\b", re.IGNORECASE)
_PLANNED = re.compile(rf"\b(?:{PLANNED})\b")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORD = re.compile(r"[\W_]+")
# An initial or a short title ("U.S. …", "Rep. …") is no topic.
_LABEL = re.compile(r"[^:.?!]+(?::|(?<=\w{5})\.) (?=\S)")
# A word that does not begin a sentence, a quotation or what follows a colon.
_INNER = re.compile(r"(?<=[\w,’'])[ -]([^\W\d_]+)")
_COUNTING = "one two three four five six seven eight nine ten eleven twelve"
_COUNTS = {word: str(number) for number, word in enumerate(_COUNTING.split(), start=1)}


_TURNS = frozenset(TURNS.split())
_COMMON = frozenset(COMMON.split())
_TOPICAL = tuple(TOPICAL.split())
_SPEAKERS = tuple(SPEAKERS.split())
_PLACE_OF = {name: place for place, names in PLACES.items() for name in names.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a title and its summary tell: `events` as in `Fingerprint`, the title's figures, places and telling words."""

    events: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    terms: tuple[str, ...]


def telling(
    title: str, *, flat_title: str, flat_summary: str, head: str = "", said: bool = False, said_in_lead: bool = False
) -> Telling:
    """Return what an item tells; the flat texts are its folded title and summary, `head` is the actor named first.

    `said` tells that the news is known to be what somebody says, however the headline is worded, `said_in_lead` that its
    lead is, under a headline that may tell of no event.
    """
    words = reworded(flat_title).split()
    more = flat_summary.split()
    every = [*words, *more[: 2 * LEAD_WORDS]]
    return Telling(
        events=_events(
            title,
            flat_title,
            words,
            more[:LEAD_WORDS],
            speaks=speaks_first(title, head),
            said=said or (said_in_lead and not kinds(words)),
        ),
        places=tuple(dict.fromkeys(place for word in every if (place := _PLACE_OF.get(word)))),
        numbers=numbers(title),
        terms=terms(every)[:MAX_TERMS],
    )


def _events(
    title: str, flat_title: str, words: Sequence[str], more: Sequence[str], *, speaks: bool, said: bool
) -> tuple[str, ...]:
    label = 0 if speaks else label_words(title)
    if not (kinds(words[label:]) or is_statement(words[label:])) or not _is_topic(title, kinds(words[:label])):
        # What follows tells of nothing, or what stands before has happened: that is the news.
        label = 0
    happened, behind = _clauses(words[label:])
    behind = (*words[:label], *behind)
    lead, lead_behind = _clauses(more)
    main, led = kinds(happened), kinds(lead)
    background = dict.fromkeys((*kinds(behind), *kinds(lead_behind)))
    if is_about_news(title, flat_title):
        background |= dict.fromkeys((*main, *led))
        main, led = (ABOUT,), ()
    elif (
        (speaks and not _counts_dead(happened, main)) or (said and not _acts_first(happened)) or is_statement(happened)
    ):
        background |= dict.fromkeys((*main, *led))
        main, led = (STATEMENT,), ()
    elif main:
        background |= dict.fromkeys(led)
        led = ()
        if _PLANNED.search(flat_title):
            main = tuple(dict.fromkeys(AHEAD if kind in HELD_ON_A_DAY else kind for kind in main))
    behind_all = [kind for kind in background if kind not in main and kind not in led]
    return (*main, *(LED + kind for kind in led), *(BEHIND + kind for kind in behind_all[:MAX_BACKGROUND]))


def _acts_first(words: Iterable[str]) -> bool:
    """Return whether a headline begins with a court, whose word is its ruling, or a crowd, whose demand is its protest."""
    return next(filter(None, map(tag_of, words)), None) in {COURT, "protest"}


def _counts_dead(words: Iterable[str], told: Iterable[str]) -> bool:
    """Return whether the dead are counted: then the count is the news, whoever gives it."""
    return "casualties" in told and any(word.isdigit() or word in _COUNTS for word in words)


def is_about_news(title: str, flat_title: str) -> bool:
    """Return whether a title announces an explanation, a comment, a round-up or a running ticker."""
    told = _ENCLOSED.sub("", title)
    signs = (_NO_NEWS_SIGN.search(title), _ABOUT_AFTER_SIGN.search(told), _ABOUT.search(flat_title))
    return any(sign is not None for sign in signs)


def is_statement(words: Iterable[str]) -> bool:
    """Return whether a headline's first telling word is one of saying, or whether it says what ought to be."""
    words = list(words)
    tags = list(dropwhile(_WHO_ACTS.__contains__, filter(None, map(tag_of, words))))
    if (words and words[-1] in _SAID_LAST) or _FIRST_PERSON.search(" ".join(words)):
        return True
    # Who confirms what happened has said something; who confirms to come has not, and what is confirmed is no speaker.
    if tags[:1] == ["ATTEND"] and "TALKS" not in tags and "confirmed" not in words:
        return True
    # What a court says ought to be is its ruling.
    if "OUGHT" in tags and COURT not in tags:
        return True
    # Who refuses to condemn, or to recognise, has said something; who refuses to meet has done something.
    return tags[:1] == ["SPEAK"] or (tags[:1] == ["SHUN"] and ("SPEAK" in tags or "RECOGNISE" in tags))


def speaks_first(title: str, head: str) -> bool:
    """Return whether a headline names who speaks, and then what was said ("Foreign ministry: …", "Paris: …").

    Before the colon stands a speaker by office, or a third party if that is the actor named first; a label ("Karabakh: …",
    "Breaking: …") or an event ("Fuel depot blast: …") is no speaker.
    """
    before, colon, _ = title.partition(": ")
    words = folded_words(before)
    if not colon or not 1 <= len(words) <= MAX_SPEAKER_WORDS:
        return False
    foreign = bool(head) and head not in BELLIGERENTS
    if any(word.startswith(_SPEAKERS) for word in words):
        # A side's ministry of defence tells what happened.
        return foreign or not _DEFENCE.search(before)
    happened = any(tag and tag not in _WHO_ACTS for tag in map(tag_of, words))
    is_label = happened or all(word in _COMMON or word.startswith(_TOPICAL) for word in words)
    return foreign and not is_label


def label_words(title: str) -> int:
    """Return how many words stand before the colon or the full stop that parts what a headline is about from its news.

    There are none without such a sign, or behind more words than name a topic.
    """
    label = _LABEL.match(title)
    words = _NOT_WORD.sub(" ", label[0]).split() if label else ()
    return len(words) if len(words) <= MAX_SPEAKER_WORDS else 0


def _is_topic(title: str, told: Iterable[str]) -> bool:
    """Return whether what stands before the sign is a topic: before a full stop, only the fighting that goes on is one."""
    label = _LABEL.match(title)
    return label is None or not label[0].endswith(". ") or set(told) <= {"offensive"}


@lru_cache(maxsize=4096)
def is_labelled(title: str) -> bool:
    """Return whether a headline begins with nothing but its topic ("Karabakh: …"): whom that names does nothing there."""
    words = folded_words(title.partition(": ")[0])
    return bool(label_words(title)) and all(word in _COMMON or word.startswith(_TOPICAL) for word in words)


def folded_words(text: str) -> list[str]:
    """Return the words of a text without case."""
    return [word.casefold() for word in _WORD.findall(text)]


def _clauses(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return what happened and what stands behind it."""
    for at, word in enumerate(words):
        if word in _TURNS and (at > SENTENCE_WORDS or (at == SENTENCE_WORDS and any(map(tag_of, words[:at])))):
            return words[:at], words[at + 1 :]
    return words, ()


def headline_end(title: str) -> int:
    """Return how many characters of a title tell its news: all, or those before it turns to the background."""
    words = list(_WORD.finditer(title))
    happened, behind = _clauses([word[0].casefold() for word in words])
    return words[len(happened)].start() if behind else len(title)


def numbers(text: str) -> tuple[str, ...]:
    """Return the figures of a text, in digits, each once; "a dozen" and the like are no figures."""
    digits = [found.replace(",", "").replace(".", "") for found in _NUMBER.findall(text)]
    return tuple(dict.fromkeys((*digits, *_spelled(text))))


def _spelled(text: str) -> Iterator[str]:
    return (_COUNTS[word] for word in text.casefold().split() if word in _COUNTS)


def names(title: str) -> set[str]:
    """Return the names in a headline: its words with a capital, but the first and the topic's own.

    In a Headline Set Like This, where only the shortest and commonest words stay small, a capital says nothing.
    """
    words = _WORD.findall(title)
    if not any(word[0].islower() and len(word) > 3 and word not in _COMMON for word in words[1:]):  # noqa: PLR2004
        return set()
    told = (word.casefold() for word in _INNER.findall(title) if word[0].isupper())
    return {
        word
        for word in told
        if not word.startswith(_TOPICAL) and word not in _COMMON and word not in _COUNTS and not tag_of(word)
    }


def names_source(title: str) -> bool:
    """Return whether a headline begins with the source of its news ("Yerevan says …")."""
    return any(word in _TELLS for word in folded_words(title)[1:SOURCE_WORDS])
