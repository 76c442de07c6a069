"""In whose words what stands beside a colon or a dash is: "X: …", "…: X"."""

from __future__ import annotations

from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.bodies import BODIES, INTERNATIONAL
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Slot
from bot.analysis.reports import Reports
from bot.analysis.stretch import Voice
from bot.analysis.verb_senses import REQUESTS

_LONGEST_ACRONYM: Final = 5
# "UN: X condemns …": the words are X's, and the body before the colon is where they were said.
_SAID_BY_ONE: Final = frozenset({t.ACCUSE, t.CONDEMN, t.EXPRESS_CONCERN, t.WARN, t.WELCOME})
# "X to Y"
_SAID_TO: Final = [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_APART: Final = frozenset({Kind.ADVERB, Kind.COMMA, Kind.TIME})
_BESIDE: Final = frozenset({Kind.ADVERB, Kind.OTHER, Kind.TIME})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
_PLACE_NAMES: Final = frozenset({MentionKind.NAME, MentionKind.CAPITAL})
_BEHIND_QUOTE: Final = frozenset({Kind.COMMA, Kind.DASH})
_OF_LIST: Final = frozenset({Kind.AND, Kind.COMMA, Kind.NOUN})


class Colons(Reports):
    """Finds speakers beside the marks of a headline or a sentence."""

    def _find_colons(self) -> None:
        chunks = self.chunks
        for m, chunk in enumerate(chunks):
            if chunk.kind not in _MARKS or (m == 1 and self._is_dateline()):
                continue
            before = self._sole_speaker(0, m) or self._leading_speaker(m)
            if before and (self._is_rubric(before, m) if self.pack.rubrics else self._is_venue(before, m)):
                before = ()
            if before and self._is_between_two(m):
                before = ()
            if before and self._is_scene_of_crowd(m):
                before = ()
            if before and self._is_told_what_to_do(m):
                self._voices.append(Voice((), m + 1, len(chunks), -1))
                return
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
            after = self._sole_speaker(m + 1, len(chunks)) or self._paper_behind(m) or self._envoy_behind(m)
            told = self._told_behind(m) if not after else ()
            if (after or told) and m > 1:
                after = after or chunks[m + 1].who
                self._note_speaker(after)
                self._add_voice(Voice(after, 0, m, -1, told), left_noun=chunks[m + 1])
                return

    def _find_quoted_alone(self) -> None:
        """Give a quotation that a headline consists of to whoever is named behind it, without a verb: "“…,” Macron"."""
        chunks, start = self.chunks, 1
        while start < len(chunks) and chunks[start].kind in _BEHIND_QUOTE:
            start += 1
        if chunks[0].kind == Kind.QUOTE and self.clauses.headline and (who := self._sole_speaker(start, len(chunks))):
            self._add_voice(Voice(who, 0, 1, -1), left_noun=chunks[start])

    def _is_scene_of_crowd(self, m: int) -> bool:
        """Return whether a capital before a colon is where a crowd is: "Ереван: оппозиция требует …"."""
        if self.pack.adjectives_first and not self.pack.cased:
            return False
        behind = next((chunk for chunk in self.chunks[m + 1 :] if chunk.kind == Kind.NOUN), self.chunks[0])
        kinds = {ref.mention.kind for ref in self.chunks[0].refs}
        return m == 1 and self.clauses.headline and kinds == {MentionKind.CAPITAL} and behind.crowd

    def _envoy_behind(self, m: int) -> tuple[Who, ...]:
        """Return whose envoys a headline ends with behind a mark: "…: посольство Армении в Бельгии"."""
        envoy = self.chunks[m + 1 :]
        if [chunk.kind for chunk in envoy] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN] or not envoy[0].guest:
            return ()
        return envoy[0].who if envoy[1].words[-1] in self.pack.place_prepositions else ()

    def _is_told_what_to_do(self, m: int) -> bool:
        """Return whether a headline names before a colon the state that is to act: "Ruritania: Release prisoners"."""
        if self.pack.cased or not self.clauses.headline or m != 1 or m + 1 >= len(self.chunks):
            return False
        order = self.chunks[m + 1]
        is_order = order.kind == Kind.VERB and order.slot & Slot.INFINITIVE
        return bool(is_order) and {ref.mention.kind for ref in self.chunks[0].refs} == {MentionKind.NAME}

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

    def _is_between_two(self, m: int) -> bool:
        """Return whether two names before a colon are what the headline is about: "Tehran-Yerevan: talks go on"."""
        label = self.chunks[0]
        two = len(label.refs) == 2 and label.words[1:2] == ("-",)  # noqa: PLR2004 - two names
        return m == 1 and two and not label.role and all(ref.mention.kind in _PLACE_NAMES for ref in label.refs)

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

    def _told_behind(self, m: int) -> tuple[str, ...]:
        """Return to whom somebody behind a colon has said what stands before it: "Stop the shelling: X to Y"."""
        behind = self.chunks[m + 1 :]
        if [chunk.kind for chunk in behind] != _SAID_TO or not behind[0].who or self.pack.cased:
            return ()
        to = behind[1].words[-1] in self.pack.recipient_prepositions & self.pack.addressee_prepositions
        return tuple(who.code for who in behind[2].who) if to else ()

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
        if len(kinds) > 1 and not self.pack.cased:
            is_body = bool(bare[2].who) and {one.code for one in bare[2].who} <= BODIES
            if bare[1].words[-1] in self.pack.venue_prepositions or (
                is_body and bare[1].words[-1] in self.pack.place_prepositions
            ):
                # A state heard at a council: "Albania at Security Council: …".
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

    def _add_voice(self, voice: Voice, *, left_noun: Chunk) -> None:
        for m in range(voice.start, voice.end):
            if self.chunks[m].kind == Kind.QUOTE:
                self.quote_speakers.setdefault(self.chunks[m].quote, (voice.who, left_noun))
        is_for_others = not left_noun.name or not self.pack.mouthpieces.isdisjoint(left_noun.words)
        if not voice.who and left_noun.bare and is_for_others:
            # "Officials say": nobody's words in particular are the outlet's own.
            return
        self._voices.append(voice)
        self.discourse.note(voice.who, speaks=True)
