"""The running text of a sentence: its clauses coded in the light of what the item told before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.analysis import flags as g
from bot.analysis.bodies import ENCLAVES
from bot.analysis.chunking import Chunker
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.coding import Coder
from bot.analysis.discourse import Discourse, is_surname_alone, is_title_alone
from bot.analysis.gazetteer import ActorMention
from bot.analysis.interposed import interposed
from bot.analysis.lexemes import Words
from bot.analysis.mentions import PEOPLE, REGION
from bot.analysis.pairs import Pairs
from bot.analysis.sentences import TITLE, Sentence
from bot.analysis.strangers import Strangers

_TITLE_CASE = 0.6
# The words of a label before a colon, and the colon.
_LONGEST_LABEL = 3
# Too few words to tell by their capitals whether all are written with them.
_FEW_WORDS = 4


class RunningText:
    """Codes running text, sentence after sentence of one item, and remembers whom it named."""

    def __init__(
        self,
        words: Words,
        mentions: Mapping[int, ActorMention],
        opponents: Sequence[frozenset[str]],
    ) -> None:
        self._words = words
        self._tokens = words.tokens
        self._pack = pack = words.pack
        self._at = mentions
        self._starts = sorted(mentions)
        ends: set[int] = set()
        regions: set[str] = set()
        named: set[str] = set()
        for mention in mentions.values():
            ends.add(mention.end_token - 1)
            (regions if mention.kind is REGION else named).add(mention.code)
            if mention.kind is PEOPLE and mention.code in ENCLAVES:
                regions.add(mention.code)
        self._ends = frozenset(ends)
        self._regions = frozenset(regions)
        facing = [sorted(pair) for pair in opponents if pair <= named] if opponents else []
        self._pairs = Pairs(pack, facing)
        self._deeds = (pack.wrong, pack.conduct, pack.atrocities)
        self._told: Discourse | None = None
        self._titles = 0
        self.discourse = self._nothing_said()
        self.has_title_alone = False
        self.strangers = Strangers()

    def begin_again(self, titles: int) -> None:
        """Read so many sentences of a headline anew, with whatever the text after it told."""
        self._titles = titles
        self._told, self.discourse = self.discourse, self._nothing_said()

    def _nothing_said(self) -> Discourse:
        return Discourse(self._pack.personal, self._pack.words, self._pack.is_organ, self._pack.chambers)

    def code(self, running: Sequence[int], sentence: Sentence, speaker: tuple[Who, ...] | None) -> Coder:
        """Return a sentence coded; `speaker` is whoever says it all, where somebody does."""
        headline = sentence.part is TITLE
        capitals_tell = not (headline and self._is_title_case(running))
        chunker = Chunker(self._words, self._at, self._starts, self._ends, capitals_tell=capitals_tell)
        chunks = chunker.chunks(running)
        self.discourse.take_up(chunks)
        if speaker is None and (told := self._code_interrupted(chunks, sentence, chunker.may)) is not None:
            return told
        if headline and speaker is None:
            if self._told is not None:
                self._told.take_up(chunks)
                self._told.take_up_titles(chunks, self._pack.short_titles, self._titles)
            else:
                self.has_title_alone |= any(is_title_alone(chunk) or is_surname_alone(chunk) for chunk in chunks)
        return self._code_chunks(chunks, sentence, chunker.may, speaker)

    def _code_interrupted(self, chunks: Sequence[Chunk], sentence: Sentence, may: int) -> Coder | None:
        """Code a sentence whose speaker is set into his words as his; None where nobody is, or he does nothing in it."""
        found = interposed(chunks, self._pack)
        if found is None or any(chunk.kind == Kind.QUOTE for chunk in chunks):
            return None
        one = chunks[found.speaker]
        who = one.who or self._meant(one)
        if not who:
            return None
        said = [*chunks[: found.start], *chunks[found.end :]]
        coder = self._code_chunks(said, sentence, may, who)
        return coder if coder.drafts else None

    def _meant(self, one: Chunk) -> tuple[Who, ...]:
        """Return whom a pronoun, a bare role or a paper means that interrupts a sentence: "X, its statement says, …"."""
        if one.kind != Kind.NOUN:
            return self.discourse.meant_by_pronoun(one.words[0])
        if not self._pack.papers.isdisjoint(one.words[-1:]):
            is_owned = bool(one.flags & g.POSSESSIVE)
            return self.discourse.meant_by_pronoun(one.words[0]) if is_owned else self.discourse.meant_by_paper()
        return self.discourse.meant_by_role(one) if one.bare else ()

    def _code_chunks(
        self, chunks: Sequence[Chunk], sentence: Sentence, may: int, speaker: tuple[Who, ...] | None
    ) -> Coder:
        clauses = Clauses(chunks, self._pack, headline=sentence.part is TITLE, may=may)
        chunks = clauses.chunks
        self._pairs.take_up(clauses)
        coder = Coder(
            clauses,
            self._pack,
            self._tokens,
            self.discourse,
            speaker=speaker,
            part=int(sentence.part),
            regions=self._regions,
            pair=self._pairs.facing,
            sides=self._pairs.sides,
            first_pair=self._pairs.first_pair,
        )
        coder.run()
        self.discourse.note_persons(map(chunks.__getitem__, clauses.naming))
        self.discourse.note_deeds(map(chunks.__getitem__, clauses.naming), self._deeds)
        if self._pack.adjectives_first and not self._pack.cased:
            self.strangers.note(clauses)
        self._pairs.note(clauses)
        self._pairs.note_meeting(coder.drafts)
        if self._is_question(sentence) and speaker is None:
            coder.drafts = [draft for draft in coder.drafts if draft.rule == "quotation"]
        return coder

    def _is_question(self, sentence: Sentence) -> bool:
        norms = self._words.norms
        if sentence.part is TITLE:
            opens = sentence.start
            if ":" in norms[opens + 1 : min(opens + _LONGEST_LABEL, sentence.end - 1)]:
                # Behind "Timeline:" a question begins as well, if no name does.
                opens = norms.index(":", opens) + 1
            if norms[opens] in self._pack.question_words and opens not in self._at:
                return True
        return norms[sentence.end - 1] == "?"

    def _is_title_case(self, running: Sequence[int]) -> bool:
        tokens = self._tokens
        if not self._pack.title_case:
            return all(tokens[i].text.isupper() for i in running if i >= 0 and tokens[i].text[0].isalpha())
        initials = list(filter(str.isalpha, [tokens[i].text[0] for i in running if i >= 0]))
        if len(initials) < _FEW_WORDS:
            return True
        return sum(map(str.isupper, initials)) >= _TITLE_CASE * len(initials)
