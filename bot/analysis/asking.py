"""Requests, demands and commands, typed by what they ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.analysis import flags as g
from bot.analysis import reaction_types as t
from bot.analysis.addressing import Request
from bot.analysis.asked import Asked
from bot.analysis.bodies import BODIES, ENCLAVES, INTERNATIONAL, WORLD_COURTS
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.entries import Rule
from bot.analysis.frames import Frame
from bot.analysis.pack import Slot
from bot.analysis.requests import OF_PEACE, contents_of
from bot.analysis.stretch import Voice, parts
from bot.analysis.subjects import Subject
from bot.analysis.verb_senses import CONTROLS, REPORTS, REQUESTS, SAYS_TO
from bot.domain.reactions import ReactionType, Tier

# Who is asked for these is one who can help.
APPEALS: Final = frozenset({t.APPEAL_INTERVENTION, t.REQUEST_MEETING})
# What is wished for whoever is asked for it.
_WISHED: Final = OF_PEACE | {t.REQUEST_MEETING}
# Ordered of one's own troops, these are done.
_HALTED: Final = frozenset({t.CALL_CEASEFIRE, t.DEMAND_WITHDRAWAL})
# What is asked of those who fight, and of others only that they ask it.
_OF_PARTIES: Final = frozenset(
    {t.CALL_CEASEFIRE, t.CALL_DIALOGUE, t.DEMAND_WITHDRAWAL, t.DEMAND_ACCESS, t.DEMAND_COMPLIANCE}
)
# What is asked for an enclave is asked of whoever encloses it, and what the world's bodies are asked for is help with it.
OF_ENCLAVES: Final = frozenset({t.DEMAND_COMPLIANCE, t.DEMAND_ACCESS})
_WORLD: Final = frozenset({"UN", "UNSC", "OSCE"})
# Bodies that fight nobody, and can only help to end a war.
_UNARMED: Final = _WORLD | {"COE", "CSTO", "EU", "OIC", "PACE"}
WITHOUT_ADDRESSEE: Final = frozenset(
    {t.CALL_CEASEFIRE, t.CALL_DIALOGUE, t.DEMAND_WITHDRAWAL, t.DEMAND_ACCESS, t.REQUEST_MEETING}
)


class Asking(Asked):
    """Codes what is asked and demanded."""

    def _code_passive_request(
        self, k: int, subject: Subject, agents: tuple[Who, ...], patient: tuple[str, ...]
    ) -> bool:
        """Code "X was urged by Y to stop": Y asks it of X."""
        end = self.clauses.extent(k)
        rule = next(rule for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.REQUEST)
        words = [word for m in range(k + 1, end) for word in self.chunks[m].words]
        found = contents_of([*parts(words, self.pack)], self.pack)
        is_asked = patient or self._are_sides(subject)
        behind = (self.chunks[v] for v in self.clauses.verbs if k < v < end)
        if not is_asked or not any(verb.flags & g.INFINITIVE_MARK for verb in behind):
            return False
        self._consume_complement(k)
        voice = self._voice_at(k)
        for content in found:
            self._emit(k, subject, agents, content.type, patient, f"{rule.id}/{content.id}", rule.tier, voice)
        return bool(found)

    def _is_wanted_of(self, kind: ReactionType, request: Request) -> bool:
        """Return whether what is wanted wants no addressee, or names whose it is: "insists on change of X's law"."""
        return kind in WITHOUT_ADDRESSEE or (kind is t.DEMAND_POLITICAL_CHANGE and bool(request.others))

    def _asks_to_refrain(self, k: int, end: int) -> bool:
        """Return whether what is asked for is that something is not done: "asked X not to"."""
        first = next((v for v in self.clauses.verbs_in(k + 1, end) if self.chunks[v].flags & g.INFINITIVE_MARK), -1)
        return first > k and self.chunks[first].negative

    def _code_asked_thing(self, k: int, subject: Subject, agents: tuple[Who, ...]) -> bool:
        """Code "a meeting of the Council was requested by X": the subject is what X asks for."""
        left = subject.left if 0 <= subject.left < k else subject.noun
        if left < 0 or not self.chunks[k].passive or self._voice_at(k) is not None:
            return False
        rule = next(rule for form in self.chunks[k].forms for rule in form.rules if rule.frame is Frame.REQUEST)
        words = [word for chunk in self.chunks[left:k] for word in chunk.words]
        named = self._targets.in_range(left, k)
        own = {one.code for one in agents}
        found = contents_of([words], self.pack)
        for content in found:
            bodies = [code for code in named if code in BODIES]
            asked = bodies if content.type in {t.REQUEST_MEETING, t.APPEAL_INTERVENTION} else named
            targets = tuple(code for code in asked if code not in own)
            self._emit(k, subject, agents, content.type, targets, f"{rule.id}/{content.id}", rule.tier, None)
        return bool(found)

    def _code_request(self, k: int, subject: Subject, who: tuple[Who, ...], rule: Rule, voice: Voice | None) -> None:
        news = self._other_news(k)
        request = self._targets.request(k, news or self._second_addressee(k))
        if rule.needs_content and request.is_statement and self._is_told(k, request):
            return
        if rule.needs_content and self._is_own_infinitive(k) and not self._is_asked_of_all(k, request):
            return
        is_wished = self._is_wished_done(k)
        is_clause = not request.is_infinitive and request.is_clause and not is_wished
        if rule.needs_content and is_clause and self._is_told(k, request):
            return
        if rule.needs_content and request.pronoun and not request.is_clause:
            # "called it “a breach of law”": named so, and asked for nothing.
            return
        self._consumed.update(self.clauses.verbs_in(k + 1, request.end))
        found = contents_of(request.parts, self.pack)
        if request.addressees and not self.pack.cased and self._is_or_else(k, request.end):
            # "told X to withdraw or face attack", but not "asks X for aid or risk defeat"
            asked = tuple(code for code in request.addressees if code not in {one.code for one in who})
            if rule.needs_infinitive or not any(content.type in APPEALS for content in found):
                self._emit(k, subject, who, t.THREATEN, asked, f"{rule.id}/or-else", rule.tier, voice)
                return
        if rule.needs_content and request.is_statement and self.pack.cased:
            # "ждет, что X осудит": what a third will do is only expected.
            found = [content for content in found if content.type is not t.APPEAL_INTERVENTION]
        if news is None:
            self._code_second(k, subject, who, rule, voice, request.end)
        is_asking = request.is_infinitive and not rule.needs_content
        is_asking = any(
            content.type not in _WISHED or (request.is_infinitive and content.type is t.CALL_CEASEFIRE)
            for content in found
        ) or (is_asking and not found)
        if is_asking and not request.addressees and self._asks_outsiders(k, request.end):
            self._emit(k, subject, who, t.APPEAL_INTERVENTION, ("OTHER",), f"{rule.id}/outsiders", rule.tier, voice)
            return
        if not request.addressees and request.pronoun:
            meant = self._meant_before(k, who)
            request = request._replace(addressees=meant)
        if not request.addressees and self._only_verbal:
            # "rang X to urge restraint"
            request = request._replace(addressees=self._targets.any(self.clauses.governor(k), who))
        if not request.addressees and self._asks_subordinate(k):
            if self.chunks[k + 1].force and any(one.type in _HALTED for one in found):
                # "ordered its troops to pull back": done by who orders it.
                self._emit(k, subject, who, t.DEESCALATE, (), f"{rule.id}/own-troops", Tier.DIGEST, voice)
                return
            self._miss(k, "asked of its own")
            return
        own = {one.code for one in who}
        if request.addressees and set(request.addressees) <= WORLD_COURTS and found:
            # "demande à la Cour d'obliger X": of whoever the court is to oblige.
            named = self._targets.in_range(k + 1, self.clauses.extent(k))
            # "to investigate crimes against the enclave's people": they are those who suffered.
            named = [code for code in named if code not in ENCLAVES]
            against = tuple(dict.fromkeys(code for code in named if code not in WORLD_COURTS | own | BODIES))
            if not self.pack.cased and own <= BODIES:
                # "the Parliament calls on the court to investigate": no party that files a case.
                self._emit(
                    k, subject, who, t.APPEAL_INTERVENTION, request.addressees, f"{rule.id}/court", rule.tier, voice
                )
                return
            self._emit(k, subject, who, t.TAKE_TO_COURT, against, f"{rule.id}/court", rule.tier, voice)
            return
        if request.addressees and set(request.addressees) <= own:
            if found and own <= BODIES:
                # One organ of a body asks another to act.
                self._emit(k, subject, who, t.APPEAL_INTERVENTION, tuple(own), f"{rule.id}/own", rule.tier, voice)
                return
            self._miss(k, "asked of its own")
            return
        if rule.needs_content and not request.addressees:
            if not self._holders(k, request) and not self._is_wished_done(k):
                is_of_sides = self._names_sides(k)
                found = [one for one in found if is_of_sides or self._is_wanted_of(one.type, request)]
                if not request.bodies:
                    # "called an urgent meeting": his own.
                    found = [content for content in found if content.type is not t.REQUEST_MEETING]
            rule = replace(rule, tier=Tier.DIGEST)
        if not found:
            is_told_to = (
                rule.needs_infinitive and request.is_infinitive and {*request.addressees}.isdisjoint(INTERNATIONAL)
            )
            if is_told_to and not request.addressees and self._is_foreign(k):
                self._emit(k, subject, who, t.DEMAND_COMPLIANCE, (), rule.id, Tier.DIGEST, voice)
                return
            if (rule.needs_content and not is_told_to) or not request.addressees or not request.is_clause:
                self._miss(k, "nothing known is asked for")
                return
            is_body = bool(request.addressees) and set(request.addressees) <= INTERNATIONAL
            kind = t.APPEAL_INTERVENTION if is_body else t.DEMAND_COMPLIANCE
            self._emit(k, subject, who, kind, request.addressees, rule.id, Tier.DIGEST, voice)
            return
        asks_party = self._asks_party(request, own)
        for content in found:
            is_of_world = bool(request.addressees) and set(request.addressees) <= _WORLD
            is_of_bodies = content.type is t.CALL_CEASEFIRE and bool(request.addressees)
            is_of_bodies = is_of_bodies and set(request.addressees) <= _UNARMED
            if is_of_bodies or (is_of_world and content.type in OF_ENCLAVES | OF_PEACE):
                # "calls on the UN to protect civilians": it has done nothing that it is to leave, and fights nobody.
                asked, cue = request.addressees, f"{rule.id}/{content.id}"
                self._emit(k, subject, who, t.APPEAL_INTERVENTION, asked, cue, rule.tier, voice)
                continue
            # What a court asks for it orders.
            is_order = content.type is t.APPEAL_INTERVENTION and own <= WORLD_COURTS
            kind = t.DEMAND_COMPLIANCE if is_order else content.type
            if kind is t.APPEAL_INTERVENTION and self._asks_to_refrain(k, request.end):
                # "asks X not to send them back": no help is wanted.
                kind = t.DEMAND_COMPLIANCE
            if kind is t.CALL_CEASEFIRE and request.addressees and not self.pack.cased:
                others = self._targets.owners(k + 1, request.end) | {*self._targets.doers_in(k + 1, request.end)}
                others -= {*request.addressees} | own
                # "asked X to stop Y's attack": for help, of one who is not fighting.
                kind = t.APPEAL_INTERVENTION if others else kind
            if request.addressees and kind in _OF_PARTIES and self._asks_to_ask(k, request):
                kind = t.APPEAL_INTERVENTION
            if asks_party and kind is t.APPEAL_INTERVENTION:
                # "urges Baku to protect civilians": one of those who fight, who is no third.
                kind = t.DEMAND_COMPLIANCE
                if any(other.type is kind for other in found):
                    continue
            targets = self._holders(k, request) or request.addressees or request.others
            if kind is t.DEMAND_WITHDRAWAL and not request.addressees and not self.pack.cased:
                # "the withdrawal of X's troops from Y"
                targets = tuple(code for code in targets if code not in request.left)
            if kind is t.CALL_CEASEFIRE and not request.addressees and not self.pack.cased:
                # "calls for a truce against the objections of X", "for a halt to attacks on X": X is not asked.
                struck = self._targets.victims_in(k + 1, request.end)
                targets = tuple(code for code in targets if code not in struck)
            if kind is t.DEMAND_COMPLIANCE and not request.addressees and not self.pack.cased:
                # "calls for lifting of sanctions on X": X is not asked.
                spared = {*self._targets.victims_in(k + 1, request.end), *self._targets.supplied_in(k + 1, request.end)}
                targets = tuple(code for code in targets if code not in spared)
            if len(own) > 1:
                # "X and Y urged all parties": none of themselves.
                targets = tuple(code for code in targets if code not in own)
            if kind is t.REQUEST_MEETING:
                targets = request.bodies or targets
            elif kind is t.APPEAL_INTERVENTION:
                # "urges support for X" asks nothing of X.
                targets = request.addressees or request.asked or request.bodies
            elif kind is t.DEMAND_POLITICAL_CHANGE and not request.addressees and own & set(request.others):
                # "calls for a review of EU ties with X": it is its own policy.
                targets = tuple(own) if self._are_legislators(who) else ()
            if not targets and kind is t.APPEAL_INTERVENTION and self._are_legislators(who):
                # "lawmakers call for sanctions on X": of their own government.
                targets = tuple(own)
            if kind in OF_PEACE and not (request.addressees and request.is_clause) and not self.pack.cased:
                # "urges an enclave ceasefire": where it is fought, and not by whom.
                facing = set(self._targets.mutual_in(k + 1, request.end))
                targets = tuple(c for c in targets if c not in ENCLAVES or (c in facing and len(facing) > 1))
            if kind in OF_ENCLAVES and not request.addressees and not self.pack.cased:
                # "the road between an enclave and X": X does not close it.
                between = set(self._targets.mutual_in(k + 1, request.end))
                if not between.isdisjoint(ENCLAVES):
                    enclosed = tuple(code for code in targets if code in between & ENCLAVES.keys())
                    targets = tuple(code for code in targets if code not in between) or enclosed
            if kind in OF_ENCLAVES and not request.addressees and set(targets) <= ENCLAVES.keys():
                # "the rights of the enclave's people": of whoever faces them.
                targets = self._across(targets)
            if not targets and subject.noun >= 0 and self.chunks[subject.noun].crowd:
                # "Armenian protesters demand": of their own government.
                targets = tuple(dict.fromkeys(ref.code for ref in self.chunks[subject.noun].refs))
                if not targets and kind is t.DEMAND_POLITICAL_CHANGE:
                    # "demonstrators in Lima demanded his resignation"
                    targets = self._where_crowd_is(subject.noun)
            self._emit(k, subject, who, kind, targets, f"{rule.id}/{content.id}", rule.tier, voice)

    def _is_or_else(self, k: int, end: int) -> bool:
        """Return whether a request tells what comes of not heeding it: "or face sanctions", "or risk an attack"."""
        for m in range(k + 1, min(end, len(self.chunks) - 1)):
            if self.chunks[m].kind == Kind.AND and self.chunks[m].words[0] in self.pack.disjunctions:
                behind = self.chunks[m + 1]
                is_penalty = behind.kind == Kind.VERB and behind.words[-1] in self.pack.penalties
                # "or face famine": what nobody does to them.
                what = {word for chunk in self.chunks[m + 2 : m + 4] for word in chunk.words}
                return is_penalty and self.pack.calamities.isdisjoint(what)
        return False

    def _asks_to_ask(self, k: int, request: Request) -> bool:
        """Return whether what is asked of somebody is to ask it of another: "asked X to press Y for a truce"."""
        first = next(iter(self.clauses.verbs_in(k + 1, request.end)), -1)
        if self.pack.cased or first < 0 or not self.chunks[first].flags & g.INFINITIVE_MARK:
            return False
        asks = self.chunks[first].senses & REQUESTS
        return bool(asks) and bool({*self._targets.any(first, ())} - {*request.addressees})

    def _is_asked_of_all(self, k: int, request: Request) -> bool:
        """Return whether an infinitive right behind the verb is what others shall do: "calls to end the war"."""
        found = contents_of(request.parts, self.pack)
        return not self.chunks[k].senses & CONTROLS and bool(found) and all(c.type in WITHOUT_ADDRESSEE for c in found)

    def _is_told(self, k: int, request: Request) -> bool:
        """Return whether the clause behind "that" tells something: "insists that it is", but not "insists that X amend".

        Who is told something is asked for nothing: "reminds X that its people live there".
        """
        if request.is_statement and self.chunks[k].senses & SAYS_TO:
            return True
        return any(
            k < v < request.end
            and self.chunks[v].slot & Slot.FINITE
            and not self._is_wished(self.chunks[v])
            # "ожидает, что X выполнит"
            and not (self.pack.cased and self._tells_ahead(self.chunks[v]) and self.clauses.subject(v).who)
            for v in self.clauses.verbs
        )

    def _is_wished(self, verb: Chunk) -> bool:
        """Return whether a verb has the form of what is wished: "that X amend", "that it be amended"."""
        if verb.words[0] in self.pack.bare_auxiliaries:
            return True
        bare = not verb.flags and verb.lemma.split()[0] in verb.words
        return bare and any(form.slots & Slot.INFINITIVE for form in verb.forms)

    def _is_wished_done(self, k: int) -> bool:
        """Return whether a participle behind the object tells what is to be done to it: "wants X freed"."""
        n = k + 1
        if self.pack.cased or not self.pack.adjectives_first or self.chunks[k].senses & REPORTS:
            return False
        if n + 1 >= len(self.chunks) or self.chunks[n].kind != Kind.NOUN or self.chunks[n + 1].kind != Kind.VERB:
            return False
        verb = self.chunks[n + 1]
        return bool(verb.slot & Slot.PARTICIPLE) and not verb.flags and not verb.negative

    def _other_news(self, k: int) -> int | None:
        """Return where a headline goes on with what another is to do: "X calls for restraint, Y to meet on Tuesday"."""
        if not self.clauses.headline or self.pack.cased:
            return None
        for m in range(k + 2, self.clauses.extent(k) - 2):
            thing, comma, noun, verb = self.chunks[m - 1 : m + 3]
            if verb.flags & g.INFINITIVE_MARK and verb.kind == Kind.VERB and comma.kind == Kind.COMMA and noun.who:
                is_thing = thing.kind == Kind.NOUN and not thing.who and not thing.bare
                return m if is_thing and not self.clauses.verbs_in(k + 1, m) else None
        return None

    def _code_second(
        self, k: int, subject: Subject, who: tuple[Who, ...], rule: Rule, voice: Voice | None, start: int
    ) -> None:
        """Code what is asked of a second party, which begins at `start`."""
        end = self.clauses.extent(k)
        if start >= end:
            return
        party = self.chunks[start + 1]
        # "that the UN send observers" may be read as one phrase.
        first = start + 2 if party.who else start + 1
        words = [word for chunk in self.chunks[first:end] for word in chunk.words]
        asked = tuple(one.code for one in party.who or party.refs[:1])
        self._consumed.update(self.clauses.verbs_in(start + 1, end))
        for content in contents_of(parts(words, self.pack), self.pack):
            self._emit(k, subject, who, content.type, asked, f"{rule.id}/{content.id}", rule.tier, voice)

    def _is_own_infinitive(self, k: int) -> bool:
        """Return whether what follows is what the subject wants to do itself: "seeks to extend"."""
        if self.pack.cased and not self.chunks[k].senses & CONTROLS:
            # "попросил созвать": what one asks for, others do.
            return False
        n = k + 1
        while n < len(self.chunks) and self.chunks[n].kind in {Kind.ADVERB, Kind.TIME}:
            n += 1
        return n < len(self.chunks) and self.chunks[n].kind == Kind.VERB

    def _asks_to_be(self, k: int) -> bool:
        """Return whether what something must be is what is asked for: "the road must be open", and not "is important"."""
        being = next((chunk for chunk in self.chunks[k + 1 :] if chunk.kind != Kind.ADVERB), None)
        return being is not None and not self.pack.cased and bool(contents_of([list(being.words)], self.pack))
