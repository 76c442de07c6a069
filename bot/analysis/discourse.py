"""What an item has said so far: whom "he", "it" and "the ministry" may mean."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.analysis import flags as g
from bot.analysis.chunks import Chunk, Kind, Who
from bot.analysis.entries import Word
from bot.analysis.mentions import MentionKind

# Words that a role may have whatever it is: "the", "of".
_OF_ANY_ROLE: Final = g.DETERMINER | g.PREPOSITION

# Who does something, and is not only where it is done.
_DOERS: Final = frozenset({MentionKind.NAME, MentionKind.DEMONYM, MentionKind.ORGAN, MentionKind.PERSON})
# How many sentences back a pronoun may reach.
_REACH = 2

# How many subjects and persons are remembered: more than any reader has in mind, and few enough for a text of any length.
_MEMORY = 64


def is_title_alone(chunk: Chunk) -> bool:
    """Return whether a phrase is a title, and nobody is told to have it: "PM", "Foreign Ministry"."""
    return chunk.kind == Kind.NOUN and chunk.bare and chunk.held and not chunk.who and not chunk.refs


def is_surname_alone(chunk: Chunk) -> bool:
    """Return whether a phrase is one name of nobody on the list: "Rallis: Turkey must stop", "M. Rallis"."""
    if chunk.kind != Kind.NOUN or not chunk.name or chunk.who or chunk.refs:
        return False
    return len(chunk.words) == 1 or chunk.name.casefold() == chunk.words[-1]


class Discourse:
    """The actors of an item in order of appearance as subjects and speakers."""

    def __init__(
        self,
        personal: frozenset[str],
        words: Mapping[str, Word],
        is_organ: Callable[[str], bool],
        chambers: frozenset[str],
    ) -> None:
        self._personal = personal
        self._chambers = chambers
        self._words = words
        self._is_organ = is_organ
        self._persons: deque[tuple[int, str]] = deque(maxlen=_MEMORY)
        self._subjects: deque[tuple[int, tuple[Who, ...]]] = deque(maxlen=_MEMORY)
        self._speakers: deque[tuple[int, tuple[Who, ...]]] = deque(maxlen=_MEMORY)
        self._titled: deque[tuple[int, Who]] = deque(maxlen=_MEMORY)
        self._named: dict[str, Who] = {}
        self._deeds: dict[str, set[str]] = {}
        self._by_surname: dict[str, Who] = {}
        self._sentence = 0
        self._paper: tuple[Who, ...] = ()
        self._paper_at = -1
        self.author: tuple[Who, ...] = ()
        """Whose words the whole item is: "Déclaration de X"."""

    def next_sentence(self) -> None:
        """Begin the next sentence."""
        self._sentence += 1

    def note(self, who: tuple[Who, ...], *, speaks: bool = False) -> None:
        """Remember who was a subject or a speaker."""
        if speaks:
            self._speakers.append((self._sentence, who))
        if who and not (self._subjects and self._subjects[-1][1] == who):
            self._subjects.append((self._sentence, who))
            for one in who:
                self._named.setdefault(one.code, one)

    def note_strangers(self) -> None:
        """Remember that a sentence was about several who are nobody known: "they" are no longer those told of before."""
        self._subjects.append((self._sentence, ()))

    def note_deeds(self, chunks: Iterable[Chunk], deeds: Sequence[Collection[str]]) -> None:
        """Remember whose a deed is that a sentence names with its doer: "X's operation", "the Ruritanian attack"."""
        for chunk in chunks:
            if chunk.who or not chunk.refs or not any(chunk.words[-1] in words for words in deeds):
                continue
            doers = [ref for ref in chunk.refs if ref.owns] or chunk.refs[:1]
            # "the Karabakh operation": where it was.
            owners = {ref.code for ref in doers if ref.mention.kind in _DOERS}
            self._deeds[chunk.words[-1]] = self._deeds.get(chunk.words[-1], set()) | owners

    def doer_of(self, deed: str) -> tuple[str, ...]:
        """Return whose a deed was said to be, where only one was: "the operation"."""
        owners = self._deeds.get(deed, set())
        return tuple(owners) if len(owners) == 1 else ()

    def note_persons(self, chunks: Iterable[Chunk]) -> None:
        """Remember the persons and the bearers of titles that a sentence names, whatever they are in it."""
        for chunk in chunks:
            for one in chunk.who:
                if one.role:
                    self._titled.append((self._sentence, one))
                if not one.person_kind:
                    continue
                self._persons.append((self._sentence, one.code))
                words = (one.speaker or "").casefold().split()
                if len(words) > 1 and not one.indirect:
                    self._by_surname[words[-1]] = one

    def take_up(self, chunks: Iterable[Chunk]) -> None:
        """Let a surname alone mean whoever was named with it before: "Swedish minister Eva Berg … Berg said"."""
        if not self._by_surname:
            return
        for chunk in chunks:
            if not is_surname_alone(chunk):
                continue
            one = self._by_surname.get(chunk.words[-1])
            if one is not None:
                chunk.who = (one._replace(speaker=chunk.name, role=None, start=chunk.start, end=chunk.end),)

    def take_up_titles(self, chunks: Iterable[Chunk], short: Mapping[str, Sequence[Sequence[str]]], below: int) -> None:
        """Let a title alone in a headline mean its only bearer below it: "PM warns Baku", "Prime Minister X said"."""
        for chunk in chunks:
            if not is_title_alone(chunk):
                continue
            told = [one for number, one in self._titled if number > below and self._bears(one, chunk, short)]
            bearers = {one.code: one for one in reversed(told)}
            if len(bearers) == 1:
                one = next(iter(bearers.values()))
                chunk.who = (
                    one._replace(
                        indirect=False,
                        speaker=chunk.name or one.speaker,
                        role=chunk.role,
                        start=chunk.start,
                        end=chunk.end,
                    ),
                )

    def _bears(self, one: Who, chunk: Chunk, short: Mapping[str, Sequence[Sequence[str]]]) -> bool:
        """Return whether the whole of a title is in somebody's role."""
        role = (one.role or "").casefold().split()
        title = [word for word in chunk.words if word not in self._words or not self._words[word].flags & _OF_ANY_ROLE]
        return any(set(words).issubset(role) for words in (title, *short.get(" ".join(title), ())))

    def only_one_of(self, codes: Collection[str]) -> tuple[Who, ...]:
        """Return the actor that "the group", "the court" means: the only one of these that has been told of."""
        found = [one for code, one in self._named.items() if code in codes]
        return (found[0]._replace(indirect=True, speaker=None),) if len(found) == 1 else ()

    def note_paper(self, who: tuple[Who, ...]) -> None:
        """Remember who was told to have written or voted a paper."""
        self._paper = tuple(one._replace(indirect=True) for one in who)
        self._paper_at = self._sentence

    def has_just_written(self) -> tuple[Who, ...]:
        """Return whose a quotation by itself is: "X issued a statement. “We condemn …”"."""
        return self._paper if self._sentence - self._paper_at == 1 else ()

    def meant_by_paper(self) -> tuple[Who, ...]:
        """Return who speaks in a paper that is not said to be anybody's: its author, or the only actor that has spoken."""
        if self._paper:
            return self._paper
        if len(self._named) != 1:
            return ()
        return tuple(one._replace(indirect=True) for one in self._named.values())

    def meant_by_pronoun(
        self, word: str, *, goes_on: bool = False, others: AbstractSet[str] = frozenset()
    ) -> tuple[Who, ...]:
        """Return whom a pronoun means, where only one candidate fits: the last subject of a sentence before.

        `goes_on` tells that he does one more thing: "Macron praised Aliyev. He also thanked Trump". `others` are who it
        cannot be, since he does it to them: "Macron praised Aliyev. He telephoned the Azerbaijani president".
        """
        return self._meant(persons=word in self._personal, goes_on=goes_on, others=others)

    def meant_by_epithet(self) -> tuple[Who, ...]:
        """Return whom "the diplomat" means: whoever "she" would."""
        return self._meant(persons=True, goes_on=False)

    def _meant(self, *, persons: bool, goes_on: bool, others: AbstractSet[str] = frozenset()) -> tuple[Who, ...]:
        near = [(number, who) for number, who in reversed(self._subjects) if self._sentence - number <= _REACH]
        if persons:
            named = [(number, who) for number, who in near if any(self.is_somebody(one) for one in who)]
            # "She": a person, and a ministry only where it can be nobody else.
            near = named or [(number, who) for number, who in near if any(one.role for one in who)]
        for sentence, who in near:
            if persons and len({one.code for one in who}) > 1:
                # "X and Y signed. He added": one of them, or a third.
                return ()
            rivals = {one.code for number, several in self._subjects if number == sentence for one in several}
            if persons:
                rivals |= {code for number, code in self._persons if number == sentence}
            if not others.isdisjoint(one.code for one in who):
                return ()
            rivals -= others
            if len(rivals) > 1 and len(who) == 1 and not (persons and (goes_on or self._spoke_alone(sentence, who))):
                return ()
            return tuple(one._replace(indirect=True) for one in who)
        return ()

    def person_of(self, code: str) -> tuple[Who, ...]:
        """Return the person who was last the subject of a sentence near by, where he is one of this actor's."""
        near = (who for number, who in reversed(self._subjects) if self._sentence - number <= _REACH)
        last = next((who for who in near if any(self.is_somebody(one) for one in who)), ())
        is_one = len(last) == 1 and last[0].code == code
        return tuple(one._replace(indirect=True) for one in last) if is_one else ()

    def is_somebody(self, who: Who) -> bool:
        """Return whether it is a person, by name or by office, and no ministry or side."""
        return who.person_kind or (who.role is not None and not self._is_organ(who.role))

    def _spoke_alone(self, sentence: int, who: tuple[Who, ...]) -> bool:
        """Return whether a sentence gave one person's words: whoever else it names, "he" goes on speaking."""
        codes = {one.code for number, others in self._speakers if number == sentence for one in others}
        return codes == {one.code for one in who} and all(one.speaker or self.is_somebody(one) for one in who)

    def share_role(self, words: set[str], role: str) -> bool:
        """Return whether a role is among the words: articles and prepositions, which all roles have, tell nothing."""
        named = set(role.lower().replace("-", " ").split())
        if not self._chambers.isdisjoint(words) and not self._chambers.isdisjoint(named):
            # "the chamber", of the Senate that the item told of
            return True
        shared = (words - {"-"}) & named
        return any(word not in self._words or not self._words[word].flags & _OF_ANY_ROLE for word in shared)

    def meant_by_role(self, chunk: Chunk, *, told_before: bool = False) -> tuple[Who, ...]:
        """Return whom a bare role means: the bearer of the same role, or else (not if `told_before`) the only actor."""
        is_member = chunk.plural and chunk.words[-1] in self._chambers
        if not (chunk.held or chunk.name or is_member):
            return ()
        if chunk.plural and not chunk.name and not is_member and (several := self.last_list()):
            return several
        words = set(chunk.words)
        for _, who in reversed(self._subjects):
            for one in who:
                if one.role and len(who) == 1 and self.share_role(words, one.role):
                    if is_member and one.person_kind:
                        # "Senate leader X … senators": others than he.
                        return ()
                    return (
                        one._replace(indirect=True, speaker=chunk.name or one.speaker, role=chunk.role or one.role),
                    )
        if len(self._named) == 1 and not told_before and not is_member:
            one = next(iter(self._named.values()))
            return (
                one._replace(
                    indirect=True,
                    speaker=chunk.name,
                    role=chunk.role,
                    person_kind=bool(chunk.name),
                    start=chunk.start,
                    end=chunk.end,
                ),
            )
        return ()

    def told_as(self, title: set[str]) -> Who | None:
        """Return who was last told of by a title, whatever else the words for him were."""
        return next((one for _, one in reversed(self._titled) if self.share_role(title, one.role or "")), None)

    def last_list(self) -> tuple[Who, ...]:
        """Return whom "the leaders" means: those who were last spoken of together, where nobody else was since."""
        for sentence, who in reversed(self._subjects):
            if self._sentence - sentence > _REACH or len(who) == 1:
                return ()
            return tuple(one._replace(indirect=True, person_kind=False, speaker=None) for one in who)
        return ()

    def meant_by_object(self, *, several: bool) -> tuple[Who, ...]:
        """Return whom "it", or "them" of `several`, means behind a verb: all that the sentence before was about."""
        before = [(number, who) for number, who in self._subjects if number < self._sentence]
        if not before or self._sentence - before[-1][0] > 1:
            return ()
        codes = {one.code for number, who in before if number == before[-1][0] for one in who}
        return before[-1][1] if several == (len(codes) > 1) else ()

    @property
    def last(self) -> tuple[Who, ...]:
        """Return the last subject or speaker."""
        return self._subjects[-1][1] if self._subjects else ()
