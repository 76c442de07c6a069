"""Headlines that tell an act by its noun: "Vives critiques de X contre Y", "Condamnation du blocus par X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.mentions import REGION
from bot.analysis.pack import Pack
from bot.analysis.requests import contents_of
from bot.domain.reactions import ReactionType

_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_AFTER_HEAD: Final = frozenset({Kind.NOUN, Kind.PREPOSITION, Kind.ADVERB, Kind.TIME, Kind.AND})


class Nominal(NamedTuple):
    """An act that a noun tells: whose it is, what it is, whom it is aimed at, and from which chunk to which."""

    who: tuple[Who, ...]
    type: ReactionType
    targets: tuple[str, ...]
    first: int
    last: int


def nominals(chunks: Sequence[Chunk], pack: Pack) -> Iterator[Nominal]:
    """Yield the acts that the first noun of a headline without a verb tells, or the first behind a mark."""
    for m, chunk in enumerate(chunks):
        if chunk.kind != Kind.NOUN or (m and chunks[m - 1].kind not in _MARKS):
            continue
        kinds = {kind for word, kind in pack.nominals.items() if word in chunk.words}
        end = next((n for n in range(m + 1, len(chunks)) if chunks[n].kind not in _AFTER_HEAD), len(chunks))
        if not kinds and (kind := _of_several_words(chunks, m, pack)) is not None:
            yield from _told(chunks, m + 2, end, kind, pack)
            return
        if len(kinds) == 1:
            yield from _told(chunks, m, end, kinds.pop(), pack)
            return


def _of_several_words(chunks: Sequence[Chunk], m: int, pack: Pack) -> ReactionType | None:
    """Return what a noun with a preposition and another tells: "Mise en garde de X à Y"."""
    head = chunks[m : m + 3]
    if [chunk.kind for chunk in head] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]:
        return None
    return pack.nominals.get(" ".join([head[0].words[-1], *head[1].words, head[2].words[0]]))


def _told(chunks: Sequence[Chunk], m: int, end: int, kind: ReactionType, pack: Pack) -> Iterator[Nominal]:
    doer = _doer(chunks, m, end, pack)
    if kind is t.PROTEST:
        who: tuple[Who, ...] = (Who("OTHER", None, " ".join(chunks[m].words), chunks[m].start, chunks[m].end),)
        causes = pack.victim_prepositions | pack.protest_prepositions
        yield Nominal(who, kind, _aimed(chunks, m + 1, end, causes, pack), m, end - 1)
        return
    if doer < 0:
        return
    who = chunks[doer].who
    own = {one.code for one in who}
    if kind is t.REPORT:
        # A call: what it is for tells what it is.
        words = [word for chunk in chunks[doer + 1 : end] for word in chunk.words]
        targets = _aimed(chunks, doer + 1, end, pack.partner_prepositions | pack.addressee_prepositions, pack)
        for content in contents_of([words], pack):
            yield Nominal(who, content.type, tuple(code for code in targets if code not in own), m, end - 1)
        return
    towards = pack.victim_prepositions | (pack.addressee_prepositions - pack.possessor_prepositions)
    targets = _aimed(chunks, doer + 1, end, towards | pack.partner_prepositions, pack)
    if doer > m + 2:
        # "condamnation des frappes turques par X": what is condemned stands before whoever does.
        targets += _aimed(chunks, m + 1, doer - 1, pack.possessor_prepositions, pack)
    if kind is t.EXPRESS_CONCERN:
        targets = ()
    if not targets and kind not in {t.CONDEMN, t.EXPRESS_CONCERN, t.WELCOME}:
        return
    yield Nominal(who, kind, tuple(code for code in targets if code not in own), m, end - 1)


def _doer(chunks: Sequence[Chunk], m: int, end: int, pack: Pack) -> int:
    """Return the chunk of whoever the noun at `m` is of, or is done by; -1 where nobody is named."""
    if m and chunks[m].who and chunks[m - 1].kind == Kind.PREPOSITION:
        # "Mise en garde de X": its last noun is a role elsewhere, and one phrase with whose it is.
        return m
    for n in range(m + 1, end - 1):
        if chunks[n].kind == Kind.PREPOSITION and chunks[n].words[-1] in pack.agent_prepositions and chunks[n + 1].who:
            return n + 1
    if m + 2 >= end or chunks[m + 1].kind != Kind.PREPOSITION or not pack.nominals_by.isdisjoint(chunks[m].words):
        return -1
    owns = chunks[m + 1].words[-1] in pack.possessor_prepositions
    return m + 2 if owns and chunks[m + 2].who else -1


def _aimed(chunks: Sequence[Chunk], start: int, end: int, prepositions: frozenset[str], pack: Pack) -> tuple[str, ...]:
    """Return whom the phrases behind one of the prepositions name, with those that own what they name."""
    found: dict[str, None] = {}
    inside = False
    for m in range(start, end):
        chunk = chunks[m]
        if chunk.kind == Kind.PREPOSITION:
            word = chunk.words[-1]
            inside = word in prepositions or (inside and word in pack.possessor_prepositions)
        elif chunk.kind == Kind.NOUN and inside:
            for code in [one.code for one in chunk.who] or [r.code for r in chunk.refs if r.mention.kind is not REGION]:
                found[code] = None
    return tuple(found)
