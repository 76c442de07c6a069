"""Who bears a role that an item names in one place and its bearer in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.analysis.drafts import Draft
from bot.analysis.gazetteer import ActorMention


def name_bearers(drafts: Sequence[Draft], persons: Iterable[tuple[ActorMention, str]]) -> None:
    """Give a role its bearer's name, where the item names one office-holder of that actor, and of that office.

    "At the UN, Baerbock and Fidan differ. Germany's foreign minister told …": Baerbock. `persons` come with their names as
    the item writes them.
    """
    holders: dict[str, dict[str, tuple[ActorMention, str]]] = {}
    for person, name in persons:
        known = holders.setdefault(person.code, {})
        if person.name not in known or len(name) > len(known[person.name][1]):
            known[person.name] = (person, name)
    for draft in drafts:
        one = draft.who
        if one.speaker is not None or one.role is None:
            continue
        role = one.role.casefold().split()
        fit = [name for person, name in holders.get(one.code, {}).values() if _is_office(person.role, role)]
        if len(fit) == 1:
            draft.who = one._replace(speaker=fit[0], person_kind=True)


def _is_office(office: str | None, role: Sequence[str]) -> bool:
    """Return whether a role's last words are the office: "Germany's foreign minister", not "deputy foreign minister"."""
    words = office.casefold().split() if office else []
    return bool(words) and list(role[-len(words) :]) == words and len(role) <= len(words) + 1
