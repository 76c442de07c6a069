"""Telling phrases: what somebody's words say whatever verb they stand with, "is unacceptable", "out of the question"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.asking import WITHOUT_ADDRESSEE
from bot.analysis.bodies import ENCLAVES
from bot.analysis.chunks import Chunk, Kind
from bot.analysis.entries import Phrase
from bot.analysis.frames import TargetFrom
from bot.analysis.phrase_places import PhrasePlaces
from bot.analysis.requests import contents_of
from bot.analysis.stretch import Voice, is_obliged, parts
from bot.domain.reactions import ReactionType, Tier

# How many words may stand between "violation" and what is violated: "of the people's right to".
_NEAR: Final = 5
_FAR: Final = 8
# Within so many words before a deed stands the claim that is of it: "claims of genocide" needs two.
_OF: Final = 2
# Within so many words before a wrong stands the danger that it is, and before what is threatened the threat.
_NEARBY: Final = 4
_FARTHER: Final = 16
# What words of these say, they no longer say behind "not".
_LOST_IF_NEGATED: Final = frozenset(
    {t.AGREE, t.EXPRESS_SUPPORT, t.WELCOME, t.PROVIDE_AID, t.EXPRESS_CONCERN, t.CONDEMN}
)
# What words of these tell may be said not to be: "no danger of war".
_NOT_IF_NONE: Final = frozenset({t.ACCUSE, t.CONDEMN, t.WARN})
# Phrases that tell what somebody's deed or claim is like.
_OF_DEEDS: Final = frozenset({t.EXPRESS_CONCERN, t.DENY})
# What is meant for all who are named together.
_OF_EVERYONE: Final = frozenset({t.EXPRESS_SUPPORT, t.WELCOME})


class Spoken(NamedTuple):
    """A voice's words, and whom they name: `culprits` may be to blame, `own` are whose words they are.

    Words that tell what somebody is warned of, accused of or asked for are left empty in `norms`.
    """

    voice: Voice
    norms: list[str]
    own: set[str]
    parties: list[str]
    culprits: list[str]
    partners: list[str]
    is_mutual: bool


class Phrases(PhrasePlaces):
    """Codes telling phrases in somebody's words."""

    def _holds_phrase(self, norms: tuple[str, ...]) -> bool:
        """Return whether a telling phrase is among the words, whatever it may mean there."""
        phrases, present = self.pack.phrases, frozenset(norms)
        told = [phrase.words for first in present.intersection(phrases) for phrase in phrases[first]]
        return any(_stands_in(words, norms) for words in filter(present.issuperset, [*told, *self.pack.only_way]))

    def _code_phrases(self, voice: Voice, chunks: Sequence[Chunk]) -> None:
        """Code telling phrases in somebody's words."""
        spoken = self._spoken(voice, chunks)
        done: set[ReactionType] = set()
        for position, norm in enumerate(spoken.norms):
            for phrase in self.pack.phrases.get(norm, ()):
                kind, length = phrase.type, len(phrase.words)
                if kind in done or tuple(spoken.norms[position : position + length]) != phrase.words:
                    continue
                if kind is t.WARN and t.ACCUSE in done:
                    # "has crossed a red line": no line that is yet to be crossed.
                    continue
                if self._says_another_thing(phrase, spoken, position):
                    continue
                targets = self._aims_of(phrase, spoken, position)
                if not targets and (phrase.needs_target or (kind is t.EXPRESS_SUPPORT and self._names_itself(voice))):
                    # "runs counter to our own territorial integrity"
                    continue
                done.add(kind)
                if kind is t.AGREE and any(chunk.kind == Kind.CONDITIONAL for chunk in chunks):
                    # "we are ready to sign if X withdraws"
                    kind, targets = t.SET_CONDITIONS, targets or tuple(spoken.parties[:1])
                self._emit_range(voice, kind, targets, phrase.id, phrase.tier, " ".join(phrase.words))
        self._code_only_way(voice, spoken.norms, spoken.parties)

    def _spoken(self, voice: Voice, chunks: Sequence[Chunk]) -> Spoken:
        """Return a voice's words, with whom they name."""
        own = {one.code for one in voice.who}
        closed = self._closed_within(voice)
        parties = [code for code in self._targets.in_range(voice.start, voice.end) if code not in own]
        victims = self._targets.victims_in(voice.start, voice.end)
        at_fault = self._targets.at_fault(voice.start, voice.end)
        return Spoken(
            voice,
            ["" if voice.start + m in closed else word for m, chunk in enumerate(chunks) for word in chunk.words],
            own,
            parties,
            [code for code in parties if code not in victims and code in at_fault],
            [code for code in self._targets.partners_in(voice.start, voice.end) if code not in own],
            any(chunk.kind == Kind.RECIPROCAL for chunk in chunks),
        )

    def _says_another_thing(self, phrase: Phrase, spoken: Spoken, position: int) -> bool:
        """Return whether a phrase says something else where it stands than by itself."""
        voice, norms, kind = spoken.voice, spoken.norms, phrase.type
        if kind in _LOST_IF_NEGATED and self._is_negated(norms, position):
            # "is not ready for talks"
            return True
        if kind in _NOT_IF_NONE and self._is_said_not_to_be(voice, position, phrase.words):
            return True
        if kind is t.AGREE:
            return self._is_no_news_at(voice, position)
        if kind is t.WELCOME:
            return self._is_let_slip(voice, position)
        if kind is t.THREATEN:
            # "an adequate response from the world": another's.
            behind = norms[position + len(phrase.words) :][:1]
            return not self.pack.author_prepositions.isdisjoint(behind)
        if kind is t.CONDEMN:
            # "an attack would be unacceptable", "the world must condemn it": none that was made is blamed, others are to.
            return self._is_only_to_come(voice, position) or self._is_asked_of_others(voice, position)
        if kind is t.EXPRESS_SUPPORT:
            ends_with = not self.pack.cased and phrase.words[-1] in self.pack.partner_prepositions
            if ends_with and self._stands_with_another(voice, position):
                return True
            return spoken.is_mutual or self._is_no_support(voice, norms, position)
        if kind is t.ACCUSE:
            return self._is_no_reproach(voice, norms, position)
        if kind is t.WARN:
            return self._is_no_warning(voice, position)
        return kind is t.REFUSE and self._is_no_refusal(voice, norms, position)

    def _is_no_support(self, voice: Voice, norms: Sequence[str], position: int) -> bool:
        """Return whether a value is hurt, is one's own, or is upheld by others."""
        # "their minister expressed solidarity with X", says Y
        is_of_another = self._is_told_of_another(voice, position)
        # "the pact is against Armenia's territorial integrity", says Armenia
        is_own = is_of_another or self._is_own_at(voice, position)
        if not self.pack.cased and not self.pack.principles.isdisjoint(norms[max(0, position - _FAR) : position]):
            # "based on respect for the principles of sovereignty and territorial integrity"
            return True
        # "any threat from the north, south, east or west to the territorial integrity of"
        threatened = not self.pack.cased and not self.pack.risks.isdisjoint(
            norms[max(0, position - _FARTHER) : position]
        )
        # "any violation of Armenia's territorial integrity"
        return is_own or threatened or self._is_hurt(norms[max(0, position - _NEAR) : position])

    def _is_no_reproach(self, voice: Voice, norms: Sequence[str], position: int) -> bool:
        """Return whether a wrong is only claimed, stood up to, or already told as denounced."""
        before = norms[max(0, position - _NEARBY) : position]
        if not self.pack.cased and not self.pack.risks.isdisjoint(before):
            # "the risk of renewed aggression"
            return True
        if not self.pack.rumours.isdisjoint(norms[max(0, position - _OF) : position]):
            # "X's claims of ethnic cleansing": it is the claim that is X's, and not the deed.
            return True
        is_told = self._has_said(voice, t.CONDEMN) or self._has_demanded(voice)
        return is_told or self._is_countered(voice, position)

    def _is_no_warning(self, voice: Voice, position: int) -> bool:
        """Return whether a danger is the outlet's remark, others' fear, or what a verb has called a deed."""
        # "will close the road, a move that could lead to war": what the outlet makes of it.
        is_of_outlet = self._is_remark(voice, position) or self._is_fear_of_others(voice, position)
        # "considers it a provocation aimed at a catastrophe": the verb has told what it is.
        return is_of_outlet or self._is_judged(voice)

    def _is_no_refusal(self, voice: Voice, norms: Sequence[str], position: int) -> bool:
        """Return whether what is not to be has another reason, or is another's, or is denied."""
        if not self.pack.leftovers.isdisjoint(norms[position : position + _FAR]) or self._sets_terms(norms):
            # "there will be no peace without": on what terms there will be.
            return True
        # "X will not attend, said Y": he only tells it; "we do not accept such accusations"
        return self._is_of_another(voice, position) or self._has_said(voice, t.DENY)

    def _aims_of(self, phrase: Phrase, spoken: Spoken, position: int) -> tuple[str, ...]:
        """Return at whom a phrase is aimed."""
        voice, parties, culprits = spoken.voice, spoken.parties, spoken.culprits
        if phrase.type is t.WARN and (told := self._told_by(voice)):
            # "tells X that Y is a red line": X is warned of it.
            return told
        if phrase.target is TargetFrom.PARTNER:
            return tuple(spoken.partners)
        if phrase.target is TargetFrom.NOBODY:
            if phrase.type not in _OF_DEEDS or self.pack.cased:
                return ()
            # "X's interference is very worrying", "X's claims are unfounded"
            return tuple(code for code in self._targets.worrying(voice.start, voice.end) if code not in spoken.own)
        if phrase.type is t.WARN and not self.pack.cased:
            # "fighting between X and Y could go on": neither of them is warned.
            mutual = self._targets.mutual_in(voice.start, voice.end)
            culprits = [code for code in culprits if code not in mutual]
            parties = [code for code in parties if code not in mutual]
        reason = next((m for m in range(voice.start, voice.end) if self._targets.tells_why(m)), voice.end)
        if phrase.type is t.REFUSE and reason < voice.end:
            parties = [code for code in self._targets.in_range(voice.start, reason) if code in parties]
            culprits = [code for code in culprits if code in parties]
        is_blamed = phrase.target is TargetFrom.CULPRIT or (phrase.type is t.WARN and bool(culprits))
        targets = tuple((culprits if is_blamed else parties)[:1])
        if phrase.type is t.CONDEMN and not targets and not self.pack.polls.isdisjoint(spoken.norms):
            # "the elections in X are unacceptable"
            targets = tuple(self._targets.voted_in(voice.start, voice.end)[:1])
        if targets and phrase.type is t.CONDEMN and not self.pack.cased:
            # "X, Y and Z have no right to": all who are named in one list.
            listed = self._targets.named_with(targets[0], voice.start, voice.end)
            targets = tuple(listed) if len(listed) > _OF and {*listed} <= {*culprits} else targets
        if phrase.target is not TargetFrom.CULPRIT:
            if targets and not is_blamed and not self.pack.cased and phrase.type in _OF_EVERYONE:
                return tuple(self._targets.named_with(targets[0], voice.start, voice.end))
            return targets
        owner = self._owner_at(voice, position)
        if owner and owner not in spoken.own:
            # "a motion on X's aggression"
            targets = (owner,)
        if not targets and len(spoken.own) == 1 and not self.pack.atrocities.isdisjoint(phrase.words):
            # "“Ethnic cleansing” is under way", says a side of the side it faces.
            targets = self._targets.facing(*spoken.own)
        if self.pack.cased:
            # "…, угрозы Баку неприемлемы": of the clause that the phrase ends.
            return self._owner_before(voice, position, culprits) or targets
        return targets

    def _is_said_not_to_be(self, voice: Voice, position: int, phrase: tuple[str, ...]) -> bool:
        """Return whether what a phrase tells is said not to be, by words outside of it."""
        known = (self.pack.words.get(word) for word in phrase)
        says_no = any(word is not None and word.flags & (g.NEGATIVE | g.NEGATOR) for word in known)
        return not says_no and self._is_none(self._chunk_at(voice, position), voice.start)

    def _told_by(self, voice: Voice) -> tuple[str, ...]:
        """Return to whom words are said, where that is told before them."""
        before = 0 <= voice.verb < voice.start
        return voice.told or (self._targets.told(voice.verb) if before and not self.pack.cased else ())

    def _has_said(self, voice: Voice, kind: ReactionType) -> bool:
        """Return whether what somebody's words denounce or deny is coded as that."""
        codes = {one.code for one in voice.who}
        first, last = self.chunks[voice.start].start, self.chunks[voice.end - 1].end
        return any(d.type is kind and d.who.code in codes and first <= d.start and d.end <= last for d in self.drafts)

    def _has_demanded(self, voice: Voice) -> bool:
        """Return whether what somebody's words tell is asked for, and so blamed on nobody: "must stop its aggression"."""
        codes = {one.code for one in voice.who}
        coded = {draft.cue_at[0] for draft in self.drafts if draft.who.code in codes}
        return any(
            is_obliged(self.chunks[k]) and self.chunks[k].start in coded
            for k in self.clauses.verbs
            if voice.start <= k < voice.end
        )

    def _code_only_way(self, voice: Voice, norms: list[str], parties: list[str]) -> None:
        """Code "the only way to peace is X" as a demand for X."""
        present = set(norms)
        for phrase in self.pack.only_way:
            if not present.issuperset(phrase):
                continue
            for position in range(len(norms) - len(phrase) + 1):
                if tuple(norms[position : position + len(phrase)]) != phrase:
                    continue
                rest = self._behind_copula(norms[position + len(phrase) - 1 :])
                if self._is_said_to_be_so(norms, position):
                    # "dialogue is the only way"
                    rest = norms[:position]
                last = self.pack.words.get(phrase[-1])
                is_needed = last is not None and bool(last.flags & (g.INFINITIVE_MARK | g.COMPLEMENTIZER))
                enclaves = [region for region in self._regions if region in ENCLAVES]
                # "to end the occupation of X by Y"
                doers = [code for code in self._targets.doers_in(voice.start, voice.end) if code in parties]
                for part in parts(rest, self.pack):
                    of_enclave = len(enclaves) == 1 and not self.pack.separatists.isdisjoint(part)
                    targets = tuple(enclaves) if of_enclave else tuple(doers[:1] or parties[:1])
                    for content in contents_of([part], self.pack):
                        if is_needed and not targets and content.type not in WITHOUT_ADDRESSEE:
                            # "it is important to protect civilians": asked of nobody in particular.
                            continue
                        if content.type is t.APPEAL_INTERVENTION and not (targets and is_needed):
                            # "the priority is to help refugees": asked of nobody.
                            continue
                        aimed = self._aimed_in(voice, content.type, targets)
                        self._emit_range(voice, content.type, aimed, content.id, Tier.ALERT, " ".join(phrase))
                return

    def _aimed_in(self, voice: Voice, kind: ReactionType, targets: tuple[str, ...]) -> tuple[str, ...]:
        """Return of whom a thing is asked that somebody says there must be: "what is needed is dialogue between X and Y"."""
        if self.pack.cased:
            return targets
        own = {one.code for one in voice.who}
        if kind is t.CALL_DIALOGUE:
            between = self._targets.partners_in(voice.start, voice.end)
            return tuple(code for code in between if code not in own) or targets
        if kind is t.DEMAND_ACCESS and targets and set(targets) <= ENCLAVES.keys():
            return self._across(targets)
        return targets


def _stands_in(phrase: tuple[str, ...], norms: tuple[str, ...]) -> bool:
    """Return whether a phrase is among the words, one behind the other."""
    first, length = phrase[0], len(phrase)
    return any(norm == first and norms[p : p + length] == phrase for p, norm in enumerate(norms))
