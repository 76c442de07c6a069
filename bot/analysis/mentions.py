"""Actors as a text names them, and the persons who speak for them while in office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# An office changes hands at noon in one capital and is news the day before in another.
OFFICE_GRACE = timedelta(days=2)


class MentionKind(StrEnum):
    """What a mention is, and so what it may do in a sentence."""

    NAME = "name"
    # A capital or palace that acts for its state, or is merely where something happens.
    CAPITAL = "capital"
    # A parliament, ministry, army or sub-body.
    ORGAN = "organ"
    # A territory: a place or a target, an actor only together with a role.
    REGION = "region"
    # An adjective or the name of a people: never an actor alone.
    DEMONYM = "demonym"
    # A people that is only ever a target.
    PEOPLE = "people"
    PERSON = "person"
    # What looks like an actor and is none: it is found so that nothing inside it is, and never returned.
    LOOKALIKE = "lookalike"


# The members by themselves: they are asked for with every mention, and take four times as long to name by their class.
NAME: Final = MentionKind.NAME
CAPITAL: Final = MentionKind.CAPITAL
ORGAN: Final = MentionKind.ORGAN
REGION: Final = MentionKind.REGION
DEMONYM: Final = MentionKind.DEMONYM
PEOPLE: Final = MentionKind.PEOPLE
PERSON: Final = MentionKind.PERSON
LOOKALIKE: Final = MentionKind.LOOKALIKE


@dataclass(slots=True)
class ActorMention:
    """One mention of an actor: `tokens[start_token:end_token]`.

    `name` is what a reader knows the actor or person by, not what the text says. `role` is a person's office on that
    day; a person out of office has the code OTHER and `in_office` false. `cases` holds the grammatical cases that the
    form can be in, as letters of "ngdaip" (nominative, genitive, dative, accusative, instrumental, prepositional), and
    is empty where the language has none or the form does not tell. `is_full_name` is false for a bare surname.
    `nominative` is the form a reader would quote, where the text has another; `once` is whom somebody out of office last
    spoke for.

    Never changed once made. A frozen dataclass takes three times as long to make, which is done for every name of every
    item, and the fields of a named tuple ten times as long to ask for.
    """

    start_token: int
    end_token: int
    code: str
    kind: MentionKind
    name: str
    role: str | None = None
    in_office: bool = True
    cases: str = ""
    is_full_name: bool = True
    nominative: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What a person was, for whom, and when; `until` is None for those who still are."""

    actor: str
    role: str
    since: date
    until: date | None = None

    def is_held_on(self, day: date) -> bool:
        """Return whether the office was held that day, give or take the days in which it changed hands."""
        return self.since - OFFICE_GRACE <= day and (self.until is None or day <= self.until + OFFICE_GRACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the lexicon; without offices, one who never speaks for an actor. `offices` are in order of time."""

    name: str
    offices: tuple[Office, ...] = ()

    def office_on(self, day: date | None) -> Office | None:
        """Return the office held that day (the latest begun of several), or the last one where no day is known."""
        if day is None:
            return self.offices[-1] if self.offices else None
        return max((o for o in self.offices if o.is_held_on(day)), key=lambda office: office.since, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One form that an actor is written in.

    `language` is empty for forms that are the same in several languages. A form that is written with capitals is
    only found with capitals; one in capitals throughout, up to five letters long, only so. `person` is the index of
    the person it names, `nominative` the subject's form of a form in another case.
    """

    form: str
    code: str
    kind: MentionKind
    name: str
    language: str = ""
    cases: str = ""
    person: int | None = None
    is_full_name: bool = True
    nominative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """When a name means something else: `code` is not meant in a text with one of `signs` and none of `unless`."""

    code: str
    forms: frozenset[str]
    signs: frozenset[str]
    unless: frozenset[str] = frozenset()
