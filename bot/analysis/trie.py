"""A trie of tokens: every form that an actor is written in, compiled to plain values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from bot.analysis.mentions import Alias
from bot.analysis.text import Token, tokenize

# The key under which a node keeps what ends there; no token has an empty norm.
END = ""
_LONGEST_ACRONYM = 5
# Xi is a president, XI is a number.
_SHORTEST_SURNAME = 3

# What stands at the end of a path: code, kind, name, language, cases, person (or -1), full name, capitals, acronym,
# nominative.
Terminal = tuple[str, str, str, str, str, int, bool, int, str, str]
Trie = dict[str, "Trie | tuple[Terminal, ...]"]


def _terminal(alias: Alias, tokens: Sequence[Token]) -> Terminal:
    capitals = sum(1 << index for index, token in enumerate(tokens) if token.is_capitalised)
    bare = alias.form.replace(".", "")
    is_short_name = not alias.is_full_name and len(bare) <= _SHORTEST_SURNAME
    is_acronym = len(tokens) == 1 and (
        is_short_name or (1 < len(bare) <= _LONGEST_ACRONYM and bare.isupper() and bare.isalpha())
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
        alias.nominative,
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
            # Of two spellings the one that asks for fewer capitals is enough.
            capitals = known[7] & terminal[7]
            acronym = known[8] if known[8] and terminal[8] else ""
            merged = (*known[:4], cases, *known[5:7], capitals, acronym, known[9])
            node[END] = (*ends[:index], merged, *ends[index + 1 :])
            return
    node[END] = (*ends, terminal)
