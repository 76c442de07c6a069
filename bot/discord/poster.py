"""The messenger whose channels are Discord's: text channels, threads, forums and direct messages."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import discord
import structlog

from bot.discord import deadlines
from bot.discord.digests import DigestRenderer, digest_buttons
from bot.discord.forum import Forums, thread_of
from bot.discord.inert import clip, escaped
from bot.discord.marks import marks_of
from bot.discord.reasons import told
from bot.discord.refusals import INVALID_FORM, THREAD_EXISTS, asking, sending
from bot.discord.rendering import AlertRenderer, Rendered
from bot.discord.services import Pictures
from bot.discord.surveying import picture_words, tallied_by_target
from bot.discord.words import Words, words_in
from bot.domain.actors import ActorNames
from bot.domain.alerts import AlertMessage
from bot.domain.digests import Edition
from bot.domain.errors import ChannelRefused, ChannelUnavailable, CommuniqueError
from bot.domain.identity import content_id
from bot.domain.notices import FeedNotice
from bot.domain.places import PlaceNames
from bot.domain.subscriptions import ChannelKind, Subscription
from bot.domain.surveys import board
from bot.usecases.ports import Guilds

log = structlog.get_logger()

# Longer than discord.py's own five tries, shorter than a delivery's lease.
ANSWER_WITHIN = timedelta(seconds=45)
# How much of a channel is read in search of a message, and how far before the first attempt (clocks differ).
_HISTORY_LIMIT = 400
_HISTORY_MARGIN = timedelta(minutes=5)

# Minutes; one of the four that Discord takes.
_ARCHIVE_AFTER: Final = 1440

# A board of fewer actors says less than the list above it. Seconds, and the name that the page knows its picture by.
_FEWEST_ON_A_BOARD: Final = 3
_DRAWN_WITHIN: Final = 10.0
_PICTURE: Final = "board.png"

_T = TypeVar("_T")


class DiscordMessenger:
    """Posts alerts and digests through a logged-in client; it needs no gateway."""

    def __init__(
        self,
        client: discord.Client,
        names: ActorNames,
        *,
        answer_within: timedelta = ANSWER_WITHIN,
        pictures: Pictures | None = None,
        guilds: Guilds | None = None,
    ) -> None:
        self._client = client
        self._alerts = AlertRenderer(names)
        self._digests = DigestRenderer(names)
        self._forums = Forums(client, names)
        self._names = names
        self._pictures = pictures
        self._guilds = guilds
        self._answer_within = answer_within.total_seconds()

    async def post(self, message: AlertMessage) -> str:
        """Post an alert under its id as nonce; return the id of the message.

        Raises NotFound when the nonce is that of a message that people have deleted since.
        """
        self._be_logged_in()
        rendered = self._alerts.render(message, await self._place_names(message.subscription.guild_id))
        with sending(f"alert {message.alert.id}"):
            if message.subscription.channel_kind is ChannelKind.FORUM:
                return await self._answered(self._forums.post(message, rendered))
            try:
                return await self._answered(self._send(message, rendered))
            except discord.HTTPException as error:
                if error.code != INVALID_FORM:
                    raise
                # No text should bring us here. If one does, the reader still gets the alert, without its address.
                log.exception("alert refused as malformed", alert=message.alert.id)
                rendered.embed.url = None
                return await self._answered(self._send(message, rendered, with_buttons=False))

    async def _send(self, message: AlertMessage, rendered: Rendered, *, with_buttons: bool = True) -> str:
        channel = self._channel(message.subscription)
        sent = await channel.send(
            rendered.content,
            embed=rendered.embed,
            view=rendered.view if with_buttons else discord.utils.MISSING,
            nonce=message.alert.id,
            allowed_mentions=rendered.allowed_mentions,
        )
        return str(sent.id)

    async def post_digest(self, edition: Edition) -> str:
        """Post a digest under its id as nonce, what it has no room for in a thread below; return its message's id."""
        self._be_logged_in()
        subscription = edition.subscription
        place_names = await self._place_names(subscription.guild_id)
        words = words_in(subscription.language, place_names)
        first, *pages = self._digests.render(edition, place_names)
        buttons = digest_buttons(edition, words)
        files = await self._pictures_of(edition, first, words)
        with sending(f"digest {edition.digest.id}"):
            if subscription.channel_kind is ChannelKind.FORUM:
                title = clip(first.title or words("Reactions"), 80)
                name = f"{title} · {edition.digest.until:%Y-%m-%d}"
                message_id = await self._answered(self._forums.open(subscription, name, first, buttons, files=files))
                further = thread_of(message_id)
            else:
                channel = self._channel(subscription)
                sent = await self._answered(
                    channel.send(
                        embed=first,
                        view=buttons,
                        files=files,
                        nonce=edition.digest.id,
                        allowed_mentions=discord.AllowedMentions.none(),
                    )
                )
                message_id = str(sent.id)
                further = await self._thread_for(sent, first) if pages else ""
            await self._send_pages(edition.digest.id, further or subscription.channel_id, pages)
        return message_id

    async def _place_names(self, guild_id: str) -> PlaceNames:
        """Return whose names of disputed places a server has chosen; both while that cannot be known."""
        if self._guilds is None or not guild_id:
            return PlaceNames.BOTH
        try:
            return (await self._guilds.preferences(guild_id)).place_names
        except CommuniqueError as error:
            log.info("a server's choices are not known", guild=guild_id, reason=str(error))
            return PlaceNames.BOTH

    async def _pictures_of(self, edition: Edition, page: discord.Embed, words: Words) -> list[discord.File]:
        """Return the board of the digest, put on its page; nothing where there is little to see or nobody to draw it."""
        drawn = board(tallied_by_target(edition.reactions))
        if self._pictures is None or len(drawn.actors) < _FEWEST_ON_A_BOARD:
            return []
        captions = picture_words(words("Who reacted to whom"), (*drawn.actors, *drawn.parties), self._names, words)
        try:
            picture = await asyncio.wait_for(
                self._pictures.board(drawn, captions, dark=True),
                _DRAWN_WITHIN,
            )
        except Exception:  # a digest without its picture is better than none
            log.exception("the digest goes without its picture", digest=edition.digest.id)
            return []
        page.set_image(url=f"attachment://{_PICTURE}")
        return [discord.File(io.BytesIO(picture), filename=_PICTURE)]

    async def _thread_for(self, message: discord.Message, page: discord.Embed) -> str:
        """Return the thread below a digest, or "" where there can be none: then its pages follow in the channel."""
        # Not message.create_thread: that wants a guild which a client without a gateway does not know.
        start = self._client.http.start_thread_with_message
        name = clip(page.title or "", 80) or "…"
        try:
            thread = await self._answered(
                start(int(message.channel.id), message.id, name=name, auto_archive_duration=_ARCHIVE_AFTER)
            )
        except discord.HTTPException as error:
            # A digest sent again finds the thread of the first time, which has the id of its message.
            return str(message.id) if error.code == THREAD_EXISTS else ""
        return str(thread["id"])

    async def _send_pages(self, digest_id: str, channel_id: str, pages: list[discord.Embed]) -> None:
        for number, page in enumerate(pages):
            await self._answered(
                self._client.get_partial_messageable(int(channel_id)).send(
                    embed=page,
                    nonce=content_id("page", digest_id, str(number)),
                    allowed_mentions=discord.AllowedMentions.none(),
                )
            )

    async def edit(self, message: AlertMessage) -> None:
        """Bring a posted message up to what is known. Raises NotFound when people have deleted it."""
        self._be_logged_in()
        rendered = self._alerts.render(message, await self._place_names(message.subscription.guild_id))
        address = message.alert.message_id or ""
        is_forum = message.subscription.channel_kind is ChannelKind.FORUM
        channel_id = thread_of(address) if is_forum else message.subscription.channel_id
        message_id = address.rpartition("/")[2]
        partial = self._client.get_partial_messageable(int(channel_id)).get_partial_message(int(message_id))
        with asking(f"the edit of alert {message.alert.id}"):
            await self._answered(
                partial.edit(embed=rendered.embed, view=rendered.view, allowed_mentions=discord.AllowedMentions.none())
            )

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:
        """Search what we posted since shortly before then for the message that carries this alert's or digest's id.

        Without Read Message History Discord shows nothing, and nothing is found.
        """
        self._be_logged_in()
        after = since - _HISTORY_MARGIN
        with asking(f"the history of channel {subscription.channel_id}"):
            if subscription.channel_kind is ChannelKind.FORUM:
                return await self._forums.find(subscription, marker, after)
            async for message in self._history(self._channel(subscription), after):
                if marker in marks_of(message):
                    return str(message.id)
        return None

    async def _history(self, channel: discord.abc.Messageable, after: datetime) -> AsyncIterator[discord.Message]:
        async for message in channel.history(limit=_HISTORY_LIMIT, after=after, oldest_first=True):
            if self._client.user is not None and message.author.id == self._client.user.id:
                yield message

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Tell the server's moderators, else the subscription's maker, else the server's owner, why it was paused."""
        words = words_in(subscription.language)
        text = words(
            "I have paused the subscription for <#{channel}>: {reason}.\n"
            "When that is mended, `/subscriptions resume` starts it again; nothing was lost.",
            channel=subscription.channel_id,
            reason=escaped(told(reason, self._names, words), 500),
        )
        await self._tell(subscription.guild_id, subscription.created_by, text)

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell the server's moderators, else whoever added the feed, else the server's owner, how it has been doing."""
        self._be_logged_in()
        words, feed = words_in(notice.language), notice.feed
        if notice.is_recovery:
            text = words("The feed “{name}” works again.", name=escaped(feed.name, 100))
        else:
            text = words(
                "The feed “{name}” has been failing since {since}: {reason}.\n"
                "I go on trying; `/feeds remove` takes it off your list.",
                name=escaped(feed.name, 100),
                since=discord.utils.format_dt(feed.failing_since, "f") if feed.failing_since else "?",
                reason=escaped(told(feed.last_error or "?", self._names, words), 500),
            )
        await self._tell(notice.guild_id, notice.added_by, text)

    async def _tell(self, guild_id: str, person: str, text: str) -> None:
        async for channel in self._admin_channels(guild_id, person):
            try:
                with sending("a note to the admins"):
                    await self._answered(channel.send(text, allowed_mentions=discord.AllowedMentions.none()))
            except CommuniqueError:
                continue
            return
        log.warning("no admin could be told", guild=guild_id)

    async def _admin_channels(self, guild_id: str, person: str) -> AsyncIterator[discord.abc.Messageable]:
        guild = self._client.get_guild(int(guild_id)) if guild_id else None
        if guild is not None and guild.public_updates_channel is not None:
            yield guild.public_updates_channel
        people = [person, str(guild.owner_id or "") if guild is not None else ""]
        for each in people:
            if not each.isdecimal():
                continue
            try:
                with asking("a user"):
                    user = await self._client.fetch_user(int(each))
            except CommuniqueError:
                continue
            yield user

    def _be_logged_in(self) -> None:
        if self._client.user is None:
            raise ChannelUnavailable("the bot is not connected to Discord yet")

    def _channel(self, subscription: Subscription) -> discord.PartialMessageable:
        if not subscription.channel_id.isdecimal():
            raise ChannelRefused(f"“{subscription.channel_id}” is not the id of a Discord channel")
        return self._client.get_partial_messageable(int(subscription.channel_id))

    async def _answered(self, call: Awaitable[_T]) -> _T:
        """Await a call to Discord for so long.

        One that takes longer is left to end by itself: discord.py, cancelled while it sits out a global rate limit, would
        hold every later call for ever. It makes no further request.
        """
        with deadlines.within(self._answer_within):
            task = asyncio.ensure_future(call)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._answer_within)
        finally:
            # Also where nobody waits any longer, because the process ends.
            if not task.done():
                task.add_done_callback(_note_late)
        if not done:
            raise TimeoutError("Discord did not answer in time")
        return task.result()


def _note_late(task: asyncio.Future[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.info("a late answer of Discord was an error", error=repr(error))
