"""The log of a server in pages, whose buttons work after any restart."""

from __future__ import annotations

import discord

from bot.discord.answers import Interaction, answer, words_for
from bot.discord.choices import LANGUAGES
from bot.discord.inert import escaped
from bot.discord.views.lasting import TurningButton, turning
from bot.discord.words import Words
from bot.domain.guilds import Act, Change
from bot.domain.places import PlaceNames

PAGE = 10
_SUBJECT_LIMIT = 80
_DETAIL_LIMIT = 120
_COLOUR = 0x4A6FA5


class LogButton(TurningButton, template=r"log:(?P<offset>\d{1,6})"):
    """Shows another page of the log in the same message."""

    async def page(self, interaction: Interaction, offset: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page, and the buttons to its neighbours."""
        return await _page(interaction, offset)


async def answer_with_log(interaction: Interaction) -> None:
    """Answer with the first page of the server's log."""
    embed, view = await _page(interaction, 0)
    if not embed.description:
        await answer(interaction, words_for(interaction)("Nothing was changed here yet."))
    else:
        await answer(interaction, embed=embed, view=view)


async def _page(interaction: Interaction, offset: int) -> tuple[discord.Embed, discord.ui.View | None]:
    guilds, guild, words = interaction.client.services.guilds, str(interaction.guild_id), words_for(interaction)
    total = await guilds.count_changes(guild)
    changes = await guilds.changes(guild, limit=PAGE, offset=offset)
    embed = discord.Embed(
        title=words("Log"), description="\n".join(change_line(each, words) for each in changes), colour=_COLOUR
    )
    embed.set_footer(text=words("{first}–{last} of {total}", first=offset + 1, last=offset + len(changes), total=total))
    return embed, turning(lambda target: f"log:{target}", LogButton, offset=offset, page=PAGE, total=total)


def change_line(change: Change, words: Words) -> str:
    """Return one change: when, who, what."""
    author = f"<@{change.author}>" if change.author.isdecimal() else escaped(change.author, _SUBJECT_LIMIT)
    what = _told(change, words)
    line = f"{discord.utils.format_dt(change.at, 'f')} {author or '—'}: {what}"
    detail = escaped(change.detail, _DETAIL_LIMIT)
    return f"{line}\n-# {detail}" if detail else line


def _told(change: Change, words: Words) -> str:
    subject = f"**{escaped(change.subject, _SUBJECT_LIMIT) or '—'}**"
    where = f"<#{change.subject}>" if change.subject.isdecimal() else subject
    match change.act:
        case Act.FEED_ADDED:
            return words("added the feed {feed}", feed=subject)
        case Act.FEED_PAUSED:
            return words("paused the feed {feed}", feed=subject)
        case Act.FEED_RESUMED:
            return words("resumed the feed {feed}", feed=subject)
        case Act.FEED_REMOVED:
            return words("removed the feed {feed}", feed=subject)
        case Act.FEEDS_IMPORTED:
            number = int(change.subject) if change.subject.isdecimal() else 0
            return words.plural("imported {number} feed", "imported {number} feeds", number)
        case Act.SUBSCRIBED:
            return words("subscribed {channel}", channel=where)
        case Act.SUBSCRIPTION_CHANGED:
            return words("changed a subscription of {channel}", channel=where)
        case Act.SUBSCRIPTION_PAUSED:
            return words("paused a subscription of {channel}", channel=where)
        case Act.SUBSCRIPTION_RESUMED:
            return words("resumed a subscription of {channel}", channel=where)
        case Act.SUBSCRIPTION_REMOVED:
            return words("ended a subscription of {channel}", channel=where)
        case Act.LANGUAGE_CHOSEN:
            language = LANGUAGES.get(change.subject) or words("everybody's own, as their Discord is set")
            return words("chose the language: {language}", language=language)
        case Act.PLACE_NAMES_CHOSEN:
            return words("chose the names of places: {names}", names=names_text(PlaceNames(change.subject), words))
        case Act.CORRECTED:
            return words("corrected what was coded: {what}", what=subject)


def names_text(names: PlaceNames, words: Words) -> str:
    """Return what a choice of names is called."""
    return {
        PlaceNames.BOTH: words("both names: Stepanakert / Khankendi"),
        PlaceNames.ARMENIAN: words("Armenian names: Stepanakert"),
        PlaceNames.AZERBAIJANI: words("Azerbaijani names: Khankendi"),
    }[names]
