"""Quotations: whose each is, and what its speaker does by saying it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.coding import Coder
from bot.analysis.drafts import Draft, NearMiss
from bot.analysis.layout import Layout, lay_out
from bot.analysis.lexemes import Words
from bot.analysis.pack import Pack
from bot.analysis.running import RunningText
from bot.analysis.sentences import Quotation, Sentence, within
from bot.domain.reactions import Tier

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

# Of so many phrases at least: "It reads: “…”".
_INTRODUCTION = 3


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

    def cut(self, so_far: tuple[int, int, int]) -> None:
        """Forget all but the first so many of each."""
        drafts, misses, attributions = so_far
        del self.drafts[drafts:]
        del self.misses[misses:]
        del self.attributions[attributions:]


class Quotations:
    """Reads the quotations of one item, sentence after sentence."""

    def __init__(self, words: Words, running: RunningText) -> None:
        self._words = words
        self._tokens = words.tokens
        self._pack = words.pack
        self._running = running
        self._reporting: set[str] = set()
        # The paragraph, whose it is, and where he is named.
        self._last: tuple[int, tuple[Who, ...], tuple[int, int] | None] = (-1, (), None)

    def read(self, layout: Layout, sentence: Sentence, coder: Coder, findings: Findings) -> None:
        """Attribute the quotations of a sentence that is coded, and code what their speakers say in them."""
        self._attribute_fragments(coder.drafts, layout, findings)
        for draft in coder.drafts:
            if draft.type is t.REPORT and draft.quote is None:
                self._reporting.add(draft.who.code)
        if not layout.sayings:
            return
        is_paper = _introduces(coder.chunks) or any(
            not self._pack.papers.isdisjoint(chunk.words) and not chunk.refs for chunk in coder.chunks
        )
        for number, quote in enumerate(layout.sayings):
            self._read_saying(quote, sentence, coder.quote_speakers.get(number), findings, is_paper=is_paper)

    def give(
        self, sayings: Sequence[Quotation], sentence: Sentence, who: tuple[Who, ...], noun: Chunk, findings: Findings
    ) -> None:
        """Read quotations whose speaker the sentence behind them names: "“…” That is what X said"."""
        for quote in sayings:
            self._read_saying(quote, sentence, (who, noun), findings, is_paper=False)

    def _read_saying(
        self,
        quote: Quotation,
        sentence: Sentence,
        attributed: tuple[tuple[Who, ...], Chunk | None] | None,
        findings: Findings,
        *,
        is_paper: bool,
    ) -> None:
        """Read a quotation that stands apart in the voice of whoever said it."""
        who: tuple[Who, ...]
        speaker: tuple[int, int] | None
        if attributed is not None:
            who, noun = attributed
            speaker = (noun.start, noun.end) if noun is not None and noun.start >= 0 else None
        elif self._last[0] == sentence.paragraph:
            # A quotation without a speaker goes on where the last of the paragraph ended.
            who, speaker = tuple(one._replace(indirect=True) for one in self._last[1]), self._last[2]
        else:
            who, speaker = self._running.discourse.author or self._running.discourse.has_just_written(), None
        if not who and (is_paper or (attributed is not None and _is_nameless(attributed[1], self._pack))):
            who = self._speaker_within(quote, sentence)
        self._last = (sentence.paragraph, who, speaker)
        findings.attributions.append(Attribution(quote=quote, who=who, speaker=speaker))
        start, end = quote.inner
        inner = Sentence(start=start, end=end, part=sentence.part, paragraph=sentence.paragraph)
        before = len(findings.drafts)
        for begin, stop in self._sentences_within(start, end):
            running = lay_out(self._words, _range(inner, begin, stop)).running
            coder = self._running.code(
                running if isinstance(running, range) else [i for i in running if i >= 0], inner, speaker=who
            )
            if self._words.norms[stop - 1] == "?":
                # What is asked is not said.
                continue
            for draft in coder.drafts:
                draft.quote = (start, end)
            findings.drafts += coder.drafts
        if who and len(findings.drafts) == before:
            self._add_statement(who, quote, sentence, findings)

    def _speaker_within(self, quote: Quotation, sentence: Sentence) -> tuple[Who, ...]:
        """Return who speaks of himself in a paper that is nobody's: "“X calls on …,” the statement reads"."""
        found: dict[str, Who] = {}
        for begin, stop in self._sentences_within(*quote.inner):
            running = [i for i in lay_out(self._words, _range(sentence, begin, stop)).running if i >= 0]
            coder = self._running.code(running, sentence, speaker=None)
            found |= {draft.who.code: draft.who for draft in coder.drafts if draft.type in _SPOKEN}
        return tuple(one._replace(indirect=True) for one in found.values()) if len(found) == 1 else ()

    def _sentences_within(self, start: int, end: int) -> list[tuple[int, int]]:
        return within(self._tokens, self._words.norms, start, end, self._pack.abbreviations)

    def _add_statement(self, who: tuple[Who, ...], quote: Quotation, sentence: Sentence, findings: Findings) -> None:
        for one in who:
            if one.code in self._reporting:
                continue
            findings.drafts.append(
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

    def _attribute_fragments(self, drafts: Sequence[Draft], layout: Layout, findings: Findings) -> None:
        for quote in layout.fragments:
            for draft in drafts:
                if draft.start <= quote.start and quote.end <= draft.end + 1:
                    findings.attributions.append(
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
