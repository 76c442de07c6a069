"""Questions in custom ids: a button holds its whole question, so that it works after any restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from bot.discord.inert import units
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType, Tier

CUSTOM_ID_LIMIT = 100
_HOUR = 3600


# What parts a question, where it stands in an outlet's name or a text that is looked for.
_ESCAPES = {"%": "%25", ";": "%3B", ",": "%2C"}


def written(query: ReactionQuery) -> str:
    """Return the question as a button holds it."""
    parts = {
        "a": ",".join(sorted(query.actors)),
        "g": ",".join(sorted(query.targets)),
        "t": ",".join(sorted(query.types)),
        "f": ",".join(sorted(query.families)),
        "l": ",".join(sorted(query.languages)),
        "o": ",".join(sorted(map(_escaped, query.outlets))),
        "y": query.story_id or "",
        "x": _escaped(query.text or ""),
        "d": "1" if query.tier is Tier.ALERT else "",
        "s": _hours(query.since),
        "u": _hours(query.until),
    }
    return ";".join(f"{key}{value}" for key, value in parts.items() if value)


def encoded(query: ReactionQuery, prefix: str) -> str | None:
    """Return a custom id that begins so and holds the question, or None where the question is too long for one."""
    custom_id = f"{prefix}:{written(query)}"
    return custom_id if units(custom_id) <= CUSTOM_ID_LIMIT else None


def decoded(text: str) -> ReactionQuery:
    """Return the question that a button holds; its since is a little earlier than asked, by less than an hour.

    No button asks for earlier acts that were told as background.
    """
    parts = {part[0]: part[1:] for part in text.split(";") if part}

    def listed(key: str) -> frozenset[str]:
        return frozenset(unquote(each) for each in parts.get(key, "").split(",") if each)

    return ReactionQuery(
        actors=listed("a"),
        targets=listed("g"),
        types=frozenset(ReactionType(each) for each in listed("t")),
        families=frozenset(Family(each) for each in listed("f")),
        languages=listed("l"),
        outlets=listed("o"),
        story_id=parts.get("y") or None,
        text=unquote(parts.get("x", "")) or None,
        tier=Tier.ALERT if parts.get("d") else None,
        background=False,
        since=_moment(parts.get("s")),
        until=_moment(parts.get("u")),
    )


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(each, each) for each in text)


def whole_hours(query: ReactionQuery) -> ReactionQuery:
    """Return the question as a button would hold it, so that all of its pages ask the same."""
    return replace(query, since=_moment(_hours(query.since)), until=_moment(_hours(query.until)))


def _hours(moment: datetime | None) -> str:
    return "" if moment is None else str(int(moment.timestamp()) // _HOUR)


def _moment(hours: str | None) -> datetime | None:
    return datetime.fromtimestamp(0, UTC) + timedelta(hours=int(hours)) if hours else None
