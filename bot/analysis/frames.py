"""How a verb builds its clause: its frame, who can do it, at whom it is aimed, and what it does to another verb."""

from __future__ import annotations

from enum import StrEnum


class Frame(StrEnum):
    """How a verb builds its clause, and so what is read from where."""

    ACT = "act"
    """The subject does it; the object says to what or whom."""
    ACCUSE = "accuse"
    """As `act`; what follows the accused is the accusation, and nobody's act."""
    REQUEST = "request"
    """The object is asked; what is asked for gives the type."""
    SAY = "say"
    """What follows, or the quotation beside it, is in the subject's words."""
    DENY = "deny"
    """As `act`; what is denied is nobody's act."""
    MEET = "meet"
    """Subjects meet each other, or whom they meet."""
    QUOTE = "quote"
    """The object's words are quoted: "quoted X as saying"."""
    DRAW = "draw"
    """Others react to the subject, who stand behind a preposition: "drew a rebuke from X"."""
    CONTROL = "control"
    """The verb that follows is what matters: begin to, agree to, refuse to."""
    PLAIN = "plain"
    """A verb without meaning here, which still ends a noun phrase."""


class Effect(StrEnum):
    """What a verb of control does to the verb it governs."""

    ACT = "act"  # begin to, move to: done
    PROMISE = "promise"  # vow to, plan to: a promise of it
    AGREE = "agree"
    REFUSE = "refuse"
    THREATEN = "threaten"
    WANT = "want"  # hope to, try to: not done yet, perhaps never
    OFFER = "offer"
    TRY = "try"  # try to, work on: not done, but what is done by trying is
    FAIL = "fail"  # fail to
    NONE = "none"  # fails to


class TargetFrom(StrEnum):
    """Where the party that an act is aimed at is found."""

    NOBODY = "nobody"
    OBJECT = "object"
    CULPRIT = "culprit"  # who did the thing in the object
    VICTIM = "victim"  # whom the thing in the object hits
    PARTNER = "partner"  # with whom
    COMPANION = "companion"  # with whom, and never the object: what is talked about
    HOST = "host"  # to whom a mission goes, in whose country it is
    PROTESTED = "protested"  # against whom a crowd protests
    RECIPIENT = "recipient"  # to whom, for whom
    ANY = "any"


class Subject(StrEnum):
    """Who can do it."""

    ANY = "any"
    CROWD = "crowd"
    STATE = "state"
    PERSON = "person"
    PROTESTERS = "protesters"
    FORCE = "force"
    MISSION = "mission"
    MEETING = "meeting"
    BODY = "body"
    THING = "thing"
