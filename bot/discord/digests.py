"""A digest as Discord shows it: one message that says it all, and pages for what it has no room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.discord.inert import escaped, units
from bot.discord.questions import encoded
from bot.discord.rendering import NAME_LIMIT, act_text, actor_label, actor_name, colour_of
from bot.discord.words import Words, words_in
from bot.domain.actors import ActorNames, flag_of
from bot.domain.alerts import SourcedReaction
from bot.domain.digests import Edition, Mover
from bot.domain.places import PlaceNames
from bot.domain.presentation import acts_of, by_actor, leading_tone, own_name
from bot.domain.queries import ReactionQuery
from bot.domain.subscriptions import Mode

# With its fields and its footer the first page stays below the 6,000 that all of a message may have.
_PAGE_LIMIT = 3400
_QUOTE_LIMIT = 220
_ACTS_PER_ACTOR = 8
_MOVERS_SHOWN = 8
_CORROBORATED_SHOWN = 5
_FIELD_LIMIT = 1024
# What a line that says how many more there are may take.
_MORE_ROOM = 60
MAX_PAGES = 10


class DigestRenderer:
    """Renders digests with these names of actors."""

    def __init__(self, names: ActorNames) -> None:
        self._names = names

    def render(self, edition: Edition, place_names: PlaceNames = PlaceNames.BOTH) -> tuple[discord.Embed, ...]:
        """Return the pages of a digest, at least one; the first has the numbers, who moved and what is corroborated."""
        words = words_in(edition.subscription.language, place_names)
        pages = self._pages(edition, words)
        colour = colour_of(leading_tone(edition.reactions))
        first = discord.Embed(
            title=title_of(edition, words), description=pages[0], colour=colour, timestamp=edition.digest.until
        )
        return (first, *(discord.Embed(description=page, colour=colour) for page in pages[1:]))

    def _pages(self, edition: Edition, words: Words) -> list[str]:
        span = _span(edition)
        if not edition.reactions:
            return [f"{span}\n\n{words('Nothing new in this time.')}"]
        pages = ["\n\n".join(self._headlines(edition, span, words))]
        groups = by_actor(edition.reactions)
        for position, group in enumerate(groups):
            block = "\n".join(self._actor_lines(group, words))
            if units(pages[-1]) + units(block) + 2 <= _PAGE_LIMIT:
                pages[-1] = f"{pages[-1]}\n\n{block}"
            elif len(pages) < MAX_PAGES:
                pages.append(block)
            else:
                left_out = len(groups) - position
                more = words.plural("… and {number} more actor", "… and {number} more actors", left_out)
                pages[-1] = f"{pages[-1]}\n\n{more}"
                break
        return pages

    def _headlines(self, edition: Edition, span: str, words: Words) -> Iterator[str]:
        """Yield what is read first: the numbers, who moved, what is corroborated."""
        yield f"{span}\n**{numbers_of(edition, words)}**"
        if edition.movers:
            yield f"**{words('Who moved, against their own last 30 days')}**\n{self._movers(edition.movers, words)}"
        if corroborated := self._corroborated(edition.reactions, words):
            yield f"**{words('Corroborated by several outlets')}**\n{corroborated}"

    def _corroborated(self, reactions: tuple[SourcedReaction, ...], words: Words) -> str:
        """Return what several outlets report, the most reported first."""
        several = [each.reaction for each in reactions if len(each.reaction.outlets) > 1]
        lines: list[str] = []
        room = _FIELD_LIMIT - _MORE_ROOM
        for reaction in several[:_CORROBORATED_SHOWN]:
            actor = actor_label(self._names, words, reaction.actor, own_name(reaction))
            count = words.plural("{number} outlet", "{number} outlets", len(reaction.outlets))
            line = f"- {actor} {act_text(self._names, words, reaction)} · {count}"
            room -= units(line) + 1
            if room < 0:
                break
            lines.append(line)
        more = len(several) - len(lines)
        if lines and more:
            lines.append(words.plural("… and {number} more reaction", "… and {number} more reactions", more))
        return "\n".join(lines)

    def _actor_lines(self, group: tuple[SourcedReaction, ...], words: Words) -> Iterator[str]:
        first = group[0].reaction
        name = escaped(actor_name(self._names, words, first.actor, own_name(first)), NAME_LIMIT) or first.actor
        outlets = len({outlet for each in group for outlet in each.reaction.outlets})
        told = words.plural("{number} outlet", "{number} outlets", outlets)
        yield f"{flag_of(first.actor)} **{name}** · {told}".lstrip()
        acts = acts_of(group)
        for act in acts[:_ACTS_PER_ACTOR]:
            # Most are told by one: only what is told by more is worth the words.
            count = f" · {words.plural('{number} outlet', '{number} outlets', act.outlets)}" if act.outlets > 1 else ""
            yield f"- {act_text(self._names, words, act.reaction)}{count}"
            if act.quote:
                yield f"> “{escaped(act.quote, _QUOTE_LIMIT)}”"
        more = len(acts) - _ACTS_PER_ACTOR
        if more > 0:
            yield words.plural("… and {number} more reaction", "… and {number} more reactions", more)

    def _movers(self, movers: tuple[Mover, ...], words: Words) -> str:
        lines = []
        for mover in movers[:_MOVERS_SHOWN]:
            name = escaped(actor_name(self._names, words, mover.actor), NAME_LIMIT) or mover.actor
            way = words("hardened") if mover.now < mover.before else words("softened")
            arrow = "📉" if mover.now < mover.before else "📈"
            lines.append(f"{arrow} {flag_of(mover.actor)} {name} {way}: {mover.before:+.1f} → {mover.now:+.1f}")
        return "\n".join(lines)


def title_of(edition: Edition, words: Words) -> str:
    """Return what kind of digest this is."""
    return {
        Mode.HOURLY: words("Reactions of the hour"),
        Mode.DAILY: words("Reactions of the day"),
        Mode.WEEKLY: words("Reactions of the week"),
        # Whoever has alerts has a digest only for what an outage held up.
        Mode.INSTANT: words("Reactions that could not be posted in time"),
    }[edition.subscription.mode]


def numbers_of(edition: Edition, words: Words) -> str:
    """Return the headline numbers."""
    corroborated = sum(len(sourced.reaction.outlets) > 1 for sourced in edition.reactions)
    parts = [
        words.plural("{number} reaction", "{number} reactions", len(edition.reactions)),
        words.plural("{number} actor", "{number} actors", len(by_actor(edition.reactions))),
        words.plural("{number} story", "{number} stories", edition.stories),
        words.plural("{number} outlet", "{number} outlets", edition.outlets),
    ]
    if corroborated:
        parts.append(words.plural("{number} corroborated", "{number} corroborated", corroborated))
    return " · ".join(parts)


def _span(edition: Edition) -> str:
    since, until = edition.digest.since, edition.digest.until
    return f"{discord.utils.format_dt(since, 'f')} – {discord.utils.format_dt(until, 'f')}"


def digest_buttons(edition: Edition, words: Words) -> discord.ui.View:
    """Return the buttons of a digest; a custom id carries its id, which delivery looks for, and then its question."""
    filters, digest = edition.subscription.filters, edition.digest
    whole = ReactionQuery(since=digest.since, until=digest.until, background=False)
    narrow = replace(
        whole, actors=filters.actors, targets=filters.targets, types=filters.types, families=filters.families
    )
    prefix = f"digest:{digest.id}"
    question = encoded(narrow, prefix) or encoded(whole, prefix)
    view = discord.ui.View(timeout=None)
    view.add_item(
        discord.ui.Button(label=words("All reactions"), style=discord.ButtonStyle.secondary, custom_id=question)
    )
    view.stop()
    return view
