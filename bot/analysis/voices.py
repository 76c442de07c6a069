"""In whose words a part of a sentence is: verbs of saying, colons, sources, quotations."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.addressing import BODIES
from bot.analysis.aims import INTERNATIONAL
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Frame
from bot.analysis.gazetteer import MentionKind
from bot.analysis.lexemes import MAY_HAVE_PHRASE, MAY_HAVE_SOURCE
from bot.analysis.pack import Slot
from bot.analysis.reports import Reports
from bot.analysis.stretch import Voice
from bot.analysis.verb_senses import QUOTES, REPORTS, REQUESTS, SAYS, SAYS_TO, speaks
from bot.domain.reactions import ReactionType

# What these say in a clause with "that" is coded by the verb itself.
_OWN_CONTENT: Final = frozenset({Frame.ACCUSE, Frame.DENY, Frame.REQUEST})
_LONGEST_ACRONYM: Final = 5
# A name in quotation marks is no longer than this; what is longer is what somebody said.
_LONGEST_TITLE: Final = 40

# What nobody is quoted with who is no part of it.
_SAID_BY_ONE: Final = frozenset(
    {
        ReactionType.ACCUSE,
        ReactionType.CONDEMN,
        ReactionType.EXPRESS_CONCERN,
        ReactionType.WARN,
        ReactionType.WELCOME,
    }
)

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_APART: Final = frozenset({Kind.ADVERB, Kind.COMMA, Kind.TIME})
_BEFORE_SOURCE: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.DASH, Kind.QUOTE})
_BESIDE: Final = frozenset({Kind.ADVERB, Kind.OTHER, Kind.TIME})
_BEFORE_TAIL: Final = frozenset({Kind.COMMA, Kind.DASH, Kind.QUOTE})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_STATES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
_OF_LIST: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN})
# "Pour Ankara, …"
_OF_VIEW: Final = [Kind.PREPOSITION, Kind.NOUN, Kind.COMMA]
_VIEW: Final = 3
_TWO: Final = 2
_OF_CIRCUMSTANCE: Final = frozenset({Kind.PREPOSITION, Kind.TIME, Kind.OTHER})
_TELLING: Final = frozenset({Kind.QUOTE, Kind.THAT, Kind.VERB})


class Voices(Reports):
    """Finds in whose words each part of the stretch is."""

    def _find_voices(self) -> None:
        if not _MARKS.isdisjoint(self.clauses.kinds):
            self._find_colons()
        if self.clauses.may & MAY_HAVE_SOURCE:
            self._find_pronoun_sources()
            self._find_sources()
        if self.pack.view_prepositions:
            self._find_view()
        for k in self.clauses.verbs:
            chunk = self.chunks[k]
            subject = self.clauses.subject(k)
            if self.pack.outbursts and self._bursts_out(k):
                self._find_saying(k)
                continue
            if not chunk.senses & (REPORTS | QUOTES):
                continue
            if chunk.slot & Slot.PARTICIPLE and self._is_bare_passive(k, subject):
                continue
            if chunk.senses & QUOTES:
                self._find_quoted(k)
            elif (
                chunk.senses & REPORTS
                and not chunk.negative
                and not chunk.passive
                and (not chunk.flags & (g.POSSIBLE | g.OBLIGED) or not self.pack.impersonal.isdisjoint(chunk.words))
                and self.pack.reflexives.isdisjoint(chunk.words)
            ):
                self._find_saying(k)

    def _bursts_out(self, k: int) -> bool:
        """Return whether the verb tells with a reflexive how the quotation before it was said: "s'est indigné X"."""
        verb = self.chunks[k]
        if verb.lemma not in self.pack.outbursts:
            return False
        is_reflexive = self.pack.cased or not self.pack.reflexives.isdisjoint(verb.words)
        return is_reflexive and self._after_quote(k)

    def _find_colons(self) -> None:
        chunks = self.chunks
        for m, chunk in enumerate(chunks):
            if chunk.kind not in _MARKS or (m == 1 and self._is_dateline()):
                continue
            before = self._sole_speaker(0, m) or self._leading_speaker(m)
            if before and (self._is_rubric(before, m) if self.pack.rubrics else self._is_venue(before, m)):
                before = ()
            if before and chunk.kind == Kind.COLON:
                self._note_speaker(before)
                told = self._addressees(m)
                self._add_voice(Voice(before, m + 1, len(chunks), -1, told), left_noun=chunks[0])
                return
            if chunk.kind == Kind.COLON and [c.kind for c in chunks[:m]] == [Kind.QUOTE]:
                self._speak_behind(m)
                return
            is_unknown = chunks[0].group if self.pack.cased else chunks[0].bare and self._tells_of_harm(m)
            if m == 1 and chunk.kind == Kind.COLON and is_unknown:
                # "Эксперт: …", "Defence ministry: …": in the words of somebody who is not on the list, or of some side.
                self._voices.append(Voice((), m + 1, len(chunks), -1))
                return
            after = self._sole_speaker(m + 1, len(chunks)) or self._paper_behind(m)
            told = self._told_behind(m) if not after else ()
            if (after or told) and m > 1:
                after = after or chunks[m + 1].who
                self._note_speaker(after)
                self._add_voice(Voice(after, 0, m, -1, told), left_noun=chunks[m + 1])
                return

    def _tells_of_harm(self, m: int) -> bool:
        """Return whether a headline tells behind a mark what somebody does to another: "Defence ministry: X opens fire"."""
        verb = next((v for v in self.clauses.verbs if v > m), -1)
        if verb < 0 or not self.clauses.headline:
            return False
        return any(rule.hostile for form in self.chunks[verb].forms for rule in form.rules)

    def _paper_behind(self, m: int) -> tuple[Who, ...]:
        """Return whose paper a headline ends with behind a mark: "… : déclaration du ministère arménien"."""
        paper = self.chunks[m + 1 :]
        if [chunk.kind for chunk in paper] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN] or not self.clauses.headline:
            return ()
        if not any(v < m and self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs):
            # "Combats au Karabakh : déclaration de X": what it is about, and nothing that it says.
            return ()
        is_of = paper[1].words[-1] in self.pack.possessor_prepositions
        return paper[2].who if is_of and not self.pack.papers.isdisjoint(paper[0].words) else ()

    def _note_speaker(self, who: tuple[Who, ...]) -> None:
        """Note that the item is in the words of whoever its headline names beside a mark: "МИД Армении: …"."""
        if self.clauses.headline and self.pack.cased:
            self.discourse.author = who

    def _is_dateline(self) -> bool:
        """Return whether the text begins with the place it comes from, in capitals: "NATIONS UNIES: …"."""
        words = [token.text for token in self.tokens[self.chunks[0].start : self.chunks[0].end]]
        is_capital = all(word.isupper() for word in words)
        return not self.clauses.headline and is_capital and any(len(word) > _LONGEST_ACRONYM for word in words)

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

    def _is_venue(self, before: tuple[Who, ...], m: int) -> bool:
        """Return whether a body before a colon is where another speaks: "UN: X accuses Y", but not "UN: X attacks Y"."""
        codes = {who.code for who in before}
        if not self.clauses.headline or not codes <= BODIES or any(who.speaker for who in before):
            return False
        verb = next((v for v in self.clauses.verbs if v > m), -1)
        if verb < 0 or not self.chunks[verb].slot & Slot.FINITE or self.chunks[verb].passive:
            return False
        subject = self.clauses.subject(verb)
        others = {who.code for who in subject.who}
        if not others or others & codes or not m < subject.noun < verb:
            return False
        forms = self.chunks[verb].forms
        asks = self.chunks[verb].senses & REQUESTS
        return bool(asks) or any(rule.type in _SAID_BY_ONE for form in forms for rule in form.rules)

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
                if not who and not self.pack.papers.isdisjoint(chunks[noun].words):
                    who, last = self._issuer_behind(noun)
                vouchers = self.pack.papers | self.pack.outlets
                if not who and not vouchers.isdisjoint(chunks[noun].words):
                    # "selon un communiqué": a paper vouches for what the outlet tells, and is nobody.
                    continue
                if not self._speaks_for_somebody(chunks[noun]):
                    # "according to Azerbaijani media": a country's press is not its state.
                    continue
                start, stop = (0, m) if m > 1 else (last + 1, len(chunks))
                self._add_voice(Voice(who, start, stop, -1), left_noun=chunks[noun])

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

    def _is_relayed(self, k: int) -> bool:
        """Return whether an outlet whose name is quoted passes on what stands before: ", передает «Вестник»"."""
        if self.pack.relays.isdisjoint(self.chunks[k].words) or k + 1 >= len(self.chunks):
            return False
        before, behind = self.chunks[k - 1] if k else None, self.chunks[k + 1]
        is_tail = before is not None and before.kind in _BEFORE_TAIL
        return is_tail and behind.kind == Kind.QUOTE and behind.end - behind.start <= _LONGEST_TITLE

    def _is_outlet(self, noun: Chunk, k: int) -> bool:
        """Return whether a speaker who is nobody known only passes on what others say: ", reports the daily"."""
        if not self.pack.outlets.isdisjoint(noun.words):
            return True
        return noun.start > self.chunks[k].start and not self.pack.relays.isdisjoint(self.chunks[k].words)

    def _speaks_for_somebody(self, noun: Chunk) -> bool:
        """Return whether whoever is named with a verb of relaying tells it himself, and no outlet of his: "X's Y agency"."""
        if self.pack.outlets.isdisjoint(noun.words) or not self.pack.state_words.isdisjoint(noun.words):
            return True
        return noun.name is not None and self.pack.outlets.isdisjoint(noun.name.casefold().split())

    def _find_saying(self, k: int) -> None:
        if self._is_relayed(k):
            return
        subject, right = self._speaker_of(k)
        if subject is None:
            return
        who = self._owner_behind(subject, k) or self._resolve(subject) or self._author(subject)
        noun = self.chunks[subject.noun]
        if self._is_outlet(noun, k) and not (who and self._speaks_for_somebody(noun)):
            return
        end, kinds = self._end_of_report(k), self.clauses.kinds
        first = next((v for v in self.clauses.verbs if right <= v < end), end)
        if Kind.SUBORDINATOR in kinds[right:first]:
            # "that although a truce was declared, X attacked": said as well.
            clashes = (m for m in range(right, first) if kinds[m] == Kind.SUBORDINATOR and kinds[m - 1] != Kind.THAT)
            end = next((m for m in clashes if not self._is_term(m)), end)
        senses = self.chunks[k].senses
        if senses & SAYS_TO and not any(form.tail for form in self.chunks[k].forms):
            # "told X that …": without somebody told, what follows is not what is said.
            start, right = self.clauses.direct(k, end)
            opens = right < end and self.chunks[right].kind == Kind.THAT
            is_clause = right < end and self.chunks[right].kind == Kind.VERB
            if is_clause and start + 1 < right and self.chunks[start + 1].kind == Kind.NOUN:
                # "told MPs Armenia would wait": whom, and what.
                right = start + 1
            elif is_clause or (right == start and not opens):
                end = right
        if not senses & SAYS and right < end and self.chunks[right].kind == Kind.THAT and not self._has_content(k):
            # "vowed that", "complained that": what follows is his words, as behind "said that".
            pass
        elif not senses & SAYS:
            # A verb that names the speaker of a quotation, and nothing else.
            end = next((m + 1 for m in range(right, min(end, right + 3)) if self.chunks[m].kind == Kind.QUOTE), right)
        is_told = not _TELLING.isdisjoint(kinds[right:end]) or (senses & SAYS and self._leaves_out_being(right, end))
        has_right = is_told and (
            right < end
            # "X says; Y denies": what was said stands before.
            and kinds[right] != Kind.BUT
            and (kinds[right] != Kind.VERB or self._tells_of_being(right) or self._is_said_of(subject, right))
        )
        if has_right and self.pack.needs_complementizer:
            has_right = self._opens_report(right, first)
        left = min(subject.left if subject.left >= 0 else subject.noun, k)
        if (
            left
            and self.chunks[left - 1].kind == Kind.PRONOUN
            and not self.pack.impersonal.isdisjoint(self.chunks[k].words)
        ):
            # "…, peut-on lire dans …"
            left -= 1
        before = self.chunks[left - 1].kind if left else None
        if who and not has_right and not self._is_quote_before(left) and senses & SAYS:
            self._said.append((k, subject, who))
        if self._confirms(left, right):
            if not who and not (noun.bare or noun.role or noun.group or noun.crowd or noun.name or noun.refs):
                # ", as the war rages": things tell nothing.
                return
            if not any(v < left - _TWO and speaks(self.chunks[v]) for v in self.clauses.verbs):
                self._add_voice(Voice(who, self._start_of_report(left - _TWO), left - _TWO, k), left_noun=noun)
            return
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

    def _is_term(self, m: int) -> bool:
        """Return whether a conjunction tells on what terms a thing will be: "possible only after X amends"."""
        return self.chunks[m - 1].kind == Kind.ADVERB and self.chunks[m].words[0] in self.pack.terms

    def _confirms(self, left: int, right: int) -> bool:
        """Return whether a clause only says whose words the one before it is in: ", as X noted in a statement"."""
        if left <= _TWO or self.chunks[left - 1].words[:1] != self.pack.confirming or right >= len(self.chunks):
            return False
        return self.chunks[left - _TWO].kind == Kind.COMMA and self.chunks[right].kind in _OF_CIRCUMSTANCE

    def _has_content(self, k: int) -> bool:
        """Return whether what a verb says in a clause with "that" is coded by the verb: "warned that", "denied that"."""
        return any(
            rule.frame in _OWN_CONTENT and not rule.object for form in self.chunks[k].forms for rule in form.rules
        )

    def _tells_of_being(self, m: int) -> bool:
        """Return whether a clause begins without a subject: "said there was no attack"."""
        verb = self.chunks[m]
        return not verb.forms and len(verb.words) > 1 and bool(verb.flags & g.BE) and not verb.flags & g.INFINITIVE_MARK

    def _leaves_out_being(self, start: int, end: int) -> bool:
        """Return whether a headline tells how something is without "is": "says X's presence at border unacceptable"."""
        if not self.clauses.headline or not self.clauses.may & MAY_HAVE_PHRASE or end - start < 1:
            return False
        last = self.chunks[end - 1]
        if self.chunks[start].kind != Kind.NOUN or last.kind != Kind.NOUN or len(last.words) == 1:
            return False
        return (last.words[-1],) in (phrase.words for phrase in self.pack.phrases.get(last.words[-1], ()))

    def _find_quoted(self, k: int) -> None:
        """Find "X quoted Y as saying": the words are Y's."""
        start, stop = self.clauses.direct(k, len(self.chunks))
        if stop > start and self.chunks[stop - 1].kind == Kind.NOUN:
            who, _ = self.clauses.group(stop - 1)
            who = who or self._resolve_noun(self.chunks[stop - 1])
            if not who and k == 0 and self.chunks[k].slot == Slot.GERUND:
                # "Citing concerns over X, Y said": reasons say nothing.
                return
            said = next((m for m in range(k) if self.chunks[m].kind == Kind.QUOTE), len(self.chunks))
            if said < k and not any(self.chunks[m].kind == Kind.QUOTE for m in range(stop, len(self.chunks))):
                # "“…,” the office quoted X as saying"
                self._add_voice(Voice(who, said, said + 1, k), left_noun=self.chunks[stop - 1])
                return
            self._add_voice(Voice(who, stop, len(self.chunks), k), left_noun=self.chunks[stop - 1])

    def _add_voice(self, voice: Voice, *, left_noun: Chunk) -> None:
        for m in range(voice.start, voice.end):
            if self.chunks[m].kind == Kind.QUOTE:
                self.quote_speakers.setdefault(self.chunks[m].quote, (voice.who, left_noun))
        if not voice.who and left_noun.bare and not left_noun.name:
            # "Officials say": nobody's words in particular are the outlet's own.
            return
        self._voices.append(voice)
        self.discourse.note(voice.who, speaks=True)


def _is_all_that_follows(chunk: Chunk, count: int) -> bool:
    """Return whether the last `count` words of a phrase are a state's name, or its capital's: "по данным Баку"."""
    if not chunk.refs:
        return False
    mention = chunk.refs[-1].mention
    return (
        mention.kind in _STATES and mention.end_token == chunk.end and mention.end_token - mention.start_token == count
    )
