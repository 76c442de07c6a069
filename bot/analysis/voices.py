"""In whose words a part of a sentence is: verbs of saying, colons, sources, quotations."""

from __future__ import annotations

from typing import Final

from bot.analysis import pack as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.gatherings import announced
from bot.analysis.gazetteer import MentionKind
from bot.analysis.indefinite import is_indefinite, seat
from bot.analysis.pack import Frame, Slot
from bot.analysis.speakers import Speakers
from bot.analysis.stretch import _T, Voice, has_frame
from bot.analysis.subjects import Subject, speaks
from bot.analysis.targets import INTERNATIONAL
from bot.domain.reactions import COLLECTIVE_ACTORS, Tier

_OF_WORDS: Final = frozenset({Frame.SAY, Frame.QUOTE})

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_APART: Final = frozenset({Kind.ADVERB, Kind.COMMA, Kind.TIME})
_BEFORE_SOURCE: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.DASH, Kind.QUOTE})
_BEHIND_QUOTE: Final = frozenset({Kind.ADVERB, Kind.COMMA, Kind.DASH})
_BEHIND_TAIL: Final = frozenset({Kind.COMMA, Kind.OTHER, Kind.PREPOSITION, Kind.TIME})
_BEHIND_WORDS: Final = frozenset({Kind.COMMA, Kind.DASH, Kind.QUOTE})
_BESIDE: Final = frozenset({Kind.ADVERB, Kind.OTHER, Kind.TIME})
_JOINTS: Final = frozenset({Kind.AND, Kind.BUT})
_LEADS_TO_WORDS: Final = frozenset({Kind.COLON, Kind.QUOTE})
_LOOSE: Final = frozenset({Kind.ADVERB, Kind.TIME})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_OF_LIST: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN})
_PHRASES: Final = frozenset({Kind.ADVERB, Kind.NOUN, Kind.PREPOSITION, Kind.TIME})
_TELLING: Final = frozenset({Kind.QUOTE, Kind.THAT, Kind.VERB})
_TURNS: Final = frozenset({Kind.BUT, Kind.SUBORDINATOR})


