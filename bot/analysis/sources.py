"""In whose words what is told by a source is: "according to X", "по его словам"."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.colons import Colons
from bot.analysis.gazetteer import MentionKind
from bot.analysis.sides import side_of_people
from bot.analysis.stretch import Voice

_STATES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
# "Pour Ankara, …"
_OF_VIEW: Final = [Kind.PREPOSITION, Kind.NOUN, Kind.COMMA]
_VIEW: Final = 3


class Sources(Colons):
    """Finds sources that a sentence names."""

    def _find_view(self) -> None:
        """Find "Pour Ankara, …": whose view the sentence tells stands before it."""
        chunks = self.chunks
        if len(chunks) <= _VIEW or [chunk.kind for chunk in chunks[:_VIEW]] != _OF_VIEW:
            return
        if chunks[0].words[-1] in self.pack.view_prepositions and chunks[1].who:
            self._add_voice(Voice(chunks[1].who, _VIEW, len(chunks), -1), left_noun=chunks[1])

    def _find_sources(self) -> None:
        chunks = self.chunks
        firsts = [phrase[0] for phrase in self.pack.source_phrases]
        for m, chunk in enumerate(chunks[:-1]):
            first = chunk.words[0] if chunk.words else ""
            if first not in firsts:
                continue
            for phrase in self.pack.source_phrases:
                if first != phrase[0] or chunk.kind == Kind.VERB:
                    continue
                words = chunk.words
                end = m
                while len(words) < len(phrase) and end + 1 < len(chunks):
                    end += 1
                    words += chunks[end].words
                goes_on = self.pack.cased and len(words) > len(phrase) and words[: len(phrase)] == phrase
                if (words != phrase and not goes_on) or (end + 1 >= len(chunks) and not goes_on):
                    continue
                # "По словам азербайджанского лидера": one phrase with whose words they are.
                noun = end if goes_on else end + 1
                if chunks[noun].kind != Kind.NOUN:
                    continue
                last = noun
                while (
                    last + 2 < len(chunks) and chunks[last + 1].kind == Kind.AND and chunks[last + 2].kind == Kind.NOUN
                ):
                    last += 2
                who, _ = self.clauses.group(last)
                who = who or self._resolve_noun(chunks[noun])
                is_whole = goes_on and _is_all_that_follows(chunks[noun], len(words) - len(phrase))
                if goes_on and not who and (is_whole or self._holds_role(chunks[noun])):
                    # "По данным Минобороны Армении", "По данным Еревана": the head of the phrase is the source's word, and
                    # not whose it is.
                    who = (Who(chunks[noun].refs[-1].code, None, None, chunks[noun].start, chunks[noun].end),)
                who = who or tuple(
                    one._replace(indirect=True) for one in side_of_people(chunks[noun], self.pack, self.tokens)
                )
                if not who and not self.pack.papers.isdisjoint(chunks[noun].words):
                    who, last = self._issuer_behind(noun)
                vouchers = self.pack.papers | self.pack.outlets
                if not who and not vouchers.isdisjoint(chunks[noun].words):
                    # "selon un communiqué": a paper vouches for what the outlet tells, and is nobody.
                    continue
                if not self._speaks_for_somebody(chunks[noun]):
                    # "according to Azerbaijani media": a country's press is not its state.
                    continue
                start, stop = (self._told_from(m), m) if m > 1 else (last + 1, len(chunks))
                self._add_voice(Voice(who, start, stop, -1), left_noun=chunks[noun])

    def _told_from(self, m: int) -> int:
        """Return from where on a source at `m` tells: only of the clause that it ends, where no comma parts it from that."""
        kinds = self.clauses.kinds
        if self.pack.cased or kinds[m - 1] == Kind.COMMA or Kind.RELATIVE not in kinds[:m]:
            return 0
        begin = max(i for i in range(m) if kinds[i] == Kind.RELATIVE)
        if begin > 1 and kinds[begin - 1] == Kind.PREPOSITION:
            begin -= 1
        # "X and Y accuse each other of a clash, in which a soldier was killed according to Y"
        return begin if begin and kinds[begin - 1] == Kind.COMMA else 0

    def _issuer_behind(self, noun: int) -> tuple[tuple[Who, ...], int]:
        """Return whose the paper at `noun` is, and where that is said: "according to a statement from X"."""
        kinds = [chunk.kind for chunk in self.chunks[noun + 1 : noun + 3]]
        if kinds == [Kind.PREPOSITION, Kind.NOUN]:
            issuing = self.pack.author_prepositions | self.pack.possessor_prepositions
            if self.chunks[noun + 1].words[-1] in issuing:
                return self.chunks[noun + 2].who, noun + 2
        return (), noun

    def _holds_role(self, chunk: Chunk) -> bool:
        """Return whether one of the words of a phrase is a role, and somebody's."""
        known = (self.pack.words.get(word) for word in chunk.words)
        return bool(chunk.refs) and any(word is not None and bool(word.flags & g.HELD) for word in known)

    def _find_pronoun_sources(self) -> None:
        """Find "по его словам": the words are whoever's the pronoun means."""
        for phrase, pronoun in self.pack.pronoun_sources.items():
            for m, chunk in enumerate(self.chunks[:-1]):
                end, words = m + 1, chunk.words
                if words[:1] != phrase[:1]:
                    continue
                while len(words) < len(phrase) and end < len(self.chunks):
                    words += self.chunks[end].words
                    end += 1
                if words != phrase or not (who := self.discourse.meant_by_pronoun(pronoun)):
                    continue
                start, stop = (0, m) if m > 1 else (end, len(self.chunks))
                self._add_voice(Voice(who, start, stop, -1), left_noun=self.chunks[end - 1])
                return

    def _speaks_for_somebody(self, noun: Chunk) -> bool:
        """Return whether whoever is named with a verb of relaying tells it himself, and no outlet of his: "X's Y agency"."""
        if self.pack.outlets.isdisjoint(noun.words) or not self.pack.state_words.isdisjoint(noun.words):
            return True
        return noun.name is not None and self.pack.outlets.isdisjoint(noun.name.casefold().split())


def _is_all_that_follows(chunk: Chunk, count: int) -> bool:
    """Return whether the last `count` words of a phrase are a state's name, or its capital's: "по данным Баку"."""
    if not chunk.refs:
        return False
    mention = chunk.refs[-1].mention
    return (
        mention.kind in _STATES and mention.end_token == chunk.end and mention.end_token - mention.start_token == count
    )
