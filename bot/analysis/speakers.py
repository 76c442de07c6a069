"""Whom a subject means: a name, a role taken up, a pronoun, whoever wrote a paper."""

from __future__ import annotations

from bot.analysis.bodies import ENCLAVES
from bot.analysis.chunks import Kind, Who
from bot.analysis.mentions import DEMONYM, REGION
from bot.analysis.pronouns import Pronouns
from bot.analysis.sides import speaks_for_territory
from bot.analysis.subjects import Subject


class Speakers(Pronouns):
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
