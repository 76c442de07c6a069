"""Who bears a role that an item names in one place and its bearer in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Who
from bot.analysis.drafts import Draft
from bot.analysis.mentions import PERSON, ActorMention
from bot.analysis.pack import Pack
from bot.domain.reactions import COLLECTIVE_ACTORS

# Who governs a state, as the table of offices has it.
_GOVERNING: Final = frozenset({"president", "prime minister", "leader", "chancellor", "king", "supreme leader"})


class Bearers:
    """Those whom an item names, and the roles that they may bear."""

    def __init__(self, pack: Pack, mentions: Iterable[tuple[ActorMention, str]]) -> None:
        """Take a language's pack, and the item's actors and persons in office with what it calls them."""
        self._pack = pack
        self._holders: dict[str, dict[str, tuple[ActorMention, str]]] = {}
        told = list(mentions)
        names = {_plain(name) for _, name in told}
        # "UN spokesman" names the UN, and somebody who only speaks for it.
        self._names = sorted((n for n in names if pack.mouthpieces.isdisjoint(n.split())), key=len, reverse=True)
        for mention, name in told:
            if mention.kind is PERSON and mention.in_office:
                known = self._holders.setdefault(mention.code, {})
                if mention.name not in known or len(name) > len(known[mention.name][1]):
                    known[mention.name] = (mention, name)

    def name(self, drafts: Sequence[Draft]) -> None:
        """Give roles their bearers' names, where the item leaves no doubt who that is."""
        together = Counter((draft.start, draft.end, draft.type) for draft in drafts)
        # "the presidents of X and Y": each of them is one
        roles = [self._role_of(d.who, one_of_several=together[d.start, d.end, d.type] > 1) for d in drafts]
        self._name_holders(drafts, roles)
        self._name_only_ones(drafts, roles)

    def _role_of(self, who: Who, *, one_of_several: bool) -> str | None:
        """Return the role of one person, in lower case."""
        if who.role is None:
            return None
        role = who.role.casefold()
        return " ".join(self._singular(word) for word in role.split()) if one_of_several else role

    def _name_holders(self, drafts: Sequence[Draft], roles: Sequence[str | None]) -> None:
        """Name the one office-holder of an actor who bears that office.

        "At the UN, Baerbock and Fidan differ. Germany's foreign minister told …": Baerbock.
        """
        for draft, role in zip(drafts, roles, strict=True):
            one = draft.who
            if one.speaker is not None or role is None:
                continue
            holders = self._holders.get(one.code, {}).values()
            fit = [name for holder, name in holders if _is_office(holder.role, role.split())]
            if not fit and len(holders) == 1 and " ".join(self._essence(role)) in self._pack.leaders:
                # "the Turkish leader", but not "the Turkish party leader"
                fit = [name for holder, name in holders if holder.role in _GOVERNING]
            if len(fit) == 1:
                draft.who = one._replace(speaker=fit[0], person_kind=True)

    def _name_only_ones(self, drafts: Sequence[Draft], roles: Sequence[str | None]) -> None:
        """Name whoever alone is named with an actor, unless the role is somebody else's or a body's."""
        named: dict[str, list[Who]] = {}
        for draft in drafts:
            if draft.who.speaker is not None:
                named.setdefault(draft.who.code, []).append(draft.who)
        for code, found in named.items():
            if code in COLLECTIVE_ACTORS or not _is_one([set((one.speaker or "").split()) for one in found]):
                continue
            bearer = max(found, key=lambda one: len(one.speaker or ""))
            offices = self._offices(found)
            for draft, role in zip(drafts, roles, strict=True):
                who = draft.who
                if who.speaker is None and who.role is None and draft.type == t.MILITARY_ACTION:
                    # A state's attack is nobody's word.
                    continue
                if who.code == code and self._may_bear(role, offices, is_named=who.speaker is not None):
                    draft.who = who._replace(speaker=bearer.speaker, role=who.role or bearer.role)

    def _offices(self, found: Sequence[Who]) -> list[tuple[str, ...]]:
        """Return what one person is known to be, by the item and, where this language's words say it, by the tables."""
        offices = {self._essence(one.role) for one in found if one.role}
        names = {word for one in found for word in (one.speaker or "").casefold().split()}
        for holder, name in self._holders.get(found[0].code, {}).values():
            office = holder.role or ""
            if names.isdisjoint(name.casefold().split()):
                continue
            if office in self._pack.offices:
                offices.update(self._essence(way) for way in self._pack.offices[office])
            elif any(self._has(word, g.ROLE) for word in _plain(office).split()):
                offices.add(self._essence(office))
        return sorted(offices - {()})

    def _may_bear(self, role: str | None, offices: Sequence[tuple[str, ...]], *, is_named: bool) -> bool:
        """Return whether whoever has these offices may be meant by a role: "the minister", but not "his spokesman"."""
        if role is None:
            return True
        if self._pack.is_organ(role):
            return False
        if is_named:
            return True
        last = role.rpartition(" ")[2]
        if self._has(last, g.PLURAL) or (self._has(last, g.ROLE) and self._pack.is_plural(last)):
            return False
        if not offices:
            return True
        words = self._essence(role)
        speaks = any(not self._pack.mouthpieces.isdisjoint(office) for office in offices)
        if " ".join(words) in self._pack.leaders | self._pack.heads:
            return not speaks
        return any(self._is_same(set(words), set(office)) for office in offices)

    def _is_same(self, role: set[str], office: set[str]) -> bool:
        """Return whether two sets of words may be one office: either says more than the other, but no second role."""
        return role <= office or (office <= role and not any(self._has(word, g.ROLE) for word in role - office))

    def _has(self, word: str, flags: int) -> bool:
        return word in self._pack.words and bool(self._pack.words[word].flags & flags)

    def _singular(self, word: str) -> str:
        endings = (ending for ending in self._pack.plural_endings if word.endswith(ending))
        return word.removesuffix(next(endings, "")) if self._has(word, g.ROLE) and self._pack.is_plural(word) else word

    def _essence(self, role: str) -> tuple[str, ...]:
        """Return a role's own words, without whose it is, in one of the ways to write them: "fm" is "foreign minister"."""
        own = f" {_plain(role)} "
        for name in self._names:
            own = own.replace(f" {name} ", " ")
        words = [word for word in own.split() if not self._has(word, g.DETERMINER | g.PREPOSITION)]
        for short, ways in self._pack.short_titles.items():
            for way in ((short,), *ways):
                written = [word for word in way if not self._has(word, g.DETERMINER | g.PREPOSITION)]
                if set(written) <= set(words):
                    words = [*(word for word in words if word not in written), *ways[0]]
        # whoever speaks for somebody is called by one of several words
        return tuple(min(self._pack.mouthpieces) if word in self._pack.mouthpieces else word for word in words)


def _plain(text: str) -> str:
    """Return a text's words in lower case: without hyphens, full stops and what an apostrophe cuts off, "'s" and "d'"."""
    words = text.casefold().replace("’", "'").replace("-", " ").replace("'", " ").replace(".", "").split()
    return " ".join(word for word in words if len(word) > 1)


def _is_office(office: str | None, role: Sequence[str]) -> bool:
    """Return whether a role's last words are the office: "Germany's foreign minister", not "deputy foreign minister"."""
    words = office.casefold().split() if office else []
    return bool(words) and list(role[-len(words) :]) == words and len(role) <= len(words) + 1


def _is_one(names: Sequence[set[str]]) -> bool:
    """Return whether names are one person's: they share a word, as "Xi" and "Xi Jinping" do."""
    longest = max(names, key=len)
    return all(name & longest for name in names)
