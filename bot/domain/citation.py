"""A citation: one line by which a reader can quote a reaction and anybody can find it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.presentation import act_words, attribution_of, own_name, quotation
from bot.domain.reactions import CODEBOOK, Reaction


def citation(
    reaction: Reaction,
    *,
    names: Mapping[str, str],
    outlet: str,
    title: str,
    published: datetime,
    link: str | None,
) -> str:
    """Return the reaction as one line of English: who did what towards whom, the words, the report, and the codebook.

    Outlet, title, time and link are those of its best report; `names` are what actors are called.
    """
    who = own_name(reaction) or names.get(reaction.actor, reaction.actor)
    act = f"{who} {act_words(reaction)}"
    if reaction.targets:
        act += f" → {', '.join(names.get(target, target) for target in reaction.targets)}"
    words = quotation(reaction.quote)
    said = f": “{words}”" if words else ""
    by = "".join(f", {part}" for part in attribution_of(reaction))
    others = len(reaction.outlets) - 1
    where = ", ".join(filter(None, (outlet, f"“{title}”", f"{published.day} {published:%B %Y}", link)))
    also = f" (and {others} further {'outlet' if others == 1 else 'outlets'})" if others > 0 else ""
    return " ".join(f"{act}{said}{by}. {where}{also}. communiqué {reaction.id}, codebook {CODEBOOK}.".split())
