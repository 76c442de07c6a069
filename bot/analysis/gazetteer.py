"""Actors named in a text: states, organisations, capitals, organs and office-holders, found by a trie of tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.analysis.text import Token, tokenize

OTHER = "OTHER"
# An office changes hands at noon in one capital and is news the day before in another.
OFFICE_GRACE = timedelta(days=2)
# So long before a first office a bare surname was hardly theirs.
BEFORE_FAME = timedelta(days=365)
# The key under which a trie node keeps what ends there; no token has an empty norm.
END = ""
_LONGEST_ACRONYM = 5
# Xi is a president, XI is a number.
_SHORTEST_SURNAME = 3


class MentionKind(StrEnum):
    """What a mention is, and so what it may do in a sentence."""

    NAME = "name"
    # A capital or palace that acts for its state, or is merely where something happens.
    CAPITAL = "capital"
    # A parliament, ministry, army or sub-body.
    ORGAN = "organ"
    # A territory: a place or a target, an actor only together with a role.
    REGION = "region"
    # An adjective or the name of a people: never an actor alone.
    DEMONYM = "demonym"
    # A people that is only ever a target.
    PEOPLE = "people"
    PERSON = "person"
    # What looks like an actor and is none: it is found so that nothing inside it is, and never returned.
    LOOKALIKE = "lookalike"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """One mention of an actor: `tokens[start_token:end_token]`.

    `name` is what a reader knows the actor or person by, not what the text says. `role` is a person's office on that
    day; a person out of office has the code OTHER and `in_office` false. `cases` holds the grammatical cases that the
    form can be in, as letters of "ngdaip" (nominative, genitive, dative, accusative, instrumental, prepositional), and
    is empty where the language has none or the form does not tell. `is_full_name` is false for a bare surname.
    """

    start_token: int
    end_token: int
    code: str
    kind: MentionKind
    name: str
    role: str | None = None
    in_office: bool = True
    cases: str = ""
    is_full_name: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a person was, for whom, and when; `until` is None for those who still are."""

    actor: str
    role: str
    since: date
    until: date | None = None

    def is_held_on(self, day: date) -> bool:
        """Return whether the office was held that day, give or take the days in which it changed hands."""
        return self.since - OFFICE_GRACE <= day and (self.until is None or day <= self.until + OFFICE_GRACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the lexicon; without offices, one who never speaks for an actor. `offices` are in order of time."""

    name: str
    offices: tuple[Office, ...] = ()

    def office_on(self, day: date | None) -> Office | None:
        """Return the office held that day (the latest begun of several), or the last one where no day is known."""
        if day is None:
            return self.offices[-1] if self.offices else None
        return max((o for o in self.offices if o.is_held_on(day)), key=lambda office: office.since, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One form that an actor is written in.

    `language` is empty for forms that are the same in several languages. A form that is written with capitals is
    only found with capitals; one in capitals throughout, up to five letters long, only so. `person` is the index of
    the person it names.
    """

    form: str
    code: str
    kind: MentionKind
    name: str
    language: str = ""
    cases: str = ""
    person: int | None = None
    is_full_name: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """When a name means something else: `code` is not meant in a text with one of `signs` and none of `unless`."""

    code: str
    forms: frozenset[str]
    signs: frozenset[str]
    unless: frozenset[str] = frozenset()


# What stands at the end of a path: code, kind, name, language, cases, person (or -1), full name, capitals, acronym.
Terminal = tuple[str, str, str, str, str, int, bool, int, str]
Trie = dict[str, "Trie | tuple[Terminal, ...]"]


def _terminal(alias: Alias, tokens: Sequence[Token]) -> Terminal:
    capitals = sum(1 << index for index, token in enumerate(tokens) if token.is_capitalised)
    bare = alias.form.replace(".", "")
    is_acronym = (
        len(tokens) == 1 and len(bare) <= _LONGEST_ACRONYM and bare.isupper() and bare.isalpha() and len(bare) > 1
    )
    person = -1 if alias.person is None else alias.person
    return (
        alias.code,
        alias.kind.value,
        alias.name,
        alias.language,
        alias.cases,
        person,
        alias.is_full_name,
        capitals,
        alias.form if is_acronym else "",
    )


def compile_trie(aliases: Iterable[Alias]) -> Trie:
    """Return the aliases as nested dictionaries of plain values, which can be kept in a file.

    A hyphen in an alias may be missing or a blank in the text, and Latin letters may lack their accents. The first of
    two aliases that agree in form and code stays; those that agree in form alone are all kept, in order.
    """
    trie: Trie = {}
    for alias in aliases:
        tokens = tokenize(alias.form)
        terminal = _terminal(alias, tokens)
        _insert(trie, [token.norm for token in tokens], terminal)
        plain = _without_accents(alias.form)
        if plain != alias.form:
            bare = tokenize(plain)
            _insert(trie, [token.norm for token in bare], _terminal(alias, bare))
        loose = [token for token in tokens if token.norm != "-"]
        if len(loose) < len(tokens):
            _insert(trie, [token.norm for token in loose], _terminal(alias, loose))
    return trie


_LAST_LATIN = "\u024f"
_UNDECOMPOSED = str.maketrans("łŁøØđĐıİ", "lLoOdDiI")


def languages_of(trie: Trie) -> frozenset[str]:
    """Return the languages that any form in the trie belongs to alone."""
    found: set[str] = set()
    nodes: list[Trie] = [trie]
    while nodes:
        for key, below in nodes.pop().items():
            if isinstance(below, dict):
                nodes.append(below)
            elif key == END:
                found.update(terminal[3] for terminal in below)
    return frozenset(found - {""})


def _without_accents(form: str) -> str:
    """Return a Latin form as a keyboard without accents writes it; other scripts keep their marks, which are letters."""
    if form.isascii() or any(mark > _LAST_LATIN and mark.isalpha() for mark in form):
        return form
    parts = unicodedata.normalize("NFD", form.translate(_UNDECOMPOSED))
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def _insert(trie: Trie, norms: Sequence[str], terminal: Terminal) -> None:
    node = trie
    for norm in norms:
        below = node.setdefault(norm, {})
        assert isinstance(below, dict)
        node = below
    ends = node.get(END, ())
    assert isinstance(ends, tuple)
    code, kind, _, language, _, person, *_ = terminal
    for index, known in enumerate(ends):
        if (known[0], known[1], known[5]) == (code, kind, person) and known[3] in {"", language}:
            cases = "".join(sorted(set(known[4] + terminal[4]), key="ngdaip".index))
            node[END] = (*ends[:index], (*known[:4], cases, *known[5:]), *ends[index + 1 :])
            return
    node[END] = (*ends, terminal)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A stretch of tokens and everything it may name."""

    start: int
    end: int
    terminals: tuple[Terminal, ...]


_PLACES = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.REGION})


class Gazetteer:
    """Finds actors in tokens: leftmost first, longest first, possessors over what they possess.

    `first_names` tell that a surname is another person's, `titles` that it is not; after a capital, `events` tell that
    it names an occasion ("Washington summit") and no government.
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
        languages: Iterable[str] | None = None,
    ) -> None:
        self._trie = trie
        self._persons = tuple(persons)
        self._namesakes: dict[str, Namesake] = {namesake.code: namesake for namesake in namesakes}
        self._first_names = frozenset(first_names)
        self._events = frozenset(events)
        self._titles = frozenset(titles)
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
    ) -> Gazetteer:
        """Return a gazetteer of these aliases, compiled on the spot."""
        return cls(
            compile_trie(aliases), persons, namesakes=namesakes, first_names=first_names, events=events, titles=titles
        )

    def find(
        self, tokens: Sequence[Token], on: date | None = None, language: str | None = None
    ) -> tuple[ActorMention, ...]:
        """Return the mentions in order, none overlapping another; offices are those of the day `on`.

        Where the lexicon has forms of the language, those that only other languages have are passed over.
        """
        if language not in self._languages:
            language = None
        found = list(self._stretches(tokens, language))
        if not found:
            return ()
        certain = {one.terminals[0][0] for one in found if len({terminal[0] for terminal in one.terminals}) == 1}
        mentions: list[ActorMention] = []
        strangers: set[str] = set()
        named = {tokens[one.end - 1].norm: one.terminals[0][5] for one in reversed(found) if _names_in_full(one)}
        for one in found:
            mention = self._mention(tokens, one, on, certain, strangers, named)
            if mention is not None:
                mentions.append(mention)
        return _possessed(tokens, mentions)

    def _stretches(self, tokens: Sequence[Token], language: str | None) -> Iterable[_Found]:
        trie, count, index = self._trie, len(tokens), 0
        while index < count:
            node = trie.get(tokens[index].norm)
            if not isinstance(node, dict):
                index += 1
                continue
            best: tuple[Terminal, ...] = ()
            end = position = index + 1
            while True:
                ends = node.get(END)
                if isinstance(ends, tuple) and (fitting := _fitting(ends, tokens, index, language)):
                    best, end = fitting, position
                if position == count:
                    break
                below = node.get(tokens[position].norm)
                if not isinstance(below, dict):
                    break
                node = below
                position += 1
            if best:
                yield _Found(start=index, end=end, terminals=best)
            index = end if best else index + 1

    def _mention(
        self,
        tokens: Sequence[Token],
        found: _Found,
        on: date | None,
        certain: set[str],
        strangers: set[str],
        named: dict[str, int],
    ) -> ActorMention | None:
        terminal = found.terminals[0]
        if len(found.terminals) > 1:
            terminal = self._chosen(tokens, found, on, certain, named)
        code, kind_value, name, _, cases, person, is_full_name, *_ = terminal
        kind = MentionKind(kind_value)
        if kind is MentionKind.LOOKALIKE or self._is_namesake(code, tokens, found):
            return None
        if kind in _PLACES and found.end - found.start == 1 and self._is_surname(tokens, found.start):
            return None
        if kind is MentionKind.CAPITAL and found.end < len(tokens) and tokens[found.end].norm in self._events:
            return None
        mention = ActorMention(
            start_token=found.start, end_token=found.end, code=code, kind=kind, name=name, cases=cases
        )
        if person < 0:
            return mention
        holder = self._persons[person]
        office = holder.office_on(on)
        if not is_full_name and (
            (office is None and _is_unknown_yet(holder, on))
            or self._is_a_stranger(tokens, found, person, strangers, named)
        ):
            return None
        if office is None:
            role = _former_role(holder, on)
            return replace(mention, code=OTHER, role=role, in_office=False, is_full_name=is_full_name)
        return replace(mention, code=office.actor, role=office.role, is_full_name=is_full_name)

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
        return surname in self._first_names and _goes_on(tokens, found.end)

    def _is_surname(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a first name stands right before: "Tom Holland"."""
        before = tokens[index - 1] if index else None
        return (
            before is not None
            and before.is_capitalised
            and before.norm in self._first_names
            and before.end + 1 == tokens[index].start
        )

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

    def _is_namesake(self, code: str, tokens: Sequence[Token], found: _Found) -> bool:
        namesake = self._namesakes.get(code)
        if namesake is None or tokens[found.start].norm not in namesake.forms:
            return False
        norms = {token.norm for token in tokens}
        return not norms.isdisjoint(namesake.signs) and norms.isdisjoint(namesake.unless)


def _fitting(
    ends: tuple[Terminal, ...], tokens: Sequence[Token], start: int, language: str | None
) -> tuple[Terminal, ...]:
    """Return those that the text's capitals and language allow."""
    return tuple(
        terminal
        for terminal in ends
        if (not terminal[3] or language is None or terminal[3] == language)
        and (not terminal[8] or terminal[8] == tokens[start].text)
        and _has_capitals(tokens, start, terminal[7])
    )


def _has_capitals(tokens: Sequence[Token], start: int, capitals: int) -> bool:
    index = start
    while capitals:
        if capitals & 1 and not tokens[index].is_capitalised:
            return False
        capitals >>= 1
        index += 1
    return True


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a surname seems to follow: one capitalised word, unless every word of the line has a capital."""
    if end >= len(tokens) or not tokens[end].is_capitalised:
        return False
    return end + 1 >= len(tokens) or not tokens[end + 1].is_capitalised


def _names_in_full(found: _Found) -> bool:
    return found.terminals[0][5] >= 0 and found.terminals[0][6]


def _is_unknown_yet(person: Person, day: date | None) -> bool:
    """Return whether the person's first office lies far ahead: a bare surname was somebody else's then."""
    return day is not None and bool(person.offices) and person.offices[0].since > day + BEFORE_FAME


def _former_role(person: Person, day: date | None) -> str | None:
    """Return what the person last was, in words, if that is over."""
    over = [office.role for office in person.offices if day and office.until is not None and office.until < day]
    return f"former {over[-1]}" if over else None


_POSSESSABLE = frozenset({MentionKind.ORGAN})
_POSSESSORS = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.DEMONYM})


def _possessed(tokens: Sequence[Token], mentions: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Return the mentions with organs given to whoever owns them: "the Philippine Senate", "Armenia's Security Council"."""
    settled: list[ActorMention] = []
    for index, mention in enumerate(mentions):
        if mention.kind in _POSSESSABLE:
            owner = _owner_before(tokens, settled, mention) or _owner_after(tokens, mentions, index)
            if owner is not None and owner.code != mention.code:
                settled.append(replace(mention, code=owner.code, name=owner.name))
                continue
        settled.append(mention)
    return tuple(settled)


def _owner_before(
    tokens: Sequence[Token], settled: Sequence[ActorMention], mention: ActorMention
) -> ActorMention | None:
    if not settled or settled[-1].kind not in _POSSESSORS:
        return None
    owner = settled[-1]
    between = [token.norm for token in tokens[owner.end_token : mention.start_token]]
    is_owner = between == ["'s"] or (owner.kind is MentionKind.DEMONYM and not between)
    return owner if is_owner else None


def _owner_after(tokens: Sequence[Token], mentions: Sequence[ActorMention], index: int) -> ActorMention | None:
    if index + 1 >= len(mentions) or mentions[index + 1].kind is not MentionKind.NAME:
        return None
    owner = mentions[index + 1]
    between = [token.norm for token in tokens[mentions[index].end_token : owner.start_token]]
    return owner if between in (["of"], ["of", "the"]) else None


__all__ = [
    "ActorMention",
    "Alias",
    "Gazetteer",
    "MentionKind",
    "Namesake",
    "Office",
    "Person",
    "Trie",
    "compile_trie",
    "languages_of",
]
