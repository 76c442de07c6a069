"""Reads days, months and years: which words make a time, and where a date only names a thing."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Kind
from bot.analysis.nouns import Nouns

_DAYS = range(1, 32)
# Words between a preposition and the word of time it governs: "at the beginning of August".
_LONGEST_DATE: Final = 4
_YEAR_DIGITS: Final = 4


class Times(Nouns):
    """Reads times."""

    def _dated(self, p: int) -> int:
        """Read a preposition with the time that stands behind it; return the end, 0 where there is none."""
        q = p + 1
        if self._has_hyphen and self._is_first_half(p):
            return self._noun(p)
        if q >= len(self._known) or not (self._known[q].may_date or self._flags[q]):
            return 0
        return self._time_after_preposition(p)

    def _is_date(self, p: int) -> bool:
        near = [q for q in (p - 1, p + 1) if 0 <= q < len(self._norms)]
        if any(self._norms[q][:1].isdigit() for q in near):
            return True
        before = self._chunks[-1] if self._chunks else None
        return before is not None and before.kind == Kind.PREPOSITION and self._tokens[self._seq[p]].is_capitalised

    def _begins_date(self, p: int) -> bool:
        """Return whether a day and its month stand here: "12 декабря", "le 12 décembre"."""
        norms = self._norms
        day = p + 1 if self._flags[p] & g.DETERMINER else p
        if day > p and day + 1 < len(norms) and self._flags[day + 1] & g.MONTH:
            year = day + 2 < len(norms) and _is_year(norms[day + 2])
            if self._names_by_date(day, day + 3 if year else day + 2):
                return False
        return (
            day + 1 < len(norms)
            and norms[day][:1].isdigit()
            and bool(self._flags[day + 1] & g.MONTH)
            and norms[day].isdigit()
            and int(norms[day]) in _DAYS
        )

    def _time(self, p: int) -> int:
        end = p + 1 if self._flags[p] & g.DETERMINER else p
        while end < len(self._seq) and self._seq[end] >= 0:
            if not self._is_timely(end) or self._seq[end] in self._mentions:
                break
            end += 1
        self._has_time = True
        return self._add(Kind.TIME, p, max(end, p + 1))

    def _time_after_preposition(self, p: int) -> int:
        """Read "on Tuesday", "late on 3 May", "at the beginning of August", "last week"; return the end, 0 for none."""
        q = p + 1
        while q < len(self._seq) and q - p <= _LONGEST_DATE and self._seq[q] >= 0:
            flags, norm = self._flags[q], self._norms[q]
            if flags & (g.TIME | g.MONTH | g.PAST_TIME) or _is_year(norm):
                if self._seq[q] in self._mentions or self._is_in_noun(q):
                    return 0
                if _is_year(norm) and self._names_by_year(p, q):
                    return 0
                end = q + 1
                while end < len(self._seq) and self._seq[end] >= 0 and self._is_timely(end):
                    end += 1
                if self._flags[p + 1] & g.DETERMINER and self._names_by_date(q, end):
                    return 0
                self._has_time = True
                return self._add(Kind.TIME, p, end)
            if not (flags & (g.DETERMINER | g.POSSESSIVE) or norm in self._pack.date_words or norm[:1].isdigit()):
                return 0
            q += 1
        return 0

    def _is_timely(self, p: int) -> bool:
        """Return whether a word may be part of a time: a day, a month, a number, the full stop of "Sept."."""
        is_time = self._flags[p] & (g.TIME | g.MONTH | g.PAST_TIME) or self._norms[p][:1].isdigit()
        return bool(is_time) or self._abbreviates_month(p)

    def _abbreviates_month(self, p: int) -> bool:
        """Return whether a full stop belongs to the month before it: "on Sept. 13"."""
        if self._norms[p] != "." or p == 0 or p + 1 >= len(self._norms):
            return False
        return bool(self._flags[p - 1] & g.MONTH) and self._norms[p + 1][:1].isdigit()

    def _names_by_date(self, p: int, q: int) -> bool:
        """Return whether a date only tells which thing is meant: "of the November 2020 truce"."""
        if self._cased or not self._pack.adjectives_first or not any(self._flags[r] & g.MONTH for r in range(p, q)):
            return False
        is_inside = q < len(self._seq) and self._seq[q] >= 0 and self._seq[q] not in self._mentions
        return is_inside and (self._known[q].is_noun or bool(self._flags[q] & g.AMBIGUOUS))

    def _names_by_year(self, p: int, q: int) -> bool:
        """Return whether the year at `q` only tells which thing is meant: "under the 2020 truce"."""
        after = q + 1
        if after >= len(self._seq) or self._seq[after] < 0 or self._seq[after] in self._mentions:
            return False
        return self._norms[p] in self._pack.naming_prepositions and (
            self._known[after].is_noun or bool(self._flags[after] & g.AMBIGUOUS)
        )


def _is_year(norm: str) -> bool:
    return len(norm) == _YEAR_DIGITS and norm.isdigit() and norm[:2] in {"19", "20"}
