"""An alert as Discord shows it: one embed, a row of buttons, and nothing that feed text could do harm with."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.discord.inert import clip, escaped, safe_link, units
from bot.discord.words import Words, actors_in, words_in
from bot.domain.actors import COLLECTIVE_NAMES, NEUTRAL_NAMES, SIDED_NAMES, ActorNames, flag_of
from bot.domain.alerts import AlertMessage, SourcedReaction
from bot.domain.items import Item
from bot.domain.places import PlaceNames
from bot.domain.presentation import (
    KIND_WORDS,
    act_words,
    attribution_of,
    by_actor,
    further_outlets,
    leading_tone,
    own_name,
    quote_in,
    source_in,
)
from bot.domain.reactions import COLLECTIVE_ACTORS, Reaction, Record
from bot.domain.subscriptions import ChannelKind

TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
BUTTON_URL_LIMIT = 512
EMBED_URL_LIMIT = 2048
NAME_LIMIT = 80
# Quotes are cut to the longest of these with which everything fits.
_QUOTE_LIMITS = (700, 500, 350, 240, 160, 90, 0)
_TARGETS_SHOWN = 6
_OUTLETS_SHOWN = 8

# Hostile to cooperative, from red to blue through grey: told apart without telling red from green.
_TONE_COLOURS = {-4: 0x8E1B1B, -3: 0xC0392B, -2: 0xE0703A, -1: 0xE3B04B, 0: 0x8A94A6, 1: 0x7FB3D5, 2: 0x4A90C2}
_COOPERATIVE = 0x2471A3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A message ready to be sent: its arguments to discord.py."""

    embed: discord.Embed
    view: discord.ui.View
    content: str | None = None
    allowed_mentions: discord.AllowedMentions


def colour_of(tone: int) -> int:
    """Return the colour that stands for a tone."""
    return _TONE_COLOURS.get(tone, _COOPERATIVE)


def actor_name(names: ActorNames, words: Words, code: str, speaker: str | None = None) -> str:
    """Return what an actor is called in the reader's language."""
    if code in NEUTRAL_NAMES:
        return words(SIDED_NAMES.get((code, words.place_names)) or NEUTRAL_NAMES[code])
    if not (speaker and code in COLLECTIVE_ACTORS) and (called := actors_in(words.language).get(code)):
        return called
    if code in COLLECTIVE_NAMES and not speaker:
        return words(COLLECTIVE_NAMES[code])
    return names.name(code, language=words.language, speaker=speaker)


def actor_label(names: ActorNames, words: Words, code: str, speaker: str | None = None) -> str:
    """Return flag and name, the name escaped and clipped."""
    name = escaped(actor_name(names, words, code, speaker), NAME_LIMIT) or code
    flag = flag_of(code)
    return f"{flag} {name}" if flag else name


def act_text(names: ActorNames, words: Words, reaction: Reaction | Record) -> str:
    """Return the type in words and whom it is aimed at."""
    act = words(act_words(reaction))
    targets = reaction.targets
    if not targets:
        return act
    shown = ", ".join(actor_label(names, words, code) for code in targets[:_TARGETS_SHOWN])
    more = len(targets) - _TARGETS_SHOWN
    return f"{act} → {shown}" + (f" +{more}" if more > 0 else "")


def said_by(reaction: Reaction) -> str:
    """Return speaker and role, escaped; "" where the text names nobody besides the actor."""
    return ", ".join(shown for part in attribution_of(reaction) if (shown := escaped(part, 120)))


class AlertRenderer:
    """Renders alerts with these names of actors."""

    def __init__(self, names: ActorNames) -> None:
        self._names = names

    def render(self, message: AlertMessage, place_names: PlaceNames = PlaceNames.BOTH) -> Rendered:
        """Return the message of an alert, within all of Discord's limits whatever the feed wrote."""
        words = words_in(message.subscription.language, place_names)
        item = message.item
        embed = discord.Embed(
            title=escaped(item.title, TITLE_LIMIT) or None,
            url=safe_link(item.link, EMBED_URL_LIMIT),
            description=self._description(message, words),
            colour=colour_of(leading_tone(message.reactions)),
            timestamp=item.published,
        )
        embed.set_author(name=outlet_line(message, words))
        content, allowed = _ping(message)
        return Rendered(
            embed=embed,
            view=alert_buttons(message, words),
            content=content,
            allowed_mentions=allowed,
        )

    def _description(self, message: AlertMessage, words: Words) -> str:
        if not any(sourced.reaction.reports for sourced in message.reactions):
            return self._taken_back(message, words)
        tail = "\n".join(line for line in (_further(message, words), _correction(message, words)) if line)
        room = DESCRIPTION_LIMIT - units(tail) - 1
        for quote_limit in _QUOTE_LIMITS:
            body = "\n".join(self._blocks(message, words, quote_limit))
            if units(body) <= room:
                break
        else:
            body = _fitting(self._blocks(message, words, 0), words, room)
        return f"{body}\n{tail}" if tail else body

    def _taken_back(self, message: AlertMessage, words: Words) -> str:
        """Return what the message told, struck out, where nobody tells it any more."""
        told = (line for block in self._blocks(message, words, 0) for line in block.splitlines())
        struck = [f"~~{line}~~" for line in told if line and not line.startswith(">")]
        note = "-# " + words("Taken back: no outlet tells it any more, or a moderator found it to be no reaction.")
        return "\n".join((*_fitting_lines(struck, DESCRIPTION_LIMIT - units(note) - 1), note))

    def _blocks(self, message: AlertMessage, words: Words, quote_limit: int) -> list[str]:
        blocks: list[str] = []
        told: set[str] = {message.item.title}
        for group in by_actor(message.reactions):
            actor = group[0].reaction
            name = escaped(actor_name(self._names, words, actor.actor, own_name(actor)), NAME_LIMIT) or actor.actor
            heading = f"{flag_of(actor.actor)} **{name}**".lstrip()
            for position, sourced in enumerate(group):
                act = act_text(self._names, words, sourced.reaction)
                lead = f"{heading} {act}" if position == 0 else words("and {act}", act=act)
                # A blank line before every further actor.
                lead = f"\n{lead}" if blocks and position == 0 else lead
                blocks.append(lead + _words_of(sourced, message.item, quote_limit, told))
        return blocks


