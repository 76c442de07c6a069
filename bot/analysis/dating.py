"""When an act was done: days that the text names, and what is older than the item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.drafts import Draft
from bot.analysis.pack import Pack, Slot

# An act of this many days before the item is background.
_FRESH = timedelta(days=4)
# So is one of this many days before the newest that the item dates.
_OLDER = timedelta(days=3)
# And one of this many, where both are told by the names of their days.
_EARLIER_THAT_WEEK = timedelta(days=2)
_WEEK: Final = 7
# Within so many characters before an act stands the day of the week that is its own.
_BEFORE_ACT: Final = 14
_YEARS = range(1900, 2100)
_DAYS = range(1, 32)
# A month that is told of in the future is one of the next.
_MONTHS_AHEAD: Final = 6
_TO_COME: Final = g.FUTURE | g.INFINITIVE_MARK
# What begins a clause within another.
_GOVERNING: Final = frozenset({Kind.PREPOSITION, Kind.VERB})
_CLAUSE_ENDS: Final = frozenset({Kind.COMMA, Kind.RELATIVE})
_GOES_ON: Final = frozenset({Kind.ADVERB, Kind.VERB})
# What is said of a deed, whenever that was.
_VERDICTS: Final = frozenset({t.CONDEMN, t.DENY, t.EXPRESS_CONCERN, t.WELCOME})
_OF_OBJECT: Final = frozenset({Kind.NOUN, Kind.PREPOSITION})
_BELOW: Final = frozenset({Kind.THAT, Kind.RELATIVE, Kind.SUBORDINATOR, Kind.CONDITIONAL})


class Dating:
    """Dates acts by the expressions of time beside them."""

    def __init__(self, published: datetime | None, pack: Pack) -> None:
        self._published = published.date() if published else None
        self._pack = pack
        # The newest day that a sentence with an act names.
        self._newest: date | None = None
        # Acts that stand beside the name of a day of the week, and that day.
        self._by_weekday: list[tuple[Draft, date]] = []

    def mark(self, drafts: Sequence[Draft], chunks: Sequence[Chunk]) -> None:
        """Give the drafts of a sentence their days, and mark those that are background."""
        if not drafts:
            return
        times = [
            chunk for m, chunk in enumerate(chunks) if chunk.kind == Kind.TIME and not self._is_attribute(chunks, m)
        ]
        recalled = self._recalled(chunks)
        if times and self._pack.adjectives_first and not self._pack.cased:
            verdicts = [draft for draft in drafts if draft.type in _VERDICTS]
            bare = [time for time in times if self._is_bare_month(time)]
            past = [time for time in bare if any(_is_of_deed(draft, time, chunks) for draft in verdicts)]
            times = [time for time in times if time not in past]
        read = [(time, *self._read(time)) for time in times]
        if self._pack.adjectives_first and not self._pack.cased:
            read = [(time, day, old or self._is_earlier(time, chunks)) for time, day, old in read]
        for _, day, _ in read:
            if day is not None and self._published is not None and (self._newest or day) <= day <= self._published:
                self._newest = day
        coming = {chunk.start for chunk in chunks if chunk.kind == Kind.VERB and chunk.flags & _TO_COME} if read else ()
        for draft in drafts:
            for time, day, old in read:
                if not (draft.start - _BEFORE_ACT <= time.start <= draft.end) or self._is_elsewhere(
                    draft, time, chunks
                ):
                    continue
                draft.day = day or draft.day
                is_ahead = old and draft.cue_at[0] in coming and self._is_ahead(time)
                draft.background = draft.background or (old and not is_ahead)
            if recalled is not None and recalled <= draft.cue_at[0]:
                draft.background = True
        if times and self._pack.weekdays:
            self._note_weekdays(drafts, times, chunks)

    def compare(self, drafts: Sequence[Draft]) -> None:
        """Mark as background what an item dates days before its news: "on Monday, 5 October, … ; on 1 October …"."""
        if self._newest is not None:
            for draft in drafts:
                if draft.day is not None and self._newest - draft.day >= _OLDER:
                    draft.background = True
        if len(self._by_weekday) > 1:
            latest = date.min
            for draft, day in self._by_weekday:
                # What the item begins with is its news, whatever day it goes back to later.
                latest = max(latest, day)
                draft.background = draft.background or latest - day >= _EARLIER_THAT_WEEK

    def _note_weekdays(self, drafts: Sequence[Draft], times: Sequence[Chunk], chunks: Sequence[Chunk]) -> None:
        """Remember on which day of the week an act was: "on Friday dismissed it … On Wednesday, X accused"."""
        for draft in drafts:
            for time in times:
                weekday = next((self._pack.weekdays[word] for word in time.words if word in self._pack.weekdays), None)
                if weekday is None or self._published is None or self._is_past(time.words):
                    continue
                if draft.start - _BEFORE_ACT <= time.start <= draft.end and not self._is_elsewhere(draft, time, chunks):
                    ago = (self._published.weekday() - weekday) % _WEEK
                    self._by_weekday.append((draft, self._published - timedelta(days=ago)))
                    break

    def _recalled(self, chunks: Sequence[Chunk]) -> int | None:
        """Return from where on a sentence only recalls what was told before: "Ранее Баку осудил", not "ранее сегодня"."""
        if self._pack.recalls:
            for m, chunk in enumerate(chunks):
                fresh = m + 1 < len(chunks) and chunks[m + 1].kind == Kind.TIME
                if not fresh and not self._pack.recalls.isdisjoint(chunk.words):
                    return chunk.start
        return None

    def _is_attribute(self, chunks: Sequence[Chunk], m: int) -> bool:
        """Return whether a date tells which thing is meant, and not when the act was: "the ceasefire of 2020"."""
        if chunks[m].words[0] in self._pack.dating_prepositions or self._is_of_cause(chunks, m):
            return True
        if self._is_in_name(chunks, m) or self._is_of_deal(chunks, m):
            return True
        if m == 0 or chunks[m].words[0] not in self._pack.possessor_prepositions:
            return False
        of = self._pack.possessor_prepositions
        while m > 0 and chunks[m - 1].kind == Kind.NOUN:
            if not self._pack.dated_things.isdisjoint(chunks[m - 1].words):
                return True
            # "the order of the court of 17 November": what belongs to the court is meant.
            m -= 2
            if m < 0 or chunks[m].kind != Kind.PREPOSITION or chunks[m].words[-1] not in of:
                break
        return False

    def _is_in_name(self, chunks: Sequence[Chunk], m: int) -> bool:
        """Return whether a year is part of what a thing is called: "prisoners from the 2020 war"."""
        words = chunks[m].words
        if len(words) < 2 or not words[-1].isdigit() or m + 1 >= len(chunks):  # noqa: PLR2004 - "the" and the year
            return False
        article = self._pack.words.get(words[-2])
        is_joined = chunks[m + 1].kind == Kind.NOUN and chunks[m + 1].start == chunks[m].end
        return is_joined and article is not None and bool(article.flags & g.DETERMINER)

    def _is_of_deal(self, chunks: Sequence[Chunk], m: int) -> bool:
        """Return whether a date says when a deal was made that is not the news: "to abide by the accord signed in May"."""
        k = m - 1
        while k > 1 and chunks[k].kind == Kind.NOUN and chunks[k - 1].kind == Kind.PREPOSITION:
            # "reached in Moscow last week"
            k -= 2
        if k < 2 or chunks[k].kind != Kind.VERB or chunks[k].flags or not chunks[k].slot & Slot.PARTICIPLE:  # noqa: PLR2004 - a verb, the deal, what was done to it
            return False
        d = k - 1
        while d > 2 and chunks[d - 1].kind == Kind.PREPOSITION and chunks[d - 2].kind == Kind.NOUN:  # noqa: PLR2004
            # "the peace treaty with X finalised in March"
            d -= 2
        is_deal = chunks[d].kind == Kind.NOUN and not self._pack.deals.isdisjoint(chunks[d].words[-1:])
        return is_deal and chunks[d - 1].kind in _GOVERNING

    def _is_of_cause(self, chunks: Sequence[Chunk], m: int) -> bool:
        """Return whether a date stands by what an act is about: "thanked France for its vote in June"."""
        while m > 1 and chunks[m].kind == Kind.TIME and chunks[m - 1].kind == Kind.TIME:
            # "in March of last year"
            m -= 1
        while m > 1:
            if chunks[m - 1].kind == Kind.NOUN and chunks[m - 2].kind in _GOVERNING:
                # "blamed France for the unrest in the region last year"
                m -= 2
            elif chunks[m - 1].kind != Kind.VERB:
                break
            else:
                m -= 1
            if chunks[m].kind == Kind.VERB:
                # "blamed France for not joining the court in 2021"
                if m == 0 or not chunks[m].slot & Slot.GERUND or chunks[m - 1].kind != Kind.PREPOSITION:
                    break
                m -= 1
            if chunks[m].words[-1] in self._pack.cause_prepositions:
                is_particle = m > 0 and bool(chunks[m - 1].flags & g.INFINITIVE_MARK)
                # "an operation to take over the region last week"
                return not is_particle and any(chunk.kind == Kind.VERB for chunk in chunks[:m])
        return False

    def _is_elsewhere(self, draft: Draft, time: Chunk, chunks: Sequence[Chunk]) -> bool:
        """Return whether a date belongs to a clause below the act's verb: "denied that it had fired in June"."""
        charges: list[Chunk] = []
        if draft.type is t.ACCUSE:
            charges = [c for c in chunks if draft.cue_at[1] <= c.start < time.start and c.start < draft.end]
        if self._pack.cased and any(chunk.kind == Kind.PREPOSITION for chunk in charges):
            # "обвинил Армению в обстреле в июле": when it was shelled.
            return True
        of = self._pack.possessor_prepositions
        is_charged = any(chunk.kind == Kind.PREPOSITION and chunk.words[-1] in of for chunk in charges)
        if is_charged and any(c.kind == Kind.TIME and draft.start <= c.start < draft.cue_at[0] for c in chunks):
            # "on Friday accused X of raids last week": when it raided.
            return True
        if self._pack.adjectives_first and not self._pack.cased:
            if self._is_of_participle(draft, time, chunks) or _is_in_relative(draft, time, chunks):
                return True
            if any(
                of.kind == Kind.PREPOSITION and deed.kind == Kind.VERB and deed.slot == Slot.GERUND
                for of, deed in pairwise(charges)
            ):
                # "accuses X of breaching the truce in 2020": when it was breached.
                return True
        below = _BELOW if self._pack.adjectives_first else _BELOW | {Kind.VERB}
        return draft.cue_at != (draft.start, draft.end) and any(
            chunk.kind in below and draft.cue_at[1] <= chunk.start < time.start for chunk in chunks
        )

    def _is_of_participle(self, draft: Draft, time: Chunk, chunks: Sequence[Chunk]) -> bool:
        """Return whether a time tells when something befell the object: "freed soldiers captured last year"."""
        k = next((m for m, chunk in enumerate(chunks) if chunk is time), 0)
        if k < 2:  # noqa: PLR2004 - a noun and its participle before it
            return False
        v = k - 1
        while v > 2 and chunks[v].kind == Kind.NOUN and chunks[v - 1].kind == Kind.PREPOSITION:  # noqa: PLR2004
            # "their pledge, made on accession in 1991, to"
            v -= 2
        verb, noun = chunks[v], chunks[v - 1]
        if v < k - 1 and noun.kind == Kind.COMMA:
            noun = chunks[v - 2]
        is_bare = verb.kind == Kind.VERB and bool(verb.slot & Slot.PARTICIPLE) and not verb.flags
        return is_bare and noun.kind == Kind.NOUN and draft.cue_at[1] <= noun.start

    def _read(self, time: Chunk) -> tuple[date | None, bool]:
        """Return the day an expression names, if it names one, and whether it is past."""
        words = time.words
        month = next((self._pack.months[word] for word in words if word in self._pack.months), None)
        numbers = [int(word) for word in words if word.isdigit()]
        year = next((number for number in numbers if number in _YEARS), None)
        day = next((number for number in numbers if number in _DAYS), None)
        if self._published is None or (words[0] in self._pack.agent_prepositions and year is None):
            # "by November": until when.
            return None, False
        if month is None and self._is_past(words):
            return None, True
        if month is None:
            if year is not None:
                return None, year < self._published.year
            return None, False
        if day is None and year is not None:
            return None, (year, month) < (self._published.year, self._published.month)
        if day is None:
            return None, month != self._published.month
        return self._day(day, month, year)

    def _is_earlier(self, time: Chunk, chunks: Sequence[Chunk]) -> bool:
        """Return whether a word before a time puts it before the news: "earlier this year"."""
        before = next((chunk for chunk in chunks if chunk.end == time.start and chunk.kind == Kind.ADVERB), None)
        return before is not None and self._is_past((*before.words, *time.words))

    def _is_bare_month(self, time: Chunk) -> bool:
        """Return whether a time is a month and no more: "in June", not "last June" and not "in June 2020"."""
        words = time.words
        return len(words) == 2 and words[-1] in self._pack.months and words[0] in self._pack.place_prepositions  # noqa: PLR2004

    def _is_ahead(self, time: Chunk) -> bool:
        """Return whether a month without a year may be one of the next: "will sign in October", said in September."""
        months = [self._pack.months[word] for word in time.words if word in self._pack.months]
        if len(months) != 1 or self._published is None or any(word.isdigit() for word in time.words):
            return False
        return 0 < (months[0] - self._published.month) % 12 <= _MONTHS_AHEAD

    def _is_past(self, words: tuple[str, ...]) -> bool:
        """Return whether an expression puts an act before the days the item is about: "last month", "years ago"."""
        if any(set(words).issuperset(span) for span in self._pack.until_now):
            return False
        known = [self._pack.words.get(word) for word in words]
        return any(word is not None and word.flags & g.PAST_TIME for word in known) and not self._pack.spans.isdisjoint(
            words
        )

    def _day(self, day: int, month: int, year: int | None) -> tuple[date | None, bool]:
        published = self._published
        if published is None:
            return None, False
        try:
            found = date(year or published.year, month, day)
            if year is None and found > published + timedelta(days=180):
                found = date(published.year - 1, month, day)
        except ValueError:
            return None, False
        return found, found < published - _FRESH


def _is_of_deed(draft: Draft, time: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Return whether a time ends the object of a verdict, a thing that was done: "slammed X's attack on Y in June"."""
    between = [c for c in chunks if draft.cue_at[1] <= c.start < time.start and c.kind != Kind.TIME]
    return (
        bool(between)
        and between[0].kind == Kind.NOUN
        and not between[0].who
        and all(chunk.kind in _OF_OBJECT for chunk in between)
    )


def _is_in_relative(draft: Draft, time: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Return whether a time stands in a clause that tells of the subject: "X, which took power in July, accused Y"."""
    if time.start >= draft.cue_at[0]:
        return False
    opens = next((c for c in reversed(chunks) if c.start < time.start and c.kind in _CLAUSE_ENDS), None)
    closes = next((m for m, c in enumerate(chunks) if c.start >= time.end and c.kind == Kind.COMMA), len(chunks))
    behind = next((chunk for chunk in chunks[closes + 1 :] if chunk.kind != Kind.TIME), None)
    goes_on = behind is not None and behind.kind in _GOES_ON
    return opens is not None and opens.kind == Kind.RELATIVE and goes_on and chunks[closes].start < draft.cue_at[0]
