"""In whose words a part of a sentence is: verbs of saying, quotations, and what stands beside marks and sources."""

from __future__ import annotations

from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.frames import Frame
from bot.analysis.lexemes import MAY_HAVE_PHRASE, MAY_HAVE_SOURCE
from bot.analysis.pack import Slot
from bot.analysis.sources import Sources
from bot.analysis.stretch import Voice
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import CONTROLS, QUOTES, REPORTS, SAYS, SAYS_TO, speaks

# What these say in a clause with "that" is coded by the verb itself.
_OWN_CONTENT: Final = frozenset({Frame.ACCUSE, Frame.DENY, Frame.REQUEST})
_SAYING: Final = _OWN_CONTENT | {Frame.SAY, Frame.QUOTE}
# A name in quotation marks is no longer than this; what is longer is what somebody said.
_LONGEST_TITLE: Final = 40

_BEFORE_SOURCE: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.DASH, Kind.QUOTE})
_BEFORE_TAIL: Final = frozenset({Kind.COMMA, Kind.DASH, Kind.QUOTE})
_MARKS: Final = frozenset({Kind.COLON, Kind.DASH})
# What a headline goes on behind, once it has told who says what stands before.
_BEHIND_TAIL: Final = frozenset({Kind.COMMA, Kind.DASH})
_TWO: Final = 2
_OF_CIRCUMSTANCE: Final = frozenset({Kind.PREPOSITION, Kind.TIME, Kind.OTHER})
_ASIDE: Final = [Kind.COMMA, Kind.PREPOSITION]
_TELLING: Final = frozenset({Kind.QUOTE, Kind.THAT, Kind.VERB})

_OPENING: Final = frozenset({Kind.COLON, Kind.QUOTE, Kind.THAT})


