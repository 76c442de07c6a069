"""`/feeds`: a server's own feeds, for who may manage the server (or whom Discord's permission screen names)."""

from __future__ import annotations

import io
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.choices import best
from bot.discord.feedlist import feed_health, feed_list, feed_name
from bot.discord.inert import clip, coded, escaped
from bot.discord.reasons import told
from bot.discord.rendering import act_text, actor_label
from bot.discord.services import Services
from bot.discord.words import Words
from bot.domain.cleaning import wording
from bot.domain.entries import Entry
from bot.domain.errors import CommuniqueError, Invalid
from bot.domain.feeds import Feed, FeedKind
from bot.domain.guilds import Act
from bot.domain.presentation import KIND_WORDS, own_name
from bot.domain.reactions import Record
from bot.usecases.curate import Added

_ADDRESS_LIMIT = 2000
_OTHERS_SHOWN = 5
# Bytes.
_LIST_LIMIT = 1_000_000
_ENTRIES_SHOWN = 3
_ENTRIES_CODED = 50
_RECORDS_SHOWN = 5
_ADDED_COLOUR = 0x2E7D5B
_KINDS = [app_commands.Choice(name=locale_str(words), value=kind.value) for kind, words in KIND_WORDS.items() if words]
Address = app_commands.Range[str, 1, _ADDRESS_LIMIT]
Named = app_commands.Range[str, 1, 200]


