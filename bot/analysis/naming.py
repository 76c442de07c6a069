"""Whom a noun phrase names: its head, its owner, its bearer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis.bodies import INTERNATIONAL
from bot.analysis.chunks import BREAKS, Chunk, Ref, Who
from bot.analysis.gazetteer import ActorMention, MentionKind
from bot.analysis.heads import Heads
from bot.analysis.mentions import DEMONYM, NAME, ORGAN, PERSON
from bot.domain.reactions import COLLECTIVE_ACTORS

# What a phrase has of any of its words, and what may name an actor without a mention in it.
_OF_A_PHRASE: Final = g.NEGATIVE | g.POSSESSIVE | g.FORMER
_NAMED_BY: Final = g.ROLE | g.RIGHTS_GROUP
# Who has branches that are named by their country.
_WITH_BRANCHES: Final = INTERNATIONAL | {"NGO"}
_PEOPLES: Final = frozenset({MentionKind.DEMONYM, MentionKind.PEOPLE})

# What a phrase may be about, in a language in which heads lead.
_LEADS: Final = g.ROLE | g.CROWD | g.GROUP

# The words a name may have: one person's, and one behind a role, which may list several people.
_LONGEST_NAME: Final = 4
_LONGEST_NAMES: Final = 8


class Naming(Heads):
    """Works out whom a noun phrase names."""

    def _settle(self, chunk: Chunk, p: int, q: int, refs: list[Ref], segment: int) -> None:
        """Work out whom the tokens from `p` to `q` name."""
        pack, all_flags = self._pack, self._flags
        if chunk.words:
            # It has been settled before, as far as it seemed to go.
            chunk.who, chunk.name, chunk.role, chunk.bare = (), None, None, False
        chunk.end = self._seq[q - 1] + 1
        chunk.words = self._norms[p:q]
        head_flags = flags = all_flags[q - 1]
        if q - p > 1:
            for flag in all_flags[p:q]:
                flags |= flag
        chunk.flags = flags & _OF_A_PHRASE
        chunk.plural = bool(head_flags & g.PLURAL) or (
            self._known[q - 1].is_plural and not (refs and refs[-1].mention.kind not in _PEOPLES)
        )
        if flags & g.ROLE and not pack.adjectives_first:
            # "le chef de l'État", "les troupes russes": what follows a role does not make it another one.
            first = next(r for r in range(p, q) if all_flags[r] & g.ROLE)
            head_flags |= all_flags[first] & (g.HELD | g.GUEST | g.FORCE | g.COURT)
            chunk.plural = chunk.plural or bool(all_flags[first] & g.PLURAL)
        elif head_flags & g.ROLE and not head_flags & g.HELD and q - p > 1:
            # "the Secretary(-)General": of two roles the first is what "the" takes up again.
            before = q - 3 if self._norms[q - 2] == "-" else q - 2
            head_flags |= all_flags[before] & g.HELD if before >= p else 0
        chunk.head = head_flags
        last = refs[-1].mention if refs and chunk.plural else None
        if (
            last is not None
            and last.kind in _PEOPLES
            and last.end_token == chunk.end
            and pack.adjectives_first
            and not pack.cased
            and self._norms[p] not in pack.definites
        ):
            # "Iranians rallied": many of a people, whoever governs them; "the Iranians" are the other side.
            chunk.head |= g.CROWD | g.THRONG
        if refs and self._norms[q - 1] in pack.memberships and all(ref.code in INTERNATIONAL for ref in refs):
            # "the EU member": a state, and which one is told elsewhere.
            refs = []
        if refs and flags & g.POSSESSIVE and flags & g.GUEST and pack.adjectives_first and not pack.cased:
            # "its UN envoy": of whoever "it" is.
            refs = [ref for ref in refs if ref.owns or ref.code not in INTERNATIONAL]
        if refs or flags & _NAMED_BY or (flags & _LEADS and pack.cased):
            chunk.refs = tuple(refs)
            self._name_actor(chunk, p, q, segment, flags)
            return
        # Most phrases have no word that names an actor.
        chunk.refs = ()
        self._name_nobody(chunk, p, q)

    def _name_nobody(self, chunk: Chunk, p: int, q: int) -> None:
        """Look at a phrase without any mention or role: it may be a rights group, or a name that is not on the list."""
        if chunk.words[-1] in self._pack.rights_heads and self._is_rights_group(q):
            chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
        elif self._capitals_tell and self._may_begin_name(p) and not chunk.head & (g.CROWD | g.GROUP):
            self._name_stranger(chunk, p, q)

    def _may_begin_name(self, p: int) -> bool:
        """Return whether a stranger's name may begin here; most phrases begin with a small letter, or an article."""
        flags, text = self._flags[p], self._tokens[self._seq[p]].text
        if flags:
            return not flags & g.DETERMINER
        return text[0].isupper() or text == "." or self._norms[p] in self._pack.name_joints

    def _name_actor(self, chunk: Chunk, p: int, q: int, segment: int, flags: int) -> None:
        if self._cased:
            self._name_by_case(chunk, p, q)
            return
        refs = chunk.refs
        if not refs and (not flags & _NAMED_BY or not any(self._flags[r] & _NAMED_BY for r in range(segment, q))):
            if self._norms[q - 1] in self._pack.rights_heads and self._is_rights_group(q):
                chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            elif not chunk.head & (g.CROWD | g.GROUP):
                self._name_stranger(chunk, p, q)
            return
        inside, owners = refs, refs[:0]
        if chunk.possessed:
            inside = tuple([ref for ref in refs if not ref.owns])
            owners = tuple([ref for ref in refs if ref.owns])
        roles = []
        if flags & g.ROLE:
            roles = [r for r in range(segment, q) if self._flags[r] & g.ROLE]
            if refs and roles:
                covered = self._covered(refs)
                roles = [r for r in roles if self._seq[r] not in covered]
        last = inside[-1] if inside else None
        last_stop = self._after(p, last.mention.end_token) if last is not None else segment
        trailing = list(range(last_stop, q)) if last_stop < q else []
        person = last if last is not None and last.mention.kind is PERSON else None
        former = bool(flags & g.FORMER)
        if person is not None and not self._is_owned_away(trailing):
            self._name_person(chunk, p, person, roles, trailing, former=former)
            if roles and self._pack.bearers and chunk.who:
                self._name_chair(chunk, roles)
            return
        if last is not None and not trailing and not self._pack.adjectives_first and self._is_of_two(inside, p):
            # "une rencontre Arménie-Turquie": between them, and neither.
            return
        if last is not None and not trailing:
            self._name_place(chunk, self._branching(inside), roles, owners, former=former)
            return
        if last is not None and self._names_bearer(last, trailing):
            self._name_bearer(chunk, last, trailing, former=former)
            return
        if roles and self._head_is_role(roles, p, q):
            owner = owners[-1] if owners else (inside[0] if inside else None)
            self._name_role(chunk, p, q, owner, roles, former=former)
            return
        if self._is_rights_group(q):
            chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            return
        if owners and not inside and self._is_organs_own(owners[-1], segment, q):
            chunk.name = self._text_of(self._seq[segment], chunk.end)
            chunk.who = (Who(owners[-1].code, chunk.name, None, chunk.start, chunk.end, person_kind=True),)
            return
        if last is not None and trailing and not self._pack.adjectives_first and self._names_somebody(trailing):
            chunk.name = self._text_of(self._seq[trailing[0]], chunk.end)
        if not refs and not chunk.crowd and not chunk.group:
            self._name_stranger(chunk, p, q)

    def _is_organs_own(self, owner: Ref, p: int, q: int) -> bool:
        """Return whether an unknown name stands behind an organ that owns it: "the State Department's Kate Lee"."""
        if owner.mention.kind is not ORGAN or q - p == 1 or not self._pack.adjectives_first:
            return False
        return self._names_somebody(list(range(p, q)))

    def _name_chair(self, chunk: Chunk, roles: Sequence[int]) -> None:
        """Let a state's minister act for the body whose title he has: "Chairperson-in-Office X"."""
        one = chunk.who[0]
        title = " ".join(self._norms[roles[0] : roles[-1] + 1])
        code = self._pack.bearers.get(title)
        if code is not None and one.code not in INTERNATIONAL and one.code not in COLLECTIVE_ACTORS:
            chunk.who = (one._replace(code=code),)

    def _is_of_two(self, inside: Sequence[Ref], p: int) -> bool:
        """Return whether a phrase ends with two names joined by a hyphen, behind the noun that they go with."""
        if len(inside) < 2:  # noqa: PLR2004 - two names
            return False
        one, other = inside[-2].mention, inside[-1].mention
        first, hyphen = self._position(one.start_token), self._position(other.start_token) - 1
        is_joined = hyphen > p and self._norms[hyphen] == "-" and one.end_token == self._seq[hyphen]
        return is_joined and any(not self._flags[r] & g.DETERMINER for r in range(p, first))

    def _names_bearer(self, last: Ref, trailing: Sequence[int]) -> bool:
        """Return whether a name stands behind an actor that is called by a title: "UN chief Ban Ki-moon"."""
        if not trailing or not self._capitals_tell or len(trailing) > _LONGEST_NAME:
            return False
        if not self._flags[self._position(last.mention.end_token - 1)] & g.ROLE:
            return False
        if any(self._flags[r] & g.ROLE for r in trailing):
            return False
        tokens = [self._tokens[self._seq[r]] for r in trailing]
        return tokens[0].is_capitalised and all(
            token.text[:1].isupper() or token.norm in self._pack.name_joints or tokens[n - 1].text == "-"
            for n, token in enumerate(tokens)
        )

    def _name_bearer(self, chunk: Chunk, last: Ref, trailing: Sequence[int], *, former: bool) -> None:
        """Name whoever bears the title that an actor is called by."""
        chunk.name = self._text_of(self._seq[trailing[0]], chunk.end)
        chunk.role = self._text_of(last.mention.start_token, last.mention.end_token)
        code = "OTHER" if former else last.code
        chunk.who = (Who(code, chunk.name, chunk.role, chunk.start, chunk.end, person_kind=True),)

    def _name_by_case(self, chunk: Chunk, p: int, q: int) -> None:
        """Work out whom a phrase names in a language with cases: heads lead, genitives behind them own."""
        refs = chunk.refs
        covered = self._covered(refs)
        first = next((r for r in range(p, q) if self._seq[r] in covered or self._flags[r] & _LEADS), q)
        if first < q and self._flags[first] & (g.CROWD | g.GROUP) and self._seq[first] not in covered:
            # "Сторонники архиепископа": they are spoken of, and not whose they are.
            chunk.head |= self._flags[first] & (g.CROWD | g.GROUP | g.THRONG)
            if refs and refs[-1].mention.kind is PERSON:
                chunk.refs = self._owning(refs, p)
                return
        roles = [r for r in range(p, q) if self._flags[r] & g.ROLE and self._seq[r] not in covered]
        if roles and self._norms[roles[0]] in self._pack.adjectival and self._is_adjective(roles[0], q):
            # "военные действия"
            del roles[0]
        former = any(self._flags[r] & g.FORMER for r in range(p, q))
        last = refs[-1] if refs else None
        stop = self._after(p, last.mention.end_token) if last is not None else q
        nominative_role = bool(roles) and not self._flags[roles[0]] & g.OBLIQUE
        if (
            last is not None
            and last.mention.kind is PERSON
            and stop == q
            and not (nominative_role and last.mention.cases and "n" not in last.mention.cases)
        ):
            self._name_person(chunk, p, last, roles, [], former=former)
            chunk.oblique = _is_oblique(last.mention) or (bool(roles) and not nominative_role)
            chunk.leads = last.mention.cases == "n" and not chunk.oblique
            chunk.does = "i" in last.mention.cases
            return
        if roles:
            owner = self._owner_by_case(refs, roles[0])
            chunk.head |= self._flags[roles[0]] & (g.HELD | g.FORCE | g.GUEST | g.COURT)
            chunk.plural = bool(self._flags[roles[0]] & g.PLURAL)
            chunk.oblique = not nominative_role
            chunk.leads = self._norms[roles[0]] in self._pack.subject_forms
            chunk.does = chunk.oblique and self._norms[roles[0]].endswith(self._pack.agent_endings)
            self._name_role(chunk, p, roles[-1] + 1 if owner is None else q, owner, [q - 1], former=former)
            if nominative_role and owner is not None and stop < q and self._are_names(stop, q):
                # "глава МИД Грузии Илья Дарчиашвили"
                self._add_name(chunk, stop, q)
            return
        if last is None:
            if self._is_rights_group(q):
                chunk.who = (Who("NGO", None, self._text_of(chunk.start, chunk.end), chunk.start, chunk.end),)
            elif not chunk.crowd and not chunk.group:
                self._name_stranger(chunk, p, q)
            return
        begins = p == self._position(last.mention.start_token)
        if last.mention.kind is ORGAN and begins and stop < q and self._are_names(stop, q):
            # "Папа Римский Франциск"
            self._name_place(chunk, last, [], [], former=former)
            chunk.oblique = _is_oblique(last.mention)
            self._add_name(chunk, stop, q)
            return
        if last.mention.kind in {MentionKind.DEMONYM, MentionKind.PEOPLE, MentionKind.REGION} or stop < q:
            chunk.refs = self._owning(refs, p)
            return
        start = self._position(last.mention.start_token)
        if any(self._seq[r] not in covered and not self._flags[r] & g.DETERMINER for r in range(p, start)):
            # A noun stands before it: what it names is owned by it.
            chunk.refs = self._owning(refs, p)
            return
        self._name_place(chunk, last, [], [], former=former)
        chunk.oblique = _is_oblique(last.mention)
        chunk.leads = last.mention.cases == "n"
        chunk.does = "i" in last.mention.cases

    def _is_adjective(self, role: int, q: int) -> bool:
        """Return whether a word for people only describes the noun right behind it."""
        behind = role + 1
        return (
            behind < q
            and self._seq[behind] not in self._mentions
            and not self._flags[behind]
            and not self._tokens[self._seq[behind]].is_capitalised
        )

    def _are_names(self, start: int, end: int) -> bool:
        return (
            self._capitals_tell
            and end - start <= _LONGEST_NAME
            and all(
                self._tokens[self._seq[r]].is_capitalised or self._norms[r] in self._pack.name_joints
                for r in range(start, end)
            )
        )

    def _add_name(self, chunk: Chunk, start: int, end: int) -> None:
        """Give the bearer of a role the name that stands behind whose role it is."""
        chunk.name = self._text_of(self._seq[start], self._seq[end - 1] + 1)
        chunk.role = self._text_of(chunk.start, self._seq[start])
        chunk.who = tuple(who._replace(speaker=chunk.name, role=chunk.role, person_kind=True) for who in chunk.who)

    def _owning(self, refs: tuple[Ref, ...], p: int) -> tuple[Ref, ...]:
        """Return the mentions with those behind another word as owners of it."""
        return tuple(
            ref.as_owner() if ref.mention.kind is not DEMONYM and self._position(ref.mention.start_token) > p else ref
            for ref in refs
        )

    def _owner_by_case(self, refs: tuple[Ref, ...], role: int) -> Ref | None:
        """Return whose a role is: of the genitive behind it, or of the adjective before it."""
        behind = [ref for ref in refs if self._position(ref.mention.start_token) > role]
        named = [ref for ref in behind if ref.mention.kind is not DEMONYM]
        if named:
            return named[0]
        return refs[0] if refs else None

    def _branching(self, inside: Sequence[Ref]) -> Ref:
        """Return whose name a phrase ends with: a country right behind an organisation tells its branch there."""
        last = inside[-1]
        before = inside[-2] if len(inside) > 1 and last.mention.kind is NAME else last
        if before.code in _WITH_BRANCHES and before.mention.end_token == last.mention.start_token:
            # "UNICEF France"
            return before
        return last

    def _is_owned_away(self, trailing: list[int]) -> bool:
        """Return whether a person's name only qualifies another noun: "Biden deal"."""
        return bool(trailing) and not any(self._flags[r] & g.ROLE for r in trailing)

    def _head_is_role(self, roles: list[int], p: int, q: int) -> bool:
        """Return whether the phrase is about the bearer of a role: it ends there, or with the bearer's name."""
        last = roles[-1]
        if last == q - 1:
            return True
        if not self._pack.adjectives_first and self._leads(roles[0], p):
            return True
        rest = range(last + 1, q)
        return (
            self._capitals_tell
            and len(rest) <= _LONGEST_NAMES
            and all(self._tokens[self._seq[r]].is_capitalised or self._norms[r] in self._pack.name_joints for r in rest)
        )

    def _leads(self, role: int, p: int) -> bool:
        """Return whether a role is the first noun of its phrase, where adjectives follow: "le chef militaire"."""
        q = role - 1
        while q >= p and self._seq[q] >= 0 and self._flags[q] & (g.DETERMINER | g.POSSESSIVE | g.FORMER | g.ROLE):
            q -= 1
        return q < p or self._seq[q] < 0 or bool(self._flags[q] & BREAKS) or not self._norms[q].isalpha()


def _is_oblique(mention: ActorMention) -> bool:
    return bool(mention.cases) and "n" not in mention.cases