def _words_of(sourced: SourcedReaction, item: Item, limit: int, told: set[str]) -> str:
    """Return the quote, or the evidence where there is none, and who said it; nothing that was told already."""
    quoted = quote_in(sourced, item.id)
    source = source_in(sourced, item.id)
    text = quoted or (source.evidence if source else "") or sourced.reaction.evidence
    shown = escaped(text, limit) if limit and text and not any(text in earlier for earlier in told) else ""
    speaker = said_by(sourced.reaction)
    lines = []
    if shown:
        told.add(text)
        lines.append(f"\n> “{shown}”" if quoted else f"\n> {shown}")
    if speaker and (shown or speaker not in told):
        told.add(speaker)
        lines.append(f"\n> — {speaker}")
    return "".join(lines)


def _further(message: AlertMessage, words: Words) -> str:
    outlets = further_outlets(message)
    if not outlets:
        return ""
    shown = ", ".join(escaped(outlet, NAME_LIMIT) for outlet in outlets[:_OUTLETS_SHOWN])
    more = len(outlets) - _OUTLETS_SHOWN
    if more > 0:
        shown = words.plural("{shown} and {number} more", "{shown} and {number} more", more, shown=shown)
    return "-# " + words("also reported by {outlets}", outlets=shown)


def _correction(message: AlertMessage, words: Words) -> str:
    if not message.item.withdrawn:
        return ""
    return "-# ⚠️ " + words("its outlet has corrected it, or taken it back")


def _fitting_lines(lines: list[str], room: int) -> list[str]:
    shown: list[str] = []
    for line in lines:
        room -= units(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown


def _fitting(blocks: list[str], words: Words, room: int) -> str:
    """Return as many blocks as fit, and how many are missing."""
    room -= units(words.plural("… and {number} more reaction", "… and {number} more reactions", len(blocks))) + 1
    shown: list[str] = []
    for block in blocks:
        room -= units(block) + 1
        if room < 0:
            break
        shown.append(block)
    missing = len(blocks) - len(shown)
    return "\n".join((*shown, words.plural("… and {number} more reaction", "… and {number} more reactions", missing)))


def outlet_line(message: AlertMessage, words: Words) -> str:
    """Return the outlet, what kind it is, and the language of the item where it is not the reader's."""
    kind = KIND_WORDS[message.kind]
    language = message.item.language
    parts = (
        clip(message.item.outlet, NAME_LIMIT),
        words(kind) if kind else "",
        clip(language, 8).upper() if language and language not in {message.subscription.language, "und"} else "",
    )
    return " · ".join(part for part in parts if part) or "—"


def alert_buttons(message: AlertMessage, words: Words) -> discord.ui.View:
    """Return the buttons of an alert. A custom id carries the alert's id, its story's and its item's, in this order."""
    view = discord.ui.View(timeout=None)
    alert, item = message.alert, message.item
    link = safe_link(item.link, BUTTON_URL_LIMIT)
    if link:
        view.add_item(discord.ui.Button(label=words("Source"), url=link))
    ids = f"{alert.id}:{alert.story_id}:{item.id}"
    grey = discord.ButtonStyle.secondary
    view.add_item(discord.ui.Button(label=words("Why this?"), style=grey, custom_id=f"why:{ids}"))
    if message.subscription.channel_kind is not ChannelKind.DIRECT:
        # A direct message has no moderators.
        view.add_item(discord.ui.Button(label=words("Wrong?"), style=grey, custom_id=f"wrong:{ids}"))
    # A stopped view is not kept by discord.py: the buttons are answered by their custom ids, for ever, and thousands of
    # alerts do not pile up in memory.
    view.stop()
    return view


def _ping(message: AlertMessage) -> tuple[str | None, discord.AllowedMentions]:
    """Return the role ping that the subscription wants for these types, and leave to make it; else neither."""
    subscription = message.subscription
    role = subscription.ping_role_id
    wanted = any(sourced.reaction.type in subscription.ping_types for sourced in message.reactions)
    if not (role and role.isdecimal() and wanted):
        return None, discord.AllowedMentions.none()
    allowed = discord.AllowedMentions(
        everyone=False, users=False, roles=[discord.Object(int(role))], replied_user=False
    )
    return f"<@&{role}>", allowed
