"""A stretch of text while it is coded: its chunks, its voices, and how a draft is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.addressing import Addressing
from bot.analysis.bodies import BODIES
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.clauses import Clauses
from bot.analysis.discourse import Discourse
from bot.analysis.drafts import Draft, NearMiss
from bot.analysis.lexemes import MAY_BE_BLAMELESS, MAY_BE_HOME
from bot.analysis.pack import Pack, Slot
from bot.analysis.subjects import Subject
from bot.analysis.text import Token
from bot.analysis.verb_senses import SAYS, is_past
from bot.domain.reactions import ReactionType, Tier

# Sets of kinds that are asked for again and again: written in place, each would be made anew each time.
_CLAUSE_ENDS: Final = frozenset({Kind.COLON, Kind.COMMA, Kind.VERB})

# What may be, and what must be, is not done.
MODAL: Final = g.POSSIBLE | g.OBLIGED
_NEVER_DOMESTIC: Final = frozenset({t.MILITARY_ACTION, t.CALL_CEASEFIRE, t.REPORT, t.ANNOUNCE_ACTION})
# Those who have no home; a union of states has regulators, and quarrels of its own.
_OF_THE_WORLD: Final = BODIES - {"EU"}
# What a parliament may ask of its own government.
_OF_OWN: Final = frozenset({t.APPEAL_INTERVENTION, t.DEMAND_POLITICAL_CHANGE})
# What takes up a clause stands behind one of these, with one of the others before its own subject.
PARTS: Final = frozenset({Kind.COMMA, Kind.DASH})
OPENS_RELATIVE: Final = frozenset({Kind.RELATIVE, Kind.THAT})
_DENOUNCED: Final = frozenset({t.CONDEMN, t.ACCUSE})
# What is judged by these may have been told before.
_TOLD: Final = frozenset({Kind.COMMA, Kind.RELATIVE, Kind.THAT})
_REFERRING: Final = frozenset({t.CONDEMN, t.EXPRESS_CONCERN, t.WELCOME})
_DONE: Final = frozenset(
    {t.PROVIDE_AID, t.SANCTION, t.AGREE, t.CONSULT, t.MILITARY_ACTION, t.INVESTIGATE, t.DEESCALATE}
)
VERBAL: Final = frozenset({t.CONDEMN, t.WELCOME, t.DENY})
# What one meets or rings somebody for is done with it.
AT_ONCE: Final = VERBAL | {t.EXPRESS_SUPPORT, t.EXPRESS_CONCERN}
_VOICE_REASONS: Final = {Tier.ALERT: "the actor says it", Tier.DIGEST: "the actor says it, with a weak cue"}
_TIER_REASONS: Final = {Tier.ALERT: "the construction says it directly", Tier.DIGEST: "the cue is weak"}
_CONFIDENCE: Final = {Tier.ALERT: 0.9, Tier.DIGEST: 0.6}


@dataclass(slots=True)
class Voice:
    """Whose words a range of chunks is in, and whom they are said to, where that is told: "Baku to Paris: …"."""

    who: tuple[Who, ...]
    start: int
    end: int
    verb: int
    told: tuple[str, ...] = ()


class Stretch:
    """One stretch of running text as it is coded, and the drafts it has given so far.

    `speaker` is whose words all of it is, for quotations; `pair` are the two who face each other in the item's matter,
    where it names no others that do; `first_pair` are the first two that it names, `sides` all who face somebody in it.
    """

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
        pair: tuple[str, ...] = (),
        sides: frozenset[str] = frozenset(),
        first_pair: tuple[str, ...] = (),
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
        self._targets = Addressing(clauses, pack, regions, pair, first_pair)
        self._regions = regions
        self._sides = sides
        self._consumed: set[int] = set()
        self._untold: set[int] = set()
        self._voices: list[Voice] = []
        self._only_verbal = False
        self._said: list[tuple[int, Subject, tuple[Who, ...]]] = []
        self._prefix = ""
        if speaker is not None:
            self._voices.append(Voice(speaker, 0, len(self.chunks), -1))

    def _is_home(self, who: tuple[Who, ...], kind: ReactionType) -> bool:
        """Return whether words of politics at home stand here; those who sit for all states have none."""
        if not self.clauses.may & MAY_BE_HOME:
            return False
        abroad = BODIES if kind is t.WARN else _OF_THE_WORLD
        if all(one.code in abroad for one in who):
            return False
        return any(not self.pack.home.isdisjoint(chunk.words) for chunk in self.chunks)

    def _consume_complement(self, k: int) -> None:
        end = self.clauses.extent(k)
        # "denied and condemned X's claims": the next verb is a deed of its own.
        first = k + 3 if self.clauses.shares_object(k) else k + 1
        self._consumed.update(self.clauses.verbs_in(first, end))

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
        # "had a call with X" has no other verb behind it.
        is_past_perfect = not self.pack.pluperfect.isdisjoint(self.chunks[k].words[:-1]) or self._goes_on_past(
            k, subject
        )
        if self._is_aside(k) or is_past_perfect:
            tier = Tier.DIGEST
        if not targets and kind not in _NEVER_DOMESTIC and self._is_home(who, kind):
            self._miss(k, "politics at home")
            return
        end = self.clauses.extent(k)
        if not targets and kind in _REFERRING and self.pack.adjectives_first:
            doers = self._doer_told(k, end, subject) or self._doers_taken_up(subject)
            targets = tuple(code for code in doers if code not in {one.code for one in who})
        first = self.chunks[k].start
        if 0 <= subject.left < k and self.chunks[subject.left].start >= 0:
            first = self.chunks[subject.left].start
        last = max([chunk.end for chunk in self.chunks[k : max(end, k + 1)]])
        cue = " ".join(self.chunks[k].words)
        why = _TIER_REASONS[tier] if voice is None else _VOICE_REASONS[tier]
        if self._is_aside(k):
            why = "it only says when another thing happened"
        for one in who:
            self._add_draft(one, kind, targets, (first, last), cue, self._prefix + rule, tier, why)
            self.drafts[-1].cue_at = (self.chunks[k].start, self.chunks[k].end)
            self.drafts[-1].background = (
                self._is_dated_by(k)
                or (is_past_perfect and voice is None)
                or (voice is None and self._is_habit(k))
                or (kind in _DONE and self._is_reminder(voice))
            )
            if not targets and kind is t.REFUSE:
                # "rejected calls to resign"
                told = (m for m in range(k + 1, end) if self.chunks[m].kind in _TOLD)
                asked = self.chunks[k + 1 : next(told, end)]
                self.drafts[-1].blameless = any(not self.pack.governments.isdisjoint(c.words) for c in asked)
            if not targets and (kind in _REFERRING or (kind is t.AGREE and self.chunks[k].senses & SAYS)):
                self.drafts[-1].refers = self._refers(k, end, subject, kind)
            if not targets and kind is t.EXPRESS_SUPPORT:
                # "backs the case against X": no support for X.
                self.drafts[-1].blameless = bool(self._targets.victims_in(k + 1, end))
            if self.clauses.may & MAY_BE_BLAMELESS and not self.drafts[-1].blameless:
                of_nobody = self.pack.common_aims if kind is t.EXPRESS_SUPPORT else self.pack.blameless
                self.drafts[-1].blameless = not of_nobody.isdisjoint(self._denounced(k, end, kind))

    def _goes_on_past(self, k: int, subject: Subject) -> bool:
        """Return whether a verb goes on with what had been done before: "had accused X and wanted Y to"."""
        if subject.via != "shared" or not self.chunks[k].slot & Slot.PARTICIPLE or self.pack.cased:
            return False
        before = next((v for v in reversed(self.clauses.verbs) if v < k and self.chunks[v].slot & Slot.FINITE), -1)
        if (
            before < 0
            or self.clauses.subject(before).noun != subject.noun
            or Kind.AND not in self.clauses.kinds[before:k]
        ):
            return False
        return Kind.COMMA not in self.clauses.kinds[before:k] and not self.pack.pluperfect.isdisjoint(
            self.chunks[before].words[:-1]
        )

    def _doer_told(self, k: int, end: int, subject: Subject) -> tuple[str, ...]:
        """Return whose the deed is that is judged, where that was told before: "X's raid … condemned the raid"."""
        start, stop = self.clauses.direct(k, end)
        m = subject.noun if self.chunks[k].passive else start if stop - start == 1 else -1
        chunk = self.chunks[m] if m >= 0 else self.chunks[k]
        if chunk.kind != Kind.NOUN or chunk.refs or chunk.who or chunk.words[0] not in self.pack.definites:
            return ()
        return self.discourse.doer_of(chunk.words[-1])

    def _taken_up(self, subject: Subject) -> int:
        """Return where a clause takes up what was told: ", a move (that) X", "in a step X", ", which X"; else -1."""
        chunks, m = self.chunks, subject.left
        if m > 1 and chunks[m - 1].kind in OPENS_RELATIVE:
            m -= 1
            if chunks[m].kind == Kind.RELATIVE and chunks[m - 1].kind in PARTS:
                return m
            m -= 1
        if m < 1 or chunks[m].kind != Kind.NOUN or chunks[m].who or self.pack.remarks.isdisjoint(chunks[m].words[-1:]):
            return -1
        before = chunks[m - 1]
        is_apart = before.kind in PARTS
        is_inside = before.kind == Kind.PREPOSITION and not self.pack.place_prepositions.isdisjoint(before.words[-1:])
        return m if is_apart or is_inside else -1

    def _doers_taken_up(self, subject: Subject) -> tuple[str, ...]:
        """Return who did what a clause takes up by its subject, or before it."""
        m = self._taken_up(subject)
        if m < 0:
            return ()
        told = [draft for draft in self.drafts if draft.start < self.chunks[m].start]
        if told:
            last = told[-1]
            if last.type is t.ACCUSE:
                return last.targets
            return tuple(d.who.code for d in told if d.cue_at == last.cue_at)
        main = next((v for v in self.clauses.verbs if v < m and self.chunks[v].slot & Slot.FINITE), -1)
        return tuple(one.code for one in self.clauses.subject(main).who) if main >= 0 else ()

    def _refers(self, k: int, end: int, subject: Subject, kind: ReactionType) -> bool:
        """Return whether what is judged was told before: "condemned the move", "the decision was condemned"."""
        start, stop = self.clauses.direct(k, end)
        m = subject.noun if self.chunks[k].passive else start if stop - start == 1 else -1
        if kind is t.EXPRESS_CONCERN and stop + 1 < end and self.chunks[stop].kind == Kind.PREPOSITION:
            # "voiced concern over the pact", "is worried by the move"
            m = stop + 1
        if m < 0:
            return False
        chunk = self.chunks[m]
        if chunk.kind != Kind.NOUN or chunk.refs or chunk.who or chunk.words[0] not in self.pack.definites:
            return False
        if kind is t.CONDEMN and not self.pack.atrocities.isdisjoint(chunk.words[-1:]):
            # "denounced the strike": of whoever struck, and of nobody who spoke of it.
            return False
        known = (self.pack.decisions, self.pack.papers, self.pack.gatherings, self.pack.conduct, self.pack.deals)
        return any(not words.isdisjoint(chunk.words[-1:]) for words in known)

    def _denounced(self, k: int, end: int, kind: ReactionType) -> set[str]:
        """Return the words among which what is nobody's deed is looked for: of what is denounced, or of all that is told."""
        if kind in _DENOUNCED and not self.pack.cased:
            patient = next((m for m in range(k - 1, -1, -1) if self.chunks[m].kind == Kind.NOUN), k)
            by = self.chunks[k + 1].words if k + 1 < len(self.chunks) else ()
            if self.chunks[k].passive or not self.pack.agent_prepositions.isdisjoint(by):
                # "the latest violence, condemned by X"
                return set(self.chunks[patient].words)
            named = self.clauses.object_words(k, end, wide=False)
            if named:
                return named
        return {word for m in range(k, end) for word in self.chunks[m].words}

    def _is_reminder(self, voice: Voice | None) -> bool:
        """Return whether what is said is known already: "a rappelé que la France fournissait"."""
        return voice is not None and voice.verb >= 0 and self.chunks[voice.verb].lemma in self.pack.reminders

    def _emit_range(
        self, voice: Voice, kind: ReactionType, targets: tuple[str, ...], rule: str, tier: Tier, cue: str
    ) -> None:
        if not targets and kind not in _NEVER_DOMESTIC and self._is_home(voice.who, kind):
            return
        inside = [chunk for chunk in self.chunks[voice.start : voice.end] if chunk.start >= 0]
        while inside and inside[0].kind in {Kind.COMMA, Kind.COLON, Kind.DASH, Kind.OTHER}:
            inside.pop(0)
        if not inside:
            return
        first, last = min([chunk.start for chunk in inside]), max([chunk.end for chunk in inside])
        words = {word for chunk in inside for word in chunk.words} if self.clauses.may & MAY_BE_BLAMELESS else set()
        for one in voice.who:
            self._add_draft(one, kind, targets, (first, last), cue, rule, tier, "it is in the actor's words")
            self.drafts[-1].blameless = kind in _DENOUNCED and not self.pack.blameless.isdisjoint(words)

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
        # One organ of a body may ask another to act.
        asks_itself = (kind is t.APPEAL_INTERVENTION and who.code in BODIES) or (
            kind in _OF_OWN and targets == (who.code,)
        )
        cleaned = tuple(code for code in dict.fromkeys(targets) if code != who.code or asks_itself)
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
                confidence=_CONFIDENCE[tier],
                part=self.part,
                cue_at=(first, last),
                why=why,
            )
        )

    def _is_dated_by(self, k: int) -> bool:
        """Return whether the clause dates the news by an older act: "a week after X did Y"."""
        if self.chunks[k].flags & g.INFINITIVE_MARK and (governor := self.clauses.governor(k)) >= 0:
            # "a day after X began to do Y"
            k = governor
        for m in range(k - 1, 0, -1):
            if self.chunks[m].kind == Kind.SUBORDINATOR:
                aside = self._is_aside(k)
                return aside == "past" or (bool(aside) and self.chunks[m - 1].kind == Kind.TIME)
            if self.chunks[m].kind in _CLAUSE_ENDS:
                return False
        return False

    def _is_habit(self, k: int) -> bool:
        """Return whether the verb tells what somebody does all the time: "has long accused", "often accuses"."""
        verb = self.chunks[k]
        if self.pack.habitual.isdisjoint(verb.words):
            return False
        return bool(verb.flags & g.HAVE) or not is_past(verb)

    def _is_aside(self, k: int) -> str:
        """Return whether the clause only says when another thing happened: "recent" for after, "past" for since."""
        for m in range(k - 1, -1, -1):
            chunk = self.chunks[m]
            if chunk.kind == Kind.SUBORDINATOR:
                return self.pack.aside_words.get(chunk.words[0], "")
            if chunk.kind in _CLAUSE_ENDS:
                return ""
        return ""

    def _miss(self, k: int, reason: str) -> None:
        chunk = self.chunks[k]
        self.misses.append(NearMiss(cue=" ".join(chunk.words), start=chunk.start, end=chunk.end, reason=reason))

    def _voice_at(self, k: int) -> Voice | None:
        """Return the innermost voice that the verb at `k` belongs to."""
        if not self._voices:
            return None
        best: Voice | None = None
        for voice in self._voices:
            if (
                voice.start <= k < voice.end
                and voice.verb != k
                and (best is None or voice.end - voice.start < best.end - best.start)
            ):
                best = voice
        return best


def is_obliged(verb: Chunk) -> bool:
    """Return whether the verb says what must be: "must stop", "has to stop"."""
    return bool(verb.flags & g.OBLIGED)


def same(speakers: tuple[Who, ...], others: tuple[Who, ...]) -> bool:
    """Return whether those who act are those who speak."""
    return bool(others) and {one.code for one in others} <= {one.code for one in speakers}


def parts(words: Sequence[str], pack: Pack) -> Iterable[list[str]]:
    """Yield the words in parts, a new one from each conjunction on."""
    part: list[str] = []
    for word in words:
        known = pack.words.get(word)
        if known is not None and known.flags & g.CONJUNCTION and part:
            yield part
            part = []
        part.append(word)
    if part:
        yield part
