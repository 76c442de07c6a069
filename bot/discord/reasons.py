"""Reasons and errors of the domain, told in the reader's language.

The domain, the use-cases and the adapters write them in English, with what they are about put in. Here each is known again
by its template, taken apart, and told anew: in the reader's words, with the names of actors and types that readers know.
What no template knows is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from bot.discord.rendering import actor_name
from bot.discord.words import Words
from bot.domain.actors import ActorNames
from bot.domain.presentation import TYPE_WORDS
from bot.domain.reactions import ReactionType

# Why an item is relevant, or not.
_RELEVANCE = (
    "speaks of “{text}”",
    "speaks of “{text}” again and again",
    "its title names {sides}",
    "names {sides} with “{text}”",
    "names {sides} with “{text}” and “{other}”",
    "speaks of “{text}” with “{other}”",
    "“{text}” shows that it is about something else than {topic}",
    "names {sides}, but nothing of the conflict",
    "has no word that tells of {topic}",
)
# Why it belongs to its story.
_STORIES = (
    "nothing like it before: it opens a story",
    "a moderator found that it tells another event",
    "a moderator found that it tells the same event",
    "nearly the same words",
    "the same event: {reasons}",
    "the same page as an item of {outlet}",
    "the same words as an item of {outlet}",
    "much the same words",
    "the same place",
)
# Why it was alerted, or was not.
_OWING = (
    "no reaction was found in it",
    "it was older than {age} when it was first seen",
    "an earlier alert tells it already",
    "new to the subscription",
    "new to the subscription, reported by {number} outlets",
    "it tells of an earlier act",
    "the text says it indirectly (digest tier)",
    "the subscription does not ask for {type}",
    "the subscription does not ask for {actor}",
    "{type} is alerted only where a subscription asks for it",
    "it is aimed at nobody the subscription asks for",
    "it is reported in other languages",
    "it is reported by other outlets",
    "fewer than {number} outlets tell it in words of their own so far",
    "none of the subscription's words is in it",
    "the subscription excludes “{text}”",
    "a moderator found it to be no reaction",
    "a moderator recoded it",
    "a moderator found it to be right",
)
# What cannot be done as it was asked.
_REFUSALS = (
    "no actor is called “{text}”",
    "no actor is called “{text}”; did you mean {actors}?",
    "“{text}” is no reaction type; there are {names} and others",
    "“{text}” is no reaction type; there are {names}",
    "“{text}” is no time; write 24h, 7d, 2023-09-19 or 2023-09-19T16:30",
    "this channel has that subscription already ({id})",
    "there are {number} subscriptions already, which is the most; remove one first",
    "“{text}” is no time zone; use a name such as Europe/Paris or Asia/Yerevan",
    "the item belongs to no story",
    "nothing else is told in its story: there is nothing to take apart",
    "there is no such story",
    "they are one story already",
    "no feed is called “{text}”; `feeds list` shows them all",
    "“{text}” could be any of {number} feeds ({names}); give the whole address",
    "{address} is not on this list",
    "“{text}” is no web address; give one that begins with http:// or https://",
    "No item has “{text}” as its id, guid or link.",
    "the list has {number} bytes; lists of up to {most} are read",
    'no feed is listed there: an OPML document has <outline xmlUrl="https://…"/> for each feed',
)
# What a feed's server says, or does not.
_FEEDS = (
    "{address}: there is no feed here and none is offered; give the address of the feed itself",
    "{address} is a web page that offers no feed, nor is one in the usual places",
    "there is no host named {host} as far as the name servers know; check the address",
    "{host} shows a certificate that we do not trust: {text}",
    "{host} does not speak TLS that we understand; we try again later",
    "{host} did not take our connection within {age}; we try again later",
    "{address} was not done within {age}; we try again later",
    "{address} did not begin to answer within {age}; we try again later",
    "{address} is not an address that can be visited: {text}",
    "{address} is not an address that we visit: give one that begins with http:// or https://",
    "{address} is not visited: {reason}",
    "{address} is not an address that we visit",
    "{address} is not a public address; if it is yours, add it to {text}",
    "port {number} is not one that feeds are visited on; if it is yours, add {address} to {text}",
    "{host} does not speak HTTP that we understand: {text}; we try again later",
    "{host} closed the connection without an answer; we try again later",
    "{host} broke off before anything of {address} came; we try again later",
    "{address} broke off before its first item was complete; we try again later",
    "nothing listens at {host}: the connection was refused; we try again later",
    "{address} cannot be reached: {text}; we try again later",
    "{address} answered {status} from a bot wall ({text}); its owners can let our User-Agent in, we go around none",
    "{address} answered {status} with a bot wall ({text}) instead of a feed; its owners can let our User-Agent in",
    "{address} answered 410: the {text} is gone for good",
    "{address} answered {status} with nothing in it; we try again later",
    "{address} answered {status} with an empty body; we try again later",
    "{address} answered {status} with {text}; `feeds add` the page instead and it will look for its feeds",
    "{address} answered {status} with {text}; `feeds import` it instead, and each feed in it is added",
    "{address} answered {status} with {text}; check the address, or `feeds add` {host}'s home page",
    "{address} answered {status}: {reason}, in {age}",
    "{address} answered {status}: it {reason}",
    "{address} answered {status}: {reason}",
    "{address} answered {status}, a redirect without an address to go to",
    "{address} redirects to {text}, which is no web address that we visit",
    "{address} redirects in a circle; if the feed has a new address, add that one",
    "{address} redirects more than {number} times; add the feed's final address instead",
    "{address} sends more than {text}, which no feed needs; is it the address of a feed?",
    "{address} is not read: {text}; its owners should know",
    "wants a user name and password; put them into the address (https://name:password@…) if you have them",
    "forbids us; ask its owners to let our User-Agent in, or use another feed of theirs",
    "is not found; look for the feed's new address on its home page",
    "it asks us to come less often",
    "Cloudflare cannot reach the server behind it; we try again later",
    "{address}: {text}; we try again later",
    "{text}; we try again later",
)
# Why a channel takes nothing.
_CHANNELS = (
    "Discord refused {text}: {reason}",
    "the channel is gone",
    "the server is gone, or the bot was removed from it",
    "the bot cannot see the channel: give it View Channel",
    "the user takes no direct messages from the bot",
    "the bot lacks a permission: give it Send Messages, Embed Links and, in threads, Send Messages in Threads",
    "the thread is archived",
    "the thread is locked",
    "paused by hand",
)
TEMPLATES = (*_RELEVANCE, *_STORIES, *_OWING, *_REFUSALS, *_FEEDS, *_CHANNELS)

_FIELD = re.compile(r"\{(\w+)\}")
_ACT = re.compile(r"([A-Z]{2,5}) (\w+)")
# What a field can hold where it is not just anything; it keeps templates that differ in a field alone apart.
_HOLDS = {
    "status": r"\d{3}",
    "number": r"\d+",
    "type": "|".join(each.value for each in ReactionType),
    "age": r"[\d.]+ (?:hours|days|h|min|s)",
    "actor": r"[A-Z]{2,5}",
    "address": r"\S+",
    "host": r"\S+",
}
_DEEPEST = 3


def told(reason: str, names: ActorNames, words: Words, *, depth: int = 0) -> str:
    """Return a reason or an error in the reader's language; as it is where no template knows it.

    What the outside has put into it is in there as it was: to be made inert by whoever shows it.
    """
    if depth == _DEEPEST:
        return reason
    for template, pattern in _patterns():
        if match := pattern.fullmatch(reason):
            fields = {
                name: _TELL.get(name, _as_it_is)(value, names, words, depth + 1)
                for name, value in match.groupdict().items()
            }
            return words(template, **fields)
    return reason


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each template with what it looks like when it is filled in, those with most words of their own first."""
    ordered = sorted(TEMPLATES, key=lambda template: (-len(_FIELD.sub("", template)), template))
    return tuple((template, _pattern(template)) for template in ordered)


