"""Query: what people type, as questions to the archive, and how far one of them goes."""

from __future__ import annotations

import difflib
from dataclasses import replace

from bot.domain.actors import ActorNames
from bot.domain.errors import Invalid
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType
from bot.usecases.ports import Archive

# Reactions that are looked through for one question: more would keep its asker waiting for longer than a second.
FURTHEST = 50_000


async def within_reach(archive: Archive, query: ReactionQuery) -> ReactionQuery:
    """Return the question, begun later where more than FURTHEST reactions would have to be looked through for it.

    Whoever wants what was before that asks again, up to then.
    """
    reached = await archive.reach(query, most=FURTHEST)
    if reached is None or (query.since is not None and query.since >= reached):
        return query
    return replace(query, since=reached)


def actor_code(text: str, names: ActorNames) -> str:
    """Return the code of the actor that is called this, in any language or as a code. Raises Invalid, with the nearest."""
    wanted = " ".join(text.split()).casefold()
    codes = names.codes()
    if wanted.upper() in codes:
        return wanted.upper()
    called = {name.casefold(): code for spoken in names.names.values() for code, name in spoken.items()}
    if wanted in called:
        return called[wanted]
    near = difflib.get_close_matches(wanted, called, n=3, cutoff=0.6)
    raise Invalid(
        f"no actor is called “{text}”"
        + (f"; did you mean {', '.join(sorted({called[each] for each in near}))}?" if near else "")
    )


def reaction_type(text: str) -> ReactionType:
    """Return the type of this name, with spaces or underscores. Raises Invalid, with the nearest."""
    return ReactionType(_named(text, [each.value for each in ReactionType], "reaction type"))


def family(text: str) -> Family:
    """Return the family of this name. Raises Invalid, with the nearest."""
    return Family(_named(text, [each.value for each in Family], "family of reaction types"))


def _named(text: str, allowed: list[str], what: str) -> str:
    wanted = "_".join(text.split()).replace("-", "_").casefold()
    if wanted in allowed:
        return wanted
    near = difflib.get_close_matches(wanted, allowed, n=3, cutoff=0.6) or allowed
    raise Invalid(f"“{text}” is no {what}; there are {', '.join(near)}" + ("" if near == allowed else " and others"))
