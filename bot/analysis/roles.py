"""Whom a noun stands for: a role taken up, a body by its kind, those told of together."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.bare_passives import BarePassives
from bot.analysis.bodies import ENCLAVES, WORLD_COURTS
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.mentions import PEOPLE
from bot.analysis.sides import side_of_people
from bot.analysis.verb_senses import SAYS_TO

# "the group"
_DEFINITE: Final = 2
_TWO: Final = 2
# Who is taken up by what it is: "the group", "the court".
_GROUPS: Final = frozenset({"NGO"})


class Roles(BarePassives):
    """Works out whom a noun stands for that names nobody."""

    def _resolve_noun(self, chunk: Chunk) -> tuple[Who, ...]:
        if chunk.who:
            return chunk.who
        if self._regions and chunk.bare and not self.pack.separatists.isdisjoint(chunk.words):
            enclaves = [region for region in self._regions if region in ENCLAVES]
            if len(enclaves) == 1:
                return (Who(enclaves[0], None, chunk.role, chunk.start, chunk.end),)
        if chunk.bare and chunk.plural and self._is_of_several(chunk):
            return self._several_before(self.chunks.index(chunk)) or self.discourse.last_list()
        is_definite = len(chunk.words) == 1 or (len(chunk.words) == _DEFINITE and chunk.words[0] in self.pack.definites)
        if is_definite and (known := self._meant_by_kind(chunk.words[-1])):
            return known
        if is_definite and chunk.words[-1] in self.pack.epithets and len(chunk.words) == _DEFINITE:
            return self.discourse.meant_by_epithet()
        if chunk.refs and chunk.refs[-1].mention.kind is PEOPLE and chunk.refs[-1].code in ENCLAVES:
            # "Karabakh Armenians agree to disarm": who acts for all of them is who leads them.
            return (Who(chunk.refs[-1].code, None, None, chunk.start, chunk.end),)
        if side := side_of_people(chunk, self.pack, self.tokens):
            return side
        if chunk.crowd:
            text = " ".join(chunk.words)
            return (Who("OTHER", None, text, chunk.start, chunk.end),)
        if chunk.kind == Kind.NOUN and not chunk.refs and not self.pack.papers.isdisjoint(chunk.words):
            if self.discourse.author or self.pack.cased:
                return self.discourse.author
            return self.discourse.meant_by_paper()
        if self.pack.cased and len(chunk.words) == 1 and chunk.words[0] in self.pack.homelands and not chunk.refs:
            # "Он заявил, что страна готова": his own.
            voice = self._voice_at(self.chunks.index(chunk))
            speakers = voice.who if voice is not None and len(voice.who) == 1 else ()
            return tuple(one._replace(indirect=True, start=chunk.start, end=chunk.end) for one in speakers)
        is_own = chunk.force or chunk.words[-1] in self.pack.homelands
        if is_own and chunk.bare and chunk.kind == Kind.NOUN and (own := self._owner_in_voice(chunk)):
            return own
        if chunk.bare and chunk.kind == Kind.NOUN and chunk.words[0] not in self.pack.indefinites:
            if chunk.plural and (two := self._two_of_sentence(chunk)):
                return two
            if chunk.plural and chunk.held and self._are_several(chunk):
                # "the leaders", where one state is told of: those of several.
                return self.discourse.last_list()
            if self._is_of_unknown(chunk):
                # "the head of the delegation": whose that is was not told.
                return self.discourse.meant_by_role(chunk, told_before=True)
            meant = self._opener_with(chunk) or self.discourse.meant_by_role(chunk) or self._meant_here(chunk)
            if meant and chunk.name and self._is_heard_elsewhere(chunk, meant):
                return ()
            return meant or self._bearer_of(chunk) or self._two_of_item(chunk)
        return self._two_of_item(chunk)

    def _two_of_item(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return the two of whom the item tells together, where a plural may mean them: "the countries", "neighbours"."""
        words = chunk.words
        if self.pack.cased or not chunk.plural or len(words) != _TWO or chunk.refs or chunk.kind != Kind.NOUN:
            return ()
        if words[0] not in self.pack.definites or not self._are_several(chunk):
            return ()
        two = self.discourse.last_list()
        return two if len(two) == _TWO else ()

    def _is_heard_elsewhere(self, chunk: Chunk, who: tuple[Who, ...]) -> bool:
        """Return whether a name with a bare role speaks to another state's own agency: "committee chairman X told ISNA"."""
        m = self.chunks.index(chunk)
        if m + 2 >= len(self.chunks) or not self.chunks[m + 1].senses & SAYS_TO:
            return False
        home = self.pack.agencies.get(self.chunks[m + 2].words[-1])
        return home is not None and all(one.code != home for one in who)

    def _is_of_unknown(self, chunk: Chunk) -> bool:
        """Return whether a title belongs to what is nobody on the list: "the head of the delegation"."""
        if self.pack.cased or not self.pack.adjectives_first:
            return False
        possessors = self.pack.possessor_prepositions
        inside = next((n for n, word in enumerate(chunk.words) if n and word in possessors), 0)
        if inside and chunk.words[inside - 1] in self.pack.heads:
            # "X, the head of the delegation"
            rest, titles = chunk.words[inside:], self.pack.words
            if any(rest[: len(tail)] == tail for tail in self.pack.role_tails):
                return False
            if any(" ".join(chunk.words[inside - 1 : inside + length]) in titles for length in (2, 3)):
                # "chief of staff"
                return False
            return not any(word in titles and titles[word].flags & g.HELD for word in rest[1:])
        m = self.chunks.index(chunk)
        if m + 2 >= len(self.chunks):
            return False
        of, noun = self.chunks[m + 1], self.chunks[m + 2]
        if (
            of.kind != Kind.PREPOSITION
            or of.words[-1] not in self.pack.possessor_prepositions
            or noun.kind != Kind.NOUN
        ):
            return False
        return not noun.who and not noun.refs and not noun.bare and not noun.held

    def _is_of_several(self, chunk: Chunk) -> bool:
        """Return whether a title belongs to those told of together: "leurs représentants"."""
        first = self.pack.words.get(chunk.words[0])
        both = g.POSSESSIVE | g.PLURAL
        return first is not None and first.flags & both == both

    def _are_several(self, chunk: Chunk) -> bool:
        """Return whether a plural is one of several states each of which has one of them: "the leaders", "the ministers"."""
        return not self.pack.parties.isdisjoint(chunk.words[-1:])

    def _two_of_sentence(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return the two persons of the sentence whom "the (two) leaders" sums up; nobody where there are more or fewer."""
        words = chunk.words
        if self.pack.cased or self.pack.definites.isdisjoint(words[:1]) or not self._are_several(chunk):
            return ()
        if len(words) > _DEFINITE + 1 or not self.pack.pair_words.issuperset(words[:-1]):
            return ()
        persons = {
            one.code: one
            for m in self.clauses.naming
            for one in self.chunks[m].who
            if self.chunks[m].start < chunk.start
        }
        if len(persons) != _TWO or not all(one.person_kind for one in persons.values()):
            return ()
        return tuple(one._replace(indirect=True) for one in persons.values())

    def _bearer_of(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return whose a title is that only one body has: "the Secretary-General"."""
        definites = self.pack.definites
        title = chunk.words[1:] if definites else chunk.words
        code = self.pack.bearers.get(" ".join(title)) if self.pack.bearers else None
        first = self.pack.words.get(chunk.words[0])
        if code is None or (definites and not (first is not None and first.flags & g.DETERMINER)):
            return ()
        if not chunk.held and (told := self.discourse.told_as(set(title))):
            # "Le Sénat américain … Le Sénat": the one told of, and not the one at home.
            return (told._replace(indirect=True, start=chunk.start, end=chunk.end),)
        return (Who(code, chunk.name, chunk.role, chunk.start, chunk.end, indirect=True),)

    def _opener_with(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return who opens the sentence in the same role: "Minister X met Y, the minister's office said"."""
        opener = next((other for other in self.chunks if other.kind == Kind.NOUN), chunk)
        if opener.start >= chunk.start or len(opener.who) != 1 or not chunk.held:
            return ()
        one = opener.who[0]
        if not one.role or not self.discourse.share_role(set(chunk.words), one.role):
            return ()
        return (one._replace(indirect=True, speaker=chunk.name or one.speaker, role=chunk.role or one.role),)

    def _meant_by_kind(self, word: str) -> tuple[Who, ...]:
        """Return whom a noun for groups or courts takes up: "the court said"."""
        if word in self.pack.group_words:
            return self.discourse.only_one_of(_GROUPS)
        return self.discourse.only_one_of(WORLD_COURTS) if word in self.pack.court_words else ()

    def _owner_in_voice(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return whose "its armed forces" are in what somebody says, and which "his country": the speaker's own."""
        word = self.pack.words.get(chunk.words[0])
        if word is None or not word.flags & g.POSSESSIVE:
            return ()
        voice = self._voice_at(self.chunks.index(chunk))
        if voice is None or len(voice.who) != 1:
            return ()
        between = self.chunks[voice.verb + 1 : self.chunks.index(chunk)] if voice.verb >= 0 else ()
        if not chunk.force and any(other.kind == Kind.NOUN and other.who for other in between):
            # "told the Norwegian minister that his country": either's.
            return ()
        return (voice.who[0]._replace(indirect=True, role=chunk.role, start=chunk.start, end=chunk.end),)

    def _meant_here(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return whom a bare role means where the sentence itself names one actor, and only one."""
        if not chunk.held:
            return ()
        before = {one.code: one for other in self.chunks if other.start < chunk.start for one in other.who}
        first = next((other for other in self.chunks if other.kind == Kind.NOUN), chunk)
        is_soldier = not self.pack.servicemen.isdisjoint(first.words)
        if not before and is_soldier and len({ref.code for ref in first.refs}) == 1:
            # "An Armenian soldier was wounded, the defence ministry said"
            return (Who(first.refs[0].code, None, chunk.role, chunk.start, chunk.end, indirect=True),)
        if len(before) != 1:
            return ()
        one = next(iter(before.values()))
        if first.start < chunk.start and not first.who and any(ref.code != one.code for ref in first.refs):
            # "X-made jets hit Y, the minister said": of either.
            return ()
        return (one._replace(indirect=True, speaker=chunk.name or one.speaker, role=chunk.role),)

    def _several_before(self, noun: int) -> tuple[Who, ...]:
        """Return those listed together last before a plural pronoun: "hosted Aliyev and Pashinyan, where they"."""
        for m in range(noun - 1, 1, -1):
            if self.chunks[m].kind != Kind.NOUN or not self.chunks[m].who:
                continue
            who, left = self.clauses.group(m)
            if left < m and len({one.code for one in who}) > 1:
                return tuple(one._replace(indirect=True) for one in who)
        return ()
