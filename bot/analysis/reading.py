"""Reading one item: sentences in order, their clauses coded, their quotations attributed, the drafts settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.aims import INTERNATIONAL
from bot.analysis.chunking import Chunker
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.coding import Coder
from bot.analysis.dating import Dating
from bot.analysis.discourse import Discourse, is_surname_alone, is_title_alone
from bot.analysis.drafts import ABROAD, Draft, NearMiss
from bot.analysis.fragments import fragment_beside, fragment_in, said_beside
from bot.analysis.gazetteer import ActorMention
from bot.analysis.interposed import interposed
from bot.analysis.layout import Layout, lay_out
from bot.analysis.lexemes import MAY_LAST, Words
from bot.analysis.mentions import PERSON, REGION
from bot.analysis.pack import Pack
from bot.analysis.pairs import Pairs
from bot.analysis.sentences import TITLE, Quotation, Sentence, sentences, within
from bot.domain.items import Article
from bot.domain.reactions import COLLECTIVE_ACTORS, Tier

# Done by saying it.
_SPOKEN = frozenset(
    {
        t.CALL_CEASEFIRE,
        t.CALL_DIALOGUE,
        t.CONDEMN,
        t.DEMAND_ACCESS,
        t.DEMAND_COMPLIANCE,
        t.DEMAND_WITHDRAWAL,
        t.EXPRESS_CONCERN,
        t.EXPRESS_SUPPORT,
        t.WELCOME,
    }
)

_TITLE_CASE = 0.6
# Of so many phrases at least: "It reads: “…”".
_INTRODUCTION = 3
# Too few words to tell by their capitals whether all are written with them.
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A quotation and whose it is, as ranges of tokens."""

    quote: Quotation
    who: tuple[Who, ...]
    speaker: tuple[int, int] | None


@dataclass(slots=True)
class Findings:
    """What reading an item brought to light."""

    drafts: list[Draft] = field(default_factory=list)
    misses: list[NearMiss] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)

    @property
    def so_far(self) -> tuple[int, int, int]:
        """Return how many of each there are."""
        return len(self.drafts), len(self.misses), len(self.attributions)