def _pattern(template: str) -> re.Pattern[str]:
    parts = _FIELD.split(template)
    pieces = [
        f"(?P<{part}>{_HOLDS.get(part, '.*?')})" if position % 2 else re.escape(part)
        for position, part in enumerate(parts)
    ]
    return re.compile("".join(pieces), re.DOTALL)


def _as_it_is(value: str, _names: ActorNames, _words: Words, _depth: int) -> str:
    return value


def _type(value: str, _names: ActorNames, words: Words, _depth: int) -> str:
    return f"“{words(TYPE_WORDS[ReactionType(value)])}”"


def _sides(value: str, names: ActorNames, words: Words, _depth: int) -> str:
    codes = {name: code for code, name in names.names.get("en", {}).items()}
    called = [actor_name(names, words, codes[each]) if each in codes else each for each in value.split(" and ")]
    return words("{one} and {other}", one=called[0], other=called[1]) if len(called) > 1 else called[0]


def _actors(value: str, names: ActorNames, words: Words, _depth: int) -> str:
    return ", ".join(actor_name(names, words, code) for code in value.split(", "))


def _reason(value: str, names: ActorNames, words: Words, depth: int) -> str:
    return told(value, names, words, depth=depth)


def _reasons(value: str, names: ActorNames, words: Words, depth: int) -> str:
    return ", ".join(_act(part, names, words) or told(part, names, words, depth=depth) for part in value.split(", "))


def _act(value: str, names: ActorNames, words: Words) -> str:
    """Return “Armenia accuses” for “ARM accuse”, "" for what is no act."""
    match = _ACT.fullmatch(value)
    if match is None or match[2] not in set(ReactionType):
        return ""
    return f"{actor_name(names, words, match[1])} {words(TYPE_WORDS[ReactionType(match[2])])}"


def _age(value: str, _names: ActorNames, words: Words, _depth: int) -> str:
    number, _, unit = value.partition(" ")
    if not number.isdecimal() or unit not in {"hours", "days", "h"}:
        return value
    if unit == "days":
        return words.plural("{number} day", "{number} days", int(number))
    return words.plural("{number} hour", "{number} hours", int(number))


_TELL: Mapping[str, Callable[[str, ActorNames, Words, int], str]] = {
    "type": _type,
    "sides": _sides,
    "actor": _actors,
    "actors": _actors,
    "reason": _reason,
    "reasons": _reasons,
    "age": _age,
}
