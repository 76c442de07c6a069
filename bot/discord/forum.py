"""Forums: one post per story, its tags by actor, later alerts of the story below it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import discord

from bot.discord.inert import clip
from bot.discord.marks import marks_of
from bot.discord.rendering import Rendered
from bot.domain.actors import ActorNames
from bot.domain.alerts import AlertMessage
from bot.domain.errors import ChannelRefused
from bot.domain.subscriptions import Subscription

_NAME_LIMIT = 100
_TAGS_LIMIT = 5
_STORIES_REMEMBERED = 2000
_THREADS_SEARCHED = 40
_MESSAGES_SEARCHED = 100


class Forums:
    """Posts to forums, and remembers which post tells which story; after a restart it reads that from the posts."""

    def __init__(self, client: discord.Client, names: ActorNames) -> None:
        self._client = client
        self._names = names
        self._threads: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._read: set[str] = set()

    async def post(self, message: AlertMessage, rendered: Rendered) -> str:
        """Post an alert to its story's post, or as a new one; return the address of its message."""
        subscription, story = message.subscription, message.alert.story_id
        forum = await self._forum(subscription)
        if subscription.channel_id not in self._read:
            await self._read_stories(forum, subscription)
        thread_id = self._threads.get((subscription.channel_id, story))
        if thread_id is None:
            tags = self._tags(forum, message)
            name = clip(message.item.title, _NAME_LIMIT) or "…"
            opened = await self.open(subscription, name, rendered.embed, rendered.view, rendered=rendered, tags=tags)
            self._remember(subscription.channel_id, story, thread_of(opened))
            return opened
        sent = await self._client.get_partial_messageable(int(thread_id)).send(
            rendered.content,
            embed=rendered.embed,
            view=rendered.view,
            nonce=message.alert.id,
            allowed_mentions=rendered.allowed_mentions,
        )
        return _address(int(thread_id), sent.id)

    async def open(
        self,
        subscription: Subscription,
        name: str,
        embed: discord.Embed,
        view: discord.ui.View,
        *,
        rendered: Rendered | None = None,
        tags: list[discord.ForumTag] | None = None,
        files: Sequence[discord.File] = (),
    ) -> str:
        """Open a post; return the address of its first message."""
        forum = await self._forum(subscription)
        made = await forum.create_thread(
            name=name,
            content=rendered.content if rendered else None,
            embed=embed,
            view=view,
            files=files,
            applied_tags=tags if tags is not None else _some_tag(forum),
            allowed_mentions=rendered.allowed_mentions if rendered else discord.AllowedMentions.none(),
        )
        return _address(made.thread.id, made.message.id)

    async def find(self, subscription: Subscription, marker: str, after: datetime) -> str | None:
        """Search the posts with messages since then for the one that carries the marker."""
        forum = await self._forum(subscription)
        async for thread in self._recent(forum, after):
            async for message in thread.history(limit=_MESSAGES_SEARCHED, after=after):
                if marker in marks_of(message):
                    return _address(thread.id, message.id)
        return None

    async def _forum(self, subscription: Subscription) -> discord.ForumChannel:
        if not subscription.channel_id.isdecimal():
            raise ChannelRefused(f"“{subscription.channel_id}” is not the id of a Discord channel")
        channel_id = int(subscription.channel_id)
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.ForumChannel):
            raise ChannelRefused(
                f"channel {channel_id} is not a forum any more: remove the subscription and make it again"
            )
        return channel

    async def _recent(self, forum: discord.ForumChannel, after: datetime | None) -> AsyncIterator[discord.Thread]:
        guild = forum.guild
        active = [thread for thread in await guild.active_threads() if thread.parent_id == forum.id]
        active.sort(key=lambda thread: thread.last_message_id or thread.id, reverse=True)
        oldest = discord.utils.time_snowflake(after) if after is not None else 0
        for thread in active[:_THREADS_SEARCHED]:
            if (thread.last_message_id or thread.id) >= oldest:
                yield thread
        async for thread in forum.archived_threads(limit=_THREADS_SEARCHED):
            if (thread.last_message_id or thread.id) >= oldest:
                yield thread

    async def _read_stories(self, forum: discord.ForumChannel, subscription: Subscription) -> None:
        async for thread in self._recent(forum, None):
            async for opening in thread.history(limit=1, oldest_first=True):
                for mark in marks_of(opening):
                    self._remember(subscription.channel_id, mark, str(thread.id))
        self._read.add(subscription.channel_id)

    def _remember(self, channel_id: str, story: str, thread_id: str) -> None:
        self._threads[channel_id, story] = thread_id
        while len(self._threads) > _STORIES_REMEMBERED:
            self._threads.popitem(last=False)

    def _tags(self, forum: discord.ForumChannel, message: AlertMessage) -> list[discord.ForumTag]:
        language = message.subscription.language
        wanted = {
            name.casefold()
            for sourced in message.reactions
            for code in (sourced.reaction.actor,)
            for name in (code, self._names.name(code), self._names.name(code, language=language))
        }
        fitting = [tag for tag in forum.available_tags if tag.name.casefold() in wanted]
        return fitting[:_TAGS_LIMIT] or _some_tag(forum)


def _address(thread_id: int, message_id: int) -> str:
    """Return where a message in a forum is: thread/message, or the thread's id, which is its first message's too."""
    return str(thread_id) if thread_id == message_id else f"{thread_id}/{message_id}"


def thread_of(address: str) -> str:
    """Return the thread that a message in a forum is in."""
    return address.partition("/")[0]


def _some_tag(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """Return a tag for a forum that insists on one, else none."""
    return list(forum.available_tags[:1]) if forum.flags.require_tag else []