class Voices(Speakers):
    """Finds in whose words each part of the stretch is."""

    def _find_voices(self) -> None:
        self._find_colons()
        self._find_sources()
        for k in self.clauses.verbs:
            chunk = self.chunks[k]
            subject = self.clauses.subject(k)
            if _OF_WORDS.isdisjoint(chunk.frames) or self._is_bare_passive(k, subject):
                continue
            if has_frame(chunk, Frame.QUOTE):
                self._find_quoted(k)
            elif (
                has_frame(chunk, Frame.SAY)
                and not chunk.negative
                and not chunk.passive
                and not chunk.flags & g.POSSIBLE
                and self.pack.reflexives.isdisjoint(chunk.words)
            ):
                self._find_saying(k)

    def _find_colons(self) -> None:
        chunks = self.chunks
        for m, chunk in enumerate(chunks):
            if chunk.kind not in _MARKS:
                continue
            before = self._sole_speaker(0, m) or self._leading_speaker(m)
            if self.pack.rubrics and self._is_rubric(before, m):
                before = ()
            if before and chunk.kind == Kind.COLON:
                told = self._addressees(m)
                self._add_voice(Voice(before, m + 1, len(chunks), -1, told), left_noun=chunks[0])
                return
            if chunk.kind == Kind.COLON and [c.kind for c in chunks[:m]] == [Kind.QUOTE]:
                self._speak_behind(m)
                return
            if m == 1 and chunk.kind == Kind.COLON and chunks[0].group and self.pack.cased:
                # "Эксперт: …": in the words of somebody who is nobody on the list.
                self._add_voice(Voice((), m + 1, len(chunks), -1), left_noun=chunks[0])
                return
            after = self._sole_speaker(m + 1, len(chunks))
            if after and m > 1:
                self._add_voice(Voice(after, 0, m, -1), left_noun=chunks[m + 1])
                return

    def _speak_behind(self, m: int) -> None:
        """Give a quotation before a colon to the subject of what follows: "'No way': Pashinyan rejects corridor"."""
        verb = next((v for v in self.clauses.verbs if v > m), None)
        after = self._sole_speaker(m + 1, len(self.chunks))
        if after:
            self._add_voice(Voice(after, 0, m, -1), left_noun=self.chunks[m + 1])
        elif verb is not None and (found := self.clauses.subject(verb)).who and found.left == m + 1:
            self._add_voice(Voice(found.who, 0, m, -1), left_noun=self.chunks[found.noun])

    def _is_rubric(self, before: tuple[Who, ...], m: int) -> bool:
        """Return whether what stands before a colon is what the headline is about: "Arménie : Macron appelle …"."""
        behind = self.chunks[m + 1 :]
        if not self.clauses.headline or (behind and behind[0].kind == Kind.QUOTE and len(behind) == 1):
            return False
        if len(self.chunks[0].refs) > 1 and "-" in self.chunks[0].words and not any(w.role for w in before):
            return True
        kinds = {ref.mention.kind for ref in self.chunks[0].refs}
        if any(who.speaker or (who.role and who.code not in INTERNATIONAL) for who in before):
            return False
        return kinds <= {MentionKind.NAME, MentionKind.ORGAN}

    def _leading_speaker(self, m: int) -> tuple[Who, ...]:
        """Return who stands before a colon with a place, a matter or an addressee: "Macron in Yerevan: …"."""
        chunks = self.chunks[:m]
        bare = [chunk for chunk in chunks if chunk.kind not in _APART]
        kinds = [chunk.kind for chunk in bare]
        if not kinds or kinds != [Kind.NOUN] + [Kind.PREPOSITION, Kind.NOUN] * (len(kinds) // 2):
            return ()
        if self._addressees(m) or (
            len(kinds) > 1 and not bare[2].who and bare[1].words[-1] in self.pack.victim_prepositions
        ):
            return chunks[0].who
        apart = len(bare) < len(chunks)
        return tuple(who for who in chunks[0].who if who.person_kind or chunks[0].guest or (apart and who.role))

    def _addressees(self, m: int) -> tuple[str, ...]:
        """Return to whom the words behind the colon at `m` are said: "Baku to Paris: …"."""
        chunks = self.chunks[:m]
        if [chunk.kind for chunk in chunks] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN] or not chunks[0].who:
            return ()
        to = chunks[1].words[-1]
        if to not in self.pack.recipient_prepositions or to in self.pack.place_prepositions:
            return ()
        if (
            to in self.pack.partner_prepositions
            or to in self.pack.agent_prepositions
            or to in self.pack.author_prepositions
        ):
            return ()
        return tuple(who.code for who in chunks[2].who)

    def _sole_speaker(self, start: int, end: int) -> tuple[Who, ...]:
        """Return the actor that a stretch consists of, if it is nothing but one."""
        inside = [m for m in range(start, end) if self.chunks[m].kind not in _BESIDE]
        if not inside or any(self.chunks[m].kind not in _OF_LIST for m in inside):
            return ()
        if self.chunks[inside[-1]].kind != Kind.NOUN:
            return ()
        who, left = self.clauses.group(inside[-1])
        if left != inside[0]:
            return ()
        return who or self._resolve_noun(self.chunks[inside[-1]])

    def _find_sources(self) -> None:
        chunks = self.chunks
        self._find_pronoun_sources()
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
                if not who and not self.pack.papers.isdisjoint(chunks[noun].words):
                    # "selon un communiqué": a paper vouches for what the outlet tells, and is nobody.
                    continue
                start, stop = (0, m) if m > 1 else (last + 1, len(chunks))
                self._add_voice(Voice(who, start, stop, -1), left_noun=chunks[noun])

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

    def _find_saying(self, k: int) -> None:
        subject, right = self._speaker_of(k)
        if subject is None:
            return
        who = self._owner_behind(subject, k) or self._resolve(subject) or self._author(subject)
        noun = self.chunks[subject.noun]
        end = self._end_of_report(k)
        first = next((v for v in self.clauses.verbs if right <= v < end), end)
        clash = next((m for m in range(right, first) if self.chunks[m].kind == Kind.SUBORDINATOR), None)
        if clash is not None:
            end = clash
        if any(rule.needs_target for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.SAY):
            # "told X that …": without somebody told, what follows is not what is said.
            start, right = self.clauses.direct(k, end)
            opens = right < end and self.chunks[right].kind == Kind.THAT
            if (right == start and not opens) or (right < end and self.chunks[right].kind == Kind.VERB):
                end = right
        if all(rule.needs_object for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.SAY):
            # A verb that names the speaker of a quotation, and nothing else.
            end = next((m + 1 for m in range(right, min(end, right + 3)) if self.chunks[m].kind == Kind.QUOTE), right)
        has_right = any(self.chunks[m].kind in _TELLING for m in range(right, end)) and (
            right < end and self.chunks[right].kind != Kind.VERB
        )
        if has_right and self.pack.needs_complementizer:
            has_right = self._opens_report(right, first)
        left = min(subject.left if subject.left >= 0 else subject.noun, k)
        before = self.chunks[left - 1].kind if left else None
        if (
            who
            and not has_right
            and not self._is_quote_before(left)
            and any(
                rule.frame is Frame.SAY and not rule.needs_object
                for form in self.chunks[k].forms
                for rule in form.rules
            )
        ):
            self._said.append((k, subject, who))
        if has_right:
            self._add_voice(Voice(who, right, end, k), left_noun=noun)
        if (
            left
            and subject.via != "relative"
            and (before in _BEFORE_SOURCE or self._is_speech_of(subject.noun))
            and (not has_right or self._is_quote_before(left))
            and not self._has_something_of_its_own(k, subject, end)
        ):
            self._add_voice(Voice(who, self._start_of_report(left - 1), left, k), left_noun=noun)

    def _opens_report(self, right: int, first: int) -> bool:
        """Return whether a word like "que", a colon or a quotation leads to what is said."""
        chunks = self.chunks
        return any(
            chunks[m].kind in _LEADS_TO_WORDS
            # ", ce que dément Bakou": a relative clause, and another's words.
            or (chunks[m].kind == Kind.THAT and [c.kind for c in chunks[m - 2 : m]] != [Kind.COMMA, Kind.NOUN])
            for m in range(right, min(first + 1, len(chunks)))
        )

    def _has_something_of_its_own(self, k: int, subject: Subject, end: int) -> bool:
        """Return whether a verb behind a comma has an object, and so tells another thing: "…, Moscow announces a truce"."""
        if subject.via != "direct" or self._is_quote_before(subject.left):
            return False
        if any(rule.needs_target for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.SAY):
            return False
        start, stop = self.clauses.direct(k, end)
        return any(self.chunks[m].kind == Kind.NOUN for m in range(start, stop))

    def _find_quoted(self, k: int) -> None:
        """Find "X quoted Y as saying": the words are Y's."""
        start, stop = self.clauses.direct(k, len(self.chunks))
        if stop > start and self.chunks[stop - 1].kind == Kind.NOUN:
            who, _ = self.clauses.group(stop - 1)
            who = who or self._resolve_noun(self.chunks[stop - 1])
            self._add_voice(Voice(who, stop, len(self.chunks), k), left_noun=self.chunks[stop - 1])

    def _start_of_report(self, left: int) -> int:
        for m in range(left - 1, -1, -1):
            if self.chunks[m].kind == Kind.BUT:
                return m + 1
        return 0

    def _is_quote_before(self, left: int) -> bool:
        return any(self.chunks[m].kind == Kind.QUOTE for m in range(max(0, left - 2), left))

    def _speaker_of(self, k: int) -> tuple[Subject | None, int]:
        """Return the subject of a verb of saying, also where it stands after it, and where its words may begin."""
        subject = self.clauses.subject(k)
        inverted = self._inverted(k) if self._can_invert(k) else None
        if inverted is not None and (
            subject.noun < 0
            or subject.via != "direct"
            or self._after_quote(k)
            or self._is_speech_of(inverted)
            or self._is_tail(k)
        ):
            noun = inverted
            last = noun
            who, _ = self.clauses.group(last)
            found = Subject(who, noun, "inverted", k)
            self.clauses.set_subject(k, found)
            return found, last + 1
        if subject.noun < 0:
            return None, k + 1
        return subject, k + 1

    def _can_invert(self, k: int) -> bool:
        """Return whether the speaker may stand behind the verb: "…, said X"."""
        verb = self.chunks[k]
        if not verb.slot & Slot.FINITE:
            return False
        return self._after_quote(k) or any(
            rule.frame is Frame.SAY and not rule.needs_object for form in verb.forms for rule in form.rules
        )

    def _after_quote(self, k: int) -> bool:
        j = k - 1
        while j >= 0 and self.chunks[j].kind in _BEHIND_QUOTE:
            j -= 1
        return j >= 0 and self.chunks[j].kind == Kind.QUOTE

    def _is_tail(self, k: int) -> bool:
        """Return whether a verb of saying begins the tail of a headline: "Canada troubled by attack, says X"."""
        chunks = self.chunks
        commas = sum(chunk.kind == Kind.COMMA for chunk in chunks[:k])
        ends = k + 2 >= len(chunks) or chunks[k + 2].kind in _BEHIND_TAIL
        return self.clauses.headline and commas == 1 and chunks[k - 1].kind == Kind.COMMA and ends

    def _inverted(self, k: int) -> int | None:
        chunks = self.chunks
        n = k + 1
        while n < len(chunks) and chunks[n].kind in _LOOSE:
            n += 1
        if self.pack.cased or not self.pack.adjectives_first:
            n = self._behind_addressee(n)
        if is_indefinite(chunks[k], self.pack) and seat(chunks, n, self.pack):
            return n + 1
        if (
            not self.pack.impersonal.isdisjoint(chunks[k].words)
            and n + 1 < len(chunks)
            and chunks[n].kind == Kind.PREPOSITION
            and chunks[n + 1].kind == Kind.NOUN
        ):
            # "говорится в заявлении МИД"
            return n + 1
        if n < len(chunks) and chunks[n].kind == Kind.PRONOUN and self.pack.cased and self._after_quote(k):
            # "…, — сказал он"
            return None if chunks[n].flags & g.OBJECT else n
        if n >= len(chunks) or chunks[n].kind != Kind.NOUN:
            return None
        j = k - 1
        while j >= 0 and chunks[j].kind == Kind.ADVERB:
            j -= 1
        if j >= 0 and chunks[j].kind not in _BEHIND_WORDS and not self._may_follow(j, n) and not self._is_speech_of(n):
            return None
        if any(chunks[m].kind == Kind.VERB for m in range(n + 1, min(n + 2, len(chunks)))):
            return None
        noun = chunks[n]
        if self.pack.cased and noun.bare and n + 1 < len(chunks) and chunks[n + 1].kind == Kind.NOUN:
            # "заявил глава МИД Армении": what it is of stands behind it in the genitive.
            return n + 1 if chunks[n + 1].who else n
        if (
            not noun.who
            and n + 2 < len(chunks)
            and chunks[n + 1].kind == Kind.PREPOSITION
            and chunks[n + 1].words[-1] in self.pack.agent_prepositions
            and chunks[n + 2].kind == Kind.NOUN
            and chunks[n + 2].who
        ):
            return n + 2
        if noun.who or noun.bare or noun.name or noun.group or noun.crowd:
            return n
        return None

    def _is_speech_of(self, n: int) -> bool:
        """Return whether a headline in the first person ends with who speaks: "Nous saluons ce pas affirme X"."""
        chunks = self.chunks
        speaks = chunks[0].kind == Kind.PRONOUN and bool(chunks[0].flags & g.FIRST_PERSON)
        return self.clauses.headline and speaks and n == len(chunks) - 1 and bool(chunks[n].who)

    def _may_follow(self, j: int, n: int) -> bool:
        """Return whether the subject may stand behind its verb where endings tell it: "Об этом сообщил Песков"."""
        noun = self.chunks[n]
        return (
            self.pack.cased
            and not noun.oblique
            and bool(noun.who)
            and (self.chunks[j].kind != Kind.NOUN or self.chunks[j - 1].kind == Kind.PREPOSITION)
        )

    def _behind_addressee(self, n: int) -> int:
        """Return where the speaker stands in "a déclaré à la presse le ministre": behind phrases without actors."""
        chunks = self.chunks
        while (
            n + 2 < len(chunks)
            and chunks[n].kind == Kind.PREPOSITION
            and chunks[n + 1].kind == Kind.NOUN
            and not chunks[n + 1].who
            and chunks[n + 2].kind in _PHRASES
        ):
            n += 2
            while n < len(chunks) and chunks[n].kind in _LOOSE:
                n += 1
        return n

    def _end_of_report(self, k: int) -> int:
        """Return where the words reported by the verb at `k` end."""
        chunks = self.chunks
        for m in range(k + 1, len(chunks)):
            kind = chunks[m].kind
            if kind in _MARKS and m > k + 1 and not self._leads_to_quote(k, m):
                return m
            if kind == Kind.SUBORDINATOR and m > k + 1 and self._is_outlet_again(m):
                return m
            if kind == Kind.COMMA and m + 1 < len(chunks):
                after = chunks[m + 1]
                if (
                    after.kind == Kind.VERB
                    and after.slot & Slot.GERUND
                    and not after.slot & Slot.FINITE
                    and (not self.pack.cased or speaks(after) or not self._is_told_between(k, m))
                ):
                    return m
                if after.kind in _TURNS:
                    return m
                if after.kind == Kind.VERB and after.slot & Slot.FINITE and self.clauses.subject(m + 1).via == "shared":
                    return m
            if kind in _JOINTS and m + 1 < len(chunks) and self._resumes(m + 1, k):
                return m
        return len(chunks)

    def _leads_to_quote(self, k: int, m: int) -> bool:
        """Return whether a colon ends what stands between a verb of saying and its quotation: "a déclaré jeudi : « … »"."""
        between = _PHRASES
        return (
            self.chunks[m].kind == Kind.COLON
            and m + 1 < len(self.chunks)
            and self.chunks[m + 1].kind == Kind.QUOTE
            and all(chunk.kind in between for chunk in self.chunks[k + 1 : m])
        )

    def _is_told_between(self, k: int, m: int) -> bool:
        """Return whether a clause is reported between two chunks, which a verbal adverb may belong to."""
        return any(k < v < m and self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs)

    def _is_outlet_again(self, m: int) -> bool:
        """Return whether a subordinate clause is the outlet's: after a comma, or in a headline, "as X does Y"."""
        if self.chunks[m - 1].kind == Kind.COMMA:
            return True
        return self.clauses.headline and m + 1 < len(self.chunks) and self.chunks[m + 1].kind == Kind.NOUN

    def _resumes(self, m: int, k: int) -> bool:
        """Return whether the verb after "and" has the speaker, not somebody spoken of, as its subject."""
        after = self.chunks[m]
        if after.kind != Kind.VERB or not after.slot & Slot.FINITE:
            return False
        between = [v for v in self.clauses.verbs if k < v < m]
        return not between or bool(_coded(after) and not has_frame(after, Frame.PLAIN) and after.slot & Slot.FINITE)

    def _add_voice(self, voice: Voice, *, left_noun: Chunk) -> None:
        for m in range(voice.start, voice.end):
            if self.chunks[m].kind == Kind.QUOTE:
                self.quote_speakers.setdefault(self.chunks[m].quote, (voice.who, left_noun))
        if not voice.who and left_noun.bare and not left_noun.name:
            # "Officials say": nobody's words in particular are the outlet's own.
            return
        self._voices.append(voice)
        self.discourse.note(voice.who)

    def _code_presence(self) -> None:
        """Code a headline without a verb that says who is where: "Iran's Raisi in Syria"."""
        chunks = [chunk for chunk in self.chunks if chunk.kind not in _LOOSE]
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
                    _T.CONSULT,
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
        for one in met if alike else met[:1]:
            others = tuple(other.code for other in met if other.code != one.code)
            span = (self.chunks[noun].start, max(other.end for other in met))
            cue = self.chunks[noun].words[-1]
            self._add_draft(one, _T.CONSULT, others, span, cue, "announced", Tier.DIGEST, "the verb is left out")
            self.discourse.note((one,))

    def _code_occasions(self) -> None:
        """Code "lors de sa rencontre avec Y" of whoever the sentence is about."""
        chunks = self.chunks
        for m in range(1, len(chunks) - 2):
            by, noun, met = chunks[m + 1], chunks[m], chunks[m + 2]
            if (
                noun.kind != Kind.NOUN
                or self.pack.gatherings.isdisjoint(noun.words)
                or chunks[m - 1].kind != Kind.PREPOSITION
                or by.kind != Kind.PREPOSITION
                or by.words[-1] not in self.pack.partner_prepositions
                or met.kind != Kind.NOUN
                or not met.who
            ):
                continue
            main = next((v for v in self.clauses.verbs if self.clauses.subject(v).via == "direct"), None)
            who = self._resolve(self.clauses.subject(main)) if main is not None else ()
            if len(who) != 1 or self._voice_at(m) is not None or not (who[0].person_kind or who[0].role):
                continue
            targets = tuple(one.code for one in met.who)
            if main is not None and who[0].code not in targets:
                start = min(self.chunks[main].start, noun.start)
                span = (start, max(met.end, self.chunks[main].end))
                why = "it is told in passing"
                self._add_draft(who[0], _T.CONSULT, targets, span, noun.words[-1], "occasion", Tier.DIGEST, why)

    def _note_author(self) -> None:
        """Note whose words the item is where its headline is the name of a paper of somebody's: "Déclaration de X"."""
        chunks = self.chunks
        if not chunks or self.pack.papers.isdisjoint(chunks[0].words):
            return
        for of, whose in zip(chunks[1::2], chunks[2::2], strict=False):
            if of.kind != Kind.PREPOSITION or of.words[-1] not in self.pack.possessor_prepositions:
                return
            if whose.who:
                self.discourse.author = whose.who
                return

    def _code_stay(self, k: int) -> None:
        """Code "X is in Yerevan" of whoever is from elsewhere."""
        chunks, verb = self.chunks, self.chunks[k]
        if verb.negative or not verb.flags & g.BE or verb.flags & (g.POSSIBLE | g.OBLIGED) or self._voice_at(k):
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
                self._emit(k, subject, (one,), _T.CONSULT, (host,), "stay", Tier.DIGEST, None)


def _coded(chunk: Chunk) -> bool:
    return any(rule.type is not None or rule.frame is Frame.REQUEST for form in chunk.forms for rule in form.rules)
