"""Whom a noun phrase names once its head is known: a person, an actor, the bearer of a role, a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.bodies import ENCLAVES, INTERNATIONAL
from bot.analysis.chunks import Chunk, Ref, Who
from bot.analysis.gazetteer import MentionKind
from bot.analysis.mentions import DEMONYM, NAME, ORGAN, PEOPLE, PERSON
from bot.analysis.verb_groups import VerbGroups
from bot.domain.reactions import COLLECTIVE_ACTORS

# Those of an enclave's people who bear arms there are its own.
_ENCLAVED: Final = frozenset(ENCLAVES.values())
_ACTORS: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.ORGAN})
_WHERE: Final = frozenset({MentionKind.DEMONYM, MentionKind.REGION})

# The words a stranger's name may have.
_LONGEST_NAME: Final = 4


class Heads(VerbGroups):
    """Names the head of a noun phrase."""

    def _is_rights_group(self, q: int) -> bool:
        if self._flags[q - 1] & g.RIGHTS_GROUP:
            return True
        if q < 2 or self._norms[q - 1] not in self._pack.rights_heads:  # noqa: PLR2004 - a word and the one before it
            return False
        word = self._pack.words.get(f"{self._norms[q - 2]} {self._norms[q - 1]}")
        return word is not None and bool(word.flags & g.RIGHTS_GROUP)

    def _names_somebody(self, words: list[int]) -> bool:
        """Return whether words are a personal name by their capitals, and no other words of the language."""
        return self._capitals_tell and all(
            self._tokens[self._seq[r]].is_capitalised and not self._known[r].is_known for r in words
        )

    def _name_person(
        self,
        chunk: Chunk,
        p: int,
        person: Ref,
        roles: list[int],
        trailing: list[int],
        *,
        former: bool,
    ) -> None:
        mention = person.mention
        code = mention.code
        if trailing:
            # "Biden administration": the person stands for those who work for them.
            chunk.who = (Who(code, None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            return
        before = [r for r in range(p, self._position(mention.start_token)) if not self._flags[r] & g.TITLE]
        role = None
        if roles:
            role = self._text_of(self._seq[before[0]], mention.start_token) if before else None
            before_it = [
                ref
                for ref in chunk.refs
                if ref is not person
                and ref.code in INTERNATIONAL
                and not self._flags[self._position(ref.mention.end_token - 1)] & g.GUEST
            ]
            if before_it and role is not None:
                # "OSCE chair Bujar Osmani" speaks for the OSCE, whichever state he is a minister of.
                code = before_it[-1].code
        is_owned = bool(roles) or (not former and any(ref.owns and ref.mention.kind is ORGAN for ref in chunk.refs))
        if code == "OTHER" and is_owned and (owner := self._owner_of_role(chunk, person)):
            # "French envoy X", "the State Department's X": the text says for whom he speaks, whenever that was.
            code = owner
        if former and not mention.in_office:
            # "former president X", who holds another office now, still speaks for his state.
            code = "OTHER"
        if not mention.is_full_name and self._is_namesake(mention.start_token):
            self._name_namesake(chunk, person, roles, role, former=former)
            return
        name = mention.nominative or self._text_of(mention.start_token, mention.end_token)
        chunk.who = (Who(code, name, role, chunk.start, chunk.end, person_kind=True),)
        chunk.name = name

    def _name_namesake(self, chunk: Chunk, person: Ref, roles: list[int], role: str | None, *, former: bool) -> None:
        """Name somebody who only shares a surname with a person on the list, where the text says whose role he has."""
        owner = self._owner_of_role(chunk, person) if roles else ""
        if not owner or roles[-1] + 1 >= self._position(person.mention.start_token):
            return
        chunk.name = self._text_of(self._seq[roles[-1] + 1], person.mention.end_token)
        code = "OTHER" if former else owner
        chunk.who = (Who(code, chunk.name, role, chunk.start, chunk.end, person_kind=True),)

    def _owner_of_role(self, chunk: Chunk, person: Ref) -> str:
        """Return whose role stands before a person's name: "the Spanish foreign minister X"; "" where nobody's."""
        before = [ref for ref in chunk.refs if ref is not person and ref.mention.kind is not PERSON]
        return before[-1].code if before and not chunk.head & (g.CROWD | g.GROUP) else ""

    def _is_namesake(self, start: int) -> bool:
        """Return whether an unknown first name stands before a bare surname: somebody else of that name."""
        before = self._tokens[start - 1] if start else None
        if before is None or not self._capitals_tell or not before.is_capitalised:
            return False
        return (
            before.norm not in self._pack.words
            and before.end + 1 == self._tokens[start].start
            and (start - 1) not in self._ends
        )

    def _name_place(self, chunk: Chunk, last: Ref, roles: list[int], owners: Sequence[Ref], *, former: bool) -> None:
        kind = last.mention.kind
        if kind in _ACTORS:
            code = last.code
            if kind is ORGAN and owners:
                code = owners[-1].code
            role = self._text_of(chunk.start, chunk.end) if kind is ORGAN or roles else None
            if former and not roles and kind is not ORGAN:
                former = False
            code = "OTHER" if former else code
            # A collective code tells nobody who it is: the name does.
            name = (
                self._text_of(last.mention.start_token, last.mention.end_token) if code in COLLECTIVE_ACTORS else None
            )
            chunk.who = (Who(code, name, role, chunk.start, chunk.end),)
        elif roles and kind is DEMONYM and not self._pack.adjectives_first:
            code = "OTHER" if former else last.code
            chunk.who = (Who(code, None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)

    def _name_role(self, chunk: Chunk, p: int, q: int, owner: Ref | None, roles: list[int], *, former: bool) -> None:
        end = self._seq[roles[-1]] + 1
        start = chunk.start
        if self._flags[p] & g.DETERMINER and p + 1 < q:
            start = self._seq[p + 1]
        name = None
        first = roles[-1] + 1
        while first < q and self._norms[first] == "-":
            # "chairman-in-office"
            first += 2
            end = self._seq[min(first, q) - 1] + 1
        if first < q and (
            self._tokens[self._seq[first]].is_capitalised or self._norms[first] in self._pack.name_joints
        ):
            name = self._text_of(self._seq[first], self._seq[q - 1] + 1)
            chunk.name = name
        elif not self._pack.adjectives_first and owner is not None:
            behind = self._after(p, owner.mention.end_token)
            if first <= behind - 1 and behind < q and self._names_somebody(list(range(behind, q))):
                # "le ministre suédois Lars Berg"
                name = chunk.name = self._text_of(self._seq[behind], self._seq[q - 1] + 1)
                end = self._seq[behind - 1] + 1
        role = chunk.role = self._text_of(start, end)
        if owner is None and former and name is not None and self._pack.adjectives_first:
            # "former foreign secretary X": whoever he is, he speaks for nobody.
            chunk.who = (Who("OTHER", name, role, chunk.start, chunk.end, person_kind=True),)
            return
        if owner is None:
            stranger = self._stranger_before(p, roles[0])
            is_installed = not self._pack.installed.isdisjoint(self._norms[p:q])
            chunk.bare, chunk.name = not stranger and not is_installed, chunk.name or stranger or None
            return
        if owner.mention.kind is PEOPLE:
            return
        if self._pack.cased and owner.mention.kind in _WHERE and self._norms[q - 1] in self._pack.wars:
            # "стороны карабахского конфликта": they are several.
            chunk.refs, chunk.bare = (), True
            return
        code = "OTHER" if former else owner.code
        if owner.mention.kind is NAME and self._is_company(p, owner):
            return
        if self._is_of_group(owner, roles[-1]):
            # Who leads a union or a company is no party, whatever country it is of.
            chunk.refs = ()
            return
        if self._is_member(owner) and not self._are_members(p, q, owner):
            return
        if self._norms[roles[-1]] in self._pack.insurgents and owner.code not in _ENCLAVED:
            # "Syrian rebels" are nobody's state, and least of all the one they fight.
            chunk.refs = ()
            code = "OTHER"
        if name is None and owner.code in COLLECTIVE_ACTORS:
            name = self._text_of(owner.mention.start_token, owner.mention.end_token)
        chunk.who = (Who(code, name, role, chunk.start, chunk.end, person_kind=name is not None),)

    def _is_of_group(self, owner: Ref, role: int) -> bool:
        """Return whether a role is in a group that is not the country's: "US auto union chief"."""
        behind = self._position(owner.mention.end_token - 1) + 1
        if any(self._flags[r] & g.GROUP and not self._flags[r] & g.ROLE for r in range(behind, role)):
            return True
        # "French business leaders", but not "the French business minister"
        pair = self._pack.words.get(f"{self._norms[role - 1]} {self._norms[role]}") if behind < role else None
        return pair is not None and bool(pair.flags & g.GROUP)

    def _is_member(self, owner: Ref) -> bool:
        """Return whether a role is that of one of an organisation's members: "EU state's government"."""
        if owner.code not in INTERNATIONAL:
            return False
        behind = self._position(owner.mention.end_token - 1) + 1
        return behind < len(self._norms) and self._norms[behind] in self._pack.members

    def _stranger_before(self, p: int, role: int) -> str:
        """Return the name that a role belongs to where it is not on the list: "Uber's European chief" is no minister."""
        mark = next((r for r in range(p + 1, role) if self._flags[r] & g.POSSESSIVE_MARK), -1)
        if mark < 0 or not self._names_somebody([mark - 1]):
            return ""
        return self._text_of(self._seq[mark - 1], self._seq[mark])

    def _are_members(self, p: int, q: int, owner: Ref) -> bool:
        """Return whether a phrase names all members of an organisation, "EU states", not "five EU states"."""
        is_whole = self._position(owner.mention.start_token) == p and self._norms[q - 1] in self._pack.members
        return is_whole and bool(self._flags[q - 1] & g.PLURAL) and not self._cased

    def _is_company(self, p: int, owner: Ref) -> bool:
        """Return whether a name before the country's makes it a firm's branch: "Binance France's president"."""
        if not self._capitals_tell:
            return False
        before = self._position(owner.mention.start_token) - 1
        token = self._tokens[self._seq[before]] if before >= p else None
        return token is not None and token.is_capitalised and not self._flags[before] and token.text[-1:].isalpha()

    def _is_adverbial(self, q: int) -> bool:
        """Return whether a word ends as adverbs do."""
        endings = self._pack.adverb_endings
        return bool(endings) and self._norms[q].endswith(endings)

    def _name_stranger(self, chunk: Chunk, p: int, q: int) -> None:
        """Note the name of a person that the gazetteer does not know."""
        if not self._capitals_tell or self._flags[p] & g.DETERMINER:
            return
        first, tokens = p, self._tokens
        while first < q and (self._flags[first] & g.TITLE or self._norms[first] == "."):
            first += 1
        if not 1 <= q - first <= _LONGEST_NAME:
            return
        if q - first == 1 and not p and self._norms[q : q + 1] == (",",) and self._is_adverbial(p):
            # "Similarly, the minister": a word that opens the sentence, and no name.
            return
        for r in range(first, q):
            if not tokens[self._seq[r]].text[:1].isupper() and self._norms[r] not in self._pack.name_joints:
                return
        chunk.name = self._text_of(self._seq[first], self._seq[q - 1] + 1)
