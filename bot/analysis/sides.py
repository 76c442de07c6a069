"""Who acts for a whole side: for "Karabakh", for "the breakaway region of Karabakh", for "the Azeris"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.mentions import DEMONYM, PEOPLE, REGION
from bot.analysis.pack import Pack
from bot.analysis.text import Token

_PEOPLES: Final = frozenset({DEMONYM, PEOPLE})


def speaks_for_territory(chunks: Sequence[Chunk], noun: int, pack: Pack) -> tuple[Who, ...]:
    """Return who acts for the territory that the noun phrase at `noun` names by itself; nobody where it names none."""
    chunk = chunks[noun]
    if not chunk.refs:
        return _region_of(chunks, noun, pack)
    region = chunk.refs[0]
    if len(chunk.refs) > 1 or region.mention.kind is not REGION:
        return ()
    before = chunk.words[: len(chunk.words) - (region.mention.end_token - region.mention.start_token)]
    if before and (first := pack.words.get(before[0])) is not None and first.flags & g.DETERMINER:
        before = before[1:]
    if not pack.breakaway.issuperset(before):
        return ()
    return (Who(region.code, None, None, chunk.start, chunk.end),)


def _region_of(chunks: Sequence[Chunk], noun: int, pack: Pack) -> tuple[Who, ...]:
    """Return who acts for "the breakaway region of Karabakh"; a region that is only disputed acts for nobody."""
    if noun + 2 >= len(chunks) or pack.breakaway.isdisjoint(chunks[noun].words):
        return ()
    of, name = chunks[noun + 1], chunks[noun + 2]
    if of.kind != Kind.PREPOSITION or of.words[-1] not in pack.possessor_prepositions:
        return ()
    if len(name.refs) != 1 or name.refs[0].mention.kind is not REGION:
        return ()
    return (Who(name.refs[0].code, None, None, chunks[noun].start, name.end),)


def side_of_people(chunk: Chunk, pack: Pack, tokens: Sequence[Token]) -> tuple[Who, ...]:
    """Return for whom a whole people speaks as a side of what is told: "the Azeris", "les Arméniens"; nobody for others."""
    mention = chunk.refs[-1].mention if chunk.refs else None
    if mention is None or mention.kind not in _PEOPLES or chunk.name:
        return ()
    if len(chunk.words) == 1 and chunk.words[0] in pack.nations:
        return (Who(mention.code, None, None, chunk.start, chunk.end),)
    if not chunk.plural:
        return ()
    if chunk.words[0] not in pack.definites or chunk.start + 1 != mention.start_token or mention.end_token != chunk.end:
        return ()
    if not tokens[mention.start_token].is_capitalised:
        # "les forces arméniennes"
        return ()
    return (Who(mention.code, None, None, chunk.start, chunk.end),)
