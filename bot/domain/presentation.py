"""What every telling of a reaction shares, wherever it is shown: the words, the groups, the tone, the quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.alerts import AlertMessage, Source, SourcedReaction
from bot.domain.feeds import FeedKind
from bot.domain.reactions import COLLECTIVE_ACTORS, Family, Reaction, ReactionType, Record

_T = ReactionType

# The verb that stands between actor and targets: "France condemns → Azerbaijan". Translated by whoever shows them.
TYPE_WORDS: dict[ReactionType, str] = {
    _T.CONDEMN: "condemns",
    _T.ACCUSE: "accuses",
    _T.DENY: "denies",
    _T.REFUSE: "refuses",
    _T.EXPRESS_CONCERN: "voices concern",
    _T.WARN: "warns",
    _T.THREATEN: "threatens",
    _T.EXPRESS_SUPPORT: "voices support",
    _T.WELCOME: "welcomes",
    _T.CALL_CEASEFIRE: "calls for a ceasefire",
    _T.CALL_DIALOGUE: "calls for talks",
    _T.DEMAND_WITHDRAWAL: "demands withdrawal",
    _T.DEMAND_ACCESS: "demands access",
    _T.DEMAND_COMPLIANCE: "demands compliance",
    _T.DEMAND_POLITICAL_CHANGE: "demands political change",
    _T.REQUEST_MEETING: "requests a meeting",
    _T.APPEAL_INTERVENTION: "appeals for help",
    _T.SET_CONDITIONS: "sets conditions",
    _T.OFFER_MEDIATION: "offers mediation",
    _T.AGREE: "agrees",
    _T.CONSULT: "holds talks",
    _T.PROVIDE_AID: "provides aid",
    _T.SANCTION: "imposes sanctions",
    _T.TAKE_TO_COURT: "goes to court",
    _T.INVESTIGATE: "sends a mission",
    _T.MILITARY_ACTION: "uses armed force",
    _T.RESTRICT_MOVEMENT: "restricts movement",
    _T.PROTEST: "protests",
    _T.DEESCALATE: "de-escalates",
    _T.ANNOUNCE_ACTION: "announces",
    _T.REPORT: "states",
}

# Actors whose name is a plural.
PLURAL_ACTORS = frozenset({"NKR"})
_SINGULAR_ENDS = ("ss", "us", "is")
_IRREGULAR = {"denies": "deny", "goes": "go"}


def _plural(verb: str) -> str:
    first, space, rest = verb.partition(" ")
    return _IRREGULAR.get(first, first.removesuffix("s")) + space + rest


PLURAL_TYPE_WORDS = {kind: _plural(verb) for kind, verb in TYPE_WORDS.items()}


def act_words(reaction: Reaction | Record) -> str:
    """Return the verb that goes with the actor's name: France condemns, the authorities condemn, protesters condemn."""
    is_plural = reaction.actor in PLURAL_ACTORS
    if reaction.actor in COLLECTIVE_ACTORS and not reaction.speaker:
        # Called by a role such as “protesters”, or by nothing at all: “others”.
        called = reaction.role or ("others" if reaction.actor == "OTHER" else "")
        is_plural = called.endswith("s") and not called.endswith(_SINGULAR_ENDS)
    return (PLURAL_TYPE_WORDS if is_plural else TYPE_WORDS)[reaction.type]


FAMILY_WORDS: dict[Family, str] = {
    Family.CRITICISM: "criticism",
    Family.REBUTTAL: "rebuttals",
    Family.CONCERN: "concern and warnings",
    Family.THREAT: "threats",
    Family.SUPPORT: "support",
    Family.APPEAL: "appeals and demands",
    Family.DIPLOMACY: "diplomacy",
    Family.ASSISTANCE: "aid",
    Family.PRESSURE: "pressure",
    Family.FORCE: "force",
    Family.PUBLIC: "public protest",
    Family.RELIEF: "de-escalation",
    Family.STATEMENT: "plain statements",
}

