"""Coding: from clauses to drafts of records, by the rules of the pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from bot.analysis import pack as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import ENCLAVES, Clauses, Subject
from bot.analysis.discourse import Discourse
from bot.analysis.drafts import Draft, NearMiss
from bot.analysis.gazetteer import MentionKind
from bot.analysis.pack import Effect, Form, Frame, Pack, Rule, Slot, TargetFrom
from bot.analysis.pack import Subject as SubjectKind
from bot.analysis.requests import contents_of
from bot.analysis.targets import INTERNATIONAL, Targets
from bot.analysis.text import Token
from bot.domain.reactions import COLLECTIVE_ACTORS, ReactionType, Tier

_T = ReactionType
_HOSTILE: Final = frozenset({_T.MILITARY_ACTION, _T.RESTRICT_MOVEMENT, _T.SANCTION})
_NOT_BY_TROOPS: Final = frozenset({_T.CONSULT, _T.WELCOME, _T.EXPRESS_SUPPORT, _T.OFFER_MEDIATION})
_NOT_BY_COURTS: Final = frozenset(
    {_T.CONDEMN, _T.TAKE_TO_COURT, _T.CONSULT, _T.REFUSE, _T.MILITARY_ACTION, _T.AGREE, _T.DEESCALATE}
)
_WITHOUT_ADDRESSEE: Final = frozenset(
    {_T.CALL_CEASEFIRE, _T.CALL_DIALOGUE, _T.DEMAND_WITHDRAWAL, _T.DEMAND_ACCESS, _T.REQUEST_MEETING}
)
_NEVER_DOMESTIC: Final = frozenset({_T.MILITARY_ACTION, _T.CALL_CEASEFIRE, _T.REPORT, _T.ANNOUNCE_ACTION})
_EXERCISES: Final = frozenset({"drills"})
_VERBAL: Final = frozenset({_T.CONDEMN, _T.WELCOME})
_TIER_REASONS: Final = {Tier.ALERT: "the construction says it directly", Tier.DIGEST: "the cue is weak"}
_MODAL: Final = g.POSSIBLE | g.OBLIGED
# What stands in the complement of these is nobody's act.
_CLOSED: Final = frozenset({Frame.ACCUSE, Frame.DENY, Frame.REQUEST})
_OBJECTLESS: Final = frozenset(
    {Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.COMMA, Kind.OTHER, Kind.AND, Kind.DASH, Kind.COLON}
)
_OBJECT_CLAUSES: Final = frozenset({Kind.THAT, Kind.VERB, Kind.PRONOUN, Kind.RELATIVE, Kind.QUOTE, Kind.RECIPROCAL})
_TRANSITIVE: Final = frozenset({Frame.ACT, Frame.ACCUSE, Frame.REQUEST, Frame.DENY})


class Voice(NamedTuple):
    """Whose words a range of chunks is in."""

    who: tuple[Who, ...]
    start: int
    end: int
    verb: int


class Coder:
    """Codes one stretch of running text; `speaker` is whose words all of it is, for quotations."""

    def __init__(
        self,
        clauses: Clauses,
        pack: Pack,
        tokens: Sequence[Token],
        discourse: Discourse,
        *,
        speaker: tuple[Who, ...] | None = None,
        part: int = 0,
        regions: frozenset[str] = frozenset(),
    ) -> None:
        self.clauses = clauses
        self.chunks = clauses.chunks
        self.pack = pack
        self.tokens = tokens
        self.discourse = discourse
        self.part = part
        self.drafts: list[Draft] = []
        self.misses: list[NearMiss] = []
        self.quote_speakers: dict[int, tuple[tuple[Who, ...], Chunk | None]] = {}
        self._targets = Targets(clauses, pack, regions)
        self._regions = regions
        self._consumed: set[int] = set()
        self._voices: list[Voice] = []
        self._only_verbal = False
        self._said: list[tuple[int, Subject, tuple[Who, ...]]] = []
        self._prefix = ""
        self._is_home = not pack.home.isdisjoint([word for chunk in self.chunks for word in chunk.words])
        if speaker is not None:
            self._voices.append(Voice(speaker, 0, len(self.chunks), -1))

    def run(self) -> None:
        """Code every verb of the stretch, and what its speakers' words say by themselves."""
        self._find_voices()
        for k in self.clauses.verbs:
            if k not in self._consumed:
                self._code_verb(k)
        if self.clauses.headline and not self.clauses.verbs:
            self._code_presence()
        for voice in self._voices:
            self._code_words(voice)
        self._add_plain_statements()
        self._add_noun_statements()

    # --- who speaks ---

    def _find_voices(self) -> None:
        self._find_colons()
        self._find_sources()
        for k in self.clauses.verbs:
            chunk = self.chunks[k]
            if self._is_bare_passive(k, self.clauses.subject(k)):
                continue
            if _has_frame(chunk, Frame.QUOTE):
                self._find_quoted(k)
            elif (
                _has_frame(chunk, Frame.SAY)
                and not chunk.negative
                and not chunk.passive
                and not chunk.flags & g.POSSIBLE
            ):
                self._find_saying(k)

    def _find_colons(self) -> None:
        chunks = self.chunks
        for m, chunk in enumerate(chunks):
            if chunk.kind not in {Kind.COLON, Kind.DASH}:
                continue
            before = self._sole_speaker(0, m) or self._leading_speaker(m)
            if before and chunk.kind is Kind.COLON:
                self._add_voice(Voice(before, m + 1, len(chunks), -1), left_noun=chunks[0])
                return
            after = self._sole_speaker(m + 1, len(chunks))
            if after and m > 1:
                self._add_voice(Voice(after, 0, m, -1), left_noun=chunks[m + 1])
                return

    def _leading_speaker(self, m: int) -> tuple[Who, ...]:
        """Return the person before a colon with a place or an addressee behind: "Macron in Yerevan: …"."""
        chunks = self.chunks[:m]
        if len(chunks) == 3 and [chunk.kind for chunk in chunks] == [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]:
            return tuple(who for who in chunks[0].who if who.person_kind or chunks[0].guest)
        return ()

    def _sole_speaker(self, start: int, end: int) -> tuple[Who, ...]:
        """Return the actor that a stretch consists of, if it is nothing but one."""
        inside = [m for m in range(start, end) if self.chunks[m].kind not in {Kind.TIME, Kind.ADVERB, Kind.OTHER}]
        if not inside or any(self.chunks[m].kind not in {Kind.NOUN, Kind.AND, Kind.COMMA} for m in inside):
            return ()
        if self.chunks[inside[-1]].kind is not Kind.NOUN:
            return ()
        who, left = self.clauses.group(inside[-1])
        if left != inside[0]:
            return ()
        return who or self._resolve_noun(self.chunks[inside[-1]])

    def _find_sources(self) -> None:
        chunks = self.chunks
        for m, chunk in enumerate(chunks[:-1]):
            first = chunk.words[0] if chunk.words else ""
            for phrase in self.pack.source_phrases:
                if first != phrase[0] or chunk.kind is Kind.VERB:
                    continue
                words = chunk.words
                end = m
                while len(words) < len(phrase) and end + 1 < len(chunks):
                    end += 1
                    words += chunks[end].words
                if words != phrase or end + 1 >= len(chunks):
                    continue
                noun = end + 1
                if chunks[noun].kind is not Kind.NOUN:
                    continue
                last = noun
                while (
                    last + 2 < len(chunks) and chunks[last + 1].kind is Kind.AND and chunks[last + 2].kind is Kind.NOUN
                ):
                    last += 2
                who, _ = self.clauses.group(last)
                who = who or self._resolve_noun(chunks[noun])
                start, stop = (0, m) if m > 1 else (last + 1, len(chunks))
                self._add_voice(Voice(who, start, stop, -1), left_noun=chunks[noun])

    def _find_saying(self, k: int) -> None:
        subject, right = self._speaker_of(k)
        if subject is None:
            return
        who = self._owner_behind(subject, k) or self._resolve(subject, k) or self._author(subject)
        noun = self.chunks[subject.noun]
        end = self._end_of_report(k)
        first = next((v for v in self.clauses.verbs if right <= v < end), end)
        clash = next((m for m in range(right, first) if self.chunks[m].kind is Kind.SUBORDINATOR), None)
        if clash is not None:
            end = clash
        if any(rule.needs_target for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.SAY):
            # "told X that …": without somebody told, what follows is not what is said.
            start, right = self.clauses.direct(k, end)
            opens = right < end and self.chunks[right].kind is Kind.THAT
            if (right == start and not opens) or (right < end and self.chunks[right].kind is Kind.VERB):
                end = right
        if all(rule.needs_object for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.SAY):
            # A verb that names the speaker of a quotation, and nothing else.
            end = next((m + 1 for m in range(right, min(end, right + 3)) if self.chunks[m].kind is Kind.QUOTE), right)
        has_right = any(self.chunks[m].kind in {Kind.VERB, Kind.QUOTE, Kind.THAT} for m in range(right, end)) and (
            right < end and self.chunks[right].kind is not Kind.VERB
        )
        left = min(subject.left if subject.left >= 0 else subject.noun, k)
        before = self.chunks[left - 1].kind if left else None
        if who and not has_right and before is not Kind.QUOTE:
            if any(
                rule.frame is Frame.SAY and not rule.needs_object
                for form in self.chunks[k].forms
                for rule in form.rules
            ):
                self._said.append((k, subject, who))
        if has_right:
            self._add_voice(Voice(who, right, end, k), left_noun=noun)
        if (
            left
            and before in {Kind.COMMA, Kind.QUOTE, Kind.DASH, Kind.COLON}
            and (not has_right or self._is_quote_before(left))
        ):
            self._add_voice(Voice(who, self._start_of_report(left - 1), left, k), left_noun=noun)

    def _find_quoted(self, k: int) -> None:
        """Find "X quoted Y as saying": the words are Y's."""
        start, stop = self.clauses.direct(k, len(self.chunks))
        if stop > start and self.chunks[stop - 1].kind is Kind.NOUN:
            who, _ = self.clauses.group(stop - 1)
            who = who or self._resolve_noun(self.chunks[stop - 1])
            self._add_voice(Voice(who, stop, len(self.chunks), k), left_noun=self.chunks[stop - 1])

    def _start_of_report(self, left: int) -> int:
        for m in range(left - 1, -1, -1):
            if self.chunks[m].kind is Kind.BUT:
                return m + 1
        return 0

    def _is_quote_before(self, left: int) -> bool:
        return any(self.chunks[m].kind is Kind.QUOTE for m in range(max(0, left - 2), left))

    def _speaker_of(self, k: int) -> tuple[Subject | None, int]:
        """Return the subject of a verb of saying, also where it stands after it, and where its words may begin."""
        subject = self.clauses.subject(k)
        inverted = self._inverted(k) if self._can_invert(k) else None
        if inverted is not None and (subject.noun < 0 or subject.via != "direct" or self._after_quote(k)):
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
        while j >= 0 and self.chunks[j].kind in {Kind.COMMA, Kind.ADVERB, Kind.DASH}:
            j -= 1
        return j >= 0 and self.chunks[j].kind is Kind.QUOTE

    def _inverted(self, k: int) -> int | None:
        chunks = self.chunks
        n = k + 1
        while n < len(chunks) and chunks[n].kind in {Kind.ADVERB, Kind.TIME}:
            n += 1
        if not self.pack.adjectives_first:
            n = self._behind_addressee(n)
        if n >= len(chunks) or chunks[n].kind is not Kind.NOUN:
            return None
        j = k - 1
        while j >= 0 and chunks[j].kind is Kind.ADVERB:
            j -= 1
        if j >= 0 and chunks[j].kind not in {Kind.QUOTE, Kind.COMMA, Kind.DASH} and not self._may_follow(j, n):
            return None
        if any(chunks[m].kind is Kind.VERB for m in range(n + 1, min(n + 2, len(chunks)))):
            return None
        noun = chunks[n]
        if (
            not noun.who
            and n + 2 < len(chunks)
            and chunks[n + 1].kind is Kind.PREPOSITION
            and chunks[n + 1].words[-1] in self.pack.agent_prepositions
            and chunks[n + 2].kind is Kind.NOUN
            and chunks[n + 2].who
        ):
            return n + 2
        if noun.who or noun.bare or noun.name or noun.group or noun.crowd:
            return n
        return None

    def _may_follow(self, j: int, n: int) -> bool:
        """Return whether the subject may stand behind its verb where endings tell it: "Об этом сообщил Песков"."""
        noun = self.chunks[n]
        return (
            self.pack.cased
            and not noun.oblique
            and bool(noun.who)
            and (self.chunks[j].kind is not Kind.NOUN or self.chunks[j - 1].kind is Kind.PREPOSITION)
        )

    def _behind_addressee(self, n: int) -> int:
        """Return where the speaker stands in "a déclaré à la presse le ministre": behind phrases without actors."""
        chunks = self.chunks
        while (
            n + 2 < len(chunks)
            and chunks[n].kind is Kind.PREPOSITION
            and chunks[n + 1].kind is Kind.NOUN
            and not chunks[n + 1].who
            and chunks[n + 2].kind in {Kind.NOUN, Kind.PREPOSITION, Kind.TIME, Kind.ADVERB}
        ):
            n += 2
            while n < len(chunks) and chunks[n].kind in {Kind.TIME, Kind.ADVERB}:
                n += 1
        return n

    def _end_of_report(self, k: int) -> int:
        """Return where the words reported by the verb at `k` end."""
        chunks = self.chunks
        for m in range(k + 1, len(chunks)):
            kind = chunks[m].kind
            if kind in {Kind.COLON, Kind.DASH} and m > k + 1:
                return m
            if kind is Kind.SUBORDINATOR and m > k + 1 and self._is_outlet_again(m):
                return m
            if kind is Kind.COMMA and m + 1 < len(chunks):
                after = chunks[m + 1]
                if after.kind is Kind.VERB and after.slot & Slot.GERUND and not after.slot & Slot.FINITE:
                    return m
                if after.kind in {Kind.SUBORDINATOR, Kind.BUT}:
                    return m
                if after.kind is Kind.VERB and after.slot & Slot.FINITE and self.clauses.subject(m + 1).via == "shared":
                    return m
            if kind in {Kind.AND, Kind.BUT} and m + 1 < len(chunks) and self._resumes(m + 1, k):
                return m
        return len(chunks)

    def _is_outlet_again(self, m: int) -> bool:
        """Return whether a subordinate clause is the outlet's: after a comma, or in a headline, "as X does Y"."""
        if self.chunks[m - 1].kind is Kind.COMMA:
            return True
        return self.clauses.headline and m + 1 < len(self.chunks) and self.chunks[m + 1].kind is Kind.NOUN

    def _resumes(self, m: int, k: int) -> bool:
        """Return whether the verb after "and" has the speaker, not somebody spoken of, as its subject."""
        after = self.chunks[m]
        if after.kind is not Kind.VERB or not after.slot & Slot.FINITE:
            return False
        between = [v for v in self.clauses.verbs if k < v < m]
        return not between or bool(_coded(after) and not _has_frame(after, Frame.PLAIN) and after.slot & Slot.FINITE)

    def _add_voice(self, voice: Voice, *, left_noun: Chunk) -> None:
        for m in range(voice.start, voice.end):
            if self.chunks[m].kind is Kind.QUOTE:
                self.quote_speakers.setdefault(self.chunks[m].quote, (voice.who, left_noun))
        if not voice.who and left_noun.bare and not left_noun.name:
            # "Officials say": nobody's words in particular are the outlet's own.
            return
        self._voices.append(voice)
        self.discourse.note(voice.who)

    def _voice_at(self, k: int) -> Voice | None:
        """Return the innermost voice that the verb at `k` belongs to."""
        best: Voice | None = None
        for voice in self._voices:
            if voice.start <= k < voice.end and voice.verb != k:
                if best is None or voice.end - voice.start < best.end - best.start:
                    best = voice
        return best

    def _code_presence(self) -> None:
        """Code a headline without a verb that says who is where: "Iran's Raisi in Syria"."""
        chunks = [chunk for chunk in self.chunks if chunk.kind not in {Kind.TIME, Kind.ADVERB}]
        if len(chunks) < 3 or [chunk.kind for chunk in chunks[:3]] != [Kind.NOUN, Kind.PREPOSITION, Kind.NOUN]:  # noqa: PLR2004
            return
        person, preposition, place = chunks[:3]
        # An envoy lives where he is.
        if preposition.words[-1] not in self.pack.place_prepositions or person.force or person.guest:
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

    # --- who acts ---

    def _resolve(self, subject: Subject, k: int) -> tuple[Who, ...]:
        """Return the actors a subject stands for, asking the discourse where it is a pronoun or a bare role."""
        if subject.who:
            return self._in_enclave(subject)
        if subject.noun < 0:
            return ()
        chunk = self.chunks[subject.noun]
        if chunk.kind is Kind.PRONOUN:
            return self._resolve_pronoun(chunk, subject.noun, k)
        return self._resolve_noun(chunk)

    def _in_enclave(self, subject: Subject) -> tuple[Who, ...]:
        """Return who acts, with a people's troops in an enclave taken for the enclave's own."""
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        if noun is None or not noun.force or not self._regions:
            return subject.who
        here = {ref.code for chunk in self.chunks for ref in chunk.refs if ref.mention.kind is MentionKind.REGION}
        for region in here:
            people = ENCLAVES.get(region)
            by_demonym = any(r.code == people and r.mention.kind is MentionKind.DEMONYM for r in noun.refs)
            if by_demonym:
                return tuple(w._replace(code=region) if w.code == people else w for w in subject.who)
        return subject.who

    def _author(self, subject: Subject) -> tuple[Who, ...]:
        """Return whose a paper that speaks is: "a statement by the ministry", "the ministry's statement"."""
        chunks = self.chunks
        noun = subject.noun
        if noun < 0 or chunks[noun].kind is not Kind.NOUN or chunks[noun].name:
            return ()
        owners = [ref.code for ref in chunks[noun].refs if ref.owns]
        if owners:
            return (Who(owners[-1], None, None, chunks[noun].start, chunks[noun].end),)
        if noun + 2 >= len(chunks) or chunks[noun + 2].kind is not Kind.NOUN:
            return ()
        by = chunks[noun + 1]
        if by.kind is not Kind.PREPOSITION or by.words[-1] not in self.pack.author_prepositions:
            return ()
        return self._resolve_noun(chunks[noun + 2])

    def _owner_behind(self, subject: Subject, k: int) -> tuple[Who, ...]:
        """Return whose a bare role is where that stands behind the verb: "the ministry said of French affairs"."""
        chunks = self.chunks
        if subject.noun < 0 or not chunks[subject.noun].bare or k + 2 >= len(chunks):
            return ()
        of, noun = chunks[k + 1], chunks[k + 2]
        if of.kind is not Kind.PREPOSITION or of.words[-1] not in self.pack.possessor_prepositions or not noun.refs:
            return ()
        role = chunks[subject.noun]
        return (Who(noun.refs[0].code, None, role.role, role.start, role.end),)

    def _resolve_pronoun(self, chunk: Chunk, noun: int, k: int) -> tuple[Who, ...]:
        voice = self._voice_at(noun)
        if voice is not None and voice.who:
            return voice.who
        if chunk.flags & g.FIRST_PERSON:
            return ()
        for m in reversed(self.clauses.verbs):
            if m < noun:
                earlier = self.clauses.subject(m)
                if earlier.who and earlier.noun < noun:
                    return tuple(who._replace(indirect=True) for who in earlier.who)
        return self.discourse.meant_by_pronoun(chunk.words[0])

    def _with_pronoun(self, subject: Subject, k: int) -> Subject:
        """Return the subject with a pronoun that is listed before it: "he and the prime minister"."""
        left = subject.left
        if (
            subject.who
            and left > 1
            and self.chunks[left - 1].kind is Kind.AND
            and (self.chunks[left - 2].kind is Kind.PRONOUN)
        ):
            meant = self._resolve_pronoun(self.chunks[left - 2], left - 2, k)
            return subject._replace(who=(*meant, *subject.who), left=left - 2)
        return subject

    def _resolve_noun(self, chunk: Chunk) -> tuple[Who, ...]:
        if chunk.who:
            return chunk.who
        if self._regions and chunk.bare and not self.pack.separatists.isdisjoint(chunk.words):
            enclaves = [region for region in self._regions if region in ENCLAVES]
            if len(enclaves) == 1:
                return (Who(enclaves[0], None, chunk.role, chunk.start, chunk.end),)
        if chunk.crowd:
            text = " ".join(chunk.words)
            return (Who("OTHER", None, text, chunk.start, chunk.end),)
        if chunk.bare and chunk.kind is Kind.NOUN:
            return self.discourse.meant_by_role(chunk) or self._meant_here(chunk)
        return ()

    def _meant_here(self, chunk: Chunk) -> tuple[Who, ...]:
        """Return whom a bare role means where the sentence itself names one actor, and only one."""
        if not chunk.held:
            return ()
        before = {one.code: one for other in self.chunks if other.start < chunk.start for one in other.who}
        if len(before) != 1:
            return ()
        one = next(iter(before.values()))
        return (one._replace(indirect=True, speaker=chunk.name or one.speaker, role=chunk.role),)

    # --- verbs ---

    def _code_verb(self, k: int) -> None:
        verb = self.chunks[k]
        self._prefix, self._only_verbal = "", False
        if not verb.forms:
            return
        if self._is_hypothetical(k):
            return
        subject = self._with_pronoun(self.clauses.subject(k), k)
        effect = Effect.ACT
        if verb.flags & g.INFINITIVE_MARK or (verb.slot & Slot.INFINITIVE and not verb.slot & Slot.FINITE):
            found = self._effect_on(k, subject)
            if found is None:
                return
            effect = found
        elif verb.slot == Slot.GERUND:
            effect = self._gerund_effect(k)
        who = self._resolve(subject, k)
        is_named_so = (
            subject.via == "pronoun" and subject.noun > 0 and (self.chunks[subject.noun - 1].kind is Kind.RELATIVE)
        )
        if subject.via == "relative" or is_named_so:
            self._consume_complement(k)
            self._miss(k, "said in passing")
            return
        if verb.passive and _has_frame(verb, Frame.CONTROL) and not self._targets.agents(k):
            return
        if verb.passive or self._is_bare_passive(k, subject):
            self._code_passive(k, subject)
            return
        voice = self._voice_at(k)
        if _is_obliged(verb):
            if voice is not None:
                self._code_demand(k, voice, subject)
            return
        if verb.slot == Slot.GERUND and subject.via == "direct" and voice is None:
            # "Mr Trump returning to office": named, not told.
            self._consume_complement(k)
            return
        if subject.noun >= 0 and who and voice is None:
            self.discourse.note(who)
        if not who:
            if voice is not None and verb.slot & Slot.INFINITIVE and subject.noun < 0:
                self._code_demand(k, voice, subject)
            if any(rule.frame in _CLOSED for form in verb.forms for rule in form.rules) and not _has_frame(
                verb, Frame.SAY
            ):
                self._consume_complement(k)
            return
        self._code_act(k, subject, who, voice, effect)

    def _is_hypothetical(self, k: int) -> bool:
        verb = self.chunks[k]
        for m in range(k - 1, -1, -1):
            kind = self.chunks[m].kind
            if kind is Kind.CONDITIONAL:
                self._miss(k, "conditional")
                return True
            if kind in {Kind.COMMA, Kind.VERB, Kind.THAT, Kind.QUOTE, Kind.COLON}:
                break
        return False

    def _is_bare_passive(self, k: int, subject: Subject) -> bool:
        """Return whether a participle without "be" is passive: "France accused of bias", "condemned by the US"."""
        verb, chunks = self.chunks[k], self.chunks
        if not verb.slot & Slot.PARTICIPLE or verb.flags & (g.HAVE | g.BE | g.CLITIC) or subject.via == "pronoun":
            return False
        if subject.via == "shared" and chunks[k - 1].kind is not Kind.COMMA:
            return False
        n = k + 1
        if (
            n < len(chunks)
            and chunks[n].kind is Kind.PREPOSITION
            and chunks[n].words[-1] in self.pack.agent_prepositions
        ):
            return True
        start, stop = self.clauses.direct(k, len(chunks))
        if stop > start:
            return False
        while n < len(chunks) and chunks[n].kind in {Kind.ADVERB, Kind.TIME}:
            n += 1
        if n < len(chunks) and chunks[n].kind is Kind.VERB and chunks[n].flags & g.INFINITIVE_MARK:
            return self.clauses.headline and _has_frame(verb, Frame.REQUEST)
        if n < len(chunks) and chunks[n].kind not in _OBJECTLESS:
            return False
        # A verb that wants an object and has none; with a word of its own behind it ("agreed to") it wants none.
        return all(_wants_object(form) for form in verb.forms)

    def _effect_on(self, k: int, subject: Subject) -> Effect | None:
        """Return what the verb that governs this infinitive makes of it; None where it is no act at all."""
        governor = self.clauses.governor(k)
        if governor < 0:
            if subject.via == "headline":
                return Effect.PROMISE if self.clauses.headline else None
            return Effect.ACT
        over = self.chunks[governor]
        if governor in self._consumed or over.negative or over.flags & g.POSSIBLE:
            self._consumed.add(k)
            return None
        for form in over.forms:
            for rule in form.rules:
                if rule.frame is Frame.CONTROL:
                    # "is set to meet" is yet to come.
                    return Effect.PROMISE if over.passive and rule.effect is Effect.ACT else rule.effect
        if not over.forms and over.flags & g.BE:
            return Effect.PROMISE
        if _has_frame(over, Frame.MEET) and self._is_verbal(k):
            # "rang his counterpart to congratulate him"
            self._only_verbal = True
            return Effect.ACT
        return None

    def _gerund_effect(self, k: int) -> Effect:
        """Return what a gerund's governing verb makes of it: "trying", "stopped short of threatening"."""
        j = k - 1
        while j >= 0 and self.chunks[j].kind in {Kind.PREPOSITION, Kind.ADVERB}:
            j -= 1
        if j >= 0 and self.chunks[j].kind is Kind.VERB and (j == k - 1 or self.chunks[k - 1].kind is Kind.PREPOSITION):
            for form in self.chunks[j].forms:
                for rule in form.rules:
                    if rule.frame is Frame.CONTROL:
                        return rule.effect
        return Effect.ACT

    def _control_of(self, k: int) -> str:
        """Return the entry of the verb that governs the infinitive at `k`."""
        governor = self.clauses.governor(k)
        if governor < 0:
            return ""
        rules = (rule for form in self.chunks[governor].forms for rule in form.rules if rule.frame is Frame.CONTROL)
        return next((rule.id for rule in rules), "")

    def _code_act(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None, effect: Effect) -> None:
        verb = self.chunks[k]
        own = voice is None or _same(voice.who, who)
        if effect is Effect.NONE:
            self._miss(k, "not done")
            return
        if subject.via == "infinitive" and (control := self._control_of(k)):
            self._prefix = f"{control}/"
        if effect is Effect.REFUSE:
            self._emit_refusal(k, subject, who, voice)
            return
        if subject.via == "participle" and any(rule.id == "kill" for form in verb.forms for rule in form.rules):
            self._miss(k, "what another act led to")
            return
        if self._leads_on(k):
            return
        if not own and voice is not None and voice.who and not verb.negative and self._is_wrong(k):
            codes = tuple(dict.fromkeys(one.code for one in who))
            self._emit(k, subject, voice.who, _T.ACCUSE, codes, "wrong", Tier.ALERT, voice)
            return
        matched = self._match(k, who, subject)
        if matched is None:
            if effect is Effect.THREATEN and own:
                self._emit(k, subject, who, _T.THREATEN, self._targets.any(k, who), "threatened", Tier.ALERT, voice)
            elif effect is Effect.AGREE and own:
                for one in who:
                    others = (other.code for other in who if other.code != one.code)
                    targets = (*others, *self._targets.partners(k))
                    self._emit(k, subject, (one,), _T.AGREE, targets, "agree", Tier.ALERT, voice)
            elif effect in {Effect.PROMISE, Effect.OFFER} and own:
                self._emit(k, subject, who, _T.ANNOUNCE_ACTION, (), "promise", Tier.DIGEST, voice)
            return
        form, rule = matched
        if self._only_verbal and rule.type not in _VERBAL:
            return
        if rule.negative:
            if own and (verb.flags & (g.FUTURE | g.POSSIBLE | g.DO) or self._tells_ahead(verb)):
                self._emit(
                    k,
                    subject,
                    who if voice is None else voice.who,
                    rule.type or _T.REFUSE,
                    self._targets.of(k, rule, who),
                    rule.id,
                    rule.tier,
                    voice,
                )
            self._consume_complement(k)
            return
        if verb.negative or self._is_negative_subject(subject):
            self._miss(k, "negated")
            self._consume_complement(k)
            return
        if verb.flags & g.POSSIBLE:
            self._miss(k, "only possible")
            self._consume_complement(k)
            return
        if not own and subject.noun >= 0 and self.chunks[subject.noun].crowd and rule.type is _T.PROTEST:
            self._apply(k, subject, who, form, rule, effect, None)
            return
        if not own:
            self._code_reported(k, who, voice, rule)
            return
        speaker = who if voice is None else voice.who
        if verb.flags & g.FUTURE and voice is None:
            effect = Effect.PROMISE if self.clauses.headline else Effect.WANT
        self._apply(k, subject, speaker, form, rule, effect, voice)

    def _leads_on(self, k: int) -> bool:
        """Return whether a verb of control hands over to the infinitive behind it: "refuses to blame"."""
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in {Kind.ADVERB, Kind.TIME}:
            n += 1
        if n >= len(self.chunks) or self.chunks[n].kind is not Kind.VERB:
            return False
        return bool(self.chunks[n].flags & g.INFINITIVE_MARK) and _has_frame(self.chunks[k], Frame.CONTROL)

    def _is_wrong(self, k: int) -> bool:
        words: set[str] | None = None
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if not rule.hostile or rule.frame is not Frame.PLAIN:
                    continue
                if not rule.object:
                    return True
                if words is None:
                    words = self.clauses.object_words(k, self.clauses.extent(k), wide=False)
                if not rule.object.isdisjoint(words):
                    return True
        return False

    def _tells_ahead(self, verb: Chunk) -> bool:
        """Return whether the ending alone tells that the verb is of now or of later: "ne signera pas"."""
        if not self.pack.endings_tell or verb.flags & (g.HAVE | g.BE) or not verb.slot & Slot.FINITE:
            return False
        return not any(form.slots & Slot.PAST for form in verb.forms)

    def _is_negative_subject(self, subject: Subject) -> bool:
        return subject.noun >= 0 and bool(self.chunks[subject.noun].flags & g.NEGATIVE)

    def _match(self, k: int, who: tuple[Who, ...], subject: Subject) -> tuple[Form, Rule] | None:
        """Return the first rule of the verb that its object and subject fit."""
        end = self.clauses.extent(k)
        narrow: set[str] | None = None
        wide: set[str] | None = None
        negative = self.chunks[k].negative
        for form, rule in _in_turn(self.chunks[k].forms, negative=negative):
            if rule.frame in {Frame.SAY, Frame.PLAIN, Frame.CONTROL}:
                continue
            if not self._fits_subject(rule, subject, who):
                continue
            if rule.needs_object and not rule.object and not form.tail and not self._has_object(k, end):
                continue
            if rule.object or rule.without:
                if narrow is None:
                    narrow = self.clauses.object_words(k, end, wide=False) | set(self.chunks[k].words)
                    wide = self.clauses.object_words(k, end, wide=True)
                words = (wide if rule.wide else narrow) or set()
                if (rule.object and rule.object.isdisjoint(words)) or not rule.without.isdisjoint(words):
                    continue
            return form, rule
        return None

    def _has_object(self, k: int, end: int) -> bool:
        start, stop = self.clauses.direct(k, end)
        return stop > start or (stop < end and self.chunks[stop].kind in _OBJECT_CLAUSES)

    def _has_named_object(self, k: int) -> bool:
        """Return whether the object has a name, if one that is not on the list."""
        start, stop = self.clauses.direct(k, self.clauses.extent(k))
        return any(
            self.chunks[m].kind is Kind.NOUN and (self.chunks[m].name or self.chunks[m].refs)
            for m in range(start, stop)
        )

    def _is_throng(self, noun: int) -> bool:
        """Return whether a crowd is one by number alone: "hundreds of women", not "hundreds of protesters"."""
        if not self.chunks[noun].throng:
            return False
        of = noun + 2
        return not (of < len(self.chunks) and self.chunks[of].crowd and not self.chunks[of].throng)

    def _fits_subject(self, rule: Rule, subject: Subject, who: tuple[Who, ...]) -> bool:
        if rule.subject is SubjectKind.CROWD:
            return subject.noun >= 0 and self.chunks[subject.noun].crowd
        if rule.subject is SubjectKind.PROTESTERS:
            return subject.noun >= 0 and self.chunks[subject.noun].crowd and not self._is_throng(subject.noun)
        if subject.noun >= 0 and self.chunks[subject.noun].crowd:
            return rule.frame is Frame.REQUEST or rule.type in {_T.CONDEMN, _T.ACCUSE, _T.REFUSE, _T.RESTRICT_MOVEMENT}
        if rule.subject is SubjectKind.STATE:
            return any(one.code not in COLLECTIVE_ACTORS or not (one.person_kind or one.code == "NGO") for one in who)
        noun = self.chunks[subject.noun] if subject.noun >= 0 else None
        if rule.subject is SubjectKind.FORCE:
            return noun is not None and noun.force
        if rule.subject is SubjectKind.MISSION:
            return noun is not None and not self.pack.missions.isdisjoint(noun.words)
        if rule.subject is SubjectKind.PERSON:
            return not (noun is not None and noun.force) and any(one.speaker or one.role for one in who)
        if noun is not None and noun.force and rule.type in _NOT_BY_TROOPS:
            return False
        return not (noun is not None and noun.court) or rule.type not in _NOT_BY_COURTS

    def _apply(
        self,
        k: int,
        subject: Subject,
        who: tuple[Who, ...],
        form: Form,
        rule: Rule,
        effect: Effect,
        voice: Voice | None,
    ) -> None:
        if effect is Effect.WANT:
            self._miss(k, "not done yet")
            self._consume_complement(k)
            return
        if (
            rule.only_promised
            and effect not in {Effect.PROMISE, Effect.THREATEN}
            and not self.chunks[k].flags & g.FUTURE
        ):
            return
        if rule.frame is Frame.REQUEST:
            self._code_request(k, subject, who, rule, voice)
            self._code_protest(k, subject, who, voice)
            return
        if rule.type is None:
            return
        tier = rule.tier
        kind = rule.type
        if effect is Effect.THREATEN or (effect is Effect.PROMISE and kind in _HOSTILE and subject.via != "headline"):
            kind = _T.THREATEN
        elif effect is Effect.AGREE:
            kind = _T.AGREE
        if kind is _T.CONSULT and (effect is Effect.PROMISE or self.chunks[k].flags & g.FUTURE):
            tier = Tier.DIGEST
        if voice is not None and kind is _T.MILITARY_ACTION:
            is_coming = bool(self.chunks[k].flags & g.FUTURE) and rule.id not in _EXERCISES
            kind, tier = (_T.THREATEN, Tier.ALERT) if is_coming else (_T.ANNOUNCE_ACTION, Tier.DIGEST)
        if rule.frame in {Frame.ACCUSE, Frame.DENY}:
            self._consume_complement(k)
        to_whom = bool(form.tail) and form.tail[-1] in rule.prepositions
        if rule.frame is Frame.MEET and to_whom and len(who) > 1 and not self._targets.of(k, rule, who):
            self._miss(k, "nobody on the list is met")
            return
        if rule.frame is Frame.MEET or ((rule.reciprocal or effect is Effect.AGREE) and len(who) > 1):
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        targets = self._targets.of(k, rule, who)
        if self._has_reciprocal(k) and len(who) > 1:
            self._emit_mutual(k, subject, who, kind, rule, tier, voice)
            return
        if rule.frame is Frame.ACCUSE and rule.needs_target and not targets and self._has_named_object(k):
            self._emit(k, subject, who, kind, (), rule.id, tier, voice)
            return
        if (rule.needs_target or rule.others or kind is _T.CONSULT) and not targets:
            self._miss(k, "no party that it is aimed at")
            return
        self._emit(k, subject, who, kind, targets, rule.id, tier, voice)

    def _code_protest(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None) -> None:
        """Code a crowd's demand as a protest as well."""
        if subject.noun < 0 or not self.chunks[subject.noun].crowd or self._is_throng(subject.noun):
            return
        for form in self.chunks[k].forms:
            for rule in form.rules:
                if rule.type is _T.PROTEST:
                    own = tuple(dict.fromkeys(ref.code for ref in self.chunks[subject.noun].refs))
                    self._emit(k, subject, who, _T.PROTEST, own, rule.id, rule.tier, voice)
                    return

    def _has_reciprocal(self, k: int) -> bool:
        return any(self.chunks[m].kind is Kind.RECIPROCAL for m in range(k + 1, min(k + 4, len(self.chunks))))

    def _emit_mutual(
        self,
        k: int,
        subject: Subject,
        who: tuple[Who, ...],
        kind: ReactionType,
        rule: Rule,
        tier: Tier,
        voice: Voice | None,
    ) -> None:
        partners = self._targets.of(k, rule, who)
        for one in who:
            others = tuple(other.code for other in who if other.code != one.code)
            targets = tuple(dict.fromkeys((*others, *(p for p in partners if p != one.code))))
            if not targets and kind is _T.CONSULT:
                self._miss(k, "nobody met")
                continue
            self._emit(k, subject, (one,), kind, targets, rule.id, tier, voice)

    def _emit_refusal(self, k: int, subject: Subject, who: tuple[Who, ...], voice: Voice | None) -> None:
        if voice is not None and not _same(voice.who, who):
            return
        targets = self._targets.any(k, who)
        self._consume_complement(k)
        self._emit(k, subject, who, _T.REFUSE, targets, "refused", Tier.ALERT, voice)

    def _code_passive(self, k: int, subject: Subject) -> None:
        """Code "condemned by X": the agent acts, the subject is what is acted on."""
        agents = self._targets.agents(k)
        verb = self.chunks[k]
        if not verb.passive and not self.clauses.headline and not self._is_verbal(k):
            # "a truce brokered by X": said in passing of something that is not news.
            self._consume_complement(k)
            self._miss(k, "said in passing")
            return
        own = self._voice_at(k)
        if not agents and own is not None and verb.passive and not verb.flags & (g.HAVE | _MODAL | g.FUTURE):
            if any(rule.type is _T.CONDEMN and not rule.object for form in verb.forms for rule in form.rules):
                self._emit(
                    k, subject, own.who, _T.CONDEMN, self._targets.culprits_of(subject), "condemn", Tier.ALERT, own
                )
                return
        if not agents or verb.negative or verb.flags & _MODAL:
            self._consume_complement(k)
            if agents:
                self._miss(k, "negated" if verb.negative else "only possible")
            return
        if any(self._is_court(one) for one in agents):
            return
        patient = self._targets.patient(subject)
        if _has_frame(verb, Frame.REQUEST) and self._code_passive_request(k, subject, agents, patient):
            return
        voice = self._voice_at(k)
        for form in verb.forms:
            for rule in form.rules:
                if (
                    rule.frame in {Frame.SAY, Frame.PLAIN, Frame.CONTROL, Frame.REQUEST, Frame.MEET}
                    or rule.type is None
                ):
                    continue
                words = set(self.chunks[subject.noun].words) if subject.noun >= 0 else set()
                if rule.object and rule.object.isdisjoint(words):
                    continue
                if rule.subject is SubjectKind.CROWD or rule.only_promised:
                    continue
                self._consume_complement(k)
                if voice is not None and not _same(voice.who, agents):
                    if rule.hostile:
                        self._emit(
                            k, subject, voice.who, _T.ACCUSE, tuple(a.code for a in agents), rule.id, Tier.ALERT, voice
                        )
                    return
                self._emit(k, subject, agents, rule.type, patient, rule.id, rule.tier, voice)
                return

    def _is_court(self, who: Who) -> bool:
        last = who.role.split()[-1].lower() if who.role else ""
        word = self.pack.words.get(last)
        return word is not None and bool(word.flags & g.COURT)

    def _code_passive_request(
        self, k: int, subject: Subject, agents: tuple[Who, ...], patient: tuple[str, ...]
    ) -> bool:
        """Code "X was urged by Y to stop": Y asks it of X."""
        end = self.clauses.extent(k)
        rule = next(rule for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.REQUEST)
        words = [word for m in range(k + 1, end) for word in self.chunks[m].words]
        found = contents_of([*_parts(words, self.pack)], self.pack)
        if not patient or not any(self.chunks[v].flags & g.INFINITIVE_MARK for v in self.clauses.verbs if k < v < end):
            return False
        self._consume_complement(k)
        voice = self._voice_at(k)
        for content in found:
            self._emit(k, subject, agents, content.type, patient, f"{rule.id}/{content.id}", rule.tier, voice)
        return bool(found)

    def _is_verbal(self, k: int) -> bool:
        """Return whether the verb is a reaction in words, told even in passing: "a move welcomed by"."""
        return any(rule.type in _VERBAL for form in self.chunks[k].forms for rule in form.rules)

    def _code_reported(self, k: int, who: tuple[Who, ...], voice: Voice | None, rule: Rule) -> None:
        """Code what somebody says that somebody else did: an accusation, where it is something hostile."""
        if rule.frame in {Frame.ACCUSE, Frame.DENY, Frame.REQUEST}:
            self._consume_complement(k)
        if voice is None or not voice.who or not rule.hostile:
            return
        subject = self.clauses.subject(k)
        self._emit(
            k, subject, voice.who, _T.ACCUSE, tuple(dict.fromkeys(w.code for w in who)), rule.id, Tier.ALERT, voice
        )

    # --- requests and demands ---

    def _code_request(self, k: int, subject: Subject, who: tuple[Who, ...], rule: Rule, voice: Voice | None) -> None:
        request = self._targets.request(k)
        if rule.needs_content and (self._is_own_infinitive(k) or request.is_statement):
            return
        if rule.needs_content and not request.is_infinitive and request.is_clause:
            return
        self._consumed.update(v for v in self.clauses.verbs if k < v < request.end)
        found = contents_of(request.parts, self.pack)
        if not request.addressees and request.pronoun:
            meant = self._meant_before(k, who)
            request = request._replace(addressees=meant)
        own = {one.code for one in who}
        if request.addressees and set(request.addressees) <= own:
            self._miss(k, "asked of its own")
            return
        if rule.needs_content and not request.addressees:
            found = [content for content in found if content.type in _WITHOUT_ADDRESSEE]
            rule = replace(rule, tier=Tier.DIGEST)
        if not found:
            if rule.needs_content or not request.addressees or not request.is_clause:
                self._miss(k, "nothing known is asked for")
                return
            is_body = bool(request.addressees) and set(request.addressees) <= INTERNATIONAL
            kind = _T.APPEAL_INTERVENTION if is_body else _T.DEMAND_COMPLIANCE
            self._emit(k, subject, who, kind, request.addressees, rule.id, Tier.DIGEST, voice)
            return
        for content in found:
            targets = request.addressees or request.others
            if content.type is _T.REQUEST_MEETING:
                targets = request.bodies or targets
            elif content.type is _T.APPEAL_INTERVENTION:
                # "urges support for X" asks nothing of X.
                targets = request.addressees or request.asked
            self._emit(k, subject, who, content.type, targets, f"{rule.id}/{content.id}", rule.tier, voice)

    def _meant_before(self, k: int, who: tuple[Who, ...]) -> tuple[str, ...]:
        """Return whom "it" and "them" after a verb mean: the actor last named before it, if not the subject."""
        own = {one.code for one in who}
        for m in range(k - 1, -1, -1):
            codes = tuple(one.code for one in self.chunks[m].who if one.code not in own)
            if codes:
                return codes
        return ()

    def _is_own_infinitive(self, k: int) -> bool:
        """Return whether what follows is what the subject wants to do itself: "seeks to extend"."""
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in {Kind.ADVERB, Kind.TIME}:
            n += 1
        return n < len(self.chunks) and self.chunks[n].kind is Kind.VERB

    def _code_demand(self, k: int, voice: Voice, subject: Subject) -> None:
        """Code "X must stop" in somebody's words, and a command."""
        if not voice.who or self.chunks[k].negative:
            return
        end = self.clauses.extent(k)
        start = subject.noun if 0 <= subject.noun < k else k
        words = [word for m in range(start, end) for word in self.chunks[m].words]
        self._consumed.update(v for v in self.clauses.verbs if k < v < end)
        exclude = {one.code for one in voice.who}
        targets = tuple(code for code in self._targets.in_range(start, k) if code not in exclude) or tuple(
            code for code in self._targets.in_range(k, end) if code not in exclude
        )
        first = next((v for v in self.clauses.verbs if start <= v < k), k)
        # "is unacceptable and must stop": what the other verb says is no part of the demand.
        subject_words = [word for m in range(start, first) for word in self.chunks[m].words]
        parts = self._demand_parts(start, end) if first == k else self._demand_parts(k, end)
        parts = [[*subject_words, *part] if first < k else part for part in parts] or [words]
        purpose = next(
            (v for v in self.clauses.verbs if k < v < end and self.chunks[v].flags & g.INFINITIVE_MARK), None
        )
        if purpose is not None and first == k and not _is_obliged(self.chunks[purpose]):
            parts = [*self._demand_parts(start, purpose), *self._demand_parts(purpose, end)]
        found = contents_of(parts, self.pack)
        if not found and subject.who and targets and not _same(voice.who, subject.who):
            self._emit(k, subject, voice.who, _T.DEMAND_COMPLIANCE, targets, "must", Tier.DIGEST, voice)
        for content in found:
            if content.type in {_T.APPEAL_INTERVENTION, _T.REQUEST_MEETING}:
                continue
            between = tuple(code for code in self._targets.partners_in(start, end) if code not in exclude)
            aimed = between if content.type is _T.CALL_DIALOGUE and between else targets
            self._emit(k, subject, voice.who, content.type, aimed, content.id, Tier.ALERT, voice)

    def _demand_parts(self, start: int, end: int) -> list[list[str]]:
        """Return the words of a demand, cut where another verb is joined on."""
        parts: list[list[str]] = [[]]
        for m in range(start, end):
            chunk = self.chunks[m]
            if chunk.kind is Kind.AND and m + 1 < end and self.chunks[m + 1].kind is Kind.VERB:
                parts.append([])
            parts[-1].extend(chunk.words)
        return [part for part in parts if part]

    # --- words ---

    def _code_words(self, voice: Voice) -> None:
        """Code telling phrases and wrongful deeds in somebody's words."""
        if not voice.who:
            return
        exclude = {one.code for one in voice.who}
        chunks = self.chunks[voice.start : voice.end]
        if not chunks:
            return
        norms = [word for chunk in chunks for word in chunk.words]
        parties = [code for code in self._targets.in_range(voice.start, voice.end) if code not in exclude]
        partners = [code for code in self._targets.partners_in(voice.start, voice.end) if code not in exclude]
        done: set[ReactionType] = set()
        for position, norm in enumerate(norms):
            for phrase in self.pack.phrases.get(norm, ()):
                if phrase.type in done or tuple(norms[position : position + len(phrase.words)]) != phrase.words:
                    continue
                targets = tuple(parties[:1])
                if phrase.target is TargetFrom.NOBODY:
                    targets = ()
                elif phrase.target is TargetFrom.PARTNER:
                    targets = tuple(partners)
                if phrase.needs_target and not targets:
                    continue
                done.add(phrase.type)
                self._emit_range(voice, phrase.type, targets, phrase.id, phrase.tier, " ".join(phrase.words))
        self._code_only_way(voice, norms, parties)
        self._code_wrongs(voice, exclude)

    def _code_only_way(self, voice: Voice, norms: list[str], parties: list[str]) -> None:
        """Code "the only way to peace is X" as a demand for X."""
        for phrase in self.pack.only_way:
            if phrase[0] not in norms:
                continue
            for position in range(len(norms) - len(phrase) + 1):
                if tuple(norms[position : position + len(phrase)]) != phrase:
                    continue
                rest = self._behind_copula(norms[position + len(phrase) :])
                enclaves = [region for region in self._regions if region in ENCLAVES]
                for part in _parts(rest, self.pack):
                    of_enclave = len(enclaves) == 1 and not self.pack.separatists.isdisjoint(part)
                    targets = tuple(enclaves) if of_enclave else tuple(parties[:1])
                    for content in contents_of([part], self.pack):
                        self._emit_range(voice, content.type, targets, content.id, Tier.ALERT, " ".join(phrase))
                return

    def _behind_copula(self, norms: list[str]) -> list[str]:
        """Return what is said to be: the words after "is"."""
        for position, norm in enumerate(norms):
            word = self.pack.words.get(norm)
            if word is not None and word.flags & g.BE:
                return norms[position + 1 :]
        return norms

    def _code_wrongs(self, voice: Voice, exclude: set[str]) -> None:
        for m in range(voice.start, voice.end):
            chunk = self.chunks[m]
            if chunk.kind is not Kind.NOUN or self.pack.wrong.isdisjoint(chunk.words[-3:]):
                continue
            if any(d.rule == "wrong-noun" or d.type is _T.ACCUSE for d in self.drafts if d.who.code in exclude):
                return
            codes = self._targets.doers(m, voice.end)
            codes = tuple(code for code in codes if code not in exclude)
            if codes:
                self._emit_range(voice, _T.ACCUSE, codes, "wrong-noun", Tier.DIGEST, chunk.words[-1])
                return

    def _add_plain_statements(self) -> None:
        """Add a report for every speaker whose words were nothing more."""
        for voice in self._voices:
            if voice.verb < 0 and voice.start == 0 and voice.end == len(self.chunks):
                continue
            for one in voice.who:
                if any(draft.who.code == one.code for draft in self.drafts):
                    continue
                self._emit_range(voice._replace(who=(one,)), _T.REPORT, (), "say", Tier.DIGEST, "")

    def _add_noun_statements(self) -> None:
        """Add a report for what is announced or confirmed in a noun: "announced the death of"."""
        for k, subject, who in self._said:
            if k in self._consumed or self.chunks[k].negative:
                continue
            for one in who:
                if not any(draft.who.code == one.code for draft in self.drafts):
                    self._emit(k, subject, (one,), _T.REPORT, (), "say", Tier.DIGEST, None)

    # --- emitting ---

    def _consume_complement(self, k: int) -> None:
        end = self.clauses.extent(k)
        self._consumed.update(v for v in self.clauses.verbs if k < v < end)

    def _emit(
        self,
        k: int,
        subject: Subject,
        who: tuple[Who, ...],
        kind: ReactionType,
        targets: tuple[str, ...],
        rule: str,
        tier: Tier,
        voice: Voice | None,
    ) -> None:
        if self._is_aside(k) or not self.pack.pluperfect.isdisjoint(self.chunks[k].words):
            tier = Tier.DIGEST
        if not targets and kind not in _NEVER_DOMESTIC and self._is_home:
            self._miss(k, "politics at home")
            return
        end = self.clauses.extent(k)
        first = self.chunks[k].start
        if 0 <= subject.left < k and self.chunks[subject.left].start >= 0:
            first = self.chunks[subject.left].start
        last = max(self.chunks[k].end, *(self.chunks[m].end for m in range(k, end)))
        cue = " ".join(self.chunks[k].words)
        why = _TIER_REASONS.get(tier, "")
        if self._is_aside(k):
            why = "it only says when another thing happened"
        for one in who:
            self._add_draft(one, kind, targets, (first, last), cue, self._prefix + rule, tier, why)
            self.drafts[-1].cue_at = (self.chunks[k].start, self.chunks[k].end)
            self.drafts[-1].background = self._is_dated_by(k)
            self.drafts[-1].blameless = not self.pack.blameless.isdisjoint(
                word for m in range(k, end) for word in self.chunks[m].words
            )

    def _emit_range(
        self, voice: Voice, kind: ReactionType, targets: tuple[str, ...], rule: str, tier: Tier, cue: str
    ) -> None:
        inside = [chunk for chunk in self.chunks[voice.start : voice.end] if chunk.start >= 0]
        while inside and inside[0].kind in {Kind.COMMA, Kind.COLON, Kind.DASH, Kind.OTHER}:
            inside.pop(0)
        if not inside:
            return
        first, last = min(chunk.start for chunk in inside), max(chunk.end for chunk in inside)
        for one in voice.who:
            self._add_draft(one, kind, targets, (first, last), cue, rule, tier, "it is in the actor's words")

    def _add_draft(
        self,
        who: Who,
        kind: ReactionType,
        targets: tuple[str, ...],
        evidence: tuple[int, int],
        cue: str,
        rule: str,
        tier: Tier,
        why: str,
    ) -> None:
        if who.indirect:
            tier, why = Tier.DIGEST, "whom it means is told by another sentence"
        first, last = evidence
        cleaned = tuple(code for code in dict.fromkeys(targets) if code != who.code)
        self.drafts.append(
            Draft(
                who=who,
                type=kind,
                targets=cleaned,
                start=first,
                end=last,
                cue=cue,
                rule=rule,
                tier=tier,
                confidence=0.9 if tier is Tier.ALERT else 0.6,
                part=self.part,
                cue_at=(first, last),
                why=why,
            )
        )

    def _is_dated_by(self, k: int) -> bool:
        """Return whether the clause dates the news by an older act: "a week after X did Y"."""
        for m in range(k - 1, 0, -1):
            if self.chunks[m].kind is Kind.SUBORDINATOR:
                aside = self._is_aside(k)
                return aside == "past" or (bool(aside) and self.chunks[m - 1].kind is Kind.TIME)
            if self.chunks[m].kind in {Kind.COMMA, Kind.VERB, Kind.COLON}:
                return False
        return False

    def _is_aside(self, k: int) -> str:
        """Return whether the clause only says when another thing happened: "recent" for after, "past" for since."""
        for m in range(k - 1, -1, -1):
            chunk = self.chunks[m]
            if chunk.kind is Kind.SUBORDINATOR:
                return self.pack.aside_words.get(chunk.words[0], "")
            if chunk.kind in {Kind.COMMA, Kind.VERB, Kind.COLON}:
                return ""
        return ""

    def _miss(self, k: int, reason: str) -> None:
        chunk = self.chunks[k]
        self.misses.append(NearMiss(cue=" ".join(chunk.words), start=chunk.start, end=chunk.end, reason=reason))


