"""Whom a subject means: a name, a role taken up, a pronoun, whoever wrote a paper."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.bare_passives import BarePassives
from bot.analysis.bodies import ENCLAVES, WORLD_COURTS
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.mentions import DEMONYM, PEOPLE, REGION
from bot.analysis.pack import Pack, Slot
from bot.analysis.sides import side_of_people, speaks_for_territory
from bot.analysis.stretch import Voice
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import ACCUSES, SAYS_TO

_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# Between a verb and what it says: "told X on Monday that".
_BEFORE_THAT: Final = _LOOSE | {Kind.NOUN, Kind.THAT}
# "the group"
_DEFINITE: Final = 2
_TWO: Final = 2
_THIRD: Final = 3
# Who is taken up by what it is: "the group", "the court".
_GROUPS: Final = frozenset({"NGO"})


class Speakers(BarePassives):
    """Works out whom a subject means."""

    def _resolve(self, subject: Subject) -> tuple[Who, ...]:
        """Return the actors a subject stands for, asking the discourse where it is a pronoun or a bare role."""
        if subject.who:
            return self._in_enclave(subject) if self._regions else subject.who
        if subject.noun < 0:
            return ()
        chunk = self.chunks[subject.noun]
        if chunk.kind == Kind.PRONOUN:
            return self._resolve_pronoun(chunk, subject.noun)
        if self._regions and subject.via == "direct":
            # "Le Haut-Karabakh réclame"
            territory = speaks_for_territory(self.chunks, subject.noun, self.pack)
            if territory:
                return territory
        if not self.pack.papers.isdisjoint(chunk.words) and (author := self._author(subject)):
            return author
        return self._resolve_noun(chunk)

    def may_be_words_of(self, who: Who, at: int) -> bool:
        """Return whether quoted words at a token may be an actor's: no other's voice or verb holds them."""
        verb = next((v for v in reversed(self.clauses.verbs) if 0 <= self.chunks[v].start < at), None)
        if verb is None:
            return False
        others = {one.code for one in self.clauses.subject(verb).who}
        voice = self._voice_at(verb + 1) if verb + 1 < len(self.chunks) else None
        if voice is not None:
            others |= {one.code for one in voice.who}
        return others <= {who.code}

    def _in_enclave(self, subject: Subject) -> tuple[Who, ...]:
        """Return who acts, with a people's troops in an enclave taken for the enclave's own."""
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        if noun is not None and not self.pack.cased and noun.words[-1] in self.pack.enclave_words:
            # "leaders in the ethnic Armenian enclave"
            own = {people: region for region, people in ENCLAVES.items() if region in self._regions}
            return tuple(w._replace(code=own.get(w.code, w.code)) for w in subject.who)
        if noun is None or not noun.force:
            return subject.who
        wars = self.pack.wars
        named = (chunk for chunk in self.chunks if chunk.refs and chunk.words[-1] not in wars)
        here = {ref.code for chunk in named for ref in chunk.refs} & ENCLAVES.keys()
        for region in here:
            people = ENCLAVES.get(region)
            by_demonym = any(r.code == people and r.mention.kind is DEMONYM for r in noun.refs)
            if by_demonym:
                return tuple(w._replace(code=region) if w.code == people else w for w in subject.who)
        return subject.who

    def _author(self, subject: Subject) -> tuple[Who, ...]:
        """Return whose a paper that speaks is: "a statement by the ministry", "the ministry's statement"."""
        chunks = self.chunks
        noun = subject.noun
        if noun < 0 or chunks[noun].kind != Kind.NOUN or chunks[noun].name:
            return ()
        owners = [ref.code for ref in chunks[noun].refs if ref.owns]
        if owners:
            return (Who(owners[-1], None, None, chunks[noun].start, chunks[noun].end),)
        refs = chunks[noun].refs
        if (
            len(refs) == 1
            and refs[0].mention.kind is not REGION
            and not self.pack.papers.isdisjoint(chunks[noun].words[-1:])
        ):
            # "the UN statement said"
            return (Who(refs[0].code, None, None, chunks[noun].start, chunks[noun].end),)
        if noun + 2 >= len(chunks) or chunks[noun + 2].kind != Kind.NOUN:
            return ()
        by = chunks[noun + 1]
        if self.pack.papers.isdisjoint(chunks[noun].words):
            # "a farmer from Armenia": where somebody is from does not make him speak for it.
            return ()
        prepositions = self.pack.author_prepositions | self.pack.possessor_prepositions
        if by.kind != Kind.PREPOSITION or by.words[-1] not in prepositions:
            return ()
        return self._resolve_noun(chunks[noun + 2])

    def _owner_behind(self, subject: Subject, k: int) -> tuple[Who, ...]:
        """Return whose a bare role is where that stands behind the verb: "the ministry said of French affairs"."""
        chunks = self.chunks
        if subject.noun < 0 or not chunks[subject.noun].bare or k + 2 >= len(chunks):
            return ()
        of, noun = chunks[k + 1], chunks[k + 2]
        if of.kind != Kind.PREPOSITION or of.words[-1] not in self.pack.possessor_prepositions or not noun.refs:
            return ()
        role = chunks[subject.noun]
        return (Who(noun.refs[0].code, None, role.role, role.start, role.end),)

    def _resolve_pronoun(self, chunk: Chunk, noun: int) -> tuple[Who, ...]:
        voice = self._voice_at(noun)
        is_plural = chunk.words[0] in self.pack.plural_pronouns
        if voice is not None and voice.who and is_plural and not self.pack.cased and self._is_person_alone(voice):
            # "They have begun to disarm, the president said": others than he.
            return ()
        if (
            voice is not None
            and not self.pack.cased
            and (other := self._told_of_before(chunk, noun, voice)) is not None
        ):
            return other
        # "X and Y said that it refused": neither of them.
        is_single = bool(self.pack.plural_pronouns) and not is_plural and not chunk.flags & g.FIRST_PERSON
        if voice is not None and voice.who and not (is_single and len(voice.who) > 1):
            return self._spoken_of(noun, voice) or voice.who
        if chunk.flags & g.FIRST_PERSON:
            return self.discourse.author
        if chunk.words[0] in self.pack.personal and not is_plural and self._may_be_other(noun):
            return ()
        if not is_plural and (accused := self._accused_before(noun)):
            return accused
        if chunk.words[0] in self.pack.plural_pronouns and (several := self._several_before(noun)):
            return several
        personal = chunk.words[0] in self.pack.personal
        for m in reversed(self.clauses.verbs):
            if m < noun:
                earlier = self.clauses.subject(m)
                is_meant = earlier.who and not (is_single and len(earlier.who) > 1)
                if is_meant and earlier.noun < noun and _agree(chunk, self.pack, earlier.who):
                    if personal and not any(one.person_kind or one.role for one in earlier.who):
                        continue
                    if personal and not is_plural and not self.pack.cased and self._are_many(earlier):
                        # "unless X's forces withdraw, he insisted"
                        continue
                    return tuple(who._replace(indirect=True) for who in earlier.who)
        after = self.chunks[noun + 1] if noun + 1 < len(self.chunks) else chunk
        meant = self.discourse.meant_by_pronoun(
            chunk.words[0],
            goes_on=after.kind == Kind.VERB and after.words[0] in self.pack.additives,
            others=self._faced(noun + 1) if personal and not self.pack.cased else frozenset(),
        )
        return meant if _agree(chunk, self.pack, meant) and not (is_single and len(meant) > 1) else ()

    def _faced(self, k: int) -> set[str]:
        """Return to whom somebody does it who is named by a pronoun only: "he telephoned the Azerbaijani president"."""
        if k >= len(self.chunks) or self.chunks[k].kind != Kind.VERB or self.chunks[k].passive:
            return set()
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return {one.code for chunk in self.chunks[start:stop] for one in chunk.who if self.discourse.is_somebody(one)}

    def _are_many(self, subject: Subject) -> bool:
        """Return whether a subject is several, or troops, whom no "he" can be."""
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        return noun is not None and (noun.force or (noun.plural and not any(one.person_kind for one in noun.who)))

    def _accused_before(self, noun: int) -> tuple[Who, ...]:
        """Return whom a pronoun means behind what somebody else is accused of: "accused X of it after it had attacked"."""
        if noun < _THIRD or self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.pack.cased:
            return ()
        verb = next((v for v in reversed(self.clauses.verbs) if v < noun and self.chunks[v].slot & Slot.FINITE), -1)
        if verb < 0 or not self.chunks[verb].senses & ACCUSES:
            return ()
        accused = self.chunks[verb + 1].who if verb + 1 < noun else ()
        return tuple(one._replace(indirect=True) for one in accused) if len(accused) == 1 else ()

    def _may_be_other(self, noun: int) -> bool:
        """Return whether a pronoun behind "as" may be whoever was named right before: "spoke of Putin as he threatened"."""
        if noun < _THIRD or self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.pack.cased:
            return False
        m = next((m for m in range(noun - 2, 0, -1) if self.chunks[m].who), -1)
        verb = next((v for v in reversed(self.clauses.verbs) if v < m), -1)
        if verb < 0 or not any(one.person_kind for one in self.chunks[m].who):
            return False
        own = {one.code for one in self.clauses.subject(verb).who}
        return bool(own) and own.isdisjoint(one.code for one in self.chunks[m].who)

    def _spoken_of(self, noun: int, voice: Voice) -> tuple[Who, ...]:
        """Return whom a pronoun in somebody's words means where another shows it of himself: "Baku proves that it is"."""
        if doer := self._doer_before(noun, voice):
            return doer
        m = noun - 1
        passed = _BEFORE_THAT if self.chunks[m].kind == Kind.THAT else _LOOSE
        while m > voice.start and self.chunks[m].kind in passed:
            m -= 1
        if self.pack.cased or m <= voice.start or self.chunks[m].kind != Kind.VERB:
            return ()
        subject = self.clauses.subject(m)
        own = {one.code for one in voice.who}
        is_other = subject.via == "direct" and voice.start <= subject.noun < m
        return subject.who if is_other and own.isdisjoint(one.code for one in subject.who) else ()

    def _doer_before(self, noun: int, voice: Voice) -> tuple[Who, ...]:
        """Return whom "it" means behind another's deed in somebody's words: "were taken by X when it invaded"."""
        if self.chunks[noun - 1].kind != Kind.SUBORDINATOR or self.chunks[noun].words[0] in self.pack.personal:
            return ()
        verb = next(
            (v for v in reversed(self.clauses.verbs_in(voice.start, noun)) if self.chunks[v].slot & Slot.FINITE), -1
        )
        if verb < 0 or self.pack.cased:
            return ()
        subject = self.clauses.subject(verb)
        doer = (
            self._targets.agents(verb) if self.chunks[verb].passive else subject.who if subject.via == "direct" else ()
        )
        own = {one.code for one in voice.who}
        return doer if len(doer) == 1 and own.isdisjoint(one.code for one in doer) else ()

    def _told_of_before(self, chunk: Chunk, noun: int, voice: Voice) -> tuple[Who, ...] | None:
        """Return whom a pronoun means in words whose speaker is named behind them; None where it may be the speaker.

        "The president will sign the deal he had scorned, the ministry said": the president, and "he" is never a ministry.
        """
        if voice.verb < 0:
            return None
        if voice.verb < voice.start:
            # "The leaders said they agree": whoever the leaders are.
            return () if not voice.who and chunk.words[0] in self.pack.plural_pronouns else None
        if chunk.words[0] not in self.pack.personal:
            return None
        for m in reversed(self.clauses.verbs):
            earlier = self.clauses.subject(m)
            if voice.start <= m < noun and earlier.via == "direct" and len(earlier.who) == 1:
                one = earlier.who[0]
                return (one._replace(indirect=True),) if self.discourse.is_somebody(one) else None
        if any(self.discourse.is_somebody(one) for one in voice.who):
            return None
        # "He praised the deal, the ministry said": whoever was told of before, and else the minister.
        return self.discourse.meant_by_pronoun(chunk.words[0]) or None

    def _is_person_alone(self, voice: Voice) -> bool:
        return len(voice.who) == 1 and voice.who[0].person_kind

    def _several_before(self, noun: int) -> tuple[Who, ...]:
        """Return those listed together last before a plural pronoun: "hosted Aliyev and Pashinyan, where they"."""
        for m in range(noun - 1, 1, -1):
            if self.chunks[m].kind != Kind.NOUN or not self.chunks[m].who:
                continue
            who, left = self.clauses.group(m)
            if left < m and len({one.code for one in who}) > 1:
                return tuple(one._replace(indirect=True) for one in who)
        return ()

    def _with_pronoun(self, subject: Subject) -> Subject:
        """Return the subject with a pronoun that is listed before it: "he and the prime minister"."""
        left = subject.left
        if (
            subject.who
            and left > 1
            and self.chunks[left - 1].kind == Kind.AND
            and (self.chunks[left - 2].kind == Kind.PRONOUN)
        ):
            meant = self._resolve_pronoun(self.chunks[left - 2], left - 2)
            return Subject((*meant, *subject.who), subject.noun, subject.via, left - 2)
        return subject

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
            if chunk.plural and (two := self._two_before(chunk)):
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
            return meant or self._bearer_of(chunk) or self._the_two(chunk)
        return self._the_two(chunk)

    def _the_two(self, chunk: Chunk) -> tuple[Who, ...]:
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

    def _two_before(self, chunk: Chunk) -> tuple[Who, ...]:
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


def _agree(pronoun: Chunk, pack: Pack, who: tuple[Who, ...]) -> bool:
    """Return whether a pronoun can stand for these: "ils" for no single person."""
    word = pack.words.get(pronoun.words[0])
    if word is None or not word.flags & g.PLURAL:
        return True
    return len(who) > 1 or not any(one.person_kind for one in who)
