"""Reading one item: sentences in order, their clauses coded, their quotations attributed, the drafts settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bot.analysis import flags as g
from bot.analysis.bodies import INTERNATIONAL
from bot.analysis.chunks import Chunk, Who
from bot.analysis.coding import Coder
from bot.analysis.dating import Dating
from bot.analysis.drafts import ABROAD, Draft
from bot.analysis.fragments import fragment_beside, fragment_in, said_beside
from bot.analysis.gazetteer import ActorMention
from bot.analysis.layout import Layout, lay_out
from bot.analysis.lexemes import MAY_LAST, Words
from bot.analysis.mentions import PERSON
from bot.analysis.quoting import Findings, Quotations
from bot.analysis.reaction_types import REPORT
from bot.analysis.run_ons import parted
from bot.analysis.running import RunningText
from bot.analysis.sentences import TITLE, Sentence, sentences
from bot.domain.items import Article
from bot.domain.reactions import COLLECTIVE_ACTORS


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
        self._pack = words.pack
        self._at = {mention.start_token: mention for mention in mentions}
        self._at_end = {mention.end_token: mention for mention in mentions}
        self._starts = sorted(self._at)
        self._running = RunningText(words, self._at, opponents)
        self._quotations = Quotations(words, self._running)
        self._dating = Dating(article.published, words.pack)
        self._findings = Findings()
        self._in_title: frozenset[str] = frozenset()
        # The sentence read last, and what had been found before it.
        self._last: tuple[Sentence, tuple[int, int, int]] | None = None

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
            if sentence.part is TITLE:
                self._read_sentence(sentence)
                titles.append(sentence)
                until = self._findings.so_far
                continue
            for one in parted(sentence, self._words, self._at, self._at_end):
                self._read_sentence(one)
        if self._running.has_title_alone:
            self._read_again(titles, until)
        if self._is_sport():
            self._findings.drafts.clear()
        self._dating.compare(self._findings.drafts)
        return self._findings

    def stranger(self) -> tuple[str, ...]:
        """Return the name of the one unknown person who speaks or acts in a short item; empty in others."""
        return self._running.strangers.only_one() if not self._article.content else ()

    def _read_again(self, titles: Sequence[Sentence], until: tuple[int, int, int]) -> None:
        """Read the headline once more now that the text has told who bears the title in it: "PM warns Baku"."""
        drafts, misses, attributions = until
        rest, self._findings = self._findings, Findings()
        self._running.begin_again(len(titles))
        for title in titles:
            self._read_sentence(title)
        self._findings.drafts += rest.drafts[drafts:]
        self._findings.misses += rest.misses[misses:]
        self._findings.attributions += rest.attributions[attributions:]

    def _is_sport(self) -> bool:
        """Return whether the item is about a game: one telling word in the title, or two anywhere."""
        if self._pack.sport.isdisjoint(self._words.norms):
            return False
        named = {i for mention in self._at.values() for i in range(mention.start_token, mention.end_token)}
        # "the Arab League" plays no game.
        words = [token for i, token in enumerate(self._tokens) if token.norm in self._pack.sport and i not in named]
        return len({token.norm for token in words}) > 1 or any(token.end <= len(self._article.title) for token in words)

    def _read_sentence(self, sentence: Sentence) -> None:
        self._running.discourse.next_sentence()
        if not self._may_tell(sentence):
            return
        before = self._read_laid_out(sentence)
        if sentence.part is not TITLE and len(self._findings.drafts) == before:
            return
        self._place(sentence, before)

    def _place(self, sentence: Sentence, before: int) -> None:
        """Tell the drafts from that number on who else their sentence names."""
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

    def _read_laid_out(self, sentence: Sentence) -> int:
        """Read a sentence, and return how many drafts there were before it."""
        layout = lay_out(self._words, sentence)
        coder = self._running.code(layout.running, sentence, speaker=None)
        if layout.is_caption:
            coder.drafts.clear()
        if self._pack.takes_up and self._takes_up(sentence) and (said := coder.sayer()) is not None:
            self._read_as_said(sentence, *said)
        so_far = self._findings.so_far
        self._last = sentence, so_far
        self._add(layout, coder)
        self._quotations.read(layout, sentence, coder, self._findings)
        return so_far[0]

    def _takes_up(self, sentence: Sentence) -> bool:
        """Return whether a sentence only tells who said the one before it: "C'est ce qu'a dit X", "Об этом заявил X"."""
        start, norms = sentence.start, self._words.norms
        return any(norms[start : start + len(phrase)] == phrase for phrase in self._pack.takes_up)

    def _read_as_said(self, sentence: Sentence, who: tuple[Who, ...], noun: Chunk) -> None:
        """Read the sentence before this one once more, as the words of whom this one says to have said them."""
        if self._last is None or self._last[0].end != sentence.start:
            return
        said, so_far = self._last
        if said.part is TITLE and self._running.has_title_alone:
            # It is read again as it is.
            return
        layout = lay_out(self._words, said)
        if layout.sayings:
            if not any(self._words.norms[i].isalnum() for i in layout.running if i >= 0):
                self._findings.cut(so_far)
                self._quotations.give(layout.sayings, said, who, noun, self._findings)
                self._place(said, so_far[0])
            return
        coder = self._running.code(layout.running, said, speaker=who)
        if any(draft.type is not REPORT for draft in coder.drafts):
            self._findings.cut(so_far)
            self._add(layout, coder)
            self._place(said, so_far[0])

    def _add(self, layout: Layout, coder: Coder) -> None:
        """Add what a sentence told, with what is quoted in it."""
        self._dating.mark(coder.drafts, coder.chunks)
        for draft in coder.drafts:
            if layout.fragments or layout.sayings:
                draft.quote = (
                    fragment_in(draft, layout.fragments, self._tokens, self._pack)
                    or said_beside(draft, layout, coder)
                    or fragment_beside(draft, layout, coder)
                    or draft.quote
                )
        self._findings.drafts += coder.drafts
        self._findings.misses += coder.misses

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
        inside = self._words.lexemes[sentence.start : sentence.end] if self._running.discourse.author else ()
        return any(lexeme.flags & g.FIRST_PERSON for lexeme in inside)