class Reader:
    """Reads one item in one language."""

    def __init__(
        self,
        article: Article,
        words: Words,
        mentions: Sequence[ActorMention],
        opponents: Sequence[frozenset[str]] = (),
    ) -> None:
        self._article = article
        self._tokens = words.tokens
        self._words = words
        self._pack = pack = words.pack
        self._at: dict[int, ActorMention] = {}
        ends: set[int] = set()
        regions: set[str] = set()
        named: set[str] = set()
        for mention in mentions:
            self._at[mention.start_token] = mention
            ends.add(mention.end_token - 1)
            (regions if mention.kind is REGION else named).add(mention.code)
        self._starts = sorted(self._at)
        self._ends = frozenset(ends)
        self._regions = frozenset(regions)
        facing = [sorted(pair) for pair in opponents if pair <= named] if opponents else []
        self._discourse = self._nothing_said()
        self._told: Discourse | None = None
        self._titles = 0
        self._pairs = Pairs(pack, facing)
        self._dating = Dating(article.published, pack)
        self._findings = Findings()
        self._reporting: set[str] = set()
        self._has_title_alone = False
        self._in_title: frozenset[str] = frozenset()
        self._last_quote: tuple[int, tuple[Who, ...], tuple[int, int] | None] = (-1, (), None)

    def read(self) -> Findings:
        """Return everything found in the item."""
        article, text = self._article, self._article.text
        title = len(article.title)
        summary_at = title + 2 if title else 0
        content_at = summary_at + len(article.summary) + 2 if article.summary else summary_at
        if not article.content:
            content_at = len(text) + 1
        if not title:
            content_at = content_at if article.summary else 0
        titles: list[Sentence] = []
        until = self._findings.so_far
        for sentence in sentences(
            text,
            self._tokens,
            summary_at=summary_at,
            content_at=content_at,
            abbreviations=self._pack.abbreviations,
            norms=self._words.norms,
        ):
            self._read_sentence(sentence)
            if sentence.part is TITLE:
                titles.append(sentence)
                until = self._findings.so_far
        if self._has_title_alone:
            self._read_again(titles, until)
        if self._is_sport():
            self._findings.drafts.clear()
        self._dating.compare(self._findings.drafts)
        return self._findings

    def _read_again(self, titles: Sequence[Sentence], until: tuple[int, int, int]) -> None:
        """Read the headline once more now that the text has told who bears the title in it: "PM warns Baku"."""
        drafts, misses, attributions = until
        rest, self._findings = self._findings, Findings()
        self._titles = len(titles)
        self._told, self._discourse = self._discourse, self._nothing_said()
        for title in titles:
            self._read_sentence(title)
        self._findings.drafts += rest.drafts[drafts:]
        self._findings.misses += rest.misses[misses:]
        self._findings.attributions += rest.attributions[attributions:]

    def _nothing_said(self) -> Discourse:
        return Discourse(self._pack.personal, self._pack.words, self._pack.is_organ)

    def _is_sport(self) -> bool:
        """Return whether the item is about a game: one telling word in the title, or two anywhere."""
        if self._pack.sport.isdisjoint(self._words.norms):
            return False
        named = {i for mention in self._at.values() for i in range(mention.start_token, mention.end_token)}
        # "the Arab League" plays no game.
        words = [token for i, token in enumerate(self._tokens) if token.norm in self._pack.sport and i not in named]
        return len({token.norm for token in words}) > 1 or any(token.end <= len(self._article.title) for token in words)

    def _read_sentence(self, sentence: Sentence) -> None:
        self._discourse.next_sentence()
        if not self._may_tell(sentence):
            return
        before = len(self._findings.drafts)
        self._read_laid_out(sentence)
        if sentence.part is not TITLE and len(self._findings.drafts) == before:
            return
        among = self._named_in(sentence)
        if sentence.part is TITLE:
            self._in_title |= among
        for draft in self._findings.drafts[before:]:
            draft.among = among | self._in_title
            draft.is_at_home = self._is_at_home(draft)

    def _is_at_home(self, draft: Draft) -> bool:
        """Return whether an act is between a state and its own former people, or among these."""
        who = draft.who
        if who.code in INTERNATIONAL:
            # One organ of a body asks another.
            return False
        once = self._once(who.start, who.end) if who.code in COLLECTIVE_ACTORS else {who.code}
        if len(once) != 1 or "" in once:
            return False
        others = set(draft.targets) - COLLECTIVE_ACTORS
        if COLLECTIVE_ACTORS & set(draft.targets):
            others |= self._once(draft.cue_at[1], draft.end)
        return bool(others) and others <= once

    def _once(self, start: int, end: int) -> set[str]:
        """Return whom those out of office between two tokens once spoke for; "" is for whoever never did."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = (self._at[at] for at in self._starts[first:last])
        return {mention.once for mention in inside if mention.code in COLLECTIVE_ACTORS}

    def _named_in(self, sentence: Sentence) -> frozenset[str]:
        """Return the actors that a sentence names; a private person is none."""
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        inside = [self._at[start] for start in self._starts[first:last]]
        found = {
            mention.code for mention in inside if mention.code not in COLLECTIVE_ACTORS or mention.kind is not PERSON
        }
        if not self._pack.abroad.isdisjoint(self._words.norms[sentence.start : sentence.end]):
            found.add(ABROAD)
        return frozenset(found)

    def _read_laid_out(self, sentence: Sentence) -> None:
        layout = lay_out(self._words, sentence)
        coder = self._code(layout.running, sentence, speaker=None)
        if layout.is_caption:
            coder.drafts.clear()
        self._dating.mark(coder.drafts, coder.chunks)
        for draft in coder.drafts:
            if layout.fragments or layout.sayings:
                draft.quote = (
                    fragment_in(draft, layout.fragments, self._tokens, self._pack)
                    or said_beside(draft, layout, coder)
                    or fragment_beside(draft, layout, coder)
                    or draft.quote
                )
            if draft.type is t.REPORT and draft.quote is None:
                self._reporting.add(draft.who.code)
        self._findings.drafts += coder.drafts
        self._findings.misses += coder.misses
        self._attribute_fragments(coder.drafts, layout)
        if not layout.sayings:
            return
        is_paper = _introduces(coder.chunks) or any(
            not self._pack.papers.isdisjoint(chunk.words) and not chunk.refs for chunk in coder.chunks
        )
        for number, quote in enumerate(layout.sayings):
            self._read_saying(quote, sentence, coder.quote_speakers.get(number), is_paper=is_paper)

    def _may_tell(self, sentence: Sentence) -> bool:
        """Return whether a sentence can hold a record or a statement: it names an actor, takes one up, or quotes."""
        if sentence.quotes:
            return True
        first = bisect_left(self._starts, sentence.start)
        if first < len(self._starts) and self._starts[first] < sentence.end:
            return True
        if self._words.may(sentence.start, sentence.end) & MAY_LAST:
            return True
        # "We urge the sides to": whoever's the item is.
        inside = self._words.lexemes[sentence.start : sentence.end] if self._discourse.author else ()
        return any(lexeme.flags & g.FIRST_PERSON for lexeme in inside)

    def _code(self, running: Sequence[int], sentence: Sentence, speaker: tuple[Who, ...] | None) -> Coder:
        headline = sentence.part is TITLE
        capitals_tell = not (headline and self._is_title_case(running))
        chunker = Chunker(self._words, self._at, self._starts, self._ends, capitals_tell=capitals_tell)
        chunks = chunker.chunks(running)
        self._discourse.take_up(chunks)
        if speaker is None and (told := self._code_interrupted(chunks, sentence, chunker.may)) is not None:
            return told
        if headline and speaker is None:
            if self._told is not None:
                self._told.take_up(chunks)
                self._told.take_up_titles(chunks, self._pack.short_titles, self._titles)
            else:
                self._has_title_alone |= any(is_title_alone(chunk) or is_surname_alone(chunk) for chunk in chunks)
        return self._code_chunks(chunks, sentence, chunker.may, speaker)

    def _code_interrupted(self, chunks: Sequence[Chunk], sentence: Sentence, may: int) -> Coder | None:
        """Code a sentence whose speaker is set into his words as his; None where nobody is, or he does nothing in it."""
        found = interposed(chunks, self._pack)
        if found is None or any(chunk.kind == Kind.QUOTE for chunk in chunks):
            return None
        one = chunks[found.speaker]
        who = one.who if one.kind == Kind.NOUN else self._discourse.meant_by_pronoun(one.words[0])
        if not who:
            return None
        said = [*chunks[: found.start], *chunks[found.end :]]
        coder = self._code_chunks(said, sentence, may, who)
        return coder if coder.drafts else None

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
            self._discourse,
            speaker=speaker,
            part=int(sentence.part),
            regions=self._regions,
            pair=self._pairs.facing,
            sides=self._pairs.sides,
            first_pair=self._pairs.first_pair,
        )
        coder.run()
        self._discourse.note_persons(map(chunks.__getitem__, clauses.naming))
        self._pairs.note(clauses)
        if self._is_question(sentence) and speaker is None:
            coder.drafts = [draft for draft in coder.drafts if draft.rule == "quotation"]
        return coder

    def _is_question(self, sentence: Sentence) -> bool:
        norms = self._words.norms
        if sentence.part is TITLE and norms[sentence.start] in self._pack.question_words:
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

    def _read_saying(
        self,
        quote: Quotation,
        sentence: Sentence,
        attributed: tuple[tuple[Who, ...], Chunk | None] | None,
        *,
        is_paper: bool,
    ) -> None:
        """Read a quotation that stands apart in the voice of whoever said it."""
        who: tuple[Who, ...]
        speaker: tuple[int, int] | None
        if attributed is not None:
            who, noun = attributed
            speaker = (noun.start, noun.end) if noun is not None and noun.start >= 0 else None
        elif self._last_quote[0] == sentence.paragraph:
            # A quotation without a speaker goes on where the last of the paragraph ended.
            who, speaker = tuple(one._replace(indirect=True) for one in self._last_quote[1]), self._last_quote[2]
        else:
            who, speaker = self._discourse.author or self._discourse.has_just_written(), None
        if not who and (is_paper or (attributed is not None and _is_nameless(attributed[1], self._pack))):
            who = self._speaker_within(quote, sentence)
        self._last_quote = (sentence.paragraph, who, speaker)
        self._findings.attributions.append(Attribution(quote=quote, who=who, speaker=speaker))
        start, end = quote.inner
        inner = Sentence(start=start, end=end, part=sentence.part, paragraph=sentence.paragraph)
        before = len(self._findings.drafts)
        for begin, stop in self._sentences_within(start, end):
            running = lay_out(self._words, _range(inner, begin, stop)).running
            coder = self._code(
                running if isinstance(running, range) else [i for i in running if i >= 0], inner, speaker=who
            )
            if self._words.norms[stop - 1] == "?":
                # What is asked is not said.
                continue
            for draft in coder.drafts:
                draft.quote = (start, end)
            self._findings.drafts += coder.drafts
        if who and len(self._findings.drafts) == before:
            self._add_statement(who, quote, sentence)

    def _speaker_within(self, quote: Quotation, sentence: Sentence) -> tuple[Who, ...]:
        """Return who speaks of himself in a paper that is nobody's: "“X calls on …,” the statement reads"."""
        found: dict[str, Who] = {}
        for begin, stop in self._sentences_within(*quote.inner):
            running = [i for i in lay_out(self._words, _range(sentence, begin, stop)).running if i >= 0]
            coder = self._code(running, sentence, speaker=None)
            found |= {draft.who.code: draft.who for draft in coder.drafts if draft.type in _SPOKEN}
        return tuple(one._replace(indirect=True) for one in found.values()) if len(found) == 1 else ()

    def _sentences_within(self, start: int, end: int) -> list[tuple[int, int]]:
        return within(self._tokens, self._words.norms, start, end, self._pack.abbreviations)

    def _add_statement(self, who: tuple[Who, ...], quote: Quotation, sentence: Sentence) -> None:
        for one in who:
            if one.code in self._reporting:
                continue
            self._findings.drafts.append(
                Draft(
                    who=one,
                    type=t.REPORT,
                    targets=(),
                    start=quote.start,
                    end=quote.end,
                    cue="",
                    rule="quotation",
                    tier=Tier.DIGEST,
                    confidence=0.5,
                    quote=quote.inner,
                    part=int(sentence.part),
                )
            )

    def _attribute_fragments(self, drafts: list[Draft], layout: Layout) -> None:
        for quote in layout.fragments:
            for draft in drafts:
                if draft.start <= quote.start and quote.end <= draft.end + 1:
                    self._findings.attributions.append(
                        Attribution(quote=quote, who=(draft.who,), speaker=(draft.who.start, draft.who.end))
                    )
                    break


def _is_nameless(noun: Chunk | None, pack: Pack) -> bool:
    """Return whether a speaker is a pronoun or a bare role, whom only his words can tell: "“Peru thanks …,” he wrote"."""
    if noun is None:
        return False
    return noun.kind == Kind.PRONOUN or (pack.adjectives_first and noun.bare and not noun.name)


def _introduces(chunks: Sequence[Chunk]) -> bool:
    """Return whether a sentence only says that a quotation follows: "It reads as follows: “…”"."""
    return len(chunks) > _INTRODUCTION and chunks[0].kind == Kind.PRONOUN and chunks[-2].kind == Kind.COLON


def _range(sentence: Sentence, start: int, end: int) -> Sentence:
    return Sentence(start=start, end=end, part=sentence.part, paragraph=sentence.paragraph)