def _has_frame(chunk: Chunk, frame: Frame) -> bool:
    return any(rule.frame is frame for form in chunk.forms for rule in form.rules)


def _in_turn(forms: Sequence[Form], *, negative: bool) -> list[tuple[Form, Rule]]:
    """Return the readings of a verb in the order they are tried: of a negated one, what negation means first."""
    readings = [(form, rule) for form in forms for rule in form.rules]
    if not negative:
        return [reading for reading in readings if not reading[1].negative]
    return sorted(readings, key=lambda reading: not reading[1].negative)


def _wants_object(form: Form) -> bool:
    if any(rule.frame is Frame.SAY and not rule.needs_object for rule in form.rules):
        return False
    rules = [rule for rule in form.rules if rule.frame in _TRANSITIVE]
    return (
        bool(rules)
        and not form.tail
        and not any(rule.reciprocal or rule.target is TargetFrom.NOBODY for rule in rules)
        and not any(rule.frame is Frame.MEET or rule.subject is SubjectKind.CROWD for rule in form.rules)
    )


def _is_obliged(verb: Chunk) -> bool:
    """Return whether the verb says what must be: "must stop", "has to stop"."""
    return bool(verb.flags & g.OBLIGED or (verb.flags & g.HAVE and verb.flags & g.INFINITIVE_MARK))


def _coded(chunk: Chunk) -> bool:
    return any(rule.type is not None or rule.frame is Frame.REQUEST for form in chunk.forms for rule in form.rules)


def _same(speakers: tuple[Who, ...], others: tuple[Who, ...]) -> bool:
    return bool(others) and {one.code for one in others} <= {one.code for one in speakers}


def _parts(words: Sequence[str], pack: Pack) -> Iterable[list[str]]:
    part: list[str] = []
    for word in words:
        known = pack.words.get(word)
        if known is not None and known.flags & g.CONJUNCTION and part:
            yield part
            part = []
        part.append(word)
    if part:
        yield part
