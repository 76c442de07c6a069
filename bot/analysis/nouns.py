"""Noun phrases."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import BREAKS, Chunk, Kind, Ref, is_mark
from bot.analysis.gazetteer import ActorMention, MentionKind
from bot.analysis.lexemes import MAY_TAKE_CLAUSE
from bot.analysis.mentions import DEMONYM, PERSON
from bot.analysis.naming import Naming
from bot.analysis.pack import Slot
from bot.analysis.verb_senses import SAYS_TO

# How many tokens the subject of a clause may have whose "that" is left out.
_LONGEST_SUBJECT: Final = 8
# The kinds of names that may be one.
_SUBJECTS: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL, MentionKind.PERSON})
# Behind these stands a noun, whatever else the word may be.
_LEADS_TO_NOUN: Final = g.POSSESSIVE_MARK | g.DETERMINER | g.POSSESSIVE | g.NEGATIVE | g.FORMER
# What may be no part of a phrase though it ends none as a rule.
_MAY_END: Final = g.TIME | g.MONTH | g.DETERMINER | g.POSSESSIVE
_WHERE_OR_WHO: Final = frozenset({MentionKind.CAPITAL, MentionKind.PERSON})


class Nouns(Naming):
    """Reads noun phrases."""

    def _common_noun(self, p: int, q: int) -> int:
        """Read a noun phrase of plain words, and an article before them: it names an actor only by what it is called."""
        chunk = Chunk(Kind.NOUN, self._seq[p], self._seq[q - 1] + 1, self._norms[p:q])
        chunk.plural = self._known[q - 1].is_plural
        self._name_nobody(chunk, p, q)
        self._chunks.append(chunk)
        return q

    def _noun(self, p: int) -> int:
        """Read a noun phrase; at least one token long."""
        seq, all_flags, norms, mention_at = self._seq, self._flags, self._norms, self._mentions.get
        known, cased = self._known, self._cased
        q, count = p, len(seq)
        refs: list[Ref] = []
        last_flags, last_end = 0, -1
        chunk = Chunk(Kind.NOUN, seq[p], seq[p] + 1)
        segment = p
        is_settled = takes_clause = False
        is_plain = self._is_plain
        may_take_clause = self.may & MAY_TAKE_CLAUSE
        puts_off = not cased and self._puts_off()
        while q < count:
            if puts_off and q > p and self._is_put_off(q):
                break
            if may_take_clause and q > p and not refs and known[q - 1].may & MAY_TAKE_CLAUSE and self._begins_clause(q):
                takes_clause = True
                break
            if is_plain[q] and not (cased and last_end == q):
                last_flags = 0
                q += 1
                continue
            mention = mention_at(seq[q])
            if mention is not None:
                if q > p and cased and self._begins_anew(mention, p, q, refs):
                    break
                if refs and not refs[-1].owns and last_end == q and self._stands_apart(refs[-1], mention):
                    break
                if q > p and not refs and self._is_told(q - 1) and self._begins_report(mention):
                    break
                if q > p + 1 and len(self._chunks) == 1 and last_end < q and self._is_occasion(p, q - 1):
                    break
                if q > p and not refs and self._flags[q] & g.DETERMINER and self._begins_clause(q):
                    # "arms the Kremlin called dangerous"
                    takes_clause = True
                    break
                after = self._after(q, mention.end_token)
                if q - 1 > p and norms[q - 1] == "-" and norms[q - 2] in self._pack.leanings:
                    # "pro-Armenian bias", "anti-Turkish rally": theirs is neither.
                    if norms[q - 2] in self._pack.opposing:
                        chunk.against = (*chunk.against, mention.code)
                elif after >= count or norms[after] != "-" or not self._is_half(after):
                    refs.append(Ref(mention, owns=False))
                q = after
                last_end, last_flags = q, 0
                continue
            flags, norm, lexeme = all_flags[q], norms[q], known[q]
            if q > p:
                is_joined = norms[q - 1] == "-"
                is_by_itself = lexeme.kind >= 0 and norm != "." and not is_joined
                if is_by_itself and not (self._has_hyphen and self._is_first_half(q)):
                    # What is a chunk by itself ends a phrase, as it ends most.
                    break
                if seq[q] < 0:
                    break
                if flags & g.POSSESSIVE_MARK:
                    if not self._possesses(q):
                        break
                    chunk.possessed = True
                    refs = [ref.as_owner() for ref in refs]
                    q += 1
                    segment = q
                    continue
                if flags & BREAKS and norm != "-" and not is_joined:
                    # "the chairman-in-office" goes on, "the chairman in Vienna" does not.
                    is_both = flags & g.PREPOSITION and lexeme.forms
                    if not is_both or not self._is_next_to_come(q):
                        break
                if flags & g.CLITIC and self._is_clitic(q):
                    break
                if lexeme.begins_reciprocal and self._is_reciprocal(q):
                    break
            if lexeme.ends_phrase:
                if norm == "." and q > p and all_flags[q - 1] & g.TITLE:
                    q += 1
                    continue
                break
            if q > p:
                if flags & _MAY_END and self._ends_phrase(q, refs, last_flags, last_end):
                    break
                if lexeme.forms and self._is_verb_inside(chunk, p, q, refs, last_end, segment):
                    is_settled = True
                    break
                if cased and last_end == q and self._ends_name(q, refs):
                    break
                if cased and norm in self._pack.subject_forms and (start := self._subject_start(p, q)):
                    # "В ходе встречи президент Франции …": a subject is no part of what stands before it.
                    refs = [ref for ref in refs if self._position(ref.mention.start_token) < start]
                    q = start
                    break
                if flags & g.ADVERB and self._adverb_ends(q):
                    break
            last_flags = flags or (g.DETERMINER if norm[0].isdigit() else 0)
            q += 1
            if flags & g.ROLE and (end := self._title_end(q)):
                q = end
        if q == p:
            q = p + 1
        if not is_settled:
            self._settle(chunk, p, q, refs, segment)
        if (
            not refs
            and all_flags[q - 1] & g.TIME
            and all(
                self._flags[r] & (g.TIME | g.DETERMINER | g.PAST_TIME) or self._norms[r][:1].isdigit()
                for r in range(p, q)
            )
        ):
            # "a day", "three weeks"
            chunk.kind = Kind.TIME
            self._has_time, self._alone = True, (-1, 0)
        self._chunks.append(chunk)
        if takes_clause:
            self._chunks.append(Chunk(Kind.THAT, seq[q], seq[q], (self._pack.unsaid_that,)))
        return q

    def _ends_phrase(self, q: int, refs: list[Ref], last_flags: int, last_end: int) -> bool:
        """Return whether a word of time or an article at `q` is no part of the phrase before it."""
        flags, before = self._flags[q], self._flags[q - 1]
        is_behind_head = last_end == q or (bool(refs) and before & g.ROLE and not self._cased)
        if flags & (g.TIME | g.MONTH) and is_behind_head and not self._is_in_noun(q) and not self._is_given_name(q):
            return True
        if flags & g.TIME and self._is_day_behind(q):
            return True
        if flags & g.TIME and flags & g.PAST_TIME and not last_flags & (g.DETERMINER | g.POSSESSIVE | g.TIME):
            return True
        if (
            flags & (g.DETERMINER | g.POSSESSIVE)
            and before & g.ROLE
            and not flags & g.ROLE
            and self._pack.adjectives_first
        ):
            # "told the Armenian minister his country was ready"
            return not self._cased
        if flags & g.POSSESSIVE and self._pack.adjectives_first and not self._cased:
            # "dismissed reports its offensive had begun", but not "all its troops", "the country and its people"
            return not (last_flags or self._norms[q - 1] == "-")
        # "at the summit the minister said": a noun that may be a verb as well leads to no article either.
        leads = last_flags if self._cased else last_flags & ~g.AMBIGUOUS
        return bool(flags & g.DETERMINER) and not (
            flags & g.ROLE or leads or self._norms[q - 1] == "-" or before & (g.DETERMINER | g.NEGATIVE)
        )

    def _is_given_name(self, q: int) -> bool:
        """Return whether a month is somebody's first name: "foreign minister Jan Berg"."""
        if not self._flags[q] & g.MONTH or not self._flags[q - 1] & g.ROLE or q + 1 >= len(self._seq):
            return False
        return self._seq[q + 1] >= 0 and self._names_somebody([q + 1])

    def _is_occasion(self, p: int, q: int) -> bool:
        """Return whether what opens the sentence tells where words were said, before who says them: "In a statement X"."""
        if self._cased or not self._pack.adjectives_first or not self._flags[p] & g.DETERMINER:
            return False
        known = (self._pack.papers, self._pack.gatherings, self._pack.speeches)
        return self._chunks[0].kind == Kind.PREPOSITION and any(self._norms[q] in words for words in known)

    def _is_next_to_come(self, q: int) -> bool:
        """Return whether a preposition that is a verb as well stands behind an article: "the following statement"."""
        return not self._cased and self._flags[q - 1] == g.DETERMINER and self._noun_follows(q + 1)

    def _is_reciprocal(self, p: int) -> int:
        """Return how many words make "each other", "друг на друга" here; 0 for none."""
        for length in (2, 3):
            word = self._pack.words.get(" ".join(self._norms[p : p + length]))
            if p + length <= len(self._norms) and word is not None and word.flags & g.RECIPROCAL:
                return length
        return 0

    def _subject_start(self, p: int, q: int) -> int:
        """Return where the phrase begins whose head is the subject's form at `q`; 0 where that is the phrase at `p`."""
        if any(self._norms[r] in self._pack.subject_forms for r in range(p, q)):
            return 0
        # "пресс-секретарь": what is joined to it leads it.
        start = q - 2 if self._norms[q - 1] == "-" and q - 2 > p else q
        if self._norms[start - 1] == "-":
            return 0
        while start > p and self._may_lead(start - 1):
            start -= 1
        return start if start > p else 0

    def _may_lead(self, r: int) -> bool:
        """Return whether the word may be an adjective of the subject's form behind it."""
        mention = self._mentions.get(self._seq[r])
        if mention is not None and mention.kind is not DEMONYM:
            return False
        return bool(self._flags[r] & (g.FORMER | g.TITLE)) or self._norms[r].endswith(self._pack.subject_adjectives)

    def _title_end(self, q: int) -> int:
        """Return where a title of several words ends: "secretary of state"; 0 where it is none."""
        if q + 1 >= len(self._seq) or self._norms[q] not in self._pack.possessor_prepositions:
            return 0
        for end in (q + 3, q + 2):
            title = self._pack.words.get(" ".join(self._norms[q - 1 : end])) if end <= len(self._seq) else None
            if title is not None:
                for r in range(q, end):
                    self._become_role(r)
                # "the secretary of state" can be taken up again as "the minister" can.
                self._flags[end - 1] |= title.flags & g.HELD
                self._matched.clear()
                return end
        return 0

    def _is_half(self, q: int) -> bool:
        """Return whether a name is half of an adjective: "Iranian-made", "US-led"."""
        if q + 1 >= len(self._seq) or self._norms[q] != "-" or self._seq[q + 1] in self._mentions:
            return False
        return bool(self._known[q + 1].slots & Slot.PARTICIPLE)

    def _stands_apart(self, ref: Ref, mention: ActorMention) -> bool:
        """Return whether a name right after a name begins another phrase: "Macron tells the EU Armenia is alone"."""
        if (ref.mention.kind is PERSON) is not (mention.kind is PERSON) and ref.mention.kind in _WHERE_OR_WHO:
            # "en recevant à Paris X": a capital, and who is met there.
            return True
        return self._begins_report(mention)

    def _is_told(self, q: int) -> bool:
        """Return whether the word is whom somebody may tell something: lawmakers, reporters."""
        told = g.ROLE | g.GROUP | g.CROWD | g.THRONG
        return bool(self._flags[q] & told) or (self._capitals_tell and self._known[q].is_plural)

    def _begins_report(self, mention: ActorMention) -> bool:
        """Return whether a name behind who was told something begins what was: "told MPs Armenia would wait"."""
        before = self._chunks[-1] if self._chunks else None
        if before is None or before.kind != Kind.VERB or mention.kind not in _SUBJECTS:
            return False
        if not before.senses & SAYS_TO:
            return False
        after = self._after(self._position(mention.start_token), mention.end_token)
        return after < len(self._seq) and (bool(self._flags[after] & g.POSSESSIVE_MARK) or self._verb_at(after))

    def _begins_clause(self, q: int) -> bool:
        """Return whether a clause about the noun before it begins here, with its subject: "a claim Baku's army denied"."""
        start, count = q, len(self._seq)
        if not self._pack.unsaid_that:
            return False
        while q < min(start + _LONGEST_SUBJECT, count):
            mention = self._mentions.get(self._seq[q])
            flags = self._flags[q]
            if mention is not None:
                q = self._after(q, mention.end_token)
            elif q == start and not flags & (g.DETERMINER | g.POSSESSIVE):
                return False
            elif q > start + 1 and self._verb_at(q):
                return True
            elif flags & BREAKS and not flags & g.POSSESSIVE_MARK:
                return False
            else:
                q += 1
            while mention is not None and q < count and self._flags[q] & g.ADVERB:
                q += 1
            if mention is not None and q < count and self._verb_at(q):
                return True
        return False

    def _puts_off(self) -> bool:
        """Return whether what a verb calls its object stands here, the object behind it: "rejected as “lies” claims by"."""
        last = self._chunks[-2:]
        if len(last) < 2 or last[0].kind != Kind.VERB:  # noqa: PLR2004 - the verb, and "as"
            return False
        return len(last[1].words) == 1 and last[1].words[0] in self._pack.name_words

    def _is_put_off(self, q: int) -> bool:
        """Return whether the object begins here: behind a closing mark, or with whose it is ("as illegal X's seizure")."""
        if self._seq[q] != self._seq[q - 1] + 1:
            return True
        mention = self._mentions.get(self._seq[q])
        if mention is None:
            return False
        after = self._after(q, mention.end_token)
        return after < len(self._seq) and bool(self._flags[after] & g.POSSESSIVE_MARK)

    def _begins_anew(self, mention: ActorMention, p: int, q: int, refs: list[Ref]) -> bool:
        """Return whether a name is a phrase of its own because its case is not the genitive of what stands before."""
        has_role = any(self._flags[r] & g.ROLE for r in range(p, q))
        if mention.kind is DEMONYM:
            return bool(refs) and refs[-1].mention.kind is not DEMONYM and not has_role
        if mention.kind is PERSON:
            if any(ref.mention.kind is PERSON for ref in refs):
                return True
            if mention.cases == "n" and has_role and self._is_oblique_role(p, q):
                return True
            return not has_role and not any(self._flags[r] & (g.TITLE | g.FORMER) for r in range(p, q))
        return bool(mention.cases) and "g" not in mention.cases

    def _ends_name(self, q: int, refs: list[Ref]) -> bool:
        """Return whether the word right behind a name begins a phrase: "возложил на Баку ответственность"."""
        if not refs or refs[-1].mention.kind is DEMONYM:
            return False
        return self._norms[q] != "-" and not self._tokens[self._seq[q]].is_capitalised

    def _is_oblique_role(self, p: int, q: int) -> bool:
        """Return whether the first role of a phrase is in no subject's case."""
        first = next(r for r in range(p, q) if self._flags[r] & g.ROLE)
        return bool(self._flags[first] & g.OBLIQUE)

    def _possesses(self, q: int) -> bool:
        if self._norms[q] != "'":
            return True
        return self._norms[q - 1].endswith(self._pack.plural_endings)

    def _adverb_ends(self, q: int) -> bool:
        nxt = q + 1
        while nxt < len(self._seq) and self._flags[nxt] & g.ADVERB and not self._known[nxt].forms:
            # "the EU also strongly condemned"
            nxt += 1
        if nxt >= len(self._seq) or self._seq[nxt] < 0:
            return True
        if (
            self._flags[q - 1] & g.DETERMINER
            and self._known[nxt].slots & Slot.PARTICIPLE
            and self._noun_follows(nxt + 1)
        ):
            # "the recently signed deal"
            return False
        if self._flags[q - 1] & g.DETERMINER and self._flags[nxt] & g.AMBIGUOUS and not self._norms[nxt][:1].isdigit():
            # "the first talks"
            return False
        if self._is_name(q - 1) and self._known[nxt].slots & self._matching(nxt)[2] & Slot.PREDICATE:
            # "Canada deeply troubled": "is" is left out.
            return not self._noun_follows(nxt + 1)
        return (
            self._verb_at(nxt)
            or self._is_dated(nxt)
            or bool(self._flags[nxt] & BREAKS)
            or is_mark(self._norms[nxt])
            or self._plain_verb(nxt)
            or self._predicate_at(nxt)
        )

    def _is_dated(self, q: int) -> bool:
        """Return whether an article and a word of time stand here: "earlier this year"."""
        flags = self._flags[q : q + 2]
        return len(flags) > 1 and bool(flags[0] & g.DETERMINER and flags[1] & g.TIME)

    def _is_day_behind(self, q: int) -> bool:
        """Return whether a day's name stands behind a phrase, not within: "urged world powers Monday to act"."""
        if self._cased or not self._tokens[self._seq[q]].is_capitalised or self._is_in_noun(q):
            return False
        return not self._noun_follows(q + 1) and self._norms[q - 1] != "-"

    def _is_name(self, q: int) -> bool:
        return self._seq[q] in self._ends

    def _is_verb_inside(self, chunk: Chunk, p: int, q: int, refs: list[Ref], last_end: int, segment: int) -> bool:
        """Return whether the word at `q`, in reach of the noun phrase begun at `p`, is a verb instead.

        Where it is, the phrase is settled as it stands before it.
        """
        previous = self._flags[q - 1]
        if previous & _LEADS_TO_NOUN and (previous & g.POSSESSIVE_MARK or not self._cased):
            # "former asylum seeker", but "the diaspora urges X": only a verb has that form.
            is_noun_too = bool(self._flags[q] & g.AMBIGUOUS) or bool(self._matching(q)[2] & Slot.PARTICIPLE)
            if is_noun_too or previous & _LEADS_TO_NOUN != g.FORMER or not self._matching(q)[2] & Slot.FINITE:
                return False
        if self._has_hyphen and "-" in self._norms[q - 1 : q + 2 : 2]:
            return False
        forms, end, slots = self._matching(q)
        if not forms:
            return False
        if slots & Slot.PARTICIPLE and self._norms[q - 1].isdigit() and not self._cased and self._noun_follows(end):
            # "frees 15 captured soldiers"
            return False
        if slots & Slot.PARTICIPLE and previous & g.ADVERB and q - 1 > p and self._flags[q - 2] & g.DETERMINER:
            # "the recently signed deal"
            return not self._noun_follows(end)
        if self._flags[q] & previous & g.ROLE and not slots & Slot.FINITE:
            # "le haut représentant": a role of two words.
            return False
        if slots == Slot.PREDICATE:
            is_behind = last_end == q or bool(previous & g.ROLE)
            is_named = refs and is_behind and refs[-1].mention.kind not in {MentionKind.DEMONYM, MentionKind.PEOPLE}
            if not is_named or not self._predicate_at(q):
                return False
        # "the Armenian armed forces"
        if (
            refs
            and last_end == q
            and refs[-1].mention.kind is DEMONYM
            and not (slots & Slot.PLURAL and not self._cased and self._known[q - 1].is_plural)
            and (self._flags[q] & g.AMBIGUOUS or (slots & Slot.PARTICIPLE and self._noun_follows(end)))
        ):
            return False
        self._settle(chunk, p, q, refs, segment)
        self._chunks.append(chunk)
        try:
            slot = self._slot_alone(q, end, slots)
        finally:
            self._chunks.pop()
        # The word is read as a verb next, behind the same chunks.
        self._alone = (q, slot)
        if slot == Slot.PARTICIPLE and not self._cased and not self._next_is_agent(end):
            # "US-made weapons", "occupied territories": an adjective, unless the phrase is complete before it.
            return not self._noun_follows(end)
        return bool(slot)
