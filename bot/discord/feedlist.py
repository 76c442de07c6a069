"""Feeds as Discord shows them: the list for readers, the health for admins."""

from __future__ import annotations

from collections import Counter

import discord

from bot.discord.inert import escaped, linked, units
from bot.discord.reasons import told
from bot.discord.rendering import NAME_LIMIT
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.feeds import Feed, FeedStatus
from bot.domain.presentation import KIND_WORDS

_DESCRIPTION_LIMIT = 3900
_ERROR_LIMIT = 160
_COLOUR = 0x4A6FA5


def feed_list(title: str, feeds: tuple[Feed, ...], words: Words, *, own: frozenset[str] = frozenset()) -> discord.Embed:
    """Return a list of feeds, the server's `own` ones marked; as many as fit, and how many more there are."""
    return _embed(title, feeds, [feed_line(feed, words, is_own=feed.id in own) for feed in feeds], words)


def feed_health(title: str, feeds: tuple[Feed, ...], names: ActorNames, words: Words) -> discord.Embed:
    """Return how feeds are: how many of each state, then each, those in trouble first and those that are stopped last."""
    feeds = tuple(sorted(feeds, key=lambda feed: (_MARKS.index(_mark(feed)), -feed.failures)))
    counts = Counter(_mark(feed) for feed in feeds)
    summary = " · ".join(f"{mark} {counts[mark]}" for mark in _MARKS if counts[mark])
    return _embed(title, feeds, [health_line(feed, names, words) for feed in feeds], words, head=f"**{summary}**")


def _embed(title: str, feeds: tuple[Feed, ...], lines: list[str], words: Words, *, head: str = "") -> discord.Embed:
    shown: list[str] = [head] if head else []
    room = _DESCRIPTION_LIMIT - units(head)
    for position, line in enumerate(lines):
        room -= units(line) + 1
        if room < 0:
            more = len(feeds) - position
            shown.append(words.plural("… and {number} more", "… and {number} more", more))
            break
        shown.append(line)
    embed = discord.Embed(title=title, description="\n".join(shown), colour=_COLOUR)
    embed.set_footer(text=words.plural("{number} feed", "{number} feeds", len(feeds)))
    return embed


# Failing, well, not asked yet, stopped: told apart without telling red from green.
_FAILING, _WELL, _NEW, _STOPPED = "🔴", "🟢", "⚪", "⏸️"
_MARKS = (_FAILING, _WELL, _NEW, _STOPPED)


def _mark(feed: Feed) -> str:
    if feed.status is not FeedStatus.ACTIVE:
        return _STOPPED
    if feed.failures:
        return _FAILING
    return _NEW if feed.last_success_at is None else _WELL


def feed_name(feed: Feed) -> str:
    """Return the feed's name, linked to its home page or to itself."""
    return linked(feed.name, feed.homepage or feed.url, name_limit=NAME_LIMIT, url_limit=300)


def feed_line(feed: Feed, words: Words, *, is_own: bool = False) -> str:
    """Return a feed as readers see it: name, kind, language, and whether it is this server's own."""
    kind = KIND_WORDS[feed.kind]
    parts = [feed_name(feed)]
    if kind:
        parts.append(words(kind))
    if feed.language:
        parts.append(escaped(feed.language, 8).upper())
    if is_own:
        parts.append(words("this server's own"))
    return "- " + " · ".join(parts)


def health_line(feed: Feed, names: ActorNames, words: Words) -> str:
    """Return a feed as admins see it: whether it is well, since when not, and what its server says."""
    name = f"{_mark(feed)} {feed_name(feed)}"
    if feed.status is not FeedStatus.ACTIVE:
        return f"{name} · {words('paused') if feed.status is FeedStatus.PAUSED else words('gone')}"
    if feed.failures:
        error = escaped(told(feed.last_error or "", names, words), _ERROR_LIMIT)
        since = f" {discord.utils.format_dt(feed.failing_since, 'R')}" if feed.failing_since else ""
        return f"{name} · {words('failing')}{since}\n> {error or '…'}"
    if feed.last_success_at is None:
        return f"{name} · {words('not polled yet')}"
    polled = discord.utils.format_dt(feed.last_success_at, "R")
    newest = (
        f" · {words('newest item')} {discord.utils.format_dt(feed.last_new_item_at, 'R')}"
        if feed.last_new_item_at
        else ""
    )
    return f"{name} · {words('polled')} {polled}{newest}"