class Voices(Sources):
    """Finds in whose words each part of the stretch is."""

    def _find_voices(self) -> None:
        if not _MARKS.isdisjoint(self.clauses.kinds):
            self._find_colons()
        if self.clauses.kinds[:1] == [Kind.QUOTE]:
            self._find_quoted_alone()
        if self.clauses.may & MAY_HAVE_SOURCE:
            self._find_pronoun_sources()
            self._find_sources()
        if self.pack.view_prepositions:
            self._find_view()
        for k in self.clauses.verbs:
            chunk = self.chunks[k]
            if self.pack.outbursts and self._bursts_out(k):
                self._find_saying(k)
                continue
            if not chunk.senses & (REPORTS | QUOTES):
                continue
            if chunk.slot & Slot.PARTICIPLE and self._is_bare_passive(k, self.clauses.subject(k)):
                continue
            if chunk.forms and chunk.forms[0].tail and self._is_phrase_of_doing(chunk):
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

    def _is_phrase_of_doing(self, verb: Chunk) -> bool:
        """Return whether a verb of saying does something with the noun that belongs to it: "observe the ceasefire"."""
        form = verb.forms[0]
        last = self.pack.words.get(form.tail[-1])
        is_noun = last is None or not last.flags & (g.PREPOSITION | g.ADVERB)
        return is_noun and not self.pack.cased and not any(rule.frame in _SAYING for rule in form.rules)

    def _bursts_out(self, k: int) -> bool:
        """Return whether the verb tells with a reflexive how the quotation before it was said: "s'est indigné X"."""
        verb = self.chunks[k]
        if verb.lemma not in self.pack.outbursts:
            return False
        is_reflexive = self.pack.cased or not self.pack.reflexives.isdisjoint(verb.words)
        return is_reflexive and self._after_quote(k)

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

    def _is_said_to_be(self, k: int) -> bool:
        """Return whether a participle tells what others say of the noun before it: "an agency believed to be close to"."""
        verb = self.chunks[k]
        if self.pack.cased or verb.flags or verb.senses & CONTROLS or not verb.slot & Slot.PARTICIPLE:
            return False
        behind = self.chunks[k + 1] if k + 1 < len(self.chunks) else verb
        being = g.BE | g.HAVE
        return behind.kind == Kind.VERB and bool(behind.flags & g.INFINITIVE_MARK) and bool(behind.flags & being)

    def _is_quoted_as(self, k: int) -> bool:
        """Return whether a gerund tells how somebody was quoted, whose words are found by that: "cited X as telling"."""
        before = self.chunks[k - 1] if k else None
        if self.chunks[k].slot != Slot.GERUND or before is None or self.pack.name_words.isdisjoint(before.words):
            return False
        quoting = next((v for v in reversed(self.clauses.verbs) if v < k), -1)
        return quoting >= 0 and bool(self.chunks[quoting].senses & QUOTES)

    def _own_spokesman(self, subject: Subject) -> tuple[Who, ...]:
        """Return whom "he" means behind what his own state does: "Oslo supports every step, he said"."""
        noun, verbs = subject.noun, self.clauses.verbs
        if self.pack.cased or noun < 1 or not verbs or verbs[0] > noun or self.chunks[noun - 1].kind != Kind.COMMA:
            return ()
        if self.chunks[noun].kind != Kind.PRONOUN or self.chunks[noun].words[0] not in self.pack.personal:
            return ()
        first = self.clauses.subject(verbs[0])
        is_state = first.via == "direct" and first.noun == 0 and len(first.who) == 1 and not first.who[0].person_kind
        return self.discourse.person_of(first.who[0].code) if is_state else ()

    def _find_saying(self, k: int) -> None:
        if self._is_relayed(k) or self._is_said_to_be(k) or self._is_quoted_as(k):
            return
        subject, right = self._speaker_of(k)
        if subject is None:
            return
        who = self._owner_behind(subject, k) or self._resolve(subject) or self._author(subject)
        noun = self.chunks[subject.noun]
        who = who or self._own_spokesman(subject)
        if self._is_outlet(noun, k) and not (who and self._speaks_for_somebody(noun)):
            return
        end, kinds = self._end_of_report(k), self.clauses.kinds
        if right < end and kinds[right] in _BEHIND_TAIL and self._is_tail_between(k, subject):
            end = right
        first = next(iter(self.clauses.verbs_in(right, end)), end)
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
            near = kinds[right : min(end, right + 3)]
            end = right + near.index(Kind.QUOTE) + 1 if Kind.QUOTE in near else right
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
        if has_right and before == Kind.COMMA and self._goes_on_with_occasion(left, right):
            has_right = False
        if who and not has_right and not self._is_quote_before(left) and senses & SAYS:
            self._said.append((k, subject, who))
        is_thing = not who and not (noun.bare or noun.role or noun.group or noun.crowd or noun.name or noun.refs)
        if is_thing and self.chunks[k].slot & Slot.PARTICIPLE and self.clauses.headline and not has_right:
            # ", shots reported at the border": things tell nothing.
            return
        if self._confirms(left, right):
            if is_thing:
                # ", as the war rages"
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
            for earlier in self._voices:
                is_open = 0 <= earlier.verb < earlier.start < left < earlier.end
                if is_open and earlier.who and senses & SAYS and subject.via == "direct" and self.pack.adjectives_first:
                    # "X said it was ready, Y says": what X said goes no further.
                    earlier.end = left
            self._add_voice(Voice(who, self._start_of_report(left - 1), left, k), left_noun=noun)

    def _goes_on_with_occasion(self, left: int, right: int) -> bool:
        """Return whether what stands behind a tail is told by nobody: "X moved troops, Y said, amid concern that"."""
        if self.clauses.kinds[right : right + _TWO] != _ASIDE:
            return False
        is_occasion = self.chunks[right + 1].words[-1] in self.pack.occasion_prepositions
        return is_occasion and any(v < left and self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs)

    def _is_tail_between(self, k: int, subject: Subject) -> bool:
        """Return whether a headline tells who says it right behind it, and goes on: "X broke truce, Y claims, X denies"."""
        left = min(subject.left if subject.left >= 0 else subject.noun, k)
        if left < _TWO or self.chunks[left - 1].kind != Kind.COMMA or not self.clauses.headline:
            return False
        return any(self.chunks[v].slot & Slot.FINITE for v in self.clauses.verbs_in(0, left))

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

    def _find_own_words(self, k: int) -> None:
        """Find "X was quoted as saying": the words are X's, before it or behind."""
        subject = self.clauses.subject(k)
        if subject.noun < 0 or subject.via != "direct" or self.chunks[k].negative:
            return
        who, noun = self._resolve(subject), self.chunks[subject.noun]
        left = subject.left if 0 <= subject.left < k else subject.noun
        if left and self.chunks[left - 1].kind in _BEFORE_TAIL:
            self._add_voice(Voice(who, self._start_of_report(left - 1), left, k), left_noun=noun)
            return
        opening = next((m for m in range(k + 1, len(self.chunks)) if self.chunks[m].kind in _OPENING), -1)
        if opening > 0 and not any(k < v < opening for v in self.clauses.verbs):
            start = opening + (self.chunks[opening].kind != Kind.QUOTE)
            self._add_voice(Voice(who, start, len(self.chunks), k), left_noun=noun)

    def _find_quoted(self, k: int) -> None:
        """Find "X quoted Y as saying": the words are Y's."""
        if self.chunks[k].passive and self.chunks[k].slot & Slot.FINITE and not self.pack.cased:
            self._find_own_words(k)
            return
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