KIND_WORDS: dict[FeedKind, str] = {
    FeedKind.STATE: "state media",
    FeedKind.WIRE: "news agency",
    FeedKind.INDEPENDENT: "independent",
    FeedKind.INSTITUTION: "institution",
    FeedKind.UNKNOWN: "",
}


FEWEST_QUOTED_WORDS = 3


def own_name(reaction: Reaction | Record) -> str | None:
    """Return what one of a collective (`OTHER`, `NGO`) is called: by name, else by role; None for all other actors."""
    if reaction.actor not in COLLECTIVE_ACTORS:
        return None
    role = reaction.role or ""
    return reaction.speaker or role[:1].upper() + role[1:] or None


def attribution_of(reaction: Reaction | Record) -> tuple[str, ...]:
    """Return who spoke and as what, without what the actor is called anyway."""
    if reaction.actor in COLLECTIVE_ACTORS:
        return (reaction.role,) if reaction.role and reaction.speaker else ()
    return tuple(part for part in (reaction.speaker, reaction.role) if part)


def by_actor(reactions: Iterable[SourcedReaction]) -> tuple[tuple[SourcedReaction, ...], ...]:
    """Return the reactions in groups of one actor each, actors in order of first appearance.

    Two speakers of a collective code (`OTHER`, `NGO`) are two actors.
    """
    groups: dict[tuple[str, str], list[SourcedReaction]] = {}
    for sourced in reactions:
        reaction = sourced.reaction
        groups.setdefault((reaction.actor, own_name(reaction) or ""), []).append(sourced)
    return tuple(tuple(group) for group in groups.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an actor did, as all its reports together tell it: how many outlets do, and in whose words if any are shown."""

    reaction: Reaction
    outlets: int
    quote: str | None


def acts_of(group: Iterable[SourcedReaction]) -> tuple[Act, ...]:
    """Return what an actor did, each kind of act towards the same targets once.

    One of them has a quote, that of the most reported reaction with words of its own: it stands with the act it proves.
    """
    alike: dict[tuple[ReactionType, frozenset[str]], list[Reaction]] = {}
    for sourced in group:
        alike.setdefault((sourced.reaction.type, frozenset(sourced.reaction.targets)), []).append(sourced.reaction)
    told = [reaction for same in alike.values() for reaction in same]
    best = max((r for r in told if quotation(r.quote)), key=lambda reaction: len(reaction.outlets), default=None)
    return tuple(
        Act(
            reaction=same[0],
            outlets=len({outlet for each in same for outlet in each.outlets}),
            quote=quotation(best.quote) if best is not None and any(each is best for each in same) else None,
        )
        for same in alike.values()
    )


def leading_tone(reactions: Iterable[SourcedReaction]) -> int:
    """Return the tone that stands out: the strongest, and of two equally strong ones the hostile one."""
    tones = [sourced.reaction.type.tone for sourced in reactions]
    return max(tones, key=lambda tone: (abs(tone), -tone), default=0)


def source_in(sourced: SourcedReaction, item_id: str) -> Source | None:
    """Return how this item reports the reaction, if it does."""
    return next((source for source in sourced.sources if source.item_id == item_id), None)


def quote_in(sourced: SourcedReaction, item_id: str) -> str | None:
    """Return the words as this item quotes them, else as the best report does; None where they are no quotation."""
    source = source_in(sourced, item_id)
    return quotation((source.quote if source else None) or sourced.reaction.quote)


def quotation(quote: str | None) -> str | None:
    """Return a quote without the comma that led back into its sentence; None where it is a word or two.

    “Saboteurs” in quotation marks is an outlet keeping its distance, not somebody speaking.
    """
    words = (quote or "").strip().rstrip(",;").rstrip()
    return words if len(words.split()) >= FEWEST_QUOTED_WORDS else None


def further_outlets(message: AlertMessage) -> tuple[str, ...]:
    """Return the other outlets that report any of the message's reactions, in order of their reports, each once."""
    outlets = dict.fromkeys(outlet for sourced in message.reactions for outlet in sourced.reaction.outlets)
    outlets.pop(message.item.outlet, None)
    return tuple(outlets)
