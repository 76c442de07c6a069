"""What is told without a verb of its own: who is where, a meeting in passing or announced, a paper's author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.bodies import BODIES, INTERNATIONAL
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Frame
from bot.analysis.frames import Subject as SubjectKind
from bot.analysis.gatherings import announced
from bot.analysis.gazetteer import MentionKind
from bot.analysis.nominals import nominals
from bot.analysis.pack import Slot
from bot.analysis.stretch import Voice
from bot.analysis.voices import Voices
from bot.domain.reactions import COLLECTIVE_ACTORS, Tier

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
# How far before "talks" stands what governs "the resumption of talks".
_OF: Final = 3
_ON: Final = [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]


class Occasions(Voices):
    """Codes meetings and visits that no verb tells."""

    def _code_presence(self) -> None:
        """Code a headline without a verb that says who is where: "Iran's Raisi in Syria"."""
        chunks = [chunk for chunk in self.chunks if chunk.kind not in _LOOSE]
        if len(chunks) > 1 and not self.pack.returned.isdisjoint(chunks[1].words):
            # "X back in Y"
            del chunks[1]
        if len(chunks) < 3 or [chunk.kind for chunk in chunks[:3]] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]:  # noqa: PLR2004
            return
        person, preposition, place = chunks[:3]
        if preposition.words[-1] not in self.pack.place_prepositions or person.force:
            return
        if person.guest and not any(chunk.who for chunk in chunks[3:]):
            # An envoy lives where he is, unless somebody is named whom he came to see.
            return
        hosts = tuple(ref.code for ref in place.refs if ref.mention.kind in {MentionKind.NAME, MentionKind.CAPITAL})
        for one in person.who:
            if (one.speaker or one.role) and hosts and one.code not in hosts and one.code not in COLLECTIVE_ACTORS:
                self._add_draft(
                    one,
                    t.CONSULT,
                    hosts[:1],
                    (person.start, place.end),
                    preposition.words[-1],
                    "presence",
                    Tier.DIGEST,
                    "the verb is left out",
                )

    def _code_announced(self) -> None:
        """Code a headline without a verb that announces a meeting: "Entretien de X avec Y"."""
        met, noun, alike = announced(self.chunks, self.pack)
        if noun >= 0 and self._voice_at(noun) is not None:
            # "Michel: meeting of X and Y was useful": what somebody thinks of it.
            return
        for one in met if alike else met[:1]:
            others = tuple(other.code for other in met if other.code != one.code)
            span = (self.chunks[noun].start, max(other.end for other in met))
            cue = self.chunks[noun].words[-1]
            self._add_draft(one, t.CONSULT, others, span, cue, "announced", Tier.DIGEST, "the verb is left out")
            self.discourse.note((one,))

    def _code_nominals(self) -> None:
        """Code a headline without a verb that tells an act by its noun: "Vives critiques de X contre Y"."""
        for told in nominals(self.chunks, self.pack):
            span = (self.chunks[told.first].start, self.chunks[told.last].end)
            cue, why = " ".join(self.chunks[told.first].words), "the verb is left out"
            for one in told.who:
                self._add_draft(one, told.type, told.targets, span, cue, "nominal", Tier.DIGEST, why)

    def _code_occasions(self) -> None:
        """Code "lors de sa rencontre avec Y" of whoever the sentence is about."""
        chunks = self.chunks
        # "accused X with regard to talks with Y": what is spoken of, and not when.
        about = self.pack.benefit_prepositions
        if not self.pack.cased and self.pack.adjectives_first:
            about |= self.pack.addressee_prepositions - self.pack.possessor_prepositions
        for m in range(1, len(chunks) - 2):
            noun, after = chunks[m], self._behind_place(m + 1)
            if after + 1 >= len(chunks):
                break
            by, met = chunks[after], chunks[after + 1]
            if (
                noun.kind != Kind.NOUN
                or self.pack.gatherings.isdisjoint(noun.words)
                or not self._tells_when(chunks[m - 1])
                or (chunks[m - 1].words[-1] in about and not self._is_gone_for(m - 1))
                or by.kind != Kind.PREPOSITION
                or by.words[-1] not in self.pack.partner_prepositions
                or met.kind != Kind.NOUN
                or not met.who
            ):
                continue
            of = chunks[m - 1].words[-1] in self.pack.possessor_prepositions and m > _OF
            if of and chunks[m - _OF].kind == Kind.PREPOSITION and chunks[m - _OF].words[-1] in about:
                # "named his terms for the resumption of talks with Y"
                continue
            main = next((v for v in self.clauses.verbs if self.clauses.subject(v).via == "direct"), None)
            who = self._resolve(self.clauses.subject(main)) if main is not None else ()
            if len(who) != 1 or not (who[0].person_kind or who[0].role) or self._is_in_words(m, after + 1):
                continue
            if not self.pack.cased and self._is_another_to_do(m, who[0].code):
                # "encouraged X to redouble his efforts in talks with Y"
                continue
            targets = tuple(one.code for one in met.who)
            if [chunk.kind for chunk in chunks[after + 2 : after + 4]] == [Kind.AND, Kind.NOUN] and (
                not noun.flags & g.POSSESSIVE and chunks[after + 3].who
            ):
                # "on the meeting between X and Y": theirs, and not of whoever speaks of it.
                continue
            if main is not None and who[0].code not in targets:
                start = min(self.chunks[main].start, noun.start)
                span = (start, max(met.end, self.chunks[main].end))
                why = "it is told in passing"
                self._add_draft(who[0], t.CONSULT, targets, span, noun.words[-1], "occasion", Tier.DIGEST, why)

    def _tells_when(self, chunk: Chunk) -> bool:
        """Return whether a chunk may stand before the name of an occasion: "at", "following"."""
        if chunk.kind == Kind.VERB and not self.pack.cased:
            return chunk.slot == Slot.GERUND and chunk.words[-1] in self.pack.circumstance_prepositions
        return chunk.kind == Kind.PREPOSITION

    def _is_another_to_do(self, m: int, code: str) -> bool:
        """Return whether an occasion belongs to what somebody else is to do, by the verb right before it."""
        k = next((v for v in reversed(self.clauses.verbs) if v < m), -1)
        if k < 0 or not self.chunks[k].flags & g.INFINITIVE_MARK:
            return False
        return any(one.code != code for chunk in self.chunks[k - 1 : k] for one in chunk.who)

    def _is_in_words(self, m: int, end: int) -> bool:
        """Return whether an occasion belongs to what is said: not that of "said after talks with Y that"."""
        voice = self._voice_at(m)
        if voice is None:
            return False
        before = self.clauses.kinds[voice.verb : m] if 0 <= voice.verb < m else [Kind.THAT]
        behind = self.clauses.kinds[end + 1 : end + 2]
        return self.pack.cased or behind != [Kind.THAT] or any(kind in {Kind.THAT, Kind.NOUN} for kind in before)

    def _is_gone_for(self, m: int) -> bool:
        """Return whether a preposition tells what somebody has come for: "arrived in Geneva for talks with"."""
        if self.pack.cased or self.chunks[m].words[-1] not in self.pack.benefit_prepositions:
            return False
        k = next((v for v in reversed(self.clauses.verbs) if v < m), -1)
        if k < 0 or self.chunks[k].negative or self.chunks[k].flags or not self.chunks[k].slot & Slot.FINITE:
            return False
        return any(
            rule.frame is Frame.MEET and rule.subject is SubjectKind.PERSON
            for form in self.chunks[k].forms
            for rule in form.rules
        )

    def _behind_place(self, m: int) -> int:
        """Return where a phrase goes on behind places: "une réunion à Munich, en Allemagne, avec"."""
        chunks, place = self.chunks, self.pack.place_prepositions
        while m + 2 < len(chunks) and chunks[m].kind == Kind.PREPOSITION and chunks[m].words[-1] in place:
            if chunks[m + 1].kind != Kind.NOUN or any(who.role or who.speaker for who in chunks[m + 1].who):
                break
            m += 3 if chunks[m + 2].kind == Kind.COMMA else 2
        return m

    def _issuer(self, first: int) -> tuple[Who, ...]:
        """Return who issues a paper of his own by the headline: "X issues statement on Y"."""
        for k in self.clauses.verbs:
            verb, subject = self.chunks[k], self.clauses.subject(k)
            if k < first or not verb.slot & Slot.FINITE or verb.negative or not subject.who:
                continue
            start, stop = self.clauses.direct(k, self.clauses.extent(k))
            is_paper = stop - start == 1 and not self.pack.papers.isdisjoint(self.chunks[start].words[-1:])
            return subject.who if is_paper and subject.via == "direct" and not self.chunks[start].refs else ()
        return ()

    def _note_author(self) -> None:
        """Note whose words the item is where its headline is the name of a paper of somebody's: "Déclaration de X"."""
        # Behind a mark as well: what "Combats au Karabakh : déclaration de X" ends with.
        first = max((m + 1 for m, chunk in enumerate(self.chunks) if chunk.kind in {Kind.COLON, Kind.DASH}), default=0)
        chunks = self.chunks[first:]
        if self._speaks_on(chunks):
            self.discourse.author = chunks[0].who
            self.discourse.note(self.discourse.author, speaks=True)
            return
        if self.pack.adjectives_first and not self.pack.cased and (issuer := self._issuer(first)):
            self.discourse.author = issuer
            return
        if not chunks or self.pack.papers.isdisjoint(chunks[0].words):
            return
        if self.pack.adjectives_first and not self.pack.papers.isdisjoint(chunks[0].words[-1:]):
            paper = chunks[0]
            if paper.refs and not any(chunk.kind == Kind.VERB and chunk.slot & Slot.FINITE for chunk in chunks):
                # "Armenian foreign ministry statement on …"
                self.discourse.author = (Who(paper.refs[0].code, None, None, paper.start, paper.end),)
                return
        if any(chunk.kind == Kind.VERB and chunk.slot & Slot.FINITE for chunk in chunks):
            return
        if self.pack.cased and chunks[0].refs:
            # A cased language needs no preposition before the author.
            ref = chunks[0].refs[0]
            self.discourse.author = (Who(ref.code, None, None, chunks[0].start, chunks[0].end),)
            return
        by = self.pack.possessor_prepositions | self.pack.author_prepositions
        for m in range(1, len(chunks) - 1, 2):
            if chunks[m].kind != Kind.PREPOSITION or chunks[m].words[-1] not in by:
                return
            if chunks[m + 1].who:
                # "Statement by the presidents of X, Y and Z"
                self.discourse.author = self.clauses.listed(first + m + 1)[0]
                self.discourse.note(self.discourse.author, speaks=True)
                return

    def _speaks_on(self, chunks: Sequence[Chunk]) -> bool:
        """Return whether a headline tells only who speaks, and of what: "The ministry of X on the escalation in Y"."""
        if len(chunks) < len(_ON) or [chunk.kind for chunk in chunks[: len(_ON)]] != _ON or len(chunks[0].who) != 1:
            return False
        one = chunks[0].who[0]
        is_on = chunks[1].words[-1] in self.pack.topic_prepositions
        return is_on and bool(one.role or one.speaker or one.code in BODIES) and not self.clauses.verbs

    def _code_absence(self, k: int, voice: Voice) -> None:
        """Code "there are no X troops in Y" in X's words: who is said to be there is not."""
        troops = self.chunks[k + 1] if k + 1 < voice.end else self.chunks[k]
        own = {one.code for one in voice.who}
        is_none = troops.kind == Kind.NOUN and troops.force and troops.flags & g.NEGATIVE
        if is_none and not self.chunks[k].flags & g.FUTURE and own & {ref.code for ref in troops.refs}:
            self._emit(k, self.clauses.subject(k), voice.who, t.DENY, (), "there-are-none", Tier.DIGEST, voice)

    def _code_stay(self, k: int) -> None:
        """Code "X is in Yerevan" of whoever is from elsewhere."""
        chunks, verb = self.chunks, self.chunks[k]
        if verb.negative or not verb.flags & g.BE or verb.flags & (g.POSSIBLE | g.OBLIGED):
            return
        if (voice := self._voice_at(k)) is not None:
            self._code_absence(k, voice)
            return
        subject = self.clauses.subject(k)
        n = k + 1
        while n < len(chunks) and chunks[n].kind in _LOOSE:
            n += 1
        if subject.via != "direct" or n + 1 >= len(chunks) or chunks[n].kind != Kind.PREPOSITION:
            return
        place = chunks[n + 1]
        if chunks[n].words[-1] not in self.pack.place_prepositions or place.kind != Kind.NOUN or not place.who:
            return
        if len(place.who) > 1 or place.who[0].speaker or place.who[0].role or self.chunks[subject.noun].force:
            return
        host = place.who[0].code
        for one in subject.who:
            if (one.speaker or one.role) and one.code not in {host, *COLLECTIVE_ACTORS} and host not in INTERNATIONAL:
                self._emit(k, subject, (one,), t.CONSULT, (host,), "stay", Tier.DIGEST, None)