async def complete_feed(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Autocomplete a feed that this server sees."""
    feeds = await interaction.client.services.feeds.feeds(guild_id=str(interaction.guild_id or ""))
    return best(current, [(feed.name, feed.id, (feed.url,)) for feed in feeds])


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class FeedsCog(commands.GroupCog, name="feeds", description=locale_str("The feeds that this server reads.")):
    """A server's feeds."""

    def __init__(self, services: Services) -> None:
        self._services = services
        super().__init__()

    @app_commands.command(name="add", description=locale_str("Add a feed: its address, or an outlet's home page."))
    @app_commands.describe(
        address=locale_str("https://… of a feed or of a page that offers one"),
        kind=locale_str("Who speaks through it; alerts say so"),
    )
    @app_commands.choices(kind=_KINDS)
    async def add(
        self, interaction: Interaction, address: Address, kind: app_commands.Choice[str] | None = None
    ) -> None:
        """Look for the feed, list it, and show what it holds."""
        await take_time(interaction)
        words = words_for(interaction)
        guild = str(interaction.guild_id)
        listed = {listing.feed_id for listing in await self._services.feeds.listings(guild_id=guild)}
        await self._room_for_one(interaction)
        added = await self._services.curator.add(
            address,
            by=str(interaction.user.id),
            guild_id=guild,
            kind=FeedKind(kind.value) if kind else FeedKind.UNKNOWN,
        )
        is_listed = added.feed.id in listed
        named, embed = await self._preview(added, words, is_listed=is_listed)
        if not is_listed:
            await self._note(interaction, Act.FEED_ADDED, named, detail=named.url)
        await answer(interaction, embed=embed)

    async def _room_for_one(self, interaction: Interaction) -> int:
        """Return how many feeds of its own this server may still add. Raises Invalid where that is none."""
        most = self._services.feeds_per_guild
        room = most - len(await self._services.feeds.listings(guild_id=str(interaction.guild_id)))
        if room <= 0:
            words = words_for(interaction)
            raise Invalid(
                words("this server has {number} feeds already, which is the most; remove one first", number=most)
            )
        return room

    async def _preview(self, added: Added, words: Words, *, is_listed: bool) -> tuple[Feed, discord.Embed]:
        """Return the feed as it calls itself, and: what was added, what it holds, what of that would have been posted."""
        newest = words("Newest entries")
        try:
            fetched = await self._services.curator.test(added.feed)
        except CommuniqueError as error:
            embed = _added(added, words, is_listed=is_listed)
            reason = told(str(error), self._services.names, words)
            text = words("It could not be read just now: {reason}", reason=escaped(reason, 300))
            embed.add_field(name=newest, value=text, inline=False)
            return added.feed, embed
        entries = fetched.document.entries if fetched.document else ()
        title = added.feed.title or (fetched.document.title if fetched.document else "")
        named = replace(added.feed, title=title)
        embed = _added(replace(added, feed=named), words, is_listed=is_listed)
        embed.add_field(name=newest, value=_entries(entries, words), inline=False)
        records = await self._services.code(entries[:_ENTRIES_CODED])
        if records:
            lines = [f"- {_told(record, self._services, words)}" for record in records[:_RECORDS_SHOWN]]
            embed.add_field(name=words("It would have posted"), value="\n".join(lines)[:1024], inline=False)
        return named, embed

    @app_commands.command(name="list", description=locale_str("The feeds that this server sees, and their health."))
    async def list_feeds(self, interaction: Interaction) -> None:
        """Answer with the server's feeds and the operator's."""
        await self._show(interaction, health=False)

    @app_commands.command(name="health", description=locale_str("Which feeds are well, which fail, and why."))
    async def health(self, interaction: Interaction) -> None:
        """Answer with the state of every feed, those in trouble first."""
        await self._show(interaction, health=True)

    async def _show(self, interaction: Interaction, *, health: bool) -> None:
        await take_time(interaction)
        words = words_for(interaction)
        feeds = await self._services.feeds.feeds(guild_id=str(interaction.guild_id))
        if not feeds:
            await answer(
                interaction, words("No feeds yet. `/feeds add` takes a feed's address or an outlet's home page.")
            )
            return
        if health:
            await answer(
                interaction, embed=feed_health(words("Health of the feeds"), feeds, self._services.names, words)
            )
            return
        own = {listing.feed_id for listing in await self._services.feeds.listings(guild_id=str(interaction.guild_id))}
        await answer(interaction, embed=feed_list(words("Feeds"), feeds, words, own=frozenset(own)))

    @app_commands.command(
        name="test", description=locale_str("Ask a feed now and show what it holds; nothing is stored.")
    )
    @app_commands.describe(feed=locale_str("One of this server's feeds"))
    @app_commands.autocomplete(feed=complete_feed)
    async def test(self, interaction: Interaction, feed: Named) -> None:
        """Fetch the feed and show its newest entries."""
        await take_time(interaction)
        words = words_for(interaction)
        found = await self._services.curator.find(feed, guild_id=str(interaction.guild_id))
        fetched = await self._services.curator.test(found)
        entries = fetched.document.entries if fetched.document else ()
        embed = discord.Embed(title=clip(found.name, 256), description=_entries(entries, words))
        embed.set_footer(text=words("answered in {seconds} s", seconds=f"{fetched.latency:.1f}"))
        await answer(interaction, embed=embed)

    @app_commands.command(name="pause", description=locale_str("Stop reading one of this server's own feeds."))
    @app_commands.describe(feed=locale_str("One of this server's feeds"))
    @app_commands.autocomplete(feed=complete_feed)
    async def pause(self, interaction: Interaction, feed: Named) -> None:
        """Pause a feed that this server alone lists."""
        await take_time(interaction)
        found = await self._own(interaction, feed)
        await self._services.curator.pause(found)
        await self._note(interaction, Act.FEED_PAUSED, found)
        await answer(
            interaction,
            words_for(interaction)("{feed} is not read any more until `/feeds resume`.", feed=feed_name(found)),
        )

    @app_commands.command(name="resume", description=locale_str("Read a paused feed again, at once."))
    @app_commands.describe(feed=locale_str("One of this server's feeds"))
    @app_commands.autocomplete(feed=complete_feed)
    async def resume(self, interaction: Interaction, feed: Named) -> None:
        """Resume a feed that this server alone lists."""
        await take_time(interaction)
        found = await self._own(interaction, feed)
        await self._services.curator.resume(found)
        await self._note(interaction, Act.FEED_RESUMED, found)
        await answer(interaction, words_for(interaction)("{feed} is read again.", feed=feed_name(found)))

    @app_commands.command(
        name="remove", description=locale_str("Take a feed off this server's list; what it brought stays.")
    )
    @app_commands.describe(feed=locale_str("One of this server's feeds"))
    @app_commands.autocomplete(feed=complete_feed)
    async def remove(self, interaction: Interaction, feed: Named) -> None:
        """Unlist a feed of this server."""
        await take_time(interaction)
        guild = str(interaction.guild_id)
        found = await self._services.curator.find(feed, guild_id=guild)
        await self._services.curator.remove(found, guild_id=guild)
        await self._note(interaction, Act.FEED_REMOVED, found, detail=found.url)
        await answer(interaction, words_for(interaction)("{feed} is off this server's list.", feed=feed_name(found)))

    @app_commands.command(name="import", description=locale_str("Add all feeds of an OPML file to this server's list."))
    @app_commands.describe(file=locale_str("The OPML file that another reader exported"))
    async def import_feeds(self, interaction: Interaction, file: discord.Attachment) -> None:
        """List what the file lists, without asking every server first: the next polls do that."""
        await take_time(interaction)
        words = words_for(interaction)
        if file.size > _LIST_LIMIT:
            raise Invalid(words("the file is larger than 1 MB; no list of feeds is"))
        room = await self._room_for_one(interaction)
        listed = self._services.read_list(await file.read())
        refused: list[str] = []
        for each in listed[:room]:
            try:
                await self._services.curator.add(
                    each.url,
                    by=str(interaction.user.id),
                    guild_id=str(interaction.guild_id),
                    title=each.title,
                    language=each.language,
                    kind=each.kind,
                    homepage=each.homepage,
                    look=False,
                )
            except Invalid as error:
                refused.append(str(error))
        added = min(len(listed), room) - len(refused)
        await self._services.administrator.note(
            Act.FEEDS_IMPORTED,
            guild_id=str(interaction.guild_id),
            by=str(interaction.user.id),
            subject=str(added),
            detail=file.filename,
        )
        text = words.plural("{number} feed is on the list.", "{number} feeds are on the list.", added)
        left_out = len(listed) - added
        if left_out:
            text += " " + words.plural("{number} was left out.", "{number} were left out.", left_out)
        text += "".join(f"\n> {escaped(reason, 200)}" for reason in refused[:_OTHERS_SHOWN])
        await answer(interaction, text)

    @app_commands.command(name="export", description=locale_str("This server's feeds as an OPML file."))
    async def export_feeds(self, interaction: Interaction) -> None:
        """Answer with the feeds that this server sees, for any other reader."""
        await take_time(interaction)
        feeds = await self._services.feeds.feeds(guild_id=str(interaction.guild_id))
        file = discord.File(io.BytesIO(self._services.write_list(feeds).encode()), filename="feeds.opml")
        text = words_for(interaction).plural("{number} feed", "{number} feeds", len(feeds))
        await answer(interaction, text, file=file)

    async def _own(self, interaction: Interaction, text: str) -> Feed:
        """Return a feed that this server may stop: its own, and nobody else's as well."""
        guild = str(interaction.guild_id)
        found = await self._services.curator.find(text, guild_id=guild)
        listed_by = {listing.guild_id for listing in await self._services.feeds.listings(feed_id=found.id)}
        if listed_by != {guild}:
            words = words_for(interaction)
            raise Invalid(
                words(
                    "others read this feed too, so it cannot be stopped for them;"
                    " `/feeds remove` takes it off your own list"
                )
            )
        return found

    async def _note(self, interaction: Interaction, act: Act, feed: Feed, *, detail: str = "") -> None:
        await self._services.administrator.note(
            act,
            guild_id=str(interaction.guild_id),
            by=str(interaction.user.id),
            subject=feed.name,
            detail=detail,
        )


def _told(record: Record, services: Services, words: Words) -> str:
    return f"{actor_label(services.names, words, record.actor, own_name(record))} {act_text(services.names, words, record)}"


def _added(added: Added, words: Words, *, is_listed: bool) -> discord.Embed:
    feed = added.feed
    if is_listed:
        text = words("{feed} was on this server's list already.", feed=feed_name(feed))
    else:
        text = words("{feed} is being read from now on.", feed=feed_name(feed))
    if feed.homepage:
        text += "\n" + words("Found on the page you gave: {address}", address=coded(feed.url, 300))
    if added.others:
        others = ", ".join(escaped(other.title or other.url, 80) for other in added.others[:_OTHERS_SHOWN])
        text += "\n" + words("The page also offers: {others}", others=others)
    if not is_listed:
        text += "\n-# " + words("What was published before now floods nobody: old items are kept, not alerted.")
    title = words("Feed") if is_listed else words("Feed added")
    return discord.Embed(title=title, description=text, colour=_ADDED_COLOUR)


def _entries(entries: tuple[Entry, ...], words: Words) -> str:
    if not entries:
        return words("It holds no entries at the moment.")
    newest = sorted(entries, key=lambda entry: entry.published.timestamp() if entry.published else 0.0, reverse=True)
    lines = []
    for entry in newest[:_ENTRIES_SHOWN]:
        when = f" · {discord.utils.format_dt(entry.published, 'R')}" if entry.published else ""
        title = wording(title=entry.title or entry.summary).title
        lines.append(f"- {escaped(title, 200) or '…'}{when}")
    return "\n".join(lines)
