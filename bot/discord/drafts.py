"""A subscription while it is being made: what was chosen so far, and how that reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time

import discord

from bot.discord.choices import LANGUAGES
from bot.discord.inert import clip, escaped
from bot.discord.listing import reaction_block
from bot.discord.rendering import actor_name
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.digests import next_slot_end
from bot.domain.presentation import FAMILY_WORDS, TYPE_WORDS
from bot.domain.reactions import ReactionType, Tier
from bot.domain.subscriptions import ChannelKind, Filters, Mode, Schedule, Subscription
from bot.usecases.subscribe import Preview

_COLOUR = 0x4A6FA5
_SAMPLES = 2
_FIELD_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was chosen so far. `editing` is the subscription that is being changed, if it is not a new one."""

    channel_id: str
    kind: ChannelKind
    guild_id: str
    filters: Filters = field(default_factory=Filters)
    mode: Mode = Mode.INSTANT
    schedule: Schedule = field(default_factory=Schedule)
    ping_role_id: str | None = None
    ping_types: frozenset[ReactionType] = frozenset()
    language: str = "en"
    editing: Subscription | None = None

    def applied(self, subscription: Subscription) -> Subscription:
        """Return the subscription as the draft has it."""
        return replace(
            subscription,
            filters=self.filters,
            mode=self.mode,
            schedule=self.schedule,
            ping_role_id=self.ping_role_id,
            ping_types=self.ping_types,
            language=self.language,
        )


def draft_of(subscription: Subscription) -> Draft:
    """Return a draft that would change nothing."""
    return Draft(
        channel_id=subscription.channel_id,
        kind=subscription.channel_kind,
        guild_id=subscription.guild_id,
        filters=subscription.filters,
        mode=subscription.mode,
        schedule=subscription.schedule,
        ping_role_id=subscription.ping_role_id,
        ping_types=subscription.ping_types,
        language=subscription.language,
        editing=subscription,
    )


def where_text(kind: ChannelKind, channel_id: str, words: Words) -> str:
    """Return where it posts."""
    return words("direct messages to you") if kind is ChannelKind.DIRECT else f"<#{channel_id}>"


def filters_text(filters: Filters, names: ActorNames, words: Words) -> str:
    """Return what the filters let through, a line each."""

    def actors(codes: Iterable[str]) -> list[str]:
        return [actor_name(names, words, code) for code in sorted(codes)]

    types = [words(FAMILY_WORDS[each]) for each in sorted(filters.families)]
    types += [words(TYPE_WORDS[each]) for each in sorted(filters.types)]
    parts = (
        (words("Who"), actors(filters.actors)),
        (words("Towards whom"), actors(filters.targets)),
        (words("What"), types),
        (words("Languages"), [LANGUAGES.get(each, each) for each in sorted(filters.languages)]),
        (words("Outlets"), sorted(filters.outlets)),
        (words("With the words"), list(filters.include)),
        (words("Without the words"), list(filters.exclude)),
        (words("Outlets at least"), [str(filters.min_outlets)] if filters.min_outlets > 1 else []),
        (words("How it is said"), [words("only what is said directly")] if filters.tier is Tier.ALERT else []),
    )
    lines = [
        words("{label}: {values}", label=label, values=escaped(", ".join(values), 250))
        for label, values in parts
        if values
    ]
    return "\n".join(lines) or words("everything but plain statements")


def when_text(mode: Mode, schedule: Schedule, words: Words) -> str:
    """Return when it posts."""
    at, zone = f"{schedule.at:%H:%M}", schedule.timezone
    text = {
        Mode.INSTANT: words("at once"),
        Mode.HOURLY: words("a digest every hour"),
        Mode.DAILY: words("a digest every day at {at} ({zone})", at=at, zone=zone),
        Mode.WEEKLY: words(
            "a digest every {weekday} at {at} ({zone})", weekday=weekday_name(schedule.weekday, words), at=at, zone=zone
        ),
    }[mode]
    if schedule.quiet_from is not None and schedule.quiet_until is not None:
        span = f"{schedule.quiet_from:%H:%M}–{schedule.quiet_until:%H:%M}"
        text += "; " + words("quiet from {span} ({zone})", span=span, zone=zone)
    return text


def weekday_name(number: int, words: Words) -> str:
    """Return the name of a day, 0 for Monday."""
    return (
        words("Monday"),
        words("Tuesday"),
        words("Wednesday"),
        words("Thursday"),
        words("Friday"),
        words("Saturday"),
        words("Sunday"),
    )[number]


def draft_embed(
    draft: Draft,
    preview: Preview,
    names: ActorNames,
    words: Words,
    *,
    now: datetime,
    warnings: tuple[str, ...] = (),
) -> discord.Embed:
    """Return the draft in words, with what the last seven days would have sent."""
    title = words("Change the subscription") if draft.editing else words("New subscription")
    embed = discord.Embed(title=title, colour=_COLOUR)
    embed.add_field(name=words("Where"), value=where_text(draft.kind, draft.channel_id, words), inline=True)
    when = when_text(draft.mode, draft.schedule, words)
    if draft.mode is not Mode.INSTANT:
        comes = discord.utils.format_dt(next_slot_end(draft.mode, draft.schedule, now), "f")
        when += "\n-# " + words("the next one: {when}", when=comes)
        if draft.schedule.tells_empty:
            when += "\n-# " + words("also when there was nothing")
    embed.add_field(name=words("When"), value=when, inline=True)
    embed.add_field(name=words("Language of the messages"), value=LANGUAGES.get(draft.language, draft.language))
    embed.add_field(
        name=words("What it hears of"), value=filters_text(draft.filters, names, words)[:1024], inline=False
    )
    if draft.ping_role_id:
        types = ", ".join(words(TYPE_WORDS[each]) for each in sorted(draft.ping_types))
        value = f"<@&{draft.ping_role_id}>: {clip(types, 300) or '—'}"
        embed.add_field(name=words("Pings"), value=value, inline=False)
    embed.add_field(
        name=words("The last 7 days would have sent"), value=preview_text(preview, names, words), inline=False
    )
    if warnings:
        embed.add_field(name=words("Mind"), value=clip_lines(warnings), inline=False)
    return embed


def preview_text(preview: Preview, names: ActorNames, words: Words) -> str:
    """Return how many reactions would have come, and the newest of them."""
    if not preview.reactions:
        return words("Nothing. Fewer filters let more through.")
    number = len(preview.reactions)
    if preview.is_cut:
        count = words.plural("{number} reaction at least", "{number} reactions at least", number)
    else:
        count = words.plural("{number} reaction", "{number} reactions", number)
    text = f"**{count}**"
    for sourced in preview.reactions[:_SAMPLES]:
        block = reaction_block(sourced, names, words)
        if len(text) + len(block) + 1 <= _FIELD_LIMIT - 30:
            text += "\n" + block
    return text


def clip_lines(lines: Iterable[str]) -> str:
    """Return lines as a list within a field."""
    return "\n".join(f"⚠️ {line}" for line in lines)[:1024]


def read_time(text: str) -> time | None:
    """Return the time that “8:00”, “08:00” or “8” means, or None where it means none."""
    hour, _, minute = text.strip().replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def subscription_line(subscription: Subscription, words: Words, names: ActorNames) -> str:
    """Return a subscription in one line, for lists to choose from."""
    filters = filters_text(subscription.filters, names, words).replace("\n", "; ")
    return f"{when_text(subscription.mode, subscription.schedule, words)} · {filters}"
