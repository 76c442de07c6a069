"""Finds the actors that a text names: states, organisations, capitals, organs and office-holders."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from itertools import compress
from operator import attrgetter
from typing import Final, NamedTuple

from bot.analysis.mentions import (
    CAPITAL,
    LOOKALIKE,
    PERSON,
    ActorMention,
    Alias,
    MentionKind,
    Namesake,
    Person,
)
from bot.analysis.possession import possessed
from bot.analysis.text import Token
from bot.analysis.trie import END, Terminal, Trie, compile_trie, languages_of

OTHER = "OTHER"
# So long before a first office a bare surname was hardly theirs.
BEFORE_FAME = timedelta(days=365)
_TWO = 2
# Shorter parts of a name are particles.
_SHORTEST_PART = 4


class _Found(NamedTuple):
    """A stretch of tokens and everything it may name."""

    start: int
    end: int
    terminals: tuple[Terminal, ...]


_KINDS: Final[dict[str, MentionKind]] = {kind.value: kind for kind in MentionKind}
_START: Final = attrgetter("start_token")
_PLACES = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.REGION})


class Gazetteer:
    """Finds actors in tokens: leftmost first, longest first, possessors over what they possess.

    `first_names` tell that a surname is another person's, `titles` that it is not; after a capital, `events` tell that
    it names an occasion ("Washington summit") and no government. `owning` are the words that stand between an organ and
    whose it is ("Senate of the Philippines", "Armenia's Security Council"), `particles` those inside surnames ("von").
    """

    def __init__(
        self,
        trie: Trie,
        persons: Sequence[Person] = (),
        *,
        namesakes: Iterable[Namesake] = (),
        first_names: Iterable[str] = (),
        events: Iterable[str] = (),
        titles: Iterable[str] = (),
        owning: Iterable[Sequence[str]] = (),
        particles: Iterable[str] = (),
        languages: Iterable[str] | None = None,
    ) -> None:
        self._trie = trie
        self._persons = tuple(persons)
        self._namesakes: dict[str, Namesake] = {namesake.code: namesake for namesake in namesakes}
        self._first_names = frozenset(first_names)
        self._events = frozenset(events)
        self._titles = frozenset(titles)
        self._owning = frozenset(tuple(words) for words in owning)
        self._particles = frozenset(particles)
        self._languages = languages_of(trie) if languages is None else frozenset(languages)

    @classmethod
    def of(
        cls,
        aliases: Iterable[Alias],
        persons: Sequence[Person] = (),
        *,
        namesakes: Iterable[Namesake] = (),
        first_names: Iterable[str] = (),
        events: Iterable[str] = (),
        titles: Iterable[str] = (),
        owning: Iterable[Sequence[str]] = (),
        particles: Iterable[str] = (),
    ) -> Gazetteer:
        """Return a gazetteer of these aliases, compiled on the spot."""
        return cls(
            compile_trie(aliases),
            persons,
            namesakes=namesakes,
            first_names=first_names,
            events=events,
            titles=titles,
            owning=owning,
            particles=particles,
        )

    @property
    def firsts(self) -> Container[str]:
        """Return the words that names begin with."""
        return self._trie

    def find(
        self,
        tokens: Sequence[Token],
        on: date | None = None,
        language: str | None = None,
        *,
        norms: Sequence[str] | None = None,
        beginnings: Sequence[int] | None = None,
    ) -> tuple[ActorMention, ...]:
        """Return the mentions in order, none overlapping another; offices are those of the day `on`.

        Where the lexicon has forms of the language, those that only other languages have are passed over. `norms` are
        those of the tokens, `beginnings` the tokens that are in `firsts`, for who has them at hand.
        """
        if language not in self._languages:
            language = None
        norms = [token.norm for token in tokens] if norms is None else norms
        if beginnings is None:
            beginnings = [index for index, norm in enumerate(norms) if norm in self._trie]
        found = self._stretches(tokens, norms, beginnings, language)
        if not found:
            return ()
        certain: set[str] = set()
        codes: set[str] = set()
        named: dict[str, int] = {}
        for _, end, terminals in found:
            first = terminals[0]
            if len(terminals) == 1:
                codes.add(first[0])
                certain.add(first[0])
            else:
                those = {terminal[0] for terminal in terminals}
                codes |= those
                certain.update(those if len(those) == 1 else ())
            if first[5] >= 0 and first[6]:
                named.setdefault(norms[end - 1], first[5])
        namesakes = self._namesakes_in(norms, codes)
        mentions: list[ActorMention] = []
        strangers: set[str] = set()
        for one in found:
            mention = self._mention(tokens, one, on, certain, strangers, named, namesakes)
            if mention is not None:
                mentions.append(mention)
        if again := _named_again(tokens, norms, mentions):
            mentions = sorted([*mentions, *again], key=_START)
        return possessed(tokens, mentions, self._owning)

    def _stretches(
        self, tokens: Sequence[Token], norms: Sequence[str], beginnings: Sequence[int], language: str | None
    ) -> list[_Found]:
        trie, count, after = self._trie, len(tokens), 0
        found: list[_Found] = []
        # Most words begin no form, and are passed over at once.
        for index in beginnings:
            node = trie[norms[index]]
            if index < after or not isinstance(node, dict):
                continue
            best: tuple[Terminal, ...] = ()
            end = position = index + 1
            while True:
                ends = node.get(END)
                if isinstance(ends, tuple) and (fitting := _fitting(ends, tokens, index, language)):
                    best, end = fitting, position
                below = node.get(norms[position]) if position < count else None
                # A name does not run from one paragraph into the next.
                if not isinstance(below, dict) or tokens[position].start - tokens[position - 1].end > 1:
                    break
                node = below
                position += 1
            if best:
                found.append(_Found(index, end, best))
                after = end
        return found

    def _mention(
        self,
        tokens: Sequence[Token],
        found: _Found,
        on: date | None,
        certain: set[str],
        strangers: set[str],
        named: dict[str, int],
        namesakes: Collection[str],
    ) -> ActorMention | None:
        terminal = found.terminals[0]
        if len(found.terminals) > 1:
            terminal = self._chosen(tokens, found, on, certain, named)
        code, kind_value, name, _, cases, person, is_full_name, *_, nominative = terminal
        kind = _KINDS[kind_value]
        if kind is LOOKALIKE or (code in namesakes and tokens[found.start].norm in self._namesakes[code].forms):
            return None
        if (
            kind in _PLACES
            and found.end - found.start == 1
            and found.start
            and tokens[found.start - 1].norm in self._first_names
            and self._is_surname(tokens, found.start)
        ):
            return None
        is_joined = found.start and tokens[found.start - 1].norm == "-"
        if kind is CAPITAL and not is_joined and found.end < len(tokens) and tokens[found.end].norm in self._events:
            # "the Minsk talks", but "Baku-Yerevan talks"
            return None
        if person < 0:
            return ActorMention(found.start, found.end, code, kind, name, cases=cases, nominative=nominative)
        holder = self._persons[person]
        office = holder.office_on(on)
        if not is_full_name and (
            (office is None and _is_unknown_yet(holder, on))
            or self._is_a_stranger(tokens, found, person, strangers, named)
        ):
            return None
        if office is None:
            role = _former_role(holder, on)
            once = holder.offices[-1].actor if role is not None else ""
            return ActorMention(
                found.start,
                found.end,
                OTHER,
                kind,
                name,
                role,
                in_office=False,
                cases=cases,
                is_full_name=is_full_name,
                nominative=nominative,
                once=once,
            )
        return ActorMention(
            found.start,
            found.end,
            office.actor,
            kind,
            name,
            office.role,
            cases=cases,
            is_full_name=is_full_name,
            nominative=nominative,
        )

    def _chosen(
        self, tokens: Sequence[Token], found: _Found, on: date | None, certain: set[str], named: dict[str, int]
    ) -> Terminal:
        """Return which of several actors is meant: one named in full before, one in office, one named elsewhere."""
        surname = tokens[found.end - 1].norm
        for terminal in found.terminals:
            if terminal[5] >= 0 and named.get(surname) == terminal[5]:
                return terminal
        for terminal in found.terminals:
            if terminal[5] >= 0 and self._persons[terminal[5]].office_on(on) is not None:
                return terminal
        for terminal in found.terminals:
            if terminal[5] < 0 and terminal[0] in certain:
                return terminal
        return found.terminals[0]

    def _is_a_stranger(
        self, tokens: Sequence[Token], found: _Found, person: int, strangers: set[str], named: dict[str, int]
    ) -> bool:
        """Return whether a bare surname is somebody else's: a first name stands before it, or it is one itself."""
        surname = tokens[found.end - 1].norm
        if named.get(surname, person) != person:
            return True
        if self._follows_first_name(tokens, found):
            if surname not in named:
                strangers.add(surname)
            return True
        if surname in strangers and surname not in named:
            return True
        return surname in self._first_names and self._goes_on(tokens, found.end)

    def _goes_on(self, tokens: Sequence[Token], end: int) -> bool:
        """Return whether a surname seems to follow: one capitalised word, unless every word of the line has a capital."""
        if end >= len(tokens):
            return False
        if tokens[end].norm in self._particles:
            return end + 1 < len(tokens) and tokens[end + 1].is_capitalised
        if not tokens[end].is_capitalised:
            return False
        return end + 1 >= len(tokens) or not tokens[end + 1].is_capitalised

    def _is_surname(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a first name stands right before: "Tom Holland"."""
        before = tokens[index - 1]
        return before.is_capitalised and before.end + 1 == tokens[index].start

    def _follows_first_name(self, tokens: Sequence[Token], found: _Found) -> bool:
        if not found.start:
            return False
        before = tokens[found.start - 1]
        if not before.is_capitalised or before.end + 1 != tokens[found.start].start:
            return False
        if before.norm in self._first_names:
            return True
        # In a running sentence whatever has a capital and is no title is a first name; headlines capitalise anything.
        if found.start == 1 or before.norm in self._titles or self._trie.get(before.norm) is not None:
            return False
        earlier = tokens[found.start - 2]
        return earlier.norm == "," or (earlier.is_word and not earlier.is_capitalised)

    def _namesakes_in(self, norms: Sequence[str], codes: AbstractSet[str]) -> Collection[str]:
        """Return those of the actors whose names mean something else in this text, by the signs in it."""
        codes = codes & self._namesakes.keys()
        if not codes:
            return ()
        # Once for the text: what is named often would have it gone through as often.
        present = frozenset(norms)
        return [
            code
            for code in codes
            if not present.isdisjoint(self._namesakes[code].signs) and present.isdisjoint(self._namesakes[code].unless)
        ]


def _named_again(tokens: Sequence[Token], norms: Sequence[str], mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Return where persons that a text names in full are named by half their name: "Shehbaz Sharif … Shehbaz".

    A capital on either side may make it another name, so that only a word between others counts.
    """
    parts: dict[str, ActorMention] = {}
    for mention in mentions:
        if (
            mention.kind is not PERSON
            or not mention.in_office
            or not mention.is_full_name
            or mention.end_token - mention.start_token < _TWO
        ):
            continue
        for token in (tokens[mention.start_token], tokens[mention.end_token - 1]):
            if len(token.norm) >= _SHORTEST_PART and token.text.isalpha():
                known = parts.setdefault(token.norm, mention)
                if known.name != mention.name:
                    # Of two with the same name neither is meant.
                    parts[token.norm] = replace(mention, is_full_name=False)
    if not parts:
        return []
    taken = {index for mention in mentions for index in range(mention.start_token, mention.end_token)}
    found = []
    for index in [index for index, norm in enumerate(norms) if norm in parts]:
        whole = parts[norms[index]]
        if not whole.is_full_name or index in taken or not tokens[index].text.istitle():
            continue
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if (before is not None and before.is_capitalised and before.is_word) or (
            after is not None and after.is_capitalised
        ):
            continue
        found.append(
            replace(whole, start_token=index, end_token=index + 1, is_full_name=False, cases="", nominative="")
        )
    return found


def _fitting(
    ends: tuple[Terminal, ...], tokens: Sequence[Token], start: int, language: str | None
) -> tuple[Terminal, ...]:
    """Return those that the text's capitals and language allow."""
    text = tokens[start].text
    has_capital = text[0].isupper()
    fit = [
        (not terminal[3] or language is None or terminal[3] == language)
        and (not terminal[8] or terminal[8] == text)
        and (not terminal[7] or (has_capital if terminal[7] == 1 else _has_capitals(tokens, start, terminal[7])))
        for terminal in ends
    ]
    return ends if all(fit) else tuple(compress(ends, fit))


def _has_capitals(tokens: Sequence[Token], start: int, capitals: int) -> bool:
    index = start
    while capitals:
        if capitals & 1 and not tokens[index].is_capitalised:
            return False
        capitals >>= 1
        index += 1
    return True


def _is_unknown_yet(person: Person, day: date | None) -> bool:
    """Return whether the person's first office lies far ahead: a bare surname was somebody else's then."""
    return day is not None and bool(person.offices) and person.offices[0].since > day + BEFORE_FAME


def _former_role(person: Person, day: date | None) -> str | None:
    """Return what the person last was, in words, if that is over."""
    over = [office.role for office in person.offices if day and office.until is not None and office.until < day]
    return f"former {over[-1]}" if over else None


__all__ = ["ActorMention", "Gazetteer", "MentionKind"]
